/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bench-files.h"

#include <engram.h>
#include <glib/gstdio.h>

#include "bench-run.h"

#define MEGABYTE 1e6

static void
clear_contestants (BenchContestant *contestants,
                   guint            n_contestants)
{
  for (guint i = 0; i < n_contestants; i++)
    bench_contestant_clear (&contestants[i]);
}

/* The document stays, for the import. */
static void
bench_export (const char *path,
              const char *document,
              guint       n_rounds)
{
  g_autofree char *copy = g_strconcat (document, ".copy", NULL);
  BenchContestant export = { .arguments = { "engram-bench", "export", path, document } };
  BenchContestant bare[] = {
    { .arguments = { "engram-bench-plain", "copy", document, copy }, .leaves = copy },
    { .arguments = { "engram-bench-plain", "sha256", document } },
  };

  if (!bench_run (&export, 1, n_rounds, path) || !bench_run (bare, G_N_ELEMENTS (bare), n_rounds, document))
    {
      bench_row_failed ("export", "failed");
    }
  else
    {
      double bytes = bench_contestant_figure (&export, "bytes");

      bench_row_against ("export, indent of 2, checksum, synced; plain copies the document and syncs it", &export,
                         &bare[0], 0);
      bench_row_against ("the same; plain only makes SHA-256 of the document", &export, &bare[1], 0);
      bench_row_rate ("export: text a second", bytes / bench_contestant_median (&export) / MEGABYTE, "MB/s", 120);
      bench_row_limit ("largest memory of an export", bench_contestant_figure (&export, "peak") / MEGABYTE, "MB", NULL,
                       256);
    }
  bench_contestant_clear (&export);
  clear_contestants (bare, G_N_ELEMENTS (bare));
}

static void
bench_import (const char *path,
              const char *document,
              const char *made,
              guint       n_rounds)
{
  BenchContestant import = { .arguments = { "engram-bench", "import", document, made }, .leaves = made };
  BenchContestant plain = { .arguments = { "engram-bench-plain", "save", path, made }, .leaves = made };

  g_unlink (made);
  if (bench_run (&import, 1, n_rounds, document) && bench_run (&plain, 1, n_rounds, path))
    {
      bench_row_against ("import of that document into a new network; plain writes the rows and makes the indexes",
                         &import, &plain, 1.5);
      bench_row_limit ("largest memory of an import", bench_contestant_figure (&import, "peak") / MEGABYTE, "MB", NULL,
                       256);
    }
  else
    {
      bench_row_failed ("import", "failed");
    }
  bench_contestant_clear (&import);
  bench_contestant_clear (&plain);
}

static void
bench_checks (const char *path,
              guint       n_rounds)
{
  BenchContestant contestants[] = {
    { .arguments = { "engram-bench", "check-domain", path } },
    { .arguments = { "engram-bench", "check", path } },
    { .arguments = { "engram-bench", "preview", path } },
  };

  if (bench_run (contestants, G_N_ELEMENTS (contestants), n_rounds, path))
    {
      bench_row_limit ("integrity report without SQLite's own checks", bench_contestant_median (&contestants[0]), "s",
                       NULL, 5);
      bench_row_limit ("integrity report, whole", bench_contestant_median (&contestants[1]), "s", NULL, 0);
      bench_row_limit ("preview of pruning, from a loaded network", bench_contestant_median (&contestants[2]) * 1e3,
                       "ms", NULL, 100);
      bench_row_limit ("another threshold of it", bench_contestant_figure (&contestants[2], "threshold") * 1e3, "ms",
                       NULL, 0);
    }
  else
    {
      bench_row_failed ("checks", "failed");
    }
  clear_contestants (contestants, G_N_ELEMENTS (contestants));
}

static void
bench_backup (const char *path,
              const char *folder,
              guint       n_rounds)
{
  g_autofree char *copy = g_build_filename (folder, "plain.db", NULL);
  BenchContestant contestants[] = {
    { .arguments = { "engram-bench", "backup", path, folder }, .leaves_in = folder },
    { .arguments = { "engram-bench-plain", "backup", path, copy }, .leaves_in = folder },
  };

  if (bench_run (contestants, G_N_ELEMENTS (contestants), n_rounds, path))
    bench_row_against ("backup; plain: SQLite's backup, integrity_check, content hash, SHA-256", &contestants[0],
                       &contestants[1], 1.2);
  else
    bench_row_failed ("backup", "failed");
  clear_contestants (contestants, G_N_ELEMENTS (contestants));
}

/* Needs a backup, and another network in which it is restored. */
static void
bench_restore (const char *path,
               const char *folder,
               const char *safety_folder,
               guint       n_rounds)
{
  g_autofree char *backup = g_build_filename (folder, "bench.db", NULL);
  g_autofree char *restored = g_build_filename (folder, "restored.db", NULL);
  g_autofree char *copy = g_build_filename (safety_folder, "plain.db", NULL);
  BenchContestant make = { .arguments = { "engram-bench", "backup", path, folder } };
  BenchContestant copying = { .arguments = { "engram-bench-plain", "copy", path, restored } };
  BenchContestant verify[] = {
    { .arguments = { "engram-bench", "verify", backup } },
    { .arguments = { "engram-bench-plain", "verify", backup } },
  };
  BenchContestant restore[] = {
    { .arguments = { "engram-bench", "restore", backup, restored }, .leaves_in = safety_folder },
    { .arguments = { "engram-bench-plain", "restore", backup, copy }, .leaves_in = safety_folder },
  };

  if (bench_run (&make, 1, 1, path) && bench_run (&copying, 1, 1, path) &&
      bench_run (verify, G_N_ELEMENTS (verify), n_rounds, backup) &&
      bench_run (restore, G_N_ELEMENTS (restore), n_rounds, backup))
    {
      bench_row_against ("verify a backup; plain: integrity_check, content hash, SHA-256", &verify[0], &verify[1], 1.2);
      bench_row_against ("restore; plain: copy, the three checks, the steps of a backup, SQLite's backup", &restore[0],
                         &restore[1], 1.2);
    }
  else
    {
      bench_row_failed ("verify and restore", "failed");
    }
  bench_contestant_clear (&make);
  bench_contestant_clear (&copying);
  clear_contestants (verify, G_N_ELEMENTS (verify));
  clear_contestants (restore, G_N_ELEMENTS (restore));
  bench_empty_folder (folder);
}

/* With a copy: each row stands in its place, as in a backup. */
static void
bench_compare (const char *path,
               const char *folder,
               guint       n_rounds)
{
  g_autofree char *copy = g_build_filename (folder, "compared.db", NULL);
  g_autoptr (GFile) from = g_file_new_for_path (path);
  g_autoptr (GFile) to = g_file_new_for_path (copy);
  BenchContestant contestants[] = {
    { .arguments = { "engram-bench", "compare", path, copy } },
    { .arguments = { "engram-bench-plain", "compare", path, copy } },
  };

  if (!g_file_copy (from, to, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, NULL)
      || !bench_run (contestants, G_N_ELEMENTS (contestants), n_rounds, copy))
    {
      bench_row_failed ("compare two networks", "failed");
    }
  else
    {
      bench_row_against ("compare two networks; plain reads both side by side", &contestants[0], &contestants[1], 1.1);
      bench_row_limit ("largest memory of that", bench_contestant_figure (&contestants[0], "peak") / MEGABYTE, "MB",
                       NULL, 300);
    }
  clear_contestants (contestants, G_N_ELEMENTS (contestants));
  g_unlink (copy);
}

void
bench_files (const char *path,
             const char *folder,
             guint       n_rounds)
{
  g_autofree char *document = g_build_filename (folder, "exported.json", NULL);
  g_autofree char *made = g_build_filename (folder, "imported.db", NULL);
  g_autofree char *backups = g_build_filename (folder, "restoring", NULL);
  g_autofree char *safety_backups = g_build_filename (backups, "backups", NULL);

  g_mkdir_with_parents (safety_backups, 0755);
  bench_export (path, document, n_rounds);
  bench_import (path, document, made, n_rounds);
  g_unlink (document);
  bench_checks (path, n_rounds);
  bench_backup (path, backups, n_rounds);
  bench_restore (path, backups, safety_backups, n_rounds);
  bench_compare (path, folder, n_rounds);
  g_rmdir (safety_backups);
  g_rmdir (backups);
}
