/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "filters/engram-histogram-view.h"
#include "space-support.h"
#include "views/engram-weight-range.h"

/* Which synapses are drawn, by what is selected and by their weight, and how that is chosen and kept. */

/* The synapses of the space: 0→1 (0.5) and 1→2 (-0.9); these are halfway. */
static const double halfway[2][3] = { { 0, -1, 0 }, { 1, 0, 0 } };

static gboolean
is_picked (SpaceScreen *screen,
           guint        synapse)
{
  EngramScenePicker *picker = engram_scene_view_get_picker (screen->scene_view);
  double x, y;

  space_locate (screen, halfway[synapse], &x, &y);
  return engram_scene_picker_pick (picker, (float) x, (float) y, 3, 100).kind == ENGRAM_PICKED_EDGE;
}

static void
assert_picked (SpaceScreen *screen,
               gboolean     first,
               gboolean     second)
{
  g_assert_cmpint (is_picked (screen, 0), ==, first);
  g_assert_cmpint (is_picked (screen, 1), ==, second);
}

static void
test_edges (SpaceScreen   *screen,
            gconstpointer  data)
{
  const guint32 point = 0, lonely = 3;

  space_select (screen, &lonely, 1);
  assert_picked (screen, TRUE, TRUE);
  engram_network_view_set_edges (screen->view, ENGRAM_SCENE_EDGES_SELECTED);
  assert_picked (screen, FALSE, FALSE);
  space_select (screen, &point, 1);
  assert_picked (screen, TRUE, FALSE);
  engram_network_view_set_edges (screen->view, ENGRAM_SCENE_EDGES_NONE);
  assert_picked (screen, FALSE, FALSE);
  g_assert_cmpuint (engram_network_view_get_scene (screen->view)->scene->n_marked_edges, ==, 0);
  engram_network_view_set_edges (screen->view, ENGRAM_SCENE_EDGES_ALL);
  assert_picked (screen, TRUE, TRUE);
}

/* What is outside is not picked, selected or not. */
static void
test_weights (SpaceScreen   *screen,
              gconstpointer  data)
{
  const guint32 point = 1;

  space_select (screen, &point, 1);
  engram_network_view_set_weights (screen->view, -1, 0);
  assert_picked (screen, FALSE, TRUE);
  engram_network_view_set_weights (screen->view, 0.5, INFINITY);
  assert_picked (screen, TRUE, FALSE);
  engram_network_view_set_weights (screen->view, -INFINITY, INFINITY);
  assert_picked (screen, TRUE, TRUE);
}

/* Fewer are drawn darker. */
static void
test_opacity (SpaceScreen   *screen,
              gconstpointer  data)
{
  EngramSceneStyle *style = engram_scene_view_get_style (screen->scene_view);
  float before;
  guint32 point = 3;

  for (guint i = 0; i < 2000; i++)
    ui_fixture_join (screen->fixture, 0, 1, 0.25);
  engram_session_set_active (screen->session, TRUE);
  wait_until (engram_network_view_get_scene (screen->view)->scene->n_edges == 2002);
  before = style->edge_opacity;
  engram_network_view_set_weights (screen->view, 0.5, INFINITY);
  g_assert_cmpfloat (style->edge_opacity, >, before);
  engram_network_view_set_weights (screen->view, -INFINITY, INFINITY);
  g_assert_cmpfloat (style->edge_opacity, ==, before);
  space_select (screen, &point, 1);
  engram_network_view_set_edges (screen->view, ENGRAM_SCENE_EDGES_SELECTED);
  g_assert_cmpfloat (style->edge_opacity, >, before);
}

static GtkWidget *
open_popover (SpaceScreen *screen)
{
  GtkWidget *range = widget_test_find (screen->view, ENGRAM_TYPE_WEIGHT_RANGE);
  GtkWidget *popover = NULL;

  /* Not visible yet, and so not found. */
  g_assert_null (range);
  for (GtkWidget *child = gtk_widget_get_first_child (gtk_widget_get_first_child (gtk_widget_get_first_child (
         GTK_WIDGET (screen->view)))); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_MENU_BUTTON (child) && g_strcmp0 (gtk_menu_button_get_icon_name (GTK_MENU_BUTTON (child)),
                                                 "engram-palette-symbolic") == 0)
      {
        popover = GTK_WIDGET (gtk_menu_button_get_popover (GTK_MENU_BUTTON (child)));
        gtk_menu_button_popup (GTK_MENU_BUTTON (child));
      }
  g_assert_nonnull (popover);
  wait_until (gtk_widget_get_mapped (popover));
  widget_test_draw (popover);
  return popover;
}

static void
press (gpointer    below,
       const char *label)
{
  g_signal_emit_by_name (space_find_button (below, label), "clicked");
}

/* Typed, slid and dragged alike; what is at an end of the axis is open; and one button puts it all back. */
static void
test_popover (SpaceScreen   *screen,
              gconstpointer  data)
{
  EngramSceneStyle *style = engram_scene_view_get_style (screen->scene_view);
  GtkWidget *popover = open_popover (screen);
  GtkWidget *range = widget_test_find (popover, ENGRAM_TYPE_WEIGHT_RANGE);
  GtkSpinButton *low = widget_test_find (range, GTK_TYPE_SPIN_BUTTON);
  GtkRange *slider = widget_test_find (range, GTK_TYPE_SCALE);
  g_autofree char *text = NULL;

  widget_test_assert_names (popover);
  g_assert_cmpfloat (gtk_adjustment_get_lower (gtk_range_get_adjustment (slider)), ==, -1);
  g_assert_cmpfloat (gtk_adjustment_get_upper (gtk_range_get_adjustment (slider)), ==, 1);

  gtk_editable_set_text (GTK_EDITABLE (low), "0.25");
  gtk_spin_button_update (low);
  g_assert_cmpfloat (style->lowest_weight, ==, 0.25f);
  g_assert_true (isinf (style->highest_weight));
  assert_picked (screen, TRUE, FALSE);
  gtk_range_set_value (slider, -1);
  g_assert_true (isinf (style->lowest_weight));
  g_signal_emit_by_name (widget_test_find (range, ENGRAM_TYPE_HISTOGRAM_VIEW), "range-chosen", -INFINITY, 0.5);
  g_assert_cmpfloat (style->highest_weight, ==, 0.5f);
  /* One end pushes the other. */
  gtk_range_set_value (slider, 0.75);
  g_assert_cmpfloat (style->lowest_weight, ==, 0.75f);
  g_assert_cmpfloat (style->highest_weight, ==, 0.75f);

  engram_network_view_set_edges (screen->view, ENGRAM_SCENE_EDGES_NONE);
  engram_network_view_set_colours (screen->view, ENGRAM_COLOUR_BY_NOTHING, ENGRAM_SIZE_BY_NOTHING);
  gtk_switch_set_active (widget_test_find (popover, GTK_TYPE_SWITCH), FALSE);
  press (popover, "_Reset");
  text = engram_network_view_dup_appearance (screen->view);
  g_assert_cmpstr (text, ==, "type degree ");
  assert_picked (screen, TRUE, TRUE);
}

/* Without inhibiting synapses the axis begins at 0. */
static void
test_axis (SpaceScreen   *screen,
           gconstpointer  data)
{
  EngramWeightRange *range = ENGRAM_WEIGHT_RANGE (g_object_ref_sink (engram_weight_range_new ()));
  GtkRange *slider = widget_test_find (range, GTK_TYPE_SCALE);
  EngramScenePoint *points = g_new0 (EngramScenePoint, 2);
  EngramSceneEdge *edges = g_new0 (EngramSceneEdge, 2);
  g_autoptr (EngramScene) scene = NULL;

  edges[0] = (EngramSceneEdge) { 0, 1, 0.5f };
  edges[1] = (EngramSceneEdge) { 1, 0, 0.25f };
  scene = engram_scene_new (points, 2, edges, 2, FALSE, TRUE);
  engram_weight_range_set_scene (range, scene);
  g_assert_cmpfloat (gtk_adjustment_get_lower (gtk_range_get_adjustment (slider)), ==, 0);
  engram_weight_range_set_range (range, -0.5, 0.5);
  g_assert_cmpfloat (gtk_adjustment_get_lower (gtk_range_get_adjustment (slider)), ==, -1);
  engram_weight_range_set_scene (range, NULL);
  g_object_unref (range);
}

/* As a file keeps it. */
static void
test_memory (SpaceScreen   *screen,
             gconstpointer  data)
{
  const char *kept = "labels=off synapses=selection weights=-0.25..0.5 metadata importance size=in mm";
  EngramSceneStyle *style = engram_scene_view_get_style (screen->scene_view);
  g_autofree char *text = NULL, *open = NULL, *same = NULL;

  engram_network_view_set_appearance (screen->view, kept);
  text = engram_network_view_dup_appearance (screen->view);
  g_assert_cmpstr (text, ==, kept);
  g_assert_cmpint (style->edges, ==, ENGRAM_SCENE_EDGES_SELECTED);
  g_assert_cmpfloat (style->lowest_weight, ==, -0.25f);
  engram_network_view_set_appearance (screen->view, "labels=on synapses=all weights=..-0.5 type degree");
  open = engram_network_view_dup_appearance (screen->view);
  g_assert_cmpstr (open, ==, "weights=..-0.5 type degree size=in mm");
  /* What is not known in it is passed over. */
  engram_network_view_set_appearance (screen->view, "synapses=some weights=1..0 weights=a..b weights=nan.. new=yes");
  same = engram_network_view_dup_appearance (screen->view);
  g_assert_cmpstr (same, ==, open);
}

int
main (int    argc,
      char **argv)
{
  widget_test_init (&argc, &argv);
#define add(PATH, FUNC) g_test_add (PATH, SpaceScreen, NULL, space_set_up, FUNC, space_tear_down)
  add ("/space/appearance/edges", test_edges);
  add ("/space/appearance/weights", test_weights);
  add ("/space/appearance/opacity", test_opacity);
  add ("/space/appearance/popover", test_popover);
  add ("/space/appearance/axis", test_axis);
  add ("/space/appearance/memory", test_memory);
#undef add
  return g_test_run ();
}
