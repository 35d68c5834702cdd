/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "query/engram-figures.h"

#include <string.h>

#include "model/engram-network-private.h"
#include "query/engram-histogram-private.h"
#include "query/engram-name-counts-private.h"
#include "query/engram-searcher-private.h"

/* How many records lie between two looks at the cancellable. */
#define RECORDS_BETWEEN_LOOKS (1 << 16)

static gboolean
is_cancelled (guint32        record,
              GCancellable  *cancellable,
              GError       **error)
{
  return record % RECORDS_BETWEEN_LOOKS == 0 && g_cancellable_set_error_if_cancelled (cancellable, error);
}

/* Parts of a network are trees of neurons: the root is the one that stands first. Whoever looks for it shortens the way
 * (path halving). */
static guint32
find_root (guint32 *parents,
           guint32  neuron)
{
  while (parents[neuron] != neuron)
    {
      parents[neuron] = parents[parents[neuron]];
      neuron = parents[neuron];
    }
  return neuron;
}

static gboolean
join_parts (const EngramNetwork  *network,
            guint32              *parents,
            GCancellable         *cancellable,
            GError              **error)
{
  for (guint32 i = 0; i < network->n_neurons; i++)
    parents[i] = i;
  for (guint32 i = 0; i < network->n_synapses; i++)
    {
      guint32 source = find_root (parents, network->sources[i]);
      guint32 target = find_root (parents, network->targets[i]);

      if (is_cancelled (i, cancellable, error))
        return FALSE;
      parents[MAX (source, target)] = MIN (source, target);
    }
  return TRUE;
}

static gboolean
count_components (EngramNetworkFigures  *self,
                  const EngramNetwork   *network,
                  GCancellable          *cancellable,
                  GError               **error)
{
  g_autofree guint32 *parents = g_new (guint32, network->n_neurons);
  g_autofree guint32 *sizes = g_new0 (guint32, network->n_neurons);

  if (!join_parts (network, parents, cancellable, error))
    return FALSE;
  for (guint32 i = 0; i < network->n_neurons; i++)
    {
      guint32 size = ++sizes[find_root (parents, i)];

      if (is_cancelled (i, cancellable, error))
        return FALSE;
      self->n_components += size == 1;
      self->largest_component = MAX (self->largest_component, size);
    }
  return TRUE;
}

static gboolean
count_neurons (EngramNetworkFigures  *self,
               const EngramNetwork   *network,
               GCancellable          *cancellable,
               GError               **error)
{
  g_autoptr (EngramNameCounts) types = engram_name_counts_new ();
  g_autofree guint64 *counts = g_new0 (guint64, network->n_types);

  for (guint32 i = 0; i < network->n_neurons; i++)
    {
      guint32 degree = engram_network_count_outgoing (network, i) + engram_network_count_incoming (network, i);

      if (is_cancelled (i, cancellable, error))
        return FALSE;
      self->n_isolated += degree == 0;
      engram_histogram_reach (&self->degree, degree);
      engram_histogram_add (&self->degree, degree);
      engram_histogram_add (&self->activation, network->activations[i]);
      counts[network->types[i]]++;
    }
  for (guint i = 0; i < network->n_types; i++)
    {
      g_autofree char *name = g_utf8_make_valid (network->type_names[i], -1);

      engram_name_counts_add (types, name, strlen (name), counts[i]);
    }
  self->types = engram_name_counts_list (types, G_MAXUINT, NULL);
  return TRUE;
}

static gboolean
count_synapses (EngramNetworkFigures  *self,
                const EngramNetwork   *network,
                GCancellable          *cancellable,
                GError               **error)
{
  for (guint32 i = 0; i < network->n_synapses; i++)
    {
      if (is_cancelled (i, cancellable, error))
        return FALSE;
      self->n_inhibiting += network->weights[i] < 0;
      engram_histogram_add (&self->weight, network->weights[i]);
    }
  return TRUE;
}

static gboolean
read_dimension (EngramNetworkFigures  *self,
                EngramDatabase        *database,
                GCancellable          *cancellable,
                GError               **error)
{
  g_autoptr (EngramReader) reader = engram_database_acquire_reader (database, cancellable, error);

  return reader != NULL && engram_database_get_dimension (database, reader, &self->dimension, error);
}

EngramNetworkFigures *
engram_network_figures_compute (EngramSearcher  *searcher,
                                GCancellable    *cancellable,
                                GError         **error)
{
  g_autoptr (EngramNetworkFigures) self = g_new0 (EngramNetworkFigures, 1);
  g_autoptr (EngramNetwork) network = NULL;

  g_return_val_if_fail (ENGRAM_IS_SEARCHER (searcher), NULL);

  network = engram_searcher_get_network (searcher, NULL, NULL, cancellable, error);
  if (network == NULL)
    return NULL;
  self->n_neurons = network->n_neurons;
  self->n_synapses = network->n_synapses + network->n_dangling;
  self->n_dangling = network->n_dangling;
  engram_histogram_begin_counts (&self->degree);
  engram_histogram_begin (&self->weight, -1, 1);
  engram_histogram_begin (&self->activation, 0, 1);
  if (!read_dimension (self, engram_searcher_get_database (searcher), cancellable, error) ||
      !count_neurons (self, network, cancellable, error) || !count_synapses (self, network, cancellable, error) ||
      !count_components (self, network, cancellable, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
engram_network_figures_free (EngramNetworkFigures *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->types, g_ptr_array_unref);
  g_free (self);
}
