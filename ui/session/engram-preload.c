/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "session/engram-preload.h"

#include "engram-timing.h"

/* What is looked at first has been read by then. */
#define MILLISECONDS_UNTIL_PRELOAD 500

typedef struct {
  EngramSearcher *searcher;
  double          wanted_at; /* on the clock of engram_timing_since_start() */
} Preload;

static void
preload_free (gpointer data)
{
  Preload *self = data;

  g_object_unref (self->searcher);
  g_free (self);
}

static void
load (GTask        *task,
      gpointer      source_object,
      gpointer      task_data,
      GCancellable *cancellable)
{
  const Preload *preload = task_data;
  g_autoptr (EngramNetwork) network = engram_searcher_get_network (preload->searcher, NULL, NULL, cancellable, NULL);

  if (network != NULL)
    engram_timing_log ("network", engram_timing_since_start () - preload->wanted_at);
  g_task_return_boolean (task, network != NULL);
}

static gboolean
start_cb (gpointer user_data)
{
  GTask *task = user_data;
  Preload *preload = g_task_get_task_data (task);

  preload->wanted_at = engram_timing_since_start ();
  if (!g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    g_task_run_in_thread (task, load);
  return G_SOURCE_REMOVE;
}

GCancellable *
engram_preload_start (EngramSearcher *searcher)
{
  GCancellable *cancellable = g_cancellable_new ();
  GTask *task = g_task_new (NULL, cancellable, NULL, NULL);
  Preload *preload;

  g_return_val_if_fail (ENGRAM_IS_SEARCHER (searcher), cancellable);

  preload = g_new0 (Preload, 1);
  preload->searcher = g_object_ref (searcher);
  g_task_set_source_tag (task, engram_preload_start);
  g_task_set_task_data (task, preload, preload_free);
  g_timeout_add_full (G_PRIORITY_LOW, MILLISECONDS_UNTIL_PRELOAD, start_cb, task, g_object_unref);
  return cancellable;
}
