/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lists/engram-record-loader.h"

/* Two workers keep the disk busy while the last page is drawn; more would make the newest request wait. */
#define MAX_RUNNING 2
/* What a list on screen holds several times over. */
#define MAX_CACHED 16

struct _EngramRecordLoader
{
  GObject parent_instance;

  /* borrowed, until engram_record_loader_stop() */
  const EngramRecordLoaderFuncs *funcs;
  gpointer user_data;
  EngramRecordKind kind;

  /* owned */
  EngramDatabase *database;
  EngramRowOrder *order;
  GCancellable *cancellable; /* of all that runs for this order */
  GHashTable *cache;         /* page -> EngramRecordPage */
  GQueue recent;             /* cached pages, the last used first */
  GQueue waiting;            /* pages asked for, the last first */
  GHashTable *running;       /* pages being read */
};

G_DEFINE_FINAL_TYPE (EngramRecordLoader, engram_record_loader, G_TYPE_OBJECT)

typedef struct {
  guint page;
  gsize n_rowids;
  gint64 rowids[ENGRAM_RECORD_PAGE_SIZE];
} Reading;

static void start_reading (EngramRecordLoader *self);

static void
engram_record_loader_finalize (GObject *object)
{
  EngramRecordLoader *self = ENGRAM_RECORD_LOADER (object);

  engram_record_loader_stop (self);
  g_clear_pointer (&self->cache, g_hash_table_unref);
  g_clear_pointer (&self->running, g_hash_table_unref);
  g_clear_pointer (&self->order, engram_row_order_unref);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->database);

  G_OBJECT_CLASS (engram_record_loader_parent_class)->finalize (object);
}

static void
engram_record_loader_class_init (EngramRecordLoaderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = engram_record_loader_finalize;
}

static void
engram_record_loader_init (EngramRecordLoader *self)
{
  self->cache = g_hash_table_new_full (NULL, NULL, NULL,
                                       (GDestroyNotify) engram_record_page_unref);
  self->running = g_hash_table_new (NULL, NULL);
  self->cancellable = g_cancellable_new ();
}

/**
 * engram_record_loader_new:
 * @database: where the records are
 * @kind: of which kind they are
 * @funcs: what to ask and tell the owner; must outlive the loader
 * @user_data: for @funcs
 *
 * Returns: (transfer full): a loader; engram_record_loader_stop() ends its use of @funcs
 */
EngramRecordLoader *
engram_record_loader_new (EngramDatabase                *database,
                          EngramRecordKind               kind,
                          const EngramRecordLoaderFuncs *funcs,
                          gpointer                       user_data)
{
  EngramRecordLoader *self = g_object_new (ENGRAM_TYPE_RECORD_LOADER, NULL);

  self->database = g_object_ref (database);
  self->kind = kind;
  self->funcs = funcs;
  self->user_data = user_data;
  return self;
}

/* What runs belongs to an order that is gone: it is cancelled; its result, should it come, is dropped. */
static void
drop_all (EngramRecordLoader *self)
{
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_hash_table_remove_all (self->cache);
  g_hash_table_remove_all (self->running);
  g_queue_clear (&self->recent);
  g_queue_clear (&self->waiting);
}

/**
 * engram_record_loader_set_order:
 * @self: a loader
 * @order: the order that pages are counted in from now on
 *
 * Forgets all pages.
 */
void
engram_record_loader_set_order (EngramRecordLoader *self,
                                EngramRowOrder     *order)
{
  g_autoptr (EngramRowOrder) old_order = self->order;

  self->order = engram_row_order_ref (order);
  drop_all (self);
}

/**
 * engram_record_loader_stop:
 * @self: a loader
 *
 * Ends all reading; the owner hears nothing more.
 */
void
engram_record_loader_stop (EngramRecordLoader *self)
{
  self->funcs = NULL;
  drop_all (self);
}

/**
 * engram_record_loader_insert:
 * @self: a loader
 * @page: the number of a page
 * @records: what it holds
 *
 * Keeps a page for a while.
 */
void
engram_record_loader_insert (EngramRecordLoader *self,
                             guint               page,
                             EngramRecordPage   *records)
{
  g_queue_remove (&self->recent, GUINT_TO_POINTER (page));
  g_queue_push_head (&self->recent, GUINT_TO_POINTER (page));
  g_hash_table_insert (self->cache, GUINT_TO_POINTER (page), engram_record_page_ref (records));
  if (self->recent.length > MAX_CACHED)
    g_hash_table_remove (self->cache, g_queue_pop_tail (&self->recent));
}

/**
 * engram_record_loader_lookup:
 * @self: a loader
 * @page: the number of a page
 *
 * Returns: (nullable) (transfer none): the page, if it is there
 */
EngramRecordPage *
engram_record_loader_lookup (EngramRecordLoader *self,
                             guint               page)
{
  EngramRecordPage *records = g_hash_table_lookup (self->cache, GUINT_TO_POINTER (page));

  if (records != NULL && g_queue_peek_head (&self->recent) != GUINT_TO_POINTER (page))
    {
      g_queue_remove (&self->recent, GUINT_TO_POINTER (page));
      g_queue_push_head (&self->recent, GUINT_TO_POINTER (page));
    }
  return records;
}

static void
read_page (GTask        *task,
           gpointer      source,
           gpointer      task_data,
           GCancellable *cancellable)
{
  EngramRecordLoader *self = source;
  const Reading *reading = task_data;
  GError *error = NULL;
  EngramRecordPage *records;

  records = engram_record_page_read (self->database, self->kind, reading->rowids, reading->n_rowids, cancellable,
                                     &error);
  if (records != NULL)
    g_task_return_pointer (task, records, (GDestroyNotify) engram_record_page_unref);
  else
    g_task_return_error (task, error);
}

static void
page_read (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  EngramRecordLoader *self = ENGRAM_RECORD_LOADER (source);
  GTask *task = G_TASK (result);
  const Reading *reading = g_task_get_task_data (task);
  g_autoptr (EngramRecordPage) records = NULL;
  g_autoptr (GError) error = NULL;

  records = g_task_propagate_pointer (task, &error);
  if (g_task_get_cancellable (task) != self->cancellable || self->funcs == NULL)
    return;

  g_hash_table_remove (self->running, GUINT_TO_POINTER (reading->page));
  if (records != NULL)
    {
      engram_record_loader_insert (self, reading->page, records);
      self->funcs->loaded (reading->page, records, self->user_data);
    }
  else
    self->funcs->failed (reading->page, error, self->user_data);
  start_reading (self);
}

static void
start_page (EngramRecordLoader *self,
            guint               page)
{
  g_autoptr (GTask) task = NULL;
  gsize first = (gsize) page * ENGRAM_RECORD_PAGE_SIZE;
  gsize size = engram_row_order_get_size (self->order);
  Reading *reading;

  if (first >= size)
    return;
  reading = g_new (Reading, 1);
  reading->page = page;
  reading->n_rowids = MIN (ENGRAM_RECORD_PAGE_SIZE, size - first);
  for (gsize i = 0; i < reading->n_rowids; i++)
    reading->rowids[i] = engram_row_order_get (self->order, first + i);

  task = g_task_new (self, self->cancellable, page_read, NULL);
  g_task_set_source_tag (task, start_page);
  g_task_set_task_data (task, reading, g_free);
  g_hash_table_add (self->running, GUINT_TO_POINTER (page));
  g_task_run_in_thread (task, read_page);
}

static void
start_reading (EngramRecordLoader *self)
{
  while (self->funcs != NULL && g_hash_table_size (self->running) < MAX_RUNNING &&
         !g_queue_is_empty (&self->waiting))
    {
      guint page = GPOINTER_TO_UINT (g_queue_pop_head (&self->waiting));

      if (!g_hash_table_contains (self->cache, GUINT_TO_POINTER (page)) &&
          self->funcs->is_wanted (page, self->user_data))
        start_page (self, page);
    }
}

/**
 * engram_record_loader_request:
 * @self: a loader with an order
 * @page: the number of a page
 *
 * Has a page read before all others that are waiting.
 */
void
engram_record_loader_request (EngramRecordLoader *self,
                              guint               page)
{
  if (g_hash_table_contains (self->running, GUINT_TO_POINTER (page)))
    return;
  g_queue_remove (&self->waiting, GUINT_TO_POINTER (page));
  g_queue_push_head (&self->waiting, GUINT_TO_POINTER (page));
  start_reading (self);
}

/**
 * engram_record_loader_is_idle:
 * @self: a loader
 *
 * Returns: whether nothing is being read and nothing waits for it
 */
gboolean
engram_record_loader_is_idle (EngramRecordLoader *self)
{
  return g_hash_table_size (self->running) == 0 && g_queue_is_empty (&self->waiting);
}
