/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dialogs/backups/engram-backups-dialog-private.h"

#include <glib/gi18n.h>

#include "common/engram-control.h"

static void
created_cb (EngramDialog *dialog,
            EngramJob    *job,
            gpointer      user_data)
{
  EngramBackupsDialog *self = ENGRAM_BACKUPS_DIALOG (dialog);

  gtk_editable_set_text (self->note, "");
  engram_backups_dialog_tell (self, engram_job_get_outcome (job));
  /* It lies in the usual folder, wherever was looked last. */
  g_clear_pointer (&self->elsewhere, g_free);
  engram_backups_dialog_refresh (self);
  engram_dialog_show_page (dialog, ENGRAM_BACKUPS_LIST);
}

static void
create (EngramDialog *dialog,
        gpointer      user_data)
{
  EngramBackupsDialog *self = ENGRAM_BACKUPS_DIALOG (dialog);
  g_autofree char *note = g_strstrip (g_strdup (gtk_editable_get_text (self->note)));
  g_autoptr (EngramJob) job = NULL;

  if (engram_dialog_get_job (dialog) != NULL)
    return;
  g_clear_pointer (&self->work, engram_backup_work_unref);
  self->work = engram_backup_work_new (self->path, NULL);
  self->work->note = *note != '\0' ? g_steal_pointer (&note) : NULL;
  job = engram_backups_dialog_start (self, _("Making a Backup"), engram_backup_work_create, self->work);
  engram_dialog_follow (dialog, job, ENGRAM_DIALOG_GOES_ON, created_cb, create, NULL);
}

static void
create_cb (EngramBackupsDialog *self)
{
  create (ENGRAM_DIALOG (self), NULL);
}

/* The preferences may have changed since the page was shown last. */
static void
map_cb (EngramBackupsDialog *self)
{
  g_autoptr (EngramBackupPlan) plan = engram_backup_plan_new ();
  g_autofree char *folder = engram_backup_plan_dup_folder (plan, self->path);
  g_autofree char *name = g_filename_display_name (folder);

  adw_action_row_set_subtitle (self->create_folder, name);
  gtk_widget_grab_focus (GTK_WIDGET (self->note));
}

void
engram_backups_dialog_add_create (EngramBackupsDialog *self)
{
  GtkWidget *box, *page = engram_backups_new_page (&box);
  GtkWidget *button = gtk_button_new_with_mnemonic (_("_Create"));
  AdwPreferencesGroup *group =
    engram_backups_add_group (box, NULL, _("A backup is a copy of the whole network in one file. It is read back and "
                                           "compared before it counts. Backups with a note are never thinned out."));

  self->note = GTK_EDITABLE (adw_entry_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->note), _("Note"));
  /* libadwaita 1.2 leaves the text in the row without a name. */
  engram_control_set_name (GTK_WIDGET (gtk_editable_get_delegate (self->note)), _("Note"));
  g_signal_connect_swapped (self->note, "entry-activated", G_CALLBACK (create_cb), self);
  adw_preferences_group_add (group, GTK_WIDGET (self->note));
  self->create_folder = engram_backups_add_row (group, _("Folder"), NULL);
  gtk_widget_add_css_class (button, "suggested-action");
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (create_cb), self);
  g_signal_connect_swapped (page, "map", G_CALLBACK (map_cb), self);
  engram_dialog_add_page (ENGRAM_DIALOG (self), ENGRAM_BACKUPS_CREATE, _("Create a Backup"), page, button,
                          ENGRAM_DIALOG_PAGE_STEP);
}
