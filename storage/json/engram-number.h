/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define ENGRAM_NUMBER_LENGTH 40

gsize    engram_number_format (double      number,
                               char        text[ENGRAM_NUMBER_LENGTH]);
gboolean engram_number_parse  (const char *text,
                               gsize       length,
                               double     *number);

G_END_DECLS
