/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "engram-window-private.h"

#include "jobs/engram-job-text.h"

#include <glib/gi18n.h>

/* Closing a window while something is done for its network. */

static EngramJobList *
get_jobs (EngramWindow *self)
{
  return engram_network_page_get_jobs (self->network_page);
}

/* Those whose end matters beyond the window: (transfer full) */
static GPtrArray *
list_lasting (EngramWindow *self)
{
  GListModel *jobs = G_LIST_MODEL (get_jobs (self));
  GPtrArray *lasting = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (jobs); i++)
    {
      g_autoptr (EngramJob) job = g_list_model_get_item (jobs, i);

      if (engram_job_is_active (job) && !engram_job_is_disposable (job))
        g_ptr_array_add (lasting, g_steal_pointer (&job));
    }
  return lasting;
}

void
engram_window_cancel_jobs (EngramWindow *self)
{
  g_autoptr (GPtrArray) lasting = list_lasting (self);

  for (guint i = 0; i < lasting->len; i++)
    engram_job_cancel (g_ptr_array_index (lasting, i));
}

/* Waiting for their end */

static void
stop_waiting (EngramWindow *self)
{
  self->closes_when_done = FALSE;
  if (self->waiting_toast != NULL)
    adw_toast_dismiss (self->waiting_toast);
}

/* Outside of what the last of them does at its end. */
static void
close_cb (gpointer user_data)
{
  g_autoptr (EngramWindow) self = user_data;

  if (!self->closes_when_done)
    return;
  stop_waiting (self);
  gtk_window_close (GTK_WINDOW (self));
}

static void
toast_dismissed_cb (EngramWindow *self)
{
  self->waiting_toast = NULL;
}

static void
show_waiting (EngramWindow *self)
{
  if (self->waiting_toast != NULL)
    return;
  self->waiting_toast = adw_toast_new (_("The window closes when all jobs are done"));
  adw_toast_set_button_label (self->waiting_toast, _("_Keep Open"));
  adw_toast_set_action_name (self->waiting_toast, "win.keep-open");
  adw_toast_set_timeout (self->waiting_toast, 0);
  adw_toast_set_priority (self->waiting_toast, ADW_TOAST_PRIORITY_HIGH);
  g_signal_connect_object (self->waiting_toast, "dismissed", G_CALLBACK (toast_dismissed_cb), self, G_CONNECT_SWAPPED);
  engram_network_page_add_toast (self->network_page, self->waiting_toast);
}

void
engram_window_keep_open (EngramWindow *self)
{
  stop_waiting (self);
}

void
engram_window_note_active_jobs (EngramWindow *self)
{
  g_autoptr (GPtrArray) lasting = list_lasting (self);

  if (lasting->len > 0)
    return;
  /* They have ended while it was asked what becomes of them: what was asked for can be done. */
  if (self->jobs_dialog != NULL)
    {
      gtk_window_destroy (GTK_WINDOW (g_steal_pointer (&self->jobs_dialog)));
      self->closes_when_done = TRUE;
    }
  if (self->closes_when_done)
    g_idle_add_once (close_cb, g_object_ref (self));
}

/* A window does not close over a failure that nobody has seen. */
void
engram_window_note_ended_job (EngramWindow *self,
                              EngramJob    *job)
{
  if (engram_job_get_state (job) == ENGRAM_JOB_FAILED)
    stop_waiting (self);
}

/* The question */

static void
answered_cb (EngramWindow *self,
             const char   *response)
{
  self->jobs_dialog = NULL;
  if (g_str_equal (response, "keep-open"))
    return;
  self->closes_when_done = TRUE;
  if (g_str_equal (response, "cancel"))
    engram_window_cancel_jobs (self);
  else
    show_waiting (self);
  engram_window_note_active_jobs (self);
}

static char *
describe (GPtrArray *jobs)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < jobs->len; i++)
    {
      EngramJob *job = g_ptr_array_index (jobs, i);
      g_autofree char *status = engram_job_dup_status (job);

      /* Translators: what a job is, and what it is doing just now: "Deleting 12 neurons: Noting rows". */
      g_string_append_printf (text, _("%s: %s"), engram_job_get_title (job), status);
      g_string_append_c (text, '\n');
    }
  g_string_append_c (text, '\n');
  g_string_append (text, _("What is cancelled changes nothing and leaves no file behind."));
  return g_string_free (text, FALSE);
}

static void
ask (EngramWindow *self,
     GPtrArray    *jobs)
{
  g_autofree char *text = describe (jobs);

  self->jobs_dialog =
    adw_message_dialog_new (GTK_WINDOW (self),
                            ngettext ("Close While a Job Is Running?", "Close While Jobs Are Running?", jobs->len),
                            text);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (self->jobs_dialog), "keep-open", _("_Keep Open"),
                                    "cancel", ngettext ("_Cancel the Job and Close", "_Cancel the Jobs and Close",
                                                        jobs->len),
                                    "when-done", _("Close _When Done"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (self->jobs_dialog), "cancel",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (self->jobs_dialog), "when-done",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (self->jobs_dialog), "when-done");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (self->jobs_dialog), "keep-open");
  g_signal_connect_object (self->jobs_dialog, "response", G_CALLBACK (answered_cb), self, G_CONNECT_SWAPPED);
}

gboolean
engram_window_ask_about_jobs (EngramWindow *self)
{
  g_autoptr (GPtrArray) lasting = list_lasting (self);

  if (lasting->len == 0)
    return FALSE;
  stop_waiting (self);
  if (self->jobs_dialog == NULL)
    ask (self, lasting);
  gtk_window_present (GTK_WINDOW (self->jobs_dialog));
  return TRUE;
}
