/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sqlite/engram-scan-private.h"

/* Below this many rows a second thread costs more than it saves. */
#define MIN_ROWS_FOR_THREADS 5000

G_STATIC_ASSERT (ENGRAM_SCAN_CHUNKS == 8 * sizeof (guint));

typedef struct {
  EngramScan         *scan;
  EngramScanFunc      func;
  gpointer            data;
  gint64              first;
  guint64             rows_per_chunk;
  gint64              last;
  const char         *phase;
  double              from;
  double              to;
  EngramProgressFunc  progress;
  gpointer            user_data;

  int                 next_chunk; /* atomic */
  int                 has_failed; /* atomic */
  GMutex              mutex;
  GError             *error;      /* the first */
} Work;

typedef struct {
  Work         *work;
  EngramReader *reader;
  gboolean      reports;
} Worker;

gboolean
engram_scan_begin (EngramScan      *scan,
                   EngramDatabase  *database,
                   GCancellable    *cancellable,
                   GError         **error)
{
  scan->n_readers = CLAMP (g_get_num_processors (), 1, G_N_ELEMENTS (scan->readers));
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

static void
keep_first_error (Work   *work,
                  GError *error)
{
  g_mutex_lock (&work->mutex);
  if (work->error == NULL)
    work->error = g_steal_pointer (&error);
  g_mutex_unlock (&work->mutex);
  g_clear_error (&error);
  g_atomic_int_set (&work->has_failed, TRUE);
}

static gpointer
work_on_chunks (gpointer data)
{
  Worker *worker = data;
  Work *work = worker->work;

  while (!g_atomic_int_get (&work->has_failed))
    {
      guint64 chunk = g_atomic_int_add (&work->next_chunk, 1);
      guint64 offset = chunk * work->rows_per_chunk;
      GError *error = NULL;

      if (chunk >= ENGRAM_SCAN_CHUNKS)
        break;
      /* Rowids may be negative, and far apart: their differences are unsigned. */
      if (offset <= (guint64) work->last - (guint64) work->first)
        {
          gint64 first = (gint64) ((guint64) work->first + offset);
          guint64 left = (guint64) work->last - (guint64) first;
          gint64 last = (gint64) ((guint64) first + MIN (left, work->rows_per_chunk - 1));

          if (!work->func (worker->reader, first, last, chunk, work->data, &error))
            {
              keep_first_error (work, error);
              break;
            }
        }
      g_atomic_int_or (&work->scan->done, 1u << chunk);
      if (worker->reports)
        work->progress (work->phase, work->from + (work->to - work->from) * (chunk + 1) / ENGRAM_SCAN_CHUNKS,
                        work->user_data);
    }
  return NULL;
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
  Work work = { scan, func, data, 0, 1, 0, phase, from, to, progress, user_data, 0, 0, { 0 }, NULL };
  Worker workers[G_N_ELEMENTS (scan->readers)];
  GThread *threads[G_N_ELEMENTS (scan->readers)] = { NULL };
  guint64 span;
  guint n_workers;

  if (!find_end (scan->readers[0], table, "min", &work.first, error) ||
      !find_end (scan->readers[0], table, "max", &work.last, error))
    return FALSE;

  g_atomic_int_set (&scan->done, 0);
  span = (guint64) work.last - (guint64) work.first;
  work.rows_per_chunk = span / ENGRAM_SCAN_CHUNKS + 1;
  n_workers = span < MIN_ROWS_FOR_THREADS ? 1 : scan->n_readers;
  g_mutex_init (&work.mutex);
  for (guint i = 0; i < n_workers; i++)
    {
      workers[i] = (Worker) { &work, scan->readers[i], i == 0 && progress != NULL };
      if (i > 0)
        threads[i] = g_thread_new ("engram-scan", work_on_chunks, &workers[i]);
    }
  work_on_chunks (&workers[0]);
  for (guint i = 1; i < n_workers; i++)
    g_thread_join (threads[i]);
  g_mutex_clear (&work.mutex);

  if (work.error == NULL)
    return TRUE;
  g_propagate_error (error, work.error);
  return FALSE;
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
