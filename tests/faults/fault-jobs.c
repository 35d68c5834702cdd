/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fault-jobs.h"

#include <engram.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

#include "fault-state.h"
#include "test-support.h"

#define NETWORK "network.db"
#define DOCUMENT "document.json"
#define TIME "2025-11-01T09:00:00"

/* Of a version 1 network, whose ids are known. */
#define NEURON_1 "00000001-0000-4000-8000-000000000000"
#define NEURON_2 "00000002-0000-4000-8000-000000000000"

static void
prepare_nothing (const char *folder)
{
}

static void
prepare_network (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, NETWORK, NULL);
  EngramGeneratorOptions options = { .neurons = 60, .synapses = 150, .dimension = 8, .seed = 3 };
  g_autoptr (GError) error = NULL;

  engram_generate (path, &options, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
prepare_version_1 (const char *folder)
{
  g_free (test_version_1 (folder, NETWORK));
}

static EngramDatabase *
open_network (const char  *folder,
              GError     **error)
{
  g_autofree char *path = g_build_filename (folder, NETWORK, NULL);

  return engram_database_open (path, NULL, error);
}

static EngramNeuron *
make_neuron (guint number)
{
  EngramNeuron *neuron = engram_neuron_new ("knowledge");
  g_autofree char *id = g_strdup_printf ("0000000%x-0000-4000-9000-000000000000", number);
  g_autofree char *text = g_strnfill (3000, 'a' + number);

  engram_neuron_set_text (neuron, ENGRAM_NEURON_ID, id);
  engram_neuron_set_text (neuron, ENGRAM_NEURON_SOURCE_DATA, text);
  engram_neuron_set_text (neuron, ENGRAM_NEURON_CREATED_AT, TIME);
  engram_neuron_set_text (neuron, ENGRAM_NEURON_MODIFIED_AT, TIME);
  return neuron;
}

/* Making a network */

static gboolean
create (const char  *folder,
        GError     **error)
{
  g_autofree char *path = g_build_filename (folder, NETWORK, NULL);
  g_autoptr (EngramDatabase) database = engram_database_create (path, NULL, error);

  return database != NULL;
}

static gboolean
save_new (const char  *folder,
          GError     **error)
{
  g_autofree char *path = g_build_filename (folder, NETWORK, NULL);
  g_autoptr (EngramContents) contents = engram_contents_new ();

  for (guint i = 0; i < 9; i++)
    g_ptr_array_add (contents->neurons, make_neuron (i));
  return engram_save_new (path, contents, NULL, NULL, NULL, NULL, error);
}

/* Changing one */

/* Also brings the file to the newest schema. */
static gboolean
edit (const char  *folder,
      GError     **error)
{
  g_autoptr (EngramDatabase) database = open_network (folder, error);
  g_autoptr (EngramNeuronStore) store = NULL;
  g_autoptr (EngramNeuron) neuron = NULL;

  if (database == NULL)
    return FALSE;
  store = engram_neuron_store_new (database);
  neuron = engram_neuron_store_get (store, NEURON_1, NULL, error);
  if (neuron == NULL)
    return FALSE;
  engram_neuron_set_text (neuron, ENGRAM_NEURON_SOURCE_DATA, "changed");
  engram_neuron_set_text (neuron, ENGRAM_NEURON_FIELDS, "{\"importance\": 0.25}");
  return engram_neuron_store_update (store, neuron, NULL, error);
}

static gboolean
add_neurons (const char  *folder,
             GError     **error)
{
  g_autoptr (EngramDatabase) database = open_network (folder, error);
  g_autoptr (EngramNeuronStore) store = NULL;
  g_autoptr (GPtrArray) neurons = g_ptr_array_new_with_free_func ((GDestroyNotify) engram_neuron_free);

  if (database == NULL)
    return FALSE;
  store = engram_neuron_store_new (database);
  for (guint i = 0; i < 9; i++)
    g_ptr_array_add (neurons, make_neuron (i));
  return engram_neuron_store_create_batch (store, neurons, NULL, error);
}

/* With the synapses that join it to others. */
static gboolean
delete_neuron (const char  *folder,
               GError     **error)
{
  g_autoptr (EngramDatabase) database = open_network (folder, error);
  g_autoptr (EngramNeuronStore) store = NULL;

  if (database == NULL)
    return FALSE;
  store = engram_neuron_store_new (database);
  return engram_neuron_store_delete (store, NEURON_2, NULL, NULL, error);
}

static gboolean
save_all (const char  *folder,
          GError     **error)
{
  g_autoptr (EngramDatabase) database = open_network (folder, error);
  g_autoptr (EngramContents) contents = NULL;
  EngramNeuron *first;

  if (database == NULL)
    return FALSE;
  contents = engram_load_all (database, NULL, NULL, NULL, NULL, error);
  if (contents == NULL)
    return FALSE;
  first = g_ptr_array_index (contents->neurons, 0);
  engram_neuron_set_text (first, ENGRAM_NEURON_METADATA, "{\"changed\": true}");
  g_ptr_array_set_size (contents->synapses, contents->synapses->len / 2);
  g_ptr_array_add (contents->neurons, make_neuron (1));
  return engram_save_all (database, contents, NULL, NULL, NULL, NULL, error);
}

static gboolean
vacuum (const char  *folder,
        GError     **error)
{
  g_autoptr (EngramDatabase) database = open_network (folder, error);

  return database != NULL && engram_database_vacuum (database, NULL, NULL, NULL, error);
}

/* Documents */

static void
write_document (const char *folder,
                const char *name,
                guint       seed)
{
  g_autofree char *network = g_build_filename (folder, "other.db", NULL);
  g_autofree char *document = g_build_filename (folder, name, NULL);
  EngramGeneratorOptions options = { .neurons = 40, .synapses = 80, .dimension = 8, .seed = seed };
  g_autoptr (EngramDatabase) database = NULL;
  g_autoptr (EngramExportReport) report = NULL;
  g_autoptr (GError) error = NULL;

  engram_generate (network, &options, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  database = engram_database_open (network, NULL, &error);
  g_assert_no_error (error);
  report = engram_export (database, document, FALSE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_clear_object (&database);
  g_remove (network);
}

static void
prepare_document (const char *folder)
{
  write_document (folder, DOCUMENT, 4);
}

static void
prepare_network_and_document (const char *folder)
{
  prepare_network (folder);
  prepare_document (folder);
}

/* With the history of what was done */

static EngramHistory *
open_history (const char      *folder,
              EngramDatabase  *database,
              GError         **error)
{
  g_autofree char *history = g_build_filename (folder, FAULT_STATE_HISTORY, NULL);

  return engram_history_open (database, history, NULL, error);
}

static gboolean
import (const char  *folder,
        GError     **error)
{
  g_autofree char *document = g_build_filename (folder, DOCUMENT, NULL);
  const char *const files[] = { document, NULL };
  g_autoptr (EngramDatabase) database = open_network (folder, error);
  g_autoptr (EngramHistory) history = NULL;
  EngramImportOptions options = { .conflict = ENGRAM_IMPORT_CONFLICT_FAIL };

  if (database == NULL)
    return FALSE;
  history = open_history (folder, database, error);
  if (history == NULL)
    return FALSE;
  options.history = history;
  return engram_import (database, files, &options, NULL, NULL, NULL, NULL, error);
}

static gboolean
prune (const char  *folder,
       GError     **error)
{
  g_autoptr (EngramDatabase) database = open_network (folder, error);
  g_autoptr (EngramHistory) history = NULL;

  if (database == NULL)
    return FALSE;
  history = open_history (folder, database, error);
  return history != NULL && engram_prune (database, 0.3, FALSE, history, NULL, NULL, NULL, NULL, error);
}

/* Makes and changes. */
static EngramEdit *
make_edit (EngramDatabase  *database,
           GError         **error)
{
  g_autoptr (EngramEdit) edit = engram_edit_new ();
  g_autoptr (EngramNeuronStore) store = engram_neuron_store_new (database);
  g_autoptr (GPtrArray) neurons = engram_neuron_store_list (store, 0, 1, NULL, error);
  g_autoptr (EngramNeuron) made = make_neuron (1);
  g_autoptr (EngramNeuron) after = NULL;
  g_autoptr (EngramSynapse) synapse = NULL;

  if (neurons == NULL)
    return NULL;
  after = engram_neuron_copy (g_ptr_array_index (neurons, 0));
  engram_neuron_set_text (after, ENGRAM_NEURON_SOURCE_DATA, "changed");
  engram_edit_change_neuron (edit, g_ptr_array_index (neurons, 0), after);
  engram_edit_create_neuron (edit, made);
  synapse = engram_synapse_new (made->id, after->id, 0.5, "knowledge");
  engram_synapse_set_text (synapse, ENGRAM_SYNAPSE_ID, "10000009-0000-4000-9000-000000000000");
  engram_synapse_set_text (synapse, ENGRAM_SYNAPSE_CREATED_AT, TIME);
  engram_synapse_set_text (synapse, ENGRAM_SYNAPSE_MODIFIED_AT, TIME);
  engram_edit_create_synapse (edit, synapse);
  return g_steal_pointer (&edit);
}

static gboolean
edit_step (const char  *folder,
           GError     **error)
{
  g_autoptr (EngramDatabase) database = open_network (folder, error);
  g_autoptr (EngramHistory) history = NULL;
  g_autoptr (EngramEdit) edit = NULL;

  if (database == NULL)
    return FALSE;
  history = open_history (folder, database, error);
  if (history != NULL)
    edit = make_edit (database, error);
  return edit != NULL && engram_edit_apply (edit, database, history, NULL, NULL, error);
}

static EngramRowSet *
make_rows (void)
{
  static const gint64 rowids[] = { 1, 2, 3, 5, 8, 13, 21 };

  return engram_row_set_new (rowids, G_N_ELEMENTS (rowids));
}

static gboolean
delete_rows (const char  *folder,
             GError     **error)
{
  g_autoptr (EngramDatabase) database = open_network (folder, error);
  g_autoptr (EngramHistory) history = NULL;
  g_autoptr (EngramRowSet) rows = make_rows ();

  if (database == NULL)
    return FALSE;
  history = open_history (folder, database, error);
  return history != NULL &&
         engram_edit_delete_rows (database, history, rows, rows, NULL, NULL, NULL, NULL, error);
}

static gboolean
edit_rows (const char  *folder,
           GError     **error)
{
  static const char *const tags[] = { "seen", NULL };
  const EngramBatchEdit edit = { .move = { 1, 0, 0 }, .add_tags = tags };
  g_autoptr (EngramDatabase) database = open_network (folder, error);
  g_autoptr (EngramHistory) history = NULL;
  g_autoptr (EngramRowSet) rows = make_rows ();

  if (database == NULL)
    return FALSE;
  history = open_history (folder, database, error);
  return history != NULL &&
         engram_batch_edit_neurons (database, history, rows, &edit, NULL, NULL, NULL, NULL, error);
}

static void
prepare_damaged (const char *folder)
{
  static const char damage[] =
    "PRAGMA foreign_keys=OFF; PRAGMA ignore_check_constraints=ON;"
    "DELETE FROM neurons WHERE rowid=3;"
    "UPDATE neurons SET metadata='{', vector=x'00' WHERE rowid=4;"
    "UPDATE synapses SET weight=7 WHERE rowid=5;"
    "DROP INDEX idx_synapses_source";
  g_autofree char *path = g_build_filename (folder, NETWORK, NULL);
  sqlite3 *handle;

  prepare_network (folder);
  g_assert_cmpint (sqlite3_open_v2 (path, &handle, SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (handle, damage, NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_close (handle), ==, SQLITE_OK);
}

/* A history that could not hold the making of an index: undone, there is one more. */
static gboolean
repair (const char  *folder,
        GError     **error)
{
  g_autoptr (EngramDatabase) database = open_network (folder, error);
  g_autoptr (EngramHistory) history = NULL;
  g_autoptr (EngramRepairReport) report = NULL;

  if (database == NULL)
    return FALSE;
  history = open_history (folder, database, error);
  if (history != NULL)
    report = engram_integrity_repair (database, NULL, NULL, history, NULL, NULL, NULL, error);
  return report != NULL;
}

static void
prepare_pruned (const char *folder)
{
  g_autoptr (GError) error = NULL;

  prepare_network (folder);
  prune (folder, &error);
  g_assert_no_error (error);
}

static gboolean
undo (const char  *folder,
      GError     **error)
{
  g_autoptr (EngramDatabase) database = open_network (folder, error);
  g_autoptr (EngramHistory) history = NULL;

  if (database == NULL)
    return FALSE;
  history = open_history (folder, database, error);
  return history != NULL && engram_history_undo (history, NULL, NULL, NULL, NULL, error);
}

static gboolean
import_new (const char  *folder,
            GError     **error)
{
  g_autofree char *path = g_build_filename (folder, NETWORK, NULL);
  g_autofree char *document = g_build_filename (folder, DOCUMENT, NULL);
  const char *const files[] = { document, NULL };
  EngramImportOptions options = { .conflict = ENGRAM_IMPORT_CONFLICT_FAIL };

  return engram_import_new (path, files, &options, NULL, NULL, NULL, NULL, error);
}

static gboolean
export (const char  *folder,
        GError     **error)
{
  g_autofree char *document = g_build_filename (folder, DOCUMENT, NULL);
  g_autoptr (EngramDatabase) database = open_network (folder, error);
  g_autoptr (EngramExportReport) report = NULL;

  if (database != NULL)
    report = engram_export (database, document, FALSE, NULL, NULL, NULL, error);
  return report != NULL;
}

/* Backups */

static gboolean
back_up (const char  *folder,
         const char  *name,
         GError     **error)
{
  g_autoptr (EngramDatabase) database = open_network (folder, error);
  g_autoptr (EngramBackup) backup = NULL;
  EngramBackupOptions options = { .name = name, .reason = ENGRAM_BACKUP_REASON_MANUAL };

  if (database != NULL)
    backup = engram_backup_create (database, &options, NULL, NULL, NULL, error);
  return backup != NULL;
}

static gboolean
backup (const char  *folder,
        GError     **error)
{
  return back_up (folder, "made", error);
}

static void
prepare_backup (const char *folder)
{
  g_autoptr (GError) error = NULL;

  prepare_network (folder);
  back_up (folder, "good", &error);
  g_assert_no_error (error);
  save_all (folder, &error);
  g_assert_no_error (error);
}

static gboolean
restore (const char  *folder,
         GError     **error)
{
  g_autofree char *path = g_build_filename (folder, "backups", "good.db", NULL);
  g_autoptr (EngramDatabase) database = open_network (folder, error);
  g_autoptr (EngramRestoreReport) report = NULL;

  if (database != NULL)
    report = engram_restore (database, path, NULL, NULL, NULL, NULL, NULL, error);
  return report != NULL;
}

/* Comparing with a backup, and bringing rows back from it */

static EngramComparison *
compare_with (const char      *folder,
              EngramDatabase  *database,
              EngramDatabase **other,
              GError         **error)
{
  g_autofree char *path = g_build_filename (folder, "backups", "good.db", NULL);

  *other = engram_database_open (path, NULL, error);
  return *other != NULL ? engram_comparison_new (database, *other, NULL, NULL, NULL, error) : NULL;
}

/* The first time nothing fails. */
static gboolean
compare (const char  *folder,
         GError     **error)
{
  static char *expected = NULL;
  g_autoptr (EngramDatabase) database = open_network (folder, error);
  g_autoptr (EngramDatabase) other = NULL;
  g_autoptr (EngramComparison) comparison = NULL;
  g_autofree char *summary = NULL;

  if (database != NULL)
    comparison = compare_with (folder, database, &other, error);
  if (comparison == NULL)
    return FALSE;
  summary = engram_comparison_dup_summary (comparison);
  if (expected == NULL)
    expected = g_strdup (summary);
  g_assert_cmpstr (summary, ==, expected);
  return TRUE;
}

static gboolean
bring_back (const char  *folder,
            GError     **error)
{
  g_autoptr (EngramDatabase) database = open_network (folder, error);
  g_autoptr (EngramDatabase) other = NULL;
  g_autoptr (EngramHistory) history = NULL;
  g_autoptr (EngramComparison) comparison = NULL;
  g_autoptr (EngramRowSet) changed = NULL;
  g_autoptr (EngramRowSet) removed = NULL;
  EngramBringBack what = { NULL };

  if (database != NULL)
    comparison = compare_with (folder, database, &other, error);
  if (comparison == NULL)
    return FALSE;
  history = open_history (folder, database, error);
  if (history == NULL)
    return FALSE;
  changed = engram_comparison_list_rows (comparison, ENGRAM_RECORD_NEURON, ENGRAM_COMPARISON_CHANGED);
  removed = engram_comparison_list_rows (comparison, ENGRAM_RECORD_SYNAPSE, ENGRAM_COMPARISON_REMOVED);
  g_assert_cmpuint (engram_row_set_get_size (removed), >, 10);
  what.neurons = changed;
  what.removed_synapses = removed;
  return engram_comparison_bring_back (comparison, &what, database, history, other, NULL, NULL, NULL, NULL, error);
}

gboolean
fault_job_undo (const char *folder)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramDatabase) database = open_network (folder, &error);
  g_autoptr (EngramHistory) history = NULL;

  g_assert_no_error (error);
  history = open_history (folder, database, &error);
  g_assert_no_error (error);
  if (engram_history_undo (history, NULL, NULL, NULL, NULL, &error))
    return TRUE;
  if (!g_error_matches (error, ENGRAM_ERROR, ENGRAM_ERROR_NOT_FOUND))
    g_test_fail_printf ("it cannot be undone: %s", error->message);
  return FALSE;
}

/* Reading one: what is read is whole, or it is an error. */

static void
digest_records (GChecksum            *checksum,
                const EngramContents *contents)
{
  for (guint i = 0; i < contents->neurons->len; i++)
    {
      const EngramNeuron *neuron = g_ptr_array_index (contents->neurons, i);
      g_autofree char *text = g_strdup_printf ("%s %s %s %s %s %s %s %u %d %d;", neuron->id, neuron->type,
                                               neuron->metadata, neuron->created_at, neuron->source_data,
                                               neuron->semantic_tags,
                                               neuron->executable_code, neuron->vector_length, neuron->nulls,
                                               neuron->odd);

      g_checksum_update (checksum, (const guchar *) text, -1);
      g_checksum_update (checksum, (const guchar *) neuron->vector, neuron->vector_length * sizeof (float));
    }
  for (guint i = 0; i < contents->synapses->len; i++)
    {
      const EngramSynapse *synapse = g_ptr_array_index (contents->synapses, i);
      g_autofree char *text = g_strdup_printf ("%s %s %s %g %s %s %d %d;", synapse->id, synapse->source_id,
                                               synapse->target_id, synapse->weight, synapse->type, synapse->metadata,
                                               synapse->nulls, synapse->odd);

      g_checksum_update (checksum, (const guchar *) text, -1);
    }
}

/* The first time nothing fails. */
static gboolean
load_all (const char  *folder,
          GError     **error)
{
  static char *expected = NULL;
  g_autoptr (EngramDatabase) database = open_network (folder, error);
  g_autoptr (EngramContents) contents = NULL;
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  if (database == NULL)
    return FALSE;
  contents = engram_load_all (database, NULL, NULL, NULL, NULL, error);
  if (contents == NULL)
    return FALSE;
  digest_records (checksum, contents);
  if (expected == NULL)
    expected = g_strdup (g_checksum_get_string (checksum));
  g_assert_cmpstr (g_checksum_get_string (checksum), ==, expected);
  return TRUE;
}

static gboolean
look (const char  *folder,
      GError     **error)
{
  static const char expected[] = "The axon carries the spike";
  g_autoptr (EngramDatabase) database = open_network (folder, error);
  g_autoptr (EngramNeuronStore) store = NULL;
  g_autoptr (EngramDatabaseStatistics) statistics = NULL;
  g_autoptr (EngramNeuron) neuron = NULL;
  g_autoptr (EngramNetwork) network = NULL;

  if (database == NULL)
    return FALSE;
  store = engram_neuron_store_new (database);
  statistics = engram_database_get_statistics (database, NULL, error);
  if (statistics == NULL)
    return FALSE;
  g_assert_cmpuint (statistics->neurons, ==, 5);
  neuron = engram_neuron_store_get (store, NEURON_1, NULL, error);
  if (neuron == NULL)
    return FALSE;
  g_assert_true (g_str_has_prefix (neuron->source_data, expected));
  g_assert_cmpint (neuron->odd, ==, 0);
  g_assert_cmpuint (neuron->vector_length, ==, 8);
  network = engram_network_load (database, NULL, NULL, NULL, error);
  if (network == NULL)
    return FALSE;
  g_assert_cmpuint (network->n_neurons, ==, 5);
  g_assert_cmpuint (network->n_synapses, ==, 6);
  return TRUE;
}

const FaultJob fault_jobs[] = {
  { "create", prepare_nothing, create },
  { "save-new", prepare_nothing, save_new },
  { "edit", prepare_version_1, edit },
  { "add-neurons", prepare_network, add_neurons },
  { "delete-neuron", prepare_version_1, delete_neuron },
  { "save-all", prepare_network, save_all },
  { "vacuum", prepare_network, vacuum },
  { "import", prepare_network_and_document, import, TRUE },
  { "prune", prepare_network, prune, TRUE },
  { "edit-step", prepare_network, edit_step, TRUE },
  { "delete-rows", prepare_network, delete_rows, TRUE },
  { "edit-rows", prepare_network, edit_rows, TRUE },
  { "repair", prepare_damaged, repair, TRUE },
  { "undo", prepare_pruned, undo },
  { "import-new", prepare_document, import_new },
  { "export", prepare_network_and_document, export },
  { "backup", prepare_network, backup },
  { "restore", prepare_backup, restore },
  { "compare", prepare_backup, compare },
  { "bring-back", prepare_backup, bring_back, TRUE },
  { "load-all", prepare_network, load_all },
  { "look", prepare_version_1, look },
};

const gsize n_fault_jobs = G_N_ELEMENTS (fault_jobs);
