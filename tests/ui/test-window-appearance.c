/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include "graph/engram-graph-view.h"
#include "space/engram-space-view.h"
#include "test-support.h"
#include "window-support.h"

/* How the pictures of a file look is as it was when the file is opened again, in each of its views. */

static EngramNetworkView *
find_space (EngramWindow *window)
{
  return engram_space_view_get_network_view (test_find_widget (window, ENGRAM_TYPE_SPACE_VIEW));
}

static EngramNetworkView *
find_graph (EngramWindow *window)
{
  return engram_graph_view_get_network_view (test_find_widget (window, ENGRAM_TYPE_GRAPH_VIEW));
}

static EngramSceneStyle *
get_style (EngramNetworkView *view)
{
  return engram_scene_view_get_style (engram_network_view_get_scene_view (view));
}

static void
assert_appearance (EngramNetworkView *view,
                   const char        *expected)
{
  g_autofree char *appearance = engram_network_view_dup_appearance (view);

  g_assert_cmpstr (appearance, ==, expected);
}

static void
test_reopened (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_create_network (folder, "network.db", 5);
  g_autofree char *other = test_create_network (folder, "other.db", 5);
  EngramWindow *window = test_open (path);

  engram_network_view_set_colours (find_space (window), ENGRAM_COLOUR_BY_ACTIVATION, ENGRAM_SIZE_BY_IMPORTANCE);
  engram_network_view_set_edges (find_space (window), ENGRAM_SCENE_EDGES_SELECTED);
  engram_network_view_set_weights (find_graph (window), -0.5, INFINITY);
  test_close_windows ();

  window = test_open (path);
  assert_appearance (find_space (window), "synapses=selection activation importance ");
  g_assert_cmpint (get_style (find_space (window))->edges, ==, ENGRAM_SCENE_EDGES_SELECTED);
  assert_appearance (find_graph (window), "weights=-0.5.. type degree ");
  g_assert_cmpfloat (get_style (find_graph (window))->lowest_weight, ==, -0.5f);
  g_assert_true (isinf (get_style (find_graph (window))->highest_weight));
  test_close_windows ();

  /* Another file looks as all do at first. */
  window = test_open (other);
  assert_appearance (find_space (window), "type degree ");
  assert_appearance (find_graph (window), "type degree ");
  test_close_windows ();
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (TestFolder) home = test_create_home ();

  gtk_test_init (&argc, &argv, NULL);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  g_test_add_func ("/window-appearance/reopened", test_reopened);
  return g_test_run ();
}
