/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "stores/engram-network-check-private.h"
#include "stores/engram-network-writer-private.h"
#include "stores/engram-transfer-private.h"

/* How much of the work is over when all neurons, and when all rows, are written. */
#define NEURONS_DONE 0.25
#define ROWS_DONE 0.7

/* Records between two reports. */
#define REPORT_INTERVAL 4096

typedef struct {
  EngramProgressFunc progress;
  gpointer           user_data;
} Report;

static void
report_rows (const Report *report,
             const char   *phase,
             double        from,
             double        to,
             guint         i,
             guint         count)
{
  if (report->progress != NULL && i % REPORT_INTERVAL == 0)
    report->progress (phase, from + (to - from) * i / count, report->user_data);
}

/* What the writer reports of its end is the last part of the whole. */
static void
report_end (const char *phase,
            double      fraction,
            gpointer    data)
{
  const Report *report = data;

  if (report->progress != NULL)
    report->progress (phase, ROWS_DONE + (1 - ROWS_DONE) * fraction, report->user_data);
}

/* Checking the records takes a core of its own while they are written: a file with a wrong one never gets its name. */
typedef struct {
  const EngramContents *contents;
  int                   is_over; /* atomic: nobody wants to know any more */
  int                   has_failed; /* atomic */
  GError               *error;
} Checker;

static gpointer
check_contents (gpointer data)
{
  Checker *self = data;
  g_autoptr (EngramNetworkCheck) check = engram_network_check_new ();
  gboolean good = TRUE;

  for (guint i = 0; good && i < self->contents->neurons->len && !g_atomic_int_get (&self->is_over); i++)
    good = engram_network_check_neuron (check, g_ptr_array_index (self->contents->neurons, i), &self->error);
  for (guint i = 0; good && i < self->contents->synapses->len && !g_atomic_int_get (&self->is_over); i++)
    good = engram_network_check_synapse (check, g_ptr_array_index (self->contents->synapses, i), &self->error);
  if (!good)
    g_atomic_int_set (&self->has_failed, TRUE);
  return NULL;
}

static gboolean
write_rows (EngramNetworkWriter  *writer,
            Checker              *checker,
            Report               *report,
            GError              **error)
{
  GPtrArray *neurons = checker->contents->neurons;
  GPtrArray *synapses = checker->contents->synapses;

  for (guint i = 0; i < neurons->len && !g_atomic_int_get (&checker->has_failed); i++)
    {
      report_rows (report, _("Writing neurons"), 0, NEURONS_DONE, i, neurons->len);
      if (!engram_network_writer_append_neuron (writer, g_ptr_array_index (neurons, i), error))
        return FALSE;
    }
  for (guint i = 0; i < synapses->len && !g_atomic_int_get (&checker->has_failed); i++)
    {
      report_rows (report, _("Writing synapses"), NEURONS_DONE, ROWS_DONE, i, synapses->len);
      if (!engram_network_writer_append_synapse (writer, g_ptr_array_index (synapses, i), error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_contents (EngramNetworkWriter   *writer,
                const EngramContents  *contents,
                Report                *report,
                GError               **error)
{
  Checker checker = { contents, FALSE, FALSE, NULL };
  GThread *thread = g_thread_new ("engram-check", check_contents, &checker);
  g_autoptr (GError) local_error = NULL;
  gboolean written = write_rows (writer, &checker, report, &local_error);

  /* A wrong record can also be what the table refused: what the check says of it is plainer. */
  if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
      g_error_matches (local_error, ENGRAM_ERROR, ENGRAM_ERROR_NO_SPACE))
    g_atomic_int_set (&checker.is_over, TRUE);
  g_thread_join (thread);
  if (checker.error != NULL && !checker.is_over)
    {
      g_propagate_error (error, checker.error);
      return FALSE;
    }
  g_clear_error (&checker.error);
  if (!written)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  return engram_network_writer_finish (writer, report_end, report, error);
}

gboolean
engram_save_new (const char            *path,
                 const EngramContents  *contents,
                 EngramTransfer        *transfer,
                 EngramProgressFunc     progress,
                 gpointer               user_data,
                 GCancellable          *cancellable,
                 GError               **error)
{
  g_autoptr (EngramNetworkWriter) writer = NULL;
  Report report = { progress, user_data };
  gint64 start = g_get_monotonic_time ();
  EngramTransfer done;

  g_return_val_if_fail (path != NULL && contents != NULL, FALSE);

  writer = engram_network_writer_new (path, cancellable, error);
  if (writer == NULL || !write_contents (writer, contents, &report, error))
    return FALSE;
  done = (EngramTransfer) { .neurons_created = contents->neurons->len, .synapses_created = contents->synapses->len };
  engram_transfer_finish (&done, "save-new", path, start, transfer);
  return TRUE;
}
