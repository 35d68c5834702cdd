/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "engram-window-private.h"

#include <glib/gi18n.h>

/* What the desktop is told of jobs: that a long one has ended, or any has failed, while nobody saw the window. */

/* Whoever has turned to something else meanwhile wants to be told. */
#define LONG_SECONDS 10

/* Returns: (transfer full): where it is activated, the window comes to the front */
static GNotification *
make_notification (EngramJob  *job,
                   const char *network,
                   guint       window_id)
{
  gboolean failed = engram_job_get_state (job) == ENGRAM_JOB_FAILED;
  const char *outcome = engram_job_get_outcome (job);
  /* Translators: what the program was doing, for instance "Undoing" or "Saving the change". */
  g_autofree char *failure = g_strdup_printf (_("%s Did Not Work"), engram_job_get_title (job));
  /* Translators: the name of a file, and why something was not done with it. */
  g_autofree char *body = failed ? g_strdup_printf (_("%s: %s"), network, engram_job_get_error (job)->message)
                                 : g_strdup (network);
  GNotification *notification =
    g_notification_new (failed ? failure : outcome != NULL ? outcome : engram_job_get_title (job));
  g_autoptr (GIcon) icon = g_themed_icon_new (ENGRAM_APPLICATION_ID_TEXT);

  g_notification_set_body (notification, body);
  g_notification_set_icon (notification, icon);
  g_notification_set_priority (notification,
                               failed ? G_NOTIFICATION_PRIORITY_HIGH : G_NOTIFICATION_PRIORITY_NORMAL);
  g_notification_set_default_action_and_target (notification, "app.show-window", "u", window_id);
  return notification;
}

static char *
send_notification (EngramJob  *job,
                   const char *network,
                   guint       window_id)
{
  g_autofree char *uuid = g_uuid_string_random ();
  g_autofree char *id = g_strdup_printf ("job-%s", uuid);
  g_autoptr (GNotification) notification = make_notification (job, network, window_id);

  g_application_send_notification (g_application_get_default (), id, notification);
  return g_steal_pointer (&id);
}

/* Whether the window, or a dialog over it, is the one that the person works with. */
static gboolean
is_seen (EngramWindow *self)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (gtk_window_is_active (window) &&
          (window == GTK_WINDOW (self) || gtk_window_get_transient_for (window) == GTK_WINDOW (self)))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_worth_telling (EngramWindow *self,
                  EngramJob    *job)
{
  switch (engram_job_get_state (job))
    {
    case ENGRAM_JOB_FAILED:
      return TRUE;
    case ENGRAM_JOB_DONE:
      return !engram_job_is_background (job) && engram_job_get_seconds (job) >= self->long_seconds;
    case ENGRAM_JOB_CANCELLED:
    case ENGRAM_JOB_WAITING:
    case ENGRAM_JOB_RUNNING:
    default:
      return FALSE;
    }
}

static void
job_ended_cb (EngramWindow *self,
              EngramJob    *job)
{
  g_autofree char *name = NULL;

  engram_window_note_ended_job (self, job);
  if (!is_worth_telling (self, job) || self->is_seen (self))
    return;
  name = engram_window_dup_name (self);
  g_ptr_array_add (self->notifications,
                   send_notification (job, name, gtk_application_window_get_id (GTK_APPLICATION_WINDOW (self))));
}

/* Who sees the window needs no notification any more. */
static void
active_changed_cb (EngramWindow *self)
{
  if (!self->is_seen (self))
    return;
  for (guint i = 0; i < self->notifications->len; i++)
    g_application_withdraw_notification (g_application_get_default (), g_ptr_array_index (self->notifications, i));
  g_ptr_array_set_size (self->notifications, 0);
}

/* What goes on without a window */

static void
left_job_ended_cb (EngramJob *job,
                   gpointer   network)
{
  g_autofree char *id = NULL;

  if (engram_job_get_state (job) == ENGRAM_JOB_FAILED)
    id = send_notification (job, network, 0);
}

static void
free_name (gpointer  name,
           GClosure *closure)
{
  g_free (name);
}

void
engram_window_leave_jobs (EngramWindow *self)
{
  GListModel *jobs = G_LIST_MODEL (engram_network_page_get_jobs (self->network_page));

  for (guint i = 0; i < g_list_model_get_n_items (jobs); i++)
    {
      g_autoptr (EngramJob) job = g_list_model_get_item (jobs, i);

      if (engram_job_is_active (job))
        g_signal_connect_data (job, "ended", G_CALLBACK (left_job_ended_cb), engram_window_dup_name (self), free_name,
                               0);
    }
}

/* The button */

static void
failure_activated_cb (EngramWindow *self,
                      EngramJob    *job)
{
  engram_network_page_explain (self->network_page, job);
}

void
engram_window_show_jobs (EngramWindow *self)
{
  engram_jobs_button_popup (self->jobs_button);
}

void
engram_window_begin_jobs (EngramWindow *self)
{
  EngramJobList *jobs = engram_network_page_get_jobs (self->network_page);

  self->is_seen = is_seen;
  self->long_seconds = LONG_SECONDS;
  self->notifications = g_ptr_array_new_with_free_func (g_free);
  engram_jobs_button_set_jobs (self->jobs_button, jobs);
  g_signal_connect_object (self->jobs_button, "failure-activated", G_CALLBACK (failure_activated_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (jobs, "ended", G_CALLBACK (job_ended_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (jobs, "notify::n-active", G_CALLBACK (engram_window_note_active_jobs), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect (self, "notify::is-active", G_CALLBACK (active_changed_cb), NULL);
}
