/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bench-window.h"

#include "bench-run.h"

#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#define INSIDE "ENGRAM_BENCH_INSIDE"
#define MEGABYTE 1e6
#define PATIENCE_SECONDS 60
/* What is still read when the first rows are on the screen has come by then. */
#define SETTLING_SECONDS 2

static gboolean
has_display (void)
{
  return g_getenv ("DISPLAY") != NULL || g_getenv ("WAYLAND_DISPLAY") != NULL;
}

static void
add_program (GPtrArray  *arguments,
             const char *name,
             ...)
{
  char *program = g_find_program_in_path (name);
  const char *argument;
  va_list more;

  if (program == NULL)
    return;
  g_ptr_array_add (arguments, program);
  va_start (more, name);
  while ((argument = va_arg (more, const char *)) != NULL)
    g_ptr_array_add (arguments, g_strdup (argument));
  va_end (more);
}

/* A session bus of its own, so that no Engram that runs already is met, and a display where there is none. */
void
bench_window_restart (char **argv)
{
  g_autoptr (GPtrArray) arguments = g_ptr_array_new_with_free_func (g_free);

  if (g_getenv (INSIDE) != NULL)
    return;
  g_setenv (INSIDE, "1", TRUE);
  add_program (arguments, "dbus-run-session", "--", NULL);
  if (!has_display ())
    add_program (arguments, "xvfb-run", "-a", "-s", "-screen 0 1280x1024x24", NULL);
  g_ptr_array_add (arguments, bench_program ("engram-bench"));
  for (gsize i = 1; argv[i] != NULL; i++)
    g_ptr_array_add (arguments, g_strdup (argv[i]));
  g_ptr_array_add (arguments, NULL);
  execv (arguments->pdata[0], (char **) arguments->pdata);
}

void
bench_window_isolate (const char *folder)
{
  const char *variables[] = { "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME" };
  g_autofree char *home = g_build_filename (folder, "home", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (variables); i++)
    g_setenv (variables[i], home, TRUE);
  g_setenv ("GSETTINGS_BACKEND", "memory", TRUE);
}

/* Resident memory of a process in bytes, or 0. */
static double
read_resident (const char *process_id)
{
  g_autofree char *path = g_build_filename ("/proc", process_id, "status", NULL);
  g_autofree char *text = NULL;
  const char *line;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return 0;
  line = strstr (text, "VmRSS:");
  return line != NULL ? g_ascii_strtod (line + strlen ("VmRSS:"), NULL) * 1024 : 0;
}

static gboolean
give_up (gpointer user_data)
{
  g_subprocess_force_exit (user_data);
  return G_SOURCE_REMOVE;
}

/* Reads the timing log up to the first rows; 0 where they do not come. */
static double
read_first_rows (GSubprocess *process)
{
  g_autoptr (GDataInputStream) output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  const char *mark = "engram-timing: first-rows ";

  for (;;)
    {
      g_autofree char *line = g_data_input_stream_read_line (output, NULL, NULL, NULL);
      const char *found = line != NULL ? strstr (line, mark) : NULL;

      if (found != NULL)
        return g_ascii_strtod (found + strlen (mark), NULL);
      if (line == NULL)
        return 0;
    }
}

static gpointer
run_watch (gpointer data)
{
  GMainLoop *loop = data;

  g_main_context_push_thread_default (g_main_loop_get_context (loop));
  g_main_loop_run (loop);
  g_main_context_pop_thread_default (g_main_loop_get_context (loop));
  return NULL;
}

/* Starts the program on a file; its seconds to the first rows and its memory when it has settled. */
static gboolean
start_program (const char *file,
               double     *seconds,
               double     *resident)
{
  g_autofree char *program = bench_program ("../app/engram");
  g_autoptr (GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GMainLoop) loop = g_main_loop_new (context, FALSE);
  g_autoptr (GSource) patience = g_timeout_source_new_seconds (PATIENCE_SECONDS);
  GThread *watch;

  g_subprocess_launcher_setenv (launcher, "G_MESSAGES_DEBUG", "engram-timing", TRUE);
  process = g_subprocess_launcher_spawn (launcher, NULL, program, file, NULL);
  if (process == NULL)
    return FALSE;
  g_source_set_callback (patience, give_up, process, NULL);
  g_source_attach (patience, context);
  watch = g_thread_new ("patience", run_watch, loop);

  *seconds = read_first_rows (process);
  if (*seconds > 0)
    g_usleep (SETTLING_SECONDS * G_USEC_PER_SEC);
  *resident = *seconds > 0 ? read_resident (g_subprocess_get_identifier (process)) : 0;
  g_main_loop_quit (loop);
  g_thread_join (watch);
  g_subprocess_send_signal (process, SIGTERM);
  g_subprocess_wait (process, NULL, NULL);
  return *seconds > 0;
}

static int
compare_doubles (const void *a,
                 const void *b)
{
  const double *first = a;
  const double *second = b;

  return (*first > *second) - (*first < *second);
}

static void
bench_start (const char *file,
             guint       n_rounds)
{
  double seconds[BENCH_MAX_ROUNDS];
  double resident = 0;

  for (guint i = 0; i < n_rounds; i++)
    {
      double now_resident;

      bench_tell ("engram FILE, round %u of %u", i + 1, n_rounds);
      if (!start_program (file, &seconds[i], &now_resident))
        {
          bench_tell (NULL);
          bench_row_failed ("`engram FILE` until its first rows", "it did not start or show rows");
          return;
        }
      resident = MAX (resident, now_resident);
    }
  bench_tell (NULL);
  qsort (seconds, n_rounds, sizeof *seconds, compare_doubles);
  bench_row_limit ("`engram FILE` until its first rows, from the start of the process: median",
                   seconds[n_rounds / 2], "s", NULL, 1);
  bench_row_limit ("its resident memory then", resident / MEGABYTE, "MB", NULL, 400);
}

static void
add_row (const BenchContestant *window,
         const char            *renderer,
         const char            *what,
         const char            *figure,
         double                 scale,
         const char            *unit,
         double                 limit)
{
  g_autofree char *text = g_strdup_printf ("%s (%s)", what, renderer);

  bench_row_limit (text, bench_contestant_figure (window, figure) / scale, unit, NULL, limit);
}

/* How long the main loop is held, with the renderer that the program takes. */
static void
bench_main_loop (const char *file)
{
  BenchContestant window = { .arguments = { "engram-bench-window", file } };
  const char *renderer;

  if (!bench_run (&window, 1, 1, file))
    {
      bench_row_failed ("main loop held", "engram-bench-window failed");
      bench_contestant_clear (&window);
      return;
    }
  renderer = g_hash_table_lookup (window.figures, "renderer");
  add_row (&window, renderer, "main loop held by GTK for a first, empty window", "held-empty", 1, "ms", 0);
  add_row (&window, renderer, "main loop held at longest while a file opens", "held-opening", 1, "ms", 50);
  add_row (&window, renderer, "the same in processor time of its thread", "busy-opening", 1, "ms", 0);
  add_row (&window, renderer, "main loop held at longest while it scrolls", "held-scrolling", 1, "ms", 50);
  add_row (&window, renderer, "the same in processor time of its thread", "busy-scrolling", 1, "ms", 0);
  add_row (&window, renderer, "99 of 100 times shorter than", "held-scrolling-99", 1, "ms", 0);
  add_row (&window, renderer, "resident memory after scrolling", "resident", MEGABYTE, "MB", 400);
  bench_contestant_clear (&window);
}

/* What is done in the list of neurons, and within how many seconds at 100,000 of them. */
static const struct {
  const char *name;
  const char *what;
  double      limit;
} searches[] = {
  { "sort-number", "neurons sorted by activation", 0.3 },
  { "sort-degree", "neurons sorted by how many synapses they have", 0.3 },
  { "sort-text", "neurons sorted by their text, in the person’s collation", 1 },
  { "filter-field", "neurons with activation:>0.9", 0.15 },
  { "filter-degree", "neurons with degree:>12", 0.15 },
  { "filter-weight", "neurons that have a synapse with weight:>0.99", 0.15 },
  { "words", "neurons with a word, without the index", 0.3 },
  { "words-indexed", "neurons with a word, with the index", 0.1 },
  { "like", "all neurons by the cosine to one", 0.1 },
};

static void
bench_searches (const char *file,
                double      scale)
{
  BenchContestant window = { .arguments = { "engram-bench-search", file } };
  double held = 0, resident = 0;

  if (!bench_run (&window, 1, 1, file))
    {
      bench_row_failed ("searching in the window", "engram-bench-search failed");
      bench_contestant_clear (&window);
      return;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (searches); i++)
    {
      g_autofree char *seconds = g_strconcat (searches[i].name, "-seconds", NULL);
      g_autofree char *longest = g_strconcat (searches[i].name, "-held", NULL);
      g_autofree char *memory = g_strconcat (searches[i].name, "-resident", NULL);

      bench_row_limit (searches[i].what, bench_contestant_figure (&window, seconds), "s", NULL,
                       searches[i].limit * scale);
      held = MAX (held, bench_contestant_figure (&window, longest));
      resident = MAX (resident, bench_contestant_figure (&window, memory));
    }
  bench_row_limit ("building the index of words", bench_contestant_figure (&window, "index-seconds"), "s", NULL, 0);
  bench_row_limit ("main loop held at longest in all of these", held, "ms", NULL, 50);
  bench_row_limit ("resident memory at most in all of these", resident / MEGABYTE, "MB", NULL, scale > 1 ? 1000 : 400);
  bench_contestant_clear (&window);
}

void
bench_window (const char *file,
              const char *folder,
              guint       n_rounds)
{
  if (!has_display ())
    {
      bench_row_failed ("the window", "there is neither a display nor xvfb-run");
      return;
    }
  bench_window_isolate (folder);
  bench_start (file, n_rounds);
  bench_main_loop (file);
  bench_searches (file, 1);
}
