/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store-fixture.h"

#include <locale.h>
#include <math.h>
#include <string.h>

#include "query/engram-search-radix-private.h"

/* With the gaps in their rowids, so many that several threads read. */
#define N_NEURONS 2400
#define N_SYNAPSES 2500

/* A record as the naive sort sees it. What is not there is a NULL, or NaN. */
typedef struct {
  gint64  rowid;
  char   *text;
  double  number;
} Item;

static void
clear_item (gpointer data)
{
  g_free (((Item *) data)->text);
}

static GArray *
items_new (void)
{
  GArray *items = g_array_new (FALSE, TRUE, sizeof (Item));

  g_array_set_clear_func (items, clear_item);
  return items;
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
  return GPOINTER_TO_INT (data) ? -order : order;
}

static void
assert_sorted (EngramSearcher   *searcher,
               EngramRecordKind  kind,
               EngramSortKey     key,
               gboolean          descending,
               GArray           *items)
{
  g_autoptr (GError) error = NULL;
  EngramSort sort = { key, descending };
  g_autoptr (EngramFound) found = engram_searcher_find (searcher, kind, NULL, &sort, NULL, NULL, NULL, &error);
  g_autofree Item *sorted = g_memdup2 (items->data, items->len * sizeof (Item));

  g_assert_no_error (error);
  g_assert_true (found->complete);
  g_assert_null (found->scores);
  g_assert_cmpuint (found->n_all, ==, items->len);
  g_assert_cmpuint (engram_row_order_get_size (found->order), ==, items->len);
  g_qsort_with_data (sorted, (int) items->len, sizeof (Item), compare_items, GINT_TO_POINTER (descending));
  for (guint i = 0; i < items->len; i++)
    {
      gsize position;

      if (engram_row_order_get (found->order, i) != sorted[i].rowid)
        g_error ("%s, %s: place %u has row %" G_GINT64_FORMAT ", not %" G_GINT64_FORMAT,
                 engram_sort_key_get_name (key), descending ? "descending" : "ascending", i,
                 engram_row_order_get (found->order, i), sorted[i].rowid);
      g_assert_true (engram_row_order_find (found->order, sorted[i].rowid, &position));
      g_assert_cmpuint (position, ==, i);
    }
}

static void
assert_sorted_both_ways (EngramSearcher   *searcher,
                         EngramRecordKind  kind,
                         EngramSortKey     key,
                         GArray           *items)
{
  assert_sorted (searcher, kind, key, FALSE, items);
  assert_sorted (searcher, kind, key, TRUE, items);
}

/* The network */

static const char *const words[] = {
  "resume", "résumé", "Resume", "RÉSUMÉ", "re-sume", "re sume", "chalk", "calk", "czech", "hotel", "Hotel", "aa", "Aa",
  "åa", "ab", "a", "zebra", "漢字", "1", "10", "2", "!", "…", "naïve", "naı\xcc\x88ve", "na\xc3\xafve", "\xef\xac\x81sh",
};

static void
append_words (GString *text,
              GRand   *random,
              guint    n_words)
{
  for (guint i = 0; i < n_words; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "", words[g_rand_int_range (random, 0, G_N_ELEMENTS (words))]);
}

/* Texts that differ early, late, in accents or case alone, or not at all. */
static char *
make_text (GRand *random,
           guint  number)
{
  GString *text = g_string_new (NULL);

  switch (number % 8)
    {
    case 0:
      for (guint i = 0; i < 40; i++)
        g_string_append (text, g_rand_int_range (random, 0, 60) == 0 ? "Shared " : "shared ");
      append_words (text, random, 3);
      break;
    case 1:
      append_words (text, random, 1);
      break;
    case 2:
      g_string_append (text, "the same in many");
      break;
    case 3:
      append_words (text, random, 2);
      break;
    case 4:
      append_words (text, random, g_rand_int_range (random, 1, 60));
      break;
    case 5: /* some so long that they are read several times */
      for (guint i = 0; i < (number % 64 == 5 ? 9000 : 300); i++)
        g_string_append_c (text, 'a');
      append_words (text, random, 1);
      break;
    default:
      return NULL;
    }
  return g_string_free (text, FALSE);
}

static char *
make_time (GRand *random)
{
  static const char *const fractions[] = { "", ".123456", ".5", ".123457" };

  return g_strdup_printf ("2025-11-%02d%c09:30:%02d%s", g_rand_int_range (random, 1, 4),
                          g_rand_int_range (random, 0, 3) == 0 ? ' ' : 'T', g_rand_int_range (random, 10, 20),
                          fractions[g_rand_int_range (random, 0, G_N_ELEMENTS (fractions))]);
}

static EngramNeuron *
make_neuron (GRand *random,
             guint  number)
{
  static const char *const types[] = { "knowledge", "tool", "Tool", "memory", "élan" };
  EngramNeuron *neuron = engram_neuron_new (types[g_rand_int_range (random, 0, G_N_ELEMENTS (types))]);
  g_autofree char *text = make_text (random, number);
  g_autofree char *created = make_time (random);
  g_autofree char *modified = make_time (random);

  engram_neuron_set_text (neuron, ENGRAM_NEURON_SOURCE_DATA, text);
  if (number % 8 == 6)
    engram_neuron_set_text (neuron, ENGRAM_NEURON_FUNCTION_SIGNATURE, number % 16 == 6 ? "def run()" : "def Run()");
  engram_neuron_set_text (neuron, ENGRAM_NEURON_CREATED_AT, created);
  engram_neuron_set_text (neuron, ENGRAM_NEURON_MODIFIED_AT, modified);
  if (number % 3 == 0)
    {
      g_autofree char *fields = g_strdup_printf ("{\"importance\": %.2f}", g_rand_double (random));

      engram_neuron_set_text (neuron, ENGRAM_NEURON_FIELDS, fields);
    }
  if (number % 5 != 0)
    {
      g_autofree char *tags = g_strdup_printf ("[\"%s\", \"%s\"]", words[number % G_N_ELEMENTS (words)],
                                               words[number / 7 % G_N_ELEMENTS (words)]);

      engram_neuron_set_text (neuron, ENGRAM_NEURON_SEMANTIC_TAGS, number % 5 == 1 ? "[]" : tags);
    }
  neuron->activation_level = g_rand_int_range (random, 0, 20) / 20.0;
  neuron->execution_count = g_rand_int_range (random, 0, 50);
  for (int axis = 0; axis < 3; axis++)
    neuron->position[axis] = g_rand_int_range (random, -90, 90) / 3.0;
  return neuron;
}

static void
add_synapses (StoreFixture *fixture,
              GRand        *random,
              GPtrArray    *neurons)
{
  static const char *const types[] = { "knowledge", "tool_input", "tool_output" };
  g_autoptr (GPtrArray) synapses = g_ptr_array_new_with_free_func ((GDestroyNotify) engram_synapse_free);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < N_SYNAPSES; i++)
    {
      /* Few neurons have many of them. */
      const EngramNeuron *source = neurons->pdata[g_rand_int_range (random, 0, 400)];
      const EngramNeuron *target = neurons->pdata[g_rand_int_range (random, 0, 300) * 7];
      EngramSynapse *synapse = engram_synapse_new (source->id, target->id, g_rand_int_range (random, -20, 21) / 20.0,
                                                   types[g_rand_int_range (random, 0, G_N_ELEMENTS (types))]);
      g_autofree char *time = make_time (random);

      synapse->usage_count = g_rand_int_range (random, 0, 9);
      engram_synapse_set_text (synapse, ENGRAM_SYNAPSE_CREATED_AT, time);
      if (i % 4 == 0)
        engram_synapse_set_text (synapse, ENGRAM_SYNAPSE_LAST_TRAVERSED, time);
      g_ptr_array_add (synapses, synapse);
    }
  g_assert_true (engram_synapse_store_create_batch (fixture->synapses, synapses, NULL, &error));
  g_assert_no_error (error);
}

/* Gaps in the rowids, and what only other programs write. */
static void
make_odd (StoreFixture *fixture)
{
  static const char *const statements[] = {
    "UPDATE neurons SET rowid = rowid * 3 + 20000 WHERE rowid > 1500",
    "UPDATE neurons SET activation_level = NULL, execution_count = 'many' WHERE rowid % 11 = 0",
    "UPDATE neurons SET position_x = 'left', created_at = 'once' WHERE rowid % 13 = 0",
    "UPDATE neurons SET source_data = CAST(x'61ff62' AS TEXT) WHERE rowid % 97 = 0",
    "UPDATE neurons SET semantic_tags = 'cortex', engram_fields = '{\"importance\": \"high\"}' WHERE rowid % 101 = 0",
    "UPDATE synapses SET rowid = -5 * rowid WHERE rowid % 3 = 0",
    "UPDATE synapses SET source_neuron_id = 'nobody' WHERE rowid % 17 = 0",
    "UPDATE synapses SET usage_count = NULL WHERE rowid % 5 = 0",
  };

  for (guint i = 0; i < G_N_ELEMENTS (statements); i++)
    g_free (store_fixture_run_sql (fixture, statements[i]));
}

static void
fill (StoreFixture *fixture)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  g_autoptr (GPtrArray) neurons = g_ptr_array_new_with_free_func ((GDestroyNotify) engram_neuron_free);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < N_NEURONS; i++)
    g_ptr_array_add (neurons, make_neuron (random, i));
  g_assert_true (engram_neuron_store_create_batch (fixture->neurons, neurons, NULL, &error));
  g_assert_no_error (error);
  add_synapses (fixture, random, neurons);
  make_odd (fixture);
}

/* Neurons */

static char *
dup_tags (const char *json)
{
  g_autofree char *inner = json != NULL && json[0] == '[' ? g_strndup (json + 1, strlen (json) - 2) : NULL;
  g_auto (GStrv) parts = inner != NULL ? g_strsplit (inner, "\"", -1) : NULL;

  return parts != NULL && g_strv_length (parts) == 5 ? g_strconcat (parts[1], ", ", parts[3], NULL) : NULL;
}

static double
get_importance (const char *fields)
{
  const char *number = fields != NULL ? strchr (fields, ':') : NULL;

  return number != NULL && strchr (number, '"') == NULL ? g_ascii_strtod (number + 1, NULL) : NAN;
}

static double
get_number (const EngramNeuron         *neuron,
            const EngramNeuronListItem *counts,
            EngramSortKey               key)
{
  EngramAnalysis analysis;

  /* None has been made. */
  if (engram_analysis_from_sort_key (key, ENGRAM_RECORD_NEURON, &analysis))
    return NAN;
  switch ((guint) key)
    {
    case ENGRAM_SORT_X:
    case ENGRAM_SORT_Y:
    case ENGRAM_SORT_Z:
      return neuron->position[key - ENGRAM_SORT_X];
    case ENGRAM_SORT_ACTIVATION:
      return neuron->nulls & ENGRAM_NEURON_ACTIVATION_LEVEL ? NAN : neuron->activation_level;
    case ENGRAM_SORT_EXECUTIONS:
      return neuron->odd & ENGRAM_NEURON_EXECUTION_COUNT ? NAN : neuron->execution_count;
    case ENGRAM_SORT_IMPORTANCE:
      return get_importance (neuron->fields);
    case ENGRAM_SORT_DEGREE:
      return counts->incoming + counts->outgoing;
    case ENGRAM_SORT_IN:
      return counts->incoming;
    case ENGRAM_SORT_OUT:
      return counts->outgoing;
    default: /* the order of rows */
      return neuron->rowid;
    }
}

static void
set_item (Item                       *item,
          const EngramNeuron         *neuron,
          const EngramNeuronListItem *counts,
          EngramSortKey               key)
{
  item->rowid = neuron->rowid;
  item->number = NAN;
  switch ((guint) key)
    {
    case ENGRAM_SORT_ID:
      item->text = g_strdup (neuron->id);
      break;
    case ENGRAM_SORT_TYPE:
      item->text = g_strdup (neuron->type);
      break;
    case ENGRAM_SORT_SUMMARY:
      item->text = g_strdup (engram_neuron_get_summary (neuron));
      break;
    case ENGRAM_SORT_TAGS:
      item->text = dup_tags (neuron->semantic_tags);
      break;
    case ENGRAM_SORT_CREATED:
      item->text = engram_time_normalize (neuron->created_at);
      break;
    case ENGRAM_SORT_MODIFIED:
      item->text = engram_time_normalize (neuron->modified_at);
      break;
    default:
      item->number = get_number (neuron, counts, key);
    }
}

static GPtrArray *
list_neurons (StoreFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *neurons = engram_neuron_store_list (fixture->neurons, 0, G_MAXINT, NULL, &error);

  g_assert_no_error (error);
  return neurons;
}

static void
test_neurons (StoreFixture  *fixture,
              gconstpointer  data)
{
  g_autoptr (EngramSearcher) searcher = engram_searcher_new (fixture->database);
  g_autoptr (GPtrArray) neurons = NULL;
  g_autoptr (GArray) rowids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) counts = NULL;
  g_autoptr (GError) error = NULL;

  fill (fixture);
  neurons = list_neurons (fixture);
  for (guint i = 0; i < neurons->len; i++)
    g_array_append_val (rowids, ((const EngramNeuron *) neurons->pdata[i])->rowid);
  counts = engram_neuron_store_list_items (fixture->neurons, (const gint64 *) rowids->data, rowids->len, NULL, &error);
  g_assert_no_error (error);

  for (guint key = 0; key < ENGRAM_SORT_N_KEYS; key++)
    {
      g_autoptr (GArray) items = items_new ();

      if (!engram_sort_key_fits (key, ENGRAM_RECORD_NEURON) || key == ENGRAM_SORT_SCORE)
        continue;
      g_array_set_size (items, neurons->len);
      for (guint i = 0; i < neurons->len; i++)
        set_item (&g_array_index (items, Item, i), neurons->pdata[i], &g_array_index (counts, EngramNeuronListItem, i),
                  key);
      assert_sorted_both_ways (searcher, ENGRAM_RECORD_NEURON, key, items);
    }
}

/* Synapses */

static gboolean
append_copy (const EngramSynapse  *synapse,
             gpointer              user_data,
             GError              **error)
{
  g_ptr_array_add (user_data, engram_synapse_copy (synapse));
  return TRUE;
}

static GPtrArray *
list_synapses (StoreFixture *fixture)
{
  const EngramSynapseFilter all = { NULL, NULL, -INFINITY, INFINITY, 0, -1 };
  GPtrArray *synapses = g_ptr_array_new_with_free_func ((GDestroyNotify) engram_synapse_free);
  g_autoptr (GError) error = NULL;

  g_assert_true (engram_synapse_store_foreach (fixture->synapses, &all, append_copy, synapses, NULL, &error));
  g_assert_no_error (error);
  return synapses;
}

static void
set_synapse_item (Item                *item,
                  const EngramSynapse *synapse,
                  GHashTable          *summaries,
                  EngramSortKey        key)
{
  item->rowid = synapse->rowid;
  item->number = NAN;
  switch ((guint) key)
    {
    case ENGRAM_SORT_ID:
      item->text = g_strdup (synapse->id);
      break;
    case ENGRAM_SORT_TYPE:
      item->text = g_strdup (synapse->type);
      break;
    case ENGRAM_SORT_CREATED:
      item->text = engram_time_normalize (synapse->created_at);
      break;
    case ENGRAM_SORT_MODIFIED:
      item->text = engram_time_normalize (synapse->modified_at);
      break;
    case ENGRAM_SORT_LAST_TRAVERSED:
      item->text = engram_time_normalize (synapse->last_traversed);
      break;
    case ENGRAM_SORT_SOURCE:
      item->text = g_strdup (g_hash_table_lookup (summaries, synapse->source_id));
      break;
    case ENGRAM_SORT_TARGET:
      item->text = g_strdup (g_hash_table_lookup (summaries, synapse->target_id));
      break;
    case ENGRAM_SORT_WEIGHT:
      item->number = synapse->weight;
      break;
    case ENGRAM_SORT_STRENGTH:
      item->number = fabs (synapse->weight);
      break;
    case ENGRAM_SORT_USAGE:
      item->number = synapse->nulls & ENGRAM_SYNAPSE_USAGE_COUNT ? NAN : synapse->usage_count;
      break;
    case ENGRAM_SORT_CHANGE:
    case ENGRAM_SORT_WEIGHT_CHANGE:
      item->number = NAN; /* nothing has been compared */
      break;
    default:
      item->number = synapse->rowid;
    }
}

static void
test_synapses (StoreFixture  *fixture,
               gconstpointer  data)
{
  g_autoptr (EngramSearcher) searcher = engram_searcher_new (fixture->database);
  g_autoptr (GHashTable) summaries = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) neurons = NULL;
  g_autoptr (GPtrArray) synapses = NULL;

  fill (fixture);
  neurons = list_neurons (fixture);
  synapses = list_synapses (fixture);
  for (guint i = 0; i < neurons->len; i++)
    {
      const EngramNeuron *neuron = neurons->pdata[i];

      g_hash_table_insert (summaries, (gpointer) neuron->id, (gpointer) engram_neuron_get_summary (neuron));
    }
  for (guint key = 0; key < ENGRAM_SORT_N_KEYS; key++)
    {
      g_autoptr (GArray) items = items_new ();

      if (!engram_sort_key_fits (key, ENGRAM_RECORD_SYNAPSE))
        continue;
      g_array_set_size (items, synapses->len);
      for (guint i = 0; i < synapses->len; i++)
        set_synapse_item (&g_array_index (items, Item, i), synapses->pdata[i], summaries, key);
      assert_sorted_both_ways (searcher, ENGRAM_RECORD_SYNAPSE, key, items);
    }
}

/* Collation */

/* Makes a locale of the system's sources, where these are there, and collates by it. */
static gboolean
use_locale (const char *folder,
            const char *name)
{
  g_autofree char *locale = g_strconcat (name, ".UTF-8", NULL);
  g_autofree char *path = g_build_filename (folder, locale, NULL);
  const char *const arguments[] = { "localedef", "-i", name, "-f", "UTF-8", path, NULL };

  if (!g_spawn_sync (NULL, (char **) arguments, NULL,
                     G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, NULL,
                     NULL, NULL, NULL))
    return FALSE;
  g_setenv ("LOCPATH", folder, TRUE);
  return setlocale (LC_COLLATE, locale) != NULL;
}

static void
test_collation (StoreFixture  *fixture,
                gconstpointer  data)
{
  g_autoptr (EngramSearcher) searcher = engram_searcher_new (fixture->database);
  g_autoptr (GPtrArray) neurons = NULL;
  g_autoptr (GArray) items = items_new ();

  if (!use_locale (fixture->folder, data))
    {
      g_test_skip ("There are no sources of this locale to make it of");
      return;
    }
  fill (fixture);
  neurons = list_neurons (fixture);
  g_array_set_size (items, neurons->len);
  for (guint i = 0; i < neurons->len; i++)
    set_item (&g_array_index (items, Item, i), neurons->pdata[i], NULL, ENGRAM_SORT_SUMMARY);
  assert_sorted_both_ways (searcher, ENGRAM_RECORD_NEURON, ENGRAM_SORT_SUMMARY, items);
  g_assert_cmpint (g_utf8_collate ("résumé a", "resume b"), <, 0);
  setlocale (LC_ALL, "");
}

/* Keys */

#define N_KEYS 120001

static int
compare_keys (gconstpointer a,
              gconstpointer b,
              gpointer      data)
{
  const guint64 *keys = data;
  guint64 first = keys[*(const guint32 *) a];
  guint64 second = keys[*(const guint32 *) b];

  return (first > second) - (first < second);
}

/* Many, so that two threads sort; few different ones, so that one sees whether equal ones stay in order. */
static void
test_keys (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (2);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree guint64 *keys = g_new (guint64, N_KEYS);
  g_autofree guint32 *order = g_new (guint32, N_KEYS);
  g_autofree guint32 *expected = g_new (guint32, N_KEYS);

  for (guint i = 0; i < N_KEYS; i++)
    {
      double number = i % 9 == 0 ? NAN : g_rand_int_range (random, -3000, 3000) * 1e5;

      keys[i] = engram_search_make_key (number, i % 2 == 0);
      order[i] = expected[i] = N_KEYS - 1 - i;
    }
  g_assert_true (engram_search_radix_sort (keys, order, N_KEYS, cancellable));
  g_qsort_with_data (expected, N_KEYS, sizeof *expected, compare_keys, keys);
  g_assert_cmpmem (order, N_KEYS * sizeof *order, expected, N_KEYS * sizeof *expected);

  g_assert_true (engram_search_radix_sort (keys, order, 0, cancellable));
  g_cancellable_cancel (cancellable);
  g_assert_false (engram_search_radix_sort (keys, order, N_KEYS, cancellable));
}

static void
test_numbers (void)
{
  static const double ascending[] = { -INFINITY, -1e300, -2, -1e-300, 0, 1e-300, 0.5, 1, 1e300, INFINITY, NAN };

  for (guint i = 1; i < G_N_ELEMENTS (ascending); i++)
    {
      double less = ascending[i - 1], more = ascending[i];

      g_assert_cmpuint (engram_search_make_key (less, FALSE), <, engram_search_make_key (more, FALSE));
      if (!isnan (more))
        g_assert_cmpuint (engram_search_make_key (less, TRUE), >, engram_search_make_key (more, TRUE));
    }
  g_assert_cmpuint (engram_search_make_key (NAN, TRUE), ==, ENGRAM_SEARCH_MISSING);
  g_assert_cmpuint (engram_search_make_key (-INFINITY, TRUE), <, ENGRAM_SEARCH_MISSING);
  g_assert_cmpuint (engram_search_make_key (-0.0, FALSE), ==, engram_search_make_key (0.0, FALSE));
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/search-sort/keys", test_keys);
  g_test_add_func ("/search-sort/numbers", test_numbers);
  ADD_STORE_TEST ("/search-sort/neurons", NULL, test_neurons);
  ADD_STORE_TEST ("/search-sort/synapses", NULL, test_synapses);
  ADD_STORE_TEST ("/search-sort/collation/czech", "cs_CZ", test_collation);
  ADD_STORE_TEST ("/search-sort/collation/danish", "da_DK", test_collation);

  return g_test_run ();
}
