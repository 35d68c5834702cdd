/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "editing/engram-edit-private.h"

#include <glib/gi18n-lib.h>

#include "engram-log-private.h"
#include "safety/engram-bulk-change-private.h"
#include "stores/engram-neuron-store-private.h"

/* How much of the work is over when the synapses of the neurons are found, and when all rows are deleted. */
#define FOUND 0.1
#define DELETED 0.85

/* How far it is is told so many times in a phase, at most. */
#define N_REPORTS 64

/* By the neuron's row, because an id may be no text. A synapse that hangs on it with both ends is found twice. */
static const char synapses_of_neuron[] =
  "SELECT s.rowid FROM neurons n CROSS JOIN synapses s ON s.source_neuron_id=n.id WHERE n.rowid=?1"
  " UNION ALL"
  " SELECT s.rowid FROM neurons n CROSS JOIN synapses s ON s.target_neuron_id=n.id WHERE n.rowid=?1";

typedef struct {
  EngramRowSet          *neurons;
  EngramRowSet          *synapses;   /* those that hang on the neurons included, once they are found */
  EngramEditTransaction *transaction;
  EngramEditSummary      summary;
  EngramProgressFunc     progress;
  gpointer               user_data;
  GCancellable          *cancellable;
} Deletion;

static void
report (Deletion   *self,
        const char *phase,
        gsize       i,
        gsize       n,
        double      from,
        double      to)
{
  if (self->progress != NULL && i % (n / N_REPORTS + 1) == 0)
    self->progress (phase, from + (to - from) * i / MAX (n, 1), self->user_data);
}

static gboolean
append_rowids (EngramConnection  *connection,
               const char        *sql,
               gint64             rowid,
               GArray            *rowids,
               GError           **error)
{
  g_autoptr (EngramStatement) statement = engram_connection_prepare (connection, sql, error);
  int status;

  if (statement == NULL)
    return FALSE;
  engram_statement_bind_int64 (statement, 1, rowid);
  while ((status = engram_statement_step (statement, error)) > 0)
    {
      gint64 found = sqlite3_column_int64 (engram_statement_get_handle (statement), 0);

      g_array_append_val (rowids, found);
    }
  return status == 0;
}

/* (transfer full): the rows of the synapses that hang on the neurons */
static EngramRowSet *
find_synapses (Deletion          *self,
               EngramConnection  *connection,
               GError           **error)
{
  g_autoptr (GArray) rowids = g_array_new (FALSE, FALSE, sizeof (gint64));
  gsize n_neurons = engram_row_set_get_size (self->neurons);

  for (gsize i = 0; i < n_neurons; i++)
    {
      report (self, _("Looking for synapses"), i, n_neurons, 0, FOUND);
      if (g_cancellable_set_error_if_cancelled (self->cancellable, error) ||
          !append_rowids (connection, synapses_of_neuron, engram_row_set_get (self->neurons, i), rowids, error))
        return NULL;
    }
  return engram_row_set_new ((const gint64 *) rowids->data, rowids->len);
}

gboolean
engram_edit_count_synapses (EngramDatabase  *database,
                            EngramRowSet    *neurons,
                            guint64         *n_synapses,
                            GCancellable    *cancellable,
                            GError         **error)
{
  Deletion deletion = { .neurons = neurons, .cancellable = cancellable };
  g_autoptr (EngramReader) reader = NULL;
  g_autoptr (EngramRowSet) synapses = NULL;

  g_return_val_if_fail (ENGRAM_IS_DATABASE (database), FALSE);
  g_return_val_if_fail (neurons != NULL && n_synapses != NULL, FALSE);

  reader = engram_store_begin_read (database, cancellable, error);
  if (reader == NULL)
    return FALSE;
  synapses = find_synapses (&deletion, reader, error);
  if (synapses == NULL)
    return FALSE;
  *n_synapses = engram_row_set_get_size (synapses);
  return TRUE;
}

/* Within the transaction */

static gboolean
delete_row (Deletion     *self,
            const char   *table,
            const char   *sql,
            gint64        rowid,
            guint64      *n_deleted,
            GError      **error)
{
  EngramConnection *writer = self->transaction->write.writer;
  gint64 before = sqlite3_total_changes64 (engram_connection_get_handle (writer));
  g_autoptr (EngramStatement) statement = NULL;

  if (!engram_history_note_row (self->transaction->recording, table, rowid, error))
    return FALSE;
  statement = engram_connection_prepare (writer, sql, error);
  if (statement == NULL)
    return FALSE;
  engram_statement_bind_int64 (statement, 1, rowid);
  if (!engram_statement_run (statement, error))
    return FALSE;
  *n_deleted += (guint64) sqlite3_changes64 (engram_connection_get_handle (writer));
  return engram_bulk_change_check_others (writer, before, error);
}

typedef struct {
  const char   *table;
  const char   *sql;
  const char   *phase;
  EngramRowSet *rows;
  double        from;
  double        to;
} Part;

static gboolean
delete_rows (Deletion     *self,
             const Part   *part,
             guint64      *n_deleted,
             GError      **error)
{
  gsize n_rows = engram_row_set_get_size (part->rows);
  EngramBulkChange bulk;
  gboolean done = engram_bulk_change_begin (&bulk, self->transaction->write.writer, part->table, n_rows, error);

  for (gsize i = 0; done && i < n_rows; i++)
    {
      report (self, part->phase, i, n_rows, part->from, part->to);
      done = !g_cancellable_set_error_if_cancelled (self->cancellable, error) &&
             delete_row (self, part->table, part->sql, engram_row_set_get (part->rows, i), n_deleted, error);
    }
  return engram_bulk_change_end (&bulk, done, error);
}

/* Synapses first: of those that a neuron takes with it, SQLite would say nothing. */
static gboolean
delete_all (Deletion  *self,
            GError   **error)
{
  double n_synapses = engram_row_set_get_size (self->synapses);
  double n_neurons = engram_row_set_get_size (self->neurons);
  double middle = FOUND + (DELETED - FOUND) * n_synapses / MAX (n_synapses + n_neurons, 1);
  const Part synapses = { "synapses", "DELETE FROM synapses WHERE rowid=?", _("Deleting synapses"), self->synapses,
                          FOUND, middle };
  const Part neurons = { "neurons", "DELETE FROM neurons WHERE rowid=?", _("Deleting neurons"), self->neurons,
                         middle, DELETED };

  return delete_rows (self, &synapses, &self->summary.counts.synapses_deleted, error) &&
         delete_rows (self, &neurons, &self->summary.counts.neurons_deleted, error);
}

/* What stands for a neuron that goes alone. */
static gboolean
read_name (Deletion  *self,
           GError   **error)
{
  g_autoptr (EngramStatement) statement = NULL;
  g_autoptr (EngramNeuron) neuron = NULL;
  int status;

  if (engram_row_set_get_size (self->neurons) != 1)
    return TRUE;
  statement = engram_neuron_store_prepare (self->transaction->write.writer, FALSE, "FROM neurons WHERE rowid=?", error);
  if (statement == NULL)
    return FALSE;
  engram_statement_bind_int64 (statement, 1, engram_row_set_get (self->neurons, 0));
  status = engram_statement_step (statement, error);
  if (status > 0)
    {
      neuron = engram_neuron_read (engram_statement_get_handle (statement));
      self->summary.neuron_name = engram_edit_shorten (engram_neuron_get_summary (neuron));
    }
  return status >= 0;
}

static gboolean
find_all_synapses (Deletion  *self,
                   GError   **error)
{
  g_autoptr (EngramRowSet) found = find_synapses (self, self->transaction->write.writer, error);
  EngramRowSet *all;

  if (found == NULL)
    return FALSE;
  all = engram_row_set_union (self->synapses, found);
  engram_row_set_unref (self->synapses);
  self->synapses = all;
  return TRUE;
}

gboolean
engram_edit_delete_within (EngramEditTransaction  *transaction,
                           EngramRowSet           *neurons,
                           EngramRowSet           *synapses,
                           EngramEditSummary      *summary,
                           GCancellable           *cancellable,
                           GError                **error)
{
  Deletion self = { .transaction = transaction, .cancellable = cancellable };
  gboolean done;

  self.neurons = engram_row_set_ref (neurons);
  self.synapses = engram_row_set_ref (synapses);
  done = find_all_synapses (&self, error) && delete_all (&self, error);
  summary->counts.neurons_deleted += self.summary.counts.neurons_deleted;
  summary->counts.synapses_deleted += self.summary.counts.synapses_deleted;
  engram_row_set_unref (self.neurons);
  engram_row_set_unref (self.synapses);
  return done;
}

static gboolean
delete_in_transaction (Deletion         *self,
                       EngramDatabase   *database,
                       EngramHistory    *history,
                       char            **label,
                       GError          **error)
{
  EngramEditTransaction transaction;
  gboolean done;

  if (!engram_edit_begin (&transaction, database, history, "delete", self->cancellable, error))
    return FALSE;
  self->transaction = &transaction;
  done = read_name (self, error) && find_all_synapses (self, error) && delete_all (self, error);
  if (done)
    {
      *label = engram_edit_make_label (&self->summary);
      engram_edit_finishing (&transaction, self->progress, self->user_data, DELETED);
    }
  return engram_edit_end (&transaction, done, *label, error);
}

/* Looking first */

/* Whether one of the rows is there: no further than the first. */
static gboolean
find_any (EngramConnection  *reader,
          const char        *sql,
          EngramRowSet      *rows,
          gboolean          *found,
          GCancellable      *cancellable,
          GError           **error)
{
  gsize n_rows = engram_row_set_get_size (rows);
  int status = 0;

  for (gsize i = 0; status == 0 && i < n_rows; i++)
    {
      g_autoptr (EngramStatement) statement = engram_connection_prepare (reader, sql, error);

      if (statement == NULL || g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      engram_statement_bind_int64 (statement, 1, engram_row_set_get (rows, i));
      status = engram_statement_step (statement, error);
    }
  *found = *found || status > 0;
  return status >= 0;
}

/* A file from which nothing will go is not touched. */
static gboolean
look (Deletion        *self,
      EngramDatabase  *database,
      gboolean        *found,
      GError         **error)
{
  g_autoptr (EngramReader) reader = engram_store_begin_read (database, self->cancellable, error);

  *found = FALSE;
  return reader != NULL &&
         find_any (reader, "SELECT 1 FROM neurons WHERE rowid=?", self->neurons, found, self->cancellable,
                   error) &&
         (*found || find_any (reader, "SELECT 1 FROM synapses WHERE rowid=?", self->synapses, found, self->cancellable,
                              error));
}

gboolean
engram_edit_delete_rows (EngramDatabase      *database,
                         EngramHistory       *history,
                         EngramRowSet        *neurons,
                         EngramRowSet        *synapses,
                         EngramEditResult    *result,
                         EngramProgressFunc   progress,
                         gpointer             user_data,
                         GCancellable        *cancellable,
                         GError             **error)
{
  Deletion self = { .progress = progress, .user_data = user_data, .cancellable = cancellable };
  g_autofree char *label = NULL;
  gboolean found, done;

  g_return_val_if_fail (ENGRAM_IS_DATABASE (database), FALSE);

  self.neurons = neurons != NULL ? engram_row_set_ref (neurons) : engram_row_set_new_empty ();
  self.synapses = synapses != NULL ? engram_row_set_ref (synapses) : engram_row_set_new_empty ();
  done = look (&self, database, &found, error) &&
         (!found || delete_in_transaction (&self, database, history, &label, error));
  if (done)
    {
      if (label != NULL)
        engram_log_action ("delete", NULL,
                           self.summary.counts.neurons_deleted + self.summary.counts.synapses_deleted);
      engram_edit_give_result (&self.summary, g_steal_pointer (&label), result);
    }
  g_free (self.summary.neuron_name);
  engram_row_set_unref (self.neurons);
  engram_row_set_unref (self.synapses);
  return done;
}
