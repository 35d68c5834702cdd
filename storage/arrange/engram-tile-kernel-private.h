/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "arrange/engram-tiles-private.h"

G_BEGIN_DECLS

/* Multiplies a panel of rows by a panel of columns. @row_least, @column_least: above which score there is anything to
 * keep; @scores: row after row. Returns which rows have a score above their own or a column's bound, a bit each. */
typedef guint (*EngramTileFunc) (const float *rows,
                                 const float *columns,
                                 guint        depth,
                                 const float *row_least,
                                 const float *column_least,
                                 float       *scores);

/* Those that this processor can run, the quickest being number 0; NULL after the last. */
EngramTileFunc engram_tile_kernel_get (guint number);

G_END_DECLS
