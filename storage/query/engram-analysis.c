/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "query/engram-analysis.h"

#include <glib/gi18n-lib.h>

static const struct {
  const char       *title;
  EngramQueryField  field;
  EngramSortKey     key;
  gboolean          is_category;
} analyses[ENGRAM_N_ANALYSES] = {
  [ENGRAM_ANALYSIS_COMMUNITY] = { N_("Communities"), ENGRAM_QUERY_COMMUNITY, ENGRAM_SORT_COMMUNITY, TRUE },
  [ENGRAM_ANALYSIS_COMPONENT] = { N_("Components"), ENGRAM_QUERY_COMPONENT, ENGRAM_SORT_COMPONENT, TRUE },
  [ENGRAM_ANALYSIS_PAGE_RANK] = { N_("PageRank"), ENGRAM_QUERY_PAGE_RANK, ENGRAM_SORT_PAGE_RANK, FALSE },
  [ENGRAM_ANALYSIS_BETWEENNESS] = { N_("Betweenness"), ENGRAM_QUERY_BETWEENNESS, ENGRAM_SORT_BETWEENNESS, FALSE },
  [ENGRAM_ANALYSIS_FAITHFULNESS] = { N_("Faithfulness"), ENGRAM_QUERY_FAITHFULNESS, ENGRAM_SORT_FAITHFULNESS, FALSE },
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

EngramQueryField
engram_analysis_get_field (EngramAnalysis analysis)
{
  g_return_val_if_fail (analysis < ENGRAM_N_ANALYSES, ENGRAM_QUERY_WORD);

  return analyses[analysis].field;
}

gboolean
engram_analysis_from_field (EngramQueryField  field,
                            EngramAnalysis   *analysis)
{
  for (guint i = 0; i < ENGRAM_N_ANALYSES; i++)
    if (analyses[i].field == field)
      {
        *analysis = i;
        return TRUE;
      }
  return FALSE;
}

gboolean
engram_analysis_from_sort_key (EngramSortKey   key,
                               EngramAnalysis *analysis)
{
  for (guint i = 0; i < ENGRAM_N_ANALYSES; i++)
    if (analyses[i].key == key)
      {
        *analysis = i;
        return TRUE;
      }
  return FALSE;
}
