/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "engram-timing.h"

#include <string.h>
#include <time.h>
#include <unistd.h>

#define DOMAIN "engram-timing"

/* On the clock of now(). */
static double start_time;

/* Seconds since the machine started, the clock that /proc counts in. */
static double
now (void)
{
  struct timespec time;

  clock_gettime (CLOCK_BOOTTIME, &time);
  return time.tv_sec + time.tv_nsec / 1e9;
}

/**
 * engram_timing_start:
 *
 * Takes the time at which the kernel started this process (field 22 of `/proc/self/stat`, which counts
 * hundredths of a second) as the start of engram_timing_since_start(), so that linking and loading count too;
 * where it cannot be read, now is the start. To be called first in main().
 */
void
engram_timing_start (void)
{
  g_autofree char *stat = NULL;
  const char *fields;
  long ticks_per_second = sysconf (_SC_CLK_TCK);

  start_time = now ();
  if (!g_file_get_contents ("/proc/self/stat", &stat, NULL, NULL) || ticks_per_second <= 0)
    return;

  /* The second field is the program's name in parentheses and may hold anything; the third comes after it. */
  fields = strrchr (stat, ')');
  for (guint field = 2; fields != NULL && field < 22; field++)
    fields = strchr (fields + 1, ' ');
  if (fields != NULL)
    start_time = (double) g_ascii_strtoull (fields + 1, NULL, 10) / ticks_per_second;
}

/**
 * engram_timing_since_start:
 *
 * Returns: the seconds since the process started, as engram_timing_start() sees it. Any thread.
 */
double
engram_timing_since_start (void)
{
  return now () - start_time;
}

/**
 * engram_timing_log:
 * @phase: a word, see below
 * @seconds: how long the user waited for it
 *
 * Writes the line `engram-timing: PHASE SECONDS` to the log, as a debug message of the domain
 * `engram-timing`: seen with `G_MESSAGES_DEBUG=engram-timing`. Any thread.
 *
 * From the start of the process where the file was given on the command line, else from the moment at which
 * the opening began:
 *
 * - `open`: the file has been looked at and can be read
 * - `first-rows`: the first rows of a list have been drawn, or that there are none
 *
 * Each from the moment at which it was wanted:
 *
 * - `network`: the columns of the whole network are in memory; wanted soon after the first rows
 * - `first-frame`: the graph or the space has drawn its first frame; from when its scene was there
 * - `sort`, `filter`: all rows that were asked for are known
 */
void
engram_timing_log (const char *phase,
                   double      seconds)
{
  g_log_structured (DOMAIN, G_LOG_LEVEL_DEBUG, "MESSAGE", DOMAIN ": %s %.3f", phase, seconds);
}
