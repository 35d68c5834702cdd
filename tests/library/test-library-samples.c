/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the pages of the documentation show is compiled as it stands there, and does what they say. */
#include "config.h"

#include <engram.h>

#include "documentation-samples.h"
#include "test-support.h"

typedef struct {
  char           *folder;
  char           *path;
  EngramDatabase *database;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = test_folder_new ();
  fixture->path = g_build_filename (fixture->folder, "network.db", NULL);
  fixture->database = engram_database_create (fixture->path, NULL, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_clear_object (&fixture->database);
  g_free (fixture->path);
  test_folder_free (fixture->folder);
}

static char *
add (Fixture    *fixture,
     const char *text)
{
  g_autoptr (GError) error = NULL;
  char *id = add_memory (fixture->database, text, &error);

  g_assert_no_error (error);
  return id;
}

static void
join (Fixture    *fixture,
      const char *source,
      const char *target,
      double      weight)
{
  g_autoptr (EngramSynapseStore) synapses = engram_synapse_store_new (fixture->database);
  g_autoptr (EngramSynapse) synapse = engram_synapse_new (source, target, weight, "knowledge");
  g_autoptr (GError) error = NULL;

  engram_synapse_store_create (synapses, synapse, NULL, &error);
  g_assert_no_error (error);
}

static guint
count_strong_ones (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  guint count = count_strong (fixture->database, &error);

  g_assert_no_error (error);
  return count;
}

static GString *printed;

static void
keep_print (const char *text)
{
  g_string_append (printed, text);
}

static void
test_reading (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *first = add (fixture, "Axons carry spikes.");
  g_autofree char *second = add (fixture, "Dendrites gather them.");
  g_autofree char *missing = g_build_filename (fixture->folder, "missing.db", NULL);
  g_autoptr (GError) error = NULL;
  GPrintFunc print;

  g_assert_cmpuint (count_strong_ones (fixture), ==, 0);
  join (fixture, first, second, 0.5);
  join (fixture, second, first, 0.4);
  g_assert_cmpuint (count_strong_ones (fixture), ==, 1);

  printed = g_string_new (NULL);
  print = g_set_print_handler (keep_print);
  print_all (fixture->path, &error);
  g_set_print_handler (print);
  g_assert_no_error (error);
  g_assert_cmpstr (printed->str, ==, "memory: Axons carry spikes.\nmemory: Dendrites gather them.\n");
  g_string_free (printed, TRUE);

  g_assert_false (print_all (missing, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_NO_FILE);
  g_assert_cmpstr (what_to_do (error), ==, error->message);
}

static void
test_changing (Fixture       *fixture,
               gconstpointer  data)
{
  g_autofree char *first = add (fixture, "Axons carry spikes.");
  g_autofree char *second = add (fixture, "Dendrites gather them.");
  g_autoptr (EngramNeuronStore) neurons = engram_neuron_store_new (fixture->database);
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramHistory) history = engram_history_open (fixture->database, fixture->folder, NULL, &error);
  g_autoptr (EngramNeuron) neuron = NULL;
  guint64 n_pruned = 0;

  g_assert_no_error (error);
  g_assert_true (rename_type (fixture->database, history, first, "knowledge", &error));
  g_assert_no_error (error);
  neuron = engram_neuron_store_get (neurons, first, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (neuron->type, ==, "knowledge");

  join (fixture, first, second, 0.5);
  join (fixture, second, first, 0.001);
  g_assert_true (prune_and_take_back (fixture->database, history, &n_pruned, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_pruned, ==, 1);
}

static void
test_files (Fixture       *fixture,
            gconstpointer  data)
{
  g_autofree char *id = add (fixture, "Axons carry spikes.");
  g_autofree char *document = g_build_filename (fixture->folder, "document.json", NULL);
  g_autofree char *folder = g_build_filename (fixture->folder, "backups", NULL);
  g_autofree char *backup = NULL;
  g_autoptr (EngramExportReport) report = NULL;
  g_autoptr (GError) error = NULL;

  report = engram_export (fixture->database, document, FALSE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (take_document (fixture->database, document, &error));
  g_assert_no_error (error);

  backup = back_up (fixture->database, folder, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (backup, folder));
  g_assert_true (g_file_test (backup, G_FILE_TEST_IS_REGULAR));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/library-samples/reading", Fixture, NULL, set_up, test_reading, tear_down);
  g_test_add ("/library-samples/changing", Fixture, NULL, set_up, test_changing, tear_down);
  g_test_add ("/library-samples/files", Fixture, NULL, set_up, test_files, tear_down);
  return g_test_run ();
}
