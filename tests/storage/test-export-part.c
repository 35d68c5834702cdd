/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <gio/gio.h>
#include <sqlite3.h>

#include "export-support.h"
#include "store-fixture.h"

/* Documents of a part of a network. */

#define N_NEURONS 6

/* A ring of neurons, each joined to the next one, and the first to the third: rows 1 to 6 and 1 to 7. */
static void
create_ring (StoreFixture *fixture)
{
  g_autoptr (GPtrArray) neurons = g_ptr_array_new_with_free_func ((GDestroyNotify) engram_neuron_free);

  for (guint i = 0; i < N_NEURONS; i++)
    {
      EngramNeuron *neuron = make_full_neuron ();

      store_fixture_create (fixture, neuron);
      g_ptr_array_add (neurons, neuron);
    }
  for (guint i = 0; i <= N_NEURONS; i++)
    {
      EngramNeuron *source = g_ptr_array_index (neurons, i % N_NEURONS);
      EngramNeuron *target = g_ptr_array_index (neurons, i < N_NEURONS ? (i + 1) % N_NEURONS : 2);
      g_autoptr (EngramSynapse) synapse = store_fixture_join (fixture, source->id, target->id, 0.5);

      g_assert_nonnull (synapse);
    }
}

static char *
create_path (StoreFixture *fixture,
             const char   *name)
{
  return g_build_filename (fixture->folder, name, NULL);
}

static int
take_row (void  *data,
          int    n_columns,
          char **values,
          char **names)
{
  g_string_append_printf (data, "%s|%s", values[0], values[1]);
  return 0;
}

/* Which rows of a network there are in a copy of it too: those of neurons, and those of synapses. */
static char *
list_common (const char *path,
             const char *copy)
{
  g_autofree char *attach = g_strdup_printf ("ATTACH '%s' AS copy", copy);
  GString *rows = g_string_new (NULL);
  sqlite3 *handle;

  g_assert_cmpint (sqlite3_open (path, &handle), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (handle, attach, NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (handle,
                                 "SELECT (SELECT group_concat(rowid) FROM (SELECT rowid FROM main.neurons WHERE id IN"
                                 " (SELECT id FROM copy.neurons) ORDER BY rowid)),"
                                 " (SELECT group_concat(rowid) FROM (SELECT rowid FROM main.synapses WHERE id IN"
                                 " (SELECT id FROM copy.synapses) ORDER BY rowid))",
                                 take_row, rows, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_close (handle), ==, SQLITE_OK);
  return g_string_free (rows, FALSE);
}

/* Exports and imports into a new network; returns the rows of neurons and of synapses that are
 * in both. */
static char *
export_and_import (StoreFixture           *fixture,
                   const EngramExportPart *part)
{
  g_autofree char *path = create_path (fixture, "part.json");
  g_autofree char *copy = create_path (fixture, "copy.db");
  const char *files[] = { path, NULL };
  const EngramImportOptions options = { 0 };
  g_autoptr (EngramExportReport) report = NULL;
  g_autoptr (EngramImportReport) imported = NULL;
  g_autoptr (EngramDatabase) database = NULL;
  g_autoptr (GError) error = NULL;

  report = engram_export_part (fixture->database, path, part, FALSE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report->n_problems, ==, 0);
  test_check_document (path, "--layout", NULL);

  database = engram_database_create (copy, NULL, &error);
  g_assert_no_error (error);
  engram_import (database, files, &options, &imported, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (imported->neurons.created, ==, report->neurons);
  g_assert_cmpuint (imported->synapses.created, ==, report->synapses);
  g_clear_object (&database);

  return list_common (fixture->path, copy);
}

static EngramRowSet *
make_rows (gint64 first,
           gint64 second,
           gint64 third)
{
  const gint64 rowids[] = { first, second, third };

  return engram_row_set_new (rowids, G_N_ELEMENTS (rowids));
}

static void
assert_part (StoreFixture *fixture,
             EngramRowSet *neurons,
             EngramRowSet *synapses,
             gboolean      only_ends,
             const char   *expected)
{
  const EngramExportPart part = { neurons, synapses, only_ends };
  g_autofree char *rows = export_and_import (fixture, &part);

  g_assert_cmpstr (rows, ==, expected);
}

static void
test_neurons (StoreFixture  *fixture,
              gconstpointer  data)
{
  g_autoptr (EngramRowSet) neurons = make_rows (1, 2, 3);

  create_ring (fixture);
  assert_part (fixture, neurons, NULL, FALSE, "1,2,3|1,2,7");
}

static void
test_apart (StoreFixture  *fixture,
            gconstpointer  data)
{
  g_autoptr (EngramRowSet) neurons = make_rows (5, 3, 1);

  create_ring (fixture);
  assert_part (fixture, neurons, NULL, FALSE, "1,3,5|7");
}

/* Of the synapses that are given, those whose ends are there too. */
static void
test_both (StoreFixture  *fixture,
           gconstpointer  data)
{
  g_autoptr (EngramRowSet) neurons = make_rows (1, 2, 3);
  g_autoptr (EngramRowSet) synapses = make_rows (2, 3, 6);

  create_ring (fixture);
  assert_part (fixture, neurons, synapses, FALSE, "1,2,3|2");
}

static void
test_synapses (StoreFixture  *fixture,
               gconstpointer  data)
{
  g_autoptr (EngramRowSet) synapses = make_rows (3, 4, 4);

  create_ring (fixture);
  assert_part (fixture, NULL, synapses, FALSE, "1,2,3,4,5,6|3,4");
}

static void
test_ends (StoreFixture  *fixture,
           gconstpointer  data)
{
  g_autoptr (EngramRowSet) synapses = make_rows (1, 7, 1);

  create_ring (fixture);
  assert_part (fixture, NULL, synapses, TRUE, "1,2,3|1,7");
}

/* What is gone since the rows were chosen is passed over. */
static void
test_gone (StoreFixture  *fixture,
           gconstpointer  data)
{
  g_autoptr (EngramRowSet) neurons = make_rows (1, 2, 1000);
  g_autoptr (EngramRowSet) synapses = make_rows (1, 2, 1000);

  create_ring (fixture);
  assert_part (fixture, neurons, synapses, FALSE, "1,2|1");
}

static void
assert_nothing (StoreFixture *fixture,
                EngramRowSet *neurons,
                EngramRowSet *synapses)
{
  g_autofree char *path = create_path (fixture, "nothing.json");
  g_autofree char *checksum = g_compute_checksum_for_string (G_CHECKSUM_SHA256,
                                                             "{\"neurons\": [], \"synapses\": []}", -1);
  const EngramExportPart part = { neurons, synapses, synapses != NULL };
  g_autoptr (EngramExportReport) report = NULL;
  g_autoptr (GError) error = NULL;

  report = engram_export_part (fixture->database, path, &part, TRUE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report->neurons, ==, 0);
  g_assert_cmpuint (report->synapses, ==, 0);
  g_assert_cmpstr (report->checksum, ==, checksum);
  test_check_document (path, "--layout", NULL);
}

static void
test_nothing (StoreFixture  *fixture,
              gconstpointer  data)
{
  g_autoptr (EngramRowSet) nothing = engram_row_set_new_empty ();

  create_ring (fixture);
  assert_nothing (fixture, nothing, NULL);
  assert_nothing (fixture, NULL, nothing);
}

/* A synapse that has lost an end cannot be imported, however it was chosen. */
static void
test_dangling (StoreFixture  *fixture,
               gconstpointer  data)
{
  g_autoptr (EngramRowSet) synapses = make_rows (1, 2, 3);

  create_ring (fixture);
  store_fixture_close (fixture);
  test_execute (fixture->path, "PRAGMA foreign_keys = OFF; DELETE FROM neurons WHERE rowid = 2;");
  store_fixture_open (fixture);
  assert_part (fixture, NULL, synapses, TRUE, "3,4|3");
}

static void
cancel (const char *phase,
        double      fraction,
        gpointer    user_data)
{
  g_cancellable_cancel (user_data);
}

static void
test_cancel (StoreFixture  *fixture,
             gconstpointer  data)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "out.json", NULL);
  g_autoptr (EngramRowSet) neurons = make_rows (1, 2, 3);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  const EngramExportPart part = { neurons, NULL, FALSE };
  g_autofree char *names = NULL;
  g_autoptr (GError) error = NULL;

  create_ring (fixture);
  g_assert_null (engram_export_part (fixture->database, path, &part, FALSE, cancel, cancellable, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  names = test_list_folder (folder);
  g_assert_cmpstr (names, ==, "");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD_STORE_TEST ("/export-part/neurons", NULL, test_neurons);
  ADD_STORE_TEST ("/export-part/apart", NULL, test_apart);
  ADD_STORE_TEST ("/export-part/both", NULL, test_both);
  ADD_STORE_TEST ("/export-part/synapses", NULL, test_synapses);
  ADD_STORE_TEST ("/export-part/ends", NULL, test_ends);
  ADD_STORE_TEST ("/export-part/gone", NULL, test_gone);
  ADD_STORE_TEST ("/export-part/nothing", NULL, test_nothing);
  ADD_STORE_TEST ("/export-part/dangling", NULL, test_dangling);
  ADD_STORE_TEST ("/export-part/cancel", NULL, test_cancel);

  return g_test_run ();
}
