/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "views/engram-network-view-private.h"

#include <glib/gi18n.h>

#include "common/engram-text-format.h"
#include "common/engram-type-style.h"

/* Labels are placed among so many of the most connected points. */
#define CANDIDATES 1000

typedef struct {
  guint32 point;
  guint32 degree;
} Candidate;

static guint32
count_synapses (const EngramNetwork *network,
                guint32              neuron)
{
  return (network->out_offsets[neuron + 1] - network->out_offsets[neuron])
         + (network->in_offsets[neuron + 1] - network->in_offsets[neuron]);
}

static int
compare_candidates (gconstpointer a,
                    gconstpointer b)
{
  const Candidate *first = a, *second = b;

  if (first->degree != second->degree)
    return first->degree < second->degree ? 1 : -1;
  return (first->point > second->point) - (first->point < second->point);
}

/* The least degree of the CANDIDATES most connected points; points by degree are counted, since most networks have few
 * different ones. */
static guint32
find_threshold (const EngramNetworkScene *scene)
{
  g_autofree guint32 *counts = NULL;
  guint32 most = 0, points = 0;

  for (guint32 i = 0; i < scene->scene->n_points; i++)
    most = MAX (most, count_synapses (scene->network, scene->neurons[i]));
  counts = g_new0 (guint32, (gsize) most + 1);
  for (guint32 i = 0; i < scene->scene->n_points; i++)
    counts[count_synapses (scene->network, scene->neurons[i])]++;
  for (guint32 degree = most; degree > 0; degree--)
    if ((points += counts[degree]) >= CANDIDATES)
      return degree;
  return 0;
}

static void
append_candidates (GArray                   *candidates,
                   const EngramNetworkScene *scene,
                   guint32                   least,
                   guint32                   most,
                   guint                     limit)
{
  for (guint32 i = 0; i < scene->scene->n_points && candidates->len < limit; i++)
    {
      const Candidate candidate = { i, count_synapses (scene->network, scene->neurons[i]) };

      if (candidate.degree >= least && candidate.degree <= most)
        g_array_append_val (candidates, candidate);
    }
}

/* Where many are connected equally well, the first of them have to do: no more than CANDIDATES are ever sorted. */
static GArray *
list_candidates (const EngramNetworkScene *scene)
{
  g_autoptr (GArray) candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));
  GArray *points = g_array_new (FALSE, FALSE, sizeof (guint32));
  guint32 threshold = find_threshold (scene);

  append_candidates (candidates, scene, threshold + 1, G_MAXUINT32, CANDIDATES);
  append_candidates (candidates, scene, threshold, threshold, CANDIDATES);
  g_array_sort (candidates, compare_candidates);
  for (guint i = 0; i < candidates->len; i++)
    g_array_append_val (points, g_array_index (candidates, Candidate, i).point);
  return points;
}

GArray *
engram_network_view_list_important (EngramNetworkView *self)
{
  return list_candidates (engram_network_view_get_scene (self));
}

static char *
label_cb (guint32  point,
          gpointer user_data)
{
  EngramNetworkView *self = user_data;
  EngramNetworkScene *scene = engram_network_view_get_scene (self);

  if (scene == NULL || point >= scene->scene->n_points)
    return NULL;
  return g_strdup (engram_point_texts_get_name (self->texts, engram_network_scene_get_rowid (scene, point)));
}

void
engram_network_view_show_labels (EngramNetworkView *self)
{
  EngramNetworkScene *scene = engram_network_view_get_scene (self);

  if (scene == NULL || !self->labelled)
    {
      engram_scene_view_set_labels (self->scene_view, NULL, 0, NULL, NULL, NULL);
      return;
    }

  g_autoptr (GArray) points = list_candidates (scene);

  engram_scene_view_set_labels (self->scene_view, (const guint32 *) points->data, points->len, label_cb, self, NULL);
}

static char *
describe_point (EngramNetworkView  *self,
                EngramNetworkScene *scene,
                guint32             point)
{
  const EngramNetwork *network = scene->network;
  guint32 neuron = scene->neurons[point];
  gint64 rowid = engram_network_scene_get_rowid (scene, point);
  const char *text = engram_point_texts_get (self->texts, rowid);
  const char *name = engram_point_texts_get_name (self->texts, rowid);
  g_autofree char *type = engram_type_style_dup_label (network->type_names[network->types[neuron]]);
  guint32 degree = count_synapses (network, neuron);
  g_autofree char *synapses = g_strdup_printf (ngettext ("%'u synapse", "%'u synapses", degree), degree);
  g_autofree char *activation = engram_format_level (network->activations[neuron]);
  /* Translators: of a neuron: its type, its activation, and "12 synapses". */
  g_autofree char *facts = g_strdup_printf (_("%s, activation %s, %s"), type, activation, synapses);

  if (text == NULL || *text == '\0')
    return name != NULL && *name != '\0' ? g_strdup_printf ("%s\n%s", name, facts) : g_steal_pointer (&facts);
  if (g_str_has_prefix (text, name))
    return g_strdup_printf ("%s\n%s", text, facts);
  return g_strdup_printf ("%s\n%s\n%s", name, text, facts);
}

static char *
describe_edge (EngramNetworkView  *self,
               EngramNetworkScene *scene,
               guint32             edge)
{
  const EngramSceneEdge *ends = &scene->scene->edges[edge];
  const char *source = engram_point_texts_get_name (self->texts, engram_network_scene_get_rowid (scene, ends->source));
  const char *target = engram_point_texts_get_name (self->texts, engram_network_scene_get_rowid (scene, ends->target));
  g_autofree char *weight = engram_format_weight (ends->weight);
  g_autofree char *from = engram_format_line (source != NULL ? source : "…", 40);
  g_autofree char *to = engram_format_line (target != NULL ? target : "…", 40);

  /* Translators: a synapse: what stands for the neuron where it starts, for that to which it leads, and its weight. */
  return g_strdup_printf (_("%s → %s\nweight %s"), from, to, weight);
}

void
engram_network_view_show_hint (EngramNetworkView *self,
                               EngramPickedKind   kind,
                               guint32            index)
{
  EngramNetworkScene *scene = engram_network_view_get_scene (self);
  g_autofree char *text = NULL;

  if (scene != NULL && kind == ENGRAM_PICKED_POINT)
    text = describe_point (self, scene, index);
  else if (scene != NULL && kind == ENGRAM_PICKED_EDGE)
    text = describe_edge (self, scene, index);
  self->hovered_kind = kind;
  self->hovered_index = index;
  engram_scene_view_set_hint (self->scene_view, text);
}
