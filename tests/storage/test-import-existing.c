/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "import-support.h"

/* Three neurons in a row, and what another program has added to the tables. */
#define NETWORK \
  DOCUMENT (NEURON_JSON (1, ", \"source_data\": \"old 1\"") ", " NEURON_JSON (2, ", \"source_data\": \"old 2\"") ", " \
            NEURON_JSON (3, ", \"source_data\": \"old 3\""), \
            SYNAPSE_JSON (1, 1, 2, "") ", " SYNAPSE_JSON (2, 2, 3, ""))

/* Of those: a neuron and a synapse anew, and one more of each. */
#define UPDATE \
  DOCUMENT (NEURON_JSON (2, ", \"source_data\": \"new 2\", \"gain\": 5") ", " NEURON_JSON (4, ", \"source_data\": \"new 4\""), \
            SYNAPSE_JSON (1, 4, 2, ", \"why\": 1") ", " SYNAPSE_JSON (3, 4, 4, ""))

#define NEURONS "SELECT rowid, substr(id, 8, 1), source_data, lab_note, engram_fields FROM neurons ORDER BY rowid;"
#define SYNAPSES \
  "SELECT rowid, substr(id, 8, 1), substr(source_neuron_id, 8, 1), substr(target_neuron_id, 8, 1), engram_fields" \
  " FROM synapses ORDER BY rowid"

static void
make_network (ImportFixture *fixture)
{
  import_fixture_add (fixture, "network.json", NETWORK);
  import_fixture_run (fixture);
  import_fixture_forget (fixture);
  import_fixture_assert_sql (fixture,
                             "ALTER TABLE neurons ADD COLUMN lab_note TEXT; UPDATE neurons SET lab_note = 'note ' || rowid;"
                             "UPDATE neurons SET rowid = rowid * 10; UPDATE synapses SET rowid = rowid * 10", "");
}

static void
test_fail (ImportFixture *fixture,
           gconstpointer  data)
{
  g_autofree char *before = NULL, *after = NULL, *left = NULL;

  make_network (fixture);
  before = test_hash_file (fixture->path);
  import_fixture_add (fixture, "a.json", UPDATE);
  import_fixture_run_in_vain (fixture);
  import_fixture_assert_problems (fixture,
                                  "1 20 " NEURON (2) " id there is a neuron with this id already\n"
                                  "1 471 " SYNAPSE (1) " id there is a synapse with this id already\n");
  import_fixture_assert_counts (fixture, "0 0 0, 0 0 0");
  after = test_hash_file (fixture->path);
  g_assert_cmpstr (after, ==, before);
  left = import_fixture_list_folder (fixture);
  g_assert_cmpstr (left, ==, "network.db");
}

static void
test_skip (ImportFixture *fixture,
           gconstpointer  data)
{
  make_network (fixture);
  fixture->options.conflict = ENGRAM_IMPORT_CONFLICT_SKIP;
  import_fixture_add (fixture, "a.json", UPDATE);
  import_fixture_run (fixture);
  import_fixture_assert_counts (fixture, "1 0 1, 1 0 1");
  import_fixture_assert_sql (fixture, NEURONS SYNAPSES,
                             "10|1|old 1|note 1|NULL\n20|2|old 2|note 2|NULL\n30|3|old 3|note 3|NULL\n"
                             "31|4|new 4|NULL|NULL\n10|1|1|2|NULL\n20|2|2|3|NULL\n21|3|4|4|NULL\n");

  /* And once more: all is there. */
  import_fixture_run (fixture);
  import_fixture_assert_counts (fixture, "0 0 2, 0 0 2");
}

static void
test_replace (ImportFixture *fixture,
              gconstpointer  data)
{
  static const char expected[] =
    "10|1|old 1|note 1|NULL\n20|2|new 2|note 2|{\"gain\": 5}\n30|3|old 3|note 3|NULL\n31|4|new 4|NULL|NULL\n"
    "10|1|4|2|{\"why\": 1}\n20|2|2|3|NULL\n21|3|4|4|NULL\n";

  make_network (fixture);
  fixture->options.conflict = ENGRAM_IMPORT_CONFLICT_REPLACE;
  import_fixture_add (fixture, "a.json", UPDATE);
  import_fixture_run (fixture);
  import_fixture_assert_counts (fixture, "1 1 0, 1 1 0");
  import_fixture_assert_sql (fixture, NEURONS SYNAPSES, expected);

  import_fixture_run (fixture);
  import_fixture_assert_counts (fixture, "0 2 0, 0 2 0");
  import_fixture_assert_sql (fixture, NEURONS SYNAPSES, expected);
}

/* What a document does not say is as in a new row, also where there was something else. */
static void
test_replace_all_columns (ImportFixture *fixture,
                          gconstpointer  data)
{
  import_fixture_add (fixture, "a.json",
                      DOCUMENT (NEURON_JSON (1, ", \"source_data\": \"old\", \"vector\": [0.5], \"metadata\": {\"a\": 1},"
                                             " \"activation_level\": 1, \"compression_ratio\": 2.5,"
                                             " \"semantic_tags\": [\"a\"], \"importance\": 1.0"),
                                SYNAPSE_JSON (1, 1, 1, ", \"usage_count\": 5, \"last_traversed\": \"2025-11-01T09:00:00\","
                                              " \"metadata\": {\"a\": 1}, \"why\": 1")));
  import_fixture_run (fixture);
  import_fixture_forget (fixture);
  fixture->options.conflict = ENGRAM_IMPORT_CONFLICT_REPLACE;
  import_fixture_add (fixture, "b.json",
                      DOCUMENT ("{\"id\": \"" NEURON (1) "\", \"type\": \"tool\", " POSITION ", " TIMES "}",
                                SYNAPSE_JSON (1, 1, 1, "")));
  import_fixture_run (fixture);
  import_fixture_assert_sql (fixture, "SELECT neuron_type, source_data, vector, metadata, activation_level,"
                                      " compression_ratio, semantic_tags, input_schema, engram_fields FROM neurons;"
                                      "SELECT usage_count, last_traversed, metadata, engram_fields FROM synapses",
                             "tool|NULL|NULL|{}|0.0|NULL|NULL|{}|NULL\n0|NULL|{}|NULL\n");
}

/* An id that stands twice within the batch is wrong under every policy, in a new network and in one that has it. */
static void
test_twice_in_batch (ImportFixture *fixture,
                     gconstpointer  data)
{
  static const char twice[] =
    "1 20 " NEURON (2) " id this id stands twice in what is to be imported\n"
    "1 244 " NEURON (4) " id this id stands twice in what is to be imported\n"
    "1 471 " SYNAPSE (1) " id this id stands twice in what is to be imported\n"
    "1 768 " SYNAPSE (3) " id this id stands twice in what is to be imported\n";

  for (int exists = 0; exists < 2; exists++)
    for (int dry_run = 0; dry_run < 2; dry_run++)
      for (int conflict = ENGRAM_IMPORT_CONFLICT_SKIP; conflict <= ENGRAM_IMPORT_CONFLICT_REPLACE; conflict++)
        {
          if (exists)
            make_network (fixture);
          fixture->options.conflict = conflict;
          fixture->options.dry_run = dry_run;
          import_fixture_add (fixture, "a.json", UPDATE);
          import_fixture_add (fixture, "b.json", UPDATE);
          if (dry_run)
            import_fixture_run (fixture);
          else
            import_fixture_run_in_vain (fixture);
          g_assert_cmpuint (fixture->report->n_problems, ==, 4);
          for (guint i = 0; i < 4; i++)
            g_assert_true (g_str_has_suffix (((EngramProblem *) fixture->report->problems->pdata[i])->file, "b.json"));
          import_fixture_assert_problems (fixture, twice);
          import_fixture_forget (fixture);
          fixture->options = (EngramImportOptions) { 0 };
          g_unlink (fixture->path);
        }
}

/* Ends may be in any document of the batch, before or after, and in the network. */
static void
test_ends (ImportFixture *fixture,
           gconstpointer  data)
{
  make_network (fixture);
  import_fixture_add (fixture, "a.json", "{\"synapses\": [" SYNAPSE_JSON (4, 5, 1, "") ", " SYNAPSE_JSON (5, 3, 6, "") "]}");
  import_fixture_add (fixture, "b.json", "{\"neurons\": [" NEURON_JSON (5, "") "]}");
  import_fixture_add (fixture, "c.json", "{\"synapses\": [" SYNAPSE_JSON (6, 5, 6, "") "],\n\"neurons\": ["
                                         NEURON_JSON (6, "") "]}");
  import_fixture_run (fixture);
  import_fixture_assert_counts (fixture, "2 0 0, 3 0 0");
  import_fixture_assert_sql (fixture, "PRAGMA foreign_key_check; SELECT group_concat(substr(id, 8, 1), '') FROM synapses",
                             "12456\n");

  import_fixture_forget (fixture);
  import_fixture_add (fixture, "d.json", "{\"synapses\": [" SYNAPSE_JSON (7, 5, 1, "") "]}");
  import_fixture_add (fixture, "e.json", "{\"synapses\": [\n" SYNAPSE_JSON (8, 9, 8, "") "]}");
  import_fixture_run_in_vain (fixture);
  import_fixture_assert_problems (fixture,
                                  "2 82 " SYNAPSE (8) " source_neuron_id there is no neuron " NEURON (9) "\n"
                                  "2 142 " SYNAPSE (8) " target_neuron_id there is no neuron " NEURON (8) "\n");
  g_assert_true (g_str_has_suffix (((EngramProblem *) fixture->report->problems->pdata[0])->file, "e.json"));

  /* Where neurons could not be read, that is what is told. */
  import_fixture_add (fixture, "f.json", "{\"neurons\": [");
  import_fixture_run_in_vain (fixture);
  import_fixture_assert_problems (fixture, "1 13 - - the text ends too early (column 14)\n");
}

static void
test_dimension (ImportFixture *fixture,
                gconstpointer  data)
{
  make_network (fixture);
  import_fixture_add (fixture, "a.json", DOCUMENT (NEURON_JSON (5, ", \"vector\": [1.5, 2.5]"), ""));
  import_fixture_run (fixture);
  import_fixture_forget (fixture);
  import_fixture_add (fixture, "b.json", DOCUMENT (NEURON_JSON (6, ", \"vector\": [1.5]") ", "
                                                   NEURON_JSON (7, ", \"vector\": null"), ""));
  import_fixture_run_in_vain (fixture);
  import_fixture_assert_problems (fixture, "1 211 " NEURON (6) " vector it has 1 numbers, but the vectors of this network"
                                           " have 2\n");
}

/* Looks, and tells what would come of it; nothing is written, also not to a file of an older version. */
static void
test_dry_run (ImportFixture *fixture,
              gconstpointer  data)
{
  g_autofree char *before = NULL, *after = NULL, *left = NULL;

  g_free (fixture->path);
  fixture->path = test_version_1 (fixture->folder, "version-1.db");
  before = test_hash_file (fixture->path);
  fixture->options.dry_run = TRUE;
  import_fixture_add (fixture, "a.json", DOCUMENT (NEURON_JSON (7, "") ", " NEURON_JSON (8, ""),
                                                   SYNAPSE_JSON (7, 7, 8, "") ", " SYNAPSE_JSON (8, 8, 7, "")));
  import_fixture_run (fixture);
  import_fixture_assert_counts (fixture, "2 0 0, 2 0 0");
  g_assert_cmpuint (fixture->report->n_problems, ==, 0);
  after = test_hash_file (fixture->path);
  g_assert_cmpstr (after, ==, before);
  left = import_fixture_list_folder (fixture);
  g_assert_cmpstr (left, ==, "version-1.db");

  /* Then in earnest: the file is brought up to date. */
  fixture->options.dry_run = FALSE;
  import_fixture_run (fixture);
  import_fixture_assert_counts (fixture, "2 0 0, 2 0 0");
  import_fixture_assert_sql (fixture, "SELECT max(version) FROM schema_version; SELECT count(*) FROM neurons", "3\n7\n");
}

static void
test_dry_run_of_conflicts (ImportFixture *fixture,
                           gconstpointer  data)
{
  static const char *const counts[] = { "1 0 0, 1 0 0", "1 0 1, 1 0 1", "1 1 0, 1 1 0" };
  g_autofree char *before = NULL, *after = NULL;

  make_network (fixture);
  before = test_hash_file (fixture->path);
  import_fixture_add (fixture, "a.json", UPDATE);
  fixture->options.dry_run = TRUE;
  for (int conflict = ENGRAM_IMPORT_CONFLICT_FAIL; conflict <= ENGRAM_IMPORT_CONFLICT_REPLACE; conflict++)
    {
      fixture->options.conflict = conflict;
      import_fixture_run (fixture);
      g_assert_cmpuint (fixture->report->n_problems, ==, conflict == ENGRAM_IMPORT_CONFLICT_FAIL ? 2 : 0);
      import_fixture_assert_counts (fixture, counts[conflict]);
    }
  after = test_hash_file (fixture->path);
  g_assert_cmpstr (after, ==, before);
}

static void
test_dry_run_of_new (ImportFixture *fixture,
                     gconstpointer  data)
{
  g_autofree char *left = NULL;

  import_fixture_add (fixture, "a.json", NETWORK);
  fixture->options.dry_run = TRUE;
  import_fixture_run (fixture);
  import_fixture_assert_counts (fixture, "3 0 0, 2 0 0");
  left = import_fixture_list_folder (fixture);
  g_assert_cmpstr (left, ==, "");
}

/* Ids that are none: new ones, and the ends follow, wherever they stand. */
static void
test_make_ids (ImportFixture *fixture,
               gconstpointer  data)
{
  static const char members[] = ", \"type\": \"knowledge\", " POSITION ", " TIMES;
  g_autofree char *neurons =
    g_strdup_printf ("{\"neurons\": [{\"id\": \"first\"%s}, {\"id\": 2%s}, {\"id\": null%s}, {%s}, "
                     "{\"id\": \"00000001-0000-4000-8000-00000000000A\"%s}]}", members, members, members, members + 2,
                     members);
#define LINK(from, to) \
  "{\"source_neuron_id\": " from ", \"target_neuron_id\": " to ", \"weight\": 0.5, \"synapse_type\": \"knowledge\", " TIMES "}"
  g_autofree char *first = NULL, *second = NULL;

  make_network (fixture);
  import_fixture_add (fixture, "a.json", "{\"synapses\": [" LINK ("\"first\"", "2") ", "
                                         LINK ("\"" NEURON (1) "\"", "\"first\"") "]}");
  import_fixture_add (fixture, "b.json", neurons);
  import_fixture_run_in_vain (fixture);
  g_assert_cmpuint (fixture->report->n_problems, ==, 2 + 1 + 1 + 1 + 5);

  fixture->options.make_ids = TRUE;
  import_fixture_run (fixture);
  import_fixture_assert_counts (fixture, "5 0 0, 2 0 0");
  import_fixture_assert_sql (fixture,
                             "SELECT count(DISTINCT id) FROM neurons; PRAGMA foreign_key_check;"
                             "SELECT s.rowid, a.rowid, b.rowid FROM synapses AS s JOIN neurons AS a ON a.id=source_neuron_id"
                             " JOIN neurons AS b ON b.id=target_neuron_id WHERE s.rowid > 20", "8\n21|31|32\n22|10|31\n");
  first = import_fixture_sql (fixture, "SELECT id FROM neurons WHERE rowid = 31");
  g_strchomp (first);
  g_assert_true (engram_uuid_is_valid (first));

  /* Another import makes others. */
  import_fixture_run (fixture);
  import_fixture_assert_counts (fixture, "5 0 0, 2 0 0");
  second = import_fixture_sql (fixture, "SELECT id FROM neurons WHERE rowid = 36");
  g_assert_cmpstr (first, !=, g_strchomp (second));

  /* What is one id twice is so with another name, too; what is nobody's stays so. */
  import_fixture_forget (fixture);
  import_fixture_add (fixture, "c.json", neurons);
  import_fixture_add (fixture, "d.json", "{\"synapses\": [" LINK ("\"third\"", "2") "]}");
  import_fixture_add (fixture, "e.json", neurons);
  import_fixture_run_in_vain (fixture);
  g_assert_cmpuint (fixture->report->n_problems, ==, 1 + 3);
  g_assert_cmpstr (((EngramProblem *) fixture->report->problems->pdata[0])->message, ==, "there is no such neuron");
}

/* A network with ids that are none: its neurons are found by them. */
static void
test_ends_that_are_no_ids (ImportFixture *fixture,
                           gconstpointer  data)
{
  make_network (fixture);
  import_fixture_assert_sql (fixture, "UPDATE neurons SET id = 'somebody' WHERE rowid = 30; DELETE FROM synapses", "");
  import_fixture_add (fixture, "a.json",
                      "{\"synapses\": [{\"id\": \"" SYNAPSE (5) "\", \"source_neuron_id\": \"somebody\", \"target_neuron_id\":"
                      " \"" NEURON (1) "\", \"weight\": 0.5, \"synapse_type\": \"\", " TIMES "}]}");
  for (int make_ids = 0; make_ids < 2; make_ids++)
    {
      fixture->options.make_ids = make_ids;
      import_fixture_run (fixture);
      import_fixture_assert_sql (fixture, "SELECT source_neuron_id FROM synapses; DELETE FROM synapses", "somebody\n");
    }
}

/* So many rows that indexes are made anew; afterwards they are what they were, but for the one that was missing. */
static char *
make_many (guint first,
           guint n_rows)
{
  GString *text = g_string_new ("{\"neurons\": [");

  for (guint i = 0; i < n_rows; i++)
    g_string_append_printf (text, "%s{\"id\": \"%08x-0000-4000-9000-000000000000\", \"type\": \"knowledge\", " POSITION ", "
                            TIMES "}", i > 0 ? ", " : "", first + i);
  g_string_append (text, "], \"synapses\": [");
  for (guint i = 0; i < n_rows; i++)
    g_string_append_printf (text, "%s{\"id\": \"%08x-0000-4000-a000-000000000000\", \"source_neuron_id\":"
                            " \"%08x-0000-4000-9000-000000000000\", \"target_neuron_id\":"
                            " \"%08x-0000-4000-9000-000000000000\", \"weight\": %f, \"synapse_type\": \"tool_input\", "
                            TIMES "}", i > 0 ? ", " : "", first + i, first + i, first + (i * 7) % n_rows, i / 20000.0);
  g_string_append (text, "]}");
  return g_string_free (text, FALSE);
}

static void
test_many_rows (ImportFixture *fixture,
                gconstpointer  data)
{
  g_autofree char *document = make_many (1, 12000);
  g_autofree char *indexes = NULL;

  make_network (fixture);
  import_fixture_assert_sql (fixture, "DROP INDEX idx_synapses_weight; CREATE INDEX mine ON synapses (usage_count)", "");
  indexes = import_fixture_sql (fixture, "SELECT name, sql FROM sqlite_schema WHERE type='index' ORDER BY name");
  import_fixture_add (fixture, "a.json", document);
  import_fixture_run (fixture);
  import_fixture_assert_counts (fixture, "12000 0 0, 12000 0 0");
  import_fixture_assert_sql (fixture, "SELECT name, sql FROM sqlite_schema WHERE type='index' ORDER BY name", indexes);
  import_fixture_assert_sql (fixture,
                             "PRAGMA integrity_check; PRAGMA foreign_key_check; SELECT count(*), max(rowid) FROM synapses"
                             " INDEXED BY idx_synapses_source WHERE source_neuron_id > ''", "ok\n12002|12020\n");

  fixture->options.conflict = ENGRAM_IMPORT_CONFLICT_REPLACE;
  import_fixture_run (fixture);
  import_fixture_assert_counts (fixture, "0 12000 0, 0 12000 0");
  import_fixture_assert_sql (fixture, "SELECT name, sql FROM sqlite_schema WHERE type='index' ORDER BY name", indexes);
  import_fixture_assert_sql (fixture, "PRAGMA integrity_check; SELECT count(*), max(rowid) FROM neurons", "ok\n12003|12030\n");
}

/* Undone, the network is what it was; done again, it is what it had become. */
static void
test_history (ImportFixture *fixture,
              gconstpointer  data)
{
  g_autofree char *state = g_build_filename (fixture->folder, "state", NULL);
  g_autofree char *before = NULL, *after = NULL, *undone = NULL, *redone = NULL;
  g_autoptr (EngramDatabase) database = NULL;
  g_autoptr (EngramHistory) history = NULL;
  g_autoptr (EngramHistoryStep) step = NULL;
  g_autoptr (GError) error = NULL;

  make_network (fixture);
  before = import_fixture_dump (fixture);
  database = engram_database_open (fixture->path, NULL, &error);
  g_assert_no_error (error);
  history = engram_history_open (database, state, NULL, &error);
  g_assert_no_error (error);

  fixture->options.conflict = ENGRAM_IMPORT_CONFLICT_REPLACE;
  fixture->options.history = history;
  import_fixture_add (fixture, "a.json", UPDATE);
  g_ptr_array_add (fixture->files, NULL);
  g_assert_true (engram_import (database, (const char * const *) fixture->files->pdata, &fixture->options, NULL, NULL, NULL,
                                NULL, &error));
  g_assert_no_error (error);
  after = import_fixture_dump (fixture);
  g_assert_cmpstr (before, !=, after);

  g_assert_true (engram_history_undo (history, &step, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (step->name, ==, "import");
  g_assert_cmpstr (step->label, ==, "Import (neurons: 2, synapses: 2)");
  undone = import_fixture_dump (fixture);
  g_assert_cmpstr (undone, ==, before);
  g_assert_true (engram_history_redo (history, NULL, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  redone = import_fixture_dump (fixture);
  g_assert_cmpstr (redone, ==, after);
}

/* An import that fails leaves no step. */
static void
test_history_of_failure (ImportFixture *fixture,
                         gconstpointer  data)
{
  g_autofree char *state = g_build_filename (fixture->folder, "state", NULL);
  g_autoptr (EngramDatabase) database = NULL;
  g_autoptr (EngramHistory) history = NULL;
  g_autoptr (GError) error = NULL;
  const char *files[2] = { NULL };

  make_network (fixture);
  database = engram_database_open (fixture->path, NULL, &error);
  g_assert_no_error (error);
  history = engram_history_open (database, state, NULL, &error);
  g_assert_no_error (error);
  import_fixture_add (fixture, "a.json", UPDATE);
  files[0] = fixture->files->pdata[0];
  fixture->options.history = history;
  g_assert_false (engram_import (database, files, &fixture->options, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (engram_history_undo (history, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_NOT_FOUND);
}

/* What only a foreign table refuses has its place, too. */
static void
test_foreign_tables (ImportFixture *fixture,
                     gconstpointer  data)
{
  g_autofree char *before = NULL, *after = NULL;

  make_network (fixture);
  import_fixture_assert_sql (fixture, "CREATE UNIQUE INDEX own ON neurons (source_data)", "");
  before = import_fixture_dump (fixture);
  import_fixture_add (fixture, "a.json", DOCUMENT (NEURON_JSON (5, ", \"source_data\": \"old 1\""), ""));
  import_fixture_run_in_vain (fixture);
  g_assert_cmpuint (fixture->report->n_problems, ==, 1);
  g_assert_cmpstr (((EngramProblem *) fixture->report->problems->pdata[0])->id, ==, NEURON (5));
  g_assert_nonnull (strstr (fixture->error->message, "UNIQUE constraint failed: neurons.source_data"));
  after = import_fixture_dump (fixture);
  g_assert_cmpstr (after, ==, before);
}

/* Rows are numbered on from the last one; where that is SQLite's last, there would be no order. */
static void
test_last_row (ImportFixture *fixture,
               gconstpointer  data)
{
  make_network (fixture);
  import_fixture_assert_sql (fixture, "UPDATE synapses SET rowid = 9223372036854775807 WHERE rowid = 10", "");
  import_fixture_add (fixture, "a.json", DOCUMENT (NEURON_JSON (5, ""), SYNAPSE_JSON (5, 5, 5, "")));
  g_assert_false (import_fixture_try (fixture));
  g_assert_error (fixture->error, ENGRAM_ERROR, ENGRAM_ERROR_FAILED);
  import_fixture_assert_sql (fixture, "SELECT count(*) FROM neurons", "3\n");
}

static void
assert_match (const EngramImportMatch *match,
              guint64                  added,
              guint64                  same,
              guint64                  different)
{
  g_assert_cmpuint (match->added, ==, added);
  g_assert_cmpuint (match->same, ==, same);
  g_assert_cmpuint (match->different, ==, different);
}

static void
assert_conflict (ImportFixture *fixture,
                 guint          index,
                 const char    *id,
                 const char    *message)
{
  const EngramProblem *conflict = g_ptr_array_index (fixture->report->conflicts, index);

  g_assert_cmpstr (conflict->id, ==, id);
  g_assert_cmpstr (conflict->message, ==, message);
  g_assert_cmpuint (conflict->line, ==, 1);
}

/* What is there with the same content, with another, and not at all; whatever the policy is, and nothing is a
 * problem. */
static void
test_comparison (ImportFixture *fixture,
                 gconstpointer  data)
{
  static const char *const counts[] = { "1 0 1, 1 0 1", "1 0 2, 1 0 2", "1 1 1, 1 1 1" };
  EngramImportFile sum;

  make_network (fixture);
  import_fixture_add (fixture, "a.json",
                      DOCUMENT (NEURON_JSON (3, ", \"source_data\": \"old 3\", \"metadata\" : { }") ", "
                                NEURON_JSON (2, ", \"source_data\": \"new 2\""), SYNAPSE_JSON (1, 1, 2, "")));
  import_fixture_add (fixture, "b.json", DOCUMENT (NEURON_JSON (4, ""), SYNAPSE_JSON (2, 2, 3, ", \"why\": 1") ", "
                                                   SYNAPSE_JSON (3, 4, 4, "")));
  fixture->options.dry_run = TRUE;
  fixture->options.compare = TRUE;
  for (int conflict = ENGRAM_IMPORT_CONFLICT_FAIL; conflict <= ENGRAM_IMPORT_CONFLICT_REPLACE; conflict++)
    {
      const EngramImportFile *first, *second;

      fixture->options.conflict = conflict;
      import_fixture_run (fixture);
      import_fixture_assert_counts (fixture, counts[conflict]);
      g_assert_cmpuint (fixture->report->n_problems, ==, 0);
      first = fixture->report->files->pdata[0];
      second = fixture->report->files->pdata[1];
      assert_match (&first->neuron_match, 0, 1, 1);
      assert_match (&first->synapse_match, 0, 1, 0);
      assert_match (&second->neuron_match, 1, 0, 0);
      assert_match (&second->synapse_match, 1, 0, 1);
      g_assert_true (first->is_whole && second->is_whole);
      engram_import_report_sum (fixture->report, &sum);
      assert_match (&sum.neuron_match, 1, 1, 1);
      assert_match (&sum.synapse_match, 1, 1, 1);
      g_assert_cmpuint (sum.size, ==, first->size + second->size);

      g_assert_cmpuint (fixture->report->conflicts->len, ==, 2);
      assert_conflict (fixture, 0, NEURON (2), "the network has it with another content: source_data");
      assert_conflict (fixture, 1, SYNAPSE (2), "the network has it with another content: fields without a column");
    }
}

/* What the dry run has said is what the import does: the same content is left alone under each policy. */
static void
test_compared_import (ImportFixture *fixture,
                      gconstpointer  data)
{
  make_network (fixture);
  fixture->options.compare = TRUE;
  import_fixture_add (fixture, "same.json", NETWORK);
  for (int conflict = ENGRAM_IMPORT_CONFLICT_FAIL; conflict <= ENGRAM_IMPORT_CONFLICT_REPLACE; conflict++)
    {
      fixture->options.conflict = conflict;
      import_fixture_run (fixture);
      import_fixture_assert_counts (fixture, "0 0 3, 0 0 2");
    }

  import_fixture_forget (fixture);
  import_fixture_add (fixture, "a.json", UPDATE);
  fixture->options.conflict = ENGRAM_IMPORT_CONFLICT_FAIL;
  import_fixture_run_in_vain (fixture);
  g_assert_nonnull (strstr (fixture->error->message, "there is a neuron with this id and other content already"));
  fixture->options.conflict = ENGRAM_IMPORT_CONFLICT_SKIP;
  import_fixture_run (fixture);
  import_fixture_assert_counts (fixture, "1 0 1, 1 0 1");
  fixture->options.conflict = ENGRAM_IMPORT_CONFLICT_REPLACE;
  import_fixture_run (fixture);
  import_fixture_assert_counts (fixture, "0 1 1, 0 1 1");
  import_fixture_assert_sql (fixture, "SELECT source_data FROM neurons WHERE rowid = 20", "new 2\n");
}

/* What the Python program has written into its file and what it has exported of it are the same; but a memory's time,
 * which it does not keep. */
static void
test_comparison_with_python (ImportFixture *fixture,
                             gconstpointer  data)
{
  g_autofree char *original = test_shared_data ("original/network.db");
  g_autofree char *contents = NULL;
  EngramImportFile sum;
  gsize length;

  if (original == NULL)
    return;
  g_assert_true (g_file_get_contents (original, &contents, &length, NULL));
  g_assert_true (g_file_set_contents (fixture->path, contents, length, NULL));
  import_fixture_add_shared (fixture, "original/network.json");
  fixture->options.dry_run = TRUE;
  fixture->options.compare = TRUE;
  import_fixture_run (fixture);
  engram_import_report_sum (fixture->report, &sum);
  assert_match (&sum.neuron_match, 0, 226, 14);
  assert_match (&sum.synapse_match, 0, 900, 0);
  import_fixture_assert_sql (fixture, "SELECT count(*) FROM neurons WHERE neuron_type = 'memory'", "14\n");
}

/* The estimate is not less than what the file grows by, nor far more. */
static void
test_space (ImportFixture *fixture,
            gconstpointer  data)
{
  g_autofree char *document = make_many (1, 12000);
  EngramImportSpace space;
  GStatBuf before, after;

  make_network (fixture);
  import_fixture_add (fixture, "a.json", document);
  fixture->options.dry_run = TRUE;
  import_fixture_run (fixture);
  space = fixture->report->space;
  g_assert_cmpuint (space.available, >, 0);
  g_assert_cmpuint (space.journal, >=, space.growth);
  g_assert_cmpuint (space.history, >, 0);

  fixture->options.dry_run = FALSE;
  g_assert_cmpint (g_stat (fixture->path, &before), ==, 0);
  import_fixture_run (fixture);
  g_assert_cmpint (g_stat (fixture->path, &after), ==, 0);
  g_assert_cmpuint (space.growth, >=, (guint64) (after.st_size - before.st_size) * 9 / 10);
  g_assert_cmpuint (space.growth, <=, (guint64) (after.st_size - before.st_size) * 3 / 2);

  /* And what is there already takes nothing. */
  fixture->options.dry_run = TRUE;
  fixture->options.compare = TRUE;
  import_fixture_run (fixture);
  g_assert_cmpuint (fixture->report->space.growth + fixture->report->space.journal, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD_IMPORT_TEST ("/import-existing/fail", test_fail);
  ADD_IMPORT_TEST ("/import-existing/skip", test_skip);
  ADD_IMPORT_TEST ("/import-existing/replace", test_replace);
  ADD_IMPORT_TEST ("/import-existing/replace-all-columns", test_replace_all_columns);
  ADD_IMPORT_TEST ("/import-existing/twice-in-batch", test_twice_in_batch);
  ADD_IMPORT_TEST ("/import-existing/ends", test_ends);
  ADD_IMPORT_TEST ("/import-existing/dimension", test_dimension);
  ADD_IMPORT_TEST ("/import-existing/dry-run", test_dry_run);
  ADD_IMPORT_TEST ("/import-existing/dry-run-of-conflicts", test_dry_run_of_conflicts);
  ADD_IMPORT_TEST ("/import-existing/dry-run-of-new", test_dry_run_of_new);
  ADD_IMPORT_TEST ("/import-existing/make-ids", test_make_ids);
  ADD_IMPORT_TEST ("/import-existing/ends-that-are-no-ids", test_ends_that_are_no_ids);
  ADD_IMPORT_TEST ("/import-existing/many-rows", test_many_rows);
  ADD_IMPORT_TEST ("/import-existing/history", test_history);
  ADD_IMPORT_TEST ("/import-existing/history-of-failure", test_history_of_failure);
  ADD_IMPORT_TEST ("/import-existing/foreign-tables", test_foreign_tables);
  ADD_IMPORT_TEST ("/import-existing/last-row", test_last_row);
  ADD_IMPORT_TEST ("/import-existing/comparison", test_comparison);
  ADD_IMPORT_TEST ("/import-existing/compared-import", test_compared_import);
  ADD_IMPORT_TEST ("/import-existing/comparison-with-python", test_comparison_with_python);
  ADD_IMPORT_TEST ("/import-existing/space", test_space);
  return g_test_run ();
}
