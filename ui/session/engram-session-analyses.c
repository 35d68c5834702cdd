/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "session/engram-session-private.h"

#include <glib/gi18n.h>
#include <math.h>

#include "common/engram-text-format.h"
#include "graph/engram-graph-work.h"
#include "jobs/engram-job-part.h"

/* The same network gives the same communities. */
#define SEED 1

/* How much of the work is over when the nearest of all neurons are known. */
#define NEIGHBOURS_KNOWN 0.7

typedef struct {
  EngramJob *job;    /* that runs, or NULL */
  char      *note;   /* of the result, or NULL */
  guint64    stamp;  /* of the file that it is of */
} State;

struct _EngramAnalyses {
  EngramSession *session;
  guint64        stamp; /* of the file as it is now */
  State          states[ENGRAM_N_ANALYSES];
  EngramDifferences *differences; /* or NULL */
};

/* What a job does. */
typedef struct {
  EngramAnalysis       analysis;
  EngramSearcher      *searcher;

  EngramJob           *job;
  GCancellable        *cancellable;
  EngramNetwork       *network;
  EngramGraph          graph;
  float               *weights;

  guint64              stamp;
  EngramRecordNumbers *values;
  char                *note;
} Work;

static void
work_free (gpointer data)
{
  Work *self = data;

  g_object_unref (self->searcher);
  g_clear_pointer (&self->network, engram_network_unref);
  g_free (self->weights);
  g_clear_pointer (&self->values, engram_record_numbers_unref);
  g_free (self->note);
  g_free (self);
}

/* In the worker */

static void
fill_graph (Work *self)
{
  const EngramNetwork *network = self->network;

  self->weights = g_new (float, network->n_synapses);
  for (guint32 i = 0; i < network->n_synapses; i++)
    self->weights[i] = (float) network->weights[i];
  self->graph = (EngramGraph) { network->n_neurons, network->n_synapses, network->sources, network->targets,
                                self->weights };
}

/* What was found and, after it, what was done with negative weights. */
static char *
make_note (const char      *found,
           EngramGraphSign  sign)
{
  switch (sign)
    {
    case ENGRAM_GRAPH_SIGN_DROPPED:
      /* Translators: what an analysis has found, "12 communities". */
      return g_strdup_printf (_("%s; of inhibiting synapses the strength alone counts"), found);
    case ENGRAM_GRAPH_SIGN_LEFT_OUT:
      return g_strdup_printf (_("%s; inhibiting synapses are left out"), found);
    case ENGRAM_GRAPH_SIGN_KEPT:
    default:
      return g_strdup (found);
    }
}

/* For people, groups count from 1. */
static void
take_groups (Work          *self,
             const guint32 *groups)
{
  g_autofree double *numbers = g_new (double, (gsize) self->graph.n_nodes + 1);

  for (guint32 i = 0; i < self->graph.n_nodes; i++)
    numbers[i] = groups[i] + 1.0;
  self->values = engram_record_numbers_new (self->network, numbers);
}

static gboolean
find_communities (Work                   *self,
                  const EngramGraphCall  *call,
                  GError                **error)
{
  g_autofree guint32 *groups = g_new (guint32, (gsize) self->graph.n_nodes + 1);
  g_autofree char *count = NULL, *figure = NULL, *found = NULL;
  guint32 n_communities;
  double modularity;
  EngramGraphSign sign;

  if (!engram_graph_communities (&self->graph, SEED, call, groups, &n_communities, &modularity, &sign, error))
    return FALSE;
  take_groups (self, groups);
  count = g_strdup_printf (ngettext ("%'u community", "%'u communities", n_communities), n_communities);
  figure = isfinite (modularity) ? engram_format_decimals (modularity, 2) : g_strdup ("–");
  /* Translators: "12 communities", and how well they are set apart. */
  found = g_strdup_printf (_("%s, modularity %s"), count, figure);
  self->note = make_note (found, sign);
  return TRUE;
}

static gboolean
find_components (Work                   *self,
                 const EngramGraphCall  *call,
                 GError                **error)
{
  g_autofree guint32 *groups = g_new (guint32, (gsize) self->graph.n_nodes + 1);
  guint32 n_components;

  if (!engram_graph_components (&self->graph, call, groups, &n_components, error))
    return FALSE;
  take_groups (self, groups);
  self->note = g_strdup_printf (ngettext ("%'u component", "%'u components", n_components), n_components);
  return TRUE;
}

static gboolean
find_page_rank (Work                   *self,
                const EngramGraphCall  *call,
                GError                **error)
{
  g_autofree double *ranks = g_new (double, (gsize) self->graph.n_nodes + 1);
  g_autofree char *found = NULL;
  guint32 n_nodes = self->graph.n_nodes;
  EngramGraphSign sign;

  if (!engram_graph_page_rank (&self->graph, call, ranks, &sign, error))
    return FALSE;
  self->values = engram_record_numbers_new (self->network, ranks);
  found = g_strdup_printf (ngettext ("PageRank of %'u neuron", "PageRank of %'u neurons", n_nodes), n_nodes);
  self->note = make_note (found, sign);
  return TRUE;
}

static gboolean
find_betweenness (Work                   *self,
                  const EngramGraphCall  *call,
                  GError                **error)
{
  g_autofree double *numbers = g_new (double, (gsize) self->graph.n_nodes + 1);
  g_autofree char *found = NULL;
  guint32 n_nodes = self->graph.n_nodes, n_sampled;
  EngramGraphSign sign;

  if (!engram_graph_betweenness (&self->graph, SEED, call, numbers, &n_sampled, &sign, error))
    return FALSE;
  self->values = engram_record_numbers_new (self->network, numbers);
  if (n_sampled < n_nodes)
    /* Translators: paths were followed from some neurons of all. */
    found = g_strdup_printf (_("Betweenness, estimated from %'u of %'u neurons"), n_sampled, n_nodes);
  else
    found = g_strdup_printf (ngettext ("Betweenness of %'u neuron", "Betweenness of %'u neurons", n_nodes), n_nodes);
  self->note = make_note (found, sign);
  return TRUE;
}

static gboolean
find_faithfulness (Work    *self,
                   GError **error)
{
  EngramJobPart looking = { self->job, 0, NEIGHBOURS_KNOWN };
  EngramJobPart comparing = { self->job, NEIGHBOURS_KNOWN, 1 };
  g_autoptr (EngramNeighbours) neighbours = NULL;
  g_autofree float *shares = NULL;
  g_autofree double *numbers = g_new (double, (gsize) self->network->n_neurons + 1);
  EngramFaithfulness faithfulness;

  neighbours = engram_neighbours_find (engram_searcher_get_database (self->searcher), ENGRAM_FAITHFULNESS_NEAREST,
                                       engram_job_part_progress, &looking, self->cancellable, error);
  if (neighbours == NULL)
    return FALSE;
  shares = engram_faithfulness_of_all (neighbours, self->network, &faithfulness, engram_job_part_progress, &comparing,
                                       self->cancellable, error);
  if (shares == NULL)
    return FALSE;
  for (guint32 i = 0; i < self->network->n_neurons; i++)
    numbers[i] = (double) shares[i];
  self->values = engram_record_numbers_new (self->network, numbers);
  if (faithfulness.n_neurons > 0)
    self->note = g_strdup_printf (_("Faithfulness: %.0f %% of the ten nearest by vector are among the ten nearest in "
                                    "space"), 100 * faithfulness.share);
  else
    self->note = g_strdup (_("Faithfulness: too few neurons have both a vector and a place"));
  return TRUE;
}

static gboolean
run (Work    *self,
     GError **error)
{
  EngramGraphCall call = { engram_job_progress, NULL, self->job, self->cancellable };

  switch ((int) self->analysis)
    {
    case ENGRAM_ANALYSIS_COMMUNITY:
      return find_communities (self, &call, error);
    case ENGRAM_ANALYSIS_COMPONENT:
      return find_components (self, &call, error);
    case ENGRAM_ANALYSIS_PAGE_RANK:
      return find_page_rank (self, &call, error);
    case ENGRAM_ANALYSIS_BETWEENNESS:
      return find_betweenness (self, &call, error);
    case ENGRAM_ANALYSIS_FAITHFULNESS:
      return find_faithfulness (self, error);
    default:
      g_assert_not_reached ();
    }
}

static gboolean
work (EngramJob     *job,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  Work *self = data;

  self->job = job;
  self->cancellable = cancellable;
  /* Before the columns: what they are of is this old at most. */
  if (!engram_database_get_change_stamp (engram_searcher_get_database (self->searcher), &self->stamp, cancellable,
                                         error))
    return FALSE;
  self->network = engram_searcher_get_network (self->searcher, NULL, NULL, cancellable, error);
  if (self->network == NULL)
    return FALSE;
  fill_graph (self);
  return run (self, error);
}

/* Jobs */

static const char *
get_job_title (EngramAnalysis analysis)
{
  switch ((int) analysis)
    {
    case ENGRAM_ANALYSIS_COMMUNITY:
      return _("Looking for communities");
    case ENGRAM_ANALYSIS_COMPONENT:
      return _("Looking for components");
    case ENGRAM_ANALYSIS_PAGE_RANK:
      return _("Ranking the neurons");
    case ENGRAM_ANALYSIS_BETWEENNESS:
      return _("Following the cheapest paths");
    case ENGRAM_ANALYSIS_FAITHFULNESS:
      return _("Comparing places with vectors");
    default:
      g_assert_not_reached ();
    }
}

static void
job_ended_cb (EngramJob      *job,
              EngramAnalyses *self)
{
  Work *done = engram_job_get_data (job);
  State *state = &self->states[done->analysis];
  const GError *error = engram_job_get_error (job);
  g_autoptr (EngramSession) session = g_object_ref (self->session);

  g_signal_handlers_disconnect_by_data (job, self);
  g_clear_object (&state->job);
  if (error != NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_signal_emit_by_name (session, "failed", engram_job_get_title (job), error);
      return;
    }
  g_free (state->note);
  state->note = g_steal_pointer (&done->note);
  state->stamp = done->stamp;
  engram_searcher_set_analysis (done->searcher, done->analysis, done->values);
  g_signal_emit_by_name (session, "analysed", (guint) done->analysis);
  /* Whoever heard of it may have closed the session. */
  if (engram_session_get_analyses (session) != NULL)
    g_signal_emit_by_name (session, "done", state->note, FALSE);
}

EngramAnalyses *
engram_analyses_new (EngramSession *session)
{
  EngramAnalyses *self = g_new0 (EngramAnalyses, 1);

  self->session = session;
  return self;
}

void
engram_analyses_free (EngramAnalyses *self)
{
  for (guint i = 0; i < ENGRAM_N_ANALYSES; i++)
    {
      State *state = &self->states[i];

      if (state->job != NULL)
        {
          g_signal_handlers_disconnect_by_data (state->job, self);
          engram_job_cancel (state->job);
        }
      g_clear_object (&state->job);
      g_free (state->note);
    }
  g_clear_pointer (&self->differences, engram_differences_unref);
  g_free (self);
}

void
engram_analyses_changed (EngramAnalyses *self,
                         guint64         stamp)
{
  self->stamp = stamp;
}

void
engram_analyses_forget (EngramAnalyses *self)
{
  g_autoptr (EngramSession) session = g_object_ref (self->session);

  engram_session_set_differences (session, NULL);
  for (guint i = 0; i < ENGRAM_N_ANALYSES; i++)
    {
      if (self->states[i].job != NULL)
        engram_job_cancel (self->states[i].job);
      g_clear_pointer (&self->states[i].note, g_free);
      engram_searcher_set_analysis (engram_session_get_searcher (session), i, NULL);
    }
  for (guint i = 0; i < ENGRAM_N_ANALYSES && engram_session_get_analyses (session) != NULL; i++)
    g_signal_emit_by_name (session, "analysed", i);
}

/* The session's part */

static const State *
get_state (EngramSession  *session,
           EngramAnalysis  analysis)
{
  EngramAnalyses *self = engram_session_get_analyses (session);

  return self != NULL ? &self->states[analysis] : NULL;
}

void
engram_session_analyse (EngramSession  *self,
                        EngramAnalysis  analysis)
{
  EngramAnalyses *analyses;
  Work *data;
  State *state;

  g_return_if_fail (ENGRAM_IS_SESSION (self));
  g_return_if_fail (analysis < ENGRAM_N_ANALYSES);

  analyses = engram_session_get_analyses (self);
  if (analyses == NULL || analyses->states[analysis].job != NULL || engram_analysis_is_difference (analysis))
    return;
  data = g_new0 (Work, 1);
  data->analysis = analysis;
  data->searcher = g_object_ref (engram_session_get_searcher (self));
  state = &analyses->states[analysis];
  state->job = engram_job_new (get_job_title (analysis), work, data, work_free);
  engram_job_set_disposable (state->job, TRUE);
  g_signal_connect (state->job, "ended", G_CALLBACK (job_ended_cb), analyses);
  engram_job_start (state->job);
  g_signal_emit_by_name (self, "job-added", state->job);
}

gboolean
engram_session_is_analysing (EngramSession  *self,
                             EngramAnalysis  analysis)
{
  const State *state;

  g_return_val_if_fail (ENGRAM_IS_SESSION (self), FALSE);
  g_return_val_if_fail (analysis < ENGRAM_N_ANALYSES, FALSE);

  state = get_state (self, analysis);
  return state != NULL && state->job != NULL;
}

const char *
engram_session_get_analysis_note (EngramSession  *self,
                                  EngramAnalysis  analysis)
{
  const State *state;

  g_return_val_if_fail (ENGRAM_IS_SESSION (self), NULL);
  g_return_val_if_fail (analysis < ENGRAM_N_ANALYSES, NULL);

  state = get_state (self, analysis);
  return state != NULL ? state->note : NULL;
}

gboolean
engram_session_is_analysed (EngramSession  *self,
                            EngramAnalysis  analysis)
{
  return engram_session_get_analysis_note (self, analysis) != NULL;
}

gboolean
engram_session_is_analysis_stale (EngramSession  *self,
                                  EngramAnalysis  analysis)
{
  const State *state;

  g_return_val_if_fail (ENGRAM_IS_SESSION (self), FALSE);
  g_return_val_if_fail (analysis < ENGRAM_N_ANALYSES, FALSE);

  state = get_state (self, analysis);
  /* Stamps count upwards. */
  return state != NULL && state->note != NULL && state->stamp < engram_session_get_analyses (self)->stamp;
}

static char *
dup_title (EngramSession  *self,
           EngramAnalysis  analysis,
           const char     *title)
{
  if (!engram_session_is_analysis_stale (self, analysis))
    return g_strdup (title);
  /* Translators: the result of an analysis, "Communities"; the network has changed since. */
  return g_strdup_printf (_("%s (before the last change)"), title);
}

char *
engram_session_dup_analysis_title (EngramSession  *self,
                                   EngramAnalysis  analysis)
{
  g_return_val_if_fail (ENGRAM_IS_SESSION (self), NULL);

  return dup_title (self, analysis, engram_analysis_get_title (analysis));
}

char *
engram_session_dup_analysis_label (EngramSession  *self,
                                   EngramAnalysis  analysis)
{
  g_return_val_if_fail (ENGRAM_IS_SESSION (self), NULL);

  return dup_title (self, analysis, engram_analysis_get_label (analysis));
}

/* Differences */

void
engram_session_set_differences (EngramSession     *self,
                                EngramDifferences *differences)
{
  EngramAnalyses *analyses;
  g_autoptr (EngramDifferences) old = NULL;

  g_return_if_fail (ENGRAM_IS_SESSION (self));

  analyses = engram_session_get_analyses (self);
  if (analyses == NULL)
    return;
  old = analyses->differences;
  analyses->differences = differences != NULL ? engram_differences_ref (differences) : NULL;
  for (guint i = 0; i < ENGRAM_N_ANALYSES; i++)
    {
      State *state = &analyses->states[i];

      if (!engram_analysis_is_difference (i))
        continue;
      g_free (state->note);
      state->note = differences != NULL ? g_strdup (differences->summary) : NULL;
      state->stamp = differences != NULL ? differences->stamp : 0;
      engram_searcher_set_analysis (engram_session_get_searcher (self), i,
                                    differences != NULL ? differences->values[i] : NULL);
    }
  /* Once all are there: whoever hears of one may look at the others. */
  for (guint i = 0; i < ENGRAM_N_ANALYSES && engram_session_get_analyses (self) != NULL; i++)
    if (engram_analysis_is_difference (i))
      g_signal_emit_by_name (self, "analysed", i);
}

EngramDifferences *
engram_session_get_differences (EngramSession *self)
{
  EngramAnalyses *analyses;

  g_return_val_if_fail (ENGRAM_IS_SESSION (self), NULL);

  analyses = engram_session_get_analyses (self);
  return analyses != NULL ? analyses->differences : NULL;
}
