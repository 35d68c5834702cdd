/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void   engram_timing_start       (void);
double engram_timing_since_start (void);
void   engram_timing_log         (const char *phase,
                                  double      seconds);

G_END_DECLS
