/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include <engram.h>

G_BEGIN_DECLS

void engram_network_notices_fill (GtkBox         *box,
                                  EngramDatabase *database,
                                  const char     *copy_action);
/* Why the network cannot be written, or NULL where it can. (transfer full) */
char *engram_network_notices_describe_access (EngramDatabase *database);

G_END_DECLS
