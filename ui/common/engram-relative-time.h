/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <engram.h>

G_BEGIN_DECLS

char *engram_relative_time_format (const char *time,
                                   GDateTime  *now);

G_END_DECLS
