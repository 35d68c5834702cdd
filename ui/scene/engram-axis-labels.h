/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scene/engram-scene-grid.h"

G_BEGIN_DECLS

/* The numbers and the names beside the axes of a space, so that places can be read off. */

/* Numbers beside axes do not compete with what stands for neurons. */
#define ENGRAM_AXIS_LABELS_OPACITY 0.65f

typedef struct {
  char       *text;           /* a round number, or the axis's name */
  EngramAxis  axis;
  gboolean    name;
  float       x, y;           /* top left of the text, pixels */
  float       width, height;
} EngramAxisLabel;

/* Measures a text in pixels. */
typedef void (*EngramMeasureTextFunc) (const char *text,
                                       float      *width,
                                       float      *height,
                                       gpointer    user_data);

/* How a number on an axis is written whose ticks are @step apart. */
char   *engram_axis_labels_format (double                     value,
                                   double                     step);

/**
 * engram_axis_labels_place:
 * @low: the scene's box
 * @high: the scene's box
 * @taken: (array length=n_taken): where other text stands already
 *
 * The names of the axes first, at their ends; then each axis's numbers, beside it and away from the box: all of them,
 * or where they would be too close to each other every second, fifth, tenth... None lies over another or over what is
 * taken, and all are whole in the picture. An axis that is looked along has no numbers.
 *
 * Returns: (transfer full) (element-type EngramAxisLabel): they
 */
GArray *engram_axis_labels_place  (const float                low[3],
                                   const float                high[3],
                                   const EngramProjection    *projection,
                                   const graphene_rect_t     *taken,
                                   guint                      n_taken,
                                   EngramMeasureTextFunc      measure,
                                   gpointer                   user_data);

G_END_DECLS
