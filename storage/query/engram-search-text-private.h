/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "query/engram-search-keys-private.h"

G_BEGIN_DECLS

/* Ranking rows by a text in the person's collation, exactly as g_utf8_collate() of the whole texts has it, without
 * keeping the texts: a collation key takes several times the space of its text, and a network of texts is larger than
 * memory should be.
 *
 * Collation compares at several levels: first the letters of the whole text, then their accents, then their case. What
 * differs at the first level is decided, and the first level of a text is that of its words one after the other. So
 * rows are told apart by a few bytes of the first level; those that are equal are read again for the bytes that follow.
 * Whole texts are compared only where the first level says nothing. */

/* The first bytes of the first level, which compare as texts do; the rest is 0. */
typedef struct {
  guint64 high;
  guint64 low;
} EngramTextStart;

/* Stands for a text that is not there, and is beyond all that are. */
#define ENGRAM_TEXT_START_MISSING ((EngramTextStart) { G_MAXUINT64, G_MAXUINT64 })

EngramTextStart engram_text_start_make  (const char               *text);

/* Replaces the high part of each row's start by its rank, 1 and on, the same for equal texts; that of one that is
 * missing stays. @rowids ascend. */
gboolean        engram_search_rank_texts (const EngramSearchKey   *key,
                                          const char              *table,
                                          EngramScan              *scan,
                                          const gint64            *rowids,
                                          EngramTextStart         *starts,
                                          gsize                    n_rows,
                                          GCancellable            *cancellable,
                                          GError                 **error);

/* The bytes from @skip on of the first level of @text, at most @n_bytes; what is not there is 0. */
void            engram_text_get_level   (const char              *text,
                                         gsize                    skip,
                                         guint8                  *bytes,
                                         gsize                    n_bytes);

G_END_DECLS
