/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "engram-window-private.h"

#include "engram-timing.h"
#include "jobs/engram-job-amount.h"
#include "pages/engram-recent-files.h"

#include <glib/gi18n.h>

/* Work in a network without a name */

/* From the first change on, its file stays whatever happens, and is among the recent files until it has a name. */
void
engram_window_note_work (EngramWindow *self)
{
  EngramDatabase *database = engram_network_page_get_database (self->network_page);

  self->n_written++;
  if (self->path != NULL || self->has_work || database == NULL)
    return;
  self->has_work = TRUE;
  engram_untitled_set_kept (database, TRUE);
  engram_recent_files_add (engram_database_get_path (database));
}

static void
forget_work (EngramWindow *self)
{
  EngramDatabase *database = engram_network_page_get_database (self->network_page);

  if (database != NULL && self->path == NULL)
    engram_untitled_set_kept (database, FALSE);
  self->has_work = FALSE;
}

/* Saving */

typedef struct {
  char  *path;
  guint  n_written; /* see EngramWindow, when it began */
} Saving;

static void
saving_free (gpointer data)
{
  Saving *self = data;

  g_free (self->path);
  g_free (self);
}

static gboolean
save (EngramJob      *job,
      EngramDatabase *database,
      EngramHistory  *history,
      gpointer        data,
      GCancellable   *cancellable,
      GError        **error)
{
  const Saving *saving = data;

  engram_job_set_amount (job, engram_measure_network (database), ENGRAM_JOB_UNIT_BYTES);
  return engram_database_save_as (database, saving->path, engram_job_progress, job, cancellable, error);
}

static void
not_saved_cb (EngramWindow *self,
              const char   *response,
              GtkWidget    *dialog)
{
  if (!g_str_equal (response, "elsewhere"))
    return;
  self->closing = g_object_get_data (G_OBJECT (dialog), "closing") != NULL;
  engram_window_save_as (self);
}

/* Another name or place is what helps: a file that is there already, a folder or a disk that takes none. */
void
engram_window_show_saving_error (EngramWindow *self,
                                 const GError *error,
                                 gboolean      closing)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), _("The Network Was Not Saved"), error->message);

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"), "elsewhere",
                                    _("Save _Elsewhere…"), NULL);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "elsewhere");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "close");
  g_object_set_data (G_OBJECT (dialog), "closing", closing ? self : NULL);
  g_signal_connect_object (dialog, "response", G_CALLBACK (not_saved_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static gboolean
is_busy (EngramWindow *self)
{
  EngramSession *session = engram_network_page_get_session (self->network_page);
  gboolean busy = FALSE;

  if (session != NULL)
    g_object_get (session, "busy", &busy, NULL);
  return busy;
}

/* Whether the new file lacks something: what was written or typed while it was made. */
static gboolean
is_behind (EngramWindow *self,
           const Saving *saving)
{
  return self->n_written != saving->n_written || is_busy (self) ||
         engram_details_pane_has_unsaved (engram_network_page_get_details (self->network_page));
}

static void
tell_behind (EngramWindow *self)
{
  GtkWidget *dialog =
    adw_message_dialog_new (GTK_WINDOW (self), _("Changed While It Was Saved"),
                            _("The file holds the network as it was before your latest change. The window still shows "
                              "the network that you are changing: save it again under another name."));

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

#define SAVED_NETWORK "engram-saved-network"

static gboolean
shows_network_of (EngramWindow *self,
                  EngramJob    *job)
{
  return g_object_get_data (G_OBJECT (job), SAVED_NETWORK) ==
         engram_network_page_get_database (self->network_page);
}

/* The window goes on with the new file, or goes. */
static void
saved_cb (EngramWindow *self,
          EngramJob    *job)
{
  const Saving *saving = engram_session_job_get_data (job);
  gboolean closing = self->closing;

  self->closing = FALSE;
  if (engram_job_get_state (job) == ENGRAM_JOB_FAILED)
    {
      engram_job_set_attended (job, TRUE);
      engram_window_show_saving_error (self, engram_job_get_error (job), closing);
      return;
    }
  if (engram_job_get_state (job) != ENGRAM_JOB_DONE || !shows_network_of (self, job))
    return;
  if (is_behind (self, saving))
    {
      tell_behind (self);
      return;
    }
  forget_work (self);
  if (closing)
    {
      engram_recent_files_add (saving->path);
      gtk_window_destroy (GTK_WINDOW (self));
    }
  else
    {
      engram_window_replace (self, saving->path, engram_timing_since_start ());
    }
}

static void
start_saving (EngramWindow *self,
              const char   *path)
{
  Saving *saving = g_new0 (Saving, 1);
  g_autoptr (EngramJob) job = NULL;
  g_autofree char *name = g_filename_display_basename (path);
  /* Translators: the name of a file. */
  g_autofree char *title = g_strdup_printf (_("Saving “%s”"), name);

  saving->path = g_strdup (path);
  saving->n_written = self->n_written;
  job = engram_session_read (engram_network_page_get_session (self->network_page), title, save, saving, saving_free);
  g_object_set_data (G_OBJECT (job), SAVED_NETWORK, engram_network_page_get_database (self->network_page));
  g_signal_connect_object (job, "ended", G_CALLBACK (saved_cb), self, G_CONNECT_SWAPPED);
}

/* Not before all that was asked for is written. */
static void
save_when_idle (EngramWindow *self)
{
  g_autofree char *path = NULL;

  if (is_busy (self))
    return;
  path = g_steal_pointer (&self->save_path);
  g_signal_handlers_disconnect_by_func (engram_network_page_get_session (self->network_page), save_when_idle, self);
  start_saving (self, path);
}

/**
 * engram_window_save_to:
 * @self: a window with a network
 * @path: absolute path of a file that does not exist
 *
 * Saves the network as @path, once all that was asked for is written, and goes on with that file.
 */
void
engram_window_save_to (EngramWindow *self,
                       const char   *path)
{
  EngramSession *session = engram_network_page_get_session (self->network_page);

  g_free (self->save_path);
  self->save_path = g_strdup (path);
  g_signal_connect_object (session, "notify::busy", G_CALLBACK (save_when_idle), self, G_CONNECT_SWAPPED);
  save_when_idle (self);
}

static void
response_cb (GtkNativeDialog *dialog,
             int              response,
             EngramWindow    *self)
{
  g_autoptr (GFile) file = NULL;
  g_autofree char *path = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  path = file != NULL ? g_file_get_path (file) : NULL;
  g_clear_object (&self->save_dialog);
  if (path != NULL && engram_network_page_get_session (self->network_page) != NULL)
    engram_window_save_to (self, path);
  else
    self->closing = FALSE;
}

static char *
propose_name (EngramWindow *self)
{
  g_autofree char *name = NULL;
  char *dot;

  if (self->path == NULL)
    return g_strdup (self->untitled == ENGRAM_UNTITLED_SAMPLE ? _("Sample.db") : _("Network.db"));
  name = g_filename_display_basename (self->path);
  dot = strrchr (name, '.');
  if (dot != NULL)
    *dot = '\0';
  /* Translators: the name of a file that is a copy of another; %s is that one's, without its ending. */
  return g_strdup_printf (_("%s (copy).db"), name);
}

/* Beside the file that the network is in, unless nothing can be put there. */
void
engram_window_propose_folder (EngramWindow   *self,
                              GtkFileChooser *chooser)
{
  gboolean is_elsewhere = self->path != NULL && engram_portal_has_file (self->path);
  g_autofree char *path = is_elsewhere         ? g_strdup (g_get_user_special_dir (G_USER_DIRECTORY_DOCUMENTS))
                          : self->path != NULL ? g_path_get_dirname (self->path)
                                               : NULL;
  g_autoptr (GFile) folder = path != NULL ? g_file_new_for_path (path) : NULL;

  if (folder != NULL)
    gtk_file_chooser_set_current_folder (chooser, folder, NULL);
}

static void
ask_for_name (EngramWindow *self)
{
  g_autofree char *name = propose_name (self);

  self->save_dialog = gtk_file_chooser_native_new (_("Save the Network As"), GTK_WINDOW (self),
                                                   GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->save_dialog), TRUE);
  engram_window_propose_folder (self, GTK_FILE_CHOOSER (self->save_dialog));
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->save_dialog), name);
  g_signal_connect_object (self->save_dialog, "response", G_CALLBACK (response_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->save_dialog));
}

static void
details_left_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (EngramWindow) self = user_data;

  if (engram_details_pane_leave_finish (ENGRAM_DETAILS_PANE (source), result) && self->save_dialog == NULL &&
      self->state == ENGRAM_WINDOW_NETWORK)
    ask_for_name (self);
}

/* What is typed belongs to it: that is written first. */
void
engram_window_save_as (EngramWindow *self)
{
  if (self->save_dialog == NULL)
    engram_details_pane_leave_async (engram_network_page_get_details (self->network_page), details_left_cb,
                                     g_object_ref (self));
}

/* Closing */

/* Once the dialog, which is above the window, has gone. */
static void
destroy_cb (gpointer user_data)
{
  g_autoptr (EngramWindow) self = user_data;

  gtk_window_destroy (GTK_WINDOW (self));
}

static void
answered_cb (EngramWindow *self,
             const char   *response)
{
  if (g_str_equal (response, "save"))
    {
      self->closing = TRUE;
      engram_window_save_as (self);
    }
  else if (g_str_equal (response, "discard"))
    {
      forget_work (self);
      g_idle_add_once (destroy_cb, g_object_ref (self));
    }
}

gboolean
engram_window_ask_to_save (EngramWindow *self)
{
  GtkWidget *dialog;

  /* What is just being written is work too. */
  if (!self->has_work && (self->path != NULL || !is_busy (self)))
    return FALSE;
  dialog = adw_message_dialog_new (GTK_WINDOW (self), _("Save the Network?"),
                                   _("It has no name yet. What you have changed in it is lost if it is not saved."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "discard", _("_Discard"),
                                    "save", _("_Save…"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "discard", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "save", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "save");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (answered_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
  return TRUE;
}
