/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>

#include "integrity-support.h"
#include "own-disk.h"

/* What is found in the damaged files, in good ones, in those that cannot be written, and while somebody writes. */

typedef struct {
  const char *name;
  int         worst; /* -1 where nothing is found */
  const char *findings;
  const char *part_of_message; /* of the first finding */
} Expectation;

/* The good network, which all of these were made of, holds 142 synapses that repeat another's ends. */
#define GOOD "synapse-repeated 142"

static const Expectation damaged[] = {
  { "damaged/bad-ids-and-dates.db", ENGRAM_SEVERITY_ERROR,
    "orphan-source 2, orphan-target 5, timestamp-format 2, id-not-uuid 2, timestamp-order 1, " GOOD, "2 synapses" },
  { "damaged/bad-json.db", ENGRAM_SEVERITY_ERROR, "metadata-json 4, tags-json 1, " GOOD, "metadata of 4 neurons" },
  { "damaged/bad-positions.db", ENGRAM_SEVERITY_ERROR, "position-not-finite 2, " GOOD ", same-place 2", "2 neurons" },
  { "damaged/bad-vectors.db", ENGRAM_SEVERITY_ERROR,
    "vector-length 2, vector-dimension 1, vector-not-finite 1, vector-not-blob 1, vector-zero 1, " GOOD, "2 neurons" },
  { "damaged/bytes-flipped.db", ENGRAM_SEVERITY_ERROR,
    "sqlite-corruption 8, orphan-source 2, orphan-target 3, metadata-json 3, timestamp-format 2, id-not-uuid 1, "
    "synapse-repeated 140", "8 faults" },
  { "damaged/duplicate-and-self-synapses.db", ENGRAM_SEVERITY_NOTE, "synapse-repeated 143, synapse-self 1",
    "143 synapses" },
  { "damaged/extra-columns.db", ENGRAM_SEVERITY_NOTE, GOOD, "142 synapses" },
  { "damaged/extra-tables.db", ENGRAM_SEVERITY_NOTE, GOOD ", foreign-table 1", "142 synapses" },
  { "damaged/hostile-generated.db", ENGRAM_SEVERITY_NOTE, GOOD ", foreign-view 1", "142 synapses" },
  { "damaged/hostile-trigger.db", ENGRAM_SEVERITY_WARNING, "foreign-trigger 1, " GOOD, "“bite”" },
  { "damaged/newer-schema.db", ENGRAM_SEVERITY_NOTE, GOOD, "142 synapses" },
  { "damaged/no-schema-version.db", ENGRAM_SEVERITY_NOTE, GOOD, "142 synapses" },
  { "damaged/orphan-synapses.db", ENGRAM_SEVERITY_ERROR, "orphan-source 3, orphan-target 2, synapse-repeated 141",
    "3 synapses start" },
  { "damaged/page-zeroed.db", ENGRAM_SEVERITY_ERROR, "sqlite-corruption 3, " GOOD, "3 faults" },
  { "damaged/unknown-type.db", ENGRAM_SEVERITY_NOTE, GOOD ", type-unregistered 6", "142 synapses" },
  { "damaged/weights-out-of-range.db", ENGRAM_SEVERITY_ERROR, "weight-range 4, weight-not-number 1, " GOOD,
    "4 synapses are below −1 or above 1 (infinite: 1)" },
  { "original/network.db", ENGRAM_SEVERITY_NOTE, GOOD, "142 synapses" },
};

static void
test_damaged (gconstpointer data)
{
  const Expectation *expected = data;
  g_autofree char *path = test_shared_data (expected->name);
  g_autoptr (EngramIntegrityReport) report = NULL;
  g_autofree char *findings = NULL;
  GPtrArray *list;
  EngramSeverity worst;

  if (path == NULL)
    return;
  report = integrity_check_file (path, ENGRAM_INTEGRITY_ALL);
  findings = integrity_describe (report);
  g_assert_cmpstr (findings, ==, expected->findings);
  g_assert_true (engram_integrity_report_get_worst (report, &worst));
  g_assert_cmpint (worst, ==, expected->worst);
  list = engram_integrity_report_get_findings (report);
  g_assert_nonnull (strstr (engram_finding_get_message (g_ptr_array_index (list, 0)), expected->part_of_message));
}

/* What is refused is refused by opening: there is no report of it. */
static void
test_all_damaged_files (void)
{
  g_autofree char *folder = test_shared_data ("damaged");
  g_autoptr (GDir) dir = NULL;
  const char *name;
  guint n_reports = 0;

  if (folder == NULL)
    return;
  dir = g_dir_open (folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *relative = g_build_filename ("damaged", name, NULL);
      g_autoptr (EngramDatabase) database = NULL;

      if (!g_str_has_suffix (name, ".db"))
        continue;
      database = engram_database_open (path, NULL, NULL);
      if (database == NULL)
        continue;
      n_reports++;
      for (guint i = 0; i < G_N_ELEMENTS (damaged); i++)
        if (g_str_equal (damaged[i].name, relative))
          name = NULL;
      g_assert_null (name);
    }
  g_assert_cmpuint (n_reports, ==, G_N_ELEMENTS (damaged) - 1);
}

/* Which pages and rows are damaged, and that nothing is said of ends where not all neurons could be read. */
static void
test_what_is_damaged (void)
{
  g_autofree char *zeroed = test_shared_data ("damaged/page-zeroed.db");
  g_autofree char *flipped = test_shared_data ("damaged/bytes-flipped.db");
  g_autoptr (EngramIntegrityReport) report = NULL;
  g_autoptr (EngramIntegrityReport) other = NULL;
  g_autofree char *faults = NULL;
  g_autofree char *other_faults = NULL;

  if (zeroed == NULL || flipped == NULL)
    return;
  report = integrity_check_file (zeroed, ENGRAM_INTEGRITY_ALL);
  faults = integrity_join_ids (report, "sqlite-corruption");
  g_assert_nonnull (strstr (faults, "“neurons”"));
  g_assert_nonnull (strstr (faults, "Page 21"));
  g_assert_cmpuint (engram_integrity_report_get_neurons (report), <, 240);
  g_assert_cmpuint (engram_integrity_report_get_synapses (report), ==, 900);
  other = integrity_check_file (flipped, ENGRAM_INTEGRITY_ALL);
  other_faults = integrity_join_ids (other, "sqlite-corruption");
  g_assert_nonnull (strstr (other_faults, "“synapses”"));
  g_assert_nonnull (strstr (other_faults, "row 63 missing from index sqlite_autoindex_synapses_1"));
}

static void
test_without_sqlite (void)
{
  g_autofree char *path = test_shared_data ("damaged/bytes-flipped.db");
  g_autoptr (EngramIntegrityReport) report = NULL;
  g_autofree char *faults = NULL;

  if (path == NULL)
    return;
  report = integrity_check_file (path, ENGRAM_INTEGRITY_SKIP_SQLITE);
  faults = integrity_join_ids (report, "sqlite-corruption");
  g_assert_cmpstr (faults, ==, "The table “synapses” cannot be read to its end.");
}

/* What SQLite's foreign_key_check finds are the orphans. */
static void
test_foreign_keys (gconstpointer name)
{
  g_autofree char *path = test_shared_data (name);
  g_autoptr (EngramIntegrityReport) report = NULL;
  sqlite3_stmt *statement;
  sqlite3 *handle;
  guint64 n_orphans, n_found = 0;

  if (path == NULL)
    return;
  report = integrity_check_file (path, ENGRAM_INTEGRITY_ALL);
  n_orphans = engram_finding_get_count (integrity_find (report, "orphan-source")) +
              engram_finding_get_count (integrity_find (report, "orphan-target"));
  g_assert_cmpint (sqlite3_open_v2 (path, &handle, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (handle, "PRAGMA foreign_key_check", -1, &statement, NULL), ==, SQLITE_OK);
  while (sqlite3_step (statement) == SQLITE_ROW)
    n_found++;
  sqlite3_finalize (statement);
  sqlite3_close (handle);
  g_assert_cmpuint (n_orphans, ==, n_found);
}

static char *
generate (const char *folder,
          guint64     neurons,
          guint64     synapses)
{
  EngramGeneratorOptions options = { neurons, synapses, 24, 7 };
  char *path = g_build_filename (folder, "generated.db", NULL);
  g_autoptr (GError) error = NULL;

  engram_generate (path, &options, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  return path;
}

static void
test_generated (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = generate (folder, 3000, 20000);
  g_autofree char *before = test_hash_file (path);
  g_autoptr (EngramIntegrityReport) report = integrity_check_file (path, ENGRAM_INTEGRITY_ALL);
  g_autofree char *findings = integrity_describe (report);
  g_autofree char *after = test_hash_file (path);
  g_autofree char *real_path = g_canonicalize_filename (path, NULL);

  g_assert_cmpstr (findings, ==, "");
  g_assert_false (engram_integrity_report_get_worst (report, NULL));
  g_assert_cmpuint (engram_integrity_report_get_neurons (report), ==, 3000);
  g_assert_cmpuint (engram_integrity_report_get_synapses (report), ==, 20000);
  g_assert_cmpfloat (engram_integrity_report_get_seconds (report), >, 0);
  g_assert_cmpstr (engram_integrity_report_get_path (report), ==, real_path);
  g_assert_true (engram_time_is_valid (engram_integrity_report_get_time (report)));
  g_assert_cmpstr (after, ==, before);
}

static void
test_empty (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "a.db", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramDatabase) database = engram_database_create (path, NULL, &error);
  g_autoptr (EngramIntegrityReport) report = NULL;

  g_assert_no_error (error);
  report = engram_integrity_check (database, ENGRAM_INTEGRITY_ALL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (engram_integrity_report_get_worst (report, NULL));
}

/* Everything that a report says but when and how long. */
static char *
tell (const char *path)
{
  g_autoptr (EngramIntegrityReport) report = integrity_check_file (path, ENGRAM_INTEGRITY_ALL);
  g_autofree char *json = engram_integrity_report_to_json (report);
  char *findings = engram_json_object_get (json, "findings");

  g_assert_nonnull (findings);
  return findings;
}

static const char *const read_only_files[] = {
  "damaged/weights-out-of-range.db", "damaged/bad-ids-and-dates.db", "damaged/bad-positions.db",
  "damaged/bytes-flipped.db", "damaged/page-zeroed.db",
};

static void
check_on_read_only_disk (const char *folder)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) reports = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < G_N_ELEMENTS (read_only_files); i++)
    {
      g_autofree char *source = test_shared_data (read_only_files[i]);
      g_autofree char *name = NULL;
      char *path;

      if (source == NULL)
        return;
      name = g_path_get_basename (source);
      path = g_build_filename (folder, name, NULL);
      test_copy_file (source, path);
      /* In WAL mode it is read in another way than in rollback mode, and both can be damaged. */
      if (i == 0)
        integrity_run_sql (path, "PRAGMA journal_mode=WAL");
      g_assert_cmpint (g_chmod (path, 0644), ==, 0);
      g_ptr_array_add (paths, path);
      g_ptr_array_add (reports, tell (path));
    }
  own_disk_make_read_only (folder);
  for (guint i = 0; i < paths->len; i++)
    {
      g_autofree char *report = tell (g_ptr_array_index (paths, i));

      g_assert_cmpstr (report, ==, g_ptr_array_index (reports, i));
    }
}

static void
test_read_only_disk (void)
{
  own_disk_run (check_on_read_only_disk, "size=16m");
}

static void
test_read_only_file (void)
{
  g_autofree char *source = test_shared_data ("damaged/weights-out-of-range.db");
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "a.db", NULL);
  g_autofree char *writable = NULL;
  g_autofree char *read_only = NULL;

  if (source == NULL)
    return;
  test_copy_file (source, path);
  writable = tell (path);
  g_assert_cmpint (g_chmod (path, 0444), ==, 0);
  g_assert_cmpint (g_chmod (folder, 0555), ==, 0);
  read_only = tell (path);
  g_assert_cmpint (g_chmod (folder, 0755), ==, 0);
  g_assert_cmpstr (read_only, ==, writable);
}

#define SQLITE_PHASE "Checking the file’s pages"

typedef struct {
  GCancellable *cancellable;
  const char   *phase;  /* where it is cancelled */
  gboolean      seen;
  double        last;
  GHashTable   *phases;
} Watch;

static void
watch_progress (const char *phase,
                double      fraction,
                gpointer    data)
{
  Watch *self = data;

  g_assert_cmpfloat (fraction, >=, self->last);
  g_assert_cmpfloat (fraction, <=, 1);
  self->last = fraction;
  if (self->phases != NULL)
    g_hash_table_add (self->phases, g_strdup (phase));
  if (self->phase != NULL && g_str_equal (phase, self->phase))
    {
      self->seen = TRUE;
      g_cancellable_cancel (self->cancellable);
    }
}

/* A table that SQLite's own check is busy with for a while after all else is done. */
static void
add_long_table (const char *path)
{
  integrity_run_sql (path,
                     "CREATE TABLE long (a, b);"
                     "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<200000)"
                     " INSERT INTO long SELECT i * 7919 % 200003, i * 104729 % 200003 FROM n;"
                     "CREATE INDEX long_a ON long (a); CREATE INDEX long_b ON long (b)");
}

static void
test_progress (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = integrity_make_network (folder, NULL);
  g_autoptr (EngramDatabase) database = NULL;
  g_autoptr (EngramIntegrityReport) report = NULL;
  g_autoptr (GHashTable) phases = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GError) error = NULL;
  Watch watch = { .phases = phases };

  add_long_table (path);
  database = engram_database_open (path, NULL, &error);
  g_assert_no_error (error);
  report = engram_integrity_check (database, ENGRAM_INTEGRITY_ALL, watch_progress, &watch, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_hash_table_contains (phases, "Checking neurons"));
  g_assert_true (g_hash_table_contains (phases, "Checking synapses"));
  g_assert_true (g_hash_table_contains (phases, SQLITE_PHASE));
  g_assert_cmpuint (g_hash_table_size (phases), ==, 3);
}

static void
test_cancel (gconstpointer phase)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = integrity_make_network (folder, NULL);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *findings = NULL;
  g_autoptr (EngramDatabase) database = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (EngramIntegrityReport) report = NULL;
  g_autoptr (GError) error = NULL;
  Watch watch = { cancellable, phase };
  gboolean within_sqlite = g_strcmp0 (phase, SQLITE_PHASE) == 0;

  if (within_sqlite)
    add_long_table (path);
  before = test_hash_file (path);
  database = engram_database_open (path, NULL, &error);
  g_assert_no_error (error);
  if (phase == NULL)
    g_cancellable_cancel (cancellable);
  g_assert_null (engram_integrity_check (database, ENGRAM_INTEGRITY_ALL, watch_progress, &watch, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_true (phase == NULL || watch.seen);
  g_clear_error (&error);

  /* The connections are as good as before. */
  report = engram_integrity_check (database, ENGRAM_INTEGRITY_ALL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  findings = integrity_describe (report);
  g_assert_cmpstr (findings, ==, within_sqlite ? "foreign-table 1" : "");
  g_clear_object (&database);
  after = test_hash_file (path);
  g_assert_cmpstr (after, ==, before);
}

typedef struct {
  const char *path;
  int         stop; /* atomic */
  int         n_transactions; /* atomic */
} Writer;

/* Another program: a neuron and a synapse from it to itself come in one transaction, and go in the next. */
static gpointer
write_all_the_time (gpointer data)
{
  Writer *self = data;
  sqlite3 *handle;

  g_assert_cmpint (sqlite3_open (self->path, &handle), ==, SQLITE_OK);
  sqlite3_busy_timeout (handle, 10000);
  g_assert_cmpint (sqlite3_exec (handle, "PRAGMA synchronous=OFF", NULL, NULL, NULL), ==, SQLITE_OK);
  for (guint i = 0; !g_atomic_int_get (&self->stop); i++)
    {
      int result;

      result = sqlite3_exec (handle, i % 2 == 0 ?
                             "BEGIN IMMEDIATE;"
                             "INSERT INTO neurons (id, position_x, position_y, position_z, neuron_type, created_at,"
                             " modified_at) VALUES ('" NEURON (9) "', 9, 9, 9, 'knowledge', '2025-11-01T09:00:00',"
                             " '2025-11-01T09:00:00');"
                             "INSERT INTO synapses (id, source_neuron_id, target_neuron_id, weight, synapse_type,"
                             " created_at, modified_at) VALUES ('" SYNAPSE (9) "', '" NEURON (9) "', '" NEURON (1) "',"
                             " 0.5, 'knowledge', '2025-11-01T09:00:00', '2025-11-01T09:00:00'); COMMIT" :
                             "BEGIN IMMEDIATE; DELETE FROM synapses WHERE id='" SYNAPSE (9) "';"
                             "DELETE FROM neurons WHERE id='" NEURON (9) "'; COMMIT", NULL, NULL, NULL);
      g_assert_cmpint (result, ==, SQLITE_OK);
      g_atomic_int_inc (&self->n_transactions);
    }
  sqlite3_close (handle);
  return NULL;
}

static void
test_beside_a_writer (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = integrity_make_network (folder, "PRAGMA journal_mode=WAL");
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramDatabase) database = engram_database_open (path, NULL, &error);
  Writer writer = { path };
  GThread *thread = g_thread_new ("writer", write_all_the_time, &writer);
  guint n_reports = 0;

  g_assert_no_error (error);
  /* While the writer writes for as long as it needs to do so often. */
  while (g_atomic_int_get (&writer.n_transactions) < 500 || n_reports == 0)
    {
      g_autoptr (EngramIntegrityReport) report = NULL;
      g_autofree char *findings = NULL;

      report = engram_integrity_check (database, ENGRAM_INTEGRITY_ALL, NULL, NULL, NULL, &error);
      /* Who writes without a pause may leave no moment for a snapshot; that is said, and is no finding. */
      if (g_error_matches (error, ENGRAM_ERROR, ENGRAM_ERROR_BUSY))
        {
          g_clear_error (&error);
          continue;
        }
      g_assert_no_error (error);
      findings = integrity_describe (report);
      g_assert_cmpstr (findings, ==, "");
      g_assert_cmpuint (engram_integrity_report_get_neurons (report), ==,
                        engram_integrity_report_get_synapses (report));
      n_reports++;
    }
  g_atomic_int_set (&writer.stop, TRUE);
  g_thread_join (thread);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (damaged); i++)
    {
      g_autofree char *name = g_strconcat ("/integrity/", damaged[i].name, NULL);

      g_test_add_data_func (name, &damaged[i], test_damaged);
    }
  g_test_add_func ("/integrity/all-damaged-files", test_all_damaged_files);
  g_test_add_func ("/integrity/what-is-damaged", test_what_is_damaged);
  g_test_add_func ("/integrity/without-sqlite", test_without_sqlite);
  g_test_add_data_func ("/integrity/foreign-keys/orphans", "damaged/orphan-synapses.db", test_foreign_keys);
  g_test_add_data_func ("/integrity/foreign-keys/ids", "damaged/bad-ids-and-dates.db", test_foreign_keys);
  g_test_add_func ("/integrity/generated", test_generated);
  g_test_add_func ("/integrity/empty", test_empty);
  g_test_add_func ("/integrity/read-only-disk", test_read_only_disk);
  g_test_add_func ("/integrity/read-only-file", test_read_only_file);
  g_test_add_func ("/integrity/progress", test_progress);
  g_test_add_data_func ("/integrity/cancel/before", NULL, test_cancel);
  g_test_add_data_func ("/integrity/cancel/neurons", "Checking neurons", test_cancel);
  g_test_add_data_func ("/integrity/cancel/synapses", "Checking synapses", test_cancel);
  g_test_add_data_func ("/integrity/cancel/sqlite", SQLITE_PHASE, test_cancel);
  g_test_add_func ("/integrity/beside-a-writer", test_beside_a_writer);
  return g_test_run ();
}
