/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plain-steps.h"

#include <fcntl.h>
#include <glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "plain-sqlite.h"
#include "plain.h"

#define BLOCK (1 << 20)

static int
open_file (const char *path,
           int         flags)
{
  int descriptor = open (path, flags | O_CLOEXEC, 0666);

  if (descriptor < 0)
    {
      perror (path);
      exit (1);
    }
  return descriptor;
}

static void
finish_file (int descriptor)
{
  if (fsync (descriptor) != 0 || close (descriptor) != 0)
    {
      perror ("fsync");
      exit (1);
    }
}

double
plain_backup (const char *path,
              const char *new_path)
{
  double start = plain_now ();
  sqlite3 *from = plain_open (path, SQLITE_OPEN_READONLY);
  sqlite3 *to = plain_open (new_path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
  sqlite3_backup *backup = sqlite3_backup_init (to, "main", from, "main");

  if (backup == NULL || sqlite3_backup_step (backup, -1) != SQLITE_DONE)
    {
      fprintf (stderr, "engram-bench-plain: %s\n", sqlite3_errmsg (to));
      exit (1);
    }
  sqlite3_backup_finish (backup);
  plain_execute (to, "PRAGMA journal_mode=DELETE");
  sqlite3_close (to);
  sqlite3_close (from);
  finish_file (open_file (new_path, O_RDONLY));
  return plain_now () - start;
}

double
plain_integrity (const char *path)
{
  double start = plain_now ();
  sqlite3 *database = plain_open (path, SQLITE_OPEN_READONLY);

  plain_execute (database, "PRAGMA integrity_check");
  sqlite3_close (database);
  return plain_now () - start;
}

static void
hash_table (sqlite3    *database,
            const char *sql,
            GChecksum  *checksum)
{
  sqlite3_stmt *statement = plain_prepare (database, sql);
  int n_columns = sqlite3_column_count (statement);

  while (sqlite3_step (statement) == SQLITE_ROW)
    for (int i = 0; i < n_columns; i++)
      {
        const void *value = sqlite3_column_blob (statement, i);

        if (value != NULL)
          g_checksum_update (checksum, value, sqlite3_column_bytes (statement, i));
      }
  plain_check (database, sqlite3_finalize (statement));
}

double
plain_content_hash (const char *path)
{
  double start = plain_now ();
  sqlite3 *database = plain_open (path, SQLITE_OPEN_READONLY);
  GChecksum *checksum = g_checksum_new (G_CHECKSUM_SHA256);

  hash_table (database, "SELECT * FROM neurons ORDER BY rowid", checksum);
  hash_table (database, "SELECT * FROM synapses ORDER BY rowid", checksum);
  g_checksum_get_string (checksum);
  g_checksum_free (checksum);
  sqlite3_close (database);
  return plain_now () - start;
}

double
plain_sha256 (const char *path)
{
  static guchar block[BLOCK];
  double start = plain_now ();
  int descriptor = open_file (path, O_RDONLY);
  GChecksum *checksum = g_checksum_new (G_CHECKSUM_SHA256);
  ssize_t length;

  while ((length = read (descriptor, block, sizeof block)) > 0)
    g_checksum_update (checksum, block, length);
  g_checksum_get_string (checksum);
  g_checksum_free (checksum);
  close (descriptor);
  return plain_now () - start;
}

double
plain_copy (const char *path,
            const char *new_path)
{
  static guchar block[BLOCK];
  double start = plain_now ();
  int from = open_file (path, O_RDONLY);
  int to = open_file (new_path, O_WRONLY | O_CREAT | O_TRUNC);
  ssize_t length;

  while ((length = read (from, block, sizeof block)) > 0)
    if (write (to, block, length) != length)
      {
        perror (new_path);
        exit (1);
      }
  close (from);
  finish_file (to);
  return plain_now () - start;
}
