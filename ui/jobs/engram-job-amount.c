/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jobs/engram-job-amount.h"

double
engram_measure_file (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInfo) info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE, G_FILE_QUERY_INFO_NONE, NULL,
                                                  NULL);

  return info != NULL ? g_file_info_get_size (info) : 0;
}

double
engram_measure_files (const char * const *paths)
{
  double bytes = 0;

  for (guint i = 0; paths[i] != NULL; i++)
    bytes += engram_measure_file (paths[i]);
  return bytes;
}

double
engram_measure_network (EngramDatabase *database)
{
  return engram_measure_file (engram_database_get_path (database));
}

double
engram_measure_records (EngramDatabase *database,
                        GCancellable   *cancellable)
{
  g_autoptr (EngramNeuronStore) neurons = engram_neuron_store_new (database);
  g_autoptr (EngramSynapseStore) synapses = engram_synapse_store_new (database);
  guint64 n_neurons = 0, n_synapses = 0;

  /* Whatever is wrong, the work itself will say so. */
  if (!engram_neuron_store_count (neurons, &n_neurons, cancellable, NULL) ||
      !engram_synapse_store_count (synapses, &n_synapses, cancellable, NULL))
    return 0;
  return (double) n_neurons + (double) n_synapses;
}
