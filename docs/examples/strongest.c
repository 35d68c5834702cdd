/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Prints how large a network is, and its strongest synapses:
 *
 *   cc strongest.c $(pkg-config --cflags --libs engram-1) -o strongest
 *   ./strongest FILE
 */
#include <engram.h>

static void
print_synapse (const EngramSynapseListRow *row)
{
  if (row->synapse != NULL)
    g_print ("%+.3f  %s -> %s\n", row->synapse->weight, row->source_summary, row->target_summary);
}

static gboolean
print_strongest (EngramDatabase  *database,
                 gsize            n_strongest,
                 GError         **error)
{
  g_autoptr (EngramSearcher) searcher = engram_searcher_new (database);
  g_autoptr (EngramSynapseStore) synapses = engram_synapse_store_new (database);
  const EngramSort strongest_first = { .key = ENGRAM_SORT_STRENGTH, .descending = TRUE };
  g_autoptr (EngramFound) found = NULL;
  g_autoptr (GArray) rows = NULL;
  g_autofree gint64 *rowids = NULL;

  found = engram_searcher_find (searcher, ENGRAM_RECORD_SYNAPSE, NULL, &strongest_first, NULL, NULL, NULL, error);
  if (found == NULL)
    return FALSE;

  n_strongest = MIN (n_strongest, engram_row_order_get_size (found->order));
  rowids = g_new (gint64, n_strongest);
  for (gsize i = 0; i < n_strongest; i++)
    rowids[i] = engram_row_order_get (found->order, i);
  rows = engram_synapse_store_list_rows (synapses, rowids, n_strongest, NULL, error);
  if (rows == NULL)
    return FALSE;

  for (guint i = 0; i < rows->len; i++)
    print_synapse (&g_array_index (rows, EngramSynapseListRow, i));
  return TRUE;
}

static gboolean
print_network (const char  *path,
               GError     **error)
{
  g_autoptr (EngramDatabase) database = engram_database_open (path, NULL, error);
  g_autoptr (EngramDatabaseStatistics) statistics = NULL;

  if (database == NULL)
    return FALSE;
  statistics = engram_database_get_statistics (database, NULL, error);
  if (statistics == NULL)
    return FALSE;
  g_print ("%" G_GUINT64_FORMAT " neurons, %" G_GUINT64_FORMAT " synapses\n",
           statistics->neurons, statistics->synapses);
  return print_strongest (database, 10, error);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GError) error = NULL;

  if (argc == 2 && print_network (argv[1], &error))
    return 0;
  g_printerr ("%s\n", error != NULL ? error->message : "usage: strongest FILE");
  return 1;
}
