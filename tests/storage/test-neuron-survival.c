/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store-fixture.h"

#include <math.h>

/* Everything but the two columns that the test changes. */
#define ALL_ELSE \
  "SELECT rowid, id, typeof(id), quote(position_x), quote(position_y), quote(position_z), quote(vector)," \
  " neuron_type, quote(metadata), quote(created_at), hex(source_data), typeof(source_data)," \
  " quote(compression_ratio), quote(semantic_tags), quote(executable_code), hex(input_schema)," \
  " typeof(input_schema), quote(execution_count) FROM neurons ORDER BY rowid"

#define FOREIGN_COLUMNS "SELECT id, quote(importance), quote(lab_note) FROM neurons ORDER BY rowid"

static void
update_every_neuron (StoreFixture *fixture)
{
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *before = store_fixture_run_sql (fixture, ALL_ELSE);
  g_autofree char *after = NULL;
  g_autofree char *levels = NULL;

  list = engram_neuron_store_list (fixture->neurons, 0, G_MAXUINT, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < list->len; i++)
    {
      const EngramNeuron *listed = list->pdata[i];
      g_autoptr (EngramNeuron) neuron = store_fixture_get_neuron (fixture, listed->id);

      engram_neuron_set_number (neuron, ENGRAM_NEURON_ACTIVATION_LEVEL, 0.123);
      store_fixture_update (fixture, neuron);
    }
  after = store_fixture_run_sql (fixture, ALL_ELSE);
  g_assert_cmpstr (before, ==, after);
  levels = store_fixture_run_sql (fixture, "SELECT DISTINCT activation_level FROM neurons");
  g_assert_cmpstr (levels, ==, "0.123\n");
}

static void
test_odd_columns_survive (StoreFixture  *fixture,
                          gconstpointer  data)
{
  g_autoptr (EngramNeuron) neuron = make_full_neuron ();
  g_autoptr (EngramNeuron) other = make_full_neuron ();

  store_fixture_create (fixture, neuron);
  store_fixture_create (fixture, other);
  store_fixture_close (fixture);
  g_free (store_fixture_run_sql (fixture,
                                 "UPDATE neurons SET vector = x'01020304050607', position_y = 'north',"
                                 " source_data = CAST(x'41ff42' AS TEXT), compression_ratio = 'half',"
                                 " execution_count = 'many', metadata = x'00ff', semantic_tags = 'no list'"
                                 " WHERE rowid = 1"));
  g_free (store_fixture_run_sql (fixture,
                                 "UPDATE neurons SET vector = 'text', position_x = 9e999,"
                                 " executable_code = 5, input_schema = CAST(x'410042' AS TEXT)"
                                 " WHERE rowid = 2"));
  store_fixture_open (fixture);
  update_every_neuron (fixture);
}

static void
test_foreign_columns_survive (StoreFixture  *fixture,
                              gconstpointer  data)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  if (!store_fixture_use_shared (fixture, "damaged/extra-columns.db"))
    return;

  before = store_fixture_run_sql (fixture, FOREIGN_COLUMNS);
  update_every_neuron (fixture);
  after = store_fixture_run_sql (fixture, FOREIGN_COLUMNS);
  g_assert_cmpstr (before, ==, after);
}

/* A version 1 file of the Python program: not a byte changes until there is something to write. */
static void
test_nothing_to_write (StoreFixture  *fixture,
                       gconstpointer  data)
{
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (EngramNeuron) neuron = NULL;
  g_autoptr (EngramNeuron) bad = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *shared = test_shared_data ("original/network.db");
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  if (!store_fixture_use_shared (fixture, "original/network.db"))
    return;
  before = test_hash_file (shared);

  list = engram_neuron_store_list (fixture->neurons, 0, 1, NULL, &error);
  g_assert_no_error (error);
  neuron = store_fixture_get_neuron (fixture, ((EngramNeuron *) list->pdata[0])->id);
  bad = engram_neuron_copy (neuron);
  bad->position[0] = NAN;
  store_fixture_update (fixture, neuron);
  g_assert_false (engram_neuron_store_update (fixture->neurons, bad, NULL, NULL));
  g_assert_false (engram_neuron_store_create (fixture->neurons, bad, NULL, NULL));
  g_assert_false (engram_neuron_store_delete (fixture->neurons, ABSENT_ID, NULL, NULL, NULL));
  store_fixture_close (fixture);
  after = test_hash_file (fixture->path);
  g_assert_cmpstr (before, ==, after);

  store_fixture_open (fixture);
  neuron->activation_level = 0.9;
  store_fixture_update (fixture, neuron);
  g_clear_pointer (&bad, engram_neuron_free);
  bad = store_fixture_get_neuron (fixture, neuron->id);
  g_assert_cmphex (engram_neuron_compare (neuron, bad), ==, 0);
}

static void
test_update_from_list (StoreFixture  *fixture,
                       gconstpointer  data)
{
  g_autoptr (EngramNeuron) neuron = make_full_neuron ();
  g_autoptr (EngramNeuron) stored = NULL;
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GError) error = NULL;
  EngramNeuron *listed;

  store_fixture_create (fixture, neuron);
  list = engram_neuron_store_list (fixture->neurons, 0, 10, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (list->len, ==, 1);
  listed = list->pdata[0];
  g_assert_null (listed->vector);
  listed->activation_level = 0.125;
  store_fixture_update (fixture, listed);

  stored = store_fixture_get_neuron (fixture, neuron->id);
  g_assert_cmpfloat (stored->activation_level, ==, 0.125);
  g_assert_cmpmem (stored->vector, stored->vector_length * sizeof (float),
                   neuron->vector, neuron->vector_length * sizeof (float));
}

static void
test_damaged_columns_survive (StoreFixture  *fixture,
                              gconstpointer  data)
{
  g_autofree char *name = g_build_filename ("damaged", (const char *) data, NULL);

  if (store_fixture_use_shared (fixture, name))
    update_every_neuron (fixture);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD_STORE_TEST ("/neuron-survival/odd-columns", NULL, test_odd_columns_survive);
  ADD_STORE_TEST ("/neuron-survival/foreign-columns", NULL, test_foreign_columns_survive);
  ADD_STORE_TEST ("/neuron-survival/nothing-to-write", NULL, test_nothing_to_write);
  ADD_STORE_TEST ("/neuron-survival/update-from-list", NULL, test_update_from_list);
  ADD_STORE_TEST ("/neuron-survival/damaged/vectors", "bad-vectors.db", test_damaged_columns_survive);
  ADD_STORE_TEST ("/neuron-survival/damaged/positions", "bad-positions.db", test_damaged_columns_survive);
  ADD_STORE_TEST ("/neuron-survival/damaged/json", "bad-json.db", test_damaged_columns_survive);
  ADD_STORE_TEST ("/neuron-survival/damaged/ids", "bad-ids-and-dates.db", test_damaged_columns_survive);

  return g_test_run ();
}
