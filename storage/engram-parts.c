/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "engram-parts-private.h"

typedef struct {
  const EngramParts *parts;
  guint              next;      /* atomic */
  gboolean           is_over;   /* atomic: nobody begins another part */
  GMutex             mutex;     /* guards: */
  GError            *error;     /* the first */
} Work;

typedef struct {
  Work  *work;
  guint  thread;
} Worker;

guint
engram_parts_count_threads (void)
{
  return CLAMP (g_get_num_processors (), 1, ENGRAM_PARTS_MAX_THREADS);
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
  g_atomic_int_set (&work->is_over, TRUE);
}

static void
report (const EngramParts *parts,
        guint              n_done)
{
  if (parts->progress != NULL)
    parts->progress (parts->phase, parts->from + (parts->to - parts->from) * n_done / parts->n_parts,
                     parts->user_data);
}

static gpointer
do_parts (gpointer data)
{
  Worker *worker = data;
  Work *work = worker->work;
  const EngramParts *parts = work->parts;

  while (!g_atomic_int_get (&work->is_over))
    {
      guint part = (guint) g_atomic_int_add (&work->next, 1);
      GError *error = NULL;

      if (part >= parts->n_parts)
        break;
      if (g_cancellable_set_error_if_cancelled (parts->cancellable, &error) ||
          !parts->func (worker->thread, part, parts->data, &error))
        keep_first_error (work, error);
      else if (worker->thread == 0)
        report (parts, part + 1);
    }
  return NULL;
}

gboolean
engram_parts_do (const EngramParts  *self,
                 GError            **error)
{
  Work work = { .parts = self };
  Worker workers[ENGRAM_PARTS_MAX_THREADS];
  GThread *threads[ENGRAM_PARTS_MAX_THREADS] = { NULL };
  guint n_threads = CLAMP (self->n_parts, 1, MIN (self->n_threads, ENGRAM_PARTS_MAX_THREADS));

  report (self, 0);
  g_mutex_init (&work.mutex);
  for (guint i = 0; i < n_threads; i++)
    {
      workers[i] = (Worker) { &work, i };
      if (i > 0)
        threads[i] = g_thread_new (self->name, do_parts, &workers[i]);
    }
  do_parts (&workers[0]);
  for (guint i = 1; i < n_threads; i++)
    g_thread_join (threads[i]);
  g_mutex_clear (&work.mutex);

  if (work.error == NULL)
    return TRUE;
  g_propagate_error (error, work.error);
  return FALSE;
}
