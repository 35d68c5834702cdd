/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "stores/engram-synapse-store-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "engram-error-private.h"

/* How many characters of a neuron's text a list of synapses shows at most. */
#define SUMMARY_CHARACTERS "400"

/* What stands for the neuron of a row that the statement calls @neuron. */
#define SUMMARY_OF(neuron) \
  "substr(coalesce(nullif(" neuron ".source_data, ''), nullif(" neuron ".function_signature, '')," \
  " " neuron ".id), 1, " SUMMARY_CHARACTERS ")"

static gpointer
read_synapse (sqlite3_stmt *row)
{
  return engram_synapse_read (row);
}

/* All synapses that a statement gives, with one or two texts bound to it. */
static GPtrArray *
list_by_texts (EngramSynapseStore  *self,
               const char          *rest,
               const char          *first,
               const char          *second,
               GCancellable        *cancellable,
               GError             **error)
{
  g_autoptr (GPtrArray) synapses = g_ptr_array_new_with_free_func ((GDestroyNotify) engram_synapse_free);
  g_autoptr (EngramReader) reader = engram_database_acquire_reader (self->database, cancellable, error);
  g_autoptr (EngramStatement) statement = NULL;

  if (reader == NULL)
    return NULL;
  statement = engram_synapse_store_prepare (reader, rest, error);
  if (statement == NULL)
    return NULL;

  engram_statement_bind_text (statement, 1, first);
  if (second != NULL)
    engram_statement_bind_text (statement, 2, second);
  return engram_store_collect (statement, read_synapse, synapses, error) ? g_steal_pointer (&synapses) : NULL;
}

gboolean
engram_synapse_store_count (EngramSynapseStore  *self,
                            guint64             *count,
                            GCancellable        *cancellable,
                            GError             **error)
{
  g_autoptr (EngramReader) reader = NULL;
  g_autoptr (EngramStatement) statement = NULL;

  g_return_val_if_fail (ENGRAM_IS_SYNAPSE_STORE (self), FALSE);
  g_return_val_if_fail (count != NULL, FALSE);

  reader = engram_database_acquire_reader (self->database, cancellable, error);
  if (reader == NULL)
    return FALSE;
  statement = engram_connection_prepare (reader, "SELECT count(*) FROM synapses", error);
  return statement != NULL && engram_store_get_count (statement, count, error);
}

GPtrArray *
engram_synapse_store_list_after (EngramSynapseStore  *self,
                                 gint64               after_rowid,
                                 guint                limit,
                                 GCancellable        *cancellable,
                                 GError             **error)
{
  g_autoptr (GPtrArray) synapses = NULL;
  g_autoptr (EngramReader) reader = NULL;
  g_autoptr (EngramStatement) statement = NULL;

  g_return_val_if_fail (ENGRAM_IS_SYNAPSE_STORE (self), NULL);

  reader = engram_database_acquire_reader (self->database, cancellable, error);
  if (reader == NULL)
    return NULL;
  statement = engram_synapse_store_prepare (reader, "FROM synapses WHERE rowid > ? ORDER BY rowid LIMIT ?",
                                            error);
  if (statement == NULL)
    return NULL;

  engram_statement_bind_int64 (statement, 1, after_rowid);
  engram_statement_bind_int64 (statement, 2, limit);
  synapses = g_ptr_array_new_with_free_func ((GDestroyNotify) engram_synapse_free);
  return engram_store_collect (statement, read_synapse, synapses, error) ? g_steal_pointer (&synapses) : NULL;
}

GPtrArray *
engram_synapse_store_list_by_source (EngramSynapseStore  *self,
                                     const char          *source_id,
                                     GCancellable        *cancellable,
                                     GError             **error)
{
  g_return_val_if_fail (ENGRAM_IS_SYNAPSE_STORE (self), NULL);
  g_return_val_if_fail (source_id != NULL, NULL);

  return list_by_texts (self, "FROM synapses WHERE source_neuron_id = ? ORDER BY rowid",
                        source_id, NULL, cancellable, error);
}

GPtrArray *
engram_synapse_store_list_by_target (EngramSynapseStore  *self,
                                     const char          *target_id,
                                     GCancellable        *cancellable,
                                     GError             **error)
{
  g_return_val_if_fail (ENGRAM_IS_SYNAPSE_STORE (self), NULL);
  g_return_val_if_fail (target_id != NULL, NULL);

  return list_by_texts (self, "FROM synapses WHERE target_neuron_id = ? ORDER BY rowid",
                        target_id, NULL, cancellable, error);
}

GPtrArray *
engram_synapse_store_list_between (EngramSynapseStore  *self,
                                   const char          *source_id,
                                   const char          *target_id,
                                   GCancellable        *cancellable,
                                   GError             **error)
{
  g_return_val_if_fail (ENGRAM_IS_SYNAPSE_STORE (self), NULL);
  g_return_val_if_fail (source_id != NULL && target_id != NULL, NULL);

  return list_by_texts (self,
                        "FROM synapses WHERE source_neuron_id = ? AND target_neuron_id = ? ORDER BY rowid",
                        source_id, target_id, cancellable, error);
}

GPtrArray *
engram_synapse_store_list_modified_since (EngramSynapseStore  *self,
                                          const char          *time,
                                          GCancellable        *cancellable,
                                          GError             **error)
{
  g_autofree char *since = NULL;

  g_return_val_if_fail (ENGRAM_IS_SYNAPSE_STORE (self), NULL);
  g_return_val_if_fail (time != NULL, NULL);

  since = engram_store_read_since (time, error);
  if (since == NULL)
    return NULL;
  return list_by_texts (self,
                        "FROM synapses WHERE rowid IN (SELECT rowid FROM synapses WHERE modified_at >= ?)"
                        " ORDER BY rowid", since, NULL, cancellable, error);
}

static void
free_item (gpointer data)
{
  EngramSynapseListItem *item = data;

  engram_synapse_free (item->synapse);
  g_free (item->other_type);
  g_free (item->other_summary);
  g_free (item);
}

/* A column as text that may be shown. */
static char *
dup_column (sqlite3_stmt *row,
            int           column)
{
  const char *text = (const char *) sqlite3_column_text (row, column);

  return text != NULL ? g_utf8_make_valid (text, sqlite3_column_bytes (row, column)) : NULL;
}

/* The strongest synapses first, by themselves; only then the neurons at their other ends, so that few are
 * looked up. */
static char *
make_items_sql (EngramSynapseDirection direction,
                gboolean               has_fields)
{
  const char *this_end = direction == ENGRAM_SYNAPSE_OUTGOING ? "source_neuron_id" : "target_neuron_id";
  const char *other_end = direction == ENGRAM_SYNAPSE_OUTGOING ? "target_neuron_id" : "source_neuron_id";

  return g_strdup_printf ("SELECT %s, n.neuron_type,"
                          " " SUMMARY_OF ("n")
                          " FROM (SELECT rowid AS strong FROM synapses WHERE %s = ?"
                          "  ORDER BY abs(weight) DESC, rowid LIMIT ?)"
                          " JOIN synapses AS s ON s.rowid = strong"
                          " LEFT JOIN neurons AS n ON n.id = s.%s"
                          " ORDER BY abs(s.weight) DESC, s.rowid",
                          engram_synapse_select_columns_of_s (has_fields), this_end, other_end);
}

static gboolean
read_items (EngramConnection        *reader,
            const char              *neuron_id,
            EngramSynapseDirection   direction,
            guint                    limit,
            GPtrArray               *items,
            GError                 **error)
{
  g_autofree char *sql = make_items_sql (direction, engram_connection_synapses_have_fields (reader));
  g_autoptr (EngramStatement) statement = engram_connection_prepare (reader, sql, error);
  sqlite3_stmt *row;
  int step;

  if (statement == NULL)
    return FALSE;

  engram_statement_bind_text (statement, 1, neuron_id);
  engram_statement_bind_int64 (statement, 2, limit);
  row = engram_statement_get_handle (statement);
  while ((step = engram_statement_step (statement, error)) > 0)
    {
      EngramSynapseListItem *item = g_new (EngramSynapseListItem, 1);
      EngramSynapse *synapse = engram_synapse_read (row);
      int n_columns = sqlite3_column_count (row);

      item->synapse = synapse;
      item->other_id = direction == ENGRAM_SYNAPSE_OUTGOING ? synapse->target_id : synapse->source_id;
      item->other_type = dup_column (row, n_columns - 2);
      item->other_summary = dup_column (row, n_columns - 1);
      g_ptr_array_add (items, item);
    }
  return step == 0;
}

static gboolean
count_items (EngramConnection        *reader,
             const char              *neuron_id,
             EngramSynapseDirection   direction,
             guint64                 *total,
             GError                 **error)
{
  const char *sql = direction == ENGRAM_SYNAPSE_OUTGOING
                    ? "SELECT count(*) FROM synapses WHERE source_neuron_id = ?"
                    : "SELECT count(*) FROM synapses WHERE target_neuron_id = ?";
  g_autoptr (EngramStatement) statement = engram_connection_prepare (reader, sql, error);

  if (statement == NULL)
    return FALSE;

  engram_statement_bind_text (statement, 1, neuron_id);
  return engram_store_get_count (statement, total, error);
}

GPtrArray *
engram_synapse_store_list_items (EngramSynapseStore      *self,
                                 const char              *neuron_id,
                                 EngramSynapseDirection   direction,
                                 guint                    limit,
                                 guint64                 *total,
                                 GCancellable            *cancellable,
                                 GError                 **error)
{
  g_autoptr (EngramReader) reader = NULL;
  g_autoptr (GPtrArray) items = NULL;
  guint64 count;

  g_return_val_if_fail (ENGRAM_IS_SYNAPSE_STORE (self), NULL);
  g_return_val_if_fail (neuron_id != NULL, NULL);

  reader = engram_store_begin_read (self->database, cancellable, error);
  if (reader == NULL)
    return NULL;

  items = g_ptr_array_new_with_free_func (free_item);
  if (!count_items (reader, neuron_id, direction, &count, error) ||
      !read_items (reader, neuron_id, direction, limit, items, error))
    return NULL;

  if (total != NULL)
    *total = count;
  return g_steal_pointer (&items);
}

void
engram_synapse_list_row_clear (EngramSynapseListRow *row)
{
  g_return_if_fail (row != NULL);

  g_clear_pointer (&row->synapse, engram_synapse_free);
  g_clear_pointer (&row->source_type, g_free);
  g_clear_pointer (&row->source_summary, g_free);
  g_clear_pointer (&row->target_type, g_free);
  g_clear_pointer (&row->target_summary, g_free);
}

/* One row with both ends; one without a synapse where the row is gone. */
static gboolean
read_list_row (EngramConnection      *reader,
               const char            *sql,
               gint64                 rowid,
               EngramSynapseListRow  *list_row,
               GError               **error)
{
  g_autoptr (EngramStatement) statement = engram_connection_prepare (reader, sql, error);
  sqlite3_stmt *row;
  int step;
  int n_columns;

  if (statement == NULL)
    return FALSE;

  engram_statement_bind_int64 (statement, 1, rowid);
  step = engram_statement_step (statement, error);
  if (step <= 0)
    return step == 0;

  row = engram_statement_get_handle (statement);
  n_columns = sqlite3_column_count (row);
  list_row->synapse = engram_synapse_read (row);
  list_row->source_type = dup_column (row, n_columns - 4);
  list_row->source_summary = dup_column (row, n_columns - 3);
  list_row->target_type = dup_column (row, n_columns - 2);
  list_row->target_summary = dup_column (row, n_columns - 1);
  return TRUE;
}

static char *
make_list_rows_sql (gboolean has_fields)
{
  return g_strconcat ("SELECT ", engram_synapse_select_columns_of_s (has_fields),
                      ", a.neuron_type, " SUMMARY_OF ("a") ", b.neuron_type, " SUMMARY_OF ("b")
                      " FROM synapses AS s"
                      " LEFT JOIN neurons AS a ON a.id = s.source_neuron_id"
                      " LEFT JOIN neurons AS b ON b.id = s.target_neuron_id"
                      " WHERE s.rowid = ?", NULL);
}

GArray *
engram_synapse_store_list_rows (EngramSynapseStore  *self,
                                const gint64        *rowids,
                                gsize                n_rowids,
                                GCancellable        *cancellable,
                                GError             **error)
{
  g_autoptr (EngramReader) reader = NULL;
  g_autoptr (GArray) rows = NULL;
  g_autofree char *sql = NULL;

  g_return_val_if_fail (ENGRAM_IS_SYNAPSE_STORE (self), NULL);
  g_return_val_if_fail (rowids != NULL || n_rowids == 0, NULL);

  reader = engram_store_begin_read (self->database, cancellable, error);
  if (reader == NULL)
    return NULL;

  sql = make_list_rows_sql (engram_connection_synapses_have_fields (reader));
  rows = g_array_sized_new (FALSE, TRUE, sizeof (EngramSynapseListRow), n_rowids);
  g_array_set_clear_func (rows, (GDestroyNotify) engram_synapse_list_row_clear);
  for (gsize i = 0; i < n_rowids; i++)
    {
      EngramSynapseListRow row = { 0 };

      if (!read_list_row (reader, sql, rowids[i], &row, error))
        return NULL;
      g_array_append_val (rows, row);
    }
  return g_steal_pointer (&rows);
}

static EngramStatement *
prepare_filter (EngramConnection           *reader,
                const EngramSynapseFilter  *filter,
                GError                    **error)
{
  g_autoptr (GString) rest = g_string_new ("FROM synapses WHERE 1");
  EngramStatement *statement;

  if (filter->source_id != NULL)
    g_string_append (rest, " AND source_neuron_id = ?1");
  if (filter->target_id != NULL)
    g_string_append (rest, " AND target_neuron_id = ?2");
  /* The plus keeps SQLite from the index of weights, whose rows it would have to sort before the first one is
   * seen. */
  if (filter->min_weight > -INFINITY || filter->max_weight < INFINITY)
    g_string_append (rest, " AND +weight BETWEEN ?3 AND ?4");
  g_string_append (rest, " ORDER BY rowid LIMIT ?5 OFFSET ?6");

  statement = engram_synapse_store_prepare (reader, rest->str, error);
  if (statement == NULL)
    return NULL;

  if (filter->source_id != NULL)
    engram_statement_bind_text (statement, 1, filter->source_id);
  if (filter->target_id != NULL)
    engram_statement_bind_text (statement, 2, filter->target_id);
  engram_statement_bind_double (statement, 3, filter->min_weight);
  engram_statement_bind_double (statement, 4, filter->max_weight);
  engram_statement_bind_int64 (statement, 5, filter->limit);
  engram_statement_bind_int64 (statement, 6, engram_store_clamp (filter->offset));
  return statement;
}

gboolean
engram_synapse_store_foreach (EngramSynapseStore         *self,
                              const EngramSynapseFilter  *filter,
                              EngramSynapseFunc           func,
                              gpointer                    user_data,
                              GCancellable               *cancellable,
                              GError                    **error)
{
  g_autoptr (EngramReader) reader = NULL;
  g_autoptr (EngramStatement) statement = NULL;
  int step;

  g_return_val_if_fail (ENGRAM_IS_SYNAPSE_STORE (self), FALSE);
  g_return_val_if_fail (filter != NULL && func != NULL, FALSE);

  if (isnan (filter->min_weight) || isnan (filter->max_weight))
    {
      engram_set_record_error (error, ENGRAM_ERROR_INVALID, ENGRAM_RECORD_SYNAPSE, NULL, "weight",
                               _("a bound of the weights is not a number (NaN)"));
      return FALSE;
    }
  reader = engram_database_acquire_reader (self->database, cancellable, error);
  if (reader == NULL)
    return FALSE;
  statement = prepare_filter (reader, filter, error);
  if (statement == NULL)
    return FALSE;

  while ((step = engram_statement_step (statement, error)) > 0)
    {
      g_autoptr (EngramSynapse) synapse = engram_synapse_read (engram_statement_get_handle (statement));

      if (g_cancellable_set_error_if_cancelled (cancellable, error) || !func (synapse, user_data, error))
        return FALSE;
    }
  return step == 0;
}
