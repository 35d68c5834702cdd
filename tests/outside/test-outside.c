/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "outside-support.h"
#include "test-support.h"

#define NEURON_2 "00000002-0000-4000-8000-000000000000"

#define N_NEURONS 50

/* The one neuron that is changed. */
#define PLACE 17
#define OLD_TEXT "A Purkinje cell, place 17"
#define NEW_TEXT "A Purkinje cell that learns, place 17"

/* Opens a network, reads its list and a neuron, follows a synapse, comes back and closes, as one who sees nothing
 * would. */
static void
test_walk (void)
{
  g_autoptr (TestFolder) home = test_folder_new ();
  g_autofree char *path = test_version_1 (home, "ein Netz.db");
  g_autofree char *before = test_hash_file (path);
  g_autofree char *after = NULL;
  Outside program;

  outside_start (&program, home, path);
  outside_wait_for (&program, ATSPI_ROLE_TABLE_ROW, "The axon carries the spike");
  outside_wait_for (&program, ATSPI_ROLE_TABLE_ROW, "rate(n: int)");

  outside_choose_row (&program, "Neurons", 0);
  outside_wait_for (&program, ATSPI_ROLE_LIST_ITEM, "To Glia are not neurons");
  outside_activate (&program, "win.select", NEURON_2);
  outside_wait_for (&program, ATSPI_ROLE_LIST_ITEM, "From The axon carries");
  outside_click (&program, "Back");
  outside_wait_for (&program, ATSPI_ROLE_LIST_ITEM, "To Glia are not neurons");

  outside_close (&program);
  after = test_hash_file (path);
  g_assert_cmpstr (after, ==, before);
}

/* Editing */

static char *
make_network (const char *folder)
{
  char *path = g_build_filename (folder, "cerebellum.db", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramDatabase) database = engram_database_create (path, NULL, &error);
  g_autoptr (EngramNeuronStore) neurons = NULL;

  g_assert_no_error (error);
  neurons = engram_neuron_store_new (database);
  for (int i = 1; i <= N_NEURONS; i++)
    {
      g_autoptr (EngramNeuron) neuron = engram_neuron_new ("knowledge");
      g_autofree char *text = g_strdup_printf ("A granule cell, place %d", i);

      engram_neuron_set_text (neuron, ENGRAM_NEURON_SOURCE_DATA, i == PLACE ? OLD_TEXT : text);
      engram_neuron_set_text (neuron, ENGRAM_NEURON_SEMANTIC_TAGS, "[\"cell\"]");
      engram_neuron_store_create (neurons, neuron, NULL, &error);
      g_assert_no_error (error);
    }
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
search_and_choose (Outside *program)
{
  outside_activate (program, "win.search", NULL);
  outside_type (program, "Search", "purkinje");
  outside_wait_for (program, ATSPI_ROLE_STATUS_BAR, "Showing 1 of 50 neurons");
  outside_choose_row (program, "Neurons", 0);
  outside_wait_for (program, ATSPI_ROLE_STATUS_BAR, "Neuron 1 of 1");
}

/* Changes the text, thinks better of it twice, and takes a tag away. */
static void
edit (Outside *program)
{
  outside_click (program, "Edit");
  outside_wait_for_text (program, "Source data", OLD_TEXT);
  outside_type (program, "Source data", NEW_TEXT);
  outside_click (program, "Save");
  outside_wait_for (program, ATSPI_ROLE_TABLE_ROW, NEW_TEXT);

  outside_click (program, "Undo: Change source data");
  outside_wait_for (program, ATSPI_ROLE_TABLE_ROW, OLD_TEXT);
  outside_wait_for_text (program, "Source data", OLD_TEXT);
  outside_click (program, "Redo: Change source data");
  outside_wait_for (program, ATSPI_ROLE_TABLE_ROW, NEW_TEXT);
  outside_wait_for_text (program, "Source data", NEW_TEXT);

  outside_click (program, "Remove “cell”");
  outside_wait_for (program, ATSPI_ROLE_PUSH_BUTTON, "Undo: Change tags");
}

/* What was searched for and chosen is still so when the file is opened again, and what was changed can be undone. */
static void
take_back (Outside *program)
{
  outside_wait_for_text (program, "Search", "purkinje");
  outside_wait_for (program, ATSPI_ROLE_STATUS_BAR, "Neuron 1 of 1");
  outside_wait_for (program, ATSPI_ROLE_TABLE_ROW, NEW_TEXT);
  outside_click (program, "Undo: Change tags");
  outside_click (program, "Undo: Change source data");
  outside_wait_for (program, ATSPI_ROLE_TABLE_ROW, OLD_TEXT);
}

static void
test_edit (void)
{
  g_autoptr (TestFolder) home = test_folder_new ();
  g_autofree char *path = make_network (home);
  g_autofree char *first = read_contents (path);
  g_autofree char *edited = NULL;
  g_autofree char *last = NULL;
  Outside program;

  outside_start (&program, home, path);
  search_and_choose (&program);
  edit (&program);
  outside_close (&program);
  edited = read_contents (path);
  g_assert_cmpstr (edited, !=, first);

  outside_start (&program, home, path);
  take_back (&program);
  outside_close (&program);
  last = read_contents (path);
  g_assert_cmpstr (last, ==, first);
}

int
main (int    argc,
      char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  outside_init ();
  g_test_add_func ("/outside/walk", test_walk);
  g_test_add_func ("/outside/edit", test_edit);
  result = g_test_run ();
  atspi_exit ();
  return result;
}
