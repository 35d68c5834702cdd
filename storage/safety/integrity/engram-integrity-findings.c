/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "safety/integrity/engram-integrity-check-private.h"

EngramIdList *
engram_finding_lists_get (EngramFindingLists *self,
                          EngramFindingKind   kind)
{
  if (self->lists[kind] == NULL)
    self->lists[kind] = engram_id_list_new ();
  return self->lists[kind];
}

void
engram_finding_lists_add_row (EngramFindingLists *self,
                              EngramFindingKinds  kinds,
                              sqlite3_stmt       *row)
{
  for (guint kind = 0; kinds != 0; kind++, kinds >>= 1)
    if ((kinds & 1) != 0)
      engram_id_list_add_row (engram_finding_lists_get (self, kind), row);
}

void
engram_finding_lists_take (EngramFindingLists *self,
                           EngramFindingLists *other)
{
  for (guint kind = 0; kind < ENGRAM_N_KINDS; kind++)
    {
      if (other->lists[kind] == NULL)
        continue;
      engram_id_list_extend (engram_finding_lists_get (self, kind), other->lists[kind]);
      g_clear_pointer (&other->lists[kind], engram_id_list_free);
    }
}

void
engram_finding_lists_clear (EngramFindingLists *self)
{
  for (guint kind = 0; kind < ENGRAM_N_KINDS; kind++)
    g_clear_pointer (&self->lists[kind], engram_id_list_free);
}
