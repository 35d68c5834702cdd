/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "query/engram-query.h"
#include "query/engram-sort.h"

G_BEGIN_DECLS

/**
 * EngramAnalysis:
 * @ENGRAM_ANALYSIS_COMMUNITY: the community of each neuron, 1 the largest
 * @ENGRAM_ANALYSIS_COMPONENT: the component of each neuron, 1 the largest
 * @ENGRAM_ANALYSIS_PAGE_RANK: a share of the whole, all together 1
 * @ENGRAM_ANALYSIS_BETWEENNESS: how many of the cheapest paths lead through it
 * @ENGRAM_ANALYSIS_FAITHFULNESS: which share of its nearest by vector are near it in space, 0 to 1
 *
 * What a job finds out about each neuron of a network, and no table holds. An #EngramSearcher keeps the results.
 */
typedef enum {
  ENGRAM_ANALYSIS_COMMUNITY,
  ENGRAM_ANALYSIS_COMPONENT,
  ENGRAM_ANALYSIS_PAGE_RANK,
  ENGRAM_ANALYSIS_BETWEENNESS,
  ENGRAM_ANALYSIS_FAITHFULNESS,
  ENGRAM_N_ANALYSES,
} EngramAnalysis;

/* A fixed name ("pagerank"), which is that of its query field, its sort key and its column. */
const char       *engram_analysis_get_name     (EngramAnalysis    analysis);
/* FALSE where no analysis has that name. */
gboolean          engram_analysis_from_name    (const char       *name,
                                                EngramAnalysis   *analysis);
/* What it gives a neuron, for people: "Community". */
const char       *engram_analysis_get_label    (EngramAnalysis    analysis);
/* The analysis, for people: "Communities". */
const char       *engram_analysis_get_title    (EngramAnalysis    analysis);
/* Whether its numbers are those of groups, and neither more nor less than each other. */
gboolean          engram_analysis_is_category  (EngramAnalysis    analysis);
EngramQueryField  engram_analysis_get_field    (EngramAnalysis    analysis);
/* FALSE for a field that looks at no analysis. */
gboolean          engram_analysis_from_field   (EngramQueryField  field,
                                                EngramAnalysis   *analysis);
/* FALSE for a key that is of no analysis. */
gboolean          engram_analysis_from_sort_key (EngramSortKey    key,
                                                EngramAnalysis   *analysis);

G_END_DECLS
