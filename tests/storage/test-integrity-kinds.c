/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include "integrity-support.h"
#include "safety/integrity/engram-integrity-private.h"
#include "sqlite/engram-database-private.h"

/* What makes a row, or a thing of the schema, one of a kind; and that the judgement of a single row, which the repairs
 * go by, finds what the report finds. */

typedef struct {
  const char *name;
  const char *sql;      /* what is done to a good network */
  const char *findings;
  const char *ids;      /* of the first finding, or NULL */
} Case;

/* 8 numbers: the first is 1, -0, NaN or infinite, or all are 0. */
#define VECTOR(first) "x'" first "00000000000000000000000000000000000000000000000000000000'"
#define ONE "0000803f"
#define ZERO "00000000"
#define MINUS_ZERO "00000080"
#define NAN_NUMBER "0000c07f"
#define MINUS_INFINITY "000080ff"

#define SET_NEURON(n, assignment) "UPDATE neurons SET " assignment " WHERE rowid=" #n ";"
#define SET_SYNAPSE(n, assignment) "UPDATE synapses SET " assignment " WHERE rowid=" #n ";"
#define JOIN(n, source, target)                                                                          \
  "INSERT INTO synapses (id, source_neuron_id, target_neuron_id, weight, synapse_type, created_at, modified_at)" \
  " VALUES ('" SYNAPSE (n) "', '" NEURON (source) "', '" NEURON (target) "', 0.5, 'knowledge',"          \
  " '2025-11-01T10:00:00', '2025-11-01T10:00:00');"

static const Case cases[] = {
  { "good", "", "", NULL },

  { "id/upper-case", SET_SYNAPSE (4, "id=replace(id, '0', 'A')"),
    "id-not-uuid 1", "AAAAAAA4-AAAA-4AAA-9AAA-AAAAAAAAAAAA" },
  { "id/synapse-empty", SET_SYNAPSE (4, "id=''"), "id-not-uuid 1", "row 4" },
  { "id/null", "DELETE FROM synapses; UPDATE neurons SET id=NULL WHERE rowid=5", "id-not-uuid 1", "row 5" },
  { "id/nul", SET_SYNAPSE (4, "id=id || char(0)"), "id-not-uuid 1", NULL },
  { "id/not-utf-8", SET_SYNAPSE (4, "id=CAST(x'61ff62' AS TEXT)"), "id-not-uuid 1", "a\357\277\275b" },
  { "id/version", SET_SYNAPSE (4, "id='00000004-0000-0000-9000-000000000000'"), "id-not-uuid 1",
    "00000004-0000-0000-9000-000000000000" },

  { "orphan/source", SET_SYNAPSE (4, "source_neuron_id='" NEURON (9) "'"), "orphan-source 1", SYNAPSE (4) },
  { "orphan/target", SET_SYNAPSE (4, "target_neuron_id='" NEURON (9) "'"), "orphan-target 1", SYNAPSE (4) },
  { "orphan/both", SET_SYNAPSE (4, "target_neuron_id='" NEURON (9) "', source_neuron_id='x'"),
    "orphan-source 1, orphan-target 1", SYNAPSE (4) },
  { "orphan/case", SET_SYNAPSE (4, "target_neuron_id=replace(target_neuron_id, '-', '_')"), "orphan-target 1",
    SYNAPSE (4) },
  /* A blob of the same bytes is another id for SQLite. */
  { "orphan/blob", SET_SYNAPSE (4, "target_neuron_id=CAST(target_neuron_id AS BLOB)"), "orphan-target 1",
    SYNAPSE (4) },
  { "orphan/blobs", SET_NEURON (5, "id=CAST(id AS BLOB)")
    SET_SYNAPSE (5, "target_neuron_id=CAST(target_neuron_id AS BLOB)"), "id-not-uuid 1", NEURON (5) },
  { "orphan/no-text-id", SET_NEURON (5, "id='five'") SET_SYNAPSE (5, "target_neuron_id='five'"), "id-not-uuid 1",
    "five" },

  { "weight/limits", SET_SYNAPSE (4, "weight=-1") SET_SYNAPSE (5, "weight=1"), "", NULL },
  { "weight/beyond", SET_SYNAPSE (4, "weight=-1.0000001") SET_SYNAPSE (5, "weight=9e999"), "weight-range 2",
    SYNAPSE (4) "," SYNAPSE (5) },
  { "weight/text", SET_SYNAPSE (4, "weight='strong'") SET_SYNAPSE (5, "weight=x'00'"), "weight-not-number 2",
    SYNAPSE (4) "," SYNAPSE (5) },

  { "vector/none", "UPDATE neurons SET vector=NULL", "", NULL },
  { "vector/length", SET_NEURON (1, "vector=x'000000'") SET_NEURON (2, "vector=x''"), "vector-length 2",
    NEURON (1) "," NEURON (2) },
  { "vector/not-blob", SET_NEURON (1, "vector='text'") SET_NEURON (2, "vector=1"), "vector-not-blob 2",
    NEURON (1) "," NEURON (2) },
  { "vector/dimension", SET_NEURON (2, "vector=x'" ONE "'"), "vector-dimension 1", NEURON (2) },
  /* Of two that are as frequent, the smaller counts. */
  { "vector/dimension-tie", SET_NEURON (2, "vector=x'" ONE "'") SET_NEURON (5, "vector=x'" MINUS_ZERO ONE "'")
    SET_NEURON (1, "vector=x'" ONE ZERO "'") SET_NEURON (3, "vector=x'" ZERO "'"),
    "vector-dimension 2, vector-zero 1", NEURON (1) "," NEURON (5) },
  { "vector/not-finite", SET_NEURON (1, "vector=" VECTOR (NAN_NUMBER))
    SET_NEURON (2, "vector=" VECTOR (MINUS_INFINITY)),
    "vector-not-finite 2", NEURON (1) "," NEURON (2) },
  /* Two zero vectors are not said to be equal as well. */
  { "vector/zero", SET_NEURON (1, "vector=" VECTOR (ZERO)) SET_NEURON (2, "vector=" VECTOR (ZERO))
    SET_NEURON (3, "vector=" VECTOR (MINUS_ZERO)), "vector-zero 3", NEURON (1) "," NEURON (2) "," NEURON (3) },
  { "vector/same", SET_NEURON (1, "vector=" VECTOR (ONE)) SET_NEURON (5, "vector=" VECTOR (ONE)), "same-vector 2",
    NEURON (1) "," NEURON (5) },
  { "vector/all-the-same", "UPDATE neurons SET vector=" VECTOR (ONE), "same-vector 5", NULL },
  { "vector/two-pairs", SET_NEURON (1, "vector=" VECTOR (ONE)) SET_NEURON (5, "vector=" VECTOR (ONE))
    "UPDATE neurons SET vector=(SELECT vector FROM neurons WHERE rowid=2) WHERE rowid=4", "same-vector 4",
    NEURON (1) "," NEURON (2) "," NEURON (4) "," NEURON (5) },

  { "position/infinite", SET_NEURON (1, "position_z=-9e999"), "position-not-finite 1", NEURON (1) },
  { "position/text", SET_NEURON (1, "position_x='x'") SET_NEURON (2, "position_y=x'00'"), "position-not-finite 2",
    NEURON (1) "," NEURON (2) },
  { "position/same", SET_NEURON (2, "position_x=0, position_y=-0.0, position_z=0"), "same-place 2",
    NEURON (1) "," NEURON (2) },
  { "position/nearly-the-same", SET_NEURON (2, "position_x=0, position_y=0, position_z=1e-300"), "", NULL },
  /* What is not finite is nowhere. */
  { "position/same-infinite", "UPDATE neurons SET position_x=9e999, position_y=0, position_z=0",
    "position-not-finite 5", NULL },

  { "json/metadata-none", "UPDATE neurons SET metadata=NULL; UPDATE synapses SET metadata=NULL", "", NULL },
  { "json/metadata", SET_NEURON (1, "metadata=''") SET_NEURON (2, "metadata='[]'") SET_NEURON (3, "metadata='{}{}'")
    SET_SYNAPSE (2, "metadata='null'"), "metadata-json 4", NEURON (1) "," NEURON (2) "," NEURON (3) "," SYNAPSE (2) },
  { "json/metadata-blob", SET_NEURON (1, "metadata=x'7b7d'"), "metadata-json 1", NEURON (1) },
  { "json/metadata-nul", SET_NEURON (1, "metadata='{}' || char(0)"), "metadata-json 1", NEURON (1) },
  { "json/metadata-number", SET_NEURON (1, "metadata=CAST('{}' AS BLOB)") SET_NEURON (1, "metadata='5'"),
    "metadata-json 1", NEURON (1) },
  { "json/tags", SET_NEURON (1, "semantic_tags='{}'") SET_NEURON (2, "semantic_tags='axon'"), "tags-json 2",
    NEURON (1) "," NEURON (2) },
  { "json/tags-good", SET_NEURON (1, "semantic_tags='[]'") SET_NEURON (3, "semantic_tags=' [\"a\", 1] '"), "", NULL },
  { "json/schemas", SET_NEURON (1, "input_schema='[]', output_schema='x'") SET_NEURON (3, "output_schema='null'"),
    "schema-json 2", NEURON (1) "," NEURON (3) },
  { "json/fields", "ALTER TABLE neurons ADD COLUMN engram_fields TEXT;"
    "ALTER TABLE synapses ADD COLUMN engram_fields TEXT;"
    SET_NEURON (1, "engram_fields='{'") SET_NEURON (2, "engram_fields='{}'") SET_SYNAPSE (3, "engram_fields='[]'"),
    "schema-json 2", NEURON (1) "," SYNAPSE (3) },

  { "time/format", SET_NEURON (1, "created_at='yesterday'") SET_NEURON (2, "modified_at=''")
    SET_SYNAPSE (1, "last_traversed='2025-13-01T00:00:00'") SET_SYNAPSE (2, "created_at=7"), "timestamp-format 4",
    NEURON (1) "," NEURON (2) "," SYNAPSE (1) "," SYNAPSE (2) },
  { "time/nul", SET_NEURON (1, "created_at=created_at || char(0) || 'x'"), "timestamp-format 1", NEURON (1) },
  { "time/blob", SET_NEURON (1, "created_at=CAST(created_at AS BLOB)"), "timestamp-format 1", NEURON (1) },
  { "time/order", SET_NEURON (1, "modified_at='2025-11-01T08:59:59.999999'")
    SET_SYNAPSE (3, "created_at='2025-11-01T10:00:00.000001'"), "timestamp-order 2", NEURON (1) "," SYNAPSE (3) },
  { "time/same", SET_NEURON (1, "modified_at=created_at"), "", NULL },
  { "time/bad-and-before", SET_NEURON (1, "created_at='x', modified_at='1999-01-01T00:00:00'"), "timestamp-format 1",
    NEURON (1) },
  /* As texts these would run backwards, and the next forwards. */
  { "time/forms-forwards", SET_NEURON (1, "created_at='2025-11-01T09:00:00.50', modified_at='2025-11-01T09:00:00.5'")
    SET_NEURON (2, "created_at='2025-11-01T09:00:00', modified_at='2025-11-01 10:00:00'")
    SET_NEURON (3, "created_at='2025-11-01T09:00:00', modified_at='2025-11-01T08:30:00-01:00'"), "", NULL },
  { "time/forms-backwards", SET_NEURON (1, "created_at='2025-11-01T09:00:00', modified_at='2025-11-01T09:30:00+01:00'")
    SET_NEURON (2, "created_at='2025-11-01 10:00:00', modified_at='2025-11-01T09:00:00'")
    SET_NEURON (3, "created_at='2025-11-01T09:00:00', modified_at='2025-11-01'"), "timestamp-order 3",
    NEURON (1) "," NEURON (2) "," NEURON (3) },

  { "synapse/repeated", JOIN (6, 1, 2) JOIN (7, 1, 2) JOIN (8, 5, 4), "synapse-repeated 2",
    SYNAPSE (6) "," SYNAPSE (7) },
  { "synapse/reverse", JOIN (6, 4, 3), "", NULL },
  { "synapse/self", JOIN (6, 4, 4), "synapse-self 1", SYNAPSE (6) },
  /* Nobody knows what they join. */
  { "synapse/repeated-orphans", JOIN (6, 1, 9) JOIN (7, 1, 9) JOIN (8, 9, 9),
    "orphan-source 1, orphan-target 3, synapse-self 1", NULL },

  { "type/unknown", SET_NEURON (1, "neuron_type='chronos'") SET_NEURON (2, "neuron_type=''")
    SET_NEURON (3, "neuron_type='memory' || char(0)"), "type-unregistered 3",
    NEURON (1) "," NEURON (2) "," NEURON (3) },
  { "type/known", SET_NEURON (1, "neuron_type='sensor'") SET_NEURON (2, "neuron_type='decision'")
    SET_NEURON (3, "neuron_type='reasoning'"), "", NULL },

  { "schema/index", "DROP INDEX idx_synapses_weight; DROP INDEX idx_neurons_type", "index-missing 2",
    "idx_neurons_type,idx_synapses_weight" },
  { "schema/trigger", "CREATE TRIGGER one AFTER DELETE ON neurons BEGIN SELECT 1; END", "foreign-trigger 1", "one" },
  { "schema/view", "CREATE VIEW one AS SELECT * FROM absent", "foreign-view 1", "one" },
  { "schema/table", "CREATE TABLE one (a); CREATE TABLE engram_network (key); ANALYZE", "foreign-table 1", "one" },

  /* What only SQLite finds: references between tables of others, also those that make no sense. */
  { "sqlite/references", "CREATE TABLE one (a REFERENCES neurons (id));"
    "INSERT INTO one VALUES ('x'), ('" NEURON (1) "')",
    "sqlite-corruption 1, foreign-table 1", NULL },
  { "sqlite/senseless-reference", "CREATE TABLE one (a REFERENCES neurons (metadata)); INSERT INTO one VALUES ('x')",
    "sqlite-corruption 1, foreign-table 1", NULL },

  /* Constraints that were taken away while the rows were changed: each is found as what it is, once. */
  { "null/position", "NULL neurons position_x", "position-not-finite 1", NEURON (1) },
  { "null/created", "NULL neurons created_at", "timestamp-format 1", NEURON (1) },
  { "null/modified", "NULL synapses modified_at", "timestamp-format 1", SYNAPSE (1) },
  { "null/weight", "NULL synapses weight", "weight-not-number 1", SYNAPSE (1) },
  { "null/source", "NULL synapses source_neuron_id", "orphan-source 1", SYNAPSE (1) },
  { "null/target", "NULL synapses target_neuron_id", "orphan-target 1", SYNAPSE (1) },
  /* No kind is about these: it is SQLite that finds them. */
  { "null/type", "NULL neurons neuron_type", "sqlite-corruption 1, type-unregistered 1",
    "NULL value in neurons.neuron_type" },
  { "null/synapse-type", "NULL synapses synapse_type", "sqlite-corruption 1", "NULL value in synapses.synapse_type" },
};

/* Makes a value NULL that must not be. */
static void
break_constraint (const char *path,
                  const char *table,
                  const char *column)
{
  const char *type = g_str_has_prefix (column, "position") || g_str_equal (column, "weight") ? "REAL" : "TEXT";
  g_autofree char *loosen = g_strdup_printf ("PRAGMA writable_schema=ON; UPDATE sqlite_schema SET sql="
                                             "replace(sql, '%s %s NOT NULL', '%s %s') WHERE name='%s'", column, type,
                                             column, type, table);
  g_autofree char *set = g_strdup_printf ("UPDATE %s SET %s=NULL WHERE rowid=1", table, column);
  g_autofree char *tighten = g_strdup_printf ("PRAGMA writable_schema=ON; UPDATE sqlite_schema SET sql="
                                              "replace(sql, '%s %s', '%s %s NOT NULL') WHERE name='%s'", column, type,
                                              column, type, table);

  integrity_run_sql (path, loosen);
  integrity_run_sql (path, set);
  integrity_run_sql (path, tighten);
}

static char *
make_case (const char *folder,
           const Case *self)
{
  g_auto (GStrv) words = g_strsplit (self->sql, " ", -1);
  char *path;

  if (g_strcmp0 (words[0], "NULL") != 0)
    return integrity_make_network (folder, self->sql);
  path = integrity_make_network (folder, NULL);
  break_constraint (path, words[1], words[2]);
  return path;
}

static guint64
count (EngramIntegrityReport *report,
       EngramFindingKind      kind)
{
  GPtrArray *findings = engram_integrity_report_get_findings (report);

  for (guint i = 0; i < findings->len; i++)
    if (g_str_equal (engram_finding_get_kind (g_ptr_array_index (findings, i)), engram_finding_kind_get_name (kind)))
      return engram_finding_get_count (g_ptr_array_index (findings, i));
  return 0;
}

static void
count_kinds (EngramFindingKinds kinds,
             guint64           *counts)
{
  for (guint kind = 0; kind < ENGRAM_N_KINDS; kind++)
    if ((kinds & ENGRAM_KIND_BIT (kind)) != 0)
      counts[kind]++;
}

/* Judges row by row, as the repairs do. */
static void
judge_rows (EngramConnection *connection,
            guint64          *counts)
{
  g_autoptr (EngramNeuronIds) ids = engram_neuron_ids_new ();
  g_autoptr (EngramStatement) neurons = NULL;
  g_autoptr (EngramStatement) synapses = NULL;
  g_autofree char *neuron_sql = NULL;
  g_autofree char *synapse_sql = NULL;
  g_autoptr (GError) error = NULL;
  guint dimension;

  neuron_sql = g_strdup_printf ("SELECT %s FROM neurons", engram_integrity_get_neuron_columns (
                                  engram_connection_neurons_have_fields (connection)));
  synapse_sql = g_strdup_printf ("SELECT %s FROM synapses", engram_integrity_get_synapse_columns (
                                   engram_connection_synapses_have_fields (connection)));
  g_assert_true (engram_integrity_find_dimension (connection, &dimension, &error));
  g_assert_true (engram_neuron_ids_read (ids, connection, &error));
  neurons = engram_connection_prepare (connection, neuron_sql, &error);
  synapses = engram_connection_prepare (connection, synapse_sql, &error);
  g_assert_no_error (error);
  while (engram_statement_step (neurons, &error) > 0)
    count_kinds (engram_integrity_judge_neuron (engram_statement_get_handle (neurons), dimension), counts);
  while (engram_statement_step (synapses, &error) > 0)
    count_kinds (engram_integrity_judge_synapse (engram_statement_get_handle (synapses), ids), counts);
  g_assert_no_error (error);
}

/* All that can be repaired but the indexes. */
static void
assert_judged_alike (const char            *path,
                     EngramIntegrityReport *report)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramDatabase) database = engram_database_open (path, NULL, &error);
  g_autoptr (EngramReader) reader = engram_database_acquire_reader (database, NULL, &error);
  guint64 counts[ENGRAM_N_KINDS] = { 0 };

  g_assert_no_error (error);
  judge_rows (reader, counts);
  for (guint kind = 0; kind < ENGRAM_N_KINDS; kind++)
    if (engram_finding_kind_get_repair (kind) != NULL && kind != ENGRAM_KIND_INDEX_MISSING)
      g_assert_cmpuint (counts[kind], ==, count (report, kind));
}

static void
test_case (gconstpointer data)
{
  const Case *self = data;
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = make_case (folder, self);
  g_autoptr (EngramIntegrityReport) report = integrity_check_file (path, ENGRAM_INTEGRITY_ALL);
  g_autofree char *findings = integrity_describe (report);

  g_assert_cmpstr (findings, ==, self->findings);
  if (self->ids != NULL)
    {
      GPtrArray *list = engram_integrity_report_get_findings (report);
      g_autofree char *ids = integrity_join_ids (report, engram_finding_get_kind (g_ptr_array_index (list, 0)));

      g_assert_cmpstr (ids, ==, self->ids);
    }
  assert_judged_alike (path, report);
}

static int
compare_as_bytes (gpointer       data,
                  int            length,
                  gconstpointer  text,
                  int            other_length,
                  gconstpointer  other)
{
  return memcmp (text, other, MIN (length, other_length));
}

/* A table of another program wants an order of words that only that program has: nothing can be told of it, and the
 * rest is looked at all the same. */
static void
test_foreign_collation (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = integrity_make_network (folder, NULL);
  g_autoptr (EngramIntegrityReport) report = NULL;
  g_autoptr (EngramIntegrityReport) other = NULL;
  g_autofree char *findings = NULL;
  g_autofree char *faults = NULL;
  sqlite3 *handle;

  g_assert_cmpint (sqlite3_open (path, &handle), ==, SQLITE_OK);
  sqlite3_create_collation (handle, "lab", SQLITE_UTF8, NULL, compare_as_bytes);
  g_assert_cmpint (sqlite3_exec (handle, "CREATE TABLE one (a TEXT COLLATE lab); CREATE INDEX one_a ON one (a);"
                                 "INSERT INTO one VALUES ('x'), ('y')", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (handle);
  report = integrity_check_file (path, ENGRAM_INTEGRITY_ALL);
  findings = integrity_describe (report);
  g_assert_cmpstr (findings, ==, "foreign-table 1");

  integrity_run_sql (path, "PRAGMA writable_schema=ON; UPDATE sqlite_schema SET sql="
                     "'CREATE INDEX idx_synapses_weight ON synapses(usage_count)' WHERE name='idx_synapses_weight'");
  other = integrity_check_file (path, ENGRAM_INTEGRITY_ALL);
  faults = integrity_join_ids (other, "sqlite-corruption");
  g_assert_nonnull (strstr (faults, "missing from index idx_synapses_weight"));
}

static void
test_judged_alike (gconstpointer name)
{
  g_autofree char *path = test_shared_data (name);
  g_autoptr (EngramIntegrityReport) report = NULL;

  if (path == NULL)
    return;
  report = integrity_check_file (path, ENGRAM_INTEGRITY_ALL);
  assert_judged_alike (path, report);
}

/* More rows than one thread reads, so that rows meet that different threads have read. */
static void
test_many_rows (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "a.db", NULL);
  EngramGeneratorOptions options = { 12000, 12000, 4, 1 };
  g_autoptr (EngramIntegrityReport) report = NULL;
  g_autofree char *findings = NULL;
  g_auto (GStrv) ids = NULL;
  g_autoptr (GError) error = NULL;

  engram_generate (path, &options, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  integrity_run_sql (path,
                     "UPDATE neurons SET vector=(SELECT vector FROM neurons WHERE rowid=1) WHERE rowid>11000;"
                     "UPDATE neurons SET position_x=1, position_y=2, position_z=3 WHERE rowid%100=0;"
                     "UPDATE synapses SET (source_neuron_id, target_neuron_id)="
                     " (SELECT source_neuron_id, target_neuron_id FROM synapses WHERE rowid=1) WHERE rowid%1000=1;"
                     "UPDATE synapses SET weight=rowid WHERE rowid%2=0");
  report = integrity_check_file (path, ENGRAM_INTEGRITY_SKIP_SQLITE);
  findings = integrity_describe (report);
  g_assert_cmpstr (findings, ==, "weight-range 6000, synapse-repeated 11, same-place 120, same-vector 1001");
  ids = engram_finding_get_ids (integrity_find (report, "weight-range"), 0, G_MAXUINT64);
  g_assert_cmpuint (g_strv_length (ids), ==, 6000);
}

static void
test_kinds (void)
{
  EngramFindingKind found;

  for (guint kind = 0; kind < ENGRAM_N_KINDS; kind++)
    {
      const char *name = engram_finding_kind_get_name (kind);

      g_assert_true (engram_finding_kind_find (name, &found));
      g_assert_cmpint (found, ==, kind);
    }
  g_assert_false (engram_finding_kind_find ("nothing", &found));
  g_assert_cmpstr (engram_severity_to_string (ENGRAM_SEVERITY_NOTE), ==, "note");
  g_assert_cmpstr (engram_severity_to_string (ENGRAM_SEVERITY_WARNING), ==, "warning");
  g_assert_cmpstr (engram_severity_to_string (ENGRAM_SEVERITY_ERROR), ==, "error");
}

int
main (int    argc,
      char **argv)
{
  static const char *const shared[] = { "orphan-synapses", "weights-out-of-range", "bad-vectors", "bad-json",
                                        "bad-ids-and-dates", "bad-positions", "unknown-type" };

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/integrity-kinds/names", test_kinds);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = g_strconcat ("/integrity-kinds/", cases[i].name, NULL);

      g_test_add_data_func (name, &cases[i], test_case);
    }
  for (guint i = 0; i < G_N_ELEMENTS (shared); i++)
    {
      g_autofree char *name = g_strconcat ("/integrity-kinds/judged-alike/", shared[i], NULL);

      g_test_add_data_func_full (name, g_strconcat ("damaged/", shared[i], ".db", NULL), test_judged_alike, g_free);
    }
  g_test_add_func ("/integrity-kinds/foreign-collation", test_foreign_collation);
  g_test_add_func ("/integrity-kinds/many-rows", test_many_rows);
  return g_test_run ();
}
