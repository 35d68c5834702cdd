/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "test-support.h"

#include <math.h>
#include <string.h>

static EngramContents *
generate (guint64 neurons,
          guint64 synapses,
          guint   dimension,
          guint64 seed)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "generated.db", NULL);
  const EngramGeneratorOptions options = { neurons, synapses, dimension, seed };
  g_autoptr (EngramDatabase) database = NULL;
  g_autoptr (GError) error = NULL;
  EngramContents *contents;

  engram_generate (path, &options, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  database = engram_database_open (path, NULL, &error);
  g_assert_no_error (error);
  contents = engram_load_all (database, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (contents->neurons->len, ==, neurons);
  g_assert_cmpuint (contents->synapses->len, ==, synapses);
  return contents;
}

static void
check_neuron (const EngramNeuron *neuron,
              guint               dimension)
{
  g_autoptr (GError) error = NULL;
  double squares = 0.0;

  engram_neuron_validate (neuron, ENGRAM_NEURON_ALL, &error);
  g_assert_no_error (error);
  g_assert_true (engram_uuid_is_valid (neuron->id));
  /* The version digit of the UUID. */
  g_assert_cmpint (neuron->id[14], ==, '4');
  g_assert_cmpstr (neuron->modified_at, >=, neuron->created_at);
  g_assert_cmpfloat (neuron->activation_level, >=, 0.0);
  g_assert_cmpfloat (neuron->activation_level, <=, 1.0);
  for (guint axis = 0; axis < 3; axis++)
    g_assert_cmpfloat (fabs (neuron->position[axis]), <=, 100.0);

  g_assert_cmpuint (neuron->vector_length, ==, dimension);
  for (guint i = 0; i < dimension; i++)
    squares += (double) neuron->vector[i] * (double) neuron->vector[i];
  if (dimension > 0)
    g_assert_cmpfloat_with_epsilon (squares, 1.0, 1e-5);
}

static void
check_synapse (const EngramSynapse *synapse)
{
  g_autoptr (GError) error = NULL;

  engram_synapse_validate (synapse, ENGRAM_SYNAPSE_ALL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (synapse->id[14], ==, '4');
  g_assert_cmpstr (synapse->source_id, !=, synapse->target_id);
  g_assert_cmpfloat (synapse->weight, !=, 0.0);
  g_assert_true ((synapse->last_traversed == NULL) == (synapse->usage_count == 0));
  g_assert_cmpstr (synapse->modified_at, >=, synapse->created_at);
}

static void
check_contents (const EngramContents *contents,
                guint                 dimension)
{
  for (guint i = 0; i < contents->neurons->len; i++)
    check_neuron (g_ptr_array_index (contents->neurons, i), dimension);
  for (guint i = 0; i < contents->synapses->len; i++)
    check_synapse (g_ptr_array_index (contents->synapses, i));
}

static void
test_sizes (void)
{
  static const EngramGeneratorOptions sizes[] = {
    { 0, 0, 8, 1 },   { 1, 0, 1, 1 },   { 2, 1, 3, 1 },      { 2, 40, 0, 2 },     { 3, 3, 5, 3 },
    { 7, 20, 4, 4 },  { 12, 100, 7, 5 }, { 999, 500, 2, 6 }, { 1000, 9000, 0, 7 }, { 1003, 1, 9, 8 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (EngramContents) contents = generate (sizes[i].neurons, sizes[i].synapses, sizes[i].dimension,
                                                      sizes[i].seed);

      check_contents (contents, sizes[i].dimension);
    }
}

static gboolean
is_same (const EngramContents *first,
         const EngramContents *second)
{
  for (guint i = 0; i < first->neurons->len; i++)
    if (engram_neuron_compare (g_ptr_array_index (first->neurons, i),
                               g_ptr_array_index (second->neurons, i)) != 0)
      return FALSE;
  for (guint i = 0; i < first->synapses->len; i++)
    if (engram_synapse_compare (g_ptr_array_index (first->synapses, i),
                                g_ptr_array_index (second->synapses, i)) != 0)
      return FALSE;
  return TRUE;
}

static void
test_seed (void)
{
  g_autoptr (EngramContents) first = generate (1200, 5000, 24, 42);
  g_autoptr (EngramContents) second = generate (1200, 5000, 24, 42);
  g_autoptr (EngramContents) other = generate (1200, 5000, 24, 43);
  const EngramNeuron *neuron = g_ptr_array_index (first->neurons, 0);
  const EngramNeuron *other_neuron = g_ptr_array_index (other->neurons, 0);

  g_assert_true (is_same (first, second));
  g_assert_cmpstr (neuron->id, !=, other_neuron->id);
  g_assert_cmpfloat (neuron->vector[0], !=, other_neuron->vector[0]);
  /* As it was on the machine that this was written on. */
  g_assert_cmpstr (neuron->id, ==, "b01181fc-2dce-4ca5-a28c-ebe8c2be45aa");
  g_assert_cmpfloat (neuron->vector[0], ==, -0x1.5c3568p-4f);
}

static double
compute_cosine (const EngramNeuron *first,
                const EngramNeuron *second)
{
  double sum = 0.0;

  for (guint i = 0; i < first->vector_length; i++)
    sum += (double) first->vector[i] * (double) second->vector[i];
  return sum;
}

static double
compute_distance (const EngramNeuron *first,
                  const EngramNeuron *second)
{
  double squares = 0.0;

  for (guint axis = 0; axis < 3; axis++)
    squares += pow (first->position[axis] - second->position[axis], 2.0);
  return sqrt (squares);
}

typedef struct {
  guint  n_near;
  guint  n_similar;
  guint  n_repeated;
  guint  n_inhibiting;
  guint  n_weak;
  guint  n_below_threshold;
  guint  n_never_used;
  guint  n_wrong_type;
  guint  greatest_in_degree;
  guint  n_most_in_a_row;
} Shape;

static void
measure (const EngramContents *contents,
         Shape                *shape)
{
  g_autoptr (GHashTable) neurons = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) degrees = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) pairs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const char *previous = "";
  guint n_in_a_row = 0;

  memset (shape, 0, sizeof (*shape));
  for (guint i = 0; i < contents->neurons->len; i++)
    {
      EngramNeuron *neuron = g_ptr_array_index (contents->neurons, i);

      g_hash_table_insert (neurons, (gpointer) neuron->id, neuron);
    }
  for (guint i = 0; i < contents->synapses->len; i++)
    {
      const EngramSynapse *synapse = g_ptr_array_index (contents->synapses, i);
      const EngramNeuron *source = g_hash_table_lookup (neurons, synapse->source_id);
      const EngramNeuron *target = g_hash_table_lookup (neurons, synapse->target_id);
      const char *type = g_str_equal (target->type, "tool") ? "tool_input"
                         : g_str_equal (source->type, "tool") ? "tool_output" : "knowledge";
      guint degree = GPOINTER_TO_UINT (g_hash_table_lookup (degrees, target->id)) + 1;

      g_hash_table_insert (degrees, (gpointer) target->id, GUINT_TO_POINTER (degree));
      shape->greatest_in_degree = MAX (shape->greatest_in_degree, degree);
      shape->n_near += compute_distance (source, target) < 30.0;
      shape->n_similar += compute_cosine (source, target) > 0.5;
      shape->n_repeated += !g_hash_table_add (pairs, g_strconcat (source->id, target->id, NULL));
      shape->n_inhibiting += synapse->weight < 0.0;
      shape->n_weak += fabs (synapse->weight) < 0.1;
      shape->n_below_threshold += fabs (synapse->weight) < 0.01;
      shape->n_never_used += synapse->last_traversed == NULL;
      shape->n_wrong_type += !g_str_equal (synapse->type, type);
      n_in_a_row = g_str_equal (previous, source->id) ? n_in_a_row + 1 : 1;
      shape->n_most_in_a_row = MAX (shape->n_most_in_a_row, n_in_a_row);
      previous = source->id;
    }
}

static void
test_shape (void)
{
  g_autoptr (EngramContents) contents = generate (4000, 40000, 96, 5);
  guint n_knowledge = 0, n_tools = 0, n_memories = 0, n_similar = 0;
  Shape shape;

  check_contents (contents, 96);
  for (guint i = 0; i < contents->neurons->len; i++)
    {
      const EngramNeuron *neuron = g_ptr_array_index (contents->neurons, i);
      const EngramNeuron *other = g_ptr_array_index (contents->neurons, (i * 7 + 1234) % 4000);

      n_knowledge += g_str_equal (neuron->type, "knowledge") && neuron->source_data != NULL;
      n_tools += g_str_equal (neuron->type, "tool") && neuron->executable_code != NULL;
      n_memories += g_str_equal (neuron->type, "memory") && neuron->fields != NULL;
      n_similar += compute_cosine (neuron, other) > 0.5;
    }
  g_assert_cmpuint (n_knowledge + n_tools + n_memories, ==, 4000);
  g_assert_cmpuint (ABS ((int) n_tools - 400), <, 100);
  g_assert_cmpuint (ABS ((int) n_memories - 400), <, 100);
  /* Of any two neurons few are alike, of two that a synapse joins most. */
  g_assert_cmpuint (n_similar, <, 800);

  measure (contents, &shape);
  g_assert_cmpuint (shape.n_similar, >, 40000 * 3 / 4);
  g_assert_cmpuint (shape.n_near, >, 40000 * 3 / 4);
  g_assert_cmpuint (shape.n_repeated, <, 40000 / 100);
  g_assert_cmpuint (ABS ((int) shape.n_inhibiting - 6000), <, 600);
  g_assert_cmpuint (ABS ((int) shape.n_weak - 4800), <, 600);
  g_assert_cmpuint (shape.n_below_threshold, >, 400);
  g_assert_cmpuint (ABS ((int) shape.n_never_used - 10000), <, 1000);
  g_assert_cmpuint (shape.n_wrong_type, ==, 0);
  /* Ten on the average. */
  g_assert_cmpuint (shape.greatest_in_degree, >, 50);
  g_assert_cmpuint (shape.n_most_in_a_row, <, 15);
}

static void
test_fields (void)
{
  g_autoptr (EngramContents) contents = generate (200, 0, 2, 9);
  EngramTypeRegistry *registry = engram_type_registry_get_default ();

  for (guint i = 0; i < contents->neurons->len; i++)
    {
      g_autoptr (EngramNeuron) neuron = engram_neuron_copy (g_ptr_array_index (contents->neurons, i));
      EngramNeuronType *type = engram_type_registry_lookup (registry, neuron->type);
      gsize n_fields;
      const EngramField *fields = engram_neuron_type_get_fields (type, &n_fields);

      for (gsize j = 0; j < n_fields; j++)
        {
          g_autofree char *json = engram_neuron_get_field (neuron, &fields[j]);
          g_autoptr (GError) error = NULL;

          g_assert_nonnull (json);
          g_assert_true (g_str_equal (fields[j].name, "last_accessed") || !g_str_equal (json, "null"));
          engram_neuron_set_field (neuron, &fields[j], json, &error);
          g_assert_no_error (error);
        }
    }
}

static void
test_refused (void)
{
  static const EngramGeneratorOptions refused[] = {
    { 1, 1, 4, 0 }, { 0, 5, 4, 0 }, { G_MAXUINT64, 0, 4, 0 }, { 10, G_MAXUINT64, 4, 0 },
    { 10, 10, G_MAXUINT, 0 },
  };
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "refused.db", NULL);
  g_autoptr (GDir) dir = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (engram_generate (path, &refused[i], NULL, NULL, NULL, &error));
      g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_INVALID);
    }
  dir = g_dir_open (folder, 0, NULL);
  g_assert_null (g_dir_read_name (dir));
}

typedef struct {
  GCancellable *cancellable;
  const char   *stop_at;
  double        fraction;
  guint         n_calls;
} Watch;

static void
watch_progress (const char *phase,
                double      fraction,
                gpointer    user_data)
{
  Watch *watch = user_data;

  g_assert_nonnull (phase);
  g_assert_cmpfloat (fraction, >=, watch->fraction);
  g_assert_cmpfloat (fraction, <=, 1.0);
  watch->fraction = fraction;
  watch->n_calls++;
  if (watch->stop_at != NULL && g_str_equal (phase, watch->stop_at))
    g_cancellable_cancel (watch->cancellable);
}

static void
test_progress (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "watched.db", NULL);
  const EngramGeneratorOptions options = { 2000, 4000, 8, 1 };
  g_autoptr (GError) error = NULL;
  Watch watch = { 0 };

  engram_generate (path, &options, watch_progress, &watch, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (watch.n_calls, >=, 3);
  g_assert_cmpfloat (watch.fraction, >, 0.6);

  /* What is there already is not touched. */
  g_assert_false (engram_generate (path, &options, NULL, NULL, NULL, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_EXISTS);
}

static void
test_cancelled (gconstpointer stop_at)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "cancelled.db", NULL);
  const EngramGeneratorOptions options = { 3000, 3000, 8, 1 };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = NULL;
  Watch watch = { cancellable, stop_at };

  if (stop_at == NULL)
    g_cancellable_cancel (cancellable);
  g_assert_false (engram_generate (path, &options, watch_progress, &watch, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  dir = g_dir_open (folder, 0, NULL);
  g_assert_null (g_dir_read_name (dir));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/generator/sizes", test_sizes);
  g_test_add_func ("/generator/seed", test_seed);
  g_test_add_func ("/generator/shape", test_shape);
  g_test_add_func ("/generator/fields", test_fields);
  g_test_add_func ("/generator/refused", test_refused);
  g_test_add_func ("/generator/progress", test_progress);
  g_test_add_data_func ("/generator/cancelled/before", NULL, test_cancelled);
  g_test_add_data_func ("/generator/cancelled/neurons", "Making neurons", test_cancelled);
  g_test_add_data_func ("/generator/cancelled/indexes", "Making indexes", test_cancelled);
  return g_test_run ();
}
