/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "integrity-support.h"

#include <sqlite3.h>

EngramIntegrityReport *
integrity_check_file (const char           *path,
                      EngramIntegrityFlags  flags)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramDatabase) database = engram_database_open (path, NULL, &error);
  EngramIntegrityReport *report;

  g_assert_no_error (error);
  report = engram_integrity_check (database, flags, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  return report;
}

char *
integrity_describe (EngramIntegrityReport *report)
{
  GPtrArray *findings = engram_integrity_report_get_findings (report);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < findings->len; i++)
    {
      const EngramFinding *finding = g_ptr_array_index (findings, i);

      g_string_append_printf (text, "%s%s %" G_GUINT64_FORMAT, i > 0 ? ", " : "", engram_finding_get_kind (finding),
                              engram_finding_get_count (finding));
    }
  return g_string_free (text, FALSE);
}

const EngramFinding *
integrity_find (EngramIntegrityReport *report,
                const char            *kind)
{
  GPtrArray *findings = engram_integrity_report_get_findings (report);

  for (guint i = 0; i < findings->len; i++)
    if (g_str_equal (engram_finding_get_kind (g_ptr_array_index (findings, i)), kind))
      return g_ptr_array_index (findings, i);
  g_error ("there is no finding of kind %s", kind);
}

char *
integrity_join_ids (EngramIntegrityReport *report,
                    const char            *kind)
{
  g_auto (GStrv) ids = engram_finding_get_ids (integrity_find (report, kind), 0, G_MAXUINT64);

  return g_strjoinv (",", ids);
}

void
integrity_run_sql (const char *path,
                   const char *sql)
{
  char *message = NULL;
  sqlite3 *handle;

  g_assert_cmpint (sqlite3_open (path, &handle), ==, SQLITE_OK);
  sqlite3_db_config (handle, SQLITE_DBCONFIG_DEFENSIVE, 0, NULL);
  sqlite3_exec (handle, "PRAGMA ignore_check_constraints=ON; PRAGMA foreign_keys=OFF; PRAGMA synchronous=OFF",
                NULL, NULL, NULL);
  sqlite3_exec (handle, sql, NULL, NULL, &message);
  g_assert_cmpstr (message, ==, NULL);
  sqlite3_close (handle);
}

char *
integrity_make_network (const char *folder,
                        const char *sql)
{
  char *path = test_version_1 (folder, "a.db");

  integrity_run_sql (path, "UPDATE neurons SET neuron_type='knowledge' WHERE rowid=5;"
                     "DELETE FROM synapses WHERE rowid=6");
  if (sql != NULL)
    integrity_run_sql (path, sql);
  return path;
}
