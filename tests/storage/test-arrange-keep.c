/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "edit-support.h"

#include <math.h>

#define ADD(name, function) ADD_HISTORY_TEST ("/arrange/keep/" name, function)

static EngramNetwork *
load (HistoryFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  EngramNetwork *network = engram_network_load (fixture->database, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return network;
}

/* Everybody one step further along each axis. */
static EngramArrangement *
shift_all (HistoryFixture *fixture)
{
  g_autoptr (EngramNetwork) network = load (fixture);
  g_autofree float *places = g_new (float, 3 * network->n_neurons);

  for (guint i = 0; i < 3 * network->n_neurons; i++)
    places[i] = network->positions[i] + (float) (1 + i % 3) / 10;
  return engram_arrangement_new_for_move (network, NULL, network->n_neurons, places);
}

static void
keep (HistoryFixture      *fixture,
      EngramArrangement   *arrangement,
      const char          *label,
      EngramRearrangement *done)
{
  g_autoptr (GError) error = NULL;

  engram_rearrange (fixture->database, fixture->history, arrangement, label, done, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
test_all (HistoryFixture *fixture,
          gconstpointer   data)
{
  g_autofree char *before = history_fixture_dump (fixture);
  g_autoptr (EngramArrangement) arrangement = shift_all (fixture);
  g_autoptr (EngramNetwork) network = NULL;
  g_auto (EngramRearrangement) done = { 0 };

  keep (fixture, arrangement, NULL, &done);
  g_assert_cmpuint (done.n_moved, ==, 9);
  g_assert_cmpuint (done.n_left, ==, 0);
  g_assert_cmpuint (done.n_gone, ==, 0);
  g_assert_cmpstr (done.label, ==, "Move 9 neurons");
  network = load (fixture);
  for (guint i = 0; i < 27; i++)
    g_assert_cmpfloat_with_epsilon ((double) network->positions[i], (double) arrangement->positions[i], 1e-6);
  /* No noise beyond what single precision has. */
  g_assert_cmpint (history_fixture_get_number (fixture, "SELECT count(*) FROM neurons WHERE position_z=0.3"), ==, 9);
  g_assert_cmpint (history_fixture_get_number (fixture,
                     "SELECT count(*) FROM neurons WHERE modified_at='2025-11-01T09:00:00'"), ==, 0);
  edit_go_back_and_forth (fixture, before, "arrange", "Move 9 neurons");
}

/* Dragging: one, and one that was put back to where it was. */
static void
test_one (HistoryFixture *fixture,
          gconstpointer   data)
{
  static const guint32 neurons[] = { 1, 4 };
  g_autofree char *before = history_fixture_dump (fixture);
  g_autoptr (EngramNetwork) network = load (fixture);
  g_autoptr (EngramArrangement) arrangement = NULL;
  float places[6] = { 7, 8, 9 };
  g_auto (EngramRearrangement) done = { 0 };

  for (guint i = 0; i < 3; i++)
    places[3 + i] = network->positions[3 * 4 + i];
  arrangement = engram_arrangement_new_for_move (network, neurons, 2, places);
  keep (fixture, arrangement, NULL, &done);
  g_assert_cmpuint (done.n_moved, ==, 1);
  g_assert_cmpstr (done.label, ==, "Move neuron “text 2”");
  g_assert_cmpint (history_fixture_get_number (fixture,
                     "SELECT count(*) FROM neurons WHERE modified_at='2025-11-01T09:00:00'"), ==, 8);
  edit_go_back_and_forth (fixture, before, "arrange", "Move neuron “text 2”");
}

static void
test_label (HistoryFixture *fixture,
            gconstpointer   data)
{
  g_autofree char *before = history_fixture_dump (fixture);
  g_autoptr (EngramArrangement) arrangement = shift_all (fixture);
  g_auto (EngramRearrangement) done = { 0 };

  keep (fixture, arrangement, "Arrange by principal components", &done);
  g_assert_cmpstr (done.label, ==, "Arrange by principal components");
  edit_go_back_and_forth (fixture, before, "arrange", "Arrange by principal components");
}

/* What others have done meanwhile stays, and is told. */
static void
test_others (HistoryFixture *fixture,
             gconstpointer   data)
{
  g_autoptr (EngramArrangement) arrangement = shift_all (fixture);
  g_autofree char *before = NULL;
  g_auto (EngramRearrangement) done = { 0 };

  history_fixture_run_sql (fixture, "UPDATE neurons SET position_x=100 WHERE rowid=6;"
                                    "UPDATE neurons SET source_data='new' WHERE rowid=9;"
                                    "DELETE FROM neurons WHERE rowid=12;"
                                    /* Where it was to go anyway. */
                                    "UPDATE neurons SET position_x=5.1, position_y=1.8666667, position_z=0.3"
                                    " WHERE rowid=15");
  before = history_fixture_dump (fixture);
  keep (fixture, arrangement, NULL, &done);
  g_assert_cmpuint (done.n_moved, ==, 6);
  g_assert_cmpuint (done.n_left, ==, 1);
  g_assert_cmpuint (done.n_gone, ==, 1);
  g_assert_cmpint (history_fixture_get_number (fixture, "SELECT position_x FROM neurons WHERE rowid=6"), ==, 100);
  edit_go_back_and_forth (fixture, before, "arrange", "Move 6 neurons");
}

/* A place that is no number is mended, and comes back as it was. */
static void
test_no_number (HistoryFixture *fixture,
                gconstpointer   data)
{
  g_autoptr (EngramNetwork) network = NULL;
  g_autoptr (EngramArrangement) arrangement = NULL;
  static const guint32 neuron = 2;
  static const float place[] = { 1, 2, 3 };
  g_autofree char *before = NULL;
  g_auto (EngramRearrangement) done = { 0 };

  history_fixture_run_sql (fixture, "UPDATE neurons SET position_y='nowhere' WHERE rowid=9");
  before = history_fixture_dump (fixture);
  network = load (fixture);
  g_assert_true (isnan (network->positions[3 * 2 + 1]));
  arrangement = engram_arrangement_new_for_move (network, &neuron, 1, place);
  keep (fixture, arrangement, "Mend", &done);
  g_assert_cmpuint (done.n_moved, ==, 1);
  edit_go_back_and_forth (fixture, before, "arrange", "Mend");
}

/* Where nothing is to be moved the file is left alone. */
static void
test_nothing (HistoryFixture *fixture,
              gconstpointer   data)
{
  g_autofree char *list = history_fixture_list (fixture);
  g_autofree char *dump = history_fixture_dump (fixture);
  g_autoptr (EngramNetwork) network = load (fixture);
  g_autoptr (EngramArrangement) same = engram_arrangement_new_for_move (network, NULL, 9, network->positions);
  g_autoptr (EngramArrangement) arrangement = shift_all (fixture);
  g_auto (EngramRearrangement) done = { 0 };

  keep (fixture, same, "Same", &done);
  g_assert_cmpuint (done.n_moved, ==, 0);
  g_assert_null (done.label);
  edit_assert_untouched (fixture, dump, list);

  g_free (dump);
  history_fixture_run_sql (fixture, "UPDATE neurons SET position_x=-position_x");
  dump = history_fixture_dump (fixture);
  keep (fixture, arrangement, "All were moved", &done);
  g_assert_cmpuint (done.n_left, ==, 9);
  g_assert_null (done.label);
  edit_assert_untouched (fixture, dump, list);
}

static void
cancel_at_end (const char *phase,
               double      fraction,
               gpointer    user_data)
{
  if (fraction > 0.5)
    g_cancellable_cancel (user_data);
}

static void
test_cancelled (HistoryFixture *fixture,
                gconstpointer   data)
{
  g_autofree char *list = history_fixture_list (fixture);
  g_autofree char *dump = history_fixture_dump (fixture);
  g_autoptr (EngramArrangement) arrangement = shift_all (fixture);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_assert_false (engram_rearrange (fixture->database, fixture->history, arrangement, NULL, NULL, cancel_at_end,
                                    cancellable, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  edit_assert_untouched (fixture, dump, list);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("all", test_all);
  ADD ("one", test_one);
  ADD ("label", test_label);
  ADD ("others", test_others);
  ADD ("no-number", test_no_number);
  ADD ("nothing", test_nothing);
  ADD ("cancelled", test_cancelled);

  return g_test_run ();
}
