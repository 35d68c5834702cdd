/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "model/engram-neuron-private.h"
#include "model/engram-synapse-private.h"
#include "sqlite/engram-scan-private.h"
#include "stores/engram-transfer-private.h"

/* How much of the work reading the neurons with their vectors is. */
#define NEURONS_DONE 0.5

typedef struct {
  GPtrArray *neurons[ENGRAM_SCAN_CHUNKS];
  GPtrArray *synapses[ENGRAM_SCAN_CHUNKS];
} Loader;

static gboolean
read_rows (EngramReader    *reader,
           const char      *columns,
           const char      *table,
           gint64           first,
           gint64           last,
           gpointer       (*read) (sqlite3_stmt *row),
           GPtrArray       *records,
           GError         **error)
{
  g_autoptr (EngramStatement) statement = engram_scan_prepare (reader, columns, table, first, last, error);
  int status;

  if (statement == NULL)
    return FALSE;
  while ((status = engram_statement_step (statement, error)) > 0)
    g_ptr_array_add (records, read (engram_statement_get_handle (statement)));
  return status == 0;
}

static gpointer
read_neuron (sqlite3_stmt *row)
{
  return engram_neuron_read (row);
}

static gpointer
read_synapse (sqlite3_stmt *row)
{
  return engram_synapse_read (row);
}

static gboolean
load_neurons (EngramReader  *reader,
              gint64         first,
              gint64         last,
              guint          chunk,
              gpointer       data,
              GError       **error)
{
  Loader *self = data;

  self->neurons[chunk] = g_ptr_array_new_with_free_func ((GDestroyNotify) engram_neuron_free);
  return read_rows (reader, engram_neuron_select_columns (TRUE, engram_connection_neurons_have_fields (reader)),
                    "neurons", first, last, read_neuron, self->neurons[chunk], error);
}

static gboolean
load_synapses (EngramReader  *reader,
               gint64         first,
               gint64         last,
               guint          chunk,
               gpointer       data,
               GError       **error)
{
  Loader *self = data;

  self->synapses[chunk] = g_ptr_array_new_with_free_func ((GDestroyNotify) engram_synapse_free);
  return read_rows (reader, engram_synapse_select_columns (engram_connection_synapses_have_fields (reader)),
                    "synapses", first, last, read_synapse, self->synapses[chunk], error);
}

/* Moves the records of all chunks into one array. */
static void
join_chunks (GPtrArray **chunks,
             GPtrArray  *records)
{
  for (guint i = 0; i < ENGRAM_SCAN_CHUNKS; i++)
    if (chunks[i] != NULL)
      g_ptr_array_extend_and_steal (records, g_steal_pointer (&chunks[i]));
}

static void
loader_clear (Loader *self)
{
  for (guint i = 0; i < ENGRAM_SCAN_CHUNKS; i++)
    {
      g_clear_pointer (&self->neurons[i], g_ptr_array_unref);
      g_clear_pointer (&self->synapses[i], g_ptr_array_unref);
    }
}

EngramContents *
engram_load_all (EngramDatabase      *database,
                 EngramTransfer      *transfer,
                 EngramProgressFunc   progress,
                 gpointer             user_data,
                 GCancellable        *cancellable,
                 GError             **error)
{
  g_autoptr (EngramContents) contents = NULL;
  g_auto (EngramScan) scan = { { NULL }, 0 };
  EngramTransfer done;
  Loader loader = { { NULL } };
  gint64 start = g_get_monotonic_time ();
  gboolean loaded;

  g_return_val_if_fail (ENGRAM_IS_DATABASE (database), NULL);

  loaded = engram_scan_begin (&scan, database, cancellable, error) &&
           engram_scan_table (&scan, "neurons", load_neurons, &loader, _("Reading neurons"), 0, NEURONS_DONE, progress,
                              user_data, error) &&
           engram_scan_table (&scan, "synapses", load_synapses, &loader, _("Reading synapses"), NEURONS_DONE, 1,
                              progress, user_data, error);
  if (loaded)
    {
      contents = engram_contents_new ();
      join_chunks (loader.neurons, contents->neurons);
      join_chunks (loader.synapses, contents->synapses);
      done = (EngramTransfer) { .neurons_created = contents->neurons->len,
                                .synapses_created = contents->synapses->len };
      engram_transfer_finish (&done, "load-all", engram_database_get_path (database), start, transfer);
    }
  loader_clear (&loader);
  return g_steal_pointer (&contents);
}
