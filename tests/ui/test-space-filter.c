/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include "space-support.h"
#include "space/engram-place-terms.h"
#include "test-support.h"

static const char *
get_query (SpaceScreen *screen)
{
  EngramQuery *query = engram_session_get_query (screen->session);

  return query != NULL ? engram_query_get_text (query) : "";
}

static void
test_box (SpaceScreen   *screen,
          gconstpointer  data)
{
  const guint32 selected[] = { 1, 2 };
  g_autoptr (EngramQuery) typed = engram_query_parse ("Neuron", NULL, NULL, NULL);

  engram_session_set_query (screen->session, typed);
  space_select (screen, selected, G_N_ELEMENTS (selected));
  gtk_widget_activate_action (GTK_WIDGET (screen->space), "space.filter-box", NULL);
  wait_until (space_count_points (screen) == 2);
  /* What was typed stays. */
  g_assert_true (g_str_has_prefix (get_query (screen), "Neuron box:"));
}

/* A box of nothing is none. */
static void
test_box_of_nothing (SpaceScreen   *screen,
                     gconstpointer  data)
{
  GtkWidget *button = space_find_button (screen->space, "Filter by the Selection’s _Box");
  const guint32 selected[] = { 3 };

  g_assert_false (gtk_widget_is_sensitive (button));
  space_select (screen, selected, 1);
  g_assert_true (gtk_widget_is_sensitive (button));
  space_select (screen, selected, 0);
  g_assert_false (gtk_widget_is_sensitive (button));
  g_assert_cmpstr (get_query (screen), ==, "");
}

static void
test_near (SpaceScreen   *screen,
           gconstpointer  data)
{
  const guint32 selected[] = { 2, 3 };
  GtkWidget *button = space_find_button (screen->space, "Filter by the Di_stance");
  GtkWidget *popover = gtk_widget_get_ancestor (button, GTK_TYPE_POPOVER);
  GtkSpinButton *distance;

  space_select (screen, selected, 2);
  gtk_popover_popup (GTK_POPOVER (popover));
  widget_test_draw (popover);
  assert_shows (popover, "Select one neuron first.");
  g_assert_false (gtk_widget_is_sensitive (button));

  space_select (screen, selected, 1);
  distance = widget_test_find (popover, GTK_TYPE_SPIN_BUTTON);
  gtk_spin_button_set_value (distance, 1.9);
  assert_shows (popover, "1 neuron");
  gtk_spin_button_set_value (distance, 2.1);
  assert_shows (popover, "3 neurons");
  widget_test_assert_names (popover);
  g_signal_emit_by_name (button, "clicked");
  wait_until (space_count_points (screen) == 3);
  g_assert_true (g_str_has_suffix (get_query (screen), "<2.1"));
}

/* No neuron of the selection is left out by rounding, whatever its place. */
static void
test_box_holds_all (SpaceScreen   *screen,
                    gconstpointer  data)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  for (guint round = 0; round < 1000; round++)
    {
      double scale = pow (10, g_rand_int_range (random, -8, 9));
      double places[2][3];
      float positions[6];
      guint32 indices[] = { 0, 1 };
      g_autoptr (GArray) neurons = g_array_new (FALSE, FALSE, sizeof (guint32));
      EngramNetwork network = { .n_neurons = 2, .positions = positions };
      g_autofree char *term = NULL;
      g_autoptr (EngramQuery) query = NULL;
      const EngramQueryTerm *box;

      for (guint i = 0; i < 6; i++)
        {
          places[i / 3][i % 3] = g_rand_double_range (random, -scale, scale);
          positions[i] = (float) places[i / 3][i % 3];
        }
      g_array_append_vals (neurons, indices, 2);
      term = engram_place_terms_make_box (&network, neurons);
      query = engram_query_parse (term, NULL, NULL, NULL);
      g_assert_nonnull (query);
      box = engram_query_find_term (query, ENGRAM_QUERY_BOX);
      for (guint i = 0; i < 6; i++)
        {
          g_assert_cmpfloat (places[i / 3][i % 3], >=, box->box[0][i % 3]);
          g_assert_cmpfloat (places[i / 3][i % 3], <=, box->box[1][i % 3]);
          g_assert_cmpfloat (box->box[0][i % 3], >=, MIN (places[0][i % 3], places[1][i % 3]) - 1e-5 * scale);
        }
    }
}

int
main (int    argc,
      char **argv)
{
  widget_test_init (&argc, &argv);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
#define add(PATH, FUNC) g_test_add ("/space-filter/" PATH, SpaceScreen, NULL, space_set_up, FUNC, space_tear_down)
  add ("box", test_box);
  add ("box-of-nothing", test_box_of_nothing);
  add ("near", test_near);
  add ("box-holds-all", test_box_holds_all);
#undef add
  return g_test_run ();
}
