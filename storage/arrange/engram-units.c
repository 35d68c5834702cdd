/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "arrange/engram-units-private.h"

/* How far it is is told no more often. */
#define REPORT_INTERVAL (100 * 1000)

typedef struct {
  guint64         n_units;
  EngramUnitFunc  func;
  gpointer        data;
  GCancellable   *cancellable;
  GMutex          mutex; /* guards: */
  guint64         next;
} Work;

typedef struct {
  Work                    *work;
  guint                    number;
  const EngramUnitsReport *report;   /* NULL in all threads but one */
  gint64                   reported; /* when */
} Worker;

guint
engram_units_count_threads (guint64 n_units)
{
  return (guint) CLAMP (MIN ((guint64) g_get_num_processors (), n_units), 1, ENGRAM_UNITS_MAX_THREADS);
}

static gboolean
take_unit (Work    *work,
           guint64 *unit)
{
  gboolean is_left;

  g_mutex_lock (&work->mutex);
  is_left = work->next < work->n_units && !g_cancellable_is_cancelled (work->cancellable);
  if (is_left)
    *unit = work->next++;
  g_mutex_unlock (&work->mutex);
  return is_left;
}

static void
report_unit (Worker  *self,
             guint64  unit)
{
  const EngramUnitsReport *report = self->report;
  gint64 now;

  if (report == NULL || report->progress == NULL)
    return;
  now = g_get_monotonic_time ();
  if (self->reported != 0 && now - self->reported < REPORT_INTERVAL)
    return;
  self->reported = now;
  report->progress (report->phase, report->from + (report->to - report->from) * unit / self->work->n_units,
                    report->user_data);
}

static gpointer
work_on_units (gpointer data)
{
  Worker *self = data;
  guint64 unit;

  while (take_unit (self->work, &unit))
    {
      report_unit (self, unit);
      self->work->func (unit, self->number, self->work->data);
    }
  return NULL;
}

gboolean
engram_units_run (guint64                   n_units,
                  EngramUnitFunc            func,
                  gpointer                  data,
                  const EngramUnitsReport  *report,
                  GCancellable             *cancellable,
                  GError                  **error)
{
  Work work = { .n_units = n_units, .func = func, .data = data, .cancellable = cancellable };
  Worker workers[ENGRAM_UNITS_MAX_THREADS];
  GThread *threads[ENGRAM_UNITS_MAX_THREADS] = { NULL };
  guint n_threads = engram_units_count_threads (n_units);

  g_mutex_init (&work.mutex);
  for (guint i = 0; i < n_threads; i++)
    workers[i] = (Worker) { &work, i, i == 0 ? report : NULL, 0 };
  for (guint i = 1; i < n_threads; i++)
    threads[i] = g_thread_try_new ("engram-units", work_on_units, &workers[i], NULL);
  /* Also what no thread could be had for. */
  work_on_units (&workers[0]);
  for (guint i = 1; i < n_threads; i++)
    if (threads[i] != NULL)
      g_thread_join (threads[i]);
  g_mutex_clear (&work.mutex);
  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}
