/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "documents/engram-import-batch-private.h"

#define N_BATCHES 8

struct _EngramImportQueue {
  EngramImportBatch batches[N_BATCHES];
  GMutex            mutex;
  GCond             changed;
  GQueue            filled;
  GQueue            empty;
  gboolean          has_ended;
  gboolean          is_stopped;
};

EngramImportQueue *
engram_import_queue_new (void)
{
  EngramImportQueue *self = g_new0 (EngramImportQueue, 1);

  g_mutex_init (&self->mutex);
  g_cond_init (&self->changed);
  g_queue_init (&self->filled);
  g_queue_init (&self->empty);
  for (guint i = 0; i < N_BATCHES; i++)
    {
      engram_arena_init (&self->batches[i].arena);
      self->batches[i].items = g_array_new (FALSE, FALSE, sizeof (EngramImportItem));
      g_queue_push_tail (&self->empty, &self->batches[i]);
    }
  return self;
}

void
engram_import_queue_free (EngramImportQueue *self)
{
  for (guint i = 0; i < N_BATCHES; i++)
    {
      engram_arena_clear (&self->batches[i].arena);
      g_array_unref (self->batches[i].items);
    }
  g_queue_clear (&self->filled);
  g_queue_clear (&self->empty);
  g_cond_clear (&self->changed);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

EngramImportBatch *
engram_import_queue_get_empty (EngramImportQueue *self)
{
  EngramImportBatch *batch = NULL;

  g_mutex_lock (&self->mutex);
  while (g_queue_is_empty (&self->empty) && !self->is_stopped)
    g_cond_wait (&self->changed, &self->mutex);
  /* The one that was used last is still in the processor's cache. */
  if (!self->is_stopped)
    batch = g_queue_pop_head (&self->empty);
  g_mutex_unlock (&self->mutex);
  return batch;
}

void
engram_import_queue_push (EngramImportQueue *self,
                          EngramImportBatch *batch)
{
  g_mutex_lock (&self->mutex);
  g_queue_push_tail (&self->filled, batch);
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->mutex);
}

void
engram_import_queue_end (EngramImportQueue *self)
{
  g_mutex_lock (&self->mutex);
  self->has_ended = TRUE;
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->mutex);
}

EngramImportBatch *
engram_import_queue_pop (EngramImportQueue *self)
{
  EngramImportBatch *batch;

  g_mutex_lock (&self->mutex);
  while (g_queue_is_empty (&self->filled) && !self->has_ended)
    g_cond_wait (&self->changed, &self->mutex);
  batch = g_queue_pop_head (&self->filled);
  g_mutex_unlock (&self->mutex);
  return batch;
}

void
engram_import_queue_give_back (EngramImportQueue *self,
                               EngramImportBatch *batch)
{
  engram_arena_empty (&batch->arena);
  g_array_set_size (batch->items, 0);
  g_mutex_lock (&self->mutex);
  g_queue_push_head (&self->empty, batch);
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->mutex);
}

void
engram_import_queue_stop (EngramImportQueue *self)
{
  g_mutex_lock (&self->mutex);
  self->is_stopped = TRUE;
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->mutex);
}
