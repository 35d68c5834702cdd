/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "comparison-support.h"

#include <sqlite3.h>

char *
comparison_copy (HistoryFixture *fixture,
                 const char     *name)
{
  char *path = g_build_filename (fixture->folder, name, NULL);

  history_fixture_close (fixture);
  test_copy_file (fixture->path, path);
  history_fixture_open (fixture);
  return path;
}

void
comparison_run_sql (const char *path,
                    const char *sql)
{
  char *message = NULL;
  sqlite3 *handle;

  g_assert_cmpint (sqlite3_open_v2 (path, &handle, SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);
  sqlite3_exec (handle, "PRAGMA ignore_check_constraints=ON", NULL, NULL, NULL);
  sqlite3_exec (handle, sql, NULL, NULL, &message);
  g_assert_cmpstr (message, ==, NULL);
  g_assert_cmpint (sqlite3_close (handle), ==, SQLITE_OK);
}

EngramComparison *
comparison_make (HistoryFixture *fixture,
                 const char     *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramDatabase) other = engram_database_open (path, NULL, &error);
  EngramComparison *comparison;

  g_assert_no_error (error);
  comparison = engram_comparison_new (fixture->database, other, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (engram_comparison_get_other_path (comparison), ==, engram_database_get_path (other));
  return comparison;
}

static void
append_counts (GString          *text,
               EngramComparison *comparison,
               EngramRecordKind  kind)
{
  const EngramComparisonCounts *counts = engram_comparison_get_counts (comparison, kind);

  g_assert_cmpuint (counts->today, ==, counts->same + counts->added + counts->changed + counts->unclear);
  g_assert_cmpuint (counts->other, ==, counts->same + counts->removed + counts->changed + counts->unclear_other);
  for (EngramComparisonStatus status = 0; status < ENGRAM_COMPARISON_N_STATUSES; status++)
    {
      g_autoptr (EngramRowSet) rows = engram_comparison_list_rows (comparison, kind, status);

      g_assert_cmpuint (engram_row_set_get_size (rows), ==, engram_comparison_get_n_rows (comparison, kind, status));
    }
  g_string_append_printf (text, "%d %d %d %d %d %d %d", (int) counts->same, (int) counts->touched, (int) counts->added,
                          (int) counts->changed, (int) counts->removed, (int) counts->unclear,
                          (int) counts->unclear_other);
}

void
comparison_assert_counts (EngramComparison *comparison,
                          const char       *counts)
{
  g_autoptr (GString) text = g_string_new (NULL);

  append_counts (text, comparison, ENGRAM_RECORD_NEURON);
  g_string_append (text, " | ");
  append_counts (text, comparison, ENGRAM_RECORD_SYNAPSE);
  g_assert_cmpstr (text->str, ==, counts);
}

void
comparison_assert_fields (EngramComparison *comparison,
                          EngramRecordKind  kind,
                          const char       *names)
{
  g_auto (GStrv) fields = NULL;
  g_autofree char *found = NULL;
  EngramComparisonRow row;

  g_assert_cmpuint (engram_comparison_get_n_rows (comparison, kind, ENGRAM_COMPARISON_CHANGED), ==, 1);
  engram_comparison_get_row (comparison, kind, ENGRAM_COMPARISON_CHANGED, 0, &row);
  fields = engram_comparison_dup_field_names (comparison, kind, row.fields);
  found = g_strjoinv (" ", fields);
  g_assert_cmpstr (found, ==, names);
}
