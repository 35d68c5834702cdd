/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plain-steps.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plain-sqlite.h"
#include "plain.h"

static int
is_same_value (sqlite3_stmt *row,
               sqlite3_stmt *other,
               int           column)
{
  int type = sqlite3_column_type (row, column);
  const void *bytes, *other_bytes;
  int length;

  if (type != sqlite3_column_type (other, column))
    return 0;
  switch (type)
    {
    case SQLITE_INTEGER:
      return sqlite3_column_int64 (row, column) == sqlite3_column_int64 (other, column);
    case SQLITE_FLOAT:
      return sqlite3_column_double (row, column) == sqlite3_column_double (other, column);
    case SQLITE_NULL:
      return 1;
    default:
      bytes = sqlite3_column_blob (row, column);
      other_bytes = sqlite3_column_blob (other, column);
      length = sqlite3_column_bytes (row, column);
      return length == sqlite3_column_bytes (other, column) && memcmp (bytes, other_bytes, length) == 0;
    }
}

/* How many rows differ, where each stands in the same place in both files. */
static size_t
compare_table (sqlite3    *database,
               sqlite3    *other_database,
               const char *sql)
{
  sqlite3_stmt *row = plain_prepare (database, sql);
  sqlite3_stmt *other = plain_prepare (other_database, sql);
  int n_columns = sqlite3_column_count (row);
  size_t n_differing = 0;

  while (sqlite3_step (row) == SQLITE_ROW && sqlite3_step (other) == SQLITE_ROW)
    {
      int is_same = 1;

      for (int i = 0; i < n_columns; i++)
        is_same &= is_same_value (row, other, i);
      n_differing += !is_same;
    }
  plain_check (database, sqlite3_finalize (row));
  plain_check (other_database, sqlite3_finalize (other));
  return n_differing;
}

double
plain_compare (const char *path,
               const char *other_path)
{
  double start = plain_now ();
  sqlite3 *database = plain_open (path, SQLITE_OPEN_READONLY);
  sqlite3 *other = plain_open (other_path, SQLITE_OPEN_READONLY);
  size_t n_differing = compare_table (database, other, "SELECT * FROM neurons ORDER BY rowid") +
                       compare_table (database, other, "SELECT * FROM synapses ORDER BY rowid");

  if (n_differing > 0)
    {
      fprintf (stderr, "engram-bench-plain: the files differ\n");
      exit (1);
    }
  sqlite3_close (other);
  sqlite3_close (database);
  return plain_now () - start;
}
