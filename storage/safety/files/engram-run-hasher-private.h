/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#ifndef ENGRAM_STORAGE_COMPILATION
#error "Private to storage/"
#endif

#include <glib.h>

G_BEGIN_DECLS

/* SHA-256 of many runs of bytes, on all cores, while one thread makes the bytes. All functions are that thread's. */
typedef struct _EngramRunHasher EngramRunHasher;

#define ENGRAM_RUN_BYTES (1024 * 1024)
#define ENGRAM_SHA256_BYTES 32

/* The bytes of one run, to be appended to. */
typedef struct {
  guint8 *bytes;
  gsize   length;
  gsize   allocated;
  gsize   number; /* which run it is */
} EngramRun;

/* @n_beside: how many other threads are at work meanwhile, which are not to be held up. */
EngramRunHasher *engram_run_hasher_new      (guint             n_beside);
void             engram_run_hasher_free     (EngramRunHasher  *self);
/* The run that is being made, until one of the next two functions. */
EngramRun       *engram_run_hasher_get_run  (EngramRunHasher  *self);
void             engram_run_hasher_end_run  (EngramRunHasher  *self);
/* Ends the last run (an empty one does not count) and waits for all: their digests in order. The next run is number
 * 0. */
GByteArray      *engram_run_hasher_finish   (EngramRunHasher  *self);

void             engram_run_grow            (EngramRun        *self,
                                             gsize             length);

/* Where the next @length bytes go. */
static inline guint8 *
engram_run_append (EngramRun *self,
                   gsize      length)
{
  guint8 *place;

  if (self->allocated - self->length < length)
    engram_run_grow (self, length);
  place = self->bytes + self->length;
  self->length += length;
  return place;
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramRunHasher, engram_run_hasher_free)

G_END_DECLS
