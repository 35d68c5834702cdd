/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "details/engram-details-pane-private.h"

/* The way out of what is edited in a details pane. */

void
engram_details_pane_return_leave_task (EngramDetailsPane *self,
                                       gboolean           left)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->leave_task);

  if (task != NULL)
    g_task_return_boolean (task, left);
}

/* The person keeps editing: all is as it was before something else was asked for. */
static void
stay (EngramDetailsPane *self)
{
  const EngramDetails *details = engram_record_view_get_details (self->view);
  gboolean elsewhere = !engram_details_pane_shows (self, self->kind, self->id);

  if (elsewhere)
    {
      g_free (self->id);
      self->kind = details->kind;
      self->id = g_strdup (engram_details_get_id (details));
    }
  if (!engram_session_get_editing (self->session))
    engram_session_set_editing (self->session, TRUE);
  if (elsewhere)
    engram_session_activate (self->session, self->kind, self->id);
}

static void
left_cb (gboolean left,
         gpointer user_data)
{
  EngramDetailsPane *self = user_data;

  g_clear_pointer (&self->leaving, engram_leaving_free);
  if (!left)
    {
      stay (self);
    }
  else
    {
      if (self->view != NULL)
        engram_record_view_set_editing (self->view, engram_details_pane_is_editing (self));
      if (self->view == NULL || !engram_details_pane_shows (self, self->kind, self->id))
        engram_details_pane_load (self);
    }
  engram_details_pane_update_loading (self);
  engram_details_pane_return_leave_task (self, left);
}

/* Goes from what is edited to what was asked for, which may still change on the way. */
void
engram_details_pane_leave (EngramDetailsPane *self)
{
  if (self->leaving != NULL)
    return;
  if (engram_details_pane_get_editor (self) == NULL)
    {
      left_cb (TRUE, self);
      return;
    }
  self->leaving = engram_leaving_new (self->view, left_cb, self);
  engram_details_pane_update_loading (self);
  engram_leaving_start (self->leaving);
}

/**
 * engram_details_pane_leave_async:
 * @self: a pane
 * @callback: called when nothing is left to be written, or the person wants to stay
 * @user_data: for @callback
 *
 * Writes what is typed, and asks the person where something cannot be written: to be called before the window goes.
 */
void
engram_details_pane_leave_async (EngramDetailsPane   *self,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_return_if_fail (ENGRAM_IS_DETAILS_PANE (self));

  engram_details_pane_return_leave_task (self, FALSE);
  self->leave_task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (self->leave_task, engram_details_pane_leave_async);
  engram_details_pane_leave (self);
}

/**
 * engram_details_pane_leave_finish:
 * @self: a pane
 * @result: what the callback got
 *
 * Returns: %FALSE where the person keeps editing
 */
gboolean
engram_details_pane_leave_finish (EngramDetailsPane *self,
                                  GAsyncResult      *result)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), NULL);
}
