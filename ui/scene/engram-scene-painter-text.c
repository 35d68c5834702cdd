/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "scene/engram-scene-painter-private.h"


#include "common/engram-text-format.h"
#include "scene/engram-axis-labels.h"
#include "scene/engram-scene-labels.h"

#define LABEL_SIZE 12
#define LABEL_CHARACTERS 28
#define TICK_SIZE 10
#define HALO_WIDTH 1.5
#define HALO_OPACITY 0.8
#define PLATE_OPACITY 0.7
#define PLATE_CORNER 4

PangoLayout *
engram_painting_make_layout (EngramPainting *self,
                             const char     *text,
                             double          size,
                             gboolean        bold)
{
  PangoLayout *layout = pango_cairo_create_layout (self->cairo);
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string ("Sans");
  cairo_font_options_t *options = cairo_font_options_create ();

  /* The same widths at any resolution. */
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  pango_cairo_context_set_font_options (pango_layout_get_context (layout), options);
  cairo_font_options_destroy (options);
  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  pango_font_description_set_weight (font, bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_set_text (layout, text, -1);
  return layout;
}

void
engram_painting_measure_layout (PangoLayout *layout,
                                float       *width,
                                float       *height)
{
  int w, h;

  pango_layout_get_size (layout, &w, &h);
  *width = (float) w / PANGO_SCALE;
  *height = (float) h / PANGO_SCALE;
}

void
engram_painting_paint_plate (EngramPainting *self,
                             double          x,
                             double          y,
                             double          width,
                             double          height)
{
  const float *colour = self->style->background;

  if (colour[3] <= 0)
    return;
  cairo_new_sub_path (self->cairo);
  cairo_arc (self->cairo, x + width - PLATE_CORNER, y + PLATE_CORNER, PLATE_CORNER, -G_PI / 2, 0);
  cairo_arc (self->cairo, x + width - PLATE_CORNER, y + height - PLATE_CORNER, PLATE_CORNER, 0, G_PI / 2);
  cairo_arc (self->cairo, x + PLATE_CORNER, y + height - PLATE_CORNER, PLATE_CORNER, G_PI / 2, G_PI);
  cairo_arc (self->cairo, x + PLATE_CORNER, y + PLATE_CORNER, PLATE_CORNER, G_PI, 1.5 * G_PI);
  cairo_close_path (self->cairo);
  cairo_set_source_rgba (self->cairo, colour[0], colour[1], colour[2], colour[3] * PLATE_OPACITY);
  cairo_fill (self->cairo);
}

/* Text among points and lines is read by a rim of the background around it. */
static void
paint_halo (EngramPainting *self,
            PangoLayout    *layout,
            double          x,
            double          y)
{
  const float *colour = self->style->background;

  if (colour[3] <= 0)
    return;
  cairo_save (self->cairo);
  cairo_move_to (self->cairo, x, y);
  pango_cairo_layout_path (self->cairo, layout);
  cairo_set_source_rgba (self->cairo, colour[0], colour[1], colour[2], colour[3] * HALO_OPACITY);
  cairo_set_line_width (self->cairo, 2 * HALO_WIDTH);
  cairo_set_line_join (self->cairo, CAIRO_LINE_JOIN_ROUND);
  cairo_stroke (self->cairo);
  cairo_restore (self->cairo);
}

void
engram_painting_paint_layout (EngramPainting *self,
                              PangoLayout    *layout,
                              double          x,
                              double          y,
                              const float     colour[4])
{
  cairo_set_source_rgba (self->cairo, colour[0], colour[1], colour[2], colour[3]);
  cairo_move_to (self->cairo, x, y);
  pango_cairo_show_layout (self->cairo, layout);
  cairo_new_path (self->cairo);
}

/* Labels */

typedef struct {
  EngramPainting           *painting;
  const EngramSceneCaption *caption;
  GHashTable               *layouts;   /* guint32 -> PangoLayout */
} Labelling;

static PangoLayout *
get_label_layout (Labelling *self,
                  guint32    point)
{
  PangoLayout *layout = g_hash_table_lookup (self->layouts, GUINT_TO_POINTER (point));
  const char *text = self->caption->labels[point];
  g_autofree char *line = NULL;

  if (layout != NULL || text == NULL || *text == '\0')
    return layout;
  line = engram_format_label (text, LABEL_CHARACTERS);
  layout = engram_painting_make_layout (self->painting, line, LABEL_SIZE, FALSE);
  g_hash_table_insert (self->layouts, GUINT_TO_POINTER (point), layout);
  return layout;
}

static gboolean
measure_label_cb (guint32   point,
                  float    *width,
                  float    *height,
                  gpointer  user_data)
{
  PangoLayout *layout = get_label_layout (user_data, point);

  if (layout != NULL)
    engram_painting_measure_layout (layout, width, height);
  return layout != NULL;
}

static void
paint_label (Labelling              *self,
             const EngramSceneLabel *label)
{
  PangoLayout *layout = get_label_layout (self, label->point);

  paint_halo (self->painting, layout, label->x, label->y);
  engram_painting_paint_layout (self->painting, layout, label->x, label->y, self->painting->style->foreground);
}

GArray *
engram_painting_paint_labels (EngramPainting           *self,
                              const EngramSceneCaption *caption)
{
  g_autoptr (GHashTable) layouts = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
  Labelling labelling = { self, caption, layouts };
  GArray *taken = g_array_new (FALSE, FALSE, sizeof (graphene_rect_t));
  g_autoptr (GArray) labels = NULL;

  if (caption->labels == NULL)
    return taken;
  labels = engram_scene_labels_place (self->scene, self->style, &self->projection, caption->importance,
                                      caption->n_importance, caption->n_labels, measure_label_cb, &labelling);
  for (guint i = 0; i < labels->len; i++)
    {
      const EngramSceneLabel *label = &g_array_index (labels, EngramSceneLabel, i);
      graphene_rect_t place = GRAPHENE_RECT_INIT (label->x, label->y, label->width, label->height);

      g_array_append_val (taken, place);
      paint_label (&labelling, label);
    }
  return taken;
}

/* Numbers and names of axes */

static void
measure_tick_cb (const char *text,
                 float      *width,
                 float      *height,
                 gpointer    user_data)
{
  g_autoptr (PangoLayout) layout = engram_painting_make_layout (user_data, text, TICK_SIZE, FALSE);

  engram_painting_measure_layout (layout, width, height);
}

static void
paint_tick (EngramPainting        *self,
            const EngramAxisLabel *label)
{
  g_autoptr (PangoLayout) layout = engram_painting_make_layout (self, label->text, TICK_SIZE, FALSE);
  float colour[4];

  engram_scene_grid_get_colour (label->name ? ENGRAM_SCENE_GRID_AXIS : ENGRAM_SCENE_GRID_BOX, label->axis,
                                self->style->foreground, colour);
  if (!label->name)
    colour[3] = ENGRAM_AXIS_LABELS_OPACITY;
  engram_painting_paint_layout (self, layout, label->x, label->y, colour);
}

void
engram_painting_paint_ticks (EngramPainting *self,
                             const GArray   *taken)
{
  g_autoptr (GArray) labels = NULL;

  if (!self->style->grid || self->scene->flat)
    return;
  labels = engram_axis_labels_place (self->low, self->high, &self->projection, (const graphene_rect_t *) taken->data,
                                     taken->len, measure_tick_cb, self);
  for (guint i = 0; i < labels->len; i++)
    paint_tick (self, &g_array_index (labels, EngramAxisLabel, i));
}
