/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "query/engram-query-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

typedef struct {
  const char      *name;
  const char      *label;
  const char      *example;
  EngramQueryForm  form;
} Field;

/* In the order in which they are explained. */
static const Field fields[ENGRAM_QUERY_N_FIELDS] = {
  [ENGRAM_QUERY_WORD] = { NULL, N_("Words"), "axon \"action potential\"", ENGRAM_QUERY_FORM_WORD },
  [ENGRAM_QUERY_ID] = { "id", N_("Ids"), "id:ID,ID", ENGRAM_QUERY_FORM_IDS },
  [ENGRAM_QUERY_TYPE] = { "type", N_("Type"), "type:tool,memory", ENGRAM_QUERY_FORM_NAMES },
  [ENGRAM_QUERY_TAG] = { "tag", N_("Tag"), "tag:cortex,\"old brain\"", ENGRAM_QUERY_FORM_NAMES },
  [ENGRAM_QUERY_ACTIVATION] = { "activation", N_("Activation"), "activation:>0.5", ENGRAM_QUERY_FORM_NUMBERS },
  [ENGRAM_QUERY_IMPORTANCE] = { "importance", N_("Importance"), "importance:0.2..0.4", ENGRAM_QUERY_FORM_NUMBERS },
  [ENGRAM_QUERY_EXECUTIONS] = { "executions", N_("Executions"), "executions:>=10", ENGRAM_QUERY_FORM_NUMBERS },
  [ENGRAM_QUERY_DEGREE] = { "degree", N_("Synapses in and out"), "degree:>20", ENGRAM_QUERY_FORM_NUMBERS },
  [ENGRAM_QUERY_IN] = { "in", N_("Synapses in"), "in:0", ENGRAM_QUERY_FORM_NUMBERS },
  [ENGRAM_QUERY_OUT] = { "out", N_("Synapses out"), "out:1..3", ENGRAM_QUERY_FORM_NUMBERS },
  [ENGRAM_QUERY_COMMUNITY] = { "community", N_("Community"), "community:1,2", ENGRAM_QUERY_FORM_GROUPS },
  [ENGRAM_QUERY_COMPONENT] = { "component", N_("Component"), "component:>1", ENGRAM_QUERY_FORM_GROUPS },
  [ENGRAM_QUERY_PAGE_RANK] = { "pagerank", N_("PageRank"), "pagerank:>0.01", ENGRAM_QUERY_FORM_NUMBERS },
  [ENGRAM_QUERY_BETWEENNESS] = { "betweenness", N_("Betweenness"), "betweenness:>=100", ENGRAM_QUERY_FORM_NUMBERS },
  [ENGRAM_QUERY_FAITHFULNESS] = { "faithfulness", N_("Faithfulness"), "faithfulness:<0.3",
                                  ENGRAM_QUERY_FORM_NUMBERS },
  /* Translators: what became of a neuron or synapse since another file. */
  [ENGRAM_QUERY_CHANGE] = { "change", N_("Change"), "change:added,changed", ENGRAM_QUERY_FORM_CHOICES },
  /* Translators: how far a neuron is from where it stood. */
  [ENGRAM_QUERY_MOVED] = { "moved", N_("Moved"), "moved:>5", ENGRAM_QUERY_FORM_NUMBERS },
  [ENGRAM_QUERY_DRIFT] = { "drift", N_("Vector drift"), "drift:>0.1", ENGRAM_QUERY_FORM_NUMBERS },
  [ENGRAM_QUERY_CREATED] = { "created", N_("Created"), "created:<2025-11", ENGRAM_QUERY_FORM_TIMES },
  [ENGRAM_QUERY_MODIFIED] = { "modified", N_("Modified"), "modified:7d", ENGRAM_QUERY_FORM_TIMES },
  [ENGRAM_QUERY_NEAR] = { "near", N_("Near in space"), "near:ID<30", ENGRAM_QUERY_FORM_NEAR },
  [ENGRAM_QUERY_BOX] = { "box", N_("Box in space"), "box:-10,-10,-10,10,10,10", ENGRAM_QUERY_FORM_BOX },
  [ENGRAM_QUERY_LIKE] = { "like", N_("Nearest by vector"), "like:ID", ENGRAM_QUERY_FORM_ID },
  [ENGRAM_QUERY_WEIGHT] = { "weight", N_("Weight"), "weight:-0.1..0.1", ENGRAM_QUERY_FORM_NUMBERS },
  [ENGRAM_QUERY_USAGE] = { "usage", N_("Usage"), "usage:>3", ENGRAM_QUERY_FORM_NUMBERS },
  [ENGRAM_QUERY_WEIGHT_CHANGE] = { "weight-change", N_("Change of weight"), "weight-change:<-0.1",
                                   ENGRAM_QUERY_FORM_NUMBERS },
  [ENGRAM_QUERY_SYNAPSE] = { "synapse", N_("Synapse type"), "synapse:tool_input", ENGRAM_QUERY_FORM_NAMES },
  [ENGRAM_QUERY_FROM] = { "from", N_("Starts from"), "from:ID", ENGRAM_QUERY_FORM_IDS },
  [ENGRAM_QUERY_TO] = { "to", N_("Leads to"), "to:ID", ENGRAM_QUERY_FORM_IDS },
};

/* What other programs and the file itself call things. */
static const struct {
  const char       *name;
  EngramQueryField  field;
} other_names[] = {
  { "changed", ENGRAM_QUERY_MODIFIED },
  { "date", ENGRAM_QUERY_CREATED },
  { "difference", ENGRAM_QUERY_CHANGE },
  { "distance", ENGRAM_QUERY_NEAR },
  { "kind", ENGRAM_QUERY_TYPE },
  { "neuron_type", ENGRAM_QUERY_TYPE },
  { "position", ENGRAM_QUERY_BOX },
  { "semantic_tags", ENGRAM_QUERY_TAG },
  { "similar", ENGRAM_QUERY_LIKE },
  { "source", ENGRAM_QUERY_FROM },
  { "synapse_type", ENGRAM_QUERY_SYNAPSE },
  { "target", ENGRAM_QUERY_TO },
  { "updated", ENGRAM_QUERY_MODIFIED },
  { "uuid", ENGRAM_QUERY_ID },
  { "weight_change", ENGRAM_QUERY_WEIGHT_CHANGE },
};

/* In the order of EngramDifference. */
static const char *const changes[] = { "added", "changed", "rewired", "same", NULL };

/* Longer names are no slips of the finger. */
#define MAX_NAME 16

const char *
engram_query_field_get_name (EngramQueryField field)
{
  g_return_val_if_fail (field < ENGRAM_QUERY_N_FIELDS, NULL);

  return fields[field].name;
}

const char *
engram_query_field_get_label (EngramQueryField field)
{
  g_return_val_if_fail (field < ENGRAM_QUERY_N_FIELDS, NULL);

  return _(fields[field].label);
}

const char *
engram_query_field_get_example (EngramQueryField field)
{
  g_return_val_if_fail (field < ENGRAM_QUERY_N_FIELDS, NULL);

  return fields[field].example;
}

const char *const *
engram_query_field_get_choices (EngramQueryField field)
{
  g_return_val_if_fail (field < ENGRAM_QUERY_N_FIELDS, NULL);

  return field == ENGRAM_QUERY_CHANGE ? changes : NULL;
}

EngramQueryForm
engram_query_field_get_form (EngramQueryField field)
{
  g_return_val_if_fail (field < ENGRAM_QUERY_N_FIELDS, ENGRAM_QUERY_FORM_WORD);

  return fields[field].form;
}

gboolean
engram_query_field_from_name (const char       *name,
                              gsize             length,
                              EngramQueryField *field)
{
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (fields[i].name != NULL && strlen (fields[i].name) == length
        && g_ascii_strncasecmp (fields[i].name, name, length) == 0)
      {
        *field = i;
        return TRUE;
      }
  return FALSE;
}

/* How many letters must be put in, left out, replaced or swapped with their neighbour. */
static guint
measure_slips (const char *one,
               const char *other)
{
  guint table[MAX_NAME + 1][MAX_NAME + 1];
  gsize one_length = strlen (one);
  gsize other_length = strlen (other);

  for (gsize i = 0; i <= one_length; i++)
    for (gsize j = 0; j <= other_length; j++)
      {
        if (i == 0 || j == 0)
          {
            table[i][j] = i + j;
            continue;
          }
        table[i][j] = MIN (MIN (table[i - 1][j], table[i][j - 1]) + 1,
                           table[i - 1][j - 1] + (one[i - 1] != other[j - 1]));
        if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
          table[i][j] = MIN (table[i][j], table[i - 2][j - 2] + 1);
      }
  return table[one_length][other_length];
}

static EngramQueryField
find_least_slips (const char *name)
{
  guint least = strlen (name) <= 3 ? 1 : 2;
  EngramQueryField nearest = ENGRAM_QUERY_WORD;

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      guint slips;

      if (fields[i].name == NULL)
        continue;
      slips = measure_slips (name, fields[i].name);
      if (slips > least || (slips == least && nearest != ENGRAM_QUERY_WORD))
        continue;
      least = slips;
      nearest = i;
    }
  return nearest;
}

EngramQueryField
engram_query_field_suggest (const char *name)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);

  if (strlen (lower) > MAX_NAME || *lower == '\0')
    return ENGRAM_QUERY_WORD;
  for (guint i = 0; i < G_N_ELEMENTS (other_names); i++)
    if (g_str_equal (other_names[i].name, lower))
      return other_names[i].field;
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (fields[i].name != NULL && g_str_has_prefix (fields[i].name, lower))
      return i;
  return find_least_slips (lower);
}
