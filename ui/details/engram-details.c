/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "details/engram-details.h"

typedef struct {
  char *id;
  guint n_synapses;
} Request;

static void
request_free (Request *self)
{
  g_free (self->id);
  g_free (self);
}

void
engram_details_free (EngramDetails *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->sides); i++)
    {
      g_clear_pointer (&self->sides[i].items, g_ptr_array_unref);
      g_clear_error (&self->sides[i].error);
    }
  g_clear_pointer (&self->neuron, engram_neuron_free);
  g_free (self);
}

/* What is wrong with the synapses must not hide the neuron. */
static gboolean
load_side (EngramSynapseStore      *store,
           const Request           *request,
           EngramSynapseDirection   direction,
           EngramSynapseSide       *side,
           GCancellable            *cancellable,
           GError                 **error)
{
  side->items = engram_synapse_store_list_items (store, request->id, direction, request->n_synapses,
                                                 &side->total, cancellable, &side->error);
  if (!g_error_matches (side->error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&side->error));
  return FALSE;
}

static EngramDetails *
load (EngramDatabase  *database,
      const Request   *request,
      GCancellable    *cancellable,
      GError         **error)
{
  g_autoptr (EngramNeuronStore) neurons = engram_neuron_store_new (database);
  g_autoptr (EngramSynapseStore) synapses = engram_synapse_store_new (database);
  g_autoptr (EngramDetails) self = g_new0 (EngramDetails, 1);

  self->neuron = engram_neuron_store_get (neurons, request->id, cancellable, error);
  if (self->neuron == NULL)
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (self->sides); i++)
    if (!load_side (synapses, request, i, &self->sides[i], cancellable, error))
      return NULL;
  return g_steal_pointer (&self);
}

static void
load_in_thread (GTask        *task,
                gpointer      source,
                gpointer      task_data,
                GCancellable *cancellable)
{
  GError *error = NULL;
  EngramDetails *details = load (source, task_data, cancellable, &error);

  if (details != NULL)
    g_task_return_pointer (task, details, (GDestroyNotify) engram_details_free);
  else
    g_task_return_error (task, error);
}

/**
 * engram_details_load_async:
 * @database: a network
 * @id: the id of a neuron
 * @n_synapses: how many synapses at most, in each direction
 * @cancellable: (nullable): a #GCancellable
 * @callback: called in the main loop
 * @user_data: for @callback
 *
 * Reads all about one neuron in a worker.
 */
void
engram_details_load_async (EngramDatabase      *database,
                           const char          *id,
                           guint                n_synapses,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (database, cancellable, callback, user_data);
  Request *request = g_new (Request, 1);

  request->id = g_strdup (id);
  request->n_synapses = n_synapses;
  g_task_set_source_tag (task, engram_details_load_async);
  g_task_set_task_data (task, request, (GDestroyNotify) request_free);
  g_task_run_in_thread (task, load_in_thread);
}

/**
 * engram_details_load_finish:
 * @result: what the callback got
 * @error: return location, or %NULL
 *
 * Returns: (transfer full) (nullable): what was read, or %NULL with the store's error
 */
EngramDetails *
engram_details_load_finish (GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, engram_details_load_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static gboolean
item_equal (const EngramSynapseListItem *one,
            const EngramSynapseListItem *other)
{
  return engram_synapse_compare (one->synapse, other->synapse) == 0 &&
         g_strcmp0 (one->other_type, other->other_type) == 0 &&
         g_strcmp0 (one->other_summary, other->other_summary) == 0;
}

static gboolean
side_equal (const EngramSynapseSide *one,
            const EngramSynapseSide *other)
{
  if (one->total != other->total || one->items == NULL || other->items == NULL ||
      one->items->len != other->items->len)
    return FALSE;
  for (guint i = 0; i < one->items->len; i++)
    if (!item_equal (g_ptr_array_index (one->items, i), g_ptr_array_index (other->items, i)))
      return FALSE;
  return TRUE;
}

/**
 * engram_details_equal:
 * @self: details
 * @other: others
 *
 * Returns: whether they look the same
 */
gboolean
engram_details_equal (const EngramDetails *self,
                      const EngramDetails *other)
{
  return engram_neuron_compare (self->neuron, other->neuron) == 0 &&
         self->neuron->odd == other->neuron->odd &&
         side_equal (&self->sides[0], &other->sides[0]) && side_equal (&self->sides[1], &other->sides[1]);
}
