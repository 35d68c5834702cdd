/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "views/engram-colouring.h"

#include <glib/gi18n.h>
#include <math.h>

#include "common/engram-type-style.h"
#include "scene/engram-palette.h"

/* The smallest and the greatest point, as multiples of the scene's point size. */
#define SMALLEST 0.7f
#define GREATEST 2.2f

/* Types in a legend; the rarer ones are "Others". */
#define LEGEND_TYPES 8

typedef double (*GetNumber) (const EngramNetwork *network,
                             guint32              neuron);

static double
get_activation (const EngramNetwork *network,
                guint32              neuron)
{
  return network->activations[neuron];
}

static double
get_degree (const EngramNetwork *network,
            guint32              neuron)
{
  return (network->out_offsets[neuron + 1] - network->out_offsets[neuron])
         + (network->in_offsets[neuron + 1] - network->in_offsets[neuron]);
}

const char *
engram_colour_by_get_label (EngramColourBy by)
{
  switch (by)
    {
    case ENGRAM_COLOUR_BY_TYPE:
      return _("Type");
    case ENGRAM_COLOUR_BY_ACTIVATION:
      return _("Activation");
    case ENGRAM_COLOUR_BY_DEGREE:
      return _("Degree");
    case ENGRAM_COLOUR_BY_NOTHING:
    default:
      /* Translators: neurons are coloured, or sized, by nothing. */
      return _("Nothing");
    }
}

const char *
engram_size_by_get_label (EngramSizeBy by)
{
  switch (by)
    {
    case ENGRAM_SIZE_BY_DEGREE:
      return _("Degree");
    case ENGRAM_SIZE_BY_ACTIVATION:
      return _("Activation");
    case ENGRAM_SIZE_BY_NOTHING:
    default:
      return _("Nothing");
    }
}

/* The least and the greatest number of the points; FALSE where there is none. */
static gboolean
find_range (EngramNetworkScene *scene,
            GetNumber           get,
            double             *low,
            double             *high)
{
  *low = INFINITY;
  *high = -INFINITY;
  for (guint32 i = 0; i < scene->scene->n_points; i++)
    {
      double number = get (scene->network, scene->neurons[i]);

      if (!isfinite (number))
        continue;
      *low = MIN (*low, number);
      *high = MAX (*high, number);
    }
  return *low <= *high;
}

static void
rgba_to_bytes (const GdkRGBA *rgba,
               guint8         colour[4])
{
  colour[0] = (guint8) lroundf (rgba->red * 255);
  colour[1] = (guint8) lroundf (rgba->green * 255);
  colour[2] = (guint8) lroundf (rgba->blue * 255);
  colour[3] = 0xff;
}

typedef struct {
  guint type;
  guint64 count;
} TypeCount;

static int
compare_counts (gconstpointer a,
                gconstpointer b)
{
  const TypeCount *first = a, *second = b;

  return (first->count < second->count) - (first->count > second->count);
}

/* The types that are there, the most frequent first. */
static EngramLegend *
describe_types (EngramNetworkScene *scene,
                const guint8       *type_colours)
{
  guint n_types = scene->network->n_types;
  g_autofree TypeCount *counts = g_new0 (TypeCount, n_types);
  EngramLegend *legend = engram_legend_new (_("Type"));
  const guint8 grey[4] = { 0x88, 0x88, 0x88, 0xff };
  guint64 others = 0;

  for (guint i = 0; i < n_types; i++)
    counts[i].type = i;
  for (guint32 i = 0; i < scene->scene->n_points; i++)
    counts[scene->network->types[scene->neurons[i]]].count++;
  qsort (counts, n_types, sizeof *counts, compare_counts);
  for (guint i = 0; i < n_types && counts[i].count > 0; i++)
    {
      g_autofree char *label = engram_type_style_dup_label (scene->network->type_names[counts[i].type]);

      if (i < LEGEND_TYPES)
        engram_legend_add (legend, label, &type_colours[4 * counts[i].type], counts[i].count);
      else
        others += counts[i].count;
    }
  if (others > 0)
    engram_legend_add (legend, _("Others"), grey, others);
  return legend;
}

static EngramLegend *
colour_by_type (EngramNetworkScene *scene,
                GtkWidget          *widget,
                guint8             *colours)
{
  const EngramNetwork *network = scene->network;
  g_autofree guint8 *type_colours = g_new (guint8, 4 * MAX (network->n_types, 1));

  for (guint i = 0; i < network->n_types; i++)
    {
      GdkRGBA rgba;

      engram_type_style_get_colour (widget, network->type_names[i], &rgba);
      rgba_to_bytes (&rgba, &type_colours[4 * i]);
    }
  for (guint32 i = 0; i < scene->scene->n_points; i++)
    memcpy (&colours[4 * (gsize) i], &type_colours[4 * network->types[scene->neurons[i]]], 4);
  return describe_types (scene, type_colours);
}

static EngramLegend *
colour_by_number (EngramNetworkScene *scene,
                  const char         *title,
                  GetNumber           get,
                  gboolean            dark,
                  guint8             *colours)
{
  EngramLegend *legend = engram_legend_new (title);
  double low, high;

  if (!find_range (scene, get, &low, &high))
    low = high = 0;
  for (guint32 i = 0; i < scene->scene->n_points; i++)
    {
      double number = get (scene->network, scene->neurons[i]);

      engram_palette_get_scale (high > low ? (number - low) / (high - low) : number - number, dark,
                                &colours[4 * (gsize) i]);
    }
  legend->scale = TRUE;
  legend->low = low;
  legend->high = high;
  for (guint i = 0; i < G_N_ELEMENTS (legend->ramp); i++)
    engram_palette_get_scale (i / (double) (G_N_ELEMENTS (legend->ramp) - 1), dark, legend->ramp[i]);
  return legend;
}

static EngramLegend *
colour_alike (EngramNetworkScene *scene,
              gboolean            dark,
              guint8             *colours)
{
  for (guint32 i = 0; i < scene->scene->n_points; i++)
    engram_palette_get_category (0, dark, &colours[4 * (gsize) i]);
  return engram_legend_new (NULL);
}

/* By area: a point twice as great a number has twice the area, from the smallest size on. */
static void
size_by_number (EngramNetworkScene *scene,
                GetNumber           get,
                float              *sizes)
{
  double low, high;

  if (!find_range (scene, get, &low, &high))
    low = high = 0;
  for (guint32 i = 0; i < scene->scene->n_points; i++)
    {
      double number = get (scene->network, scene->neurons[i]);
      double share = high > low && isfinite (number) ? (number - low) / (high - low) : 0;

      sizes[i] = SMALLEST + (GREATEST - SMALLEST) * (float) sqrt (share);
    }
}

static void
apply_sizes (EngramNetworkScene *scene,
             EngramSizeBy        size_by)
{
  g_autofree float *sizes = g_new (float, scene->scene->n_points);

  if (size_by == ENGRAM_SIZE_BY_DEGREE)
    size_by_number (scene, get_degree, sizes);
  else if (size_by == ENGRAM_SIZE_BY_ACTIVATION)
    size_by_number (scene, get_activation, sizes);
  else
    for (guint32 i = 0; i < scene->scene->n_points; i++)
      sizes[i] = 1;
  engram_scene_set_sizes (scene->scene, sizes);
}

EngramLegend *
engram_colouring_apply (EngramNetworkScene *scene,
                        EngramColourBy      colour_by,
                        EngramSizeBy        size_by,
                        GtkWidget          *widget,
                        gboolean            dark)
{
  g_autofree guint8 *colours = g_new (guint8, 4 * (gsize) scene->scene->n_points);
  EngramLegend *legend;

  if (colour_by == ENGRAM_COLOUR_BY_TYPE)
    legend = colour_by_type (scene, widget, colours);
  else if (colour_by == ENGRAM_COLOUR_BY_ACTIVATION)
    legend = colour_by_number (scene, _("Activation"), get_activation, dark, colours);
  else if (colour_by == ENGRAM_COLOUR_BY_DEGREE)
    legend = colour_by_number (scene, _("Degree"), get_degree, dark, colours);
  else
    legend = colour_alike (scene, dark, colours);
  engram_scene_set_colours (scene->scene, colours);
  apply_sizes (scene, size_by);
  if (size_by != ENGRAM_SIZE_BY_NOTHING)
    legend->size_title = g_strdup (engram_size_by_get_label (size_by));
  return legend;
}
