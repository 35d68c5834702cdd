/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "views/engram-scene-view-private.h"

#include <math.h>

#include "common/engram-text-format.h"
#include "scene/engram-axis-labels.h"
#include "scene/engram-scene-labels.h"

/* No more labels than can be read. */
#define LABELS 40
#define LABELS_MOVING 15
#define LABEL_CHARACTERS 24

/* The rim around a text: the text itself, moved so far, as often. */
#define HALO_WIDTH 1.5f
#define HALO_COPIES 8
#define HALO_OPACITY 0.6f

/* The hint stands so far from the pointer. */
#define HINT_OFFSET 16
#define HINT_PADDING 6

static GdkRGBA
rgba (const float colour[4],
      float       alpha)
{
  return (GdkRGBA) { colour[0], colour[1], colour[2], colour[3] * alpha };
}

static void
make_small (PangoLayout *layout)
{
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_scale_new (PANGO_SCALE_SMALL));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
}

static PangoLayout *
get_layout (EngramSceneView *self,
            guint32          point)
{
  PangoLayout *layout = g_hash_table_lookup (self->layouts, GUINT_TO_POINTER (point));
  g_autofree char *text = NULL, *shortened = NULL;

  if (layout != NULL || self->label_func == NULL || (text = self->label_func (point, self->label_data)) == NULL
      || *text == '\0')
    return layout;
  shortened = engram_format_label (text, LABEL_CHARACTERS);
  layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), shortened);
  make_small (layout);
  g_hash_table_insert (self->layouts, GUINT_TO_POINTER (point), layout);
  return layout;
}

static gboolean
measure_cb (guint32   point,
            float    *width,
            float    *height,
            gpointer  user_data)
{
  PangoLayout *layout = get_layout (user_data, point);
  int w, h;

  if (layout == NULL)
    return FALSE;
  pango_layout_get_pixel_size (layout, &w, &h);
  *width = (float) w;
  *height = (float) h;
  return TRUE;
}

/* There are few of them, and the same ones again and again. */
static PangoLayout *
get_axis_layout (EngramSceneView *self,
                 const char      *text)
{
  PangoLayout *layout = g_hash_table_lookup (self->axis_layouts, text);

  if (layout != NULL)
    return layout;
  layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  make_small (layout);
  g_hash_table_insert (self->axis_layouts, g_strdup (text), layout);
  return layout;
}

static void
measure_axis_cb (const char *text,
                 float      *width,
                 float      *height,
                 gpointer    user_data)
{
  int w, h;

  pango_layout_get_pixel_size (get_axis_layout (user_data, text), &w, &h);
  *width = (float) w;
  *height = (float) h;
}

/* After the labels, which come first where there is little room. */
static void
place_axis_labels (EngramSceneView        *self,
                   const EngramProjection *projection)
{
  g_autofree graphene_rect_t *taken = g_new (graphene_rect_t, self->labels->len);
  float low[3], high[3];

  g_clear_pointer (&self->axis_labels, g_array_unref);
  if (!self->style.grid || self->scene->flat || !engram_scene_view_get_bounds (self, low, high))
    return;
  for (guint i = 0; i < self->labels->len; i++)
    {
      const EngramSceneLabel *label = &g_array_index (self->labels, EngramSceneLabel, i);

      taken[i] = GRAPHENE_RECT_INIT (label->x, label->y, label->width, label->height);
    }
  self->axis_labels = engram_axis_labels_place (low, high, projection, taken, self->labels->len, measure_axis_cb, self);
}

static void
place_labels (EngramSceneView *self)
{
  EngramProjection projection;

  engram_scene_view_project (self, &projection);
  self->labels = engram_scene_labels_place (self->scene, &self->style, &projection, self->candidates, self->n_candidates,
                                            self->moving ? LABELS_MOVING : LABELS, measure_cb, self);
  place_axis_labels (self, &projection);
}

static void
snapshot_layout (GtkSnapshot   *snapshot,
                 PangoLayout   *layout,
                 float          x,
                 float          y,
                 const GdkRGBA *ink)
{
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x, y));
  gtk_snapshot_append_layout (snapshot, layout, ink);
  gtk_snapshot_restore (snapshot);
}

/* Text among points and lines is read by a rim of the background around it, which hides less of them than a plate. */
static void
snapshot_haloed (EngramSceneView *self,
                 GtkSnapshot     *snapshot,
                 PangoLayout     *layout,
                 float            x,
                 float            y)
{
  GdkRGBA halo = rgba (self->style.background, HALO_OPACITY), ink = rgba (self->style.foreground, 1);

  for (int i = 0; i < HALO_COPIES; i++)
    snapshot_layout (snapshot, layout, x + HALO_WIDTH * (float) cos (2 * G_PI * i / HALO_COPIES),
                     y + HALO_WIDTH * (float) sin (2 * G_PI * i / HALO_COPIES), &halo);
  snapshot_layout (snapshot, layout, x, y, &ink);
}

/* A longer text is read on a plate of the background. */
static void
snapshot_text (EngramSceneView *self,
               GtkSnapshot     *snapshot,
               PangoLayout     *layout,
               float            x,
               float            y,
               float            padding,
               float            opacity)
{
  GdkRGBA plate = rgba (self->style.background, opacity), ink = rgba (self->style.foreground, 1);
  int width, height;
  GskRoundedRect outline;

  pango_layout_get_pixel_size (layout, &width, &height);
  gsk_rounded_rect_init_from_rect (&outline, &GRAPHENE_RECT_INIT (x - padding, y - padding, (float) width + 2 * padding,
                                                                  (float) height + 2 * padding), 4);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, &plate, &outline.bounds);
  gtk_snapshot_pop (snapshot);
  snapshot_layout (snapshot, layout, x, y, &ink);
}

static void
snapshot_hint (EngramSceneView *self,
               GtkSnapshot     *snapshot)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), self->hint);
  float room_x = (float) gtk_widget_get_width (GTK_WIDGET (self)), room_y = (float) gtk_widget_get_height (GTK_WIDGET (self));
  float x = (float) self->pointer_x + HINT_OFFSET, y = (float) self->pointer_y + HINT_OFFSET;
  int width, height;

  pango_layout_set_width (layout, (int) MIN (room_x - 2 * HINT_PADDING, 360) * PANGO_SCALE);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_height (layout, -4);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_get_pixel_size (layout, &width, &height);
  if (x + (float) width + HINT_PADDING > room_x)
    x = MAX ((float) self->pointer_x - HINT_OFFSET - (float) width, HINT_PADDING);
  if (y + (float) height + HINT_PADDING > room_y)
    y = MAX ((float) self->pointer_y - HINT_OFFSET - (float) height, HINT_PADDING);
  snapshot_text (self, snapshot, layout, x, y, HINT_PADDING, 0.92f);
}

static void
draw_band (EngramSceneView *self,
           GtkSnapshot     *snapshot)
{
  graphene_rect_t all = GRAPHENE_RECT_INIT (0, 0, (float) gtk_widget_get_width (GTK_WIDGET (self)),
                                            (float) gtk_widget_get_height (GTK_WIDGET (self)));
  cairo_t *cairo = gtk_snapshot_append_cairo (snapshot, &all);
  GdkRGBA fill = rgba (self->style.selection, 0.12f), line = rgba (self->style.selection, 0.8f);

  for (guint i = 0; i < self->band->len; i++)
    {
      const graphene_point_t *corner = &g_array_index (self->band, graphene_point_t, i);

      cairo_line_to (cairo, corner->x, corner->y);
    }
  cairo_close_path (cairo);
  gdk_cairo_set_source_rgba (cairo, &fill);
  cairo_set_fill_rule (cairo, CAIRO_FILL_RULE_EVEN_ODD);
  cairo_fill_preserve (cairo);
  gdk_cairo_set_source_rgba (cairo, &line);
  cairo_set_line_width (cairo, 1);
  cairo_stroke (cairo);
  cairo_destroy (cairo);
}

static void
snapshot_axis_labels (EngramSceneView *self,
                      GtkSnapshot     *snapshot)
{
  for (guint i = 0; self->axis_labels != NULL && i < self->axis_labels->len; i++)
    {
      const EngramAxisLabel *label = &g_array_index (self->axis_labels, EngramAxisLabel, i);
      float colour[4];
      GdkRGBA ink;

      engram_scene_grid_get_colour (label->name ? ENGRAM_SCENE_GRID_AXIS : ENGRAM_SCENE_GRID_BOX, label->axis,
                                    self->style.foreground, colour);
      ink = (GdkRGBA) { colour[0], colour[1], colour[2], label->name ? colour[3] : ENGRAM_AXIS_LABELS_OPACITY };
      snapshot_layout (snapshot, get_axis_layout (self, label->text), label->x, label->y, &ink);
    }
}

void
engram_scene_view_snapshot_labels (EngramSceneView *self,
                                   GtkSnapshot     *snapshot)
{
  if (self->labels == NULL)
    place_labels (self);
  snapshot_axis_labels (self, snapshot);
  for (guint i = 0; i < self->labels->len; i++)
    {
      const EngramSceneLabel *label = &g_array_index (self->labels, EngramSceneLabel, i);

      snapshot_haloed (self, snapshot, get_layout (self, label->point), label->x, label->y);
    }
  engram_scene_view_snapshot_sphere (self, snapshot);
  if (self->band->len > 1)
    draw_band (self, snapshot);
  if (self->hint != NULL && !self->moving && (self->drag == ENGRAM_DRAG_NONE || self->drag == ENGRAM_DRAG_SPHERE))
    snapshot_hint (self, snapshot);
}

void
engram_scene_view_forget_labels (EngramSceneView *self)
{
  g_hash_table_remove_all (self->layouts);
  g_hash_table_remove_all (self->axis_layouts);
  g_clear_pointer (&self->labels, g_array_unref);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
engram_scene_view_set_labels (EngramSceneView      *self,
                              const guint32        *candidates,
                              guint32               n_candidates,
                              EngramPointLabelFunc  func,
                              gpointer              user_data,
                              GDestroyNotify        free_user_data)
{
  g_return_if_fail (ENGRAM_IS_SCENE_VIEW (self));

  if (self->free_label_data != NULL)
    self->free_label_data (self->label_data);
  g_free (self->candidates);
  self->candidates = g_memdup2 (candidates, n_candidates * sizeof *candidates);
  self->n_candidates = n_candidates;
  self->label_func = func;
  self->label_data = user_data;
  self->free_label_data = free_user_data;
  engram_scene_view_forget_labels (self);
}

void
engram_scene_view_labels_changed (EngramSceneView *self)
{
  g_return_if_fail (ENGRAM_IS_SCENE_VIEW (self));

  engram_scene_view_forget_labels (self);
}
