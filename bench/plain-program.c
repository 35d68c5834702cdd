/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plain-steps.h"
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

/* Prints each step's seconds too. */
static double
step (const char *name,
      double      seconds)
{
  printf ("%s %.6f\n", name, seconds);
  return seconds;
}

static double
measure_verify (const char *path)
{
  return step ("integrity", plain_integrity (path)) + step ("content", plain_content_hash (path)) +
         step ("sha256", plain_sha256 (path));
}

static double
measure_backup (const char *path,
                const char *new_path)
{
  return step ("backup", plain_backup (path, new_path)) + measure_verify (new_path);
}

/* What restoring one file into another is made of: the backup looked through and copied, the other one backed up and
 * looked through, and the pages written. */
static double
measure_restore (const char *path,
                 const char *new_path)
{
  double seconds = step ("staging", plain_copy (path, new_path)) + measure_verify (new_path);

  unlink (new_path);
  seconds += measure_backup (path, new_path);
  unlink (new_path);
  return seconds + step ("replace", plain_backup (path, new_path));
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
  else if (argc == 4 && strcmp (argv[1], "backup") == 0)
    seconds = measure_backup (argv[2], argv[3]);
  else if (argc == 3 && strcmp (argv[1], "verify") == 0)
    seconds = measure_verify (argv[2]);
  else if (argc == 4 && strcmp (argv[1], "restore") == 0)
    seconds = measure_restore (argv[2], argv[3]);
  else if (argc == 4 && strcmp (argv[1], "copy") == 0)
    seconds = plain_copy (argv[2], argv[3]);
  else if (argc == 4 && strcmp (argv[1], "compare") == 0)
    seconds = plain_compare (argv[2], argv[3]);
  else if (argc == 3 && strcmp (argv[1], "sha256") == 0)
    seconds = plain_sha256 (argv[2]);
  else
    return 2;

  getrusage (RUSAGE_SELF, &usage);
  printf ("seconds %.6f\npeak %ld\n", seconds, usage.ru_maxrss * 1024);
  return 0;
}
