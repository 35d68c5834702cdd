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
typedef struct _Write Write;

typedef gboolean (*WriteFunc) (Write         *self,
                               EngramHistory *history,
                               EngramJob     *job,
                               GCancellable  *cancellable,
                               GError       **error);

struct _Write {
  EngramWrites      *writes;
  EngramDatabase    *database;
  WriteFunc          func;
  GTask             *task; /* of an edit, or NULL */
  EngramEdit        *edit;
  EngramRowSet      *rows[2];
  EngramRecordKind   kind;
  EngramBatchEdit    batch;
  EngramArrangement *arrangement;
  char              *arrangement_label;
  gboolean           undoable;

  EngramEditResult   result;
  char              *undo_label; /* what can be undone and redone after it */
  char              *redo_label;
  GError            *steps_error; /* why these are not known */
};

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

/* A batch edit with texts of its own */

static void
batch_copy (EngramBatchEdit       *self,
            const EngramBatchEdit *other)
{
  *self = *other;
  self->type = g_strdup (other->type);
  self->add_tags = (const char * const *) g_strdupv ((char **) other->add_tags);
  self->remove_tags = (const char * const *) g_strdupv ((char **) other->remove_tags);
  self->metadata_name = g_strdup (other->metadata_name);
  self->metadata_json = g_strdup (other->metadata_json);
}

static void
batch_clear (EngramBatchEdit *self)
{
  g_free ((char *) self->type);
  g_strfreev ((char **) self->add_tags);
  g_strfreev ((char **) self->remove_tags);
  g_free ((char *) self->metadata_name);
  g_free ((char *) self->metadata_json);
}

static void
write_free (gpointer data)
{
  Write *self = data;

  g_clear_object (&self->task);
  g_clear_pointer (&self->edit, engram_edit_free);
  for (guint i = 0; i < G_N_ELEMENTS (self->rows); i++)
    g_clear_pointer (&self->rows[i], engram_row_set_unref);
  batch_clear (&self->batch);
  g_clear_pointer (&self->arrangement, engram_arrangement_unref);
  g_free (self->arrangement_label);
  engram_edit_result_clear (&self->result);
  g_free (self->undo_label);
  g_free (self->redo_label);
  g_clear_error (&self->steps_error);
  g_object_unref (self->database);
  writes_unref (self->writes);
  g_free (self);
}

/* In the worker */

/* The history is opened when it is first asked for, which may wait for the disk. */
static EngramHistory *
get_history (Write         *self,
             GCancellable  *cancellable,
             GError       **error)
{
  EngramWrites *writes = self->writes;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&writes->mutex);

  if (writes->history == NULL)
    writes->history = engram_history_open (self->database, NULL, cancellable, error);
  return writes->history;
}

static char *
dup_first_label (GPtrArray *steps)
{
  return steps->len > 0 ? g_strdup (((const EngramHistoryStep *) g_ptr_array_index (steps, 0))->label) : NULL;
}

static void
read_steps (Write          *self,
            EngramHistory  *history,
            GError        **error)
{
  g_autoptr (GPtrArray) undo = NULL;
  g_autoptr (GPtrArray) redo = NULL;

  if (!engram_history_get_steps (history, &undo, &redo, error))
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
  EngramHistory *history = get_history (self, cancellable, error);

  if (history == NULL || (self->func != NULL && !self->func (self, history, job, cancellable, error)))
    return FALSE;
  /* What was done is done, also where the history cannot say what comes next. */
  read_steps (self, history, &self->steps_error);
  return TRUE;
}

static gboolean
write_edit (Write         *self,
            EngramHistory *history,
            EngramJob     *job,
            GCancellable  *cancellable,
            GError       **error)
{
  return engram_edit_apply (self->edit, self->database, history, &self->result, cancellable, error);
}

static gboolean
write_delete (Write         *self,
              EngramHistory *history,
              EngramJob     *job,
              GCancellable  *cancellable,
              GError       **error)
{
  return engram_edit_delete_rows (self->database, history, self->rows[ENGRAM_RECORD_NEURON],
                                  self->rows[ENGRAM_RECORD_SYNAPSE], &self->result, engram_job_progress, job,
                                  cancellable, error);
}

static gboolean
write_batch (Write         *self,
             EngramHistory *history,
             EngramJob     *job,
             GCancellable  *cancellable,
             GError       **error)
{
  if (self->kind == ENGRAM_RECORD_NEURON)
    return engram_batch_edit_neurons (self->database, history, self->rows[self->kind], &self->batch, &self->result,
                                      engram_job_progress, job, cancellable, error);
  return engram_batch_edit_synapses (self->database, history, self->rows[self->kind], &self->batch, &self->result,
                                     engram_job_progress, job, cancellable, error);
}

/* What was not done is told too: the label stands in the window when it is over. */
static char *
make_arranged_label (const EngramRearrangement *done)
{
  gulong n_left = (gulong) done->n_left;
  g_autofree char *left = g_strdup_printf (ngettext ("%lu neuron stays where another program has put it",
                                                     "%lu neurons stay where another program has put them", n_left),
                                           n_left);

  if (done->n_left == 0)
    return g_strdup (done->label);
  /* Translators: what was done, "Move 12 neurons", and what was not, "3 neurons stay where ... has put them". */
  return done->label != NULL ? g_strdup_printf (_("%s; %s"), done->label, left) : g_steal_pointer (&left);
}

static gboolean
write_arrangement (Write         *self,
                   EngramHistory *history,
                   EngramJob     *job,
                   GCancellable  *cancellable,
                   GError       **error)
{
  g_auto (EngramRearrangement) done = { 0 };

  if (!engram_rearrange (self->database, history, self->arrangement, self->arrangement_label, &done,
                         engram_job_progress, job, cancellable, error))
    return FALSE;
  self->result.neurons_changed = done.n_moved;
  self->result.label = make_arranged_label (&done);
  self->undoable = done.label != NULL;
  return TRUE;
}

static void
set_step_label (Write                   *self,
                const char              *format,
                const EngramHistoryStep *step)
{
  g_autoptr (GString) label = g_string_new (format);

  g_string_replace (label, "%s", step->label, 1);
  self->result.label = g_string_free (g_steal_pointer (&label), FALSE);
}

static gboolean
write_undo (Write         *self,
            EngramHistory *history,
            EngramJob     *job,
            GCancellable  *cancellable,
            GError       **error)
{
  g_autoptr (EngramHistoryStep) step = NULL;

  if (!engram_history_undo (history, &step, engram_job_progress, job, cancellable, error))
    return FALSE;
  /* Translators: the name of a step of the history, "Delete 12 neurons". */
  set_step_label (self, _("Undone: %s"), step);
  return TRUE;
}

static gboolean
write_redo (Write         *self,
            EngramHistory *history,
            EngramJob     *job,
            GCancellable  *cancellable,
            GError       **error)
{
  g_autoptr (EngramHistoryStep) step = NULL;

  if (!engram_history_redo (history, &step, engram_job_progress, job, cancellable, error))
    return FALSE;
  /* Translators: the name of a step of the history, "Delete 12 neurons". */
  set_step_label (self, _("Done again: %s"), step);
  return TRUE;
}

/* The queue */

static void start_next (EngramWrites *self);

/* Whether the caller of an edit shows the error where the value stands. */
static gboolean
is_callers (const GError *error)
{
  return g_error_matches (error, ENGRAM_ERROR, ENGRAM_ERROR_CHANGED) ||
         g_error_matches (error, ENGRAM_ERROR, ENGRAM_ERROR_INVALID);
}

/* Where nobody is left to be told. */
static void
log_failure (const char   *title,
             const GError *error)
{
  g_message ("%s failed after the network was closed: %s", title, error->message);
}

static void
tell_end (EngramWrites *self,
          EngramJob    *job,
          Write        *write)
{
  const GError *error = engram_job_get_error (job);
  gboolean is_silent = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
                       (write->task != NULL && is_callers (error));

  if (self->user_data == NULL && error != NULL && !is_silent)
    log_failure (engram_job_get_title (job), error);
  if (self->user_data == NULL)
    return;
  if (error == NULL)
    self->funcs->steps_known (write->undo_label, write->redo_label, self->user_data);
  if (error == NULL && write->func == write_delete)
    self->funcs->deleted (write->rows[ENGRAM_RECORD_NEURON], write->rows[ENGRAM_RECORD_SYNAPSE], self->user_data);
  if (error == NULL)
    error = write->steps_error;
  self->funcs->ended (engram_job_get_title (job), write->result.label, write->undoable, is_silent ? NULL : error,
                      self->user_data);
}

static void
job_ended_cb (EngramJob    *job,
              EngramWrites *self)
{
  Write *write = engram_job_get_data (job);
  const GError *error = engram_job_get_error (job);
  g_autoptr (GTask) task = NULL;

  g_clear_object (&self->running);
  tell_end (self, job, write);
  /* It keeps the session, and the job's last reference may be the worker's. */
  task = g_steal_pointer (&write->task);
  if (task != NULL && error != NULL)
    g_task_return_error (task, g_error_copy (error));
  else if (task != NULL)
    g_task_return_boolean (task, TRUE);
  start_next (self);
  if (self->running == NULL && self->user_data != NULL)
    self->funcs->busy (FALSE, self->user_data);
}

static void
start_next (EngramWrites *self)
{
  g_autoptr (EngramJob) job = NULL;

  if (self->running != NULL)
    return;
  job = g_queue_pop_head (&self->waiting);
  if (job == NULL)
    return;
  self->running = g_object_ref (job);
  g_signal_connect_data (job, "ended", G_CALLBACK (job_ended_cb), writes_ref (self),
                         (GClosureNotify) (GCallback) writes_unref, 0);
  engram_job_start (job);
  if (self->user_data != NULL)
    self->funcs->started (job, self->user_data);
}

static Write *
write_new (EngramWrites *self,
           WriteFunc     func)
{
  Write *write = g_new0 (Write, 1);

  write->writes = writes_ref (self);
  write->database = g_object_ref (self->database);
  write->func = func;
  return write;
}

static void
add (EngramWrites *self,
     Write        *write,
     const char   *title)
{
  gboolean was_idle = !engram_writes_is_busy (self);

  g_queue_push_tail (&self->waiting, engram_job_new (title, work, write, write_free));
  start_next (self);
  if (was_idle && engram_writes_is_busy (self) && self->user_data != NULL)
    self->funcs->busy (TRUE, self->user_data);
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
  add (self, write_new (self, NULL), _("Reading the history"));
  return self;
}

/* What the person has asked for is done, whether a window shows it or not: the job that runs keeps the queue. */
void
engram_writes_close (EngramWrites *self)
{
  self->user_data = NULL;
  writes_unref (self);
}

void
engram_session_pass_on (EngramSession *self,
                        const GError  *error)
{
  g_return_if_fail (ENGRAM_IS_SESSION (self));
  g_return_if_fail (error != NULL);

  if (!is_callers (error))
    return;
  if (engram_session_get_database (self) != NULL)
    g_signal_emit_by_name (self, "failed", _("Saving the change"), error);
  else
    log_failure (_("Saving the change"), error);
}

void
engram_writes_apply (EngramWrites *self,
                     EngramEdit   *edit,
                     GTask        *task)
{
  Write *write = write_new (self, write_edit);

  write->edit = edit;
  write->task = g_object_ref (task);
  write->undoable = TRUE;
  add (self, write, _("Saving the change"));
}

void
engram_writes_delete (EngramWrites *self,
                      EngramRowSet *neurons,
                      EngramRowSet *synapses)
{
  Write *write = write_new (self, write_delete);
  gsize n_neurons = neurons != NULL ? engram_row_set_get_size (neurons) : 0;
  gsize n_synapses = synapses != NULL ? engram_row_set_get_size (synapses) : 0;
  g_autofree char *title = NULL;

  write->rows[ENGRAM_RECORD_NEURON] = neurons != NULL ? engram_row_set_ref (neurons) : NULL;
  write->rows[ENGRAM_RECORD_SYNAPSE] = synapses != NULL ? engram_row_set_ref (synapses) : NULL;
  write->undoable = TRUE;
  title = n_neurons > 0
            ? g_strdup_printf (ngettext ("Deleting %zu neuron", "Deleting %zu neurons", n_neurons), n_neurons)
            : g_strdup_printf (ngettext ("Deleting %zu synapse", "Deleting %zu synapses", n_synapses), n_synapses);
  add (self, write, title);
}

void
engram_writes_batch_edit (EngramWrites          *self,
                          EngramRecordKind       kind,
                          EngramRowSet          *rows,
                          const EngramBatchEdit *edit)
{
  Write *write = write_new (self, write_batch);
  gsize n_rows = engram_row_set_get_size (rows);
  g_autofree char *title = NULL;

  write->kind = kind;
  write->rows[kind] = engram_row_set_ref (rows);
  batch_copy (&write->batch, edit);
  write->undoable = TRUE;
  title = kind == ENGRAM_RECORD_NEURON
            ? g_strdup_printf (ngettext ("Changing %zu neuron", "Changing %zu neurons", n_rows), n_rows)
            : g_strdup_printf (ngettext ("Changing %zu synapse", "Changing %zu synapses", n_rows), n_rows);
  add (self, write, title);
}

void
engram_writes_arrange (EngramWrites      *self,
                       EngramArrangement *arrangement,
                       const char        *label)
{
  Write *write = write_new (self, write_arrangement);
  gulong n_neurons = arrangement->n_neurons;
  g_autofree char *title = g_strdup_printf (ngettext ("Moving %lu neuron", "Moving %lu neurons", n_neurons), n_neurons);

  write->arrangement = engram_arrangement_ref (arrangement);
  write->arrangement_label = g_strdup (label);
  add (self, write, title);
}

void
engram_writes_undo (EngramWrites *self)
{
  add (self, write_new (self, write_undo), _("Undoing"));
}

void
engram_writes_redo (EngramWrites *self)
{
  add (self, write_new (self, write_redo), _("Redoing"));
}

gboolean
engram_writes_is_busy (EngramWrites *self)
{
  const Write *write = self->running != NULL ? engram_job_get_data (self->running) : NULL;

  /* Reading the history writes nothing. */
  return (write != NULL && write->func != NULL) || !g_queue_is_empty (&self->waiting);
}
