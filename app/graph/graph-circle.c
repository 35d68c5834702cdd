/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "graph-layouts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "graph-adjacency.h"
#include "graph-analyses.h"
#include "graph-fault.h"

/* The layout in a circle: community by community, each beside one that it is bound to, and within a community each node
 * towards where its neighbours are. */

typedef struct {
  guint32 node;
  guint32 rank;   /* of its community on the circle */
  double  lean;   /* towards where its neighbours are, seen from its community: -1/2 to 1/2 of the circle */
} Seat;

typedef struct {
  GraphAdjacency *adjacency;
  guint32        *communities;
  guint32         n_communities;
  guint32        *starts;   /* of each community in @members */
  guint32        *members;
  guint32        *ranks;    /* of each community */
  float          *bonds;    /* of the last community on the circle to the others */
  Seat           *seats;
} Circle;

static void
circle_clear (Circle *self)
{
  g_clear_pointer (&self->adjacency, graph_adjacency_free);
  g_free (self->communities);
  g_free (self->starts);
  g_free (self->members);
  g_free (self->ranks);
  g_free (self->bonds);
  g_free (self->seats);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Circle, circle_clear)

static gboolean
circle_init (Circle            *self,
             const GraphInput  *input,
             const float       *strengths,
             GError           **error)
{
  gsize n_nodes = input->request.n_nodes;

  self->communities = graph_find_communities (input, strengths, &self->n_communities, NULL, error);
  if (self->communities == NULL)
    return FALSE;
  self->adjacency = graph_adjacency_new (n_nodes, input->request.n_edges, input->sources, input->targets, strengths,
                                         TRUE, error);
  if (self->adjacency == NULL)
    return FALSE;
  self->starts = g_try_new0 (guint32, (gsize) self->n_communities + 2);
  self->members = g_try_new (guint32, n_nodes);
  self->ranks = g_try_new (guint32, self->n_communities);
  self->bonds = g_try_new0 (float, self->n_communities);
  self->seats = g_try_new (Seat, n_nodes);
  if (self->starts != NULL && self->members != NULL && self->ranks != NULL && self->bonds != NULL &&
      self->seats != NULL)
    return TRUE;
  graph_fault_set_memory (error);
  return FALSE;
}

static void
sort_members (Circle *self)
{
  guint32 n_nodes = self->adjacency->n_nodes;

  for (guint32 i = 0; i < n_nodes; i++)
    self->starts[self->communities[i] + 2]++;
  for (guint32 i = 2; i < self->n_communities + 2; i++)
    self->starts[i] += self->starts[i - 1];
  for (guint32 i = 0; i < n_nodes; i++)
    self->members[self->starts[self->communities[i] + 1]++] = i;
}

/* The community that is not on the circle yet and has the strongest bond to @last; or the largest, by @largest. */
static guint32
find_next (Circle  *self,
           guint32  last,
           guint32 *largest)
{
  guint32 best = G_MAXUINT32;
  float strongest = 0;

  for (guint32 i = self->starts[last]; i < self->starts[last + 1]; i++)
    for (gsize j = self->adjacency->offsets[self->members[i]]; j < self->adjacency->offsets[self->members[i] + 1]; j++)
      {
        guint32 other = self->communities[self->adjacency->neighbours[j]];

        self->bonds[other] += self->adjacency->weights[j];
        if (self->ranks[other] == G_MAXUINT32 && self->bonds[other] > strongest)
          {
            strongest = self->bonds[other];
            best = other;
          }
      }
  for (guint32 i = self->starts[last]; i < self->starts[last + 1]; i++)
    for (gsize j = self->adjacency->offsets[self->members[i]]; j < self->adjacency->offsets[self->members[i] + 1]; j++)
      self->bonds[self->communities[self->adjacency->neighbours[j]]] = 0;
  while (best == G_MAXUINT32 && self->ranks[*largest] != G_MAXUINT32)
    ++*largest;
  return best != G_MAXUINT32 ? best : *largest;
}

static void
rank_communities (Circle *self)
{
  guint32 largest = 0;
  guint32 last = 0;

  memset (self->ranks, 0xff, self->n_communities * sizeof (guint32));
  self->ranks[0] = 0;
  for (guint32 i = 1; i < self->n_communities; i++)
    {
      last = find_next (self, last, &largest);
      self->ranks[last] = i;
    }
}

static int
compare_seats (gconstpointer a,
               gconstpointer b)
{
  const Seat *one = a;
  const Seat *other = b;

  if (one->rank != other->rank)
    return one->rank < other->rank ? -1 : 1;
  if (one->lean != other->lean)
    return one->lean < other->lean ? -1 : 1;
  return one->node < other->node ? -1 : 1;
}

static void
sit_down (Circle *self,
          double *places)
{
  guint32 n_nodes = self->adjacency->n_nodes;

  qsort (self->seats, n_nodes, sizeof (Seat), compare_seats);
  for (guint32 i = 0; i < n_nodes; i++)
    {
      double angle = 2 * G_PI * i / n_nodes;

      places[2 * (gsize) self->seats[i].node] = cos (angle);
      places[2 * (gsize) self->seats[i].node + 1] = sin (angle);
    }
}

/* Where each node leans, seen from the middle of its community. */
static void
lean (Circle       *self,
      const double *places,
      guint32       begin,
      guint32       end)
{
  double middle = G_PI * (begin + end - 1) / self->adjacency->n_nodes;

  for (guint32 i = begin; i < end; i++)
    {
      Seat *seat = &self->seats[i];
      double x = 0;
      double y = 0;
      double turn;

      for (gsize j = self->adjacency->offsets[seat->node]; j < self->adjacency->offsets[seat->node + 1]; j++)
        {
          const double *neighbour = places + 2 * (gsize) self->adjacency->neighbours[j];

          x += self->adjacency->weights[j] * neighbour[0];
          y += self->adjacency->weights[j] * neighbour[1];
        }
      turn = x != 0 || y != 0 ? (atan2 (y, x) - middle) / (2 * G_PI) : 0;
      seat->lean = turn - round (turn);
    }
}

gboolean
graph_lay_out_in_circle (const GraphInput  *input,
                         double            *places,
                         EngramGraphSign   *sign,
                         GError           **error)
{
  g_autofree float *strengths = graph_input_get_strengths (input, sign, error);
  g_auto (Circle) self = { 0 };
  guint32 n_nodes = input->request.n_nodes;

  if (strengths == NULL || !circle_init (&self, input, strengths, error))
    return FALSE;
  sort_members (&self);
  rank_communities (&self);
  for (guint32 i = 0; i < n_nodes; i++)
    self.seats[i] = (Seat) { .node = i, .rank = self.ranks[self.communities[i]] };
  sit_down (&self, places);
  for (guint32 begin = 0, end; begin < n_nodes; begin = end)
    {
      for (end = begin + 1; end < n_nodes && self.seats[end].rank == self.seats[begin].rank;)
        end++;
      lean (&self, places, begin, end);
    }
  sit_down (&self, places);
  return TRUE;
}
