/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/engram-recent-files.h"

#include <gtk/gtk.h>

/* The desktop's list of recent files, as the freedesktop.org specification has it. GtkRecentManager reads and
 * writes it in the main loop, which waits for no file here: so workers do, one at a time. */

/* Names this program in that list; no text for people. */
#define RECENT_APPLICATION "engram"
/* Given and not looked up, for that would open and close the file, which drops SQLite's locks on it. */
#define MEDIA_TYPE "application/vnd.sqlite3"

static GMutex mutex;

static char *
dup_list_path (void)
{
  return g_build_filename (g_get_user_data_dir (), "recently-used.xbel", NULL);
}

static gboolean
is_enabled (void)
{
  GtkSettings *settings = gtk_settings_get_default ();
  gboolean enabled = TRUE;

  if (settings != NULL)
    g_object_get (settings, "gtk-recent-files-enabled", &enabled, NULL);
  return enabled;
}

/* A list that is there and cannot be read is not ours to replace: NULL then. */
static GBookmarkFile *
load_list (const char *list_path)
{
  g_autoptr (GBookmarkFile) list = g_bookmark_file_new ();
  g_autoptr (GError) error = NULL;

  if (!g_bookmark_file_load_from_file (list, list_path, &error)
      && !g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    return NULL;
  return g_steal_pointer (&list);
}

static void
add_to_list (const char *uri)
{
  g_autofree char *list_path = dup_list_path ();
  g_autoptr (GBookmarkFile) list = load_list (list_path);
  g_autofree char *text = NULL;
  gsize length;

  if (list == NULL)
    return;

  g_bookmark_file_set_mime_type (list, uri, MEDIA_TYPE);
  g_bookmark_file_add_application (list, uri, RECENT_APPLICATION, "engram %f");
  text = g_bookmark_file_to_data (list, &length, NULL);
  /* What a person has opened is nobody else's business. */
  if (text != NULL && g_mkdir_with_parents (g_get_user_data_dir (), 0700) == 0)
    g_file_set_contents_full (list_path, text, length, G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL);
}

static void
add_in_thread (GTask        *task,
               gpointer      source_object,
               gpointer      task_data,
               GCancellable *cancellable)
{
  g_autofree char *uri = g_filename_to_uri (task_data, NULL, NULL);

  g_mutex_lock (&mutex);
  if (uri != NULL)
    add_to_list (uri);
  g_mutex_unlock (&mutex);
  g_task_return_boolean (task, TRUE);
}

/**
 * engram_recent_files_add:
 * @path: absolute path of a network that was opened
 *
 * Puts @path at the top of the recent files, unless the person wants none. Returns at once; a worker does it.
 */
void
engram_recent_files_add (const char *path)
{
  g_autoptr (GTask) task = NULL;

  if (!is_enabled ())
    return;

  task = g_task_new (NULL, NULL, NULL, NULL);
  g_task_set_source_tag (task, engram_recent_files_add);
  g_task_set_task_data (task, g_strdup (path), g_free);
  g_task_run_in_thread (task, add_in_thread);
}

typedef struct {
  char   *path;
  gint64  time; /* when this program opened it last, in microseconds */
} RecentFile;

static void
recent_file_clear (gpointer data)
{
  g_free (((RecentFile *) data)->path);
}

static int
compare_newest_first (gconstpointer a,
                      gconstpointer b)
{
  gint64 first = ((const RecentFile *) a)->time, second = ((const RecentFile *) b)->time;

  return (first < second) - (first > second);
}

/* Those that this program has opened. */
static GArray *
list_known_files (void)
{
  g_autofree char *list_path = dup_list_path ();
  g_autoptr (GBookmarkFile) list = load_list (list_path);
  g_auto (GStrv) uris = list != NULL ? g_bookmark_file_get_uris (list, NULL) : NULL;
  GArray *files = g_array_new (FALSE, FALSE, sizeof (RecentFile));

  g_array_set_clear_func (files, recent_file_clear);
  for (guint i = 0; uris != NULL && uris[i] != NULL; i++)
    {
      GDateTime *time = NULL;
      RecentFile file = { NULL, 0 };

      if (!g_bookmark_file_get_application_info (list, uris[i], RECENT_APPLICATION, NULL, NULL, &time, NULL))
        continue;
      if (time != NULL)
        file.time = g_date_time_to_unix (time) * G_USEC_PER_SEC + g_date_time_get_microsecond (time);
      file.path = g_filename_from_uri (uris[i], NULL, NULL);
      if (file.path != NULL)
        g_array_append_val (files, file);
    }
  g_array_sort (files, compare_newest_first);
  return files;
}

/* A list may name files on media that are gone or slow. */
static void
list_in_thread (GTask        *task,
                gpointer      source_object,
                gpointer      task_data,
                GCancellable *cancellable)
{
  guint limit = GPOINTER_TO_UINT (task_data);
  GPtrArray *existing = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) files = NULL;

  g_mutex_lock (&mutex);
  files = list_known_files ();
  g_mutex_unlock (&mutex);
  for (guint i = 0; i < files->len && existing->len < limit; i++)
    {
      const char *path = g_array_index (files, RecentFile, i).path;

      if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
        g_ptr_array_add (existing, g_strdup (path));
    }
  g_task_return_pointer (task, existing, (GDestroyNotify) g_ptr_array_unref);
}

/**
 * engram_recent_files_list_async:
 * @limit: how many at most
 * @cancellable: (nullable): to cancel it
 * @callback: called in the main thread
 * @user_data: for @callback
 *
 * Lists the networks that were opened lately and are still there, the latest first.
 */
void
engram_recent_files_list_async (guint                limit,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, engram_recent_files_list_async);
  g_task_set_task_data (task, GUINT_TO_POINTER (is_enabled () ? limit : 0), NULL);
  g_task_run_in_thread (task, list_in_thread);
}

/**
 * engram_recent_files_list_finish:
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: (transfer full) (element-type filename): absolute paths; %NULL with %G_IO_ERROR_CANCELLED
 */
GPtrArray *
engram_recent_files_list_finish (GAsyncResult  *result,
                                 GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
