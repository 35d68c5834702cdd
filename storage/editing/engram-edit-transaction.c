/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "editing/engram-edit-private.h"

#include <glib/gi18n-lib.h>

#include "model/engram-time.h"

static gboolean
finish (EngramEditTransaction  *self,
        gboolean                commit,
        GError                **error)
{
  gboolean committed = engram_store_end_write (&self->write, commit, error);

  if (self->recording != NULL)
    engram_history_end (self->recording, committed);
  g_clear_pointer (&self->write.insert_sql, g_free);
  g_clear_pointer (&self->now, g_free);
  return committed;
}

gboolean
engram_edit_begin (EngramEditTransaction  *self,
                   EngramDatabase         *database,
                   EngramHistory          *history,
                   const char             *name,
                   GCancellable           *cancellable,
                   GError                **error)
{
  *self = (EngramEditTransaction) { .now = engram_time_now () };
  if (!engram_store_begin_write (&self->write, database, self->now, cancellable, error))
    {
      g_clear_pointer (&self->now, g_free);
      return FALSE;
    }
  self->recording = engram_history_begin (history, self->write.writer, name, error);
  if (self->recording != NULL)
    return TRUE;
  finish (self, FALSE, NULL);
  return FALSE;
}

static void
report_finishing (const char *phase,
                  double      fraction,
                  gpointer    transaction)
{
  const EngramEditTransaction *self = transaction;

  self->progress (phase, self->done + fraction * (1 - self->done), self->user_data);
}

void
engram_edit_finishing (EngramEditTransaction *self,
                       EngramProgressFunc     progress,
                       gpointer               user_data,
                       double                 done)
{
  if (progress == NULL)
    return;
  self->progress = progress;
  self->user_data = user_data;
  self->done = done;
  report_finishing (_("Finishing"), 0, self);
  engram_history_set_progress (self->recording, report_finishing, self);
}

gboolean
engram_edit_end (EngramEditTransaction  *self,
                 gboolean                done,
                 const char             *label,
                 GError                **error)
{
  gboolean commit = done && label != NULL;

  if (commit)
    commit = done = engram_history_prepare (self->recording, label, error);
  if (!commit)
    {
      finish (self, FALSE, NULL);
      return done;
    }
  return finish (self, TRUE, error);
}
