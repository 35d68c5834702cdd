/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "query/engram-sort.h"

#define NEURONS (1u << ENGRAM_RECORD_NEURON)
#define SYNAPSES (1u << ENGRAM_RECORD_SYNAPSE)

static const struct {
  const char *name;
  guint       kinds;
} keys[ENGRAM_SORT_N_KEYS] = {
  [ENGRAM_SORT_ROWS] = { "rows", NEURONS | SYNAPSES },
  [ENGRAM_SORT_ID] = { "id", NEURONS | SYNAPSES },
  [ENGRAM_SORT_TYPE] = { "type", NEURONS | SYNAPSES },
  [ENGRAM_SORT_CREATED] = { "created", NEURONS | SYNAPSES },
  [ENGRAM_SORT_MODIFIED] = { "modified", NEURONS | SYNAPSES },
  [ENGRAM_SORT_CHANGE] = { "change", NEURONS | SYNAPSES },
  [ENGRAM_SORT_SUMMARY] = { "summary", NEURONS },
  [ENGRAM_SORT_TAGS] = { "tags", NEURONS },
  [ENGRAM_SORT_X] = { "x", NEURONS },
  [ENGRAM_SORT_Y] = { "y", NEURONS },
  [ENGRAM_SORT_Z] = { "z", NEURONS },
  [ENGRAM_SORT_ACTIVATION] = { "activation", NEURONS },
  [ENGRAM_SORT_IMPORTANCE] = { "importance", NEURONS },
  [ENGRAM_SORT_EXECUTIONS] = { "executions", NEURONS },
  [ENGRAM_SORT_DEGREE] = { "degree", NEURONS },
  [ENGRAM_SORT_IN] = { "in", NEURONS },
  [ENGRAM_SORT_OUT] = { "out", NEURONS },
  [ENGRAM_SORT_SCORE] = { "score", NEURONS },
  [ENGRAM_SORT_COMMUNITY] = { "community", NEURONS },
  [ENGRAM_SORT_COMPONENT] = { "component", NEURONS },
  [ENGRAM_SORT_PAGE_RANK] = { "pagerank", NEURONS },
  [ENGRAM_SORT_BETWEENNESS] = { "betweenness", NEURONS },
  [ENGRAM_SORT_FAITHFULNESS] = { "faithfulness", NEURONS },
  [ENGRAM_SORT_MOVED] = { "moved", NEURONS },
  [ENGRAM_SORT_DRIFT] = { "drift", NEURONS },
  [ENGRAM_SORT_SOURCE] = { "source", SYNAPSES },
  [ENGRAM_SORT_TARGET] = { "target", SYNAPSES },
  [ENGRAM_SORT_WEIGHT] = { "weight", SYNAPSES },
  [ENGRAM_SORT_STRENGTH] = { "strength", SYNAPSES },
  [ENGRAM_SORT_USAGE] = { "usage", SYNAPSES },
  [ENGRAM_SORT_LAST_TRAVERSED] = { "last-traversed", SYNAPSES },
  [ENGRAM_SORT_WEIGHT_CHANGE] = { "weight-change", SYNAPSES },
};

const char *
engram_sort_key_get_name (EngramSortKey key)
{
  g_return_val_if_fail (key < ENGRAM_SORT_N_KEYS, NULL);

  return keys[key].name;
}

EngramSortKey
engram_sort_key_from_name (const char *name)
{
  g_return_val_if_fail (name != NULL, ENGRAM_SORT_ROWS);

  for (guint i = 0; i < ENGRAM_SORT_N_KEYS; i++)
    if (g_str_equal (keys[i].name, name))
      return (EngramSortKey) i;
  return ENGRAM_SORT_ROWS;
}

gboolean
engram_sort_key_fits (EngramSortKey    key,
                      EngramRecordKind kind)
{
  g_return_val_if_fail (key < ENGRAM_SORT_N_KEYS, FALSE);

  return (keys[key].kinds & (1u << kind)) != 0;
}
