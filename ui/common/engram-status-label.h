/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * engram_status_label_set_up:
 * @label: a label of the role "status"
 *
 * Has screen readers call the label by its text, now and whenever that changes. In GTK 4.18 a label of that role has
 * no name of its own.
 */
void engram_status_label_set_up (GtkLabel *label);

G_END_DECLS
