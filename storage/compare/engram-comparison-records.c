/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "compare/engram-comparison-private.h"

#include <glib/gi18n-lib.h>

#include "editing/engram-edit-private.h"
#include "model/engram-neuron-private.h"
#include "stores/engram-neuron-store-private.h"

gboolean
engram_comparison_row_stands_in (const EngramComparisonRow *row,
                                 guint                      side)
{
  if (side == ENGRAM_COMPARE_TODAY)
    return row->status != ENGRAM_COMPARISON_REMOVED && row->status != ENGRAM_COMPARISON_NONE;
  return row->status == ENGRAM_COMPARISON_REMOVED || row->status == ENGRAM_COMPARISON_CHANGED;
}

/* Lists */

void
engram_comparison_item_free (EngramComparisonItem *self)
{
  if (self == NULL)
    return;

  g_free (self->id);
  g_free (self->name);
  g_strfreev (self->fields);
  g_free (self);
}

/* (transfer full) (nullable): what stands for the neuron of that id in a list; its id where it is not there */
static char *
find_name (EngramReader  *reader,
           const char    *id,
           GError       **error)
{
  g_autoptr (EngramStatement) statement = NULL;
  g_autoptr (EngramNeuron) neuron = NULL;
  int status;

  statement = engram_neuron_store_prepare (reader, FALSE, "FROM neurons WHERE id=?", error);
  if (statement == NULL)
    return NULL;
  engram_statement_bind_text (statement, 1, id);
  status = engram_statement_step (statement, error);
  if (status < 0)
    return NULL;
  if (status > 0)
    neuron = engram_neuron_read (engram_statement_get_handle (statement));
  return engram_edit_shorten (neuron != NULL ? engram_neuron_get_summary (neuron) : id);
}

static gboolean
name_neuron (EngramComparisonItem  *item,
             EngramReader          *reader,
             gint64                 rowid,
             GError               **error)
{
  g_autoptr (EngramStatement) statement = NULL;
  g_autoptr (EngramNeuron) neuron = NULL;
  int status;

  statement = engram_neuron_store_prepare (reader, FALSE, "FROM neurons WHERE rowid=?", error);
  if (statement == NULL)
    return FALSE;
  engram_statement_bind_int64 (statement, 1, rowid);
  status = engram_statement_step (statement, error);
  if (status <= 0)
    return status == 0;
  neuron = engram_neuron_read (engram_statement_get_handle (statement));
  item->id = g_strdup (neuron->id);
  item->name = engram_edit_shorten (engram_neuron_get_summary (neuron));
  return TRUE;
}

static gboolean
name_synapse (EngramComparisonItem  *item,
              EngramReader          *reader,
              gint64                 rowid,
              GError               **error)
{
  g_autoptr (EngramStatement) statement = NULL;
  g_autofree char *source_id = NULL, *target_id = NULL, *source = NULL, *target = NULL;
  sqlite3_stmt *row;
  int status;

  statement = engram_connection_prepare (reader, "SELECT id, source_neuron_id, target_neuron_id FROM synapses"
                                                 " WHERE rowid=?", error);
  if (statement == NULL)
    return FALSE;
  engram_statement_bind_int64 (statement, 1, rowid);
  status = engram_statement_step (statement, error);
  if (status <= 0)
    return status == 0;
  row = engram_statement_get_handle (statement);
  item->id = g_strdup ((const char *) sqlite3_column_text (row, 0));
  source_id = g_strdup ((const char *) sqlite3_column_text (row, 1));
  target_id = g_strdup ((const char *) sqlite3_column_text (row, 2));
  source = find_name (reader, source_id != NULL ? source_id : "", error);
  target = source != NULL ? find_name (reader, target_id != NULL ? target_id : "", error) : NULL;
  if (target == NULL)
    return FALSE;
  /* Translators: a synapse: the text of the neuron it comes from, and of that it leads to. */
  item->name = g_strdup_printf (_("%s → %s"), source, target);
  return TRUE;
}

/* What a row is called where it stands today; a removed one, in the other file. */
static gboolean
name_item (EngramComparisonItem  *item,
           EngramReader          *readers[ENGRAM_COMPARE_N_SIDES],
           GError               **error)
{
  guint side = engram_comparison_row_stands_in (&item->row, ENGRAM_COMPARE_TODAY) ? ENGRAM_COMPARE_TODAY
                                                                                 : ENGRAM_COMPARE_OTHER;
  gint64 rowid = side == ENGRAM_COMPARE_TODAY ? item->row.rowid : item->row.other_rowid;
  gboolean done = item->row.kind == ENGRAM_RECORD_NEURON ? name_neuron (item, readers[side], rowid, error)
                                                          : name_synapse (item, readers[side], rowid, error);

  if (done && item->name == NULL)
    item->name = g_strdup (_("gone since"));
  if (done && item->id != NULL && !g_utf8_validate (item->id, -1, NULL))
    {
      char *valid = g_utf8_make_valid (item->id, -1);

      g_free (item->id);
      item->id = valid;
    }
  return done;
}

static gboolean
add_item (GPtrArray                  *items,
          EngramComparison           *comparison,
          const EngramComparisonRow  *row,
          EngramReader               *readers[ENGRAM_COMPARE_N_SIDES],
          GError                    **error)
{
  EngramComparisonItem *item = g_new0 (EngramComparisonItem, 1);

  g_ptr_array_add (items, item);
  item->row = *row;
  item->fields = engram_comparison_dup_field_names (comparison, row->kind, row->fields);
  return name_item (item, readers, error);
}

static gboolean
begin_readers (EngramReader   *readers[ENGRAM_COMPARE_N_SIDES],
               EngramDatabase *today,
               EngramDatabase *other,
               GCancellable   *cancellable,
               GError        **error)
{
  readers[ENGRAM_COMPARE_TODAY] = engram_store_begin_read (today, cancellable, error);
  if (readers[ENGRAM_COMPARE_TODAY] == NULL)
    return FALSE;
  readers[ENGRAM_COMPARE_OTHER] = engram_store_begin_read (other, cancellable, error);
  if (readers[ENGRAM_COMPARE_OTHER] != NULL)
    return TRUE;
  engram_reader_release (readers[ENGRAM_COMPARE_TODAY]);
  return FALSE;
}

GPtrArray *
engram_comparison_read_items (EngramComparison           *self,
                              EngramDatabase             *database,
                              EngramDatabase             *other,
                              const EngramComparisonRow  *rows,
                              gsize                       n_rows,
                              GCancellable               *cancellable,
                              GError                    **error)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) engram_comparison_item_free);
  EngramReader *readers[ENGRAM_COMPARE_N_SIDES];
  gboolean done = TRUE;

  g_return_val_if_fail (self != NULL && (rows != NULL || n_rows == 0), NULL);
  g_return_val_if_fail (ENGRAM_IS_DATABASE (database) && ENGRAM_IS_DATABASE (other), NULL);

  if (!begin_readers (readers, database, other, cancellable, error))
    return NULL;
  for (gsize i = 0; i < n_rows && done; i++)
    done = add_item (items, self, &rows[i], readers, error);
  for (guint side = 0; side < ENGRAM_COMPARE_N_SIDES; side++)
    engram_reader_release (readers[side]);
  return done ? g_steal_pointer (&items) : NULL;
}

GPtrArray *
engram_comparison_list_items (EngramComparison        *self,
                              EngramDatabase          *database,
                              EngramDatabase          *other,
                              EngramRecordKind         kind,
                              EngramComparisonStatus   status,
                              guint64                  first,
                              guint                    n_items,
                              GCancellable            *cancellable,
                              GError                 **error)
{
  g_autofree EngramComparisonRow *rows = NULL;
  guint64 n_rows;

  g_return_val_if_fail (self != NULL, NULL);

  n_rows = engram_comparison_get_n_rows (self, kind, status);
  n_rows = first < n_rows ? MIN (n_rows - first, n_items) : 0;
  rows = g_new (EngramComparisonRow, MAX (n_rows, 1));
  for (guint64 i = 0; i < n_rows; i++)
    engram_comparison_get_row (self, kind, status, first + i, &rows[i]);
  return engram_comparison_read_items (self, database, other, rows, n_rows, cancellable, error);
}
