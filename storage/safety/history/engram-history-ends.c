/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "safety/history/engram-history-internal-private.h"

/* What foreign keys are for, looked at by hand: a foreign key would take away what it should only be asked about, and
 * would not let loose synapses come back that a repair has deleted. */

/* Rows that are asked about in one statement. */
#define ROWS_PER_LOOK 1024

/* The next rows of a part, as a JSON array of numbers; "[]" where there are none. @from becomes the one after them. */
static gboolean
list_rows (EngramStatement  *statement,
           GString          *list,
           gint64           *from,
           gboolean         *more,
           GError          **error)
{
  gint64 row = *from;
  int n_rows = 0, status;

  g_string_assign (list, "[");
  engram_statement_bind_int64 (statement, 1, *from);
  while ((status = engram_statement_step (statement, error)) > 0)
    {
      row = sqlite3_column_int64 (engram_statement_get_handle (statement), 0);
      g_string_append_printf (list, "%s%" G_GINT64_FORMAT, n_rows++ > 0 ? "," : "", row);
    }
  sqlite3_reset (engram_statement_get_handle (statement));
  g_string_append_c (list, ']');
  *more = n_rows == ROWS_PER_LOOK && row < G_MAXINT64;
  *from = *more ? row + 1 : row;
  return status == 0;
}

static gboolean
count_in_list (EngramStatement  *statement,
               const char       *list,
               guint64          *count,
               GError          **error)
{
  engram_statement_bind_text (statement, 1, list);
  if (engram_statement_step (statement, error) < 0)
    return FALSE;
  *count += (guint64) sqlite3_column_int64 (engram_statement_get_handle (statement), 0);
  sqlite3_reset (engram_statement_get_handle (statement));
  return TRUE;
}

static gboolean
count_in_part (EngramConnection  *writer,
               EngramConnection  *log,
               const char        *rows,
               const char        *side,
               guint64           *count,
               GError           **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT row FROM %s WHERE row>=? AND %s IS NOT NULL ORDER BY row LIMIT %d",
                                          rows, side, ROWS_PER_LOOK);
  g_autoptr (EngramStatement) select = engram_connection_prepare (log, sql, error);
  g_autoptr (EngramStatement) loose = NULL;
  g_autoptr (GString) list = g_string_new (NULL);
  gint64 from = G_MININT64;
  gboolean more = TRUE;

  if (select == NULL)
    return FALSE;
  loose = engram_connection_prepare (writer,
            "SELECT count(*) FROM json_each(?1) AS listed CROSS JOIN synapses"
            " WHERE synapses.rowid=listed.value AND " ENGRAM_SYNAPSE_IS_LOOSE, error);
  if (loose == NULL)
    return FALSE;
  while (more)
    if (!list_rows (select, list, &from, &more, error) || !count_in_list (loose, list->str, count, error))
      return FALSE;
  return TRUE;
}

gboolean
engram_step_ends_count_loose (EngramConnection  *writer,
                              EngramConnection  *log,
                              GPtrArray         *parts,
                              const char        *side,
                              guint64           *count,
                              GError           **error)
{
  *count = 0;
  for (guint i = 0; i < parts->len; i++)
    {
      const EngramStepPart *part = g_ptr_array_index (parts, i);

      if (g_str_equal (part->table, "synapses") && !count_in_part (writer, log, part->rows, side, count, error))
        return FALSE;
    }
  return TRUE;
}

/* The synapses that begin or end at a neuron, if it is gone; one that begins at another that is gone counts there. */
static EngramStatement *
prepare_count_at (EngramConnection  *writer,
                  GError           **error)
{
  return engram_connection_prepare (writer,
           "SELECT count(*) FROM synapses WHERE NOT EXISTS (SELECT 1 FROM neurons WHERE id=?1) AND"
           " (source_neuron_id=?1 OR (target_neuron_id=?1 AND source_neuron_id IN (SELECT id FROM neurons)))", error);
}

static gboolean
count_at (const EngramRowTable  *neurons,
          EngramStatement       *statement,
          sqlite3_stmt          *removed,
          guint64               *count,
          GError               **error)
{
  const guint8 *bytes = sqlite3_column_blob (removed, 0);
  gsize length = sqlite3_column_bytes (removed, 0);

  if (!engram_row_bind_column (neurons, statement, 1, bytes, length, (guint) neurons->id_column))
    g_return_val_if_reached (FALSE);
  if (engram_statement_step (statement, error) < 0)
    return FALSE;
  *count += (guint64) sqlite3_column_int64 (engram_statement_get_handle (statement), 0);
  sqlite3_reset (engram_statement_get_handle (statement));
  return TRUE;
}

static gboolean
has_part (GPtrArray  *parts,
          const char *table)
{
  for (guint i = 0; i < parts->len; i++)
    if (g_str_equal (((const EngramStepPart *) g_ptr_array_index (parts, i))->table, table))
      return TRUE;
  return FALSE;
}

gboolean
engram_step_ends_count_stranded (EngramConnection  *writer,
                                 GPtrArray         *parts,
                                 EngramRecording   *recording,
                                 guint64           *count,
                                 GError           **error)
{
  g_autoptr (EngramStatement) removed = NULL;
  g_autoptr (EngramStatement) at = NULL;
  EngramRecordingPart *part;
  int status;

  *count = 0;
  if (!has_part (parts, "neurons"))
    return TRUE;
  part = engram_recording_get_part (recording, "neurons", error);
  if (part == NULL)
    return FALSE;
  removed = engram_recording_prepare_removed (recording, part, error);
  at = removed != NULL ? prepare_count_at (writer, error) : NULL;
  if (at == NULL)
    return FALSE;
  while ((status = engram_statement_step (removed, error)) > 0)
    if (g_cancellable_set_error_if_cancelled (engram_connection_get_cancellable (writer), error) ||
        !count_at (engram_recording_part_get_table (part), at, engram_statement_get_handle (removed), count, error))
      return FALSE;
  return status == 0;
}

/* A table without such a foreign key is not looked at; what refers to a table that is not there is no business of
 * ours. */
gboolean
engram_step_ends_count_others (EngramConnection  *writer,
                               guint64           *count,
                               GError           **error)
{
  gint64 broken;

  if (!engram_connection_get_integer (writer,
        "SELECT count(*) FROM (SELECT DISTINCT name FROM sqlite_schema AS tables"
        "  JOIN pragma_foreign_key_list (tables.name) AS keys"
        "  WHERE tables.type='table' AND tables.name<>'synapses' AND lower (keys.\"table\") IN ('neurons', 'synapses'))"
        " JOIN pragma_foreign_key_check (name) AS broken WHERE lower (broken.parent) IN ('neurons', 'synapses')",
        &broken, error))
    return FALSE;
  *count = (guint64) broken;
  return TRUE;
}
