/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "stores/engram-row-order.h"

struct _EngramRowOrder {
  gatomicrefcount  references;
  gsize            size;
  gint64           first;
  gint64          *rowids;    /* NULL where they are first, first + 1, ... */
  guint32         *positions; /* of the rowids in ascending order; NULL where they ascend as they are */
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

/* Takes both. */
static EngramRowOrder *
make_order (gint64  *rowids,
            guint32 *positions,
            gsize    n_rowids)
{
  EngramRowOrder *self = g_new0 (EngramRowOrder, 1);

  g_atomic_ref_count_init (&self->references);
  self->size = n_rowids;
  self->first = n_rowids > 0 ? rowids[0] : 0;
  self->rowids = rowids;
  self->positions = positions;
  return self;
}

static int
compare_positions (gconstpointer a,
                   gconstpointer b,
                   gpointer      data)
{
  const gint64 *rowids = data;
  gint64 first = rowids[*(const guint32 *) a];
  gint64 second = rowids[*(const guint32 *) b];

  return (first > second) - (first < second);
}

static guint32 *
sort_positions (gint64 *rowids,
                gsize   n_rowids)
{
  guint32 *positions = g_new (guint32, n_rowids);

  for (gsize i = 0; i < n_rowids; i++)
    positions[i] = (guint32) i;
  g_qsort_with_data (positions, (int) n_rowids, sizeof *positions, compare_positions, rowids);
  return positions;
}

EngramRowOrder *
engram_row_order_new (gint64 *rowids,
                      gsize   n_rowids)
{
  gboolean ascending;

  g_return_val_if_fail (rowids != NULL || n_rowids == 0, NULL);
  g_return_val_if_fail (n_rowids <= G_MAXINT, NULL);

  ascending = is_ascending (rowids, n_rowids);
  if (ascending && !has_gap (rowids, n_rowids))
    {
      EngramRowOrder *self = engram_row_order_new_run (n_rowids > 0 ? rowids[0] : 0, n_rowids);

      g_free (rowids);
      return self;
    }
  return make_order (rowids, ascending ? NULL : sort_positions (rowids, n_rowids), n_rowids);
}

EngramRowOrder *
engram_row_order_new_run (gint64 first,
                          gsize  n_rowids)
{
  EngramRowOrder *self = make_order (NULL, NULL, 0);

  self->first = first;
  self->size = n_rowids;
  return self;
}

EngramRowOrder *
engram_row_order_new_sorted (gint64  *rowids,
                             guint32 *positions,
                             gsize    n_rowids)
{
  g_return_val_if_fail (rowids != NULL && positions != NULL, NULL);
  g_return_val_if_fail (n_rowids > 0 && n_rowids <= G_MAXINT, NULL);

  return make_order (rowids, positions, n_rowids);
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
  g_free (self->positions);
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

/* Where the rowid stands that is the @index-th of all in ascending order. */
static gsize
get_position (EngramRowOrder *self,
              gsize           index)
{
  return self->positions != NULL ? self->positions[index] : index;
}

static gboolean
find_by_halving (EngramRowOrder *self,
                 gint64          rowid,
                 gsize          *position)
{
  gsize low = 0;
  gsize high = self->size;

  while (low < high)
    {
      gsize middle = low + (high - low) / 2;

      if (self->rowids[get_position (self, middle)] < rowid)
        low = middle + 1;
      else
        high = middle;
    }
  if (low == self->size)
    return FALSE;
  *position = get_position (self, low);
  return self->rowids[*position] == rowid;
}

gboolean
engram_row_order_find (EngramRowOrder *self,
                       gint64          rowid,
                       gsize          *position)
{
  gsize place = 0;
  gboolean found;

  g_return_val_if_fail (self != NULL, FALSE);

  found = self->rowids == NULL ? find_in_run (self, rowid, &place) : find_by_halving (self, rowid, &place);
  if (found && position != NULL)
    *position = place;
  return found;
}
