/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "graph/engram-graph-view-private.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "graph/engram-graph-alignment.h"
#include "graph/engram-graph-work.h"

/* The same graph gives the same picture. */
#define SEED 1

#define LEAST_PULL 0.3f

/* Pictures on the way of more points jump: moving them takes the time that the next one is waiting for. */
#define MOST_MOVING 20000

/* The layers of a layered picture take up this share of its width at least. */
#define LAYERS_SHARE 0.6f

/* One run, shared by the view and the worker. */
typedef struct {
  EngramNetworkScene *scene;
  EngramGraphViewLayout layout;
  guint32 centre;
  float *anchors;     /* x, y, z of each point before, NaN where it is new */
  gboolean fit;
  float *positions;   /* x, y of each point: the result */
  EngramGraphSign sign;
  GWeakRef view;

  GMutex mutex;       /* guards: */
  float *picture;     /* a picture on the way that was not shown yet, or NULL */
} Layout;

static const struct {
  const char *label;
  guint32     limit; /* of neurons; 0 for none */
} layouts[ENGRAM_GRAPH_VIEW_N_LAYOUTS] = {
  [ENGRAM_GRAPH_VIEW_FORCE] = { N_("Force Directed"), 0 },
  [ENGRAM_GRAPH_VIEW_KAMADA_KAWAI] = { N_("Kamada–Kawai"), ENGRAM_GRAPH_KAMADA_KAWAI_LIMIT },
  [ENGRAM_GRAPH_VIEW_DRL] = { N_("DrL"), ENGRAM_GRAPH_DRL_LIMIT },
  [ENGRAM_GRAPH_VIEW_LAYERED] = { N_("Layered"), ENGRAM_GRAPH_LAYERED_LIMIT },
  [ENGRAM_GRAPH_VIEW_RADIAL] = { N_("Radial"), 0 },
  [ENGRAM_GRAPH_VIEW_CIRCLE] = { N_("Circle"), 0 },
  [ENGRAM_GRAPH_VIEW_AS_IN_SPACE] = { N_("As in Space"), 0 },
};

char *
engram_graph_view_layout_dup_label (EngramGraphViewLayout layout)
{
  if (layouts[layout].limit == 0)
    return g_strdup (_(layouts[layout].label));
  /* Translators: the name of a layout, and how many neurons it takes: "Layered (up to 1,000)". */
  return g_strdup_printf (_("%s (up to %'u)"), _(layouts[layout].label), layouts[layout].limit);
}

static gboolean
takes_all (EngramGraphView *self)
{
  EngramNetworkScene *scene = engram_graph_view_get_scene (self);

  return layouts[self->layout].limit == 0 || scene == NULL || scene->scene->n_points <= layouts[self->layout].limit;
}

gboolean
engram_graph_view_takes_layout (EngramGraphView *self)
{
  if (takes_all (self))
    return TRUE;
  g_free (self->problem);
  self->problem = g_strdup_printf (_("%s takes %'u neurons at most, and %'u are shown. Choose another layout, or show "
                                     "fewer neurons."), _(layouts[self->layout].label), layouts[self->layout].limit,
                                   engram_graph_view_get_scene (self)->scene->n_points);
  engram_graph_view_update_status (self);
  return FALSE;
}

/* What is chosen, unless it takes no so many: something better than chance is to be seen in any case. */
static EngramGraphViewLayout
choose_layout (EngramGraphView *self)
{
  if (takes_all (self))
    return self->layout;
  self->problem = g_strdup_printf (_("%s takes %'u neurons at most, and %'u are shown: they are laid out by forces "
                                     "instead."),
                                   _(layouts[self->layout].label), layouts[self->layout].limit,
                                   engram_graph_view_get_scene (self)->scene->n_points);
  return ENGRAM_GRAPH_VIEW_FORCE;
}

static void
layout_free (gpointer data)
{
  Layout *self = data;

  engram_network_scene_unref (self->scene);
  g_free (self->anchors);
  g_free (self->positions);
  g_free (self->picture);
  g_weak_ref_clear (&self->view);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

/* Radial: the most connected of the neurons in the middle, or of all. */
static guint32
find_centre (EngramGraphView    *self,
             EngramNetworkScene *scene)
{
  const EngramRowSet *focus = self->options->focus;
  const EngramNetwork *network = scene->network;
  guint32 centre = 0, most = 0;

  for (guint32 i = 0; i < scene->scene->n_points; i++)
    {
      guint32 neuron = scene->neurons[i];
      gboolean in_focus = focus != NULL && engram_row_set_contains (focus, network->neuron_rowids[neuron]);
      guint32 degree = (network->out_offsets[neuron + 1] - network->out_offsets[neuron])
                       + (network->in_offsets[neuron + 1] - network->in_offsets[neuron]);
      guint32 rank = (in_focus ? network->n_synapses * 2 : 0) + degree;

      if (rank > most)
        {
          most = rank;
          centre = i;
        }
    }
  return centre;
}

/* Edges lead downwards, which is where y becomes less. How far apart layers are says nothing, so they are drawn apart
 * until they can be told from each other: many neurons in a few of them would be one line. */
static void
arrange_layers (float   *places,
               guint32  n)
{
  float low[2] = { INFINITY, INFINITY }, high[2] = { -INFINITY, -INFINITY };
  float stretch;

  for (guint32 i = 0; i < n; i++)
    for (int axis = 0; axis < 2; axis++)
      {
        low[axis] = MIN (low[axis], places[3 * (gsize) i + axis]);
        high[axis] = MAX (high[axis], places[3 * (gsize) i + axis]);
      }
  stretch = high[1] > low[1] ? LAYERS_SHARE * (high[0] - low[0]) / (high[1] - low[1]) : 1;
  for (guint32 i = 0; i < n; i++)
    places[3 * (gsize) i + 1] *= -MAX (stretch, 1);
}

/* From x and y of each point to x, y and z, turned and scaled to where the points were; what is pinned stays. */
static float *
make_places (EngramGraphView *self,
             const Layout    *layout,
             const float     *positions)
{
  /* Up and down mean something in these. */
  gboolean turn = layout->layout != ENGRAM_GRAPH_VIEW_LAYERED && layout->layout != ENGRAM_GRAPH_VIEW_AS_IN_SPACE;
  guint32 n = layout->scene->scene->n_points;
  float *places = g_new0 (float, 3 * (gsize) n);
  EngramGraphAlignment alignment;

  for (guint32 i = 0; i < n; i++)
    {
      places[3 * (gsize) i] = positions[2 * (gsize) i];
      places[3 * (gsize) i + 1] = positions[2 * (gsize) i + 1];
    }
  engram_graph_places_fill (layout->scene->scene, places);
  if (layout->layout == ENGRAM_GRAPH_VIEW_LAYERED)
    arrange_layers (places, n);
  engram_graph_alignment_find (&alignment, places, layout->anchors, n, turn);
  engram_graph_alignment_apply (&alignment, places, n);
  return places;
}

/* (transfer full): of each point its row */
static gint64 *
list_rowids (const EngramNetworkScene *scene)
{
  gint64 *rowids = g_new (gint64, MAX (scene->scene->n_points, 1));

  for (guint32 i = 0; i < scene->scene->n_points; i++)
    rowids[i] = engram_network_scene_get_rowid (scene, i);
  return rowids;
}

/* The network may have changed since the layout began: what there is now goes where the layout has put it, and what
 * it did not know of is put beside that. */
static void
show_places (EngramGraphView *self,
             const Layout    *layout,
             const float     *positions)
{
  EngramNetworkScene *scene = engram_graph_view_get_scene (self);
  g_autofree float *laid_out = make_places (self, layout, positions);
  g_autofree gint64 *rowids = list_rowids (layout->scene), *shown = NULL;
  float *places;

  engram_graph_places_store (self->options->places, rowids, laid_out, layout->scene->scene->n_points);
  if (scene == NULL || scene->scene->n_points == 0)
    return;
  places = engram_scene_copy_places (scene->scene);
  shown = list_rowids (scene);
  if (!engram_graph_places_recall (self->options->places, shown, places, scene->scene->n_points))
    {
      engram_graph_places_fill (scene->scene, places);
      engram_graph_places_store (self->options->places, shown, places, scene->scene->n_points);
    }
  engram_graph_view_move_to (self, places, layout->fit);
}

/* Pictures on the way */

static gboolean
picture_cb (gpointer user_data)
{
  EngramJob *job = user_data;
  Layout *layout = engram_job_get_data (job);
  g_autoptr (EngramGraphView) self = g_weak_ref_get (&layout->view);
  g_autofree float *picture = NULL;

  g_mutex_lock (&layout->mutex);
  picture = g_steal_pointer (&layout->picture);
  g_mutex_unlock (&layout->mutex);
  if (self != NULL && self->job == job && picture != NULL)
    {
      show_places (self, layout, picture);
      if (layout->scene->scene->n_points > MOST_MOVING)
        engram_place_motion_finish (self->motion);
    }
  return G_SOURCE_REMOVE;
}

/* In the worker. Where the main thread has not come to the last picture, it skips that. */
static void
picture_come (const float *positions,
              gpointer     user_data)
{
  EngramJob *job = user_data;
  Layout *layout = engram_job_get_data (job);
  float *picture = g_memdup2 (positions, 2 * (gsize) layout->scene->scene->n_points * sizeof (float));
  float *skipped;

  g_mutex_lock (&layout->mutex);
  skipped = g_steal_pointer (&layout->picture);
  layout->picture = picture;
  g_mutex_unlock (&layout->mutex);
  if (skipped == NULL)
    g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, picture_cb, g_object_ref (job), g_object_unref);
  g_free (skipped);
}

/* The work */

/* Where the neurons stand, seen along z; the mean length of an edge is 1 as in all layouts. */
static void
lay_out_as_in_space (Layout *layout)
{
  const EngramNetworkScene *scene = layout->scene;
  double sum = 0;
  guint32 n = 0;

  for (guint32 i = 0; i < scene->scene->n_points; i++)
    for (int axis = 0; axis < 2; axis++)
      layout->positions[2 * (gsize) i + axis] = scene->network->positions[3 * (gsize) scene->neurons[i] + axis];
  for (guint32 i = 0; i < scene->scene->n_edges; i++)
    {
      const float *a = &layout->positions[2 * (gsize) scene->scene->edges[i].source];
      const float *b = &layout->positions[2 * (gsize) scene->scene->edges[i].target];
      double length = hypot (b[0] - a[0], b[1] - a[1]);

      if (isfinite (length) && length > 0)
        {
          sum += length;
          n++;
        }
    }
  for (gsize i = 0; n > 0 && i < 2 * (gsize) scene->scene->n_points; i++)
    layout->positions[i] = (float) (layout->positions[i] * n / sum);
}

/* How strongly an edge pulls: the strongest three times as strong as the weakest at most, for else what hangs on weak
 * synapses alone would be so far away that all others are one heap. @strongest: |weight| of the strongest edge */
static float
soften (float weight,
        float strongest)
{
  float share = strongest > 0 && isfinite (weight) ? sqrtf (MIN (fabsf (weight) / strongest, 1)) : 0;

  return copysignf (LEAST_PULL + (1 - LEAST_PULL) * share, weight);
}

static gboolean
work (EngramJob     *job,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  Layout *layout = data;
  const EngramScene *scene = layout->scene->scene;
  const EngramGraphCall call = { engram_job_progress, picture_come, job, cancellable };
  const EngramGraphLayoutOptions options = {
    .layout = (EngramGraphLayout) layout->layout, .n_dimensions = 2, .seed = SEED, .centre = layout->centre,
  };
  g_autofree guint32 *sources = g_new (guint32, scene->n_edges), *targets = g_new (guint32, scene->n_edges);
  g_autofree float *weights = g_new (float, scene->n_edges);
  EngramGraph graph = { scene->n_points, scene->n_edges, sources, targets, weights };

  if (layout->layout == ENGRAM_GRAPH_VIEW_AS_IN_SPACE)
    {
      lay_out_as_in_space (layout);
      return TRUE;
    }
  for (guint32 i = 0; i < scene->n_edges; i++)
    {
      sources[i] = scene->edges[i].source;
      targets[i] = scene->edges[i].target;
      weights[i] = soften (scene->edges[i].weight, fabsf (scene->edges[0].weight));
    }
  return engram_graph_lay_out (&graph, &options, &call, layout->positions, &layout->sign, error);
}

static void
ended_cb (EngramGraphView *self,
          EngramJob       *job)
{
  const Layout *layout = engram_job_get_data (job);
  g_autoptr (EngramJob) ended = g_steal_pointer (&self->job);

  if (engram_job_get_state (job) == ENGRAM_JOB_DONE)
    {
      self->sign = layout->sign;
      /* Where others were does not go with this picture any more. */
      engram_graph_places_clear (self->options->places);
      show_places (self, layout, layout->positions);
    }
  else if (engram_job_get_state (job) == ENGRAM_JOB_FAILED)
    self->problem = g_strdup (engram_job_get_error (job)->message);
  engram_graph_view_update_sign (self);
  engram_graph_view_layout_changed (self);
}

void
engram_graph_view_stop_layout (EngramGraphView *self)
{
  if (self->job == NULL)
    return;
  g_signal_handlers_disconnect_by_func (self->job, ended_cb, self);
  engram_job_cancel (self->job);
  g_clear_object (&self->job);
  engram_graph_view_layout_changed (self);
}

gboolean
engram_graph_view_layout_holds (EngramGraphView    *self,
                                EngramNetworkScene *scene)
{
  const Layout *layout = engram_job_get_data (self->job);
  const EngramScene *a = layout->scene->scene, *b = scene != NULL ? scene->scene : NULL;

  if (b == NULL || a->n_points != b->n_points || a->n_edges != b->n_edges)
    return FALSE;
  for (guint32 i = 0; i < a->n_points; i++)
    if (engram_network_scene_get_rowid (layout->scene, i) != engram_network_scene_get_rowid (scene, i))
      return FALSE;
  return a->n_edges == 0 || memcmp (a->edges, b->edges, a->n_edges * sizeof *a->edges) == 0;
}

static Layout *
layout_new (EngramGraphView *self,
            float           *anchors,
            gboolean         fit)
{
  EngramNetworkScene *scene = engram_graph_view_get_scene (self);
  Layout *layout = g_new0 (Layout, 1);

  layout->scene = engram_network_scene_ref (scene);
  layout->layout = choose_layout (self);
  layout->centre = find_centre (self, scene);
  layout->anchors = anchors != NULL ? anchors : engram_scene_copy_places (scene->scene);
  layout->fit = fit;
  layout->positions = g_new0 (float, 2 * (gsize) scene->scene->n_points);
  g_weak_ref_init (&layout->view, self);
  g_mutex_init (&layout->mutex);
  return layout;
}

void
engram_graph_view_lay_out (EngramGraphView *self,
                           float           *anchors,
                           gboolean         fit)
{
  EngramNetworkScene *scene = engram_graph_view_get_scene (self);

  engram_graph_view_stop_layout (self);
  g_clear_pointer (&self->problem, g_free);
  if (scene == NULL || scene->scene->n_points == 0)
    {
      g_free (anchors);
      return;
    }
  self->job = engram_job_new (_("Laying out the graph"), work, layout_new (self, anchors, fit), layout_free);
  g_signal_connect_object (self->job, "ended", G_CALLBACK (ended_cb), self, G_CONNECT_SWAPPED);
  engram_job_set_background (self->job, TRUE);
  engram_job_start (self->job);
  g_signal_emit_by_name (self->session, "job-added", self->job);
  engram_graph_view_layout_changed (self);
}
