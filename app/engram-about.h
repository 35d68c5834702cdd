/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * engram_about_present:
 * @parent: (nullable): the window it is over
 *
 * Shows who made Engram, the libraries it stands on with their licences, and what a report of a fault needs to say of
 * this computer. That is complete a moment later.
 *
 * Returns: (transfer none): the window
 */
GtkWindow *engram_about_present (GtkWindow *parent);

G_END_DECLS
