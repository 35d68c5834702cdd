/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "stores/engram-kept-order-private.h"

#include "stores/engram-store-private.h"

/* Reads are tried this often for a moment at which nobody writes; then the order of rows is made anew and not
 * kept. */
#define MAX_STAMP_ATTEMPTS 3

void
engram_kept_order_init (EngramKeptOrder *self,
                        const char      *table)
{
  self->table = table;
  g_mutex_init (&self->lock);
}

void
engram_kept_order_clear (EngramKeptOrder *self)
{
  g_clear_pointer (&self->order, engram_row_order_unref);
  g_mutex_clear (&self->lock);
}

static int
compare_rowids (gconstpointer a,
                gconstpointer b)
{
  gint64 first = *(const gint64 *) a;
  gint64 second = *(const gint64 *) b;

  return (first > second) - (first < second);
}

/* The order where the rowids run without a gap, which takes a count only; else none. */
static gboolean
read_gapless_order (EngramConnection  *reader,
                    const char        *table,
                    EngramRowOrder   **order,
                    GError           **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count(*), (SELECT min(rowid) FROM %1$s),"
                                          " (SELECT max(rowid) FROM %1$s) FROM %1$s", table);
  g_autoptr (EngramStatement) statement = engram_connection_prepare (reader, sql, error);
  sqlite3_stmt *row;
  guint64 count, first, last;

  *order = NULL;
  if (statement == NULL || engram_statement_step (statement, error) < 0)
    return FALSE;

  row = engram_statement_get_handle (statement);
  count = sqlite3_column_int64 (row, 0);
  first = sqlite3_column_int64 (row, 1);
  last = sqlite3_column_int64 (row, 2);
  if (last - first == count - 1)
    *order = engram_row_order_new_run ((gint64) first, count);
  return TRUE;
}

/* Without an order asked for, SQLite reads the smallest index, within each value of which the rowids ascend: the sort
 * that follows finds runs. */
static EngramRowOrder *
read_rowids (EngramConnection  *reader,
             const char        *table,
             GError           **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT rowid FROM %s", table);
  g_autoptr (EngramStatement) statement = engram_connection_prepare (reader, sql, error);
  g_autoptr (GArray) rowids = g_array_new (FALSE, FALSE, sizeof (gint64));
  gsize n_rowids;
  int step;

  if (statement == NULL)
    return NULL;

  while ((step = engram_statement_step (statement, error)) > 0)
    {
      gint64 rowid = sqlite3_column_int64 (engram_statement_get_handle (statement), 0);

      g_array_append_val (rowids, rowid);
    }
  if (step < 0)
    return NULL;
  g_array_sort (rowids, compare_rowids);
  n_rowids = rowids->len;
  return engram_row_order_new (n_rowids > 0 ? g_array_steal (rowids, NULL) : NULL, n_rowids);
}

static EngramRowOrder *
read_row_order (EngramConnection  *reader,
                const char        *table,
                GError           **error)
{
  EngramRowOrder *order;

  if (!read_gapless_order (reader, table, &order, error))
    return NULL;
  return order != NULL ? order : read_rowids (reader, table, error);
}

static EngramRowOrder *
look_up (EngramKeptOrder *self,
         guint64          stamp)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return self->order != NULL && self->stamp == stamp ? engram_row_order_ref (self->order) : NULL;
}

static void
keep (EngramKeptOrder *self,
      EngramRowOrder  *order,
      guint64          stamp)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  g_clear_pointer (&self->order, engram_row_order_unref);
  self->order = engram_row_order_ref (order);
  self->stamp = stamp;
}

EngramRowOrder *
engram_kept_order_get (EngramKeptOrder  *self,
                       EngramReader     *reader,
                       GError          **error)
{
  guint64 stamp = engram_connection_get_stamp (reader);
  EngramRowOrder *order = stamp != 0 ? look_up (self, stamp) : NULL;

  if (order != NULL)
    return order;

  order = read_row_order (reader, self->table, error);
  if (order != NULL && stamp != 0)
    keep (self, order, stamp);
  return order;
}

gboolean
engram_kept_order_count (EngramKeptOrder  *self,
                         EngramReader     *reader,
                         guint64          *count,
                         GError          **error)
{
  guint64 stamp = engram_connection_get_stamp (reader);
  g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM %s", self->table);
  gboolean is_known;
  gint64 number;

  g_mutex_lock (&self->lock);
  is_known = stamp != 0 && self->count_stamp == stamp;
  *count = self->count;
  g_mutex_unlock (&self->lock);
  if (is_known)
    return TRUE;

  if (!engram_connection_get_integer (reader, sql, &number, error))
    return FALSE;
  *count = number;
  g_mutex_lock (&self->lock);
  self->count = number;
  self->count_stamp = stamp;
  g_mutex_unlock (&self->lock);
  return TRUE;
}

/* A snapshot, with its change stamp where nobody wrote while it was taken. */
static EngramReader *
begin_stamped_read (EngramDatabase  *database,
                    GCancellable    *cancellable,
                    GError         **error)
{
  for (guint attempt = 1;; attempt++)
    {
      g_autoptr (EngramReader) reader = NULL;
      guint64 before, stamp;

      if (!engram_database_get_change_stamp (database, &before, cancellable, error))
        return NULL;
      reader = engram_store_begin_read (database, cancellable, error);
      if (reader == NULL || !engram_database_get_change_stamp (database, &stamp, cancellable, error))
        return NULL;

      if (stamp == before)
        engram_connection_set_stamp (reader, stamp);
      if (stamp == before || attempt == MAX_STAMP_ATTEMPTS)
        return g_steal_pointer (&reader);
    }
}

EngramRowOrder *
engram_kept_order_begin_read (EngramKeptOrder  *self,
                              EngramDatabase   *database,
                              EngramReader    **reader,
                              GCancellable     *cancellable,
                              GError          **error)
{
  *reader = begin_stamped_read (database, cancellable, error);
  return *reader != NULL ? engram_kept_order_get (self, *reader, error) : NULL;
}
