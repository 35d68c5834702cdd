/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "test-support.h"

#include <math.h>
#include <string.h>

static double
cosine_of_texts (const char *first,
                 const char *second)
{
  float first_vector[ENGRAM_EMBEDDING_DIMENSION];
  float second_vector[ENGRAM_EMBEDDING_DIMENSION];
  double sum = 0.0;

  engram_text_embedding (first, first_vector);
  engram_text_embedding (second, second_vector);
  for (guint i = 0; i < ENGRAM_EMBEDDING_DIMENSION; i++)
    sum += (double) first_vector[i] * (double) second_vector[i];
  return sum;
}

static void
test_embedding_similarity (void)
{
  const char *inhibiting = "GABA is the main inhibitory transmitter of the brain.";
  const char *exciting = "Glutamate is the main excitatory transmitter of the brain.";
  const char *related = "Inhibitory synapses often release GABA.";
  const char *distant = "Sound moves the fluid of the cochlea.";

  g_assert_cmpfloat_with_epsilon (cosine_of_texts (inhibiting, inhibiting), 1.0, 1e-6);
  g_assert_cmpfloat (cosine_of_texts (inhibiting, exciting), >, 0.5);
  g_assert_cmpfloat (cosine_of_texts (inhibiting, related), >, 0.25);
  g_assert_cmpfloat (fabs (cosine_of_texts (inhibiting, distant)), <, 0.2);
  g_assert_cmpfloat (cosine_of_texts ("synapse", "synaptic"), >, 0.4);
  g_assert_cmpfloat (fabs (cosine_of_texts ("synapse", "retina")), <, 0.2);
}

static void
test_embedding_folds (void)
{
  g_assert_cmpfloat_with_epsilon (cosine_of_texts ("Straße  ÜBER!", "strasse über"), 1.0, 1e-6);
  /* Composed and decomposed. */
  g_assert_cmpfloat_with_epsilon (cosine_of_texts ("na\303\257ve", "nai\314\210ve"), 1.0, 1e-6);
  /* The order of words does not count, their number hardly does. */
  g_assert_cmpfloat_with_epsilon (cosine_of_texts ("red green", "green red"), 1.0, 1e-6);
  g_assert_cmpfloat (cosine_of_texts ("red green", "green red red"), >, 0.9);
}

static void
test_embedding_is_fixed (void)
{
  /* The vector of this text on the machine that this was written on. */
  static const char expected[] = "4064b33b6deec65c012e5996905639c8428635fca6c4e9eee47d57e10ee00ba1";
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  float vector[ENGRAM_EMBEDDING_DIMENSION];

  engram_text_embedding ("Neurons that fire together, wire together: Hebb’s rule. Ionenkanäle!", vector);
  for (guint i = 0; i < ENGRAM_EMBEDDING_DIMENSION; i++)
    {
      guint32 bits;

      memcpy (&bits, &vector[i], sizeof (bits));
      bits = GUINT32_TO_LE (bits);
      g_checksum_update (checksum, (const guchar *) &bits, sizeof (bits));
    }
  g_assert_cmpstr (g_checksum_get_string (checksum), ==, expected);
}

static void
test_embedding_of_nothing (void)
{
  static const char * const texts[] = { "", " \t\n", "…!? —", "\377\376" };
  float vector[ENGRAM_EMBEDDING_DIMENSION];

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      memset (vector, 0xff, sizeof (vector));
      engram_text_embedding (texts[i], vector);
      for (guint j = 0; j < ENGRAM_EMBEDDING_DIMENSION; j++)
        g_assert_cmpfloat (vector[j], ==, 0.0f);
    }
  g_assert_cmpfloat_with_epsilon (cosine_of_texts ("synapse\377", "synapse"), 1.0, 1e-6);
}

static double
correlate (const float *coordinates,
           gsize        n_vectors,
           guint        n_components,
           guint        first,
           guint        second)
{
  double sum = 0.0;

  for (gsize i = 0; i < n_vectors; i++)
    sum += (double) coordinates[i * n_components + first] * (double) coordinates[i * n_components + second];
  return sum / (double) n_vectors;
}

/* Points along three known directions at right angles, with known variances, away from the origin. */
static void
test_components_known_answer (void)
{
  enum { N = 64, DIMENSION = 6 };
  static const double axes[3][DIMENSION] = {
    { 0.6, 0.8, 0, 0, 0, 0 }, { 0, 0, -1, 0, 0, 0 }, { 0.48, -0.36, 0, 0.8, 0, 0 }
  };
  static const double sizes[3] = { 5.0, 2.0, 0.5 };
  /* The greatest number of the second axis is negative: it is turned round. */
  static const double signs[3] = { 1.0, -1.0, 1.0 };
  float vectors[N * DIMENSION];
  float coordinates[N * 3];

  for (guint i = 0; i < N; i++)
    for (guint k = 0; k < DIMENSION; k++)
      {
        double value = 10.0 * k;

        for (guint axis = 0; axis < 3; axis++)
          value += (i >> axis & 1 ? sizes[axis] : -sizes[axis]) * axes[axis][k];
        vectors[i * DIMENSION + k] = (float) value;
      }

  engram_principal_components (vectors, N, DIMENSION, 3, coordinates);
  for (guint i = 0; i < N; i++)
    for (guint axis = 0; axis < 3; axis++)
      g_assert_cmpfloat_with_epsilon (coordinates[i * 3 + axis],
                                      signs[axis] * (i >> axis & 1 ? sizes[axis] : -sizes[axis]), 1e-4);
}

static double
compute_distance (const float *first,
                  const float *second,
                  guint        length)
{
  double squares = 0.0;

  for (guint i = 0; i < length; i++)
    {
      double apart = (double) first[i] - (double) second[i];

      squares += apart * apart;
    }
  return sqrt (squares);
}

/* All components together are a rotation: distances stay, variances fall, nothing correlates. So many vectors
 * that they fill several blocks and occupy both threads. */
static void
test_components_are_orthonormal (void)
{
  enum { N = 3001, DIMENSION = 38 };
  g_autoptr (GRand) random = g_rand_new_with_seed (11);
  g_autofree float *vectors = g_new (float, N * DIMENSION);
  g_autofree float *coordinates = g_new (float, N * DIMENSION);
  g_autofree float *again = g_new (float, N * DIMENSION);
  double previous = INFINITY;

  for (guint i = 0; i < N; i++)
    for (guint k = 0; k < DIMENSION; k++)
      vectors[i * DIMENSION + k] = (float) (g_rand_double (random) * (1 + k % 7) +
                                            (k > 0 ? vectors[i * DIMENSION + k - 1] * 0.5 : 3.0));

  engram_principal_components (vectors, N, DIMENSION, DIMENSION, coordinates);
  for (guint i = 0; i + 1 < N; i += 13)
    g_assert_cmpfloat_with_epsilon (compute_distance (coordinates + i * DIMENSION,
                                                      coordinates + (i + 1) * DIMENSION, DIMENSION),
                                    compute_distance (vectors + i * DIMENSION,
                                                      vectors + (i + 1) * DIMENSION, DIMENSION), 1e-3);
  for (guint k = 0; k < DIMENSION; k++)
    {
      double variance = correlate (coordinates, N, DIMENSION, k, k);

      g_assert_cmpfloat (variance, >, 0.0);
      g_assert_cmpfloat (variance, <=, previous * (1.0 + 1e-6));
      for (guint j = 0; j < k; j++)
        g_assert_cmpfloat_with_epsilon (correlate (coordinates, N, DIMENSION, k, j), 0.0, 1e-4);
      previous = variance;
    }

  engram_principal_components (vectors, N, DIMENSION, DIMENSION, again);
  g_assert_cmpmem (coordinates, N * DIMENSION * sizeof (float), again, N * DIMENSION * sizeof (float));

  /* Fewer components are the first ones. */
  engram_principal_components (vectors, N, DIMENSION, 2, again);
  for (guint i = 0; i < N; i++)
    for (guint k = 0; k < 2; k++)
      g_assert_cmpfloat_with_epsilon (again[i * 2 + k], coordinates[i * DIMENSION + k], 1e-3);
}

static void
test_components_of_little (void)
{
  float same[] = { 1, 2, 3, 1, 2, 3, 1, 2, 3 };
  float line[] = { 0, 0, 3, 4, NAN, NAN };
  float coordinates[12];

  engram_principal_components (same, 3, 3, 4, coordinates);
  for (guint i = 0; i < 12; i++)
    g_assert_cmpfloat_with_epsilon (coordinates[i], 0.0, 1e-6);

  /* One direction only, and what is not finite stands for the mean. */
  engram_principal_components (line, 3, 2, 3, coordinates);
  g_assert_cmpfloat_with_epsilon (coordinates[0], -2.5, 1e-5);
  g_assert_cmpfloat_with_epsilon (coordinates[3], 2.5, 1e-5);
  g_assert_cmpfloat_with_epsilon (coordinates[6], 0.0, 1e-5);
  for (guint i = 0; i < 3; i++)
    {
      g_assert_cmpfloat_with_epsilon (coordinates[i * 3 + 1], 0.0, 1e-5);
      g_assert_cmpfloat (coordinates[i * 3 + 2], ==, 0.0f);
    }

  coordinates[0] = 7.0f;
  engram_principal_components (NULL, 0, 3, 3, coordinates);
  g_assert_cmpfloat (coordinates[0], ==, 7.0f);
  engram_principal_components (NULL, 1, 0, 1, coordinates);
  g_assert_cmpfloat (coordinates[0], ==, 0.0f);
}

static char *
read_sample_text (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "data", "sample-network.txt", NULL);
  g_autoptr (GError) error = NULL;
  char *text;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static EngramContents *
build_sample (const char *folder,
              const char *name,
              const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (EngramDatabase) database = NULL;
  g_autoptr (GError) error = NULL;
  EngramContents *contents;

  engram_sample_network_build (text, -1, path, NULL, &error);
  g_assert_no_error (error);
  database = engram_database_open (path, NULL, &error);
  g_assert_no_error (error);
  contents = engram_load_all (database, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  return contents;
}

static void
check_sample_neuron (const EngramNeuron *neuron)
{
  g_autofree char *topic = engram_json_object_get (neuron->metadata, "topic");
  g_autoptr (GError) error = NULL;
  double squares = 0.0;

  engram_neuron_validate (neuron, ENGRAM_NEURON_ALL, &error);
  g_assert_no_error (error);
  /* The version digit of the UUID. */
  g_assert_cmpint (neuron->id[14], ==, '5');
  g_assert_nonnull (topic);
  g_assert_cmpstr (neuron->modified_at, >=, neuron->created_at);

  g_assert_cmpuint (neuron->vector_length, ==, ENGRAM_EMBEDDING_DIMENSION);
  for (guint i = 0; i < neuron->vector_length; i++)
    squares += (double) neuron->vector[i] * (double) neuron->vector[i];
  g_assert_cmpfloat_with_epsilon (squares, 1.0, 1e-5);
  for (guint axis = 0; axis < 3; axis++)
    g_assert_cmpfloat (fabs (neuron->position[axis]), <=, 100.0);
}

static void
test_sample_network (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *text = read_sample_text ();
  g_autoptr (EngramContents) contents = build_sample (folder, "sample.db", text);
  g_autoptr (GHashTable) joined = g_hash_table_new (g_str_hash, g_str_equal);
  guint n_knowledge = 0, n_tools = 0, n_memories = 0;
  guint n_inhibiting = 0, n_weak = 0, n_inputs = 0, n_outputs = 0;

  for (guint i = 0; i < contents->neurons->len; i++)
    {
      const EngramNeuron *neuron = g_ptr_array_index (contents->neurons, i);

      check_sample_neuron (neuron);
      n_knowledge += g_str_equal (neuron->type, "knowledge");
      n_tools += g_str_equal (neuron->type, "tool");
      n_memories += g_str_equal (neuron->type, "memory");
    }
  g_assert_cmpuint (n_knowledge, >=, 300);
  g_assert_cmpuint (n_tools, >=, 8);
  g_assert_cmpuint (n_memories, >=, 8);

  for (guint i = 0; i < contents->synapses->len; i++)
    {
      const EngramSynapse *synapse = g_ptr_array_index (contents->synapses, i);
      g_autoptr (GError) error = NULL;

      engram_synapse_validate (synapse, ENGRAM_SYNAPSE_ALL, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (synapse->source_id, !=, synapse->target_id);
      g_assert_cmpfloat (synapse->weight, !=, 0.0);
      g_hash_table_add (joined, (gpointer) synapse->source_id);
      g_hash_table_add (joined, (gpointer) synapse->target_id);
      n_inhibiting += synapse->weight < 0.0;
      n_weak += fabs (synapse->weight) < 0.1;
      n_inputs += g_str_equal (synapse->type, "tool_input");
      n_outputs += g_str_equal (synapse->type, "tool_output");
    }
  g_assert_cmpuint (contents->synapses->len, >=, 900);
  g_assert_cmpuint (contents->synapses->len, <=, 1500);
  g_assert_cmpuint (g_hash_table_size (joined), ==, contents->neurons->len);
  g_assert_cmpuint (n_inhibiting, >, 50);
  g_assert_cmpuint (n_weak, >, 20);
  g_assert_cmpuint (n_inputs, >, 8);
  g_assert_cmpuint (n_outputs, >, 8);
}

static void
test_sample_is_fixed (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *text = read_sample_text ();
  g_autoptr (EngramContents) first = build_sample (folder, "first.db", text);
  g_autoptr (EngramContents) second = build_sample (folder, "second.db", text);

  g_assert_cmpuint (first->neurons->len, ==, second->neurons->len);
  g_assert_cmpuint (first->synapses->len, ==, second->synapses->len);
  for (guint i = 0; i < first->neurons->len; i++)
    g_assert_cmphex (engram_neuron_compare (g_ptr_array_index (first->neurons, i),
                                            g_ptr_array_index (second->neurons, i)), ==, 0);
  for (guint i = 0; i < first->synapses->len; i++)
    g_assert_cmphex (engram_synapse_compare (g_ptr_array_index (first->synapses, i),
                                             g_ptr_array_index (second->synapses, i)), ==, 0);
}

static const char small_text[] =
  "# A comment\n"
  "topic: Small\n"
  "\n"
  "knowledge: sleep\n"
  "text: Sleep helps memory; the “hippocampus” replays\n"
  "  the day.\n"
  "tags: sleep, night and day\n"
  "importance: 0.25\n"
  "excites: count 0.5,\n"
  "  day 1\n"
  "inhibits: alone 0.125\n"
  "\n"
  "\n"
  "tool: count\n"
  "text: Counts\n"
  "tags: sleep\n"
  "function_signature: count(things: list) -> int\n"
  "executable_code: total = 0\n"
  "  for thing in things:\n"
  "    total += 1\n"
  "  result = total\n"
  "input_schema: {\"type\": \"object\",\n"
  "  \"required\": [\"things\"]}\n"
  "execution_count: 12\n"
  "reads: day 0.75\n"
  "yields: alone 0.0625\n"
  "\n"
  "memory: day\n"
  "text: What a day\n"
  "tags: day\n"
  "memory_type: episodic\n"
  "timestamp: 2025-01-08T15:20:00\n"
  "context: {\"n\": 1.50}\n"
  "access_count: 3\n"
  "\n"
  "topic: Other\n"
  "\n"
  "sensor: alone\n"
  "text: Nothing like it\n"
  "tags: none";

static void
assert_field (const EngramNeuron *neuron,
              const char         *name,
              const char         *expected)
{
  EngramNeuronType *type = engram_type_registry_lookup (engram_type_registry_get_default (), neuron->type);
  g_autofree char *json = engram_neuron_get_field (neuron, engram_neuron_type_find_field (type, name));

  g_assert_cmpstr (json, ==, expected);
}

static void
assert_synapse (const EngramContents *contents,
                guint                 index,
                guint                 source,
                guint                 target,
                double                weight,
                const char           *type)
{
  const EngramSynapse *synapse = g_ptr_array_index (contents->synapses, index);
  const EngramNeuron *source_neuron = g_ptr_array_index (contents->neurons, source);
  const EngramNeuron *target_neuron = g_ptr_array_index (contents->neurons, target);

  g_assert_cmpstr (synapse->source_id, ==, source_neuron->id);
  g_assert_cmpstr (synapse->target_id, ==, target_neuron->id);
  g_assert_cmpfloat (synapse->weight, ==, weight);
  g_assert_cmpstr (synapse->type, ==, type);
}

/* What the head of the text's file promises, and nothing else. */
static void
test_sample_text (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (EngramContents) contents = build_sample (folder, "small.db", small_text);
  const EngramNeuron *sleep, *count, *day, *alone;

  g_assert_cmpuint (contents->neurons->len, ==, 4);
  sleep = g_ptr_array_index (contents->neurons, 0);
  count = g_ptr_array_index (contents->neurons, 1);
  day = g_ptr_array_index (contents->neurons, 2);
  alone = g_ptr_array_index (contents->neurons, 3);

  g_assert_cmpstr (sleep->source_data, ==, "Sleep helps memory; the “hippocampus” replays the day.");
  g_assert_cmpstr (sleep->metadata, ==, "{\"name\": \"sleep\", \"topic\": \"Small\"}");
  assert_field (sleep, "semantic_tags", "[\"sleep\", \"night and day\"]");
  assert_field (sleep, "importance", "0.25");

  g_assert_cmpstr (count->executable_code, ==,
                   "total = 0\nfor thing in things:\n  total += 1\nresult = total");
  g_assert_cmpstr (count->input_schema, ==, "{\"type\": \"object\", \"required\": [\"things\"]}");
  g_assert_cmpstr (count->metadata, ==,
                   "{\"name\": \"count\", \"topic\": \"Small\", \"description\": \"Counts\", "
                   "\"tags\": [\"sleep\"]}");
  g_assert_cmpint (count->execution_count, ==, 12);
  g_assert_cmpfloat (count->activation_threshold, ==, 0.5);

  assert_field (day, "memory_type", "\"episodic\"");
  assert_field (day, "timestamp", "\"2025-01-08T15:20:00\"");
  assert_field (day, "context", "{\"n\": 1.50}");
  assert_field (day, "access_count", "3");
  assert_field (day, "importance", "0.5");
  assert_field (day, "neuron_class", "\"MemoryNeuron\"");
  g_assert_cmpstr (alone->type, ==, "sensor");

  assert_synapse (contents, 0, 0, 1, 0.5, "tool_input");
  assert_synapse (contents, 1, 0, 2, 1.0, "knowledge");
  assert_synapse (contents, 2, 0, 3, -0.125, "knowledge");
  assert_synapse (contents, 3, 2, 1, 0.75, "tool_input");
  assert_synapse (contents, 4, 1, 3, 0.0625, "tool_output");
  /* Those that share a tag are joined already. */
  g_assert_cmpuint (contents->synapses->len, ==, 5);
}

static void
assert_refused (const char *text,
                gssize      length,
                guint       line,
                const char *part)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "refused.db", NULL);
  g_autofree char *number = g_strdup_printf ("line %u:", line);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = NULL;

  g_assert_false (engram_sample_network_build (text, length, path, NULL, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_INVALID);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, number));
  g_assert_nonnull (strstr (error->message, part));
  dir = g_dir_open (folder, 0, NULL);
  g_assert_null (g_dir_read_name (dir));
}

#define HEAD "topic: T\n\nknowledge: a\ntext: A\ntags: x\n"

static void
test_sample_errors (void)
{
  assert_refused (HEAD "excites: b 0.5\n", -1, 6, "“b”");
  assert_refused (HEAD "excites: a 0.5\n", -1, 6, "itself");
  assert_refused (HEAD "excites: b 1.5\n", -1, 6, "b 1.5");
  assert_refused (HEAD "excites: b nan\n", -1, 6, "b nan");
  assert_refused (HEAD "inhibits: b\n", -1, 6, "“b”");
  assert_refused (HEAD "inhibits: b 0.5, \n", -1, 6, "“”");
  assert_refused (HEAD "excites: b 0.5\ninhibits: b 0.5\n\nknowledge: b\ntext: B\ntags: x\n", -1, 7,
                  "already");
  assert_refused (HEAD "text: B\n", -1, 6, "twice");
  assert_refused (HEAD "importance: 0.5\nimportance: 0.5\n", -1, 7, "twice");
  assert_refused (HEAD "weight: 5\n", -1, 6, "weight");
  assert_refused (HEAD "importance: high\n", -1, 6, "importance");
  assert_refused (HEAD "importance:\n", -1, 6, "no value");
  assert_refused (HEAD "nonsense\n", -1, 6, "key: value");
  assert_refused (HEAD "\nknowledge: a\ntext: B\ntags: y\n", -1, 7, "taken");
  assert_refused (HEAD "\nknowledge: a b\ntext: B\ntags: y\n", -1, 7, "a b");
  assert_refused (HEAD "\nunheard-of: b\ntext: B\ntags: y\n", -1, 7, "unheard-of");
  assert_refused (HEAD "\ntopic: T\nknowledge: b\n", -1, 8, "alone");
  assert_refused (HEAD "\n  more\n", -1, 7, "two spaces");
  assert_refused (HEAD "\nknowledge: b\ntags: x\n", -1, 7, "no text");
  assert_refused (HEAD "\nknowledge: b\ntext: B\n", -1, 7, "no tags");
  assert_refused (HEAD "\nknowledge: b\ntext: B\ntags: x,, y\n", -1, 9, "tag is empty");
  assert_refused ("knowledge: a\ntext: A\ntags: x\n", -1, 1, "topic");
  assert_refused (HEAD "\n\n# \377\n", -1, 8, "UTF-8");
  /* What lies beyond the length is not read. */
  assert_refused (HEAD "excites: b 0.5\n\nknowledge: b\ntext: B\ntags: x\n", strlen (HEAD) + 15, 6,
                  "“b”");
}

static void
test_sample_stopped (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *text = read_sample_text ();
  g_autofree char *path = g_build_filename (folder, "sample.db", NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_false (engram_sample_network_build (text, -1, path, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  dir = g_dir_open (folder, 0, NULL);
  g_assert_null (g_dir_read_name (dir));

  g_file_set_contents (path, "mine", -1, &error);
  g_assert_no_error (error);
  g_assert_false (engram_sample_network_build (small_text, -1, path, NULL, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_EXISTS);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/samples/embedding/similarity", test_embedding_similarity);
  g_test_add_func ("/samples/embedding/folds", test_embedding_folds);
  g_test_add_func ("/samples/embedding/is-fixed", test_embedding_is_fixed);
  g_test_add_func ("/samples/embedding/of-nothing", test_embedding_of_nothing);
  g_test_add_func ("/samples/components/known-answer", test_components_known_answer);
  g_test_add_func ("/samples/components/are-orthonormal", test_components_are_orthonormal);
  g_test_add_func ("/samples/components/of-little", test_components_of_little);
  g_test_add_func ("/samples/sample/network", test_sample_network);
  g_test_add_func ("/samples/sample/is-fixed", test_sample_is_fixed);
  g_test_add_func ("/samples/sample/text", test_sample_text);
  g_test_add_func ("/samples/sample/errors", test_sample_errors);
  g_test_add_func ("/samples/sample/stopped", test_sample_stopped);
  return g_test_run ();
}
