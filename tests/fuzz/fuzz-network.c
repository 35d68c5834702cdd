/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz-network.h"

#include <glib/gstdio.h>
#include <math.h>
#include <unistd.h>

#define PAGE 50

static const char *const side_files[] = { "-journal", "-wal", "-shm" };

const char *
fuzz_network_get_path (void)
{
  static char *path = NULL;

  if (path == NULL)
    path = g_strdup_printf ("%s/network-%d.db", g_get_tmp_dir (), (int) getpid ());
  return path;
}

static void
check_no_side_files (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (side_files); i++)
    {
      g_autofree char *name = g_strconcat (fuzz_network_get_path (), side_files[i], NULL);

      g_assert_false (g_file_test (name, G_FILE_TEST_EXISTS));
    }
}

void
fuzz_network_write (const void *bytes,
                    gsize       length)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents_full (fuzz_network_get_path (), bytes, length, G_FILE_SET_CONTENTS_NONE, 0600, &error);
  g_assert_no_error (error);
}

/* Every function that gives nothing says why. */
static gboolean
check_result (gboolean   done,
              GError   **error)
{
  g_assert_true (done == (*error == NULL));
  if (!done)
    {
      g_assert_true ((*error)->domain == ENGRAM_ERROR);
      g_assert_cmpstr ((*error)->message, !=, "");
      g_assert_true (g_utf8_validate ((*error)->message, -1, NULL));
    }
  g_clear_error (error);
  return done;
}

static void
check_text (const char *text)
{
  g_assert_true (text == NULL || g_utf8_validate (text, -1, NULL));
}

static gboolean
look_at_neuron (const EngramNeuron  *neuron,
                gpointer             user_data,
                GError             **error)
{
  EngramTypeRegistry *registry = engram_type_registry_get_default ();
  EngramNeuronType *type = engram_type_registry_lookup (registry, neuron->type);
  const EngramField *fields;
  gsize n_fields = 0;

  check_text (engram_neuron_get_summary (neuron));
  if (type == NULL)
    return TRUE;
  fields = engram_neuron_type_get_fields (type, &n_fields);
  for (gsize i = 0; i < n_fields; i++)
    {
      g_autofree char *value = engram_neuron_get_field (neuron, &fields[i]);

      g_assert_cmpint (engram_json_check (value, -1, NULL, NULL), !=, ENGRAM_JSON_INVALID);
    }
  return TRUE;
}

static gboolean
look_at_synapse (const EngramSynapse  *synapse,
                 gpointer              user_data,
                 GError              **error)
{
  return TRUE;
}

static void
look_at_neurons (EngramDatabase *database)
{
  static const double origin[3] = { 0, 0, 0 };
  g_autoptr (EngramNeuronStore) store = engram_neuron_store_new (database);
  EngramNeuronFilter all = { .limit = -1, .with_vectors = TRUE };
  EngramNeuronFilter some = { .type = "knowledge", .text = "ü", .modified_since = "2025-01-01T00:00:00", .limit = 3 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) page = engram_neuron_store_list_after (store, G_MININT64, PAGE, NULL, &error);
  g_autoptr (GPtrArray) nearest = NULL;
  g_autoptr (EngramRowOrder) order = NULL;
  g_autoptr (GArray) items = NULL;

  if (check_result (page != NULL, &error) && page->len > 0)
    {
      const EngramNeuron *first = g_ptr_array_index (page, 0);

      items = engram_neuron_store_list_items (store, &first->rowid, 1, NULL, &error);
      check_result (items != NULL, &error);
    }
  nearest = engram_neuron_store_list_nearest (store, origin, 5, NULL, &error);
  check_result (nearest != NULL, &error);
  order = engram_neuron_store_get_row_order (store, NULL, &error);
  check_result (order != NULL, &error);
  check_result (engram_neuron_store_foreach (store, &all, look_at_neuron, NULL, NULL, &error), &error);
  check_result (engram_neuron_store_foreach (store, &some, look_at_neuron, NULL, NULL, &error), &error);
}

static void
look_at_synapses (EngramDatabase *database)
{
  g_autoptr (EngramSynapseStore) store = engram_synapse_store_new (database);
  EngramSynapseFilter all = { .min_weight = -INFINITY, .max_weight = INFINITY, .limit = -1 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) page = engram_synapse_store_list_after (store, G_MININT64, PAGE, NULL, &error);
  g_autoptr (GPtrArray) items = NULL;

  if (check_result (page != NULL, &error) && page->len > 0)
    {
      const EngramSynapse *first = g_ptr_array_index (page, 0);

      items = engram_synapse_store_list_items (store, first->source_id != NULL ? first->source_id : "", 0, 5, NULL,
                                               NULL, &error);
      check_result (items != NULL, &error);
    }
  check_result (engram_synapse_store_foreach (store, &all, look_at_synapse, NULL, NULL, &error), &error);
}

static void
look_at_findings (EngramIntegrityReport *report)
{
  GPtrArray *findings = engram_integrity_report_get_findings (report);

  for (guint i = 0; i < findings->len; i++)
    {
      const EngramFinding *finding = g_ptr_array_index (findings, i);
      g_auto (GStrv) ids = engram_finding_get_ids (finding, 0, PAGE);

      check_text (engram_finding_get_message (finding));
      g_assert_cmpuint (g_strv_length (ids), <=, MIN (engram_finding_get_count (finding), PAGE));
      for (guint j = 0; ids[j] != NULL; j++)
        check_text (ids[j]);
    }
}

static void
look_at_report (EngramDatabase *database)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramIntegrityReport) report = engram_integrity_check (database, ENGRAM_INTEGRITY_ALL, NULL, NULL, NULL,
                                                                     &error);
  g_autofree char *json = NULL, *html = NULL;

  if (!check_result (report != NULL, &error))
    return;
  look_at_findings (report);
  json = engram_integrity_report_to_json (report);
  g_assert_cmpint (engram_json_check (json, -1, NULL, NULL), ==, ENGRAM_JSON_OBJECT);
  html = engram_integrity_report_to_html (report);
  check_text (html);
}

/* Whatever the network holds, its document is JSON, with a checksum that is that of its content. */
static void
check_export (EngramDatabase *database)
{
  g_autofree char *document = g_strconcat (fuzz_network_get_path (), ".json", NULL);
  g_autofree char *imported = g_strconcat (fuzz_network_get_path (), ".imported", NULL);
  const char *const files[] = { document, NULL };
  EngramImportOptions options = { .dry_run = TRUE };
  g_autoptr (EngramExportReport) exported = NULL;
  g_autoptr (EngramImportReport) report = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  exported = engram_export (database, document, FALSE, NULL, NULL, NULL, &error);
  if (!check_result (exported != NULL, &error))
    return;
  g_assert_true (g_file_get_contents (document, &text, &length, NULL));
  g_assert_cmpint (engram_json_check (text, (gssize) length, NULL, NULL), ==, ENGRAM_JSON_OBJECT);
  engram_import_new (imported, files, &options, &report, NULL, NULL, NULL, NULL);
  g_assert_cmpint (((EngramImportFile *) report->files->pdata[0])->checksum, ==, ENGRAM_IMPORT_CHECKSUM_OK);
  g_remove (document);
}

static void
look_at_whole (EngramDatabase *database)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramDatabaseStatistics) statistics = engram_database_get_statistics (database, NULL, &error);
  g_autoptr (EngramContents) contents = NULL;
  g_autoptr (EngramNetwork) network = NULL;
  g_autofree char *hash = NULL;

  check_result (statistics != NULL, &error);
  contents = engram_load_all (database, NULL, NULL, NULL, NULL, &error);
  check_result (contents != NULL, &error);
  network = engram_network_load (database, NULL, NULL, NULL, &error);
  check_result (network != NULL, &error);
  hash = engram_content_hash (database, NULL, NULL, NULL, &error);
  check_result (hash != NULL, &error);
}

/* Repairing */

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (folder);
}

static void
check_nothing_to_repair (EngramDatabase *database)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramIntegrityReport) report = engram_integrity_check (database, ENGRAM_INTEGRITY_ALL, NULL, NULL, NULL,
                                                                     &error);
  GPtrArray *findings;

  g_assert_no_error (error);
  findings = engram_integrity_report_get_findings (report);
  for (guint i = 0; i < findings->len; i++)
    g_assert_cmpstr (engram_finding_get_repair (g_ptr_array_index (findings, i)), ==, NULL);
}

void
fuzz_network_repair (void)
{
  g_autofree char *backups = g_strconcat (fuzz_network_get_path (), "-backups", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramDatabase) database = engram_database_open (fuzz_network_get_path (), NULL, &error);
  g_autoptr (EngramRepairReport) report = NULL;

  if (!check_result (database != NULL, &error))
    return;
  report = engram_integrity_repair (database, NULL, backups, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  check_nothing_to_repair (database);
  g_clear_object (&database);
  remove_folder (backups);
  check_no_side_files ();
}

void
fuzz_network_look (void)
{
  const char *path = fuzz_network_get_path ();
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramDatabase) database = NULL;
  g_autofree char *before = NULL, *after = NULL;
  gsize length_before, length_after;

  g_assert_true (g_file_get_contents (path, &before, &length_before, NULL));
  database = engram_database_open (path, NULL, &error);
  if (check_result (database != NULL, &error))
    {
      look_at_whole (database);
      look_at_report (database);
      check_export (database);
      look_at_neurons (database);
      look_at_synapses (database);
    }
  g_clear_object (&database);

  check_no_side_files ();
  g_assert_true (g_file_get_contents (path, &after, &length_after, NULL));
  g_assert_cmpmem (after, length_after, before, length_before);
}

static void
look_at_differences (EngramComparison       *comparison,
                     EngramDatabase         *database,
                     EngramDatabase         *other,
                     EngramRecordKind        kind,
                     EngramComparisonStatus  status)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) items = engram_comparison_list_items (comparison, database, other, kind, status, 0, PAGE, NULL,
                                                              &error);

  if (!check_result (items != NULL, &error))
    return;
  for (guint i = 0; i < items->len; i++)
    {
      const EngramComparisonItem *item = g_ptr_array_index (items, i);
      g_autoptr (GPtrArray) values = engram_comparison_describe (comparison, &item->row, database, other, NULL, &error);

      check_text (item->id);
      check_text (item->name);
      if (!check_result (values != NULL, &error))
        continue;
      for (guint j = 0; j < values->len; j++)
        {
          const EngramComparisonValue *value = g_ptr_array_index (values, j);

          check_text (value->name);
          check_text (value->before);
          check_text (value->after);
        }
    }
}

void
fuzz_network_compare (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramDatabase) database = engram_database_open (fuzz_network_get_path (), NULL, &error);
  g_autoptr (EngramDatabase) other = NULL;
  g_autoptr (EngramComparison) comparison = NULL;
  g_autofree char *summary = NULL;

  if (!check_result (database != NULL, &error))
    return;
  other = engram_database_open (path, NULL, &error);
  g_assert_no_error (error);
  comparison = engram_comparison_new (database, other, NULL, NULL, NULL, &error);
  if (!check_result (comparison != NULL, &error))
    return;
  summary = engram_comparison_dup_summary (comparison);
  check_text (summary);
  for (EngramRecordKind kind = ENGRAM_RECORD_NEURON; kind <= ENGRAM_RECORD_SYNAPSE; kind++)
    {
      const EngramComparisonCounts *counts = engram_comparison_get_counts (comparison, kind);

      g_assert_cmpuint (counts->today, ==, counts->same + counts->added + counts->changed + counts->unclear);
      g_assert_cmpuint (counts->other, ==, counts->same + counts->removed + counts->changed + counts->unclear_other);
      for (EngramComparisonStatus status = ENGRAM_COMPARISON_ADDED; status <= ENGRAM_COMPARISON_UNCLEAR; status++)
        look_at_differences (comparison, database, other, kind, status);
    }
}
