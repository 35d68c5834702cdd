/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <engram.h>

G_BEGIN_DECLS

/* What stands near or together, as terms of a query. */

/* The box around neurons, "box:x1,y1,z1,x2,y2,z2", rounded outwards to about seven digits so that none of them is out.
 * @neurons: (element-type guint32): indices of the network
 * Returns: (transfer full) (nullable): NULL where none of them has a place */
char    *engram_place_terms_make_box   (EngramNetwork  *network,
                                        const GArray   *neurons);
/* "near:ID<r". (transfer full) */
char    *engram_place_terms_make_near  (EngramNetwork  *network,
                                        guint32         neuron,
                                        double          distance);
/* "near:x,y,z<r". (transfer full) */
char    *engram_place_terms_make_near_place (const double   place[3],
                                       double          distance);
/* How many neurons of the network stand at most so far away, itself included; 0 where it has no place. */
guint32  engram_place_terms_count_near (EngramNetwork  *network,
                                        guint32         neuron,
                                        double          distance);
/* Half of the greatest extent of all neurons, 0 where they stand at one place: no distance of interest is far
 * beyond. */
double   engram_place_terms_get_reach  (EngramNetwork  *network);

G_END_DECLS
