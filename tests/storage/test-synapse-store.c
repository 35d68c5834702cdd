/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store-fixture.h"

#include <math.h>
#include <unistd.h>

/* Two neurons to join. */
static const char first_id[] = "11111111-1111-4111-8111-111111111111";
static const char second_id[] = "22222222-2222-4222-8222-222222222222";

static void
add_neuron (StoreFixture *fixture,
            const char   *id)
{
  g_autoptr (EngramNeuron) neuron = engram_neuron_new ("knowledge");

  engram_neuron_set_text (neuron, ENGRAM_NEURON_ID, id);
  store_fixture_create (fixture, neuron);
}

static void
set_up (StoreFixture  *fixture,
        gconstpointer  data)
{
  store_fixture_set_up (fixture, data);
  add_neuron (fixture, first_id);
  add_neuron (fixture, second_id);
}

static EngramSynapse *
get_synapse (StoreFixture *fixture,
             const char   *id)
{
  g_autoptr (GError) error = NULL;
  EngramSynapse *synapse = engram_synapse_store_get (fixture->synapses, id, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (synapse);
  return synapse;
}

static void
update_synapse (StoreFixture  *fixture,
                EngramSynapse *synapse)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (engram_synapse_store_update (fixture->synapses, synapse, NULL, &error) || error != NULL);
  g_assert_no_error (error);
}

static void
test_create_and_get (StoreFixture  *fixture,
                     gconstpointer  data)
{
  g_autoptr (EngramSynapse) synapse = engram_synapse_new (first_id, second_id, -1.0, "tool_input");
  g_autoptr (EngramSynapse) stored = NULL;
  g_autoptr (EngramSynapse) itself = store_fixture_join (fixture, first_id, first_id, 1.0);
  g_autoptr (GError) error = NULL;

  g_assert_true (engram_synapse_store_get_database (fixture->synapses) == fixture->database);
  synapse->usage_count = 5;
  engram_synapse_set_text (synapse, ENGRAM_SYNAPSE_METADATA, "{\"a\": 1e400}");
  engram_synapse_set_text (synapse, ENGRAM_SYNAPSE_LAST_TRAVERSED, "2025-11-01T09:00:00.5");
  engram_synapse_set_text (synapse, ENGRAM_SYNAPSE_CREATED_AT, NULL);
  engram_synapse_set_text (synapse, ENGRAM_SYNAPSE_MODIFIED_AT, NULL);
  g_assert_true (engram_synapse_store_create (fixture->synapses, synapse, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (synapse->rowid, ==, itself->rowid + 1);
  g_assert_true (engram_time_is_valid (synapse->created_at));
  g_assert_cmpstr (synapse->created_at, ==, synapse->modified_at);

  stored = get_synapse (fixture, synapse->id);
  g_assert_cmpint (stored->rowid, ==, synapse->rowid);
  g_assert_cmphex (engram_synapse_compare (stored, synapse), ==, 0);
  store_fixture_assert_count (fixture, 2, 2);
}

static void
set_bad_id (EngramSynapse *synapse)
{
  engram_synapse_set_text (synapse, ENGRAM_SYNAPSE_ID, "SYNAPSE");
}

static void
set_heavy (EngramSynapse *synapse)
{
  synapse->weight = 1.0000001;
}

static void
set_light (EngramSynapse *synapse)
{
  synapse->weight = -1.5;
}

static void
set_nan (EngramSynapse *synapse)
{
  synapse->weight = NAN;
}

static void
set_infinite (EngramSynapse *synapse)
{
  synapse->weight = INFINITY;
}

static void
set_latin_type (EngramSynapse *synapse)
{
  engram_synapse_set_text (synapse, ENGRAM_SYNAPSE_TYPE, "\xe9t\xe9");
}

static void
set_bad_metadata (EngramSynapse *synapse)
{
  engram_synapse_set_text (synapse, ENGRAM_SYNAPSE_METADATA, "{}{}");
}

static void
set_bad_time (EngramSynapse *synapse)
{
  engram_synapse_set_text (synapse, ENGRAM_SYNAPSE_LAST_TRAVERSED, "2025-13-01T00:00:00");
}

static const struct {
  void       (*spoil) (EngramSynapse *synapse);
  const char  *field;
} invalid_values[] = {
  { set_bad_id, "id" },
  { set_heavy, "weight" },
  { set_light, "weight" },
  { set_nan, "weight" },
  { set_infinite, "weight" },
  { set_latin_type, NULL },
  { set_bad_metadata, "metadata" },
  { set_bad_time, "last_traversed" },
};

/* The type's field has another name in the table than in the JSON document; either will do here. */
static void
assert_invalid (const GError *error,
                const char   *id,
                const char   *field)
{
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_INVALID);
  g_assert_nonnull (engram_error_get_field (error));
  if (field == NULL)
    field = engram_error_get_field (error);
  assert_record_error (error, ENGRAM_ERROR_INVALID, id, field);
}

static void
test_refuses_values (StoreFixture  *fixture,
                     gconstpointer  data)
{
  g_autoptr (EngramSynapse) good = store_fixture_join (fixture, first_id, second_id, 0.5);

  for (gsize i = 0; i < G_N_ELEMENTS (invalid_values); i++)
    {
      g_autoptr (GPtrArray) batch = g_ptr_array_new_with_free_func ((GDestroyNotify) engram_synapse_free);
      g_autoptr (EngramSynapse) changed = engram_synapse_copy (good);
      g_autoptr (GError) error = NULL;
      g_autoptr (GError) batch_error = NULL;
      g_autoptr (GError) update_error = NULL;
      EngramSynapse *bad = engram_synapse_new (first_id, second_id, 0.1, "knowledge");

      invalid_values[i].spoil (bad);
      g_ptr_array_add (batch, engram_synapse_new (first_id, second_id, 0.1, "knowledge"));
      g_ptr_array_add (batch, bad);
      g_assert_false (engram_synapse_store_create (fixture->synapses, bad, NULL, &error));
      assert_invalid (error, bad->id, invalid_values[i].field);
      g_assert_false (engram_synapse_store_create_batch (fixture->synapses, batch, NULL, &batch_error));
      assert_invalid (batch_error, bad->id, invalid_values[i].field);
      g_assert_cmpint (((EngramSynapse *) batch->pdata[0])->rowid, ==, 0);

      if (invalid_values[i].spoil == set_bad_id)
        continue;
      invalid_values[i].spoil (changed);
      g_assert_false (engram_synapse_store_update (fixture->synapses, changed, NULL, &update_error));
      assert_invalid (update_error, good->id, invalid_values[i].field);
    }
  store_fixture_assert_count (fixture, 2, 1);
}

static void
test_missing_ends (StoreFixture  *fixture,
                   gconstpointer  data)
{
  g_autoptr (GPtrArray) batch = g_ptr_array_new_with_free_func ((GDestroyNotify) engram_synapse_free);
  g_autoptr (EngramSynapse) from = engram_synapse_new (ABSENT_ID, first_id, 0.5, "knowledge");
  g_autoptr (EngramSynapse) to = engram_synapse_new (first_id, ABSENT_ID, 0.5, "knowledge");
  g_autoptr (EngramSynapse) moved = store_fixture_join (fixture, first_id, second_id, 0.5);
  g_autoptr (EngramSynapse) stored = NULL;
  g_autoptr (GError) source_error = NULL;
  g_autoptr (GError) target_error = NULL;
  g_autoptr (GError) batch_error = NULL;
  g_autoptr (GError) update_error = NULL;

  g_assert_false (engram_synapse_store_create (fixture->synapses, from, NULL, &source_error));
  assert_record_error (source_error, ENGRAM_ERROR_NOT_FOUND, ABSENT_ID, "source_neuron_id");
  g_assert_nonnull (strstr (source_error->message, from->id));
  g_assert_false (engram_synapse_store_create (fixture->synapses, to, NULL, &target_error));
  assert_record_error (target_error, ENGRAM_ERROR_NOT_FOUND, ABSENT_ID, "target_neuron_id");
  g_assert_nonnull (strstr (target_error->message, to->id));

  g_ptr_array_add (batch, engram_synapse_new (first_id, second_id, 0.5, "knowledge"));
  g_ptr_array_add (batch, engram_synapse_copy (to));
  g_assert_false (engram_synapse_store_create_batch (fixture->synapses, batch, NULL, &batch_error));
  assert_record_error (batch_error, ENGRAM_ERROR_NOT_FOUND, ABSENT_ID, "target_neuron_id");
  store_fixture_assert_count (fixture, 2, 1);

  engram_synapse_set_text (moved, ENGRAM_SYNAPSE_SOURCE, ABSENT_ID);
  g_assert_false (engram_synapse_store_update (fixture->synapses, moved, NULL, &update_error));
  assert_record_error (update_error, ENGRAM_ERROR_NOT_FOUND, ABSENT_ID, "source_neuron_id");
  stored = get_synapse (fixture, moved->id);
  g_assert_cmpstr (stored->source_id, ==, first_id);
  engram_synapse_set_text (moved, ENGRAM_SYNAPSE_SOURCE, second_id);
  update_synapse (fixture, moved);
}

static void
test_id_exists (StoreFixture  *fixture,
                gconstpointer  data)
{
  g_autoptr (EngramSynapse) synapse = store_fixture_join (fixture, first_id, second_id, 0.5);
  g_autoptr (GError) error = NULL;

  g_assert_false (engram_synapse_store_create (fixture->synapses, synapse, NULL, &error));
  assert_record_error (error, ENGRAM_ERROR_EXISTS, synapse->id, "id");
}

static void
test_not_found (StoreFixture  *fixture,
                gconstpointer  data)
{
  g_autoptr (EngramSynapse) synapse = engram_synapse_new (first_id, second_id, 0.5, "knowledge");
  g_autoptr (GError) get_error = NULL;
  g_autoptr (GError) update_error = NULL;
  g_autoptr (GError) delete_error = NULL;

  engram_synapse_set_text (synapse, ENGRAM_SYNAPSE_ID, ABSENT_ID);
  g_assert_null (engram_synapse_store_get (fixture->synapses, ABSENT_ID, NULL, &get_error));
  assert_record_error (get_error, ENGRAM_ERROR_NOT_FOUND, ABSENT_ID, NULL);
  g_assert_false (engram_synapse_store_update (fixture->synapses, synapse, NULL, &update_error));
  assert_record_error (update_error, ENGRAM_ERROR_NOT_FOUND, ABSENT_ID, NULL);
  g_assert_false (engram_synapse_store_delete (fixture->synapses, ABSENT_ID, NULL, &delete_error));
  assert_record_error (delete_error, ENGRAM_ERROR_NOT_FOUND, ABSENT_ID, NULL);
}

static void
test_update (StoreFixture  *fixture,
             gconstpointer  data)
{
  g_autoptr (EngramSynapse) synapse = engram_synapse_new (first_id, second_id, 0.5, "knowledge");
  g_autoptr (EngramSynapse) stored = NULL;
  g_autoptr (GError) error = NULL;

  engram_synapse_set_text (synapse, ENGRAM_SYNAPSE_CREATED_AT, "2025-11-01T09:00:00");
  engram_synapse_set_text (synapse, ENGRAM_SYNAPSE_MODIFIED_AT, "2025-11-01T09:00:00");
  g_assert_true (engram_synapse_store_create (fixture->synapses, synapse, NULL, &error));
  update_synapse (fixture, synapse);
  g_assert_cmpstr (synapse->modified_at, ==, "2025-11-01T09:00:00");

  synapse->weight = 0.25;
  synapse->nulls |= ENGRAM_SYNAPSE_USAGE_COUNT;
  engram_synapse_set_text (synapse, ENGRAM_SYNAPSE_LAST_TRAVERSED, "2025-11-02T00:00:00");
  update_synapse (fixture, synapse);
  g_assert_cmpstr (synapse->modified_at, >, "2025-11-01T09:00:00");
  stored = get_synapse (fixture, synapse->id);
  g_assert_cmphex (engram_synapse_compare (stored, synapse), ==, 0);
  g_assert_cmphex (stored->nulls, ==, ENGRAM_SYNAPSE_USAGE_COUNT);
}

static void
test_batches (StoreFixture  *fixture,
              gconstpointer  data)
{
  g_autoptr (GPtrArray) batch = g_ptr_array_new_with_free_func ((GDestroyNotify) engram_synapse_free);
  g_autoptr (EngramSynapse) stored = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  for (int i = 0; i < 20; i++)
    g_ptr_array_add (batch, engram_synapse_new (first_id, second_id, i / 20.0, "knowledge"));
  g_assert_true (engram_synapse_store_create_batch (fixture->synapses, batch, NULL, &error));
  g_assert_no_error (error);
  store_fixture_assert_count (fixture, 2, 20);

  /* The last one is wrong, when the others are written already. */
  before = store_fixture_run_sql (fixture, "SELECT * FROM synapses");
  for (guint i = 0; i < batch->len; i++)
    ((EngramSynapse *) batch->pdata[i])->weight = -0.5;
  ((EngramSynapse *) batch->pdata[19])->weight = 2;
  g_assert_false (engram_synapse_store_update_batch (fixture->synapses, batch, NULL, &error));
  assert_record_error (error, ENGRAM_ERROR_INVALID, ((EngramSynapse *) batch->pdata[19])->id, "weight");
  after = store_fixture_run_sql (fixture, "SELECT * FROM synapses");
  g_assert_cmpstr (before, ==, after);

  g_clear_error (&error);
  ((EngramSynapse *) batch->pdata[19])->weight = -0.5;
  g_assert_true (engram_synapse_store_update_batch (fixture->synapses, batch, NULL, &error));
  g_assert_no_error (error);
  stored = get_synapse (fixture, ((EngramSynapse *) batch->pdata[7])->id);
  g_assert_cmpfloat (stored->weight, ==, -0.5);
  g_assert_cmpstr (stored->modified_at, ==, ((EngramSynapse *) batch->pdata[7])->modified_at);
}

static void
test_delete (StoreFixture  *fixture,
             gconstpointer  data)
{
  g_autoptr (EngramSynapse) synapse = store_fixture_join (fixture, first_id, second_id, 0.5);
  g_autoptr (EngramSynapse) other = store_fixture_join (fixture, first_id, second_id, 0.5);
  g_autoptr (GError) error = NULL;

  g_assert_true (engram_synapse_store_delete (fixture->synapses, synapse->id, NULL, &error));
  g_assert_no_error (error);
  store_fixture_assert_count (fixture, 2, 1);
  engram_synapse_free (get_synapse (fixture, other->id));
}

static void
test_delete_weaker (StoreFixture  *fixture,
                    gconstpointer  data)
{
  static const double weights[] = { 0, -0.0, 0.009, -0.009, 0.01, -0.01, 0.5, -1, 1 };
  static const double wrong[] = { -0.1, NAN, INFINITY };
  guint64 n_deleted = 99;
  g_autoptr (GError) error = NULL;
  g_autofree char *left = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (weights); i++)
    engram_synapse_free (store_fixture_join (fixture, first_id, second_id, weights[i]));

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) wrong_error = NULL;

      engram_synapse_store_delete_weaker (fixture->synapses, wrong[i], NULL, NULL, &wrong_error);
      assert_record_error (wrong_error, ENGRAM_ERROR_INVALID, NULL, "weight");
    }
  g_assert_true (engram_synapse_store_delete_weaker (fixture->synapses, 0, &n_deleted, NULL, &error));
  g_assert_cmpuint (n_deleted, ==, 0);
  g_assert_true (engram_synapse_store_delete_weaker (fixture->synapses, 0.01, &n_deleted, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_deleted, ==, 4);
  left = store_fixture_run_sql (fixture, "SELECT weight FROM synapses ORDER BY rowid");
  g_assert_cmpstr (left, ==, "0.01\n-0.01\n0.5\n-1.0\n1.0\n");
}

/* Weights that are no weights stay through an update of something else, and are not weak. */
static void
test_damaged_weights (StoreFixture  *fixture,
                      gconstpointer  data)
{
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  guint64 n_deleted;

  if (!store_fixture_use_shared (fixture, "damaged/weights-out-of-range.db"))
    return;

  before = store_fixture_run_sql (fixture, "SELECT rowid, id, quote(weight), typeof(weight) FROM synapses"
                                           " WHERE typeof(weight) <> 'real' OR abs(weight) >= 0.2");
  list = engram_synapse_store_list_after (fixture->synapses, G_MININT64, G_MAXUINT, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < list->len; i++)
    {
      EngramSynapse *synapse = list->pdata[i];

      synapse->usage_count += 1000;
      update_synapse (fixture, synapse);
    }
  g_assert_true (engram_synapse_store_delete_weaker (fixture->synapses, 0.2, &n_deleted, NULL, &error));
  g_assert_no_error (error);
  after = store_fixture_run_sql (fixture, "SELECT rowid, id, quote(weight), typeof(weight) FROM synapses");
  g_assert_cmpstr (before, ==, after);
}

/* A synapse whose end is missing can be mended, and everything but that end changed. */
static void
test_orphans (StoreFixture  *fixture,
              gconstpointer  data)
{
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GError) error = NULL;

  if (!store_fixture_use_shared (fixture, "damaged/orphan-synapses.db"))
    return;

  list = engram_synapse_store_list_after (fixture->synapses, G_MININT64, G_MAXUINT, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < list->len; i++)
    {
      EngramSynapse *synapse = list->pdata[i];

      synapse->weight /= 2;
      update_synapse (fixture, synapse);
    }
}

static void
test_read_only (StoreFixture  *fixture,
                gconstpointer  data)
{
  g_autoptr (EngramSynapse) synapse = store_fixture_join (fixture, first_id, second_id, 0.001);
  g_autoptr (EngramSynapse) another = engram_synapse_new (first_id, second_id, 0.5, "knowledge");
  g_autofree char *second_name = g_build_filename (fixture->folder, "second.db", NULL);
  g_autoptr (GError) create_error = NULL;
  g_autoptr (GError) delete_error = NULL;
  g_autoptr (GError) prune_error = NULL;

  store_fixture_close (fixture);
  g_assert_cmpint (link (fixture->path, second_name), ==, 0);
  store_fixture_open (fixture);
  g_assert_false (engram_synapse_store_create (fixture->synapses, another, NULL, &create_error));
  g_assert_error (create_error, ENGRAM_ERROR, ENGRAM_ERROR_READ_ONLY);
  g_assert_false (engram_synapse_store_delete (fixture->synapses, synapse->id, NULL, &delete_error));
  g_assert_error (delete_error, ENGRAM_ERROR, ENGRAM_ERROR_READ_ONLY);
  g_assert_false (engram_synapse_store_delete_weaker (fixture->synapses, 0.01, NULL, NULL, &prune_error));
  g_assert_error (prune_error, ENGRAM_ERROR, ENGRAM_ERROR_READ_ONLY);
  store_fixture_assert_count (fixture, 2, 1);
}

#define ADD(path, function) \
  g_test_add ("/synapse-store/" path, StoreFixture, NULL, set_up, function, store_fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("create-and-get", test_create_and_get);
  ADD ("refuses-values", test_refuses_values);
  ADD ("missing-ends", test_missing_ends);
  ADD ("id-exists", test_id_exists);
  ADD ("not-found", test_not_found);
  ADD ("update", test_update);
  ADD ("batches", test_batches);
  ADD ("delete", test_delete);
  ADD ("delete-weaker", test_delete_weaker);
  ADD ("damaged-weights", test_damaged_weights);
  ADD ("orphans", test_orphans);
  ADD ("read-only", test_read_only);

  return g_test_run ();
}
