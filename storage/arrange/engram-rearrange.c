/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "arrange/engram-rearrange.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "editing/engram-edit-private.h"
#include "engram-log-private.h"
#include "safety/engram-bulk-change-private.h"
#include "stores/engram-neuron-store-private.h"

/* How much of the work is over when all neurons are moved. */
#define MOVED 0.7

/* How far it is is told so many times at most. */
#define N_REPORTS 64

typedef struct {
  EngramArrangement     *arrangement;
  const char            *label;
  EngramRearrangement    counts;
  gint64                 last_moved; /* a row */
  EngramEditTransaction  transaction;
  EngramProgressFunc     progress;
  gpointer               user_data;
  GCancellable          *cancellable;
} Rearranging;

/* What becomes of one neuron. */
typedef enum {
  STAYS,
  MOVES,
  WAS_MOVED,
  IS_GONE,
} Fate;

void
engram_rearrangement_clear (EngramRearrangement *self)
{
  g_clear_pointer (&self->label, g_free);
}

static gboolean
is_same_number (float a,
                float b)
{
  return a == b || (isnan (a) && isnan (b));
}

static gboolean
is_same_place (const float *a,
               const float *b)
{
  return is_same_number (a[0], b[0]) && is_same_number (a[1], b[1]) && is_same_number (a[2], b[2]);
}

static gboolean
is_moved (const EngramArrangement *arrangement,
          guint32                  i)
{
  return !is_same_place (arrangement->origins + 3 * (gsize) i, arrangement->positions + 3 * (gsize) i);
}

static gsize
count_moved (const EngramArrangement *arrangement)
{
  gsize n = 0;

  for (guint32 i = 0; i < arrangement->n_neurons; i++)
    n += is_moved (arrangement, i);
  return n;
}

static Fate
compare_row (Rearranging  *self,
             guint32       i,
             sqlite3_stmt *row)
{
  float place[3];

  for (int axis = 0; axis < 3; axis++)
    {
      int type = sqlite3_column_type (row, axis);

      place[axis] = type == SQLITE_FLOAT || type == SQLITE_INTEGER ? (float) sqlite3_column_double (row, axis) : NAN;
    }
  if (is_same_place (place, self->arrangement->positions + 3 * (gsize) i))
    return STAYS;
  return is_same_place (place, self->arrangement->origins + 3 * (gsize) i) ? MOVES : WAS_MOVED;
}

static gboolean
find_fate (Rearranging       *self,
           guint32            i,
           EngramConnection  *connection,
           Fate              *fate,
           GError           **error)
{
  g_autoptr (EngramStatement) statement = NULL;
  int status;

  *fate = STAYS;
  if (!is_moved (self->arrangement, i))
    return TRUE;
  statement = engram_connection_prepare (connection,
                "SELECT position_x, position_y, position_z FROM neurons WHERE rowid=?", error);
  if (statement == NULL)
    return FALSE;
  engram_statement_bind_int64 (statement, 1, self->arrangement->rowids[i]);
  status = engram_statement_step (statement, error);
  *fate = status > 0 ? compare_row (self, i, engram_statement_get_handle (statement)) : IS_GONE;
  return status >= 0;
}

/* Within the transaction */

/* The number that people see: what a single one has beyond seven digits is noise. */
static double
round_number (float number)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  return g_ascii_strtod (g_ascii_formatd (digits, sizeof digits, "%.7g", (double) number), NULL);
}

static gboolean
write_place (Rearranging  *self,
             guint32       i,
             GError      **error)
{
  EngramConnection *writer = self->transaction.write.writer;
  g_autoptr (EngramStatement) statement = engram_connection_prepare (writer,
    "UPDATE neurons SET position_x=?, position_y=?, position_z=?, modified_at=? WHERE rowid=?", error);

  if (statement == NULL)
    return FALSE;
  for (int axis = 0; axis < 3; axis++)
    engram_statement_bind_double (statement, axis + 1,
                                  round_number (self->arrangement->positions[3 * (gsize) i + axis]));
  engram_statement_bind_text (statement, 4, self->transaction.now);
  engram_statement_bind_int64 (statement, 5, self->arrangement->rowids[i]);
  return engram_statement_run (statement, error);
}

static gboolean
move_neuron (Rearranging  *self,
             guint32       i,
             GError      **error)
{
  EngramConnection *writer = self->transaction.write.writer;
  gint64 before = sqlite3_total_changes64 (engram_connection_get_handle (writer));

  self->counts.n_moved++;
  self->last_moved = self->arrangement->rowids[i];
  return engram_history_note_row (self->transaction.recording, "neurons", self->last_moved, error) &&
         write_place (self, i, error) && engram_bulk_change_check_others (writer, before, error);
}

static gboolean
treat_neuron (Rearranging  *self,
              guint32       i,
              GError      **error)
{
  Fate fate;

  if (!find_fate (self, i, self->transaction.write.writer, &fate, error))
    return FALSE;
  switch (fate)
    {
    case MOVES:
      return move_neuron (self, i, error);
    case WAS_MOVED:
      self->counts.n_left++;
      return TRUE;
    case IS_GONE:
      self->counts.n_gone++;
      return TRUE;
    case STAYS:
    default:
      return TRUE;
    }
}

static gboolean
treat_neurons (Rearranging  *self,
               GError      **error)
{
  guint32 n_neurons = self->arrangement->n_neurons;
  EngramBulkChange bulk;
  gboolean done = engram_bulk_change_begin (&bulk, self->transaction.write.writer, "neurons",
                                            count_moved (self->arrangement), error);

  for (guint32 i = 0; done && i < n_neurons; i++)
    {
      if (self->progress != NULL && i % (n_neurons / N_REPORTS + 1) == 0)
        self->progress (_("Moving neurons"), MOVED * i / n_neurons, self->user_data);
      done = !g_cancellable_set_error_if_cancelled (self->cancellable, error) && treat_neuron (self, i, error);
    }
  return engram_bulk_change_end (&bulk, done, error);
}

/* What stands for a neuron that is moved alone. */
static gboolean
read_name (Rearranging        *self,
           EngramEditSummary  *summary,
           GError            **error)
{
  g_autoptr (EngramStatement) statement = NULL;
  g_autoptr (EngramNeuron) neuron = NULL;
  int status;

  if (self->counts.n_moved != 1)
    return TRUE;
  statement = engram_neuron_store_prepare (self->transaction.write.writer, FALSE, "FROM neurons WHERE rowid=?", error);
  if (statement == NULL)
    return FALSE;
  engram_statement_bind_int64 (statement, 1, self->last_moved);
  status = engram_statement_step (statement, error);
  if (status > 0)
    {
      neuron = engram_neuron_read (engram_statement_get_handle (statement));
      summary->neuron_name = engram_edit_shorten (engram_neuron_get_summary (neuron));
    }
  return status >= 0;
}

static gboolean
make_label (Rearranging  *self,
            GError      **error)
{
  EngramEditSummary summary = { .counts.neurons_changed = self->counts.n_moved,
                                .neuron_columns = ENGRAM_NEURON_POSITION };
  gboolean done = TRUE;

  if (self->counts.n_moved > 0 && self->label != NULL)
    self->counts.label = g_strdup (self->label);
  else if (self->counts.n_moved > 0)
    {
      done = read_name (self, &summary, error);
      if (done)
        self->counts.label = engram_edit_make_label (&summary);
    }
  g_free (summary.neuron_name);
  return done;
}

static gboolean
move_in_transaction (Rearranging     *self,
                     EngramDatabase  *database,
                     EngramHistory   *history,
                     GError         **error)
{
  gboolean done;

  self->counts.n_left = self->counts.n_gone = 0;
  if (!engram_edit_begin (&self->transaction, database, history, "arrange", self->cancellable, error))
    return FALSE;
  done = treat_neurons (self, error) && make_label (self, error);
  if (done)
    engram_edit_finishing (&self->transaction, self->progress, self->user_data, MOVED);
  return engram_edit_end (&self->transaction, done, self->counts.label, error);
}

/* Looks no further than the first neuron that will move: a file in which none will is not touched. */
static gboolean
look (Rearranging     *self,
      EngramDatabase  *database,
      gboolean        *moves,
      GError         **error)
{
  g_autoptr (EngramReader) reader = engram_store_begin_read (database, self->cancellable, error);
  gboolean done = reader != NULL;

  *moves = FALSE;
  for (guint32 i = 0; done && !*moves && i < self->arrangement->n_neurons; i++)
    {
      Fate fate;

      done = !g_cancellable_set_error_if_cancelled (self->cancellable, error) &&
             find_fate (self, i, reader, &fate, error);
      *moves = done && fate == MOVES;
      self->counts.n_left += done && fate == WAS_MOVED;
      self->counts.n_gone += done && fate == IS_GONE;
    }
  return done;
}

gboolean
engram_rearrange (EngramDatabase       *database,
                  EngramHistory        *history,
                  EngramArrangement    *arrangement,
                  const char           *label,
                  EngramRearrangement  *result,
                  EngramProgressFunc    progress,
                  gpointer              user_data,
                  GCancellable         *cancellable,
                  GError              **error)
{
  Rearranging self = { .arrangement = arrangement, .label = label, .progress = progress, .user_data = user_data,
                       .cancellable = cancellable };
  gboolean moves, done;

  g_return_val_if_fail (ENGRAM_IS_DATABASE (database), FALSE);
  g_return_val_if_fail (arrangement != NULL, FALSE);

  done = look (&self, database, &moves, error) &&
         (!moves || move_in_transaction (&self, database, history, error));
  if (done && self.counts.n_moved > 0)
    engram_log_action ("arrange", NULL, self.counts.n_moved);
  if (done && result != NULL)
    {
      *result = self.counts;
      self.counts.label = NULL;
    }
  engram_rearrangement_clear (&self.counts);
  return done;
}
