/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <engram.h>

#include "jobs/engram-job.h"

G_BEGIN_DECLS

typedef enum {
  ENGRAM_PAIRS_SIMILAR,    /* similar by vector, but without a synapse */
  ENGRAM_PAIRS_DISSIMILAR, /* joined, but different by vector */
} EngramPairsKind;

#define ENGRAM_TYPE_PAIR_ROW (engram_pair_row_get_type ())

/* Two neurons as a row of a list of pairs. Read only. */
G_DECLARE_FINAL_TYPE (EngramPairRow, engram_pair_row, ENGRAM, PAIR_ROW, GObject)

/* @other: the second of the two instead of the first */
gint64      engram_pair_row_get_rowid  (EngramPairRow     *self,
                                        gboolean           other);
const char *engram_pair_row_get_id     (EngramPairRow     *self,
                                        gboolean           other);
const char *engram_pair_row_get_text   (EngramPairRow     *self,
                                        gboolean           other);
float       engram_pair_row_get_cosine (EngramPairRow     *self);
/* NaN where no synapse joins them */
double      engram_pair_row_get_weight (EngramPairRow     *self);

/* A job that finds the @limit first pairs of that kind; start it. */
EngramJob  *engram_pair_search_new     (EngramSearcher    *searcher,
                                        EngramPairsKind    kind,
                                        guint              limit);
/* After it has been done: (transfer full) (element-type EngramPairRow): what it has found, the most striking first */
GListStore *engram_pair_search_get_rows (EngramJob        *job);

G_END_DECLS
