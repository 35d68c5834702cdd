/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store-fixture.h"

#include <math.h>
#include <string.h>

#include "query/engram-similarity-private.h"

#define N_NEURONS 700
#define LENGTH 37 /* no multiple of anything */

static void
fill_vector (GRand  *random,
             float  *vector,
             guint   length,
             double  scale)
{
  for (guint i = 0; i < length; i++)
    vector[i] = (float) (g_rand_double_range (random, -1, 1) * scale);
}

static double
get_cosine (const float *a,
            const float *b,
            guint        length)
{
  double dot = 0, a_square = 0, b_square = 0;

  for (guint i = 0; i < length; i++)
    {
      dot += (double) a[i] * (double) b[i];
      a_square += (double) a[i] * (double) a[i];
      b_square += (double) b[i] * (double) b[i];
    }
  return dot / sqrt (a_square) / sqrt (b_square);
}

static EngramSimilarity
make_similarity (float *numbers,
                 guint  length)
{
  double square = 0;

  for (guint i = 0; i < length; i++)
    square += (double) numbers[i] * (double) numbers[i];
  return (EngramSimilarity) { numbers, length, sqrt (square) };
}

/* Any length, address and size of numbers. */
static void
test_score (void)
{
  static const double scales[] = { 1, 1e-3, 1e30, 1e-30, 3e-38, 1e18 };
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  float a[400], b[400];
  char room[sizeof b + 16];

  for (guint round = 0; round < 3000; round++)
    {
      guint length = g_rand_int_range (random, 1, G_N_ELEMENTS (a) + 1);
      guint shift = g_rand_int_range (random, 0, 16);
      double scale = scales[g_rand_int_range (random, 0, G_N_ELEMENTS (scales))];
      EngramSimilarity similarity;
      float score = NAN;

      fill_vector (random, a, length, scales[g_rand_int_range (random, 0, G_N_ELEMENTS (scales))]);
      fill_vector (random, b, length, scale);
      if (round % 10 == 0)
        memcpy (b, a, length * sizeof (float));
      memcpy (room + shift, b, length * sizeof (float));
      similarity = make_similarity (a, length);
      g_assert_true (engram_similarity_score (&similarity, room + shift, length * sizeof (float), &score));
      g_assert_cmpfloat_with_epsilon ((double) score, get_cosine (a, b, length), 1e-6);
      g_assert_cmpfloat (fabsf (score), <=, 1);
    }
}

static void
test_no_score (void)
{
  float a[40], b[40];
  EngramSimilarity similarity;
  float score = 5;

  for (guint i = 0; i < 40; i++)
    a[i] = b[i] = i + 1;
  similarity = make_similarity (a, 40);
  g_assert_false (engram_similarity_score (&similarity, NULL, 0, &score));
  g_assert_false (engram_similarity_score (&similarity, b, 39 * sizeof (float), &score));
  g_assert_false (engram_similarity_score (&similarity, b, sizeof b - 1, &score));
  for (guint place = 0; place < 40; place += 13)
    {
      b[place] = NAN;
      g_assert_false (engram_similarity_score (&similarity, b, sizeof b, &score));
      b[place] = INFINITY;
      g_assert_false (engram_similarity_score (&similarity, b, sizeof b, &score));
      b[place] = 1;
    }
  memset (b, 0, sizeof b);
  g_assert_false (engram_similarity_score (&similarity, b, sizeof b, &score));
  g_assert_cmpfloat (score, ==, 5);
}

/* In a network */

typedef struct {
  gint64    rowid;
  char     *id;
  double    activation;
  float     vector[LENGTH];
  gboolean  passes; /* what is asked for */
  double    score;  /* NaN where there is none */
} Item;

static void
clear_item (gpointer data)
{
  g_free (((Item *) data)->id);
}

/* Every seventh neuron has the vector of the one before; some have none that can be compared. */
static GArray *
fill (StoreFixture *fixture)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (2);
  g_autoptr (GPtrArray) neurons = g_ptr_array_new_with_free_func ((GDestroyNotify) engram_neuron_free);
  GArray *items = g_array_sized_new (FALSE, TRUE, sizeof (Item), N_NEURONS);
  g_autoptr (GError) error = NULL;

  g_array_set_clear_func (items, clear_item);
  g_array_set_size (items, N_NEURONS);
  for (guint i = 0; i < N_NEURONS; i++)
    {
      Item *item = &g_array_index (items, Item, i);
      EngramNeuron *neuron = engram_neuron_new (i % 3 == 0 ? "tool" : "knowledge");

      if (i % 7 == 0 && i > 0)
        memcpy (item->vector, item[-1].vector, sizeof item->vector);
      else
        fill_vector (random, item->vector, LENGTH, 1);
      item->rowid = i + 1;
      item->id = g_strdup (neuron->id);
      item->activation = neuron->activation_level = g_rand_int_range (random, 0, 5) / 5.0;
      engram_neuron_set_vector (neuron, item->vector, LENGTH);
      g_ptr_array_add (neurons, neuron);
    }
  g_assert_true (engram_neuron_store_create_batch (fixture->neurons, neurons, NULL, &error));
  g_assert_no_error (error);

  g_free (store_fixture_run_sql (fixture, "UPDATE neurons SET vector = NULL WHERE rowid % 50 = 1"));
  g_free (store_fixture_run_sql (fixture, "UPDATE neurons SET vector = zeroblob(length(vector)) WHERE rowid % 50 = 2"));
  g_free (store_fixture_run_sql (fixture, "UPDATE neurons SET vector = substr(vector, 5) WHERE rowid % 50 = 3"));
  g_free (store_fixture_run_sql (fixture, "UPDATE neurons SET vector = CAST(substr(vector, 1, 144) || x'0000c07f'"
                                          " AS BLOB) WHERE rowid % 50 = 4"));
  g_free (store_fixture_run_sql (fixture, "UPDATE neurons SET vector = 'near' WHERE rowid % 50 = 5"));
  return items;
}

static void
set_scores (GArray *items,
            guint   base)
{
  const Item *like = &g_array_index (items, Item, base);

  for (guint i = 0; i < items->len; i++)
    {
      Item *item = &g_array_index (items, Item, i);
      guint odd = item->rowid % 50;

      /* Zeros, and what is no number, are a vector of that length all the same. */
      item->passes = odd != 1 && odd != 3 && odd != 5;
      item->score = odd >= 1 && odd <= 5 ? NAN : get_cosine (item->vector, like->vector, LENGTH);
    }
}

static EngramFound *
find_like (EngramSearcher *searcher,
           const char     *id,
           const char     *more,
           EngramSortKey   key,
           gboolean        descending)
{
  g_autofree char *text = g_strdup_printf ("like:%s %s", id, more);
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramQuery) query = engram_query_parse (text, NULL, NULL, &error);
  const EngramSort sort = { key, descending };
  EngramFound *found;

  g_assert_no_error (error);
  found = engram_searcher_find (searcher, ENGRAM_RECORD_NEURON, query, &sort, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  return found;
}

/* All that have such a vector, each with its score. */
static void
assert_scores (EngramFound *found,
               GArray      *items)
{
  guint n_found = 0;

  for (guint i = 0; i < items->len; i++)
    n_found += g_array_index (items, Item, i).passes;
  g_assert_cmpuint (engram_row_order_get_size (found->order), ==, n_found);
  g_assert_cmpuint (found->n_all, ==, items->len);
  for (guint i = 0; i < n_found; i++)
    {
      const Item *item = &g_array_index (items, Item, engram_row_order_get (found->order, i) - 1);

      g_assert_true (item->passes);
      g_assert_true (isnan (found->scores[i]) == isnan (item->score));
      if (!isnan (item->score))
        g_assert_cmpfloat_with_epsilon ((double) found->scores[i], item->score, 1e-6);
    }
}

/* Whether the scores go down (or up), those that are missing come last, and equal ones are in the order of rows. */
static void
assert_by_score (EngramFound *found,
                 gboolean     ascending)
{
  for (gsize i = 1; i < engram_row_order_get_size (found->order); i++)
    {
      float before = found->scores[i - 1], score = found->scores[i];

      g_assert_true (isnan (score) || (ascending ? before <= score : before >= score));
      if (before == score || isnan (before))
        g_assert_cmpint (engram_row_order_get (found->order, i - 1), <, engram_row_order_get (found->order, i));
    }
}

static void
test_like (StoreFixture  *fixture,
           gconstpointer  data)
{
  g_autoptr (EngramSearcher) searcher = engram_searcher_new (fixture->database);
  g_autoptr (GArray) items = fill (fixture);
  const char *id = g_array_index (items, Item, 20).id; /* has a twin after it */
  g_autoptr (EngramFound) nearest = find_like (searcher, id, "", ENGRAM_SORT_ROWS, FALSE);
  g_autoptr (EngramFound) farthest = find_like (searcher, id, "", ENGRAM_SORT_ROWS, TRUE);
  g_autoptr (EngramFound) rising = find_like (searcher, id, "", ENGRAM_SORT_SCORE, FALSE);
  g_autoptr (EngramFound) falling = find_like (searcher, id, "", ENGRAM_SORT_SCORE, TRUE);
  g_autoptr (EngramFound) active = find_like (searcher, id, "", ENGRAM_SORT_ACTIVATION, TRUE);

  set_scores (items, 20);
  assert_scores (nearest, items);
  assert_by_score (nearest, FALSE);
  g_assert_cmpint (engram_row_order_get (nearest->order, 0), ==, 21);
  g_assert_cmpint (engram_row_order_get (nearest->order, 1), ==, 22);
  assert_scores (farthest, items);
  assert_by_score (farthest, TRUE);
  assert_scores (rising, items);
  assert_by_score (rising, TRUE);
  assert_scores (falling, items);
  assert_by_score (falling, FALSE);
  assert_scores (active, items);
  for (gsize i = 1; i < engram_row_order_get_size (active->order); i++)
    {
      const Item *before = &g_array_index (items, Item, engram_row_order_get (active->order, i - 1) - 1);
      const Item *item = &g_array_index (items, Item, engram_row_order_get (active->order, i) - 1);

      g_assert_true (before->activation > item->activation ||
                     (before->activation == item->activation && before->rowid < item->rowid));
    }
}

static void
test_like_and_more (StoreFixture  *fixture,
                    gconstpointer  data)
{
  g_autoptr (EngramSearcher) searcher = engram_searcher_new (fixture->database);
  g_autoptr (GArray) items = fill (fixture);
  const char *id = g_array_index (items, Item, 20).id;
  g_autoptr (EngramFound) found = find_like (searcher, id, "type:tool", ENGRAM_SORT_ROWS, FALSE);
  g_autoptr (EngramFound) none = find_like (searcher, id, "type:sensor", ENGRAM_SORT_ROWS, FALSE);

  set_scores (items, 20);
  for (guint i = 0; i < items->len; i++)
    g_array_index (items, Item, i).passes &= i % 3 == 0;
  assert_scores (found, items);
  assert_by_score (found, FALSE);
  g_assert_cmpuint (engram_row_order_get_size (none->order), ==, 0);
  g_assert_cmpuint (none->n_all, ==, items->len);
}

static void
test_nearest (StoreFixture  *fixture,
              gconstpointer  data)
{
  static const guint counts[] = { 0, 1, 10, 100, 10000 };
  g_autoptr (EngramSearcher) searcher = engram_searcher_new (fixture->database);
  g_autoptr (GArray) items = fill (fixture);
  const char *id = g_array_index (items, Item, 20).id;
  g_autoptr (EngramFound) found = find_like (searcher, id, "", ENGRAM_SORT_ROWS, FALSE);
  gsize n_others = 0;

  while (!isnan (found->scores[n_others + 1]))
    n_others++;
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) nearest = engram_searcher_find_nearest (searcher, id, counts[i], NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (nearest->len, ==, MIN (counts[i], n_others));
      for (guint k = 0; k < nearest->len; k++)
        {
          const EngramNear *near = nearest->pdata[k];
          const Item *item = &g_array_index (items, Item, engram_row_order_get (found->order, k + 1) - 1);

          g_assert_cmpstr (near->id, ==, item->id);
          g_assert_cmpstr (near->summary, ==, item->id);
          g_assert_cmpstr (near->type, ==, item->rowid % 3 == 1 ? "tool" : "knowledge");
          g_assert_cmpfloat (near->score, ==, found->scores[k + 1]);
        }
    }
}

static void
assert_refused (EngramSearcher *searcher,
                const char     *id,
                EngramError     code)
{
  g_autofree char *text = g_strconcat ("like:", id, NULL);
  g_autoptr (EngramQuery) query = engram_query_parse (text, NULL, NULL, NULL);
  const EngramSort sort = { ENGRAM_SORT_ROWS, FALSE };
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) nearest_error = NULL;

  g_assert_nonnull (query);
  for (EngramRecordKind kind = ENGRAM_RECORD_NEURON; kind <= ENGRAM_RECORD_SYNAPSE; kind++)
    {
      g_assert_null (engram_searcher_find (searcher, kind, query, &sort, NULL, NULL, NULL, &error));
      g_assert_error (error, ENGRAM_ERROR, (int) code);
      g_assert_nonnull (strstr (error->message, id));
      g_clear_error (&error);
    }
  g_assert_null (engram_searcher_find_nearest (searcher, id, 10, NULL, &nearest_error));
  g_assert_error (nearest_error, ENGRAM_ERROR, (int) code);
  g_assert_nonnull (strstr (nearest_error->message, id));
}

static void
test_errors (StoreFixture  *fixture,
             gconstpointer  data)
{
  g_autoptr (EngramSearcher) searcher = engram_searcher_new (fixture->database);
  g_autoptr (GArray) items = fill (fixture);

  assert_refused (searcher, ABSENT_ID, ENGRAM_ERROR_NOT_FOUND);
  assert_refused (searcher, g_array_index (items, Item, 0).id, ENGRAM_ERROR_INVALID); /* none */
  assert_refused (searcher, g_array_index (items, Item, 1).id, ENGRAM_ERROR_INVALID); /* zeros */
  assert_refused (searcher, g_array_index (items, Item, 3).id, ENGRAM_ERROR_INVALID); /* not a number */
  assert_refused (searcher, g_array_index (items, Item, 4).id, ENGRAM_ERROR_INVALID); /* a text */
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/similarity/score", test_score);
  g_test_add_func ("/similarity/no-score", test_no_score);
  ADD_STORE_TEST ("/similarity/like", NULL, test_like);
  ADD_STORE_TEST ("/similarity/like-and-more", NULL, test_like_and_more);
  ADD_STORE_TEST ("/similarity/nearest", NULL, test_nearest);
  ADD_STORE_TEST ("/similarity/errors", NULL, test_errors);

  return g_test_run ();
}
