/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The person's preferences (data/io.github.engram.Engram.gschema.xml): where the schema is installed, beside the
 * program in whatever prefix, or where it was built. Main thread only; never NULL: (transfer none) */
GSettings *engram_settings_get (void);

G_END_DECLS
