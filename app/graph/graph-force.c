/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "graph-layouts.h"

#include <math.h>
#include <string.h>

#include "graph-analyses.h"
#include "graph-channel.h"
#include "graph-fault.h"
#include "graph-parts.h"
#include "graph-relax.h"

/* The force layout: each part of the graph is joined level by level, within its communities first (graph-levels.c), the
 * smallest level is brought into balance (graph-relax.c), and its nodes are opened level by level. */

/* A part with fewer edges a node is laid out as a tree. */
#define TREE_EDGES 1.2

/* The pull of the middle, of the push of a mean community at the scale. */
#define GRAVITY 0.25

/* Levels of so few nodes find their order without a scale first, so that they do not fold. */
#define MAX_UNFOLDING 300

/* How far nodes go in a step: from anywhere, from where their parent is, and from where they were before. */
#define REACH_FIRST 0.3
#define REACH_OPENED 0.1
#define REACH_STARTED 0.03

/* Many nodes take fewer steps, since they stand nearly right when they are opened. */
#define STEPS_TIMES_NODES 4e6
#define MIN_STEPS 40
#define MAX_STEPS 200

/* Of the scale. */
#define SMALL_OFFSET 0.001

typedef struct {
  const GraphInput *input;
  const float      *strengths;
  guint32          *communities;
  double           *masses;      /* of each community */
  double           *weights;     /* of the edges within each */
  GraphParts       *parts;
  GRand            *random;
  GraphForces       forces;      /* of the part that is laid out */
  double           *places;      /* in the order of the parts' nodes */
  /* The part and the level that are laid out, for the pictures on the way. */
  guint32           part;
  GPtrArray        *levels;
  guint             level;
  double           *level_places;
} Force;

static void
force_clear (Force *self)
{
  g_free (self->communities);
  g_free (self->masses);
  g_free (self->weights);
  g_clear_pointer (&self->parts, graph_parts_free);
  g_clear_pointer (&self->random, g_rand_free);
  g_free (self->places);
  g_clear_pointer (&self->levels, g_ptr_array_unref);
  g_free (self->level_places);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Force, force_clear)

/* Anywhere within @radius of @middle. */
static void
place_near (GRand        *random,
            guint         n_dimensions,
            const double *middle,
            double        radius,
            double       *place)
{
  double offset[3];
  double squared;

  do
    {
      squared = 0;
      for (guint d = 0; d < n_dimensions; d++)
        {
          offset[d] = g_rand_double_range (random, -1, 1);
          squared += offset[d] * offset[d];
        }
    }
  while (squared > 1);
  for (guint d = 0; d < n_dimensions; d++)
    place[d] = (middle != NULL ? middle[d] : 0) + offset[d] * radius;
}

/* Where the nodes of @level are while those of the next, into which they are joined, are at @places. */
static double *
open_level (Force             *self,
            GRand             *random,
            const GraphLevel  *level,
            const GraphLevel  *next,
            const double      *places,
            GError           **error)
{
  guint n_dimensions = self->forces.n_dimensions;
  guint32 n_nodes = level->adjacency->n_nodes;
  double *opened = g_try_new (double, (gsize) n_nodes * n_dimensions);

  if (opened == NULL)
    {
      graph_fault_set_memory (error);
      return NULL;
    }
  for (guint32 i = 0; i < n_nodes; i++)
    {
      guint32 parent = level->parents[i];
      double radius = graph_forces_get_radius (&self->forces, next->masses[parent], next->inner[parent]);

      place_near (random, n_dimensions, places + (gsize) parent * n_dimensions, radius / 2,
                  opened + (gsize) i * n_dimensions);
    }
  return opened;
}

static double *
place_last_level (Force             *self,
                  const GraphLevel  *level,
                  GError           **error)
{
  guint n_dimensions = self->forces.n_dimensions;
  const GraphAdjacency *adjacency = level->adjacency;
  double *places = g_try_new (double, (gsize) adjacency->n_nodes * n_dimensions);
  double mass = 0;
  double weight = 0;

  if (places == NULL)
    {
      graph_fault_set_memory (error);
      return NULL;
    }
  for (guint32 i = 0; i < adjacency->n_nodes; i++)
    mass += level->masses[i];
  for (gsize i = 0; i < adjacency->offsets[adjacency->n_nodes]; i++)
    weight += adjacency->weights[i] / 2;
  for (guint32 i = 0; i < adjacency->n_nodes; i++)
    place_near (self->random, n_dimensions, NULL, graph_forces_get_radius (&self->forces, mass, weight),
                places + (gsize) i * n_dimensions);
  return places;
}

/* Turns places in the order of the parts into those of all nodes. */
static gboolean
finish (Force   *self,
        double  *places,
        double  *finished,
        GError **error)
{
  guint n_dimensions = self->forces.n_dimensions;

  if (self->input->start == NULL && !graph_parts_pack (self->parts, self->input, places, error))
    return FALSE;
  for (gsize i = 0; i < self->input->request.n_nodes; i++)
    memcpy (finished + (gsize) self->parts->nodes[i] * n_dimensions, places + i * n_dimensions,
            n_dimensions * sizeof (double));
  return TRUE;
}

/* Opens the level that is laid out down to the graph's own nodes. */
static gboolean
open_all_levels (Force   *self,
                 double  *places,
                 GError **error)
{
  g_autoptr (GRand) random = g_rand_copy (self->random);
  const GraphLevel *first = g_ptr_array_index (self->levels, 0);
  g_autofree double *opened = NULL;

  for (guint i = self->level; i-- > 0;)
    {
      double *next = open_level (self, random, g_ptr_array_index (self->levels, i),
                                 g_ptr_array_index (self->levels, i + 1),
                                 opened != NULL ? opened : self->level_places, error);

      if (next == NULL)
        return FALSE;
      g_free (opened);
      opened = next;
    }
  memcpy (places + (gsize) self->parts->node_starts[self->part] * self->forces.n_dimensions,
          opened != NULL ? opened : self->level_places,
          (gsize) first->adjacency->n_nodes * self->forces.n_dimensions * sizeof (double));
  return TRUE;
}

/* A picture that cannot be made is left out: what memory there is, is for the layout. */
static void
send_picture (Force *self)
{
  const EngramGraphRequest *request = &self->input->request;
  gsize n_numbers = (gsize) request->n_nodes * request->n_dimensions;
  g_autofree double *places = g_try_new (double, n_numbers);
  g_autofree double *finished = g_try_new (double, n_numbers);
  g_autofree float *picture = g_try_new (float, n_numbers);

  if (places == NULL || finished == NULL || picture == NULL)
    return;
  memcpy (places, self->places, n_numbers * sizeof (double));
  if (!open_all_levels (self, places, NULL) || !finish (self, places, finished, NULL))
    return;
  graph_layout_finish (self->input, finished, picture);
  graph_channel_send_picture (request, picture);
}

static void
stepped_cb (double   share,
            gpointer user_data)
{
  Force *self = user_data;
  const GraphParts *parts = self->parts;
  double n_nodes = parts->node_starts[self->part + 1] - parts->node_starts[self->part];
  double done = 0;
  double all = 0;

  for (guint i = 0; i < self->levels->len; i++)
    {
      const GraphLevel *level = g_ptr_array_index (self->levels, i);

      all += level->adjacency->n_nodes;
      done += level->adjacency->n_nodes * (i > self->level ? 1 : i == self->level ? share : 0);
    }
  graph_channel_send_progress (ENGRAM_GRAPH_PHASE_WORKING,
                               (parts->node_starts[self->part] + n_nodes * done / all) / self->input->request.n_nodes);
  if (graph_channel_wants_picture ())
    send_picture (self);
}

static guint
get_n_steps (guint32 n_nodes)
{
  return CLAMP (STEPS_TIMES_NODES / n_nodes, MIN_STEPS, MAX_STEPS);
}

static gboolean
relax_level (Force   *self,
             double   reach,
             GError **error)
{
  const GraphLevel *level = g_ptr_array_index (self->levels, self->level);
  guint32 n_nodes = level->adjacency->n_nodes;
  GraphForces unfolding = self->forces;

  unfolding.scale = 0;
  if (n_nodes <= MAX_UNFOLDING && reach > REACH_STARTED)
    if (!graph_relax (level, &unfolding, self->level_places, get_n_steps (n_nodes), reach, NULL, NULL, error))
      return FALSE;
  return graph_relax (level, &self->forces, self->level_places, get_n_steps (n_nodes), reach,
                      self->level < 3 || n_nodes > MAX_UNFOLDING ? stepped_cb : NULL, self, error);
}

/* All levels from the smallest on. */
static gboolean
relax_levels (Force   *self,
              GError **error)
{
  self->level = self->levels->len - 1;
  self->level_places = place_last_level (self, g_ptr_array_index (self->levels, self->level), error);
  if (self->level_places == NULL || !relax_level (self, REACH_FIRST, error))
    return FALSE;
  while (self->level > 0)
    {
      double *opened = open_level (self, self->random, g_ptr_array_index (self->levels, self->level - 1),
                                   g_ptr_array_index (self->levels, self->level), self->level_places, error);

      if (opened == NULL)
        return FALSE;
      g_free (self->level_places);
      self->level_places = opened;
      self->level--;
      if (!relax_level (self, REACH_OPENED, error))
        return FALSE;
    }
  return TRUE;
}

/* By what the places of a part grow to be in balance as a whole: 0 where they have no extent. */
static double
get_balancing_factor (Force        *self,
                      const double *places)
{
  const GraphLevel *level = g_ptr_array_index (self->levels, 0);
  const GraphAdjacency *adjacency = level->adjacency;
  guint n_dimensions = self->forces.n_dimensions;
  double pull = 0;
  double mass = 0;

  for (gsize i = 0; i < adjacency->n_nodes; i++)
    {
      mass += level->masses[i];
      for (gsize j = adjacency->offsets[i]; j < adjacency->offsets[i + 1]; j++)
        {
          const double *other = places + (gsize) adjacency->neighbours[j] * n_dimensions;
          double squared = 0;

          for (guint d = 0; d < n_dimensions; d++)
            {
              double offset = places[i * n_dimensions + d] - other[d];

              squared += offset * offset;
            }
          pull += adjacency->weights[j] / 2 * (self->forces.stiff ? squared * sqrt (squared) : squared);
        }
    }
  if (!(pull > 0))
    return 0;
  return self->forces.stiff ? cbrt (mass * mass / 2 / pull) : sqrt (mass * mass / 2 / pull);
}

static void
get_middle (const double *places,
            gsize         n_nodes,
            guint         n_dimensions,
            double       *middle)
{
  for (guint d = 0; d < n_dimensions; d++)
    {
      middle[d] = 0;
      for (gsize i = 0; i < n_nodes; i++)
        middle[d] += places[i * n_dimensions + d] / n_nodes;
    }
}

/* Moves and scales, so that what is at one point comes to another. */
static void
transform (double       *places,
           gsize         n_nodes,
           guint         n_dimensions,
           const double *from,
           double        factor,
           const double *to)
{
  for (gsize i = 0; i < n_nodes; i++)
    for (guint d = 0; d < n_dimensions; d++)
      places[i * n_dimensions + d] = (places[i * n_dimensions + d] - from[d]) * factor + to[d];
}

/* From where the nodes are; their middle and about their scale stay. */
static gboolean
relax_from_start (Force   *self,
                  GError **error)
{
  static const double origin[3] = { 0 };
  guint n_dimensions = self->forces.n_dimensions;
  const double *start = self->places + (gsize) self->parts->node_starts[self->part] * n_dimensions;
  gsize n_nodes = self->parts->node_starts[self->part + 1] - self->parts->node_starts[self->part];
  double factor = get_balancing_factor (self, start);
  double middle[3];
  double relaxed[3];

  get_middle (start, n_nodes, n_dimensions, middle);
  if (factor > 0 && isfinite (factor))
    {
      self->level = 0;
      self->level_places = g_try_new (double, n_nodes * n_dimensions);
      if (self->level_places == NULL)
        {
          graph_fault_set_memory (error);
          return FALSE;
        }
      memcpy (self->level_places, start, n_nodes * n_dimensions * sizeof (double));
      transform (self->level_places, n_nodes, n_dimensions, middle, factor, origin);
      /* Nodes at the very same place would never part. */
      for (gsize i = 0; i < n_nodes; i++)
        place_near (self->random, n_dimensions, self->level_places + i * n_dimensions,
                    self->forces.scale * SMALL_OFFSET, self->level_places + i * n_dimensions);
      if (!relax_level (self, REACH_STARTED, error))
        return FALSE;
    }
  else
    {
      factor = MAX (self->forces.scale, G_MINDOUBLE);
      if (!relax_levels (self, error))
        return FALSE;
    }
  get_middle (self->level_places, n_nodes, n_dimensions, relaxed);
  transform (self->level_places, n_nodes, n_dimensions, relaxed, 1 / factor, middle);
  return TRUE;
}

/* The edges of a part, between its nodes' numbers. */
static GraphAdjacency *
get_part_adjacency (Force   *self,
                    GError **error)
{
  const GraphParts *parts = self->parts;
  gsize begin = parts->edge_starts[self->part];
  gsize n_edges = parts->edge_starts[self->part + 1] - begin;
  g_autofree guint32 *sources = g_try_new (guint32, n_edges + 1);
  g_autofree guint32 *targets = g_try_new (guint32, n_edges + 1);
  g_autofree float *weights = g_try_new (float, n_edges + 1);

  if (sources == NULL || targets == NULL || weights == NULL)
    {
      graph_fault_set_memory (error);
      return NULL;
    }
  for (gsize i = 0; i < n_edges; i++)
    {
      guint32 edge = parts->edges[begin + i];

      sources[i] = parts->numbers[self->input->sources[edge]];
      targets[i] = parts->numbers[self->input->targets[edge]];
      weights[i] = self->strengths[edge];
    }
  return graph_adjacency_new (parts->node_starts[self->part + 1] - parts->node_starts[self->part], n_edges, sources,
                              targets, weights, TRUE, error);
}

static gboolean
make_levels (Force   *self,
             GError **error)
{
  guint32 begin = self->parts->node_starts[self->part];
  GraphAdjacency *adjacency = get_part_adjacency (self, error);
  g_autofree guint32 *communities = NULL;

  if (adjacency == NULL)
    return FALSE;
  communities = g_try_new (guint32, adjacency->n_nodes);
  if (communities == NULL)
    {
      graph_adjacency_free (adjacency);
      graph_fault_set_memory (error);
      return FALSE;
    }
  for (guint32 i = 0; i < adjacency->n_nodes; i++)
    communities[i] = self->communities[self->parts->nodes[begin + i]];
  self->levels = graph_levels_new (adjacency, communities, self->random, error);
  return self->levels != NULL;
}

/* The scale is the radius in which the mean node's community would lie in balance. */
static void
set_forces (Force *self)
{
  const GraphLevel *level = g_ptr_array_index (self->levels, 0);
  const GraphAdjacency *adjacency = level->adjacency;
  double sum = 0;
  double mass = 0;
  double community_mass = 0;

  self->forces.stiff = adjacency->offsets[adjacency->n_nodes] / 2 < TREE_EDGES * adjacency->n_nodes;
  for (guint32 i = 0; i < adjacency->n_nodes; i++)
    {
      self->masses[level->communities[i]] += level->masses[i];
      for (gsize j = adjacency->offsets[i]; j < adjacency->offsets[i + 1]; j++)
        if (level->communities[adjacency->neighbours[j]] == level->communities[i])
          self->weights[level->communities[i]] += adjacency->weights[j] / 2;
    }
  for (guint32 i = 0; i < adjacency->n_nodes; i++)
    {
      guint32 community = level->communities[i];

      sum += level->masses[i] *
             graph_forces_get_radius (&self->forces, self->masses[community], self->weights[community]);
      mass += level->masses[i];
      community_mass += level->masses[i] * self->masses[community];
    }
  self->forces.scale = sum / mass;
  self->forces.gravity = self->forces.stiff || !(self->forces.scale > 0)
                         ? 0 : GRAVITY * community_mass / mass / (self->forces.scale * self->forces.scale);
}

static gboolean
lay_out_part (Force   *self,
              guint32  part,
              GError **error)
{
  gsize begin = (gsize) self->parts->node_starts[part] * self->forces.n_dimensions;
  gsize n_numbers = (gsize) self->parts->node_starts[part + 1] * self->forces.n_dimensions - begin;

  self->part = part;
  if (n_numbers == self->forces.n_dimensions)
    return TRUE;
  g_clear_pointer (&self->levels, g_ptr_array_unref);
  g_clear_pointer (&self->level_places, g_free);
  if (!make_levels (self, error))
    return FALSE;
  set_forces (self);
  if (!(self->input->start != NULL ? relax_from_start (self, error) : relax_levels (self, error)))
    return FALSE;
  memcpy (self->places + begin, self->level_places, n_numbers * sizeof (double));
  return TRUE;
}

/* Parts whose turn has not come stand where they start, or in a heap: a picture shows all nodes. */
static void
place_first (Force *self)
{
  guint n_dimensions = self->forces.n_dimensions;
  const GraphParts *parts = self->parts;

  for (guint32 part = 0; part < parts->n_parts; part++)
    {
      guint32 n_nodes = parts->node_starts[part + 1] - parts->node_starts[part];

      for (gsize i = parts->node_starts[part]; i < parts->node_starts[part + 1]; i++)
        if (self->input->start == NULL)
          place_near (self->random, n_dimensions, NULL, n_nodes > 1 ? sqrt (n_nodes) : 0,
                      self->places + i * n_dimensions);
        else
          for (guint d = 0; d < n_dimensions; d++)
            self->places[i * n_dimensions + d] = self->input->start[(gsize) parts->nodes[i] * n_dimensions + d];
    }
}

static gboolean
force_init (Force             *self,
            const GraphInput  *input,
            const float       *strengths,
            GError           **error)
{
  guint32 n_communities;

  self->input = input;
  self->strengths = strengths;
  self->forces.n_dimensions = input->request.n_dimensions;
  self->random = g_rand_new_with_seed (input->request.seed);
  self->communities = graph_find_communities (input, strengths, &n_communities, NULL, error);
  if (self->communities == NULL)
    return FALSE;
  self->parts = graph_parts_new (input, error);
  if (self->parts == NULL)
    return FALSE;
  self->places = g_try_new (double, (gsize) input->request.n_nodes * input->request.n_dimensions + 1);
  self->masses = g_try_new0 (double, (gsize) n_communities + 1);
  self->weights = g_try_new0 (double, (gsize) n_communities + 1);
  if (self->places == NULL || self->masses == NULL || self->weights == NULL)
    {
      graph_fault_set_memory (error);
      return FALSE;
    }
  place_first (self);
  return TRUE;
}

gboolean
graph_lay_out_by_force (const GraphInput  *input,
                        double            *places,
                        EngramGraphSign   *sign,
                        GError           **error)
{
  g_autofree float *strengths = graph_input_get_strengths (input, sign, error);
  g_auto (Force) self = { 0 };

  if (strengths == NULL || !force_init (&self, input, strengths, error))
    return FALSE;
  for (guint32 part = 0; part < self.parts->n_parts; part++)
    if (!lay_out_part (&self, part, error))
      return FALSE;
  return finish (&self, self.places, places, error);
}
