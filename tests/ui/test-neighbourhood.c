/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "graph/engram-neighbourhood.h"
#include "ui-fixture.h"

/* 0→1→2→3→4→5 of weights 0.9, 0.8, -0.7, 0.6, 0.5; 6→0 of 0.05; 0→7, 0→8, 0→9 of 0.1, -0.3, 0.2. */
typedef struct {
  UiFixture     *fixture;
  EngramNetwork *network;
} Setting;

static void
set_up (Setting       *setting,
        gconstpointer  data)
{
  const double chain[] = { 0.9, 0.8, -0.7, 0.6, 0.5 };
  g_autoptr (GError) error = NULL;

  setting->fixture = ui_fixture_new (11);
  for (guint i = 0; i < G_N_ELEMENTS (chain); i++)
    ui_fixture_join (setting->fixture, i, i + 1, chain[i]);
  ui_fixture_join (setting->fixture, 6, 0, 0.05);
  ui_fixture_join (setting->fixture, 0, 7, 0.1);
  ui_fixture_join (setting->fixture, 0, 8, -0.3);
  ui_fixture_join (setting->fixture, 0, 9, 0.2);
  setting->network = engram_network_load (setting->fixture->database, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
tear_down (Setting       *setting,
           gconstpointer  data)
{
  engram_network_unref (setting->network);
  ui_fixture_free (setting->fixture);
}

static EngramNeighbourhood *
find_around (Setting         *setting,
             guint32          centre,
             guint            n_steps,
             EngramDirection  direction,
             double           weakest,
             guint            limit)
{
  const EngramNeighbourhoodOptions options = { n_steps, direction, weakest, limit };
  g_autoptr (GArray) centres = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GError) error = NULL;
  EngramNeighbourhood *found;

  g_array_append_val (centres, centre);
  found = engram_neighbourhood_find (setting->network, centres, &options, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  return found;
}

/* "0 1 7" */
static void
assert_neurons (GArray     *neurons,
                const char *expected)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < neurons->len; i++)
    g_string_append_printf (text, "%s%u", i > 0 ? " " : "", g_array_index (neurons, guint32, i));
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_steps (Setting       *setting,
            gconstpointer  data)
{
  g_autoptr (EngramNeighbourhood) one = find_around (setting, 2, 1, ENGRAM_DIRECTION_BOTH, 0, 100);
  g_autoptr (EngramNeighbourhood) two = find_around (setting, 2, 2, ENGRAM_DIRECTION_BOTH, 0, 100);

  assert_neurons (one->neurons, "1 2 3");
  assert_neurons (two->neurons, "0 1 2 3 4");
  g_assert_cmpuint (g_array_index (two->steps, guint8, 0), ==, 2);
  g_assert_cmpuint (g_array_index (two->steps, guint8, 2), ==, 0);
  g_assert_cmpuint (two->n_reached, ==, 5);
}

static void
test_directions (Setting       *setting,
                 gconstpointer  data)
{
  g_autoptr (EngramNeighbourhood) outgoing = find_around (setting, 0, 2, ENGRAM_DIRECTION_OUTGOING, 0, 100);
  g_autoptr (EngramNeighbourhood) incoming = find_around (setting, 0, 2, ENGRAM_DIRECTION_INCOMING, 0, 100);

  assert_neurons (outgoing->neurons, "0 1 2 7 8 9");
  assert_neurons (incoming->neurons, "0 6");
}

static void
test_weights (Setting       *setting,
              gconstpointer  data)
{
  g_autoptr (EngramNeighbourhood) strong = find_around (setting, 0, 4, ENGRAM_DIRECTION_BOTH, 0.3, 100);

  /* Inhibiting ones are as strong as their number without its sign. */
  assert_neurons (strong->neurons, "0 1 2 3 4 8");
}

static void
test_limit_keeps_the_strongest (Setting       *setting,
                                gconstpointer  data)
{
  g_autoptr (EngramNeighbourhood) few = find_around (setting, 0, 1, ENGRAM_DIRECTION_BOTH, 0, 3);
  g_autoptr (EngramNeighbourhood) none = find_around (setting, 0, 4, ENGRAM_DIRECTION_BOTH, 0, 0);

  assert_neurons (few->neurons, "0 1 8");
  g_assert_cmpuint (few->n_reached, ==, 6);
  assert_neurons (none->neurons, "0");
  g_assert_cmpuint (none->n_reached, ==, 9);
}

static void
test_filter (Setting       *setting,
             gconstpointer  data)
{
  const EngramNeighbourhoodOptions options = { 4, ENGRAM_DIRECTION_BOTH, 0, 100 };
  g_autoptr (GArray) centres = g_array_new (FALSE, TRUE, sizeof (guint32));
  gint64 rowids[10];

  /* All but 2: what is behind it is not reached. */
  for (guint i = 0, n = 0; i < 11; i++)
    if (i != 2)
      rowids[n++] = setting->network->neuron_rowids[i];

  g_autoptr (EngramRowSet) neurons = engram_row_set_new (rowids, G_N_ELEMENTS (rowids));

  g_array_set_size (centres, 1);

  g_autoptr (EngramNeighbourhood) found = engram_neighbourhood_find (setting->network, centres, &options, neurons, NULL, NULL,
                                                                     NULL);

  assert_neurons (found->neurons, "0 1 6 7 8 9");
}

static void
test_cancelled (Setting       *setting,
                gconstpointer  data)
{
  const EngramNeighbourhoodOptions options = { 1, ENGRAM_DIRECTION_BOTH, 0, 100 };
  g_autoptr (GArray) centres = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (engram_neighbourhood_find (setting->network, centres, &options, NULL, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_most_important (Setting       *setting,
                     gconstpointer  data)
{
  g_autoptr (GArray) three = engram_neighbourhood_find_most_important (setting->network, NULL, 3);
  g_autoptr (GArray) all = engram_neighbourhood_find_most_important (setting->network, NULL, 100);

  /* 1.7 at 1, 1.55 at 0, 1.5 at 2, 1.3 at 3 */
  assert_neurons (three, "0 1 2");
  g_assert_cmpuint (all->len, ==, 11);
}

static EngramNeighbourhood *
find_around_best (Setting *setting,
                  guint    limit)
{
  /* The steps do not matter. */
  const EngramNeighbourhoodOptions options = { 1, ENGRAM_DIRECTION_BOTH, 0, limit };
  g_autoptr (GError) error = NULL;
  EngramNeighbourhood *found;

  found = engram_neighbourhood_find_around_best (setting->network, &options, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  return found;
}

/* 1 is joined best; then what is joined to it, most strongly first, and so on; in the end what is joined to nothing. */
static void
test_around_best (Setting       *setting,
                  gconstpointer  data)
{
  g_autoptr (EngramNeighbourhood) one = find_around_best (setting, 1), three = find_around_best (setting, 3);
  g_autoptr (EngramNeighbourhood) five = find_around_best (setting, 5), all = find_around_best (setting, 100);
  g_autoptr (EngramNeighbourhood) none = find_around_best (setting, 0);

  assert_neurons (one->neurons, "1");
  assert_neurons (three->neurons, "0 1 2");
  assert_neurons (five->neurons, "0 1 2 3 8");
  g_assert_cmpuint (g_array_index (five->steps, guint8, 3), ==, 2);
  g_assert_cmpuint (five->n_reached, ==, 11);
  g_assert_cmpuint (all->neurons->len, ==, 11);
  g_assert_cmpuint (none->neurons->len, ==, 0);
}

/* The sum of what joins one to those that are there, not the strongest synapse alone. */
static void
test_limit_by_sums (Setting       *setting,
                    gconstpointer  data)
{
  g_autoptr (EngramNeighbourhood) found = NULL;
  g_autoptr (GError) error = NULL;

  ui_fixture_join (setting->fixture, 0, 7, 0.25);
  g_clear_pointer (&setting->network, engram_network_unref);
  setting->network = engram_network_load (setting->fixture->database, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  found = find_around (setting, 0, 1, ENGRAM_DIRECTION_BOTH, 0, 3);
  assert_neurons (found->neurons, "0 1 7");
}

static void
test_best (Setting       *setting,
           gconstpointer  data)
{
  const guint32 neurons[] = { 0, 1, 2, 10 }, weak[] = { 10, 4, 3 };

  g_assert_cmpuint (engram_neighbourhood_find_best (setting->network, neurons, 4), ==, 1);
  g_assert_cmpuint (engram_neighbourhood_find_best (setting->network, weak, 3), ==, 2);
  g_assert_cmpuint (engram_neighbourhood_find_best (setting->network, neurons, 0), ==, 0);
}

static void
test_range (Setting       *setting,
            gconstpointer  data)
{
  const EngramNeighbourhoodOptions options = { .weakest = 0.2, .strongest = 0.5 };

  g_assert_true (engram_neighbourhood_allows (&options, -0.3));
  g_assert_true (engram_neighbourhood_allows (&options, 0.5));
  g_assert_false (engram_neighbourhood_allows (&options, 0.1));
  g_assert_false (engram_neighbourhood_allows (&options, -0.9));
  g_assert_false (engram_neighbourhood_allows (&options, NAN));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define add(PATH, FUNC) g_test_add (PATH, Setting, NULL, set_up, FUNC, tear_down)
  add ("/neighbourhood/steps", test_steps);
  add ("/neighbourhood/directions", test_directions);
  add ("/neighbourhood/weights", test_weights);
  add ("/neighbourhood/limit", test_limit_keeps_the_strongest);
  add ("/neighbourhood/filter", test_filter);
  add ("/neighbourhood/cancelled", test_cancelled);
  add ("/neighbourhood/most-important", test_most_important);
  add ("/neighbourhood/around-best", test_around_best);
  add ("/neighbourhood/limit-by-sums", test_limit_by_sums);
  add ("/neighbourhood/best", test_best);
  add ("/neighbourhood/range", test_range);
#undef add
  return g_test_run ();
}
