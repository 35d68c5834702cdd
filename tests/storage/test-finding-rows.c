/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "history-fixture.h"
#include "integrity-support.h"

#include <sqlite3.h>

/* The rows of a finding are those whose ids it gives. */

#define ADD(name, function) ADD_HISTORY_TEST ("/finding-rows/" name, function)

/* (transfer full): the id in a row as a finding gives it. */
static char *
read_id (sqlite3          *handle,
         EngramRecordKind  kind,
         gint64            rowid)
{
  const char *sql = kind == ENGRAM_RECORD_NEURON
    ? "SELECT coalesce(nullif(CAST(id AS TEXT), ''), 'row ' || rowid) FROM neurons WHERE rowid=?"
    : "SELECT coalesce(nullif(CAST(id AS TEXT), ''), 'row ' || rowid) FROM synapses WHERE rowid=?";
  sqlite3_stmt *statement;
  char *id;

  g_assert_cmpint (sqlite3_prepare_v2 (handle, sql, -1, &statement, NULL), ==, SQLITE_OK);
  sqlite3_bind_int64 (statement, 1, rowid);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  id = g_strdup ((const char *) sqlite3_column_text (statement, 0));
  sqlite3_finalize (statement);
  return id;
}

static void
check_finding (const EngramFinding *finding,
               sqlite3             *handle)
{
  g_auto (GStrv) ids = engram_finding_get_ids (finding, 0, G_MAXUINT64);
  guint n = 0;

  for (int kind = ENGRAM_RECORD_NEURON; kind <= ENGRAM_RECORD_SYNAPSE; kind++)
    {
      EngramRowSet *rows = engram_finding_get_rows (finding, kind);

      for (gsize i = 0; i < engram_row_set_get_size (rows); i++, n++)
        {
          g_autofree char *id = read_id (handle, kind, engram_row_set_get (rows, i));

          g_assert_cmpstr (ids[n], ==, id);
        }
    }
  /* Those of the file have no rows. */
  if (n > 0)
    g_assert_cmpuint (n, ==, engram_finding_get_count (finding));
}

static guint
check_file (const char *path)
{
  g_autoptr (EngramIntegrityReport) report = integrity_check_file (path, ENGRAM_INTEGRITY_SKIP_SQLITE);
  GPtrArray *findings = engram_integrity_report_get_findings (report);
  sqlite3 *handle;

  g_assert_false (engram_integrity_report_get_with_sqlite (report));
  g_assert_cmpint (sqlite3_open_v2 (path, &handle, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  for (guint i = 0; i < findings->len; i++)
    check_finding (g_ptr_array_index (findings, i), handle);
  sqlite3_close (handle);
  return findings->len;
}

static const char *const damaged[] = {
  "bad-ids-and-dates.db", "bad-json.db", "bad-positions.db", "bad-vectors.db", "duplicate-and-self-synapses.db",
  "extra-tables.db", "hostile-trigger.db", "orphan-synapses.db", "unknown-type.db", "weights-out-of-range.db",
};

static void
test_damaged (HistoryFixture *fixture,
              gconstpointer   data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (damaged); i++)
    {
      g_autofree char *name = g_build_filename ("damaged", damaged[i], NULL);
      g_autofree char *path = test_shared_data (name);

      if (path == NULL)
        return;
      history_fixture_use (fixture, path);
      history_fixture_close (fixture);
      g_assert_cmpuint (check_file (fixture->path), >, 0);
    }
}

/* Neurons and synapses in one finding, rows without an id, things that have no rows. */
static void
test_small (HistoryFixture *fixture,
            gconstpointer   data)
{
  g_autoptr (EngramIntegrityReport) report = NULL;
  const EngramFinding *finding;

  history_fixture_run_sql (fixture, "UPDATE neurons SET metadata='[' WHERE rowid IN (3, 27)");
  history_fixture_close (fixture);
  g_assert_cmpuint (check_file (fixture->path), >, 3);
  report = integrity_check_file (fixture->path, ENGRAM_INTEGRITY_ALL);
  g_assert_true (engram_integrity_report_get_with_sqlite (report));
  finding = integrity_find (report, "metadata-json");
  g_assert_cmpuint (engram_row_set_get_size (engram_finding_get_rows (finding, ENGRAM_RECORD_NEURON)), ==, 3);
  g_assert_cmpuint (engram_row_set_get_size (engram_finding_get_rows (finding, ENGRAM_RECORD_SYNAPSE)), ==, 3);
  g_assert_true (engram_row_set_contains (engram_finding_get_rows (finding, ENGRAM_RECORD_NEURON), 27));
  g_assert_true (engram_row_set_contains (engram_finding_get_rows (finding, ENGRAM_RECORD_SYNAPSE), 15));
  finding = integrity_find (report, "foreign-table");
  g_assert_cmpuint (engram_row_set_get_size (engram_finding_get_rows (finding, ENGRAM_RECORD_NEURON)), ==, 0);
  g_assert_cmpuint (engram_row_set_get_size (engram_finding_get_rows (finding, ENGRAM_RECORD_SYNAPSE)), ==, 0);
}

static void
test_many (HistoryFixture *fixture,
           gconstpointer   data)
{
  g_autoptr (EngramIntegrityReport) report = NULL;
  EngramRowSet *rows;

  history_fixture_run_sql (fixture,
                           "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)"
                           " INSERT INTO synapses (rowid, id, source_neuron_id, target_neuron_id, weight, synapse_type,"
                           "  metadata, created_at, modified_at)"
                           " SELECT 1000 + i * 2, NULL, 'nobody', 'nobody', 0, 'knowledge', '{}',"
                           "  '2025-11-01T09:00:00', '2025-11-01T09:00:00' FROM n");
  history_fixture_close (fixture);
  report = integrity_check_file (fixture->path, ENGRAM_INTEGRITY_SKIP_SQLITE);
  rows = engram_finding_get_rows (integrity_find (report, "orphan-source"), ENGRAM_RECORD_SYNAPSE);
  g_assert_cmpuint (engram_row_set_get_size (rows), ==, 100000);
  g_assert_cmpint (engram_row_set_get (rows, 0), ==, 1002);
  g_assert_cmpint (engram_row_set_get (rows, 99999), ==, 201000);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("damaged", test_damaged);
  ADD ("small", test_small);
  ADD ("many", test_many);
  return g_test_run ();
}
