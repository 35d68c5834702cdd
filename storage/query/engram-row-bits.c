/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "query/engram-row-bits-private.h"

/* Bits for each row, at most, beside those of a small table. */
#define MAX_BITS_PER_ROW 64
#define FREE_BITS (1024 * 1024)

EngramRowBits *
engram_row_bits_new (const gint64 *rowids,
                     gsize         n_rowids)
{
  EngramRowBits *self;
  gint64 first = n_rowids > 0 ? rowids[0] : 0;
  gint64 last = first;
  guint64 distance;

  for (gsize i = 1; i < n_rowids; i++)
    {
      first = MIN (first, rowids[i]);
      last = MAX (last, rowids[i]);
    }
  distance = (guint64) last - (guint64) first;
  if (distance >= (guint64) n_rowids * MAX_BITS_PER_ROW + FREE_BITS)
    return NULL;

  self = g_new0 (EngramRowBits, 1);
  self->first = first;
  self->n_bits = distance + 1;
  self->words = g_new0 (guint64, distance / 64 + 1);
  return self;
}

void
engram_row_bits_free (EngramRowBits *self)
{
  if (self == NULL)
    return;
  g_free (self->words);
  g_free (self);
}

EngramRowSet *
engram_row_bits_dup_set (const EngramRowBits *self)
{
  gsize n_rowids = 0, filled = 0;
  gint64 *rowids;

  for (guint64 i = 0; i <= (self->n_bits - 1) / 64; i++)
    n_rowids += __builtin_popcountll (self->words[i]);
  rowids = g_new (gint64, n_rowids);
  for (guint64 i = 0; i <= (self->n_bits - 1) / 64; i++)
    for (guint64 word = self->words[i]; word != 0; word &= word - 1)
      rowids[filled++] = (gint64) ((guint64) self->first + 64 * i + (guint64) __builtin_ctzll (word));
  return engram_row_set_new_take (rowids, n_rowids);
}
