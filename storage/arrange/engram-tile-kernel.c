/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "arrange/engram-tile-kernel-private.h"

#include <string.h>

/* The same code for processors of several widths: LANES numbers at once, twelve sums of them in registers, six rows by
 * two. Where there are fewer lanes than columns the panel is gone through several times. */
#define ROW(NUMBER) \
  s##NUMBER##0 += rows[NUMBER] * low; \
  s##NUMBER##1 += rows[NUMBER] * high

#define STORE(NUMBER, LANES) \
  memcpy (scores + NUMBER * ENGRAM_TILE_COLUMNS, &s##NUMBER##0, sizeof s##NUMBER##0); \
  memcpy (scores + NUMBER * ENGRAM_TILE_COLUMNS + LANES, &s##NUMBER##1, sizeof s##NUMBER##1)

#define DEFINE_KERNEL(NAME, TARGET, LANES) \
  typedef float NAME##_lanes __attribute__ ((vector_size (LANES * sizeof (float)))); \
  typedef gint32 NAME##_mask __attribute__ ((vector_size (LANES * sizeof (gint32)))); \
  \
  TARGET static inline void \
  NAME##_multiply (const float *rows, \
                   const float *columns, \
                   guint        depth, \
                   float       *scores) \
  { \
    NAME##_lanes s00 = { 0 }, s01 = { 0 }, s10 = { 0 }, s11 = { 0 }, s20 = { 0 }, s21 = { 0 }; \
    NAME##_lanes s30 = { 0 }, s31 = { 0 }, s40 = { 0 }, s41 = { 0 }, s50 = { 0 }, s51 = { 0 }; \
    \
    for (guint i = 0; i < depth; i++, rows += ENGRAM_TILE_ROWS, columns += ENGRAM_TILE_COLUMNS) \
      { \
        NAME##_lanes low, high; \
        \
        memcpy (&low, columns, sizeof low); \
        memcpy (&high, columns + LANES, sizeof high); \
        ROW (0); \
        ROW (1); \
        ROW (2); \
        ROW (3); \
        ROW (4); \
        ROW (5); \
      } \
    STORE (0, LANES); \
    STORE (1, LANES); \
    STORE (2, LANES); \
    STORE (3, LANES); \
    STORE (4, LANES); \
    STORE (5, LANES); \
  } \
  \
  TARGET static inline gboolean \
  NAME##_is_any_above (const float *scores, \
                       float        row_least, \
                       const float *column_least) \
  { \
    NAME##_lanes bound = { 0 }; \
    NAME##_mask above = { 0 }; \
    guint64 words[sizeof above / sizeof (guint64)]; \
    guint64 any = 0; \
    \
    bound += row_least; \
    for (guint i = 0; i < ENGRAM_TILE_COLUMNS; i += LANES) \
      { \
        NAME##_lanes score, column; \
        \
        memcpy (&score, scores + i, sizeof score); \
        memcpy (&column, column_least + i, sizeof column); \
        above |= (score > bound) | (score > column); \
      } \
    memcpy (words, &above, sizeof words); \
    for (guint i = 0; i < G_N_ELEMENTS (words); i++) \
      any |= words[i]; \
    return any != 0; \
  } \
  \
  TARGET static guint \
  NAME (const float *rows, \
        const float *columns, \
        guint        depth, \
        const float *row_least, \
        const float *column_least, \
        float       *scores) \
  { \
    guint found = 0; \
    \
    for (guint i = 0; i < ENGRAM_TILE_COLUMNS; i += 2 * LANES) \
      NAME##_multiply (rows, columns + i, depth, scores + i); \
    for (guint row = 0; row < ENGRAM_TILE_ROWS; row++) \
      found |= (guint) NAME##_is_any_above (scores + row * ENGRAM_TILE_COLUMNS, row_least[row], column_least) << row; \
    return found; \
  }

DEFINE_KERNEL (multiply_usual, , 4)
#ifdef __x86_64__
DEFINE_KERNEL (multiply_avx2, __attribute__ ((target ("avx2,fma"))), 8)
DEFINE_KERNEL (multiply_avx512, __attribute__ ((target ("avx512f,avx512dq,avx512bw,avx512vl"))), 16)
#endif

EngramTileFunc
engram_tile_kernel_get (guint number)
{
#ifdef __x86_64__
  if (__builtin_cpu_supports ("avx512f") && __builtin_cpu_supports ("avx512dq") &&
      __builtin_cpu_supports ("avx512bw") && __builtin_cpu_supports ("avx512vl") && number-- == 0)
    return multiply_avx512;
  if (__builtin_cpu_supports ("avx2") && __builtin_cpu_supports ("fma") && number-- == 0)
    return multiply_avx2;
#endif
  return number == 0 ? multiply_usual : NULL;
}
