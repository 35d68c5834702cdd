/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>

#include "outside-support.h"
#include "test-support.h"

#define N_NEURONS 40

/* So many of the synapses are weaker than 0.01, which is proposed. */
#define N_WEAK 13

static EngramNeuron *
add_neuron (EngramNeuronStore *neurons,
            const char        *text)
{
  g_autoptr (GError) error = NULL;
  EngramNeuron *neuron = engram_neuron_new ("knowledge");

  engram_neuron_set_text (neuron, ENGRAM_NEURON_SOURCE_DATA, text);
  engram_neuron_store_create (neurons, neuron, NULL, &error);
  g_assert_no_error (error);
  return neuron;
}

/* A ring of neurons, every third synapse of which is weak. */
static char *
make_network (const char *folder)
{
  char *path = g_build_filename (folder, "Kleinhirn übermorgen.db", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramDatabase) database = engram_database_create (path, NULL, &error);
  g_autoptr (EngramNeuronStore) neurons = NULL;
  g_autoptr (EngramSynapseStore) synapses = NULL;
  EngramNeuron *ring[N_NEURONS];

  g_assert_no_error (error);
  neurons = engram_neuron_store_new (database);
  synapses = engram_synapse_store_new (database);
  for (guint i = 0; i < N_NEURONS; i++)
    {
      g_autofree char *text = g_strdup_printf ("Granule cell %u", i);

      ring[i] = add_neuron (neurons, text);
    }
  for (guint i = 0; i < N_NEURONS; i++)
    {
      g_autoptr (EngramSynapse) synapse = engram_synapse_new (ring[i]->id, ring[(i + 1) % N_NEURONS]->id,
                                                              i % 3 == 2 ? -0.005 : 0.5, "knowledge");

      g_assert_true (engram_synapse_store_create (synapses, synapse, NULL, &error));
    }
  for (guint i = 0; i < N_NEURONS; i++)
    engram_neuron_free (ring[i]);
  return path;
}

/* What another network exported. */
static char *
make_document (const char *folder)
{
  char *path = g_build_filename (folder, "climbing fibres.json", NULL);
  g_autofree char *source = g_build_filename (folder, "source.db", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramDatabase) database = engram_database_create (source, NULL, &error);
  g_autoptr (EngramNeuronStore) neurons = NULL;
  g_autoptr (EngramExportReport) report = NULL;

  g_assert_no_error (error);
  neurons = engram_neuron_store_new (database);
  for (guint i = 0; i < 3; i++)
    engram_neuron_free (add_neuron (neurons, "A climbing fibre"));
  report = engram_export (database, path, FALSE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  return path;
}

/* All rows of the file, with every column. */
static char *
read_contents (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramDatabase) database = engram_database_open (path, NULL, &error);
  char *hash;

  g_assert_no_error (error);
  hash = engram_content_hash (database, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  return hash;
}

static void
import (Outside    *program,
        const char *document)
{
  outside_open (program, document);
  outside_wait_for (program, ATSPI_ROLE_LIST_ITEM, "climbing fibres.json");
  outside_click (program, "Check");
  outside_click (program, "Import");
  outside_wait_for (program, ATSPI_ROLE_LABEL, "3 neurons imported");
  outside_click_within (program, "Import", "Close");
  outside_wait_for (program, ATSPI_ROLE_STATUS_BAR, "43 neurons");
}

static void
prune_and_undo (Outside *program)
{
  outside_activate (program, "win.prune", NULL);
  outside_click (program, "Prune");
  outside_wait_for (program, ATSPI_ROLE_LABEL, G_STRINGIFY (N_WEAK) " Synapses Pruned");
  outside_click_within (program, "Prune", "Undo");
  outside_wait_for (program, ATSPI_ROLE_PUSH_BUTTON, "Redo: Prune");
}

static void
back_up (Outside *program)
{
  outside_activate (program, "win.backup", NULL);
  outside_type (program, "Note", "Before the flood");
  outside_click_within (program, "Create a Backup", "Create");
  outside_wait_for (program, ATSPI_ROLE_LABEL, "was made and verified");
}

/* Nothing is left but the beginning. */
static void
damage (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *contents = NULL;
  gsize length;

  g_file_get_contents (path, &contents, &length, &error);
  g_assert_no_error (error);
  g_file_set_contents (path, contents, (gssize) length / 3, &error);
  g_assert_no_error (error);
}

static void
restore (Outside *program)
{
  outside_click (program, "Restore a Backup…");
  outside_wait_for (program, ATSPI_ROLE_LABEL, "The Newest Good Backup");
  outside_click_within (program, "Restore", "Restore");
  outside_wait_for (program, ATSPI_ROLE_LABEL, "The Network Is Restored");
  outside_click_within (program, "Restored", "Close");
  outside_wait_for (program, ATSPI_ROLE_STATUS_BAR, "43 neurons");
}

/* Another neuron is all that differs from the backup. */
static void
compare (Outside *program)
{
  outside_activate (program, "win.new-neuron", "knowledge");
  outside_wait_for (program, ATSPI_ROLE_STATUS_BAR, "Neuron 44 of 44");
  outside_activate (program, "win.restore", NULL);
  outside_click_within (program, "Backups", "By hand");
  outside_click (program, "Compare with Today");
  outside_wait_for (program, ATSPI_ROLE_LABEL, "1 neuron was added");
}

/* The way of a network that somebody works on, as one who sees nothing would go it. */
static void
test_all (void)
{
  g_autoptr (TestFolder) home = test_folder_new ();
  g_autofree char *path = make_network (home);
  g_autofree char *document = make_document (home);
  g_autofree char *first = read_contents (path);
  g_autofree char *backed_up = NULL;
  g_autofree char *restored = NULL;
  Outside program;

  outside_start (&program, home, path);
  outside_wait_for (&program, ATSPI_ROLE_STATUS_BAR, "40 neurons");
  import (&program, document);
  prune_and_undo (&program);
  back_up (&program);
  outside_close (&program);
  backed_up = read_contents (path);
  g_assert_cmpstr (backed_up, !=, first);

  damage (path);
  outside_start (&program, home, path);
  restore (&program);
  restored = read_contents (path);
  g_assert_cmpstr (restored, ==, backed_up);
  compare (&program);
  outside_close (&program);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  outside_init ();
  g_test_add_func ("/outside-jobs/all", test_all);
  status = g_test_run ();
  atspi_exit ();
  return status;
}
