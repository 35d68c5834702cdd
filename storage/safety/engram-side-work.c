/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "safety/engram-side-work-private.h"

static void
follow (GCancellable *cancellable,
        gpointer      stop)
{
  g_cancellable_cancel (stop);
}

void
engram_side_work_init (EngramSideWork *self,
                       GCancellable   *cancellable)
{
  *self = (EngramSideWork) { .stop = g_cancellable_new () };
  if (cancellable == NULL)
    return;
  self->cancellable = g_object_ref (cancellable);
  self->handler = g_cancellable_connect (cancellable, G_CALLBACK (follow), self->stop, NULL);
}

static gpointer
work (gpointer data)
{
  EngramSideWork *self = data;

  if (self->func (self->data, &self->error))
    return NULL;
  g_cancellable_cancel (self->stop);
  return NULL;
}

void
engram_side_work_start (EngramSideWork     *self,
                        EngramSideWorkFunc  func,
                        gpointer            data)
{
  self->func = func;
  self->data = data;
  self->thread = g_thread_new ("engram-side", work, self);
}

static gboolean
is_cause (const GError *error)
{
  return error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

gboolean
engram_side_work_finish (EngramSideWork  *self,
                         gboolean         own_done,
                         GError          *own_error,
                         GError         **error)
{
  g_autoptr (GError) own = own_error;

  if (!own_done)
    g_cancellable_cancel (self->stop);
  g_thread_join (g_steal_pointer (&self->thread));
  if (own_done && self->error == NULL)
    return TRUE;

  /* Whoever was stopped because the other failed has nothing to say. */
  if (is_cause (own) || self->error == NULL)
    g_propagate_error (error, g_steal_pointer (&own));
  else
    g_propagate_error (error, g_steal_pointer (&self->error));
  return FALSE;
}

void
engram_side_work_clear (EngramSideWork *self)
{
  if (self->handler != 0)
    g_cancellable_disconnect (self->cancellable, self->handler);
  self->handler = 0;
  g_clear_object (&self->cancellable);
  g_clear_object (&self->stop);
  g_clear_error (&self->error);
}
