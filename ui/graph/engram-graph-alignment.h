/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What turns one flat picture of a graph onto another of it, so that a new layout does not jump. */

/**
 * EngramGraphAlignment:
 * @matrix: what becomes of (1, 0) and of (0, 1)
 * @shift: added to it
 *
 * A similarity: a rotation, perhaps a reflection, a scale and a shift.
 */
typedef struct {
  double matrix[2][2];
  double shift[2];
} EngramGraphAlignment;

/* @from, @to: x, y, z of each of @n points; those without a finite place in either take no part.
 * @turn: whether the picture may be turned and reflected, or has an up and a down of its own
 *
 * Finds the rotation for which the squares of the distances are least; the scale is that of the extents, so that
 * pictures that have little to do with each other do not shrink. Where no point has both places it is what changes
 * nothing. */
void engram_graph_alignment_find  (EngramGraphAlignment       *self,
                                   const float                *from,
                                   const float                *to,
                                   guint32                     n,
                                   gboolean                    turn);
/* @places: x, y, z of each of @n points */
void engram_graph_alignment_apply (const EngramGraphAlignment *self,
                                   float                      *places,
                                   guint32                     n);

G_END_DECLS
