/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/engram-network-page-private.h"

#include <glib/gi18n.h>

#include "common/engram-toast.h"
#include "dialogs/engram-failure-dialog.h"

/* What becomes of jobs is told here: by a toast what was done, by a dialog why it was not. The session tells of some
 * and the list of all of them, and a dialog that follows one tells of it itself: each is told once. */

#define TOLD "engram-network-page-told"

static GtkWindow *
get_window (EngramNetworkPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

static gboolean
is_told (EngramJob *job)
{
  return g_object_get_data (G_OBJECT (job), TOLD) != NULL;
}

static void
set_told (EngramJob *job)
{
  g_object_set_data (G_OBJECT (job), TOLD, job);
}

/* One that has ended with that outcome, or with that error's message, and was not told of.
 * Returns: (transfer full) (nullable) */
static EngramJob *
find_ended (EngramNetworkPage *self,
            EngramJobState     state,
            const char        *message)
{
  GListModel *model = G_LIST_MODEL (self->jobs);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (EngramJob) job = g_list_model_get_item (model, i);
      const GError *error = engram_job_get_error (job);

      if (engram_job_get_state (job) == state && !is_told (job) &&
          g_strcmp0 (error != NULL ? error->message : engram_job_get_outcome (job), message) == 0)
        return g_steal_pointer (&job);
    }
  return NULL;
}

/* What was done */

static void
dismissed_cb (EngramNetworkPage *self)
{
  self->done_toast = NULL;
}

/* One at a time: "Undo" beside a step that is not the newest any more would take back another. */
static void
tell_done (EngramNetworkPage *self,
           const char        *text,
           gboolean           undoable)
{
  AdwToast *toast = engram_toast_new (text);

  if (self->done_toast != NULL)
    adw_toast_dismiss (self->done_toast);
  if (undoable)
    {
      adw_toast_set_button_label (toast, _("_Undo"));
      adw_toast_set_action_name (toast, "win.undo");
    }
  g_signal_connect_object (toast, "dismissed", G_CALLBACK (dismissed_cb), self, G_CONNECT_SWAPPED);
  self->done_toast = toast;
  adw_toast_overlay_add_toast (self->toasts, toast);
}

void
engram_network_page_done (EngramNetworkPage *self,
                          const char        *label,
                          gboolean           undoable)
{
  g_autoptr (EngramJob) job = find_ended (self, ENGRAM_JOB_DONE, label);

  if (job != NULL)
    set_told (job);
  tell_done (self, label, undoable);
}

/* Why something was not done */

static void
tell_failed (EngramNetworkPage *self,
             EngramJob         *job)
{
  set_told (job);
  engram_failure_dialog_present_job (get_window (self), job);
}

void
engram_network_page_failed (EngramNetworkPage *self,
                            const char        *title,
                            const GError      *error)
{
  g_autoptr (EngramJob) job = find_ended (self, ENGRAM_JOB_FAILED, error->message);
  g_autofree char *escaped = NULL;
  g_autofree char *heading = NULL;

  if (job != NULL)
    {
      tell_failed (self, job);
      return;
    }
  escaped = g_markup_escape_text (title, -1);
  /* Translators: what the program was doing, for instance "Undoing" or "Saving the change". */
  heading = g_strdup_printf (_("%s Did Not Work"), escaped);
  engram_failure_dialog_present (get_window (self), heading, error);
}

/* The list */

static void
job_ended_cb (EngramNetworkPage *self,
              EngramJob         *job)
{
  if (engram_job_is_attended (job) || is_told (job))
    return;
  if (engram_job_get_state (job) == ENGRAM_JOB_FAILED)
    tell_failed (self, job);
  else if (engram_job_get_outcome (job) != NULL)
    {
      set_told (job);
      tell_done (self, engram_job_get_outcome (job), engram_job_is_undoable (job));
    }
}

void
engram_network_page_begin_jobs (EngramNetworkPage *self)
{
  self->jobs = engram_job_list_new ();
  g_signal_connect_object (self->jobs, "ended", G_CALLBACK (job_ended_cb), self, G_CONNECT_SWAPPED);
}

void
engram_network_page_show_job (EngramNetworkPage *self,
                              EngramJob         *job)
{
  g_return_if_fail (ENGRAM_IS_NETWORK_PAGE (self));
  g_return_if_fail (ENGRAM_IS_JOB (job));

  engram_job_list_add (self->jobs, job);
  engram_job_bar_add (self->job_bar, job);
}

EngramJobList *
engram_network_page_get_jobs (EngramNetworkPage *self)
{
  g_return_val_if_fail (ENGRAM_IS_NETWORK_PAGE (self), NULL);

  return self->jobs;
}

void
engram_network_page_explain (EngramNetworkPage *self,
                             EngramJob         *job)
{
  g_return_if_fail (ENGRAM_IS_NETWORK_PAGE (self));
  g_return_if_fail (ENGRAM_IS_JOB (job));

  engram_failure_dialog_present_job (get_window (self), job);
}
