/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engram-declarations.h"
#include "query/engram-analysis.h"
#include "query/engram-searcher.h"

ENGRAM_BEGIN_DECLS

/**
 * ENGRAM_HISTOGRAM_BINS:
 *
 * Into so many bins the numbers of an #EngramHistogram are sorted.
 */
#define ENGRAM_HISTOGRAM_BINS 40

/**
 * EngramHistogram:
 * @low: where the first bin starts
 * @high: where the last one ends
 * @whole: whether the numbers are whole ones, so that a bin ends with the number before the next one's first
 * @bins: how many values lie in each; the last bin holds @high too
 * @n_values: how many numbers there are in all, those outside of the bins included
 * @n_missing: how many records have none
 * @minimum: the least, NaN where there is none
 * @maximum: the greatest
 * @mean: of all
 * @deviation: standard deviation of all
 *
 * How the numbers of many records are spread.
 */
typedef struct {
  double   low;
  double   high;
  gboolean whole;
  guint64  bins[ENGRAM_HISTOGRAM_BINS];
  guint64  n_values;
  guint64  n_missing;
  double   minimum;
  double   maximum;
  double   mean;
  double   deviation;
} EngramHistogram;

/**
 * EngramFacetValue:
 * @name: a type, a tag, a synapse type or the number of a group
 * @count: how many records have it, of those that pass all terms but the ones of this field
 *
 * A value and how many records have it.
 */
typedef struct {
  char    *name;
  guint64  count;
} EngramFacetValue;

/**
 * EngramAnalysisFacet:
 * @is_made: whether the analysis has been made; where not, the rest is empty
 * @histogram: of its numbers, with round bounds around all that there are
 * @groups: (nullable) (element-type EngramFacetValue): of communities and components, named by their numbers, those of
 *   the most neurons first; %ENGRAM_FACETS_MAX_TAGS of them, with a count of 0 too, and those in the query; of changes
 *   all that there are, in the order of #EngramDifference
 * @n_groups: how many groups there are in the whole network
 *
 * The result of an analysis, of the records of its kind that pass all terms but those of its own field.
 */
typedef struct {
  gboolean        is_made;
  EngramHistogram histogram;
  GPtrArray      *groups;
  guint           n_groups;
} EngramAnalysisFacet;

#define ENGRAM_TYPE_FACETS (engram_facets_get_type ())

/**
 * EngramFacets:
 * @n_found: neurons that pass
 * @n_all: neurons in all
 * @n_synapses_found: synapses that pass
 * @n_synapses: synapses in all
 * @types: (element-type EngramFacetValue): of neurons, the most frequent first; all that there are, with a count of 0
 *   where no neuron would pass, but %ENGRAM_FACETS_MAX_TAGS at most
 * @tags: (element-type EngramFacetValue): the %ENGRAM_FACETS_MAX_TAGS most frequent, and those in the query
 * @n_tags: how many different tags the neurons have that @tags counts
 * @synapse_types: (element-type EngramFacetValue): of synapses, as @types
 * @activation: of neurons, 0 to 1
 * @importance: of neurons that have one, 0 to 1
 * @degree: of neurons, from 0 to beyond the greatest of all
 * @modified: of neurons, in seconds since 1970 of the local time as it is written, from the first of all to the last
 * @weight: of synapses, -1 to 1
 * @usage: of synapses, from 0 to beyond the greatest of all
 * @analyses: by #EngramAnalysis
 * @changes: (nullable) (element-type EngramFacetValue): what became of neurons and synapses, both together; %NULL where
 *   nothing has been compared
 *
 * What the filter pane shows: each part counts the records that pass all terms of the query but those of its own field,
 * so that one sees what another choice would give.
 */
typedef struct {
  guint64             n_found;
  guint64             n_all;
  guint64             n_synapses_found;
  guint64             n_synapses;
  GPtrArray          *types;
  GPtrArray          *tags;
  guint               n_tags;
  GPtrArray          *synapse_types;
  EngramHistogram     activation;
  EngramHistogram     importance;
  EngramHistogram     degree;
  EngramHistogram     modified;
  EngramHistogram     weight;
  EngramHistogram     usage;
  EngramAnalysisFacet analyses[ENGRAM_N_ANALYSES];
  GPtrArray          *changes;
} EngramFacets;

/**
 * ENGRAM_FACETS_MAX_TAGS:
 *
 * As many tags as #EngramFacets counts one by one.
 */
#define ENGRAM_FACETS_MAX_TAGS 200

GType         engram_facets_get_type (void) G_GNUC_CONST;

/**
 * engram_facets_count:
 * @searcher: a searcher
 * @query: (nullable): the filter
 * @cancellable: (nullable): to give up
 * @error: return location, or %NULL
 *
 * One pass over each table, on all cores; waits for the disk. Any thread.
 *
 * Returns: (transfer full) (nullable): the figures, or %NULL with @error set
 */
EngramFacets *engram_facets_count    (EngramSearcher  *searcher,
                                      EngramQuery     *query,
                                      GCancellable    *cancellable,
                                      GError         **error);

/**
 * engram_facets_ref:
 * @self: figures
 *
 * Returns: (transfer full): the same, held once more
 */
EngramFacets *engram_facets_ref      (EngramFacets    *self);

/**
 * engram_facets_unref:
 * @self: (transfer full): figures
 *
 * Lets go of it; the last one to do so frees it.
 */
void          engram_facets_unref    (EngramFacets    *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramFacets, engram_facets_unref)

ENGRAM_END_DECLS
