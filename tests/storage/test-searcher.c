/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store-fixture.h"

#include "query/engram-searcher-private.h"

#define N_NEURONS 1000

static const EngramSort by_rows = { ENGRAM_SORT_ROWS, FALSE };

static void
add_neurons (StoreFixture *fixture,
             guint         n_neurons)
{
  g_autoptr (GPtrArray) neurons = g_ptr_array_new_with_free_func ((GDestroyNotify) engram_neuron_free);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < n_neurons; i++)
    {
      EngramNeuron *neuron = engram_neuron_new (i % 2 == 0 ? "tool" : "knowledge");
      g_autofree char *text = g_strdup_printf ("neuron %u", i);

      engram_neuron_set_text (neuron, ENGRAM_NEURON_SOURCE_DATA, text);
      neuron->activation_level = i % 10 / 10.0;
      g_ptr_array_add (neurons, neuron);
    }
  g_assert_true (engram_neuron_store_create_batch (fixture->neurons, neurons, NULL, &error));
  g_assert_no_error (error);
  for (guint i = 1; i < n_neurons && i <= 20; i++)
    engram_synapse_free (store_fixture_join (fixture, ((EngramNeuron *) neurons->pdata[0])->id,
                                             ((EngramNeuron *) neurons->pdata[i])->id, 0.5));
}

static EngramFound *
find (EngramSearcher   *searcher,
      EngramRecordKind  kind,
      const char       *text,
      EngramSortKey     key,
      gboolean          descending)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramQuery) query = text != NULL ? engram_query_parse (text, NULL, NULL, &error) : NULL;
  const EngramSort sort = { key, descending };
  EngramFound *found;

  g_assert_no_error (error);
  found = engram_searcher_find (searcher, kind, query, &sort, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (found->complete);
  return found;
}

static void
assert_rowids (EngramFound *found,
               gint64       first,
               gint64       step,
               gsize        count)
{
  g_assert_cmpuint (engram_row_order_get_size (found->order), ==, count);
  for (gsize i = 0; i < count; i++)
    g_assert_cmpint (engram_row_order_get (found->order, i), ==, first + (gint64) i * step);
}

static void
test_rows (StoreFixture  *fixture,
           gconstpointer  data)
{
  g_autoptr (EngramSearcher) searcher = engram_searcher_new (fixture->database);
  g_autoptr (EngramFound) nothing = find (searcher, ENGRAM_RECORD_NEURON, NULL, ENGRAM_SORT_ROWS, FALSE);
  g_autoptr (EngramFound) no_number = find (searcher, ENGRAM_RECORD_SYNAPSE, NULL, ENGRAM_SORT_WEIGHT, FALSE);
  g_autoptr (EngramFound) no_text = find (searcher, ENGRAM_RECORD_NEURON, NULL, ENGRAM_SORT_SUMMARY, TRUE);
  g_autoptr (EngramFound) no_ends = find (searcher, ENGRAM_RECORD_SYNAPSE, NULL, ENGRAM_SORT_SOURCE, TRUE);
  g_autoptr (EngramFound) neurons = NULL;
  g_autoptr (EngramFound) reversed = NULL;
  g_autoptr (EngramFound) synapses = NULL;
  g_autoptr (EngramFound) gaps = NULL;

  g_assert_true (engram_searcher_get_database (searcher) == fixture->database);
  g_assert_true (ENGRAM_IS_TEXT_INDEX (engram_searcher_get_text_index (searcher)));
  assert_rowids (nothing, 1, 1, 0);
  assert_rowids (no_number, 1, 1, 0);
  assert_rowids (no_text, 1, 1, 0);
  assert_rowids (no_ends, 1, 1, 0);
  g_assert_cmpuint (no_text->n_all, ==, 0);

  add_neurons (fixture, N_NEURONS);
  neurons = find (searcher, ENGRAM_RECORD_NEURON, "", ENGRAM_SORT_ROWS, FALSE);
  assert_rowids (neurons, 1, 1, N_NEURONS);
  g_assert_cmpuint (neurons->n_all, ==, N_NEURONS);
  g_assert_null (neurons->scores);
  reversed = find (searcher, ENGRAM_RECORD_NEURON, NULL, ENGRAM_SORT_ROWS, TRUE);
  assert_rowids (reversed, N_NEURONS, -1, N_NEURONS);
  synapses = find (searcher, ENGRAM_RECORD_SYNAPSE, NULL, ENGRAM_SORT_ROWS, FALSE);
  assert_rowids (synapses, 1, 1, 20);

  g_free (store_fixture_run_sql (fixture, "DELETE FROM synapses WHERE rowid % 2 = 0"));
  gaps = find (searcher, ENGRAM_RECORD_SYNAPSE, NULL, ENGRAM_SORT_ROWS, FALSE);
  assert_rowids (gaps, 1, 2, 10);
}

static void
test_filtered (StoreFixture  *fixture,
               gconstpointer  data)
{
  g_autoptr (EngramSearcher) searcher = engram_searcher_new (fixture->database);
  g_autoptr (EngramFound) tools = NULL;
  g_autoptr (EngramFound) reversed = NULL;
  g_autoptr (EngramFound) none = NULL;
  g_autoptr (EngramFound) more = NULL;

  add_neurons (fixture, N_NEURONS);
  tools = find (searcher, ENGRAM_RECORD_NEURON, "type:tool", ENGRAM_SORT_ROWS, FALSE);
  assert_rowids (tools, 1, 2, N_NEURONS / 2);
  g_assert_cmpuint (tools->n_all, ==, N_NEURONS);
  reversed = find (searcher, ENGRAM_RECORD_NEURON, "type:tool", ENGRAM_SORT_ROWS, TRUE);
  assert_rowids (reversed, N_NEURONS - 1, -2, N_NEURONS / 2);
  none = find (searcher, ENGRAM_RECORD_NEURON, "type:tool type:memory", ENGRAM_SORT_SUMMARY, FALSE);
  assert_rowids (none, 0, 0, 0);
  g_assert_cmpuint (none->n_all, ==, N_NEURONS);

  /* Of what is there now, and of how many. */
  add_neurons (fixture, 10);
  more = find (searcher, ENGRAM_RECORD_NEURON, "type:tool", ENGRAM_SORT_ROWS, FALSE);
  assert_rowids (more, 1, 2, N_NEURONS / 2 + 5);
  g_assert_cmpuint (more->n_all, ==, N_NEURONS + 10);
}

/* First rows */

static void
keep_first (EngramFound *first,
            gpointer     user_data)
{
  EngramFound **kept = user_data;

  g_assert_null (*kept);
  *kept = engram_found_ref (first);
}

static void
test_first (StoreFixture  *fixture,
            gconstpointer  data)
{
  g_autoptr (EngramSearcher) searcher = engram_searcher_new (fixture->database);
  g_autoptr (EngramQuery) query = engram_query_parse ("type:tool", NULL, NULL, NULL);
  const EngramSort by_summary = { ENGRAM_SORT_SUMMARY, FALSE };
  g_autoptr (EngramFound) first = NULL;
  g_autoptr (EngramFound) found = NULL;
  g_autoptr (EngramFound) sorted = NULL;
  EngramFound *none = NULL;
  g_autoptr (GError) error = NULL;

  add_neurons (fixture, 32 * N_NEURONS);
  found = engram_searcher_find (searcher, ENGRAM_RECORD_NEURON, query, &by_rows, keep_first, &first, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (found->complete);
  g_assert_nonnull (first);
  g_assert_false (first->complete);
  g_assert_cmpuint (first->n_all, ==, 32 * N_NEURONS);
  assert_rowids (first, 1, 2, 200);
  assert_rowids (found, 1, 2, 16 * N_NEURONS);

  sorted = engram_searcher_find (searcher, ENGRAM_RECORD_NEURON, query, &by_summary, keep_first, &none, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (none);

  /* Each chunk has 100: whether the first 200 are known before the end depends on which thread is quicker. */
  for (guint round = 0; round < 10; round++)
    {
      g_autoptr (EngramQuery) active = engram_query_parse ("activation:>0.85", NULL, NULL, NULL);
      g_autoptr (EngramFound) all = NULL;
      g_autoptr (EngramFound) some = NULL;

      all = engram_searcher_find (searcher, ENGRAM_RECORD_NEURON, active, &by_rows, keep_first, &some, NULL, &error);
      g_assert_no_error (error);
      assert_rowids (all, 10, 10, 32 * N_NEURONS / 10);
      if (some != NULL)
        assert_rowids (some, 10, 10, 200);
    }
}

/* Where no more than a few of the first rows pass. One thread reads so few rows, so that it is known where it is. */
static void
test_first_later (StoreFixture  *fixture,
                  gconstpointer  data)
{
  g_autoptr (EngramSearcher) searcher = engram_searcher_new (fixture->database);
  g_autoptr (EngramQuery) query = engram_query_parse ("activation:>0.85", NULL, NULL, NULL);
  g_autoptr (EngramQuery) few = engram_query_parse ("activation:>0.85 executions:5", NULL, NULL, NULL);
  g_autoptr (EngramFound) first = NULL;
  g_autoptr (EngramFound) found = NULL;
  g_autoptr (EngramFound) all_few = NULL;
  EngramFound *none = NULL;
  g_autoptr (GError) error = NULL;

  add_neurons (fixture, 4 * N_NEURONS);
  g_free (store_fixture_run_sql (fixture, "UPDATE neurons SET execution_count = 5 WHERE rowid % 40 = 0"));
  found = engram_searcher_find (searcher, ENGRAM_RECORD_NEURON, query, &by_rows, keep_first, &first, NULL, &error);
  g_assert_no_error (error);
  assert_rowids (found, 10, 10, 400);
  g_assert_nonnull (first);
  assert_rowids (first, 10, 10, 200);

  all_few = engram_searcher_find (searcher, ENGRAM_RECORD_NEURON, few, &by_rows, keep_first, &none, NULL, &error);
  g_assert_no_error (error);
  assert_rowids (all_few, 40, 40, 100);
  g_assert_null (none);
}

/* The columns of the network */

static EngramNetwork *
get_network (EngramSearcher *searcher)
{
  g_autoptr (GError) error = NULL;
  EngramNetwork *network = engram_searcher_get_network (searcher, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return network;
}

static void
test_network (StoreFixture  *fixture,
              gconstpointer  data)
{
  g_autoptr (EngramSearcher) searcher = engram_searcher_new (fixture->database);
  g_autoptr (EngramNetwork) network = NULL;
  g_autoptr (EngramNetwork) same = NULL;
  g_autoptr (EngramNetwork) newer = NULL;

  add_neurons (fixture, N_NEURONS);
  network = get_network (searcher);
  g_assert_cmpuint (network->n_neurons, ==, N_NEURONS);
  engram_found_unref (find (searcher, ENGRAM_RECORD_NEURON, "degree:>0", ENGRAM_SORT_DEGREE, FALSE));
  same = get_network (searcher);
  g_assert_true (same == network);

  g_free (store_fixture_run_sql (fixture, "DELETE FROM neurons WHERE rowid = 500"));
  newer = get_network (searcher);
  g_assert_true (newer != network);
  g_assert_cmpuint (newer->n_neurons, ==, N_NEURONS - 1);
}

/* Whoever has a snapshot gets the columns of it, also when the file has moved on. */
static void
test_network_of_snapshot (StoreFixture  *fixture,
                          gconstpointer  data)
{
  g_autoptr (EngramSearcher) searcher = engram_searcher_new (fixture->database);
  g_auto (EngramScan) scan = { { NULL }, 0 };
  g_autoptr (EngramNetwork) newest = NULL;
  g_autoptr (EngramNetwork) older = NULL;
  g_autoptr (EngramNetwork) same = NULL;
  g_autoptr (EngramNetwork) again = NULL;
  g_autoptr (GError) error = NULL;

  add_neurons (fixture, N_NEURONS);
  g_assert_true (engram_scan_begin (&scan, fixture->database, NULL, &error));
  g_free (store_fixture_run_sql (fixture, "DELETE FROM neurons WHERE rowid = 500"));
  newest = get_network (searcher);
  g_assert_cmpuint (newest->n_neurons, ==, N_NEURONS - 1);
  older = engram_searcher_get_network_for (searcher, scan.readers[0], NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (older->n_neurons, ==, N_NEURONS);
  same = engram_searcher_get_network_for (searcher, scan.readers[scan.n_readers - 1], NULL, &error);
  g_assert_true (same == older);

  engram_scan_end (&scan);
  g_assert_true (engram_scan_begin (&scan, fixture->database, NULL, &error));
  again = engram_searcher_get_network_for (searcher, scan.readers[0], NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (again->n_neurons, ==, N_NEURONS - 1);
}

/* Giving up */

static void
cancel_at_first (EngramFound *first,
                 gpointer     user_data)
{
  g_cancellable_cancel (user_data);
}

static void
test_cancelled (StoreFixture  *fixture,
                gconstpointer  data)
{
  g_autoptr (EngramSearcher) searcher = engram_searcher_new (fixture->database);
  g_autoptr (EngramQuery) query = engram_query_parse ("type:tool", NULL, NULL, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (EngramNetwork) network = NULL;
  g_autoptr (GError) error = NULL;

  add_neurons (fixture, 32 * N_NEURONS);
  g_assert_null (engram_searcher_find (searcher, ENGRAM_RECORD_NEURON, query, &by_rows, cancel_at_first, cancellable,
                                       cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);

  for (guint key = 0; key < ENGRAM_SORT_N_KEYS; key++)
    for (guint kind = 0; kind < 2; kind++)
      {
        const EngramSort sort = { key, key == ENGRAM_SORT_ROWS };

        g_assert_null (engram_searcher_find (searcher, kind, query, &sort, NULL, NULL, cancellable, &error));
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
        g_clear_error (&error);
      }
  g_assert_null (engram_searcher_find (searcher, ENGRAM_RECORD_SYNAPSE, NULL, &by_rows, NULL, NULL, cancellable,
                                       &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_null (engram_searcher_get_network (searcher, NULL, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_null (engram_searcher_find_nearest (searcher, ABSENT_ID, 3, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  network = get_network (searcher);
  g_assert_cmpuint (network->n_neurons, ==, 32 * N_NEURONS);
}

typedef struct {
  EngramSearcher *searcher;
  GCancellable   *cancellable;
  GMutex          lock;
  GCond           changed;
  gboolean        is_loading;
  gboolean        may_go_on;
  guint           n_started;
} Waiting;

/* Holds the load up, until it may go on. */
static void
hold_up (const char *phase,
         double      fraction,
         gpointer    user_data)
{
  Waiting *self = user_data;

  g_mutex_lock (&self->lock);
  self->is_loading = TRUE;
  g_cond_broadcast (&self->changed);
  while (!self->may_go_on)
    g_cond_wait (&self->changed, &self->lock);
  g_mutex_unlock (&self->lock);
}

static gpointer
load_slowly (gpointer data)
{
  Waiting *self = data;
  g_autoptr (GError) error = NULL;
  EngramNetwork *network = engram_searcher_get_network (self->searcher, hold_up, self, NULL, &error);

  g_assert_no_error (error);
  return network;
}

static void
waiting_begin (Waiting  *self,
               GThread **loading)
{
  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  *loading = g_thread_new ("load", load_slowly, self);
  g_mutex_lock (&self->lock);
  while (!self->is_loading)
    g_cond_wait (&self->changed, &self->lock);
  g_mutex_unlock (&self->lock);
}

static void
waiting_let_go_on (Waiting *self)
{
  g_mutex_lock (&self->lock);
  self->may_go_on = TRUE;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
}

static void
waiting_end (Waiting *self)
{
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->changed);
}

static gpointer
get_network_in_thread (gpointer data)
{
  Waiting *self = data;

  g_mutex_lock (&self->lock);
  self->n_started++;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
  return get_network (self->searcher);
}

/* Several who ask while one loads all get what that one loads. */
static void
test_one_load (StoreFixture  *fixture,
               gconstpointer  data)
{
  g_autoptr (EngramSearcher) searcher = engram_searcher_new (fixture->database);
  g_autoptr (EngramNetwork) network = NULL;
  Waiting waiting = { .searcher = searcher };
  GThread *loading, *threads[8];

  add_neurons (fixture, N_NEURONS);
  waiting_begin (&waiting, &loading);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("network", get_network_in_thread, &waiting);
  g_mutex_lock (&waiting.lock);
  while (waiting.n_started < G_N_ELEMENTS (threads))
    g_cond_wait (&waiting.changed, &waiting.lock);
  g_mutex_unlock (&waiting.lock);
  waiting_let_go_on (&waiting);

  network = g_thread_join (loading);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      g_autoptr (EngramNetwork) same = g_thread_join (threads[i]);

      g_assert_true (same == network);
    }
  waiting_end (&waiting);
}

static gpointer
wait_for_load (gpointer data)
{
  Waiting *self = data;
  g_autoptr (GError) error = NULL;

  g_assert_null (engram_searcher_get_network (self->searcher, NULL, NULL, self->cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  return NULL;
}

/* Who waits for the load of another gives up at once, and does not end the load. */
static void
test_cancelled_wait (StoreFixture  *fixture,
                     gconstpointer  data)
{
  g_autoptr (EngramSearcher) searcher = engram_searcher_new (fixture->database);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (EngramNetwork) network = NULL;
  g_autoptr (EngramNetwork) same = NULL;
  Waiting waiting = { .searcher = searcher, .cancellable = cancellable };
  GThread *loading, *waits;

  add_neurons (fixture, N_NEURONS);
  waiting_begin (&waiting, &loading);
  waits = g_thread_new ("wait", wait_for_load, &waiting);
  g_cancellable_cancel (cancellable);
  g_thread_join (waits);

  waiting_let_go_on (&waiting);
  network = g_thread_join (loading);
  same = get_network (searcher);
  g_assert_true (same == network);
  waiting_end (&waiting);
}

/* Several at a time */

static gpointer
search_again_and_again (gpointer data)
{
  static const EngramSortKey keys[] = {
    ENGRAM_SORT_ROWS, ENGRAM_SORT_SUMMARY, ENGRAM_SORT_ACTIVATION, ENGRAM_SORT_DEGREE, ENGRAM_SORT_TYPE,
  };
  EngramSearcher *searcher = data;
  gsize before = 0;

  for (guint round = 0; round < 15; round++)
    {
      g_autoptr (EngramFound) found = find (searcher, ENGRAM_RECORD_NEURON, round % 2 == 0 ? "neuron" : NULL,
                                            keys[round % G_N_ELEMENTS (keys)], round % 3 == 0);
      gsize n_rows = engram_row_order_get_size (found->order);

      /* Neurons come in tens, and never go. */
      g_assert_cmpuint (n_rows, ==, found->n_all);
      g_assert_cmpuint (n_rows % 10, ==, 0);
      g_assert_cmpuint (n_rows, >=, before);
      before = n_rows;
    }
  return NULL;
}

static void
test_concurrent (StoreFixture  *fixture,
                 gconstpointer  data)
{
  g_autoptr (EngramSearcher) searcher = engram_searcher_new (fixture->database);
  GThread *threads[4];

  add_neurons (fixture, N_NEURONS);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("search", search_again_and_again, searcher);
  for (guint i = 0; i < 10; i++)
    {
      g_autofree char *sql = g_strdup_printf (
        "INSERT INTO neurons (id, position_x, position_y, position_z, neuron_type, created_at, modified_at,"
        " source_data) SELECT 'new-%u-' || rowid, 0, 0, 0, 'tool', created_at, modified_at, 'neuron' FROM neurons"
        " WHERE rowid <= 10", i);

      g_free (store_fixture_run_sql (fixture, sql));
    }
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD_STORE_TEST ("/searcher/rows", NULL, test_rows);
  ADD_STORE_TEST ("/searcher/filtered", NULL, test_filtered);
  ADD_STORE_TEST ("/searcher/first", NULL, test_first);
  ADD_STORE_TEST ("/searcher/first-later", NULL, test_first_later);
  ADD_STORE_TEST ("/searcher/network", NULL, test_network);
  ADD_STORE_TEST ("/searcher/network-of-snapshot", NULL, test_network_of_snapshot);
  ADD_STORE_TEST ("/searcher/one-load", NULL, test_one_load);
  ADD_STORE_TEST ("/searcher/cancelled", NULL, test_cancelled);
  ADD_STORE_TEST ("/searcher/cancelled-wait", NULL, test_cancelled_wait);
  ADD_STORE_TEST ("/searcher/concurrent", NULL, test_concurrent);

  return g_test_run ();
}
