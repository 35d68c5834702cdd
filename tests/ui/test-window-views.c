/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "graph/engram-graph-view.h"
#include "space/engram-space-view.h"
#include "test-support.h"
#include "window-support.h"

/* Leaving pictures while they are being made. */

#define N_NEURONS 20000
#define N_ROUNDS 12

static const char *const views[] = { "space", "neurons", "graph", "synapses" };

static EngramNetworkView *
get_space (EngramWindow *window)
{
  return engram_space_view_get_network_view (test_find_widget (window, ENGRAM_TYPE_SPACE_VIEW));
}

static guint32
count_points (EngramNetworkView *view)
{
  EngramNetworkScene *scene = engram_network_view_get_scene (view);

  return scene != NULL ? scene->scene->n_points : 0;
}

static void
show_view (EngramWindow *window,
           const char   *name)
{
  g_action_group_activate_action (G_ACTION_GROUP (window), "view", g_variant_new_string (name));
}

/* One view after the other, left as soon as it has begun: the last one is what is shown, and whole. */
static void
test_switching (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_create_network (folder, "network.db", N_NEURONS);
  EngramWindow *window = test_open (path);
  EngramNetworkView *space = get_space (window);

  for (guint i = 0; i < N_ROUNDS * G_N_ELEMENTS (views); i++)
    {
      show_view (window, views[i % G_N_ELEMENTS (views)]);
      /* Now more, now less of it has come. */
      for (guint n = 0; n < i % 7; n++)
        g_main_context_iteration (NULL, FALSE);
    }
  g_assert_false (gtk_widget_get_mapped (GTK_WIDGET (space)));
  show_view (window, "space");
  wait_until (gtk_widget_get_mapped (GTK_WIDGET (space)));
  wait_until (count_points (space) == N_NEURONS);
  test_close_windows ();
}

/* Closed while the picture of its network is made: nothing comes of it any more. */
static void
test_closing (void)
{
  for (guint i = 0; i < N_ROUNDS; i++)
    {
      g_autoptr (TestFolder) folder = test_folder_new ();
      g_autofree char *path = test_create_network (folder, "network.db", N_NEURONS / 10);
      EngramWindow *window = test_open (path);
      EngramNetworkView *space = get_space (window);

      show_view (window, i % 2 == 0 ? "space" : "graph");
      for (guint n = 0; n < i; n++)
        g_main_context_iteration (NULL, FALSE);
      if (i == 0)
        g_assert_cmpuint (count_points (space), ==, 0);
      g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
      test_close_windows ();
      wait_until (window == NULL);
    }
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (TestFolder) home = test_create_home ();

  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/window-views/switching", test_switching);
  g_test_add_func ("/window-views/closing", test_closing);
  return g_test_run ();
}
