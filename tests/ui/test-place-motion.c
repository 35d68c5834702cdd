/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "views/engram-place-motion.h"
#include "widget-support.h"

typedef struct {
  EngramScene       *scene;
  EngramSceneView   *scene_view;
  EngramPlaceMotion *motion;
  GtkWindow         *window;
  guint              n_notified;
} Screen;

static void
moving_changed_cb (Screen *screen)
{
  screen->n_notified++;
}

static void
set_up (Screen        *screen,
        gconstpointer  data)
{
  EngramScenePoint *points = g_new0 (EngramScenePoint, 2);

  points[0].size = points[1].size = 1;
  points[1].x = 1;
  screen->scene = engram_scene_new (points, 2, NULL, 0, TRUE, TRUE);
  screen->scene_view = g_object_new (ENGRAM_TYPE_SCENE_VIEW, NULL);
  engram_scene_view_set_scene (screen->scene_view, screen->scene);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", GPOINTER_TO_INT (data), NULL);
  screen->window = widget_test_show (GTK_WIDGET (screen->scene_view), 300, 200);
  /* Longer than any test takes. */
  screen->motion = engram_place_motion_new (screen->scene_view, 10000);
  g_signal_connect_swapped (screen->motion, "notify::moving", G_CALLBACK (moving_changed_cb), screen);
}

static void
tear_down (Screen        *screen,
           gconstpointer  data)
{
  g_object_unref (screen->motion);
  gtk_window_destroy (screen->window);
  engram_scene_unref (screen->scene);
}

static void
start (Screen *screen)
{
  const float places[] = { 10, 0, 0, 20, 0, 0 };

  engram_place_motion_start (screen->motion, screen->scene, g_memdup2 (places, sizeof places));
}

static void
assert_arrived (Screen *screen)
{
  g_assert_false (engram_place_motion_get_moving (screen->motion));
  g_assert_cmpfloat (screen->scene->points[0].x, ==, 10);
  g_assert_cmpfloat (screen->scene->points[1].x, ==, 20);
}

static void
test_moves (Screen        *screen,
            gconstpointer  data)
{
  start (screen);
  g_assert_true (engram_place_motion_get_moving (screen->motion));
  g_assert_cmpfloat (screen->scene->points[0].x, ==, 0);
  wait_until (screen->scene->points[0].x > 0);
  g_assert_cmpfloat (screen->scene->points[0].x, <, 10);
  engram_place_motion_finish (screen->motion);
  assert_arrived (screen);
  g_assert_cmpuint (screen->n_notified, ==, 2);
}

/* By itself. */
static void
test_arrives (Screen        *screen,
              gconstpointer  data)
{
  g_object_unref (screen->motion);
  screen->motion = engram_place_motion_new (screen->scene_view, 0.05);
  start (screen);
  wait_until (!engram_place_motion_get_moving (screen->motion));
  assert_arrived (screen);
}

static void
test_stops (Screen        *screen,
            gconstpointer  data)
{
  float x;

  start (screen);
  wait_until (screen->scene->points[0].x > 0);
  x = screen->scene->points[0].x;
  engram_place_motion_stop (screen->motion);
  g_assert_false (engram_place_motion_get_moving (screen->motion));
  widget_test_draw (GTK_WIDGET (screen->scene_view));
  g_assert_cmpfloat (screen->scene->points[0].x, ==, x);
}

/* What a hand has taken stays where it is put. */
static void
test_set_place (Screen        *screen,
                gconstpointer  data)
{
  const float place[3] = { -5, 0, 0 };

  engram_place_motion_set_place (screen->motion, 1, place);
  start (screen);
  engram_place_motion_set_place (screen->motion, 1, place);
  wait_until (screen->scene->points[0].x > 0);
  g_assert_cmpfloat (screen->scene->points[1].x, ==, -5);
  engram_place_motion_finish (screen->motion);
  g_assert_cmpfloat (screen->scene->points[0].x, ==, 10);
  g_assert_cmpfloat (screen->scene->points[1].x, ==, -5);
}

/* Whoever wants no animations sees none. */
static void
test_reduced (Screen        *screen,
              gconstpointer  data)
{
  start (screen);
  assert_arrived (screen);
  g_assert_cmpuint (screen->n_notified, ==, 0);
}

static void
test_unseen (Screen        *screen,
             gconstpointer  data)
{
  start (screen);
  gtk_widget_set_visible (GTK_WIDGET (screen->scene_view), FALSE);
  assert_arrived (screen);
  start (screen);
  assert_arrived (screen);
}

/* The view goes before the motion. */
static void
test_view_goes (Screen        *screen,
                gconstpointer  data)
{
  start (screen);
  gtk_window_set_child (screen->window, NULL);
  g_assert_false (engram_place_motion_get_moving (screen->motion));
}

#define ADD(name, animated, function) \
  g_test_add ("/place-motion/" name, Screen, GINT_TO_POINTER (animated), set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  widget_test_init (&argc, &argv);
  ADD ("moves", TRUE, test_moves);
  ADD ("arrives", TRUE, test_arrives);
  ADD ("stops", TRUE, test_stops);
  ADD ("set-place", TRUE, test_set_place);
  ADD ("reduced", FALSE, test_reduced);
  ADD ("unseen", TRUE, test_unseen);
  ADD ("view-goes", TRUE, test_view_goes);
  return g_test_run ();
}
