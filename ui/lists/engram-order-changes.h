/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <engram.h>

G_BEGIN_DECLS

/* EngramRowChange:
 * @position: where, once the changes before this one have been made
 * @removed: how many rows go there
 * @added: how many rows come there
 *
 * One step from one order of rows to another, as g_list_model_items_changed() takes it. */
typedef struct {
  guint position;
  guint removed;
  guint added;
} EngramRowChange;

/* How rows that somebody looks at come from one order of rows to another, whatever the two have in common. */

/* EngramPlace:
 * @from: where a row stands
 * @to: where it stands in the other order; %G_MAXUINT where it does not
 * @stays: whether it is not to be moved */
typedef struct {
  guint    from;
  guint    to;
  gboolean stays;
} EngramPlace;

/* EngramOrderPair:
 * @before: (nullable): an order of rows; %NULL for none
 * @after: another
 * @same_start: how many rows both are known to begin with alike
 * @same_end: how many rows both are known to end with alike */
typedef struct {
  EngramRowOrder *before;
  EngramRowOrder *after;
  gsize           same_start;
  gsize           same_end;
} EngramOrderPair;

/* How many rows two orders begin with alike, and how many they end with; 0 once it is cancelled. Any thread. */
void    engram_order_compare       (EngramRowOrder        *before,
                                    EngramRowOrder        *after,
                                    gsize                 *same_start,
                                    gsize                 *same_end,
                                    GCancellable          *cancellable);
/* @places (element-type EngramPlace), by ascending @from: those that keep their order among each other stay, as many as
 * can be. Returns: how many */
guint   engram_places_keep_longest (GArray                *places);
/* Returns: (transfer full) (element-type EngramRowChange): what goes and comes between those places that stay, by
 * ascending position, rows at the ends of each change that are the same left out */
GArray *engram_order_find_changes  (const EngramOrderPair *pair,
                                    GArray                *places);

G_END_DECLS
