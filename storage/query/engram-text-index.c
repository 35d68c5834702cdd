/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "query/engram-text-index.h"

#include <unistd.h>

#include "engram-error.h"
#include "query/engram-text-index-folder-private.h"
#include "query/engram-text-index-update-private.h"
#include "query/engram-text-index-words-private.h"
#include "sqlite/engram-file-private.h"

#define DEFAULT_LIMIT (G_GUINT64_CONSTANT (1) << 30)

struct _EngramTextIndex {
  GObject         parent_instance;

  EngramDatabase *database;
  char           *path;

  GMutex          mutex;      /* held for a moment by whoever uses what follows */
  gboolean        is_built;
  guint64         stamp;      /* of the network as it is indexed */
  guint64         token;      /* of the index then: another one was changed since, perhaps by another program */
  guint64         limit_hit;  /* the limit that it was found not to fit, or 0 */
};

G_DEFINE_FINAL_TYPE (EngramTextIndex, engram_text_index, G_TYPE_OBJECT)

static GMutex limit_mutex;
static guint64 disk_limit = DEFAULT_LIMIT;

static void
engram_text_index_finalize (GObject *object)
{
  EngramTextIndex *self = ENGRAM_TEXT_INDEX (object);

  g_clear_object (&self->database);
  g_free (self->path);
  g_mutex_clear (&self->mutex);
  G_OBJECT_CLASS (engram_text_index_parent_class)->finalize (object);
}

static void
engram_text_index_class_init (EngramTextIndexClass *class)
{
  G_OBJECT_CLASS (class)->finalize = engram_text_index_finalize;
}

static void
engram_text_index_init (EngramTextIndex *self)
{
  g_mutex_init (&self->mutex);
}

EngramTextIndex *
engram_text_index_new (EngramDatabase *database,
                       const char     *folder)
{
  EngramTextIndex *self;
  g_autofree char *found = NULL;

  g_return_val_if_fail (ENGRAM_IS_DATABASE (database), NULL);

  found = engram_text_index_folder_find (folder);
  self = g_object_new (ENGRAM_TYPE_TEXT_INDEX, NULL);
  self->database = g_object_ref (database);
  self->path = engram_text_index_folder_make_path (found, engram_database_get_path (database));
  return self;
}

void
engram_text_index_set_limit (guint64 bytes)
{
  g_mutex_lock (&limit_mutex);
  disk_limit = bytes;
  g_mutex_unlock (&limit_mutex);
}

static guint64
get_limit (void)
{
  guint64 limit;

  g_mutex_lock (&limit_mutex);
  limit = disk_limit;
  g_mutex_unlock (&limit_mutex);
  return limit;
}

static void
set_built (EngramTextIndex *self,
           gboolean         is_built,
           guint64          stamp,
           guint64          token)
{
  g_mutex_lock (&self->mutex);
  self->is_built = is_built;
  self->stamp = stamp;
  self->token = token;
  if (is_built)
    self->limit_hit = 0;
  g_mutex_unlock (&self->mutex);
}

static gboolean
is_of_stamp (EngramTextIndex *self,
             guint64          stamp,
             guint64         *token)
{
  gboolean is_same;

  g_mutex_lock (&self->mutex);
  is_same = self->is_built && self->stamp == stamp;
  *token = self->token;
  g_mutex_unlock (&self->mutex);
  return is_same;
}

/* One that was too large for the limit is not built again only to find that out again. */
static gboolean
check_limit (EngramTextIndex  *self,
             guint64           limit,
             GError          **error)
{
  gboolean was_hit;

  g_mutex_lock (&self->mutex);
  was_hit = self->limit_hit != 0 && limit <= self->limit_hit;
  g_mutex_unlock (&self->mutex);
  return !was_hit || engram_text_index_set_too_large (limit, error);
}

static void
note_limit (EngramTextIndex *self,
            guint64          limit)
{
  g_mutex_lock (&self->mutex);
  self->limit_hit = limit;
  g_mutex_unlock (&self->mutex);
}

static void
log_thrown_away (const GError *error)
{
  g_log_structured (G_LOG_DOMAIN, G_LOG_LEVEL_INFO,
                    "ENGRAM_ACTION", "text-index-thrown-away",
                    "MESSAGE", "A text index cannot be used and is thrown away: %s", error->message);
}

/* Progress that is begun anew waits until it is where it was. */
typedef struct {
  EngramProgressFunc progress;
  gpointer           user_data;
  double             reached;
} Progress;

static void
report (const char *phase,
        double      fraction,
        gpointer    data)
{
  Progress *self = data;

  if (self->progress == NULL || fraction < self->reached)
    return;
  self->reached = fraction;
  self->progress (phase, fraction, self->user_data);
}

static gboolean
try_update (EngramTextIndex  *self,
            guint64           limit,
            EngramScan       *scan,
            Progress         *progress,
            GCancellable     *cancellable,
            gboolean         *is_broken,
            GError          **error)
{
  g_autoptr (EngramTextIndexStore) store = engram_text_index_store_open_write (self->path, error);

  *is_broken = FALSE;
  if (store == NULL ||
      !engram_text_index_store_update (store, self->path, limit, scan, report, progress, cancellable, is_broken, error))
    return FALSE;
  set_built (self, TRUE, engram_connection_get_stamp (scan->readers[0]), engram_text_index_store_get_token (store));
  return TRUE;
}

/* What a failure leaves of the index: nothing where it is damaged or there is no room for it, else what was done.
 * Returns whether to begin anew. */
static gboolean
clean_up (EngramTextIndex *self,
          guint64          limit,
          gboolean         is_broken,
          const GError    *error)
{
  gboolean no_space = g_error_matches (error, ENGRAM_ERROR, ENGRAM_ERROR_NO_SPACE);

  if (!is_broken && !no_space)
    return FALSE;
  engram_file_remove (self->path);
  if (no_space && !is_broken)
    note_limit (self, limit);
  return !no_space;
}

static gboolean
update_locked (EngramTextIndex  *self,
               guint64           limit,
               Progress         *progress,
               GCancellable     *cancellable,
               GError          **error)
{
  g_autoptr (GError) local_error = NULL;
  g_auto (EngramScan) scan = { { NULL }, 0 };
  gboolean is_broken;

  /* The snapshot is taken under the lock: whoever builds after another has the later one. */
  if (!engram_scan_begin (&scan, self->database, cancellable, error))
    return FALSE;
  if (try_update (self, limit, &scan, progress, cancellable, &is_broken, &local_error))
    return TRUE;
  if (clean_up (self, limit, is_broken, local_error))
    {
      log_thrown_away (local_error);
      g_clear_error (&local_error);
      if (try_update (self, limit, &scan, progress, cancellable, &is_broken, &local_error))
        return TRUE;
      clean_up (self, limit, is_broken, local_error);
    }
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

gboolean
engram_text_index_update (EngramTextIndex     *self,
                          EngramProgressFunc   progress,
                          gpointer             user_data,
                          GCancellable        *cancellable,
                          GError             **error)
{
  Progress reported = { progress, user_data, 0 };
  guint64 limit = get_limit ();
  gboolean done;
  int lock;

  g_return_val_if_fail (ENGRAM_IS_TEXT_INDEX (self), FALSE);

  if (!check_limit (self, limit, error))
    return FALSE;
  lock = engram_text_index_folder_lock (self->path, ENGRAM_TEXT_INDEX_WRITE, cancellable, error);
  if (lock < 0)
    return FALSE;
  done = update_locked (self, limit, &reported, cancellable, error);
  if (done)
    engram_text_index_folder_touch (self->path);
  close (lock);
  return done;
}

gboolean
engram_text_index_is_current (EngramTextIndex *self)
{
  guint64 stamp, token;

  g_return_val_if_fail (ENGRAM_IS_TEXT_INDEX (self), FALSE);

  /* Where the file cannot be asked, nobody knows. */
  return engram_database_get_change_stamp (self->database, &stamp, NULL, NULL) && is_of_stamp (self, stamp, &token) &&
         g_file_test (self->path, G_FILE_TEST_EXISTS);
}

static GArray *
find_locked (EngramTextIndex  *self,
             const char       *match,
             guint64           token,
             gsize             limit,
             GCancellable     *cancellable,
             GError          **error)
{
  g_autoptr (EngramTextIndexStore) store = engram_text_index_store_open_read (self->path, cancellable, error);

  if (store == NULL || engram_text_index_store_get_token (store) != token)
    return NULL;
  return engram_text_index_store_find (store, match, limit, error);
}

/* An index that cannot be read is taken away where nobody else is at it. No search need fail for that: only that it was
 * cancelled is the caller's concern. */
static void
give_up_index (EngramTextIndex  *self,
               GError           *failure,
               GError          **error)
{
  if (g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, failure);
      return;
    }
  log_thrown_away (failure);
  g_error_free (failure);
  set_built (self, FALSE, 0, 0);
  /* Whoever builds next throws it away where this cannot. */
  engram_text_index_folder_remove (self->path, NULL);
}

GArray *
engram_text_index_find (EngramTextIndex  *self,
                        const char       *word,
                        guint64           stamp,
                        gsize             limit,
                        GCancellable     *cancellable,
                        GError          **error)
{
  g_autofree char *match = NULL;
  GError *failure = NULL;
  GArray *rows = NULL;
  guint64 token;
  int lock;

  g_return_val_if_fail (ENGRAM_IS_TEXT_INDEX (self), NULL);
  g_return_val_if_fail (word != NULL, NULL);

  if (!is_of_stamp (self, stamp, &token))
    return NULL;
  match = engram_text_index_make_match (word);
  if (match == NULL)
    return NULL;
  /* Whoever holds it is building. */
  lock = engram_text_index_folder_lock (self->path, ENGRAM_TEXT_INDEX_READ, NULL, NULL);
  if (lock < 0)
    return NULL;
  rows = find_locked (self, match, token, limit, cancellable, &failure);
  engram_text_index_folder_touch (self->path);
  close (lock);
  if (failure != NULL)
    give_up_index (self, failure, error);
  return rows;
}

gboolean
engram_text_index_clear (EngramTextIndex  *self,
                         GError          **error)
{
  g_return_val_if_fail (ENGRAM_IS_TEXT_INDEX (self), FALSE);

  set_built (self, FALSE, 0, 0);
  note_limit (self, 0);
  return engram_text_index_folder_remove (self->path, error);
}

guint64
engram_text_index_get_disk_size (const char *folder)
{
  g_autofree char *found = engram_text_index_folder_find (folder);

  return engram_text_index_folder_get_total (found);
}

gboolean
engram_text_index_clear_all (const char  *folder,
                             GError     **error)
{
  g_autofree char *found = engram_text_index_folder_find (folder);

  return engram_text_index_folder_clear (found, error);
}
