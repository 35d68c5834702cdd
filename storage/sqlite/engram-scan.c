/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sqlite/engram-scan-private.h"

/* Below this many rows a second thread costs more than it saves. */
#define MIN_ROWS_FOR_THREADS 5000

G_STATIC_ASSERT (ENGRAM_SCAN_CHUNKS == 8 * sizeof (guint));

typedef struct {
  EngramScan     *scan;
  EngramScanFunc  func;
  gpointer        data;
  gint64          first;
  guint64         rows_per_chunk;
  gint64          last;
} Work;

gboolean
engram_scan_begin (EngramScan      *scan,
                   EngramDatabase  *database,
                   GCancellable    *cancellable,
                   GError         **error)
{
  scan->n_readers = engram_parts_count_threads ();
  if (engram_database_acquire_snapshot (database, scan->readers, scan->n_readers, cancellable, error))
    return TRUE;
  scan->n_readers = 0;
  return FALSE;
}

void
engram_scan_end (EngramScan *scan)
{
  for (guint i = 0; i < scan->n_readers; i++)
    g_clear_pointer (&scan->readers[i], engram_reader_release);
  scan->n_readers = 0;
}

guint
engram_scan_count_done (EngramScan *scan)
{
  guint done = g_atomic_int_get (&scan->done);

  return done == G_MAXUINT ? ENGRAM_SCAN_CHUNKS : (guint) __builtin_ctz (~done);
}

static gboolean
read_chunk (guint      thread,
            guint      chunk,
            gpointer   data,
            GError   **error)
{
  Work *work = data;
  guint64 offset = chunk * work->rows_per_chunk;

  /* Rowids may be negative, and far apart: their differences are unsigned. */
  if (offset <= (guint64) work->last - (guint64) work->first)
    {
      gint64 first = (gint64) ((guint64) work->first + offset);
      guint64 left = (guint64) work->last - (guint64) first;
      gint64 last = (gint64) ((guint64) first + MIN (left, work->rows_per_chunk - 1));

      if (!work->func (work->scan->readers[thread], first, last, chunk, work->data, error))
        return FALSE;
    }
  g_atomic_int_or (&work->scan->done, 1u << chunk);
  return TRUE;
}

static gboolean
find_end (EngramReader  *reader,
          const char    *table,
          const char    *end,
          gint64        *rowid,
          GError       **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT %s(rowid) FROM %s", end, table);

  return engram_connection_get_integer (reader, sql, rowid, error);
}

gboolean
engram_scan_table (EngramScan         *scan,
                   const char         *table,
                   EngramScanFunc      func,
                   gpointer            data,
                   const char         *phase,
                   double              from,
                   double              to,
                   EngramProgressFunc  progress,
                   gpointer            user_data,
                   GError            **error)
{
  Work work = { scan, func, data, 0, 1, 0 };
  /* Cancelled, the readers fail by themselves. */
  EngramParts parts = {
    .name = "engram-scan",
    .n_parts = ENGRAM_SCAN_CHUNKS,
    .n_threads = scan->n_readers,
    .func = read_chunk,
    .data = &work,
    .phase = phase,
    .from = from,
    .to = to,
    .progress = progress,
    .user_data = user_data,
  };
  guint64 span;

  if (!find_end (scan->readers[0], table, "min", &work.first, error) ||
      !find_end (scan->readers[0], table, "max", &work.last, error))
    return FALSE;

  g_atomic_int_set (&scan->done, 0);
  span = (guint64) work.last - (guint64) work.first;
  work.rows_per_chunk = span / ENGRAM_SCAN_CHUNKS + 1;
  if (span < MIN_ROWS_FOR_THREADS)
    parts.n_threads = 1;
  return engram_parts_do (&parts, error);
}

EngramStatement *
engram_scan_prepare (EngramReader  *reader,
                     const char    *columns,
                     const char    *table,
                     gint64         first,
                     gint64         last,
                     GError       **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT %s FROM %s WHERE rowid BETWEEN ? AND ? ORDER BY rowid", columns,
                                          table);
  EngramStatement *statement = engram_connection_prepare (reader, sql, error);

  if (statement == NULL)
    return NULL;
  engram_statement_bind_int64 (statement, 1, first);
  engram_statement_bind_int64 (statement, 2, last);
  return statement;
}
