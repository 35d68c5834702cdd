/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "history-fixture.h"
#include "integrity-support.h"

#include <string.h>
#include <sys/stat.h>

#define ADD(name, function) ADD_HISTORY_TEST ("/repair/" name, function)

static EngramRepairReport *
repair (HistoryFixture    *fixture,
        const char *const *kinds)
{
  g_autoptr (GError) error = NULL;
  EngramRepairReport *report;

  report = engram_integrity_repair (fixture->database, kinds, NULL, fixture->history, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  return report;
}

static char *
describe (HistoryFixture *fixture)
{
  g_autoptr (EngramIntegrityReport) report = integrity_check_file (fixture->path, ENGRAM_INTEGRITY_ALL);

  return integrity_describe (report);
}

static char *
join_kinds (const EngramRepairReport *report)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert_cmpuint (report->kinds->len, ==, report->changes->len);
  for (guint i = 0; i < report->kinds->len; i++)
    {
      g_string_append_printf (text, "%s%s", i > 0 ? " " : "", (char *) g_ptr_array_index (report->kinds, i));
      g_assert_cmpuint (strlen (g_ptr_array_index (report->changes, i)), >, 10);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
assert_rows (HistoryFixture *fixture,
             const char     *sql,
             gint64          expected)
{
  g_assert_cmpint (history_fixture_get_number (fixture, sql), ==, expected);
}

typedef struct {
  const char *name;
  const char *kinds;      /* that are repaired */
  const char *left;       /* what is found then; NULL: as before */
  guint64     neurons_changed;
  guint64     synapses_changed;
  guint64     synapses_deleted;
} Expectation;

static const Expectation damaged[] = {
  { "bad-ids-and-dates.db", "orphan-source orphan-target",
    "timestamp-format 2, id-not-uuid 2, timestamp-order 1, synapse-repeated 142", 0, 0, 7 },
  { "bad-json.db", "metadata-json tags-json", "synapse-repeated 142", 5, 0, 0 },
  { "bad-positions.db", "", NULL, 0, 0, 0 },
  { "bad-vectors.db", "vector-length vector-dimension vector-not-finite vector-not-blob",
    "vector-zero 1, synapse-repeated 142", 5, 0, 0 },
  { "duplicate-and-self-synapses.db", "", NULL, 0, 0, 0 },
  { "extra-columns.db", "", NULL, 0, 0, 0 },
  { "extra-tables.db", "", NULL, 0, 0, 0 },
  { "hostile-generated.db", "", NULL, 0, 0, 0 },
  { "hostile-trigger.db", "", NULL, 0, 0, 0 },
  { "newer-schema.db", "", NULL, 0, 0, 0 },
  { "no-schema-version.db", "", NULL, 0, 0, 0 },
  { "orphan-synapses.db", "orphan-source orphan-target", "synapse-repeated 141", 0, 0, 5 },
  { "unknown-type.db", "", NULL, 0, 0, 0 },
  { "weights-out-of-range.db", "weight-range", "weight-not-number 1, synapse-repeated 142", 0, 4, 0 },
};

/* Repaired, checked again, undone: the network is what it was, bit by bit. */
static void
check_damaged (HistoryFixture    *fixture,
               const Expectation *expected)
{
  g_autofree char *hash = test_hash_file (fixture->path);
  g_autofree char *found = describe (fixture);
  g_autofree char *before = NULL, *left = NULL, *kinds = NULL, *after = NULL, *hash_after = NULL;
  g_autoptr (EngramRepairReport) report = NULL;
  gboolean is_good = *expected->kinds == '\0';

  if (!is_good)
    {
      CHANGE (fixture, "upgrade", "row neurons 0");
      before = history_fixture_dump (fixture);
    }
  report = repair (fixture, NULL);
  kinds = join_kinds (report);
  left = describe (fixture);
  g_assert_cmpstr (kinds, ==, expected->kinds);
  g_assert_cmpuint (report->neurons_changed, ==, expected->neurons_changed);
  g_assert_cmpuint (report->synapses_changed, ==, expected->synapses_changed);
  g_assert_cmpuint (report->synapses_deleted, ==, expected->synapses_deleted);
  g_assert_cmpuint (report->indexes_made, ==, 0);
  g_assert_cmpstr (left, ==, expected->left != NULL ? expected->left : found);
  g_assert_cmpfloat (report->seconds, >=, 0);
  if (is_good)
    {
      history_fixture_close (fixture);
      hash_after = test_hash_file (fixture->path);
      g_assert_cmpstr (hash, ==, hash_after);
      g_assert_null (report->backup);
      return;
    }
  g_assert_true (g_file_test (report->backup, G_FILE_TEST_EXISTS));
  history_fixture_assert_list (fixture, "repair |");
  history_fixture_undo (fixture);
  after = history_fixture_dump (fixture);
  assert_same_dump (before, after);
}

static void
test_damaged (HistoryFixture *fixture,
              gconstpointer   data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (damaged); i++)
    {
      g_autofree char *name = g_build_filename ("damaged", damaged[i].name, NULL);
      g_autofree char *path = test_shared_data (name);

      if (path == NULL)
        return;
      g_test_message ("%s", name);
      history_fixture_use (fixture, path);
      check_damaged (fixture, &damaged[i]);
    }
}

/* Where pages are damaged no backup can be verified, and nothing is repaired. */
static void
test_corrupt (HistoryFixture *fixture,
              gconstpointer   data)
{
  g_autofree char *path = test_shared_data ("damaged/bytes-flipped.db");
  g_autofree char *backups = g_build_filename (fixture->folder, "backups", NULL);
  g_autofree char *hash = NULL, *hash_after = NULL;
  g_autoptr (EngramRepairReport) report = NULL;
  g_autoptr (GError) error = NULL;

  if (path == NULL)
    return;
  hash = test_hash_file (path);
  history_fixture_use (fixture, path);
  report = engram_integrity_repair (fixture->database, NULL, NULL, fixture->history, NULL, NULL, NULL, &error);
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_DAMAGED);
  g_assert_null (report);
  history_fixture_close (fixture);
  hash_after = test_hash_file (fixture->path);
  g_assert_cmpstr (hash, ==, hash_after);
  g_assert_false (g_file_test (backups, G_FILE_TEST_EXISTS));
}

/* What is broken in the small network: a loose synapse (row 20), a weight of 7.5 (row 25), metadata that are '', x''
 * and text with a NUL (rows 15, 20, 10), and metadata that are a blob (neuron in row 9, beside text that is not
 * UTF-8). */
static void
test_small (HistoryFixture *fixture,
            gconstpointer   data)
{
  g_autofree char *before = NULL, *after = NULL, *left = NULL, *kinds = NULL;
  g_autoptr (EngramRepairReport) report = NULL;

  history_fixture_run_sql (fixture, "DROP INDEX idx_synapses_target; DROP INDEX idx_neurons_type;"
                                    "UPDATE synapses SET weight=-9e999, modified_at='2020-01-01' WHERE rowid=30");
  CHANGE (fixture, "mark", "row neurons 3", "sql UPDATE neurons SET position_x=2 WHERE rowid=3");
  report = repair (fixture, NULL);
  kinds = join_kinds (report);
  g_assert_cmpstr (kinds, ==, "orphan-target weight-range metadata-json index-missing");
  g_assert_cmpuint (report->neurons_changed, ==, 1);
  g_assert_cmpuint (report->synapses_changed, ==, 4);
  g_assert_cmpuint (report->synapses_deleted, ==, 1);
  g_assert_cmpuint (report->indexes_made, ==, 2);
  assert_rows (fixture, "SELECT count(*) FROM synapses WHERE rowid=20", 0);
  assert_rows (fixture, "SELECT weight=1.0 FROM synapses WHERE rowid=25", 1);
  assert_rows (fixture, "SELECT weight=-1.0 AND modified_at>'2026' FROM synapses WHERE rowid=30", 1);
  assert_rows (fixture, "SELECT metadata='{\"engram_broken\": {\"metadata\": \"\"}}' FROM synapses WHERE rowid=15", 1);
  assert_rows (fixture, "SELECT metadata='{\"engram_broken\": {\"metadata\": \"a\\u0000b\"}}' FROM synapses"
                        " WHERE rowid=10", 1);
  assert_rows (fixture, "SELECT metadata='{\"engram_broken\": {\"metadata\": {\"base64\": \"AP8=\"}}}' FROM neurons"
                        " WHERE rowid=9", 1);
  assert_rows (fixture, "SELECT modified_at='2025-11-01T09:00:00' FROM synapses WHERE rowid=35", 1);

  left = describe (fixture);
  g_assert_null (strstr (left, "metadata"));
  g_assert_null (strstr (left, "orphan"));
  g_assert_null (strstr (left, "weight"));
  g_assert_null (strstr (left, "index"));

  /* Indexes stay when it is undone: they are no content. */
  history_fixture_assert_list (fixture, "repair mark |");
  after = history_fixture_dump (fixture);
  history_fixture_undo (fixture);
  history_fixture_redo (fixture);
  before = history_fixture_dump (fixture);
  assert_same_dump (after, before);
}

#define BREAK_JSON  \
  "UPDATE neurons SET metadata='{\"a\": 1.0, \"engram_broken\": {\"semantic_tags\": \"old\"}}', semantic_tags='[1',"  \
  " input_schema='[]', output_schema='{}', engram_fields=CAST(x'7bff' AS TEXT) WHERE rowid=3;"  \
  "UPDATE neurons SET metadata=NULL, semantic_tags='{}', input_schema=5 WHERE rowid=6;"  \
  "UPDATE neurons SET metadata='[1, 2]', semantic_tags='\"tags\"' WHERE rowid=12;"  \
  "UPDATE synapses SET engram_fields='{a}' WHERE rowid=5"

static void
test_json (HistoryFixture *fixture,
           gconstpointer   data)
{
  g_autofree char *kinds = NULL;
  g_autoptr (EngramRepairReport) report = NULL;

  history_fixture_run_sql (fixture, BREAK_JSON);
  report = repair (fixture, NULL);
  kinds = join_kinds (report);
  g_assert_cmpstr (kinds, ==, "orphan-target weight-range metadata-json tags-json schema-json");
  assert_rows (fixture, "SELECT semantic_tags='[]' AND input_schema='{}' AND output_schema='{}' AND engram_fields='{}'"
                        " AND metadata='{\"a\": 1.0, \"engram_broken\": {\"semantic_tags\": \"old\","
                        " \"semantic_tags 2\": \"[1\", \"input_schema\": \"[]\","
                        " \"engram_fields\": {\"base64\": \"e/8=\"}}}'"
                        " FROM neurons WHERE rowid=3", 1);
  assert_rows (fixture, "SELECT semantic_tags='[]' AND input_schema='{}' AND output_schema IS NULL AND"
                        " metadata='{\"engram_broken\": {\"semantic_tags\": \"{}\", \"input_schema\": \"5\"}}'"
                        " FROM neurons WHERE rowid=6", 1);
  assert_rows (fixture, "SELECT semantic_tags='[]' AND metadata='{\"engram_broken\": {\"metadata\": \"[1, 2]\","
                        " \"semantic_tags\": \"\\\"tags\\\"\"}}' FROM neurons WHERE rowid=12", 1);
  assert_rows (fixture, "SELECT engram_fields='{}' AND metadata='{\"engram_broken\": {\"engram_fields\": \"{a}\"}}'"
                        " FROM synapses WHERE rowid=5", 1);
}

/* Only what is asked for; but broken metadata are repaired where they must keep something. */
static void
test_chosen_kinds (HistoryFixture *fixture,
                   gconstpointer   data)
{
  const char *const vectors[] = { "vector-length", NULL };
  const char *const tags[] = { "tags-json", "weight-range", NULL };
  g_autoptr (EngramRepairReport) nothing = NULL;
  g_autoptr (EngramRepairReport) report = NULL;
  g_autoptr (EngramRepairReport) copy = NULL;
  g_autofree char *kinds = NULL;

  history_fixture_run_sql (fixture, BREAK_JSON);
  nothing = repair (fixture, vectors);
  g_assert_cmpuint (nothing->kinds->len, ==, 0);
  g_assert_null (nothing->backup);
  history_fixture_assert_list (fixture, "|");

  report = repair (fixture, tags);
  kinds = join_kinds (report);
  g_assert_cmpstr (kinds, ==, "weight-range metadata-json tags-json");
  g_assert_cmpuint (report->neurons_changed, ==, 3);
  g_assert_cmpuint (report->synapses_changed, ==, 1);
  assert_rows (fixture, "SELECT input_schema=5 FROM neurons WHERE rowid=6", 1);
  assert_rows (fixture, "SELECT count(*) FROM synapses", 8);
  copy = engram_repair_report_copy (report);
  g_assert_cmpstr (copy->backup, ==, report->backup);
  g_assert_cmpstr (g_ptr_array_index (copy->kinds, 2), ==, "tags-json");
}

static void
test_no_such_repair (HistoryFixture *fixture,
                     gconstpointer   data)
{
  static const char *const names[] = { "synapse-self", "vector-zero", "no-such-kind", "" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *const kinds[] = { "weight-range", names[i], NULL };
      g_autoptr (GError) error = NULL;

      g_assert_null (engram_integrity_repair (fixture->database, kinds, NULL, NULL, NULL, NULL, NULL, &error));
      g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_INVALID);
    }
  assert_rows (fixture, "SELECT weight=7.5 FROM synapses WHERE rowid=25", 1);
}

/* What another program keeps of a synapse would go with it, and could not be undone. */
static void
test_table_of_others (HistoryFixture *fixture,
                      gconstpointer   data)
{
  static const char *const kinds[] = { "orphan-source", "orphan-target", NULL };
  g_autofree char *before = NULL, *after = NULL;
  g_autoptr (GError) error = NULL;

  history_fixture_run_sql (fixture, "CREATE TABLE notes (synapse TEXT REFERENCES synapses (id) ON DELETE CASCADE);"
                                    "INSERT INTO notes SELECT id FROM synapses WHERE rowid=20");
  before = history_fixture_dump (fixture);
  g_assert_null (engram_integrity_repair (fixture->database, kinds, NULL, fixture->history, NULL, NULL, NULL, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "another program"));
  after = history_fixture_dump (fixture);
  assert_same_dump (before, after);
  assert_rows (fixture, "SELECT count(*) FROM notes", 1);
}

/* The backup is of the network as it was, and lies where it was asked for. */
static void
test_backup (HistoryFixture *fixture,
             gconstpointer   data)
{
  g_autofree char *folder = g_build_filename (fixture->folder, "elsewhere", NULL);
  g_autofree char *before = NULL, *backed_up = NULL;
  g_autofree char *hash = NULL, *backup_hash = NULL;
  g_autoptr (EngramDatabase) copy = NULL;
  g_autoptr (EngramRepairReport) report = NULL;
  g_autoptr (EngramBackup) backup = NULL;
  g_autoptr (GError) error = NULL;
  EngramBackupStatus status;

  hash = engram_content_hash (fixture->database, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  before = history_fixture_dump (fixture);
  report = engram_integrity_repair (fixture->database, NULL, folder, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (report->backup, folder));
  g_assert_true (engram_backup_verify (report->backup, &status, NULL, NULL, NULL, NULL, &error));
  g_assert_cmpint (status, ==, ENGRAM_BACKUP_GOOD);
  backup = engram_backup_read (report->backup, &error);
  g_assert_no_error (error);
  g_assert_cmpint (backup->reason, ==, ENGRAM_BACKUP_REASON_BEFORE_REPAIR);
  copy = engram_database_open (report->backup, NULL, &error);
  g_assert_no_error (error);
  backup_hash = engram_content_hash (copy, NULL, NULL, NULL, &error);
  g_assert_cmpstr (hash, ==, backup_hash);
  backed_up = dump_network (report->backup);
  assert_same_dump (before, backed_up);
  history_fixture_assert_list (fixture, "|");
}

/* What cannot be done to the end is not done at all, and leaves no backup. */
static void
assert_not_repaired (HistoryFixture *fixture,
                     GCancellable   *cancellable,
                     EngramProgressFunc progress,
                     GQuark          domain,
                     int             code)
{
  g_autofree char *backups = g_build_filename (fixture->folder, "backups", NULL);
  g_autofree char *before = history_fixture_dump (fixture);
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (engram_integrity_repair (fixture->database, NULL, NULL, fixture->history, progress, cancellable,
                                          cancellable, &error));
  g_assert_error (error, domain, code);
  after = history_fixture_dump (fixture);
  assert_same_dump (before, after);
  history_fixture_assert_list (fixture, "|");
  g_assert_false (g_file_test (backups, G_FILE_TEST_EXISTS));
}

static void
cancel_late (const char *phase,
             double      fraction,
             gpointer    cancellable)
{
  if (strstr (phase, "Repairing") != NULL)
    g_cancellable_cancel (cancellable);
}

static void
test_cancelled (HistoryFixture *fixture,
                gconstpointer   data)
{
  g_autoptr (GCancellable) late = g_cancellable_new ();
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();

  assert_not_repaired (fixture, late, cancel_late, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_cancellable_cancel (cancelled);
  assert_not_repaired (fixture, cancelled, NULL, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_busy (HistoryFixture *fixture,
           gconstpointer   data)
{
  g_autoptr (EngramDatabase) second = engram_database_open (fixture->path, NULL, NULL);
  EngramConnection *writer = engram_database_begin_write (second, NULL, NULL);

  assert_not_repaired (fixture, NULL, NULL, ENGRAM_ERROR, ENGRAM_ERROR_BUSY);
  engram_database_end_write (second, writer, FALSE, NULL);
}

static void
test_newer_schema (HistoryFixture *fixture,
                   gconstpointer   data)
{
  history_fixture_run_sql (fixture, "INSERT INTO schema_version (version) VALUES (99)");
  history_fixture_close (fixture);
  history_fixture_open (fixture);
  assert_not_repaired (fixture, NULL, NULL, ENGRAM_ERROR, ENGRAM_ERROR_NEWER);
}

static void
check_report (const char *phase,
              double      fraction,
              gpointer    data)
{
  double *last = data;

  g_assert_cmpfloat (fraction, >=, *last);
  g_assert_cmpfloat (fraction, <=, 1);
  *last = fraction;
}

static void
test_progress (HistoryFixture *fixture,
               gconstpointer   data)
{
  g_autoptr (EngramRepairReport) report = NULL;
  g_autoptr (GError) error = NULL;
  double last = -1;

  report = engram_integrity_repair (fixture->database, NULL, NULL, fixture->history, check_report, &last, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (last, >, 0.8);
}

/* A row must not seem to have been changed before it was created. */
static void
test_created_in_the_future (HistoryFixture *fixture,
                            gconstpointer   data)
{
  g_autoptr (EngramRepairReport) report = NULL;

  history_fixture_run_sql (fixture, "UPDATE synapses SET created_at='3025-11-01T09:00:00', modified_at='3025-11-01'"
                                    " WHERE rowid=25");
  report = repair (fixture, NULL);
  assert_rows (fixture, "SELECT modified_at='3025-11-01T09:00:00' AND weight=1 FROM synapses WHERE rowid=25", 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("damaged", test_damaged);
  ADD ("corrupt", test_corrupt);
  ADD ("small", test_small);
  ADD ("json", test_json);
  ADD ("chosen-kinds", test_chosen_kinds);
  ADD ("no-such-repair", test_no_such_repair);
  ADD ("backup", test_backup);
  ADD ("table-of-others", test_table_of_others);
  ADD ("cancelled", test_cancelled);
  ADD ("busy", test_busy);
  ADD ("newer-schema", test_newer_schema);
  ADD ("progress", test_progress);
  ADD ("created-in-the-future", test_created_in_the_future);
  return g_test_run ();
}
