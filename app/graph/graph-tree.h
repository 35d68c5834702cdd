/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Points with a mass in a tree of cells, each halved along every axis: what is far acts as one (Barnes and Hut, 1986).
 * */
typedef struct _GraphTree GraphTree;

/* @inverse_scale_squared: 1 over the square of the length at which the push begins to weaken. Returns: NULL where
 * memory ends. */
GraphTree *graph_tree_new   (guint32       n_points,
                             guint         n_dimensions,
                             double        inverse_scale_squared,
                             GError      **error);
void       graph_tree_free  (GraphTree    *self);

/* Sorts the points anew. */
void       graph_tree_build (GraphTree    *self,
                             const double *places,
                             const double *masses);

/* Adds the push that all other points give to @point: mass over distance, weaker from the scale on. @stiffness: grows
 * by how much the push of the nearest changes when the point moves. */
void       graph_tree_push  (GraphTree    *self,
                             guint32       point,
                             const double *places,
                             double       *force,
                             double       *stiffness);

/* The points, those that are near each other together. */
const guint32 *graph_tree_get_order (GraphTree *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GraphTree, graph_tree_free)

G_END_DECLS
