/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char      *engram_time_now      (void);
char      *engram_time_format   (GDateTime  *time);
GDateTime *engram_time_parse    (const char *text);
gboolean   engram_time_is_valid (const char *text);

G_END_DECLS
