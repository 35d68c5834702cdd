/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "compare/engram-comparison.h"
#include "engram-declarations.h"
#include "query/engram-analysis.h"
#include "query/engram-facets.h"
#include "query/engram-record-numbers.h"
#include "query/engram-searcher.h"

ENGRAM_BEGIN_DECLS

#define ENGRAM_TYPE_DIFFERENCES (engram_differences_get_type ())

/**
 * EngramDifferences:
 * @other_path: (type filename): the other file
 * @summary: what differs, for people
 * @stamp: the change stamp of the network as it was compared
 * @n_shown: how many neurons and synapses of today are not just the same
 * @synapses: the rows of the synapses that were added or changed
 * @values: by #EngramAnalysis, of those that are differences; %NULL for the others
 *
 * What a comparison with another file says of each neuron and synapse of today, as the results of analyses that
 * queries, lists and pictures show: give each to engram_searcher_set_analysis(). Only rows that have a number are
 * there, but of %ENGRAM_ANALYSIS_CHANGE and %ENGRAM_ANALYSIS_SYNAPSE_CHANGE all that could be compared. Read only,
 * atomically counted; any thread.
 */
typedef struct {
  char                *other_path;
  char                *summary;
  guint64              stamp;
  guint64              n_shown;
  EngramRowSet        *synapses;
  EngramRecordNumbers *values[ENGRAM_N_ANALYSES];
} EngramDifferences;

GType              engram_differences_get_type (void) G_GNUC_CONST;

/**
 * engram_differences_new:
 * @comparison: a comparison
 * @searcher: the searcher of the network that was compared
 * @other: the other file
 * @cancellable: (nullable): to give up
 * @error: return location, or %NULL
 *
 * Looks up the neurons at the ends of synapses that differ, those of removed ones in the other file. Waits for the
 * disk; any thread.
 *
 * Returns: (transfer full) (nullable): the differences, or %NULL with @error set
 */
EngramDifferences *engram_differences_new      (EngramComparison   *comparison,
                                                EngramSearcher     *searcher,
                                                EngramDatabase     *other,
                                                GCancellable       *cancellable,
                                                GError            **error);

/**
 * engram_differences_count:
 * @self: differences
 * @analysis: one that is a difference, and no category
 * @histogram: (out caller-allocates): how its numbers are spread
 *
 * Looks at every number.
 */
void               engram_differences_count    (EngramDifferences  *self,
                                                EngramAnalysis      analysis,
                                                EngramHistogram    *histogram);

/**
 * engram_differences_ref:
 * @self: differences
 *
 * Returns: (transfer full): the same, held once more
 */
EngramDifferences *engram_differences_ref      (EngramDifferences  *self);

/**
 * engram_differences_unref:
 * @self: (transfer full): differences
 *
 * Lets go of it; the last one to do so frees it.
 */
void               engram_differences_unref    (EngramDifferences  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramDifferences, engram_differences_unref)

ENGRAM_END_DECLS
