/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include <engram.h>

G_BEGIN_DECLS

/* The title of one field's filter, with the button that takes the filter away, hidden at first.
 * @clear: (out) (transfer none): the button
 * @cleared: called with @user_data when it is pressed */
GtkWidget *engram_filter_header_new (EngramQueryField   field,
                                     GtkWidget        **clear,
                                     GCallback          cleared,
                                     gpointer           user_data);

G_END_DECLS
