/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "query/engram-text-index-update-private.h"

#include <glib/gi18n-lib.h>

#include "query/engram-text-index-folder-private.h"
#include "query/engram-text-index-words-private.h"

/* How many bytes of text a thread collects before it asks for the index, which one has at a time. */
#define MAX_COLLECTED (1024 * 1024)

/* Where the pass over the rows ends; the rest is dropping what is gone, and the last commit. */
#define ROWS_DONE 0.97

typedef struct {
  EngramTextIndexStore *store;
  const char           *path;
  guint64               limit;
  GArray               *entries; /* what is indexed, in the order of rows */
  guint8               *is_seen; /* for each of them, whether its row is there still */
  GCancellable         *cancellable;
  GMutex                mutex;   /* held by whoever uses the store */
  gboolean              is_broken; /* the store has failed */
} Update;

/* A row to be indexed. */
typedef struct {
  gint64   row;
  guint64  hash;
  gint64   replaced; /* document, or 0 */
  gsize    end;      /* of its text, which starts where that of the row before it ends */
} Change;

typedef struct {
  GArray  *changes;
  GString *text;
} Changes;

static void
changes_init (Changes *self)
{
  self->changes = g_array_new (FALSE, FALSE, sizeof (Change));
  self->text = g_string_new (NULL);
}

static void
changes_clear (Changes *self)
{
  g_array_unref (self->changes);
  g_string_free (self->text, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Changes, changes_clear)

static const EngramTextIndexEntry *
get_entry (const Update *self,
           guint         place)
{
  return &g_array_index (self->entries, EngramTextIndexEntry, place);
}

/* The first entry whose row is not below @row. */
static guint
find_place (const Update *self,
            gint64        row)
{
  guint low = 0;
  guint high = self->entries->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (get_entry (self, middle)->row < row)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

gboolean
engram_text_index_set_too_large (guint64   bytes,
                                 GError  **error)
{
  g_autofree char *limit = g_format_size_full (bytes, G_FORMAT_SIZE_IEC_UNITS);

  g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_NO_SPACE,
               _("The text index of this network would take more than the %s that all text indexes may take. "
                 "Searches work without it."), limit);
  return FALSE;
}

static gboolean
commit (Update  *self,
        GError **error)
{
  if (!engram_text_index_store_commit (self->store, error))
    {
      self->is_broken = TRUE;
      return FALSE;
    }
  return engram_text_index_folder_make_room (self->path, self->limit) ||
         engram_text_index_set_too_large (self->limit, error);
}

static gboolean
write_change (Update        *self,
              const Change  *change,
              const char    *text,
              gsize          length,
              GError       **error)
{
  if ((change->replaced == 0 || engram_text_index_store_remove (self->store, change->replaced, error)) &&
      engram_text_index_store_add (self->store, change->row, change->hash, text, length, error))
    return !engram_text_index_store_is_full (self->store) || commit (self, error);
  self->is_broken = TRUE;
  return FALSE;
}

static gboolean
write_locked (Update   *self,
              Changes  *changes,
              GError  **error)
{
  gsize start = 0;

  for (guint i = 0; i < changes->changes->len; i++)
    {
      const Change *change = &g_array_index (changes->changes, Change, i);

      if (g_cancellable_set_error_if_cancelled (self->cancellable, error) ||
          !write_change (self, change, changes->text->str + start, change->end - start, error))
        return FALSE;
      start = change->end;
    }
  return TRUE;
}

static gboolean
write_changes (Update   *self,
               Changes  *changes,
               GError  **error)
{
  gboolean done;

  g_mutex_lock (&self->mutex);
  done = write_locked (self, changes, error);
  g_mutex_unlock (&self->mutex);

  g_array_set_size (changes->changes, 0);
  g_string_truncate (changes->text, 0);
  return done;
}

/* Collects a row that is not indexed as it is; @place is the first entry that is not of a row before it. */
static void
visit_row (Update       *self,
           sqlite3_stmt *row,
           guint         place,
           Changes      *changes)
{
  gint64 rowid = sqlite3_column_int64 (row, ENGRAM_TEXT_INDEX_N_COLUMNS);
  Change change = { rowid, engram_text_index_hash_row (row), 0, 0 };

  if (place < self->entries->len && get_entry (self, place)->row == rowid)
    {
      self->is_seen[place] = TRUE;
      if (get_entry (self, place)->hash == change.hash)
        return;
      change.replaced = get_entry (self, place)->document;
    }
  engram_text_index_append_row (changes->text, row);
  change.end = changes->text->len;
  g_array_append_val (changes->changes, change);
}

static gboolean
visit_chunk (EngramReader  *reader,
             gint64         first,
             gint64         last,
             guint          chunk,
             gpointer       data,
             GError       **error)
{
  Update *self = data;
  gboolean has_fields = engram_connection_neurons_have_fields (reader);
  g_autofree char *columns = g_strconcat (engram_text_index_columns (has_fields), ", rowid", NULL);
  g_autoptr (EngramStatement) statement = engram_scan_prepare (reader, columns, "neurons", first, last, error);
  guint place = find_place (self, first);
  g_auto (Changes) changes;
  int status;

  changes_init (&changes);
  if (statement == NULL)
    return FALSE;
  while ((status = engram_statement_step (statement, error)) > 0)
    {
      sqlite3_stmt *row = engram_statement_get_handle (statement);
      gint64 rowid = sqlite3_column_int64 (row, ENGRAM_TEXT_INDEX_N_COLUMNS);

      while (place < self->entries->len && get_entry (self, place)->row < rowid)
        place++;
      visit_row (self, row, place, &changes);
      if (g_cancellable_set_error_if_cancelled (self->cancellable, error) ||
          (changes.text->len >= MAX_COLLECTED && !write_changes (self, &changes, error)))
        return FALSE;
    }
  return status == 0 && write_changes (self, &changes, error);
}

static gboolean
drop_gone (Update  *self,
           GError **error)
{
  for (guint i = 0; i < self->entries->len; i++)
    if (!self->is_seen[i] && !engram_text_index_store_remove (self->store, get_entry (self, i)->document, error))
      {
        self->is_broken = TRUE;
        return FALSE;
      }
  return commit (self, error);
}

/* After a failure that is not the index's own. */
static void
keep_what_is_done (Update *self)
{
  g_autoptr (GError) error = NULL;

  if (!self->is_broken && !engram_text_index_store_commit (self->store, &error))
    g_log_structured (G_LOG_DOMAIN, G_LOG_LEVEL_INFO,
                      "ENGRAM_ACTION", "text-index-not-kept",
                      "MESSAGE", "What was done of a text index is lost: %s", error->message);
}

gboolean
engram_text_index_store_update (EngramTextIndexStore  *store,
                                const char            *path,
                                guint64                limit,
                                EngramScan            *scan,
                                EngramProgressFunc     progress,
                                gpointer               user_data,
                                GCancellable          *cancellable,
                                gboolean              *is_broken,
                                GError               **error)
{
  Update self = { .store = store, .path = path, .limit = limit, .cancellable = cancellable };
  gboolean done;

  self.entries = engram_text_index_store_list (store, error);
  *is_broken = self.entries == NULL;
  if (self.entries == NULL)
    return FALSE;

  self.is_seen = g_new0 (guint8, self.entries->len);
  g_mutex_init (&self.mutex);
  done = engram_scan_table (scan, "neurons", visit_chunk, &self, _("Indexing texts"), 0, ROWS_DONE, progress, user_data,
                            error) &&
         drop_gone (&self, error);
  if (done && progress != NULL)
    progress (_("Indexing texts"), 1, user_data);
  if (!done)
    keep_what_is_done (&self);
  *is_broken = self.is_broken;
  g_mutex_clear (&self.mutex);
  g_free (self.is_seen);
  g_array_unref (self.entries);
  return done;
}
