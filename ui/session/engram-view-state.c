/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "session/engram-view-state.h"

#include <glib/gstdio.h>

/* Of so many files it is remembered; those looked at longest ago go. */
#define MAX_FILES 500

static GMutex write_mutex;

static char *
make_folder (void)
{
  return g_build_filename (g_get_user_state_dir (), "engram", "views", NULL);
}

static char *
make_file_name (const char *path)
{
  g_autofree char *checksum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, path, -1);
  g_autofree char *name = g_strdup_printf ("%.32s.ini", checksum);
  g_autofree char *folder = make_folder ();

  return g_build_filename (folder, name, NULL);
}

static void
load (GTask        *task,
      gpointer      source_object,
      gpointer      task_data,
      GCancellable *cancellable)
{
  g_autofree char *file = make_file_name (task_data);
  GKeyFile *state = g_key_file_new ();
  g_autoptr (GError) error = NULL;

  if (!g_key_file_load_from_file (state, file, G_KEY_FILE_NONE, &error) &&
      !g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    g_message ("What was remembered of the file cannot be read: %s", error->message);
  g_task_return_pointer (task, state, (GDestroyNotify) g_key_file_unref);
}

void
engram_view_state_load_async (const char          *path,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, engram_view_state_load_async);
  g_task_set_task_data (task, g_strdup (path), g_free);
  g_task_run_in_thread (task, load);
}

GKeyFile *
engram_view_state_load_finish (GAsyncResult  *result,
                               GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, engram_view_state_load_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Writing */

typedef struct {
  char *file;
  char *text;
  gsize length;
} Saving;

static void
saving_free (gpointer data)
{
  Saving *self = data;

  g_free (self->file);
  g_free (self->text);
  g_free (self);
}

typedef struct {
  char   *path;
  gint64  time;
} OldFile;

static int
compare_times (gconstpointer a,
               gconstpointer b)
{
  const OldFile *first = a, *second = b;

  return (first->time > second->time) - (first->time < second->time);
}

static void
remove_oldest (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr (GArray) files = g_array_new (FALSE, FALSE, sizeof (OldFile));
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      OldFile file = { g_build_filename (folder, name, NULL), 0 };
      GStatBuf status;

      if (g_stat (file.path, &status) == 0)
        file.time = status.st_mtime;
      g_array_append_val (files, file);
    }
  g_array_sort (files, compare_times);
  for (guint i = 0; i < files->len; i++)
    {
      OldFile *file = &g_array_index (files, OldFile, i);

      if (i + MAX_FILES < files->len)
        g_unlink (file->path);
      g_free (file->path);
    }
}

static void
save (GTask        *task,
      gpointer      source_object,
      gpointer      task_data,
      GCancellable *cancellable)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&write_mutex);
  const Saving *saving = task_data;
  g_autofree char *folder = make_folder ();
  g_autoptr (GError) error = NULL;

  g_mkdir_with_parents (folder, 0700);
  if (!g_file_set_contents_full (saving->file, saving->text, saving->length, G_FILE_SET_CONTENTS_CONSISTENT, 0600,
                                 &error))
    g_message ("What is to be remembered of the file cannot be written: %s", error->message);
  remove_oldest (folder);
  g_task_return_boolean (task, TRUE);
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  if (source != NULL)
    g_application_release (G_APPLICATION (source));
}

void
engram_view_state_save (const char *path,
                        GKeyFile   *state)
{
  GApplication *application = g_application_get_default ();
  g_autoptr (GTask) task = g_task_new (application, NULL, saved_cb, NULL);
  Saving *saving = g_new0 (Saving, 1);

  g_return_if_fail (path != NULL && state != NULL);

  saving->file = make_file_name (path);
  saving->text = g_key_file_to_data (state, &saving->length, NULL);
  if (application != NULL)
    g_application_hold (application);
  g_task_set_source_tag (task, engram_view_state_save);
  g_task_set_task_data (task, saving, saving_free);
  g_task_run_in_thread (task, save);
}
