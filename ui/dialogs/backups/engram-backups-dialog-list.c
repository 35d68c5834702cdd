/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dialogs/backups/engram-backups-dialog-private.h"

#include <glib/gi18n.h>

#include "common/engram-control.h"
#include "dialogs/backups/engram-backup-listing.h"

/* Where it looks */

char *
engram_backups_dialog_dup_folder (EngramBackupsDialog *self)
{
  g_autoptr (EngramBackupPlan) plan = engram_backup_plan_new ();

  return self->elsewhere != NULL ? g_strdup (self->elsewhere) : engram_backup_plan_dup_folder (plan, self->path);
}

/* A folder that somebody has chosen is there. */
static gboolean
must_exist (EngramBackupsDialog *self)
{
  g_autoptr (EngramBackupPlan) plan = engram_backup_plan_new ();

  return self->elsewhere != NULL || plan->folder != NULL;
}

void
engram_backups_dialog_tell (EngramBackupsDialog *self,
                            const char          *text)
{
  gtk_label_set_text (self->message, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->message), text != NULL);
}

/* What is there */

static void
row_activated_cb (EngramBackupsDialog *self,
                  GtkWidget           *row)
{
  engram_backups_dialog_tell (self, NULL);
  engram_backups_dialog_show_backup (self, g_object_get_data (G_OBJECT (row), "engram-backup-item"));
}

static void
add (EngramBackupsDialog *self,
     EngramBackupItem    *item)
{
  GtkWidget *row = engram_backups_group_add (engram_backup_item_is_own (item) ? &self->own : &self->others, item);

  engram_backups_make_activatable (row);
  g_signal_connect_object (row, "activated", G_CALLBACK (row_activated_cb), self, G_CONNECT_SWAPPED);
}

static void
show_items (EngramBackupsDialog *self)
{
  gboolean has_session = engram_dialog_get_session (ENGRAM_DIALOG (self)) != NULL;
  gboolean has_none;

  engram_backups_group_clear (&self->own);
  engram_backups_group_clear (&self->others);
  for (guint i = 0; self->items != NULL && i < self->items->len; i++)
    add (self, g_ptr_array_index (self->items, i));
  has_none = self->items != NULL && self->own.rows->len == 0;
  adw_preferences_group_set_description (self->own.group, has_none
    ? _("There is no backup of it in this folder. Create one, or choose another folder.") : NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->others.group), self->others.rows->len > 0);
  gtk_widget_set_sensitive (self->verify_all, self->items != NULL && self->items->len > 0);
  gtk_widget_set_visible (self->thin_out, has_session);
  gtk_widget_set_sensitive (self->thin_out, self->own.rows->len > 1);
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  EngramBackupsDialog *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) items = engram_backup_listing_finish (result, &error);

  /* Another reading is on its way, or the dialog is gone: a window must not outlive its parent, so none is held. */
  if (g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result))))
    return;
  gtk_spinner_stop (self->spinner);
  g_clear_object (&self->listing);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  self->items = g_steal_pointer (&items);
  show_items (self);
  if (error != NULL)
    engram_backups_dialog_tell (self, error->message);
}

static void
show_folder (EngramBackupsDialog *self,
             const char          *folder)
{
  g_autofree char *name = g_filename_display_name (folder);

  adw_action_row_set_subtitle (self->folder_row, name);
  gtk_widget_set_visible (self->usual_folder, self->elsewhere != NULL);
}

void
engram_backups_dialog_refresh (EngramBackupsDialog *self)
{
  EngramSession *session = engram_dialog_get_session (ENGRAM_DIALOG (self));
  g_autofree char *folder = engram_backups_dialog_dup_folder (self);

  g_cancellable_cancel (self->listing);
  g_clear_object (&self->listing);
  self->listing = g_cancellable_new ();
  gtk_spinner_start (self->spinner);
  show_folder (self, folder);
  engram_backup_listing_async (folder, must_exist (self),
                               session != NULL ? engram_session_get_database (session) : NULL, self->path,
                               self->listing, listed_cb, self);
}

/* What can be done with all */

static void
verify_all_cb (EngramBackupsDialog *self)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new ();

  for (guint i = 0; i < self->items->len; i++)
    g_ptr_array_add (paths, engram_backup_item_get_backup (g_ptr_array_index (self->items, i))->path);
  engram_backups_dialog_verify (self, paths);
}

static void
thin_out_cb (EngramBackupsDialog *self)
{
  engram_backups_dialog_thin_out (self);
}

/* Another folder */

static void
look_into (EngramBackupsDialog *self,
           const char          *folder)
{
  g_free (self->elsewhere);
  self->elsewhere = g_strdup (folder);
  engram_backups_dialog_tell (self, NULL);
  engram_backups_dialog_refresh (self);
}

static void
usual_folder_cb (EngramBackupsDialog *self)
{
  look_into (self, NULL);
}

static void
folder_chosen_cb (EngramBackupsDialog *self,
                  int                  response)
{
  g_autoptr (GFile) folder = NULL;
  g_autofree char *path = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    folder = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser));
  g_clear_object (&self->chooser);
  path = folder != NULL ? g_file_get_path (folder) : NULL;
  if (path != NULL)
    look_into (self, path);
}

static void
choose_folder_cb (EngramBackupsDialog *self)
{
  if (self->chooser != NULL)
    return;
  self->chooser = gtk_file_chooser_native_new (_("Look for Backups in a Folder"), GTK_WINDOW (self),
                                               GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, _("_Look Here"), NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (folder_chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/* The page */

static GtkWidget *
new_icon_button (EngramBackupsDialog *self,
                 const char          *icon,
                 const char          *name,
                 GCallback            clicked)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  engram_control_set_tooltip (button, name);
  g_signal_connect_swapped (button, "clicked", clicked, self);
  return button;
}

static void
add_folder (EngramBackupsDialog *self,
            GtkWidget           *box)
{
  self->folder_row = engram_backups_add_row (engram_backups_add_group (box, NULL, NULL), _("Folder"), NULL);
  self->spinner = GTK_SPINNER (gtk_spinner_new ());
  self->usual_folder = new_icon_button (self, "edit-undo-symbolic", _("Back to the Usual Folder"),
                                        G_CALLBACK (usual_folder_cb));
  adw_action_row_add_suffix (self->folder_row, GTK_WIDGET (self->spinner));
  adw_action_row_add_suffix (self->folder_row, self->usual_folder);
  adw_action_row_add_suffix (self->folder_row, new_icon_button (self, "folder-open-symbolic",
                                                                _("Look Into Another Folder…"),
                                                                G_CALLBACK (choose_folder_cb)));
}

static GtkWidget *
new_group_button (EngramBackupsDialog *self,
                  const char          *label,
                  GCallback            clicked)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  g_signal_connect_swapped (button, "clicked", clicked, self);
  return button;
}

static void
add_groups (EngramBackupsDialog *self,
            GtkWidget           *box)
{
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->own.group = engram_backups_add_group (box, _("This Network"), NULL);
  self->verify_all = new_group_button (self, _("_Verify All"), G_CALLBACK (verify_all_cb));
  self->thin_out = new_group_button (self, _("_Thin Out…"), G_CALLBACK (thin_out_cb));
  gtk_box_append (GTK_BOX (buttons), self->verify_all);
  gtk_box_append (GTK_BOX (buttons), self->thin_out);
  self->others.group = engram_backups_add_group (box, _("Other Networks"),
                                                 _("Backups in the same folder that were made of other networks."));
  gtk_widget_set_visible (GTK_WIDGET (self->others.group), FALSE);
  gtk_widget_set_halign (buttons, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), buttons);
}

static void
create_cb (EngramBackupsDialog *self)
{
  engram_dialog_show_page (ENGRAM_DIALOG (self), ENGRAM_BACKUPS_CREATE);
}

void
engram_backups_dialog_add_list (EngramBackupsDialog *self)
{
  GtkWidget *box, *page = engram_backups_new_page (&box), *button = NULL;

  self->message = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->message, TRUE);
  gtk_label_set_wrap_mode (self->message, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (self->message, 0);
  gtk_widget_set_visible (GTK_WIDGET (self->message), FALSE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->message));
  add_folder (self, box);
  add_groups (self, box);
  if (self->restored == NULL)
    {
      button = gtk_button_new_with_mnemonic (_("_Create…"));
      g_signal_connect_swapped (button, "clicked", G_CALLBACK (create_cb), self);
    }
  engram_dialog_add_page (ENGRAM_DIALOG (self), ENGRAM_BACKUPS_LIST, _("Backups"), page, button,
                          ENGRAM_DIALOG_PAGE_STEP);
}
