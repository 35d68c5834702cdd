/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "views/engram-colouring.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "common/engram-type-style.h"
#include "scene/engram-palette.h"

/* The smallest and the greatest point, as multiples of the scene's point size. */
#define SMALLEST 0.7f
#define GREATEST 2.2f

/* Categories in a legend; the rarer ones are "Others". */
#define LEGEND_CATEGORIES ENGRAM_PALETTE_CATEGORIES

/* Names */

static const struct {
  const char *name;
  const char *label;
} colour_bys[] = {
  [ENGRAM_COLOUR_BY_TYPE] = { "type", N_("Type") },
  [ENGRAM_COLOUR_BY_TAG] = { "tag", N_("Tag") },
  [ENGRAM_COLOUR_BY_ACTIVATION] = { "activation", N_("Activation") },
  [ENGRAM_COLOUR_BY_IMPORTANCE] = { "importance", N_("Importance") },
  [ENGRAM_COLOUR_BY_DEGREE] = { "degree", N_("Degree") },
  /* Translators: neurons are coloured by a number in their metadata. */
  [ENGRAM_COLOUR_BY_METADATA] = { "metadata", N_("Number in Metadata") },
  [ENGRAM_COLOUR_BY_COMMUNITY] = { "community", N_("Community") },
  [ENGRAM_COLOUR_BY_COMPONENT] = { "component", N_("Component") },
  [ENGRAM_COLOUR_BY_PAGE_RANK] = { "page-rank", N_("PageRank") },
  [ENGRAM_COLOUR_BY_BETWEENNESS] = { "betweenness", N_("Betweenness") },
  [ENGRAM_COLOUR_BY_FAITHFULNESS] = { "faithfulness", N_("Faithfulness") },
  /* Translators: what became of neurons since another file. */
  [ENGRAM_COLOUR_BY_CHANGE] = { "change", N_("Change") },
  [ENGRAM_COLOUR_BY_MOVED] = { "moved", N_("Moved") },
  [ENGRAM_COLOUR_BY_DRIFT] = { "drift", N_("Vector Drift") },
  /* Translators: neurons are coloured, or sized, by nothing. */
  [ENGRAM_COLOUR_BY_NOTHING] = { "nothing", N_("Nothing") },
}, size_bys[] = {
  [ENGRAM_SIZE_BY_DEGREE] = { "degree", N_("Degree") },
  [ENGRAM_SIZE_BY_ACTIVATION] = { "activation", N_("Activation") },
  [ENGRAM_SIZE_BY_IMPORTANCE] = { "importance", N_("Importance") },
  [ENGRAM_SIZE_BY_PAGE_RANK] = { "page-rank", N_("PageRank") },
  [ENGRAM_SIZE_BY_MOVED] = { "moved", N_("Moved") },
  [ENGRAM_SIZE_BY_DRIFT] = { "drift", N_("Vector Drift") },
  [ENGRAM_SIZE_BY_NOTHING] = { "nothing", N_("Nothing") },
};

const char *
engram_colour_by_get_name (EngramColourBy by)
{
  return colour_bys[by].name;
}

gboolean
engram_colour_by_from_name (const char     *name,
                            EngramColourBy *by)
{
  for (guint i = 0; i < G_N_ELEMENTS (colour_bys); i++)
    if (g_str_equal (colour_bys[i].name, name))
      {
        *by = i;
        return TRUE;
      }
  return FALSE;
}

const char *
engram_size_by_get_name (EngramSizeBy by)
{
  return size_bys[by].name;
}

gboolean
engram_size_by_from_name (const char   *name,
                          EngramSizeBy *by)
{
  for (guint i = 0; i < G_N_ELEMENTS (size_bys); i++)
    if (g_str_equal (size_bys[i].name, name))
      {
        *by = i;
        return TRUE;
      }
  return FALSE;
}

const char *
engram_colour_by_get_label (EngramColourBy by)
{
  return _(colour_bys[by].label);
}

const char *
engram_size_by_get_label (EngramSizeBy by)
{
  return _(size_bys[by].label);
}

gboolean
engram_colour_by_get_analysis (EngramColourBy  by,
                               EngramAnalysis *analysis)
{
  if (by < ENGRAM_COLOUR_BY_COMMUNITY || by > ENGRAM_COLOUR_BY_DRIFT)
    return FALSE;
  *analysis = ENGRAM_ANALYSIS_COMMUNITY + (by - ENGRAM_COLOUR_BY_COMMUNITY);
  return TRUE;
}

gboolean
engram_size_by_get_analysis (EngramSizeBy    by,
                             EngramAnalysis *analysis)
{
  switch ((int) by)
    {
    case ENGRAM_SIZE_BY_PAGE_RANK:
      *analysis = ENGRAM_ANALYSIS_PAGE_RANK;
      return TRUE;
    case ENGRAM_SIZE_BY_MOVED:
      *analysis = ENGRAM_ANALYSIS_MOVED;
      return TRUE;
    case ENGRAM_SIZE_BY_DRIFT:
      *analysis = ENGRAM_ANALYSIS_DRIFT;
      return TRUE;
    default:
      return FALSE;
    }
}

/* Numbers */

static double
get_degree (const EngramNetwork *network,
            guint32              neuron)
{
  return (network->out_offsets[neuron + 1] - network->out_offsets[neuron])
         + (network->in_offsets[neuron + 1] - network->in_offsets[neuron]);
}

/* Both ascend by row, so that one walk finds all. */
static void
find_values (const EngramNetworkScene  *scene,
             const EngramRecordNumbers *values,
             double                    *numbers)
{
  gsize at = 0;

  for (guint32 i = 0; i < scene->scene->n_points; i++)
    {
      gint64 rowid = engram_network_scene_get_rowid (scene, i);

      while (values != NULL && at < values->n_records && values->rowids[at] < rowid)
        at++;
      numbers[i] = values != NULL && at < values->n_records && values->rowids[at] == rowid ? values->numbers[at] : NAN;
    }
}

static double *
list_degrees (const EngramNetworkScene *scene)
{
  double *numbers = g_new (double, (gsize) scene->scene->n_points + 1);

  for (guint32 i = 0; i < scene->scene->n_points; i++)
    numbers[i] = get_degree (scene->network, scene->neurons[i]);
  return numbers;
}

static double *
list_activations (const EngramNetworkScene *scene)
{
  double *numbers = g_new (double, (gsize) scene->scene->n_points + 1);

  for (guint32 i = 0; i < scene->scene->n_points; i++)
    numbers[i] = (double) scene->network->activations[scene->neurons[i]];
  return numbers;
}

static double *
list_values (const EngramNetworkScene  *scene,
             const EngramRecordNumbers *values)
{
  double *numbers = g_new (double, (gsize) scene->scene->n_points + 1);

  find_values (scene, values, numbers);
  return numbers;
}

/* The least and the greatest number; FALSE where there is none. */
static gboolean
find_range (const double *numbers,
            guint32       n_numbers,
            double       *low,
            double       *high)
{
  *low = INFINITY;
  *high = -INFINITY;
  for (guint32 i = 0; i < n_numbers; i++)
    if (isfinite (numbers[i]))
      {
        *low = MIN (*low, numbers[i]);
        *high = MAX (*high, numbers[i]);
      }
  return *low <= *high;
}

/* Categories */

typedef struct {
  guint   category;
  guint64 count;
} CategoryCount;

static int
compare_counts (gconstpointer a,
                gconstpointer b)
{
  const CategoryCount *first = a, *second = b;

  if (first->count != second->count)
    return first->count < second->count ? 1 : -1;
  return (first->category > second->category) - (first->category < second->category);
}

static void
add_rest (EngramLegend *legend,
          guint64       others,
          guint64       none,
          gboolean      dark)
{
  guint8 grey[4];

  engram_palette_get_category (ENGRAM_PALETTE_CATEGORIES, dark, grey);
  if (others > 0)
    engram_legend_add (legend, _("Others"), grey, others);
  if (none > 0)
    /* Translators: in a legend: neurons that have no tag, or no community. */
    engram_legend_add (legend, _("None"), grey, none);
}

/* Types */

static void
rgba_to_bytes (const GdkRGBA *rgba,
               guint8         colour[4])
{
  colour[0] = (guint8) lroundf (rgba->red * 255);
  colour[1] = (guint8) lroundf (rgba->green * 255);
  colour[2] = (guint8) lroundf (rgba->blue * 255);
  colour[3] = 0xff;
}

/* The types that are there, the most frequent first. */
static void
describe_types (const EngramNetworkScene *scene,
                const guint8             *type_colours,
                EngramLegend             *legend,
                gboolean                  dark)
{
  guint n_types = scene->network->n_types;
  g_autofree CategoryCount *counts = g_new0 (CategoryCount, n_types + 1);
  guint64 others = 0;

  for (guint i = 0; i < n_types; i++)
    counts[i].category = i;
  for (guint32 i = 0; i < scene->scene->n_points; i++)
    counts[scene->network->types[scene->neurons[i]]].count++;
  qsort (counts, n_types, sizeof *counts, compare_counts);
  for (guint i = 0; i < n_types && counts[i].count > 0; i++)
    {
      g_autofree char *label = engram_type_style_dup_label (scene->network->type_names[counts[i].category]);

      if (i < LEGEND_CATEGORIES)
        engram_legend_add (legend, label, &type_colours[4 * counts[i].category], counts[i].count);
      else
        others += counts[i].count;
    }
  add_rest (legend, others, 0, dark);
}

static void
colour_by_type (const EngramNetworkScene *scene,
                GtkWidget                *widget,
                gboolean                  dark,
                guint8                   *colours,
                EngramLegend             *legend)
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
  describe_types (scene, type_colours, legend, dark);
}

/* Groups and tags: the first eight, which are the most frequent of the whole network, have colours. */

static char *
dup_category_label (const EngramColouring *self,
                    guint                  category)
{
  g_autofree char *name = NULL;
  EngramAnalysis analysis;

  if (self->names != NULL)
    return g_strdup (((const EngramFacetValue *) self->names->pdata[category])->name);
  if (!engram_colour_by_get_analysis (self->colour_by, &analysis))
    g_return_val_if_reached (NULL);
  name = engram_analysis_dup_group_name (analysis, category + 1);
  return engram_analysis_dup_group_label (analysis, name);
}

/* What has not changed is what stands back. */
static guint
get_palette_category (const EngramColouring *self,
                      guint                  category)
{
  static const guint changes[ENGRAM_N_DIFFERENCES] = { 2, 1, 4, ENGRAM_PALETTE_CATEGORIES };

  return self->colour_by == ENGRAM_COLOUR_BY_CHANGE && category < ENGRAM_N_DIFFERENCES ? changes[category] : category;
}

static void
colour_by_category (const EngramColouring    *self,
                    const EngramNetworkScene *scene,
                    gboolean                  dark,
                    guint8                   *colours,
                    EngramLegend             *legend)
{
  g_autofree double *numbers = list_values (scene, self->colours);
  /* Groups count from 1, places of tags from 0. */
  double first = self->names != NULL ? 0 : 1;
  guint64 counts[ENGRAM_PALETTE_CATEGORIES] = { 0 }, others = 0, none = 0;

  for (guint32 i = 0; i < scene->scene->n_points; i++)
    {
      double place = numbers[i] - first;
      guint category = place >= 0 && place < ENGRAM_PALETTE_CATEGORIES ? (guint) place : ENGRAM_PALETTE_CATEGORIES;

      engram_palette_get_category (get_palette_category (self, category), dark, &colours[4 * (gsize) i]);
      if (isnan (place))
        none++;
      else if (category == ENGRAM_PALETTE_CATEGORIES)
        others++;
      else
        counts[category]++;
    }
  for (guint i = 0; i < ENGRAM_PALETTE_CATEGORIES; i++)
    {
      guint8 colour[4];
      g_autofree char *label = counts[i] > 0 ? dup_category_label (self, i) : NULL;

      engram_palette_get_category (get_palette_category (self, i), dark, colour);
      if (counts[i] > 0)
        engram_legend_add (legend, label, colour, counts[i]);
    }
  add_rest (legend, others, none, dark);
}

/* Scales */

static gboolean
is_skewed (EngramColourBy by)
{
  return by == ENGRAM_COLOUR_BY_DEGREE || by == ENGRAM_COLOUR_BY_PAGE_RANK || by == ENGRAM_COLOUR_BY_BETWEENNESS;
}

/* Of counts, 0 among them; a PageRank is never 0, and its ratios tell. */
static double
get_logarithm (EngramColourBy by,
               double         number)
{
  return by == ENGRAM_COLOUR_BY_PAGE_RANK ? log (MAX (number, 1e-300)) : log1p (number);
}

static void
fill_ramp (EngramLegend *legend,
           double        low,
           double        high,
           gboolean      dark)
{
  legend->scale = TRUE;
  legend->low = low;
  legend->high = high;
  for (guint i = 0; i < G_N_ELEMENTS (legend->ramp); i++)
    engram_palette_get_scale (i / (double) (G_N_ELEMENTS (legend->ramp) - 1), dark, legend->ramp[i]);
}

static void
colour_by_number (const EngramColouring *self,
                  const double          *numbers,
                  guint32                n_points,
                  gboolean               dark,
                  guint8                *colours,
                  EngramLegend          *legend)
{
  gboolean skewed = is_skewed (self->colour_by);
  double low, high, from, range;
  guint64 none = 0;

  if (!find_range (numbers, n_points, &low, &high))
    low = high = 0;
  from = skewed ? get_logarithm (self->colour_by, low) : low;
  range = skewed ? get_logarithm (self->colour_by, high) - from : high - low;
  for (guint32 i = 0; i < n_points; i++)
    {
      double number = skewed ? get_logarithm (self->colour_by, numbers[i]) : numbers[i];

      none += !isfinite (numbers[i]);
      engram_palette_get_scale (!isfinite (numbers[i]) ? NAN : range > 0 ? (number - from) / range : 0, dark,
                                &colours[4 * (gsize) i]);
    }
  if (none < n_points)
    fill_ramp (legend, low, high, dark);
  if (none < n_points && skewed)
    legend->note = g_strdup (_("Logarithmic scale"));
  add_rest (legend, 0, none, dark);
}

static void
colour_alike (guint32   n_points,
              gboolean  dark,
              guint8   *colours)
{
  for (guint32 i = 0; i < n_points; i++)
    engram_palette_get_category (0, dark, &colours[4 * (gsize) i]);
}

static double *
list_colour_numbers (const EngramColouring    *self,
                     const EngramNetworkScene *scene)
{
  if (self->colour_by == ENGRAM_COLOUR_BY_ACTIVATION)
    return list_activations (scene);
  if (self->colour_by == ENGRAM_COLOUR_BY_DEGREE)
    return list_degrees (scene);
  return list_values (scene, self->colours);
}

static void
apply_colours (const EngramColouring *self,
               EngramNetworkScene    *scene,
               GtkWidget             *widget,
               gboolean               dark,
               EngramLegend          *legend)
{
  guint32 n_points = scene->scene->n_points;
  g_autofree guint8 *colours = g_new (guint8, 4 * (gsize) n_points + 4);
  g_autofree double *numbers = NULL;

  switch (self->colour_by)
    {
    case ENGRAM_COLOUR_BY_TYPE:
      colour_by_type (scene, widget, dark, colours, legend);
      break;
    case ENGRAM_COLOUR_BY_TAG:
    case ENGRAM_COLOUR_BY_COMMUNITY:
    case ENGRAM_COLOUR_BY_COMPONENT:
    case ENGRAM_COLOUR_BY_CHANGE:
      colour_by_category (self, scene, dark, colours, legend);
      break;
    case ENGRAM_COLOUR_BY_NOTHING:
      colour_alike (n_points, dark, colours);
      break;
    default:
      numbers = list_colour_numbers (self, scene);
      colour_by_number (self, numbers, n_points, dark, colours, legend);
    }
  engram_scene_set_colours (scene->scene, colours);
}

/* Sizes */

static double *
list_size_numbers (const EngramColouring    *self,
                   const EngramNetworkScene *scene)
{
  if (self->size_by == ENGRAM_SIZE_BY_DEGREE)
    return list_degrees (scene);
  if (self->size_by == ENGRAM_SIZE_BY_ACTIVATION)
    return list_activations (scene);
  return list_values (scene, self->sizes);
}

/* By area: a point twice as great a number has twice the area, from the smallest size on. */
static void
apply_sizes (const EngramColouring *self,
             EngramNetworkScene    *scene)
{
  guint32 n_points = scene->scene->n_points;
  g_autofree float *sizes = g_new (float, (gsize) n_points + 1);
  g_autofree double *numbers = NULL;
  double low = 0, high = 0;

  if (self->size_by != ENGRAM_SIZE_BY_NOTHING)
    numbers = list_size_numbers (self, scene);
  if (numbers == NULL || !find_range (numbers, n_points, &low, &high))
    low = high = 0;
  for (guint32 i = 0; i < n_points; i++)
    {
      double share = high > low && isfinite (numbers[i]) ? (numbers[i] - low) / (high - low) : 0;

      sizes[i] = numbers != NULL ? SMALLEST + (GREATEST - SMALLEST) * (float) sqrt (share) : 1;
    }
  engram_scene_set_sizes (scene->scene, sizes);
}

/* Behind what the scale is. */
static void
add_note (EngramLegend *legend,
          const char   *note)
{
  g_autofree char *scale = legend->note;

  legend->note = scale != NULL && note != NULL ? g_strjoin ("\n", scale, note, NULL)
                                               : g_strdup (scale != NULL ? scale : note);
}

EngramLegend *
engram_colouring_apply (const EngramColouring *self,
                        EngramNetworkScene    *scene,
                        GtkWidget             *widget,
                        gboolean               dark)
{
  const char *label = self->colour_label != NULL ? self->colour_label : engram_colour_by_get_label (self->colour_by);
  const char *size_label = self->size_label != NULL ? self->size_label : engram_size_by_get_label (self->size_by);
  EngramLegend *legend = engram_legend_new (self->colour_by != ENGRAM_COLOUR_BY_NOTHING ? label : NULL);

  apply_colours (self, scene, widget, dark, legend);
  apply_sizes (self, scene);
  if (self->size_by != ENGRAM_SIZE_BY_NOTHING)
    legend->size_title = g_strdup (size_label);
  add_note (legend, self->note);
  return legend;
}
