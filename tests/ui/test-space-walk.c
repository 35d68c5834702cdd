/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "details/engram-details-pane.h"
#include "details/engram-synapse-group.h"
#include "pointer-support.h"
#include "space-support.h"
#include "views/engram-walk.h"

/* Walking along the synapses by the keys of the picture and by the controls under it: 0→1 (0.5), 1→2 (-0.9). */

static const guint32 first = 0, second = 1, third = 2, lonely = 3;

static void
type (SpaceScreen *screen,
      guint        key)
{
  gtk_widget_grab_focus (GTK_WIDGET (screen->scene_view));
  pointer_type (GTK_WIDGET (screen->scene_view), key);
}

static gboolean
is_selected (SpaceScreen *screen,
             guint32      point)
{
  return space_count_selected (screen, ENGRAM_RECORD_NEURON) == 1 && space_is_marked (screen, point);
}

static gboolean
has_ring (SpaceScreen *screen,
          guint32      point)
{
  return (engram_network_view_get_scene (screen->view)->scene->points[point].flags & ENGRAM_POINT_MARKED) != 0;
}

static gboolean
says (SpaceScreen *screen,
      const char  *text)
{
  g_autofree char *shown = widget_test_dup_text (screen->view);

  return strstr (shown, text) != NULL;
}

/* The strongest first; the picture shows which, and where it leads. */
static void
test_next (SpaceScreen   *screen,
           gconstpointer  data)
{
  EngramScene *scene = engram_network_view_get_scene (screen->view)->scene;

  space_select (screen, &second, 1);
  wait_until (says (screen, "Neuron 1, 2 synapses"));
  g_assert_cmpuint (scene->n_marked_edges, ==, 2);
  type (screen, GDK_KEY_n);
  wait_until (says (screen, "Neuron 1 → Neuron 2, weight −0.90, 1 of 2"));
  g_assert_cmpuint (scene->n_marked_edges, ==, 1);
  g_assert_cmpfloat (scene->edges[scene->marked_edges[0]].weight, ==, -0.9f);
  g_assert_true (has_ring (screen, third));
  type (screen, GDK_KEY_n);
  wait_until (says (screen, "Neuron 1 ← Neuron 0, weight +0.50, 2 of 2"));
  g_assert_true (has_ring (screen, first) && !has_ring (screen, third));
  gtk_widget_activate_action (GTK_WIDGET (screen->view), "walk.next", NULL);
  g_assert_true (says (screen, "2 of 2"));
  gtk_widget_activate_action (GTK_WIDGET (screen->view), "walk.previous", NULL);
  g_assert_true (says (screen, "1 of 2"));
  /* Another neuron: all of its synapses again. */
  space_select (screen, &first, 1);
  wait_until (says (screen, "Neuron 0, 1 synapse"));
  g_assert_false (has_ring (screen, first) || has_ring (screen, third));
}

static void
test_follow_and_back (SpaceScreen   *screen,
                      gconstpointer  data)
{
  space_select (screen, &first, 1);
  type (screen, GDK_KEY_g);
  type (screen, GDK_KEY_n);
  wait_until (says (screen, "Neuron 0 → Neuron 1"));
  g_assert_true (is_selected (screen, first));
  type (screen, GDK_KEY_g);
  wait_until (is_selected (screen, second));
  type (screen, GDK_KEY_n);
  wait_until (says (screen, "Neuron 1 → Neuron 2"));
  type (screen, GDK_KEY_g);
  wait_until (is_selected (screen, third));
  g_assert_true (gtk_widget_has_focus (GTK_WIDGET (screen->scene_view)));
  type (screen, GDK_KEY_b);
  wait_until (is_selected (screen, second));
  type (screen, GDK_KEY_b);
  wait_until (is_selected (screen, first));
  g_assert_false (engram_walk_can_go_back (engram_walk_of (screen->session)));
  gtk_widget_activate_action (GTK_WIDGET (screen->view), "walk.back", NULL);
  g_assert_true (is_selected (screen, first));
}

/* Marks stay while others are selected, as rings and as text, until they are cleared. */
static void
test_marks (SpaceScreen   *screen,
            gconstpointer  data)
{
  space_select (screen, &first, 1);
  type (screen, GDK_KEY_m);
  wait_until (says (screen, "1 Marked"));
  g_assert_true (has_ring (screen, first));
  space_select (screen, &lonely, 1);
  g_assert_true (has_ring (screen, first));
  gtk_widget_activate_action (GTK_WIDGET (screen->view), "walk.mark", NULL);
  g_assert_true (says (screen, "2 Marked"));
  space_select (screen, &second, 1);
  gtk_widget_activate_action (GTK_WIDGET (screen->view), "walk.select-marked", NULL);
  g_assert_cmpuint (space_count_selected (screen, ENGRAM_RECORD_NEURON), ==, 2);
  g_assert_true (space_is_marked (screen, first) && space_is_marked (screen, lonely));
  wait_until (says (screen, "2 neurons selected"));
  space_select (screen, &first, 1);
  gtk_widget_activate_action (GTK_WIDGET (screen->view), "walk.mark", NULL);
  g_assert_true (says (screen, "1 Marked") && !has_ring (screen, first));
  gtk_widget_activate_action (GTK_WIDGET (screen->view), "walk.clear-marks", NULL);
  g_assert_false (says (screen, "Marked") || has_ring (screen, lonely));
}

static void
go_cb (SpaceScreen *screen,
       const char  *id)
{
  const guint32 point = g_str_has_suffix (id, "2") ? third : first;

  space_select (screen, &point, 1);
}

/* The list beside the picture leads on and back, and marks, by the same keys. */
static void
test_list (SpaceScreen   *screen,
           gconstpointer  data)
{
  GtkWidget *pane = engram_details_pane_new (), *row;
  g_autofree char *id = ui_fixture_dup_id (1);
  GtkWindow *window;

  engram_details_pane_set_session (ENGRAM_DETAILS_PANE (pane), screen->session);
  g_signal_connect_swapped (pane, "neuron-activated", G_CALLBACK (go_cb), screen);
  window = widget_test_show (pane, 400, 600);
  space_select (screen, &second, 1);
  engram_details_pane_show (ENGRAM_DETAILS_PANE (pane), ENGRAM_RECORD_NEURON, id);
  wait_until (!engram_details_pane_get_loading (ENGRAM_DETAILS_PANE (pane)));
  row = widget_test_find (widget_test_find (pane, ENGRAM_TYPE_SYNAPSE_GROUP), GTK_TYPE_LIST_BOX_ROW);
  gtk_widget_grab_focus (row);
  pointer_type (row, GDK_KEY_m);
  wait_until (says (screen, "1 Marked"));
  pointer_type (row, GDK_KEY_Return);
  wait_until (is_selected (screen, third));
  pointer_type (row, GDK_KEY_b);
  wait_until (is_selected (screen, second));
  gtk_window_destroy (window);
}

/* What is not drawn is not walked along. */
static void
test_range (SpaceScreen   *screen,
            gconstpointer  data)
{
  space_select (screen, &second, 1);
  wait_until (says (screen, "Neuron 1, 2 synapses"));
  engram_network_view_set_weights (screen->view, 0, 1);
  g_assert_true (says (screen, "Neuron 1, 1 synapse\n"));
  gtk_widget_activate_action (GTK_WIDGET (screen->view), "walk.next", NULL);
  g_assert_true (says (screen, "1 of 1"));
  /* Also where no others are drawn. */
  engram_network_view_set_edges (screen->view, ENGRAM_SCENE_EDGES_NONE);
  g_assert_cmpuint (engram_network_view_get_scene (screen->view)->scene->n_marked_edges, ==, 1);
  engram_network_view_set_weights (screen->view, 0.75, 1);
  g_assert_true (says (screen, "Neuron 1, 0 synapses"));
}

/* For those who cannot see the picture: what it shows, and what is selected. */
static void
test_description (SpaceScreen   *screen,
                  gconstpointer  data)
{
  GtkAccessible *picture = GTK_ACCESSIBLE (screen->scene_view);
  g_autofree char *wrong = NULL;

  wait_until (says (screen, "4 neurons, 2 synapses; nothing is selected"));
  gtk_test_accessible_assert_property (picture, GTK_ACCESSIBLE_PROPERTY_LABEL, "Space: 4 neurons, 2 synapses");
  gtk_test_accessible_assert_property (picture, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "4 neurons, 2 synapses; nothing is selected");
  space_select (screen, &second, 1);
  gtk_widget_activate_action (GTK_WIDGET (screen->view), "walk.next", NULL);
  wait_until (says (screen, "1 of 2"));
  wrong = gtk_test_accessible_check_property (picture, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                              "Neuron 1 → Neuron 2, weight −0.90, 1 of 2");
  g_assert_null (wrong);
  widget_test_assert_names (screen->view);
}

int
main (int    argc,
      char **argv)
{
  widget_test_init (&argc, &argv);
#define add(PATH, FUNC) g_test_add (PATH, SpaceScreen, NULL, space_set_up, FUNC, space_tear_down)
  add ("/space/walk/next", test_next);
  add ("/space/walk/follow-and-back", test_follow_and_back);
  add ("/space/walk/marks", test_marks);
  add ("/space/walk/list", test_list);
  add ("/space/walk/range", test_range);
  add ("/space/walk/description", test_description);
#undef add
  return g_test_run ();
}
