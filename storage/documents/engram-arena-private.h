/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#ifndef ENGRAM_STORAGE_COMPILATION
#error "Private to storage/"
#endif

#include <glib.h>

G_BEGIN_DECLS

/* Memory that is taken piece by piece and given back all at once: one thread fills it with records, another reads them
 * and empties it for the next ones. */
typedef struct {
  GPtrArray *blocks;
  GPtrArray *large;  /* pieces that are longer than a block */
  guint      block;  /* the one that is being filled */
  gsize      used;   /* of it */
  gsize      total;  /* taken since it was last emptied */
} EngramArena;

void      engram_arena_init  (EngramArena *self);
void      engram_arena_clear (EngramArena *self);
/* Keeps the blocks, to be filled again. */
void      engram_arena_empty (EngramArena *self);
/* Aligned for any of a record's members. */
gpointer  engram_arena_take  (EngramArena *self,
                              gsize        size);
char     *engram_arena_take_text (EngramArena *self,
                              const char  *text,
                              gsize        length);

G_END_DECLS
