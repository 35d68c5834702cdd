/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/engram-selection.h"

static void
choose (EngramSelection  *selection,
        EngramRecordKind  kind,
        gint64            first,
        guint             n)
{
  g_autofree gint64 *rowids = g_new (gint64, n + 1);
  g_autoptr (EngramRowSet) rows = NULL;

  for (guint i = 0; i < n; i++)
    rowids[i] = first + i;
  rows = engram_row_set_new (rowids, n);
  engram_selection_set (selection, kind, rows);
}

static void
assert_chosen (EngramSelection  *selection,
               EngramRecordKind  kind,
               gint64            first,
               guint             n)
{
  EngramRowSet *rows = engram_selection_get (selection, kind);

  g_assert_cmpuint (engram_row_set_get_size (rows), ==, n);
  if (n > 0)
    g_assert_cmpint (engram_row_set_get (rows, 0), ==, first);
}

static void
count_cb (EngramSelection *selection,
          guint            kind,
          guint           *n_changed)
{
  (*n_changed)++;
}

static void
test_back (void)
{
  g_autoptr (EngramSelection) selection = engram_selection_new ();
  guint n_changed = 0;

  g_assert_false (engram_selection_can_go_back (selection));
  g_assert_false (engram_selection_go_back (selection));
  choose (selection, ENGRAM_RECORD_NEURON, 10, 5);
  g_assert_false (engram_selection_can_go_back (selection));
  choose (selection, ENGRAM_RECORD_NEURON, 20, 3);
  choose (selection, ENGRAM_RECORD_NEURON, 30, 0);
  g_signal_connect (selection, "changed", G_CALLBACK (count_cb), &n_changed);
  g_assert_true (engram_selection_go_back (selection));
  assert_chosen (selection, ENGRAM_RECORD_NEURON, 20, 3);
  g_assert_true (engram_selection_go_back (selection));
  assert_chosen (selection, ENGRAM_RECORD_NEURON, 10, 5);
  g_assert_cmpuint (n_changed, ==, 2);
  g_assert_false (engram_selection_can_go_back (selection));
}

/* Each kind is what it was, in the order in which they were changed. */
static void
test_kinds (void)
{
  g_autoptr (EngramSelection) selection = engram_selection_new ();

  choose (selection, ENGRAM_RECORD_NEURON, 1, 2);
  choose (selection, ENGRAM_RECORD_SYNAPSE, 5, 2);
  choose (selection, ENGRAM_RECORD_NEURON, 3, 1);
  choose (selection, ENGRAM_RECORD_SYNAPSE, 9, 4);
  g_assert_true (engram_selection_go_back (selection));
  assert_chosen (selection, ENGRAM_RECORD_SYNAPSE, 5, 2);
  assert_chosen (selection, ENGRAM_RECORD_NEURON, 3, 1);
  g_assert_true (engram_selection_go_back (selection));
  assert_chosen (selection, ENGRAM_RECORD_NEURON, 1, 2);
}

/* Walking from row to row does not push out what took work. */
static void
test_walking (void)
{
  g_autoptr (EngramSelection) selection = engram_selection_new ();

  choose (selection, ENGRAM_RECORD_NEURON, 100, 7);
  for (guint i = 1; i < 50; i++)
    choose (selection, ENGRAM_RECORD_NEURON, i, 1);
  g_assert_true (engram_selection_go_back (selection));
  assert_chosen (selection, ENGRAM_RECORD_NEURON, 100, 7);
}

static void
test_limit (void)
{
  g_autoptr (EngramSelection) selection = engram_selection_new ();
  guint n = 0;

  for (guint i = 0; i < 40; i++)
    choose (selection, ENGRAM_RECORD_NEURON, 100 * i, 2);
  while (engram_selection_go_back (selection))
    n++;
  g_assert_cmpuint (n, ==, 20);
  assert_chosen (selection, ENGRAM_RECORD_NEURON, 100 * 19, 2);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/selection/back", test_back);
  g_test_add_func ("/selection/kinds", test_kinds);
  g_test_add_func ("/selection/walking", test_walking);
  g_test_add_func ("/selection/limit", test_limit);
  return g_test_run ();
}
