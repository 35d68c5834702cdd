/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "views/engram-scene-source.h"

/* What the view wants, shared with the worker that reads it. */
typedef struct {
  gpointer options;
  GDestroyNotify free_options;
} Options;

typedef struct {
  EngramSceneMaker maker;
  EngramSearcher *searcher;
  EngramQuery *query; /* or NULL */
  Options *options;   /* (atomic rc box) */
} Making;

struct _EngramSceneSource {
  GObject             parent_instance;

  EngramSceneMaker    maker;
  EngramSession      *session; /* or NULL */
  Options            *options; /* never NULL */
  EngramNetworkScene *scene;   /* or NULL */
  GCancellable       *making;  /* or NULL */
  gboolean            active;
  gboolean            stale;   /* what is shown is not what is wanted */
};

enum { PROP_0, PROP_LOADING, N_PROPERTIES };
enum { CHANGED, FAILED, N_SIGNALS };

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EngramSceneSource, engram_scene_source, G_TYPE_OBJECT)

static void
options_clear (gpointer data)
{
  Options *options = data;

  if (options->free_options != NULL)
    options->free_options (options->options);
}

static Options *
options_new (gpointer       options,
             GDestroyNotify free_options)
{
  Options *self = g_atomic_rc_box_new0 (Options);

  self->options = options;
  self->free_options = free_options;
  return self;
}

static void
options_release (Options *self)
{
  g_atomic_rc_box_release_full (self, options_clear);
}

static void
making_free (gpointer data)
{
  Making *self = data;

  g_object_unref (self->searcher);
  g_clear_pointer (&self->query, engram_query_unref);
  options_release (self->options);
  g_free (self);
}

EngramRowSet *
engram_scene_source_find_rows (EngramSearcher    *searcher,
                               EngramRecordKind   kind,
                               EngramQuery       *query,
                               GCancellable      *cancellable,
                               GError           **error)
{
  const EngramSort any = { 0 };
  g_autoptr (EngramFound) found = engram_searcher_find (searcher, kind, query, &any, NULL, NULL, cancellable, error);

  if (found == NULL)
    return NULL;

  gsize n = engram_row_order_get_size (found->order);
  g_autofree gint64 *rowids = g_new (gint64, n);

  for (gsize i = 0; i < n; i++)
    rowids[i] = engram_row_order_get (found->order, i);
  return engram_row_set_new (rowids, n);
}

static EngramNetworkScene *
make_scene (Making        *making,
            GCancellable  *cancellable,
            GError       **error)
{
  EngramSceneWish wish = { .options = making->options->options };
  g_autoptr (EngramNetwork) network = NULL;
  g_autoptr (EngramRowSet) neurons = NULL, synapses = NULL;

  if (making->query != NULL)
    {
      neurons = engram_scene_source_find_rows (making->searcher, ENGRAM_RECORD_NEURON, making->query, cancellable, error);
      synapses = neurons != NULL ? engram_scene_source_find_rows (making->searcher, ENGRAM_RECORD_SYNAPSE, making->query,
                                                                  cancellable, error) : NULL;
      if (synapses == NULL)
        return NULL;
    }
  network = engram_searcher_get_network (making->searcher, NULL, NULL, cancellable, error);
  if (network == NULL)
    return NULL;
  wish.network = network;
  wish.neurons = neurons;
  wish.synapses = synapses;
  return making->maker (&wish, cancellable, error);
}

static void
make (GTask        *task,
      gpointer      source_object,
      gpointer      task_data,
      GCancellable *cancellable)
{
  GError *error = NULL;
  EngramNetworkScene *scene = make_scene (task_data, cancellable, &error);

  if (scene != NULL)
    g_task_return_pointer (task, scene, (GDestroyNotify) engram_network_scene_unref);
  else
    g_task_return_error (task, error);
}

static void start_making (EngramSceneSource *self);

static void
made_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  EngramSceneSource *self = ENGRAM_SCENE_SOURCE (object);
  g_autoptr (GError) error = NULL;
  EngramNetworkScene *scene = g_task_propagate_pointer (G_TASK (result), &error);

  /* Another has been started since, or the session is gone. */
  if (g_task_get_cancellable (G_TASK (result)) != self->making)
    {
      engram_network_scene_unref (scene);
      return;
    }
  g_clear_object (&self->making);
  if (scene != NULL)
    {
      g_clear_pointer (&self->scene, engram_network_scene_unref);
      self->scene = scene;
      g_signal_emit (self, signals[CHANGED], 0);
    }
  else
    g_signal_emit (self, signals[FAILED], 0, error);
  if (self->stale && self->active && self->session != NULL && self->making == NULL)
    start_making (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

static void
start_making (EngramSceneSource *self)
{
  EngramQuery *query = engram_session_get_query (self->session);
  g_autoptr (GTask) task = NULL;
  Making *making = g_new0 (Making, 1);

  making->maker = self->maker;
  making->searcher = g_object_ref (engram_session_get_searcher (self->session));
  making->query = engram_query_is_empty (query) ? NULL : engram_query_ref (query);
  making->options = g_atomic_rc_box_acquire (self->options);

  self->stale = FALSE;
  self->making = g_cancellable_new ();
  task = g_task_new (self, self->making, made_cb, NULL);
  g_task_set_source_tag (task, start_making);
  g_task_set_task_data (task, making, making_free);
  g_task_run_in_thread (task, make);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

static void
stop_making (EngramSceneSource *self)
{
  if (self->making == NULL)
    return;
  g_cancellable_cancel (self->making);
  g_clear_object (&self->making);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

/* Another scene is wanted: of what was asked before nothing is of use any more. */
static void
want (EngramSceneSource *self)
{
  stop_making (self);
  self->stale = TRUE;
  if (self->active && self->session != NULL)
    start_making (self);
}

/* The network has changed: what is being made may be finished first, so that a picture comes of a network that changes
 * faster than its scene is made. */
static void
network_changed_cb (EngramSceneSource *self)
{
  self->stale = TRUE;
  if (self->active && self->making == NULL)
    start_making (self);
}

void
engram_scene_source_set_session (EngramSceneSource *self,
                                 EngramSession     *session)
{
  g_return_if_fail (ENGRAM_IS_SCENE_SOURCE (self));

  if (self->session == session)
    return;
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  stop_making (self);
  g_set_object (&self->session, session);
  g_clear_pointer (&self->scene, engram_network_scene_unref);
  if (session != NULL)
    {
      g_signal_connect_object (session, "changed", G_CALLBACK (network_changed_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (session, "notify::query", G_CALLBACK (want), self, G_CONNECT_SWAPPED);
      want (self);
    }
  g_signal_emit (self, signals[CHANGED], 0);
}

void
engram_scene_source_set_active (EngramSceneSource *self,
                                gboolean           active)
{
  g_return_if_fail (ENGRAM_IS_SCENE_SOURCE (self));

  self->active = active;
  if (active && self->session != NULL && self->stale && self->making == NULL)
    start_making (self);
}

void
engram_scene_source_set_options (EngramSceneSource *self,
                                 gpointer           options,
                                 GDestroyNotify     free_options)
{
  g_return_if_fail (ENGRAM_IS_SCENE_SOURCE (self));

  options_release (self->options);
  self->options = options_new (options, free_options);
  want (self);
}

gboolean
engram_scene_source_get_loading (EngramSceneSource *self)
{
  g_return_val_if_fail (ENGRAM_IS_SCENE_SOURCE (self), FALSE);

  return self->making != NULL;
}

EngramNetworkScene *
engram_scene_source_get_scene (EngramSceneSource *self)
{
  g_return_val_if_fail (ENGRAM_IS_SCENE_SOURCE (self), NULL);

  return self->scene;
}

/* The neurons of a set as indices of the network, ascending as both are. */
static GArray *
list_neurons (EngramNetwork      *network,
              const EngramRowSet *rows)
{
  GArray *neurons = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint32 i = 0; i < network->n_neurons; i++)
    if (engram_row_set_contains (rows, network->neuron_rowids[i]))
      g_array_append_val (neurons, i);
  return neurons;
}

EngramNetworkScene *
engram_scene_source_make_space (const EngramSceneWish  *wish,
                                GCancellable           *cancellable,
                                GError                **error)
{
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  if (wish->neurons == NULL)
    return engram_network_scene_new (wish->network, NULL, wish->synapses, NULL);

  g_autoptr (GArray) neurons = list_neurons (wish->network, wish->neurons);

  return engram_network_scene_new (wish->network, neurons, wish->synapses, NULL);
}

static void
engram_scene_source_dispose (GObject *object)
{
  EngramSceneSource *self = ENGRAM_SCENE_SOURCE (object);

  g_cancellable_cancel (self->making);
  g_clear_object (&self->making);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (engram_scene_source_parent_class)->dispose (object);
}

static void
engram_scene_source_finalize (GObject *object)
{
  EngramSceneSource *self = ENGRAM_SCENE_SOURCE (object);

  g_clear_pointer (&self->scene, engram_network_scene_unref);
  options_release (self->options);

  G_OBJECT_CLASS (engram_scene_source_parent_class)->finalize (object);
}

static void
engram_scene_source_get_property (GObject    *object,
                                  guint       property_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  EngramSceneSource *self = ENGRAM_SCENE_SOURCE (object);

  switch (property_id)
    {
    case PROP_LOADING:
      g_value_set_boolean (value, self->making != NULL);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
engram_scene_source_class_init (EngramSceneSourceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = engram_scene_source_dispose;
  object_class->finalize = engram_scene_source_finalize;
  object_class->get_property = engram_scene_source_get_property;

  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE,
                                                   G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  signals[FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
engram_scene_source_init (EngramSceneSource *self)
{
  self->options = options_new (NULL, NULL);
}

EngramSceneSource *
engram_scene_source_new (EngramSceneMaker maker)
{
  EngramSceneSource *self = g_object_new (ENGRAM_TYPE_SCENE_SOURCE, NULL);

  self->maker = maker;
  return self;
}
