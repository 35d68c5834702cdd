/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "filters/engram-histogram-view.h"
#include "session/engram-session.h"

G_BEGIN_DECLS

#define ENGRAM_TYPE_RANGE_FILTER (engram_range_filter_get_type ())

/* The range of one field of numbers, or of times, as a histogram and two entries. It reads the query of its session and
 * writes into it. Main thread only. */
G_DECLARE_FINAL_TYPE (EngramRangeFilter, engram_range_filter, ENGRAM, RANGE_FILTER, GtkWidget)

GtkWidget *engram_range_filter_new           (EngramQueryField       field);
void       engram_range_filter_set_session   (EngramRangeFilter     *self,
                                              EngramSession         *session);
/* @histogram: (nullable): what another range would leave */
void       engram_range_filter_set_histogram (EngramRangeFilter     *self,
                                              const EngramHistogram *histogram);

G_END_DECLS
