/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "documents/engram-export-rows-private.h"

#define SELECT_SYNAPSES                                                                                        \
  "SELECT s.rowid, f.rowid, t.rowid FROM synapses AS s JOIN neurons AS f ON f.id = s.source_neuron_id"          \
  " JOIN neurons AS t ON t.id = s.target_neuron_id WHERE "

typedef struct {
  EngramReader           *reader;
  const EngramExportPart *part;
  GArray                 *synapses; /* gint64 */
  GArray                 *ends;     /* gint64, one as often as a synapse has it */
} Search;

static gboolean
is_among_neurons (const EngramExportPart *part,
                  gint64                  rowid)
{
  return part->neurons == NULL || engram_row_set_contains (part->neurons, rowid);
}

static void
take_synapse (Search       *self,
              sqlite3_stmt *row)
{
  const gint64 synapse = sqlite3_column_int64 (row, 0);
  const gint64 ends[] = { sqlite3_column_int64 (row, 1), sqlite3_column_int64 (row, 2) };

  if (!is_among_neurons (self->part, ends[0]) || !is_among_neurons (self->part, ends[1]))
    return;
  g_array_append_val (self->synapses, synapse);
  if (self->part->only_ends)
    g_array_append_vals (self->ends, ends, G_N_ELEMENTS (ends));
}

/* The synapse of that row, or those that begin at the neuron of that row. */
static gboolean
take_row (Search      *self,
          const char  *sql,
          gint64       rowid,
          GError     **error)
{
  g_autoptr (EngramStatement) statement = engram_connection_prepare (self->reader, sql, error);
  int step;

  if (statement == NULL)
    return FALSE;
  engram_statement_bind_int64 (statement, 1, rowid);
  while ((step = engram_statement_step (statement, error)) > 0)
    take_synapse (self, engram_statement_get_handle (statement));
  return step == 0;
}

static gboolean
take_rows (Search        *self,
           GCancellable  *cancellable,
           GError       **error)
{
  EngramRowSet *rows = self->part->synapses != NULL ? self->part->synapses : self->part->neurons;
  const char *sql = self->part->synapses != NULL ? SELECT_SYNAPSES "s.rowid = ?" : SELECT_SYNAPSES "f.rowid = ?";

  for (gsize i = 0; i < engram_row_set_get_size (rows); i++)
    if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
        !take_row (self, sql, engram_row_set_get (rows, i), error))
      return FALSE;
  return TRUE;
}

static EngramRowSet *
make_set (GArray *rowids)
{
  return engram_row_set_new ((const gint64 *) rowids->data, rowids->len);
}

gboolean
engram_export_find_rows (EngramReader            *reader,
                         const EngramExportPart  *part,
                         EngramRowSet           **neurons,
                         EngramRowSet           **synapses,
                         GCancellable            *cancellable,
                         GError                 **error)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) ends = g_array_new (FALSE, FALSE, sizeof (gint64));
  Search self = { reader, part, found, ends };

  *neurons = NULL;
  *synapses = NULL;
  if (part->neurons == NULL && part->synapses == NULL)
    return TRUE;
  if (!take_rows (&self, cancellable, error))
    return FALSE;
  *synapses = make_set (found);
  if (part->only_ends)
    *neurons = make_set (ends);
  else if (part->neurons != NULL)
    *neurons = engram_row_set_ref (part->neurons);
  return TRUE;
}
