/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "graph-levels.h"

G_BEGIN_DECLS

/**
 * GraphForces:
 * @n_dimensions: 2 or 3
 * @scale: beyond this length forces no longer grow with it, so that a few far neighbours do not tear a community apart;
 *   0 for no such length
 * @gravity: how strongly the middle pulls, for each unit of mass, so that what hardly hangs together with the rest does
 *   not drift off and leave the picture empty between them; 0 for not at all
 * @stiff: whether edges pull by the square of their length, as trees want it: there one edge holds many nodes
 */
typedef struct {
  guint    n_dimensions;
  double   scale;
  double   gravity;
  gboolean stiff;
} GraphForces;

/* Called after each step. @share: of all steps that there will be at most. */
typedef void (*GraphRelaxFunc) (double   share,
                                gpointer user_data);

/* Moves the nodes of a level to where the pull of the edges and the push of all other nodes are in balance, in @n_steps
 * at most. @reach: how far a node goes in one step, of the radius of the whole; it goes less far with each. */
gboolean graph_relax            (const GraphLevel   *level,
                                 const GraphForces  *forces,
                                 double             *places,
                                 guint               n_steps,
                                 double              reach,
                                 GraphRelaxFunc      stepped,
                                 gpointer            user_data,
                                 GError            **error);

/* How far from its middle a graph lies in balance, by its mass and the weight of its edges. */
double   graph_forces_get_radius (const GraphForces *forces,
                                  double             mass,
                                  double             weight);

G_END_DECLS
