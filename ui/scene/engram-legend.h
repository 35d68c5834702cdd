/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* What the colours and sizes of a scene mean, as text and swatches; plain data. */

typedef struct {
  char    *label;      /* for people */
  guint8   colour[4];
  guint64  count;      /* points that have it */
} EngramLegendEntry;

/**
 * EngramLegend:
 * @title: what is coloured by: "Type", "Activation"
 * @entries: (element-type EngramLegendEntry): of categories, the most frequent first, "Others" last; empty for a scale
 * @scale: whether the colours are a scale between two numbers
 * @low: number of its first colour
 * @high: number of its last colour
 * @ramp: 32 colours of the scale, the first for @low
 * @note: (nullable): how the colours are to be read: "Logarithmic scale"
 * @size_title: (nullable): what the size stands for
 */
typedef struct _EngramLegend EngramLegend;

struct _EngramLegend {
  char      *title;
  GPtrArray *entries;
  gboolean   scale;
  double     low, high;
  guint8     ramp[32][4];
  char      *note;
  char      *size_title;
};

EngramLegend *engram_legend_new  (const char    *title);
void          engram_legend_add  (EngramLegend  *self,
                                  const char    *label,
                                  const guint8   colour[4],
                                  guint64        count);
EngramLegend *engram_legend_copy (const EngramLegend *self);
void          engram_legend_free (EngramLegend  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramLegend, engram_legend_free)

G_END_DECLS
