/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include <gdk/gdkkeysyms.h>

#include "graph-screen.h"
#include "pointer-support.h"

/* The menus and popovers of the graph. */

/* The narrowest window there is. */
#define NARROWEST 360

/* The menu over a neuron, once it is there. */
static GtkWidget *
await_menu (Screen *screen)
{
  GtkWidget *label = NULL;

  wait_until ((label = graph_screen_find_visible_button (screen, "Show in the List")) != NULL);
  widget_test_draw (GTK_WIDGET (screen->graph));
  return gtk_widget_get_ancestor (label, GTK_TYPE_POPOVER);
}

static void
close_menu (Screen    *screen,
            GtkWidget *menu)
{
  gtk_popover_popdown (GTK_POPOVER (menu));
  wait_until (!gtk_widget_get_mapped (menu));
  widget_test_draw (GTK_WIDGET (screen->graph));
  g_assert_true (graph_screen_has_focus (screen, GTK_WIDGET (screen->scene_view)));
}

/* Over the neuron that is clicked, which is selected then unless it was; dragging moves the picture instead. */
static void
test_menu (Screen        *screen,
           gconstpointer  data)
{
  EngramSelection *selection = engram_session_get_selection (screen->session);
  GtkWidget *menu;
  double x, y, moved_x, moved_y;

  graph_screen_select_neurons (screen, 0, 1);
  graph_screen_locate (screen, 4, &x, &y);
  pointer_click_at (GTK_WIDGET (screen->scene_view), x, y, 3, 0);
  menu = await_menu (screen);
  widget_test_assert_names (menu);
  g_assert_cmpuint (engram_row_set_get_size (engram_selection_get (selection, ENGRAM_RECORD_NEURON)), ==, 1);
  g_assert_true (engram_row_set_contains (engram_selection_get (selection, ENGRAM_RECORD_NEURON),
                                          graph_screen_rowid_of (4)));
  close_menu (screen, menu);

  pointer_drag (GTK_WIDGET (screen->scene_view), x, y, x + 40, y + 30, 3, 0);
  do
    {
      g_main_context_iteration (NULL, TRUE);
      graph_screen_locate (screen, 4, &moved_x, &moved_y);
    }
  while (fabs (moved_x - x - 40) > 2);
  widget_test_draw (GTK_WIDGET (screen->graph));
  g_assert_false (gtk_widget_get_mapped (menu));

  graph_screen_select_neurons (screen, 0, 1);
  pointer_type (GTK_WIDGET (screen->scene_view), GDK_KEY_Menu);
  await_menu (screen);
  g_assert_cmpuint (engram_row_set_get_size (engram_selection_get (selection, ENGRAM_RECORD_NEURON)), ==, 2);
  close_menu (screen, menu);
}

/* From the two that are selected; what is outside the graph joins it. */
static void
test_path (Screen        *screen,
           gconstpointer  data)
{
  GtkWidget *result;

  graph_screen_select_neurons (screen, 0, 4);
  graph_screen_act (screen, "graph.path");
  widget_test_draw (GTK_WIDGET (screen->graph));
  widget_test_assert_names (screen->graph);
  graph_screen_press (screen, "Find");
  wait_until (graph_screen_count_points (screen) == 5);
  result = graph_screen_find_label (GTK_WIDGET (screen->graph), "product");
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (result)), ==,
                   "3 steps, product of weights −0.336: Neuron 0 → Neuron 2 → Neuron 3 → Neuron 4");
  g_assert_true ((graph_screen_point_of (screen, 3)->flags & ENGRAM_POINT_MARKED) != 0);
  g_assert_false ((graph_screen_point_of (screen, 1)->flags & ENGRAM_POINT_MARKED) != 0);
  graph_screen_select_neurons (screen, 9, -1);
  g_assert_cmpuint (graph_screen_get_scene (screen)->scene->n_marked_edges, ==, 3);
  graph_screen_press (screen, "Clear");
  wait_until (graph_screen_count_points (screen) == 3);
  g_assert_cmpuint (graph_screen_get_scene (screen)->scene->n_marked_edges, ==, 0);
}

/* The entry beside a label of that popover. */
static GtkEditable *
find_end (Screen     *screen,
          const char *label)
{
  return GTK_EDITABLE (gtk_widget_get_next_sibling (graph_screen_find_label (GTK_WIDGET (screen->graph), label)));
}

static void
look_for_path (Screen     *screen,
               const char *from,
               const char *to)
{
  gtk_editable_set_text (find_end (screen, "From"), from);
  gtk_editable_set_text (find_end (screen, "To"), to);
  graph_screen_press (screen, "Find");
}

static gboolean
says (Screen     *screen,
      const char *part)
{
  GtkWidget *label = graph_screen_find_label (GTK_WIDGET (screen->graph), part);

  return label != NULL && gtk_widget_get_visible (label);
}

/* What stands there is always the answer to what is asked. */
static void
test_path_asked_again (Screen        *screen,
                       gconstpointer  data)
{
  graph_screen_select_neurons (screen, 0, 4);
  graph_screen_act (screen, "graph.path");
  graph_screen_press (screen, "Find");
  wait_until (says (screen, "3 steps"));
  graph_screen_press (screen, "Swap");
  g_assert_false (says (screen, "3 steps"));
  wait_until (says (screen, "no path"));
  graph_screen_press (screen, "Swap");
  wait_until (says (screen, "3 steps"));
  wait_until (graph_screen_count_points (screen) == 5);
  gtk_editable_set_text (find_end (screen, "To"), "Neuron");
  g_assert_false (says (screen, "3 steps"));
  wait_until (graph_screen_count_points (screen) == 3);
  /* Without an answer there is nothing to be asked again. */
  g_assert_cmpuint (screen->n_paths, ==, 3);
  graph_screen_press (screen, "Swap");
  g_assert_cmpuint (screen->n_paths, ==, 3);
}

/* Nobody knows ids by heart. */
static void
test_path_by_name (Screen        *screen,
                   gconstpointer  data)
{
  g_autofree char *long_id = ui_fixture_add (screen->fixture, "Neuron 41");

  graph_screen_act (screen, "graph.path");
  look_for_path (screen, "neuron 0", " Neuron 3 ");
  wait_until (says (screen, "Neuron 0 → Neuron 2 → Neuron 3"));
  /* The one that is called so, though others begin so. */
  look_for_path (screen, "Neuron 3", "Neuron 4");
  wait_until (says (screen, "Neuron 3 → Neuron 4"));
  look_for_path (screen, "Neuron", "Neuron 4");
  wait_until (says (screen, "11 neurons begin with “Neuron”, like “Neuron 0” and “Neuron 1”"));
  look_for_path (screen, "Neuron 0", "euron");
  wait_until (says (screen, "no neuron with the ID “euron”, and none whose name or text begins with it"));
  look_for_path (screen, "Neuron 0", "type:\"none");
  wait_until (says (screen, "no neuron with the ID “type:\"none”"));
  look_for_path (screen, "Neuron 0", "");
  wait_until (says (screen, "Say from which neuron"));
}

static void
test_no_path (Screen        *screen,
              gconstpointer  data)
{
  graph_screen_select_neurons (screen, 0, 9);
  graph_screen_act (screen, "graph.path");
  graph_screen_press (screen, "Find");
  wait_until (graph_screen_find_label (GTK_WIDGET (screen->graph), "no path") != NULL);
  g_assert_cmpuint (graph_screen_count_points (screen), ==, 3);
}

/* Of its controls the ones of the layout and of how far it goes are in a popover. */
static void
test_controls (Screen        *screen,
               gconstpointer  data)
{
  GtkWidget *label = graph_screen_find_label (GTK_WIDGET (screen->graph), "Steps");
  GtkWidget *popover, *steps;

  g_assert_nonnull (label);
  popover = gtk_widget_get_ancestor (label, GTK_TYPE_POPOVER);
  gtk_popover_popup (GTK_POPOVER (popover));
  widget_test_draw (GTK_WIDGET (screen->graph));
  widget_test_assert_names (popover);
  /* There is an inhibiting synapse in it. */
  g_assert_true (gtk_widget_is_visible (graph_screen_find_label (popover, "not by their sign")));
  g_assert_cmpuint (graph_screen_count_points (screen), ==, 3);
  steps = gtk_widget_get_next_sibling (label);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (steps), 2);
  wait_until (graph_screen_count_points (screen) == 4);
  g_assert_cmpuint (engram_graph_view_get_options (screen->graph)->neighbourhood.n_steps, ==, 2);
}

/* Every menu and popover of the bar fits the narrowest window, cut off nowhere. */
static void
assert_fits (GtkWidget *button)
{
  GtkPopover *popover = gtk_menu_button_get_popover (GTK_MENU_BUTTON (button));
  int width;

  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  wait_until (gtk_widget_get_mapped (GTK_WIDGET (popover)));
  widget_test_draw (GTK_WIDGET (popover));
  width = gdk_surface_get_width (gtk_native_get_surface (GTK_NATIVE (popover)));
  if (width > NARROWEST)
    g_error ("“%s” is %d pixels wide", gtk_widget_get_tooltip_text (button), width);
  gtk_popover_popdown (popover);
  wait_until (!gtk_widget_get_mapped (GTK_WIDGET (popover)));
}

static guint
assert_all_fit (GtkWidget *widget)
{
  guint n = 0;

  if (GTK_IS_MENU_BUTTON (widget))
    {
      assert_fits (widget);
      return 1;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += assert_all_fit (child);
  return n;
}

static void
test_narrow (Screen        *screen,
             gconstpointer  data)
{
  graph_screen_select_neurons (screen, 0, 4);
  graph_screen_act (screen, "graph.path");
  graph_screen_press (screen, "Find");
  wait_until (says (screen, "3 steps"));
  graph_screen_close_popover (screen, "Swap");
  g_assert_cmpuint (assert_all_fit (GTK_WIDGET (screen->view)), ==, 6);
}

#define ADD(name, selected, function) \
  g_test_add ("/graph-controls/" name, Screen, GINT_TO_POINTER (selected), graph_screen_set_up, function, \
              graph_screen_tear_down)

int
main (int    argc,
      char **argv)
{
  widget_test_init (&argc, &argv);
  /* Which neuron is selected at first, counted from 1. */
  ADD ("menu", 0, test_menu);
  ADD ("path", 1, test_path);
  ADD ("path-asked-again", 1, test_path_asked_again);
  ADD ("path-by-name", 1, test_path_by_name);
  ADD ("no-path", 1, test_no_path);
  ADD ("controls", 1, test_controls);
  ADD ("narrow", 1, test_narrow);
  return g_test_run ();
}
