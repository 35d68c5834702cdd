/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dialogs/engram-failure-dialog.h"

#include <glib/gi18n.h>

#define WIDTH 480
#define HEIGHT 480

struct _EngramFailureDialog {
  EngramDialog parent_instance;
};

G_DEFINE_FINAL_TYPE (EngramFailureDialog, engram_failure_dialog, ENGRAM_TYPE_DIALOG)

static void
engram_failure_dialog_class_init (EngramFailureDialogClass *klass)
{
}

static void
engram_failure_dialog_init (EngramFailureDialog *self)
{
  gtk_window_set_title (GTK_WINDOW (self), _("What Went Wrong"));
  gtk_window_set_default_size (GTK_WINDOW (self), WIDTH, HEIGHT);
}

/* The one that is there already, or a new one. */
static EngramDialog *
get_dialog (GtkWindow *parent)
{
  EngramDialog *self = engram_dialog_find (parent, ENGRAM_TYPE_FAILURE_DIALOG);

  if (self == NULL)
    {
      self = g_object_new (ENGRAM_TYPE_FAILURE_DIALOG, NULL);
      engram_dialog_present (self, parent, NULL);
    }
  return self;
}

void
engram_failure_dialog_present_job (GtkWindow *parent,
                                   EngramJob *job)
{
  g_return_if_fail (parent == NULL || GTK_IS_WINDOW (parent));
  g_return_if_fail (ENGRAM_IS_JOB (job) && engram_job_get_state (job) == ENGRAM_JOB_FAILED);

  engram_dialog_show_failed_job (get_dialog (parent), job);
}

void
engram_failure_dialog_present (GtkWindow    *parent,
                               const char   *title,
                               const GError *error)
{
  g_return_if_fail (parent == NULL || GTK_IS_WINDOW (parent));
  g_return_if_fail (title != NULL && error != NULL);

  engram_dialog_show_failure (get_dialog (parent), title, error, NULL, NULL);
}
