/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "session/engram-index-keeper.h"

#include <glib/gi18n.h>

#include "common/engram-settings.h"

/* With fewer neurons every text is read in some hundredths of a second. */
#define MIN_NEURONS 20000

/* A network that is changed all the time shall not keep a processor busy. */
#define SECONDS_BETWEEN_UPDATES 30

struct _EngramIndexKeeper {
  GObject         parent_instance;

  EngramSearcher *searcher; /* NULL once stopped */
  EngramJob      *job;      /* that runs, or NULL */
  guint           timer;
  gboolean        stale;    /* the network has changed since the last update began */
  gboolean        refused;  /* it was cancelled, or cannot be had: not tried again */
};

enum {
  JOB_ADDED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EngramIndexKeeper, engram_index_keeper, G_TYPE_OBJECT)

static void start (EngramIndexKeeper *self);

static gboolean
update (EngramJob     *job,
        gpointer       data,
        GCancellable  *cancellable,
        GError       **error)
{
  EngramSearcher *searcher = data;
  g_autoptr (EngramNeuronStore) store = engram_neuron_store_new (engram_searcher_get_database (searcher));
  guint64 n_neurons;

  if (!engram_neuron_store_count (store, &n_neurons, cancellable, error))
    return FALSE;
  return n_neurons < MIN_NEURONS ||
         engram_text_index_update (engram_searcher_get_text_index (searcher), engram_job_progress, job, cancellable,
                                   error);
}

static gboolean
timer_cb (gpointer user_data)
{
  EngramIndexKeeper *self = user_data;

  self->timer = 0;
  if (self->stale)
    start (self);
  return G_SOURCE_REMOVE;
}

static void
ended_cb (EngramIndexKeeper *self,
          EngramJob         *job)
{
  const GError *error = engram_job_get_error (job);

  g_clear_object (&self->job);
  if (self->searcher == NULL)
    return;
  if (error != NULL)
    {
      /* A person who cancels it does not want it; and searches find the same without. */
      self->refused = TRUE;
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_message ("There is no text index: %s", error->message);
      return;
    }
  self->timer = g_timeout_add_seconds (SECONDS_BETWEEN_UPDATES, timer_cb, self);
}

static void
start (EngramIndexKeeper *self)
{
  self->stale = FALSE;
  self->job = engram_job_new (_("Building the index of words"), update, g_object_ref (self->searcher), g_object_unref);
  g_signal_connect_object (self->job, "ended", G_CALLBACK (ended_cb), self, G_CONNECT_SWAPPED);
  engram_job_set_background (self->job, TRUE);
  engram_job_start (self->job);
  g_signal_emit (self, signals[JOB_ADDED], 0, self->job);
}

static void
engram_index_keeper_dispose (GObject *object)
{
  engram_index_keeper_stop (ENGRAM_INDEX_KEEPER (object));

  G_OBJECT_CLASS (engram_index_keeper_parent_class)->dispose (object);
}

static void
engram_index_keeper_class_init (EngramIndexKeeperClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = engram_index_keeper_dispose;

  signals[JOB_ADDED] = g_signal_new ("job-added", ENGRAM_TYPE_INDEX_KEEPER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 1, ENGRAM_TYPE_JOB);
}

static void
engram_index_keeper_init (EngramIndexKeeper *self)
{
}

EngramIndexKeeper *
engram_index_keeper_new (EngramSearcher *searcher)
{
  EngramIndexKeeper *self;

  g_return_val_if_fail (ENGRAM_IS_SEARCHER (searcher), NULL);

  self = g_object_new (ENGRAM_TYPE_INDEX_KEEPER, NULL);
  self->searcher = g_object_ref (searcher);
  return self;
}

void
engram_index_keeper_refresh (EngramIndexKeeper *self)
{
  g_return_if_fail (ENGRAM_IS_INDEX_KEEPER (self));

  self->stale = TRUE;
  if (self->searcher != NULL && self->job == NULL && self->timer == 0 && !self->refused &&
      g_settings_get_boolean (engram_settings_get (), "text-index"))
    start (self);
}

void
engram_index_keeper_stop (EngramIndexKeeper *self)
{
  g_return_if_fail (ENGRAM_IS_INDEX_KEEPER (self));

  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->job != NULL)
    engram_job_cancel (self->job);
  g_clear_object (&self->job);
  g_clear_object (&self->searcher);
}
