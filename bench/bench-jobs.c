/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bench-jobs.h"

#include <engram.h>
#include <glib/gstdio.h>

#include "bench-run.h"
#include "bench-window.h"

#define MOST_RATIO 1.1
#define MOST_HELD 50
#define MOST_CANCELLING 1
/* A job is cancelled so often, after other parts of it. */
#define N_CANCELS 5

/* The files of a round: what is worked on is copied anew before each. */
typedef struct {
  char *folder;
  char *work;     /* a copy of the network, or an empty one */
  char *empty;    /* a network without anything */
  char *backups;  /* what was backed up before a change */
  char *backup;   /* a backup of the network */
  char *document; /* the network as a document */
  char *exported;
} Files;

typedef enum {
  NO_OTHER,
  OTHER_BACKUP,
  OTHER_DOCUMENT,
  OTHER_EXPORTED,
} Other;

static const struct {
  const char *job;
  const char *what;
  Other       other;
  gboolean    into_empty;
} jobs[] = {
  { "prune", "prune below 0.01, with a backup before", NO_OTHER, FALSE },
  { "check", "check", NO_OTHER, FALSE },
  { "backup", "backup", NO_OTHER, FALSE },
  { "verify", "verify a backup", OTHER_BACKUP, FALSE },
  { "restore", "restore a backup", OTHER_BACKUP, FALSE },
  { "compare", "compare with a backup", OTHER_BACKUP, FALSE },
  { "export", "export", OTHER_EXPORTED, FALSE },
  { "import-check", "import, the dry run", OTHER_DOCUMENT, TRUE },
  { "import", "import", OTHER_DOCUMENT, TRUE },
};

static void
files_init (Files      *self,
            const char *folder)
{
  self->folder = g_build_filename (folder, "jobs", NULL);
  self->work = g_build_filename (self->folder, "work.db", NULL);
  self->empty = g_build_filename (self->folder, "empty.db", NULL);
  self->backups = g_build_filename (self->folder, "backups", NULL);
  self->backup = g_build_filename (self->folder, "backup.db", NULL);
  self->document = g_build_filename (self->folder, "document.json", NULL);
  self->exported = g_build_filename (self->folder, "exported.json", NULL);
  g_mkdir_with_parents (self->folder, 0755);
}

static void
files_clear (Files *self)
{
  bench_empty_folder (self->backups);
  g_rmdir (self->backups);
  bench_empty_folder (self->folder);
  g_rmdir (self->folder);
  g_free (self->folder);
  g_free (self->work);
  g_free (self->empty);
  g_free (self->backups);
  g_free (self->backup);
  g_free (self->document);
  g_free (self->exported);
}

static gboolean
make_backup (const Files     *files,
             EngramDatabase  *database,
             GError         **error)
{
  const EngramBackupOptions options = { .folder = files->folder, .name = "backup",
                                        .reason = ENGRAM_BACKUP_REASON_MANUAL };
  g_autoptr (EngramBackup) backup = NULL;

  if (g_file_test (files->backup, G_FILE_TEST_EXISTS))
    return TRUE;
  bench_tell ("A backup for the jobs");
  backup = engram_backup_create (database, &options, NULL, NULL, NULL, error);
  return backup != NULL;
}

static gboolean
make_document (const Files     *files,
               EngramDatabase  *database,
               GError         **error)
{
  g_autoptr (EngramExportReport) report = NULL;
  g_autoptr (EngramDatabase) empty = NULL;

  if (g_file_test (files->document, G_FILE_TEST_EXISTS))
    return TRUE;
  bench_tell ("A document for the jobs");
  report = engram_export (database, files->document, FALSE, NULL, NULL, NULL, error);
  if (report == NULL)
    return FALSE;
  empty = engram_database_create (files->empty, NULL, error);
  return empty != NULL;
}

/* What a job needs besides the network. */
static const char *
prepare (const Files  *files,
         const char   *file,
         Other         other,
         GError      **error)
{
  g_autoptr (EngramDatabase) database = engram_database_open (file, NULL, error);

  if (database == NULL)
    return NULL;
  switch (other)
    {
    case OTHER_BACKUP:
      return make_backup (files, database, error) ? files->backup : NULL;
    case OTHER_DOCUMENT:
      return make_document (files, database, error) ? files->document : NULL;
    case OTHER_EXPORTED:
      return files->exported;
    case NO_OTHER:
    default:
      return "";
    }
}

static gboolean
copy_work (const Files  *files,
           const char   *from,
           GError      **error)
{
  const char *sides[] = { "", "-wal", "-shm" };
  g_autoptr (GFile) source = g_file_new_for_path (from);
  g_autoptr (GFile) target = g_file_new_for_path (files->work);

  for (gsize i = 0; i < G_N_ELEMENTS (sides); i++)
    {
      g_autofree char *path = g_strconcat (files->work, sides[i], NULL);

      g_unlink (path);
    }
  bench_empty_folder (files->backups);
  g_unlink (files->exported);
  return g_file_copy (source, target, G_FILE_COPY_NONE, NULL, NULL, NULL, error);
}

/* What is told besides the seconds: the longest of all rounds, and the processor time of all together. */
typedef struct {
  double held;
  double busy;
  double opening;
  double processor;
} Figures;

/* Adds a round to @total and @figures. */
static gboolean
run_round (const Files      *files,
           const char       *from,
           BenchContestant  *total,
           Figures          *figures)
{
  BenchContestant once = *total;
  g_autoptr (GError) error = NULL;
  gboolean done;

  if (!copy_work (files, from, &error))
    {
      g_printerr ("%s: %s\n", files->work, error->message);
      return FALSE;
    }
  once.n_rounds = 0;
  done = bench_run (&once, 1, 1, files->work);
  if (done)
    {
      total->seconds[total->n_rounds++] = once.seconds[0];
      figures->held = MAX (figures->held, bench_contestant_figure (&once, "held"));
      figures->busy = MAX (figures->busy, bench_contestant_figure (&once, "busy"));
      figures->opening = MAX (figures->opening, bench_contestant_figure (&once, "held-opening"));
      figures->processor += bench_contestant_figure (&once, "processor");
    }
  bench_contestant_clear (&once);
  return done;
}

/* What a cancelled job has left: files under a name that nobody gave them. */
static guint
count_left (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n_left = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    n_left += name[0] == '.';
  return n_left;
}

/* Whether the network is as it was, by all of its contents. */
static gboolean
is_same (const Files *files,
         const char  *from)
{
  g_autoptr (EngramDatabase) before = engram_database_open (from, NULL, NULL);
  g_autoptr (EngramDatabase) after = engram_database_open (files->work, NULL, NULL);
  g_autofree char *hash = before != NULL ? engram_content_hash (before, NULL, NULL, NULL, NULL) : NULL;
  g_autofree char *other_hash = after != NULL ? engram_content_hash (after, NULL, NULL, NULL, NULL) : NULL;

  return hash != NULL && g_strcmp0 (hash, other_hash) == 0;
}

static void
bench_cancelling (const Files *files,
                  const char  *from,
                  const char  *other,
                  gsize        job)
{
  double longest = 0;
  guint n_left = 0;

  for (guint i = 0; i < N_CANCELS; i++)
    {
      g_autofree char *fraction = g_strdup_printf ("0.%02u", (i * 100 + 50) / N_CANCELS);
      BenchContestant once = { .arguments = { "engram-bench-jobs", jobs[job].job, files->work, other, fraction } };
      gboolean done = copy_work (files, from, NULL) && bench_run (&once, 1, 1, files->work);

      longest = MAX (longest, done ? bench_contestant_figure (&once, "cancel") : 2 * MOST_CANCELLING);
      /* One that was over by then has changed the network. */
      if (done && bench_contestant_figure (&once, "cancel") > 0)
        n_left += count_left (files->folder) + count_left (files->backups) + !is_same (files, from);
      bench_contestant_clear (&once);
    }
  bench_row_limit ("the same cancelled at five points: longest until it has ended", longest, "s", NULL,
                   MOST_CANCELLING);
  if (n_left > 0)
    bench_row_failed ("the same cancelled", "it left something behind");
}

static void
bench_job (const Files *files,
           const char  *file,
           guint        n_rounds,
           gsize        job)
{
  g_autoptr (GError) error = NULL;
  const char *other = prepare (files, file, jobs[job].other, &error);
  const char *from = jobs[job].into_empty ? files->empty : file;
  BenchContestant dialog = { .arguments = { "engram-bench-jobs", jobs[job].job, files->work, other } };
  BenchContestant cli = { .arguments = { "engram-bench", "cli", jobs[job].job, files->work, other } };
  Figures figures = { 0 }, cli_figures = { 0 };
  gboolean done = other != NULL;

  for (guint i = 0; done && i < n_rounds; i++)
    done = run_round (files, from, &dialog, &figures) && run_round (files, from, &cli, &cli_figures);
  if (!done)
    {
      bench_row_failed (jobs[job].what, error != NULL ? error->message : "failed");
      return;
    }
  bench_row_against (jobs[job].what, &dialog, &cli, MOST_RATIO);
  bench_row_limit ("the same in processor time of all threads, of that of engram-cli",
                   100 * figures.processor / cli_figures.processor, "%", NULL, 100 * MOST_RATIO);
  bench_row_limit ("the same: main loop held at longest", figures.held, "ms", NULL, MOST_HELD);
  bench_row_limit ("the same in processor time of its thread", figures.busy, "ms", NULL, MOST_HELD);
  bench_row_limit ("the same: main loop held by the dialog before the job", figures.opening, "ms", NULL, 0);
  bench_cancelling (files, from, other, job);
}

void
bench_jobs (const char *file,
            const char *folder,
            guint       n_rounds,
            const char *only)
{
  Files files;

  bench_window_isolate (folder);
  files_init (&files, folder);
  for (gsize i = 0; i < G_N_ELEMENTS (jobs); i++)
    if (only == NULL || g_str_equal (only, jobs[i].job))
      bench_job (&files, file, n_rounds, i);
  bench_tell (NULL);
  files_clear (&files);
}
