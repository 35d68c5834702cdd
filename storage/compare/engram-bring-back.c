/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "compare/engram-bring-back-private.h"

#include <glib/gi18n-lib.h>

#include "engram-log-private.h"
#include "safety/engram-bulk-change-private.h"

/* How much of the work is over when what was added is deleted, when neurons, synapses, and synapses of neurons are
 * brought back, and when what remained of the added is deleted. */
#define ADDED 0.05
#define NEURONS 0.3
#define SYNAPSES 0.65
#define SYNAPSES_OF_NEURONS 0.75
#define DELETED 0.85

/* How far it is is told so many times in a phase, at most. */
#define N_REPORTS 64

typedef struct {
  EngramComparison      *comparison;
  const EngramBringBack *what;
  GArray                *changed[ENGRAM_COMPARISON_N_KINDS]; /* of EngramBringingRow, of records that both files have */
  GArray                *removed[ENGRAM_COMPARISON_N_KINDS]; /* likewise, of those that just the other one has */
  EngramRowSet          *added[ENGRAM_COMPARISON_N_KINDS];   /* rows of today */
  EngramRowSet          *changed_synapses;                   /* likewise */
  EngramBringing         bringing;
  EngramEditSummary      summary;
  EngramProgressFunc     progress;
  gpointer               user_data;
  GCancellable          *cancellable;
} BringBack;

static void
report (BringBack  *self,
        const char *phase,
        gsize       i,
        gsize       n,
        double      from,
        double      to)
{
  if (self->progress != NULL && i % (n / N_REPORTS + 1) == 0)
    self->progress (phase, from + (to - from) * i / MAX (n, 1), self->user_data);
}

/* What is meant */

static void
sort_out_today (BringBack        *self,
                EngramRecordKind  kind,
                EngramRowSet     *rows)
{
  g_autoptr (GArray) added = g_array_new (FALSE, FALSE, sizeof (gint64));
  gboolean delete_added = (self->what->flags & ENGRAM_BRING_BACK_DELETE_ADDED) != 0;
  gsize n_rows = rows != NULL ? engram_row_set_get_size (rows) : 0;

  for (gsize i = 0; i < n_rows; i++)
    {
      gint64 rowid = engram_row_set_get (rows, i);
      const EngramComparedRow *changed = engram_comparison_find_changed (self->comparison, kind, rowid);

      if (changed != NULL)
        {
          EngramBringingRow row = { changed->other_rowid, changed->hash };

          g_array_append_val (self->changed[kind], row);
        }
      else if (delete_added && engram_row_set_contains (self->comparison->tables[kind].added, rowid))
        {
          g_array_append_val (added, rowid);
        }
    }
  self->added[kind] = engram_row_set_new ((const gint64 *) added->data, added->len);
}

static void
sort_out_removed (BringBack        *self,
                  EngramRecordKind  kind,
                  EngramRowSet     *rows)
{
  gsize n_rows = rows != NULL ? engram_row_set_get_size (rows) : 0;

  for (gsize i = 0; i < n_rows; i++)
    {
      EngramBringingRow row = { engram_row_set_get (rows, i), 0 };

      if (engram_comparison_find_removed (self->comparison, kind, row.rowid, &row.hash))
        g_array_append_val (self->removed[kind], row);
    }
}

static gboolean
has_nothing (const BringBack *self)
{
  gsize n_rows = 0;

  for (guint kind = 0; kind < ENGRAM_COMPARISON_N_KINDS; kind++)
    n_rows += self->changed[kind]->len + self->removed[kind]->len + engram_row_set_get_size (self->added[kind]);
  return n_rows == 0;
}

/* Within the transaction */

static gboolean
bring_rows (BringBack         *self,
            EngramRecordKind   kind,
            GArray            *rows,
            double             from,
            double             to,
            GError           **error)
{
  const char *phase = kind == ENGRAM_RECORD_NEURON ? _("Bringing back neurons") : _("Bringing back synapses");

  for (guint i = 0; i < rows->len; i++)
    {
      report (self, phase, i, rows->len, from, to);
      if (g_cancellable_set_error_if_cancelled (self->cancellable, error) ||
          !engram_bringing_take_row (&self->bringing, kind, &g_array_index (rows, EngramBringingRow, i), error))
        return FALSE;
    }
  return TRUE;
}

/* Those that were removed with the neurons, and join them to neurons that are there. */
static gboolean
bring_synapses_of_neurons (BringBack  *self,
                           GError    **error)
{
  GArray *neurons = self->removed[ENGRAM_RECORD_NEURON];

  if ((self->what->flags & ENGRAM_BRING_BACK_WITH_SYNAPSES) == 0)
    return TRUE;
  for (guint i = 0; i < neurons->len; i++)
    {
      report (self, _("Bringing back synapses"), i, neurons->len, SYNAPSES, SYNAPSES_OF_NEURONS);
      if (g_cancellable_set_error_if_cancelled (self->cancellable, error) ||
          !engram_bringing_take_synapses (&self->bringing, self->comparison,
                                          g_array_index (neurons, EngramBringingRow, i).rowid, error))
        return FALSE;
    }
  return TRUE;
}

/* Rows that the other file has in the meantime are not what was meant. */
static gboolean
find_added (BringBack         *self,
            EngramRecordKind   kind,
            GError           **error)
{
  EngramRowSet *found = engram_bringing_find_added (&self->bringing, kind, self->added[kind], error);

  if (found == NULL)
    return FALSE;
  engram_row_set_unref (self->added[kind]);
  self->added[kind] = found;
  return TRUE;
}

static gboolean
delete_rows (BringBack     *self,
             EngramRowSet  *neurons,
             EngramRowSet  *synapses,
             GError       **error)
{
  return engram_edit_delete_within (self->bringing.transaction, neurons, synapses, &self->summary, self->cancellable,
                                    error);
}

/* What was added goes first, so that what was removed finds its rows free. But a neuron on which a synapse hangs that
 * was changed must wait until that is led away from it: it is left in @added. */
static gboolean
delete_added (BringBack  *self,
              GError    **error)
{
  g_autoptr (EngramRowSet) joined = NULL;
  g_autoptr (EngramRowSet) alone = NULL;
  EngramRowSet *neurons;

  report (self, _("Deleting what was added"), 0, 1, 0, ADDED);
  if (!find_added (self, ENGRAM_RECORD_NEURON, error) || !find_added (self, ENGRAM_RECORD_SYNAPSE, error))
    return FALSE;
  neurons = self->added[ENGRAM_RECORD_NEURON];
  joined = engram_bringing_find_joined (&self->bringing, neurons, self->changed_synapses, error);
  if (joined == NULL)
    return FALSE;
  alone = engram_row_set_subtract (neurons, joined);
  engram_row_set_unref (neurons);
  self->added[ENGRAM_RECORD_NEURON] = g_steal_pointer (&joined);
  return delete_rows (self, alone, self->added[ENGRAM_RECORD_SYNAPSE], error);
}

static gboolean
delete_rest (BringBack  *self,
             GError    **error)
{
  g_autoptr (EngramRowSet) none = engram_row_set_new_empty ();

  report (self, _("Deleting what was added"), 0, 1, SYNAPSES_OF_NEURONS, DELETED);
  return delete_rows (self, self->added[ENGRAM_RECORD_NEURON], none, error);
}

/* What is changed comes before what is inserted: the history looks up whether a row was. */
static gboolean
bring_table (BringBack         *self,
             EngramRecordKind   kind,
             double             from,
             double             to,
             GError           **error)
{
  GArray *changed = self->changed[kind], *removed = self->removed[kind];
  double middle = from + (to - from) * changed->len / MAX (changed->len + removed->len, 1);
  EngramBulkChange bulk;
  gboolean done;

  done = engram_bulk_change_begin (&bulk, self->bringing.transaction->write.writer,
                                   self->bringing.tables[kind].table->name, changed->len + removed->len, error) &&
         bring_rows (self, kind, changed, from, middle, error) && bring_rows (self, kind, removed, middle, to, error);
  return engram_bulk_change_end (&bulk, done, error);
}

static gboolean
bring_all (BringBack  *self,
           GError    **error)
{
  return delete_added (self, error) && bring_table (self, ENGRAM_RECORD_NEURON, ADDED, NEURONS, error) &&
         bring_table (self, ENGRAM_RECORD_SYNAPSE, NEURONS, SYNAPSES, error) &&
         bring_synapses_of_neurons (self, error) && delete_rest (self, error);
}

static char *
make_label (const BringBack *self)
{
  const EngramEditResult *counts = &self->summary.counts;
  guint64 n_neurons = counts->neurons_created + counts->neurons_changed;
  guint64 n_synapses = counts->synapses_created + counts->synapses_changed;
  g_autofree char *brought = NULL;
  g_autofree char *deleted = NULL;

  if (n_neurons + n_synapses == 0)
    return engram_edit_make_label (&self->summary);
  brought = engram_edit_describe_records (n_neurons, n_synapses);
  if (counts->neurons_deleted + counts->synapses_deleted > 0)
    {
      deleted = engram_edit_describe_records (counts->neurons_deleted, counts->synapses_deleted);
      /* Translators: a step of the history: "Bring back 3 neurons, delete 2 neurons and 5 synapses". */
      return g_strdup_printf (_("Bring back %s, delete %s"), brought, deleted);
    }
  if (n_neurons == 1 && n_synapses == 0 && self->summary.neuron_name != NULL)
    return g_strdup_printf (_("Bring back neuron “%s”"), self->summary.neuron_name);
  /* Translators: a step of the history: "Bring back 3 neurons and 12 synapses". */
  return g_strdup_printf (_("Bring back %s"), brought);
}

static gboolean
bring_in_transaction (BringBack        *self,
                      EngramDatabase   *database,
                      EngramHistory    *history,
                      EngramDatabase   *other,
                      char            **label,
                      GError          **error)
{
  g_autoptr (EngramReader) reader = engram_store_begin_read (other, self->cancellable, error);
  EngramEditTransaction transaction;
  gboolean done;

  if (reader == NULL || !engram_edit_begin (&transaction, database, history, "bring-back", self->cancellable, error))
    return FALSE;
  done = engram_bringing_begin (&self->bringing, &transaction, reader, &self->summary, error) &&
         bring_all (self, error);
  engram_bringing_end (&self->bringing);
  if (done)
    {
      *label = make_label (self);
      engram_edit_finishing (&transaction, self->progress, self->user_data, DELETED);
    }
  return engram_edit_end (&transaction, done, *label, error);
}

static void
clear (BringBack *self)
{
  for (guint kind = 0; kind < ENGRAM_COMPARISON_N_KINDS; kind++)
    {
      g_array_unref (self->changed[kind]);
      g_array_unref (self->removed[kind]);
      engram_row_set_unref (self->added[kind]);
    }
  engram_row_set_unref (self->changed_synapses);
  g_free (self->summary.neuron_name);
}

gboolean
engram_comparison_bring_back (EngramComparison       *self,
                              const EngramBringBack  *what,
                              EngramDatabase         *database,
                              EngramHistory          *history,
                              EngramDatabase         *other,
                              EngramEditResult       *result,
                              EngramProgressFunc      progress,
                              gpointer                user_data,
                              GCancellable           *cancellable,
                              GError                **error)
{
  BringBack back = { .comparison = self, .what = what, .progress = progress, .user_data = user_data,
                     .cancellable = cancellable };
  g_autofree char *label = NULL;
  gboolean done;

  g_return_val_if_fail (self != NULL && what != NULL, FALSE);
  g_return_val_if_fail (ENGRAM_IS_DATABASE (database) && ENGRAM_IS_DATABASE (other), FALSE);

  for (guint kind = 0; kind < ENGRAM_COMPARISON_N_KINDS; kind++)
    {
      back.changed[kind] = g_array_new (FALSE, FALSE, sizeof (EngramBringingRow));
      back.removed[kind] = g_array_new (FALSE, FALSE, sizeof (EngramBringingRow));
    }
  sort_out_today (&back, ENGRAM_RECORD_NEURON, what->neurons);
  sort_out_today (&back, ENGRAM_RECORD_SYNAPSE, what->synapses);
  back.changed_synapses = what->synapses != NULL ? engram_row_set_ref (what->synapses) : engram_row_set_new_empty ();
  sort_out_removed (&back, ENGRAM_RECORD_NEURON, what->removed_neurons);
  sort_out_removed (&back, ENGRAM_RECORD_SYNAPSE, what->removed_synapses);
  done = has_nothing (&back) || bring_in_transaction (&back, database, history, other, &label, error);
  if (done)
    {
      const EngramEditResult *counts = &back.summary.counts;

      if (label != NULL)
        engram_log_action ("bring-back", NULL, counts->neurons_created + counts->neurons_changed +
                           counts->neurons_deleted + counts->synapses_created + counts->synapses_changed +
                           counts->synapses_deleted);
      engram_edit_give_result (&back.summary, g_steal_pointer (&label), result);
    }
  clear (&back);
  return done;
}
