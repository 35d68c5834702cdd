/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include <engram.h>

G_BEGIN_DECLS

/* What was found in documents: a row for each, and one for all of them where they are several. */
GtkWidget *engram_import_table_new        (void);
/* @table: of engram_import_table_new() */
void       engram_import_table_set_report (GtkWidget                *table,
                                           const EngramImportReport *report);

G_END_DECLS
