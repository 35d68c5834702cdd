/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "own-disk.h"
#include "query/engram-text-index-folder-private.h"
#include "text-index-fixture.h"

static void
test_built_before (TextIndexFixture *fixture,
                   gconstpointer     data)
{
  gint64 row = text_index_add (fixture, ENGRAM_NEURON_SOURCE_DATA, "axon");
  g_autoptr (EngramTextIndex) later = NULL;
  guint64 stamp = text_index_get_stamp (fixture);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) rows = NULL;

  text_index_update (fixture);
  later = engram_text_index_new (fixture->store.database, fixture->folder);
  g_assert_false (engram_text_index_is_current (later));
  g_assert_true (engram_text_index_update (later, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  /* Nothing was changed, so what the first has found out holds for it still. */
  g_assert_true (engram_text_index_is_current (fixture->index));
  text_index_assert_finds (fixture, "axon", row);
  rows = engram_text_index_find (later, "axon", stamp, 10, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, 1);
}

/* Another window builds it of a later state of the file, and the first still searches in the earlier one. */
static void
test_changed_by_another (TextIndexFixture *fixture,
                         gconstpointer     data)
{
  g_autoptr (EngramDatabase) database = NULL;
  g_autoptr (EngramTextIndex) other = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) rows = NULL;
  guint64 stamp;

  text_index_add (fixture, ENGRAM_NEURON_SOURCE_DATA, "axon");
  text_index_update (fixture);
  stamp = text_index_get_stamp (fixture);
  g_free (store_fixture_run_sql (&fixture->store, "UPDATE neurons SET source_data='soma'"));

  database = engram_database_open (fixture->store.path, NULL, &error);
  g_assert_no_error (error);
  other = engram_text_index_new (database, fixture->folder);
  g_assert_true (engram_text_index_update (other, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  rows = engram_text_index_find (fixture->index, "axon", stamp, 10, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (rows);
}

/* Documents of rows as they were are not carried for ever. */
static void
test_mostly_dead (TextIndexFixture *fixture,
                  gconstpointer     data)
{
  g_autoptr (GArray) before = NULL;
  g_autoptr (GArray) after = NULL;
  gint64 highest = 0;

  text_index_fill (fixture, 600, "axon");
  text_index_update (fixture);
  for (guint i = 0; i < 2; i++)
    {
      g_free (store_fixture_run_sql (&fixture->store, "UPDATE neurons SET source_data = source_data || '!'"));
      text_index_update (fixture);
    }
  before = text_index_list (fixture);
  for (guint i = 0; i < before->len; i++)
    highest = MAX (highest, g_array_index (before, EngramTextIndexEntry, i).document);
  g_assert_cmpint (highest, ==, 1800);

  text_index_update (fixture);
  after = text_index_list (fixture);
  g_assert_cmpuint (after->len, ==, 600);
  for (guint i = 0; i < after->len; i++)
    g_assert_cmpint (g_array_index (after, EngramTextIndexEntry, i).document, <=, 600);
  g_assert_cmpuint (text_index_assert_complete (fixture, "axon 599!!"), ==, 1);
}

static void
assert_private (const char *path)
{
  struct stat status;

  g_assert_cmpint (lstat (path, &status), ==, 0);
  g_assert_cmphex (status.st_mode & 077, ==, 0);
}

/* Writes over a part of the index, as a disk that rots does. */
static void
damage (TextIndexFixture *fixture,
        long              start,
        gsize             length)
{
  g_autofree char *path = text_index_get_path (fixture);
  FILE *file = g_fopen (path, "r+");

  g_assert_nonnull (file);
  g_assert_cmpint (fseek (file, start, SEEK_SET), ==, 0);
  for (gsize i = 0; i < length; i++)
    g_assert_cmpint (fputc (0xa5, file), ==, 0xa5);
  g_assert_cmpint (fclose (file), ==, 0);
}

static void
test_damaged (TextIndexFixture *fixture,
              gconstpointer     data)
{
  g_autofree char *path = text_index_get_path (fixture);
  guint64 size;

  text_index_fill (fixture, 500, "axon");
  text_index_update (fixture);
  assert_private (path);
  assert_private (fixture->folder);
  size = engram_text_index_get_disk_size (fixture->folder);

  /* The first page, so that it is no database. */
  damage (fixture, 0, 100);
  text_index_assert_cannot_say (fixture, "axon");
  g_assert_false (engram_text_index_is_current (fixture->index));
  text_index_update (fixture);
  g_assert_cmpuint (text_index_assert_complete (fixture, "axon 499"), ==, 1);

  /* All but the first. */
  damage (fixture, 4096, size - 4096);
  text_index_assert_cannot_say (fixture, "axon");
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  text_index_update (fixture);
  damage (fixture, 4096, size - 4096);
  text_index_update (fixture);
  g_assert_cmpuint (text_index_assert_complete (fixture, "axon 499"), ==, 1);
}

/* Damage that is met only when most of the work is done: it begins anew, and what it tells of does not go back. */
static void
test_damaged_within (TextIndexFixture *fixture,
                     gconstpointer     data)
{
  g_autofree char *path = text_index_get_path (fixture);
  StoreFixture other = { .path = path };
  TextIndexWatch whole = { NULL, 0, 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) entries = NULL;

  text_index_fill (fixture, 500, "axon");
  text_index_update (fixture);
  g_free (store_fixture_run_sql (&other, "UPDATE texts_data SET block=x'00' WHERE id IN (1, 10)"));
  g_free (store_fixture_run_sql (&fixture->store, "UPDATE neurons SET source_data='soma' WHERE rowid = 490"));
  g_assert_true (engram_text_index_update (fixture->index, text_index_watch, &whole, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpfloat (whole.reached, ==, 1);
  text_index_assert_finds (fixture, "soma", 490);
  entries = text_index_list (fixture);
  g_assert_cmpint (g_array_index (entries, EngramTextIndexEntry, 489).document, ==, 490);
}

/* An index that cannot be read, and cannot be taken away either because somebody has it open. */
static void
test_damaged_and_in_use (TextIndexFixture *fixture,
                         gconstpointer     data)
{
  g_autofree char *path = text_index_get_path (fixture);
  g_autoptr (GError) error = NULL;
  int lock;

  text_index_fill (fixture, 50, "axon");
  text_index_update (fixture);
  damage (fixture, 0, 100);
  lock = engram_text_index_folder_lock (path, ENGRAM_TEXT_INDEX_READ, NULL, &error);
  g_assert_no_error (error);
  text_index_assert_cannot_say (fixture, "axon");
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_false (engram_text_index_is_current (fixture->index));
  close (lock);
  text_index_update (fixture);
  g_assert_cmpuint (text_index_assert_complete (fixture, "axon 49"), ==, 1);
}

static void
test_other_version (TextIndexFixture *fixture,
                    gconstpointer     data)
{
  /* As if GLib, which folds the letters, had been another. */
  g_autofree char *other_glib = g_strdup_printf ("PRAGMA user_version=%u",
                                                 1000000 + glib_major_version * 1000 + glib_minor_version + 1);
  const char *const changes[] = { "PRAGMA user_version=99", "PRAGMA application_id=1", other_glib };
  g_autofree char *path = text_index_get_path (fixture);

  text_index_fill (fixture, 5, "axon");
  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      StoreFixture other = { .path = path };

      text_index_update (fixture);
      g_free (store_fixture_run_sql (&other, changes[i]));
      text_index_assert_cannot_say (fixture, "axon");
      text_index_update (fixture);
      g_assert_cmpuint (text_index_assert_complete (fixture, "axon 4"), ==, 1);
    }
}

static void
test_no_fts5 (TextIndexFixture *fixture,
              gconstpointer     data)
{
  g_autoptr (GError) error = NULL;

  text_index_fill (fixture, 5, "axon");
  engram_text_index_store_hide_fts5 (TRUE);
  g_assert_false (engram_text_index_update (fixture->index, NULL, NULL, NULL, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, "FTS5"));
  g_assert_cmpuint (engram_text_index_get_disk_size (fixture->folder), ==, 0);
  text_index_assert_cannot_say (fixture, "axon");
  engram_text_index_store_hide_fts5 (FALSE);
  text_index_update (fixture);
}

static void
test_limit (TextIndexFixture *fixture,
            gconstpointer     data)
{
  TextIndexWatch unmoved = { NULL, 0, 0 };
  g_autoptr (GError) error = NULL;
  guint64 size;

  text_index_fill (fixture, 500, "axon");
  text_index_update (fixture);
  size = engram_text_index_get_disk_size (fixture->folder);
  g_assert_cmpuint (size, >, 20000);
  g_assert_true (engram_text_index_clear (fixture->index, NULL));

  engram_text_index_set_limit (size - 1);
  text_index_assert_fails (fixture, ENGRAM_ERROR, ENGRAM_ERROR_NO_SPACE);
  g_assert_cmpuint (engram_text_index_get_disk_size (fixture->folder), ==, 0);
  text_index_assert_cannot_say (fixture, "axon");
  /* It is not tried again in vain. */
  g_assert_false (engram_text_index_update (fixture->index, text_index_watch, &unmoved, NULL, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_NO_SPACE);
  g_assert_cmpfloat (unmoved.reached, ==, 0);
  engram_text_index_set_limit (size);
  text_index_update (fixture);
}

#define N_COPIES 3

/* Copies of a network with an index each, and what limit keeps all but one of these. */
typedef struct {
  EngramDatabase  *databases[N_COPIES];
  EngramTextIndex *indexes[N_COPIES];
  char            *paths[N_COPIES]; /* of the indexes */
  guint64          limit;
} Copies;

static void
copies_update (Copies *self,
               guint   n)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (engram_text_index_update (self->indexes[n], NULL, NULL, NULL, &error) || error != NULL);
  g_assert_no_error (error);
}

static void
copies_make (Copies           *self,
             TextIndexFixture *fixture)
{
  g_autoptr (GError) error = NULL;

  text_index_fill (fixture, 500, "axon");
  /* The last reference: what is in the WAL goes into the file. */
  g_clear_object (&fixture->index);
  store_fixture_close (&fixture->store);
  for (guint i = 0; i < N_COPIES; i++)
    {
      g_autofree char *name = g_strdup_printf ("%s/copy-%u.db", fixture->store.folder, i);

      test_copy_file (fixture->store.path, name);
      self->databases[i] = engram_database_open (name, NULL, &error);
      g_assert_no_error (error);
      self->indexes[i] = engram_text_index_new (self->databases[i], fixture->folder);
      self->paths[i] = engram_text_index_folder_make_path (fixture->folder,
                                                           engram_database_get_path (self->databases[i]));
      copies_update (self, i);
    }
  self->limit = engram_text_index_get_disk_size (fixture->folder) - 1;
}

/* As if the first were the one that was not used longest. */
static void
copies_set_times (Copies *self)
{
  for (guint i = 0; i < N_COPIES; i++)
    {
      struct timespec times[2] = { { 1000 + i, 0 }, { 1000 + i, 0 } };

      g_assert_cmpint (utimensat (AT_FDCWD, self->paths[i], times, 0), ==, 0);
    }
}

static GArray *
copies_find (Copies *self,
             guint   n)
{
  g_autoptr (GError) error = NULL;
  guint64 stamp;
  GArray *rows;

  g_assert_true (engram_database_get_change_stamp (self->databases[n], &stamp, NULL, &error));
  g_assert_no_error (error);
  rows = engram_text_index_find (self->indexes[n], "axon", stamp, G_MAXSIZE, NULL, &error);
  g_assert_no_error (error);
  return rows;
}

static void
copies_clear (Copies *self)
{
  for (guint i = 0; i < N_COPIES; i++)
    {
      g_clear_object (&self->indexes[i]);
      g_clear_object (&self->databases[i]);
      g_clear_pointer (&self->paths[i], g_free);
    }
}

/* Where all indexes together are too large, that goes which was not used longest, but never one that is in use. */
static void
test_least_recently_used (TextIndexFixture *fixture,
                          gconstpointer     data)
{
  Copies copies = { { NULL } };
  g_autoptr (GArray) rows = NULL;
  g_autoptr (GError) error = NULL;
  int lock;

  copies_make (&copies, fixture);
  copies_set_times (&copies);
  engram_text_index_set_limit (copies.limit);
  copies_update (&copies, 2);
  g_assert_false (engram_text_index_is_current (copies.indexes[0]));
  g_assert_true (engram_text_index_is_current (copies.indexes[1]));
  g_assert_true (engram_text_index_is_current (copies.indexes[2]));

  engram_text_index_set_limit (TEXT_INDEX_NO_LIMIT);
  copies_update (&copies, 0);
  copies_set_times (&copies);
  rows = copies_find (&copies, 0);
  g_assert_nonnull (rows);
  engram_text_index_set_limit (copies.limit);
  copies_update (&copies, 2);
  g_assert_true (engram_text_index_is_current (copies.indexes[0]));
  g_assert_false (engram_text_index_is_current (copies.indexes[1]));

  engram_text_index_set_limit (TEXT_INDEX_NO_LIMIT);
  copies_update (&copies, 1);
  copies_set_times (&copies);
  lock = engram_text_index_folder_lock (copies.paths[0], ENGRAM_TEXT_INDEX_READ, NULL, &error);
  g_assert_no_error (error);
  engram_text_index_set_limit (copies.limit);
  copies_update (&copies, 2);
  close (lock);
  g_assert_true (engram_text_index_is_current (copies.indexes[0]));
  g_assert_false (engram_text_index_is_current (copies.indexes[1]));
  copies_clear (&copies);
}

static void
test_cleared (TextIndexFixture *fixture,
              gconstpointer     data)
{
  g_autofree char *other = g_build_filename (fixture->folder, "not-an-index.db", NULL);
  Copies copies = { { NULL } };
  g_autoptr (GArray) rows = NULL;
  g_autoptr (GError) error = NULL;
  guint64 size;

  copies_make (&copies, fixture);
  g_assert_true (g_file_set_contents (other, "x", 1, NULL));
  size = engram_text_index_get_disk_size (fixture->folder);
  g_assert_true (engram_text_index_clear (copies.indexes[0], &error));
  g_assert_no_error (error);
  g_assert_false (engram_text_index_is_current (copies.indexes[0]));
  g_assert_true (engram_text_index_is_current (copies.indexes[1]));
  g_assert_cmpuint (engram_text_index_get_disk_size (fixture->folder), ==, size / N_COPIES * 2);

  g_assert_true (engram_text_index_clear_all (fixture->folder, &error));
  g_assert_no_error (error);
  g_assert_false (engram_text_index_is_current (copies.indexes[1]));
  g_assert_null (copies_find (&copies, 1));
  g_assert_cmpuint (engram_text_index_get_disk_size (fixture->folder), ==, 0);
  g_assert_true (g_file_test (other, G_FILE_TEST_EXISTS));

  copies_update (&copies, 1);
  rows = copies_find (&copies, 1);
  g_assert_cmpuint (rows->len, ==, 500);
  copies_clear (&copies);
}

/* While another window or program is at the index, nothing waits for long and nothing is wrong. */
static void
test_in_use (TextIndexFixture *fixture,
             gconstpointer     data)
{
  g_autofree char *path = text_index_get_path (fixture);
  g_autoptr (GError) error = NULL;
  int lock;

  text_index_fill (fixture, 10, "axon");
  text_index_update (fixture);
  lock = engram_text_index_folder_lock (path, ENGRAM_TEXT_INDEX_WRITE, NULL, &error);
  g_assert_no_error (error);
  text_index_assert_cannot_say (fixture, "axon");
  g_assert_false (engram_text_index_update (fixture->index, NULL, NULL, NULL, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_BUSY);
  g_clear_error (&error);
  g_assert_false (engram_text_index_clear_all (fixture->folder, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_BUSY);
  g_clear_error (&error);
  close (lock);

  lock = engram_text_index_folder_lock (path, ENGRAM_TEXT_INDEX_READ, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (text_index_assert_complete (fixture, "axon 9"), ==, 1);
  close (lock);
}

typedef struct {
  TextIndexFixture *fixture;
  int      is_over; /* atomic */
  guint    n_answers;
} Seeker;

static gpointer
seek (gpointer data)
{
  Seeker *self = data;

  while (!g_atomic_int_get (&self->is_over))
    {
      g_autoptr (GArray) rows = text_index_find (self->fixture, "axon");

      if (rows != NULL)
        g_assert_cmpuint (rows->len, ==, 2000);
      self->n_answers += rows != NULL;
    }
  return NULL;
}

static void
test_threads (TextIndexFixture *fixture,
              gconstpointer     data)
{
  Seeker seekers[3] = { { fixture } };
  GThread *threads[G_N_ELEMENTS (seekers)];

  text_index_fill (fixture, 2000, "axon");
  text_index_update (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (seekers); i++)
    {
      seekers[i].fixture = fixture;
      threads[i] = g_thread_new ("seek", seek, &seekers[i]);
    }
  for (guint i = 0; i < 20; i++)
    {
      g_free (store_fixture_run_sql (&fixture->store, "UPDATE neurons SET source_data = source_data || '.'"
                                                      " WHERE rowid % 7 = 0"));
      text_index_update (fixture);
    }
  for (guint i = 0; i < G_N_ELEMENTS (seekers); i++)
    {
      g_atomic_int_set (&seekers[i].is_over, TRUE);
      g_thread_join (threads[i]);
    }
  g_assert_cmpuint (text_index_assert_complete (fixture, "...................."), ==, 285);
}

/* What cannot be written says so, and nothing else happens. */
static void
test_no_folder (TextIndexFixture *fixture,
                gconstpointer     data)
{
  g_autofree char *parent = g_path_get_dirname (fixture->folder);

  g_assert_true (g_file_set_contents (parent, "no folder", -1, NULL));
  text_index_fill (fixture, 3, "axon");
  text_index_assert_fails (fixture, ENGRAM_ERROR, ENGRAM_ERROR_FAILED);
  text_index_assert_cannot_say (fixture, "axon");
}

/* More text than a disk of 1 MiB holds the index of. */
static void
fill_disk (const char *folder)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  g_autoptr (GError) error = NULL;
  TextIndexFixture fixture = { .folder = g_build_filename (folder, "cache", NULL) };

  store_fixture_set_up (&fixture.store, NULL);
  for (guint i = 0; i < 200; i++)
    {
      g_autoptr (GString) letters = g_string_new (NULL);

      for (guint j = 0; j < 3000; j++)
        g_string_append_unichar (letters, g_rand_int_range (random, 0x4e00, 0x9fff));
      text_index_add (&fixture, ENGRAM_NEURON_SOURCE_DATA, letters->str);
    }
  fixture.index = engram_text_index_new (fixture.store.database, fixture.folder);
  text_index_assert_fails (&fixture, ENGRAM_ERROR, ENGRAM_ERROR_NO_SPACE);
  g_assert_cmpuint (engram_text_index_get_disk_size (fixture.folder), ==, 0);

  /* Once there is room enough, it is built. */
  g_free (store_fixture_run_sql (&fixture.store, "DELETE FROM neurons WHERE rowid > 10"));
  text_index_update (&fixture);
  own_disk_make_read_only (folder);
  text_index_assert_cannot_say (&fixture, "axon");
  g_assert_false (engram_text_index_update (fixture.index, NULL, NULL, NULL, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_READ_ONLY);
  text_index_tear_down (&fixture, NULL);
}

static void
test_full_disk (void)
{
  own_disk_run (fill_disk, "size=1m");
}

#define ADD(path, function) \
  g_test_add ("/text-index-file/" path, TextIndexFixture, NULL, text_index_set_up, function, text_index_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("built-before", test_built_before);
  ADD ("changed-by-another", test_changed_by_another);
  ADD ("mostly-dead", test_mostly_dead);
  ADD ("damaged", test_damaged);
  ADD ("damaged-within", test_damaged_within);
  ADD ("damaged-and-in-use", test_damaged_and_in_use);
  ADD ("other-version", test_other_version);
  ADD ("no-fts5", test_no_fts5);
  ADD ("limit", test_limit);
  ADD ("least-recently-used", test_least_recently_used);
  ADD ("cleared", test_cleared);
  ADD ("in-use", test_in_use);
  ADD ("threads", test_threads);
  ADD ("no-folder", test_no_folder);
  g_test_add_func ("/text-index-file/full-disk", test_full_disk);

  return g_test_run ();
}
