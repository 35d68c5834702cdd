/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "editing/engram-batch-edit-private.h"

#include <glib/gi18n-lib.h>

#include "editing/engram-edit-private.h"
#include "engram-log-private.h"
#include "safety/engram-bulk-change-private.h"
#include "stores/engram-neuron-store-private.h"
#include "stores/engram-synapse-store-private.h"

/* How much of the work is over when all rows are changed. */
#define CHANGED 0.7

/* How far it is is told so many times at most. */
#define N_REPORTS 64

static const EngramStoreTable tables[] = {
  [ENGRAM_RECORD_NEURON] = {
    "neurons", &engram_neuron_class, ENGRAM_NEURON_ID, ENGRAM_NEURON_CREATED_AT, ENGRAM_NEURON_MODIFIED_AT,
  },
  [ENGRAM_RECORD_SYNAPSE] = {
    "synapses", &engram_synapse_class, ENGRAM_SYNAPSE_ID, ENGRAM_SYNAPSE_CREATED_AT, ENGRAM_SYNAPSE_MODIFIED_AT,
  },
};

typedef struct {
  EngramRecordKind       kind;
  EngramRowSet          *rows;
  const EngramBatchEdit *edit;
  EngramEditTransaction  transaction;
  EngramEditSummary      summary;
  EngramProgressFunc     progress;
  gpointer               user_data;
  GCancellable          *cancellable;
} Batch;

static void
report (Batch *self,
        gsize  i,
        gsize  n_rows)
{
  if (self->progress != NULL && i % (n_rows / N_REPORTS + 1) == 0)
    self->progress (self->kind == ENGRAM_RECORD_NEURON ? _("Changing neurons") : _("Changing synapses"),
                    CHANGED * i / n_rows, self->user_data);
}

static EngramStatement *
prepare_read (Batch             *self,
              EngramConnection  *connection,
              GError           **error)
{
  return self->kind == ENGRAM_RECORD_NEURON
           ? engram_neuron_store_prepare (connection, FALSE, "FROM neurons WHERE rowid=?", error)
           : engram_synapse_store_prepare (connection, "FROM synapses WHERE rowid=?", error);
}

/* @record: (out) (transfer full) (nullable): the record of a row, NULL where the row is gone */
static gboolean
read_record (Batch             *self,
             EngramConnection  *connection,
             gint64             rowid,
             gpointer          *record,
             GError           **error)
{
  g_autoptr (EngramStatement) statement = prepare_read (self, connection, error);
  int status;

  *record = NULL;
  if (statement == NULL)
    return FALSE;
  engram_statement_bind_int64 (statement, 1, rowid);
  status = engram_statement_step (statement, error);
  if (status > 0)
    *record = engram_record_read (tables[self->kind].class, engram_statement_get_handle (statement));
  return status >= 0;
}

/* @columns: those in which the edit changes the record */
static gboolean
change_record (Batch          *self,
               gconstpointer   stored,
               gpointer        record,
               guint          *columns,
               GError        **error)
{
  gboolean done = self->kind == ENGRAM_RECORD_NEURON ? engram_batch_edit_neuron (self->edit, record, error)
                                                     : engram_batch_edit_synapse (self->edit, record, error);

  if (!done)
    return FALSE;
  *columns = engram_record_compare (tables[self->kind].class, record, stored);
  return self->kind == ENGRAM_RECORD_NEURON ? engram_neuron_validate (record, *columns, error)
                                            : engram_synapse_validate (record, *columns, error);
}

/* Within the transaction */

static void
count (Batch *self,
       guint  columns)
{
  if (self->kind == ENGRAM_RECORD_NEURON)
    {
      self->summary.counts.neurons_changed++;
      self->summary.neuron_columns |= columns;
    }
  else
    {
      self->summary.counts.synapses_changed++;
      self->summary.synapse_columns |= columns;
    }
}

static gboolean
write_record (Batch          *self,
              gint64          rowid,
              gconstpointer   record,
              guint           columns,
              GError        **error)
{
  EngramConnection *writer = self->transaction.write.writer;
  gint64 before = sqlite3_total_changes64 (engram_connection_get_handle (writer));
  EngramStoreResult result = { .rowid = rowid, .changed = TRUE, .modified_now = TRUE };

  count (self, columns);
  return engram_history_note_row (self->transaction.recording, tables[self->kind].name, rowid, error) &&
         engram_store_update (&self->transaction.write, &tables[self->kind], record, columns, &result, error) &&
         engram_bulk_change_check_others (writer, before, error);
}

static gboolean
change_row (Batch   *self,
            gint64   rowid,
            GError **error)
{
  const EngramRecordClass *class = tables[self->kind].class;
  gpointer stored, record;
  guint columns;
  gboolean done;

  if (!read_record (self, self->transaction.write.writer, rowid, &stored, error))
    return FALSE;
  if (stored == NULL)
    return TRUE;
  record = engram_record_copy (class, stored);
  done = change_record (self, stored, record, &columns, error) &&
         (columns == 0 || write_record (self, rowid, record, columns, error));
  engram_record_free (class, record);
  engram_record_free (class, stored);
  return done;
}

static gboolean
change_rows (Batch   *self,
             GError **error)
{
  gsize n_rows = engram_row_set_get_size (self->rows);
  EngramBulkChange bulk;
  gboolean done = engram_bulk_change_begin (&bulk, self->transaction.write.writer, tables[self->kind].name, n_rows,
                                            error);

  for (gsize i = 0; done && i < n_rows; i++)
    {
      report (self, i, n_rows);
      done = !g_cancellable_set_error_if_cancelled (self->cancellable, error) &&
             change_row (self, engram_row_set_get (self->rows, i), error);
    }
  return engram_bulk_change_end (&bulk, done, error);
}

/* Names */

static char *
make_tag_label (gboolean            is_added,
                const char * const *tags,
                guint64             n_neurons)
{
  g_autofree char *number = engram_edit_format_count (n_neurons);
  g_autofree char *tag = engram_edit_shorten (tags[0]);
  gulong n = (gulong) n_neurons;

  if (is_added && tags[1] == NULL)
    /* Translators: a tag, and how many neurons. */
    return g_strdup_printf (ngettext ("Add tag “%s” to %s neuron", "Add tag “%s” to %s neurons", n), tag, number);
  if (is_added)
    return g_strdup_printf (ngettext ("Add tags to %s neuron", "Add tags to %s neurons", n), number);
  if (tags[1] == NULL)
    /* Translators: a tag, and how many neurons. */
    return g_strdup_printf (ngettext ("Remove tag “%s” from %s neuron", "Remove tag “%s” from %s neurons", n), tag,
                            number);
  return g_strdup_printf (ngettext ("Remove tags from %s neuron", "Remove tags from %s neurons", n), number);
}

static char *
make_label (Batch *self)
{
  const EngramBatchEdit *edit = self->edit;
  gboolean adds = edit->add_tags != NULL && edit->add_tags[0] != NULL;
  gboolean removes = edit->remove_tags != NULL && edit->remove_tags[0] != NULL;

  if (self->kind == ENGRAM_RECORD_NEURON && self->summary.neuron_columns == ENGRAM_NEURON_SEMANTIC_TAGS &&
      adds != removes)
    return make_tag_label (adds, adds ? edit->add_tags : edit->remove_tags, self->summary.counts.neurons_changed);
  return engram_edit_make_label (&self->summary);
}

static gboolean
change_in_transaction (Batch           *self,
                       EngramDatabase  *database,
                       EngramHistory   *history,
                       char           **label,
                       GError         **error)
{
  gboolean done;

  if (!engram_edit_begin (&self->transaction, database, history, "batch", self->cancellable, error))
    return FALSE;
  done = change_rows (self, error);
  *label = done ? make_label (self) : NULL;
  if (*label != NULL)
    engram_edit_finishing (&self->transaction, self->progress, self->user_data, CHANGED);
  return engram_edit_end (&self->transaction, done, *label, error);
}

/* Looks no further than the first row that will change: a file in which none will, or for which the edit is refused
 * before, is not touched. */
static gboolean
look (Batch           *self,
      EngramDatabase  *database,
      gboolean        *changes,
      GError         **error)
{
  const EngramRecordClass *class = tables[self->kind].class;
  g_autoptr (EngramReader) reader = engram_store_begin_read (database, self->cancellable, error);
  gboolean done = reader != NULL;

  *changes = FALSE;
  for (gsize i = 0; done && !*changes && i < engram_row_set_get_size (self->rows); i++)
    {
      gpointer stored, record;
      guint columns = 0;

      done = !g_cancellable_set_error_if_cancelled (self->cancellable, error) &&
             read_record (self, reader, engram_row_set_get (self->rows, i), &stored, error);
      if (!done || stored == NULL)
        continue;
      record = engram_record_copy (class, stored);
      done = change_record (self, stored, record, &columns, error);
      *changes = columns != 0;
      engram_record_free (class, record);
      engram_record_free (class, stored);
    }
  return done;
}

static gboolean
apply (Batch             *self,
       EngramDatabase    *database,
       EngramHistory     *history,
       EngramEditResult  *result,
       GError           **error)
{
  g_autofree char *label = NULL;
  gboolean changes;

  if (!engram_batch_edit_validate (self->edit, error) || !look (self, database, &changes, error) ||
      (changes && !change_in_transaction (self, database, history, &label, error)))
    return FALSE;
  if (label != NULL)
    engram_log_action ("batch-edit", NULL,
                       self->summary.counts.neurons_changed + self->summary.counts.synapses_changed);
  engram_edit_give_result (&self->summary, g_steal_pointer (&label), result);
  return TRUE;
}

gboolean
engram_batch_edit_neurons (EngramDatabase         *database,
                           EngramHistory          *history,
                           EngramRowSet           *neurons,
                           const EngramBatchEdit  *edit,
                           EngramEditResult       *result,
                           EngramProgressFunc      progress,
                           gpointer                user_data,
                           GCancellable           *cancellable,
                           GError                **error)
{
  Batch self = { .kind = ENGRAM_RECORD_NEURON, .rows = neurons, .edit = edit, .progress = progress,
                 .user_data = user_data, .cancellable = cancellable };

  g_return_val_if_fail (ENGRAM_IS_DATABASE (database), FALSE);
  g_return_val_if_fail (neurons != NULL && edit != NULL, FALSE);
  g_return_val_if_fail (edit->weight == ENGRAM_BATCH_KEEP, FALSE);

  return apply (&self, database, history, result, error);
}

gboolean
engram_batch_edit_synapses (EngramDatabase         *database,
                            EngramHistory          *history,
                            EngramRowSet           *synapses,
                            const EngramBatchEdit  *edit,
                            EngramEditResult       *result,
                            EngramProgressFunc      progress,
                            gpointer                user_data,
                            GCancellable           *cancellable,
                            GError                **error)
{
  Batch self = { .kind = ENGRAM_RECORD_SYNAPSE, .rows = synapses, .edit = edit, .progress = progress,
                 .user_data = user_data, .cancellable = cancellable };

  g_return_val_if_fail (ENGRAM_IS_DATABASE (database), FALSE);
  g_return_val_if_fail (synapses != NULL && edit != NULL, FALSE);
  g_return_val_if_fail (edit->activation == ENGRAM_BATCH_KEEP, FALSE);
  g_return_val_if_fail (edit->add_tags == NULL && edit->remove_tags == NULL, FALSE);
  g_return_val_if_fail (edit->move[0] == 0 && edit->move[1] == 0 && edit->move[2] == 0, FALSE);

  return apply (&self, database, history, result, error);
}
