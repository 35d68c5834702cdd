/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dialogs/backups/engram-backups-dialog-private.h"

#include <glib/gi18n.h>

#include "dialogs/backups/engram-backup-item.h"

/* Which backups would go, before they do. */

typedef struct {
  EngramBackupWork *work;
  char             *folder;
  GPtrArray        *items; /* of EngramBackupItem: what would go */
} Planning;

static void
planning_free (gpointer data)
{
  Planning *self = data;

  engram_backup_work_unref (self->work);
  g_free (self->folder);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_free (self);
}

static gboolean
plan (EngramJob      *job,
      EngramDatabase *database,
      EngramHistory  *history,
      gpointer        data,
      GCancellable   *cancellable,
      GError        **error)
{
  Planning *self = data;
  g_autoptr (GPtrArray) backups =
    engram_backup_plan_retention (self->folder, database, self->work->plan->keep, cancellable, error);

  if (backups == NULL)
    return FALSE;
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < backups->len; i++)
    {
      const EngramBackup *backup = g_ptr_array_index (backups, i);

      g_ptr_array_add (self->work->backups, g_strdup (backup->path));
      g_ptr_array_add (self->items, engram_backup_item_new (backup, TRUE));
    }
  return TRUE;
}

static void
planned_cb (EngramDialog *dialog,
            EngramJob    *job,
            gpointer      user_data)
{
  EngramBackupsDialog *self = ENGRAM_BACKUPS_DIALOG (dialog);
  const Planning *planning = engram_session_job_get_data (job);
  g_autofree char *text = NULL;

  g_clear_pointer (&self->work, engram_backup_work_unref);
  self->work = engram_backup_work_ref (planning->work);
  engram_backups_group_clear (&self->superfluous);
  for (guint i = 0; i < planning->items->len; i++)
    engram_backups_group_add (&self->superfluous, g_ptr_array_index (planning->items, i));
  if (planning->items->len == 0)
    {
      engram_backups_dialog_tell (self, _("There is nothing to thin out: no backup is superfluous."));
      return;
    }
  text = g_strdup_printf (ngettext ("%u backup would be deleted for good. The newest %u, the newest of each month, and "
                                    "those with a note stay.",
                                    "%u backups would be deleted for good. The newest %u, the newest of each month, "
                                    "and those with a note stay.", planning->items->len),
                          planning->items->len, self->work->plan->keep);
  adw_preferences_group_set_description (self->superfluous.group, text);
  engram_dialog_show_page (dialog, ENGRAM_BACKUPS_THIN);
}

void
engram_backups_dialog_thin_out (EngramBackupsDialog *self)
{
  EngramSession *session = engram_dialog_get_session (ENGRAM_DIALOG (self));
  g_autoptr (EngramJob) job = NULL;
  Planning *planning;

  if (engram_dialog_get_job (ENGRAM_DIALOG (self)) != NULL || session == NULL)
    return;
  planning = g_new0 (Planning, 1);
  planning->work = engram_backup_work_new (self->path, NULL);
  planning->folder = engram_backups_dialog_dup_folder (self);
  engram_backups_dialog_tell (self, NULL);
  if (planning->work->plan->keep == 0)
    {
      engram_backups_dialog_tell (self, _("All backups are kept: the preferences set no limit."));
      planning_free (planning);
      return;
    }
  job = engram_session_read (session, _("Looking for Superfluous Backups"), plan, planning, planning_free);
  engram_dialog_follow (ENGRAM_DIALOG (self), job, ENGRAM_DIALOG_CANCELS, planned_cb, NULL, NULL);
}

static void
deleted_cb (EngramDialog *dialog,
            EngramJob    *job,
            gpointer      user_data)
{
  EngramBackupsDialog *self = ENGRAM_BACKUPS_DIALOG (dialog);

  engram_backups_dialog_tell (self, engram_job_get_outcome (job));
  engram_backups_dialog_refresh (self);
  engram_dialog_show_page (dialog, ENGRAM_BACKUPS_LIST);
}

/* Exactly what was shown. */
static void
delete_cb (EngramBackupsDialog *self)
{
  g_autoptr (EngramJob) job = NULL;

  if (engram_dialog_get_job (ENGRAM_DIALOG (self)) != NULL)
    return;
  job = engram_backups_dialog_start (self, _("Deleting Superfluous Backups"), engram_backup_work_delete, self->work);
  engram_dialog_follow (ENGRAM_DIALOG (self), job, ENGRAM_DIALOG_GOES_ON, deleted_cb, NULL, NULL);
}

void
engram_backups_dialog_add_thin (EngramBackupsDialog *self)
{
  GtkWidget *box, *page = engram_backups_new_page (&box);
  GtkWidget *button = gtk_button_new_with_mnemonic (_("_Delete"));

  self->superfluous.group = engram_backups_add_group (box, _("Superfluous Backups"), NULL);
  gtk_widget_add_css_class (button, "destructive-action");
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (delete_cb), self);
  engram_dialog_add_page (ENGRAM_DIALOG (self), ENGRAM_BACKUPS_THIN, _("Thin Out"), page, button,
                          ENGRAM_DIALOG_PAGE_STEP);
}
