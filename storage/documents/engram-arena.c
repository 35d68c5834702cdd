/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "documents/engram-arena-private.h"

#include <string.h>

#define BLOCK_BYTES (64 * 1024)

#define ALIGNMENT sizeof (gint64)

void
engram_arena_init (EngramArena *self)
{
  *self = (EngramArena) { NULL };
  self->blocks = g_ptr_array_new_with_free_func (g_free);
  self->large = g_ptr_array_new_with_free_func (g_free);
}

void
engram_arena_clear (EngramArena *self)
{
  g_clear_pointer (&self->blocks, g_ptr_array_unref);
  g_clear_pointer (&self->large, g_ptr_array_unref);
}

void
engram_arena_empty (EngramArena *self)
{
  g_ptr_array_set_size (self->large, 0);
  self->block = 0;
  self->used = 0;
  self->total = 0;
}

gpointer
engram_arena_take (EngramArena *self,
                   gsize        size)
{
  gpointer piece;

  size = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  self->total += size;
  if (size > BLOCK_BYTES / 4)
    {
      piece = g_malloc (size);
      g_ptr_array_add (self->large, piece);
      return piece;
    }
  if (self->blocks->len > 0 && self->used + size > BLOCK_BYTES)
    {
      self->block++;
      self->used = 0;
    }
  if (self->block == self->blocks->len)
    g_ptr_array_add (self->blocks, g_malloc (BLOCK_BYTES));
  piece = (char *) g_ptr_array_index (self->blocks, self->block) + self->used;
  self->used += size;
  return piece;
}

char *
engram_arena_take_text (EngramArena *self,
                        const char  *text,
                        gsize        length)
{
  char *copy = engram_arena_take (self, length + 1);

  memcpy (copy, text, length);
  copy[length] = '\0';
  return copy;
}
