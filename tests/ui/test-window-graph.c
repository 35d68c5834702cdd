/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "graph/engram-graph-view.h"
#include "test-support.h"
#include "window-support.h"

/* What the graph of a file shows is as it was when the file is opened again. */

static EngramGraphView *
show_graph (EngramWindow *window)
{
  EngramGraphView *graph = test_find_widget (window, ENGRAM_TYPE_GRAPH_VIEW);
  EngramNetworkView *view = engram_graph_view_get_network_view (graph);

  g_action_group_activate_action (G_ACTION_GROUP (window), "view", g_variant_new_string ("graph"));
  wait_until (engram_network_view_get_scene (view) != NULL);
  wait_until (!engram_scene_source_get_loading (engram_network_view_get_source (view)));
  wait_until (!engram_graph_view_get_laying_out (graph));
  return graph;
}

static void
test_reopened (void)
{
  const EngramNeighbourhoodOptions neighbourhood = { 2, ENGRAM_DIRECTION_OUTGOING, 0.25, 50, 0 };
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_create_network (folder, "network.db", 5);
  g_autofree char *other = test_create_network (folder, "other.db", 5);
  g_autofree char *options = NULL, *of_other = NULL;
  EngramGraphView *graph = show_graph (test_open (path));

  engram_graph_view_set_neighbourhood (graph, &neighbourhood);
  engram_graph_view_set_scope (graph, ENGRAM_GRAPH_SCOPE_FILTER);
  engram_graph_view_set_layout (graph, ENGRAM_GRAPH_VIEW_RADIAL);
  test_close_windows ();

  graph = show_graph (test_open (path));
  options = engram_graph_view_dup_options (graph);
  g_assert_cmpstr (options, ==, "all 2 outgoing 0.25 0 50 radial");
  g_assert_cmpint (engram_graph_view_get_options (graph)->scope, ==, ENGRAM_GRAPH_SCOPE_FILTER);
  g_assert_cmpuint (engram_graph_view_get_options (graph)->neighbourhood.limit, ==, 50);
  test_close_windows ();

  graph = show_graph (test_open (other));
  of_other = engram_graph_view_dup_options (graph);
  g_assert_cmpstr (of_other, ==, "best 1 both 0 0 300 force");
  test_close_windows ();
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (TestFolder) home = test_create_home ();

  gtk_test_init (&argc, &argv, NULL);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  g_test_add_func ("/window-graph/reopened", test_reopened);
  return g_test_run ();
}
