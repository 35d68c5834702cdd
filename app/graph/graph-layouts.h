/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "graph-input.h"

G_BEGIN_DECLS

/* Each finds places, n_dimensions numbers a node in no particular scale, and sets @sign. */
typedef gboolean (*GraphLayoutFunc) (const GraphInput  *input,
                                     double            *places,
                                     EngramGraphSign   *sign,
                                     GError           **error);

gboolean graph_lay_out_by_force  (const GraphInput  *input,
                                  double            *places,
                                  EngramGraphSign   *sign,
                                  GError           **error);
gboolean graph_lay_out_by_kk     (const GraphInput  *input,
                                  double            *places,
                                  EngramGraphSign   *sign,
                                  GError           **error);
gboolean graph_lay_out_by_drl    (const GraphInput  *input,
                                  double            *places,
                                  EngramGraphSign   *sign,
                                  GError           **error);
gboolean graph_lay_out_in_layers (const GraphInput  *input,
                                  double            *places,
                                  EngramGraphSign   *sign,
                                  GError           **error);
gboolean graph_lay_out_in_rings  (const GraphInput  *input,
                                  double            *places,
                                  EngramGraphSign   *sign,
                                  GError           **error);
gboolean graph_lay_out_in_circle (const GraphInput  *input,
                                  double            *places,
                                  EngramGraphSign   *sign,
                                  GError           **error);
gboolean graph_lay_out_by_umap   (const GraphInput  *input,
                                  double            *places,
                                  EngramGraphSign   *sign,
                                  GError           **error);

/* The layout that was asked for, as it goes out. */
float   *graph_lay_out           (const GraphInput  *input,
                                  EngramGraphSign   *sign,
                                  GError           **error);
/* Scales and moves: edges have a mean length of 1, and the middle of all nodes is 0. */
void     graph_layout_normalise  (const GraphInput  *input,
                                  double            *places);
/* Turns places into what goes out, normalised. */
void     graph_layout_finish     (const GraphInput  *input,
                                  double            *places,
                                  float             *finished);

G_END_DECLS
