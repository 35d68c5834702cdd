/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dialogs/backups/engram-backups-dialog-private.h"

#include <glib/gi18n.h>

#include "common/engram-status-page.h"
#include "common/engram-text-format.h"

/* What a restore would change, the restore, and what came of it. */

static const char *
get_backup_path (EngramBackupsDialog *self)
{
  return engram_backup_item_get_backup (self->item)->path;
}

static void
take_work (EngramBackupsDialog *self,
           EngramBackupWork    *work)
{
  g_clear_pointer (&self->work, engram_backup_work_unref);
  self->work = work;
}

static void
work_free (gpointer work)
{
  engram_backup_work_unref (work);
}

/* After it */

void
engram_backups_dialog_show_restored (EngramBackupsDialog *self,
                                     const char          *title)
{
  const EngramRestoreReport *report = self->work->report;
  g_autofree char *counts = engram_backup_dup_counts (report->neurons, report->synapses);
  g_autofree char *kept = report->safety_backup != NULL ? g_filename_display_name (report->safety_backup) : NULL;
  /* Translators: "100 neurons, 200 synapses". */
  g_autofree char *held = g_strdup_printf (_("It holds %s now."), counts);
  g_autofree char *text = g_strconcat (held, report->is_unchecked ? " " : NULL,
                                       _("It was not read once more afterwards, because that was cancelled."), NULL);
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  g_free (self->safety_backup);
  self->safety_backup = g_strdup (report->safety_backup);
  adw_status_page_set_title (self->restored_status, title);
  adw_status_page_set_description (self->restored_status, escaped);
  engram_status_page_set_name (self->restored_status);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->restored_safety),
                                 self->restored != NULL ? _("The damaged file was moved to")
                                                        : _("Safety backup of what was before"));
  adw_action_row_set_subtitle (self->restored_safety, kept != NULL ? kept : "");
  gtk_widget_set_visible (GTK_WIDGET (self->restored_safety), kept != NULL);
  gtk_widget_set_visible (self->undo_restore, self->restored == NULL);
  engram_dialog_show_page (ENGRAM_DIALOG (self), ENGRAM_BACKUPS_RESTORED);
}

static void
show_damaged (EngramBackupsDialog *self)
{
  gtk_label_set_text (self->damage, self->work->problem);
  engram_dialog_show_page (ENGRAM_DIALOG (self), ENGRAM_BACKUPS_DAMAGED);
}

static void
restored_cb (EngramDialog *dialog,
             EngramJob    *job,
             gpointer      title)
{
  EngramBackupsDialog *self = ENGRAM_BACKUPS_DIALOG (dialog);

  if (self->work->report == NULL)
    {
      show_damaged (self);
      return;
    }
  engram_backups_dialog_refresh (self);
  engram_backups_dialog_show_restored (self, title);
}

/* Restoring */

static void
start_restoring (EngramBackupsDialog *self,
                 EngramBackupWork    *work, /* (transfer full) */
                 const char          *title,
                 EngramDialogAgain    again,
                 const char          *done_title)
{
  EngramSession *session = engram_dialog_get_session (ENGRAM_DIALOG (self));
  g_autoptr (EngramJob) job = NULL;

  take_work (self, work);
  job = engram_session_write (session, title, engram_backup_work_restore, engram_backup_work_ref (work), work_free,
                              ENGRAM_WRITE_REPLACES);
  engram_dialog_follow (ENGRAM_DIALOG (self), job, ENGRAM_DIALOG_GOES_ON, restored_cb, again, (gpointer) done_title);
}

static gboolean
cannot_start (EngramBackupsDialog *self)
{
  EngramSession *session = engram_dialog_get_session (ENGRAM_DIALOG (self));

  return engram_dialog_get_job (ENGRAM_DIALOG (self)) != NULL || session == NULL ||
         !engram_session_get_editable (session);
}

static void
restore (EngramDialog *dialog,
         gpointer      user_data)
{
  EngramBackupsDialog *self = ENGRAM_BACKUPS_DIALOG (dialog);

  if (!cannot_start (self))
    start_restoring (self, engram_backup_work_new (self->path, get_backup_path (self)), _("Restoring the Network"),
                     restore, _("The Network Is Restored"));
}

static void
undo (EngramDialog *dialog,
      gpointer      user_data)
{
  EngramBackupsDialog *self = ENGRAM_BACKUPS_DIALOG (dialog);

  if (!cannot_start (self))
    start_restoring (self, engram_backup_work_new (self->path, self->safety_backup), _("Undoing the Restore"), undo,
                     _("The Restore Is Undone"));
}

static void
undo_cb (EngramBackupsDialog *self)
{
  undo (ENGRAM_DIALOG (self), NULL);
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
  GtkWidget *question = adw_message_dialog_new (GTK_WINDOW (self), _("Replace It by Another Network?"),
                                                _("The backup was made of another network. All neurons and synapses of "
                                                  "this one are replaced by those of the other one; a safety backup "
                                                  "keeps them."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (question), "cancel", _("_Cancel"), "restore", _("_Replace"),
                                    NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (question), "restore", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (question), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (question), "cancel");
  g_signal_connect_object (question, "response", G_CALLBACK (restore_response_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (question));
}

static void
restore_cb (EngramBackupsDialog *self)
{
  if (self->work != NULL && self->work->is_other)
    ask_for_other (self);
  else
    restore (ENGRAM_DIALOG (self), NULL);
}

/* Before it */

static void
show_counts (AdwActionRow                 *row,
             const EngramComparisonCounts *counts)
{
  g_autofree char *added = engram_format_count (counts->added);
  g_autofree char *removed = engram_format_count (counts->removed);
  g_autofree char *changed = engram_format_count (counts->changed);
  /* Translators: of neurons or synapses, since the backup was made; three numbers. */
  g_autofree char *text = g_strdup_printf (_("Added since: %s · removed since: %s · changed since: %s"), added, removed,
                                           changed);

  adw_action_row_set_subtitle (row, text);
}

static void
show_consequences (EngramBackupsDialog *self)
{
  g_autofree char *folder = engram_backup_plan_dup_folder (self->work->plan, self->path);
  g_autofree char *name = g_filename_display_name (folder);

  adw_action_row_set_subtitle (self->safety, name);
  gtk_widget_set_visible (GTK_WIDGET (self->other_warning), self->work->is_other);
}

static void
compared_cb (EngramDialog *dialog,
             EngramJob    *job,
             gpointer      user_data)
{
  EngramBackupsDialog *self = ENGRAM_BACKUPS_DIALOG (dialog);
  EngramComparison *comparison = self->work->comparison;
  g_autofree char *summary = NULL;

  if (self->work->is_damaged)
    {
      show_damaged (self);
      return;
    }
  summary = engram_comparison_dup_restore_summary (comparison);
  gtk_label_set_text (self->summary, summary);
  show_counts (self->neurons, engram_comparison_get_counts (comparison, ENGRAM_RECORD_NEURON));
  show_counts (self->synapses, engram_comparison_get_counts (comparison, ENGRAM_RECORD_SYNAPSE));
  show_consequences (self);
  engram_dialog_show_page (dialog, ENGRAM_BACKUPS_RESTORE);
}

static void
compare (EngramDialog *dialog,
         gpointer      user_data)
{
  EngramBackupsDialog *self = ENGRAM_BACKUPS_DIALOG (dialog);
  g_autoptr (EngramJob) job = NULL;

  if (cannot_start (self))
    return;
  take_work (self, engram_backup_work_new (self->path, get_backup_path (self)));
  job = engram_backups_dialog_start (self, _("Comparing the Backup With Today"), engram_backup_work_compare,
                                     self->work);
  engram_dialog_follow (dialog, job, ENGRAM_DIALOG_CANCELS, compared_cb, compare, NULL);
}

void
engram_backups_dialog_restore (EngramBackupsDialog *self)
{
  compare (ENGRAM_DIALOG (self), NULL);
}

/* A network that is open, but damaged */

static void
set_aside_cb (EngramBackupsDialog *self)
{
  /* It has to be closed first: the window does that, and opens this dialog in its other form. */
  gtk_widget_activate_action (GTK_WIDGET (gtk_window_get_transient_for (GTK_WINDOW (self))), "win.restore-damaged",
                              NULL);
}

/* The pages */

static GtkLabel *
add_label (GtkWidget *box)
{
  GtkLabel *label = GTK_LABEL (gtk_label_new (NULL));

  gtk_label_set_wrap (label, TRUE);
  gtk_label_set_wrap_mode (label, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (label, 0);
  gtk_label_set_selectable (label, TRUE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (label));
  return label;
}

static void
add_restore_page (EngramBackupsDialog *self)
{
  GtkWidget *box, *page = engram_backups_new_page (&box);
  GtkWidget *button = gtk_button_new_with_mnemonic (_("_Restore"));
  AdwPreferencesGroup *group;

  self->summary = add_label (box);
  group = engram_backups_add_group (box, _("Since the Backup"), NULL);
  self->neurons = engram_backups_add_row (group, _("Neurons"), NULL);
  self->synapses = engram_backups_add_row (group, _("Synapses"), NULL);
  group = engram_backups_add_group (box, _("What It Means"), NULL);
  self->other_warning = engram_backups_add_row (group, _("It Is Another Network"),
                                                _("The backup was made of another network: everything in this one is "
                                                  "replaced."));
  adw_action_row_add_prefix (self->other_warning, gtk_image_new_from_icon_name ("dialog-warning-symbolic"));
  self->safety = engram_backups_add_row (group, _("A safety backup of today is made first"), NULL);
  engram_backups_add_row (group, _("The undo history ends"),
                          _("What was done until now can no longer be undone step by step. The restore itself can be "
                            "undone, by the safety backup."));
  gtk_widget_add_css_class (button, "destructive-action");
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (restore_cb), self);
  engram_dialog_add_page (ENGRAM_DIALOG (self), ENGRAM_BACKUPS_RESTORE, _("Restore"), page, button,
                          ENGRAM_DIALOG_PAGE_STEP);
}

static void
add_damaged_page (EngramBackupsDialog *self)
{
  GtkWidget *box, *page = engram_backups_new_page (&box);
  GtkWidget *button = gtk_button_new_with_mnemonic (_("_Set Aside…"));

  engram_backups_add_group (box, _("The Network Itself Is Damaged"),
                            _("No safety backup can be made of it, so nothing was changed. It can be closed and set "
                              "aside as it is, under another name, and a good backup be put in its place."));
  self->damage = add_label (box);
  gtk_widget_add_css_class (button, "suggested-action");
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (set_aside_cb), self);
  engram_dialog_add_page (ENGRAM_DIALOG (self), ENGRAM_BACKUPS_DAMAGED, _("Damaged Network"), page, button,
                          ENGRAM_DIALOG_PAGE_STEP);
}

static void
add_restored_page (EngramBackupsDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18), *clamp = adw_clamp_new ();
  GtkWidget *button = gtk_button_new_with_mnemonic (_("_Close"));

  self->restored_status = ADW_STATUS_PAGE (adw_status_page_new ());
  adw_status_page_set_icon_name (self->restored_status, "emblem-ok-symbolic");
  self->restored_safety = engram_backups_add_row (engram_backups_add_group (box, NULL, NULL),
                                                  _("Safety backup of what was before"), NULL);
  self->undo_restore = gtk_button_new_with_mnemonic (_("_Undo the Restore"));
  gtk_widget_set_halign (self->undo_restore, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->undo_restore, "pill");
  g_signal_connect_swapped (self->undo_restore, "clicked", G_CALLBACK (undo_cb), self);
  gtk_box_append (GTK_BOX (box), self->undo_restore);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  adw_status_page_set_child (self->restored_status, clamp);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "window.close");
  engram_dialog_add_page (ENGRAM_DIALOG (self), ENGRAM_BACKUPS_RESTORED, _("Restored"),
                          GTK_WIDGET (self->restored_status), button, ENGRAM_DIALOG_PAGE_END);
}

void
engram_backups_dialog_add_restore (EngramBackupsDialog *self)
{
  if (self->restored == NULL)
    {
      add_restore_page (self);
      add_damaged_page (self);
    }
  add_restored_page (self);
}
