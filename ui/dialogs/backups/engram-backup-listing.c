/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dialogs/backups/engram-backup-listing.h"

typedef struct {
  char           *folder;
  gboolean        must_exist;
  EngramDatabase *database; /* or NULL */
  char           *path;
} Listing;

static void
listing_free (gpointer data)
{
  Listing *self = data;

  g_free (self->folder);
  g_clear_object (&self->database);
  g_free (self->path);
  g_free (self);
}

/* A network that cannot say which one it is goes by its path, as one that cannot be opened. */
static gboolean
is_own (const Listing      *self,
        const EngramBackup *backup,
        GCancellable       *cancellable)
{
  gboolean matches;

  if (self->database != NULL && engram_backup_matches (backup, self->database, &matches, cancellable, NULL))
    return matches;
  return engram_backup_is_made_of (backup, self->path);
}

static GPtrArray *
list (const Listing *self,
      GCancellable  *cancellable,
      GError       **error)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) backups = NULL;

  if (self->must_exist && !engram_backup_check_folder (self->folder, error))
    return NULL;
  backups = engram_backup_list (self->folder, cancellable, error);
  if (backups == NULL)
    return NULL;
  for (guint i = 0; i < backups->len; i++)
    {
      const EngramBackup *backup = g_ptr_array_index (backups, i);

      g_ptr_array_add (items, engram_backup_item_new (backup, is_own (self, backup, cancellable)));
    }
  return g_steal_pointer (&items);
}

static void
list_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  GError *error = NULL;
  GPtrArray *items = list (data, cancellable, &error);

  if (items != NULL)
    g_task_return_pointer (task, items, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

void
engram_backup_listing_async (const char          *folder,
                             gboolean             must_exist,
                             EngramDatabase      *database,
                             const char          *path,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  Listing *listing;

  g_return_if_fail (folder != NULL && path != NULL);

  listing = g_new0 (Listing, 1);
  listing->folder = g_strdup (folder);
  listing->must_exist = must_exist;
  listing->database = database != NULL ? g_object_ref (database) : NULL;
  listing->path = g_strdup (path);
  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, engram_backup_listing_async);
  g_task_set_task_data (task, listing, listing_free);
  g_task_run_in_thread (task, list_thread);
}

GPtrArray *
engram_backup_listing_finish (GAsyncResult  *result,
                              GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
