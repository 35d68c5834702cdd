/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "scene/engram-legend.h"
#include "views/engram-network-scene.h"

G_BEGIN_DECLS

/* What the colours and the sizes of a scene's points stand for. */
typedef enum {
  ENGRAM_COLOUR_BY_TYPE,
  ENGRAM_COLOUR_BY_ACTIVATION,
  ENGRAM_COLOUR_BY_DEGREE,
  ENGRAM_COLOUR_BY_NOTHING,
} EngramColourBy;

typedef enum {
  ENGRAM_SIZE_BY_DEGREE,
  ENGRAM_SIZE_BY_ACTIVATION,
  ENGRAM_SIZE_BY_NOTHING,
} EngramSizeBy;

/* For people: "Type", "Degree". (transfer none) */
const char   *engram_colour_by_get_label (EngramColourBy       by);
const char   *engram_size_by_get_label   (EngramSizeBy         by);

/* Colours and sizes all points of a scene. Types have their colours of everywhere, looked up in the style of @widget.
 * Returns: (transfer full): what they mean */
EngramLegend *engram_colouring_apply     (EngramNetworkScene  *scene,
                                          EngramColourBy       colour_by,
                                          EngramSizeBy         size_by,
                                          GtkWidget           *widget,
                                          gboolean             dark);

G_END_DECLS
