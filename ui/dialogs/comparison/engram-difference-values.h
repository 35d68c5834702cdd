/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dialogs/comparison/engram-comparison-work.h"

G_BEGIN_DECLS

#define ENGRAM_TYPE_DIFFERENCE_VALUES (engram_difference_values_get_type ())

/* The fields of one record before and now, what differs in them first, and marked within texts. Main thread only. */
G_DECLARE_FINAL_TYPE (EngramDifferenceValues, engram_difference_values, ENGRAM, DIFFERENCE_VALUES, GtkWidget)

GtkWidget *engram_difference_values_new       (void);
/* Reads both records. */
void       engram_difference_values_show      (EngramDifferenceValues    *self,
                                               EngramCompared            *compared,
                                               const EngramComparisonRow *row);
/* Where not one of them is chosen: says so. */
void       engram_difference_values_show_text (EngramDifferenceValues    *self,
                                               const char                *text);

G_END_DECLS
