/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dialogs/backups/engram-backups-dialog-private.h"

#include <glib/gi18n.h>

#include "dialogs/comparison/engram-comparison-dialog.h"

/* One backup, and what can be done with it. */

static const EngramBackup *
get_backup (EngramBackupsDialog *self)
{
  return engram_backup_item_get_backup (self->item);
}

/* Verifying */

char *
engram_backups_dup_verified (const EngramBackupWork *work)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text, ngettext ("%u backup is good.", "%u backups are good.", work->n_good), work->n_good);
  if (work->n_unknown > 0)
    g_string_append_printf (text, ngettext (" In %u nothing wrong was found, but it has no hash to tell for certain.",
                                            " In %u nothing wrong was found, but they have no hash to tell for "
                                            "certain.", work->n_unknown), work->n_unknown);
  if (work->n_bad > 0)
    g_string_append_printf (text, ngettext (" %u is damaged, incomplete or cannot be read.",
                                            " %u are damaged, incomplete or cannot be read.", work->n_bad),
                            work->n_bad);
  if (work->problem != NULL)
    g_string_append_printf (text, " %s", work->problem);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
verified_cb (EngramDialog *dialog,
             EngramJob    *job,
             gpointer      user_data)
{
  EngramBackupsDialog *self = ENGRAM_BACKUPS_DIALOG (dialog);
  g_autofree char *text = engram_backups_dup_verified (self->work);

  engram_backups_dialog_tell (self, text);
  engram_backups_dialog_refresh (self);
  engram_dialog_show_page (dialog, ENGRAM_BACKUPS_LIST);
}

static void
verify (EngramDialog *dialog,
        gpointer      user_data)
{
  EngramBackupsDialog *self = ENGRAM_BACKUPS_DIALOG (dialog);
  guint n_backups = self->work->backups->len;
  g_autofree char *title = g_strdup_printf (ngettext ("Verifying %u Backup", "Verifying %u Backups", n_backups),
                                            n_backups);
  g_autoptr (EngramJob) job = engram_backups_dialog_start (self, title, engram_backup_work_verify, self->work);

  engram_dialog_follow (dialog, job, ENGRAM_DIALOG_CANCELS, verified_cb, NULL, NULL);
}

void
engram_backups_dialog_verify (EngramBackupsDialog *self,
                              GPtrArray           *paths)
{
  if (engram_dialog_get_job (ENGRAM_DIALOG (self)) != NULL)
    return;
  g_clear_pointer (&self->work, engram_backup_work_unref);
  self->work = engram_backup_work_new (self->path, NULL);
  for (guint i = 0; i < paths->len; i++)
    g_ptr_array_add (self->work->backups, g_strdup (g_ptr_array_index (paths, i)));
  engram_backups_dialog_tell (self, NULL);
  verify (ENGRAM_DIALOG (self), NULL);
}

static void
verify_cb (EngramBackupsDialog *self)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new ();

  g_ptr_array_add (paths, get_backup (self)->path);
  engram_backups_dialog_verify (self, paths);
}

/* Comparing */

static void
compare_cb (EngramBackupsDialog *self)
{
  engram_comparison_dialog_present (gtk_window_get_transient_for (GTK_WINDOW (self)),
                                    engram_dialog_get_session (ENGRAM_DIALOG (self)), get_backup (self)->path);
}

/* Deleting */

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

static void
delete (EngramDialog *dialog,
        gpointer      user_data)
{
  EngramBackupsDialog *self = ENGRAM_BACKUPS_DIALOG (dialog);
  g_autoptr (EngramJob) job = NULL;

  if (engram_dialog_get_job (dialog) != NULL)
    return;
  g_clear_pointer (&self->work, engram_backup_work_unref);
  self->work = engram_backup_work_new (self->path, get_backup (self)->path);
  job = engram_backups_dialog_start (self, _("Deleting a Backup"), engram_backup_work_delete, self->work);
  engram_dialog_follow (dialog, job, ENGRAM_DIALOG_GOES_ON, deleted_cb, delete, NULL);
}

static void
delete_response_cb (EngramBackupsDialog *self,
                    const char          *response)
{
  if (g_str_equal (response, "delete"))
    delete (ENGRAM_DIALOG (self), NULL);
}

static void
ask_to_delete_cb (EngramBackupsDialog *self)
{
  GtkWidget *question = adw_message_dialog_new (GTK_WINDOW (self), _("Delete the Backup?"), NULL);
  g_autofree char *title = engram_backup_item_dup_title (self->item);

  adw_message_dialog_format_body (ADW_MESSAGE_DIALOG (question),
                                  /* Translators: a backup: "Today at 12:30 · Before pruning". */
                                  _("“%s” and its manifest are deleted for good. This cannot be undone."), title);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (question), "cancel", _("_Cancel"), "delete", _("_Delete"),
                                    NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (question), "delete", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (question), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (question), "cancel");
  g_signal_connect_object (question, "response", G_CALLBACK (delete_response_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (question));
}

/* The page */

static gboolean
is_writable (EngramBackupsDialog *self)
{
  EngramSession *session = engram_dialog_get_session (ENGRAM_DIALOG (self));

  return self->restored != NULL || (session != NULL && engram_session_get_editable (session));
}

static char *
dup_network (EngramBackupItem *item)
{
  const EngramBackup *backup = engram_backup_item_get_backup (item);
  g_autofree char *original = backup->original != NULL ? g_filename_display_name (backup->original) : NULL;

  if (engram_backup_item_is_own (item))
    return g_strdup (_("This network"));
  if (original == NULL)
    return g_strdup (_("Another network"));
  /* Translators: the path of a file. */
  return g_strdup_printf (_("Another network: “%s”"), original);
}

static char *
dup_contents (const EngramBackup *backup)
{
  g_autofree char *size = g_format_size (backup->size_bytes);
  g_autofree char *counts = engram_backup_dup_counts (backup->neurons, backup->synapses);

  return g_strdup_printf ("%s · %s", counts, size);
}

void
engram_backups_dialog_show_backup (EngramBackupsDialog *self,
                                   EngramBackupItem    *item)
{
  const EngramBackup *backup = engram_backup_item_get_backup (item);
  g_autofree char *time = engram_backup_item_dup_time (item);
  g_autofree char *contents = dup_contents (backup);
  g_autofree char *network = dup_network (item);
  g_autofree char *file = g_filename_display_name (backup->path);
  g_autofree char *verification = engram_backup_item_dup_verification (item);

  g_set_object (&self->item, item);
  adw_action_row_set_subtitle (self->made, time);
  adw_action_row_set_subtitle (self->reason, engram_backup_item_get_reason (item));
  adw_action_row_set_subtitle (self->noted, backup->note != NULL ? backup->note : "");
  gtk_widget_set_visible (GTK_WIDGET (self->noted), backup->note != NULL);
  adw_action_row_set_subtitle (self->contents, contents);
  adw_action_row_set_subtitle (self->network, network);
  adw_action_row_set_subtitle (self->file, file);
  adw_action_row_set_subtitle (self->verification, verification);
  gtk_widget_set_visible (self->compare_row, self->restored == NULL);
  /* What has no manifest may be somebody's network: it is not deleted from here. */
  gtk_widget_set_visible (self->delete_row, backup->complete);
  gtk_widget_set_sensitive (self->restore_button, is_writable (self));
  gtk_widget_set_tooltip_text (self->restore_button,
                               is_writable (self) ? NULL : _("The network can be looked at, not written"));
  engram_dialog_show_page (ENGRAM_DIALOG (self), ENGRAM_BACKUPS_BACKUP);
}

static void
restore_cb (EngramBackupsDialog *self)
{
  if (self->restored != NULL)
    engram_backups_dialog_restore_unreadable (self);
  else
    engram_backups_dialog_restore (self);
}

static void
add_facts (EngramBackupsDialog *self,
           GtkWidget           *box)
{
  AdwPreferencesGroup *group = engram_backups_add_group (box, NULL, NULL);

  self->made = engram_backups_add_row (group, _("Made"), NULL);
  self->reason = engram_backups_add_row (group, _("Why"), NULL);
  self->noted = engram_backups_add_row (group, _("Note"), NULL);
  self->contents = engram_backups_add_row (group, _("Contents"), NULL);
  self->network = engram_backups_add_row (group, _("Made of"), NULL);
  self->file = engram_backups_add_row (group, _("File"), NULL);
  adw_action_row_set_subtitle_lines (self->file, 0);
  self->verification = engram_backups_add_row (group, _("Soundness"), NULL);
}

void
engram_backups_dialog_add_backup (EngramBackupsDialog *self)
{
  GtkWidget *box, *page = engram_backups_new_page (&box);
  AdwPreferencesGroup *group;

  add_facts (self, box);
  group = engram_backups_add_group (box, NULL, NULL);
  self->compare_row = engram_backups_add_button_row (group, _("Compare with Today"),
                                                     _("What was added, removed and changed since"),
                                                     G_CALLBACK (compare_cb), self);
  self->verify_row = engram_backups_add_button_row (group, _("Verify"), _("Read all of it, against its manifest"),
                                                    G_CALLBACK (verify_cb), self);
  self->delete_row = engram_backups_add_button_row (group, _("Delete…"), NULL, G_CALLBACK (ask_to_delete_cb), self);
  self->restore_button = gtk_button_new_with_mnemonic (_("_Restore…"));
  g_signal_connect_swapped (self->restore_button, "clicked", G_CALLBACK (restore_cb), self);
  engram_dialog_add_page (ENGRAM_DIALOG (self), ENGRAM_BACKUPS_BACKUP, _("Backup"), page, self->restore_button,
                          ENGRAM_DIALOG_PAGE_STEP);
}
