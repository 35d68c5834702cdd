/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "engram-untitled.h"

#include "engram-closing.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#define TEXT_RESOURCE "/io/github/engram/Engram/data/sample-network.txt"

/* A folder of its own. */
typedef struct {
  char     *path;
  gboolean  is_kept;
} Folder;

#define FOLDER_DATA "engram-untitled-folder"

/* It holds the network and SQLite's side files, and nothing else. */
static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
}

/* Called with an object's data last of all, when the connections are closed. */
static void
folder_free (gpointer data)
{
  Folder *self = data;

  if (!self->is_kept)
    remove_folder (self->path);
  g_free (self->path);
  g_free (self);
}

static char *
create_folder (GError **error)
{
  g_autofree char *parent = g_build_filename (g_get_user_state_dir (), "engram", "untitled", NULL);
  g_autofree char *folder = g_build_filename (parent, "XXXXXX", NULL);

  if (g_mkdir_with_parents (parent, 0700) == 0 && g_mkdtemp (folder) != NULL)
    return g_steal_pointer (&folder);

  g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_FAILED,
               /* Translators: the path of a folder, then the system's reason. */
               _("The folder “%s” for networks without a name cannot be written: %s"), parent, g_strerror (errno));
  return NULL;
}

static EngramDatabase *
build_sample (const char    *path,
              GCancellable  *cancellable,
              GError       **error)
{
  g_autoptr (GBytes) text = g_resources_lookup_data (TEXT_RESOURCE, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  gconstpointer data;
  gsize length;

  if (text == NULL)
    return NULL;

  data = g_bytes_get_data (text, &length);
  if (!engram_sample_network_build (data, length, path, cancellable, error))
    return NULL;
  return engram_database_open (path, cancellable, error);
}

static EngramDatabase *
build (EngramUntitledContent   content,
       const char             *folder,
       GCancellable           *cancellable,
       GError                **error)
{
  g_autofree char *path = g_build_filename (folder, content == ENGRAM_UNTITLED_SAMPLE ? "sample.db" : "untitled.db",
                                            NULL);

  return content == ENGRAM_UNTITLED_SAMPLE ? build_sample (path, cancellable, error)
                                           : engram_database_create (path, cancellable, error);
}

static void
build_and_open (GTask        *task,
                gpointer      source_object,
                gpointer      task_data,
                GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = create_folder (&error);
  EngramDatabase *database =
    path != NULL ? build ((EngramUntitledContent) GPOINTER_TO_INT (task_data), path, cancellable, &error) : NULL;
  Folder *folder;

  if (database == NULL)
    {
      if (path != NULL)
        remove_folder (path);
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  folder = g_new0 (Folder, 1);
  folder->path = g_steal_pointer (&path);
  g_object_set_data_full (G_OBJECT (database), FOLDER_DATA, folder, folder_free);
  g_task_return_pointer (task, database, g_object_unref);
}

/**
 * engram_untitled_open_async:
 * @content: what it holds
 * @cancellable: (nullable): to cancel it
 * @callback: called in the main thread
 * @user_data: for @callback
 *
 * Makes a network without a name and opens it.
 */
void
engram_untitled_open_async (EngramUntitledContent  content,
                            GCancellable          *cancellable,
                            GAsyncReadyCallback    callback,
                            gpointer               user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, engram_untitled_open_async);
  g_task_set_task_data (task, GINT_TO_POINTER (content), NULL);
  /* What comes too late is not for the task to drop, which would close it in the main loop. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_run_in_thread (task, build_and_open);
}

/**
 * engram_untitled_open_finish:
 * @result: what the callback was given
 * @error: return location for an error of %ENGRAM_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): the network
 */
EngramDatabase *
engram_untitled_open_finish (GAsyncResult  *result,
                           GError       **error)
{
  EngramDatabase *database;

  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  database = g_task_propagate_pointer (G_TASK (result), error);
  if (database == NULL ||
      !g_cancellable_set_error_if_cancelled (g_task_get_cancellable (G_TASK (result)), error))
    return database;

  engram_closing_start (database);
  return NULL;
}

void
engram_untitled_set_kept (EngramDatabase *database,
                          gboolean        kept)
{
  Folder *folder;

  g_return_if_fail (ENGRAM_IS_DATABASE (database));

  folder = g_object_get_data (G_OBJECT (database), FOLDER_DATA);
  if (folder != NULL)
    folder->is_kept = kept;
}
