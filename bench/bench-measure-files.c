/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bench-measure-files.h"

#include <engram.h>

/* Thresholds that the preview of pruning is asked for. */
#define N_THRESHOLDS 1000

static double
seconds_since (gint64 start)
{
  return (g_get_monotonic_time () - start) / (double) G_USEC_PER_SEC;
}

static gboolean
measure_export (const char  *path,
                const char  *document,
                double      *seconds,
                GError     **error)
{
  gint64 start = g_get_monotonic_time ();
  g_autoptr (EngramDatabase) database = engram_database_open (path, NULL, error);
  g_autoptr (EngramExportReport) report = NULL;

  if (database != NULL)
    report = engram_export (database, document, FALSE, NULL, NULL, NULL, error);
  *seconds = seconds_since (start);
  if (report != NULL)
    g_print ("bytes %" G_GUINT64_FORMAT "\n", report->size_bytes);
  return report != NULL;
}

static gboolean
measure_import (const char  *document,
                const char  *path,
                double      *seconds,
                GError     **error)
{
  const char *const documents[] = { document, NULL };
  EngramImportOptions options = { 0 };
  gint64 start = g_get_monotonic_time ();
  gboolean done = engram_import_new (path, documents, &options, NULL, NULL, NULL, NULL, error);

  *seconds = seconds_since (start);
  return done;
}

static gboolean
measure_check (const char            *path,
               EngramIntegrityFlags   flags,
               double                *seconds,
               GError               **error)
{
  gint64 start = g_get_monotonic_time ();
  g_autoptr (EngramDatabase) database = engram_database_open (path, NULL, error);
  g_autoptr (EngramIntegrityReport) report = NULL;

  if (database != NULL)
    report = engram_integrity_check (database, flags, NULL, NULL, NULL, error);
  *seconds = seconds_since (start);
  return report != NULL;
}

/* From a loaded network to a histogram and the outcome at one threshold; then at many. */
static gboolean
measure_preview (const char  *path,
                 double      *seconds,
                 GError     **error)
{
  g_autoptr (EngramDatabase) database = engram_database_open (path, NULL, error);
  g_autoptr (EngramNetwork) network = NULL;
  g_autoptr (EngramPrunePreview) preview = NULL;
  guint64 histogram[ENGRAM_PRUNE_BINS];
  EngramPruneOutcome outcome;
  gint64 start;

  if (database != NULL)
    network = engram_network_load (database, NULL, NULL, NULL, error);
  if (network == NULL)
    return FALSE;
  start = g_get_monotonic_time ();
  preview = engram_prune_preview_new (network);
  engram_prune_preview_get_histogram (preview, histogram);
  engram_prune_preview_get_outcome (preview, 0.01, &outcome);
  *seconds = seconds_since (start);
  start = g_get_monotonic_time ();
  for (guint i = 0; i < N_THRESHOLDS; i++)
    engram_prune_preview_get_outcome (preview, i / (double) N_THRESHOLDS, &outcome);
  g_print ("threshold %.9f\n", seconds_since (start) / N_THRESHOLDS);
  return TRUE;
}

static gboolean
measure_backup (const char  *path,
                const char  *folder,
                double      *seconds,
                GError     **error)
{
  EngramBackupOptions options = { .folder = folder, .name = "bench", .reason = ENGRAM_BACKUP_REASON_MANUAL };
  gint64 start = g_get_monotonic_time ();
  g_autoptr (EngramDatabase) database = engram_database_open (path, NULL, error);
  g_autoptr (EngramBackup) backup = NULL;

  if (database != NULL)
    backup = engram_backup_create (database, &options, NULL, NULL, NULL, error);
  *seconds = seconds_since (start);
  return backup != NULL;
}

static gboolean
measure_verify (const char  *path,
                double      *seconds,
                GError     **error)
{
  gint64 start = g_get_monotonic_time ();
  EngramBackupStatus status;
  gboolean done = engram_backup_verify (path, &status, NULL, NULL, NULL, NULL, error);

  *seconds = seconds_since (start);
  if (!done || status == ENGRAM_BACKUP_GOOD)
    return done;
  g_set_error_literal (error, ENGRAM_ERROR, ENGRAM_ERROR_DAMAGED, "The backup is not good.");
  return FALSE;
}

static gboolean
measure_restore (const char  *backup,
                 const char  *path,
                 double      *seconds,
                 GError     **error)
{
  gint64 start = g_get_monotonic_time ();
  g_autoptr (EngramDatabase) database = engram_database_open (path, NULL, error);
  g_autoptr (EngramRestoreReport) report = NULL;

  if (database != NULL)
    report = engram_restore (database, backup, NULL, NULL, NULL, NULL, NULL, error);
  *seconds = seconds_since (start);
  return report != NULL;
}

static gboolean
measure_compare (const char  *path,
                 const char  *other_path,
                 double      *seconds,
                 GError     **error)
{
  gint64 start = g_get_monotonic_time ();
  g_autoptr (EngramDatabase) database = engram_database_open (path, NULL, error);
  g_autoptr (EngramDatabase) other = NULL;
  g_autoptr (EngramComparison) comparison = NULL;

  if (database != NULL)
    other = engram_database_open (other_path, NULL, error);
  if (other != NULL)
    comparison = engram_comparison_new (database, other, NULL, NULL, NULL, error);
  *seconds = seconds_since (start);
  return comparison != NULL;
}

gboolean
bench_measure_files (int        argc,
                     char     **argv,
                     double    *seconds,
                     gboolean  *done,
                     GError   **error)
{
  const char *what = argv[1];

  if (argc == 4 && g_str_equal (what, "export"))
    *done = measure_export (argv[2], argv[3], seconds, error);
  else if (argc == 4 && g_str_equal (what, "import"))
    *done = measure_import (argv[2], argv[3], seconds, error);
  else if (g_str_equal (what, "check"))
    *done = measure_check (argv[2], ENGRAM_INTEGRITY_ALL, seconds, error);
  else if (g_str_equal (what, "check-domain"))
    *done = measure_check (argv[2], ENGRAM_INTEGRITY_SKIP_SQLITE, seconds, error);
  else if (g_str_equal (what, "preview"))
    *done = measure_preview (argv[2], seconds, error);
  else if (argc == 4 && g_str_equal (what, "backup"))
    *done = measure_backup (argv[2], argv[3], seconds, error);
  else if (g_str_equal (what, "verify"))
    *done = measure_verify (argv[2], seconds, error);
  else if (argc == 4 && g_str_equal (what, "restore"))
    *done = measure_restore (argv[2], argv[3], seconds, error);
  else if (argc == 4 && g_str_equal (what, "compare"))
    *done = measure_compare (argv[2], argv[3], seconds, error);
  else
    return FALSE;
  return TRUE;
}
