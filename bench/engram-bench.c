/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bench-files.h"
#include "bench-jobs.h"
#include "bench-measure.h"
#include "bench-run.h"
#include "bench-window.h"

#include <engram.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <sqlite3.h>
#include <sys/utsname.h>

/* engram-bench: prints, as a table in Markdown, how long Engram takes for what it does with a whole network,
 * beside a plain program that does the same. The networks it makes stay in its folder for the next run. */

#define MEGABYTE 1e6

static char *folder;
static int n_rounds = 3;
static int n_neurons = 100000;
static int n_synapses = 1000000;
static gboolean with_million;
static gboolean without_window;
static gboolean without_storage;
static gboolean without_files;
static gboolean without_jobs;
static char *only_job;

static const GOptionEntry entries[] = {
  { "folder", 0, 0, G_OPTION_ARG_FILENAME, &folder, "Where the networks are kept", "DIR" },
  { "rounds", 0, 0, G_OPTION_ARG_INT, &n_rounds, "How often each is measured (3)", "N" },
  { "neurons", 0, 0, G_OPTION_ARG_INT, &n_neurons, "How many neurons (100000)", "N" },
  { "synapses", 0, 0, G_OPTION_ARG_INT, &n_synapses, "How many synapses (1000000)", "N" },
  { "million", 0, 0, G_OPTION_ARG_NONE, &with_million, "Also pages of 1,000,000 neurons of 8 numbers", NULL },
  { "no-window", 0, 0, G_OPTION_ARG_NONE, &without_window, "Without what needs a display", NULL },
  { "no-storage", 0, 0, G_OPTION_ARG_NONE, &without_storage, "Without saving, loading and pages", NULL },
  { "no-files", 0, 0, G_OPTION_ARG_NONE, &without_files, "Without import, export, checks, backup and restore", NULL },
  { "no-jobs", 0, 0, G_OPTION_ARG_NONE, &without_jobs, "Without the same by dialogs", NULL },
  { "job", 0, 0, G_OPTION_ARG_STRING, &only_job, "Only this one by its dialog (prune, check, ...)", "JOB" },
  G_OPTION_ENTRY_NULL
};

/* The network of so many rows, made where it is not there yet. */
static char *
make_network (guint64 neurons,
              guint64 synapses,
              guint   dimension)
{
  g_autofree char *name = g_strdup_printf ("%" G_GUINT64_FORMAT "-%" G_GUINT64_FORMAT "-%u.db", neurons,
                                           synapses, dimension);
  char *path = g_build_filename (folder, name, NULL);
  EngramGeneratorOptions options = { neurons, synapses, dimension, 1 };
  g_autoptr (GError) error = NULL;

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return path;
  bench_tell ("Making %s", path);
  if (!engram_generate (path, &options, NULL, NULL, NULL, &error))
    g_error ("%s", error->message);
  return path;
}

static void
print_machine (void)
{
  g_autofree char *text = NULL;
  g_autofree char *model = NULL;
  struct utsname system;

  if (g_file_get_contents ("/proc/cpuinfo", &text, NULL, NULL))
    {
      const char *line = strstr (text, "model name");
      const char *colon = line != NULL ? strchr (line, ':') : NULL;

      if (colon != NULL)
        model = g_strndup (colon + 2, strcspn (colon + 2, "\n"));
    }
  uname (&system);
  g_print ("%s, %u processors, Linux %s, SQLite %s, GCC %s, Engram %s\n\n",
           model != NULL ? model : system.machine, g_get_num_processors (), system.release,
           sqlite3_libversion (), __VERSION__, ENGRAM_VERSION);
}

static void
print_head (void)
{
  print_machine ();
  g_print ("%d neurons of 384 numbers, %d synapses; %d rounds, Engram and the plain program in turn,\n"
           "each in a process of its own; median (least). The file that is read is in the page cache;\n"
           "times of saving include fsync and begin with all rows in memory.\n\n",
           n_neurons, n_synapses, n_rounds);
}

static void
clear_contestants (BenchContestant *contestants,
                   guint            n_contestants)
{
  for (guint i = 0; i < n_contestants; i++)
    bench_contestant_clear (&contestants[i]);
}

static void
bench_save (const char *all,
            const char *neurons_only)
{
  g_autofree char *made = g_build_filename (folder, "saved.db", NULL);
  BenchContestant whole[] = {
    { .arguments = { "engram-bench", "save", all, made }, .leaves = made },
    { .arguments = { "engram-bench-plain", "save", all, made }, .leaves = made },
    { .arguments = { "engram-bench-plain", "save-indexed", all, made }, .leaves = made },
  };
  BenchContestant neurons[] = {
    { .arguments = { "engram-bench", "save", neurons_only, made }, .leaves = made },
    { .arguments = { "engram-bench-plain", "save", neurons_only, made }, .leaves = made },
  };

  g_unlink (made);
  if (bench_run (whole, G_N_ELEMENTS (whole), n_rounds, all))
    {
      bench_row_against ("save all into a new file; plain makes its indexes afterwards", &whole[0], &whole[1],
                         1.15);
      bench_row_against ("the same; plain has its indexes from the start", &whole[0], &whole[2], 0);
    }
  else
    {
      bench_row_failed ("save all into a new file", "failed");
    }
  if (bench_run (neurons, G_N_ELEMENTS (neurons), n_rounds, neurons_only))
    bench_row_limit ("save the neurons alone into a new file", bench_contestant_median (&neurons[0]), "s",
                     &neurons[1], 5);
  else
    bench_row_failed ("save the neurons alone into a new file", "failed");
  clear_contestants (whole, G_N_ELEMENTS (whole));
  clear_contestants (neurons, G_N_ELEMENTS (neurons));
}

/* The plain program that is measured against is the faster one of two. */
static void
bench_load (const char *all,
            const char *neurons_only)
{
  BenchContestant whole[] = {
    { .arguments = { "engram-bench", "load", all } },
    { .arguments = { "engram-bench-plain", "load", all } },
    { .arguments = { "engram-bench-plain", "load-blocks", all } },
  };
  BenchContestant neurons[] = {
    { .arguments = { "engram-bench", "load", neurons_only } },
    { .arguments = { "engram-bench-plain", "load-blocks", neurons_only } },
  };

  if (bench_run (whole, G_N_ELEMENTS (whole), n_rounds, all))
    {
      gboolean blocks = bench_contestant_median (&whole[2]) < bench_contestant_median (&whole[1]);

      bench_row_against (blocks ? "load all; plain with one block a row, the faster"
                                : "load all; plain with one block a value, the faster",
                         &whole[0], &whole[blocks ? 2 : 1], 1.0);
      bench_row_against (blocks ? "the same; plain with one block a value"
                                : "the same; plain with one block a row",
                         &whole[0], &whole[blocks ? 1 : 2], 0);
      bench_row_limit ("largest memory while all is loaded",
                       bench_contestant_figure (&whole[0], "peak") / MEGABYTE, "MB", NULL, 0);
      bench_row_limit ("the same of the plain program",
                       bench_contestant_figure (&whole[blocks ? 2 : 1], "peak") / MEGABYTE, "MB", NULL, 0);
    }
  else
    {
      bench_row_failed ("load all", "failed");
    }
  if (bench_run (neurons, G_N_ELEMENTS (neurons), n_rounds, neurons_only))
    bench_row_limit ("load the neurons alone", bench_contestant_median (&neurons[0]), "s", &neurons[1], 3);
  else
    bench_row_failed ("load the neurons alone", "failed");
  clear_contestants (whole, G_N_ELEMENTS (whole));
  clear_contestants (neurons, G_N_ELEMENTS (neurons));
}

static void
bench_columns (const char *all)
{
  BenchContestant contestants[] = {
    { .arguments = { "engram-bench", "columns", all } },
    { .arguments = { "engram-bench-plain", "columns", all } },
  };

  if (bench_run (contestants, G_N_ELEMENTS (contestants), n_rounds, all))
    {
      bench_row_against ("EngramNetwork, all columns", &contestants[0], &contestants[1], 1.0);
      bench_row_limit ("memory of EngramNetwork",
                       bench_contestant_figure (&contestants[0], "bytes") / MEGABYTE, "MB", NULL, 64);
    }
  else
    {
      bench_row_failed ("EngramNetwork, all columns", "failed");
    }
  clear_contestants (contestants, G_N_ELEMENTS (contestants));
}

static void
bench_page (const char *measure,
            const char *path,
            const char *rows)
{
  BenchContestant contestant = { .arguments = { "engram-bench", measure, path } };
  g_autofree char *what = g_strdup_printf ("a page of 100 anywhere in %s: median", rows);
  g_autofree char *worst = g_strdup_printf ("the same: longest of 300");

  if (bench_run (&contestant, 1, n_rounds, path))
    {
      bench_row_limit (what, bench_contestant_median (&contestant) * 1e3, "ms", NULL, 5);
      bench_row_limit (worst, bench_contestant_figure (&contestant, "worst") * 1e3, "ms", NULL, 0);
    }
  else
    {
      bench_row_failed (what, "failed");
    }
  bench_contestant_clear (&contestant);
}

static void
bench_pages (const char *all)
{
  bench_page ("synapses-after", all, "the synapses, by the row before");
  if (with_million)
    {
      g_autofree char *million = make_network (1000000, 0, 8);

      bench_page ("neurons-after", million, "1,000,000 neurons of 8 numbers, by the row before");
      bench_page ("neurons-at", million, "1,000,000 neurons of 8 numbers, by offset");
    }
  else
    {
      bench_page ("neurons-after", all, "the neurons, by the row before");
      bench_page ("neurons-at", all, "the neurons, by offset");
    }
}

static int
run_all (void)
{
  g_autofree char *all = NULL;
  g_autofree char *neurons_only = NULL;

  if (folder == NULL)
    folder = bench_program ("data");
  g_mkdir_with_parents (folder, 0755);
  all = make_network (n_neurons, n_synapses, 384);

  bench_table_begin ();
  if (!without_storage)
    {
      neurons_only = make_network (n_neurons, 0, 384);
      bench_save (all, neurons_only);
      bench_load (all, neurons_only);
      bench_columns (all);
      bench_pages (all);
    }
  if (!without_files)
    bench_files (all, folder, n_rounds);
  if (!without_window)
    bench_window (all, folder, n_rounds);
  if (!without_jobs)
    bench_jobs (all, folder, n_rounds, only_job);
  print_head ();
  bench_table_end ();
  g_free (folder);
  return 0;
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_auto (GStrv) arguments = g_strdupv (argv);
  g_autoptr (GError) error = NULL;

  setlocale (LC_CTYPE, "");
  /* A measurement, started by ourselves. */
  if (argc > 2 && argv[1][0] != '-')
    return bench_measure (argc, argv);

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error)
      || argc > 1 || n_rounds < 1 || n_rounds > BENCH_MAX_ROUNDS || n_neurons < 2 || n_synapses < 0)
    {
      g_printerr ("engram-bench: %s\n", error != NULL ? error->message : "see --help");
      return 2;
    }
  if (!without_window || !without_jobs)
    bench_window_restart (arguments);
  return run_all ();
}
