/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/engram-network.h"
#include "query/engram-query.h"
#include "sqlite/engram-scan-private.h"

G_BEGIN_DECLS

/**
 * EngramDegrees:
 * @n_neurons: how many neurons: those that #EngramNetwork has
 * @rowids: (array length=n_neurons): their rows, ascending
 * @outgoing: (array length=n_neurons): how many synapses start from each, those that lack their other end included
 * @incoming: (array length=n_neurons): how many lead to it
 * @is_whole: whether these are all rows of the table: not where an id stands twice
 *
 * How many synapses each neuron has, of one snapshot: what takes a tenth of the time and the memory that the columns of
 * a whole network take. Read only, atomically counted; any thread.
 */
typedef struct {
  guint32  n_neurons;
  gint64  *rowids;
  guint32 *outgoing;
  guint32 *incoming;
  gboolean is_whole;
} EngramDegrees;

/* How many rows the tables of a snapshot have. */
typedef struct {
  guint64 n_neurons;
  guint64 n_synapses;
} EngramRowCounts;

EngramDegrees *engram_degrees_new       (EngramNetwork          *network,
                                         const EngramRowCounts  *counts);
/* Counts them in the indexes of ids, of sources and of targets, which are read side by side in their order: nothing is
 * looked up. NULL with @error set where that failed or was cancelled; NULL without @error where the indexes are not
 * there, are damaged, or hold what does not stand in the order of its bytes: then the columns tell. */
EngramDegrees *engram_degrees_count     (EngramScan             *scan,
                                         const EngramRowCounts  *counts,
                                         GCancellable           *cancellable,
                                         GError                **error);
EngramDegrees *engram_degrees_ref       (EngramDegrees          *self);
void           engram_degrees_unref     (EngramDegrees          *self);

/* Of the neuron at @place: ENGRAM_QUERY_DEGREE, IN or OUT. */
guint32        engram_degrees_get       (const EngramDegrees    *self,
                                         guint32                 place,
                                         EngramQueryField        field);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramDegrees, engram_degrees_unref)

G_END_DECLS
