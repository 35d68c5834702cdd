/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Paths as people read them. */

char *engram_path_dup_folder_label (const char *path);

G_END_DECLS
