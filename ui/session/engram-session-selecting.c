/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "session/engram-session-private.h"

/* What is selected follows what is written: a list forgets what is gone from it, but not what a filter only hides, for
 * it cannot tell them apart. */

void
engram_session_unselect (EngramSession    *self,
                         EngramRecordKind  kind,
                         EngramRowSet     *rows)
{
  EngramSelection *selection = engram_session_get_selection (self);
  g_autoptr (EngramRowSet) left = NULL;

  if (rows == NULL)
    return;
  left = engram_row_set_subtract (engram_selection_get (selection, kind), rows);
  engram_selection_set (selection, kind, left);
}

typedef struct {
  EngramDatabase   *database;
  EngramRecordKind  kind;
  EngramRowSet     *rows;
} Look;

static void
look_free (gpointer data)
{
  Look *self = data;

  g_clear_object (&self->database);
  engram_row_set_unref (self->rows);
  g_free (self);
}

static void
look_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  Look *self = data;
  GError *error = NULL;
  EngramRowSet *gone = engram_row_ids_list_gone (self->database, self->kind, self->rows, cancellable, &error);

  /* The task goes only when the main thread comes to it, and the network may be about to be closed. */
  g_clear_object (&self->database);
  if (gone != NULL)
    g_task_return_pointer (task, gone, (GDestroyNotify) engram_row_set_unref);
  else
    g_task_return_error (task, error);
}

static void
looked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  EngramSession *self = ENGRAM_SESSION (source);
  const Look *look = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramRowSet) gone = g_task_propagate_pointer (G_TASK (result), &error);

  if (gone != NULL)
    engram_session_unselect (self, look->kind, gone);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_message ("It is not known what is still there of what is selected: %s", error->message);
}

static void
unselect_gone_of (EngramSession    *self,
                  EngramRecordKind  kind)
{
  EngramRowSet *rows = engram_selection_get (engram_session_get_selection (self), kind);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GTask) task = NULL;
  Look *look;

  if (engram_row_set_get_size (rows) == 0)
    return;
  look = g_new0 (Look, 1);
  look->database = g_object_ref (engram_session_get_database (self));
  look->kind = kind;
  look->rows = engram_row_set_ref (rows);
  task = g_task_new (self, cancellable, looked_cb, NULL);
  g_task_set_source_tag (task, engram_session_unselect_gone);
  g_task_set_task_data (task, look, look_free);
  g_signal_connect_object (self, "closing", G_CALLBACK (g_cancellable_cancel), cancellable, G_CONNECT_SWAPPED);
  g_task_run_in_thread (task, look_thread);
}

void
engram_session_unselect_gone (EngramSession *self)
{
  if (engram_session_get_database (self) == NULL)
    return;
  unselect_gone_of (self, ENGRAM_RECORD_NEURON);
  unselect_gone_of (self, ENGRAM_RECORD_SYNAPSE);
}
