/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "edit-support.h"

#include <math.h>
#include <string.h>

#define ADD(name, function) ADD_HISTORY_TEST ("/batch-edit/" name, function)

#define TEXTS(...) ((const char *const[]) { __VA_ARGS__, NULL })

typedef gboolean (*ApplyFunc) (EngramDatabase         *database,
                               EngramHistory          *history,
                               EngramRowSet           *rows,
                               const EngramBatchEdit  *edit,
                               EngramEditResult       *result,
                               EngramProgressFunc      progress,
                               gpointer                user_data,
                               GCancellable           *cancellable,
                               GError                **error);

static void
apply (HistoryFixture        *fixture,
       ApplyFunc              function,
       EngramRowSet          *rows,
       const EngramBatchEdit *edit,
       EngramEditResult      *result)
{
  g_autoptr (GError) error = NULL;

  function (fixture->database, fixture->history, rows, edit, result, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
apply_and_go_back (HistoryFixture        *fixture,
                   ApplyFunc              function,
                   EngramRowSet          *rows,
                   const EngramBatchEdit *edit,
                   guint64                n_changed,
                   const char            *label)
{
  g_autofree char *before = history_fixture_dump (fixture);
  g_auto (EngramEditResult) result = { 0 };

  apply (fixture, function, rows, edit, &result);
  g_assert_cmpstr (result.label, ==, label);
  g_assert_cmpuint (result.neurons_changed + result.synapses_changed, ==, n_changed);
  g_assert_cmpuint (function == engram_batch_edit_neurons ? result.synapses_changed : result.neurons_changed, ==, 0);
  edit_go_back_and_forth (fixture, before, "batch", label);
}

static void
assert_refused (HistoryFixture        *fixture,
                ApplyFunc              function,
                EngramRowSet          *rows,
                const EngramBatchEdit *edit,
                const char            *id,
                const char            *field)
{
  g_autofree char *before = history_fixture_dump (fixture);
  g_autofree char *list = history_fixture_list (fixture);
  g_autoptr (GError) error = NULL;

  g_assert_false (function (fixture->database, fixture->history, rows, edit, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_INVALID);
  g_assert_cmpstr (engram_error_get_id (error), ==, id);
  g_assert_cmpstr (engram_error_get_field (error), ==, field);
  edit_assert_untouched (fixture, before, list);
}

static char *
get_text (HistoryFixture *fixture,
          const char     *sql)
{
  g_autoptr (EngramReader) reader = engram_database_acquire_reader (fixture->database, NULL, NULL);
  g_autoptr (GError) error = NULL;
  char *text = engram_connection_get_text (reader, sql, &error);

  g_assert_no_error (error);
  return text;
}

static void
assert_text (HistoryFixture *fixture,
             const char     *sql,
             const char     *expected)
{
  g_autofree char *text = get_text (fixture, sql);

  g_assert_cmpstr (text, ==, expected);
}

/* Numbers */

static void
test_activation (HistoryFixture *fixture,
                 gconstpointer   data)
{
  g_autoptr (EngramRowSet) rows = EDIT_ROWS (3, 6, 12, 15, 100);
  EngramBatchEdit edit = { .activation = ENGRAM_BATCH_ADD, .activation_number = 0.25 };

  history_fixture_run_sql (fixture, "UPDATE neurons SET activation_level=0.9 WHERE rowid=6;"
                                    "UPDATE neurons SET activation_level=NULL WHERE rowid=12;"
                                    "UPDATE neurons SET activation_level=1 WHERE rowid=15");
  apply_and_go_back (fixture, engram_batch_edit_neurons, rows, &edit, 3, "Change activation level of 3 neurons");
  assert_text (fixture, "SELECT group_concat(activation_level) FROM neurons WHERE rowid IN (3, 6, 12, 15)",
               "0.25,1.0,0.25,1.0");
  edit = (EngramBatchEdit) { .activation = ENGRAM_BATCH_MULTIPLY, .activation_number = -2 };
  apply_and_go_back (fixture, engram_batch_edit_neurons, rows, &edit, 4, "Change activation level of 4 neurons");
  assert_text (fixture, "SELECT sum(activation_level) FROM neurons WHERE rowid IN (3, 6, 12, 15)", "0.0");
  edit = (EngramBatchEdit) { .activation = ENGRAM_BATCH_SET, .activation_number = 0.5 };
  apply_and_go_back (fixture, engram_batch_edit_neurons, rows, &edit, 4, "Change activation level of 4 neurons");
}

static void
test_null_is_not_multiplied (HistoryFixture *fixture,
                             gconstpointer   data)
{
  g_autoptr (EngramRowSet) rows = EDIT_ROWS (3);
  EngramBatchEdit edit = { .activation = ENGRAM_BATCH_MULTIPLY, .activation_number = 2 };
  g_auto (EngramEditResult) result = { 0 };

  history_fixture_run_sql (fixture, "UPDATE neurons SET activation_level=NULL WHERE rowid=3");
  apply (fixture, engram_batch_edit_neurons, rows, &edit, &result);
  g_assert_null (result.label);
  history_fixture_assert_list (fixture, "|");
}

static void
test_weight (HistoryFixture *fixture,
             gconstpointer   data)
{
  g_autoptr (EngramRowSet) rows = EDIT_ROWS (5, 10, 15, 20);
  g_autoptr (EngramRowSet) one = EDIT_ROWS (25);
  EngramBatchEdit edit = { .weight = ENGRAM_BATCH_MULTIPLY, .weight_number = 4 };

  apply_and_go_back (fixture, engram_batch_edit_synapses, rows, &edit, 4, "Change weight of 4 synapses");
  assert_text (fixture, "SELECT group_concat(weight) FROM synapses WHERE rowid <= 20", "0.4,0.8,1.0,1.0");
  edit = (EngramBatchEdit) { .weight = ENGRAM_BATCH_ADD, .weight_number = -3 };
  apply_and_go_back (fixture, engram_batch_edit_synapses, rows, &edit, 4, "Change weight of 4 synapses");
  assert_text (fixture, "SELECT group_concat(weight) FROM synapses WHERE rowid <= 20", "-1.0,-1.0,-1.0,-1.0");
  /* A weight of 7.5, which the table forbids. */
  edit = (EngramBatchEdit) { .weight = ENGRAM_BATCH_ADD, .weight_number = 0.5 };
  apply_and_go_back (fixture, engram_batch_edit_synapses, one, &edit, 1, "Change weight of 1 synapse");
  edit = (EngramBatchEdit) { .weight = ENGRAM_BATCH_SET, .weight_number = -0.5 };
  apply_and_go_back (fixture, engram_batch_edit_synapses, one, &edit, 1, "Change weight of 1 synapse");
  assert_text (fixture, "SELECT weight FROM synapses WHERE rowid=25", "-0.5");
}

static void
test_move (HistoryFixture *fixture,
           gconstpointer   data)
{
  g_autoptr (EngramRowSet) rows = EDIT_ROWS (3, 6);
  const EngramBatchEdit edit = { .move = { 10, 0, -2.5 } };

  apply_and_go_back (fixture, engram_batch_edit_neurons, rows, &edit, 2, "Move 2 neurons");
  assert_text (fixture, "SELECT position_x || ' ' || position_z FROM neurons WHERE rowid=6", "12.0 -2.5");
}

/* Texts */

static void
test_type (HistoryFixture *fixture,
           gconstpointer   data)
{
  g_autoptr (EngramRowSet) neurons = EDIT_ROWS (3, 6, 9);
  g_autoptr (EngramRowSet) synapses = EDIT_ROWS (5);
  const EngramBatchEdit edit = { .type = "memory" };
  g_auto (EngramEditResult) result = { 0 };

  apply_and_go_back (fixture, engram_batch_edit_neurons, neurons, &edit, 3, "Change type of 3 neurons");
  /* Type and time of change aside, rows keep all that they have. */
  g_assert_cmpint (history_fixture_get_number (fixture,
    "SELECT count(*) FROM neurons WHERE rowid=9 AND neuron_type='memory' AND hex(source_data)='FF00FE61'"
    " AND hex(metadata)='00FF' AND typeof(metadata)='blob' AND activation_level='none' AND importance=3"
    " AND length(vector)=16 AND modified_at > '2025-11-01T09:00:00'"), ==, 1);
  apply_and_go_back (fixture, engram_batch_edit_synapses, synapses, &edit, 1, "Change type of 1 synapse");
  /* What is so already is not written. */
  apply (fixture, engram_batch_edit_neurons, neurons, &edit, &result);
  g_assert_null (result.label);
  g_assert_cmpuint (result.neurons_changed, ==, 0);
}

static void
test_tags (HistoryFixture *fixture,
           gconstpointer   data)
{
  static const struct {
    const char *before;
    const char *after;
  } lists[] = {
    { "NULL", "[\"cortex\", \"caf\\u00e9\"]" },
    { "'[]'", "[\"cortex\", \"caf\\u00e9\"]" },
    { "' [ ] '", " [\"cortex\", \"caf\\u00e9\" ] " },
    { "'[\"a\",\"b\"]'", "[\"a\",\"b\",\"cortex\",\"caf\\u00e9\"]" },
    { "'[\"old\", \"a\", \"old\"]'", "[\"a\", \"cortex\", \"caf\\u00e9\"]" },
    { "'[\"old\"]'", "[\"cortex\", \"caf\\u00e9\"]" },
    { "'[\"\\u0063ortex\", 1.50, {\"x\": [\"old\"]}, \"caf\u00e9\", \"ol\\u0064\"]'",
      "[\"\\u0063ortex\", 1.50, {\"x\": [\"old\"]}, \"caf\u00e9\"]" },
    { "'[\"cortex\",\n  \"b\"\n]'", "[\"cortex\",\n  \"b\",\n  \"caf\\u00e9\"\n]" },
  };
  const EngramBatchEdit edit = { .add_tags = TEXTS ("cortex", "caf\u00e9", "cortex"), .remove_tags = TEXTS ("old") };
  g_autoptr (EngramRowSet) rows = EDIT_ROWS (3, 6, 9, 12, 15, 18, 21, 24);

  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_autofree char *sql = g_strdup_printf ("UPDATE neurons SET semantic_tags=%s WHERE rowid=%u", lists[i].before,
                                              (guint) (3 * i + 3));

      history_fixture_run_sql (fixture, sql);
    }
  apply_and_go_back (fixture, engram_batch_edit_neurons, rows, &edit, 8, "Change tags of 8 neurons");
  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT semantic_tags FROM neurons WHERE rowid=%u", (guint) (3 * i + 3));

      assert_text (fixture, sql, lists[i].after);
    }
}

static void
test_labels_of_tags (HistoryFixture *fixture,
                     gconstpointer   data)
{
  g_autoptr (EngramRowSet) rows = EDIT_ROWS (3, 6);
  g_autoptr (EngramRowSet) one = EDIT_ROWS (3);
  EngramBatchEdit edit = { .add_tags = TEXTS ("cortex") };

  apply_and_go_back (fixture, engram_batch_edit_neurons, one, &edit, 1, "Add tag “cortex” to 1 neuron");
  edit.add_tags = TEXTS ("a", "b");
  apply_and_go_back (fixture, engram_batch_edit_neurons, rows, &edit, 2, "Add tags to 2 neurons");
  edit = (EngramBatchEdit) { .remove_tags = TEXTS ("a"), .add_tags = TEXTS (NULL) };
  apply_and_go_back (fixture, engram_batch_edit_neurons, rows, &edit, 2, "Remove tag “a” from 2 neurons");
  edit.remove_tags = TEXTS ("b", "cortex", "nothing");
  apply_and_go_back (fixture, engram_batch_edit_neurons, rows, &edit, 2, "Remove tags from 2 neurons");
  assert_text (fixture, "SELECT group_concat(semantic_tags) FROM neurons WHERE rowid <= 6", "[],[]");
}

static void
test_metadata (HistoryFixture *fixture,
               gconstpointer   data)
{
  g_autoptr (EngramRowSet) neurons = EDIT_ROWS (3, 6, 12);
  g_autoptr (EngramRowSet) synapses = EDIT_ROWS (5, 25);
  EngramBatchEdit edit = { .metadata_name = "area", .metadata_json = " [1.0, 2] " };

  history_fixture_run_sql (fixture, "UPDATE neurons SET metadata=NULL WHERE rowid=6;"
                                    "UPDATE neurons SET metadata='{\"a\" : 1e2,\"area\":0,  \"b\":[ ]}'"
                                    " WHERE rowid=12");
  apply_and_go_back (fixture, engram_batch_edit_neurons, neurons, &edit, 3, "Change metadata of 3 neurons");
  assert_text (fixture, "SELECT metadata FROM neurons WHERE rowid=6", "{\"area\": [1.0, 2]}");
  assert_text (fixture, "SELECT metadata FROM neurons WHERE rowid=12", "{\"a\" : 1e2,\"area\":[1.0, 2],  \"b\":[ ]}");
  apply_and_go_back (fixture, engram_batch_edit_synapses, synapses, &edit, 2, "Change metadata of 2 synapses");
  edit.metadata_json = NULL;
  history_fixture_run_sql (fixture, "UPDATE neurons SET metadata=NULL WHERE rowid=6");
  apply_and_go_back (fixture, engram_batch_edit_neurons, neurons, &edit, 2, "Change metadata of 2 neurons");
  assert_text (fixture, "SELECT metadata FROM neurons WHERE rowid=12", "{\"a\" : 1e2,  \"b\":[ ]}");
  assert_text (fixture, "SELECT coalesce(metadata, 'none') FROM neurons WHERE rowid=6", "none");
}

static void
test_several (HistoryFixture *fixture,
              gconstpointer   data)
{
  g_autoptr (EngramRowSet) neurons = EDIT_ROWS (3, 6);
  g_autoptr (EngramRowSet) synapses = EDIT_ROWS (5, 10);
  const EngramBatchEdit of_neurons = { .type = "memory", .move = { 1, 0, 0 }, .add_tags = TEXTS ("a") };
  const EngramBatchEdit of_synapses = { .type = "tool_input", .weight = ENGRAM_BATCH_SET, .weight_number = 1 };

  apply_and_go_back (fixture, engram_batch_edit_neurons, neurons, &of_neurons, 2, "Change 2 neurons");
  apply_and_go_back (fixture, engram_batch_edit_synapses, synapses, &of_synapses, 2, "Change 2 synapses");
}

/* What is refused */

static void
test_senseless (HistoryFixture *fixture,
                gconstpointer   data)
{
  const struct {
    EngramBatchEdit  edit;
    const char      *field;
  } edits[] = {
    { { .activation = ENGRAM_BATCH_SET, .activation_number = 1.1 }, "activation_level" },
    { { .activation = ENGRAM_BATCH_SET, .activation_number = -0.1 }, "activation_level" },
    { { .activation = ENGRAM_BATCH_ADD, .activation_number = NAN }, "activation_level" },
    { { .activation = ENGRAM_BATCH_MULTIPLY, .activation_number = INFINITY }, "activation_level" },
    { { .move = { 0, INFINITY, 0 } }, "position" },
    { { .type = "" }, "type" },
    { { .type = "\xff" }, "type" },
    { { .add_tags = TEXTS ("a", "") }, "semantic_tags" },
    { { .add_tags = TEXTS ("\xff") }, "semantic_tags" },
    { { .add_tags = TEXTS ("a", "b"), .remove_tags = TEXTS ("b") }, "semantic_tags" },
    { { .metadata_json = "1" }, "metadata" },
    { { .metadata_name = "", .metadata_json = "1" }, "metadata" },
    { { .metadata_name = "a", .metadata_json = "{" }, "metadata" },
  };
  const EngramBatchEdit heavy = { .weight = ENGRAM_BATCH_SET, .weight_number = -1.5 };
  g_autoptr (EngramRowSet) rows = EDIT_ROWS (3);
  g_autoptr (EngramRowSet) synapses = EDIT_ROWS (5);

  for (gsize i = 0; i < G_N_ELEMENTS (edits); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (engram_batch_edit_validate (&edits[i].edit, &error));
      g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_INVALID);
      assert_refused (fixture, engram_batch_edit_neurons, rows, &edits[i].edit, NULL, edits[i].field);
    }
  assert_refused (fixture, engram_batch_edit_synapses, synapses, &heavy, NULL, "weight");
}

/* One record that stands in the way, the last one, refuses all. */
static void
test_in_the_way (HistoryFixture *fixture,
                 gconstpointer   data)
{
  const struct {
    EngramBatchEdit  edit;
    const char      *sql;
    const char      *field;
  } cases[] = {
    { { .add_tags = TEXTS ("a") }, "semantic_tags='{}'", "semantic_tags" },
    { { .remove_tags = TEXTS ("a") }, "semantic_tags=''", "semantic_tags" },
    { { .add_tags = TEXTS ("a") }, "semantic_tags=x'5b5d'", "semantic_tags" },
    { { .metadata_name = "a", .metadata_json = "1" }, "metadata='[]'", "metadata" },
    { { .metadata_name = "a", .metadata_json = "1" }, "metadata='{'", "metadata" },
    { { .activation = ENGRAM_BATCH_ADD, .activation_number = 0.1 }, "activation_level='much'", "activation_level" },
    { { .move = { 0, 1, 0 } }, "position_y='up'", "position" },
    { { .move = { 1e308, 0, 0 } }, "position_x=1e308", "position" },
  };
  const EngramBatchEdit heavier = { .weight = ENGRAM_BATCH_MULTIPLY, .weight_number = 2 };
  g_autoptr (EngramRowSet) rows = EDIT_ROWS (3, 6);
  g_autoptr (EngramRowSet) synapses = EDIT_ROWS (5, 10);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *sql = g_strdup_printf ("UPDATE neurons SET %s WHERE rowid=6", cases[i].sql);

      history_fixture_run_sql (fixture, sql);
      assert_refused (fixture, engram_batch_edit_neurons, rows, &cases[i].edit, NEURON_2, cases[i].field);
      history_fixture_run_sql (fixture, "UPDATE neurons SET position_x=0, position_y=0, activation_level=0,"
                                        " metadata=NULL, semantic_tags=NULL WHERE rowid=6");
    }
  history_fixture_run_sql (fixture, "UPDATE synapses SET weight='heavy' WHERE rowid=10");
  assert_refused (fixture, engram_batch_edit_synapses, synapses, &heavier, SYNAPSE_2, "weight");
}

static void
test_too_deep (HistoryFixture *fixture,
               gconstpointer   data)
{
  g_autofree char *open = g_strnfill (ENGRAM_JSON_MAX_DEPTH, '[');
  g_autofree char *closed = g_strnfill (ENGRAM_JSON_MAX_DEPTH, ']');
  g_autofree char *json = g_strconcat (open, closed, NULL);
  const EngramBatchEdit edit = { .metadata_name = "a", .metadata_json = json };
  g_autoptr (EngramRowSet) rows = EDIT_ROWS (3);

  assert_refused (fixture, engram_batch_edit_neurons, rows, &edit, NEURON_1, "metadata");
}

/* Files */

static void
test_untouched_file (HistoryFixture *fixture,
                     gconstpointer   data)
{
  g_autofree char *path = test_version_1 (fixture->folder, "version 1.db");
  g_autofree char *hash = test_hash_file (path);
  g_autofree char *hash_after = NULL;
  g_autoptr (EngramRowSet) rows = EDIT_ROWS (1, 2, 3, 4, 5, 6);
  const EngramBatchEdit nothing = { 0 };
  const EngramBatchEdit removal = { .metadata_name = "not there" };

  history_fixture_use (fixture, path);
  apply (fixture, engram_batch_edit_neurons, rows, &nothing, NULL);
  apply (fixture, engram_batch_edit_synapses, rows, &nothing, NULL);
  apply (fixture, engram_batch_edit_neurons, rows, &removal, NULL);
  history_fixture_assert_list (fixture, "|");
  history_fixture_close (fixture);
  hash_after = test_hash_file (fixture->path);
  g_assert_cmpstr (hash, ==, hash_after);
}

static void
test_version_1_file (HistoryFixture *fixture,
                     gconstpointer   data)
{
  g_autofree char *path = test_version_1 (fixture->folder, "version 1.db");
  g_autoptr (EngramRowSet) rows = EDIT_ROWS (1, 2, 3, 4, 5, 6);
  const EngramBatchEdit edit = { .type = "visual" };
  g_auto (EngramEditResult) result = { 0 };

  history_fixture_use (fixture, path);
  apply (fixture, engram_batch_edit_neurons, rows, &edit, &result);
  g_assert_cmpstr (result.label, ==, "Change type of 5 neurons");
  history_fixture_undo (fixture);
  g_assert_cmpint (history_fixture_get_number (fixture, "SELECT count(*) FROM neurons WHERE neuron_type='visual'"), ==,
                   0);
}

static void
test_busy (HistoryFixture *fixture,
           gconstpointer   data)
{
  g_autoptr (EngramDatabase) second = engram_database_open (fixture->path, NULL, NULL);
  g_autoptr (EngramRowSet) rows = EDIT_ROWS (3);
  const EngramBatchEdit edit = { .type = "memory" };
  g_autofree char *before = history_fixture_dump (fixture);
  g_autoptr (GError) error = NULL;
  EngramConnection *writer = engram_database_begin_write (second, NULL, NULL);

  g_assert_nonnull (writer);
  g_assert_false (engram_batch_edit_neurons (fixture->database, fixture->history, rows, &edit, NULL, NULL, NULL, NULL,
                                             &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_BUSY);
  engram_database_end_write (second, writer, FALSE, NULL);
  edit_assert_untouched (fixture, before, "|");
}

static void
check_report (const char *phase,
              double      fraction,
              gpointer    data)
{
  double *last = data;

  g_assert_cmpfloat (fraction, >=, *last);
  g_assert_cmpfloat (fraction, <=, 1);
  *last = fraction;
}

static void
cancel (const char *phase,
        double      fraction,
        gpointer    data)
{
  if (fraction > 0.3)
    g_cancellable_cancel (data);
}

static void
test_progress_and_cancel (HistoryFixture *fixture,
                          gconstpointer   data)
{
  g_autoptr (EngramRowSet) rows = EDIT_ROWS (3, 6, 9, 12);
  const EngramBatchEdit edit = { .type = "memory" };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *before = history_fixture_dump (fixture);
  g_autoptr (GError) error = NULL;
  double last = 0;

  g_assert_false (engram_batch_edit_neurons (fixture->database, fixture->history, rows, &edit, NULL, cancel,
                                             cancellable, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  edit_assert_untouched (fixture, before, "|");
  g_clear_error (&error);
  engram_batch_edit_neurons (fixture->database, fixture->history, rows, &edit, NULL, check_report, &last, NULL,
                             &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (last, >=, 0.6);
}

static void
test_undo_refused (HistoryFixture *fixture,
                   gconstpointer   data)
{
  g_autoptr (EngramRowSet) rows = EDIT_ROWS (3, 6, 9);
  const EngramBatchEdit edit = { .type = "memory" };
  g_autoptr (GError) error = NULL;

  apply (fixture, engram_batch_edit_neurons, rows, &edit, NULL);
  history_fixture_run_sql (fixture, "UPDATE neurons SET source_data='theirs' WHERE rowid=6");
  g_assert_false (engram_history_undo (fixture->history, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, NEURON_2));
}

/* More rows than are changed one by one in the usual memory; every third is as it shall be. */
static void
test_many (HistoryFixture *fixture,
           gconstpointer   data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "generated.db", NULL);
  const EngramGeneratorOptions options = { .neurons = 100, .synapses = 6000, .dimension = 4 };
  EngramBatchEdit edit = { .weight = ENGRAM_BATCH_SET, .weight_number = 0.5 };
  g_autofree gint64 *rowids = g_new (gint64, options.synapses);
  g_autoptr (EngramRowSet) rows = NULL;
  g_autoptr (GError) error = NULL;

  engram_generate (path, &options, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  history_fixture_use (fixture, path);
  history_fixture_run_sql (fixture, "UPDATE synapses SET weight=0.25 + (rowid % 3 = 0) / 4.0");
  for (guint64 i = 0; i < options.synapses; i++)
    rowids[i] = (gint64) i + 1;
  rows = engram_row_set_new (rowids, options.synapses);
  apply_and_go_back (fixture, engram_batch_edit_synapses, rows, &edit, options.synapses - options.synapses / 3,
                     "Change weight of 4000 synapses");
  edit = (EngramBatchEdit) { .type = "tool_input" };
  apply (fixture, engram_batch_edit_synapses, rows, &edit, NULL);
  assert_text (fixture, "PRAGMA integrity_check", "ok");
}

/* The network of the Python program, where it is at hand. */
static void
test_original (HistoryFixture *fixture,
               gconstpointer   data)
{
  g_autofree char *path = test_shared_data ("original/network.db");
  const EngramBatchEdit edit = { .add_tags = TEXTS ("seen"), .metadata_name = "seen", .metadata_json = "true" };
  g_autoptr (EngramRowSet) rows = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree gint64 *rowids = NULL;
  g_autofree char *before = NULL;
  g_auto (EngramEditResult) result = { 0 };
  gint64 n_neurons;

  if (path == NULL)
    return;
  history_fixture_use (fixture, path);
  n_neurons = history_fixture_get_number (fixture, "SELECT max(rowid) FROM neurons");
  rowids = g_new (gint64, n_neurons);
  for (gint64 i = 0; i < n_neurons; i++)
    rowids[i] = i + 1;
  rows = engram_row_set_new (rowids, n_neurons);
  apply (fixture, engram_batch_edit_neurons, rows, &edit, &result);
  history_fixture_undo (fixture);
  before = history_fixture_dump (fixture);
  history_fixture_redo (fixture);
  g_assert_cmpuint (result.neurons_changed, ==, n_neurons);
  edit_go_back_and_forth (fixture, before, "batch", result.label);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("activation", test_activation);
  ADD ("null-is-not-multiplied", test_null_is_not_multiplied);
  ADD ("weight", test_weight);
  ADD ("move", test_move);
  ADD ("type", test_type);
  ADD ("tags", test_tags);
  ADD ("labels-of-tags", test_labels_of_tags);
  ADD ("metadata", test_metadata);
  ADD ("several", test_several);
  ADD ("senseless", test_senseless);
  ADD ("in-the-way", test_in_the_way);
  ADD ("too-deep", test_too_deep);
  ADD ("untouched-file", test_untouched_file);
  ADD ("version-1", test_version_1_file);
  ADD ("busy", test_busy);
  ADD ("progress-and-cancel", test_progress_and_cancel);
  ADD ("undo-refused", test_undo_refused);
  ADD ("many", test_many);
  ADD ("original", test_original);
  return g_test_run ();
}
