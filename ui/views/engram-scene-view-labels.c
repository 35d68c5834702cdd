/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "views/engram-scene-view-private.h"

#include "scene/engram-scene-labels.h"
#include "views/engram-axis-labels.h"

/* No more labels than can be read. */
#define LABELS 40
#define LABELS_MOVING 15
#define LABEL_CHARACTERS 24

/* Numbers beside axes do not compete with what stands for neurons. */
#define AXIS_OPACITY 0.65f

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
  g_autofree char *text = NULL;

  if (layout != NULL || self->label_func == NULL || (text = self->label_func (point, self->label_data)) == NULL
      || *text == '\0')
    return layout;
  /* One line, as long as a label may be: the beginning says most. */
  layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), NULL);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  make_small (layout);
  if (g_utf8_strlen (text, -1) > LABEL_CHARACTERS)
    {
      g_autofree char *beginning = g_utf8_substring (text, 0, LABEL_CHARACTERS - 1);
      g_autofree char *shortened = g_strconcat (g_strchomp (beginning), "…", NULL);

      pango_layout_set_text (layout, shortened, -1);
    }
  else
    pango_layout_set_text (layout, text, -1);
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

/* Text over a picture is read by a plate of the background behind it. */
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
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x, y));
  gtk_snapshot_append_layout (snapshot, layout, &ink);
  gtk_snapshot_restore (snapshot);
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
      ink = (GdkRGBA) { colour[0], colour[1], colour[2], label->name ? colour[3] : AXIS_OPACITY };
      gtk_snapshot_save (snapshot);
      gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (label->x, label->y));
      gtk_snapshot_append_layout (snapshot, get_axis_layout (self, label->text), &ink);
      gtk_snapshot_restore (snapshot);
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

      snapshot_text (self, snapshot, get_layout (self, label->point), label->x, label->y, 1, 0.7f);
    }
  if (self->band->len > 1)
    draw_band (self, snapshot);
  if (self->hint != NULL && self->drag == ENGRAM_DRAG_NONE && !self->moving)
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
