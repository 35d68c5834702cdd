/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* RFC 8259 once more, written as plainly as can be: what this takes, engram_json_check() takes, and nothing else. */
gboolean reference_json_accepts (const char *text,
                                 gsize       length,
                                 guint       max_depth);
/* A number alone, without white space. */
gboolean reference_json_is_number (const char *text,
                                   gsize       length);
