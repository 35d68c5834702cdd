/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include <gdk/gdkkeysyms.h>

#include "pointer-support.h"
#include "views/engram-scene-view-private.h"
#include "widget-support.h"

/* A view of a flat scene: a row of points at x = 0, 1, 2…, each with an edge to the next. */
typedef struct {
  EngramSceneView *view;
  GtkWidget       *stack;   /* the view, and a page beside it */
  GtkWindow       *window;
  guint            n_picked, n_hovered, n_dragged, n_finished;
  guint            n_asked; /* labels */
} Screen;

#define N_POINTS 25

static EngramScene *
make_scene (guint32 n_points,
            guint32 n_edges,
            float   left)
{
  EngramScenePoint *points = g_new0 (EngramScenePoint, n_points);
  EngramSceneEdge *edges = g_new0 (EngramSceneEdge, n_edges);

  for (guint32 i = 0; i < n_points; i++)
    points[i] = (EngramScenePoint) { left + (float) i, (float) (i % 3), 0, 1, { 0x80, 0x80, 0x80, 0xff }, 0 };
  for (guint32 i = 0; i < n_edges; i++)
    edges[i] = (EngramSceneEdge) { i % (n_points - 1), i % (n_points - 1) + 1, 0.5f };
  return engram_scene_new (points, n_points, edges, n_edges, TRUE, TRUE);
}

static void
show_scene (Screen  *screen,
            guint32  n_points,
            guint32  n_edges,
            float    left)
{
  g_autoptr (EngramScene) scene = make_scene (n_points, n_edges, left);

  engram_scene_view_set_scene (screen->view, scene);
}

static void
picked_cb (Screen *screen)
{
  screen->n_picked++;
}

static void
hovered_cb (Screen *screen,
            guint   kind)
{
  screen->n_hovered += kind == ENGRAM_PICKED_POINT;
}

static void
dragged_cb (Screen   *screen,
            guint     point,
            gboolean  finished)
{
  screen->n_dragged++;
  screen->n_finished += finished;
}

static void
set_up (Screen        *screen,
        gconstpointer  data)
{
  screen->view = g_object_new (ENGRAM_TYPE_SCENE_VIEW, NULL);
  screen->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (screen->stack), GTK_WIDGET (screen->view), "picture");
  gtk_stack_add_named (GTK_STACK (screen->stack), gtk_label_new ("Beside"), "beside");
  engram_scene_view_set_draggable (screen->view, TRUE);
  g_signal_connect_swapped (screen->view, "picked", G_CALLBACK (picked_cb), screen);
  g_signal_connect_swapped (screen->view, "hovered", G_CALLBACK (hovered_cb), screen);
  g_signal_connect_swapped (screen->view, "dragged", G_CALLBACK (dragged_cb), screen);
  screen->window = widget_test_show (screen->stack, 800, 300);
  show_scene (screen, N_POINTS, N_POINTS - 1, 0);
  widget_test_draw (screen->stack);
}

static void
tear_down (Screen        *screen,
           gconstpointer  data)
{
  gtk_window_destroy (screen->window);
}

static void
locate (Screen  *screen,
        guint    number,
        double  *x,
        double  *y)
{
  const float low[3] = { 0, 0, 0 }, high[3] = { N_POINTS, 2, 0 };
  const float place[3] = { (float) number, (float) (number % 3), 0 };
  EngramCamera camera;
  EngramProjection projection;
  float at_x, at_y, depth;

  engram_scene_view_get_camera (screen->view, &camera);
  engram_camera_project (&camera, low, high, (float) gtk_widget_get_width (GTK_WIDGET (screen->view)),
                         (float) gtk_widget_get_height (GTK_WIDGET (screen->view)), &projection);
  g_assert_true (engram_projection_map (&projection, place, &at_x, &at_y, &depth));
  *x = at_x;
  *y = at_y;
}

/* Takes a point and begins to drag it. */
static void
begin_dragging (Screen *screen,
                guint   number)
{
  double x, y;

  locate (screen, number, &x, &y);
  pointer_move (GTK_WIDGET (screen->view), x, y);
  pointer_press (GTK_WIDGET (screen->view), 1, TRUE);
  pointer_move (GTK_WIDGET (screen->view), x + 20, y + 20);
  pointer_move (GTK_WIDGET (screen->view), x + 40, y + 40);
  wait_until (screen->n_dragged > 0);
}

static void
test_click_does_not_drag (Screen        *screen,
                          gconstpointer  data)
{
  double x, y;

  locate (screen, 4, &x, &y);
  /* No hand is perfectly still. */
  pointer_drag (GTK_WIDGET (screen->view), x, y, x + 2, y + 1, 1, 0);
  wait_until (screen->n_picked == 1);
  g_assert_cmpuint (screen->n_dragged, ==, 0);
}

static void
test_escape_puts_back (Screen        *screen,
                       gconstpointer  data)
{
  g_autoptr (EngramScene) scene = make_scene (N_POINTS, 1, 0);

  engram_scene_view_set_scene (screen->view, scene);
  begin_dragging (screen, 4);
  g_assert_cmpfloat (scene->points[4].x, !=, 4);
  pointer_type (GTK_WIDGET (screen->view), GDK_KEY_Escape);
  wait_until (scene->points[4].x == 4);
  pointer_press (GTK_WIDGET (screen->view), 1, FALSE);
  pointer_click_at (GTK_WIDGET (screen->view), 5, 5, 1, 0);
  wait_until (screen->n_picked > 0);
  g_assert_cmpuint (screen->n_finished, ==, 0);
}

/* The point that is dragged may not even exist in another scene. */
static void
test_other_scene_while_dragging (Screen        *screen,
                                 gconstpointer  data)
{
  double x, y;

  begin_dragging (screen, 20);
  show_scene (screen, 2, 1, 0);
  locate (screen, 10, &x, &y);
  pointer_move (GTK_WIDGET (screen->view), x, y);
  engram_scene_view_set_scene (screen->view, NULL);
  pointer_move (GTK_WIDGET (screen->view), x + 9, y);
  pointer_press (GTK_WIDGET (screen->view), 1, FALSE);
  pointer_click_at (GTK_WIDGET (screen->view), 5, 5, 1, 0);
  wait_until (screen->n_picked > 0);
  g_assert_cmpuint (screen->n_finished, ==, 0);
}

/* Another program changes the network while somebody points at a neuron. */
static void
test_hovers_in_another_scene (Screen        *screen,
                              gconstpointer  data)
{
  double x, y;

  locate (screen, 7, &x, &y);
  pointer_move (GTK_WIDGET (screen->view), x, y);
  wait_until (screen->n_hovered == 1);
  show_scene (screen, N_POINTS, 3, 0);
  wait_until (screen->n_hovered == 2);
}

/* A picture that was hidden before it was whole becomes whole when it is shown again. */
static void
test_goes_on_when_shown (Screen        *screen,
                         gconstpointer  data)
{
  show_scene (screen, N_POINTS, 400000, 0);
  wait_until (engram_scene_view_get_drawn_text (screen->view) != NULL);
  gtk_stack_set_visible_child_name (GTK_STACK (screen->stack), "beside");
  widget_test_draw (screen->stack);
  g_assert_false (gtk_widget_get_mapped (GTK_WIDGET (screen->view)));
  gtk_stack_set_visible_child_name (GTK_STACK (screen->stack), "picture");
  wait_until (engram_scene_view_get_drawn_text (screen->view) == NULL);
}

static char *
label_cb (guint32  point,
          gpointer user_data)
{
  Screen *screen = user_data;

  screen->n_asked++;
  return g_strdup ("a");
}

/* While it moves there are few labels, and all of them come back at rest. */
static void
test_labels_at_rest (Screen        *screen,
                     gconstpointer  data)
{
  guint32 candidates[N_POINTS];

  for (guint32 i = 0; i < N_POINTS; i++)
    candidates[i] = i;
  engram_scene_view_scene_changed (screen->view, TRUE);
  engram_scene_view_set_labels (screen->view, candidates, N_POINTS, label_cb, screen, NULL);
  wait_until (screen->n_asked > 0);
  g_assert_cmpuint (screen->n_asked, <, N_POINTS);
  wait_until (screen->n_asked == N_POINTS);
}

static void
drawn_text_cb (EngramSceneView *view)
{
  const char *text = engram_scene_view_get_drawn_text (view);

  g_assert_false (text != NULL && g_str_has_prefix (text, "The strongest 0 "));
}

/* It is not said of edges that are not drawn yet that they are the strongest of all. */
static void
test_text_while_filling (Screen        *screen,
                         gconstpointer  data)
{
  g_signal_connect (screen->view, "notify::drawn-text", G_CALLBACK (drawn_text_cb), NULL);
  show_scene (screen, 100000, 2000, 0);
  wait_until (screen->view->told_edges == 2000 && screen->view->told_whole && screen->view->tell_idle == 0);
  g_assert_null (engram_scene_view_get_drawn_text (screen->view));
}

/* What was fitted to nothing is fitted to the first that there is. */
static void
test_first_points_are_fitted (void)
{
  Screen screen = { .view = g_object_new (ENGRAM_TYPE_SCENE_VIEW, NULL) };
  g_autoptr (EngramScene) none = engram_scene_new (NULL, 0, NULL, 0, TRUE, TRUE);
  EngramCamera camera;

  screen.window = widget_test_show (GTK_WIDGET (screen.view), 800, 300);
  engram_scene_view_set_scene (screen.view, none);
  widget_test_draw (GTK_WIDGET (screen.view));
  show_scene (&screen, N_POINTS, 3, 1000);
  engram_scene_view_get_camera (screen.view, &camera);
  g_assert_cmpfloat_with_epsilon (camera.target.x, 1000 + (N_POINTS - 1) / 2.0, 0.01);
  gtk_window_destroy (screen.window);
}

/* (transfer none) */
static gpointer
find_controller (EngramSceneView *view,
                 GType            type)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (view));

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);

      if (G_TYPE_CHECK_INSTANCE_TYPE (controller, type))
        return controller;
    }
  g_assert_not_reached ();
}

static EngramScene *
make_space (void)
{
  EngramScenePoint *points = g_new0 (EngramScenePoint, 30);

  for (guint i = 0; i < 30; i++)
    points[i] = (EngramScenePoint) {
      (float) (i % 5), (float) (i % 3), (float) (i % 7), 1, { 0x80, 0x80, 0x80, 0xff }, 0,
    };
  return engram_scene_new (points, 30, NULL, 0, TRUE, FALSE);
}

/* Two fingers bring it nearer, and turn a space about the line of sight; nothing is lost on the way there and back. */
static void
test_fingers (Screen        *screen,
              gconstpointer  data)
{
  GtkGesture *pinch = find_controller (screen->view, GTK_TYPE_GESTURE_ZOOM);
  GtkGesture *turn = find_controller (screen->view, GTK_TYPE_GESTURE_ROTATE);
  g_autoptr (EngramScene) scene = make_space ();
  EngramCamera before, after;

  g_assert_true (gtk_gesture_is_grouped_with (pinch, turn));
  engram_scene_view_set_scene (screen->view, scene);
  engram_scene_view_get_camera (screen->view, &before);
  g_signal_emit_by_name (pinch, "begin", NULL);
  g_signal_emit_by_name (turn, "begin", NULL);
  g_signal_emit_by_name (pinch, "scale-changed", 1.5);
  g_signal_emit_by_name (pinch, "update", NULL);
  g_signal_emit_by_name (pinch, "scale-changed", 2.0);
  engram_scene_view_get_camera (screen->view, &after);
  g_assert_cmpfloat_with_epsilon (before.distance / after.distance, 2, 1e-3);
  g_assert_true (graphene_point3d_near (&before.target, &after.target, 1e-3f));
  g_signal_emit_by_name (turn, "angle-changed", G_PI / 2, G_PI / 2);
  engram_scene_view_get_camera (screen->view, &after);
  g_assert_false (graphene_quaternion_equal (&before.rotation, &after.rotation));
  g_signal_emit_by_name (turn, "angle-changed", 0.0, 0.0);
  g_signal_emit_by_name (pinch, "scale-changed", 1.0);
  engram_scene_view_get_camera (screen->view, &after);
  g_assert_cmpfloat_with_epsilon (fabsf (graphene_quaternion_dot (&before.rotation, &after.rotation)), 1, 1e-5);
  g_assert_cmpfloat_with_epsilon (before.distance / after.distance, 1, 1e-3);
}

/* A second finger ends what the first has begun; a graph does not turn. */
static void
test_fingers_end_a_drag (Screen        *screen,
                         gconstpointer  data)
{
  g_autoptr (EngramScene) scene = make_scene (N_POINTS, 1, 0);
  GtkGesture *turn = find_controller (screen->view, GTK_TYPE_GESTURE_ROTATE);
  EngramCamera before, after;

  engram_scene_view_set_scene (screen->view, scene);
  begin_dragging (screen, 4);
  g_assert_cmpfloat (scene->points[4].x, !=, 4);
  g_signal_emit_by_name (find_controller (screen->view, GTK_TYPE_GESTURE_ZOOM), "begin", NULL);
  g_assert_cmpfloat (scene->points[4].x, ==, 4);
  engram_scene_view_get_camera (screen->view, &before);
  g_signal_emit_by_name (turn, "begin", NULL);
  g_signal_emit_by_name (turn, "angle-changed", 1.0, 1.0);
  engram_scene_view_get_camera (screen->view, &after);
  g_assert_true (graphene_quaternion_equal (&before.rotation, &after.rotation));
  pointer_press (GTK_WIDGET (screen->view), 1, FALSE);
}

/* Its textures are its own: whatever context was used last, another is not written to. */
static void
test_style_in_its_context (Screen        *screen,
                           gconstpointer  data)
{
  gdk_gl_context_clear_current ();
  engram_scene_view_get_style (screen->view)->edge_opacity = 0.3f;
  engram_scene_view_style_changed (screen->view);
  g_assert_nonnull (gdk_gl_context_get_current ());
}

int
main (int    argc,
      char **argv)
{
  widget_test_init (&argc, &argv);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
#define add(PATH, FUNC) g_test_add (PATH, Screen, NULL, set_up, FUNC, tear_down)
  add ("/scene-view/click-does-not-drag", test_click_does_not_drag);
  add ("/scene-view/escape", test_escape_puts_back);
  add ("/scene-view/other-scene-while-dragging", test_other_scene_while_dragging);
  add ("/scene-view/hover-again", test_hovers_in_another_scene);
  add ("/scene-view/shown-again", test_goes_on_when_shown);
  add ("/scene-view/labels-at-rest", test_labels_at_rest);
  add ("/scene-view/text-while-filling", test_text_while_filling);
  add ("/scene-view/style", test_style_in_its_context);
  add ("/scene-view/fingers", test_fingers);
  add ("/scene-view/fingers-end-a-drag", test_fingers_end_a_drag);
#undef add
  g_test_add_func ("/scene-view/first-points", test_first_points_are_fitted);
  return g_test_run ();
}
