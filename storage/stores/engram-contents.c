/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "model/engram-time.h"
#include "stores/engram-transfer-private.h"

G_DEFINE_BOXED_TYPE (EngramContents, engram_contents, engram_contents_copy, engram_contents_free)

EngramContents *
engram_contents_new (void)
{
  EngramContents *self = g_new0 (EngramContents, 1);

  self->neurons = g_ptr_array_new_with_free_func ((GDestroyNotify) engram_neuron_free);
  self->synapses = g_ptr_array_new_with_free_func ((GDestroyNotify) engram_synapse_free);
  return self;
}

EngramContents *
engram_contents_copy (const EngramContents *self)
{
  EngramContents *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = engram_contents_new ();
  for (guint i = 0; i < self->neurons->len; i++)
    g_ptr_array_add (copy->neurons, engram_neuron_copy (g_ptr_array_index (self->neurons, i)));
  for (guint i = 0; i < self->synapses->len; i++)
    g_ptr_array_add (copy->synapses, engram_synapse_copy (g_ptr_array_index (self->synapses, i)));
  return copy;
}

void
engram_contents_free (EngramContents *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->neurons);
  g_ptr_array_unref (self->synapses);
  g_free (self);
}

void
engram_transfer_finish (EngramTransfer *done,
                        const char     *action,
                        const char     *path,
                        gint64          start,
                        EngramTransfer *transfer)
{
  g_autofree char *now = engram_time_now ();

  done->seconds = (g_get_monotonic_time () - start) / (double) G_USEC_PER_SEC;
  g_strlcpy (done->time, now, sizeof done->time);
  g_log_structured (G_LOG_DOMAIN, G_LOG_LEVEL_INFO,
                    "ENGRAM_ACTION", action,
                    "ENGRAM_PATH", path,
                    "MESSAGE",
                    "%s “%s”: %" G_GUINT64_FORMAT " neurons created, %" G_GUINT64_FORMAT " modified, %" G_GUINT64_FORMAT
                    " deleted; %" G_GUINT64_FORMAT " synapses created, %" G_GUINT64_FORMAT
                    " modified, %" G_GUINT64_FORMAT " deleted; %.3f s",
                    action, path, done->neurons_created, done->neurons_modified, done->neurons_deleted,
                    done->synapses_created, done->synapses_modified, done->synapses_deleted, done->seconds);
  if (transfer != NULL)
    *transfer = *done;
}
