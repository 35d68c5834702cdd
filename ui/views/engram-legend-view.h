/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "scene/engram-legend.h"

G_BEGIN_DECLS

#define ENGRAM_TYPE_LEGEND_VIEW (engram_legend_view_get_type ())

/* What the colours and sizes of a picture mean, beside it. */
G_DECLARE_FINAL_TYPE (EngramLegendView, engram_legend_view, ENGRAM, LEGEND_VIEW, GtkWidget)

/* @legend: (nullable): copied */
void engram_legend_view_set_legend (EngramLegendView   *self,
                                    const EngramLegend *legend);
/* (transfer none) (nullable) */
const EngramLegend *engram_legend_view_get_legend (EngramLegendView *self);

G_END_DECLS
