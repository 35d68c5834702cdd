/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lists/engram-record-choice.h"

/* How many rows are looked at between two looks at the cancellable. */
#define STRIDE 65536
/* A row is found in an order about as quickly as that many others are passed over. */
#define FIND_COST 8

/* GtkBitset is not counted atomically: each of these is of one choice alone, and only read. */
struct _EngramRecordChoice
{
  gatomicrefcount references;
  EngramRowSet *rows;        /* or, where this is NULL: */
  EngramRowOrder *order;
  GtkBitset *positions;
  GtkBitset *mask;           /* NULL: all */
  EngramRecordChoice *below; /* of what is not in the mask; NULL without a mask */
  gboolean beyond;           /* of what is not in the order too */
};

static EngramRecordChoice *
choice_new (void)
{
  EngramRecordChoice *self = g_new0 (EngramRecordChoice, 1);

  g_atomic_ref_count_init (&self->references);
  return self;
}

EngramRecordChoice *
engram_record_choice_new_rows (EngramRowSet *rows)
{
  EngramRecordChoice *self = choice_new ();

  self->rows = engram_row_set_ref (rows);
  return self;
}

EngramRecordChoice *
engram_record_choice_new_positions (EngramRowOrder *order,
                                    GtkBitset      *positions)
{
  EngramRecordChoice *self = choice_new ();

  self->order = engram_row_order_ref (order);
  self->positions = gtk_bitset_copy (positions);
  if (engram_row_order_get_size (order) == 0)
    gtk_bitset_remove_all (self->positions);
  else
    gtk_bitset_remove_range_closed (self->positions, engram_row_order_get_size (order), G_MAXUINT);
  return self;
}

EngramRecordChoice *
engram_record_choice_new_above (EngramRowOrder     *order,
                                GtkBitset          *positions,
                                GtkBitset          *mask,
                                EngramRecordChoice *below,
                                gboolean            beyond)
{
  EngramRecordChoice *self = engram_record_choice_new_positions (order, positions);

  gtk_bitset_intersect (self->positions, mask);
  self->mask = gtk_bitset_copy (mask);
  self->below = engram_record_choice_ref (below);
  self->beyond = beyond;
  return self;
}

EngramRecordChoice *
engram_record_choice_ref (EngramRecordChoice *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
engram_record_choice_unref (EngramRecordChoice *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_clear_pointer (&self->rows, engram_row_set_unref);
  g_clear_pointer (&self->order, engram_row_order_unref);
  g_clear_pointer (&self->positions, gtk_bitset_unref);
  g_clear_pointer (&self->mask, gtk_bitset_unref);
  g_clear_pointer (&self->below, engram_record_choice_unref);
  g_free (self);
}

gboolean
engram_record_choice_contains (const EngramRecordChoice *self,
                               gint64                    rowid)
{
  gsize position;

  if (self->rows != NULL)
    return engram_row_set_contains (self->rows, rowid);
  if (!engram_row_order_find (self->order, rowid, &position))
    return self->beyond && engram_record_choice_contains (self->below, rowid);
  if (self->mask == NULL || gtk_bitset_contains (self->mask, position))
    return gtk_bitset_contains (self->positions, position);
  return engram_record_choice_contains (self->below, rowid);
}

gsize
engram_record_choice_get_work (const EngramRecordChoice *self)
{
  if (self->rows != NULL)
    return engram_row_set_get_size (self->rows);
  return gtk_bitset_get_size (self->positions) +
         (self->below != NULL ? engram_record_choice_get_work (self->below) : 0);
}

static void
list_positions (const EngramRecordChoice *self,
                GArray                   *rowids,
                GCancellable             *cancellable)
{
  GtkBitsetIter iter;
  guint position;
  gboolean more;

  for (more = gtk_bitset_iter_init_first (&iter, self->positions, &position); more;
       more = gtk_bitset_iter_next (&iter, &position))
    {
      gint64 rowid = engram_row_order_get (self->order, position);

      g_array_append_val (rowids, rowid);
      if (rowids->len % STRIDE == 0 && g_cancellable_is_cancelled (cancellable))
        return;
    }
}

static void
list_below (const EngramRecordChoice *self,
            GArray                   *rowids,
            GCancellable             *cancellable)
{
  g_autoptr (EngramRowSet) below = engram_record_choice_list_rows (self->below, cancellable);
  gsize n_rows = engram_row_set_get_size (below);

  for (gsize i = 0; i < n_rows; i++)
    {
      gint64 rowid = engram_row_set_get (below, i);
      gsize position;

      if (engram_row_order_find (self->order, rowid, &position) ? !gtk_bitset_contains (self->mask, position)
                                                                : self->beyond)
        g_array_append_val (rowids, rowid);
      if (i % STRIDE == 0 && g_cancellable_is_cancelled (cancellable))
        return;
    }
}

EngramRowSet *
engram_record_choice_list_rows (EngramRecordChoice *self,
                                GCancellable       *cancellable)
{
  g_autoptr (GArray) rowids = NULL;

  if (self->rows != NULL)
    return engram_row_set_ref (self->rows);
  rowids = g_array_sized_new (FALSE, FALSE, sizeof (gint64), gtk_bitset_get_size (self->positions));
  list_positions (self, rowids, cancellable);
  if (self->below != NULL)
    list_below (self, rowids, cancellable);
  return engram_row_set_new ((const gint64 *) rowids->data, rowids->len);
}

static void
find_each (EngramRowSet   *rows,
           EngramRowOrder *order,
           GtkBitset      *positions,
           GCancellable   *cancellable)
{
  gsize n_rows = engram_row_set_get_size (rows);
  gsize position;

  for (gsize i = 0; i < n_rows; i++)
    {
      if (engram_row_order_find (order, engram_row_set_get (rows, i), &position))
        gtk_bitset_add (positions, position);
      if (i % STRIDE == 0 && g_cancellable_is_cancelled (cancellable))
        return;
    }
}

static void
find_all (EngramRowSet   *rows,
          EngramRowOrder *order,
          GtkBitset      *positions,
          GCancellable   *cancellable)
{
  gsize n_rows = engram_row_order_get_size (order);
  gsize run = 0; /* how many before this one are among them */

  for (gsize i = 0; i < n_rows; i++)
    {
      if (engram_row_set_contains (rows, engram_row_order_get (order, i)))
        run++;
      else if (run > 0)
        {
          gtk_bitset_add_range (positions, i - run, run);
          run = 0;
        }
      if (i % STRIDE == 0 && g_cancellable_is_cancelled (cancellable))
        return;
    }
  if (run > 0)
    gtk_bitset_add_range (positions, n_rows - run, run);
}

GtkBitset *
engram_record_choice_find_rows (EngramRowSet   *rows,
                                EngramRowOrder *order,
                                GCancellable   *cancellable)
{
  GtkBitset *positions = gtk_bitset_new_empty ();

  if (engram_row_set_get_size (rows) < engram_row_order_get_size (order) / FIND_COST)
    find_each (rows, order, positions, cancellable);
  else
    find_all (rows, order, positions, cancellable);
  return positions;
}
