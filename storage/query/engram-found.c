/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "query/engram-found-private.h"

typedef struct {
  EngramFound     public;
  gatomicrefcount references;
} Found;

G_DEFINE_BOXED_TYPE (EngramFound, engram_found, engram_found_ref, engram_found_unref)

EngramFound *
engram_found_new (EngramRowOrder *order,
                  float          *scores,
                  guint64         n_all,
                  gboolean        complete)
{
  Found *self = g_new0 (Found, 1);

  g_atomic_ref_count_init (&self->references);
  self->public.order = order;
  self->public.scores = scores;
  self->public.n_all = n_all;
  self->public.complete = complete;
  return &self->public;
}

EngramFound *
engram_found_ref (EngramFound *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&((Found *) self)->references);
  return self;
}

void
engram_found_unref (EngramFound *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&((Found *) self)->references))
    return;

  engram_row_order_unref (self->order);
  g_free (self->scores);
  g_free (self);
}

void
engram_near_free (EngramNear *self)
{
  if (self == NULL)
    return;

  g_free (self->id);
  g_free (self->summary);
  g_free (self->type);
  g_free (self);
}
