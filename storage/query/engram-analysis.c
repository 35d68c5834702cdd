/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "query/engram-analysis.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static const struct {
  const char       *title;
  EngramQueryField  field;
  EngramSortKey     key;
  gboolean          is_category;
  EngramRecordKind  kind;
  gboolean          is_difference;
} analyses[ENGRAM_N_ANALYSES] = {
  [ENGRAM_ANALYSIS_COMMUNITY] = { N_("Communities"), ENGRAM_QUERY_COMMUNITY, ENGRAM_SORT_COMMUNITY, TRUE },
  [ENGRAM_ANALYSIS_COMPONENT] = { N_("Components"), ENGRAM_QUERY_COMPONENT, ENGRAM_SORT_COMPONENT, TRUE },
  [ENGRAM_ANALYSIS_PAGE_RANK] = { N_("PageRank"), ENGRAM_QUERY_PAGE_RANK, ENGRAM_SORT_PAGE_RANK, FALSE },
  [ENGRAM_ANALYSIS_BETWEENNESS] = { N_("Betweenness"), ENGRAM_QUERY_BETWEENNESS, ENGRAM_SORT_BETWEENNESS, FALSE },
  [ENGRAM_ANALYSIS_FAITHFULNESS] = { N_("Faithfulness"), ENGRAM_QUERY_FAITHFULNESS, ENGRAM_SORT_FAITHFULNESS, FALSE },
  /* Translators: what became of each neuron since another file: added, changed or the same. */
  [ENGRAM_ANALYSIS_CHANGE] = { N_("Changes"), ENGRAM_QUERY_CHANGE, ENGRAM_SORT_CHANGE, TRUE, ENGRAM_RECORD_NEURON,
                               TRUE },
  /* Translators: how far each neuron is from where it stood. */
  [ENGRAM_ANALYSIS_MOVED] = { N_("Moves"), ENGRAM_QUERY_MOVED, ENGRAM_SORT_MOVED, FALSE, ENGRAM_RECORD_NEURON, TRUE },
  [ENGRAM_ANALYSIS_DRIFT] = { N_("Vector drift"), ENGRAM_QUERY_DRIFT, ENGRAM_SORT_DRIFT, FALSE, ENGRAM_RECORD_NEURON,
                              TRUE },
  [ENGRAM_ANALYSIS_SYNAPSE_CHANGE] = { N_("Changes of synapses"), ENGRAM_QUERY_CHANGE, ENGRAM_SORT_CHANGE, TRUE,
                                       ENGRAM_RECORD_SYNAPSE, TRUE },
  [ENGRAM_ANALYSIS_WEIGHT_CHANGE] = { N_("Changes of weight"), ENGRAM_QUERY_WEIGHT_CHANGE, ENGRAM_SORT_WEIGHT_CHANGE,
                                      FALSE, ENGRAM_RECORD_SYNAPSE, TRUE },
};

static const char *const change_labels[ENGRAM_N_DIFFERENCES] = {
  [ENGRAM_DIFFERENCE_ADDED - 1] = N_("Added"),
  [ENGRAM_DIFFERENCE_CHANGED - 1] = N_("Changed"),
  /* Translators: neurons that are the same, but have a synapse that was added, changed or removed. */
  [ENGRAM_DIFFERENCE_REWIRED - 1] = N_("Other Synapses"),
  /* Translators: neurons and synapses that have not changed. */
  [ENGRAM_DIFFERENCE_SAME - 1] = N_("The Same"),
};

const char *
engram_analysis_get_name (EngramAnalysis analysis)
{
  g_return_val_if_fail (analysis < ENGRAM_N_ANALYSES, NULL);

  return engram_query_field_get_name (analyses[analysis].field);
}

gboolean
engram_analysis_from_name (const char     *name,
                           EngramAnalysis *analysis)
{
  g_return_val_if_fail (name != NULL, FALSE);

  for (guint i = 0; i < ENGRAM_N_ANALYSES; i++)
    if (g_str_equal (engram_analysis_get_name (i), name))
      {
        *analysis = i;
        return TRUE;
      }
  return FALSE;
}

const char *
engram_analysis_get_label (EngramAnalysis analysis)
{
  g_return_val_if_fail (analysis < ENGRAM_N_ANALYSES, NULL);

  return engram_query_field_get_label (analyses[analysis].field);
}

const char *
engram_analysis_get_title (EngramAnalysis analysis)
{
  g_return_val_if_fail (analysis < ENGRAM_N_ANALYSES, NULL);

  return _(analyses[analysis].title);
}

gboolean
engram_analysis_is_category (EngramAnalysis analysis)
{
  g_return_val_if_fail (analysis < ENGRAM_N_ANALYSES, FALSE);

  return analyses[analysis].is_category;
}

gboolean
engram_analysis_is_difference (EngramAnalysis analysis)
{
  g_return_val_if_fail (analysis < ENGRAM_N_ANALYSES, FALSE);

  return analyses[analysis].is_difference;
}

EngramRecordKind
engram_analysis_get_kind (EngramAnalysis analysis)
{
  g_return_val_if_fail (analysis < ENGRAM_N_ANALYSES, ENGRAM_RECORD_NEURON);

  return analyses[analysis].kind;
}

EngramQueryField
engram_analysis_get_field (EngramAnalysis analysis)
{
  g_return_val_if_fail (analysis < ENGRAM_N_ANALYSES, ENGRAM_QUERY_WORD);

  return analyses[analysis].field;
}

gboolean
engram_analysis_from_field (EngramQueryField  field,
                            EngramRecordKind  kind,
                            EngramAnalysis   *analysis)
{
  for (guint i = 0; i < ENGRAM_N_ANALYSES; i++)
    if (analyses[i].field == field && analyses[i].kind == kind)
      {
        *analysis = i;
        return TRUE;
      }
  return FALSE;
}

gboolean
engram_analysis_from_sort_key (EngramSortKey     key,
                               EngramRecordKind  kind,
                               EngramAnalysis   *analysis)
{
  for (guint i = 0; i < ENGRAM_N_ANALYSES; i++)
    if (analyses[i].key == key && analyses[i].kind == kind)
      {
        *analysis = i;
        return TRUE;
      }
  return FALSE;
}

/* The names of groups that have other names than their numbers; the first is that of group 1. */
static const char *const *
get_choices (EngramAnalysis analysis)
{
  return engram_query_field_get_choices (analyses[analysis].field);
}

char *
engram_analysis_dup_group_name (EngramAnalysis analysis,
                                double         group)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_return_val_if_fail (engram_analysis_is_category (analysis), NULL);

  if (get_choices (analysis) != NULL && group >= 1 && group <= ENGRAM_N_DIFFERENCES)
    return g_strdup (get_choices (analysis)[(guint) group - 1]);
  return g_strdup (g_ascii_dtostr (text, sizeof text, group));
}

double
engram_analysis_find_group (EngramAnalysis  analysis,
                            const char     *name)
{
  const char *const *choices;

  g_return_val_if_fail (engram_analysis_is_category (analysis), NAN);
  g_return_val_if_fail (name != NULL, NAN);

  choices = get_choices (analysis);
  if (choices == NULL)
    return g_ascii_strtod (name, NULL);
  for (guint i = 0; choices[i] != NULL; i++)
    if (g_str_equal (choices[i], name))
      return i + 1;
  return NAN;
}

char *
engram_analysis_dup_group_label (EngramAnalysis  analysis,
                                 const char     *name)
{
  double group = engram_analysis_find_group (analysis, name);

  if (get_choices (analysis) != NULL)
    return g_strdup (isfinite (group) ? _(change_labels[(guint) group - 1]) : name);
  if (analysis == ENGRAM_ANALYSIS_COMMUNITY)
    /* Translators: a number: 1 is the largest community. */
    return g_strdup_printf (_("Community %s"), name);
  /* Translators: a number: 1 is the largest component. */
  return g_strdup_printf (_("Component %s"), name);
}
