/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include <engram.h>

G_BEGIN_DECLS

/* By what a list of differences is sorted: by how much, the most first and what has no number last; or not. */
typedef enum {
  ENGRAM_DIFFERENCES_BY_ROWS,
  ENGRAM_DIFFERENCES_BY_DRIFT,
  ENGRAM_DIFFERENCES_BY_MOVE,
  ENGRAM_DIFFERENCES_BY_WEIGHT,
} EngramDifferenceSort;

/* EngramDifferenceOrder:
 * @comparison: where they are from
 * @kind: neurons or synapses
 * @n_places: how many
 * @places: (array length=n_places): status and index of each
 * @counts: how many there are of each status
 *
 * Differences as a list shows them. Read only, atomically counted; any thread. */
typedef struct {
  EngramComparison *comparison;
  EngramRecordKind  kind;
  guint             n_places;
  guint64          *places;
  guint             counts[ENGRAM_COMPARISON_N_STATUSES];
} EngramDifferenceOrder;

/* @statuses: a bit for each EngramComparisonStatus that is wanted: ADDED, CHANGED, REMOVED, UNCLEAR. Waits for the
 * processor: not for the main thread. NULL where it was cancelled. */
EngramDifferenceOrder *engram_difference_order_new        (EngramComparison             *comparison,
                                                           EngramRecordKind              kind,
                                                           guint                         statuses,
                                                           EngramDifferenceSort          sort,
                                                           GCancellable                 *cancellable,
                                                           GError                      **error);
EngramDifferenceOrder *engram_difference_order_ref        (EngramDifferenceOrder        *self);
void                   engram_difference_order_unref      (EngramDifferenceOrder        *self);
EngramComparisonStatus engram_difference_order_get_status (const EngramDifferenceOrder  *self,
                                                           guint                         place);
void                   engram_difference_order_get_row    (const EngramDifferenceOrder  *self,
                                                           guint                         place,
                                                           EngramComparisonRow          *row);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramDifferenceOrder, engram_difference_order_unref)

G_END_DECLS
