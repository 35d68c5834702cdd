/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "scene/engram-legend.h"
#include "views/engram-network-scene.h"

G_BEGIN_DECLS

/* What the colours and the sizes of a scene's points stand for. */
typedef enum {
  ENGRAM_COLOUR_BY_TYPE,
  ENGRAM_COLOUR_BY_TAG,
  ENGRAM_COLOUR_BY_ACTIVATION,
  ENGRAM_COLOUR_BY_IMPORTANCE,
  ENGRAM_COLOUR_BY_DEGREE,
  ENGRAM_COLOUR_BY_METADATA,
  ENGRAM_COLOUR_BY_COMMUNITY,
  ENGRAM_COLOUR_BY_COMPONENT,
  ENGRAM_COLOUR_BY_PAGE_RANK,
  ENGRAM_COLOUR_BY_BETWEENNESS,
  ENGRAM_COLOUR_BY_FAITHFULNESS,
  ENGRAM_COLOUR_BY_CHANGE,
  ENGRAM_COLOUR_BY_MOVED,
  ENGRAM_COLOUR_BY_DRIFT,
  ENGRAM_COLOUR_BY_NOTHING,
} EngramColourBy;

typedef enum {
  ENGRAM_SIZE_BY_DEGREE,
  ENGRAM_SIZE_BY_ACTIVATION,
  ENGRAM_SIZE_BY_IMPORTANCE,
  ENGRAM_SIZE_BY_PAGE_RANK,
  ENGRAM_SIZE_BY_MOVED,
  ENGRAM_SIZE_BY_DRIFT,
  ENGRAM_SIZE_BY_NOTHING,
} EngramSizeBy;

/* Fixed names ("page-rank"), for files; FALSE where there is none of that name. */
const char   *engram_colour_by_get_name    (EngramColourBy            by);
gboolean      engram_colour_by_from_name   (const char               *name,
                                            EngramColourBy           *by);
const char   *engram_size_by_get_name      (EngramSizeBy              by);
gboolean      engram_size_by_from_name     (const char               *name,
                                            EngramSizeBy             *by);
/* For people: "Type", "Degree". (transfer none) */
const char   *engram_colour_by_get_label   (EngramColourBy            by);
const char   *engram_size_by_get_label     (EngramSizeBy              by);
/* Whether it shows the result of an analysis. */
gboolean      engram_colour_by_get_analysis (EngramColourBy           by,
                                            EngramAnalysis           *analysis);
gboolean      engram_size_by_get_analysis  (EngramSizeBy              by,
                                            EngramAnalysis           *analysis);

/**
 * EngramColouring:
 * @colour_by: what the colours stand for
 * @size_by: what the sizes stand for
 * @colour_label: (nullable): what to call it instead of engram_colour_by_get_label()
 * @size_label: (nullable): likewise
 * @note: (nullable): what is to be known of the colours
 * @colours: (nullable): the numbers that the network's columns do not hold; %NULL where they are not known (yet)
 * @names: (nullable) (element-type EngramFacetValue): the tags that @colours are the places of
 * @sizes: (nullable): as @colours
 *
 * How a scene is coloured, and by which values. Nothing in it is owned.
 */
typedef struct {
  EngramColourBy       colour_by;
  EngramSizeBy         size_by;
  const char          *colour_label;
  const char          *size_label;
  const char          *note;
  EngramRecordNumbers *colours;
  GPtrArray           *names;
  EngramRecordNumbers *sizes;
} EngramColouring;

/* Colours and sizes all points of a scene. Numbers are on the scale of cividis: degree, PageRank and betweenness, of
 * which few neurons have much, by their logarithm. Categories have the colours of Okabe and Ito, eight of them and a
 * grey for the others. Types have their colours of everywhere, looked up in the style of @widget, which may be NULL for
 * all else. Returns: (transfer full): what they mean */
EngramLegend *engram_colouring_apply       (const EngramColouring    *self,
                                            EngramNetworkScene       *scene,
                                            GtkWidget                *widget,
                                            gboolean                  dark);

G_END_DECLS
