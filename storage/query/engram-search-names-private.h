/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Texts of which there are few different ones, numbered 0, 1, 2, ... in the order in which they first come. */
typedef struct {
  GHashTable *numbers; /* text -> number */
  GPtrArray  *names;
} EngramSearchNames;

void     engram_search_names_clear (EngramSearchNames       *self);
guint32  engram_search_names_add   (EngramSearchNames       *self,
                                    const char              *name);
/* For each of @n_parts: (array) the rank of each of its names among those of all parts, in the person's collation;
 * equal ones have the same. */
void     engram_search_names_rank  (const EngramSearchNames *parts,
                                    guint                    n_parts,
                                    guint32                **ranks);

G_END_DECLS
