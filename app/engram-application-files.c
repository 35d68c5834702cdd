/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "engram-application-private.h"

#include <glib/gi18n.h>

#include "engram-screenshot.h"
#include "engram-timing.h"

/* Which window shows a file that is to be opened, or a network without a name. */

/* On the clock of engram_timing_since_start(): 0 for what the command line asks. */
static double
get_time_of_asking (EngramApplication *self)
{
  return self->launched ? engram_timing_since_start () : 0.0;
}

static EngramWindow *
find_window (EngramApplication *self,
             const char        *path)
{
  for (GList *item = gtk_application_get_windows (GTK_APPLICATION (self)); item != NULL; item = item->next)
    {
      if (ENGRAM_IS_WINDOW (item->data) && g_strcmp0 (engram_window_get_path (item->data), path) == 0)
        return item->data;
    }
  return NULL;
}

static gboolean
is_free (EngramWindow *window)
{
  EngramWindowState state = engram_window_get_state (window);

  return state == ENGRAM_WINDOW_WELCOME || state == ENGRAM_WINDOW_REFUSED;
}

/* A window without a network, the one in use first, or a new one. */
static EngramWindow *
get_free_window (EngramApplication *self)
{
  for (GList *item = gtk_application_get_windows (GTK_APPLICATION (self)); item != NULL; item = item->next)
    {
      if (ENGRAM_IS_WINDOW (item->data) && is_free (item->data))
        return item->data;
    }
  return engram_window_new (self);
}

static void
screenshot_taken_cb (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr (EngramApplication) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!engram_screenshot_finish (result, &error))
    {
      g_printerr ("engram: %s\n", error->message);
      self->exit_status = 1;
    }
  g_action_group_activate_action (G_ACTION_GROUP (self), "quit", NULL);
  g_application_release (G_APPLICATION (self));
}

void
engram_application_present (EngramApplication *self,
                            EngramWindow      *window)
{
  gtk_window_present (GTK_WINDOW (window));
  if (self->screenshot == NULL)
    return;

  g_application_hold (G_APPLICATION (self));
  engram_screenshot_async (window, self->screenshot, screenshot_taken_cb, g_object_ref (self));
  g_clear_pointer (&self->screenshot, g_free);
}

void
engram_application_open_untitled (EngramApplication     *self,
                                  EngramUntitledContent  content)
{
  EngramWindow *window = get_free_window (self);

  engram_window_open_untitled (window, content, get_time_of_asking (self));
  engram_application_present (self, window);
}

static void
open_path (EngramApplication *self,
           const char        *path,
           double             asked_at)
{
  EngramWindow *window = find_window (self, path);

  if (window == NULL)
    window = get_free_window (self);
  if (is_free (window) || engram_network_page_is_gone (engram_window_get_page (window)))
    engram_window_open (window, path, asked_at);
  engram_application_present (self, window);
}

static void
refuse_file (EngramApplication *self,
             GFile             *file)
{
  EngramWindow *window = get_free_window (self);
  g_autofree char *name = g_file_get_parse_name (file);
  g_autoptr (GError) error = g_error_new_literal (ENGRAM_ERROR, ENGRAM_ERROR_READ_ONLY,
                                                  _("It does not lie in a folder of this computer."));

  engram_window_refuse (window, name, error);
  engram_application_present (self, window);
}

/* Files that are to be opened */

typedef struct {
  GPtrArray *files;
  GPtrArray *paths; /* the real path of each, so that a file has one name only; NULL where it has none */
  double     asked_at;
} Request;

static void
request_free (Request *request)
{
  g_ptr_array_unref (request->files);
  g_ptr_array_unref (request->paths);
  g_free (request);
}

static void
find_real_paths (GTask        *task,
                 gpointer      source_object,
                 gpointer      task_data,
                 GCancellable *cancellable)
{
  Request *request = task_data;

  for (guint i = 0; i < request->files->len; i++)
    {
      g_autofree char *path = g_file_get_path (request->files->pdata[i]);
      char *real_path = path != NULL ? realpath (path, NULL) : NULL;

      if (real_path == NULL && path != NULL)
        real_path = g_canonicalize_filename (path, NULL);
      g_ptr_array_add (request->paths, real_path);
    }
  g_task_return_boolean (task, TRUE);
}

/* The window with a network that was used last, or one without. */
static void
import_documents (EngramApplication *self,
                  GPtrArray         *paths)
{
  GtkWindow *active = gtk_application_get_active_window (GTK_APPLICATION (self));
  EngramWindow *window = NULL;

  /* A dialog may be in front of it. */
  while (active != NULL && !ENGRAM_IS_WINDOW (active))
    active = gtk_window_get_transient_for (active);
  if (active != NULL && engram_window_get_state (ENGRAM_WINDOW (active)) == ENGRAM_WINDOW_NETWORK)
    window = ENGRAM_WINDOW (active);
  else
    window = get_free_window (self);
  g_ptr_array_add (paths, NULL);
  engram_application_present (self, window);
  engram_window_import (window, (const char * const *) paths->pdata);
}

static gboolean
is_document (const char *path)
{
  g_autofree char *lower = g_ascii_strdown (path, -1);

  return g_str_has_suffix (lower, ".json");
}

static void
real_paths_found_cb (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  EngramApplication *self = ENGRAM_APPLICATION (source);
  Request *request = g_task_get_task_data (G_TASK (result));
  g_autoptr (GPtrArray) documents = g_ptr_array_new ();

  for (guint i = 0; i < request->files->len; i++)
    {
      char *path = request->paths->pdata[i];

      if (path == NULL)
        refuse_file (self, request->files->pdata[i]);
      else if (is_document (path))
        g_ptr_array_add (documents, path);
      else
        open_path (self, path, request->asked_at);
    }
  if (documents->len > 0)
    import_documents (self, documents);
  g_application_release (G_APPLICATION (self));
}

void
engram_application_open_files (GApplication  *application,
                               GFile        **files,
                               int            n_files,
                               const char    *hint)
{
  EngramApplication *self = ENGRAM_APPLICATION (application);
  g_autoptr (GTask) task = g_task_new (self, NULL, real_paths_found_cb, NULL);
  Request *request = g_new0 (Request, 1);

  request->files = g_ptr_array_new_with_free_func (g_object_unref);
  request->paths = g_ptr_array_new_with_free_func (g_free);
  request->asked_at = get_time_of_asking (self);
  for (int i = 0; i < n_files; i++)
    g_ptr_array_add (request->files, g_object_ref (files[i]));
  self->launched = TRUE;

  g_application_hold (application);
  g_task_set_source_tag (task, engram_application_open_files);
  g_task_set_task_data (task, request, (GDestroyNotify) request_free);
  g_task_run_in_thread (task, find_real_paths);
}
