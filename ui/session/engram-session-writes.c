/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "session/engram-session-private.h"

#include <glib/gi18n.h>

struct _EngramWrites {
  gatomicrefcount          references;
  EngramDatabase          *database;
  const EngramWritesFuncs *funcs;
  gpointer                 user_data; /* NULL once closed */
  GQueue                   waiting;   /* EngramJob of a Write */
  EngramJob               *running;

  GMutex                   mutex; /* guards: */
  EngramHistory           *history;
};

/* What a job writes. */
typedef struct {
  EngramWrites      *writes;
  EngramDatabase    *database;
  EngramSessionFunc  func;
  EngramWriteFlags   flags;

  char              *undo_label; /* what can be undone and redone after it */
  char              *redo_label;
  GError            *steps_error; /* why these are not known */
} Write;

static EngramWrites *
writes_ref (EngramWrites *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

static void
writes_unref (EngramWrites *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_clear_object (&self->history);
  g_clear_object (&self->database);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

static void
write_free (gpointer data)
{
  Write *self = data;

  g_free (self->undo_label);
  g_free (self->redo_label);
  g_clear_error (&self->steps_error);
  g_clear_object (&self->database);
  g_clear_pointer (&self->writes, writes_unref);
  g_free (self);
}

/* In the worker */

/* The history is opened when it is first asked for, which may wait for the disk. */
static EngramHistory *
ref_history (Write         *self,
             GCancellable  *cancellable,
             GError       **error)
{
  EngramWrites *writes = self->writes;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&writes->mutex);

  if (writes->history == NULL)
    writes->history = engram_history_open (self->database, NULL, cancellable, error);
  return writes->history != NULL ? g_object_ref (writes->history) : NULL;
}

/* The history of another network is another one. */
static void
forget_history (Write *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->writes->mutex);

  g_clear_object (&self->writes->history);
}

static char *
dup_first_label (GPtrArray *steps)
{
  return steps->len > 0 ? g_strdup (((const EngramHistoryStep *) g_ptr_array_index (steps, 0))->label) : NULL;
}

static void
read_steps (Write         *self,
            GCancellable  *cancellable,
            GError       **error)
{
  g_autoptr (EngramHistory) history = ref_history (self, cancellable, error);
  g_autoptr (GPtrArray) undo = NULL;
  g_autoptr (GPtrArray) redo = NULL;

  if (history == NULL || !engram_history_get_steps (history, &undo, &redo, error))
    return;
  self->undo_label = dup_first_label (undo);
  self->redo_label = dup_first_label (redo);
}

static gboolean
work (EngramJob     *job,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  Write *self = data;
  g_autoptr (EngramHistory) history = ref_history (self, cancellable, error);

  if (history == NULL ||
      (self->func != NULL && !self->func (job, self->database, history, engram_session_job_get_data (job), cancellable, error)))
    {
      engram_error_name_users (error, engram_database_get_path (self->database));
      return FALSE;
    }
  g_clear_object (&history);
  if ((self->flags & ENGRAM_WRITE_REPLACES) != 0)
    forget_history (self);
  /* What was done is done, also where the history cannot say what comes next. */
  read_steps (self, NULL, &self->steps_error);
  return TRUE;
}

/* The queue */

static void start_next (EngramWrites *self);

gboolean
engram_writes_is_callers_error (const GError *error)
{
  return g_error_matches (error, ENGRAM_ERROR, ENGRAM_ERROR_CHANGED) ||
         g_error_matches (error, ENGRAM_ERROR, ENGRAM_ERROR_INVALID);
}

/* Whether nobody else than its caller is to be told of an error. */
static gboolean
is_silent (EngramJob    *job,
           const Write  *write,
           const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || engram_job_is_attended (job) ||
         ((write->flags & ENGRAM_WRITE_CALLERS_ERRORS) != 0 && engram_writes_is_callers_error (error));
}

static void
tell_end (EngramWrites *self,
          EngramJob    *job,
          Write        *write)
{
  const GError *error = engram_job_get_error (job);
  gboolean silent = is_silent (job, write, error);

  if (self->user_data == NULL && error != NULL && !silent)
    g_message ("%s failed after the network was closed: %s", engram_job_get_title (job), error->message);
  if (self->user_data == NULL)
    return;
  if (error == NULL)
    self->funcs->steps_known (write->undo_label, write->redo_label, self->user_data);
  if (error == NULL)
    error = write->steps_error;
  self->funcs->ended (engram_job_get_title (job), engram_job_get_outcome (job), engram_job_is_undoable (job),
                      silent ? NULL : error, self->user_data);
}

static void
tell_waiting (EngramWrites *self)
{
  EngramJob *before = self->running;

  for (GList *link = self->waiting.head; link != NULL; link = link->next)
    {
      engram_job_set_waiting_for (link->data, before);
      before = link->data;
    }
}

static void
let_go (EngramJob *job)
{
  Write *write = engram_job_get_data (job);

  g_clear_object (&write->database);
  g_clear_pointer (&write->writes, writes_unref);
  engram_session_job_let_go (job);
}

static void
job_ended_cb (EngramJob    *job,
              EngramWrites *self)
{
  if (self->running == job)
    g_clear_object (&self->running);
  else if (g_queue_remove (&self->waiting, job))
    g_object_unref (job);
  tell_end (self, job, engram_job_get_data (job));
  start_next (self);
  if (self->running == NULL && self->user_data != NULL)
    self->funcs->busy (FALSE, self->user_data);
  let_go (job);
  g_signal_handlers_disconnect_by_func (job, job_ended_cb, self);
}

static void
start_next (EngramWrites *self)
{
  if (self->running == NULL)
    {
      self->running = g_queue_pop_head (&self->waiting);
      if (self->running != NULL)
        engram_job_start (self->running);
    }
  if (self->running != NULL)
    tell_waiting (self);
}

EngramJob *
engram_writes_add (EngramWrites      *self,
                   const char        *title,
                   EngramSessionFunc  func,
                   gpointer           data,
                   GDestroyNotify     free_data,
                   EngramWriteFlags   flags)
{
  gboolean was_busy = engram_writes_is_busy (self);
  Write *write = g_new0 (Write, 1);
  g_autoptr (EngramJob) job = engram_job_new (title, work, write, write_free);

  write->writes = writes_ref (self);
  write->database = g_object_ref (self->database);
  write->func = func;
  write->flags = flags;
  engram_session_job_set_data (job, data, free_data);
  engram_job_set_background (job, (flags & ENGRAM_WRITE_SMALL) != 0);
  g_signal_connect_data (job, "ended", G_CALLBACK (job_ended_cb), writes_ref (self),
                         (GClosureNotify) (GCallback) writes_unref, G_CONNECT_AFTER);
  g_queue_push_tail (&self->waiting, g_object_ref (job));
  start_next (self);
  if (self->user_data != NULL)
    self->funcs->added (job, self->user_data);
  if (!was_busy && engram_writes_is_busy (self) && self->user_data != NULL)
    self->funcs->busy (TRUE, self->user_data);
  return g_steal_pointer (&job);
}

EngramWrites *
engram_writes_new (EngramDatabase          *database,
                   const EngramWritesFuncs *funcs,
                   gpointer                 user_data)
{
  EngramWrites *self = g_new0 (EngramWrites, 1);

  g_atomic_ref_count_init (&self->references);
  g_mutex_init (&self->mutex);
  self->database = g_object_ref (database);
  self->funcs = funcs;
  self->user_data = user_data;
  /* What can be undone is known once the history has been read. */
  g_object_unref (engram_writes_add (self, _("Reading the history"), NULL, NULL, NULL, ENGRAM_WRITE_SMALL));
  return self;
}

/* What the person has asked for is done, whether a window shows it or not: the job that runs keeps the queue. */
void
engram_writes_close (EngramWrites *self)
{
  self->user_data = NULL;
  writes_unref (self);
}

gboolean
engram_writes_is_busy (EngramWrites *self)
{
  const Write *write = self->running != NULL ? engram_job_get_data (self->running) : NULL;

  /* Reading the history writes nothing. */
  return (write != NULL && write->func != NULL) || !g_queue_is_empty (&self->waiting);
}
