/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dialogs/backups/engram-backups-dialog-private.h"

#include <glib/gi18n.h>

#include "common/engram-status-page.h"

/* A network that cannot be opened, and the newest backup of it that is good. */

static void
show_found (EngramBackupsDialog *self,
            const char          *icon,
            const char          *title,
            const char          *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  adw_status_page_set_icon_name (self->found_status, icon);
  adw_status_page_set_title (self->found_status, title);
  adw_status_page_set_description (self->found_status, escaped);
  engram_status_page_set_name (self->found_status);
  gtk_widget_set_visible (self->found_button, self->item != NULL);
  gtk_widget_set_visible (self->look_again, self->item == NULL);
}

/* Until something is found, and where looking for it was given up. */
static void
show_nothing_yet (EngramBackupsDialog *self)
{
  g_autofree char *name = g_filename_display_basename (self->path);
  /* Translators: the name of a file. */
  g_autofree char *text = g_strdup_printf (_("No backup of “%s” has been looked for to the end. Look again, or choose "
                                             "one yourself."), name);

  g_clear_object (&self->item);
  show_found (self, "system-search-symbolic", _("Restore a Backup"), text);
}

static void
show_none (EngramBackupsDialog *self)
{
  g_autofree char *folder = engram_backups_dialog_dup_folder (self);
  g_autofree char *name = g_filename_display_name (folder);
  /* Translators: a folder. */
  g_autofree char *text = g_strdup_printf (_("In “%s” lies none of this file that could be verified. Look at all "
                                             "backups there, or in another folder."), name);

  show_found (self, "dialog-question-symbolic", _("No Good Backup Was Found"), text);
}

static void
show_backup (EngramBackupsDialog *self)
{
  EngramBackupItem *item = self->work->found;
  g_autofree char *title = engram_backup_item_dup_title (item);
  g_autofree char *figures = engram_backup_item_dup_figures (item);
  g_autofree char *verification = engram_backup_item_dup_verification (item);
  g_autofree char *text = g_strdup_printf ("%s\n%s\n%s", title, figures, verification);

  g_set_object (&self->item, item);
  show_found (self, "emblem-ok-symbolic", _("The Newest Good Backup"), text);
}

static void
found_cb (EngramDialog *dialog,
          EngramJob    *job,
          gpointer      user_data)
{
  EngramBackupsDialog *self = ENGRAM_BACKUPS_DIALOG (dialog);

  if (self->work->found != NULL)
    show_backup (self);
  else
    show_none (self);
  engram_backups_dialog_refresh (self);
  engram_dialog_show_page (dialog, ENGRAM_BACKUPS_FOUND);
  gtk_widget_grab_focus (self->work->found != NULL ? self->found_button : self->look_again);
}

static void
find (EngramDialog *dialog,
      gpointer      user_data)
{
  EngramBackupsDialog *self = ENGRAM_BACKUPS_DIALOG (dialog);
  g_autoptr (EngramJob) job = NULL;

  if (engram_dialog_get_job (dialog) != NULL)
    return;
  show_nothing_yet (self);
  g_clear_pointer (&self->work, engram_backup_work_unref);
  self->work = engram_backup_work_new (self->path, NULL);
  job = engram_backups_dialog_start (self, _("Looking for a Good Backup"), engram_backup_work_find, self->work);
  engram_dialog_follow (dialog, job, ENGRAM_DIALOG_CANCELS, found_cb, find, NULL);
}

void
engram_backups_dialog_find (EngramBackupsDialog *self)
{
  find (ENGRAM_DIALOG (self), NULL);
}

static void
find_cb (EngramBackupsDialog *self)
{
  engram_backups_dialog_find (self);
}

/* Restoring */

static void
restored_cb (EngramDialog *dialog,
             EngramJob    *job,
             gpointer      user_data)
{
  EngramBackupsDialog *self = ENGRAM_BACKUPS_DIALOG (dialog);

  engram_backups_dialog_show_restored (self, _("The Network Is Restored"));
  self->restored (gtk_window_get_transient_for (GTK_WINDOW (self)), self->path);
}

static void
restore (EngramDialog *dialog,
         gpointer      user_data)
{
  EngramBackupsDialog *self = ENGRAM_BACKUPS_DIALOG (dialog);
  g_autoptr (EngramJob) job = NULL;

  if (engram_dialog_get_job (dialog) != NULL)
    return;
  g_clear_pointer (&self->work, engram_backup_work_unref);
  self->work = engram_backup_work_new (self->path, engram_backup_item_get_backup (self->item)->path);
  job = engram_backups_dialog_start (self, _("Restoring the Network"), engram_backup_work_restore_unreadable,
                                     self->work);
  engram_dialog_follow (dialog, job, ENGRAM_DIALOG_GOES_ON, restored_cb, restore, NULL);
}

static void
restore_response_cb (EngramBackupsDialog *self,
                     const char          *response)
{
  if (g_str_equal (response, "restore"))
    restore (ENGRAM_DIALOG (self), NULL);
}

static void
ask_for_other (EngramBackupsDialog *self)
{
  GtkWidget *question = adw_message_dialog_new (GTK_WINDOW (self), _("Restore Another Network?"),
                                                _("The backup does not say that it was made of this file. It is put in "
                                                  "its place all the same; what lies there is moved aside."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (question), "cancel", _("_Cancel"), "restore", _("_Restore"),
                                    NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (question), "restore", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (question), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (question), "cancel");
  g_signal_connect_object (question, "response", G_CALLBACK (restore_response_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (question));
}

void
engram_backups_dialog_restore_unreadable (EngramBackupsDialog *self)
{
  if (self->item == NULL)
    return;
  if (engram_backup_item_is_own (self->item))
    restore (ENGRAM_DIALOG (self), NULL);
  else
    ask_for_other (self);
}

static void
restore_cb (EngramBackupsDialog *self)
{
  engram_backups_dialog_restore_unreadable (self);
}

/* The page */

static void
show_all_cb (EngramBackupsDialog *self)
{
  engram_dialog_show_page (ENGRAM_DIALOG (self), ENGRAM_BACKUPS_LIST);
}

static GtkWidget *
add_pill (EngramBackupsDialog *self,
          GtkWidget           *box,
          const char          *label,
          GCallback            clicked)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "pill");
  g_signal_connect_swapped (button, "clicked", clicked, self);
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

void
engram_backups_dialog_add_found (EngramBackupsDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->found_status = ADW_STATUS_PAGE (adw_status_page_new ());
  self->found_button = add_pill (self, box, _("_Restore"), G_CALLBACK (restore_cb));
  gtk_widget_add_css_class (self->found_button, "suggested-action");
  self->look_again = add_pill (self, box, _("_Look Again"), G_CALLBACK (find_cb));
  add_pill (self, box, _("_Show All Backups"), G_CALLBACK (show_all_cb));
  adw_status_page_set_child (self->found_status, box);
  engram_dialog_add_page (ENGRAM_DIALOG (self), ENGRAM_BACKUPS_FOUND, _("Restore"), GTK_WIDGET (self->found_status),
                          NULL, ENGRAM_DIALOG_PAGE_STEP);
}
