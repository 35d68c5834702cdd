/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plain.h"

#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

/* engram-bench-plain WHAT FILE [NEW-FILE]: does one thing once, and prints its seconds and its largest
 * memory. */

static double
measure_save (const char   *path,
              const char   *new_path,
              PlainIndexes  indexes)
{
  PlainContents contents;
  double start;

  /* As for Engram, the rows are in memory already, and what was written before is on the disk. */
  plain_load (path, PLAIN_MALLOC_PER_ROW, &contents);
  sync ();
  start = plain_now ();
  plain_save (new_path, &contents, indexes);
  return plain_now () - start;
}

static double
measure_load (const char  *path,
              PlainMalloc  kind)
{
  PlainContents contents;
  double start = plain_now ();

  plain_load (path, kind, &contents);
  return plain_now () - start;
}

static double
measure_columns (const char *path)
{
  double start = plain_now ();

  plain_columns (path);
  return plain_now () - start;
}

int
main (int    argc,
      char **argv)
{
  struct rusage usage;
  double seconds;

  if (argc == 4 && strcmp (argv[1], "save") == 0)
    seconds = measure_save (argv[2], argv[3], PLAIN_INDEXES_AFTERWARDS);
  else if (argc == 4 && strcmp (argv[1], "save-indexed") == 0)
    seconds = measure_save (argv[2], argv[3], PLAIN_INDEXES_FIRST);
  else if (argc == 3 && strcmp (argv[1], "load") == 0)
    seconds = measure_load (argv[2], PLAIN_MALLOC_PER_VALUE);
  else if (argc == 3 && strcmp (argv[1], "load-blocks") == 0)
    seconds = measure_load (argv[2], PLAIN_MALLOC_PER_ROW);
  else if (argc == 3 && strcmp (argv[1], "columns") == 0)
    seconds = measure_columns (argv[2]);
  else
    return 2;

  getrusage (RUSAGE_SELF, &usage);
  printf ("seconds %.6f\npeak %ld\n", seconds, usage.ru_maxrss * 1024);
  return 0;
}
