/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

static EngramRowSet *
make_set (gsize n, ...)
{
  g_autoptr (GArray) rowids = g_array_new (FALSE, FALSE, sizeof (gint64));
  va_list arguments;

  va_start (arguments, n);
  for (gsize i = 0; i < n; i++)
    {
      gint64 rowid = va_arg (arguments, int);

      g_array_append_val (rowids, rowid);
    }
  va_end (arguments);
  return engram_row_set_new ((const gint64 *) rowids->data, n);
}

static void
assert_set (EngramRowSet *set,
            const char   *expected)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (gsize i = 0; i < engram_row_set_get_size (set); i++)
    g_string_append_printf (text, "%s%" G_GINT64_FORMAT, i > 0 ? " " : "", engram_row_set_get (set, i));
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_set (void)
{
  g_autoptr (EngramRowSet) gaps = make_set (6, 9, 2, 5, 2, 9, 4);
  g_autoptr (EngramRowSet) run = make_set (3, 5, 4, 3);
  g_autoptr (EngramRowSet) empty = engram_row_set_new_empty ();
  g_autoptr (EngramRowSet) both = engram_row_set_union (gaps, run);
  g_autoptr (EngramRowSet) left = engram_row_set_subtract (gaps, run);
  g_autoptr (EngramRowSet) same = engram_row_set_union (gaps, empty);
  g_autoptr (EngramRowSet) none = engram_row_set_subtract (empty, run);
  g_autoptr (EngramRowSet) other_run = make_set (3, 3, 4, 6);

  assert_set (gaps, "2 4 5 9");
  assert_set (run, "3 4 5");
  assert_set (both, "2 3 4 5 9");
  assert_set (left, "2 9");
  assert_set (same, "2 4 5 9");
  assert_set (none, "");
  g_assert_true (engram_row_set_equal (gaps, same));
  g_assert_false (engram_row_set_equal (gaps, run));
  g_assert_false (engram_row_set_equal (run, other_run));
  for (gint64 rowid = 1; rowid < 11; rowid++)
    {
      g_assert_cmpint (engram_row_set_contains (gaps, rowid), ==, rowid == 2 || rowid == 4 || rowid == 5 || rowid == 9);
      g_assert_cmpint (engram_row_set_contains (run, rowid), ==, rowid >= 3 && rowid <= 5);
      g_assert_false (engram_row_set_contains (empty, rowid));
    }
}

/* Differences of such rowids are beyond a gint64. */
static void
test_extremes (void)
{
  gint64 rowids[] = { G_MAXINT64, G_MININT64 };
  g_autoptr (EngramRowSet) set = engram_row_set_new (rowids, 2);

  g_assert_cmpuint (engram_row_set_get_size (set), ==, 2);
  g_assert_true (engram_row_set_contains (set, G_MININT64));
  g_assert_true (engram_row_set_contains (set, G_MAXINT64));
  g_assert_false (engram_row_set_contains (set, 0));
}

/* Sets of random rows do what a table of booleans does. */
static void
test_random (void)
{
  for (guint round = 0; round < 200; round++)
    {
      gboolean members[2][64] = { { FALSE } };
      EngramRowSet *sets[2];
      g_autoptr (EngramRowSet) both = NULL;
      g_autoptr (EngramRowSet) left = NULL;

      for (guint s = 0; s < 2; s++)
        {
          gint64 rowids[40];
          guint n = g_test_rand_int_range (0, 40);

          for (guint i = 0; i < n; i++)
            members[s][rowids[i] = g_test_rand_int_range (0, 64)] = TRUE;
          sets[s] = engram_row_set_new (rowids, n);
        }
      both = engram_row_set_union (sets[0], sets[1]);
      left = engram_row_set_subtract (sets[0], sets[1]);
      for (gint64 rowid = 0; rowid < 64; rowid++)
        {
          g_assert_cmpint (engram_row_set_contains (both, rowid), ==, members[0][rowid] || members[1][rowid]);
          g_assert_cmpint (engram_row_set_contains (left, rowid), ==, members[0][rowid] && !members[1][rowid]);
        }
      engram_row_set_unref (sets[0]);
      engram_row_set_unref (sets[1]);
    }
}

static void
test_keys (void)
{
  for (guint key = 0; key < ENGRAM_SORT_N_KEYS; key++)
    {
      const char *name = engram_sort_key_get_name (key);

      g_assert_cmpuint (engram_sort_key_from_name (name), ==, key);
      g_assert_true (engram_sort_key_fits (key, ENGRAM_RECORD_NEURON) ||
                     engram_sort_key_fits (key, ENGRAM_RECORD_SYNAPSE));
    }
  g_assert_cmpuint (engram_sort_key_from_name ("nonsense"), ==, ENGRAM_SORT_ROWS);
  g_assert_false (engram_sort_key_fits (ENGRAM_SORT_WEIGHT, ENGRAM_RECORD_NEURON));
  g_assert_false (engram_sort_key_fits (ENGRAM_SORT_ACTIVATION, ENGRAM_RECORD_SYNAPSE));
}

static void
test_ids (StoreFixture  *self,
          gconstpointer  data)
{
  g_autoptr (EngramNeuron) one = engram_neuron_new ("tool");
  g_autoptr (EngramNeuron) other = engram_neuron_new ("tool");
  g_autoptr (EngramSynapse) synapse = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramRowSet) found = NULL;
  g_autoptr (EngramRowSet) more = make_set (3, 1, 2, 77);
  g_autoptr (EngramRowSet) synapses = NULL;
  g_auto (GStrv) ids = NULL;
  g_auto (GStrv) synapse_ids = NULL;

  store_fixture_create (self, one);
  store_fixture_create (self, other);
  synapse = store_fixture_join (self, one->id, other->id, 0.5);

  found = engram_row_ids_find (self->database, ENGRAM_RECORD_NEURON,
                               (const char *[]) { other->id, ABSENT_ID, one->id, NULL }, NULL, &error);
  g_assert_no_error (error);
  assert_set (found, "1 2");
  ids = engram_row_ids_list (self->database, ENGRAM_RECORD_NEURON, more, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length (ids), ==, 2);
  g_assert_cmpstr (ids[0], ==, one->id);
  g_assert_cmpstr (ids[1], ==, other->id);

  synapses = engram_row_ids_find (self->database, ENGRAM_RECORD_SYNAPSE, (const char *[]) { synapse->id, NULL }, NULL,
                                  &error);
  g_assert_no_error (error);
  synapse_ids = engram_row_ids_list (self->database, ENGRAM_RECORD_SYNAPSE, synapses, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (synapse_ids[0], ==, synapse->id);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rows/set", test_set);
  g_test_add_func ("/rows/extremes", test_extremes);
  g_test_add_func ("/rows/random", test_random);
  g_test_add_func ("/rows/sort-keys", test_keys);
  ADD_STORE_TEST ("/rows/ids", NULL, test_ids);
  return g_test_run ();
}
