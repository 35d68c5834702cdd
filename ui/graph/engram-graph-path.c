/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "graph/engram-graph-path.h"

#include <glib/gi18n.h>

#include "common/engram-text-format.h"
#include "graph/engram-graph-work.h"

/* The edges that may be walked, and which synapses they are. */
typedef struct {
  GArray *sources;
  GArray *targets;
  GArray *weights;
  GArray *synapses;
} Edges;

static void
edges_clear (Edges *self)
{
  g_clear_pointer (&self->sources, g_array_unref);
  g_clear_pointer (&self->targets, g_array_unref);
  g_clear_pointer (&self->weights, g_array_unref);
  g_clear_pointer (&self->synapses, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Edges, edges_clear)

static gboolean
may_walk (const EngramNetwork *network,
          guint32              neuron,
          const guint32        ends[2],
          const EngramRowSet  *neurons)
{
  return neurons == NULL || neuron == ends[0] || neuron == ends[1]
         || engram_row_set_contains (neurons, network->neuron_rowids[neuron]);
}

static void
list_edges (Edges               *edges,
            const EngramNetwork *network,
            const guint32        ends[2],
            const EngramRowSet  *neurons,
            const EngramRowSet  *synapses)
{
  edges->sources = g_array_new (FALSE, FALSE, sizeof (guint32));
  edges->targets = g_array_new (FALSE, FALSE, sizeof (guint32));
  edges->weights = g_array_new (FALSE, FALSE, sizeof (float));
  edges->synapses = g_array_new (FALSE, FALSE, sizeof (guint32));
  for (guint32 i = 0; i < network->n_synapses; i++)
    {
      float weight = (float) network->weights[i];

      if ((synapses != NULL && !engram_row_set_contains (synapses, network->synapse_rowids[i]))
          || !may_walk (network, network->sources[i], ends, neurons)
          || !may_walk (network, network->targets[i], ends, neurons))
        continue;
      g_array_append_val (edges->sources, network->sources[i]);
      g_array_append_val (edges->targets, network->targets[i]);
      g_array_append_val (edges->weights, weight);
      g_array_append_val (edges->synapses, i);
    }
}

static EngramGraphPath *
path_new (const EngramNetwork *network,
          guint32              from,
          const Edges         *edges,
          const GArray        *found)
{
  EngramGraphPath *self = g_new0 (EngramGraphPath, 1);

  self->neurons = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->synapses = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->product = 1;
  g_array_append_val (self->neurons, from);
  for (guint i = 0; i < found->len; i++)
    {
      guint32 synapse = g_array_index (edges->synapses, guint32, g_array_index (found, guint32, i));

      g_array_append_val (self->synapses, synapse);
      g_array_append_val (self->neurons, network->targets[synapse]);
      self->product *= network->weights[synapse];
    }
  return self;
}

EngramGraphPath *
engram_graph_path_find (EngramNetwork        *network,
                        guint32               from,
                        guint32               to,
                        EngramGraphPathKind   kind,
                        const EngramRowSet   *neurons,
                        const EngramRowSet   *synapses,
                        GCancellable         *cancellable,
                        GError              **error)
{
  const EngramGraphCall call = { .cancellable = cancellable };
  g_auto (Edges) edges = { NULL };
  g_autoptr (GArray) found = NULL;
  EngramGraph graph;

  list_edges (&edges, network, (const guint32[]) { from, to }, neurons, synapses);
  graph = (EngramGraph) {
    network->n_neurons, edges.sources->len, (const guint32 *) edges.sources->data, (const guint32 *) edges.targets->data,
    (const float *) edges.weights->data,
  };
  found = engram_graph_path (&graph, from, to, kind, &call, error);
  return found != NULL ? path_new (network, from, &edges, found) : NULL;
}

static char *
format_product (double product)
{
  char *text = engram_format_rounded (product);
  char *signed_text;

  if (product <= 0)
    return text;
  signed_text = g_strconcat ("+", text, NULL);
  g_free (text);
  return signed_text;
}

char *
engram_graph_path_describe (const EngramGraphPath *self,
                            const char *const     *names)
{
  g_autofree char *product = format_product (self->product);
  g_autofree char *steps = g_strdup_printf (ngettext ("%'u step", "%'u steps", self->synapses->len), self->synapses->len);
  g_autoptr (GString) way = g_string_new (names[0]);

  for (guint i = 1; i < self->neurons->len; i++)
    g_string_append_printf (way, " → %s", names[i]);
  /* Translators: a path: "3 steps", a number with its sign, and the neurons on it: "A → B → C → D". */
  return g_strdup_printf (_("%s, product of weights %s: %s"), steps, product, way->str);
}

void
engram_graph_path_free (EngramGraphPath *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->neurons);
  g_array_unref (self->synapses);
  g_free (self);
}
