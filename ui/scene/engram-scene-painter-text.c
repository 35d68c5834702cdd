/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "scene/engram-scene-painter-private.h"

#include <math.h>

#include "common/engram-text-format.h"
#include "scene/engram-scene-grid.h"
#include "scene/engram-scene-labels.h"

#define LABEL_SIZE 12
#define LABEL_CHARACTERS 28
#define TICK_SIZE 10
/* From the axis to the middle of a number. */
#define TICK_DISTANCE 14
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
  line = engram_format_line (text, LABEL_CHARACTERS);
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

void
engram_painting_paint_labels (EngramPainting           *self,
                              const EngramSceneCaption *caption)
{
  g_autoptr (GHashTable) layouts = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
  Labelling labelling = { self, caption, layouts };
  g_autoptr (GArray) labels = NULL;

  if (caption->labels == NULL)
    return;
  labels = engram_scene_labels_place (self->scene, self->style, &self->projection, caption->importance,
                                      caption->n_importance, caption->n_labels, measure_label_cb, &labelling);
  for (guint i = 0; i < labels->len; i++)
    {
      const EngramSceneLabel *label = &g_array_index (labels, EngramSceneLabel, i);

      engram_painting_paint_plate (self, label->x - 2, label->y, label->width + 4, label->height);
      engram_painting_paint_layout (self, get_label_layout (&labelling, label->point), label->x, label->y,
                                    self->style->foreground);
    }
}

/* Numbers and names of axes */

static char *
format_tick (const EngramSceneGridTick *tick)
{
  static const char *const names[] = { "X", "Y", "Z" };

  return tick->end ? g_strdup (names[tick->axis]) : engram_format_real (tick->value);
}

/* The middle of the number: beside the axis, away from the middle of the box. */
static gboolean
place_tick (const EngramPainting      *self,
            const EngramSceneGridTick *tick,
            float                     *x,
            float                     *y)
{
  float middle[3];
  float middle_x, middle_y, depth, distance;

  for (int i = 0; i < 3; i++)
    middle[i] = (self->low[i] + self->high[i]) / 2;
  if (!engram_projection_map (&self->projection, tick->place, x, y, &depth)
      || !engram_projection_map (&self->projection, middle, &middle_x, &middle_y, &depth))
    return FALSE;
  distance = hypotf (*x - middle_x, *y - middle_y);
  if (!(distance > 0))
    return FALSE;
  *x += (*x - middle_x) / distance * TICK_DISTANCE;
  *y += (*y - middle_y) / distance * TICK_DISTANCE;
  return TRUE;
}

static gboolean
overlaps_any (const GArray                *taken,
              const cairo_rectangle_t     *area)
{
  for (guint i = 0; i < taken->len; i++)
    {
      const cairo_rectangle_t *other = &g_array_index (taken, cairo_rectangle_t, i);

      if (area->x < other->x + other->width && other->x < area->x + area->width
          && area->y < other->y + other->height && other->y < area->y + area->height)
        return TRUE;
    }
  return FALSE;
}

static void
paint_tick (EngramPainting            *self,
            const EngramSceneGridTick *tick,
            GArray                    *taken)
{
  g_autofree char *text = format_tick (tick);
  g_autoptr (PangoLayout) layout = engram_painting_make_layout (self, text, TICK_SIZE, tick->end);
  float x, y, width, height, colour[4];
  cairo_rectangle_t area;

  engram_painting_measure_layout (layout, &width, &height);
  if (!place_tick (self, tick, &x, &y))
    return;
  area = (cairo_rectangle_t) { x - width / 2 - 2, y - height / 2, width + 4, height };
  if (overlaps_any (taken, &area))
    return;
  g_array_append_val (taken, area);
  engram_scene_grid_get_colour (ENGRAM_SCENE_GRID_AXIS, tick->axis, self->style->foreground, colour);
  engram_painting_paint_plate (self, area.x, area.y, area.width, area.height);
  engram_painting_paint_layout (self, layout, x - width / 2, y - height / 2, colour);
}

void
engram_painting_paint_ticks (EngramPainting *self)
{
  g_autoptr (GArray) ticks = NULL, taken = g_array_new (FALSE, FALSE, sizeof (cairo_rectangle_t));

  if (!self->style->grid || self->scene->flat)
    return;
  ticks = engram_scene_grid_ticks (self->low, self->high);
  /* The names first: they must not give way to numbers. */
  for (int names = 1; names >= 0; names--)
    for (guint i = 0; i < ticks->len; i++)
      {
        const EngramSceneGridTick *tick = &g_array_index (ticks, EngramSceneGridTick, i);

        if (tick->end == names)
          paint_tick (self, tick, taken);
      }
}
