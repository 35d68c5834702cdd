/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "query/engram-facets.h"

G_BEGIN_DECLS

/* The values of an analysis, counted neuron by neuron; each thread has one of its own, merged at the end. */
typedef struct {
  EngramNeuronValues *values;   /* NULL where the analysis has not been made */
  guint64            *groups;   /* of a category: how many are of each, the first being 1 */
  gsize               n_groups;
  EngramHistogram     histogram; /* else */
} EngramAnalysisCount;

/* @values: (nullable) */
void engram_analysis_count_begin (EngramAnalysisCount       *self,
                                  EngramAnalysis             analysis,
                                  EngramNeuronValues        *values);
void engram_analysis_count_clear (EngramAnalysisCount       *self);
/* @neuron: where it stands in the columns of the network, which is most often where its value is */
void engram_analysis_count_add   (EngramAnalysisCount       *self,
                                  guint32                    neuron,
                                  gint64                     rowid);
/* Both of the same values. */
void engram_analysis_count_merge (EngramAnalysisCount       *self,
                                  const EngramAnalysisCount *other);
/* What was counted; of groups those of the most neurons, and those in @query, which may be NULL. */
void engram_analysis_count_fill  (const EngramAnalysisCount *self,
                                  EngramAnalysis             analysis,
                                  EngramQuery               *query,
                                  EngramAnalysisFacet       *facet);

G_END_DECLS
