/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include "filter-support.h"

/* Collecting what a filter leaves */

typedef struct {
  GArray     *rowids[ENGRAM_SCAN_CHUNKS];
  const char *table; /* whose first number is read with each row, or NULL */
  gint64      stop_at;
  GCancellable *cancellable;
} Collector;

static gboolean
collect (guint          chunk,
         gint64         rowid,
         sqlite3_stmt  *row,
         int            column,
         gpointer       data,
         GError       **error)
{
  Collector *self = data;

  if (self->table != NULL)
    g_assert_cmpint (sqlite3_column_int64 (row, column), ==, 2 * rowid);
  if (self->stop_at != 0 && rowid >= self->stop_at)
    {
      g_set_error_literal (error, ENGRAM_ERROR, ENGRAM_ERROR_FAILED, "enough");
      return FALSE;
    }
  g_cancellable_cancel (self->cancellable);
  g_array_append_val (self->rowids[chunk], rowid);
  return TRUE;
}

static void
collector_init (Collector *self)
{
  *self = (Collector) { { NULL } };
  for (guint i = 0; i < ENGRAM_SCAN_CHUNKS; i++)
    self->rowids[i] = g_array_new (FALSE, FALSE, sizeof (gint64));
}

static GArray *
collector_finish (Collector *self)
{
  GArray *all = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < ENGRAM_SCAN_CHUNKS; i++)
    {
      g_array_append_vals (all, self->rowids[i]->data, self->rowids[i]->len);
      g_array_unref (self->rowids[i]);
    }
  return all;
}

/* The rowids that pass, in the order in which they come, read by so many threads. */
static GArray *
find_with (Model            *model,
           EngramRecordKind  kind,
           EngramQuery      *query,
           const char       *columns,
           guint             n_readers)
{
  g_auto (EngramScan) scan = { { NULL }, 0 };
  g_autoptr (EngramFilter) filter = NULL;
  g_autoptr (GError) error = NULL;
  Collector collector;

  g_assert_true (engram_scan_begin (&scan, model->database, NULL, &error));
  while (scan.n_readers > n_readers)
    g_clear_pointer (&scan.readers[--scan.n_readers], engram_reader_release);
  filter = engram_filter_new (model->searcher, kind, query, &scan, NULL, &error);
  g_assert_no_error (error);
  collector_init (&collector);
  collector.table = columns;
  g_assert_true (engram_filter_scan (filter, columns, collect, &collector, NULL, &error));
  g_assert_no_error (error);
  return collector_finish (&collector);
}

static GArray *
answer (Model            *model,
        EngramRecordKind  kind,
        EngramQuery      *query)
{
  GArray *rowids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; kind == ENGRAM_RECORD_NEURON && i < model->neurons->len; i++)
    {
      ModelNeuron *neuron = g_ptr_array_index (model->neurons, i);

      if (model_neuron_passes (model, neuron, query, ENGRAM_QUERY_N_FIELDS))
        g_array_append_val (rowids, neuron->rowid);
    }
  for (guint i = 0; kind == ENGRAM_RECORD_SYNAPSE && i < model->synapses->len; i++)
    {
      ModelSynapse *synapse = g_ptr_array_index (model->synapses, i);

      if (model_synapse_passes (model, synapse, query, ENGRAM_QUERY_N_FIELDS))
        g_array_append_val (rowids, synapse->rowid);
    }
  return rowids;
}

static void
assert_same_rows (GArray     *found,
                  GArray     *expected,
                  const char *text)
{
  if (found->len != expected->len)
    g_test_message ("“%s” leaves %u rows, not %u", text, found->len, expected->len);
  g_assert_cmpmem (found->data, found->len * sizeof (gint64), expected->data, expected->len * sizeof (gint64));
}

/* Every way to read the rows gives the rows that looking at each record gives. */
static guint
check_query (Model      *model,
             const char *text)
{
  g_autoptr (EngramQuery) query = parse_query (text);
  guint n_found = 0;

  for (EngramRecordKind kind = ENGRAM_RECORD_NEURON; kind <= ENGRAM_RECORD_SYNAPSE; kind++)
    {
      g_autoptr (GArray) expected = answer (model, kind, query);
      g_autoptr (GArray) found = find_with (model, kind, query, NULL, 4);
      g_autoptr (GArray) by_one = find_with (model, kind, query, NULL, 1);
      g_autoptr (GArray) with_columns = find_with (model, kind, query, "2 * rowid", 4);

      assert_same_rows (found, expected, text);
      assert_same_rows (by_one, expected, text);
      assert_same_rows (with_columns, expected, text);
      n_found += expected->len;
    }
  return n_found;
}

/* Tests */

/* Each field by itself, as it is and negated, on a network with dangling synapses and on one without. */
static void
test_fields (gconstpointer data)
{
  static const char *const queries[] = {
    "axon", "\"old brain\"", "STRASSE", "größe", "importance", "tab", "a\\\"b", "0000-4000", "type:tool",
    "type:\"odd type\",memory", "tag:cortex", "tag:\"old brain\",größe", "tag:\"a\"\"b\"", "tag:x", "tag:no",
    "activation:>0.5", "activation:0.2..0.4",
    "activation:1", "importance:>0.3", "importance:>=0.3", "importance:0.45", "importance:0.8", "executions:>=10",
    "executions:<0", "degree:>4", "degree:0", "in:0", "out:1..3", "created:<2025-06", "modified:2025-03..2025-07",
    "modified:>2025-06-30T23:59:59", "box:-50,-50,-50,0,50,50", "weight:-0.1..0.1", "weight:>0", "weight:<=-0.5",
    "usage:>3",
    "usage:0..20", "synapse:tool_input,tool_output", "synapse:none",
  };
  g_autoptr (Model) model = model_new (7, 160, 400, GPOINTER_TO_INT (data));
  g_autoptr (Model) dense = model_new (8, 160, 400, GPOINTER_TO_INT (data));
  guint n_found = 0;

  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      g_autofree char *negated = g_strconcat ("-", queries[i], NULL);

      n_found += check_query (model, queries[i]) + check_query (dense, queries[i]);
      n_found += check_query (model, negated) + check_query (dense, negated);
    }
  g_assert_cmpuint (n_found, >, 1000);
}

static void
test_random (gconstpointer data)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20251101);

  for (guint round = 0; round < 6; round++)
    {
      g_autoptr (Model) model = model_new (round, 90 + 20 * round, 200 + 40 * round, round % 3 == 0);

      for (guint i = 0; i < 60; i++)
        {
          g_autofree char *text = model_make_query (model, random);

          check_query (model, text);
        }
    }
}

/* A list of ids is looked up, not read for: rows are found by themselves where they are few. */
static void
test_ids (gconstpointer data)
{
  g_autoptr (Model) model = model_new (3, 300, 600, FALSE);
  const ModelNeuron *first = NULL;
  const ModelSynapse *synapse = g_ptr_array_index (model->synapses, 17);
  g_autofree char *one = NULL;
  g_autofree char *both = NULL;
  g_autofree char *ends = NULL;
  g_autofree char *with_word = NULL;

  for (guint i = 0; first == NULL || first->id == NULL || g_str_has_prefix (first->id, "Odd"); i++)
    first = g_ptr_array_index (model->neurons, i);
  one = g_strdup_printf ("id:%s", first->id);
  both = g_strdup_printf ("id:%s,%s,%s", first->id, synapse->source, synapse->target);
  ends = g_strdup_printf ("from:%s to:%s", synapse->source, synapse->target);
  with_word = g_strdup_printf ("%s importance activation:<0.7", both);

  g_assert_cmpuint (check_query (model, one), >, 0);
  g_assert_cmpuint (check_query (model, both), >, 2);
  g_assert_cmpuint (check_query (model, ends), >, 1);
  check_query (model, with_word);
  g_assert_cmpuint (check_query (model, "id:00000000-0000-4000-8000-000000000bad"), ==, 0);
}

static void
test_empty (gconstpointer data)
{
  g_autoptr (Model) model = model_new (1, 40, 50, TRUE);
  g_autoptr (GArray) neurons = find_with (model, ENGRAM_RECORD_NEURON, NULL, NULL, 4);
  g_autoptr (GArray) synapses = find_with (model, ENGRAM_RECORD_SYNAPSE, NULL, "rowid * 2", 4);
  g_autoptr (Model) nothing = model_new (1, 0, 0, FALSE);

  g_assert_cmpuint (neurons->len, ==, 40);
  g_assert_cmpuint (synapses->len, ==, 50);
  g_assert_cmpuint (check_query (nothing, "axon"), ==, 0);
  g_assert_cmpuint (check_query (nothing, "-type:tool weight:>0"), ==, 0);
}

/* A file of schema version 1 has no importance. */
static void
test_without_fields (gconstpointer data)
{
  g_autoptr (Model) model = model_new (5, 60, 90, FALSE);
  g_autoptr (EngramQuery) with = parse_query ("importance:>=0");
  g_autoptr (EngramQuery) without = parse_query ("-importance:>=0");
  g_autoptr (EngramQuery) words = parse_query ("unimportance");
  g_autoptr (GArray) before = find_with (model, ENGRAM_RECORD_NEURON, with, NULL, 4);
  g_autoptr (GArray) words_before = find_with (model, ENGRAM_RECORD_NEURON, words, NULL, 4);
  g_autoptr (GArray) after = NULL;
  g_autoptr (GArray) rest = NULL;
  g_autoptr (GArray) words_after = NULL;

  model_forget_fields (model);
  g_assert_cmpint (engram_database_get_schema_version (model->database), ==, 1);
  after = find_with (model, ENGRAM_RECORD_NEURON, with, NULL, 4);
  rest = find_with (model, ENGRAM_RECORD_NEURON, without, NULL, 4);
  words_after = find_with (model, ENGRAM_RECORD_NEURON, words, NULL, 4);
  g_assert_cmpuint (before->len, >, 0);
  g_assert_cmpuint (after->len, ==, 0);
  g_assert_cmpuint (rest->len, ==, 60);
  g_assert_cmpuint (words_before->len, >, 0);
  g_assert_cmpuint (words_after->len, ==, 0);
}

static void
assert_refused (Model      *model,
                const char *text,
                int         code)
{
  g_autoptr (EngramQuery) query = parse_query (text);

  for (EngramRecordKind kind = ENGRAM_RECORD_NEURON; kind <= ENGRAM_RECORD_SYNAPSE; kind++)
    {
      g_auto (EngramScan) scan = { { NULL }, 0 };
      g_autoptr (GError) error = NULL;

      g_assert_true (engram_scan_begin (&scan, model->database, NULL, &error));
      g_assert_null (engram_filter_new (model->searcher, kind, query, &scan, NULL, &error));
      g_assert_error (error, ENGRAM_ERROR, code);
    }
}

static void
test_refusals (gconstpointer data)
{
  g_autoptr (Model) model = model_new (11, 100, 100, FALSE);

  assert_refused (model, "near:00000000-0000-4000-8000-000000000bad<3", ENGRAM_ERROR_NOT_FOUND);
  assert_refused (model, "like:00000000-0000-4000-8000-000000000bad", ENGRAM_ERROR_NOT_FOUND);
  for (guint i = 0; i < model->neurons->len; i++)
    {
      const ModelNeuron *neuron = g_ptr_array_index (model->neurons, i);
      g_autofree char *like = NULL;
      g_autofree char *near = NULL;

      if (neuron->id == NULL)
        continue;
      like = g_strdup_printf ("like:%s", neuron->id);
      near = g_strdup_printf ("near:%s<9", neuron->id);
      if (isnan (neuron->vector_bytes) || neuron->vector_bytes == 7 || isnan (model_get_cosine (neuron, neuron)))
        assert_refused (model, like, ENGRAM_ERROR_INVALID);
      else
        g_assert_cmpuint (check_query (model, like), >, 0);
      if (isnan (neuron->position[0] + neuron->position[1] + neuron->position[2]))
        assert_refused (model, near, ENGRAM_ERROR_INVALID);
      else
        g_assert_cmpuint (check_query (model, near), >, 0);
    }
}

/* Whoever is told of a row can stop it all. */
static void
test_stopping (gconstpointer data)
{
  g_autoptr (Model) model = model_new (13, 200, 300, FALSE);
  g_auto (EngramScan) scan = { { NULL }, 0 };
  g_autoptr (EngramFilter) filter = NULL;
  g_autoptr (GArray) found = NULL;
  g_autoptr (GError) error = NULL;
  Collector collector;

  collector_init (&collector);
  collector.stop_at = 6000;
  g_assert_true (engram_scan_begin (&scan, model->database, NULL, &error));
  filter = engram_filter_new (model->searcher, ENGRAM_RECORD_NEURON, NULL, &scan, NULL, &error);
  g_assert_true (engram_filter_passes_all (filter));
  g_assert_false (engram_filter_scan (filter, NULL, collect, &collector, NULL, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_FAILED);
  found = collector_finish (&collector);
  g_assert_cmpuint (found->len, <, 200);
}

static EngramDatabase *
generate (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "generated.db", NULL);
  EngramGeneratorOptions options = { 20000, 20000, 4, 7 };
  g_autoptr (GError) error = NULL;
  EngramDatabase *database;

  engram_generate (path, &options, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  database = engram_database_open (path, NULL, &error);
  g_assert_no_error (error);
  return database;
}

/* Cancelled at its first row, a scan ends long before its last one, whether it reads rows or knows them from an
 * index. */
static void
test_cancelling (gconstpointer data)
{
  static const char *const queries[] = { "activation:>=0", "-axonaxon", "type:tool" };
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (EngramDatabase) database = generate (folder);
  g_autoptr (EngramSearcher) searcher = engram_searcher_new (database);

  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      g_autoptr (EngramQuery) query = parse_query (queries[i]);
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_auto (EngramScan) scan = { { NULL }, 0 };
      g_autoptr (EngramFilter) filter = NULL;
      g_autoptr (GArray) found = NULL;
      g_autoptr (GError) error = NULL;
      Collector collector;

      collector_init (&collector);
      collector.cancellable = cancellable;
      g_assert_true (engram_scan_begin (&scan, database, cancellable, &error));
      filter = engram_filter_new (searcher, ENGRAM_RECORD_NEURON, query, &scan, cancellable, &error);
      g_assert_no_error (error);
      g_assert_false (engram_filter_scan (filter, NULL, collect, &collector, cancellable, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      found = collector_finish (&collector);
      g_assert_cmpuint (found->len, <, 4000);
    }
}

/* Words give the same rows with the text index and without it. */
static void
test_text_index (gconstpointer data)
{
  static const char *const queries[] = {
    "axon", "größe", "strasse", "brain spike", "-soma", "region weight:>0", "xo type:tool", "zzz", "ü",
    "\"a\\\"\"b\"", "importance", "\"x axon\"", "\"of a\"", "\"axon \357\277\275\"",
  };
  g_autoptr (Model) model = model_new (17, 250, 300, FALSE);
  g_autoptr (GError) error = NULL;

  if (!engram_text_index_update (engram_searcher_get_text_index (model->searcher), NULL, NULL, NULL, &error))
    {
      g_test_skip (error->message);
      return;
    }
  g_assert_true (engram_text_index_is_current (engram_searcher_get_text_index (model->searcher)));
  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    check_query (model, queries[i]);
}

/* Columns that others have added do no harm, whatever their names. */
static void
test_foreign_columns (gconstpointer data)
{
  g_autofree char *shared = test_shared_data ("damaged/extra-columns.db");
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "copy.db", NULL);
  g_autoptr (GError) error = NULL;
  Model model = { NULL };
  g_autoptr (EngramQuery) all = parse_query ("degree:>=0 activation:>=0");
  g_autoptr (EngramQuery) important = parse_query ("importance:>=0");
  g_autoptr (GArray) found = NULL;
  g_autoptr (GArray) none = NULL;

  if (shared == NULL)
    return;
  test_copy_file (shared, path);
  model.database = engram_database_open (path, NULL, &error);
  g_assert_no_error (error);
  model.searcher = engram_searcher_new (model.database);
  found = find_with (&model, ENGRAM_RECORD_NEURON, all, NULL, 4);
  none = find_with (&model, ENGRAM_RECORD_NEURON, important, NULL, 4);
  g_assert_cmpuint (found->len, >, 0);
  g_assert_cmpuint (none->len, ==, 0);
  g_clear_object (&model.searcher);
  g_clear_object (&model.database);
}

/* What SQLite counts, with nothing of Engram's in between. */
static gint64
count_rows (const char *path,
            const char *sql)
{
  sqlite3 *handle;
  sqlite3_stmt *statement;
  gint64 n_rows;

  g_assert_cmpint (sqlite3_open_v2 (path, &handle, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (handle, sql, -1, &statement, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  n_rows = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  g_assert_cmpint (sqlite3_close (handle), ==, SQLITE_OK);
  return n_rows;
}

#define HAS_TAG(tag) "id IN (SELECT n.id FROM neurons n, json_each(n.semantic_tags) t WHERE t.value = '" tag "')"

/* The nervous system of a worm. */
static void
test_celegans (gconstpointer data)
{
  static const struct {
    const char       *query;
    EngramRecordKind  kind;
    const char       *sql;
  } cases[] = {
    { "tag:\"sensory neuron\"", ENGRAM_RECORD_NEURON, "SELECT 111" },
    { "tag:\"motor neuron\" degree:>10", ENGRAM_RECORD_NEURON,
      "SELECT count(*) FROM neurons n WHERE " HAS_TAG ("motor neuron") " AND 10 <"
      " (SELECT count(*) FROM synapses WHERE source_neuron_id = n.id) +"
      " (SELECT count(*) FROM synapses WHERE target_neuron_id = n.id)" },
    { "GLUTAMATE -tag:head activation:>0.02", ENGRAM_RECORD_NEURON,
      "SELECT count(*) FROM neurons WHERE source_data || semantic_tags || metadata LIKE '%glutamate%'"
      " AND NOT " HAS_TAG ("head") " AND activation_level > 0.02" },
    { "weight:<-0.3", ENGRAM_RECORD_NEURON,
      "SELECT count(*) FROM neurons WHERE id IN (SELECT source_neuron_id FROM synapses WHERE weight < -0.3) OR"
      " id IN (SELECT target_neuron_id FROM synapses WHERE weight < -0.3)" },
    { "weight:<0 usage:>=3", ENGRAM_RECORD_SYNAPSE,
      "SELECT count(*) FROM synapses WHERE weight < 0 AND usage_count >= 3" },
    { "tag:tail weight:>0.25", ENGRAM_RECORD_SYNAPSE,
      "WITH tail AS (SELECT id FROM neurons WHERE " HAS_TAG ("tail") ") SELECT count(*) FROM synapses"
      " WHERE weight > 0.25 AND (source_neuron_id IN tail OR target_neuron_id IN tail)" },
  };
  g_autofree char *shared = test_shared_data ("celegans/celegans.json");
  const char *files[] = { shared, NULL };
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "worm.db", NULL);
  EngramImportOptions options = { 0 };
  g_autoptr (GError) error = NULL;
  Model model = { NULL };

  if (shared == NULL)
    return;
  engram_import_new (path, files, &options, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  model.database = engram_database_open (path, NULL, &error);
  g_assert_no_error (error);
  model.searcher = engram_searcher_new (model.database);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (EngramQuery) query = parse_query (cases[i].query);
      g_autoptr (GArray) found = find_with (&model, cases[i].kind, query, NULL, 4);
      gint64 expected = count_rows (path, cases[i].sql);

      g_test_message ("%s: %u", cases[i].query, found->len);
      g_assert_cmpint (expected, >, 0);
      g_assert_cmpint (found->len, ==, expected);
    }
  g_clear_object (&model.searcher);
  g_clear_object (&model.database);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (TestFolder) cache = test_folder_new ();

  /* The text index of a test is no business of the user's. */
  g_setenv ("XDG_CACHE_HOME", cache, TRUE);
  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/filter/fields/whole", GINT_TO_POINTER (FALSE), test_fields);
  g_test_add_data_func ("/filter/fields/dangling", GINT_TO_POINTER (TRUE), test_fields);
  g_test_add_data_func ("/filter/random", NULL, test_random);
  g_test_add_data_func ("/filter/ids", NULL, test_ids);
  g_test_add_data_func ("/filter/empty", NULL, test_empty);
  g_test_add_data_func ("/filter/without-fields", NULL, test_without_fields);
  g_test_add_data_func ("/filter/refusals", NULL, test_refusals);
  g_test_add_data_func ("/filter/stopping", NULL, test_stopping);
  g_test_add_data_func ("/filter/cancelling", NULL, test_cancelling);
  g_test_add_data_func ("/filter/text-index", NULL, test_text_index);
  g_test_add_data_func ("/filter/foreign-columns", NULL, test_foreign_columns);
  g_test_add_data_func ("/filter/celegans", NULL, test_celegans);

  return g_test_run ();
}
