/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <sqlite3.h>

#include "test-support.h"

static EngramDatabase *
generate (const char *folder,
          guint64     neurons,
          guint64     synapses)
{
  g_autofree char *path = g_build_filename (folder, "generated.db", NULL);
  EngramGeneratorOptions options = { neurons, synapses, 4, 7 };
  g_autoptr (GError) error = NULL;
  EngramDatabase *database;

  engram_generate (path, &options, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  database = engram_database_open (path, NULL, &error);
  g_assert_no_error (error);
  return database;
}

static EngramNetwork *
load (EngramDatabase *database)
{
  g_autoptr (GError) error = NULL;
  EngramNetwork *network = engram_network_load (database, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return network;
}

static void
assert_strongest_first (EngramNetwork *network)
{
  for (guint32 i = 1; i < network->n_synapses; i++)
    if (!isnan (network->weights[i]))
      g_assert_cmpfloat (fabs (network->weights[i - 1]), >=, fabs (network->weights[i]));
}

static void
assert_grouped (EngramNetwork *network,
                const guint32 *offsets,
                const guint32 *synapses,
                const guint32 *ends)
{
  g_autofree guint8 *seen = g_new0 (guint8, network->n_synapses);

  g_assert_cmpuint (offsets[0], ==, 0);
  g_assert_cmpuint (offsets[network->n_neurons], ==, network->n_synapses);
  for (guint32 neuron = 0; neuron < network->n_neurons; neuron++)
    for (guint32 i = offsets[neuron]; i < offsets[neuron + 1]; i++)
      {
        g_assert_cmpuint (ends[synapses[i]], ==, neuron);
        g_assert_false (seen[synapses[i]]);
        seen[synapses[i]] = TRUE;
        if (i > offsets[neuron])
          g_assert_cmpuint (synapses[i - 1], <, synapses[i]);
      }
}

/* Every column against what the stores say, with more rows than one thread would read. */
static void
test_columns (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (EngramDatabase) database = generate (folder, 12000, 20000);
  g_autoptr (EngramNetwork) network = load (database);
  g_autoptr (EngramContents) contents = NULL;
  g_autoptr (GHashTable) places = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (GError) error = NULL;

  contents = engram_load_all (database, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (network->n_neurons, ==, 12000);
  g_assert_cmpuint (network->n_synapses, ==, 20000);
  g_assert_cmpuint (network->n_dangling, ==, 0);
  g_assert_cmpuint (contents->neurons->len, ==, 12000);

  for (guint32 i = 0; i < network->n_neurons; i++)
    {
      const EngramNeuron *neuron = g_ptr_array_index (contents->neurons, i);
      g_autofree char *id = engram_network_dup_neuron_id (network, i);
      guint32 found;

      g_assert_cmpint (network->neuron_rowids[i], ==, neuron->rowid);
      g_assert_cmpstr (id, ==, neuron->id);
      g_assert_true (engram_network_find_neuron (network, neuron->id, &found));
      g_assert_cmpuint (found, ==, i);
      for (int axis = 0; axis < 3; axis++)
        g_assert_cmpfloat (network->positions[3 * i + axis], ==, (float) neuron->position[axis]);
      g_assert_cmpfloat (network->activations[i], ==, (float) neuron->activation_level);
      g_assert_cmpstr (network->type_names[network->types[i]], ==, neuron->type);
    }

  for (guint i = 0; i < contents->synapses->len; i++)
    {
      EngramSynapse *synapse = g_ptr_array_index (contents->synapses, i);

      g_hash_table_insert (places, &synapse->rowid, synapse);
    }
  for (guint32 i = 0; i < network->n_synapses; i++)
    {
      const EngramSynapse *synapse = g_hash_table_lookup (places, &network->synapse_rowids[i]);
      guint32 source, target;

      g_assert_nonnull (synapse);
      g_assert_true (engram_network_find_neuron (network, synapse->source_id, &source));
      g_assert_true (engram_network_find_neuron (network, synapse->target_id, &target));
      g_assert_cmpuint (network->sources[i], ==, source);
      g_assert_cmpuint (network->targets[i], ==, target);
      g_assert_cmpfloat (network->weights[i], ==, synapse->weight);
    }
  assert_strongest_first (network);
  assert_grouped (network, network->out_offsets, network->out_synapses, network->sources);
  assert_grouped (network, network->in_offsets, network->in_synapses, network->targets);
}

static void
test_prefixes (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (EngramDatabase) database = generate (folder, 200, 2000);
  g_autoptr (EngramNetwork) network = load (database);

  for (double threshold = 0; threshold <= 1.1; threshold += 0.05)
    {
      guint32 expected = 0;

      for (guint32 i = 0; i < network->n_synapses; i++)
        expected += fabs (network->weights[i]) >= threshold;
      g_assert_cmpuint (engram_network_count_stronger (network, threshold), ==, expected);
    }
}

static void
test_memory (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (EngramDatabase) database = generate (folder, 2000, 20000);
  g_autoptr (EngramNetwork) network = load (database);

  g_assert_cmpuint (engram_network_get_size (network), <=, 2000 * 80 + 20000 * 32 + 1024);
}

/* The same synapses in another order of rows: ties are broken by the ids, so the order of strength is the same. */
static void
test_ties_do_not_depend_on_rows (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (EngramContents) contents = engram_contents_new ();
  g_autofree char *path_1 = g_build_filename (folder, "1.db", NULL);
  g_autofree char *path_2 = g_build_filename (folder, "2.db", NULL);
  g_autoptr (EngramDatabase) database_1 = NULL;
  g_autoptr (EngramDatabase) database_2 = NULL;
  g_autoptr (EngramNetwork) network_1 = NULL;
  g_autoptr (EngramNetwork) network_2 = NULL;
  g_autoptr (GError) error = NULL;
  const guint n = 50;

  for (guint i = 0; i <= n; i++)
    g_ptr_array_add (contents->neurons, engram_neuron_new ("knowledge"));
  for (guint i = 0; i < n; i++)
    {
      const EngramNeuron *source = g_ptr_array_index (contents->neurons, i);
      const EngramNeuron *target = g_ptr_array_index (contents->neurons, i + 1);

      g_ptr_array_add (contents->synapses, engram_synapse_new (source->id, target->id, i % 2 == 0 ? 0.5 : -0.5,
                                                               "knowledge"));
    }
  g_assert_true (engram_save_new (path_1, contents, NULL, NULL, NULL, NULL, &error));
  for (guint i = 0; i < n / 2; i++)
    {
      gpointer swap = contents->synapses->pdata[i];

      contents->synapses->pdata[i] = contents->synapses->pdata[n - 1 - i];
      contents->synapses->pdata[n - 1 - i] = swap;
    }
  g_assert_true (engram_save_new (path_2, contents, NULL, NULL, NULL, NULL, &error));

  database_1 = engram_database_open (path_1, NULL, &error);
  database_2 = engram_database_open (path_2, NULL, &error);
  network_1 = load (database_1);
  network_2 = load (database_2);
  for (guint i = 0; i < n; i++)
    g_assert_cmpuint (network_1->sources[i], ==, network_2->sources[i]);
}

static void
test_empty (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "empty.db", NULL);
  g_autoptr (EngramDatabase) database = engram_database_create (path, NULL, NULL);
  g_autoptr (EngramNetwork) network = load (database);
  guint32 found;

  g_assert_cmpuint (network->n_neurons, ==, 0);
  g_assert_cmpuint (network->n_synapses, ==, 0);
  g_assert_cmpuint (network->out_offsets[0], ==, 0);
  g_assert_false (engram_network_find_neuron (network, "anything", &found));
}

/* Rows without an id are neurons, each by itself, that no synapse leads to. */
static void
test_null_ids (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_version_1 (folder, "a.db");
  g_autofree char *id = NULL, *empty = NULL;
  g_autoptr (EngramDatabase) database = NULL;
  g_autoptr (EngramNetwork) network = NULL, with_empty = NULL;
  guint32 found;
  sqlite3 *handle;

  g_assert_cmpint (sqlite3_open (path, &handle), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (handle, "UPDATE neurons SET id=NULL WHERE rowid IN (2, 4)", NULL, NULL, NULL), ==,
                   SQLITE_OK);
  database = engram_database_open (path, NULL, NULL);
  network = load (database);
  g_assert_cmpuint (network->n_neurons, ==, 5);
  g_assert_cmpint (network->neuron_rowids[1], ==, 2);
  g_assert_cmpint (network->neuron_rowids[3], ==, 4);
  id = engram_network_dup_neuron_id (network, 3);
  g_assert_cmpstr (id, ==, "");
  g_assert_false (engram_network_find_neuron (network, "", &found));
  g_assert_cmpuint (network->out_offsets[1], ==, network->out_offsets[2]);

  g_assert_cmpint (sqlite3_exec (handle, "UPDATE neurons SET id='' WHERE rowid=5", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (handle);
  with_empty = load (database);
  g_assert_cmpuint (with_empty->n_neurons, ==, 5);
  g_assert_true (engram_network_find_neuron (with_empty, "", &found));
  g_assert_cmpuint (found, ==, 4);
  empty = engram_network_dup_neuron_id (with_empty, 4);
  g_assert_cmpstr (empty, ==, "");
}

static void
test_damaged (gconstpointer user_data)
{
  const char *name = user_data;
  g_autofree char *path = test_shared_data (name);
  g_autoptr (EngramDatabase) database = NULL;
  g_autoptr (EngramNetwork) network = NULL;
  g_autoptr (GError) error = NULL;

  if (path == NULL)
    return;
  database = engram_database_open (path, NULL, &error);
  g_assert_no_error (error);
  network = load (database);
  g_assert_cmpuint (network->n_neurons, ==, 240);
  assert_strongest_first (network);

  if (g_str_has_suffix (name, "orphan-synapses.db"))
    g_assert_cmpuint (network->n_dangling, ==, 5);
  if (g_str_has_suffix (name, "bad-ids-and-dates.db"))
    {
      guint not_uuids = 0;

      for (guint32 i = 0; i < network->n_neurons; i++)
        {
          g_autofree char *id = engram_network_dup_neuron_id (network, i);
          guint32 found;

          not_uuids += !engram_uuid_is_valid (id);
          g_assert_true (engram_network_find_neuron (network, id, &found));
          g_assert_cmpuint (found, ==, i);
        }
      g_assert_cmpuint (not_uuids, ==, 2);
    }
  if (g_str_has_suffix (name, "weights-out-of-range.db"))
    g_assert_true (isnan (network->weights[network->n_synapses - 1]));
}

static void
cancel (const char *phase,
        double      fraction,
        gpointer    cancellable)
{
  g_cancellable_cancel (cancellable);
}

static void
test_cancel (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (EngramDatabase) database = generate (folder, 2000, 10000);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (engram_network_load (database, cancel, cancellable, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
cancel_when_read (const char *phase,
                  double      fraction,
                  gpointer    cancellable)
{
  if (fraction >= 0.9)
    g_cancellable_cancel (cancellable);
}

/* When all rows have been read and are being ordered. So few rows one thread reads, which then reports all of it. */
static void
test_cancel_ordering (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (EngramDatabase) database = generate (folder, 200, 1000);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (engram_network_load (database, cancel_when_read, cancellable, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/network/columns", test_columns);
  g_test_add_func ("/network/prefixes", test_prefixes);
  g_test_add_func ("/network/memory", test_memory);
  g_test_add_func ("/network/ties-do-not-depend-on-rows", test_ties_do_not_depend_on_rows);
  g_test_add_func ("/network/empty", test_empty);
  g_test_add_func ("/network/null-ids", test_null_ids);
  g_test_add_func ("/network/cancel", test_cancel);
  g_test_add_func ("/network/cancel-ordering", test_cancel_ordering);
  g_test_add_data_func ("/network/orphans", "damaged/orphan-synapses.db", test_damaged);
  g_test_add_data_func ("/network/ids-that-are-no-uuids", "damaged/bad-ids-and-dates.db", test_damaged);
  g_test_add_data_func ("/network/weights", "damaged/weights-out-of-range.db", test_damaged);
  g_test_add_data_func ("/network/positions", "damaged/bad-positions.db", test_damaged);
  return g_test_run ();
}
