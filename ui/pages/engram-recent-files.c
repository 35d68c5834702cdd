/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/engram-recent-files.h"

#include <gtk/gtk.h>

/* Names this program in the desktop's list; no text for people. */
#define RECENT_APPLICATION "engram"

typedef struct {
  guint      limit;
  GPtrArray *paths;
} Search;

static void
search_free (Search *search)
{
  g_ptr_array_unref (search->paths);
  g_free (search);
}

/**
 * engram_recent_files_add:
 * @path: absolute path of a network that was opened
 *
 * Puts @path at the top of the recent files. Its media type is given and not looked up, for that would open
 * and close the file, which drops SQLite's locks on it.
 */
void
engram_recent_files_add (const char *path)
{
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  GtkRecentData data = {
    .mime_type = (char *) "application/vnd.sqlite3",
    .app_name = (char *) RECENT_APPLICATION,
    .app_exec = (char *) "engram %f",
  };

  if (uri != NULL)
    gtk_recent_manager_add_full (gtk_recent_manager_get_default (), uri, &data);
}

/* How long ago this program opened it, as far as the desktop's list knows. */
static gint64
get_time (GtkRecentInfo *info)
{
  GDateTime *time = NULL;

  if (!gtk_recent_info_get_application_info (info, RECENT_APPLICATION, NULL, NULL, &time) || time == NULL)
    return 0;
  return g_date_time_to_unix (time);
}

static int
compare_newest_first (gconstpointer a,
                      gconstpointer b)
{
  gint64 first = get_time (*(GtkRecentInfo **) a);
  gint64 second = get_time (*(GtkRecentInfo **) b);

  return (first < second) - (first > second);
}

static GPtrArray *
list_known_paths (void)
{
  g_autoptr (GPtrArray) infos = g_ptr_array_new_with_free_func ((GDestroyNotify) gtk_recent_info_unref);
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GList) items = gtk_recent_manager_get_items (gtk_recent_manager_get_default ());

  for (GList *item = items; item != NULL; item = item->next)
    {
      if (gtk_recent_info_has_application (item->data, RECENT_APPLICATION))
        g_ptr_array_add (infos, item->data);
      else
        gtk_recent_info_unref (item->data);
    }
  g_ptr_array_sort (infos, compare_newest_first);

  for (guint i = 0; i < infos->len; i++)
    {
      char *path = g_filename_from_uri (gtk_recent_info_get_uri (infos->pdata[i]), NULL, NULL);

      if (path != NULL)
        g_ptr_array_add (paths, path);
    }
  return paths;
}

/* A list may name files on media that are gone or slow: they are looked for in a worker. */
static void
keep_existing (GTask        *task,
               gpointer      source_object,
               gpointer      task_data,
               GCancellable *cancellable)
{
  Search *search = task_data;
  GPtrArray *existing = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < search->paths->len && existing->len < search->limit; i++)
    {
      if (g_file_test (search->paths->pdata[i], G_FILE_TEST_IS_REGULAR))
        g_ptr_array_add (existing, g_strdup (search->paths->pdata[i]));
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
  Search *search = g_new0 (Search, 1);

  search->limit = limit;
  search->paths = list_known_paths ();
  g_task_set_source_tag (task, engram_recent_files_list_async);
  g_task_set_task_data (task, search, (GDestroyNotify) search_free);
  g_task_run_in_thread (task, keep_existing);
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
