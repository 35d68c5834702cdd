/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bench-run.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <unistd.h>

char *
bench_program (const char *name)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = g_path_get_dirname (self != NULL ? self : ".");

  return g_build_filename (folder, name, NULL);
}

void
bench_tell (const char *format,
            ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  if (!isatty (STDERR_FILENO))
    return;
  va_start (arguments, format);
  text = format != NULL ? g_strdup_vprintf (format, arguments) : NULL;
  va_end (arguments);
  g_printerr ("\r\033[K%s", text != NULL ? text : "");
}

/* Reads a file, so that the kernel has it in memory. */
static void
warm_file (const char *path)
{
  static char buffer[1 << 20];
  int descriptor = g_open (path, O_RDONLY | O_CLOEXEC, 0);

  while (descriptor >= 0 && read (descriptor, buffer, sizeof buffer) > 0)
    ;
  if (descriptor >= 0)
    close (descriptor);
}

void
bench_empty_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (!g_file_test (path, G_FILE_TEST_IS_DIR))
        g_unlink (path);
    }
}

static void
parse_figures (BenchContestant *self,
               const char      *output)
{
  g_auto (GStrv) lines = g_strsplit (output, "\n", -1);

  for (gsize i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) words = g_strsplit (lines[i], " ", 2);

      if (words[0] != NULL && words[1] != NULL)
        g_hash_table_replace (self->figures, g_strdup (words[0]), g_strdup (words[1]));
    }
}

static gboolean
run_once (BenchContestant *self)
{
  g_autofree char *program = bench_program (self->arguments[0]);
  const char *argv[G_N_ELEMENTS (self->arguments)] = { program };
  g_autoptr (GSubprocess) process = NULL;
  g_autofree char *output = NULL;
  g_autoptr (GError) error = NULL;

  for (gsize i = 1; i < G_N_ELEMENTS (argv); i++)
    argv[i] = self->arguments[i];
  process = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  if (process != NULL
      && g_subprocess_communicate_utf8 (process, NULL, NULL, &output, NULL, &error)
      && g_subprocess_wait_check (process, NULL, &error))
    {
      parse_figures (self, output);
      self->seconds[self->n_rounds++] = bench_contestant_figure (self, "seconds");
    }
  if (self->leaves != NULL)
    g_unlink (self->leaves);
  if (self->leaves_in != NULL)
    bench_empty_folder (self->leaves_in);
  if (error != NULL)
    g_printerr ("%s %s: %s\n", self->arguments[0], self->arguments[1], error->message);
  return error == NULL;
}

gboolean
bench_run (BenchContestant *contestants,
           guint            n_contestants,
           guint            n_rounds,
           const char      *file)
{
  for (guint i = 0; i < n_contestants; i++)
    contestants[i].figures = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint round = 0; round < n_rounds; round++)
    for (guint i = 0; i < n_contestants; i++)
      {
        bench_tell ("%s %s, round %u of %u", contestants[i].arguments[0], contestants[i].arguments[1],
                    round + 1, n_rounds);
        sync ();
        warm_file (file);
        if (!run_once (&contestants[i]))
          return FALSE;
      }
  bench_tell (NULL);
  return TRUE;
}

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  const double *first = a;
  const double *second = b;

  return (*first > *second) - (*first < *second);
}

double
bench_contestant_median (const BenchContestant *self)
{
  double sorted[BENCH_MAX_ROUNDS];

  memcpy (sorted, self->seconds, sizeof sorted);
  qsort (sorted, self->n_rounds, sizeof *sorted, compare_doubles);
  return (sorted[(self->n_rounds - 1) / 2] + sorted[self->n_rounds / 2]) / 2;
}

double
bench_contestant_minimum (const BenchContestant *self)
{
  double minimum = self->seconds[0];

  for (guint i = 1; i < self->n_rounds; i++)
    minimum = MIN (minimum, self->seconds[i]);
  return minimum;
}

double
bench_contestant_figure (const BenchContestant *self,
                         const char            *name)
{
  const char *text = g_hash_table_lookup (self->figures, name);

  return text != NULL ? g_ascii_strtod (text, NULL) : 0;
}

void
bench_contestant_clear (BenchContestant *self)
{
  g_clear_pointer (&self->figures, g_hash_table_unref);
}

/* Printed as a whole at the end: what the services of a session say of themselves must not stand between. */
static GString *table;

void
bench_table_begin (void)
{
  table = g_string_new ("| What | Engram | Plain C | Ratio | Target | Met |\n"
                        "|---|---|---|---|---|---|\n");
}

void
bench_table_end (void)
{
  g_print ("%s", table->str);
  g_string_free (g_steal_pointer (&table), TRUE);
}

static char *
format_seconds (const BenchContestant *contestant)
{
  return g_strdup_printf ("%.3f s (%.3f)", bench_contestant_median (contestant),
                          bench_contestant_minimum (contestant));
}

void
bench_row_against (const char            *what,
                   const BenchContestant *engram,
                   const BenchContestant *plain,
                   double                 target)
{
  g_autofree char *engram_text = format_seconds (engram);
  g_autofree char *plain_text = format_seconds (plain);
  double ratio = bench_contestant_median (engram) / bench_contestant_median (plain);

  g_string_append_printf (table, "| %s | %s | %s | %.2f |", what, engram_text, plain_text, ratio);
  if (target > 0)
    g_string_append_printf (table, " ratio ≤ %.2f | %s |\n", target, ratio <= target ? "yes" : "**no**");
  else
    g_string_append_printf (table, " | |\n");
}

static char *
format_value (double      value,
              const char *unit)
{
  int digits = g_str_equal (unit, "s") ? 3 : g_str_equal (unit, "ms") ? 2 : 1;

  return g_strdup_printf ("%.*f %s", digits, value, unit);
}

void
bench_row_limit (const char            *what,
                 double                 value,
                 const char            *unit,
                 const BenchContestant *plain,
                 double                 limit)
{
  g_autofree char *value_text = format_value (value, unit);

  g_string_append_printf (table, "| %s | %s |", what, value_text);
  if (plain != NULL)
    {
      g_autofree char *plain_text = format_seconds (plain);

      g_string_append_printf (table, " %s | %.2f |", plain_text, value / bench_contestant_median (plain));
    }
  else
    {
      g_string_append_printf (table, " | |");
    }
  if (limit > 0)
    g_string_append_printf (table, " ≤ %g %s | %s |\n", limit, unit, value <= limit ? "yes" : "**no**");
  else
    g_string_append_printf (table, " | |\n");
}

void
bench_row_rate (const char *what,
                double      value,
                const char *unit,
                double      least)
{
  g_autofree char *value_text = format_value (value, unit);

  g_string_append_printf (table, "| %s | %s | | | ≥ %g %s | %s |\n", what, value_text, least, unit,
                          value >= least ? "yes" : "**no**");
}

void
bench_row_failed (const char *what,
                  const char *why)
{
  g_string_append_printf (table, "| %s | %s | | | | **not measured** |\n", what, why);
}
