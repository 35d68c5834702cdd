/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plain-sqlite.h"

#include "plain.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

double
plain_now (void)
{
  struct timespec time;

  clock_gettime (CLOCK_MONOTONIC, &time);
  return time.tv_sec + time.tv_nsec / 1e9;
}

void
plain_check (sqlite3 *database,
             int      result)
{
  if (result == SQLITE_OK || result == SQLITE_DONE)
    return;

  fprintf (stderr, "engram-bench-plain: %s\n", sqlite3_errmsg (database));
  exit (1);
}

sqlite3 *
plain_open (const char *path,
            int         flags)
{
  sqlite3 *database;

  int result = sqlite3_open_v2 (path, &database, flags, NULL);

  plain_check (database, result);
  return database;
}

void
plain_execute (sqlite3    *database,
               const char *sql)
{
  plain_check (database, sqlite3_exec (database, sql, NULL, NULL, NULL));
}

sqlite3_stmt *
plain_prepare (sqlite3    *database,
               const char *sql)
{
  sqlite3_stmt *statement;

  plain_check (database, sqlite3_prepare_v2 (database, sql, -1, &statement, NULL));
  return statement;
}

void *
plain_allocate (size_t size)
{
  void *memory = malloc (size);

  if (memory == NULL)
    abort ();
  return memory;
}

void *
plain_grow (void   *array,
            size_t  count,
            size_t  item_size)
{
  /* Doubled whenever a power of two is full. */
  if (count != 0 && (count & (count - 1)) != 0)
    return array;
  array = realloc (array, (count == 0 ? 1 : count * 2) * item_size);
  if (array == NULL)
    abort ();
  return array;
}
