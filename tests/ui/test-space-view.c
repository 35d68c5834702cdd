/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gdk/gdkkeysyms.h>

#include "pointer-support.h"
#include "space-support.h"

static void
test_click_selects (SpaceScreen   *screen,
                    gconstpointer  data)
{
  space_click_on (screen, space_places[2], 0);
  wait_until (space_count_selected (screen, ENGRAM_RECORD_NEURON) == 1);
  g_assert_true (space_is_marked (screen, 2));
  /* Its synapse is drawn over the others. */
  g_assert_cmpuint (engram_network_view_get_scene (screen->view)->scene->n_marked_edges, ==, 1);
}

static void
test_ctrl_adds_and_takes_away (SpaceScreen   *screen,
                               gconstpointer  data)
{
  space_click_on (screen, space_places[2], 0);
  wait_until (space_count_selected (screen, ENGRAM_RECORD_NEURON) == 1);
  space_click_on (screen, space_places[3], GDK_KEY_Control_L);
  wait_until (space_count_selected (screen, ENGRAM_RECORD_NEURON) == 2);
  space_click_on (screen, space_places[2], GDK_KEY_Control_L);
  wait_until (space_count_selected (screen, ENGRAM_RECORD_NEURON) == 1);
  g_assert_true (space_is_marked (screen, 3));
  g_assert_false (space_is_marked (screen, 2));
}

/* Two quick clicks with Ctrl are no double click, which would leave one neuron of all that were selected. */
static void
test_ctrl_twice (SpaceScreen   *screen,
                 gconstpointer  data)
{
  space_click_on (screen, space_places[2], 0);
  wait_until (space_count_selected (screen, ENGRAM_RECORD_NEURON) == 1);
  space_click_on (screen, space_places[3], GDK_KEY_Control_L);
  space_click_on (screen, space_places[3], GDK_KEY_Control_L);
  space_click_on (screen, space_places[1], GDK_KEY_Control_L);
  wait_until (space_is_marked (screen, 1));
  g_assert_true (space_is_marked (screen, 2));
  g_assert_false (space_is_marked (screen, 3));
}

/* A selection may have been much work: a click beside everything does not take it away. */
static void
test_click_beside_keeps_the_selection (SpaceScreen   *screen,
                                       gconstpointer  data)
{
  const double beside[] = { 0.2, -0.3, 0 };

  space_click_on (screen, space_places[2], 0);
  wait_until (space_count_selected (screen, ENGRAM_RECORD_NEURON) == 1);
  space_click_on (screen, beside, 0);
  /* What comes later has been seen by then. */
  space_click_on (screen, space_places[3], GDK_KEY_Control_L);
  wait_until (space_count_selected (screen, ENGRAM_RECORD_NEURON) == 2);
}

static void
test_click_on_a_synapse (SpaceScreen   *screen,
                         gconstpointer  data)
{
  const double middle[] = { 1, 0, 0 };

  space_click_on (screen, middle, 0);
  wait_until (space_count_selected (screen, ENGRAM_RECORD_SYNAPSE) == 1);
  g_assert_cmpuint (space_count_selected (screen, ENGRAM_RECORD_NEURON), ==, 0);
}

static void
test_rectangle (SpaceScreen   *screen,
                gconstpointer  data)
{
  const double low[] = { 0.5, -1.08, 0 }, high[] = { 1.2, 1.08, 0 };
  double x, y, to_x, to_y;

  space_locate (screen, low, &x, &y);
  space_locate (screen, high, &to_x, &to_y);
  pointer_drag (GTK_WIDGET (screen->scene_view), x, y, to_x, to_y, 1, GDK_KEY_Shift_L);
  wait_until (space_count_selected (screen, ENGRAM_RECORD_NEURON) == 2);
  g_assert_true (space_is_marked (screen, 1));
  g_assert_true (space_is_marked (screen, 2));
}

static void
test_dragging_turns (SpaceScreen   *screen,
                     gconstpointer  data)
{
  EngramCamera before, after;
  double x, y;

  engram_scene_view_get_camera (screen->scene_view, &before);
  space_locate (screen, (const double[]) { 0, 0.4, 0 }, &x, &y);
  pointer_drag (GTK_WIDGET (screen->scene_view), x, y, x + 100, y + 30, 1, 0);
  do
    {
      g_main_context_iteration (NULL, TRUE);
      engram_scene_view_get_camera (screen->scene_view, &after);
    }
  while (graphene_quaternion_equal (&before.rotation, &after.rotation));
  g_assert_cmpfloat (after.distance, ==, before.distance);
}

static void
test_session_selects (SpaceScreen   *screen,
                      gconstpointer  data)
{
  gint64 rowid = engram_network_scene_get_rowid (engram_network_view_get_scene (screen->view), 1);

  engram_selection_set_one (engram_session_get_selection (screen->session), ENGRAM_RECORD_NEURON, rowid);
  g_assert_true (space_is_marked (screen, 1));
  g_assert_cmpuint (engram_network_view_get_scene (screen->view)->scene->n_marked_edges, ==, 2);
}

static void
test_filter (SpaceScreen   *screen,
             gconstpointer  data)
{
  g_autoptr (EngramQuery) tools = engram_query_parse ("type:tool", NULL, NULL, NULL);
  g_autoptr (EngramQuery) none = engram_query_parse ("nothingofthekind", NULL, NULL, NULL);

  engram_session_set_query (screen->session, tools);
  wait_until (space_count_points (screen) == 1);
  engram_session_set_query (screen->session, none);
  wait_until (space_count_points (screen) == 0);
  widget_test_draw (GTK_WIDGET (screen->space));
  assert_shows (screen->space, "Nothing Found");
  engram_session_set_query (screen->session, NULL);
  wait_until (space_count_points (screen) == 4);
}

static void
test_legend (SpaceScreen   *screen,
             gconstpointer  data)
{
  assert_shows (screen->space, "Knowledge (3)");
  assert_shows (screen->space, "Tool (1)");
  engram_network_view_set_colours (screen->view, ENGRAM_COLOUR_BY_DEGREE, ENGRAM_SIZE_BY_NOTHING);
  assert_shows (screen->space, "Degree");
}

static void
test_names (SpaceScreen   *screen,
            gconstpointer  data)
{
  g_autofree char *mismatch = NULL;

  widget_test_assert_names (screen->space);
  mismatch = gtk_test_accessible_check_property (GTK_ACCESSIBLE (screen->scene_view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                                 "Space: 4 neurons, 2 synapses");
  g_assert_null (mismatch);
}

static void
frame_cb (SpaceScreen *screen)
{
  screen->n_frames++;
}

static gboolean
enough_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
let_pass (guint milliseconds)
{
  gboolean enough = FALSE;

  g_timeout_add (milliseconds, enough_cb, &enough);
  wait_until (enough);
}

/* Once the picture is whole nothing is drawn any more. */
static void
test_idle_draws_nothing (SpaceScreen   *screen,
                         gconstpointer  data)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (screen->scene_view));

  g_signal_connect_swapped (clock, "after-paint", G_CALLBACK (frame_cb), screen);
  do
    {
      screen->n_frames = 0;
      let_pass (300);
    }
  while (screen->n_frames > 0);
  let_pass (500);
  g_assert_cmpuint (screen->n_frames, ==, 0);
  g_signal_handlers_disconnect_by_data (clock, screen);
}

int
main (int    argc,
      char **argv)
{
  widget_test_init (&argc, &argv);
  /* Whoever clicks does so at a camera that has arrived. */
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
#define add(PATH, FUNC) g_test_add (PATH, SpaceScreen, NULL, space_set_up, FUNC, space_tear_down)
  add ("/space/click", test_click_selects);
  add ("/space/ctrl", test_ctrl_adds_and_takes_away);
  add ("/space/ctrl-twice", test_ctrl_twice);
  add ("/space/click-beside", test_click_beside_keeps_the_selection);
  add ("/space/click-synapse", test_click_on_a_synapse);
  add ("/space/rectangle", test_rectangle);
  add ("/space/dragging-turns", test_dragging_turns);
  add ("/space/session-selects", test_session_selects);
  add ("/space/filter", test_filter);
  add ("/space/legend", test_legend);
  add ("/space/names", test_names);
  add ("/space/idle", test_idle_draws_nothing);
#undef add
  return g_test_run ();
}
