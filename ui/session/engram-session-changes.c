/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "session/engram-session-private.h"

#include <glib/gi18n.h>

/* Whether there is something to write to; what is written turns editing on. */
static gboolean
begin_writing (EngramSession *self)
{
  if (!engram_session_get_editable (self))
    return FALSE;
  engram_session_set_editing (self, TRUE);
  return TRUE;
}

/* Writing and reading */

#define JOB_DATA "engram-session-data"

void
engram_session_job_set_data (EngramJob      *job,
                             gpointer        data,
                             GDestroyNotify  free_data)
{
  g_object_set_data_full (G_OBJECT (job), JOB_DATA, data, free_data);
}

static void
drop_data_cb (gpointer user_data)
{
  g_autoptr (EngramJob) job = user_data;

  g_object_set_data (G_OBJECT (job), JOB_DATA, NULL);
}

/* A list of what was done keeps the job, but no network open, and nothing large. Whoever hears of the end may still look
 * at the data. */
void
engram_session_job_let_go (EngramJob *job)
{
  g_idle_add_once (drop_data_cb, g_object_ref (job));
}

gpointer
engram_session_job_get_data (EngramJob *job)
{
  g_return_val_if_fail (ENGRAM_IS_JOB (job), NULL);

  return g_object_get_data (G_OBJECT (job), JOB_DATA);
}

/* Rows of before mean others now, or none. */
static void
replaced_cb (EngramSession *self,
             EngramJob     *job)
{
  if (engram_job_get_state (job) != ENGRAM_JOB_DONE)
    return;
  engram_selection_forget (engram_session_get_selection (self));
  if (engram_session_get_analyses (self) != NULL)
    engram_analyses_forget (engram_session_get_analyses (self));
}

/* Whatever was done: a step that is undone takes away what it had brought, one that is redone what it takes. */
static void
written_cb (EngramSession *self,
            EngramJob     *job)
{
  if (engram_job_get_state (job) == ENGRAM_JOB_DONE)
    engram_session_unselect_gone (self);
}

EngramJob *
engram_session_write (EngramSession     *self,
                      const char        *title,
                      EngramSessionFunc  func,
                      gpointer           data,
                      GDestroyNotify     free_data,
                      EngramWriteFlags   flags)
{
  EngramJob *job;

  g_return_val_if_fail (ENGRAM_IS_SESSION (self), NULL);
  g_return_val_if_fail (engram_session_get_database (self) != NULL, NULL);
  g_return_val_if_fail (title != NULL && func != NULL, NULL);

  job = engram_writes_add (engram_session_get_writes (self), title, func, data, free_data, flags);
  g_signal_connect_object (job, "ended",
                           G_CALLBACK ((flags & ENGRAM_WRITE_REPLACES) != 0 ? replaced_cb : written_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  return job;
}

typedef struct {
  EngramDatabase    *database;
  EngramSessionFunc  func;
} Reading;

static void
reading_free (gpointer data)
{
  Reading *self = data;

  g_clear_object (&self->database);
  g_free (self);
}

static void
read_cb (EngramJob *job,
         gpointer   reading)
{
  g_clear_object (&((Reading *) reading)->database);
  engram_session_job_let_go (job);
}

static gboolean
read_network (EngramJob     *job,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  const Reading *self = data;

  if (self->func (job, self->database, NULL, engram_session_job_get_data (job), cancellable, error))
    return TRUE;
  engram_error_name_users (error, engram_database_get_path (self->database));
  return FALSE;
}

EngramJob *
engram_session_read (EngramSession     *self,
                     const char        *title,
                     EngramSessionFunc  func,
                     gpointer           data,
                     GDestroyNotify     free_data)
{
  Reading *reading;
  EngramJob *job;

  g_return_val_if_fail (ENGRAM_IS_SESSION (self), NULL);
  g_return_val_if_fail (engram_session_get_database (self) != NULL, NULL);
  g_return_val_if_fail (title != NULL && func != NULL, NULL);

  reading = g_new0 (Reading, 1);
  reading->database = g_object_ref (engram_session_get_database (self));
  reading->func = func;
  job = engram_job_new (title, read_network, reading, reading_free);
  engram_session_job_set_data (job, data, free_data);
  g_signal_connect_after (job, "ended", G_CALLBACK (read_cb), reading);
  engram_job_start (job);
  g_signal_emit_by_name (self, "job-added", job);
  return job;
}

/* One edit */

typedef struct {
  EngramEdit       *edit;
  EngramEditResult  result;
} Editing;

static void
editing_free (gpointer data)
{
  Editing *self = data;

  engram_edit_free (self->edit);
  engram_edit_result_clear (&self->result);
  g_free (self);
}

static gboolean
write_edit (EngramJob      *job,
            EngramDatabase *database,
            EngramHistory  *history,
            gpointer        data,
            GCancellable   *cancellable,
            GError        **error)
{
  Editing *self = data;

  if (!engram_edit_apply (self->edit, database, history, &self->result, cancellable, error))
    return FALSE;
  engram_job_set_outcome (job, self->result.label, TRUE);
  return TRUE;
}

static void
edited_cb (EngramJob *job,
           gpointer   user_data)
{
  g_autoptr (GTask) task = user_data;
  const GError *error = engram_job_get_error (job);

  if (error != NULL)
    g_task_return_error (task, g_error_copy (error));
  else
    g_task_return_boolean (task, TRUE);
}

void
engram_session_apply_async (EngramSession       *self,
                            EngramEdit          *edit,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (EngramJob) job = NULL;
  Editing *editing;

  g_return_if_fail (ENGRAM_IS_SESSION (self));
  g_return_if_fail (edit != NULL);

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, engram_session_apply_async);
  if (engram_session_get_database (self) == NULL)
    {
      engram_edit_free (edit);
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The network was closed.");
      return;
    }
  editing = g_new0 (Editing, 1);
  editing->edit = edit;
  job = engram_writes_add (engram_session_get_writes (self), _("Saving the change"), write_edit, editing, editing_free,
                           ENGRAM_WRITE_SMALL | ENGRAM_WRITE_CALLERS_ERRORS);
  /* After the queue, which tells what was done before. */
  g_signal_connect_after (job, "ended", G_CALLBACK (edited_cb), g_steal_pointer (&task));
}

gboolean
engram_session_apply_finish (EngramSession  *self,
                             GAsyncResult   *result,
                             GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
engram_session_pass_on (EngramSession *self,
                        const GError  *error)
{
  g_return_if_fail (ENGRAM_IS_SESSION (self));
  g_return_if_fail (error != NULL);

  if (!engram_writes_is_callers_error (error))
    return;
  if (engram_session_get_database (self) != NULL)
    g_signal_emit_by_name (self, "failed", _("Saving the change"), error);
  else
    g_message ("%s failed after the network was closed: %s", _("Saving the change"), error->message);
}

/* Deleting */

typedef struct {
  EngramRowSet *neurons;
  EngramRowSet *synapses;
} Deletion;

static void
deletion_free (gpointer data)
{
  Deletion *self = data;

  g_clear_pointer (&self->neurons, engram_row_set_unref);
  g_clear_pointer (&self->synapses, engram_row_set_unref);
  g_free (self);
}

static gboolean
write_deletion (EngramJob      *job,
                EngramDatabase *database,
                EngramHistory  *history,
                gpointer        data,
                GCancellable   *cancellable,
                GError        **error)
{
  Deletion *self = data;
  gsize n_neurons = self->neurons != NULL ? engram_row_set_get_size (self->neurons) : 0;
  gsize n_synapses = self->synapses != NULL ? engram_row_set_get_size (self->synapses) : 0;
  g_auto (EngramEditResult) result = { 0 };

  engram_job_set_amount (job, n_neurons > 0 ? n_neurons : n_synapses,
                         n_neurons > 0 ? ENGRAM_JOB_UNIT_NEURONS : ENGRAM_JOB_UNIT_SYNAPSES);
  if (!engram_edit_delete_rows (database, history, self->neurons, self->synapses, &result, engram_job_progress, job,
                                cancellable, error))
    return FALSE;
  engram_job_set_outcome (job, result.label, TRUE);
  return TRUE;
}

/* At once: what is gone must not be deleted again. */
static void
deleted_cb (EngramSession *self,
            EngramJob     *job)
{
  const Deletion *deletion = engram_session_job_get_data (job);

  if (engram_job_get_state (job) != ENGRAM_JOB_DONE)
    return;
  engram_session_unselect (self, ENGRAM_RECORD_NEURON, deletion->neurons);
  engram_session_unselect (self, ENGRAM_RECORD_SYNAPSE, deletion->synapses);
}

void
engram_session_delete (EngramSession *self,
                       EngramRowSet  *neurons,
                       EngramRowSet  *synapses)
{
  gsize n_neurons = neurons != NULL ? engram_row_set_get_size (neurons) : 0;
  gsize n_synapses = synapses != NULL ? engram_row_set_get_size (synapses) : 0;
  g_autofree char *title = NULL;
  g_autoptr (EngramJob) job = NULL;
  Deletion *deletion;

  g_return_if_fail (ENGRAM_IS_SESSION (self));

  if (!begin_writing (self))
    return;
  deletion = g_new0 (Deletion, 1);
  deletion->neurons = neurons != NULL ? engram_row_set_ref (neurons) : NULL;
  deletion->synapses = synapses != NULL ? engram_row_set_ref (synapses) : NULL;
  title = n_neurons > 0
            ? g_strdup_printf (ngettext ("Deleting %zu neuron", "Deleting %zu neurons", n_neurons), n_neurons)
            : g_strdup_printf (ngettext ("Deleting %zu synapse", "Deleting %zu synapses", n_synapses), n_synapses);
  job = engram_session_write (self, title, write_deletion, deletion, deletion_free, ENGRAM_WRITE_NONE);
  g_signal_connect_object (job, "ended", G_CALLBACK (deleted_cb), self, G_CONNECT_SWAPPED);
}

/* Changing many */

typedef struct {
  EngramRecordKind  kind;
  EngramRowSet     *rows;
  EngramBatchEdit   edit; /* its texts are its own */
} Batch;

static Batch *
batch_new (EngramRecordKind       kind,
           EngramRowSet          *rows,
           const EngramBatchEdit *edit)
{
  Batch *self = g_new0 (Batch, 1);

  self->kind = kind;
  self->rows = engram_row_set_ref (rows);
  self->edit = *edit;
  self->edit.type = g_strdup (edit->type);
  self->edit.add_tags = (const char * const *) g_strdupv ((char **) edit->add_tags);
  self->edit.remove_tags = (const char * const *) g_strdupv ((char **) edit->remove_tags);
  self->edit.metadata_name = g_strdup (edit->metadata_name);
  self->edit.metadata_json = g_strdup (edit->metadata_json);
  return self;
}

static void
batch_free (gpointer data)
{
  Batch *self = data;

  engram_row_set_unref (self->rows);
  g_free ((char *) self->edit.type);
  g_strfreev ((char **) self->edit.add_tags);
  g_strfreev ((char **) self->edit.remove_tags);
  g_free ((char *) self->edit.metadata_name);
  g_free ((char *) self->edit.metadata_json);
  g_free (self);
}

static gboolean
write_batch (EngramJob      *job,
             EngramDatabase *database,
             EngramHistory  *history,
             gpointer        data,
             GCancellable   *cancellable,
             GError        **error)
{
  Batch *self = data;
  gboolean is_neuron = self->kind == ENGRAM_RECORD_NEURON;
  g_auto (EngramEditResult) result = { 0 };
  gboolean done;

  engram_job_set_amount (job, engram_row_set_get_size (self->rows),
                         is_neuron ? ENGRAM_JOB_UNIT_NEURONS : ENGRAM_JOB_UNIT_SYNAPSES);
  done = is_neuron ? engram_batch_edit_neurons (database, history, self->rows, &self->edit, &result,
                                                engram_job_progress, job, cancellable, error)
                   : engram_batch_edit_synapses (database, history, self->rows, &self->edit, &result,
                                                 engram_job_progress, job, cancellable, error);
  if (done)
    engram_job_set_outcome (job, result.label, TRUE);
  return done;
}

void
engram_session_batch_edit (EngramSession         *self,
                           EngramRecordKind       kind,
                           EngramRowSet          *rows,
                           const EngramBatchEdit *edit)
{
  g_autofree char *title = NULL;
  gsize n_rows;

  g_return_if_fail (ENGRAM_IS_SESSION (self));
  g_return_if_fail (rows != NULL && edit != NULL);

  if (!begin_writing (self))
    return;
  n_rows = engram_row_set_get_size (rows);
  title = kind == ENGRAM_RECORD_NEURON
            ? g_strdup_printf (ngettext ("Changing %zu neuron", "Changing %zu neurons", n_rows), n_rows)
            : g_strdup_printf (ngettext ("Changing %zu synapse", "Changing %zu synapses", n_rows), n_rows);
  g_object_unref (engram_session_write (self, title, write_batch, batch_new (kind, rows, edit), batch_free,
                                        ENGRAM_WRITE_NONE));
}

/* New places */

typedef struct {
  EngramArrangement *arrangement;
  char              *label;
} Arranging;

static void
arranging_free (gpointer data)
{
  Arranging *self = data;

  engram_arrangement_unref (self->arrangement);
  g_free (self->label);
  g_free (self);
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
write_arrangement (EngramJob      *job,
                   EngramDatabase *database,
                   EngramHistory  *history,
                   gpointer        data,
                   GCancellable   *cancellable,
                   GError        **error)
{
  Arranging *self = data;
  g_auto (EngramRearrangement) done = { 0 };
  g_autofree char *label = NULL;

  engram_job_set_amount (job, self->arrangement->n_neurons, ENGRAM_JOB_UNIT_NEURONS);
  if (!engram_rearrange (database, history, self->arrangement, self->label, &done, engram_job_progress, job,
                         cancellable, error))
    return FALSE;
  label = make_arranged_label (&done);
  engram_job_set_outcome (job, label, done.label != NULL);
  return TRUE;
}

void
engram_session_arrange (EngramSession     *self,
                        EngramArrangement *arrangement,
                        const char        *label)
{
  g_autofree char *title = NULL;
  Arranging *arranging;
  gulong n_neurons;

  g_return_if_fail (ENGRAM_IS_SESSION (self));
  g_return_if_fail (arrangement != NULL);

  if (!begin_writing (self))
    return;
  arranging = g_new0 (Arranging, 1);
  arranging->arrangement = engram_arrangement_ref (arrangement);
  arranging->label = g_strdup (label);
  n_neurons = arrangement->n_neurons;
  title = g_strdup_printf (ngettext ("Moving %lu neuron", "Moving %lu neurons", n_neurons), n_neurons);
  g_object_unref (engram_session_write (self, title, write_arrangement, arranging, arranging_free, ENGRAM_WRITE_NONE));
}

/* Undoing and redoing */

static void
set_step_outcome (EngramJob               *job,
                  const char              *format,
                  const EngramHistoryStep *step)
{
  g_autoptr (GString) outcome = g_string_new (format);

  g_string_replace (outcome, "%s", step->label, 1);
  engram_job_set_outcome (job, outcome->str, FALSE);
}

/* What cannot be read here is told of by the step itself. */
static void
tell_rows (EngramJob     *job,
           EngramHistory *history,
           gboolean       is_redo)
{
  g_autoptr (GPtrArray) undo = NULL;
  g_autoptr (GPtrArray) redo = NULL;
  GPtrArray *steps;

  if (!engram_history_get_steps (history, &undo, &redo, NULL))
    return;
  steps = is_redo ? redo : undo;
  if (steps->len > 0)
    engram_job_set_amount (job, ((const EngramHistoryStep *) g_ptr_array_index (steps, 0))->rows,
                           ENGRAM_JOB_UNIT_RECORDS);
}

static gboolean
write_undo (EngramJob      *job,
            EngramDatabase *database,
            EngramHistory  *history,
            gpointer        data,
            GCancellable   *cancellable,
            GError        **error)
{
  g_autoptr (EngramHistoryStep) step = NULL;

  tell_rows (job, history, FALSE);
  if (!engram_history_undo (history, &step, engram_job_progress, job, cancellable, error))
    return FALSE;
  /* Translators: the name of a step of the history, "Delete 12 neurons". */
  set_step_outcome (job, _("Undone: %s"), step);
  return TRUE;
}

static gboolean
write_redo (EngramJob      *job,
            EngramDatabase *database,
            EngramHistory  *history,
            gpointer        data,
            GCancellable   *cancellable,
            GError        **error)
{
  g_autoptr (EngramHistoryStep) step = NULL;

  tell_rows (job, history, TRUE);
  if (!engram_history_redo (history, &step, engram_job_progress, job, cancellable, error))
    return FALSE;
  /* Translators: the name of a step of the history, "Delete 12 neurons". */
  set_step_outcome (job, _("Done again: %s"), step);
  return TRUE;
}

void
engram_session_undo (EngramSession *self)
{
  g_return_if_fail (ENGRAM_IS_SESSION (self));

  if (begin_writing (self))
    g_object_unref (engram_session_write (self, _("Undoing"), write_undo, NULL, NULL, ENGRAM_WRITE_NONE));
}

void
engram_session_redo (EngramSession *self)
{
  g_return_if_fail (ENGRAM_IS_SESSION (self));

  if (begin_writing (self))
    g_object_unref (engram_session_write (self, _("Redoing"), write_redo, NULL, NULL, ENGRAM_WRITE_NONE));
}
