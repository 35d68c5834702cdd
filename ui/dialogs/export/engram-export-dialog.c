/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dialogs/export/engram-export-dialog.h"

#include <glib/gi18n.h>

#include "dialogs/export/engram-export-result.h"

#define DEFAULT_WIDTH 560
#define DEFAULT_HEIGHT 700

#define CHOICE "choice"
#define RESULT "result"

struct _EngramExportDialog {
  EngramDialog          parent_instance;

  EngramExportPage     *page;
  GtkWidget            *export_button;
  EngramExportResult   *result;
  GtkFileChooserNative *chooser; /* or NULL */
  EngramExportWork     *work;    /* what was started last, or is being asked about; or NULL */
  gboolean              is_asking; /* between the place and the job */
};

G_DEFINE_FINAL_TYPE (EngramExportDialog, engram_export_dialog, ENGRAM_TYPE_DIALOG)

static void
update_button (EngramExportDialog *self)
{
  gtk_widget_set_sensitive (self->export_button, engram_export_page_is_ready (self->page) && !self->is_asking &&
                                                 engram_dialog_get_job (ENGRAM_DIALOG (self)) == NULL);
}

/* The job */

static void
done_cb (EngramDialog *dialog,
         EngramJob    *job,
         gpointer      user_data)
{
  EngramExportDialog *self = ENGRAM_EXPORT_DIALOG (dialog);

  engram_export_result_set (self->result, engram_export_work_get_report (self->work));
  engram_dialog_show_page (dialog, RESULT);
}

static void ask_where (EngramExportDialog *self);

/* To another place perhaps: that is mostly what helps. */
static void
again_cb (EngramDialog *dialog,
          gpointer      user_data)
{
  ask_where (ENGRAM_EXPORT_DIALOG (dialog));
}

static void
ended_cb (EngramExportPage *page)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (page));

  if (ENGRAM_IS_EXPORT_DIALOG (root))
    update_button (ENGRAM_EXPORT_DIALOG (root));
}

static void
start (EngramExportDialog *self)
{
  EngramSession *session = engram_dialog_get_session (ENGRAM_DIALOG (self));
  g_autoptr (EngramJob) job = NULL;

  job = engram_export_work_start (self->work, session);
  engram_dialog_follow (ENGRAM_DIALOG (self), job, ENGRAM_DIALOG_GOES_ON, done_cb, again_cb, NULL);
  /* After the dialog's own, which lets the button be used again, whatever is chosen. */
  g_signal_connect_object (job, "ended", G_CALLBACK (ended_cb), self->page, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}

static void
stop_asking (EngramExportDialog *self)
{
  self->is_asking = FALSE;
  update_button (self);
}

static void
show_failure (EngramExportDialog *self,
              const GError       *error)
{
  stop_asking (self);
  engram_dialog_show_failure (ENGRAM_DIALOG (self), _("The Network Was Not Exported"), error, again_cb, NULL);
}

/* Before it: what it is about, and what it would replace */

static void
filled_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (EngramExportDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean filled = engram_export_page_fill_finish (ENGRAM_EXPORT_PAGE (source), result, &error);

  if (engram_dialog_get_session (ENGRAM_DIALOG (self)) == NULL)
    return;
  if (!filled)
    {
      show_failure (self, error);
      return;
    }
  self->is_asking = FALSE;
  start (self);
}

static void
fill (EngramExportDialog *self)
{
  engram_export_page_fill_async (self->page, self->work, filled_cb, g_object_ref (self));
}

static void
response_cb (EngramExportDialog *self,
             const char         *response)
{
  if (g_str_equal (response, "replace"))
    fill (self);
  else
    stop_asking (self);
}

static void
ask_to_replace (EngramExportDialog  *self,
                char               **files)
{
  guint n_files = g_strv_length (files);
  g_autoptr (GString) names = g_string_new (NULL);
  g_autofree char *body = NULL;
  GtkWidget *dialog;

  for (guint i = 0; i < n_files; i++)
    {
      g_autofree char *name = g_filename_display_basename (files[i]);

      g_string_append_printf (names, "%s\n", name);
    }
  body = g_strdup_printf ("%s\n%s", names->str,
                          ngettext ("This file is there already. What is in it will be lost.",
                                    "These files are there already. What is in them will be lost.", n_files));
  dialog = adw_message_dialog_new (GTK_WINDOW (self), ngettext ("Replace File?", "Replace Files?", n_files), body);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "replace", _("_Replace"),
                                    NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "replace", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
look_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  g_task_return_pointer (task, engram_export_work_list_replaced (data), (GDestroyNotify) g_strfreev);
}

/* The chooser has asked about the name that was typed, and about no other. */
static void
looked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  EngramExportDialog *self = ENGRAM_EXPORT_DIALOG (source);
  g_auto (GStrv) files = g_task_propagate_pointer (G_TASK (result), NULL);
  g_autofree char *chosen = user_data;

  if (engram_dialog_get_session (ENGRAM_DIALOG (self)) == NULL)
    return;
  if (files[0] == NULL || (files[1] == NULL && g_str_equal (files[0], chosen)))
    fill (self);
  else
    ask_to_replace (self, files);
}

/* Other programs go by the ending. */
static char *
complete_path (const char           *path,
               EngramExchangeFormat  format)
{
  EngramExchangeFormat found;

  if (engram_exchange_format_from_path (path, &found) && found == format)
    return g_strdup (path);
  return g_strdup_printf ("%s.%s", path, engram_exchange_format_get_name (format));
}

void
engram_export_dialog_export (EngramExportDialog *self,
                             GFile              *file)
{
  g_autofree char *chosen = NULL, *path = NULL, *name = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GTask) task = NULL;
  EngramExchangeOptions options;

  g_return_if_fail (ENGRAM_IS_EXPORT_DIALOG (self));
  g_return_if_fail (G_IS_FILE (file));
  g_return_if_fail (!self->is_asking && engram_dialog_get_job (ENGRAM_DIALOG (self)) == NULL);

  chosen = g_file_get_path (file);
  if (chosen == NULL)
    {
      name = g_file_get_parse_name (file);
      g_set_error (&error, ENGRAM_ERROR, ENGRAM_ERROR_INVALID,
                   _("“%s” is in no folder of this computer, and files elsewhere cannot be replaced whole."), name);
      show_failure (self, error);
      return;
    }
  engram_export_page_get_options (self->page, &options);
  path = complete_path (chosen, options.format);
  g_clear_pointer (&self->work, engram_export_work_unref);
  self->work = engram_export_work_new (path, &options);
  self->is_asking = TRUE;
  update_button (self);
  task = g_task_new (self, NULL, looked_cb, g_steal_pointer (&chosen));
  g_task_set_source_tag (task, engram_export_dialog_export);
  g_task_set_task_data (task, engram_export_work_ref (self->work), (GDestroyNotify) engram_export_work_unref);
  g_task_run_in_thread (task, look_thread);
}

/* Where to */

static void
chosen_cb (EngramExportDialog *self,
           int                 response)
{
  g_autoptr (GtkFileChooserNative) chooser = g_steal_pointer (&self->chooser);
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  if (file != NULL)
    engram_export_dialog_export (self, file);
}

static void
ask_where (EngramExportDialog *self)
{
  EngramDatabase *database = engram_session_get_database (engram_dialog_get_session (ENGRAM_DIALOG (self)));
  const char *network = engram_database_get_path (database);
  g_autofree char *name = engram_export_page_dup_name (self->page, network);
  g_autofree char *folder_path = g_path_get_dirname (network);
  g_autoptr (GFile) folder = g_file_new_for_path (folder_path);

  if (self->chooser != NULL || self->is_asking || engram_dialog_get_job (ENGRAM_DIALOG (self)) != NULL)
    return;
  self->chooser = gtk_file_chooser_native_new (_("Export"), GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_SAVE,
                                               _("_Export"), NULL);
  gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (self->chooser), folder, NULL);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

GtkFileChooserNative *
engram_export_dialog_get_chooser (EngramExportDialog *self)
{
  g_return_val_if_fail (ENGRAM_IS_EXPORT_DIALOG (self), NULL);

  return self->chooser;
}

/* The dialog */

static void
engram_export_dialog_dispose (GObject *object)
{
  EngramExportDialog *self = ENGRAM_EXPORT_DIALOG (object);

  g_clear_object (&self->chooser);
  g_clear_pointer (&self->work, engram_export_work_unref);

  G_OBJECT_CLASS (engram_export_dialog_parent_class)->dispose (object);
}

static void
engram_export_dialog_class_init (EngramExportDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = engram_export_dialog_dispose;
}

static void
engram_export_dialog_init (EngramExportDialog *self)
{
  gtk_window_set_default_size (GTK_WINDOW (self), DEFAULT_WIDTH, DEFAULT_HEIGHT);
}

static void
add_pages (EngramExportDialog *self,
           GtkWidget          *page)
{
  GtkWidget *done = gtk_button_new_with_mnemonic (_("_Done"));

  self->page = ENGRAM_EXPORT_PAGE (page);
  self->export_button = gtk_button_new_with_mnemonic (_("_Export…"));
  gtk_widget_add_css_class (self->export_button, "suggested-action");
  g_signal_connect_swapped (self->export_button, "clicked", G_CALLBACK (ask_where), self);
  engram_dialog_add_page (ENGRAM_DIALOG (self), CHOICE, _("Export"), page, self->export_button,
                          ENGRAM_DIALOG_PAGE_STEP);

  self->result = ENGRAM_EXPORT_RESULT (engram_export_result_new ());
  gtk_widget_add_css_class (done, "suggested-action");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (done), "window.close");
  engram_dialog_add_page (ENGRAM_DIALOG (self), RESULT, _("Exported"), GTK_WIDGET (self->result), done,
                          ENGRAM_DIALOG_PAGE_END);

  g_signal_connect_object (page, "notify::ready", G_CALLBACK (update_button), self, G_CONNECT_SWAPPED);
  update_button (self);
}

EngramExportDialog *
engram_export_dialog_present (GtkWindow         *parent,
                              EngramSession     *session,
                              EngramRecordModel *shown,
                              EngramExportWhat   what)
{
  EngramDialog *there;
  EngramExportDialog *self;

  g_return_val_if_fail (parent == NULL || GTK_IS_WINDOW (parent), NULL);
  g_return_val_if_fail (ENGRAM_IS_SESSION (session), NULL);

  there = engram_dialog_find (parent, ENGRAM_TYPE_EXPORT_DIALOG);
  if (there != NULL && (engram_dialog_get_job (there) != NULL || ENGRAM_EXPORT_DIALOG (there)->is_asking))
    return ENGRAM_EXPORT_DIALOG (there);
  /* The list may be another one by now. */
  if (there != NULL)
    gtk_window_destroy (GTK_WINDOW (there));
  self = g_object_new (ENGRAM_TYPE_EXPORT_DIALOG, NULL);
  add_pages (self, engram_export_page_new (session, shown, what));
  engram_dialog_present (ENGRAM_DIALOG (self), parent, session);
  return self;
}
