/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "details/engram-details.h"

typedef struct {
  EngramRecordKind kind;
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
  for (guint i = 0; i < G_N_ELEMENTS (self->ends); i++)
    g_clear_pointer (&self->ends[i], engram_neuron_free);
  g_clear_pointer (&self->neuron, engram_neuron_free);
  g_clear_pointer (&self->synapse, engram_synapse_free);
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

static gboolean
load_neuron (EngramDetails   *self,
             EngramDatabase  *database,
             const Request   *request,
             GCancellable    *cancellable,
             GError         **error)
{
  g_autoptr (EngramNeuronStore) neurons = engram_neuron_store_new (database);
  g_autoptr (EngramSynapseStore) synapses = engram_synapse_store_new (database);

  self->neuron = engram_neuron_store_get (neurons, request->id, cancellable, error);
  if (self->neuron == NULL)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (self->sides); i++)
    if (!load_side (synapses, request, i, &self->sides[i], cancellable, error))
      return FALSE;
  return TRUE;
}

/* A neuron that is not there is no error: the synapse is there. */
static gboolean
load_end (EngramDetails      *self,
          EngramNeuronStore  *neurons,
          guint               end,
          const char         *id,
          GCancellable       *cancellable,
          GError            **error)
{
  g_autoptr (GError) local_error = NULL;

  self->ends[end] = id != NULL ? engram_neuron_store_get (neurons, id, cancellable, &local_error) : NULL;
  if (local_error == NULL || g_error_matches (local_error, ENGRAM_ERROR, ENGRAM_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
load_synapse (EngramDetails   *self,
              EngramDatabase  *database,
              const Request   *request,
              GCancellable    *cancellable,
              GError         **error)
{
  g_autoptr (EngramNeuronStore) neurons = engram_neuron_store_new (database);
  g_autoptr (EngramSynapseStore) synapses = engram_synapse_store_new (database);

  self->synapse = engram_synapse_store_get (synapses, request->id, cancellable, error);
  return self->synapse != NULL &&
         load_end (self, neurons, 0, self->synapse->source_id, cancellable, error) &&
         load_end (self, neurons, 1, self->synapse->target_id, cancellable, error);
}

static EngramDetails *
load (EngramDatabase  *database,
      const Request   *request,
      GCancellable    *cancellable,
      GError         **error)
{
  g_autoptr (EngramDetails) self = g_new0 (EngramDetails, 1);
  gboolean loaded;

  self->kind = request->kind;
  if (request->kind == ENGRAM_RECORD_NEURON)
    loaded = load_neuron (self, database, request, cancellable, error);
  else
    loaded = load_synapse (self, database, request, cancellable, error);
  return loaded ? g_steal_pointer (&self) : NULL;
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
 * @kind: what is read
 * @id: its id
 * @n_synapses: how many synapses of a neuron at most, in each direction
 * @cancellable: (nullable): a #GCancellable
 * @callback: called in the main loop
 * @user_data: for @callback
 *
 * Reads all about one neuron or synapse in a worker.
 */
void
engram_details_load_async (EngramDatabase      *database,
                           EngramRecordKind     kind,
                           const char          *id,
                           guint                n_synapses,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (database, cancellable, callback, user_data);
  Request *request = g_new (Request, 1);

  request->kind = kind;
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

/**
 * engram_details_same_side:
 * @one: synapses
 * @other: others
 *
 * Returns: whether they look the same
 */
gboolean
engram_details_same_side (const EngramSynapseSide *one,
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

static gboolean
end_equal (const EngramNeuron *one,
           const EngramNeuron *other)
{
  if (one == NULL || other == NULL)
    return one == other;
  return engram_neuron_compare (one, other) == 0;
}

/**
 * engram_details_same_record:
 * @self: details
 * @other: others, of the same record
 *
 * Returns: whether the record itself, and the ends of a synapse, look the same
 */
gboolean
engram_details_same_record (const EngramDetails *self,
                            const EngramDetails *other)
{
  if (self->kind == ENGRAM_RECORD_NEURON)
    return engram_neuron_compare (self->neuron, other->neuron) == 0 && self->neuron->odd == other->neuron->odd;
  return engram_synapse_compare (self->synapse, other->synapse) == 0 &&
         self->synapse->odd == other->synapse->odd &&
         end_equal (self->ends[0], other->ends[0]) && end_equal (self->ends[1], other->ends[1]);
}

/**
 * engram_details_get_id:
 * @self: details
 *
 * Returns: (transfer none) (nullable): the id of the record
 */
const char *
engram_details_get_id (const EngramDetails *self)
{
  return self->kind == ENGRAM_RECORD_NEURON ? self->neuron->id : self->synapse->id;
}

/**
 * engram_details_get_record:
 * @self: details
 *
 * Returns: (transfer none): the neuron or the synapse
 */
gconstpointer
engram_details_get_record (const EngramDetails *self)
{
  return self->kind == ENGRAM_RECORD_NEURON ? (gconstpointer) self->neuron : (gconstpointer) self->synapse;
}
