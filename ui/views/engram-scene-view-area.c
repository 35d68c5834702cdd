/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "views/engram-scene-view-private.h"

#include <glib/gi18n.h>

#include "engram-timing.h"
#include "scene/engram-scene-painter.h"

/* What one frame may take: 20 and more of them a second while something moves, and a main loop that is free in between while
 * the picture fills up. */
#define MOVING_BUDGET 0.033
#define SLICE_BUDGET 0.025

/* Cairo draws this many edges at most, on screen. */
#define PAINTED_EDGES 5000
#define PAINTED_EDGES_MOVING 500

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

/* (nullable): NULL where all is drawn as it should be */
static char *
describe_drawn (EngramSceneView *self)
{
  gboolean whole = self->told_edges >= self->told_all_edges;

  if (!GTK_IS_GL_AREA (self->area) && whole)
    return g_strdup (_("Drawn without OpenGL, which is slower"));
  if (!GTK_IS_GL_AREA (self->area))
    return g_strdup_printf (ngettext ("Without OpenGL: the strongest %'u of %'u synapse",
                                      "Without OpenGL: the strongest %'u of %'u synapses", self->told_all_edges),
                            self->told_edges, self->told_all_edges);
  if (whole)
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

  self->slice_idle = 0;
  if (GTK_IS_GL_AREA (self->area))
    gtk_gl_area_queue_render (GTK_GL_AREA (self->area));
  return G_SOURCE_REMOVE;
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
  engram_scene_renderer_set_camera (self->renderer, &self->camera);

  gboolean complete = engram_scene_renderer_draw (self->renderer, width, height, (float) scale, self->moving,
                                                  self->moving ? MOVING_BUDGET : SLICE_BUDGET);

  /* After all events and frames that are waiting: filling up never comes before the person. */
  if (!complete && self->slice_idle == 0)
    self->slice_idle = g_idle_add_full (G_PRIORITY_LOW, next_slice_cb, self, NULL);
  engram_scene_renderer_get_drawn (self->renderer, &drawn);
  tell_drawn (self, drawn.n_edges, drawn.n_all_edges, complete);
  return TRUE;
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

  guint32 most = self->moving ? PAINTED_EDGES_MOVING : PAINTED_EDGES;
  guint32 n_edges = MIN (self->scene->n_edges, most);

  if (!engram_scene_painter_paint (cairo, self->scene, &self->style, &self->camera, (float) width, (float) height, n_edges,
                                   (float) gtk_widget_get_scale_factor (self->area), NULL, NULL, &error))
    g_warning ("The network cannot be painted: %s", error->message);
  tell_drawn (self, n_edges, self->scene->n_edges, TRUE);
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
