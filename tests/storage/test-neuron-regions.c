/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store-fixture.h"

#include <math.h>

#define N_NEURONS 400
#define N_QUERIES 60

/* Random places on a coarse grid, so that many lie on faces and surfaces and many distances are equal; all
 * sums and squares of such numbers are exact. */
static double
random_coordinate (GRand *random)
{
  return g_rand_int_range (random, -20, 21) * 0.5;
}

static GPtrArray *
fill (StoreFixture *fixture,
      GRand        *random)
{
  g_autoptr (GPtrArray) neurons = g_ptr_array_new_with_free_func ((GDestroyNotify) engram_neuron_free);
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < N_NEURONS; i++)
    {
      EngramNeuron *neuron = engram_neuron_new ("knowledge");

      for (int axis = 0; axis < 3; axis++)
        neuron->position[axis] = random_coordinate (random);
      g_ptr_array_add (neurons, neuron);
    }
  g_assert_true (engram_neuron_store_create_batch (fixture->neurons, neurons, NULL, &error));
  g_assert_no_error (error);
  return g_steal_pointer (&neurons);
}

/* Rows that are nowhere. */
static void
add_nowhere (StoreFixture *fixture)
{
  static const char *const positions[] = {
    "position_x = 9e999", "position_x = -9e999", "position_y = 9e999",
    "position_z = 'north'", "position_x = x'00'", "position_y = 'x'",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (positions); i++)
    {
      g_autoptr (EngramNeuron) neuron = engram_neuron_new ("knowledge");
      g_autofree char *sql = NULL;

      store_fixture_create (fixture, neuron);
      sql = g_strdup_printf ("UPDATE neurons SET %s WHERE id = '%s'", positions[i], neuron->id);
      g_free (store_fixture_run_sql (fixture, sql));
    }
}

static void
assert_same (GPtrArray    *found,
             const GError *error,
             GPtrArray    *expected)
{
  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, expected->len);
  for (guint i = 0; i < found->len; i++)
    {
      const EngramNeuron *neuron = found->pdata[i];

      g_assert_cmpstr (neuron->id, ==, ((EngramNeuron *) expected->pdata[i])->id);
      g_assert_null (neuron->vector);
    }
}

static double
get_squared_distance (const EngramNeuron *neuron,
                      const double        centre[3])
{
  double sum = 0;

  for (int axis = 0; axis < 3; axis++)
    sum += (neuron->position[axis] - centre[axis]) * (neuron->position[axis] - centre[axis]);
  return sum;
}

static void
test_box (StoreFixture  *fixture,
          gconstpointer  data)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  g_autoptr (GPtrArray) neurons = fill (fixture, random);
  const double everywhere[2][3] = { { -INFINITY, -INFINITY, -INFINITY }, { INFINITY, INFINITY, INFINITY } };
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GError) error = NULL;

  add_nowhere (fixture);
  for (int query = 0; query < N_QUERIES; query++)
    {
      g_autoptr (GPtrArray) found = NULL;
      g_autoptr (GPtrArray) expected = g_ptr_array_new ();
      double low[3], high[3];

      for (int axis = 0; axis < 3; axis++)
        {
          low[axis] = random_coordinate (random) - 4;
          high[axis] = random_coordinate (random) + 4;
        }
      for (guint i = 0; i < neurons->len; i++)
        {
          const EngramNeuron *neuron = neurons->pdata[i];
          gboolean inside = TRUE;

          for (int axis = 0; axis < 3; axis++)
            inside = inside && neuron->position[axis] >= low[axis] && neuron->position[axis] <= high[axis];
          if (inside)
            g_ptr_array_add (expected, neurons->pdata[i]);
        }
      found = engram_neuron_store_list_in_box (fixture->neurons, low, high, NULL, &error);
      assert_same (found, error, expected);
    }

  all = engram_neuron_store_list_in_box (fixture->neurons, everywhere[0], everywhere[1], NULL, &error);
  assert_same (all, error, neurons);
}

static void
test_sphere (StoreFixture  *fixture,
             gconstpointer  data)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (2);
  g_autoptr (GPtrArray) neurons = fill (fixture, random);
  const double origin[3] = { 0, 0, 0 };
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GError) error = NULL;

  add_nowhere (fixture);
  for (int query = 0; query < N_QUERIES; query++)
    {
      g_autoptr (GPtrArray) found = NULL;
      g_autoptr (GPtrArray) expected = g_ptr_array_new ();
      double radius = g_rand_int_range (random, 0, 25) * 0.5;
      double centre[3];

      for (int axis = 0; axis < 3; axis++)
        centre[axis] = random_coordinate (random);
      for (guint i = 0; i < neurons->len; i++)
        if (get_squared_distance (neurons->pdata[i], centre) <= radius * radius)
          g_ptr_array_add (expected, neurons->pdata[i]);
      found = engram_neuron_store_list_in_sphere (fixture->neurons, centre, radius, NULL, &error);
      assert_same (found, error, expected);
    }

  all = engram_neuron_store_list_in_sphere (fixture->neurons, origin, INFINITY, NULL, &error);
  assert_same (all, error, neurons);
}

/* A place whose distance is the radius by the same arithmetic is within, though centre plus radius falls
 * short. */
static void
test_sphere_rounding (StoreFixture  *fixture,
                      gconstpointer  data)
{
  g_autoptr (EngramNeuron) neuron = engram_neuron_new ("knowledge");
  const double centre[3] = { -1e15, 0.3, 0 };
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GError) error = NULL;

  neuron->position[0] = 0.06;
  neuron->position[1] = 0.3;
  store_fixture_create (fixture, neuron);
  found = engram_neuron_store_list_in_sphere (fixture->neurons, centre, 0.06 - centre[0], NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, 1);
}

static int
compare_distance (gconstpointer a,
                  gconstpointer b,
                  gpointer      centre)
{
  const EngramNeuron *first = *(EngramNeuron *const *) a;
  const EngramNeuron *second = *(EngramNeuron *const *) b;
  double difference = get_squared_distance (first, centre) - get_squared_distance (second, centre);

  if (difference != 0)
    return difference < 0 ? -1 : 1;
  return (first->rowid > second->rowid) - (first->rowid < second->rowid);
}

static void
test_nearest (StoreFixture  *fixture,
              gconstpointer  data)
{
  static const guint counts[] = { 0, 1, 2, 7, 50, N_NEURONS - 1, N_NEURONS, N_NEURONS + 100, G_MAXUINT };
  g_autoptr (GRand) random = g_rand_new_with_seed (3);
  g_autoptr (GPtrArray) neurons = fill (fixture, random);
  g_autoptr (GError) error = NULL;

  add_nowhere (fixture);
  for (int query = 0; query < N_QUERIES; query++)
    {
      guint k = counts[query % G_N_ELEMENTS (counts)];
      g_autoptr (GPtrArray) expected = g_ptr_array_new ();
      g_autoptr (GPtrArray) found = NULL;
      double centre[3];

      for (int axis = 0; axis < 3; axis++)
        centre[axis] = random_coordinate (random) * (query % 5 == 0 ? 3 : 1);
      g_ptr_array_extend (expected, neurons, NULL, NULL);
      g_ptr_array_sort_with_data (expected, compare_distance, centre);
      g_ptr_array_set_size (expected, MIN (k, expected->len));
      found = engram_neuron_store_list_nearest (fixture->neurons, centre, k, NULL, &error);
      assert_same (found, error, expected);
    }
}

static void
add_at (StoreFixture *fixture,
        double        x,
        double        y)
{
  g_autoptr (EngramNeuron) neuron = engram_neuron_new ("knowledge");

  neuron->position[0] = x;
  neuron->position[1] = y;
  store_fixture_create (fixture, neuron);
}

/* Of two that are as near the first row wins, though it lies at the very end of the way along the x axis. */
static void
test_nearest_tie (StoreFixture  *fixture,
                  gconstpointer  data)
{
  const double origin[3] = { 0, 0, 0 };
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GError) error = NULL;

  add_at (fixture, -1, 0);
  add_at (fixture, 0, 1);
  add_at (fixture, 1, 0);
  found = engram_neuron_store_list_nearest (fixture->neurons, origin, 1, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (((EngramNeuron *) found->pdata[0])->rowid, ==, 1);
}

static void
test_refusals (StoreFixture  *fixture,
               gconstpointer  data)
{
  const double origin[3] = { 0, 0, 0 };
  const double nan[3] = { 0, NAN, 0 };
  const double infinite[3] = { 0, 0, INFINITY };
  g_autoptr (GError) box_error = NULL;
  g_autoptr (GError) other_box_error = NULL;
  g_autoptr (GError) centre_error = NULL;
  g_autoptr (GError) radius_error = NULL;
  g_autoptr (GError) nan_radius_error = NULL;
  g_autoptr (GError) nearest_error = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) empty = NULL;

  g_assert_null (engram_neuron_store_list_in_box (fixture->neurons, nan, origin, NULL, &box_error));
  assert_record_error (box_error, ENGRAM_ERROR_INVALID, NULL, "position");
  g_assert_null (engram_neuron_store_list_in_box (fixture->neurons, origin, nan, NULL, &other_box_error));
  assert_record_error (other_box_error, ENGRAM_ERROR_INVALID, NULL, "position");
  g_assert_null (engram_neuron_store_list_in_sphere (fixture->neurons, infinite, 1, NULL, &centre_error));
  assert_record_error (centre_error, ENGRAM_ERROR_INVALID, NULL, "position");
  g_assert_null (engram_neuron_store_list_in_sphere (fixture->neurons, origin, -1, NULL, &radius_error));
  assert_record_error (radius_error, ENGRAM_ERROR_INVALID, NULL, "position");
  g_assert_null (engram_neuron_store_list_in_sphere (fixture->neurons, origin, NAN, NULL, &nan_radius_error));
  assert_record_error (nan_radius_error, ENGRAM_ERROR_INVALID, NULL, "position");
  g_assert_null (engram_neuron_store_list_nearest (fixture->neurons, nan, 1, NULL, &nearest_error));
  assert_record_error (nearest_error, ENGRAM_ERROR_INVALID, NULL, "position");

  empty = engram_neuron_store_list_nearest (fixture->neurons, origin, 5, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (empty->len, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD_STORE_TEST ("/neuron-regions/box", NULL, test_box);
  ADD_STORE_TEST ("/neuron-regions/sphere", NULL, test_sphere);
  ADD_STORE_TEST ("/neuron-regions/sphere-rounding", NULL, test_sphere_rounding);
  ADD_STORE_TEST ("/neuron-regions/nearest", NULL, test_nearest);
  ADD_STORE_TEST ("/neuron-regions/nearest-tie", NULL, test_nearest_tie);
  ADD_STORE_TEST ("/neuron-regions/refusals", NULL, test_refusals);

  return g_test_run ();
}
