/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "stores/engram-prune.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "engram-log-private.h"
#include "model/engram-prune-preview.h"
#include "safety/engram-bulk-change-private.h"
#include "safety/history/engram-history-private.h"

/* Weights that are not numbers compare as greater than any, or as nothing at all. The plus keeps SQLite from the index:
 * rows are deleted in their order. */
#define IS_WEAK "+weight>-?1 AND +weight<?1"

/* The table is deleted from in so many parts, to be able to say how far it is. */
#define N_PARTS 64

/* How much of the work is over when weak synapses are counted, noted, deleted. */
#define COUNTED 0.05
#define NOTED 0.4
#define DELETED 0.95

typedef struct {
  EngramDatabase     *database;
  double              threshold;
  EngramHistory      *history;
  EngramConnection   *writer;
  EngramRecording    *recording;
  EngramPruneResult   result;
  EngramProgressFunc  progress;
  gpointer            user_data;
} Prune;

static void
report (Prune      *self,
        const char *phase,
        double      fraction)
{
  if (self->progress != NULL)
    self->progress (phase, fraction, self->user_data);
}

/* @count: how many synapses are weak */
static gboolean
count_weak (Prune             *self,
            EngramConnection  *connection,
            guint64           *count,
            GError           **error)
{
  g_autoptr (EngramStatement) statement = NULL;

  statement = engram_connection_prepare (connection, "SELECT count(*) FROM synapses NOT INDEXED WHERE " IS_WEAK, error);
  if (statement == NULL)
    return FALSE;
  engram_statement_bind_double (statement, 1, self->threshold);
  if (engram_statement_step (statement, error) < 0)
    return FALSE;
  *count = (guint64) sqlite3_column_int64 (engram_statement_get_handle (statement), 0);
  return TRUE;
}

/* What is left, with the neurons that have no synapse. A neuron without an id has none. */
static gboolean
count_rest (Prune             *self,
            EngramConnection  *connection,
            GError           **error)
{
  gint64 remaining, isolated;

  if (!engram_connection_get_integer (connection, "SELECT count(*) FROM synapses", &remaining, error) ||
      !engram_connection_get_integer (connection,
         "SELECT count(*) FROM neurons"
         " WHERE (id IN (SELECT source_neuron_id FROM synapses)) IS NOT TRUE"
         " AND (id IN (SELECT target_neuron_id FROM synapses)) IS NOT TRUE", &isolated, error))
    return FALSE;
  self->result.remaining = (guint64) remaining;
  self->result.isolated = (guint64) isolated;
  return TRUE;
}

static gboolean
look_first (Prune         *self,
            guint64       *count,
            GCancellable  *cancellable,
            GError       **error)
{
  g_autoptr (EngramReader) reader = engram_database_acquire_reader (self->database, cancellable, error);

  if (reader == NULL || !engram_connection_begin_read (reader, error))
    return FALSE;
  report (self, _("Looking for weak synapses"), 0);
  return count_weak (self, reader, count, error) && (*count > 0 || count_rest (self, reader, error));
}

static gboolean
predict (Prune         *self,
         GCancellable  *cancellable,
         GError       **error)
{
  g_autoptr (EngramNetwork) network = NULL;
  g_autoptr (EngramPrunePreview) preview = NULL;
  EngramPruneOutcome outcome;

  network = engram_network_load (self->database, self->progress, self->user_data, cancellable, error);
  if (network == NULL)
    return FALSE;
  preview = engram_prune_preview_new (network);
  engram_prune_preview_get_outcome (preview, self->threshold, &outcome);
  self->result.pruned = outcome.pruned;
  self->result.remaining = outcome.remaining;
  self->result.isolated = outcome.isolated;
  return TRUE;
}

static void
report_noting (gpointer data)
{
  Prune *self = data;
  double part = (double) engram_history_get_noted (self->recording) / MAX (self->result.pruned, 1);

  report (self, _("Noting weak synapses"), COUNTED + (NOTED - COUNTED) * MIN (part, 1));
}

static gboolean
note (Prune   *self,
      GError **error)
{
  gboolean done;

  engram_connection_set_tick (self->writer, report_noting, self);
  done = engram_history_note_before_number (self->recording, "synapses", "WHERE " IS_WEAK, self->threshold, error);
  engram_connection_set_tick (self->writer, NULL, NULL);
  return done;
}

static gboolean
delete_part (Prune   *self,
             gint64   first,
             gint64   last,
             guint64 *deleted,
             GError **error)
{
  sqlite3 *handle = engram_connection_get_handle (self->writer);
  gint64 before = sqlite3_total_changes64 (handle);
  g_autoptr (EngramStatement) statement = NULL;

  statement = engram_connection_prepare (self->writer,
                                         "DELETE FROM synapses WHERE " IS_WEAK " AND rowid BETWEEN ?2 AND ?3", error);
  if (statement == NULL)
    return FALSE;
  engram_statement_bind_double (statement, 1, self->threshold);
  engram_statement_bind_int64 (statement, 2, first);
  engram_statement_bind_int64 (statement, 3, last);
  if (!engram_statement_run (statement, error))
    return FALSE;
  *deleted += (guint64) sqlite3_changes64 (handle);
  return engram_bulk_change_check_others (self->writer, before, error);
}

static gboolean
delete_parts (Prune   *self,
              guint64 *deleted,
              GError **error)
{
  gint64 first, last;
  guint64 span;

  if (!engram_connection_get_integer (self->writer, "SELECT min(rowid) FROM synapses", &first, error) ||
      !engram_connection_get_integer (self->writer, "SELECT max(rowid) FROM synapses", &last, error))
    return FALSE;
  /* Rowids may be negative, and far apart: their differences are unsigned. */
  span = (guint64) last - (guint64) first;
  for (guint64 part = 0; part < N_PARTS; part++)
    {
      guint64 size = span / N_PARTS + 1;
      guint64 offset = part * size;
      gint64 from = (gint64) ((guint64) first + offset);

      if (offset > span)
        break;
      report (self, _("Deleting weak synapses"), NOTED + (DELETED - NOTED) * part / N_PARTS);
      if (!delete_part (self, from, (gint64) ((guint64) from + MIN (size - 1, span - offset)), deleted, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
delete_weak (Prune   *self,
             GError **error)
{
  EngramBulkChange bulk;
  guint64 deleted = 0;
  gboolean done = engram_bulk_change_begin (&bulk, self->writer, "synapses", self->result.pruned, error) &&
                  delete_parts (self, &deleted, error);

  self->result.pruned = deleted;
  return engram_bulk_change_end (&bulk, done, error);
}

static gboolean
prepare (Prune   *self,
         GError **error)
{
  g_autofree char *count = g_strdup_printf ("%'" G_GUINT64_FORMAT, self->result.pruned);
  g_autofree char *label = g_strdup_printf (ngettext ("Prune %s synapse", "Prune %s synapses",
                                                      (gulong) self->result.pruned), count);

  report (self, _("Finishing"), DELETED);
  return engram_history_prepare (self->recording, label, error);
}

/* What counts is what is weak now; where another program has pruned meanwhile, @pruned of the result is 0. */
static gboolean
prune_within (Prune   *self,
              GError **error)
{
  if (!count_weak (self, self->writer, &self->result.pruned, error))
    return FALSE;
  if (self->result.pruned == 0)
    return count_rest (self, self->writer, error);
  self->recording = engram_history_begin (self->history, self->writer, "prune", error);
  return self->recording != NULL && note (self, error) && delete_weak (self, error) &&
         count_rest (self, self->writer, error) && prepare (self, error);
}

static gboolean
prune_in_transaction (Prune         *self,
                      GCancellable  *cancellable,
                      GError       **error)
{
  gboolean done, committed;

  self->writer = engram_database_begin_write (self->database, cancellable, error);
  if (self->writer == NULL)
    return FALSE;
  done = prune_within (self, error);
  if (done && self->result.pruned == 0)
    {
      engram_database_end_write (self->database, self->writer, FALSE, NULL);
      return TRUE;
    }
  committed = engram_database_end_write (self->database, self->writer, done, done ? error : NULL);
  if (self->recording != NULL)
    engram_history_end (self->recording, committed);
  if (committed)
    engram_log_action ("prune", NULL, self->result.pruned);
  return committed;
}

static gboolean
prune (Prune         *self,
       gboolean       dry_run,
       GCancellable  *cancellable,
       GError       **error)
{
  guint64 count;

  if (!(self->threshold >= 0))
    {
      g_set_error_literal (error, ENGRAM_ERROR, ENGRAM_ERROR_INVALID,
                           _("The threshold of pruning must be a number that is not negative."));
      return FALSE;
    }
  if (dry_run)
    return predict (self, cancellable, error);
  if (!look_first (self, &count, cancellable, error))
    return FALSE;
  return count == 0 || prune_in_transaction (self, cancellable, error);
}

gboolean
engram_prune (EngramDatabase      *database,
              double               threshold,
              gboolean             dry_run,
              EngramHistory       *history,
              EngramPruneResult   *result,
              EngramProgressFunc   progress,
              gpointer             user_data,
              GCancellable        *cancellable,
              GError             **error)
{
  Prune self = { .database = database, .threshold = threshold, .history = history, .progress = progress,
                 .user_data = user_data };
  gint64 start = g_get_monotonic_time ();

  g_return_val_if_fail (ENGRAM_IS_DATABASE (database), FALSE);

  if (!prune (&self, dry_run, cancellable, error))
    return FALSE;
  self.result.seconds = (g_get_monotonic_time () - start) / (double) G_USEC_PER_SEC;
  if (result != NULL)
    *result = self.result;
  return TRUE;
}
