/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "views/engram-scene-view-private.h"

#include <epoxy/gl.h>
#include <glib/gi18n.h>

#include "engram-timing.h"
#include "scene/engram-scene-order.h"
#include "scene/engram-scene-painter.h"

/* What one frame may take: 20 and more of them a second while something moves, and a main loop that is free in between
 * while the picture fills up. */
#define MOVING_BUDGET 0.033
#define SLICE_BUDGET 0.023
/* A frame of the window costs about as much as a slice: a picture that fills up is shown so often, in microseconds. */
#define SHOWN_INTERVAL 120000

/* Cairo draws this many edges at most, on screen. */
#define PAINTED_EDGES 5000
#define PAINTED_EDGES_MOVING 500
/* And this many points: 100,000 take it 90 ms. */
#define PAINTED_POINTS 50000
#define PAINTED_POINTS_MOVING 10000

static void
set_drawn_text (EngramSceneView *self,
                char            *text)
{
  if (g_strcmp0 (self->drawn_text, text) == 0)
    {
      g_free (text);
      return;
    }
  g_free (self->drawn_text);
  self->drawn_text = text;
  g_object_notify (G_OBJECT (self), "drawn-text");
}

static char *
describe_painted (EngramSceneView *self)
{
  guint all_points = self->scene != NULL ? self->scene->n_points : 0;
  gboolean whole = self->told_edges >= self->told_all_edges;
  g_autofree char *points = NULL, *edges = NULL;

  if (whole && self->told_points >= all_points)
    return g_strdup (_("Drawn without OpenGL, which is slower"));
  points = g_strdup_printf (ngettext ("%'u of %'u neuron", "%'u of %'u neurons", all_points), self->told_points, all_points);
  if (whole)
    /* Translators: "50,000 of 100,000 neurons" */
    return g_strdup_printf (_("Without OpenGL: %s"), points);
  edges = g_strdup_printf (ngettext ("the strongest %'u of %'u synapse", "the strongest %'u of %'u synapses",
                                     self->told_all_edges), self->told_edges, self->told_all_edges);
  if (self->told_points >= all_points)
    return g_strdup_printf (_("Without OpenGL: %s"), edges);
  /* Translators: "50,000 of 100,000 neurons", and "the strongest 5,000 of 1,000,000 synapses" */
  return g_strdup_printf (_("Without OpenGL: %s, %s"), points, edges);
}

/* (nullable): NULL where all is drawn as it should be */
static char *
describe_drawn (EngramSceneView *self)
{
  if (!GTK_IS_GL_AREA (self->area))
    return describe_painted (self);
  /* Before the first of them are drawn there is nothing to be said. */
  if (self->told_edges >= self->told_all_edges || self->told_edges == 0)
    return NULL;
  return g_strdup_printf (ngettext ("The strongest %'u of %'u synapse",
                                    "The strongest %'u of %'u synapses", self->told_all_edges),
                          self->told_edges, self->told_all_edges);
}

static gboolean
tell_drawn_cb (gpointer user_data)
{
  EngramSceneView *self = user_data;

  self->tell_idle = 0;
  if (self->told_whole)
    engram_scene_view_hover_again (self);
  set_drawn_text (self, describe_drawn (self));
  return G_SOURCE_REMOVE;
}

/* Says what is missing. Not at once: in the middle of a frame nothing may ask for another. */
static void
tell_drawn (EngramSceneView *self,
            guint32          n_edges,
            guint32          n_all_edges,
            gboolean         whole)
{
  self->told_whole = whole;
  self->told_edges = n_edges;
  self->told_all_edges = n_all_edges;
  if (self->tell_idle == 0)
    self->tell_idle = g_idle_add (tell_drawn_cb, self);
  if (self->shown_at > 0)
    engram_timing_log ("first-frame", engram_timing_since_start () - self->shown_at);
  self->shown_at = 0;
}

void
engram_scene_view_queue_scene (EngramSceneView *self)
{
  if (GTK_IS_GL_AREA (self->area))
    gtk_gl_area_queue_render (GTK_GL_AREA (self->area));
  else
    gtk_widget_queue_draw (self->area);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
next_slice_cb (gpointer user_data)
{
  EngramSceneView *self = user_data;

  gtk_gl_area_make_current (GTK_GL_AREA (self->area));
  if (!engram_scene_renderer_fill (self->renderer, SLICE_BUDGET)
      && g_get_monotonic_time () - self->rendered_at < SHOWN_INTERVAL)
    return G_SOURCE_CONTINUE;
  self->slice_idle = 0;
  gtk_gl_area_queue_render (GTK_GL_AREA (self->area));
  return G_SOURCE_REMOVE;
}

/* The first frame would otherwise wait for all of it. */
static gboolean
prepare_cb (gpointer user_data)
{
  EngramSceneView *self = user_data;

  gtk_gl_area_make_current (GTK_GL_AREA (self->area));
  gtk_gl_area_attach_buffers (GTK_GL_AREA (self->area));
  if (!engram_scene_renderer_prepare (self->renderer))
    return G_SOURCE_CONTINUE;
  self->prepare_idle = 0;
  self->prepared = TRUE;
  engram_scene_view_queue_scene (self);
  return G_SOURCE_REMOVE;
}

/* While the network is read there is time for it. */
static gboolean
begin_preparing (EngramSceneView *self)
{
  const float *ground = self->style.background;

  if (self->prepare_idle == 0)
    self->prepare_idle = g_idle_add (prepare_cb, self);
  glClearColor (ground[0], ground[1], ground[2], ground[3]);
  glClear (GL_COLOR_BUFFER_BIT);
  return TRUE;
}

void
engram_scene_view_stop_drawing (EngramSceneView *self)
{
  g_clear_handle_id (&self->slice_idle, g_source_remove);
  g_clear_handle_id (&self->tell_idle, g_source_remove);
}

static gboolean
render_cb (EngramSceneView *self)
{
  int scale = gtk_widget_get_scale_factor (self->area);
  int width = gtk_widget_get_width (self->area) * scale, height = gtk_widget_get_height (self->area) * scale;
  EngramSceneDrawn drawn;

  if (self->renderer == NULL || width <= 0 || height <= 0)
    return FALSE;
  if (!self->prepared)
    return begin_preparing (self);
  engram_scene_renderer_set_camera (self->renderer, &self->camera);

  /* A slice would go on with what this draws anew. */
  g_clear_handle_id (&self->slice_idle, g_source_remove);

  gboolean complete = engram_scene_renderer_draw (self->renderer, width, height, (float) scale, self->moving,
                                                  self->moving ? MOVING_BUDGET : SLICE_BUDGET);

  /* After all events and frames that are waiting: filling up never comes before the person. */
  self->rendered_at = g_get_monotonic_time ();
  if (!complete)
    self->slice_idle = g_idle_add_full (G_PRIORITY_LOW, next_slice_cb, self, NULL);
  engram_scene_renderer_get_drawn (self->renderer, &drawn);
  tell_drawn (self, drawn.n_edges, drawn.n_all_edges, complete);
  return TRUE;
}

/* The first so many of it are spread as evenly as all. Points that were moved since keep their rank. (nullable): for
 * all */
static const guint32 *
get_painted_order (EngramSceneView *self)
{
  if (self->painted_order == NULL && self->scene->n_points > PAINTED_POINTS_MOVING)
    self->painted_order = engram_scene_order_points (self->scene);
  return self->painted_order;
}

static void
paint_cb (GtkDrawingArea *area,
          cairo_t        *cairo,
          int             width,
          int             height,
          gpointer        user_data)
{
  EngramSceneView *self = user_data;
  g_autoptr (GError) error = NULL;

  if (self->scene == NULL || width <= 0 || height <= 0)
    return;

  guint32 n_points = MIN (self->scene->n_points, self->moving ? PAINTED_POINTS_MOVING : PAINTED_POINTS);
  guint32 most = self->moving ? PAINTED_EDGES_MOVING : PAINTED_EDGES;
  guint32 n_all_edges = engram_scene_style_count_edges (&self->style, self->scene);
  guint32 n_edges = MIN (n_all_edges, most);

  if (!engram_scene_painter_paint_part (cairo, self->scene, &self->style, &self->camera, (float) width, (float) height,
                                        get_painted_order (self), n_points, n_edges,
                                        (float) gtk_widget_get_scale_factor (self->area), &error))
    g_warning ("The network cannot be painted: %s", error->message);
  self->told_points = n_points;
  tell_drawn (self, n_edges, n_all_edges, TRUE);
}

static void
replace_area (EngramSceneView *self,
              GtkWidget       *area)
{
  g_clear_pointer (&self->area, gtk_widget_unparent);
  self->area = area;
  gtk_widget_set_can_target (area, FALSE);
  gtk_widget_insert_before (area, GTK_WIDGET (self), NULL);
}

static gboolean
paint_instead_cb (gpointer user_data)
{
  EngramSceneView *self = user_data;
  GtkWidget *area;

  /* The window has been closed since. */
  if (self->area == NULL)
    return G_SOURCE_REMOVE;
  area = gtk_drawing_area_new ();
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (area), paint_cb, self, NULL);
  replace_area (self, area);
  g_object_notify (G_OBJECT (self), "painting");
  return G_SOURCE_REMOVE;
}

/* Not at once: the area is being realized. */
static void
paint_instead (EngramSceneView *self,
               const GError    *error)
{
  g_message ("Without OpenGL, networks are painted by the processor: %s", error->message);
  g_idle_add_full (G_PRIORITY_DEFAULT, paint_instead_cb, g_object_ref (self), g_object_unref);
}

static void
realized_cb (EngramSceneView *self)
{
  GtkGLArea *area = GTK_GL_AREA (self->area);
  g_autoptr (GError) error = NULL;

  gtk_gl_area_make_current (area);
  if (gtk_gl_area_get_error (area) != NULL)
    {
      paint_instead (self, gtk_gl_area_get_error (area));
      return;
    }
  self->renderer = engram_scene_renderer_new (&error);
  if (self->renderer == NULL)
    {
      paint_instead (self, error);
      return;
    }
  engram_scene_renderer_set_scene (self->renderer, self->scene);
  engram_scene_renderer_set_style (self->renderer, &self->style);
}

static void
unrealize_cb (EngramSceneView *self)
{
  engram_scene_view_stop_drawing (self);
  g_clear_handle_id (&self->prepare_idle, g_source_remove);
  self->prepared = FALSE;
  if (self->renderer == NULL)
    return;
  gtk_gl_area_make_current (GTK_GL_AREA (self->area));
  engram_scene_renderer_release (self->renderer);
  g_clear_object (&self->renderer);
}

void
engram_scene_view_make_area (EngramSceneView *self)
{
  GtkWidget *area = gtk_gl_area_new ();

  gtk_gl_area_set_auto_render (GTK_GL_AREA (area), FALSE);
  g_signal_connect_swapped (area, "realize", G_CALLBACK (realized_cb), self);
  g_signal_connect_swapped (area, "unrealize", G_CALLBACK (unrealize_cb), self);
  g_signal_connect_swapped (area, "render", G_CALLBACK (render_cb), self);
  replace_area (self, area);
}
