/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "documents/engram-checksum-thread-private.h"

/* How many blocks may wait; as many again may lie ready for use. */
#define MAX_WAITING 8

struct _EngramChecksumThread {
  GThread   *thread;
  GChecksum *checksum; /* the thread's until it has ended */
  GMutex     mutex;
  GCond      changed;
  GQueue     waiting;  /* of GString */
  GQueue     ready;    /* of GString, empty */
  gboolean   finished; /* nothing more will come */
};

static void
free_block (gpointer block)
{
  g_string_free (block, TRUE);
}

/* The next block, or NULL when there will be none. */
static GString *
wait_for_block (EngramChecksumThread *self)
{
  GString *block;

  g_mutex_lock (&self->mutex);
  while (g_queue_is_empty (&self->waiting) && !self->finished)
    g_cond_wait (&self->changed, &self->mutex);
  block = g_queue_pop_head (&self->waiting);
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->mutex);
  return block;
}

static void
give_back (EngramChecksumThread *self,
           GString              *block)
{
  g_string_truncate (block, 0);
  g_mutex_lock (&self->mutex);
  /* A block that one huge row has made huge is not kept. */
  if (self->ready.length < MAX_WAITING && block->allocated_len <= 2 * ENGRAM_CHECKSUM_BLOCK_BYTES)
    g_queue_push_head (&self->ready, g_steal_pointer (&block));
  g_mutex_unlock (&self->mutex);
  if (block != NULL)
    free_block (block);
}

static gpointer
hash_blocks (gpointer data)
{
  EngramChecksumThread *self = data;
  GString *block;

  while ((block = wait_for_block (self)) != NULL)
    {
      g_checksum_update (self->checksum, (const guchar *) block->str, block->len);
      give_back (self, block);
    }
  return NULL;
}

EngramChecksumThread *
engram_checksum_thread_new (void)
{
  EngramChecksumThread *self = g_new0 (EngramChecksumThread, 1);

  self->checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->changed);
  g_queue_init (&self->waiting);
  g_queue_init (&self->ready);
  self->thread = g_thread_new ("engram-checksum", hash_blocks, self);
  return self;
}

GString *
engram_checksum_thread_get_block (EngramChecksumThread *self)
{
  GString *block;

  g_mutex_lock (&self->mutex);
  block = g_queue_pop_head (&self->ready);
  g_mutex_unlock (&self->mutex);
  return block != NULL ? block : g_string_sized_new (ENGRAM_CHECKSUM_BLOCK_BYTES + ENGRAM_CHECKSUM_BLOCK_BYTES / 4);
}

void
engram_checksum_thread_push (EngramChecksumThread *self,
                             GString              *block)
{
  g_return_if_fail (!self->finished);

  g_mutex_lock (&self->mutex);
  while (self->waiting.length >= MAX_WAITING)
    g_cond_wait (&self->changed, &self->mutex);
  g_queue_push_tail (&self->waiting, block);
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->mutex);
}

/* The thread ends once the waiting blocks are hashed. */
static void
end_thread (EngramChecksumThread *self)
{
  g_mutex_lock (&self->mutex);
  self->finished = TRUE;
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->mutex);
  g_clear_pointer (&self->thread, g_thread_join);
}

char *
engram_checksum_thread_finish (EngramChecksumThread *self)
{
  g_return_val_if_fail (!self->finished, NULL);

  end_thread (self);
  return g_strdup (g_checksum_get_string (self->checksum));
}

void
engram_checksum_thread_free (EngramChecksumThread *self)
{
  if (self->thread != NULL)
    {
      g_mutex_lock (&self->mutex);
      g_queue_clear_full (&self->waiting, free_block);
      g_mutex_unlock (&self->mutex);
      end_thread (self);
    }
  g_queue_clear_full (&self->ready, free_block);
  g_cond_clear (&self->changed);
  g_mutex_clear (&self->mutex);
  g_checksum_free (self->checksum);
  g_free (self);
}
