/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include <gdk/gdkkeysyms.h>

#include "pointer-support.h"
#include "space-support.h"
#include "space/engram-place-terms.h"
#include "test-support.h"

static const char *
get_query (SpaceScreen *screen)
{
  EngramQuery *query = engram_session_get_query (screen->session);

  return query != NULL ? engram_query_get_text (query) : "";
}

static EngramSceneTool
get_tool (SpaceScreen *screen)
{
  int tool;

  g_object_get (screen->scene_view, "tool", &tool, NULL);
  return tool;
}

/* Presses at a place and moves to another, without letting go. */
static void
begin (SpaceScreen  *screen,
       const double  from[3],
       const double  to[3])
{
  double x, y, to_x, to_y;

  engram_scene_view_set_tool (screen->scene_view, ENGRAM_SCENE_TOOL_SPHERE);
  space_locate (screen, from, &x, &y);
  space_locate (screen, to, &to_x, &to_y);
  pointer_move (GTK_WIDGET (screen->scene_view), x, y);
  pointer_press (GTK_WIDGET (screen->scene_view), 1, TRUE);
  pointer_move (GTK_WIDGET (screen->scene_view), (x + to_x) / 2, (y + to_y) / 2);
  pointer_move (GTK_WIDGET (screen->scene_view), to_x, to_y);
}

static void
await_radius (SpaceScreen *screen,
              double       radius)
{
  EngramSceneSphere sphere;

  wait_until (engram_scene_view_get_sphere (screen->scene_view, &sphere) && fabs (sphere.radius - radius) < 0.03);
}

static void
test_around_a_neuron (SpaceScreen   *screen,
                      gconstpointer  data)
{
  EngramSceneSphere sphere;
  const guint32 before[] = { 0, 3 };
  g_autofree char *id = ui_fixture_dup_id (2), *term = NULL;

  space_select (screen, before, G_N_ELEMENTS (before));
  begin (screen, space_places[2], (const double[]) { -1.3, 1, 0 });
  await_radius (screen, 2.3);
  engram_scene_view_get_sphere (screen->scene_view, &sphere);
  g_assert_cmpuint (sphere.point, ==, 2);
  /* Itself and those on the two sides of the square; that across is farther. */
  g_assert_cmpuint (sphere.n_inside, ==, 3);
  g_assert_true (sphere.dragged);
  assert_shows (screen->space, ": 3 neurons");
  g_assert_cmpuint (space_count_selected (screen, ENGRAM_RECORD_NEURON), ==, 2);

  pointer_press (GTK_WIDGET (screen->scene_view), 1, FALSE);
  wait_until (space_count_selected (screen, ENGRAM_RECORD_NEURON) == 3);
  g_assert_false (space_is_marked (screen, 0));

  gtk_widget_activate_action (GTK_WIDGET (screen->space), "space.sphere-filter", NULL);
  wait_until (space_count_points (screen) == 3);
  term = g_strdup_printf ("near:%s<2.", id);
  g_assert_true (g_str_has_prefix (get_query (screen), term));
  g_assert_false (engram_scene_view_get_sphere (screen->scene_view, NULL));
  g_assert_cmpint (get_tool (screen), ==, ENGRAM_SCENE_TOOL_MOVE);
  /* What was selected before is got back as after any other choice. */
  g_assert_true (engram_selection_go_back (engram_session_get_selection (screen->session)));
  g_assert_cmpuint (space_count_selected (screen, ENGRAM_RECORD_NEURON), ==, 2);
}

static void
test_around_a_place (SpaceScreen   *screen,
                     gconstpointer  data)
{
  EngramSceneSphere sphere;

  /* Beside everything, in the plane through what is in the middle of the picture. */
  begin (screen, (const double[]) { 0.4, 0, 0 }, (const double[]) { 1.8, 0, 0 });
  await_radius (screen, 1.4);
  engram_scene_view_get_sphere (screen->scene_view, &sphere);
  g_assert_cmpuint (sphere.point, ==, G_MAXUINT32);
  g_assert_cmpfloat_with_epsilon (sphere.centre[0], 0.4, 0.03);
  g_assert_cmpfloat_with_epsilon (sphere.centre[2], 0, 1e-3);
  g_assert_cmpuint (sphere.n_inside, ==, 2);
  pointer_press (GTK_WIDGET (screen->scene_view), 1, FALSE);
  wait_until (space_count_selected (screen, ENGRAM_RECORD_NEURON) == 2);
  g_assert_true (space_is_marked (screen, 1));
  g_assert_true (space_is_marked (screen, 2));
  gtk_widget_activate_action (GTK_WIDGET (screen->space), "space.sphere-filter", NULL);
  wait_until (space_count_points (screen) == 2);
  g_assert_true (g_str_has_prefix (get_query (screen), "near:0."));
}

/* A sphere with Ctrl adds; with nothing in it nothing changes. */
static void
test_adds (SpaceScreen   *screen,
           gconstpointer  data)
{
  const guint32 selected[] = { 0 };
  double x, y, to_x, to_y;

  space_select (screen, selected, 1);
  engram_scene_view_set_tool (screen->scene_view, ENGRAM_SCENE_TOOL_SPHERE);
  space_locate (screen, space_places[2], &x, &y);
  space_locate (screen, (const double[]) { 0.5, 1, 0 }, &to_x, &to_y);
  pointer_drag (GTK_WIDGET (screen->scene_view), x, y, to_x, to_y, 1, GDK_KEY_Control_L);
  wait_until (space_count_selected (screen, ENGRAM_RECORD_NEURON) == 2);
  g_assert_true (space_is_marked (screen, 0));
  g_assert_true (space_is_marked (screen, 2));
}

static void
test_escape (SpaceScreen   *screen,
             gconstpointer  data)
{
  begin (screen, space_places[2], (const double[]) { 0.5, 1, 0 });
  await_radius (screen, 0.5);
  pointer_type (GTK_WIDGET (screen->scene_view), GDK_KEY_Escape);
  wait_until (!engram_scene_view_get_sphere (screen->scene_view, NULL));
  pointer_press (GTK_WIDGET (screen->scene_view), 1, FALSE);
  g_assert_cmpint (get_tool (screen), ==, ENGRAM_SCENE_TOOL_SPHERE);
  pointer_type (GTK_WIDGET (screen->scene_view), GDK_KEY_Escape);
  wait_until (get_tool (screen) == ENGRAM_SCENE_TOOL_MOVE);
  g_assert_cmpuint (space_count_selected (screen, ENGRAM_RECORD_NEURON), ==, 0);
}

/* All of it by keys, around what is selected. */
static void
test_keys (SpaceScreen   *screen,
           gconstpointer  data)
{
  const guint32 selected[] = { 1 };
  EngramSceneSphere sphere, larger;
  EngramCamera before, after;

  space_select (screen, selected, 1);
  engram_scene_view_get_camera (screen->scene_view, &before);
  gtk_widget_grab_focus (GTK_WIDGET (screen->scene_view));
  pointer_type (GTK_WIDGET (screen->scene_view), GDK_KEY_s);
  wait_until (engram_scene_view_get_sphere (screen->scene_view, &sphere));
  g_assert_cmpuint (sphere.point, ==, 1);
  g_assert_cmpuint (sphere.n_inside, ==, 1);
  g_assert_cmpint (get_tool (screen), ==, ENGRAM_SCENE_TOOL_SPHERE);
  do
    {
      pointer_type (GTK_WIDGET (screen->scene_view), GDK_KEY_plus);
      wait_until (engram_scene_view_get_sphere (screen->scene_view, &larger) && larger.radius > sphere.radius);
      sphere = larger;
    }
  while (sphere.radius < 2);
  g_assert_cmpuint (sphere.n_inside, ==, 3);
  pointer_type (GTK_WIDGET (screen->scene_view), GDK_KEY_minus);
  wait_until (engram_scene_view_get_sphere (screen->scene_view, &larger) && larger.radius < sphere.radius);
  engram_scene_view_get_camera (screen->scene_view, &after);
  g_assert_cmpfloat (after.distance, ==, before.distance);
  pointer_type (GTK_WIDGET (screen->scene_view), GDK_KEY_plus);
  pointer_type (GTK_WIDGET (screen->scene_view), GDK_KEY_Return);
  wait_until (space_count_selected (screen, ENGRAM_RECORD_NEURON) == 3);
  pointer_type (GTK_WIDGET (screen->scene_view), GDK_KEY_Escape);
  wait_until (!engram_scene_view_get_sphere (screen->scene_view, NULL));
  g_assert_cmpuint (space_count_selected (screen, ENGRAM_RECORD_NEURON), ==, 3);
}

/* The bar has names, and goes with the sphere, which goes with the points. */
static void
test_bar (SpaceScreen   *screen,
          gconstpointer  data)
{
  g_autoptr (EngramQuery) query = engram_query_parse ("type:tool", NULL, NULL, NULL);
  g_autofree char *text = NULL;

  g_assert_true (engram_scene_view_draw_sphere_at (screen->scene_view, 3));
  assert_shows (screen->space, "1 neuron");
  widget_test_assert_names (screen->space);
  gtk_widget_activate_action (GTK_WIDGET (screen->space), "space.sphere-resize", "b", TRUE);
  engram_session_set_query (screen->session, query);
  wait_until (space_count_points (screen) == 1);
  g_assert_false (engram_scene_view_get_sphere (screen->scene_view, NULL));
  text = widget_test_dup_text (screen->space);
  g_assert_null (strstr (text, "Radius"));
}

/* What a place is written as is read as the same. */
static void
test_terms (SpaceScreen   *screen,
            gconstpointer  data)
{
  static const double places[][4] = { { 1, -2.5, 300, 4.25 }, { 1e-6, -2.5e-7, 0, 3.3e-7 }, { 1e9, -5e8, 12, 1e7 } };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *text = engram_place_terms_make_near_place (places[i], places[i][3]);
      g_autoptr (EngramQuery) query = engram_query_parse (text, NULL, NULL, NULL);
      const EngramQueryTerm *term = engram_query_find_term (query, ENGRAM_QUERY_NEAR);

      g_assert_null (term->values);
      for (guint axis = 0; axis < 3; axis++)
        g_assert_cmpfloat_with_epsilon (term->box[0][axis], places[i][axis], 1e-6 * places[i][3]);
      g_assert_cmpfloat_with_epsilon (term->range.high, places[i][3], 1e-6 * places[i][3]);
    }
}

int
main (int    argc,
      char **argv)
{
  widget_test_init (&argc, &argv);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
#define add(PATH, FUNC) g_test_add ("/space-sphere/" PATH, SpaceScreen, NULL, space_set_up, FUNC, space_tear_down)
  add ("neuron", test_around_a_neuron);
  add ("place", test_around_a_place);
  add ("adds", test_adds);
  add ("escape", test_escape);
  add ("keys", test_keys);
  add ("bar", test_bar);
  add ("terms", test_terms);
#undef add
  return g_test_run ();
}
