/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pointer-support.h"
#include "space-support.h"
#include "test-support.h"

static const double middle[] = { 0.2, 0.3, 0 };

static void
drag (SpaceScreen  *screen,
      const double  from[3],
      const double  to[3])
{
  double x, y, to_x, to_y;

  space_locate (screen, from, &x, &y);
  space_locate (screen, to, &to_x, &to_y);
  pointer_drag (GTK_WIDGET (screen->scene_view), x, y, to_x, to_y, 1, 0);
}

static double
get_x (SpaceScreen *screen,
       guint        number)
{
  g_autofree char *id = ui_fixture_dup_id (number);
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramNeuron) neuron = engram_neuron_store_get (screen->fixture->neurons, id, NULL, &error);

  g_assert_no_error (error);
  return neuron->position[0];
}

/* Pixels are as exact as a hand is. */
#define assert_moved(number, by) \
  g_assert_cmpfloat_with_epsilon (get_x (screen, number) - space_places[number][0], by, 0.05)

static void
test_one_neuron (SpaceScreen   *screen,
                 gconstpointer  data)
{
  engram_session_set_editing (screen->session, TRUE);
  drag (screen, space_places[2], middle);
  wait_until (screen->told != NULL);
  g_assert_cmpstr (screen->told, ==, "Move neuron “Neuron 2”");
  assert_moved (2, middle[0] - space_places[2][0]);
  assert_moved (1, 0);

  engram_session_undo (screen->session);
  wait_until (space_stands_at (screen, 2, space_places[2]) && space_shows_at (screen, 2, space_places[2]));
}

/* All that are selected go with the one that is dragged, in one step. */
static void
test_several (SpaceScreen   *screen,
              gconstpointer  data)
{
  const guint32 selected[] = { 1, 2 };
  const double left[] = { 0.5, 1, 0 };

  space_select (screen, selected, G_N_ELEMENTS (selected));
  engram_session_set_editing (screen->session, TRUE);
  drag (screen, space_places[2], left);
  wait_until (screen->told != NULL);
  g_assert_cmpstr (screen->told, ==, "Move 2 neurons");
  assert_moved (1, -0.5);
  assert_moved (2, -0.5);
  assert_moved (0, 0);

  engram_session_undo (screen->session);
  wait_until (space_stands_at (screen, 2, space_places[2]) && space_shows_at (screen, 1, space_places[1]));
  g_assert_true (space_stands_at (screen, 1, space_places[1]));
}

/* One that is not selected goes alone, and the selection stays where it is. */
static void
test_one_beside_the_selection (SpaceScreen   *screen,
                               gconstpointer  data)
{
  const guint32 selected[] = { 0, 1 };

  space_select (screen, selected, G_N_ELEMENTS (selected));
  engram_session_set_editing (screen->session, TRUE);
  drag (screen, space_places[2], middle);
  wait_until (screen->told != NULL);
  g_assert_cmpstr (screen->told, ==, "Move neuron “Neuron 2”");
  assert_moved (0, 0);
  assert_moved (1, 0);
}

static void
test_without_editing_it_turns (SpaceScreen   *screen,
                               gconstpointer  data)
{
  EngramCamera before, after;

  engram_scene_view_get_camera (screen->scene_view, &before);
  drag (screen, space_places[2], middle);
  do
    {
      g_main_context_iteration (NULL, TRUE);
      engram_scene_view_get_camera (screen->scene_view, &after);
    }
  while (graphene_quaternion_equal (&before.rotation, &after.rotation));
  g_assert_true (space_shows_at (screen, 2, space_places[2]));
  g_assert_cmpstr (engram_session_get_undo_label (screen->session), ==, NULL);
}

/* The topmost point of the picture, which nothing lies over. */
static void
find_topmost (SpaceScreen *screen,
              double       place[3])
{
  double x, y, topmost = G_MAXDOUBLE;

  for (guint i = 0; i < SPACE_N_NEURONS; i++)
    {
      const EngramScenePoint *point = &engram_network_view_get_scene (screen->view)->scene->points[i];
      const double at[] = { point->x, point->y, point->z };

      space_locate (screen, at, &x, &y);
      if (y >= topmost)
        continue;
      topmost = y;
      for (int axis = 0; axis < 3; axis++)
        place[axis] = at[axis];
    }
}

/* What shows places that are not in the file yet cannot be dragged. */
static void
test_not_in_a_preview (SpaceScreen   *screen,
                       gconstpointer  data)
{
  GtkWidget *keep = space_find_button (screen->space, "_Keep");
  EngramCamera before, after;
  double place[3] = { 0 };

  engram_session_set_editing (screen->session, TRUE);
  gtk_widget_activate_action (GTK_WIDGET (screen->space), "space.arrange", "u", 0);
  wait_until (gtk_widget_get_mapped (keep));
  widget_test_draw (GTK_WIDGET (screen->space));
  engram_scene_view_get_camera (screen->scene_view, &before);
  find_topmost (screen, place);
  drag (screen, place, middle);
  do
    {
      g_main_context_iteration (NULL, TRUE);
      engram_scene_view_get_camera (screen->scene_view, &after);
    }
  while (graphene_quaternion_equal (&before.rotation, &after.rotation));
  g_assert_cmpstr (screen->told, ==, NULL);
  gtk_widget_activate_action (GTK_WIDGET (screen->space), "space.discard", NULL);
  g_assert_true (space_stands_at (screen, 2, space_places[2]));
}

/* Another program has moved the neuron since it was read: its work is not lost, and the person hears of it. */
static void
test_moved_by_another (SpaceScreen   *screen,
                       gconstpointer  data)
{
  const double elsewhere[] = { 0.8, 0.9, 0.1 };
  g_autofree char *id = ui_fixture_dup_id (2);
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramNeuron) neuron = engram_neuron_store_get (screen->fixture->neurons, id, NULL, &error);

  for (int axis = 0; axis < 3; axis++)
    neuron->position[axis] = elsewhere[axis];
  engram_session_set_following (screen->session, FALSE);
  engram_neuron_store_update (screen->fixture->neurons, neuron, NULL, &error);
  g_assert_no_error (error);
  engram_session_set_editing (screen->session, TRUE);
  drag (screen, space_places[2], middle);
  wait_until (screen->told != NULL);
  g_assert_cmpstr (screen->told, ==, "1 neuron stays where another program has put it");
  g_assert_true (space_stands_at (screen, 2, elsewhere));
  wait_until (space_shows_at (screen, 2, elsewhere) || space_shows_at (screen, 2, space_places[2]));
}

int
main (int    argc,
      char **argv)
{
  widget_test_init (&argc, &argv);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
#define add(PATH, FUNC) g_test_add ("/space-dragging/" PATH, SpaceScreen, NULL, space_set_up, FUNC, space_tear_down)
  add ("one", test_one_neuron);
  add ("several", test_several);
  add ("beside-selection", test_one_beside_the_selection);
  add ("without-editing", test_without_editing_it_turns);
  add ("preview", test_not_in_a_preview);
  add ("moved-by-another", test_moved_by_another);
#undef add
  return g_test_run ();
}
