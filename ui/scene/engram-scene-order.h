/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scene/engram-scene.h"

G_BEGIN_DECLS

/* In which order a scene is drawn, so that any beginning of it is a fair picture of the whole. */

/* (transfer full) (array): all points, so that the first so many are spread as evenly over the space as all of
 * them; those without a place come last. */
guint32 *engram_scene_order_points (EngramScene *scene);
/* (transfer full) (array): all edges, so that the first n are those of engram_scene_split_detail(), for every n. */
guint32 *engram_scene_order_edges  (EngramScene *scene);

G_END_DECLS
