/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "space-support.h"

#include <math.h>
#include <string.h>

#include "pointer-support.h"

const double space_places[SPACE_N_NEURONS][3] = { { -1, -1, 0 }, { 1, -1, 0 }, { 1, 1, 0 }, { -1, 1, 0 } };

static const float vectors[SPACE_N_NEURONS][5] = {
  { 4, 0, 0, 1, 0.5f }, { 0, 3, 0, 1, 0.2f }, { 0, 0, 2, 1, 0.1f }, { 1, 1, 0, 3, 0.7f },
};

static void
add_neuron (UiFixture *fixture,
            guint      number)
{
  g_autoptr (EngramNeuron) neuron = engram_neuron_new (number == 0 ? "tool" : "knowledge");
  g_autofree char *id = ui_fixture_dup_id (number), *text = g_strdup_printf ("Neuron %u", number);
  g_autoptr (GError) error = NULL;

  engram_neuron_set_text (neuron, ENGRAM_NEURON_ID, id);
  engram_neuron_set_text (neuron, number == 0 ? ENGRAM_NEURON_FUNCTION_SIGNATURE : ENGRAM_NEURON_SOURCE_DATA, text);
  engram_neuron_set_vector (neuron, vectors[number], G_N_ELEMENTS (vectors[number]));
  for (int axis = 0; axis < 3; axis++)
    neuron->position[axis] = space_places[number][axis];
  engram_neuron_store_create (fixture->neurons, neuron, NULL, &error);
  g_assert_no_error (error);
}

guint32
space_count_points (SpaceScreen *screen)
{
  EngramNetworkScene *scene = engram_network_view_get_scene (screen->view);

  return scene != NULL ? scene->scene->n_points : G_MAXUINT32;
}

static void
done_cb (SpaceScreen *screen,
         const char  *label)
{
  g_free (screen->told);
  screen->told = g_strdup (label);
}

static void
failed_cb (SpaceScreen  *screen,
           const char   *title,
           const GError *error)
{
  done_cb (screen, error->message);
}

void
space_set_up (SpaceScreen   *screen,
              gconstpointer  data)
{
  screen->fixture = ui_fixture_new (0);
  for (guint i = 0; i < SPACE_N_NEURONS; i++)
    add_neuron (screen->fixture, i);
  ui_fixture_join (screen->fixture, 0, 1, 0.5);
  ui_fixture_join (screen->fixture, 1, 2, -0.9);
  screen->session = engram_session_new (screen->fixture->database);
  g_signal_connect_swapped (screen->session, "done", G_CALLBACK (done_cb), screen);
  g_signal_connect_swapped (screen->session, "failed", G_CALLBACK (failed_cb), screen);
  screen->space = g_object_new (ENGRAM_TYPE_SPACE_VIEW, NULL);
  screen->view = engram_space_view_get_network_view (screen->space);
  screen->scene_view = engram_network_view_get_scene_view (screen->view);
  engram_space_view_set_session (screen->space, screen->session);
  screen->window = widget_test_show (GTK_WIDGET (screen->space), 800, 600);
  wait_until (space_count_points (screen) == SPACE_N_NEURONS);
  engram_scene_view_look_along (screen->scene_view, ENGRAM_AXIS_Z, FALSE);
  engram_scene_view_fit (screen->scene_view);
  widget_test_draw (GTK_WIDGET (screen->space));
}

void
space_tear_down (SpaceScreen   *screen,
                 gconstpointer  data)
{
  engram_space_view_set_session (screen->space, NULL);
  gtk_window_destroy (screen->window);
  engram_session_close (screen->session);
  g_object_unref (screen->session);
  g_free (screen->told);
  ui_fixture_free (screen->fixture);
}

void
space_locate (SpaceScreen  *screen,
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

void
space_click_on (SpaceScreen  *screen,
                const double  place[3],
                guint         held_key)
{
  double x, y;

  space_locate (screen, place, &x, &y);
  pointer_click_at (GTK_WIDGET (screen->scene_view), x, y, 1, held_key);
}

gsize
space_count_selected (SpaceScreen      *screen,
                      EngramRecordKind  kind)
{
  return engram_row_set_get_size (engram_selection_get (engram_session_get_selection (screen->session), kind));
}

void
space_select (SpaceScreen   *screen,
              const guint32 *points,
              guint          n_points)
{
  g_autoptr (GArray) chosen = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (EngramRowSet) rows = NULL;

  g_array_append_vals (chosen, points, n_points);
  rows = engram_network_scene_get_rows (engram_network_view_get_scene (screen->view), chosen);
  engram_selection_set (engram_session_get_selection (screen->session), ENGRAM_RECORD_NEURON, rows);
}

gboolean
space_is_marked (SpaceScreen *screen,
                 guint32      point)
{
  return (engram_network_view_get_scene (screen->view)->scene->points[point].flags & ENGRAM_POINT_SELECTED) != 0;
}

static gboolean
is_near (double x,
         double y,
         double z,
         const double place[3])
{
  return fabs (x - place[0]) < 1e-4 && fabs (y - place[1]) < 1e-4 && fabs (z - place[2]) < 1e-4;
}

gboolean
space_shows_at (SpaceScreen  *screen,
                guint32       point,
                const double  place[3])
{
  const EngramScenePoint *at = &engram_network_view_get_scene (screen->view)->scene->points[point];

  return is_near (at->x, at->y, at->z, place);
}

gboolean
space_stands_at (SpaceScreen  *screen,
                 guint         number,
                 const double  place[3])
{
  g_autofree char *id = ui_fixture_dup_id (number);
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramNeuron) neuron = engram_neuron_store_get (screen->fixture->neurons, id, NULL, &error);

  g_assert_no_error (error);
  return is_near (neuron->position[0], neuron->position[1], neuron->position[2], place);
}

GtkWidget *
space_find_button (gpointer    below,
                   const char *label)
{
  if (GTK_IS_BUTTON (below) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (below)), label) == 0)
    return below;
  for (GtkWidget *child = gtk_widget_get_first_child (below); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = space_find_button (child, label);

      if (found != NULL)
        return found;
    }
  return NULL;
}
