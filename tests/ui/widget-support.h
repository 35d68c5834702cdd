/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "ui-fixture.h"

G_BEGIN_DECLS

/* gtk_init() and this library's; skips all where there is no display. */
void       widget_test_init         (int          *argc,
                                     char       ***argv);

/* A window of that size with this widget in it, on screen. */
GtkWindow *widget_test_show         (GtkWidget    *widget,
                                     int           width,
                                     int           height);

/* Lets some frames be drawn. */
void       widget_test_draw         (GtkWidget    *widget);

/* The first visible widget of a type below another, itself included, or NULL. */
gpointer   widget_test_find         (gpointer      widget,
                                     GType         type);

/* All text that is visible below a widget, a line each. */
char      *widget_test_dup_text     (gpointer      widget);

/* Fails where a control that can have the focus has no accessible name. */
void       widget_test_assert_names (gpointer      widget);

#define assert_shows(widget, part)                                                                         \
  G_STMT_START {                                                                                           \
    g_autofree char *shown_text = widget_test_dup_text (widget);                                           \
    if (strstr (shown_text, part) == NULL)                                                                 \
      g_error ("%s:%d: “%s” is not in:\n%s", __FILE__, __LINE__, part, shown_text);                      \
  } G_STMT_END

G_END_DECLS
