/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dialogs/integrity/engram-integrity-dialog.h"

#include <glib/gi18n.h>

#include "common/engram-status-page.h"
#include "common/engram-toast.h"
#include "dialogs/integrity/engram-integrity-view.h"
#include "dialogs/integrity/engram-integrity-work.h"
#include "dialogs/integrity/engram-repair-preview-view.h"
#include "dialogs/integrity/engram-repair-result-view.h"
#include "pages/engram-network-notices.h"

#define START "start"
#define REPORT "report"
#define PREVIEW "preview"
#define RESULT "result"

/* So many records are shown by a filter, which leaves nothing else; more are selected among all others. */
#define MAX_FILTERED 50

struct _EngramIntegrityDialog {
  EngramDialog             parent_instance;

  AdwToastOverlay         *toasts;         /* over the report */
  EngramIntegrityView     *view;
  EngramRepairPreviewView *preview_view;
  EngramRepairResultView  *result_view;
  GtkWidget               *preview_button;
  GtkWidget               *repair_button;
  GtkFileChooserNative    *chooser;        /* while it is shown, or NULL */
  EngramIntegrityFormat    format;         /* what is saved by it */
  char                   **kinds;          /* what the preview is of */
};

G_DEFINE_FINAL_TYPE (EngramIntegrityDialog, engram_integrity_dialog, ENGRAM_TYPE_DIALOG)

static EngramSession *
get_session (EngramIntegrityDialog *self)
{
  return engram_dialog_get_session (ENGRAM_DIALOG (self));
}

/* One thing at a time. */
static gboolean
is_at_work (EngramIntegrityDialog *self)
{
  return engram_dialog_get_job (ENGRAM_DIALOG (self)) != NULL;
}

/* The check */

/* (nullable): of a file whose pages are damaged no backup can be verified. */
static char *
dup_repair_reason (EngramIntegrityDialog *self,
                   EngramIntegrityReport *report)
{
  GPtrArray *findings = engram_integrity_report_get_findings (report);

  for (guint i = 0; i < findings->len; i++)
    if (g_str_equal (engram_finding_get_kind (g_ptr_array_index (findings, i)), "sqlite-corruption"))
      return g_strdup (_("The file itself is damaged, so no backup of it can be verified, and nothing is repaired "
                         "without one. Restore a backup."));
  return engram_network_notices_describe_access (engram_session_get_database (get_session (self)));
}

static void
show_report (EngramIntegrityDialog *self,
             EngramIntegrityReport *report)
{
  g_autofree char *reason = dup_repair_reason (self, report);

  engram_integrity_view_set_report (self->view, report, reason);
  engram_dialog_show_page (ENGRAM_DIALOG (self), REPORT);
}

static void
checked_cb (EngramDialog *dialog,
            EngramJob    *job,
            gpointer      user_data)
{
  EngramIntegrityReport *report = engram_integrity_work_get_report (job);

  engram_session_set_findings (engram_dialog_get_session (dialog), report);
  show_report (ENGRAM_INTEGRITY_DIALOG (dialog), report);
}

static void
check_again_cb (EngramDialog *dialog,
                gpointer      user_data);

static void
check (EngramIntegrityDialog *self)
{
  g_autoptr (EngramJob) job = NULL;

  if (is_at_work (self))
    return;
  job = engram_integrity_work_check (get_session (self));
  engram_dialog_follow (ENGRAM_DIALOG (self), job, ENGRAM_DIALOG_CANCELS, checked_cb, check_again_cb, NULL);
}

static void
check_again_cb (EngramDialog *dialog,
                gpointer      user_data)
{
  check (ENGRAM_INTEGRITY_DIALOG (dialog));
}

/* Showing */

/* NULL where they are too many, or have ids that cannot be told in a filter. */
static EngramQuery *
make_filter (const EngramFinding *finding)
{
  g_auto (GStrv) ids = NULL;
  g_autofree char *joined = NULL;
  g_autofree char *text = NULL;

  if (engram_finding_get_count (finding) > MAX_FILTERED)
    return NULL;
  ids = engram_finding_get_ids (finding, 0, MAX_FILTERED);
  for (guint i = 0; ids[i] != NULL; i++)
    if (!engram_uuid_is_valid (ids[i]))
      return NULL;
  joined = g_strjoinv (",", ids);
  text = g_strconcat ("id:", joined, NULL);
  return engram_query_parse (text, NULL, NULL, NULL);
}

/* The window with the lists and views comes to the front; this one stays where it is. */
static void
show_cb (EngramIntegrityDialog *self,
         const EngramFinding   *finding)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));
  EngramSession *session = get_session (self);
  g_autoptr (EngramQuery) filter = make_filter (finding);

  engram_session_show (session, engram_finding_get_rows (finding, ENGRAM_RECORD_NEURON),
                       engram_finding_get_rows (finding, ENGRAM_RECORD_SYNAPSE));
  if (filter != NULL)
    engram_session_set_query (session, filter);
  if (parent != NULL)
    gtk_window_present (parent);
}

/* Saving and printing */

static void
saved_cb (EngramDialog *dialog,
          EngramJob    *job,
          gpointer      user_data)
{
  EngramIntegrityDialog *self = ENGRAM_INTEGRITY_DIALOG (dialog);

  adw_toast_overlay_add_toast (self->toasts, engram_toast_new (engram_job_get_outcome (job)));
}

static void
choose_file (EngramIntegrityDialog *self);

static void
save_again_cb (EngramDialog *dialog,
               gpointer      user_data)
{
  choose_file (ENGRAM_INTEGRITY_DIALOG (dialog));
}

void
engram_integrity_dialog_save (EngramIntegrityDialog *self,
                              EngramIntegrityFormat  format,
                              const char            *path)
{
  g_autoptr (EngramJob) job = NULL;

  g_return_if_fail (ENGRAM_IS_INTEGRITY_DIALOG (self));
  g_return_if_fail (path != NULL && engram_integrity_view_get_report (self->view) != NULL);

  if (is_at_work (self))
    return;
  self->format = format;
  job = engram_integrity_save (engram_integrity_view_get_report (self->view), format, path, get_session (self));
  engram_dialog_follow (ENGRAM_DIALOG (self), job, ENGRAM_DIALOG_GOES_ON, saved_cb, save_again_cb, NULL);
}

static void
file_chosen_cb (EngramIntegrityDialog *self,
                int                    response)
{
  g_autoptr (GtkFileChooserNative) chooser = g_steal_pointer (&self->chooser);
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser))
                                                           : NULL;
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (path != NULL)
    engram_integrity_dialog_save (self, self->format, path);
}

static void
choose_file (EngramIntegrityDialog *self)
{
  g_autofree char *name = engram_integrity_dup_file_name (engram_integrity_view_get_report (self->view), self->format);

  if (self->chooser != NULL)
    return;
  self->chooser = gtk_file_chooser_native_new (_("Save the Report"), GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_SAVE,
                                               _("_Save"), _("_Cancel"));
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), name);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (file_chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
save_html_cb (EngramIntegrityDialog *self)
{
  self->format = ENGRAM_INTEGRITY_HTML;
  choose_file (self);
}

static void
save_json_cb (EngramIntegrityDialog *self)
{
  self->format = ENGRAM_INTEGRITY_JSON;
  choose_file (self);
}

static void
print_cb (EngramIntegrityDialog *self)
{
  g_autoptr (GtkPrintOperation) operation =
    engram_integrity_make_print_operation (engram_integrity_view_get_report (self->view));
  g_autoptr (GError) error = NULL;

  gtk_print_operation_set_allow_async (operation, TRUE);
  if (gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, GTK_WINDOW (self), &error) ==
      GTK_PRINT_OPERATION_RESULT_ERROR)
    engram_dialog_show_failure (ENGRAM_DIALOG (self), _("The Report Cannot Be Printed"), error, NULL, NULL);
}

/* The repair */

static void
previewed_cb (EngramDialog *dialog,
              EngramJob    *job,
              gpointer      user_data)
{
  EngramIntegrityDialog *self = ENGRAM_INTEGRITY_DIALOG (dialog);
  const char *path = engram_database_get_path (engram_session_get_database (get_session (self)));
  g_autoptr (EngramBackupPlan) plan = engram_backup_plan_new ();
  g_autofree char *folder = engram_backup_plan_dup_folder (plan, path);
  EngramRepairPreview *preview = engram_integrity_work_steal_preview (job);

  gtk_widget_set_sensitive (self->repair_button, preview->n_changes > 0);
  engram_repair_preview_view_set_preview (self->preview_view, preview, folder);
  engram_dialog_show_page (dialog, PREVIEW);
}

static void
preview_again_cb (EngramDialog *dialog,
                  gpointer      user_data);

static void
preview_cb (EngramIntegrityDialog *self)
{
  g_autoptr (EngramJob) job = NULL;

  if (is_at_work (self))
    return;
  g_strfreev (self->kinds);
  self->kinds = engram_integrity_view_dup_chosen (self->view);
  job = engram_integrity_work_preview (get_session (self), (const char *const *) self->kinds);
  engram_dialog_follow (ENGRAM_DIALOG (self), job, ENGRAM_DIALOG_CANCELS, previewed_cb, preview_again_cb, NULL);
}

static void
preview_again_cb (EngramDialog *dialog,
                  gpointer      user_data)
{
  preview_cb (ENGRAM_INTEGRITY_DIALOG (dialog));
}

static void
repaired_cb (EngramDialog *dialog,
             EngramJob    *job,
             gpointer      user_data)
{
  EngramIntegrityDialog *self = ENGRAM_INTEGRITY_DIALOG (dialog);

  engram_repair_result_view_set_result (self->result_view, engram_integrity_work_get_repair (job),
                                        engram_job_is_undoable (job));
  engram_dialog_show_page (dialog, RESULT);
}

static void
repair_again_cb (EngramDialog *dialog,
                 gpointer      user_data);

static void
repair_cb (EngramIntegrityDialog *self)
{
  g_autoptr (EngramJob) job = NULL;

  if (is_at_work (self))
    return;
  job = engram_integrity_work_repair (get_session (self), (const char *const *) self->kinds,
                                      engram_backup_plan_new ());
  engram_dialog_follow (ENGRAM_DIALOG (self), job, ENGRAM_DIALOG_GOES_ON, repaired_cb, repair_again_cb, NULL);
}

static void
repair_again_cb (EngramDialog *dialog,
                 gpointer      user_data)
{
  repair_cb (ENGRAM_INTEGRITY_DIALOG (dialog));
}

/* What was found may not be there any more. */
static void
network_changed_cb (EngramIntegrityDialog *self)
{
  engram_integrity_view_set_stale (self->view, TRUE);
}

static void
chosen_cb (EngramIntegrityDialog *self)
{
  gtk_widget_set_sensitive (self->preview_button, engram_integrity_view_get_n_chosen (self->view) > 0);
}

/* The pages */

static GtkWidget *
new_button (EngramIntegrityDialog *self,
            const char            *label,
            GCallback              clicked)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_add_css_class (button, "suggested-action");
  g_signal_connect_object (button, "clicked", clicked, self, G_CONNECT_SWAPPED);
  return button;
}

/* What is seen where the check was given up. Nothing leads back to it: a report can be made anew where it stands. */
static void
add_start (EngramIntegrityDialog *self)
{
  GtkWidget *page = adw_status_page_new ();

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "edit-find-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), _("Check the Network"));
  adw_status_page_set_description (ADW_STATUS_PAGE (page),
                                   _("Every neuron, every synapse and the file itself are looked through for "
                                     "anything that is wrong. Nothing is changed."));
  engram_status_page_set_name (ADW_STATUS_PAGE (page));
  engram_dialog_add_page (ENGRAM_DIALOG (self), START, _("Integrity"), page,
                          new_button (self, _("_Check"), G_CALLBACK (check)), ENGRAM_DIALOG_PAGE_END);
}

static void
add_report (EngramIntegrityDialog *self)
{
  self->toasts = ADW_TOAST_OVERLAY (adw_toast_overlay_new ());
  self->view = ENGRAM_INTEGRITY_VIEW (engram_integrity_view_new ());
  self->preview_button = new_button (self, _("_Preview"), G_CALLBACK (preview_cb));
  gtk_widget_set_tooltip_text (self->preview_button, _("Show what the chosen repairs would change"));
  gtk_widget_set_sensitive (self->preview_button, FALSE);
  g_signal_connect_object (self->view, "show-rows", G_CALLBACK (show_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "check", G_CALLBACK (check), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "save-html", G_CALLBACK (save_html_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "save-json", G_CALLBACK (save_json_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "print", G_CALLBACK (print_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "notify::n-chosen", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  adw_toast_overlay_set_child (self->toasts, GTK_WIDGET (self->view));
  engram_dialog_add_page (ENGRAM_DIALOG (self), REPORT, _("Integrity"), GTK_WIDGET (self->toasts),
                          self->preview_button, ENGRAM_DIALOG_PAGE_STEP);
}

static void
add_repair (EngramIntegrityDialog *self,
            EngramSession         *session)
{
  self->preview_view = ENGRAM_REPAIR_PREVIEW_VIEW (engram_repair_preview_view_new ());
  self->repair_button = new_button (self, _("_Repair"), G_CALLBACK (repair_cb));
  engram_dialog_add_page (ENGRAM_DIALOG (self), PREVIEW, _("Preview of Repairs"), GTK_WIDGET (self->preview_view),
                          self->repair_button, ENGRAM_DIALOG_PAGE_STEP);
  self->result_view = ENGRAM_REPAIR_RESULT_VIEW (engram_repair_result_view_new (session));
  g_signal_connect_object (self->result_view, "check", G_CALLBACK (check), self, G_CONNECT_SWAPPED);
  engram_dialog_add_page (ENGRAM_DIALOG (self), RESULT, _("Repairs"), GTK_WIDGET (self->result_view), NULL,
                          ENGRAM_DIALOG_PAGE_END);
}

static void
engram_integrity_dialog_dispose (GObject *object)
{
  EngramIntegrityDialog *self = ENGRAM_INTEGRITY_DIALOG (object);

  g_clear_object (&self->chooser);

  G_OBJECT_CLASS (engram_integrity_dialog_parent_class)->dispose (object);
}

static void
engram_integrity_dialog_finalize (GObject *object)
{
  g_strfreev (ENGRAM_INTEGRITY_DIALOG (object)->kinds);

  G_OBJECT_CLASS (engram_integrity_dialog_parent_class)->finalize (object);
}

static void
engram_integrity_dialog_class_init (EngramIntegrityDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = engram_integrity_dialog_dispose;
  object_class->finalize = engram_integrity_dialog_finalize;
}

static void
engram_integrity_dialog_init (EngramIntegrityDialog *self)
{
  gtk_window_set_default_size (GTK_WINDOW (self), 640, 640);
  gtk_widget_set_size_request (GTK_WIDGET (self), 360, 294);
}

/* (transfer none) */
static EngramIntegrityDialog *
present_new (GtkWindow     *parent,
             EngramSession *session)
{
  EngramIntegrityDialog *self = g_object_new (ENGRAM_TYPE_INTEGRITY_DIALOG, NULL);

  add_start (self);
  add_report (self);
  add_repair (self, session);
  g_signal_connect_object (session, "changed", G_CALLBACK (network_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::behind", G_CALLBACK (network_changed_cb), self, G_CONNECT_SWAPPED);
  engram_dialog_present (ENGRAM_DIALOG (self), parent, session);
  return self;
}

GtkWidget *
engram_integrity_dialog_present (GtkWindow     *parent,
                                 EngramSession *session)
{
  EngramDialog *dialog;

  g_return_val_if_fail (ENGRAM_IS_SESSION (session) && engram_session_get_database (session) != NULL, NULL);

  dialog = engram_dialog_find (parent, ENGRAM_TYPE_INTEGRITY_DIALOG);
  if (dialog == NULL)
    {
      dialog = ENGRAM_DIALOG (present_new (parent, session));
      check (ENGRAM_INTEGRITY_DIALOG (dialog));
    }
  return GTK_WIDGET (dialog);
}

GtkWidget *
engram_integrity_dialog_present_findings (GtkWindow     *parent,
                                          EngramSession *session)
{
  EngramIntegrityReport *report;
  EngramDialog *dialog;

  g_return_val_if_fail (ENGRAM_IS_SESSION (session) && engram_session_get_database (session) != NULL, NULL);

  report = engram_session_get_findings (session);
  dialog = engram_dialog_find (parent, ENGRAM_TYPE_INTEGRITY_DIALOG);
  if (dialog != NULL || report == NULL)
    return engram_integrity_dialog_present (parent, session);
  dialog = ENGRAM_DIALOG (present_new (parent, session));
  show_report (ENGRAM_INTEGRITY_DIALOG (dialog), report);
  return GTK_WIDGET (dialog);
}
