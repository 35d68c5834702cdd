/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <sqlite3.h>
#include <string.h>

#include "model/engram-network-private.h"
#include "query/engram-searcher-private.h"
#include "test-support.h"

#define N_NEURONS 300
#define N_SYNAPSES 2000

/* What is kept of an index while SQLite does not know of it, so that it misses what happens meanwhile. */
#define FORGET_INDEX(name) \
  "PRAGMA writable_schema=ON; CREATE TABLE kept AS SELECT * FROM sqlite_schema WHERE name='" name "';" \
  "DELETE FROM sqlite_schema WHERE name='" name "'"
#define REMEMBER_INDEX \
  "PRAGMA writable_schema=ON; INSERT INTO sqlite_schema SELECT * FROM kept; DELETE FROM kept"
#define JOIN_AGAIN \
  "INSERT INTO synapses SELECT id || 'x', source_neuron_id, target_neuron_id, weight, usage_count, last_traversed," \
  " synapse_type, metadata, created_at, modified_at, engram_fields FROM synapses LIMIT 5"

/* @sql: what is done to a generated network, each step on a connection of its own
 * @told: whether the indexes tell how many synapses each neuron has */
typedef struct {
  const char *name;
  const char *sql[4];
  gboolean    told;
} Damage;

static const Damage damages[] = {
  { "nothing", { NULL }, TRUE },
  { "no-synapses", { "DELETE FROM synapses" }, TRUE },
  { "no-neurons", { "DELETE FROM neurons" }, TRUE },
  { "empty", { "DELETE FROM synapses; DELETE FROM neurons" }, TRUE },
  { "dangling",
    { "UPDATE synapses SET source_neuron_id='00000000-0000-4000-8000-00000000dead' WHERE rowid%7=0;"
      "UPDATE synapses SET target_neuron_id='ffffffff-ffff-4fff-bfff-ffffffffffff' WHERE rowid%11=0;"
      "UPDATE synapses SET source_neuron_id='' WHERE rowid%13=0;"
      "UPDATE synapses SET target_neuron_id=substr (target_neuron_id, 1, 20) WHERE rowid%17=0;"
      "DELETE FROM neurons WHERE rowid%9=0" },
    TRUE },
  { "loops-and-repeats",
    { "UPDATE synapses SET target_neuron_id=source_neuron_id WHERE rowid%5=0", JOIN_AGAIN }, TRUE },
  { "without-ids", { "UPDATE neurons SET id=NULL WHERE rowid IN (3,4,77); UPDATE neurons SET id='' WHERE rowid=5" },
    TRUE },
  { "ends-without-ids",
    { "PRAGMA writable_schema=ON;"
      "UPDATE sqlite_schema SET sql=replace (sql, 'neuron_id TEXT NOT NULL', 'neuron_id TEXT') WHERE name='synapses'",
      "UPDATE synapses SET source_neuron_id=NULL WHERE rowid%3=0;"
      "UPDATE synapses SET target_neuron_id=NULL WHERE rowid%4=0" },
    TRUE },
  { "odd-ids",
    { "UPDATE synapses SET source_neuron_id=upper (source_neuron_id) WHERE rowid%2=0;"
      "UPDATE synapses SET target_neuron_id='a' WHERE rowid%3=0;"
      "UPDATE synapses SET target_neuron_id='aé' WHERE rowid%5=0;"
      "UPDATE synapses SET source_neuron_id='a' || char (0) || 'b' WHERE rowid%7=0;"
      "UPDATE neurons SET id=upper (id) WHERE rowid%2=0; UPDATE neurons SET id='a' WHERE rowid=1;"
      "UPDATE neurons SET id='aé' WHERE rowid=3; UPDATE neurons SET id='a' || char (0) || 'b' WHERE rowid=5;"
      "UPDATE neurons SET id='12' WHERE rowid=7; UPDATE synapses SET target_neuron_id='12' WHERE rowid=1" },
    TRUE },
  { "rows-far-apart", { "UPDATE neurons SET rowid=-rowid*1000000007 WHERE rowid%3=0" }, TRUE },
  { "id-in-bytes", { "UPDATE neurons SET id=CAST (id AS BLOB) WHERE rowid=5" }, FALSE },
  { "end-in-bytes", { "UPDATE synapses SET source_neuron_id=CAST (source_neuron_id AS BLOB) WHERE rowid=5" }, FALSE },
  { "no-index", { "DROP INDEX idx_synapses_target" }, FALSE },
  { "index-of-a-part",
    { "DROP INDEX idx_synapses_source;"
      "CREATE INDEX idx_synapses_source ON synapses (source_neuron_id) WHERE weight>0" },
    FALSE },
  { "index-of-something-else",
    { "DROP INDEX idx_synapses_source; CREATE INDEX idx_synapses_source ON synapses (modified_at)" }, FALSE },
  { "index-backwards",
    { "DROP INDEX idx_synapses_source; CREATE INDEX idx_synapses_source ON synapses (source_neuron_id DESC)" }, FALSE },
  { "index-without-case",
    { "DROP INDEX idx_synapses_source; UPDATE synapses SET source_neuron_id=upper (source_neuron_id) WHERE rowid%2=0;"
      "CREATE INDEX idx_synapses_source ON synapses (source_neuron_id COLLATE NOCASE);"
      "UPDATE neurons SET id=upper (id) WHERE rowid%2=0" },
    FALSE },
  { "index-lacks-synapses", { FORGET_INDEX ("idx_synapses_source"), JOIN_AGAIN, REMEMBER_INDEX }, FALSE },
  { "no-primary-key",
    { FORGET_INDEX ("sqlite_autoindex_neurons_1") ";"
      "UPDATE sqlite_schema SET sql=replace (sql, 'TEXT PRIMARY KEY', 'TEXT') WHERE name='neurons'" },
    FALSE },
  { "id-stands-twice",
    { FORGET_INDEX ("sqlite_autoindex_neurons_1") ";"
      "UPDATE sqlite_schema SET sql=replace (sql, 'TEXT PRIMARY KEY', 'TEXT') WHERE name='neurons'",
      "UPDATE neurons SET id=(SELECT id FROM neurons WHERE rowid=20) WHERE rowid=10;"
      "INSERT INTO neurons SELECT * FROM neurons WHERE rowid=30",
      REMEMBER_INDEX ";"
      "UPDATE sqlite_schema SET sql=replace (sql, 'id TEXT', 'id TEXT PRIMARY KEY') WHERE name='neurons'" },
    FALSE },
};

static void
run_sql (const char *path,
         const char *sql)
{
  g_autofree char *message = NULL;
  char *sqlite_message = NULL;
  sqlite3 *handle;
  int result;

  g_assert_cmpint (sqlite3_open_v2 (path, &handle, SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);
  sqlite3_db_config (handle, SQLITE_DBCONFIG_DEFENSIVE, 0, NULL);
  result = sqlite3_exec (handle, sql, NULL, NULL, &sqlite_message);
  message = g_strdup (sqlite_message);
  sqlite3_free (sqlite_message);
  g_assert_cmpstr (message, ==, NULL);
  g_assert_cmpint (result, ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_close (handle), ==, SQLITE_OK);
}

static char *
generate (const char *folder)
{
  char *path = g_build_filename (folder, "network.db", NULL);
  EngramGeneratorOptions options = { N_NEURONS, N_SYNAPSES, 4, 7 };
  g_autoptr (GError) error = NULL;

  engram_generate (path, &options, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  return path;
}

static EngramDatabase *
open_database (const char *path)
{
  g_autoptr (GError) error = NULL;
  EngramDatabase *database = engram_database_open (path, NULL, &error);

  g_assert_no_error (error);
  return database;
}

static EngramRowCounts
count_rows (EngramScan *scan)
{
  gint64 n_neurons, n_synapses;
  g_autoptr (GError) error = NULL;

  engram_connection_get_integer (scan->readers[0], "SELECT count(*) FROM neurons NOT INDEXED", &n_neurons, &error);
  g_assert_no_error (error);
  engram_connection_get_integer (scan->readers[0], "SELECT count(*) FROM synapses NOT INDEXED", &n_synapses, &error);
  g_assert_no_error (error);
  return (EngramRowCounts) { n_neurons, n_synapses };
}

static void
assert_same (const EngramDegrees *counted,
             const EngramDegrees *known)
{
  g_assert_cmpuint (counted->n_neurons, ==, known->n_neurons);
  for (guint32 i = 0; i < counted->n_neurons; i++)
    {
      g_assert_cmpint (counted->rowids[i], ==, known->rowids[i]);
      g_assert_cmpuint (counted->outgoing[i], ==, known->outgoing[i]);
      g_assert_cmpuint (counted->incoming[i], ==, known->incoming[i]);
    }
}

/* With two readers, and with one that does all. Returns whether the indexes told it. */
static gboolean
check_counting (EngramDatabase *database)
{
  g_auto (EngramScan) scan = { { NULL }, 0 };
  g_autoptr (EngramDegrees) counted = NULL;
  g_autoptr (EngramDegrees) counted_alone = NULL;
  g_autoptr (EngramDegrees) known = NULL;
  g_autoptr (EngramNetwork) network = NULL;
  g_autoptr (GError) error = NULL;
  EngramRowCounts counts;
  EngramScan single;

  g_assert_true (engram_scan_begin (&scan, database, NULL, &error));
  single = (EngramScan) { { scan.readers[0] }, 1 };
  counts = count_rows (&scan);
  network = engram_network_load_snapshot (&scan, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  known = engram_degrees_new (network, &counts);
  counted = engram_degrees_count (&scan, &counts, NULL, &error);
  g_assert_no_error (error);
  counted_alone = engram_degrees_count (&single, &counts, NULL, &error);
  g_assert_no_error (error);
  g_assert_true ((counted == NULL) == (counted_alone == NULL));
  if (counted == NULL)
    return FALSE;
  assert_same (counted, known);
  assert_same (counted_alone, known);
  g_assert_true (counted->is_whole && known->is_whole);
  return TRUE;
}

static void
assert_same_rows (EngramSearcher *fresh,
                  EngramSearcher *loaded,
                  const char     *text,
                  EngramSortKey   key)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramQuery) query = text != NULL ? engram_query_parse (text, NULL, NULL, &error) : NULL;
  const EngramSort sort = { key, key != ENGRAM_SORT_ROWS };
  EngramFound *found, *expected;

  g_assert_no_error (error);
  found = engram_searcher_find (fresh, ENGRAM_RECORD_NEURON, query, &sort, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  expected = engram_searcher_find (loaded, ENGRAM_RECORD_NEURON, query, &sort, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (engram_row_order_get_size (found->order), ==, engram_row_order_get_size (expected->order));
  for (gsize i = 0; i < engram_row_order_get_size (found->order); i++)
    g_assert_cmpint (engram_row_order_get (found->order, i), ==, engram_row_order_get (expected->order, i));
  engram_found_unref (found);
  engram_found_unref (expected);
}

/* What is found does not depend on whether the columns of the network were there before. */
static void
check_searching (EngramDatabase *database)
{
  static const char *const queries[] = {
    NULL, "degree:>6", "degree:0", "-in:>3", "out:2..5", "degree:>6 activation:>0.5", "in:0..100 -out:4",
  };
  static const EngramSortKey keys[] = { ENGRAM_SORT_ROWS, ENGRAM_SORT_DEGREE, ENGRAM_SORT_IN, ENGRAM_SORT_OUT };
  g_autoptr (EngramSearcher) loaded = engram_searcher_new (database);
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramNetwork) network = engram_searcher_get_network (loaded, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    for (guint k = 0; k < G_N_ELEMENTS (keys); k++)
      {
        g_autoptr (EngramSearcher) fresh = engram_searcher_new (database);

        assert_same_rows (fresh, loaded, queries[i], keys[k]);
      }
}

static void
test_damage (gconstpointer user_data)
{
  const Damage *damage = user_data;
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = generate (folder);
  g_autoptr (EngramDatabase) database = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (damage->sql) && damage->sql[i] != NULL; i++)
    run_sql (path, damage->sql[i]);
  database = open_database (path);
  g_assert_true (check_counting (database) == damage->told);
  check_searching (database);
}

/* Of an index some pages of which are nonsense. */
static void
test_broken_pages (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = generate (folder);
  g_autofree char *contents = NULL;
  g_autoptr (EngramDatabase) database = NULL;
  g_autoptr (GError) error = NULL;
  sqlite3_stmt *statement;
  sqlite3 *handle;
  gsize length, offset;

  g_assert_cmpint (sqlite3_open_v2 (path, &handle, SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (handle,
                                       "SELECT (rootpage - 1) * page_size FROM sqlite_schema, pragma_page_size"
                                       " WHERE name='idx_synapses_source'", -1, &statement, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  offset = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  g_assert_cmpint (sqlite3_close (handle), ==, SQLITE_OK);
  g_assert_true (g_file_get_contents (path, &contents, &length, &error));
  g_assert_cmpuint (offset + 64, <, length);
  memset (contents + offset, 0xff, 64);
  g_assert_true (g_file_set_contents (path, contents, length, &error));

  database = open_database (path);
  g_assert_false (check_counting (database));
  check_searching (database);
}

static void
test_shared (gconstpointer user_data)
{
  g_autofree char *path = test_shared_data (user_data);
  g_autoptr (EngramDatabase) database = NULL;

  if (path == NULL)
    return;
  database = open_database (path);
  g_assert_true (check_counting (database));
  check_searching (database);
}

static void
test_cancelled (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = generate (folder);
  g_autoptr (EngramDatabase) database = open_database (path);
  g_autoptr (EngramSearcher) searcher = engram_searcher_new (database);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (EngramDegrees) degrees = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (EngramScan) scan = { { NULL }, 0 };
  EngramRowCounts counts;

  g_assert_true (engram_scan_begin (&scan, database, NULL, &error));
  counts = count_rows (&scan);
  g_cancellable_cancel (cancellable);
  g_assert_null (engram_degrees_count (&scan, &counts, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_null (engram_searcher_get_degrees_for (searcher, &scan, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  degrees = engram_searcher_get_degrees_for (searcher, &scan, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (degrees->n_neurons, ==, N_NEURONS);
}

/* Each snapshot has its own. */
static void
test_snapshots (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = generate (folder);
  g_autoptr (EngramDatabase) database = open_database (path);
  g_autoptr (EngramSearcher) searcher = engram_searcher_new (database);
  g_autoptr (EngramDegrees) first = NULL;
  g_autoptr (EngramDegrees) same = NULL;
  g_autoptr (EngramDegrees) newer = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (EngramScan) scan = { { NULL }, 0 };
  g_auto (EngramScan) newer_scan = { { NULL }, 0 };

  g_assert_true (engram_scan_begin (&scan, database, NULL, &error));
  first = engram_searcher_get_degrees_for (searcher, &scan, NULL, &error);
  g_assert_no_error (error);
  same = engram_searcher_get_degrees_for (searcher, &scan, NULL, &error);
  g_assert_true (same == first);
  engram_scan_end (&scan);

  run_sql (path, "DELETE FROM neurons WHERE rowid=10");
  g_assert_true (engram_scan_begin (&newer_scan, database, NULL, &error));
  newer = engram_searcher_get_degrees_for (searcher, &newer_scan, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (newer->n_neurons, ==, N_NEURONS - 1);
}

int
main (int    argc,
      char **argv)
{
  static const char *const shared[] = {
    "damaged/bad-ids-and-dates.db", "damaged/duplicate-and-self-synapses.db", "damaged/orphan-synapses.db",
    "damaged/extra-columns.db",
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (damages); i++)
    {
      g_autofree char *path = g_strconcat ("/degrees/", damages[i].name, NULL);

      g_test_add_data_func (path, &damages[i], test_damage);
    }
  for (guint i = 0; i < G_N_ELEMENTS (shared); i++)
    {
      g_autofree char *path = g_strconcat ("/degrees/", shared[i], NULL);

      g_test_add_data_func (path, shared[i], test_shared);
    }
  g_test_add_func ("/degrees/broken-pages", test_broken_pages);
  g_test_add_func ("/degrees/cancelled", test_cancelled);
  g_test_add_func ("/degrees/snapshots", test_snapshots);
  return g_test_run ();
}
