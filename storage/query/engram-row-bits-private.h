/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "stores/engram-row-set.h"

G_BEGIN_DECLS

/* A set of the rowids of a table, a bit each: quick to fill in any order, and to ask. */
typedef struct {
  gint64   first;
  guint64  n_bits;
  guint64 *words;
} EngramRowBits;

/* For the rows from the least to the greatest of these; NULL where they lie so far apart that bits would take more
 * memory than a list. */
EngramRowBits *engram_row_bits_new    (const gint64        *rowids,
                                       gsize                n_rowids);
void           engram_row_bits_free   (EngramRowBits       *self);
EngramRowSet  *engram_row_bits_dup_set (const EngramRowBits *self);

/* @rowid must be between those that it was made for. Several threads may set bits at a time. */
static inline void
engram_row_bits_set (EngramRowBits *self,
                     gint64         rowid)
{
  guint64 bit = (guint64) rowid - (guint64) self->first;

  __atomic_fetch_or (&self->words[bit / 64], G_GUINT64_CONSTANT (1) << (bit % 64), __ATOMIC_RELAXED);
}

static inline gboolean
engram_row_bits_contains (const EngramRowBits *self,
                          gint64               rowid)
{
  guint64 bit = (guint64) rowid - (guint64) self->first;

  return bit < self->n_bits && ((self->words[bit / 64] >> (bit % 64)) & 1) != 0;
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramRowBits, engram_row_bits_free)

G_END_DECLS
