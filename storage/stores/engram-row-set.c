/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "stores/engram-row-set.h"

struct _EngramRowSet {
  gatomicrefcount  references;
  gsize            size;
  gint64           first;
  gint64          *rowids; /* NULL where they are first, first + 1, ... */
};

G_DEFINE_BOXED_TYPE (EngramRowSet, engram_row_set, engram_row_set_ref, engram_row_set_unref)

static int
compare_rowids (const void *a,
                const void *b)
{
  gint64 first = *(const gint64 *) a;
  gint64 second = *(const gint64 *) b;

  return (first > second) - (first < second);
}

static gboolean
is_ascending (const gint64 *rowids,
              gsize         n_rowids)
{
  for (gsize i = 1; i < n_rowids; i++)
    if (rowids[i - 1] >= rowids[i])
      return FALSE;
  return TRUE;
}

static gsize
remove_repeated (gint64 *rowids,
                 gsize   n_rowids)
{
  gsize kept = 0;

  for (gsize i = 0; i < n_rowids; i++)
    if (kept == 0 || rowids[kept - 1] != rowids[i])
      rowids[kept++] = rowids[i];
  return kept;
}

EngramRowSet *
engram_row_set_new_take (gint64 *rowids,
                         gsize   n_rowids)
{
  EngramRowSet *self = g_new0 (EngramRowSet, 1);

  g_atomic_ref_count_init (&self->references);
  self->size = n_rowids;
  self->first = n_rowids > 0 ? rowids[0] : 0;
  /* Unsigned, because a difference of two rowids may be beyond gint64. */
  if (n_rowids == 0 || (guint64) rowids[n_rowids - 1] - (guint64) rowids[0] == n_rowids - 1)
    g_free (rowids);
  else
    self->rowids = rowids;
  return self;
}

EngramRowSet *
engram_row_set_new (const gint64 *rowids,
                    gsize         n_rowids)
{
  gint64 *own;

  g_return_val_if_fail (rowids != NULL || n_rowids == 0, NULL);

  own = g_memdup2 (rowids, n_rowids * sizeof *rowids);
  if (!is_ascending (own, n_rowids))
    {
      qsort (own, n_rowids, sizeof *own, compare_rowids);
      n_rowids = remove_repeated (own, n_rowids);
    }
  return engram_row_set_new_take (own, n_rowids);
}

EngramRowSet *
engram_row_set_new_empty (void)
{
  return engram_row_set_new_take (NULL, 0);
}

EngramRowSet *
engram_row_set_ref (EngramRowSet *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
engram_row_set_unref (EngramRowSet *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_free (self->rowids);
  g_free (self);
}

gsize
engram_row_set_get_size (const EngramRowSet *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->size;
}

gint64
engram_row_set_get (const EngramRowSet *self,
                    gsize               index)
{
  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (index < self->size, 0);

  return self->rowids != NULL ? self->rowids[index] : self->first + (gint64) index;
}

gboolean
engram_row_set_contains (const EngramRowSet *self,
                         gint64              rowid)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (self->rowids == NULL)
    return rowid >= self->first && (guint64) rowid - (guint64) self->first < self->size;
  return bsearch (&rowid, self->rowids, self->size, sizeof rowid, compare_rowids) != NULL;
}

gboolean
engram_row_set_equal (const EngramRowSet *self,
                      const EngramRowSet *other)
{
  g_return_val_if_fail (self != NULL && other != NULL, FALSE);

  if (self == other)
    return TRUE;
  if (self->size != other->size || self->first != other->first || (self->rowids == NULL) != (other->rowids == NULL))
    return FALSE;
  return self->rowids == NULL || memcmp (self->rowids, other->rowids, self->size * sizeof *self->rowids) == 0;
}

/* Walks over both, and takes what is in one or in both as the arguments say. */
static EngramRowSet *
combine (EngramRowSet *self,
         EngramRowSet *other,
         gboolean      with_common,
         gboolean      with_other)
{
  g_autofree gint64 *rowids = g_new (gint64, self->size + (with_other ? other->size : 0));
  gsize n_rowids = 0, i = 0, j = 0;

  while (i < self->size || (with_other && j < other->size))
    {
      gint64 mine = i < self->size ? engram_row_set_get (self, i) : 0;
      gint64 theirs = j < other->size ? engram_row_set_get (other, j) : 0;
      gboolean take_mine = i < self->size && (j == other->size || mine <= theirs);
      gboolean common = take_mine && j < other->size && mine == theirs;

      if (take_mine ? !common || with_common : with_other)
        rowids[n_rowids++] = take_mine ? mine : theirs;
      i += take_mine;
      j += !take_mine || common;
    }
  return engram_row_set_new_take (g_memdup2 (rowids, n_rowids * sizeof *rowids), n_rowids);
}

EngramRowSet *
engram_row_set_union (EngramRowSet *self,
                      EngramRowSet *other)
{
  g_return_val_if_fail (self != NULL && other != NULL, NULL);

  return combine (self, other, TRUE, TRUE);
}

EngramRowSet *
engram_row_set_subtract (EngramRowSet *self,
                         EngramRowSet *other)
{
  g_return_val_if_fail (self != NULL && other != NULL, NULL);

  return combine (self, other, FALSE, FALSE);
}
