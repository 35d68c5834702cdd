/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "views/engram-scene-view.h"
#include "widget-support.h"

#define N_EDGES 6000
#define N_POINTS 60000

static EngramScene *
make_scene (guint32 n_edges)
{
  EngramScenePoint *points = g_new0 (EngramScenePoint, 2);
  EngramSceneEdge *edges = g_new0 (EngramSceneEdge, n_edges);

  for (guint32 i = 0; i < 2; i++)
    points[i] = (EngramScenePoint) { (float) i, 0, 0, 3, { 0xff, 0, 0, 0xff }, 0 };
  for (guint32 i = 0; i < n_edges; i++)
    edges[i] = (EngramSceneEdge) { 0, 1, 0.5f };
  return engram_scene_new (points, 2, edges, n_edges, TRUE, TRUE);
}

/* Whether something red has been drawn. */
static gboolean
shows_points (GtkWidget *widget)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  cairo_t *cairo = cairo_create (image);
  gboolean red = FALSE;

  gdk_paintable_snapshot (paintable, snapshot, width, height);
  g_autoptr (GskRenderNode) node = gtk_snapshot_to_node (snapshot);

  if (node != NULL)
    gsk_render_node_draw (node, cairo);
  cairo_surface_flush (image);
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width && !red; x++)
      {
        const guchar *pixel = cairo_image_surface_get_data (image) + y * cairo_image_surface_get_stride (image) + 4 * x;

        red = pixel[2] > 150 && pixel[1] < 60 && pixel[0] < 60;
      }
  cairo_destroy (cairo);
  cairo_surface_destroy (image);
  return red;
}

/* Without OpenGL there is a picture all the same, and it says so. */
static void
test_painted (void)
{
  EngramSceneView *view = g_object_new (ENGRAM_TYPE_SCENE_VIEW, NULL);
  g_autoptr (EngramScene) few = make_scene (3), many = make_scene (N_EDGES);
  GtkWindow *window = widget_test_show (GTK_WIDGET (view), 400, 300);
  gboolean painting;

  engram_scene_view_set_scene (view, few);
  wait_until (engram_scene_view_get_drawn_text (view) != NULL);
  g_object_get (view, "painting", &painting, NULL);
  g_assert_true (painting);
  g_assert_cmpstr (engram_scene_view_get_drawn_text (view), ==, "Drawn without OpenGL, which is slower");
  g_assert_true (shows_points (GTK_WIDGET (view)));
  engram_scene_view_set_scene (view, many);
  wait_until (strstr (engram_scene_view_get_drawn_text (view), "6000") != NULL);
  g_assert_cmpstr (engram_scene_view_get_drawn_text (view), ==, "Without OpenGL: the strongest 5000 of 6000 synapses");
  gtk_window_destroy (window);
}

/* Of very many neurons those are drawn that are spread as all are, and those that are selected. */
static void
test_capped (void)
{
  EngramSceneView *view = g_object_new (ENGRAM_TYPE_SCENE_VIEW, NULL);
  EngramScenePoint *points = g_new0 (EngramScenePoint, N_POINTS);
  g_autoptr (EngramScene) scene = NULL;
  GtkWindow *window = widget_test_show (GTK_WIDGET (view), 400, 300);
  const guint32 last = N_POINTS - 1;

  for (guint32 i = 0; i < N_POINTS; i++)
    points[i] = (EngramScenePoint) { (float) (i % 250), (float) (i / 250), 0, 0.2f, { 0, 0, 0xff, 0xff }, 0 };
  points[last] = (EngramScenePoint) { 125, 120, 0, 3, { 0xff, 0, 0, 0xff }, 0 };
  scene = engram_scene_new (points, N_POINTS, NULL, 0, TRUE, TRUE);
  engram_scene_set_flag (scene, ENGRAM_POINT_SELECTED, &last, 1);
  engram_scene_view_set_scene (view, scene);
  wait_until (engram_scene_view_get_drawn_text (view) != NULL);
  g_assert_cmpstr (engram_scene_view_get_drawn_text (view), ==, "Without OpenGL: 50000 of 60000 neurons");
  g_assert_true (shows_points (GTK_WIDGET (view)));
  gtk_window_destroy (window);
}

static void
gone_cb (gpointer  data,
         GObject  *view)
{
  *(gboolean *) data = TRUE;
}

/* A view that is gone before it could paint stays gone. */
static void
test_closed_at_once (void)
{
  EngramSceneView *view = g_object_new (ENGRAM_TYPE_SCENE_VIEW, NULL);
  GtkWindow *window = GTK_WINDOW (gtk_window_new ());
  gboolean gone = FALSE;

  gtk_window_set_child (window, GTK_WIDGET (view));
  gtk_window_present (window);
  g_assert_true (gtk_widget_get_realized (gtk_widget_get_first_child (GTK_WIDGET (view))));
  g_object_weak_ref (G_OBJECT (view), gone_cb, &gone);
  gtk_window_destroy (window);
  while (g_main_context_iteration (NULL, FALSE));
  g_assert_true (gone);
}

int
main (int    argc,
      char **argv)
{
  /* The first is GTK 4.8's, the second what newer ones read. */
  g_setenv ("GDK_DEBUG", "gl-disable", TRUE);
  g_setenv ("GDK_DISABLE", "gl", TRUE);
  widget_test_init (&argc, &argv);
  g_test_add_func ("/scene-view-painted/picture", test_painted);
  g_test_add_func ("/scene-view-painted/capped", test_capped);
  g_test_add_func ("/scene-view-painted/closed", test_closed_at_once);
  return g_test_run ();
}
