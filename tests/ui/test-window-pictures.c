/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include "graph/engram-graph-view.h"
#include "pointer-support.h"
#include "search/engram-search-bar.h"
#include "space/engram-space-view.h"
#include "test-support.h"
#include "window-support.h"

/* The graph and the space in their window: with the nervous system of a worm, and with 100,000 neurons. */

typedef struct {
  TestFolder        *folder;
  char              *path;
  EngramWindow      *window;
  EngramSession     *session;
  EngramNetworkView *view;
  EngramSceneView   *scene_view;
} Screen;

static void
screen_open (Screen *self)
{
  self->window = test_open (self->path);
  gtk_window_set_default_size (GTK_WINDOW (self->window), 1200, 800);
  self->session = engram_network_page_get_session (engram_window_get_page (self->window));
}

static guint32
count_points (const Screen *self)
{
  EngramNetworkScene *scene = engram_network_view_get_scene (self->view);

  return scene != NULL ? scene->scene->n_points : 0;
}

static void
show_view (Screen            *self,
           const char        *name,
           EngramNetworkView *view)
{
  g_action_group_activate_action (G_ACTION_GROUP (self->window), "view", g_variant_new_string (name));
  self->view = view;
  self->scene_view = engram_network_view_get_scene_view (view);
  wait_until (gtk_widget_get_mapped (GTK_WIDGET (self->scene_view)));
  wait_until (gtk_widget_get_width (GTK_WIDGET (self->scene_view)) > 1);
  wait_until (count_points (self) > 0);
}

static void
show_space (Screen *self)
{
  show_view (self, "space",
             engram_space_view_get_network_view (test_find_widget (self->window, ENGRAM_TYPE_SPACE_VIEW)));
}

static EngramGraphView *
show_graph (Screen *self)
{
  EngramGraphView *graph = test_find_widget (self->window, ENGRAM_TYPE_GRAPH_VIEW);

  show_view (self, "graph", engram_graph_view_get_network_view (graph));
  wait_until (!engram_graph_view_get_laying_out (graph));
  return graph;
}

static void
screen_close (Screen *self)
{
  test_close_windows ();
  g_free (self->path);
  test_folder_free (self->folder);
}

/* FALSE where there is no shared data. */
static gboolean
open_worm (Screen *self)
{
  g_autofree char *shared = test_shared_data ("celegans/celegans.json");
  const char *files[] = { shared, NULL };
  EngramImportOptions options = { .conflict = ENGRAM_IMPORT_CONFLICT_FAIL };
  g_autoptr (GError) error = NULL;
  g_autofree char *real_folder = NULL;

  if (shared == NULL)
    return FALSE;
  self->folder = test_folder_new ();
  real_folder = realpath (self->folder, NULL);
  self->path = g_build_filename (real_folder, "Würmchen.db", NULL);
  engram_import_new (self->path, files, &options, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  screen_open (self);
  return TRUE;
}

/* Of the command interneurons of moving backwards: one stands on the left of the worm, one on the right. */
#define AVAL "4f87e140-75de-52c2-b293-07155efb1e3c"
#define AVAR "f86172e7-36f2-53c3-b718-ea32f1af87be"
#define N_WORM 302

static void
select_neuron (Screen     *self,
               const char *id)
{
  g_action_group_activate_action (G_ACTION_GROUP (self->window), "select", g_variant_new_string (id));
  test_await_details (self->window, id);
}

static void
filter (Screen     *self,
        const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramQuery) query = engram_query_parse (text, NULL, NULL, &error);

  g_assert_no_error (error);
  engram_session_set_query (self->session, query);
}

/* What the search bar says of how many there are. */
static gboolean
says_count (Screen  *self,
            guint32  n_shown)
{
  EngramSearchBar *bar = test_find_widget (self->window, ENGRAM_TYPE_SEARCH_BAR);
  g_autofree char *count = g_strdup_printf ("Showing %u of ", n_shown);

  return g_str_has_prefix (engram_search_bar_get_counts (bar), count);
}

/* The point of a neuron, which may not be in the picture: FALSE. */
static gboolean
find_point (Screen     *self,
            const char *id,
            guint32    *point)
{
  EngramNetworkScene *scene = engram_network_view_get_scene (self->view);

  for (guint32 i = 0; i < scene->scene->n_points; i++)
    {
      g_autofree char *is = engram_network_dup_neuron_id (scene->network, scene->neurons[i]);

      *point = i;
      if (g_strcmp0 (is, id) == 0)
        return TRUE;
    }
  return FALSE;
}

/* Where a point is in the picture, in pixels. */
static void
locate (Screen  *self,
        guint32  point,
        double  *x,
        double  *y)
{
  EngramScene *scene = engram_network_view_get_scene (self->view)->scene;
  const float place[3] = { scene->points[point].x, scene->points[point].y, scene->points[point].z };
  EngramCamera camera;
  EngramProjection projection;
  float low[3], high[3], at_x, at_y, depth;

  engram_scene_view_get_camera (self->scene_view, &camera);
  engram_scene_get_bounds (scene, low, high);
  engram_camera_project (&camera, low, high, (float) gtk_widget_get_width (GTK_WIDGET (self->scene_view)),
                         (float) gtk_widget_get_height (GTK_WIDGET (self->scene_view)), &projection);
  g_assert_true (engram_projection_map (&projection, place, &at_x, &at_y, &depth));
  *x = at_x;
  *y = at_y;
}

static gboolean
count_frame (GtkWidget     *widget,
             GdkFrameClock *clock,
             gpointer       n_frames)
{
  ++*(guint *) n_frames;
  return G_SOURCE_CONTINUE;
}

/* Until the window stands as it will stay: what is clicked on is where it is seen. */
static void
settle (Screen *self)
{
  guint n_frames = 0;
  guint tick = gtk_widget_add_tick_callback (GTK_WIDGET (self->scene_view), count_frame, &n_frames, NULL);

  wait_until (n_frames >= 5);
  gtk_widget_remove_tick_callback (GTK_WIDGET (self->scene_view), tick);
}

static void
click_on (Screen     *self,
          const char *id,
          guint       held_key)
{
  double x, y;
  guint32 point;

  g_assert_true (find_point (self, id, &point));
  locate (self, point, &x, &y);
  pointer_click_at (GTK_WIDGET (self->scene_view), x, y, 1, held_key);
}

static gsize
count_selected (Screen *self)
{
  EngramSelection *selection = engram_session_get_selection (self->session);

  return engram_row_set_get_size (engram_selection_get (selection, ENGRAM_RECORD_NEURON));
}

static gboolean
is_marked (Screen     *self,
           const char *id)
{
  guint32 point;

  return find_point (self, id, &point)
         && (engram_network_view_get_scene (self->view)->scene->points[point].flags & ENGRAM_POINT_SELECTED) != 0;
}

/* A pair that stands as in a mirror is seen as such, and each can be clicked on; the other views know of it. */
static void
test_worm_in_space (void)
{
  Screen self = { NULL };
  double left_x, left_y, right_x, right_y;
  guint32 left, right;

  if (!open_worm (&self))
    return;
  select_neuron (&self, AVAL);
  show_space (&self);
  g_assert_cmpuint (count_points (&self), ==, N_WORM);
  wait_until (is_marked (&self, AVAL));

  /* Without those that stand before them. */
  filter (&self, "\"Class AVA\"");
  wait_until (count_points (&self) == 2);
  settle (&self);
  engram_scene_view_look_along (self.scene_view, ENGRAM_AXIS_Z, FALSE);
  engram_scene_view_fit (self.scene_view);
  g_assert_true (find_point (&self, AVAL, &left));
  g_assert_true (find_point (&self, AVAR, &right));
  locate (&self, left, &left_x, &left_y);
  locate (&self, right, &right_x, &right_y);
  g_assert_cmpfloat (hypot (left_x - right_x, left_y - right_y), >, 10);

  click_on (&self, AVAR, 0);
  test_await_details (self.window, AVAR);
  wait_until (is_marked (&self, AVAR) && !is_marked (&self, AVAL));
  click_on (&self, AVAL, GDK_KEY_Control_L);
  wait_until (count_selected (&self) == 2);
  wait_until (is_marked (&self, AVAR) && is_marked (&self, AVAL));

  g_action_group_activate_action (G_ACTION_GROUP (self.window), "select-previous", NULL);
  wait_until (count_selected (&self) == 1);
  screen_close (&self);
}

/* What the filter leaves is what both views and the list show. */
static void
test_worm_filtered (void)
{
  Screen self = { NULL };
  guint n_rows;

  if (!open_worm (&self))
    return;
  show_space (&self);
  filter (&self, "tag:\"command interneuron\"");
  wait_until (count_points (&self) < N_WORM && count_points (&self) > 0);
  wait_until (says_count (&self, count_points (&self)));
  g_action_group_activate_action (G_ACTION_GROUP (self.window), "view", g_variant_new_string ("neurons"));
  wait_until (test_count_rows (self.window) == count_points (&self));
  n_rows = count_points (&self);

  engram_graph_view_set_scope (show_graph (&self), ENGRAM_GRAPH_SCOPE_FILTER);
  wait_until (count_points (&self) == n_rows);
  g_assert_false (is_marked (&self, AVAL));
  screen_close (&self);
}

/* They are among the most connected: a graph that nobody has chosen anything for shows both, joined. */
static void
test_worm_in_graph (void)
{
  Screen self = { NULL };
  guint32 point;

  if (!open_worm (&self))
    return;
  show_graph (&self);
  g_assert_true (find_point (&self, AVAL, &point));
  g_assert_true (find_point (&self, AVAR, &point));

  settle (&self);
  click_on (&self, AVAL, 0);
  test_await_details (self.window, AVAL);
  wait_until (is_marked (&self, AVAL));
  g_assert_cmpuint (count_selected (&self), ==, 1);
  screen_close (&self);
}

#define N_MANY 100000

/* One is hit by a click, all by a rectangle, and a filter thins them out. */
static void
test_hundred_thousand (void)
{
  Screen self = { .folder = test_folder_new () };
  double x, y;
  int width, height;

  self.path = test_create_network (self.folder, "many.db", N_MANY);
  screen_open (&self);
  show_space (&self);
  g_assert_cmpuint (count_points (&self), ==, N_MANY);

  settle (&self);
  locate (&self, 0, &x, &y);
  pointer_click_at (GTK_WIDGET (self.scene_view), x, y, 1, 0);
  wait_until (count_selected (&self) == 1);

  width = gtk_widget_get_width (GTK_WIDGET (self.scene_view));
  height = gtk_widget_get_height (GTK_WIDGET (self.scene_view));
  engram_scene_view_set_tool (self.scene_view, ENGRAM_SCENE_TOOL_RECTANGLE);
  pointer_drag (GTK_WIDGET (self.scene_view), 1, 1, width - 1, height - 1, 1, 0);
  wait_until (count_selected (&self) == N_MANY);
  engram_scene_view_set_tool (self.scene_view, ENGRAM_SCENE_TOOL_MOVE);

  filter (&self, "activation:>0.5");
  wait_until (count_points (&self) < N_MANY);
  g_action_group_activate_action (G_ACTION_GROUP (self.window), "view", g_variant_new_string ("neurons"));
  wait_until (test_count_rows (self.window) == count_points (&self));

  show_graph (&self);
  g_assert_cmpuint (count_points (&self), <, N_MANY);
  screen_close (&self);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (TestFolder) home = test_create_home ();

  gtk_test_init (&argc, &argv, NULL);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  g_test_add_func ("/window-pictures/worm-in-space", test_worm_in_space);
  g_test_add_func ("/window-pictures/worm-filtered", test_worm_filtered);
  g_test_add_func ("/window-pictures/worm-in-graph", test_worm_in_graph);
  g_test_add_func ("/window-pictures/hundred-thousand", test_hundred_thousand);
  return g_test_run ();
}
