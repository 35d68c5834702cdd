/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "filter-support.h"

#include <locale.h>
#include <math.h>

#include "model/engram-time.h"
#include "query/engram-facets.h"

/* Whole searches, filtered and sorted, of random networks by random queries, against looking at each record and sorting
 * in the plainest way. */

#define N_QUERIES 120

/* A record that is left: what is not there is a NULL, or NaN. */
typedef struct {
  gint64  rowid;
  char   *text;
  double  number;
  float   score;
} Item;

static void
clear_item (gpointer data)
{
  g_free (((Item *) data)->text);
}

static int
compare_items (gconstpointer a,
               gconstpointer b,
               gpointer      data)
{
  const Item *first = a, *second = b;
  gboolean by_text = first->text != NULL || second->text != NULL;
  gboolean has_first = by_text ? first->text != NULL : !isnan (first->number);
  gboolean has_second = by_text ? second->text != NULL : !isnan (second->number);
  int order;

  if (!has_first || !has_second)
    return has_second - has_first;
  if (by_text)
    order = g_utf8_collate (first->text, second->text);
  else
    order = (first->number > second->number) - (first->number < second->number);
  return *(gboolean *) data ? -order : order;
}

/* What records are sorted by */

static char *
dup_tags (const ModelNeuron *neuron)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) tags = NULL;

  for (guint i = 0; i < neuron->tags->len; i++)
    g_strv_builder_add (builder, g_ptr_array_index (neuron->tags, i));
  tags = g_strv_builder_end (builder);
  return tags[0] != NULL ? g_strjoinv (", ", tags) : NULL;
}

static double
get_neuron_number (const ModelNeuron *neuron,
                   EngramSortKey      key)
{
  EngramAnalysis analysis;

  if (engram_analysis_from_sort_key (key, ENGRAM_RECORD_NEURON, &analysis))
    return model_get_analysis (neuron->rowid, analysis);
  switch ((guint) key)
    {
    case ENGRAM_SORT_X:
    case ENGRAM_SORT_Y:
    case ENGRAM_SORT_Z:
      return neuron->position[key - ENGRAM_SORT_X];
    case ENGRAM_SORT_ACTIVATION:
      return neuron->activation;
    case ENGRAM_SORT_IMPORTANCE:
      return neuron->importance;
    case ENGRAM_SORT_EXECUTIONS:
      return neuron->executions;
    case ENGRAM_SORT_DEGREE:
      return model_get_degree (neuron, ENGRAM_QUERY_DEGREE);
    case ENGRAM_SORT_IN:
      return model_get_degree (neuron, ENGRAM_QUERY_IN);
    case ENGRAM_SORT_OUT:
      return model_get_degree (neuron, ENGRAM_QUERY_OUT);
    default:
      g_assert_not_reached ();
    }
}

static void
set_neuron (Item              *item,
            const ModelNeuron *neuron,
            EngramSortKey      key)
{
  switch ((guint) key)
    {
    case ENGRAM_SORT_ID:
      item->text = g_strdup (neuron->id);
      break;
    case ENGRAM_SORT_TYPE:
      item->text = g_strdup (neuron->type);
      break;
    case ENGRAM_SORT_CREATED:
      item->text = engram_time_normalize (neuron->created);
      break;
    case ENGRAM_SORT_MODIFIED:
      item->text = engram_time_normalize (neuron->modified);
      break;
    case ENGRAM_SORT_SUMMARY:
      item->text = g_strdup (neuron->summary);
      break;
    case ENGRAM_SORT_TAGS:
      item->text = dup_tags (neuron);
      break;
    case ENGRAM_SORT_ROWS: /* the nearest first, where there is a score */
      item->number = (double) -item->score;
      break;
    case ENGRAM_SORT_SCORE:
      item->number = (double) item->score;
      break;
    default:
      item->number = get_neuron_number (neuron, key);
    }
}

static char *
dup_summary (Model      *model,
             const char *id)
{
  const ModelNeuron *neuron = g_hash_table_lookup (model->ids, id);

  return neuron != NULL ? g_strdup (neuron->summary) : NULL;
}

static void
set_synapse (Item               *item,
             Model              *model,
             const ModelSynapse *synapse,
             EngramSortKey       key)
{
  EngramAnalysis analysis;

  if (engram_analysis_from_sort_key (key, ENGRAM_RECORD_SYNAPSE, &analysis))
    {
      item->number = model_get_analysis (synapse->rowid, analysis);
      return;
    }
  switch ((guint) key)
    {
    case ENGRAM_SORT_ID:
      item->text = g_strdup (synapse->id);
      break;
    case ENGRAM_SORT_TYPE:
      item->text = g_strdup (synapse->type);
      break;
    case ENGRAM_SORT_CREATED:
      item->text = engram_time_normalize (synapse->created);
      break;
    case ENGRAM_SORT_MODIFIED:
      item->text = engram_time_normalize (synapse->modified);
      break;
    case ENGRAM_SORT_LAST_TRAVERSED:
      item->text = synapse->last_traversed != NULL ? engram_time_normalize (synapse->last_traversed) : NULL;
      break;
    case ENGRAM_SORT_SOURCE:
      item->text = dup_summary (model, synapse->source);
      break;
    case ENGRAM_SORT_TARGET:
      item->text = dup_summary (model, synapse->target);
      break;
    case ENGRAM_SORT_WEIGHT:
      item->number = synapse->weight;
      break;
    case ENGRAM_SORT_STRENGTH:
      item->number = fabs (synapse->weight);
      break;
    case ENGRAM_SORT_USAGE:
      item->number = synapse->usage;
      break;
    default:
      item->number = NAN;
    }
}

/* Looking at each record */

static GArray *
answer_neurons (Model         *model,
                EngramQuery   *query,
                EngramSortKey  key)
{
  const EngramQueryTerm *like = engram_query_find_term (query, ENGRAM_QUERY_LIKE);
  const ModelNeuron *base = like != NULL ? g_hash_table_lookup (model->ids, like->values[0]) : NULL;
  GArray *items = g_array_new (FALSE, TRUE, sizeof (Item));

  for (guint i = 0; i < model->neurons->len; i++)
    {
      const ModelNeuron *neuron = g_ptr_array_index (model->neurons, i);
      Item item = { neuron->rowid, NULL, NAN, NAN };

      if (!model_neuron_passes (model, neuron, query, ENGRAM_QUERY_N_FIELDS))
        continue;
      if (base != NULL)
        item.score = (float) model_get_cosine (neuron, base);
      set_neuron (&item, neuron, key);
      g_array_append_val (items, item);
    }
  return items;
}

static GArray *
answer_synapses (Model         *model,
                 EngramQuery   *query,
                 EngramSortKey  key)
{
  GArray *items = g_array_new (FALSE, TRUE, sizeof (Item));

  for (guint i = 0; i < model->synapses->len; i++)
    {
      const ModelSynapse *synapse = g_ptr_array_index (model->synapses, i);
      Item item = { synapse->rowid, NULL, NAN, NAN };

      if (!model_synapse_passes (model, synapse, query, ENGRAM_QUERY_N_FIELDS))
        continue;
      set_synapse (&item, model, synapse, key);
      g_array_append_val (items, item);
    }
  return items;
}

static void
reverse (GArray *items)
{
  for (guint i = 0; i < items->len / 2; i++)
    {
      Item *first = &g_array_index (items, Item, i);
      Item *last = &g_array_index (items, Item, items->len - 1 - i);
      Item kept = *first;

      *first = *last;
      *last = kept;
    }
}

static GArray *
answer (Model             *model,
        EngramRecordKind   kind,
        EngramQuery       *query,
        const EngramSort  *sort)
{
  gboolean has_scores = kind == ENGRAM_RECORD_NEURON && engram_query_find_term (query, ENGRAM_QUERY_LIKE) != NULL;
  gboolean descending = sort->descending;
  GArray *items;

  items = kind == ENGRAM_RECORD_NEURON ? answer_neurons (model, query, sort->key)
                                       : answer_synapses (model, query, sort->key);
  g_array_set_clear_func (items, clear_item);
  if (sort->key == ENGRAM_SORT_ROWS && descending && !has_scores)
    reverse (items);
  else
    g_array_sort_with_data (items, compare_items, &descending);
  return items;
}

/* Comparing */

typedef struct {
  EngramFound *first;
} First;

static void
keep_first (EngramFound *found,
            gpointer     user_data)
{
  First *self = user_data;

  g_assert_null (self->first);
  self->first = engram_found_ref (found);
}

static void
assert_found (EngramFound *found,
              EngramFound *first,
              GArray      *items,
              gboolean     has_scores)
{
  g_assert_cmpuint (engram_row_order_get_size (found->order), ==, items->len);
  g_assert_true ((found->scores != NULL) == (has_scores && items->len > 0));
  for (guint i = 0; i < items->len; i++)
    {
      const Item *item = &g_array_index (items, Item, i);
      gsize position;

      g_assert_cmpint (engram_row_order_get (found->order, i), ==, item->rowid);
      g_assert_true (engram_row_order_find (found->order, item->rowid, &position));
      g_assert_cmpuint (position, ==, i);
      if (has_scores)
        g_assert_true (found->scores[i] == item->score || (isnan (found->scores[i]) && isnan (item->score)));
    }
  for (gsize i = 0; first != NULL && i < engram_row_order_get_size (first->order); i++)
    g_assert_cmpint (engram_row_order_get (first->order, i), ==, g_array_index (items, Item, i).rowid);
}

static guint
check_search (Model             *model,
              EngramRecordKind   kind,
              EngramQuery       *query,
              const EngramSort  *sort)
{
  gboolean has_scores = kind == ENGRAM_RECORD_NEURON && engram_query_find_term (query, ENGRAM_QUERY_LIKE) != NULL;
  g_autoptr (GArray) items = answer (model, kind, query, sort);
  g_autoptr (EngramFound) found = NULL;
  g_autoptr (GError) error = NULL;
  First first = { NULL };

  g_test_message ("%s “%s” by %s%s", kind == ENGRAM_RECORD_NEURON ? "neurons" : "synapses",
                  engram_query_get_text (query), engram_sort_key_get_name (sort->key),
                  sort->descending ? ", descending" : "");
  found = engram_searcher_find (model->searcher, kind, query, sort, keep_first, &first, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (found->complete);
  g_assert_cmpuint (found->n_all, ==, kind == ENGRAM_RECORD_NEURON ? model->neurons->len : model->synapses->len);
  assert_found (found, first.first, items, has_scores);
  g_clear_pointer (&first.first, engram_found_unref);
  return items->len;
}

/* The filter pane counts what the list holds. */
static void
check_counts (Model        *model,
              EngramQuery  *query,
              const guint   n_found[2])
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramFacets) facets = engram_facets_count (model->searcher, query, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (facets->n_found, ==, n_found[ENGRAM_RECORD_NEURON]);
  g_assert_cmpuint (facets->n_synapses_found, ==, n_found[ENGRAM_RECORD_SYNAPSE]);
}

static EngramSort
pick_sort (GRand            *random,
           EngramRecordKind  kind)
{
  EngramSort sort = { 0, g_rand_boolean (random) };

  do
    sort.key = g_rand_int_range (random, 0, ENGRAM_SORT_N_KEYS);
  while (!engram_sort_key_fits (sort.key, kind));
  return sort;
}

static char *
make_query (Model *model,
            GRand *random)
{
  return g_rand_int_range (random, 0, 8) == 0 ? g_strdup ("") : model_make_query (model, random);
}

/* With the text index in the second half. */
static void
test_random (gconstpointer data)
{
  guint seed = GPOINTER_TO_UINT (data);
  g_autoptr (GRand) random = g_rand_new_with_seed (seed + 100);
  g_autoptr (Model) model = model_new (seed, 120 + 60 * seed, 250 + 90 * seed, seed / 2 % 2 == 0);
  guint n_found_in_all = 0;

  for (guint i = 0; i < N_QUERIES; i++)
    {
      g_autofree char *text = make_query (model, random);
      g_autoptr (EngramQuery) query = parse_query (text);
      guint n_found[2];

      /* Where SQLite has no FTS5, there is no index. */
      if (i == N_QUERIES / 2)
        engram_text_index_update (engram_searcher_get_text_index (model->searcher), NULL, NULL, NULL, NULL);
      for (EngramRecordKind kind = ENGRAM_RECORD_NEURON; kind <= ENGRAM_RECORD_SYNAPSE; kind++)
        {
          EngramSort sort = pick_sort (random, kind);

          n_found[kind] = check_search (model, kind, query, &sort);
          n_found_in_all += n_found[kind];
        }
      check_counts (model, query, n_found);
    }
  g_assert_cmpuint (n_found_in_all, >, 1000);
}

/* Every key, with scores and without them. */
static void
test_keys (gconstpointer data)
{
  static const char *const queries[] = { "", "weight:>0", "degree:>2" };
  g_autoptr (Model) model = model_new (GPOINTER_TO_UINT (data), 200, 500, TRUE);
  GString *like = g_string_new ("like:");
  g_autofree char *with_scores = NULL;

  for (guint i = 0; like->len == 5; i++)
    {
      const ModelNeuron *neuron = g_ptr_array_index (model->neurons, i);

      if (neuron->id != NULL && neuron->vector_bytes == 16 && !isnan (model_get_cosine (neuron, neuron)))
        g_string_append (like, neuron->id);
    }
  with_scores = g_string_free (like, FALSE);
  for (guint i = 0; i <= G_N_ELEMENTS (queries); i++)
    {
      g_autoptr (EngramQuery) query = parse_query (i < G_N_ELEMENTS (queries) ? queries[i] : with_scores);

      for (EngramRecordKind kind = ENGRAM_RECORD_NEURON; kind <= ENGRAM_RECORD_SYNAPSE; kind++)
        for (guint key = 0; key < 2 * ENGRAM_SORT_N_KEYS; key++)
          {
            EngramSort sort = { key / 2, key % 2 == 1 };

            if (engram_sort_key_fits (sort.key, kind))
              g_assert_cmpuint (check_search (model, kind, query, &sort), >, 0);
          }
    }
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (TestFolder) cache = test_folder_new ();

  setlocale (LC_ALL, "");
  /* The text index of a test is no business of the user's. */
  g_setenv ("XDG_CACHE_HOME", cache, TRUE);
  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/search-all/keys/dense", GUINT_TO_POINTER (30), test_keys);
  g_test_add_data_func ("/search-all/keys/sparse", GUINT_TO_POINTER (31), test_keys);
  for (guint seed = 0; seed < 6; seed++)
    {
      g_autofree char *path = g_strdup_printf ("/search-all/random/%u", seed);

      g_test_add_data_func (path, GUINT_TO_POINTER (seed), test_random);
    }
  return g_test_run ();
}
