/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "engram-progress.h"

G_BEGIN_DECLS

gboolean engram_sample_network_build (const char    *text,
                                      gssize         length,
                                      const char    *path,
                                      GCancellable  *cancellable,
                                      GError       **error);

G_END_DECLS
