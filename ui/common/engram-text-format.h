/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <engram.h>

G_BEGIN_DECLS

/* Values of a network as text for people. */

char *engram_format_line       (const char   *text,
                                gsize         max_characters);
char *engram_format_label      (const char   *text,
                                gsize         max_characters);
char *engram_format_position   (const double  position[3],
                                guint         decimals);
char *engram_format_decimals   (double        number,
                                guint         decimals);
char *engram_format_real       (double        number);
char *engram_format_rounded    (double        number);
char *engram_format_level      (double        level);
char *engram_format_weight     (double        weight);
void  engram_format_set_decimals (guint       decimals);
char *engram_format_count      (guint64       count);
char *engram_format_day        (const char   *time);
char *engram_format_time_short (const char   *time);
char *engram_format_time_long  (const char   *time);

G_END_DECLS
