/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* EngramControlRow:
 *
 * A row of a list that is about the control in it: the keyboard goes to the control, and not to the row before. */
#define ENGRAM_TYPE_CONTROL_ROW (engram_control_row_get_type ())
G_DECLARE_FINAL_TYPE (EngramControlRow, engram_control_row, ENGRAM, CONTROL_ROW, GtkListBoxRow)

GtkWidget *engram_control_row_new (void);

G_END_DECLS
