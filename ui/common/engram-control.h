/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What people and screen readers are told of a control. Main thread only. */

/* @name: what a screen reader says of an entry, a drop-down or another control */
void engram_control_set_name    (GtkWidget  *control,
                                 const char *name);
/* The same, and a tooltip: for what shows no more than an icon. */
void engram_control_set_tooltip (GtkWidget  *control,
                                 const char *name);
/* @reason: (nullable): the label that says what is wrong with what it holds, or %NULL where nothing is */
void engram_control_set_wrong   (GtkWidget  *control,
                                 GtkLabel   *reason);
/* Shows so many characters of what is chosen in a drop-down of strings at most; the list shows all of them. */
void engram_control_narrow      (GtkDropDown *control,
                                 int         n_characters);
/* Puts it into a row of two columns, beside what it is called. @title: with a mnemonic */
void engram_control_attach      (GtkWidget  *control,
                                 GtkGrid    *grid,
                                 int         row,
                                 const char *title);

G_END_DECLS
