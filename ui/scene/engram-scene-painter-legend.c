/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "scene/engram-scene-painter-private.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "common/engram-text-format.h"

#define MARGIN 12
#define PADDING 8
#define TEXT_SIZE 11
#define ROW_SPACING 3
#define TEXT_WIDTH 220
#define SWATCH_RADIUS 5
#define SWATCH_ROOM 18
#define EDGE_LENGTH 26
#define EDGE_ROOM 34
#define RAMP_WIDTH 120
#define RAMP_HEIGHT 10
/* The scale bar is as long as this at most, and as a part of the picture's width. */
#define BAR_LENGTH 140
#define BAR_PART 0.25
#define BAR_END 4
#define BAR_WIDTH 2

typedef enum { ROW_TITLE, ROW_TEXT, ROW_ENTRY, ROW_SCALE, ROW_EXCITING, ROW_INHIBITING } RowKind;

typedef struct {
  RowKind      kind;
  guint8       colour[4];
  PangoLayout *layout, *other;   /* of a scale: its low and high end */
  float        width, height;
} Row;

static void
clear_row (gpointer data)
{
  Row *row = data;

  g_clear_object (&row->layout);
  g_clear_object (&row->other);
}

static float
get_room (RowKind kind)
{
  switch (kind)
    {
    case ROW_ENTRY:
      return SWATCH_ROOM;
    case ROW_EXCITING:
    case ROW_INHIBITING:
      return EDGE_ROOM;
    default:
      return 0;
    }
}

static Row *
add_row (EngramPainting *self,
         GArray         *rows,
         RowKind         kind,
         const char     *text)
{
  Row row = { .kind = kind, .layout = engram_painting_make_layout (self, text, TEXT_SIZE, kind == ROW_TITLE) };

  pango_layout_set_ellipsize (row.layout, PANGO_ELLIPSIZE_END);
  engram_painting_measure_layout (row.layout, &row.width, &row.height);
  if (row.width > TEXT_WIDTH)
    {
      pango_layout_set_width (row.layout, TEXT_WIDTH * PANGO_SCALE);
      row.width = TEXT_WIDTH;
    }
  row.width += get_room (kind);
  g_array_append_val (rows, row);
  return &g_array_index (rows, Row, rows->len - 1);
}

static void
add_entry (EngramPainting          *self,
           GArray                  *rows,
           const EngramLegendEntry *entry)
{
  g_autofree char *count = engram_format_count (entry->count);
  /* Translators: an entry of a legend: a type of neurons, and how many there are. */
  g_autofree char *text = g_strdup_printf (_("%s (%s)"), entry->label, count);
  Row *row = add_row (self, rows, ROW_ENTRY, text);

  for (int i = 0; i < 4; i++)
    row->colour[i] = entry->colour[i];
}

static void
add_scale (EngramPainting     *self,
           GArray             *rows,
           const EngramLegend *legend)
{
  g_autofree char *low = engram_format_rounded (legend->low), *high = engram_format_rounded (legend->high);
  Row *row = add_row (self, rows, ROW_SCALE, low);
  float width, height;

  row->other = engram_painting_make_layout (self, high, TEXT_SIZE, FALSE);
  engram_painting_measure_layout (row->other, &width, &height);
  row->width += width + RAMP_WIDTH + 2 * PADDING;
}

static GArray *
list_rows (EngramPainting     *self,
           const EngramLegend *legend)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (Row));

  g_array_set_clear_func (rows, clear_row);
  if (legend->title != NULL)
    add_row (self, rows, ROW_TITLE, legend->title);
  for (guint i = 0; i < legend->entries->len; i++)
    add_entry (self, rows, g_ptr_array_index (legend->entries, i));
  if (legend->scale)
    add_scale (self, rows, legend);
  if (legend->note != NULL)
    add_row (self, rows, ROW_TEXT, legend->note);
  if (legend->size_title != NULL)
    {
      /* Translators: in a legend: what the size of a point stands for. */
      g_autofree char *text = g_strdup_printf (_("Size: %s"), legend->size_title);

      add_row (self, rows, ROW_TEXT, text);
    }
  if (self->scene->n_exciting > 0)
    /* Translators: in a legend, beside an arrow: synapses with a positive weight. */
    add_row (self, rows, ROW_EXCITING, _("Exciting"));
  if (self->scene->n_inhibiting > 0)
    /* Translators: in a legend, beside a line that ends in a bar: synapses with a negative weight. */
    add_row (self, rows, ROW_INHIBITING, _("Inhibiting"));
  return rows;
}

static void
paint_swatch (EngramPainting *self,
              const Row      *row,
              float           x,
              float           y)
{
  cairo_new_sub_path (self->cairo);
  cairo_arc (self->cairo, x + SWATCH_RADIUS, y, SWATCH_RADIUS, 0, 2 * G_PI);
  cairo_set_source_rgb (self->cairo, row->colour[0] / 255.0, row->colour[1] / 255.0, row->colour[2] / 255.0);
  cairo_fill (self->cairo);
}

static void
paint_ramp (EngramPainting     *self,
            const EngramLegend *legend,
            float               x,
            float               y)
{
  cairo_pattern_t *pattern = cairo_pattern_create_linear (x, 0, x + RAMP_WIDTH, 0);

  for (guint i = 0; i < G_N_ELEMENTS (legend->ramp); i++)
    cairo_pattern_add_color_stop_rgb (pattern, i / (G_N_ELEMENTS (legend->ramp) - 1.0), legend->ramp[i][0] / 255.0,
                                      legend->ramp[i][1] / 255.0, legend->ramp[i][2] / 255.0);
  cairo_rectangle (self->cairo, x, y - RAMP_HEIGHT / 2.0, RAMP_WIDTH, RAMP_HEIGHT);
  cairo_set_source (self->cairo, pattern);
  cairo_fill (self->cairo);
  cairo_pattern_destroy (pattern);
}

/* A synapse as it is in the picture, of a middling weight. */
static void
paint_sample (EngramPainting *self,
              gboolean        inhibiting,
              float           x,
              float           y)
{
  EngramPaintedEdge edge = {
    .x = { x, x + EDGE_LENGTH }, .y = { y, y }, .arrow = 9, .width = 2, .inhibiting = inhibiting,
  };

  memcpy (edge.colour, inhibiting ? self->style->inhibiting : self->style->exciting, sizeof edge.colour);
  engram_painting_paint_edge (self, &edge);
}

static void
paint_row (EngramPainting     *self,
           const EngramLegend *legend,
           const Row          *row,
           float               x,
           float               y)
{
  const float *ink = self->style->foreground;
  float middle = y + row->height / 2;
  float width, height;

  engram_painting_paint_layout (self, row->layout, x + get_room (row->kind), y, ink);
  if (row->kind == ROW_ENTRY)
    paint_swatch (self, row, x, middle);
  if (row->kind == ROW_EXCITING || row->kind == ROW_INHIBITING)
    paint_sample (self, row->kind == ROW_INHIBITING, x, middle);
  if (row->kind == ROW_SCALE)
    {
      engram_painting_measure_layout (row->layout, &width, &height);
      paint_ramp (self, legend, x + width + PADDING, middle);
      engram_painting_paint_layout (self, row->other, x + width + RAMP_WIDTH + 2 * PADDING, y, ink);
    }
}

void
engram_painting_paint_legend (EngramPainting     *self,
                              const EngramLegend *legend)
{
  g_autoptr (GArray) rows = list_rows (self, legend);
  float width = 0, height = -ROW_SPACING;
  float x = MARGIN + PADDING, y;

  for (guint i = 0; i < rows->len; i++)
    {
      const Row *row = &g_array_index (rows, Row, i);

      width = MAX (width, row->width);
      height += row->height + ROW_SPACING;
    }
  if (rows->len == 0)
    return;

  y = self->projection.height - MARGIN - PADDING - height;
  engram_painting_paint_plate (self, x - PADDING, y - PADDING, width + 2 * PADDING, height + 2 * PADDING);
  for (guint i = 0; i < rows->len; i++)
    {
      const Row *row = &g_array_index (rows, Row, i);

      paint_row (self, legend, row, x, y);
      y += row->height + ROW_SPACING;
    }
}

/* The scale bar */

/* The greatest 1, 2 or 5 times a power of ten that is no more. */
static double
round_down (double length)
{
  double power = pow (10, floor (log10 (length)));

  for (int factor = 5; factor > 1; factor -= 3)
    if (factor * power <= length)
      return factor * power;
  return power;
}

void
engram_painting_paint_scale_bar (EngramPainting *self,
                                 const char     *unit)
{
  double scale = engram_projection_scale (&self->projection, self->projection.target_depth);
  double most = MIN (BAR_LENGTH, self->projection.width * BAR_PART) / scale;
  double length, pixels, right = self->projection.width - MARGIN - PADDING;
  double bottom = self->projection.height - MARGIN - PADDING;
  const float *ink = self->style->foreground;

  if (!isfinite (most) || !(most > 0))
    return;
  length = round_down (most);
  pixels = length * scale;

  g_autofree char *number = engram_format_real (length);
  g_autofree char *text = *unit != '\0' ? g_strdup_printf ("%s %s", number, unit) : g_strdup (number);
  g_autoptr (PangoLayout) layout = engram_painting_make_layout (self, text, TEXT_SIZE, FALSE);
  float width, height;
  double left, top;

  engram_painting_measure_layout (layout, &width, &height);
  left = right - MAX (pixels, width);
  top = bottom - height - BAR_END - BAR_WIDTH;
  engram_painting_paint_plate (self, left - PADDING, top - PADDING, right - left + 2 * PADDING,
                               bottom - top + 2 * PADDING);
  engram_painting_paint_layout (self, layout, (left + right - width) / 2, top, ink);
  /* Its ends are exactly so far from each other. */
  cairo_rectangle (self->cairo, right - pixels, bottom - BAR_WIDTH, pixels, BAR_WIDTH);
  cairo_rectangle (self->cairo, right - pixels, bottom - BAR_WIDTH - BAR_END, BAR_WIDTH, BAR_END);
  cairo_rectangle (self->cairo, right - BAR_WIDTH, bottom - BAR_WIDTH - BAR_END, BAR_WIDTH, BAR_END);
  cairo_set_source_rgba (self->cairo, ink[0], ink[1], ink[2], ink[3]);
  cairo_fill (self->cairo);
}
