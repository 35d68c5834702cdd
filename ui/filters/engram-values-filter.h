/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "session/engram-session.h"

G_BEGIN_DECLS

#define ENGRAM_TYPE_VALUES_FILTER (engram_values_filter_get_type ())

/* The values of a field of names (types, tags, communities) as check buttons with counts, the most frequent first;
 * where there are many, an entry finds one. It reads the query of its session and writes into it. Main thread only. */
G_DECLARE_FINAL_TYPE (EngramValuesFilter, engram_values_filter, ENGRAM, VALUES_FILTER, GtkWidget)

GtkWidget *engram_values_filter_new         (EngramQueryField     field);
void       engram_values_filter_set_session (EngramValuesFilter  *self,
                                             EngramSession       *session);
/* @values: (nullable) (element-type EngramFacetValue): what another choice would leave; copied. @n_values: how many there
 * are in all, more than @values holds where that is cut. */
void       engram_values_filter_set_values  (EngramValuesFilter  *self,
                                             GPtrArray           *values,
                                             guint                n_values);

G_END_DECLS
