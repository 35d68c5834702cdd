/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scene/engram-scene.h"

G_BEGIN_DECLS

/**
 * EngramGraphPlaces:
 *
 * Where the neurons of a graph are, by their rows, and which of them were placed by hand. The view writes it, and a
 * worker that makes a scene reads it: any thread. Atomically counted.
 */
typedef struct _EngramGraphPlaces EngramGraphPlaces;

EngramGraphPlaces *engram_graph_places_new        (void);
EngramGraphPlaces *engram_graph_places_ref        (EngramGraphPlaces *self);
void               engram_graph_places_unref      (EngramGraphPlaces *self);
/* @place: x and y; untouched where it is not known */
gboolean           engram_graph_places_get        (EngramGraphPlaces *self,
                                                   gint64             rowid,
                                                   float              place[2]);
void               engram_graph_places_set        (EngramGraphPlaces *self,
                                                   gint64             rowid,
                                                   const float        place[2]);
/* Notes where many are, but for those that are pinned. @places: x, y, z of each row */
void               engram_graph_places_store      (EngramGraphPlaces *self,
                                                   const gint64      *rowids,
                                                   const float       *places,
                                                   guint32            n);
/* Tells where many are, NaN for those that are not known. Returns: whether all are known */
gboolean           engram_graph_places_recall     (EngramGraphPlaces *self,
                                                   const gint64      *rowids,
                                                   float             *places,
                                                   guint32            n);
gboolean           engram_graph_places_is_pinned  (EngramGraphPlaces *self,
                                                   gint64             rowid);
/* Only what has a place can be pinned. */
void               engram_graph_places_set_pinned (EngramGraphPlaces *self,
                                                   gint64             rowid,
                                                   gboolean           pinned);
/* Forgets all that is not pinned. */
void               engram_graph_places_clear      (EngramGraphPlaces *self);

/* @places: x, y, z of each point of @scene, NaN where they are not known
 *
 * Finds places for those: beside the neighbour with the strongest edge among those that have one, outwards; without
 * such a neighbour below all others; where nobody has a place in a spiral, the first points in the middle. The same for
 * the same. */
void               engram_graph_places_fill       (const EngramScene *scene,
                                                   float             *places);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramGraphPlaces, engram_graph_places_unref)

G_END_DECLS
