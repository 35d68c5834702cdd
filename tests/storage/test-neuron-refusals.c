/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store-fixture.h"

#include <math.h>
#include <unistd.h>

static void
set_bad_id (EngramNeuron *neuron)
{
  engram_neuron_set_text (neuron, ENGRAM_NEURON_ID, "neuron 1");
}

static void
set_no_id (EngramNeuron *neuron)
{
  engram_neuron_set_text (neuron, ENGRAM_NEURON_ID, NULL);
}

static void
set_nan_position (EngramNeuron *neuron)
{
  neuron->position[1] = NAN;
}

static void
set_infinite_position (EngramNeuron *neuron)
{
  neuron->position[2] = -INFINITY;
}

static void
set_nan_activation (EngramNeuron *neuron)
{
  neuron->activation_level = NAN;
}

static void
set_nan_threshold (EngramNeuron *neuron)
{
  neuron->activation_threshold = NAN;
}

static void
set_nan_ratio (EngramNeuron *neuron)
{
  engram_neuron_set_number (neuron, ENGRAM_NEURON_COMPRESSION_RATIO, NAN);
}

static void
set_nan_vector (EngramNeuron *neuron)
{
  const float vector[] = { 1, NAN };

  engram_neuron_set_vector (neuron, vector, G_N_ELEMENTS (vector));
}

static void
set_latin_text (EngramNeuron *neuron)
{
  engram_neuron_set_text (neuron, ENGRAM_NEURON_SOURCE_DATA, "Gr\xf6\xdf" "e");
}

static void
set_bad_metadata (EngramNeuron *neuron)
{
  engram_neuron_set_text (neuron, ENGRAM_NEURON_METADATA, "{'a': 1}");
}

static void
set_list_metadata (EngramNeuron *neuron)
{
  engram_neuron_set_text (neuron, ENGRAM_NEURON_METADATA, "[]");
}

static void
set_object_tags (EngramNeuron *neuron)
{
  engram_neuron_set_text (neuron, ENGRAM_NEURON_SEMANTIC_TAGS, "{}");
}

static void
set_bad_time (EngramNeuron *neuron)
{
  engram_neuron_set_text (neuron, ENGRAM_NEURON_CREATED_AT, "yesterday");
}

static const struct {
  void       (*spoil) (EngramNeuron *neuron);
  const char  *field;
} invalid_values[] = {
  { set_bad_id, "id" },
  { set_no_id, "id" },
  { set_nan_position, "position" },
  { set_infinite_position, "position" },
  { set_nan_activation, "activation_level" },
  { set_nan_threshold, "activation_threshold" },
  { set_nan_ratio, "compression_ratio" },
  { set_nan_vector, "vector" },
  { set_latin_text, "source_data" },
  { set_bad_metadata, "metadata" },
  { set_list_metadata, "metadata" },
  { set_object_tags, "semantic_tags" },
  { set_bad_time, "created_at" },
};

static void
test_create_refuses (StoreFixture  *fixture,
                     gconstpointer  data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (invalid_values); i++)
    {
      g_autoptr (GPtrArray) batch = g_ptr_array_new_with_free_func ((GDestroyNotify) engram_neuron_free);
      g_autoptr (GError) error = NULL;
      g_autoptr (GError) batch_error = NULL;
      EngramNeuron *bad = engram_neuron_new ("knowledge");

      invalid_values[i].spoil (bad);
      g_assert_false (engram_neuron_store_create (fixture->neurons, bad, NULL, &error));
      assert_record_error (error, ENGRAM_ERROR_INVALID, bad->id, invalid_values[i].field);

      g_ptr_array_add (batch, engram_neuron_new ("knowledge"));
      g_ptr_array_add (batch, bad);
      g_assert_false (engram_neuron_store_create_batch (fixture->neurons, batch, NULL, &batch_error));
      assert_record_error (batch_error, ENGRAM_ERROR_INVALID, bad->id, invalid_values[i].field);
      g_assert_cmpint (((EngramNeuron *) batch->pdata[0])->rowid, ==, 0);
      g_assert_cmpint (bad->rowid, ==, 0);
    }
  store_fixture_assert_count (fixture, 0, 0);
}

static void
test_update_refuses (StoreFixture  *fixture,
                     gconstpointer  data)
{
  g_autoptr (EngramNeuron) neuron = engram_neuron_new ("knowledge");
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  store_fixture_create (fixture, neuron);
  before = store_fixture_run_sql (fixture, "SELECT * FROM neurons");
  for (gsize i = 0; i < G_N_ELEMENTS (invalid_values); i++)
    {
      g_autoptr (EngramNeuron) bad = engram_neuron_copy (neuron);
      g_autoptr (GError) error = NULL;

      if (g_str_equal (invalid_values[i].field, "id"))
        continue;
      invalid_values[i].spoil (bad);
      bad->position[0] = 5;
      g_assert_false (engram_neuron_store_update (fixture->neurons, bad, NULL, &error));
      assert_record_error (error, ENGRAM_ERROR_INVALID, bad->id, invalid_values[i].field);
      g_assert_cmpstr (bad->modified_at, ==, neuron->modified_at);
    }
  after = store_fixture_run_sql (fixture, "SELECT * FROM neurons");
  g_assert_cmpstr (before, ==, after);
}

/* Longer than SQLite takes, whose answer would be NULL in its place. */
static void
test_too_long (StoreFixture  *fixture,
               gconstpointer  data)
{
  const gsize size = 257 * 1024 * 1024;
  g_autofree char *text = g_malloc (size + 1);
  g_autoptr (EngramNeuron) neuron = engram_neuron_new ("knowledge");
  g_autoptr (GError) text_error = NULL;
  g_autoptr (GError) vector_error = NULL;
  g_autoptr (GError) get_error = NULL;

  memset (text, 'a', size);
  text[size] = '\0';
  engram_neuron_set_text (neuron, ENGRAM_NEURON_SOURCE_DATA, text);
  g_assert_false (engram_neuron_store_create (fixture->neurons, neuron, NULL, &text_error));
  assert_record_error (text_error, ENGRAM_ERROR_INVALID, neuron->id, "source_data");
  engram_neuron_set_text (neuron, ENGRAM_NEURON_SOURCE_DATA, NULL);

  engram_neuron_set_vector (neuron, (const float *) text, size / sizeof (float));
  g_assert_false (engram_neuron_store_create (fixture->neurons, neuron, NULL, &vector_error));
  assert_record_error (vector_error, ENGRAM_ERROR_INVALID, neuron->id, "vector");
  engram_neuron_set_vector (neuron, NULL, 0);

  /* What is looked for is refused too, and does not spoil the statement for others. */
  g_assert_null (engram_neuron_store_get (fixture->neurons, text, NULL, &get_error));
  g_assert_error (get_error, ENGRAM_ERROR, ENGRAM_ERROR_INVALID);
  store_fixture_assert_count (fixture, 0, 0);
  store_fixture_create (fixture, neuron);
  engram_neuron_free (store_fixture_get_neuron (fixture, neuron->id));
}

static void
test_dimension (StoreFixture  *fixture,
                gconstpointer  data)
{
  const float numbers[] = { 1, 2, 3 };
  g_autoptr (GPtrArray) mixed = g_ptr_array_new_with_free_func ((GDestroyNotify) engram_neuron_free);
  g_autoptr (EngramNeuron) first = engram_neuron_new ("knowledge");
  g_autoptr (EngramNeuron) without = engram_neuron_new ("knowledge");
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) create_error = NULL;
  g_autoptr (GError) update_error = NULL;
  EngramNeuron *other = engram_neuron_new ("knowledge");

  g_ptr_array_add (mixed, engram_neuron_new ("knowledge"));
  engram_neuron_set_vector (mixed->pdata[0], numbers, 3);
  g_ptr_array_add (mixed, other);
  engram_neuron_set_vector (other, numbers, 2);
  g_assert_false (engram_neuron_store_create_batch (fixture->neurons, mixed, NULL, &error));
  assert_record_error (error, ENGRAM_ERROR_INVALID, other->id, "vector");
  store_fixture_assert_count (fixture, 0, 0);

  engram_neuron_set_vector (first, numbers, 3);
  store_fixture_create (fixture, first);
  store_fixture_create (fixture, without);
  g_assert_false (engram_neuron_store_create (fixture->neurons, other, NULL, &create_error));
  assert_record_error (create_error, ENGRAM_ERROR_INVALID, other->id, "vector");

  engram_neuron_set_vector (without, numbers, 1);
  g_assert_false (engram_neuron_store_update (fixture->neurons, without, NULL, &update_error));
  assert_record_error (update_error, ENGRAM_ERROR_INVALID, without->id, "vector");
  engram_neuron_set_vector (without, numbers, 3);
  store_fixture_update (fixture, without);
  engram_neuron_set_vector (without, NULL, 0);
  store_fixture_update (fixture, without);
  store_fixture_assert_count (fixture, 2, 0);
}

static void
test_id_exists (StoreFixture  *fixture,
                gconstpointer  data)
{
  g_autoptr (GPtrArray) batch = g_ptr_array_new_with_free_func ((GDestroyNotify) engram_neuron_free);
  g_autoptr (EngramNeuron) neuron = engram_neuron_new ("knowledge");
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) batch_error = NULL;
  EngramNeuron *new_one = engram_neuron_new ("knowledge");

  store_fixture_create (fixture, neuron);
  g_assert_false (engram_neuron_store_create (fixture->neurons, neuron, NULL, &error));
  assert_record_error (error, ENGRAM_ERROR_EXISTS, neuron->id, "id");

  /* Twice in one batch is as wrong, and takes the first one back too. */
  engram_neuron_set_text (new_one, ENGRAM_NEURON_CREATED_AT, NULL);
  g_ptr_array_add (batch, new_one);
  g_ptr_array_add (batch, engram_neuron_copy (new_one));
  g_assert_false (engram_neuron_store_create_batch (fixture->neurons, batch, NULL, &batch_error));
  assert_record_error (batch_error, ENGRAM_ERROR_EXISTS, new_one->id, "id");
  g_assert_cmpint (new_one->rowid, ==, 0);
  g_assert_null (new_one->created_at);
  store_fixture_assert_count (fixture, 1, 0);
}

static void
test_not_found (StoreFixture  *fixture,
                gconstpointer  data)
{
  g_autoptr (EngramNeuron) neuron = engram_neuron_new ("knowledge");
  g_autoptr (GError) get_error = NULL;
  g_autoptr (GError) update_error = NULL;
  g_autoptr (GError) delete_error = NULL;

  engram_neuron_set_text (neuron, ENGRAM_NEURON_ID, ABSENT_ID);
  g_assert_null (engram_neuron_store_get (fixture->neurons, ABSENT_ID, NULL, &get_error));
  assert_record_error (get_error, ENGRAM_ERROR_NOT_FOUND, ABSENT_ID, NULL);
  g_assert_false (engram_neuron_store_update (fixture->neurons, neuron, NULL, &update_error));
  assert_record_error (update_error, ENGRAM_ERROR_NOT_FOUND, ABSENT_ID, NULL);
  g_assert_false (engram_neuron_store_delete (fixture->neurons, ABSENT_ID, NULL, NULL, &delete_error));
  assert_record_error (delete_error, ENGRAM_ERROR_NOT_FOUND, ABSENT_ID, NULL);
}

static void
test_cancelled (StoreFixture  *fixture,
                gconstpointer  data)
{
  g_autoptr (EngramNeuron) neuron = engram_neuron_new ("knowledge");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) create_error = NULL;
  g_autoptr (GError) update_error = NULL;
  g_autoptr (GError) get_error = NULL;

  store_fixture_create (fixture, neuron);
  g_cancellable_cancel (cancellable);
  g_assert_false (engram_neuron_store_create (fixture->neurons, neuron, cancellable, &create_error));
  g_assert_error (create_error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  neuron->activation_level = 1;
  g_assert_false (engram_neuron_store_update (fixture->neurons, neuron, cancellable, &update_error));
  g_assert_error (update_error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (engram_neuron_store_get (fixture->neurons, neuron->id, cancellable, &get_error));
  g_assert_error (get_error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (neuron->rowid, !=, 0);
  store_fixture_assert_count (fixture, 1, 0);
}

/* A file with two names may be read only, whoever asks. */
static void
test_read_only (StoreFixture  *fixture,
                gconstpointer  data)
{
  g_autoptr (EngramNeuron) neuron = engram_neuron_new ("knowledge");
  g_autoptr (EngramNeuron) another = engram_neuron_new ("knowledge");
  g_autoptr (EngramNeuron) stored = NULL;
  g_autoptr (GError) create_error = NULL;
  g_autoptr (GError) update_error = NULL;
  g_autoptr (GError) delete_error = NULL;
  g_autofree char *second_name = g_build_filename (fixture->folder, "second.db", NULL);

  store_fixture_create (fixture, neuron);
  store_fixture_close (fixture);
  g_assert_cmpint (link (fixture->path, second_name), ==, 0);
  store_fixture_open (fixture);

  g_assert_false (engram_neuron_store_create (fixture->neurons, another, NULL, &create_error));
  g_assert_error (create_error, ENGRAM_ERROR, ENGRAM_ERROR_READ_ONLY);
  stored = store_fixture_get_neuron (fixture, neuron->id);
  stored->activation_level = 1;
  g_assert_false (engram_neuron_store_update (fixture->neurons, stored, NULL, &update_error));
  g_assert_error (update_error, ENGRAM_ERROR, ENGRAM_ERROR_READ_ONLY);
  g_assert_false (engram_neuron_store_delete (fixture->neurons, neuron->id, NULL, NULL, &delete_error));
  g_assert_error (delete_error, ENGRAM_ERROR, ENGRAM_ERROR_READ_ONLY);
  store_fixture_assert_count (fixture, 1, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD_STORE_TEST ("/neuron-refusals/create", NULL, test_create_refuses);
  ADD_STORE_TEST ("/neuron-refusals/update", NULL, test_update_refuses);
  ADD_STORE_TEST ("/neuron-refusals/too-long", NULL, test_too_long);
  ADD_STORE_TEST ("/neuron-refusals/dimension", NULL, test_dimension);
  ADD_STORE_TEST ("/neuron-refusals/id-exists", NULL, test_id_exists);
  ADD_STORE_TEST ("/neuron-refusals/not-found", NULL, test_not_found);
  ADD_STORE_TEST ("/neuron-refusals/cancelled", NULL, test_cancelled);
  ADD_STORE_TEST ("/neuron-refusals/read-only", NULL, test_read_only);

  return g_test_run ();
}
