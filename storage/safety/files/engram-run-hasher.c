/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "safety/files/engram-run-hasher-private.h"

/* Threads beside the one that makes the bytes. */
#define MAX_HELPERS 3

/* Runs that may wait for each helper; beyond them the maker hashes, so that no core idles and memory stays small. */
#define WAITING_PER_HELPER 2

/* What a run of ordinary rows needs, the row that ends it included. */
#define USUAL_BYTES (ENGRAM_RUN_BYTES + 64 * 1024)

struct _EngramRunHasher {
  EngramRun  *current;
  gsize       n_runs;       /* that were ended */

  GThread    *helpers[MAX_HELPERS];
  guint       n_helpers;

  GMutex      mutex;        /* guards all below */
  GCond       changed;
  GQueue      waiting;      /* runs to be hashed */
  GQueue      empty;        /* runs to be filled again */
  guint       n_being_hashed;
  GByteArray *digests;
  gboolean    is_over;
};

static EngramRun *
run_new (void)
{
  EngramRun *self = g_new0 (EngramRun, 1);

  self->allocated = USUAL_BYTES;
  self->bytes = g_malloc (self->allocated);
  return self;
}

static void
run_free (EngramRun *self)
{
  g_free (self->bytes);
  g_free (self);
}

void
engram_run_grow (EngramRun *self,
                 gsize      length)
{
  self->allocated = MAX (self->allocated * 2, self->length + length);
  self->bytes = g_realloc (self->bytes, self->allocated);
}

/* Without the lock. */
static void
hash_run (const EngramRun *run,
          guint8           digest[ENGRAM_SHA256_BYTES])
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  gsize length = ENGRAM_SHA256_BYTES;

  g_checksum_update (checksum, run->bytes, run->length);
  g_checksum_get_digest (checksum, digest, &length);
}

/* With the lock: hashes one run that waits, without holding the lock meanwhile. */
static void
hash_next (EngramRunHasher *self)
{
  EngramRun *run = g_queue_pop_head (&self->waiting);
  guint8 digest[ENGRAM_SHA256_BYTES];

  self->n_being_hashed++;
  g_mutex_unlock (&self->mutex);
  hash_run (run, digest);
  g_mutex_lock (&self->mutex);

  self->n_being_hashed--;
  memcpy (self->digests->data + run->number * ENGRAM_SHA256_BYTES, digest, ENGRAM_SHA256_BYTES);
  if (run->allocated > USUAL_BYTES)
    run_free (run);
  else
    g_queue_push_tail (&self->empty, run);
  g_cond_broadcast (&self->changed);
}

static gpointer
help (gpointer data)
{
  EngramRunHasher *self = data;

  g_mutex_lock (&self->mutex);
  while (!self->is_over)
    if (self->waiting.length > 0)
      hash_next (self);
    else
      g_cond_wait (&self->changed, &self->mutex);
  g_mutex_unlock (&self->mutex);
  return NULL;
}

EngramRunHasher *
engram_run_hasher_new (guint n_beside)
{
  EngramRunHasher *self = g_new0 (EngramRunHasher, 1);
  guint n_free = g_get_num_processors () - 1;

  g_mutex_init (&self->mutex);
  g_cond_init (&self->changed);
  g_queue_init (&self->waiting);
  g_queue_init (&self->empty);
  self->digests = g_byte_array_new ();
  self->n_helpers = MIN (n_free - MIN (n_beside, n_free), MAX_HELPERS);
  for (guint i = 0; i < self->n_helpers; i++)
    self->helpers[i] = g_thread_new ("engram-hash", help, self);
  return self;
}

void
engram_run_hasher_free (EngramRunHasher *self)
{
  if (self == NULL)
    return;

  g_mutex_lock (&self->mutex);
  self->is_over = TRUE;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);
  for (guint i = 0; i < self->n_helpers; i++)
    g_thread_join (self->helpers[i]);

  g_queue_clear_full (&self->waiting, (GDestroyNotify) run_free);
  g_queue_clear_full (&self->empty, (GDestroyNotify) run_free);
  g_clear_pointer (&self->current, run_free);
  g_byte_array_unref (self->digests);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->changed);
  g_free (self);
}

EngramRun *
engram_run_hasher_get_run (EngramRunHasher *self)
{
  if (self->current != NULL)
    return self->current;

  g_mutex_lock (&self->mutex);
  self->current = g_queue_pop_head (&self->empty);
  g_mutex_unlock (&self->mutex);
  if (self->current == NULL)
    self->current = run_new ();
  self->current->length = 0;
  return self->current;
}

void
engram_run_hasher_end_run (EngramRunHasher *self)
{
  EngramRun *run = g_steal_pointer (&self->current);

  run->number = self->n_runs++;
  g_mutex_lock (&self->mutex);
  g_byte_array_set_size (self->digests, self->n_runs * ENGRAM_SHA256_BYTES);
  g_queue_push_tail (&self->waiting, run);
  g_cond_broadcast (&self->changed);
  while (self->waiting.length > self->n_helpers * WAITING_PER_HELPER)
    hash_next (self);
  g_mutex_unlock (&self->mutex);
}

GByteArray *
engram_run_hasher_finish (EngramRunHasher *self)
{
  GByteArray *digests;

  if (self->current != NULL && self->current->length > 0)
    engram_run_hasher_end_run (self);
  g_mutex_lock (&self->mutex);
  while (self->waiting.length > 0 || self->n_being_hashed > 0)
    if (self->waiting.length > 0)
      hash_next (self);
    else
      g_cond_wait (&self->changed, &self->mutex);
  digests = g_steal_pointer (&self->digests);
  self->digests = g_byte_array_new ();
  g_mutex_unlock (&self->mutex);
  self->n_runs = 0;
  return digests;
}
