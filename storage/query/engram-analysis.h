/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engram-declarations.h"
#include "model/engram-record-kind.h"
#include "query/engram-query.h"
#include "query/engram-sort.h"

ENGRAM_BEGIN_DECLS

/**
 * EngramAnalysis:
 * @ENGRAM_ANALYSIS_COMMUNITY: the community of each neuron, 1 the largest
 * @ENGRAM_ANALYSIS_COMPONENT: the component of each neuron, 1 the largest
 * @ENGRAM_ANALYSIS_PAGE_RANK: a share of the whole, all together 1
 * @ENGRAM_ANALYSIS_BETWEENNESS: how many of the cheapest paths lead through it
 * @ENGRAM_ANALYSIS_FAITHFULNESS: which share of its nearest by vector are near it in space, 0 to 1
 * @ENGRAM_ANALYSIS_CHANGE: what became of each neuron since another file, an #EngramDifference
 * @ENGRAM_ANALYSIS_MOVED: how far a changed neuron is from where it stood
 * @ENGRAM_ANALYSIS_DRIFT: the cosine distance of the vector of a changed neuron from what it was, 0 to 2
 * @ENGRAM_ANALYSIS_SYNAPSE_CHANGE: what became of each synapse, an #EngramDifference
 * @ENGRAM_ANALYSIS_WEIGHT_CHANGE: by how much a changed synapse is stronger or weaker than it was
 *
 * What a job finds out about each neuron of a network, or each synapse, and no table holds. An #EngramSearcher keeps
 * the results. Those from %ENGRAM_ANALYSIS_CHANGE on are differences: a comparison with another file finds them.
 */
typedef enum {
  ENGRAM_ANALYSIS_COMMUNITY,
  ENGRAM_ANALYSIS_COMPONENT,
  ENGRAM_ANALYSIS_PAGE_RANK,
  ENGRAM_ANALYSIS_BETWEENNESS,
  ENGRAM_ANALYSIS_FAITHFULNESS,
  ENGRAM_ANALYSIS_CHANGE,
  ENGRAM_ANALYSIS_MOVED,
  ENGRAM_ANALYSIS_DRIFT,
  ENGRAM_ANALYSIS_SYNAPSE_CHANGE,
  ENGRAM_ANALYSIS_WEIGHT_CHANGE,
  ENGRAM_N_ANALYSES,
} EngramAnalysis;

/**
 * EngramDifference:
 * @ENGRAM_DIFFERENCE_ADDED: the other file does not have it
 * @ENGRAM_DIFFERENCE_CHANGED: the other file has it with other values
 * @ENGRAM_DIFFERENCE_REWIRED: of a neuron: it is the same, but one of its synapses was added, changed or removed
 * @ENGRAM_DIFFERENCE_SAME: nothing differs
 *
 * The groups of %ENGRAM_ANALYSIS_CHANGE and %ENGRAM_ANALYSIS_SYNAPSE_CHANGE.
 */
typedef enum {
  ENGRAM_DIFFERENCE_ADDED = 1,
  ENGRAM_DIFFERENCE_CHANGED,
  ENGRAM_DIFFERENCE_REWIRED,
  ENGRAM_DIFFERENCE_SAME,
} EngramDifference;

#define ENGRAM_N_DIFFERENCES ENGRAM_DIFFERENCE_SAME

/**
 * engram_analysis_get_name:
 * @analysis: an analysis
 *
 * Returns: (transfer none): a fixed name ("pagerank"), which is that of its query field, its sort key and its column
 */
const char       *engram_analysis_get_name     (EngramAnalysis    analysis);

/**
 * engram_analysis_from_name:
 * @name: a fixed name
 * @analysis: (out): the first of that name, which is one of neurons where there is one
 *
 * Returns: %FALSE where no analysis has it
 */
gboolean          engram_analysis_from_name    (const char       *name,
                                                EngramAnalysis   *analysis);

/**
 * engram_analysis_get_label:
 * @analysis: an analysis
 *
 * Returns: (transfer none): what it gives a neuron or a synapse, for people: "Community"
 */
const char       *engram_analysis_get_label    (EngramAnalysis    analysis);

/**
 * engram_analysis_get_title:
 * @analysis: an analysis
 *
 * Returns: (transfer none): what it is, for people: "Communities"
 */
const char       *engram_analysis_get_title    (EngramAnalysis    analysis);

/**
 * engram_analysis_is_category:
 * @analysis: an analysis
 *
 * Returns: whether its numbers are those of groups, and neither more nor less than each other
 */
gboolean          engram_analysis_is_category  (EngramAnalysis    analysis);

/**
 * engram_analysis_is_difference:
 * @analysis: an analysis
 *
 * Returns: whether a comparison with another file finds it, and no job of its own
 */
gboolean          engram_analysis_is_difference (EngramAnalysis   analysis);

/**
 * engram_analysis_get_kind:
 * @analysis: an analysis
 *
 * Returns: of which records it is
 */
EngramRecordKind  engram_analysis_get_kind     (EngramAnalysis    analysis);

/**
 * engram_analysis_get_field:
 * @analysis: an analysis
 *
 * Returns: the field that looks at it in a query
 */
EngramQueryField  engram_analysis_get_field    (EngramAnalysis    analysis);

/**
 * engram_analysis_from_field:
 * @field: a field
 * @kind: neurons or synapses
 * @analysis: (out): the analysis that the field looks at in records of that kind
 *
 * Returns: %FALSE where that is none
 */
gboolean          engram_analysis_from_field   (EngramQueryField  field,
                                                EngramRecordKind  kind,
                                                EngramAnalysis   *analysis);

/**
 * engram_analysis_from_sort_key:
 * @key: a key
 * @kind: neurons or synapses
 * @analysis: (out): the analysis by which it sorts records of that kind
 *
 * Returns: %FALSE where that is none
 */
gboolean          engram_analysis_from_sort_key (EngramSortKey    key,
                                                EngramRecordKind  kind,
                                                EngramAnalysis   *analysis);

/**
 * engram_analysis_dup_group_name:
 * @analysis: a category
 * @group: the number of a group
 *
 * Returns: (transfer full): how the group is written in a query: "3", "added"
 */
char             *engram_analysis_dup_group_name (EngramAnalysis  analysis,
                                                double            group);

/**
 * engram_analysis_find_group:
 * @analysis: a category
 * @name: as engram_analysis_dup_group_name() gives it
 *
 * Returns: the number of the group, NaN where there is none of that name
 */
double            engram_analysis_find_group   (EngramAnalysis    analysis,
                                                const char       *name);

/**
 * engram_analysis_dup_group_label:
 * @analysis: a category
 * @name: as engram_analysis_dup_group_name() gives it
 *
 * Returns: (transfer full): the group for people: "Community 3", "Added"
 */
char             *engram_analysis_dup_group_label (EngramAnalysis analysis,
                                                const char       *name);

ENGRAM_END_DECLS
