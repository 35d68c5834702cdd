/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "stores/engram-network-writer.h"
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

static gboolean
write_contents (EngramNetworkWriter   *writer,
                const EngramContents  *contents,
                Report                *report,
                GError               **error)
{
  for (guint i = 0; i < contents->neurons->len; i++)
    {
      report_rows (report, _("Writing neurons"), 0, NEURONS_DONE, i, contents->neurons->len);
      if (!engram_network_writer_add_neuron (writer, g_ptr_array_index (contents->neurons, i), error))
        return FALSE;
    }
  for (guint i = 0; i < contents->synapses->len; i++)
    {
      report_rows (report, _("Writing synapses"), NEURONS_DONE, ROWS_DONE, i, contents->synapses->len);
      if (!engram_network_writer_add_synapse (writer, g_ptr_array_index (contents->synapses, i), error))
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
