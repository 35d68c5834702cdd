/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "filter-support.h"

#include <math.h>
#include <string.h>

#include "model/engram-time.h"

static ModelNeuron *
find_neuron (Model      *self,
             const char *id)
{
  return g_hash_table_lookup (self->ids, id);
}

static gboolean
is_in (const EngramRange *range,
       double             number)
{
  if (isnan (number) || number < range->low || number > range->high)
    return FALSE;
  return !(range->low_excluded && number == range->low) && !(range->high_excluded && number == range->high);
}

static gboolean
is_one_of (char       **values,
           const char  *text)
{
  return text != NULL && g_strv_contains ((const char *const *) values, text);
}

static gboolean
is_within (const EngramQueryTerm *term,
           const char            *time)
{
  g_autofree char *normal = engram_time_normalize (time);

  return normal != NULL && (term->since == NULL || strcmp (normal, term->since) >= 0) &&
         (term->until == NULL || strcmp (normal, term->until) < 0);
}

guint
model_get_degree (const ModelNeuron *neuron,
                  EngramQueryField   field)
{
  return (field != ENGRAM_QUERY_OUT ? neuron->n_in : 0) + (field != ENGRAM_QUERY_IN ? neuron->n_out : 0);
}

double
model_get_cosine (const ModelNeuron *neuron,
                  const ModelNeuron *other)
{
  double dot = 0, square = 0, other_square = 0;

  for (int i = 0; i < 8; i++)
    {
      dot += (double) neuron->vector[i] * (double) other->vector[i];
      square += (double) neuron->vector[i] * (double) neuron->vector[i];
      other_square += (double) other->vector[i] * (double) other->vector[i];
    }
  return CLAMP (dot / sqrt (square) / sqrt (other_square), -1, 1);
}

static double
get_distance (const ModelNeuron *neuron,
              const double       place[3])
{
  double x = neuron->position[0] - place[0];
  double y = neuron->position[1] - place[1];
  double z = neuron->position[2] - place[2];

  return sqrt (x * x + y * y + z * z);
}

static gboolean
is_in_box (const ModelNeuron     *neuron,
           const EngramQueryTerm *term)
{
  for (int axis = 0; axis < 3; axis++)
    if (!(neuron->position[axis] >= term->box[0][axis] && neuron->position[axis] <= term->box[1][axis]))
      return FALSE;
  return TRUE;
}

static gboolean
has_word (const ModelNeuron *neuron,
          const char        *word)
{
  g_autofree char *folded = g_utf8_casefold (word, -1);

  for (guint i = 0; i < neuron->texts->len; i++)
    if (strstr (g_ptr_array_index (neuron->texts, i), folded) != NULL)
      return TRUE;
  return FALSE;
}

static gboolean
has_tag (const ModelNeuron *neuron,
         char             **values)
{
  for (guint i = 0; i < neuron->tags->len; i++)
    if (is_one_of (values, g_ptr_array_index (neuron->tags, i)))
      return TRUE;
  return FALSE;
}

double
model_get_analysis (gint64         rowid,
                    EngramAnalysis analysis)
{
  guint64 number = (guint64) rowid * (2 * analysis + 3);

  if (engram_analysis_is_difference (analysis) && engram_analysis_is_category (analysis))
    return number % 7 != 0 ? (double) (number % 4 + 1) : NAN;
  return number % 7 != 0 ? (double) (number % 13) : NAN;
}

/* Groups are named, or lie in a range. */
static gboolean
has_value (gint64                 rowid,
           const EngramQueryTerm *term,
           EngramAnalysis         analysis)
{
  static const char *const changes[] = { "added", "changed", "rewired", "same" };
  double value = model_get_analysis (rowid, analysis);
  g_autofree char *name = NULL;

  if (!isnan (value))
    name = term->field == ENGRAM_QUERY_CHANGE ? g_strdup (changes[(guint) value - 1]) : g_strdup_printf ("%.0f", value);

  return term->values != NULL ? name != NULL && is_one_of (term->values, name) : is_in (&term->range, value);
}

static gboolean
neuron_term_holds (Model                 *self,
                   const ModelNeuron     *neuron,
                   const EngramQueryTerm *term)
{
  EngramAnalysis analysis;

  if (engram_analysis_from_field (term->field, ENGRAM_RECORD_NEURON, &analysis))
    return has_value (neuron->rowid, term, analysis);
  switch (term->field)
    {
    case ENGRAM_QUERY_WORD:
      return has_word (neuron, term->values[0]);
    case ENGRAM_QUERY_ID:
      return is_one_of (term->values, neuron->id);
    case ENGRAM_QUERY_TYPE:
      return is_one_of (term->values, neuron->type);
    case ENGRAM_QUERY_TAG:
      return has_tag (neuron, term->values);
    case ENGRAM_QUERY_ACTIVATION:
      return is_in (&term->range, neuron->activation);
    case ENGRAM_QUERY_IMPORTANCE:
      return is_in (&term->range, neuron->importance);
    case ENGRAM_QUERY_EXECUTIONS:
      return is_in (&term->range, neuron->executions);
    case ENGRAM_QUERY_DEGREE:
    case ENGRAM_QUERY_IN:
    case ENGRAM_QUERY_OUT:
      return is_in (&term->range, model_get_degree (neuron, term->field));
    case ENGRAM_QUERY_CREATED:
      return is_within (term, neuron->created);
    case ENGRAM_QUERY_MODIFIED:
      return is_within (term, neuron->modified);
    case ENGRAM_QUERY_NEAR:
      return is_in (&term->range, get_distance (neuron, term->values == NULL ? term->box[0]
                                                        : find_neuron (self, term->values[0])->position));
    case ENGRAM_QUERY_BOX:
      return is_in_box (neuron, term);
    case ENGRAM_QUERY_LIKE:
      return neuron->vector_bytes == find_neuron (self, term->values[0])->vector_bytes;
    default:
      g_assert_not_reached ();
    }
}

static gboolean
synapse_term_holds (Model                 *self,
                    const ModelSynapse    *synapse,
                    const EngramQueryTerm *term)
{
  EngramAnalysis analysis;

  if (engram_analysis_from_field (term->field, ENGRAM_RECORD_SYNAPSE, &analysis))
    return has_value (synapse->rowid, term, analysis);
  switch (term->field)
    {
    case ENGRAM_QUERY_ID:
      return is_one_of (term->values, synapse->id) || is_one_of (term->values, synapse->source) ||
             is_one_of (term->values, synapse->target);
    case ENGRAM_QUERY_CREATED:
      return is_within (term, synapse->created);
    case ENGRAM_QUERY_MODIFIED:
      return is_within (term, synapse->modified);
    case ENGRAM_QUERY_WEIGHT:
      return is_in (&term->range, synapse->weight);
    case ENGRAM_QUERY_USAGE:
      return is_in (&term->range, synapse->usage);
    case ENGRAM_QUERY_SYNAPSE:
      return is_one_of (term->values, synapse->type);
    case ENGRAM_QUERY_FROM:
      return is_one_of (term->values, synapse->source);
    case ENGRAM_QUERY_TO:
      return is_one_of (term->values, synapse->target);
    default:
      g_assert_not_reached ();
    }
}

static gboolean
is_common_field (EngramQueryField field)
{
  return field == ENGRAM_QUERY_ID || field == ENGRAM_QUERY_CREATED || field == ENGRAM_QUERY_MODIFIED
         || field == ENGRAM_QUERY_CHANGE;
}

static gboolean
is_synapse_field (EngramQueryField field)
{
  return field >= ENGRAM_QUERY_WEIGHT && field <= ENGRAM_QUERY_TO;
}

/* Whether all terms hold that look at neurons, and, where @alone, at nothing else. */
static gboolean
neuron_terms_hold (Model             *self,
                   const ModelNeuron *neuron,
                   EngramQuery       *query,
                   EngramQueryField   except,
                   gboolean           alone,
                   gboolean          *any)
{
  gsize n_terms;
  const EngramQueryTerm *terms = engram_query_get_terms (query, &n_terms);

  *any = FALSE;
  for (gsize i = 0; i < n_terms; i++)
    {
      if (is_synapse_field (terms[i].field) || (alone && is_common_field (terms[i].field)) || terms[i].field == except)
        continue;
      *any = TRUE;
      if (neuron != NULL && neuron_term_holds (self, neuron, &terms[i]) == terms[i].negated)
        return FALSE;
    }
  return TRUE;
}

static gboolean
synapse_terms_hold (Model              *self,
                    const ModelSynapse *synapse,
                    EngramQuery        *query,
                    EngramQueryField    except,
                    gboolean            alone,
                    gboolean           *any)
{
  gsize n_terms;
  const EngramQueryTerm *terms = engram_query_get_terms (query, &n_terms);

  *any = FALSE;
  for (gsize i = 0; i < n_terms; i++)
    {
      gboolean is_looked_at = is_synapse_field (terms[i].field) || (!alone && is_common_field (terms[i].field));

      if (!is_looked_at || terms[i].field == except)
        continue;
      *any = TRUE;
      if (synapse != NULL && synapse_term_holds (self, synapse, &terms[i]) == terms[i].negated)
        return FALSE;
    }
  return TRUE;
}

gboolean
model_neuron_passes (Model             *self,
                     const ModelNeuron *neuron,
                     EngramQuery       *query,
                     EngramQueryField   except)
{
  gboolean any;

  if (!neuron_terms_hold (self, neuron, query, except, FALSE, &any))
    return FALSE;
  synapse_terms_hold (self, NULL, query, ENGRAM_QUERY_N_FIELDS, TRUE, &any);
  for (guint i = 0; any && i < self->synapses->len; i++)
    {
      const ModelSynapse *synapse = g_ptr_array_index (self->synapses, i);

      if ((g_strcmp0 (synapse->source, neuron->id) == 0 || g_strcmp0 (synapse->target, neuron->id) == 0) &&
          synapse_terms_hold (self, synapse, query, ENGRAM_QUERY_N_FIELDS, TRUE, &any))
        return TRUE;
    }
  return !any;
}

gboolean
model_synapse_passes (Model              *self,
                      const ModelSynapse *synapse,
                      EngramQuery        *query,
                      EngramQueryField    except)
{
  const ModelNeuron *ends[] = { find_neuron (self, synapse->source), find_neuron (self, synapse->target) };
  gboolean any;

  if (!synapse_terms_hold (self, synapse, query, except, FALSE, &any))
    return FALSE;
  neuron_terms_hold (self, NULL, query, ENGRAM_QUERY_N_FIELDS, TRUE, &any);
  for (int end = 0; any && end < 2; end++)
    if (ends[end] != NULL && neuron_terms_hold (self, ends[end], query, ENGRAM_QUERY_N_FIELDS, TRUE, &any))
      return TRUE;
  return !any;
}
