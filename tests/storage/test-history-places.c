/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "history-fixture.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define ADD(name, function) ADD_HISTORY_TEST ("/history/" name, function)

#define RENAME(letter) "row neurons 3", "sql UPDATE neurons SET source_data='" letter "' WHERE rowid=3"

/* Where a program ends all of a sudden. */
typedef enum {
  BEFORE_PREPARED,
  BEFORE_COMMIT,
  BEFORE_SETTLED,
} End;

/* In a process of its own: changes the network and ends. */
static void
change_and_end (HistoryFixture *fixture,
                End             end)
{
  EngramConnection *writer;
  EngramRecording *recording;

  history_fixture_open (fixture);
  writer = engram_database_begin_write (fixture->database, NULL, NULL);
  recording = engram_history_begin (fixture->history, writer, "late", NULL);
  /* Much enough for the log to have got some of it. */
  if (!engram_history_note_before (recording, "neurons", "WHERE 1", NULL) ||
      !engram_connection_execute (writer, "UPDATE neurons SET source_data='late'", NULL) ||
      (end > BEFORE_PREPARED && !engram_history_prepare (recording, "Late", NULL)) ||
      (end > BEFORE_COMMIT && !engram_database_end_write (fixture->database, writer, TRUE, NULL)))
    _exit (1);
  _exit (0);
}

static void
let_a_program_end (HistoryFixture *fixture,
                   End             end)
{
  pid_t child;
  int status;

  history_fixture_close (fixture);
  child = fork ();
  if (child == 0)
    change_and_end (fixture, end);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);
}

static void
test_interrupted (HistoryFixture *fixture,
                  gconstpointer   data)
{
  static const End ends[] = { BEFORE_PREPARED, BEFORE_COMMIT, BEFORE_SETTLED };

  history_fixture_run_sql (fixture, "UPDATE neurons SET vector=zeroblob(2200000) WHERE rowid<>3");
  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autofree char *before = NULL;
      g_autofree char *after = NULL;
      gint64 n_late;

      CHANGE (fixture, "early", "row neurons 3", "sql UPDATE neurons SET position_x=position_x+1 WHERE rowid=3");
      before = history_fixture_dump (fixture);
      let_a_program_end (fixture, ends[i]);
      history_fixture_open (fixture);
      n_late = history_fixture_get_number (fixture, "SELECT count(*) FROM neurons WHERE source_data='late'");
      if (ends[i] == BEFORE_SETTLED)
        {
          g_assert_cmpint (n_late, ==, 9);
          history_fixture_assert_list (fixture, "late early |");
          history_fixture_undo (fixture);
        }
      after = history_fixture_dump (fixture);
      assert_same_dump (before, after);
      history_fixture_assert_list (fixture, ends[i] == BEFORE_SETTLED ? "early | late" : "early |");
      history_fixture_undo (fixture);
    }
}

/* What an interrupted step has left in the log goes with the next one. */
static void
test_leftovers (HistoryFixture *fixture,
                gconstpointer   data)
{
  g_autofree char *log = NULL;
  g_autoptr (GDir) dir = NULL;
  HistoryFixture of_log = { NULL };

  CHANGE (fixture, "a", RENAME ("a"));
  let_a_program_end (fixture, BEFORE_COMMIT);
  history_fixture_open (fixture);
  history_fixture_assert_list (fixture, "a |");
  CHANGE (fixture, "b", RENAME ("b"));
  history_fixture_assert_list (fixture, "b a |");
  history_fixture_close (fixture);

  dir = g_dir_open (fixture->state, 0, NULL);
  log = g_build_filename (fixture->state, g_dir_read_name (dir), NULL);
  of_log.path = log;
  g_assert_cmpint (history_fixture_get_number (&of_log, "SELECT count(*) FROM steps"), ==, 2);
  g_assert_cmpint (history_fixture_get_number (&of_log, "SELECT count(*) FROM sqlite_schema WHERE name LIKE 'rows%'"),
                   ==, 2);
}

/* Another window, or another program with libengram. */
static HistoryFixture
open_second (HistoryFixture *fixture)
{
  HistoryFixture second = { .path = fixture->path, .state = fixture->state };

  history_fixture_open (&second);
  return second;
}

static void
test_two_windows (HistoryFixture *fixture,
                  gconstpointer   data)
{
  HistoryFixture second = open_second (fixture);

  CHANGE (fixture, "a", RENAME ("a"));
  history_fixture_assert_list (&second, "a |");
  CHANGE (&second, "b", RENAME ("b"));
  history_fixture_assert_list (fixture, "b a |");
  history_fixture_undo (fixture);
  history_fixture_assert_list (&second, "a | b");
  history_fixture_undo (&second);
  history_fixture_assert_list (fixture, "| a b");
  history_fixture_redo (fixture);
  history_fixture_close (&second);
  history_fixture_assert_list (fixture, "a | b");
}

/* Whoever only wants the list need not wait for a change to end. */
static void
test_list_during_change (HistoryFixture *fixture,
                         gconstpointer   data)
{
  HistoryFixture second = open_second (fixture);
  g_autoptr (GError) error = NULL;
  EngramConnection *writer;
  EngramRecording *recording;

  CHANGE (fixture, "a", RENAME ("a"));
  writer = engram_database_begin_write (fixture->database, NULL, &error);
  g_assert_no_error (error);
  recording = engram_history_begin (fixture->history, writer, "b", &error);
  g_assert_no_error (error);
  g_assert_true (engram_history_note_before (recording, "neurons", "WHERE 1", &error));
  g_assert_cmpuint (engram_history_get_noted (recording), ==, 9);
  g_assert_true (engram_connection_execute (writer, "UPDATE neurons SET position_x=5", &error));
  history_fixture_assert_list (fixture, "a |");
  history_fixture_assert_list (&second, "a |");
  g_assert_true (engram_history_prepare (recording, "B", &error));
  history_fixture_assert_list (fixture, "a |");
  history_fixture_assert_list (&second, "a |");
  g_assert_true (engram_database_end_write (fixture->database, writer, TRUE, &error));
  /* It did happen, and the other window is the first to say so. */
  history_fixture_assert_list (&second, "b a |");
  engram_history_end (recording, TRUE);
  history_fixture_assert_list (fixture, "b a |");
  history_fixture_undo (&second);
  history_fixture_assert_list (fixture, "a | b");
  history_fixture_close (&second);
}

/* Nor need a window wait that is opened meanwhile, though there is space that could be given back. */
static void
test_open_during_change (HistoryFixture *fixture,
                         gconstpointer   data)
{
  HistoryFixture second;
  g_autoptr (GError) error = NULL;
  EngramConnection *writer;
  EngramRecording *recording;

  engram_history_set_limits (fixture->history, 1, G_MAXUINT64);
  history_fixture_run_sql (fixture, "UPDATE neurons SET vector=zeroblob(100000) WHERE rowid<>3");
  CHANGE (fixture, "large", "note neurons WHERE 1", "sql UPDATE neurons SET position_x=5");
  CHANGE (fixture, "a", RENAME ("a"));
  writer = engram_database_begin_write (fixture->database, NULL, &error);
  g_assert_no_error (error);
  recording = engram_history_begin (fixture->history, writer, "b", &error);
  g_assert_no_error (error);
  second = open_second (fixture);
  history_fixture_assert_list (&second, "a |");
  engram_database_end_write (fixture->database, writer, FALSE, NULL);
  engram_history_end (recording, FALSE);
  history_fixture_close (&second);
  history_fixture_assert_list (fixture, "a |");
}

/* Two copies have one id, and a history each. */
static void
test_copy (HistoryFixture *fixture,
           gconstpointer   data)
{
  g_autofree char *original = NULL;

  CHANGE (fixture, "a", RENAME ("a"));
  CHANGE (fixture, "b", RENAME ("b"));
  original = g_strdup (fixture->path);
  history_fixture_use (fixture, original);
  history_fixture_assert_list (fixture, "|");
  CHANGE (fixture, "c", RENAME ("c"));
  history_fixture_assert_list (fixture, "c |");

  history_fixture_close (fixture);
  g_free (fixture->path);
  fixture->path = g_steal_pointer (&original);
  history_fixture_open (fixture);
  history_fixture_assert_list (fixture, "b a |");
}

/* Where an older copy was put in the place of the network, the steps since then did not happen to it. */
static void
test_older_copy (HistoryFixture *fixture,
                 gconstpointer   data)
{
  g_autofree char *copy = g_build_filename (fixture->folder, "copy.db", NULL);
  g_autofree char *oldest = g_build_filename (fixture->folder, "oldest.db", NULL);

  CHANGE (fixture, "none", "row neurons 4");
  history_fixture_close (fixture);
  test_copy_file (fixture->path, oldest);
  history_fixture_open (fixture);
  CHANGE (fixture, "a", RENAME ("a"));
  CHANGE (fixture, "b", RENAME ("b"));
  history_fixture_close (fixture);
  test_copy_file (fixture->path, copy);
  history_fixture_open (fixture);
  CHANGE (fixture, "c", RENAME ("c"));
  CHANGE (fixture, "d", RENAME ("d"));
  history_fixture_undo (fixture);
  history_fixture_assert_list (fixture, "c b a | d");
  history_fixture_close (fixture);

  test_copy_file (copy, fixture->path);
  history_fixture_open (fixture);
  history_fixture_assert_list (fixture, "b a |");
  history_fixture_undo (fixture);
  history_fixture_assert_list (fixture, "a | b");
  CHANGE (fixture, "e", RENAME ("e"));
  history_fixture_assert_list (fixture, "e a |");
  history_fixture_close (fixture);

  test_copy_file (oldest, fixture->path);
  history_fixture_open (fixture);
  history_fixture_assert_list (fixture, "|");
  CHANGE (fixture, "f", RENAME ("f"));
  history_fixture_assert_list (fixture, "f |");
}

/* A history is of the network that is in the file now, also where that was exchanged under an open one. */
static void
test_other_network (HistoryFixture *fixture,
                    gconstpointer   data)
{
  g_autoptr (GError) error = NULL;

  CHANGE (fixture, "a", RENAME ("a"));
  history_fixture_run_sql (fixture, "UPDATE engram_network SET value='other' WHERE key='id'");
  history_fixture_assert_list (fixture, "|");
  CHANGE (fixture, "b", RENAME ("b"));
  history_fixture_assert_list (fixture, "b |");
  history_fixture_run_sql (fixture, "UPDATE engram_network SET value='third' WHERE key='id'");
  engram_history_clear (fixture->history, &error);
  g_assert_no_error (error);
  history_fixture_run_sql (fixture, "UPDATE engram_network SET value='other' WHERE key='id'");
  history_fixture_assert_list (fixture, "|");
}

/* Programs without a history write the same way. */
static void
test_no_history (HistoryFixture *fixture,
                 gconstpointer   data)
{
  g_autoptr (EngramHistory) history = g_steal_pointer (&fixture->history);

  CHANGE (fixture, "a", RENAME ("a"), "note synapses WHERE 1", "inserted neurons 3 3");
  fixture->history = g_steal_pointer (&history);
  history_fixture_assert_list (fixture, "|");
  g_assert_cmpint (history_fixture_get_number (fixture, "SELECT source_data='a' FROM neurons WHERE rowid=3"), ==, 1);
}

/* Where nobody says where, it is in the user's state folder. */
/* Whoever deletes a history by hand may forget what lies beside it. */
static void
test_half_deleted (HistoryFixture *fixture,
                   gconstpointer   data)
{
  static const char *const steps[] = { RENAME ("b"), NULL };
  static const char *const suffixes[] = { "-wal", "-shm", "-journal" };
  g_autofree char *name = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GDir) dir = NULL;

  CHANGE (fixture, "first", RENAME ("a"));
  history_fixture_close (fixture);
  dir = g_dir_open (fixture->state, 0, NULL);
  name = g_strdup (g_dir_read_name (dir));
  g_assert_null (g_dir_read_name (dir));
  path = g_build_filename (fixture->state, name, NULL);
  g_assert_cmpint (g_unlink (path), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *left = g_strconcat (path, suffixes[i], NULL);
      g_autofree char *left_name = g_path_get_basename (left);
      g_autoptr (GError) error = NULL;

      g_assert_true (g_file_set_contents (left, "left", -1, NULL));
      history_fixture_open (fixture);
      g_assert_false (history_fixture_try_change (fixture, "second", steps, NULL, &error));
      g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_FAILED);
      g_assert_nonnull (strstr (error->message, left_name));
      g_assert_nonnull (strstr (error->message, "undo history"));
      g_assert_cmpint (history_fixture_get_number (fixture, "SELECT source_data='a' FROM neurons WHERE rowid=3"), ==,
                       1);
      g_assert_cmpint (g_unlink (left), ==, 0);
      history_fixture_close (fixture);
    }
  history_fixture_open (fixture);
  CHANGE (fixture, "second", RENAME ("b"));
  history_fixture_assert_list (fixture, "second |");
}

static void
test_default_folder (HistoryFixture *fixture,
                     gconstpointer   data)
{
  g_autofree char *folder = g_build_filename (g_get_user_state_dir (), "engram", "history", NULL);
  g_autoptr (GError) error = NULL;

  g_clear_object (&fixture->history);
  fixture->history = engram_history_open (fixture->database, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
  CHANGE (fixture, "a", RENAME ("a"));
  g_assert_true (g_file_test (folder, G_FILE_TEST_IS_DIR));
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (TestFolder) folder = test_folder_new ();

  g_setenv ("XDG_STATE_HOME", folder, TRUE);
  g_test_init (&argc, &argv, NULL);
  ADD ("interrupted", test_interrupted);
  ADD ("leftovers", test_leftovers);
  ADD ("two-windows", test_two_windows);
  ADD ("list-during-change", test_list_during_change);
  ADD ("open-during-change", test_open_during_change);
  ADD ("copy", test_copy);
  ADD ("older-copy", test_older_copy);
  ADD ("other-network", test_other_network);
  ADD ("no-history", test_no_history);
  ADD ("half-deleted", test_half_deleted);
  ADD ("default-folder", test_default_folder);
  return g_test_run ();
}
