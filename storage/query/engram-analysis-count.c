/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "query/engram-analysis-count-private.h"

#include <math.h>
#include <stdlib.h>

#include "query/engram-histogram-private.h"

typedef struct {
  double  number;
  guint64 count;
} Group;

/* The least and the greatest number; both 0 where there is none. */
static void
find_bounds (const EngramRecordNumbers *values,
             double                    *low,
             double                    *high)
{
  *low = INFINITY;
  *high = -INFINITY;
  for (gsize i = 0; i < values->n_records; i++)
    if (isfinite (values->numbers[i]))
      {
        *low = MIN (*low, values->numbers[i]);
        *high = MAX (*high, values->numbers[i]);
      }
  if (*low > *high)
    *low = *high = 0;
}

/* Bins whose bounds are round numbers, and which hold all from one number to another. */
static void
begin_round (EngramHistogram *self,
             double           low,
             double           high)
{
  static const double steps[] = { 1, 1.5, 2, 2.5, 3, 4, 5, 6, 8 };
  double least = high > low ? (high - low) / ENGRAM_HISTOGRAM_BINS : MAX (fabs (low), 1) / ENGRAM_HISTOGRAM_BINS;
  int power = (int) floor (log10 (least));

  for (guint i = 0;; i++)
    {
      double width = steps[i % G_N_ELEMENTS (steps)] * pow (10, power + (int) (i / G_N_ELEMENTS (steps)));
      double start = floor (low / width) * width;

      if (start + width * ENGRAM_HISTOGRAM_BINS < high || width < least)
        continue;
      engram_histogram_begin (self, start, start + width * ENGRAM_HISTOGRAM_BINS);
      return;
    }
}

/* Numbers of groups are whole, and unless they are fixed there are no more groups than neurons. */
static gsize
find_group (const EngramAnalysisCount *self,
            double                     number)
{
  gsize greatest = self->is_fixed ? self->n_groups : self->values->n_records;

  return number >= 1 && number <= greatest && number == floor (number) ? (gsize) number : 0;
}

static void
begin_groups (EngramAnalysisCount *self,
              EngramAnalysis       analysis)
{
  self->is_fixed = engram_analysis_is_difference (analysis);
  if (self->is_fixed)
    self->n_groups = ENGRAM_N_DIFFERENCES;
  for (gsize i = 0; !self->is_fixed && i < self->values->n_records; i++)
    self->n_groups = MAX (self->n_groups, find_group (self, self->values->numbers[i]));
  self->groups = g_new0 (guint64, self->n_groups + 1);
}

void
engram_analysis_count_begin (EngramAnalysisCount *self,
                             EngramAnalysis       analysis,
                             EngramRecordNumbers *values)
{
  double low, high;

  *self = (EngramAnalysisCount) { .values = values != NULL ? engram_record_numbers_ref (values) : NULL };
  engram_histogram_begin (&self->histogram, 0, 1);
  if (values == NULL)
    return;
  if (engram_analysis_is_category (analysis))
    begin_groups (self, analysis);
  else if (analysis != ENGRAM_ANALYSIS_FAITHFULNESS)
    {
      find_bounds (values, &low, &high);
      begin_round (&self->histogram, low, high);
    }
}

void
engram_analysis_count_clear (EngramAnalysisCount *self)
{
  g_clear_pointer (&self->values, engram_record_numbers_unref);
  g_clear_pointer (&self->groups, g_free);
}

static double
find_number (EngramAnalysisCount *self,
             gint64               rowid)
{
  const EngramRecordNumbers *values = self->values;
  gboolean is_after = self->next == 0 || values->rowids[self->next - 1] < rowid;

  if (!is_after || (self->next < values->n_records && values->rowids[self->next] < rowid))
    self->next = engram_record_numbers_find (self->values, rowid);
  if (self->next == values->n_records || values->rowids[self->next] != rowid)
    return NAN;
  return values->numbers[self->next++];
}

void
engram_analysis_count_add (EngramAnalysisCount *self,
                           gint64               rowid)
{
  double number;

  if (self->values == NULL)
    return;
  number = find_number (self, rowid);
  if (self->groups == NULL)
    engram_histogram_add (&self->histogram, number);
  else if (find_group (self, number) > 0)
    self->groups[find_group (self, number) - 1]++;
}

void
engram_analysis_count_merge (EngramAnalysisCount       *self,
                             const EngramAnalysisCount *other)
{
  engram_histogram_merge (&self->histogram, &other->histogram);
  for (gsize i = 0; i < self->n_groups; i++)
    self->groups[i] += other->groups[i];
}

static int
compare_groups (gconstpointer a,
                gconstpointer b)
{
  const Group *first = a, *second = b;

  if (first->count != second->count)
    return first->count < second->count ? 1 : -1;
  return (first->number > second->number) - (first->number < second->number);
}

static void
value_free (gpointer data)
{
  EngramFacetValue *value = data;

  g_free (value->name);
  g_free (value);
}

static void
add_group (GPtrArray  *groups,
           const char *name,
           guint64     count)
{
  EngramFacetValue *value = g_new (EngramFacetValue, 1);

  *value = (EngramFacetValue) { .name = g_strdup (name), .count = count };
  g_ptr_array_add (groups, value);
}

static gboolean
is_listed (GPtrArray  *groups,
             const char *name)
{
  for (guint i = 0; i < groups->len; i++)
    if (g_str_equal (((const EngramFacetValue *) groups->pdata[i])->name, name))
      return TRUE;
  return FALSE;
}

/* Not where no record of that kind could be of it. */
static GPtrArray *
list_fixed (const EngramAnalysisCount *self,
            EngramAnalysis             analysis)
{
  GPtrArray *groups = g_ptr_array_new_with_free_func (value_free);

  for (gsize i = 0; i < self->n_groups; i++)
    {
      g_autofree char *name = engram_analysis_dup_group_name (analysis, i + 1);

      if (i + 1 != ENGRAM_DIFFERENCE_REWIRED || engram_analysis_get_kind (analysis) == ENGRAM_RECORD_NEURON)
        add_group (groups, name, self->groups[i]);
    }
  return groups;
}

/* What the query names is listed in any case. */
static void
add_named (const EngramAnalysisCount *self,
           EngramQueryField           field,
           EngramQuery               *query,
           GPtrArray                 *groups)
{
  gsize n_terms = 0;
  const EngramQueryTerm *terms = query != NULL ? engram_query_get_terms (query, &n_terms) : NULL;

  for (gsize i = 0; i < n_terms; i++)
    for (char **value = terms[i].values; terms[i].field == field && value != NULL && *value != NULL; value++)
      {
        gsize group = find_group (self, g_ascii_strtod (*value, NULL));

        if (!is_listed (groups, *value))
          add_group (groups, *value, group > 0 && group <= self->n_groups ? self->groups[group - 1] : 0);
      }
}

static GPtrArray *
list_groups (const EngramAnalysisCount *self,
             EngramQueryField           field,
             EngramQuery               *query)
{
  GPtrArray *groups = g_ptr_array_new_with_free_func (value_free);
  g_autofree Group *sorted = g_new (Group, self->n_groups + 1);

  for (gsize i = 0; i < self->n_groups; i++)
    sorted[i] = (Group) { i + 1, self->groups[i] };
  qsort (sorted, self->n_groups, sizeof *sorted, compare_groups);
  for (gsize i = 0; i < MIN (self->n_groups, ENGRAM_FACETS_MAX_TAGS); i++)
    {
      char name[G_ASCII_DTOSTR_BUF_SIZE];

      add_group (groups, g_ascii_dtostr (name, sizeof name, sorted[i].number), sorted[i].count);
    }
  add_named (self, field, query, groups);
  return groups;
}

void
engram_analysis_count_fill (const EngramAnalysisCount *self,
                            EngramAnalysis             analysis,
                            EngramQuery               *query,
                            EngramAnalysisFacet       *facet)
{
  facet->is_made = self->values != NULL;
  facet->histogram = self->histogram;
  facet->n_groups = (guint) self->n_groups;
  if (self->is_fixed)
    facet->groups = list_fixed (self, analysis);
  else if (self->groups != NULL)
    facet->groups = list_groups (self, engram_analysis_get_field (analysis), query);
}
