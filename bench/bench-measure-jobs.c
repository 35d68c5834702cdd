/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bench-measure-jobs.h"

#include "bench-run.h"
#include "processor-time.h"

#define FILE_PLACE "FILE"
#define OTHER_PLACE "OTHER"
#define MAX_WORDS 4

/* What is done for a job: one or two commands. Both FILE and OTHER stand for what was given. */
static const struct {
  const char *job;
  const char *commands[2][MAX_WORDS];
} jobs[] = {
  { "prune", { { "backup", FILE_PLACE }, { "prune", FILE_PLACE } } },
  { "check", { { "check", FILE_PLACE } } },
  { "backup", { { "backup", FILE_PLACE } } },
  { "verify", { { "verify", OTHER_PLACE } } },
  { "restore", { { "restore", FILE_PLACE, OTHER_PLACE } } },
  { "compare", { { "compare", FILE_PLACE, OTHER_PLACE } } },
  { "export", { { "export", FILE_PLACE, OTHER_PLACE } } },
  { "import-check", { { "import", FILE_PLACE, OTHER_PLACE, "--dry-run" } } },
  { "import", { { "import", FILE_PLACE, OTHER_PLACE } } },
};

/* 3 is said where something was found, which is no failure. */
static gboolean
run_command (const char * const *words,
             const char         *file,
             const char         *other,
             GError            **error)
{
  g_autofree char *program = bench_program ("../app/cli/engram-cli");
  const char *argv[MAX_WORDS + 2] = { program };
  g_autoptr (GSubprocess) process = NULL;

  for (gsize i = 0; i < MAX_WORDS && words[i] != NULL; i++)
    argv[i + 1] = g_str_equal (words[i], FILE_PLACE) ? file : g_str_equal (words[i], OTHER_PLACE) ? other : words[i];
  process = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDOUT_SILENCE, error);
  if (process == NULL || !g_subprocess_wait (process, NULL, error))
    return FALSE;
  if (g_subprocess_get_if_exited (process) && g_subprocess_get_exit_status (process) == 3)
    return TRUE;
  return g_spawn_check_wait_status (g_subprocess_get_status (process), error);
}

gboolean
bench_measure_jobs (int        argc,
                    char     **argv,
                    double    *seconds,
                    gboolean  *done,
                    GError   **error)
{
  if (argc < 4 || !g_str_equal (argv[1], "cli"))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (jobs); i++)
    {
      gint64 start = g_get_monotonic_time ();

      if (!g_str_equal (jobs[i].job, argv[2]))
        continue;
      *done = TRUE;
      for (gsize command = 0; *done && command < 2 && jobs[i].commands[command][0] != NULL; command++)
        *done = run_command (jobs[i].commands[command], argv[3], argc > 4 ? argv[4] : NULL, error);
      *seconds = (g_get_monotonic_time () - start) / (double) G_USEC_PER_SEC;
      g_print ("processor %.4f\n", processor_time_get_children ());
      return TRUE;
    }
  return FALSE;
}
