/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store-fixture.h"

/* "ACTION ID COUNT" of every structured message that names an action on records. */
static GPtrArray *logged;

static void
assert_logged (const char *action,
               const char *id,
               guint       count)
{
  g_autofree char *expected = g_strdup_printf ("%s %s %u", action, id, count);

  g_assert_cmpuint (logged->len, ==, 1);
  g_assert_cmpstr (logged->pdata[0], ==, expected);
  g_ptr_array_set_size (logged, 0);
}

static GLogWriterOutput
write_log (GLogLevelFlags   level,
           const GLogField *fields,
           gsize            n_fields,
           gpointer         data)
{
  const char *action = NULL;
  const char *id = "-";
  const char *count = NULL;

  for (gsize i = 0; i < n_fields; i++)
    {
      if (g_str_equal (fields[i].key, "ENGRAM_ACTION"))
        action = fields[i].value;
      else if (g_str_equal (fields[i].key, "ENGRAM_ID"))
        id = fields[i].value;
      else if (g_str_equal (fields[i].key, "ENGRAM_COUNT"))
        count = fields[i].value;
    }
  if (action != NULL && count != NULL)
    g_ptr_array_add (logged, g_strdup_printf ("%s %s %s", action, id, count));
  return g_log_writer_default (level, fields, n_fields, data);
}

static void
test_create_and_get (StoreFixture  *fixture,
                     gconstpointer  data)
{
  g_autoptr (EngramNeuron) neuron = make_full_neuron ();
  g_autoptr (EngramNeuron) second = engram_neuron_new ("knowledge");
  g_autoptr (EngramNeuron) stored = NULL;
  g_autoptr (EngramNeuron) stored_second = NULL;

  g_assert_true (engram_neuron_store_get_database (fixture->neurons) == fixture->database);
  store_fixture_create (fixture, neuron);
  store_fixture_create (fixture, second);
  g_assert_cmpint (neuron->rowid, >, 0);
  g_assert_cmpint (second->rowid, >, neuron->rowid);
  store_fixture_assert_count (fixture, 2, 0);

  stored = store_fixture_get_neuron (fixture, neuron->id);
  g_assert_cmpint (stored->rowid, ==, neuron->rowid);
  g_assert_cmphex (engram_neuron_compare (stored, neuron), ==, 0);
  g_assert_cmphex (stored->odd, ==, 0);
  stored_second = store_fixture_get_neuron (fixture, second->id);
  g_assert_cmphex (engram_neuron_compare (stored_second, second), ==, 0);
  g_assert_null (stored_second->vector);
}

static void
test_create_sets_times (StoreFixture  *fixture,
                        gconstpointer  data)
{
  g_autoptr (EngramNeuron) neuron = engram_neuron_new ("knowledge");
  g_autoptr (EngramNeuron) stored = NULL;

  engram_neuron_set_text (neuron, ENGRAM_NEURON_CREATED_AT, NULL);
  engram_neuron_set_text (neuron, ENGRAM_NEURON_MODIFIED_AT, NULL);
  store_fixture_create (fixture, neuron);

  g_assert_true (engram_time_is_valid (neuron->created_at));
  g_assert_cmpstr (neuron->created_at, ==, neuron->modified_at);
  stored = store_fixture_get_neuron (fixture, neuron->id);
  g_assert_cmpstr (stored->created_at, ==, neuron->created_at);
  g_assert_cmpstr (stored->modified_at, ==, neuron->modified_at);
}

static void
test_create_batch (StoreFixture  *fixture,
                   gconstpointer  data)
{
  g_autoptr (GPtrArray) batch = g_ptr_array_new_with_free_func ((GDestroyNotify) engram_neuron_free);
  g_autoptr (GError) error = NULL;

  g_assert_true (engram_neuron_store_create_batch (fixture->neurons, batch, NULL, &error));
  g_assert_no_error (error);
  for (int i = 0; i < 100; i++)
    g_ptr_array_add (batch, engram_neuron_new ("memory"));
  g_assert_true (engram_neuron_store_create_batch (fixture->neurons, batch, NULL, &error));
  g_assert_no_error (error);
  store_fixture_assert_count (fixture, 100, 0);
  for (guint i = 1; i < batch->len; i++)
    {
      const EngramNeuron *before = batch->pdata[i - 1];
      const EngramNeuron *neuron = batch->pdata[i];

      g_assert_cmpint (neuron->rowid, ==, before->rowid + 1);
    }
}

static void
test_update (StoreFixture  *fixture,
             gconstpointer  data)
{
  g_autoptr (EngramNeuron) neuron = make_full_neuron ();
  g_autoptr (EngramNeuron) stored = NULL;

  engram_neuron_set_text (neuron, ENGRAM_NEURON_CREATED_AT, "2025-11-01T09:00:00");
  engram_neuron_set_text (neuron, ENGRAM_NEURON_MODIFIED_AT, "2025-11-01T09:00:00");
  store_fixture_create (fixture, neuron);

  engram_neuron_set_text (neuron, ENGRAM_NEURON_SOURCE_DATA, NULL);
  neuron->position[2] = 9;
  neuron->nulls |= ENGRAM_NEURON_EXECUTION_COUNT;
  neuron->execution_count = 0;
  neuron->rowid = 0;
  store_fixture_update (fixture, neuron);
  g_assert_cmpint (neuron->rowid, >, 0);
  g_assert_cmpstr (neuron->modified_at, >, "2025-11-01T09:00:00");
  stored = store_fixture_get_neuron (fixture, neuron->id);
  g_assert_cmphex (engram_neuron_compare (stored, neuron), ==, 0);
  g_assert_cmpstr (stored->created_at, ==, "2025-11-01T09:00:00");
  g_assert_cmphex (stored->nulls & ENGRAM_NEURON_EXECUTION_COUNT, !=, 0);

  /* A time that the caller sets stays. */
  neuron->activation_level = 0.1;
  engram_neuron_set_text (neuron, ENGRAM_NEURON_MODIFIED_AT, "2025-11-02T09:00:00");
  store_fixture_update (fixture, neuron);
  g_assert_cmpstr (neuron->modified_at, ==, "2025-11-02T09:00:00");
  g_clear_pointer (&stored, engram_neuron_free);
  stored = store_fixture_get_neuron (fixture, neuron->id);
  g_assert_cmphex (engram_neuron_compare (stored, neuron), ==, 0);

  /* So does one where nothing differs. */
  store_fixture_update (fixture, neuron);
  g_assert_cmpstr (neuron->modified_at, ==, "2025-11-02T09:00:00");
}

static void
test_update_batch (StoreFixture  *fixture,
                   gconstpointer  data)
{
  g_autoptr (GPtrArray) batch = g_ptr_array_new_with_free_func ((GDestroyNotify) engram_neuron_free);
  g_autoptr (EngramNeuron) stored = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  EngramNeuron *absent = engram_neuron_new ("knowledge");

  for (int i = 0; i < 3; i++)
    g_ptr_array_add (batch, engram_neuron_new ("knowledge"));
  g_assert_true (engram_neuron_store_create_batch (fixture->neurons, batch, NULL, &error));

  /* The first one differs, so the error comes with the transaction open. */
  before = store_fixture_run_sql (fixture, "SELECT * FROM neurons");
  ((EngramNeuron *) batch->pdata[0])->activation_level = 0.5;
  engram_neuron_set_text (absent, ENGRAM_NEURON_ID, ABSENT_ID);
  g_ptr_array_add (batch, absent);
  g_assert_false (engram_neuron_store_update_batch (fixture->neurons, batch, NULL, &error));
  assert_record_error (error, ENGRAM_ERROR_NOT_FOUND, ABSENT_ID, NULL);
  after = store_fixture_run_sql (fixture, "SELECT * FROM neurons");
  g_assert_cmpstr (before, ==, after);

  g_clear_error (&error);
  g_ptr_array_remove_index (batch, 3);
  ((EngramNeuron *) batch->pdata[2])->activation_level = 0.25;
  g_assert_true (engram_neuron_store_update_batch (fixture->neurons, batch, NULL, &error));
  g_assert_no_error (error);
  for (int i = 0; i < 3; i++)
    {
      g_clear_pointer (&stored, engram_neuron_free);
      stored = store_fixture_get_neuron (fixture, ((EngramNeuron *) batch->pdata[i])->id);
      g_assert_cmphex (engram_neuron_compare (stored, batch->pdata[i]), ==, 0);
    }
}

static void
test_delete (StoreFixture  *fixture,
             gconstpointer  data)
{
  g_autoptr (EngramNeuron) doomed = engram_neuron_new ("knowledge");
  g_autoptr (EngramNeuron) other = engram_neuron_new ("knowledge");
  g_autoptr (EngramNeuron) lonely = engram_neuron_new ("knowledge");
  g_autoptr (GPtrArray) left = NULL;
  g_autoptr (GError) error = NULL;
  guint n_synapses = 99;

  store_fixture_create (fixture, doomed);
  store_fixture_create (fixture, other);
  store_fixture_create (fixture, lonely);
  engram_synapse_free (store_fixture_join (fixture, doomed->id, other->id, 0.5));
  engram_synapse_free (store_fixture_join (fixture, other->id, doomed->id, 0.5));
  engram_synapse_free (store_fixture_join (fixture, doomed->id, doomed->id, 0.5));
  engram_synapse_free (store_fixture_join (fixture, other->id, other->id, 0.5));

  g_assert_true (engram_neuron_store_delete (fixture->neurons, doomed->id, &n_synapses, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_synapses, ==, 3);
  store_fixture_assert_count (fixture, 2, 1);
  left = engram_synapse_store_list_between (fixture->synapses, other->id, other->id, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (left->len, ==, 1);

  g_assert_true (engram_neuron_store_delete (fixture->neurons, lonely->id, &n_synapses, NULL, &error));
  g_assert_cmpuint (n_synapses, ==, 0);
  g_assert_true (engram_neuron_store_delete (fixture->neurons, other->id, NULL, NULL, &error));
  store_fixture_assert_count (fixture, 0, 0);
}

/* The tables of a program that declared no foreign keys. */
static void
test_delete_without_cascade (StoreFixture  *fixture,
                             gconstpointer  data)
{
  g_autoptr (EngramNeuron) neuron = engram_neuron_new ("knowledge");
  g_autoptr (GError) error = NULL;
  guint n_synapses = 0;

  store_fixture_create (fixture, neuron);
  engram_synapse_free (store_fixture_join (fixture, neuron->id, neuron->id, 0.5));
  store_fixture_close (fixture);
  g_free (store_fixture_run_sql (fixture, "ALTER TABLE synapses RENAME TO keyed"));
  g_free (store_fixture_run_sql (fixture, "CREATE TABLE synapses AS SELECT * FROM keyed"));
  g_free (store_fixture_run_sql (fixture, "DROP TABLE keyed"));
  store_fixture_open (fixture);

  g_assert_true (engram_neuron_store_delete (fixture->neurons, neuron->id, &n_synapses, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_synapses, ==, 1);
  store_fixture_assert_count (fixture, 0, 0);
}

static void
test_logs (StoreFixture  *fixture,
           gconstpointer  data)
{
  g_autoptr (GPtrArray) batch = g_ptr_array_new_with_free_func ((GDestroyNotify) engram_neuron_free);
  g_autoptr (EngramNeuron) neuron = engram_neuron_new ("knowledge");
  g_autoptr (GError) error = NULL;

  g_ptr_array_set_size (logged, 0);
  store_fixture_create (fixture, neuron);
  assert_logged ("neuron-create", neuron->id, 1);
  neuron->activation_level = 1;
  store_fixture_update (fixture, neuron);
  assert_logged ("neuron-update", neuron->id, 1);
  store_fixture_update (fixture, neuron);
  g_assert_false (engram_neuron_store_create (fixture->neurons, neuron, NULL, NULL));
  g_assert_cmpuint (logged->len, ==, 0);
  g_assert_true (engram_neuron_store_delete (fixture->neurons, neuron->id, NULL, NULL, &error));
  assert_logged ("neuron-delete", neuron->id, 1);

  g_ptr_array_add (batch, engram_neuron_new ("knowledge"));
  g_ptr_array_add (batch, engram_neuron_new ("knowledge"));
  g_assert_true (engram_neuron_store_create_batch (fixture->neurons, batch, NULL, &error));
  assert_logged ("neuron-create", "-", 2);
}

int
main (int    argc,
      char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  logged = g_ptr_array_new_with_free_func (g_free);
  g_log_set_writer_func (write_log, NULL, NULL);

  ADD_STORE_TEST ("/neuron-store/create-and-get", NULL, test_create_and_get);
  ADD_STORE_TEST ("/neuron-store/create-sets-times", NULL, test_create_sets_times);
  ADD_STORE_TEST ("/neuron-store/create-batch", NULL, test_create_batch);
  ADD_STORE_TEST ("/neuron-store/update", NULL, test_update);
  ADD_STORE_TEST ("/neuron-store/update-batch", NULL, test_update_batch);
  ADD_STORE_TEST ("/neuron-store/delete", NULL, test_delete);
  ADD_STORE_TEST ("/neuron-store/delete-without-cascade", NULL, test_delete_without_cascade);
  ADD_STORE_TEST ("/neuron-store/logs", NULL, test_logs);

  status = g_test_run ();
  g_ptr_array_unref (logged);
  return status;
}
