/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include <engram.h>

G_BEGIN_DECLS

#define ENGRAM_TYPE_IMPORT_PLACE_PAGE (engram_import_place_page_get_type ())

/* A place in a document, with some lines around it, to be read. Main thread only. */
G_DECLARE_FINAL_TYPE (EngramImportPlacePage, engram_import_place_page, ENGRAM, IMPORT_PLACE_PAGE, AdwBin)

GtkWidget *engram_import_place_page_new  (void);
/* @problem: with a line; read by a worker */
void       engram_import_place_page_show (EngramImportPlacePage *self,
                                          const EngramProblem   *problem);

G_END_DECLS
