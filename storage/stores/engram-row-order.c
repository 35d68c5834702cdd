/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "stores/engram-row-order.h"

struct _EngramRowOrder {
  gatomicrefcount  references;
  gsize            size;
  gint64           first;
  gint64          *rowids;  /* NULL where they are first, first + 1, ... */
  gboolean         ascending;
};

G_DEFINE_BOXED_TYPE (EngramRowOrder, engram_row_order, engram_row_order_ref, engram_row_order_unref)

static gboolean
is_ascending (const gint64 *rowids,
              gsize         n_rowids)
{
  for (gsize i = 1; i < n_rowids; i++)
    if (rowids[i - 1] >= rowids[i])
      return FALSE;
  return TRUE;
}

/* Unsigned, because a difference of two rowids may be beyond gint64. */
static gboolean
has_gap (const gint64 *rowids,
         gsize         n_rowids)
{
  return n_rowids > 0 && (guint64) rowids[n_rowids - 1] - (guint64) rowids[0] != n_rowids - 1;
}

EngramRowOrder *
engram_row_order_new (gint64 *rowids,
                      gsize   n_rowids)
{
  EngramRowOrder *self;

  g_return_val_if_fail (rowids != NULL || n_rowids == 0, NULL);

  self = g_new0 (EngramRowOrder, 1);
  g_atomic_ref_count_init (&self->references);
  self->size = n_rowids;
  self->first = n_rowids > 0 ? rowids[0] : 0;
  self->ascending = is_ascending (rowids, n_rowids);
  if (self->ascending && !has_gap (rowids, n_rowids))
    g_free (rowids);
  else
    self->rowids = rowids;
  return self;
}

EngramRowOrder *
engram_row_order_ref (EngramRowOrder *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
engram_row_order_unref (EngramRowOrder *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_free (self->rowids);
  g_free (self);
}

gsize
engram_row_order_get_size (EngramRowOrder *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->size;
}

gint64
engram_row_order_get (EngramRowOrder *self,
                      gsize           position)
{
  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (position < self->size, 0);

  return self->rowids != NULL ? self->rowids[position] : self->first + (gint64) position;
}

static gboolean
find_in_run (EngramRowOrder *self,
             gint64          rowid,
             gsize          *position)
{
  guint64 distance = (guint64) rowid - (guint64) self->first;

  *position = distance;
  return rowid >= self->first && distance < self->size;
}

static gboolean
find_ascending (EngramRowOrder *self,
                gint64          rowid,
                gsize          *position)
{
  gsize low = 0;
  gsize high = self->size;

  while (low < high)
    {
      gsize middle = low + (high - low) / 2;

      if (self->rowids[middle] < rowid)
        low = middle + 1;
      else
        high = middle;
    }
  *position = low;
  return low < self->size && self->rowids[low] == rowid;
}

static gboolean
find_anywhere (EngramRowOrder *self,
               gint64          rowid,
               gsize          *position)
{
  for (gsize i = 0; i < self->size; i++)
    if (self->rowids[i] == rowid)
      {
        *position = i;
        return TRUE;
      }
  return FALSE;
}

gboolean
engram_row_order_find (EngramRowOrder *self,
                       gint64          rowid,
                       gsize          *position)
{
  gsize place = 0;
  gboolean found;

  g_return_val_if_fail (self != NULL, FALSE);

  if (self->rowids == NULL)
    found = find_in_run (self, rowid, &place);
  else if (self->ascending)
    found = find_ascending (self, rowid, &place);
  else
    found = find_anywhere (self, rowid, &place);
  if (found && position != NULL)
    *position = place;
  return found;
}
