/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dialogs/prune/engram-prune-rehearsal.h"

/* Engram's and the Python program's own. */
#define USUAL_THRESHOLD 0.01

struct _EngramPruneRehearsal {
  GObject             parent_instance;

  EngramSession      *session;  /* NULL once stopped */
  EngramPrunePreview *preview;
  GError             *error;
  GCancellable       *reading;  /* or NULL */
  gboolean            is_stale; /* the network has changed since @reading began */
  double              threshold;
};

enum {
  PROP_0,
  PROP_THRESHOLD,
  N_PROPERTIES,
};

enum {
  FIGURES_CHANGED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EngramPruneRehearsal, engram_prune_rehearsal, G_TYPE_OBJECT)

static void
read_in_thread (GTask        *task,
                gpointer      source,
                gpointer      task_data,
                GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramNetwork) network = engram_searcher_get_network (task_data, NULL, NULL, cancellable, &error);

  if (network == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, engram_prune_preview_new (network), (GDestroyNotify) engram_prune_preview_free);
}

/* Figures of a network that goes on changing are shown as they come: what is read is not given up, but followed by
 * another reading. */
static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  EngramPruneRehearsal *self = ENGRAM_PRUNE_REHEARSAL (source);
  g_autoptr (GError) error = NULL;
  EngramPrunePreview *preview = g_task_propagate_pointer (G_TASK (result), &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->reading);
  g_clear_pointer (&self->preview, engram_prune_preview_free);
  g_clear_error (&self->error);
  self->preview = preview;
  self->error = g_steal_pointer (&error);
  if (self->is_stale)
    engram_prune_rehearsal_refresh (self);
  g_signal_emit (self, signals[FIGURES_CHANGED], 0);
}

void
engram_prune_rehearsal_refresh (EngramPruneRehearsal *self)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (ENGRAM_IS_PRUNE_REHEARSAL (self));

  if (self->session == NULL)
    return;
  self->is_stale = self->reading != NULL;
  if (self->is_stale)
    return;
  self->reading = g_cancellable_new ();
  task = g_task_new (self, self->reading, read_cb, NULL);
  g_task_set_source_tag (task, engram_prune_rehearsal_refresh);
  g_task_set_task_data (task, g_object_ref (engram_session_get_searcher (self->session)), g_object_unref);
  g_task_run_in_thread (task, read_in_thread);
}

void
engram_prune_rehearsal_stop (EngramPruneRehearsal *self)
{
  g_return_if_fail (ENGRAM_IS_PRUNE_REHEARSAL (self));

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->session);
}

/* GObject */

static void
engram_prune_rehearsal_get_property (GObject    *object,
                                     guint       property_id,
                                     GValue     *value,
                                     GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_THRESHOLD:
      g_value_set_double (value, ENGRAM_PRUNE_REHEARSAL (object)->threshold);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
engram_prune_rehearsal_set_property (GObject      *object,
                                     guint         property_id,
                                     const GValue *value,
                                     GParamSpec   *pspec)
{
  switch (property_id)
    {
    case PROP_THRESHOLD:
      engram_prune_rehearsal_set_threshold (ENGRAM_PRUNE_REHEARSAL (object), g_value_get_double (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
engram_prune_rehearsal_dispose (GObject *object)
{
  engram_prune_rehearsal_stop (ENGRAM_PRUNE_REHEARSAL (object));

  G_OBJECT_CLASS (engram_prune_rehearsal_parent_class)->dispose (object);
}

static void
engram_prune_rehearsal_finalize (GObject *object)
{
  EngramPruneRehearsal *self = ENGRAM_PRUNE_REHEARSAL (object);

  engram_prune_preview_free (self->preview);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (engram_prune_rehearsal_parent_class)->finalize (object);
}

static void
engram_prune_rehearsal_class_init (EngramPruneRehearsalClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = engram_prune_rehearsal_get_property;
  object_class->set_property = engram_prune_rehearsal_set_property;
  object_class->dispose = engram_prune_rehearsal_dispose;
  object_class->finalize = engram_prune_rehearsal_finalize;

  properties[PROP_THRESHOLD] =
    g_param_spec_double ("threshold", NULL, NULL, 0, 1, USUAL_THRESHOLD,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  signals[FIGURES_CHANGED] = g_signal_new ("figures-changed", ENGRAM_TYPE_PRUNE_REHEARSAL, G_SIGNAL_RUN_LAST, 0, NULL,
                                           NULL, NULL, G_TYPE_NONE, 0);
}

static void
engram_prune_rehearsal_init (EngramPruneRehearsal *self)
{
  self->threshold = USUAL_THRESHOLD;
}

EngramPruneRehearsal *
engram_prune_rehearsal_new (EngramSession *session)
{
  EngramPruneRehearsal *self;

  g_return_val_if_fail (ENGRAM_IS_SESSION (session), NULL);

  self = g_object_new (ENGRAM_TYPE_PRUNE_REHEARSAL, NULL);
  self->session = g_object_ref (session);
  g_signal_connect_object (session, "changed", G_CALLBACK (engram_prune_rehearsal_refresh), self, G_CONNECT_SWAPPED);
  /* Also where the views do not follow: what is pruned is what is in the file. */
  g_signal_connect_object (session, "notify::behind", G_CALLBACK (engram_prune_rehearsal_refresh), self,
                           G_CONNECT_SWAPPED);
  engram_prune_rehearsal_refresh (self);
  return self;
}

gboolean
engram_prune_rehearsal_is_reading (EngramPruneRehearsal *self)
{
  g_return_val_if_fail (ENGRAM_IS_PRUNE_REHEARSAL (self), FALSE);

  return self->reading != NULL;
}

const GError *
engram_prune_rehearsal_get_error (EngramPruneRehearsal *self)
{
  g_return_val_if_fail (ENGRAM_IS_PRUNE_REHEARSAL (self), NULL);

  return self->error;
}

double
engram_prune_rehearsal_get_threshold (EngramPruneRehearsal *self)
{
  g_return_val_if_fail (ENGRAM_IS_PRUNE_REHEARSAL (self), 0);

  return self->threshold;
}

void
engram_prune_rehearsal_set_threshold (EngramPruneRehearsal *self,
                                      double                threshold)
{
  g_return_if_fail (ENGRAM_IS_PRUNE_REHEARSAL (self));
  g_return_if_fail (threshold >= 0 && threshold <= 1);

  if (self->threshold == threshold)
    return;
  self->threshold = threshold;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_THRESHOLD]);
}

gboolean
engram_prune_rehearsal_get_histogram (EngramPruneRehearsal *self,
                                      guint64               counts[ENGRAM_PRUNE_BINS])
{
  g_return_val_if_fail (ENGRAM_IS_PRUNE_REHEARSAL (self), FALSE);

  if (self->preview == NULL)
    return FALSE;
  engram_prune_preview_get_histogram (self->preview, counts);
  return TRUE;
}

gboolean
engram_prune_rehearsal_get_outcome (EngramPruneRehearsal *self,
                                    EngramPruneOutcome   *outcome,
                                    EngramPruneOutcome   *today)
{
  g_return_val_if_fail (ENGRAM_IS_PRUNE_REHEARSAL (self), FALSE);

  if (self->preview == NULL)
    return FALSE;
  engram_prune_preview_get_outcome (self->preview, self->threshold, outcome);
  engram_prune_preview_get_outcome (self->preview, 0, today);
  return TRUE;
}

gboolean
engram_prune_rehearsal_get_weakest (EngramPruneRehearsal *self,
                                    double               *weakest)
{
  g_return_val_if_fail (ENGRAM_IS_PRUNE_REHEARSAL (self), FALSE);

  if (self->preview == NULL)
    return FALSE;
  *weakest = engram_prune_preview_get_weakest (self->preview);
  return TRUE;
}
