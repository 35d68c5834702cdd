/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "filter-support.h"

#include <math.h>
/* Every other network has its rows far enough apart for more than one thread to read them. */
#define WIDE_STEP 61

/* A name that is not UTF-8, and as a person sees it. */
#define DAMAGED_NAME "caf\xe9"
#define MENDED_NAME "caf\357\277\275"

static const char *const words[] = {
  "axon", "Soma", "spike", "Größe", "ÜBER", "Straße", "old brain", "x", "𝄞Clef", "İstanbul", "ŉut",
};
const char *const model_tag_names[] = { "cortex", "old brain", "größe", "a\"b", "x", "tab\tbed", MENDED_NAME };
const char *const model_types[] = { "knowledge", "tool", "memory", "odd type", MENDED_NAME };
const char *const model_synapse_types[] = { "knowledge", "tool_input", "tool_output", MENDED_NAME };
static const char *const times[] = {
  "2025-01-01T00:00:00", "2025-03-04T05:06:07.123456", "2025-06-30T23:59:59", "2025-07-01T00:00:00",
  "2026-02-28T12:00:00", "yesterday", "2025-03-04 05:06:07", "2025-07-01", "2025-07-01T01:30:00+02:00",
};

typedef struct {
  Model        *model;
  GRand        *random;
  sqlite3      *handle;
  sqlite3_stmt *insert;
  gint64        rowid_step;
} Maker;

static void
free_neuron (gpointer data)
{
  ModelNeuron *self = data;

  g_free (self->id);
  g_free (self->type);
  g_free (self->created);
  g_free (self->modified);
  g_free (self->summary);
  g_ptr_array_unref (self->texts);
  g_ptr_array_unref (self->tags);
  g_free (self);
}

static void
free_synapse (gpointer data)
{
  ModelSynapse *self = data;

  g_free (self->id);
  g_free (self->source);
  g_free (self->target);
  g_free (self->type);
  g_free (self->created);
  g_free (self->modified);
  g_free (self->last_traversed);
  g_free (self);
}

static void
bind_text (Maker      *maker,
           int         parameter,
           const char *text)
{
  sqlite3_bind_text (maker->insert, parameter, text, -1, SQLITE_TRANSIENT);
}

static void
bind_type (Maker      *maker,
           int         parameter,
           const char *type)
{
  bind_text (maker, parameter, g_str_equal (type, MENDED_NAME) ? DAMAGED_NAME : type);
}

/* A number, as often as not of one digit, or something that is none. */
static double
bind_number (Maker  *maker,
             int     parameter,
             double  low,
             double  high)
{
  double number = g_rand_double_range (maker->random, low, high);

  switch (g_rand_int_range (maker->random, 0, 12))
    {
    case 0:
      bind_text (maker, parameter, "much");
      return NAN;
    case 1:
      sqlite3_bind_int64 (maker->insert, parameter, (gint64) high);
      return (double) (gint64) high;
    case 2 ... 6:
      number = round (number * 10) / 10;
      break;
    default:
      break;
    }
  sqlite3_bind_double (maker->insert, parameter, number);
  return number;
}

/* What a column holds, and what a person reads in it. */
static void
add_text (ModelNeuron *neuron,
          const char  *text)
{
  if (text != NULL)
    g_ptr_array_add (neuron->texts, g_utf8_casefold (text, -1));
}

/* Bytes that are no UTF-8, and a NUL: a person sees U+FFFD in their place. */
static char *
make_damaged_text (Maker       *maker,
                   ModelNeuron *neuron,
                   int          parameter)
{
  static const char damaged[] = "Gr\xf6\xdf" "e of a\0x axon \xf0";
  char *valid = g_utf8_make_valid (damaged, sizeof damaged - 1);

  sqlite3_bind_text (maker->insert, parameter, damaged, sizeof damaged - 1, SQLITE_STATIC);
  add_text (neuron, valid);
  return valid;
}

/* Gives what a person reads, or NULL. */
static char *
make_text (Maker       *maker,
           ModelNeuron *neuron,
           int          parameter)
{
  int n_words = g_rand_int_range (maker->random, 0, 4);
  GString *text;

  if (n_words == 0 && g_rand_int_range (maker->random, 0, 4) == 0)
    return make_damaged_text (maker, neuron, parameter);
  if (n_words == 0 && g_rand_boolean (maker->random))
    return NULL;
  text = g_string_new (NULL);
  for (int i = 0; i < n_words; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "", PICK (maker->random, words));
  bind_text (maker, parameter, text->str);
  add_text (neuron, text->str);
  return g_string_free (text, FALSE);
}

/* The first of the texts that stand for a neuron which is not empty. */
static void
add_summary (ModelNeuron *neuron,
             const char  *text)
{
  if (neuron->summary == NULL && text != NULL && *text != '\0')
    neuron->summary = g_strdup (text);
}

static void
make_tag_list (Maker       *maker,
               ModelNeuron *neuron,
               int          parameter)
{
  int n_tags = g_rand_int_range (maker->random, 0, 4);
  g_autoptr (GString) json = g_string_new ("[");
  g_autoptr (GString) read = g_string_new ("[");

  for (int i = 0; i < n_tags; i++)
    {
      const char *tag = PICK (maker->random, model_tag_names);
      g_autofree char *quoted = engram_json_quote (tag);

      g_string_append_printf (json, "%s%s", i > 0 ? ", " : "", quoted);
      g_string_append_printf (read, "%s\"%s\"", i > 0 ? ", " : "", tag);
      g_ptr_array_add (neuron->tags, g_strdup (tag));
    }
  g_string_append_c (json, ']');
  g_string_append_c (read, ']');
  bind_text (maker, parameter, json->str);
  add_text (neuron, json->str);
  add_text (neuron, read->str);
}

static void
make_tags (Maker       *maker,
           ModelNeuron *neuron,
           int          parameter)
{
  static const struct {
    const char *json;
    const char *tag;
    guint       n_times;
  } odd[] = {
    { NULL, NULL, 0 },
    { "[\"cortex\", \"x\"", NULL, 0 },
    { "[\"cortex\"] x", NULL, 0 },
    { "{\"cortex\": \"x\"}", NULL, 0 },
    { "\"cortex\"", NULL, 0 },
    { "[1, \"x\", [\"cortex\"], {\"tag\": \"cortex\"}, null]", "x", 1 },
    { "[\"größe\"]", "größe", 1 },
    { " [ \"cortex\" , \"cortex\" ] ", "cortex", 2 },
    { "[\"" DAMAGED_NAME "\"]", MENDED_NAME, 1 },
    { "", NULL, 0 },
  };
  guint which = g_rand_int_range (maker->random, 0, 2 * G_N_ELEMENTS (odd));
  g_autofree char *valid = NULL;

  if (which >= G_N_ELEMENTS (odd))
    {
      make_tag_list (maker, neuron, parameter);
      return;
    }
  bind_text (maker, parameter, odd[which].json);
  valid = odd[which].json != NULL ? g_utf8_make_valid (odd[which].json, -1) : NULL;
  add_text (neuron, valid);
  for (guint i = 0; i < odd[which].n_times; i++)
    g_ptr_array_add (neuron->tags, g_strdup (odd[which].tag));
}

static void
make_metadata (Maker       *maker,
               ModelNeuron *neuron,
               int          parameter)
{
  const char *word = PICK (maker->random, words);
  g_autofree char *quoted = engram_json_quote (word);
  g_autofree char *json = g_strdup_printf ("{\"region\": %s}", quoted);
  g_autofree char *read = g_strdup_printf ("{\"region\": \"%s\"}", word);

  if (g_rand_boolean (maker->random))
    return;
  bind_text (maker, parameter, json);
  add_text (neuron, json);
  add_text (neuron, read);
}

static void
make_fields (Maker       *maker,
             ModelNeuron *neuron,
             int          parameter)
{
  static const struct {
    const char *json;
    double      importance;
  } forms[] = {
    { NULL, NAN },
    { "{\"importance\": 0.3}", 0.3 },
    { "{\"importance\": 1}", 1 },
    { "{\"kind\": \"axon\", \"importance\": 0.75, \"last\": [1]}", 0.75 },
    { "{\"importance\": \"0.3\"}", NAN },
    { "{\"importance\": 0.1, \"importance\": 0.8}", 0.8 },
    { "{\"importance\": 0.1, \"importance\": null}", NAN },
    { "{\"importance\": {\"importance\": 0.9}}", NAN },
    { "{\"importance\": 0.5", NAN },
    { "[0.5]", NAN },
    { "{\"unimportance\": 0.6}", NAN },
  };
  guint which = g_rand_int_range (maker->random, 0, G_N_ELEMENTS (forms) + 1);

  neuron->importance = NAN;
  if (which == G_N_ELEMENTS (forms))
    {
      bind_text (maker, parameter, "{\"\\u0069mportance\": 0.45}");
      add_text (neuron, "{\"\\u0069mportance\": 0.45}");
      add_text (neuron, "{\"importance\": 0.45}");
      neuron->importance = 0.45;
      return;
    }
  bind_text (maker, parameter, forms[which].json);
  add_text (neuron, forms[which].json);
  neuron->importance = forms[which].importance;
}

/* Small whole numbers, so that many vectors have the same direction, or none. */
static double
make_vector (Maker       *maker,
             ModelNeuron *neuron,
             int          parameter)
{
  static const int sizes[] = { 7, 32, 16, 16 };
  int size = PICK (maker->random, sizes);

  for (int i = 0; i < size / 4; i++)
    neuron->vector[i] = g_rand_int_range (maker->random, 0, 5) == 0 ? g_rand_int_range (maker->random, -2, 3) : 0;
  switch (g_rand_int_range (maker->random, 0, 6))
    {
    case 0:
      return NAN;
    case 1:
      bind_text (maker, parameter, "0123456789abcdef");
      return NAN;
    default:
      sqlite3_bind_blob (maker->insert, parameter, neuron->vector, size, SQLITE_TRANSIENT);
      return size;
    }
}

static char *
make_id (Maker *maker,
         guint  number)
{
  switch (g_rand_int_range (maker->random, 0, 20))
    {
    case 0:
      return NULL;
    case 1:
      return g_strdup_printf ("Odd-%u", number);
    default:
      return g_strdup_printf ("%08x-0000-4000-8000-%012x", g_rand_int (maker->random), number);
    }
}

static void
insert (Maker *maker)
{
  g_assert_cmpint (sqlite3_step (maker->insert), ==, SQLITE_DONE);
  sqlite3_reset (maker->insert);
  sqlite3_clear_bindings (maker->insert);
}

static void
make_neuron (Maker *maker,
             guint  number)
{
  ModelNeuron *neuron = g_new0 (ModelNeuron, 1);
  g_autofree char *source_data = NULL;
  g_autofree char *signature = NULL;

  neuron->texts = g_ptr_array_new_with_free_func (g_free);
  neuron->tags = g_ptr_array_new_with_free_func (g_free);
  neuron->rowid = 1 + number * maker->rowid_step;
  neuron->id = make_id (maker, number);
  neuron->type = g_strdup (PICK (maker->random, model_types));
  neuron->created = g_strdup (PICK (maker->random, times));
  neuron->modified = g_strdup (PICK (maker->random, times));
  sqlite3_bind_int64 (maker->insert, 1, neuron->rowid);
  bind_text (maker, 2, neuron->id);
  add_text (neuron, neuron->id);
  for (int axis = 0; axis < 3; axis++)
    neuron->position[axis] = bind_number (maker, 3 + axis, -50, 50);
  neuron->vector_bytes = make_vector (maker, neuron, 6);
  bind_type (maker, 7, neuron->type);
  make_metadata (maker, neuron, 8);
  neuron->activation = NAN;
  if (g_rand_int_range (maker->random, 0, 10) > 0)
    neuron->activation = bind_number (maker, 9, 0, 1);
  bind_text (maker, 10, neuron->created);
  bind_text (maker, 11, neuron->modified);
  source_data = make_text (maker, neuron, 12);
  make_tags (maker, neuron, 13);
  signature = make_text (maker, neuron, 14);
  g_free (make_text (maker, neuron, 15));
  add_summary (neuron, source_data);
  add_summary (neuron, signature);
  add_summary (neuron, neuron->id);
  neuron->executions = bind_number (maker, 16, -2, 20);
  make_fields (maker, neuron, 17);
  insert (maker);
  g_ptr_array_add (maker->model->neurons, neuron);
  if (neuron->id != NULL)
    g_hash_table_insert (maker->model->ids, neuron->id, neuron);
}

/* An id that a synapse can name: where a neuron has none, that of none. */
static char *
pick_end (Maker    *maker,
          gboolean  with_dangling)
{
  GPtrArray *neurons = maker->model->neurons;
  const ModelNeuron *neuron;

  if (with_dangling && g_rand_int_range (maker->random, 0, 15) == 0)
    return g_strdup ("00000000-0000-4000-8000-00000000dead");
  do
    neuron = g_ptr_array_index (neurons, g_rand_int_range (maker->random, 0, neurons->len));
  while (neuron->id == NULL);
  return g_strdup (neuron->id);
}

static void
count_ends (Maker              *maker,
            const ModelSynapse *synapse)
{
  ModelNeuron *source = g_hash_table_lookup (maker->model->ids, synapse->source);
  ModelNeuron *target = g_hash_table_lookup (maker->model->ids, synapse->target);

  if (source != NULL)
    source->n_out++;
  if (target != NULL)
    target->n_in++;
}

static void
make_synapse (Maker    *maker,
              guint     number,
              gboolean  with_dangling)
{
  ModelSynapse *synapse = g_new0 (ModelSynapse, 1);

  synapse->rowid = 1 + number * maker->rowid_step;
  synapse->id = make_id (maker, 100000 + number);
  synapse->source = pick_end (maker, with_dangling);
  synapse->target = pick_end (maker, with_dangling);
  synapse->type = g_strdup (PICK (maker->random, model_synapse_types));
  synapse->created = g_strdup (PICK (maker->random, times));
  synapse->modified = g_strdup (PICK (maker->random, times));
  sqlite3_bind_int64 (maker->insert, 1, synapse->rowid);
  bind_text (maker, 2, synapse->id);
  bind_text (maker, 3, synapse->source);
  bind_text (maker, 4, synapse->target);
  synapse->weight = bind_number (maker, 5, -1, 1);
  synapse->usage = NAN;
  if (g_rand_int_range (maker->random, 0, 10) > 0)
    synapse->usage = bind_number (maker, 6, -3, 90);
  bind_type (maker, 7, synapse->type);
  bind_text (maker, 8, synapse->created);
  bind_text (maker, 9, synapse->modified);
  if (g_rand_boolean (maker->random))
    synapse->last_traversed = g_strdup (PICK (maker->random, times));
  bind_text (maker, 10, synapse->last_traversed);
  insert (maker);
  count_ends (maker, synapse);
  g_ptr_array_add (maker->model->synapses, synapse);
}

static void
prepare (Maker      *maker,
         const char *sql)
{
  g_assert_cmpint (sqlite3_prepare_v2 (maker->handle, sql, -1, &maker->insert, NULL), ==, SQLITE_OK);
}

static void
fill (Maker    *maker,
      guint     n_neurons,
      guint     n_synapses,
      gboolean  with_dangling)
{
  g_assert_cmpint (sqlite3_exec (maker->handle, "PRAGMA ignore_check_constraints=ON; BEGIN", NULL, NULL, NULL), ==,
                   SQLITE_OK);
  prepare (maker,
           "INSERT INTO neurons (rowid, id, position_x, position_y, position_z, vector, neuron_type, metadata,"
           " activation_level, created_at, modified_at, source_data, semantic_tags, function_signature,"
           " executable_code, execution_count, engram_fields) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
  for (guint i = 0; i < n_neurons; i++)
    make_neuron (maker, i);
  sqlite3_finalize (maker->insert);
  prepare (maker,
           "INSERT INTO synapses (rowid, id, source_neuron_id, target_neuron_id, weight, usage_count, synapse_type,"
           " created_at, modified_at, last_traversed) VALUES (?,?,?,?,?,?,?,?,?,?)");
  for (guint i = 0; i < n_synapses; i++)
    make_synapse (maker, i, with_dangling);
  sqlite3_finalize (maker->insert);
  g_assert_cmpint (sqlite3_exec (maker->handle, "COMMIT", NULL, NULL, NULL), ==, SQLITE_OK);
}

static int
compare_rows (gconstpointer a,
              gconstpointer b)
{
  const gint64 *first = a, *second = b;

  return (*first > *second) - (*first < *second);
}

/* Only rows that have a number, as a comparison gives them. */
static void
set_synapse_analysis (Model          *self,
                      EngramAnalysis  analysis)
{
  g_autofree gint64 *rowids = g_new (gint64, self->synapses->len + 1);
  g_autofree double *numbers = g_new (double, self->synapses->len + 1);
  g_autoptr (EngramRecordNumbers) values = NULL;
  gsize n_rows = 0;

  for (guint i = 0; i < self->synapses->len; i++)
    {
      gint64 rowid = ((ModelSynapse *) g_ptr_array_index (self->synapses, i))->rowid;

      if (!isnan (model_get_analysis (rowid, analysis)))
        rowids[n_rows++] = rowid;
    }
  qsort (rowids, n_rows, sizeof *rowids, compare_rows);
  for (gsize i = 0; i < n_rows; i++)
    numbers[i] = model_get_analysis (rowids[i], analysis);
  values = engram_record_numbers_new_take (g_steal_pointer (&rowids), g_steal_pointer (&numbers), n_rows);
  engram_searcher_set_analysis (self->searcher, analysis, values);
}

/* As if a job had found out something about each neuron. */
static void
set_analyses (Model *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramNetwork) network = engram_network_load (self->database, NULL, NULL, NULL, &error);
  g_autofree double *numbers = g_new (double, self->neurons->len + 1);

  g_assert_no_error (error);
  g_assert_cmpuint (network->n_neurons, ==, self->neurons->len);
  for (EngramAnalysis analysis = 0; analysis < ENGRAM_N_ANALYSES; analysis++)
    {
      g_autoptr (EngramRecordNumbers) values = NULL;

      if (engram_analysis_get_kind (analysis) == ENGRAM_RECORD_SYNAPSE)
        {
          set_synapse_analysis (self, analysis);
          continue;
        }
      for (guint i = 0; i < self->neurons->len; i++)
        numbers[i] = model_get_analysis (((ModelNeuron *) g_ptr_array_index (self->neurons, i))->rowid, analysis);
      values = engram_record_numbers_new (network, numbers);
      engram_searcher_set_analysis (self->searcher, analysis, values);
    }
}

static void
open_model (Model      *self,
            const char *path)
{
  g_autoptr (GError) error = NULL;

  self->database = engram_database_open (path, NULL, &error);
  g_assert_no_error (error);
  self->searcher = engram_searcher_new (self->database);
  set_analyses (self);
}

Model *
model_new (guint32  seed,
           guint    n_neurons,
           guint    n_synapses,
           gboolean with_dangling)
{
  Model *self = g_new0 (Model, 1);
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  g_autofree char *path = NULL;
  g_autoptr (EngramDatabase) created = NULL;
  g_autoptr (GError) error = NULL;
  Maker maker = { self, random, NULL, NULL, seed % 2 == 0 ? 1 : WIDE_STEP };

  self->folder = test_folder_new ();
  self->neurons = g_ptr_array_new_with_free_func (free_neuron);
  self->synapses = g_ptr_array_new_with_free_func (free_synapse);
  self->ids = g_hash_table_new (g_str_hash, g_str_equal);
  path = g_build_filename (self->folder, "network.db", NULL);
  created = engram_database_create (path, NULL, &error);
  g_assert_no_error (error);
  g_clear_object (&created);

  g_assert_cmpint (sqlite3_open_v2 (path, &maker.handle, SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);
  fill (&maker, n_neurons, n_synapses, with_dangling);
  g_assert_cmpint (sqlite3_close (maker.handle), ==, SQLITE_OK);
  open_model (self, path);
  return self;
}

void
model_forget_fields (Model *self)
{
  g_autofree char *path = g_strdup (engram_database_get_path (self->database));
  sqlite3 *handle;

  g_clear_object (&self->searcher);
  g_clear_object (&self->database);
  g_assert_cmpint (sqlite3_open_v2 (path, &handle, SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (handle,
                                 "ALTER TABLE neurons DROP COLUMN engram_fields;"
                                 "ALTER TABLE synapses DROP COLUMN engram_fields;"
                                 "DROP TABLE engram_network; DELETE FROM schema_version WHERE version > 1",
                                 NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_close (handle), ==, SQLITE_OK);
  open_model (self, path);
}

void
model_free (Model *self)
{
  g_clear_object (&self->searcher);
  g_clear_object (&self->database);
  g_hash_table_unref (self->ids);
  g_ptr_array_unref (self->neurons);
  g_ptr_array_unref (self->synapses);
  test_folder_free (self->folder);
  g_free (self);
}
