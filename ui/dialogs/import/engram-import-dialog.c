/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dialogs/import/engram-import-dialog.h"

#include <glib/gi18n.h>

#include "common/engram-text-format.h"
#include "dialogs/engram-done-page.h"
#include "dialogs/import/engram-import-check-page.h"
#include "dialogs/import/engram-import-files-page.h"
#include "dialogs/import/engram-import-place-page.h"
#include "dialogs/import/engram-import-work.h"

#define DEFAULT_WIDTH 900
#define DEFAULT_HEIGHT 720

#define FILES_PAGE "files"
#define CHECK_PAGE "check"
#define PLACE_PAGE "place"
#define DONE_PAGE "done"

struct _EngramImportDialog {
  EngramDialog           parent_instance;

  EngramImportFilesPage *files;
  GtkWidget             *check;
  EngramImportCheckPage *checked;
  GtkWidget             *import;
  EngramImportPlacePage *place;
  EngramDonePage        *done;

  EngramSession         *session;
  EngramImportCheck     *found;    /* what is shown of a check, or NULL */
};

G_DEFINE_FINAL_TYPE (EngramImportDialog, engram_import_dialog, ENGRAM_TYPE_DIALOG)

static gboolean
is_busy (EngramImportDialog *self)
{
  return engram_dialog_get_job (ENGRAM_DIALOG (self)) != NULL;
}

static void
update_buttons (EngramImportDialog *self)
{
  gtk_widget_set_sensitive (self->check, engram_import_files_page_get_n_paths (self->files) > 0);
  gtk_widget_set_sensitive (self->import, engram_import_check_page_get_can_import (self->checked));
}

/* What was done */

static void
undoing_cb (EngramImportDialog *self)
{
  engram_dialog_show_page (ENGRAM_DIALOG (self), FILES_PAGE);
}

static void
append_counts (GString                  *text,
               const EngramImportCounts *counts,
               EngramRecordKind          kind)
{
  g_autofree char *created = engram_format_count (counts->created), *replaced = engram_format_count (counts->replaced);
  g_autofree char *skipped = engram_format_count (counts->skipped);

  if (counts->created + counts->replaced + counts->skipped == 0)
    return;
  /* Translators: how many were new, took the place of others, and were passed over. */
  g_string_append_printf (text, kind == ENGRAM_RECORD_NEURON
                                ? _("Neurons: %s added, %s replaced, %s kept as they were\n")
                                : _("Synapses: %s added, %s replaced, %s kept as they were\n"), created, replaced,
                          skipped);
}

static char *
dup_description (const EngramImportWork *work)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *backup = work->backup.path != NULL ? g_filename_display_name (work->backup.path) : NULL;

  append_counts (text, &work->report->neurons, ENGRAM_RECORD_NEURON);
  append_counts (text, &work->report->synapses, ENGRAM_RECORD_SYNAPSE);
  if (backup != NULL)
    g_string_append_printf (text, _("The backup of before is “%s”."), backup);
  return g_strchomp (g_string_free (g_steal_pointer (&text), FALSE));
}

static void
imported_cb (EngramDialog *dialog,
             EngramJob    *job,
             gpointer      user_data)
{
  EngramImportDialog *self = ENGRAM_IMPORT_DIALOG (dialog);
  const EngramImportWork *work = engram_import_work_get (job);
  g_autofree char *title = engram_import_work_dup_title (work), *description = dup_description (work);

  engram_done_page_set_done (self->done, job, title, description);
  engram_dialog_show_page (dialog, DONE_PAGE);
}

/* Checking */

static void
checked_cb (EngramDialog *dialog,
            EngramJob    *job,
            gpointer      user_data)
{
  EngramImportDialog *self = ENGRAM_IMPORT_DIALOG (dialog);
  EngramImportCheck *before = self->found;

  self->found = engram_import_check_ref (engram_import_check_get (job));
  engram_import_check_page_set_check (self->checked, self->found);
  g_clear_pointer (&before, engram_import_check_unref);
  engram_dialog_show_page (dialog, CHECK_PAGE);
}

static void
check (EngramDialog *dialog,
       gpointer      user_data)
{
  EngramImportDialog *self = ENGRAM_IMPORT_DIALOG (dialog);
  g_auto (GStrv) paths = engram_import_files_page_dup_paths (self->files);
  g_autoptr (EngramJob) job = NULL;

  if (is_busy (self) || paths[0] == NULL)
    return;
  job = engram_import_check_start (self->session, (const char * const *) paths,
                                   engram_import_files_page_get_make_ids (self->files));
  engram_dialog_follow (dialog, job, ENGRAM_DIALOG_CANCELS, checked_cb, check, NULL);
}

static void
check_cb (EngramImportDialog *self)
{
  check (ENGRAM_DIALOG (self), NULL);
}

/* Importing */

/* What was found may hold no longer where it failed: it is looked at again. */
static void
import_cb (EngramImportDialog *self)
{
  EngramImportOptions options;
  g_autoptr (EngramJob) job = NULL;

  if (is_busy (self) || self->found == NULL || !engram_import_check_page_get_can_import (self->checked))
    return;
  engram_import_check_page_get_options (self->checked, &options);
  job = engram_import_work_start (self->session, (const char * const *) self->found->paths, &options,
                                  engram_import_check_page_dup_plan (self->checked));
  engram_dialog_follow (ENGRAM_DIALOG (self), job, ENGRAM_DIALOG_GOES_ON, imported_cb, check, NULL);
}

/* Places */

static void
problem_cb (EngramImportDialog *self,
            EngramProblem      *problem)
{
  engram_import_place_page_show (self->place, problem);
  engram_dialog_show_page (ENGRAM_DIALOG (self), PLACE_PAGE);
}

/* Files */

static gboolean
drop_cb (EngramImportDialog *self,
         const GValue       *value)
{
  g_autoptr (GSList) dropped = NULL;
  g_autoptr (GListStore) files = NULL;

  if (is_busy (self))
    return FALSE;
  dropped = gdk_file_list_get_files (g_value_get_boxed (value));
  files = g_list_store_new (G_TYPE_FILE);
  for (GSList *item = dropped; item != NULL; item = item->next)
    g_list_store_append (files, item->data);
  engram_import_files_page_add_files (self->files, G_LIST_MODEL (files));
  engram_dialog_show_page (ENGRAM_DIALOG (self), FILES_PAGE);
  return TRUE;
}

static void
add_drop_target (EngramImportDialog *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

/* GObject */

static void
engram_import_dialog_dispose (GObject *object)
{
  EngramImportDialog *self = ENGRAM_IMPORT_DIALOG (object);

  G_OBJECT_CLASS (engram_import_dialog_parent_class)->dispose (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->found, engram_import_check_unref);
}

static void
engram_import_dialog_class_init (EngramImportDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = engram_import_dialog_dispose;
}

static void
engram_import_dialog_init (EngramImportDialog *self)
{
  gtk_window_set_default_size (GTK_WINDOW (self), DEFAULT_WIDTH, DEFAULT_HEIGHT);
}

static GtkWidget *
create_button (EngramImportDialog *self,
               const char         *label,
               GCallback           clicked)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_add_css_class (button, "suggested-action");
  g_signal_connect_swapped (button, "clicked", clicked, self);
  return button;
}

static void
fill (EngramImportDialog *self,
      EngramSession      *session)
{
  EngramDialog *dialog = ENGRAM_DIALOG (self);
  GtkWidget *files = engram_import_files_page_new (), *checked = engram_import_check_page_new ();
  GtkWidget *place = engram_import_place_page_new (), *done = engram_done_page_new (session);
  GtkWidget *close = gtk_button_new_with_mnemonic (_("_Close"));

  self->session = g_object_ref (session);
  self->files = ENGRAM_IMPORT_FILES_PAGE (files);
  self->checked = ENGRAM_IMPORT_CHECK_PAGE (checked);
  self->place = ENGRAM_IMPORT_PLACE_PAGE (place);
  self->done = ENGRAM_DONE_PAGE (done);
  /* Translators: a button: looks what would come of an import. */
  self->check = create_button (self, _("C_heck"), G_CALLBACK (check_cb));
  self->import = create_button (self, _("_Import"), G_CALLBACK (import_cb));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (close), "window.close");

  engram_dialog_add_page (dialog, FILES_PAGE, _("Import"), files, self->check, ENGRAM_DIALOG_PAGE_STEP);
  engram_dialog_add_page (dialog, CHECK_PAGE, _("What Would Change"), checked, self->import, ENGRAM_DIALOG_PAGE_STEP);
  engram_dialog_add_page (dialog, PLACE_PAGE, _("Document"), place, NULL, ENGRAM_DIALOG_PAGE_STEP);
  engram_dialog_add_page (dialog, DONE_PAGE, _("Import"), done, close, ENGRAM_DIALOG_PAGE_END);
  g_signal_connect_object (files, "changed", G_CALLBACK (update_buttons), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (checked, "notify::can-import", G_CALLBACK (update_buttons), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (checked, "problem-activated", G_CALLBACK (problem_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (done, "undoing", G_CALLBACK (undoing_cb), self, G_CONNECT_SWAPPED);
  add_drop_target (self);
  update_buttons (self);
}

void
engram_import_dialog_present (GtkWindow          *parent,
                              EngramSession      *session,
                              const char * const *paths)
{
  EngramImportDialog *self;

  g_return_if_fail (parent == NULL || GTK_IS_WINDOW (parent));
  g_return_if_fail (ENGRAM_IS_SESSION (session));

  self = (EngramImportDialog *) engram_dialog_find (parent, ENGRAM_TYPE_IMPORT_DIALOG);
  if (self == NULL)
    {
      self = g_object_new (ENGRAM_TYPE_IMPORT_DIALOG, NULL);
      fill (self, session);
    }
  for (guint i = 0; paths != NULL && paths[i] != NULL; i++)
    engram_import_files_page_add_path (self->files, paths[i]);
  if (paths != NULL && paths[0] != NULL && !is_busy (self))
    engram_dialog_show_page (ENGRAM_DIALOG (self), FILES_PAGE);
  engram_dialog_present (ENGRAM_DIALOG (self), parent, session);
}
