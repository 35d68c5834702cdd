/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "filter-support.h"

#include <math.h>

EngramQuery *
parse_query (const char *text)
{
  g_autoptr (GError) error = NULL;
  EngramQuery *query = engram_query_parse (text, NULL, NULL, &error);

  g_assert_no_error (error);
  return query;
}

static const ModelNeuron *
pick_neuron (Model    *self,
             GRand    *random,
             gboolean  with_place,
             gboolean  with_vector)
{
  for (;;)
    {
      const ModelNeuron *neuron = g_ptr_array_index (self->neurons, g_rand_int_range (random, 0, self->neurons->len));
      double sum = neuron->position[0] + neuron->position[1] + neuron->position[2];

      if (neuron->id != NULL && (!with_place || !isnan (sum)) &&
          (!with_vector || (neuron->vector_bytes >= 16 && !isnan (model_get_cosine (neuron, neuron)))))
        return neuron;
    }
}

static char *
make_range (GRand  *random,
            double  low,
            double  high)
{
  double first = round (g_rand_double_range (random, low, high) * 10) / 10;
  double second = round (g_rand_double_range (random, first, high) * 10) / 10;
  static const char *const signs[] = { ">", ">=", "<", "<=", "" };

  if (g_rand_boolean (random))
    return g_strdup_printf ("%.1f..%.1f", first, second);
  return g_strdup_printf ("%s%.1f", PICK (random, signs), first);
}

static char *
make_values (GRand             *random,
             const char *const *names,
             guint              n_names)
{
  GString *values = g_string_new (NULL);
  guint n_values = g_rand_int_range (random, 1, 3);

  for (guint i = 0; i < n_values; i++)
    {
      g_autofree char *quoted = engram_query_quote (names[g_rand_int_range (random, 0, n_names)]);

      g_string_append_printf (values, "%s%s", i > 0 ? "," : "", quoted);
    }
  return g_string_free (values, FALSE);
}

static char *
make_word (GRand *random)
{
  static const char *const parts[] = {
    "xo", "SOMA", "röß", "strasse", "über", "brain", "importance", "region", "b", "zzz", "𝄞", "𝄞cL", "i\314\207s", "ʼn",
    "ŉut", "\357\277\275x", "ın",
  };

  return engram_query_quote (PICK (random, parts));
}

static char *
make_ids (Model *self,
          GRand *random)
{
  GString *ids = g_string_new (NULL);
  guint n_ids = g_rand_int_range (random, 1, 6);

  for (guint i = 0; i < n_ids; i++)
    {
      guint place = g_rand_int_range (random, 0, self->synapses->len);
      const ModelSynapse *synapse = g_ptr_array_index (self->synapses, place);
      const char *id = synapse->id != NULL && g_rand_boolean (random) ? synapse->id
                                                                       : pick_neuron (self, random, FALSE, FALSE)->id;

      g_string_append_printf (ids, "%s%s", i > 0 ? "," : "", id);
    }
  return g_string_free (ids, FALSE);
}

static char *
make_times (GRand *random)
{
  static const char *const forms[] = {
    ">2025-03-04", "<2025-07-01T00:00:00", "2025-03..2025-06", ">=2025-06-30T23:59:59", "2025-03-04", "2025-07-01",
    "2025-06-30", "9999-12-31", "2025-07-01T00:00:00",
  };

  return g_strdup (PICK (random, forms));
}

static char *
make_place (Model            *self,
            GRand            *random,
            EngramQueryField  field)
{
  const ModelNeuron *neuron = pick_neuron (self, random, field == ENGRAM_QUERY_NEAR, field == ENGRAM_QUERY_LIKE);

  if (field == ENGRAM_QUERY_LIKE)
    return g_strdup (neuron->id);
  if (field == ENGRAM_QUERY_NEAR && g_rand_boolean (random))
    return g_strdup_printf ("%d,-1.5,%d<%d", g_rand_int_range (random, -50, 50), g_rand_int_range (random, -50, 50),
                            g_rand_int_range (random, 0, 80));
  if (field == ENGRAM_QUERY_NEAR)
    return g_strdup_printf ("%s<%d", neuron->id, g_rand_int_range (random, 0, 80));
  return g_strdup_printf ("%d,-20,-60,%d,50,45", g_rand_int_range (random, -50, 0), g_rand_int_range (random, 0, 50));
}

/* Some that no neuron is in among them. */
static char *
make_groups (GRand *random)
{
  if (g_rand_boolean (random))
    return make_range (random, 0, 12);
  return g_strdup_printf ("%d,%d", g_rand_int_range (random, 0, 15), g_rand_int_range (random, 0, 15));
}

static char *
make_value (Model            *self,
            GRand            *random,
            EngramQueryField  field)
{
  static const char *const changes[] = { "added", "changed", "rewired", "same" };

  switch (field)
    {
    case ENGRAM_QUERY_WORD:
      return make_word (random);
    case ENGRAM_QUERY_TYPE:
      return make_values (random, model_types, G_N_ELEMENTS (model_types));
    case ENGRAM_QUERY_TAG:
      return make_values (random, model_tag_names, G_N_ELEMENTS (model_tag_names));
    case ENGRAM_QUERY_CHANGE:
      return make_values (random, changes, G_N_ELEMENTS (changes));
    case ENGRAM_QUERY_SYNAPSE:
      return make_values (random, model_synapse_types, G_N_ELEMENTS (model_synapse_types));
    case ENGRAM_QUERY_ID:
    case ENGRAM_QUERY_FROM:
    case ENGRAM_QUERY_TO:
      return make_ids (self, random);
    case ENGRAM_QUERY_CREATED:
    case ENGRAM_QUERY_MODIFIED:
      return make_times (random);
    case ENGRAM_QUERY_NEAR:
    case ENGRAM_QUERY_BOX:
    case ENGRAM_QUERY_LIKE:
      return make_place (self, random, field);
    case ENGRAM_QUERY_WEIGHT:
      return make_range (random, -1, 1);
    case ENGRAM_QUERY_ACTIVATION:
    case ENGRAM_QUERY_IMPORTANCE:
      return make_range (random, 0, 1);
    case ENGRAM_QUERY_COMMUNITY:
    case ENGRAM_QUERY_COMPONENT:
      return make_groups (random);
    default:
      return make_range (random, 0, 12);
    }
}

char *
model_make_query (Model *self,
                  GRand *random)
{
  GString *text = g_string_new (NULL);
  guint n_terms = g_rand_int_range (random, 1, 5);

  for (guint i = 0; i < n_terms; i++)
    {
      EngramQueryField field = g_rand_int_range (random, 0, ENGRAM_QUERY_N_FIELDS);
      g_autofree char *value = make_value (self, random, field);
      const char *name = engram_query_field_get_name (field);
      gboolean is_negated = g_rand_int_range (random, 0, 4) == 0 && field != ENGRAM_QUERY_LIKE;

      g_string_append_printf (text, "%s%s%s%s%s", i > 0 ? " " : "", is_negated ? "-" : "", name != NULL ? name : "",
                              name != NULL ? ":" : "", value);
    }
  return g_string_free (text, FALSE);
}
