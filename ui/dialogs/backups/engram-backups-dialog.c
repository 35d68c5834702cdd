/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dialogs/backups/engram-backups-dialog-private.h"

#include "common/engram-control.h"

#define WIDTH 560
#define HEIGHT 640
#define CONTENT_WIDTH 560

G_DEFINE_FINAL_TYPE (EngramBackupsDialog, engram_backups_dialog, ENGRAM_TYPE_DIALOG)

/* Jobs */

/* One of a network that is not open. */
typedef struct {
  EngramSessionFunc  func;
  EngramBackupWork  *work;
} Task;

static void
task_free (gpointer data)
{
  Task *self = data;

  engram_backup_work_unref (self->work);
  g_free (self);
}

static gboolean
run_task (EngramJob    *job,
          gpointer      data,
          GCancellable *cancellable,
          GError      **error)
{
  Task *self = data;

  return self->func (job, NULL, NULL, self->work, cancellable, error);
}

static void
work_free (gpointer work)
{
  engram_backup_work_unref (work);
}

EngramJob *
engram_backups_dialog_start (EngramBackupsDialog *self,
                             const char          *title,
                             EngramSessionFunc    func,
                             EngramBackupWork    *work)
{
  EngramSession *session = engram_dialog_get_session (ENGRAM_DIALOG (self));
  EngramJob *job;
  Task *task;

  if (session != NULL)
    return engram_session_read (session, title, func, engram_backup_work_ref (work), work_free);
  task = g_new0 (Task, 1);
  task->func = func;
  task->work = engram_backup_work_ref (work);
  job = engram_job_new (title, run_task, task, task_free);
  engram_job_start (job);
  return job;
}

/* Widgets that the pages share */

GtkWidget *
engram_backups_new_page (GtkWidget **box)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();

  *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  gtk_widget_set_margin_start (*box, 12);
  gtk_widget_set_margin_end (*box, 12);
  gtk_widget_set_margin_top (*box, 18);
  gtk_widget_set_margin_bottom (*box, 18);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), CONTENT_WIDTH);
  adw_clamp_set_child (ADW_CLAMP (clamp), *box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  gtk_widget_set_focusable (scroller, FALSE);
  return scroller;
}

AdwPreferencesGroup *
engram_backups_add_group (GtkWidget  *box,
                          const char *title,
                          const char *description)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  adw_preferences_group_set_title (group, title != NULL ? title : "");
  adw_preferences_group_set_description (group, description);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (group));
  return group;
}

static GtkWidget *
new_row (const char *title,
         const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  /* Names of files and notes are any text. */
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle != NULL ? subtitle : "");
  return row;
}

AdwActionRow *
engram_backups_add_row (AdwPreferencesGroup *group,
                        const char          *title,
                        const char          *subtitle)
{
  GtkWidget *row = new_row (title, subtitle);

  adw_preferences_group_add (group, row);
  return ADW_ACTION_ROW (row);
}

/* To those who cannot see it GTK 4.8 does not tell that a row can be activated: so a button within it can be. */
void
engram_backups_make_activatable (GtkWidget *row)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("go-next-symbolic");

  engram_control_set_name (button, adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)));
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_focusable (button, FALSE);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_object (button, "clicked", G_CALLBACK (adw_action_row_activate), row, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
}

GtkWidget *
engram_backups_add_button_row (AdwPreferencesGroup *group,
                               const char          *title,
                               const char          *subtitle,
                               GCallback            activated,
                               gpointer             user_data)
{
  GtkWidget *row = new_row (title, subtitle);

  engram_backups_make_activatable (row);
  g_signal_connect_swapped (row, "activated", activated, user_data);
  adw_preferences_group_add (group, row);
  return row;
}

static const char *
get_trust_icon (EngramBackupItem *item)
{
  switch (engram_backup_item_get_trust (item))
    {
    case ENGRAM_BACKUP_TRUST_GOOD:
      return "emblem-ok-symbolic";
    case ENGRAM_BACKUP_TRUST_UNKNOWN:
      return "dialog-question-symbolic";
    case ENGRAM_BACKUP_TRUST_BAD:
    default:
      return "dialog-warning-symbolic";
    }
}

/* What a person has noted of it comes first. */
static char *
dup_subtitle (EngramBackupItem *item)
{
  const EngramBackup *backup = engram_backup_item_get_backup (item);
  g_autofree char *figures = engram_backup_item_dup_figures (item);
  g_autofree char *verification = engram_backup_item_dup_verification (item);
  g_autoptr (GString) text = g_string_new (NULL);

  if (backup->note != NULL)
    g_string_append_printf (text, "%s\n", backup->note);
  if (!engram_backup_item_is_own (item) && backup->original != NULL)
    {
      g_autofree char *original = g_filename_display_name (backup->original);

      g_string_append_printf (text, "%s\n", original);
    }
  g_string_append_printf (text, "%s\n%s", figures, verification);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

GtkWidget *
engram_backups_group_add (EngramBackupsGroup *self,
                          EngramBackupItem   *item)
{
  g_autofree char *title = engram_backup_item_dup_title (item);
  g_autofree char *subtitle = dup_subtitle (item);
  GtkWidget *row = new_row (title, subtitle);

  gtk_widget_add_css_class (row, "engram-backup-row");
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name (get_trust_icon (item)));
  g_object_set_data_full (G_OBJECT (row), "engram-backup-item", g_object_ref (item), g_object_unref);
  adw_preferences_group_add (self->group, row);
  g_ptr_array_add (self->rows, row);
  return row;
}

void
engram_backups_group_clear (EngramBackupsGroup *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->group, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
}

/* The window */

static void
engram_backups_dialog_dispose (GObject *object)
{
  EngramBackupsDialog *self = ENGRAM_BACKUPS_DIALOG (object);

  g_cancellable_cancel (self->listing);
  g_clear_object (&self->listing);
  g_clear_object (&self->chooser);
  g_clear_object (&self->item);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_pointer (&self->work, engram_backup_work_unref);

  G_OBJECT_CLASS (engram_backups_dialog_parent_class)->dispose (object);
}

static void
engram_backups_dialog_finalize (GObject *object)
{
  EngramBackupsDialog *self = ENGRAM_BACKUPS_DIALOG (object);

  g_ptr_array_unref (self->own.rows);
  g_ptr_array_unref (self->others.rows);
  g_ptr_array_unref (self->superfluous.rows);
  g_free (self->path);
  g_free (self->elsewhere);
  g_free (self->safety_backup);

  G_OBJECT_CLASS (engram_backups_dialog_parent_class)->finalize (object);
}

static void
engram_backups_dialog_class_init (EngramBackupsDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = engram_backups_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = engram_backups_dialog_finalize;
}

static void
engram_backups_dialog_init (EngramBackupsDialog *self)
{
  self->own.rows = g_ptr_array_new ();
  self->others.rows = g_ptr_array_new ();
  self->superfluous.rows = g_ptr_array_new ();
  gtk_window_set_default_size (GTK_WINDOW (self), WIDTH, HEIGHT);
}

static EngramBackupsDialog *
find (GtkWindow *parent)
{
  EngramDialog *dialog = engram_dialog_find (parent, ENGRAM_TYPE_BACKUPS_DIALOG);

  return dialog != NULL ? ENGRAM_BACKUPS_DIALOG (dialog) : NULL;
}

static EngramBackupsDialog *
present (GtkWindow     *parent,
         EngramSession *session)
{
  EngramBackupsDialog *self = find (parent);

  if (self != NULL)
    return self;
  self = g_object_new (ENGRAM_TYPE_BACKUPS_DIALOG, NULL);
  self->path = g_strdup (engram_database_get_path (engram_session_get_database (session)));
  engram_backups_dialog_add_list (self);
  engram_backups_dialog_add_create (self);
  engram_backups_dialog_add_backup (self);
  engram_backups_dialog_add_restore (self);
  engram_backups_dialog_add_thin (self);
  engram_dialog_present (ENGRAM_DIALOG (self), parent, session);
  engram_backups_dialog_refresh (self);
  return self;
}

GtkWidget *
engram_backups_dialog_present (GtkWindow     *parent,
                               EngramSession *session)
{
  g_return_val_if_fail (ENGRAM_IS_SESSION (session) && engram_session_get_database (session) != NULL, NULL);

  return GTK_WIDGET (present (parent, session));
}

GtkWidget *
engram_backups_dialog_present_creating (GtkWindow     *parent,
                                        EngramSession *session)
{
  EngramBackupsDialog *self;

  g_return_val_if_fail (ENGRAM_IS_SESSION (session) && engram_session_get_database (session) != NULL, NULL);

  self = present (parent, session);
  /* What it is at is not to be disturbed. */
  if (engram_dialog_get_job (ENGRAM_DIALOG (self)) == NULL &&
      g_strcmp0 (engram_dialog_get_page (ENGRAM_DIALOG (self)), ENGRAM_BACKUPS_LIST) == 0)
    engram_dialog_show_page (ENGRAM_DIALOG (self), ENGRAM_BACKUPS_CREATE);
  return GTK_WIDGET (self);
}

GtkWidget *
engram_backups_dialog_present_unreadable (GtkWindow             *parent,
                                          const char            *path,
                                          EngramBackupsRestored  restored)
{
  EngramBackupsDialog *self;

  g_return_val_if_fail (path != NULL && restored != NULL, NULL);

  self = find (parent);
  if (self != NULL && self->restored != NULL)
    return GTK_WIDGET (self);
  self = g_object_new (ENGRAM_TYPE_BACKUPS_DIALOG, NULL);
  self->path = g_strdup (path);
  self->restored = restored;
  engram_backups_dialog_add_found (self);
  engram_backups_dialog_add_list (self);
  engram_backups_dialog_add_backup (self);
  engram_backups_dialog_add_restore (self);
  engram_dialog_present (ENGRAM_DIALOG (self), parent, NULL);
  engram_backups_dialog_refresh (self);
  engram_backups_dialog_find (self);
  return GTK_WIDGET (self);
}
