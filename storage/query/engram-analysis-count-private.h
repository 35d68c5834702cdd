/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "query/engram-facets.h"

G_BEGIN_DECLS

/* The values of an analysis, counted row by row; each thread has one of its own, merged at the end. */
typedef struct {
  EngramRecordNumbers *values;   /* NULL where the analysis has not been made */
  gsize                next;     /* where in them the next row is, if rows come in their order */
  guint64             *groups;   /* of a category: how many are of each, the first being 1 */
  gsize                n_groups;
  gboolean             is_fixed; /* whether the groups are the same in every network */
  EngramHistogram      histogram; /* else */
} EngramAnalysisCount;

/* @values: (nullable) */
void engram_analysis_count_begin (EngramAnalysisCount       *self,
                                  EngramAnalysis             analysis,
                                  EngramRecordNumbers       *values);
void engram_analysis_count_clear (EngramAnalysisCount       *self);
/* Quick for rows that come in their order. */
void engram_analysis_count_add   (EngramAnalysisCount       *self,
                                  gint64                     rowid);
/* Both of the same values. */
void engram_analysis_count_merge (EngramAnalysisCount       *self,
                                  const EngramAnalysisCount *other);
/* What was counted; of groups those of the most neurons, and those in @query, which may be NULL, or all that there are
 * where they are fixed. */
void engram_analysis_count_fill  (const EngramAnalysisCount *self,
                                  EngramAnalysis             analysis,
                                  EngramQuery               *query,
                                  EngramAnalysisFacet       *facet);

G_END_DECLS
