/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "arrange/engram-pairs.h"

G_BEGIN_DECLS

/* The pairs that come first in an order, of all that are offered: no more than the limit is kept. */
typedef struct {
  GArray       *pairs; /* of EngramPair: a heap with the last of them on top */
  guint         limit;
  GCompareFunc  compare;
} EngramPairRanking;

void    engram_pair_ranking_init  (EngramPairRanking *self,
                                   guint              limit,
                                   GCompareFunc       compare);
void    engram_pair_ranking_clear (EngramPairRanking *self);
void    engram_pair_ranking_offer (EngramPairRanking *self,
                                   const EngramPair  *pair);
/* (transfer full): in their order; the ranking is empty then. */
GArray *engram_pair_ranking_end   (EngramPairRanking *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EngramPairRanking, engram_pair_ranking_clear)

G_END_DECLS
