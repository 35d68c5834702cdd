/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store-fixture.h"

#define N_READERS 8
#define N_NEURONS 24
#define N_WRITES 60

/* What every state of the network keeps: neurons 2i and 2i + 1 have activation levels that add up to 1,
 * and the synapses from the hub weights that add up to 0. Values are multiples of 1/64, so sums are exact. */
typedef struct {
  StoreFixture *fixture;
  GPtrArray    *neurons;
  GPtrArray    *synapses;
  const char   *hub_id;
  int           done;
} Shared;

static void
fill (Shared *shared)
{
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < N_NEURONS; i++)
    {
      EngramNeuron *neuron = engram_neuron_new ("knowledge");

      neuron->activation_level = i % 2;
      g_ptr_array_add (shared->neurons, neuron);
    }
  g_assert_true (engram_neuron_store_create_batch (shared->fixture->neurons, shared->neurons, NULL, &error));
  g_assert_no_error (error);

  shared->hub_id = ((EngramNeuron *) shared->neurons->pdata[0])->id;
  for (int i = 0; i < N_NEURONS; i++)
    {
      const EngramNeuron *target = shared->neurons->pdata[i];
      double weight = i % 2 == 0 ? 0.25 : -0.25;

      g_ptr_array_add (shared->synapses,
                       engram_synapse_new (shared->hub_id, target->id, weight, "knowledge"));
    }
  engram_synapse_store_create_batch (shared->fixture->synapses, shared->synapses, NULL, &error);
  g_assert_no_error (error);
}

static void
check_neurons (GPtrArray *neurons)
{
  gint64 rowid = 0;

  for (guint i = 0; i < N_NEURONS; i++)
    {
      const EngramNeuron *neuron = neurons->pdata[i];

      g_assert_cmpint (neuron->rowid, >, rowid);
      rowid = neuron->rowid;
    }
  for (guint i = 0; i < N_NEURONS; i += 2)
    {
      const EngramNeuron *even = neurons->pdata[i];
      const EngramNeuron *odd = neurons->pdata[i + 1];

      g_assert_cmpfloat (even->activation_level + odd->activation_level, ==, 1.0);
    }
  /* What comes and goes does so in pairs. */
  g_assert_cmpuint (neurons->len % 2, ==, 0);
}

static void
check_weights (GPtrArray *synapses)
{
  double sum = 0;

  for (guint i = 0; i < synapses->len; i++)
    sum += ((EngramSynapse *) synapses->pdata[i])->weight;
  g_assert_cmpfloat (sum, ==, 0.0);
}

/* Every list call sees one moment. */
static void
read_once (Shared *shared)
{
  StoreFixture *fixture = shared->fixture;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (GPtrArray) page = NULL;
  g_autoptr (GPtrArray) by_source = NULL;
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (EngramNeuron) neuron = NULL;
  guint64 total;
  double sum = 0;

  after = engram_neuron_store_list_after (fixture->neurons, G_MININT64, G_MAXUINT, NULL, &error);
  g_assert_no_error (error);
  check_neurons (after);
  page = engram_neuron_store_list (fixture->neurons, 0, G_MAXUINT, NULL, &error);
  g_assert_no_error (error);
  check_neurons (page);
  by_source = engram_synapse_store_list_by_source (fixture->synapses, shared->hub_id, NULL, &error);
  g_assert_no_error (error);
  check_weights (by_source);
  items = engram_synapse_store_list_items (fixture->synapses, shared->hub_id, ENGRAM_SYNAPSE_OUTGOING,
                                           G_MAXUINT, &total, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (items->len, ==, total);
  for (guint i = 0; i < items->len; i++)
    sum += ((EngramSynapseListItem *) items->pdata[i])->synapse->weight;
  g_assert_cmpfloat (sum, ==, 0.0);
  neuron = engram_neuron_store_get (fixture->neurons, shared->hub_id, NULL, &error);
  g_assert_no_error (error);
}

static gpointer
run_reader (gpointer data)
{
  Shared *shared = data;
  guint n_reads = 0;

  do
    {
      read_once (shared);
      n_reads++;
    }
  while (!g_atomic_int_get (&shared->done));
  return GUINT_TO_POINTER (n_reads);
}

static void
write_once (Shared *shared,
            int     round)
{
  StoreFixture *fixture = shared->fixture;
  g_autoptr (GPtrArray) pair = g_ptr_array_new_with_free_func ((GDestroyNotify) engram_neuron_free);
  g_autoptr (GPtrArray) joins = g_ptr_array_new_with_free_func ((GDestroyNotify) engram_synapse_free);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < N_NEURONS; i += 2)
    {
      double level = (round + i) % 64 / 64.0;

      ((EngramNeuron *) shared->neurons->pdata[i])->activation_level = level;
      ((EngramNeuron *) shared->neurons->pdata[i + 1])->activation_level = 1.0 - level;
      ((EngramSynapse *) shared->synapses->pdata[i])->weight = level;
      ((EngramSynapse *) shared->synapses->pdata[i + 1])->weight = -level;
    }
  g_assert_true (engram_neuron_store_update_batch (fixture->neurons, shared->neurons, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (engram_synapse_store_update_batch (fixture->synapses, shared->synapses, NULL, &error));
  g_assert_no_error (error);

  g_ptr_array_add (pair, engram_neuron_new ("memory"));
  g_ptr_array_add (pair, engram_neuron_new ("memory"));
  g_assert_true (engram_neuron_store_create_batch (fixture->neurons, pair, NULL, &error));
  g_assert_no_error (error);
  g_ptr_array_add (joins, engram_synapse_new (shared->hub_id, shared->hub_id, 0.5, "knowledge"));
  g_ptr_array_add (joins, engram_synapse_new (shared->hub_id, shared->hub_id, -0.5, "knowledge"));
  g_assert_true (engram_synapse_store_create_batch (fixture->synapses, joins, NULL, &error));
  g_assert_no_error (error);
}

static void
test_readers_beside_writer (StoreFixture  *fixture,
                            gconstpointer  data)
{
  g_autoptr (GPtrArray) neurons = g_ptr_array_new_with_free_func ((GDestroyNotify) engram_neuron_free);
  g_autoptr (GPtrArray) synapses = g_ptr_array_new_with_free_func ((GDestroyNotify) engram_synapse_free);
  Shared shared = { fixture, neurons, synapses, NULL, FALSE };
  GThread *readers[N_READERS];

  fill (&shared);
  for (int i = 0; i < N_READERS; i++)
    readers[i] = g_thread_new ("reader", run_reader, &shared);
  for (int round = 0; round < N_WRITES; round++)
    write_once (&shared, round);
  g_atomic_int_set (&shared.done, TRUE);
  for (int i = 0; i < N_READERS; i++)
    g_assert_cmpuint (GPOINTER_TO_UINT (g_thread_join (readers[i])), >, 0);
  store_fixture_assert_count (fixture, N_NEURONS + 2 * N_WRITES, N_NEURONS + 2 * N_WRITES);
}

#define N_WRITERS 4
#define N_CREATED 40

/* Half of what each one tries fails, and must leave nothing. */
static gpointer
run_writer (gpointer data)
{
  StoreFixture *fixture = data;

  for (int i = 0; i < N_CREATED; i++)
    {
      g_autoptr (GPtrArray) batch = g_ptr_array_new_with_free_func ((GDestroyNotify) engram_neuron_free);
      g_autoptr (GError) error = NULL;

      for (int j = 0; j < 3; j++)
        g_ptr_array_add (batch, engram_neuron_new ("knowledge"));
      if (i % 2 == 0)
        g_ptr_array_add (batch, engram_neuron_copy (batch->pdata[0]));
      if (i % 2 == 0)
        {
          g_assert_false (engram_neuron_store_create_batch (fixture->neurons, batch, NULL, &error));
          g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_EXISTS);
        }
      else
        {
          g_assert_true (engram_neuron_store_create_batch (fixture->neurons, batch, NULL, &error));
          g_assert_no_error (error);
        }
    }
  return NULL;
}

static void
test_writers (StoreFixture  *fixture,
              gconstpointer  data)
{
  GThread *writers[N_WRITERS];

  for (int i = 0; i < N_WRITERS; i++)
    writers[i] = g_thread_new ("writer", run_writer, fixture);
  for (int i = 0; i < N_WRITERS; i++)
    g_thread_join (writers[i]);
  store_fixture_assert_count (fixture, N_WRITERS * N_CREATED / 2 * 3, 0);
}

typedef struct {
  StoreFixture *fixture;
  guint         n_visited;
} Visit;

/* Writes while the rows of one moment are gone through. */
static gboolean
visit_and_write (const EngramNeuron  *neuron,
                 gpointer             user_data,
                 GError             **error)
{
  Visit *self = user_data;
  g_autoptr (EngramNeuron) another = engram_neuron_new ("knowledge");

  self->n_visited++;
  return engram_neuron_store_create (self->fixture->neurons, another, NULL, error);
}

static void
test_foreach_sees_one_moment (StoreFixture  *fixture,
                              gconstpointer  data)
{
  const EngramNeuronFilter filter = { .limit = -1 };
  g_autoptr (GError) error = NULL;
  Visit visit = { fixture, 0 };

  for (int i = 0; i < 10; i++)
    {
      g_autoptr (EngramNeuron) neuron = engram_neuron_new ("knowledge");

      store_fixture_create (fixture, neuron);
    }
  engram_neuron_store_foreach (fixture->neurons, &filter, visit_and_write, &visit, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (visit.n_visited, ==, 10);
  store_fixture_assert_count (fixture, 20, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD_STORE_TEST ("/concurrency/readers-beside-writer", NULL, test_readers_beside_writer);
  ADD_STORE_TEST ("/concurrency/writers", NULL, test_writers);
  ADD_STORE_TEST ("/concurrency/foreach-sees-one-moment", NULL, test_foreach_sees_one_moment);

  return g_test_run ();
}
