/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include <engram.h>

G_BEGIN_DECLS

void engram_network_notices_fill (GtkBox         *box,
                                  EngramDatabase *database);

G_END_DECLS
