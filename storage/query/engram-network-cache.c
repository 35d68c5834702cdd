/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "query/engram-network-cache-private.h"

#include "model/engram-network-private.h"

static void
turn_init (EngramTurn *self)
{
  g_mutex_init (&self->lock);
  g_cond_init (&self->is_free);
}

static void
turn_clear (EngramTurn *self)
{
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->is_free);
}

static void
wake_all (GCancellable *cancellable,
          gpointer      data)
{
  EngramTurn *self = data;

  g_mutex_lock (&self->lock);
  g_cond_broadcast (&self->is_free);
  g_mutex_unlock (&self->lock);
}

/* Waits until no other thread has it. */
static gboolean
turn_take (EngramTurn    *self,
           GCancellable  *cancellable,
           GError       **error)
{
  gulong connection = cancellable != NULL ? g_cancellable_connect (cancellable, G_CALLBACK (wake_all), self, NULL) : 0;
  gboolean taken;

  g_mutex_lock (&self->lock);
  while (self->is_taken && !g_cancellable_is_cancelled (cancellable))
    g_cond_wait (&self->is_free, &self->lock);
  taken = !g_cancellable_is_cancelled (cancellable);
  if (taken)
    self->is_taken = TRUE;
  g_mutex_unlock (&self->lock);

  g_cancellable_disconnect (cancellable, connection);
  if (!taken)
    g_cancellable_set_error_if_cancelled (cancellable, error);
  return taken;
}

static gboolean
turn_try (EngramTurn *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  gboolean taken = !self->is_taken;

  self->is_taken = TRUE;
  return taken;
}

static void
turn_give (EngramTurn *self)
{
  g_mutex_lock (&self->lock);
  self->is_taken = FALSE;
  g_cond_broadcast (&self->is_free);
  g_mutex_unlock (&self->lock);
}

void
engram_network_cache_init (EngramNetworkCache *self,
                           EngramDatabase     *database)
{
  self->database = g_object_ref (database);
  turn_init (&self->turn);
  turn_init (&self->degrees_turn);
}

void
engram_network_cache_clear (EngramNetworkCache *self)
{
  g_clear_object (&self->database);
  g_clear_pointer (&self->network, engram_network_unref);
  g_clear_pointer (&self->degrees, engram_degrees_unref);
  turn_clear (&self->turn);
  turn_clear (&self->degrees_turn);
}

static gboolean
is_of_stamp (EngramNetworkCache *self,
             guint64             stamp)
{
  return self->network != NULL && self->stamp == stamp;
}

/* The columns that are out of date are let go first: there is no room for two of them in a large network. */
static void
load (EngramNetworkCache  *self,
      EngramScan          *scan,
      EngramProgressFunc   progress,
      gpointer             user_data,
      GCancellable        *cancellable,
      GError             **error)
{
  g_clear_pointer (&self->network, engram_network_unref);
  self->network = engram_network_load_snapshot (scan, progress, user_data, cancellable, error);
  self->stamp = engram_connection_get_stamp (scan->readers[0]);
}

static EngramNetwork *
get_newest (EngramNetworkCache  *self,
            EngramProgressFunc   progress,
            gpointer             user_data,
            GCancellable        *cancellable,
            GError             **error)
{
  g_auto (EngramScan) scan = { { NULL }, 0 };
  guint64 stamp;

  if (!engram_database_get_change_stamp (self->database, &stamp, cancellable, error))
    return NULL;
  if (!is_of_stamp (self, stamp))
    {
      if (!engram_scan_begin (&scan, self->database, cancellable, error))
        return NULL;
      load (self, &scan, progress, user_data, cancellable, error);
    }
  return self->network != NULL ? engram_network_ref (self->network) : NULL;
}

EngramNetwork *
engram_network_cache_get (EngramNetworkCache  *self,
                          EngramProgressFunc   progress,
                          gpointer             user_data,
                          GCancellable        *cancellable,
                          GError             **error)
{
  EngramNetwork *network;

  if (!turn_take (&self->turn, cancellable, error))
    return NULL;
  network = get_newest (self, progress, user_data, cancellable, error);
  turn_give (&self->turn);
  return network;
}

/* On all cores where the file has not moved on since the snapshot was taken, else by its reader alone. */
static EngramNetwork *
get_of_snapshot (EngramNetworkCache  *self,
                 EngramReader        *reader,
                 GCancellable        *cancellable,
                 GError             **error)
{
  guint64 stamp = engram_connection_get_stamp (reader);
  g_auto (EngramScan) scan = { { NULL }, 0 };
  EngramScan single = { { reader }, 1 };

  if (!is_of_stamp (self, stamp))
    {
      if (!engram_scan_begin (&scan, self->database, cancellable, error))
        return NULL;
      load (self, engram_connection_get_stamp (scan.readers[0]) == stamp ? &scan : &single, NULL, NULL, cancellable,
            error);
    }
  return self->network != NULL ? engram_network_ref (self->network) : NULL;
}

EngramNetwork *
engram_network_cache_get_for (EngramNetworkCache  *self,
                              EngramReader        *reader,
                              GCancellable        *cancellable,
                              GError             **error)
{
  EngramNetwork *network;

  g_return_val_if_fail (engram_connection_get_stamp (reader) != 0, NULL);

  if (!turn_take (&self->turn, cancellable, error))
    return NULL;
  network = get_of_snapshot (self, reader, cancellable, error);
  turn_give (&self->turn);
  return network;
}

/* The columns of a snapshot where they are there already and nobody has the turn; else NULL. */
static EngramNetwork *
get_loaded (EngramNetworkCache *self,
            guint64             stamp)
{
  EngramNetwork *network = NULL;

  if (!turn_try (&self->turn))
    return NULL;
  if (is_of_stamp (self, stamp))
    network = engram_network_ref (self->network);
  turn_give (&self->turn);
  return network;
}

static EngramDegrees *
count_degrees (EngramNetworkCache     *self,
               EngramScan             *scan,
               const EngramRowCounts  *counts,
               GCancellable           *cancellable,
               GError                **error)
{
  g_autoptr (EngramNetwork) network = get_loaded (self, engram_connection_get_stamp (scan->readers[0]));
  g_autoptr (GError) count_error = NULL;
  EngramDegrees *degrees;

  if (network == NULL)
    {
      degrees = engram_degrees_count (scan, counts, cancellable, &count_error);
      if (degrees != NULL)
        return degrees;
      if (count_error != NULL)
        g_propagate_error (error, g_steal_pointer (&count_error));
      else
        network = engram_network_cache_get_for (self, scan->readers[0], cancellable, error);
    }
  return network != NULL ? engram_degrees_new (network, counts) : NULL;
}

EngramDegrees *
engram_network_cache_get_degrees_for (EngramNetworkCache     *self,
                                      EngramScan             *scan,
                                      const EngramRowCounts  *counts,
                                      GCancellable           *cancellable,
                                      GError                **error)
{
  guint64 stamp = engram_connection_get_stamp (scan->readers[0]);
  EngramDegrees *degrees;

  g_return_val_if_fail (stamp != 0, NULL);

  if (!turn_take (&self->degrees_turn, cancellable, error))
    return NULL;
  if (self->degrees == NULL || self->degrees_stamp != stamp)
    {
      g_clear_pointer (&self->degrees, engram_degrees_unref);
      self->degrees = count_degrees (self, scan, counts, cancellable, error);
      self->degrees_stamp = stamp;
    }
  degrees = self->degrees != NULL ? engram_degrees_ref (self->degrees) : NULL;
  turn_give (&self->degrees_turn);
  return degrees;
}
