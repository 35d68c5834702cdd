/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "arrange-support.h"

#include <string.h>

#include "arrange/engram-pairs-linked-private.h"

#define ADD(path, function) ADD_STORE_TEST ("/pairs/" path, NULL, function)

#define N 120
#define DIMENSION 12
#define K 10

/* Rounding may order two that are nearly alike either way. */
#define TOLERANCE 2e-6

typedef struct {
  StoreFixture     *fixture;
  float            *vectors;
  EngramNetwork    *network;
  EngramNeighbours *neighbours;
} Scene;

static void
scene_clear (Scene *self)
{
  g_free (self->vectors);
  engram_network_unref (self->network);
  engram_neighbours_unref (self->neighbours);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Scene, scene_clear)

/* Neurons 0 to 119, some pairs joined one way, some both ways, some twice; 5 has no vector. */
static Scene
make_scene (StoreFixture *fixture)
{
  g_autofree float *places = arrange_make_numbers (2, 3 * N);
  g_autoptr (GString) synapses = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  Scene self = { fixture, arrange_make_numbers (1, N * DIMENSION) };

  arrange_add_neurons (fixture, N, DIMENSION, self.vectors, places);
  arrange_run_sql (fixture, "UPDATE neurons SET vector=NULL WHERE rowid=13");
  for (guint i = 0; i < N; i++)
    for (guint step = 1; step < 4; step++)
      arrange_append_synapse (synapses, i, (i * 7 + step * step * 13) % N,
                              (step % 2 == 0 ? -0.01 : 0.01) * (i % 50 + step));
  arrange_append_synapse (synapses, 3, 4, 0.5);
  arrange_append_synapse (synapses, 4, 3, -0.75);
  arrange_append_synapse (synapses, 4, 3, 0.6);
  arrange_append_synapse (synapses, 9, 9, 0.6);
  arrange_append_synapse (synapses, 5, 6, 0.6);
  arrange_run_sql (fixture, synapses->str);
  self.network = engram_network_load (fixture->database, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  self.neighbours = engram_neighbours_find (fixture->database, K, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  return self;
}

static double
get_cosine (const Scene *self,
            guint32      a,
            guint32      b)
{
  return arrange_get_cosine (self->vectors + a * DIMENSION, self->vectors + b * DIMENSION, DIMENSION);
}

/* The strongest, which is the first of the network's. */
static guint32
find_synapse (const Scene *self,
              guint32      a,
              guint32      b)
{
  const EngramNetwork *network = self->network;

  for (guint32 i = 0; i < network->n_synapses; i++)
    if (MIN (network->sources[i], network->targets[i]) == MIN (a, b) &&
        MAX (network->sources[i], network->targets[i]) == MAX (a, b))
      return i;
  return ENGRAM_PAIR_NO_SYNAPSE;
}

static gboolean
is_near (const Scene *self,
         guint32      a,
         guint32      b)
{
  for (guint i = 0; i < K; i++)
    if (self->neighbours->indices[a * K + i] == b || self->neighbours->indices[b * K + i] == a)
      return TRUE;
  return FALSE;
}

typedef gboolean (*BelongsFunc) (const Scene *self,
                                 guint32      a,
                                 guint32      b);

static gboolean
is_similar_unlinked (const Scene *self,
                     guint32      a,
                     guint32      b)
{
  return is_near (self, a, b) && find_synapse (self, a, b) == ENGRAM_PAIR_NO_SYNAPSE;
}

static gboolean
is_linked (const Scene *self,
           guint32      a,
           guint32      b)
{
  return a != 5 && b != 5 && find_synapse (self, a, b) != ENGRAM_PAIR_NO_SYNAPSE;
}

/* The pairs are those that belong, each once, the best first, and none that was left out is better. */
static void
assert_pairs (const Scene  *self,
              const GArray *pairs,
              guint         limit,
              BelongsFunc   belongs,
              int           direction)
{
  g_autofree gboolean *is_listed = g_new0 (gboolean, N * N);
  double last = direction * 2.0;
  guint n_belong = 0;

  for (guint i = 0; i < pairs->len; i++)
    {
      const EngramPair *pair = &g_array_index (pairs, EngramPair, i);

      g_assert_cmpuint (pair->first, <, pair->second);
      g_assert_true (belongs (self, pair->first, pair->second));
      g_assert_cmpuint (pair->synapse, ==, find_synapse (self, pair->first, pair->second));
      g_assert_cmpfloat_with_epsilon ((double) pair->cosine, get_cosine (self, pair->first, pair->second), TOLERANCE);
      g_assert_cmpfloat (direction * (double) pair->cosine, <=, direction * last);
      g_assert_false (is_listed[pair->first * N + pair->second]);
      is_listed[pair->first * N + pair->second] = TRUE;
      last = (double) pair->cosine;
    }
  for (guint32 a = 0; a < N; a++)
    for (guint32 b = a + 1; b < N; b++)
      if (belongs (self, a, b))
        {
          n_belong++;
          if (!is_listed[a * N + b])
            g_assert_cmpfloat (direction * get_cosine (self, a, b), <=, direction * last + TOLERANCE);
        }
  g_assert_cmpuint (pairs->len, ==, MIN (limit, n_belong));
}

static void
test_similar (StoreFixture  *fixture,
              gconstpointer  data)
{
  static const guint limits[] = { 1, 17, 100, 5000 };
  g_auto (Scene) scene = make_scene (fixture);

  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GArray) pairs = NULL;
      double reached = 0;

      pairs = engram_pairs_find_similar_unlinked (scene.neighbours, scene.network, limits[i], arrange_check_progress,
                                                  &reached, NULL, &error);
      g_assert_no_error (error);
      assert_pairs (&scene, pairs, limits[i], is_similar_unlinked, 1);
    }
}

/* Also where only some vectors are held at a time. */
static void
test_linked (StoreFixture  *fixture,
             gconstpointer  data)
{
  static const guint limits[] = { 1, 50, 5000 };
  static const guint n_held[] = { 1, 7, 60, 119, 120, 1000 };
  g_auto (Scene) scene = make_scene (fixture);

  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    for (guint k = 0; k < G_N_ELEMENTS (n_held); k++)
      {
        g_autoptr (GError) error = NULL;
        g_autoptr (GArray) pairs = NULL;
        double reached = 0;

        pairs = engram_pairs_find_linked_within (fixture->database, scene.network, limits[i],
                                                 n_held[k] * DIMENSION * sizeof (float), arrange_check_progress,
                                                 &reached, NULL, &error);
        g_assert_no_error (error);
        assert_pairs (&scene, pairs, limits[i], is_linked, -1);
      }
}

/* The strongest of three, whichever way it leads. */
static void
test_strongest (StoreFixture  *fixture,
                gconstpointer  data)
{
  g_auto (Scene) scene = make_scene (fixture);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) pairs = engram_pairs_find_linked_dissimilar (fixture->database, scene.network, 5000, NULL, NULL,
                                                                  NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < pairs->len; i++)
    {
      const EngramPair *pair = &g_array_index (pairs, EngramPair, i);

      if (pair->first == 3 && pair->second == 4)
        {
          g_assert_cmpfloat (scene.network->weights[pair->synapse], ==, -0.75);
          return;
        }
    }
  g_assert_not_reached ();
}

/* Neurons that are gone from the network since the neighbours were found, and that came since. */
static void
test_changed (StoreFixture  *fixture,
              gconstpointer  data)
{
  g_auto (Scene) scene = make_scene (fixture);
  g_autoptr (EngramNetwork) later = NULL;
  g_autoptr (GArray) pairs = NULL;
  g_autoptr (GError) error = NULL;

  arrange_run_sql (fixture, "DELETE FROM neurons WHERE rowid IN (23, 43, 201)");
  later = engram_network_load (fixture->database, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  pairs = engram_pairs_find_similar_unlinked (scene.neighbours, later, 5000, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (pairs->len, >, 0);
  for (guint i = 0; i < pairs->len; i++)
    {
      const EngramPair *pair = &g_array_index (pairs, EngramPair, i);
      guint32 first = (guint32) (later->neuron_rowids[pair->first] - 3) / 2;
      guint32 second = (guint32) (later->neuron_rowids[pair->second] - 3) / 2;

      g_assert_cmpfloat_with_epsilon ((double) pair->cosine, get_cosine (&scene, first, second), TOLERANCE);
    }
  g_clear_pointer (&pairs, g_array_unref);
  pairs = engram_pairs_find_linked_dissimilar (fixture->database, scene.network, 5000, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < pairs->len; i++)
    {
      const EngramPair *pair = &g_array_index (pairs, EngramPair, i);

      g_assert_cmpuint (pair->first, !=, 10);
      g_assert_cmpuint (pair->second, !=, 10);
      g_assert_cmpfloat_with_epsilon ((double) pair->cosine, get_cosine (&scene, pair->first, pair->second), TOLERANCE);
    }
}

static void
test_cancelled (StoreFixture  *fixture,
                gconstpointer  data)
{
  g_auto (Scene) scene = make_scene (fixture);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (engram_pairs_find_similar_unlinked (scene.neighbours, scene.network, 10, NULL, NULL, cancellable,
                                                     &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_null (engram_pairs_find_linked_dissimilar (fixture->database, scene.network, 10, NULL, NULL, cancellable,
                                                      &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("similar", test_similar);
  ADD ("linked", test_linked);
  ADD ("strongest", test_strongest);
  ADD ("changed", test_changed);
  ADD ("cancelled", test_cancelled);

  return g_test_run ();
}
