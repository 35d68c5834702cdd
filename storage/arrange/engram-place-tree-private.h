/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#ifndef ENGRAM_STORAGE_COMPILATION
#error "Private to storage/"
#endif

#include <glib.h>

G_BEGIN_DECLS

/* Halves of points in space: @points are indices into @places (x, y, z of each, finite). Reorders them so that those
 * before @middle lie no further along the axis in which they spread most than that in @middle, and those after it no
 * less far; returns that axis. */
guint engram_places_split (const float *places,
                           guint32     *points,
                           gsize        n,
                           gsize        middle);

/* The nearest of some points, found by halving space. Of points that are as far as each other, any. Once made it is
 * only read: any thread. */
typedef struct _EngramPlaceTree EngramPlaceTree;

/* @points: taken, from g_malloc(); @places must outlive it. */
EngramPlaceTree *engram_place_tree_new          (const float           *places,
                                                 guint32               *points,
                                                 gsize                  n);
void             engram_place_tree_free         (EngramPlaceTree       *self);
/* The @k nearest to @point, which is not among them itself: room for @k indices, 32 at most, the nearest first. Returns
 * how many. */
guint            engram_place_tree_find_nearest (const EngramPlaceTree *self,
                                                 guint32                point,
                                                 guint                  k,
                                                 guint32               *nearest);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramPlaceTree, engram_place_tree_free)

G_END_DECLS
