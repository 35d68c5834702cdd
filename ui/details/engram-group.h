/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The pieces that the details are made of: titled groups of rows, each a title and a value. */

GtkWidget *engram_group_new           (const char   *title,
                                       GtkListBox  **rows);
void       engram_group_add_row       (GtkListBox   *rows,
                                       const char   *name,
                                       GtkWidget    *content);
/* @control: where one types or clicks; it has the focus, and not the row */
void       engram_group_add_control   (GtkListBox   *rows,
                                       const char   *name,
                                       GtkWidget    *control);
/* The same, with @title above. */
void       engram_group_add_control_below
                                      (GtkListBox   *rows,
                                       const char   *title,
                                       GtkWidget    *control);
void       engram_group_add_beside    (GtkListBox   *rows,
                                       const char   *title,
                                       GtkWidget    *value);
void       engram_group_add_below     (GtkListBox   *rows,
                                       const char   *title,
                                       GtkWidget    *value);
void       engram_group_add_text      (GtkListBox   *rows,
                                       const char   *title,
                                       const char   *text);
void       engram_group_add_note      (GtkListBox   *rows,
                                       const char   *icon_name,
                                       const char   *text);
void       engram_group_add_time      (GtkListBox   *rows,
                                       const char   *title,
                                       const char   *time);
void       engram_group_add_identity  (GtkListBox   *rows,
                                       const char   *created_at,
                                       const char   *modified_at,
                                       const char   *id);

GtkWidget *engram_value_label_new     (const char   *text);
GtkWidget *engram_value_text_new      (const char   *text);
GtkWidget *engram_value_code_new      (const char   *text);
GtkWidget *engram_value_json_new      (const char   *json);
GtkWidget *engram_value_time_new      (const char   *time);
GtkWidget *engram_value_id_new        (const char   *id);
GtkWidget *engram_value_neuron_new    (const char   *text,
                                       const char   *second_line,
                                       const char   *type);
GtkWidget *engram_value_none_new      (void);

G_END_DECLS
