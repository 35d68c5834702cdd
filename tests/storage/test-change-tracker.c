/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "test-support.h"

static void
test_states (void)
{
  /* What stands after one change and another, as the documentation's table has it */
  static const EngramChange expected[4][4] = {
    [ENGRAM_CHANGE_NONE] = {
      ENGRAM_CHANGE_NONE, ENGRAM_CHANGE_CREATED, ENGRAM_CHANGE_MODIFIED, ENGRAM_CHANGE_DELETED },
    [ENGRAM_CHANGE_CREATED] = {
      ENGRAM_CHANGE_NONE, ENGRAM_CHANGE_CREATED, ENGRAM_CHANGE_CREATED, ENGRAM_CHANGE_NONE },
    [ENGRAM_CHANGE_MODIFIED] = {
      ENGRAM_CHANGE_NONE, ENGRAM_CHANGE_MODIFIED, ENGRAM_CHANGE_MODIFIED, ENGRAM_CHANGE_DELETED },
    [ENGRAM_CHANGE_DELETED] = {
      ENGRAM_CHANGE_NONE, ENGRAM_CHANGE_MODIFIED, ENGRAM_CHANGE_MODIFIED, ENGRAM_CHANGE_DELETED },
  };

  for (guint first = 0; first < 4; first++)
    for (guint second = 0; second < 4; second++)
      {
        g_autoptr (EngramChangeTracker) tracker = engram_change_tracker_new ();
        EngramChange change = expected[first][second];

        engram_change_tracker_mark (tracker, ENGRAM_CHANGE_NEURON, "a", first);
        engram_change_tracker_mark (tracker, ENGRAM_CHANGE_NEURON, "a", second);
        g_assert_cmpint (engram_change_tracker_get (tracker, ENGRAM_CHANGE_NEURON, "a"), ==, change);
        for (guint other = ENGRAM_CHANGE_CREATED; other <= ENGRAM_CHANGE_DELETED; other++)
          g_assert_cmpuint (engram_change_tracker_count (tracker, ENGRAM_CHANGE_NEURON, other), ==,
                            other == change);
        g_assert_cmpint (engram_change_tracker_is_empty (tracker), ==, change == ENGRAM_CHANGE_NONE);
      }
}

static void
assert_list (EngramChangeTracker *tracker,
             EngramChangeKind     kind,
             EngramChange         change,
             const char          *expected)
{
  g_autoptr (GPtrArray) ids = engram_change_tracker_list (tracker, kind, change);
  g_autofree char *joined = NULL;

  g_assert_cmpuint (ids->len, ==, engram_change_tracker_count (tracker, kind, change));
  g_ptr_array_add (ids, NULL);
  joined = g_strjoinv (" ", (char **) ids->pdata);
  g_assert_cmpstr (joined, ==, expected);
}

static void
test_order (void)
{
  g_autoptr (EngramChangeTracker) tracker = engram_change_tracker_new ();

  engram_change_tracker_mark (tracker, ENGRAM_CHANGE_NEURON, "d", ENGRAM_CHANGE_MODIFIED);
  engram_change_tracker_mark (tracker, ENGRAM_CHANGE_NEURON, "b", ENGRAM_CHANGE_CREATED);
  engram_change_tracker_mark (tracker, ENGRAM_CHANGE_NEURON, "a", ENGRAM_CHANGE_MODIFIED);
  engram_change_tracker_mark (tracker, ENGRAM_CHANGE_NEURON, "c", ENGRAM_CHANGE_DELETED);
  engram_change_tracker_mark (tracker, ENGRAM_CHANGE_NEURON, "d", ENGRAM_CHANGE_MODIFIED);
  engram_change_tracker_mark (tracker, ENGRAM_CHANGE_NEURON, "c", ENGRAM_CHANGE_CREATED);
  assert_list (tracker, ENGRAM_CHANGE_NEURON, ENGRAM_CHANGE_MODIFIED, "d a c");
  assert_list (tracker, ENGRAM_CHANGE_NEURON, ENGRAM_CHANGE_CREATED, "b");
  assert_list (tracker, ENGRAM_CHANGE_NEURON, ENGRAM_CHANGE_DELETED, "");
  assert_list (tracker, ENGRAM_CHANGE_NEURON, ENGRAM_CHANGE_NONE, "");

  /* Forgotten and marked anew, it comes last. */
  engram_change_tracker_mark (tracker, ENGRAM_CHANGE_NEURON, "d", ENGRAM_CHANGE_NONE);
  engram_change_tracker_mark (tracker, ENGRAM_CHANGE_NEURON, "d", ENGRAM_CHANGE_MODIFIED);
  assert_list (tracker, ENGRAM_CHANGE_NEURON, ENGRAM_CHANGE_MODIFIED, "a c d");
}

static void
test_kinds (void)
{
  g_autoptr (EngramChangeTracker) tracker = engram_change_tracker_new ();

  engram_change_tracker_mark (tracker, ENGRAM_CHANGE_NEURON, "a", ENGRAM_CHANGE_CREATED);
  engram_change_tracker_mark (tracker, ENGRAM_CHANGE_SYNAPSE, "a", ENGRAM_CHANGE_DELETED);
  g_assert_cmpint (engram_change_tracker_get (tracker, ENGRAM_CHANGE_NEURON, "a"), ==, ENGRAM_CHANGE_CREATED);
  g_assert_cmpint (engram_change_tracker_get (tracker, ENGRAM_CHANGE_SYNAPSE, "a"), ==,
                   ENGRAM_CHANGE_DELETED);
  engram_change_tracker_mark (tracker, ENGRAM_CHANGE_NEURON, "a", ENGRAM_CHANGE_DELETED);
  g_assert_false (engram_change_tracker_is_empty (tracker));
  assert_list (tracker, ENGRAM_CHANGE_SYNAPSE, ENGRAM_CHANGE_DELETED, "a");
}

static void
test_clear (void)
{
  g_autoptr (EngramChangeTracker) tracker = engram_change_tracker_new ();

  g_assert_true (engram_change_tracker_is_empty (tracker));
  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *id = g_strdup_printf ("%u", i);

      engram_change_tracker_mark (tracker, i % 2, id, ENGRAM_CHANGE_CREATED + i % 3);
    }
  g_assert_cmpuint (engram_change_tracker_count (tracker, ENGRAM_CHANGE_NEURON, ENGRAM_CHANGE_CREATED), ==,
                    167);

  engram_change_tracker_clear (tracker);
  g_assert_true (engram_change_tracker_is_empty (tracker));
  g_assert_cmpint (engram_change_tracker_get (tracker, ENGRAM_CHANGE_NEURON, "0"), ==, ENGRAM_CHANGE_NONE);
  for (guint kind = 0; kind < 2; kind++)
    for (guint change = 0; change < 4; change++)
      assert_list (tracker, kind, change, "");

  engram_change_tracker_mark (tracker, ENGRAM_CHANGE_NEURON, "0", ENGRAM_CHANGE_MODIFIED);
  assert_list (tracker, ENGRAM_CHANGE_NEURON, ENGRAM_CHANGE_MODIFIED, "0");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/change-tracker/states", test_states);
  g_test_add_func ("/change-tracker/order", test_order);
  g_test_add_func ("/change-tracker/kinds", test_kinds);
  g_test_add_func ("/change-tracker/clear", test_clear);

  return g_test_run ();
}
