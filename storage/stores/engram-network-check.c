/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "stores/engram-network-check-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "engram-error-private.h"
#include "model/engram-id-table-private.h"

struct _EngramNetworkCheck {
  EngramIdTable *ids;
  guint          dimension;
};

EngramNetworkCheck *
engram_network_check_new (void)
{
  EngramNetworkCheck *self = g_new0 (EngramNetworkCheck, 1);

  self->ids = engram_id_table_new (0);
  return self;
}

void
engram_network_check_free (EngramNetworkCheck *self)
{
  if (self == NULL)
    return;

  engram_id_table_free (self->ids);
  g_free (self);
}

static gboolean
check_dimension (EngramNetworkCheck   *self,
                 const EngramNeuron   *neuron,
                 GError              **error)
{
  if (neuron->vector_length == 0 || neuron->vector_length == self->dimension)
    return TRUE;
  if (self->dimension == 0)
    {
      self->dimension = neuron->vector_length;
      return TRUE;
    }
  engram_set_record_error (error, ENGRAM_ERROR_INVALID, ENGRAM_RECORD_NEURON, neuron->id, "vector",
                           /* Translators: how many numbers a vector has, and how many it must have. */
                           _("it has %u numbers, but the vectors of this network have %u"), neuron->vector_length,
                           self->dimension);
  return FALSE;
}

gboolean
engram_network_check_neuron (EngramNetworkCheck   *self,
                             const EngramNeuron   *neuron,
                             GError              **error)
{
  if (!engram_neuron_validate (neuron, ENGRAM_NEURON_ALL, error) || !check_dimension (self, neuron, error))
    return FALSE;
  if (engram_id_table_add (self->ids, neuron->id, strlen (neuron->id)))
    return TRUE;
  engram_set_record_error (error, ENGRAM_ERROR_EXISTS, ENGRAM_RECORD_NEURON, neuron->id, "id",
                           _("there are two neurons of this id"));
  return FALSE;
}

static gboolean
check_end (EngramNetworkCheck   *self,
           const EngramSynapse  *synapse,
           const char           *field,
           const char           *neuron_id,
           GError              **error)
{
  if (engram_id_table_find (self->ids, neuron_id, strlen (neuron_id)) != ENGRAM_ID_TABLE_NONE)
    return TRUE;
  engram_set_record_error (error, ENGRAM_ERROR_NOT_FOUND, ENGRAM_RECORD_SYNAPSE, synapse->id, field,
                           _("there is no neuron %s"), neuron_id);
  return FALSE;
}

gboolean
engram_network_check_synapse (EngramNetworkCheck   *self,
                              const EngramSynapse  *synapse,
                              GError              **error)
{
  return engram_synapse_validate (synapse, ENGRAM_SYNAPSE_ALL, error) &&
         check_end (self, synapse, "source_neuron_id", synapse->source_id, error) &&
         check_end (self, synapse, "target_neuron_id", synapse->target_id, error);
}
