/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backup-support.h"

/* Of the frozen network of version 1: it must stay what it is, or the hashes in manifests mean nothing any more. */
#define VERSION_1_HASH "ba2ffb9906d81f3345e920256c2d64210a452146dcd487af853fa086fdc1575b"

/* All kinds of values, names and tables. */
#define STRANGE_TABLES                                                                                               \
  "CREATE TABLE \"a \"\"table\"\", ä\" (\"a \"\"column\"\"\", 'select' BLOB, \"\" TEXT);"                            \
  "INSERT INTO \"a \"\"table\"\", ä\" VALUES (1, 9223372036854775807, 'x'), (NULL, -9223372036854775808, ''),"       \
  " (0.1, 1e999, -1e-300), (x'', x'00ff', 'a' || char(0) || 'b'), ('1', 1, 1.0);"                                    \
  "CREATE TABLE ordered (value, key TEXT PRIMARY KEY) WITHOUT ROWID;"                                                \
  "INSERT INTO ordered VALUES (1, 'b'), (2, 'a'), (3, 'c');"                                                         \
  "CREATE TABLE hides_rowids (rowid, oid, engram_more, engram_other);"                                               \
  "INSERT INTO hides_rowids VALUES (3, 1, NULL, NULL), (2, 2, 'x', NULL), (1, 3, 1.5, x'01');"                       \
  "CREATE TABLE computed (a, b AS (a + 1), c AS (a * 2) STORED, d);"                                                 \
  "INSERT INTO computed (a, d) VALUES (1, 2), (3, 4);"                                                               \
  "CREATE TABLE without_rows (a);"                                                                                   \
  "CREATE VIEW endless AS WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n;"

static void
test_form (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = backup_make_network (folder, "a.db");
  g_autofree char *hash = NULL, *expected = NULL;

  if (!backup_has_python ())
    return;
  /* Rows for more than one run, and one that is larger than a run. */
  backup_execute (path, STRANGE_TABLES
                        "CREATE TABLE large (a); INSERT INTO large WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL"
                        " SELECT i + 1 FROM n WHERE i < 40) SELECT zeroblob(i * 5000) FROM n;"
                        "INSERT INTO large VALUES (zeroblob(3000000)), ('end');"
                        "UPDATE neurons SET engram_fields='{}' WHERE rowid % 7 = 0");
  hash = backup_hash_content (path);
  expected = backup_run_python ("content-hash.py", path, NULL);
  g_assert_cmpstr (hash, ==, expected);
}

static void
test_frozen (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_version_1 (folder, "a.db");
  g_autofree char *before = test_hash_file (path), *after = NULL;
  g_autofree char *hash = backup_hash_content (path);

  g_assert_cmpstr (hash, ==, VERSION_1_HASH);
  after = test_hash_file (path);
  g_assert_cmpstr (after, ==, before);
  backup_assert_files (folder, "a.db");
}

static void
write_once (const char *path)
{
  g_autoptr (EngramDatabase) database = backup_open (path);
  g_autoptr (EngramNeuronStore) store = engram_neuron_store_new (database);
  g_autoptr (EngramNeuron) neuron = engram_neuron_new ("knowledge");
  g_autoptr (GError) error = NULL;

  engram_neuron_store_create (store, neuron, NULL, &error);
  g_assert_no_error (error);
  engram_neuron_store_delete (store, neuron->id, NULL, NULL, &error);
  g_assert_no_error (error);
  engram_database_vacuum (database, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

/* What is not content: the schema's version and what came with it, pages, journal mode, indexes, rowids. */
static void
test_same_content (void)
{
  static const char *const changes[] = {
    "PRAGMA journal_mode=DELETE; PRAGMA page_size=512; VACUUM",
    "DROP INDEX idx_synapses_weight; CREATE INDEX mine ON neurons(metadata)",
    "UPDATE neurons SET rowid=rowid * 1000 - 70000",
    "ANALYZE",
    "CREATE VIEW v AS SELECT 1; CREATE TRIGGER t AFTER INSERT ON neurons BEGIN SELECT 1; END",
    "UPDATE engram_network SET value='another' WHERE key='id'",
  };
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_version_1 (folder, "a.db");
  g_autofree char *before = backup_hash_content (path);
  g_autofree char *upgraded = NULL;

  write_once (path);
  upgraded = backup_hash_content (path);
  g_assert_cmpstr (upgraded, ==, before);
  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autofree char *after = NULL;

      backup_execute (path, changes[i]);
      after = backup_hash_content (path);
      g_assert_cmpstr (after, ==, before);
    }
}

/* Each of these is another network. */
static void
test_other_content (void)
{
  static const char *const changes[] = {
    "UPDATE neurons SET metadata=NULL WHERE rowid=(SELECT max(rowid) FROM neurons)",
    "UPDATE neurons SET metadata='' WHERE rowid=(SELECT max(rowid) FROM neurons)",
    "UPDATE neurons SET metadata=x'' WHERE rowid=(SELECT max(rowid) FROM neurons)",
    "UPDATE neurons SET source_data='a', function_signature='bc' WHERE rowid=1",
    "UPDATE neurons SET source_data='ab', function_signature='c' WHERE rowid=1",
    "UPDATE neurons SET engram_fields='{}' WHERE rowid=1",
    "UPDATE synapses SET usage_count=usage_count + 1 WHERE rowid=1",
    "UPDATE synapses SET usage_count='text' WHERE rowid=1",
    "UPDATE neurons SET rowid=-rowid WHERE rowid=2",
    "DELETE FROM synapses WHERE rowid=2",
    "CREATE TABLE more (a)",
    "INSERT INTO more VALUES (NULL)",
    "UPDATE more SET a=1",
    "UPDATE more SET a=1.0",
    "UPDATE more SET a='1'",
    "UPDATE more SET a=x'31'",
    "ALTER TABLE more RENAME COLUMN a TO b",
    "ALTER TABLE more RENAME TO less",
    "ALTER TABLE less ADD COLUMN c",
  };
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = backup_make_network (folder, "a.db");
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_hash_table_add (seen, backup_hash_content (path));
  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      backup_execute (path, changes[i]);
      g_assert_true (g_hash_table_add (seen, backup_hash_content (path)));
    }
}

/* Texts are texts, however the file keeps them. */
static void
test_encoding (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *first = g_build_filename (folder, "utf-8.db", NULL);
  g_autofree char *second = g_build_filename (folder, "utf-16.db", NULL);
  g_autofree char *first_hash = NULL, *second_hash = NULL;
  const char *const paths[] = { first, second };

  backup_execute (second, "PRAGMA encoding='UTF-16le'; CREATE TABLE t (a); DROP TABLE t");
  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autofree char *source = test_version_1 (folder, "source.db");
      g_autofree char *neurons = backup_query (source, "SELECT sql FROM sqlite_schema WHERE name='neurons'");
      g_autofree char *synapses = backup_query (source, "SELECT sql FROM sqlite_schema WHERE name='synapses'");
      g_autofree char *sql = g_strdup_printf ("%s; %s; INSERT INTO neurons (id, position_x, position_y, position_z,"
                                              " neuron_type, created_at, modified_at, source_data) VALUES"
                                              " ('a', 1, 2, 3, 'ä', '', '', 'ü€𝄞' || char(0) || 'x')", neurons,
                                              synapses);

      backup_execute (paths[i], sql);
    }
  first_hash = backup_hash_content (first);
  second_hash = backup_hash_content (second);
  g_assert_cmpstr (first_hash, ==, second_hash);
}

/* A damaged file has no hash, wherever the damage is. */
static void
test_damaged (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = backup_make_network (folder, "a.db");
  guint n_damaged = 0;

  backup_execute (path, "PRAGMA journal_mode=DELETE");
  for (guint page = 2; page < 12; page++)
    {
      g_autofree char *copy = g_strdup_printf ("%s/%u.db", folder, page);
      g_autoptr (EngramDatabase) database = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *hash = NULL;

      test_copy_file (path, copy);
      for (guint i = 0; i < 200; i++)
        backup_write_byte (copy, (page - 1) * 4096 + i, 0xff);
      database = engram_database_open (copy, NULL, &error);
      if (database != NULL)
        hash = engram_content_hash (database, NULL, NULL, NULL, &error);
      if (hash != NULL)
        continue;
      g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_DAMAGED);
      n_damaged++;
    }
  g_assert_cmpuint (n_damaged, >=, 2);
}

static void
test_progress_and_cancel (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = backup_make_network (folder, "a.db");
  g_autoptr (EngramDatabase) database = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *hash = NULL;
  BackupProgress progress = { 0 };

  backup_execute (path, "CREATE TABLE large (a); INSERT INTO large WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL"
                        " SELECT i + 1 FROM n WHERE i < 20) SELECT zeroblob(600000) FROM n");
  database = backup_open (path);
  hash = engram_content_hash (database, backup_progress, &progress, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (progress.last, >, 0.5);

  progress = (BackupProgress) { 0, 0.3, cancellable };
  g_assert_null (engram_content_hash (database, backup_progress, &progress, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/content-hash/form", test_form);
  g_test_add_func ("/content-hash/frozen", test_frozen);
  g_test_add_func ("/content-hash/same-content", test_same_content);
  g_test_add_func ("/content-hash/other-content", test_other_content);
  g_test_add_func ("/content-hash/encoding", test_encoding);
  g_test_add_func ("/content-hash/damaged", test_damaged);
  g_test_add_func ("/content-hash/progress-and-cancel", test_progress_and_cancel);
  return g_test_run ();
}
