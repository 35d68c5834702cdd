/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gdk/gdkkeysyms.h>

#include "pointer-support.h"
#include "space/engram-space-view.h"
#include "widget-support.h"

/* Four neurons on the corners of a square of side 2, in the plane z = 0, and synapses 0→1 (0.5), 1→2 (-0.9). */
typedef struct {
  UiFixture         *fixture;
  EngramSession     *session;
  EngramSpaceView   *space;
  EngramNetworkView *view;
  EngramSceneView   *scene_view;
  GtkWindow         *window;
  guint              n_frames;
} Screen;

static const double places[][3] = { { -1, -1, 0 }, { 1, -1, 0 }, { 1, 1, 0 }, { -1, 1, 0 } };

static void
add_neuron (UiFixture *fixture,
            guint      number)
{
  g_autoptr (EngramNeuron) neuron = engram_neuron_new (number == 0 ? "tool" : "knowledge");
  g_autofree char *id = ui_fixture_dup_id (number), *text = g_strdup_printf ("Neuron %u", number);
  g_autoptr (GError) error = NULL;

  engram_neuron_set_text (neuron, ENGRAM_NEURON_ID, id);
  engram_neuron_set_text (neuron, number == 0 ? ENGRAM_NEURON_FUNCTION_SIGNATURE : ENGRAM_NEURON_SOURCE_DATA, text);
  for (int axis = 0; axis < 3; axis++)
    neuron->position[axis] = places[number][axis];
  engram_neuron_store_create (fixture->neurons, neuron, NULL, &error);
  g_assert_no_error (error);
}

static void
add_synapse (UiFixture *fixture,
             guint      source,
             guint      target,
             double     weight)
{
  g_autofree char *source_id = ui_fixture_dup_id (source), *target_id = ui_fixture_dup_id (target);
  g_autoptr (EngramSynapse) synapse = engram_synapse_new (source_id, target_id, weight, "knowledge");
  g_autoptr (GError) error = NULL;

  engram_synapse_store_create (fixture->synapses, synapse, NULL, &error);
  g_assert_no_error (error);
}

static guint32
count_points (Screen *screen)
{
  EngramNetworkScene *scene = engram_network_view_get_scene (screen->view);

  return scene != NULL ? scene->scene->n_points : G_MAXUINT32;
}

static void
set_up (Screen        *screen,
        gconstpointer  data)
{
  screen->fixture = ui_fixture_new (0);
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    add_neuron (screen->fixture, i);
  add_synapse (screen->fixture, 0, 1, 0.5);
  add_synapse (screen->fixture, 1, 2, -0.9);
  screen->session = engram_session_new (screen->fixture->database);
  screen->space = g_object_new (ENGRAM_TYPE_SPACE_VIEW, NULL);
  screen->view = engram_space_view_get_network_view (screen->space);
  screen->scene_view = engram_network_view_get_scene_view (screen->view);
  engram_space_view_set_session (screen->space, screen->session);
  screen->window = widget_test_show (GTK_WIDGET (screen->space), 800, 600);
  wait_until (count_points (screen) == 4);
  /* Straight from above, so that the corners are where a person would look for them. */
  engram_scene_view_look_along (screen->scene_view, ENGRAM_AXIS_Z, FALSE);
  engram_scene_view_fit (screen->scene_view);
  widget_test_draw (GTK_WIDGET (screen->space));
}

static void
tear_down (Screen        *screen,
           gconstpointer  data)
{
  engram_space_view_set_session (screen->space, NULL);
  gtk_window_destroy (screen->window);
  engram_session_close (screen->session);
  g_object_unref (screen->session);
  ui_fixture_free (screen->fixture);
}

/* Where a place is in the picture. */
static void
locate (Screen       *screen,
        const double  place[3],
        double       *x,
        double       *y)
{
  const float world[3] = { (float) place[0], (float) place[1], (float) place[2] };
  EngramCamera camera;
  EngramProjection projection;
  float low[3], high[3], at_x, at_y, depth;

  engram_scene_view_get_camera (screen->scene_view, &camera);
  engram_scene_get_bounds (engram_network_view_get_scene (screen->view)->scene, low, high);
  engram_camera_project (&camera, low, high, (float) gtk_widget_get_width (GTK_WIDGET (screen->scene_view)),
                         (float) gtk_widget_get_height (GTK_WIDGET (screen->scene_view)), &projection);
  g_assert_true (engram_projection_map (&projection, world, &at_x, &at_y, &depth));
  *x = at_x;
  *y = at_y;
}

static void
click_on (Screen       *screen,
          const double  place[3],
          guint         held_key)
{
  double x, y;

  locate (screen, place, &x, &y);
  pointer_click_at (GTK_WIDGET (screen->scene_view), x, y, 1, held_key);
}

static gsize
count_selected (Screen           *screen,
                EngramRecordKind  kind)
{
  return engram_row_set_get_size (engram_selection_get (engram_session_get_selection (screen->session), kind));
}

static gboolean
is_marked (Screen  *screen,
           guint32  point)
{
  return (engram_network_view_get_scene (screen->view)->scene->points[point].flags & ENGRAM_POINT_SELECTED) != 0;
}

static void
test_click_selects (Screen        *screen,
                    gconstpointer  data)
{
  click_on (screen, places[2], 0);
  wait_until (count_selected (screen, ENGRAM_RECORD_NEURON) == 1);
  g_assert_true (is_marked (screen, 2));
  /* Its synapse is drawn over the others. */
  g_assert_cmpuint (engram_network_view_get_scene (screen->view)->scene->n_marked_edges, ==, 1);
}

static void
test_ctrl_adds_and_takes_away (Screen        *screen,
                               gconstpointer  data)
{
  click_on (screen, places[2], 0);
  wait_until (count_selected (screen, ENGRAM_RECORD_NEURON) == 1);
  click_on (screen, places[3], GDK_KEY_Control_L);
  wait_until (count_selected (screen, ENGRAM_RECORD_NEURON) == 2);
  click_on (screen, places[2], GDK_KEY_Control_L);
  wait_until (count_selected (screen, ENGRAM_RECORD_NEURON) == 1);
  g_assert_true (is_marked (screen, 3));
  g_assert_false (is_marked (screen, 2));
}

/* A selection may have been much work: a click beside everything does not take it away. */
static void
test_click_beside_keeps_the_selection (Screen        *screen,
                                       gconstpointer  data)
{
  const double beside[] = { 0.2, -0.3, 0 };

  click_on (screen, places[2], 0);
  wait_until (count_selected (screen, ENGRAM_RECORD_NEURON) == 1);
  click_on (screen, beside, 0);
  /* What comes later has been seen by then. */
  click_on (screen, places[3], GDK_KEY_Control_L);
  wait_until (count_selected (screen, ENGRAM_RECORD_NEURON) == 2);
}

static void
test_click_on_a_synapse (Screen        *screen,
                         gconstpointer  data)
{
  const double middle[] = { 1, 0, 0 };

  click_on (screen, middle, 0);
  wait_until (count_selected (screen, ENGRAM_RECORD_SYNAPSE) == 1);
  g_assert_cmpuint (count_selected (screen, ENGRAM_RECORD_NEURON), ==, 0);
}

static void
test_rectangle (Screen        *screen,
                gconstpointer  data)
{
  const double low[] = { 0.5, -1.08, 0 }, high[] = { 1.2, 1.08, 0 };
  double x, y, to_x, to_y;

  locate (screen, low, &x, &y);
  locate (screen, high, &to_x, &to_y);
  pointer_drag (GTK_WIDGET (screen->scene_view), x, y, to_x, to_y, 1, GDK_KEY_Shift_L);
  wait_until (count_selected (screen, ENGRAM_RECORD_NEURON) == 2);
  g_assert_true (is_marked (screen, 1));
  g_assert_true (is_marked (screen, 2));
}

static void
test_dragging_turns (Screen        *screen,
                     gconstpointer  data)
{
  EngramCamera before, after;
  double x, y;

  engram_scene_view_get_camera (screen->scene_view, &before);
  locate (screen, (const double[]) { 0, 0.4, 0 }, &x, &y);
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
test_session_selects (Screen        *screen,
                      gconstpointer  data)
{
  gint64 rowid = engram_network_scene_get_rowid (engram_network_view_get_scene (screen->view), 1);

  engram_selection_set_one (engram_session_get_selection (screen->session), ENGRAM_RECORD_NEURON, rowid);
  g_assert_true (is_marked (screen, 1));
  g_assert_cmpuint (engram_network_view_get_scene (screen->view)->scene->n_marked_edges, ==, 2);
}

static void
test_filter (Screen        *screen,
             gconstpointer  data)
{
  g_autoptr (EngramQuery) tools = engram_query_parse ("type:tool", NULL, NULL, NULL);
  g_autoptr (EngramQuery) none = engram_query_parse ("nothingofthekind", NULL, NULL, NULL);

  engram_session_set_query (screen->session, tools);
  wait_until (count_points (screen) == 1);
  engram_session_set_query (screen->session, none);
  wait_until (count_points (screen) == 0);
  widget_test_draw (GTK_WIDGET (screen->space));
  assert_shows (screen->space, "Nothing Found");
  engram_session_set_query (screen->session, NULL);
  wait_until (count_points (screen) == 4);
}

static void
test_legend (Screen        *screen,
             gconstpointer  data)
{
  assert_shows (screen->space, "Knowledge (3)");
  assert_shows (screen->space, "Tool (1)");
  engram_network_view_set_colours (screen->view, ENGRAM_COLOUR_BY_DEGREE, ENGRAM_SIZE_BY_NOTHING);
  assert_shows (screen->space, "Degree");
}

static void
test_names (Screen        *screen,
            gconstpointer  data)
{
  g_autofree char *mismatch = NULL;

  widget_test_assert_names (screen->space);
  mismatch = gtk_test_accessible_check_property (GTK_ACCESSIBLE (screen->scene_view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                                 "Space: 4 neurons, 2 synapses");
  g_assert_null (mismatch);
}

static void
frame_cb (Screen *screen)
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
test_idle_draws_nothing (Screen        *screen,
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
#define add(PATH, FUNC) g_test_add (PATH, Screen, NULL, set_up, FUNC, tear_down)
  add ("/space/click", test_click_selects);
  add ("/space/ctrl", test_ctrl_adds_and_takes_away);
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
