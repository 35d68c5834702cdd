/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <sqlite3.h>
#include <string.h>

#include "query/engram-text-index-store-private.h"
#include "sqlite/engram-sqlite-options-private.h"
#include "test-support.h"

/* What this SQLite may have and another may not: functions that an option brings. */
static const char * const optional_functions[] = {
  "acos", "acosh", "asin", "asinh", "atan", "atan2", "atanh", "ceil", "ceiling", "cos", "cosh", "degrees", "exp", "floor",
  "ln", "log", "log10", "log2", "mod", "offset", "pi", "pow", "power", "radians", "sin", "sinh", "soundex", "sqlite_offset",
  "sqrt", "tan", "tanh", "trunc", "matchinfo", "snippet", "optimize", "rtreecheck", "rtreenode", "rtreedepth",
  "load_extension", "fts3_tokenizer",
};

static int n_denied; /* atomic */

/* Refuses what the SQLite of another system may lack. */
static int
authorize (gpointer    data,
           int         action,
           const char *first,
           const char *second,
           const char *database,
           const char *trigger)
{
  gboolean denied = action == SQLITE_CREATE_VTABLE;

  for (gsize i = 0; action == SQLITE_FUNCTION && i < G_N_ELEMENTS (optional_functions); i++)
    denied = denied || g_strcmp0 (second, optional_functions[i]) == 0;
  denied = denied || (action == SQLITE_READ && (g_strcmp0 (first, "dbstat") == 0 || g_strcmp0 (first, "sqlite_stmt") == 0));
  if (!denied)
    return SQLITE_OK;
  g_atomic_int_inc (&n_denied);
  g_test_message ("denied: %d %s %s", action, first != NULL ? first : "", second != NULL ? second : "");
  return SQLITE_DENY;
}

static int
make_bare (sqlite3                    *handle,
           char                      **message,
           const sqlite3_api_routines *api)
{
  return sqlite3_set_authorizer (handle, authorize, NULL);
}

static void
test_this_one (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (engram_sqlite_check (&error));
  g_assert_no_error (error);
}

/* That of freedesktop-sdk has fewer options than Debian's. */
static void
test_few_options (void)
{
  static const char * const none[] = { NULL };
  static const char * const few[] = { "ENABLE_FTS5", "THREADSAFE=1", "OMIT_LOOKASIDE", NULL };
  g_autoptr (GError) error = NULL;

  g_assert_true (engram_sqlite_check_options (3040001, none, &error));
  g_assert_true (engram_sqlite_check_options (3050004, few, &error));
  g_assert_no_error (error);
}

static void
test_missing (void)
{
  static const char * const options[] = { "OMIT_WAL", "ENABLE_FTS5", "OMIT_JSON", NULL };
  g_autoptr (GError) error = NULL;

  g_assert_false (engram_sqlite_check_options (3040001, options, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, "write-ahead logs, JSON."));
}

static void
test_too_old (void)
{
  static const char * const options[] = { NULL };
  g_autoptr (GError) error = NULL;

  g_assert_false (engram_sqlite_check_options (3039004, options, &error));
  g_assert_nonnull (strstr (error->message, "3.39"));
}

static guint64
count (EngramDatabase *database)
{
  g_autoptr (EngramNeuronStore) neurons = engram_neuron_store_new (database);
  g_autoptr (GError) error = NULL;
  guint64 n_neurons;

  engram_neuron_store_count (neurons, &n_neurons, NULL, &error);
  g_assert_no_error (error);
  return n_neurons;
}

/* By a word and by a number, sorted. */
static void
search (EngramDatabase *database)
{
  g_autoptr (EngramSearcher) searcher = engram_searcher_new (database);
  g_autoptr (EngramQuery) query = NULL;
  g_autoptr (EngramFound) found = NULL;
  g_autoptr (GError) error = NULL;
  const EngramSort sort = { 0 };

  query = engram_query_parse ("e degree:>=0", NULL, NULL, &error);
  g_assert_no_error (error);
  found = engram_searcher_find (searcher, ENGRAM_RECORD_NEURON, query, &sort, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

/* Searches, backs up, changes, prunes, checks and restores a network. */
static void
use_network (EngramDatabase *database)
{
  const EngramBackupOptions options = { .reason = ENGRAM_BACKUP_REASON_MANUAL };
  g_autoptr (EngramNeuronStore) neurons = engram_neuron_store_new (database);
  g_autoptr (EngramNeuron) neuron = engram_neuron_new ("tool");
  g_autoptr (EngramIntegrityReport) report = NULL;
  g_autoptr (EngramBackup) backup = NULL;
  g_autoptr (EngramRestoreReport) restored = NULL;
  g_autoptr (GError) error = NULL;
  EngramPruneResult pruned;

  search (database);
  backup = engram_backup_create (database, &options, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (engram_neuron_store_create (neurons, neuron, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count (database), ==, 101);
  g_assert_true (engram_prune (database, 0.5, FALSE, NULL, &pruned, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  report = engram_integrity_check (database, 0, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  restored = engram_restore (database, backup->path, NULL, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count (database), ==, 100);
  g_assert_true (engram_database_vacuum (database, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
}

/* That what is refused is refused at all. */
static void
assert_bare (void)
{
  sqlite3 *handle = NULL;

  g_assert_cmpint (sqlite3_open (":memory:", &handle), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (handle, "SELECT soundex('axon')", NULL, NULL, NULL), !=, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (handle, "CREATE VIRTUAL TABLE t USING fts5(a)", NULL, NULL, NULL), !=, SQLITE_OK);
  sqlite3_close (handle);
  g_atomic_int_set (&n_denied, 0);
}

static void
test_bare (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "network.db", NULL);
  const EngramGeneratorOptions options = { .neurons = 100, .synapses = 200, .dimension = 8, .seed = 1 };
  g_autoptr (EngramDatabase) database = NULL;
  g_autoptr (GError) error = NULL;

  engram_text_index_store_hide_fts5 (TRUE);
  g_assert_cmpint (sqlite3_auto_extension ((void (*) (void)) make_bare), ==, SQLITE_OK);
  assert_bare ();
  engram_generate (path, &options, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  database = engram_database_open (path, NULL, &error);
  g_assert_no_error (error);
  use_network (database);
  g_clear_object (&database);
  sqlite3_reset_auto_extension ();
  engram_text_index_store_hide_fts5 (FALSE);
  g_assert_cmpint (g_atomic_int_get (&n_denied), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (TestFolder) home = test_create_home ();

  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sqlite-options/this-one", test_this_one);
  g_test_add_func ("/sqlite-options/few", test_few_options);
  g_test_add_func ("/sqlite-options/missing", test_missing);
  g_test_add_func ("/sqlite-options/too-old", test_too_old);
  g_test_add_func ("/sqlite-options/bare", test_bare);
  return g_test_run ();
}
