/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "backups-support.h"

/* Restoring in the dialog of backups: what would change, the restore, its undoing; and what stands in the way. */

static void
add_neuron (BackupsScreen *screen,
            const char    *text)
{
  g_autofree char *id = ui_fixture_add (screen->fixture, text);
}

/* As far as the page that says in figures what would change. */
static void
go_to_figures (BackupsScreen *screen,
               const char    *note)
{
  backups_screen_reopen (screen, FALSE);
  backups_screen_choose (screen, note);
  backups_screen_go_on (screen);
  backups_screen_await (screen, "Restore");
}

static void
select_first (BackupsScreen *screen)
{
  const gint64 row = 1;
  g_autoptr (EngramRowSet) rows = engram_row_set_new (&row, 1);

  engram_selection_set (engram_session_get_selection (screen->session), ENGRAM_RECORD_NEURON, rows);
}

static guint64
count_selected (BackupsScreen *screen)
{
  return engram_row_set_get_size (engram_selection_get (engram_session_get_selection (screen->session),
                                                     ENGRAM_RECORD_NEURON));
}

static void
test_restore_and_undo (void)
{
  BackupsScreen screen;
  g_autofree char *path = NULL;
  g_autoptr (GPtrArray) backups = NULL;

  backups_screen_open (&screen, 10, FALSE);
  path = backups_screen_make (&screen, "mine");
  add_neuron (&screen, "One more");
  add_neuron (&screen, "And another");
  go_to_figures (&screen, "mine");
  assert_shows (screen.dialog, "Added since: 2 · removed since: 0 · changed since: 0");
  assert_shows (screen.dialog, "The undo history ends");
  assert_shows (screen.dialog, "A safety backup of today is made first");

  select_first (&screen);
  g_assert_cmpuint (count_selected (&screen), >, 0);
  backups_screen_go_on (&screen);
  backups_screen_await (&screen, "Restored");
  assert_shows (screen.dialog, "The Network Is Restored");
  assert_shows (screen.dialog, "It holds 10 neurons, 0 synapses now.");
  g_assert_cmpuint (backups_screen_count (&screen), ==, 10);
  /* Rows of before mean others now. */
  g_assert_cmpuint (count_selected (&screen), ==, 0);
  g_assert_null (engram_session_get_undo_label (screen.session));
  backups = backups_screen_list (&screen);
  g_assert_cmpuint (backups->len, ==, 2);
  g_assert_cmpint (((const EngramBackup *) backups->pdata[0])->reason, ==, ENGRAM_BACKUP_REASON_BEFORE_RESTORE);
  assert_shows (screen.dialog, ((const EngramBackup *) backups->pdata[0])->path);

  backups_screen_click (&screen, "_Undo the Restore");
  backups_screen_await_text (&screen, "The Restore Is Undone");
  g_assert_cmpuint (backups_screen_count (&screen), ==, 12);
  backups_screen_close (&screen);
}

/* The safety backup goes where the preferences say. */
static void
test_safety_folder (void)
{
  BackupsScreen screen;
  g_autofree char *path = NULL, *folder = NULL, *elsewhere = NULL;
  g_autoptr (GPtrArray) backups = NULL;

  backups_screen_open (&screen, 10, FALSE);
  path = backups_screen_make (&screen, "mine");
  folder = g_path_get_dirname (path);
  elsewhere = g_build_filename (screen.fixture->folder, "elsewhere", NULL);
  g_assert_cmpint (g_rename (folder, elsewhere), ==, 0);
  g_settings_set_string (engram_settings_get (), "backup-folder", elsewhere);
  go_to_figures (&screen, "mine");
  assert_shows (screen.dialog, elsewhere);
  backups_screen_go_on (&screen);
  backups_screen_await (&screen, "Restored");
  backups = engram_backup_list (elsewhere, NULL, NULL);
  g_assert_cmpuint (backups->len, ==, 2);
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
  backups_screen_close (&screen);
}

static void
test_cancel (void)
{
  BackupsScreen screen;
  g_autofree char *path = NULL;
  g_autoptr (GPtrArray) backups = NULL;

  backups_screen_open (&screen, 10, FALSE);
  path = backups_screen_make (&screen, "mine");
  add_neuron (&screen, "One more");
  backups_screen_reopen (&screen, FALSE);
  backups_screen_choose (&screen, "mine");
  backups_screen_go_on (&screen);
  backups_screen_cancel (&screen);
  g_assert_true (backups_screen_is_on (&screen, "Backup"));

  backups_screen_go_on (&screen);
  backups_screen_await (&screen, "Restore");
  backups_screen_go_on (&screen);
  backups_screen_cancel (&screen);
  g_assert_true (backups_screen_is_on (&screen, "Restore"));
  g_assert_cmpuint (backups_screen_count (&screen), ==, 11);
  backups = backups_screen_list (&screen);
  g_assert_cmpuint (backups->len, ==, 1);
  backups_screen_close (&screen);
}

/* Whoever closes it while it compares wants to know nothing any more; a restore goes on. */
static void
test_closed_meanwhile (void)
{
  BackupsScreen screen;
  g_autofree char *path = NULL;
  g_autoptr (EngramJob) job = NULL;

  backups_screen_open (&screen, 10, FALSE);
  path = backups_screen_make (&screen, "mine");
  add_neuron (&screen, "One more");
  go_to_figures (&screen, "mine");
  backups_screen_go_on (&screen);
  job = g_object_ref (engram_dialog_get_job (ENGRAM_DIALOG (screen.dialog)));
  gtk_window_destroy (GTK_WINDOW (screen.dialog));
  wait_until (!engram_job_is_active (job));
  g_assert_cmpint (engram_job_get_state (job), ==, ENGRAM_JOB_DONE);
  g_clear_object (&job);
  g_assert_cmpuint (backups_screen_count (&screen), ==, 10);
  backups_screen_close (&screen);
}

static void
test_damaged_backup (void)
{
  BackupsScreen screen;
  g_autofree char *path = NULL;
  guint64 before;

  backups_screen_open (&screen, 200, FALSE);
  path = backups_screen_make (&screen, "mine");
  add_neuron (&screen, "One more");
  before = backups_screen_count (&screen);
  go_to_figures (&screen, "mine");
  /* Between being looked at and being restored. */
  backups_screen_damage (path);
  backups_screen_go_on (&screen);
  backups_screen_await_job (&screen);
  assert_shows (screen.dialog, "Restoring the Network Did Not Work");
  assert_shows (screen.dialog, "is damaged, and nothing was restored");
  g_assert_cmpuint (backups_screen_count (&screen), ==, before);
  backups_screen_close (&screen);
}

static void
test_other_network (void)
{
  BackupsScreen screen;
  UiFixture *other = ui_fixture_new (3);
  g_autofree char *folder = NULL, *id = NULL;
  EngramBackupOptions options = { .name = "of-other", .note = "the other one" };
  g_autoptr (EngramBackup) backup = NULL;
  g_autoptr (GError) error = NULL;

  backups_screen_open (&screen, 5, FALSE);
  folder = engram_backup_get_default_folder (screen.fixture->path);
  options.folder = folder;
  id = ui_fixture_add (other, "It has an id of its own now");
  add_neuron (&screen, "This one too");
  backup = engram_backup_create (other->database, &options, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  go_to_figures (&screen, "the other one");
  assert_shows (screen.dialog, "It Is Another Network");
  backups_screen_go_on (&screen);
  backups_screen_answer (&screen, "cancel");
  g_assert_cmpuint (backups_screen_count (&screen), ==, 6);
  backups_screen_go_on (&screen);
  backups_screen_answer (&screen, "restore");
  backups_screen_await (&screen, "Restored");
  g_assert_cmpuint (backups_screen_count (&screen), ==, 4);
  backups_screen_close (&screen);
  ui_fixture_free (other);
}

/* A child process keeps the network to itself; it is named. */
static void
test_locked (void)
{
  BackupsScreen screen;
  g_autofree char *path = NULL, *python = g_find_program_in_path ("python3");
  g_autoptr (GSubprocess) holder = NULL;
  g_autoptr (GError) error = NULL;
  const char *program = "import sqlite3, sys\n"
                        "c = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
                        "c.execute('BEGIN IMMEDIATE')\n"
                        "print('ready', flush=True)\n"
                        "sys.stdin.read()\n";
  char byte[6];

  if (python == NULL)
    {
      g_test_skip ("There is no python3");
      return;
    }
  backups_screen_open (&screen, 5, FALSE);
  path = backups_screen_make (&screen, "mine");
  add_neuron (&screen, "One more");
  go_to_figures (&screen, "mine");
  holder = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, python, "-c",
                             program, screen.fixture->path, NULL);
  g_assert_no_error (error);
  g_assert_true (g_input_stream_read_all (g_subprocess_get_stdout_pipe (holder), byte, sizeof byte, NULL, NULL, NULL));
  backups_screen_go_on (&screen);
  backups_screen_await_job (&screen);
  assert_shows (screen.dialog, "is in use by python3 (process");
  g_assert_true (g_output_stream_close (g_subprocess_get_stdin_pipe (holder), NULL, NULL));
  g_assert_true (g_subprocess_wait (holder, NULL, NULL));

  backups_screen_click (&screen, "_Try Again");
  backups_screen_await (&screen, "Restored");
  g_assert_cmpuint (backups_screen_count (&screen), ==, 5);
  backups_screen_close (&screen);
}

/* A network that cannot be opened */

static guint n_restored;

static void
note_restored (GtkWindow  *parent,
               const char *path)
{
  g_assert_nonnull (parent);
  n_restored++;
}

/* Puts @broken in the place of a network of which there are two backups, the newer one damaged; NULL: nothing. What is
 * broken was made of the shared one. */
static void
open_unreadable (BackupsScreen *screen,
                 const char    *broken,
                 char         **good)
{
  g_autofree char *newer = NULL;

  n_restored = 0;
  if (broken == NULL)
    backups_screen_open (screen, 50, FALSE);
  else
    g_assert_true (backups_screen_open_shared (screen, "original/network.db"));
  *good = backups_screen_make (screen, "good");
  newer = backups_screen_make (screen, "bad");
  backups_screen_damage (newer);
  backups_screen_break (screen, broken);
  screen->dialog = engram_backups_dialog_present_unreadable (screen->parent, screen->fixture->path, note_restored);
}

static void
restore_unreadable (const char *broken)
{
  BackupsScreen screen;
  g_autofree char *good = NULL;
  g_autoptr (EngramDatabase) database = NULL;
  g_autoptr (GError) error = NULL;

  open_unreadable (&screen, broken, &good);
  backups_screen_await_text (&screen, "The Newest Good Backup");
  backups_screen_click (&screen, "_Restore");
  backups_screen_await_text (&screen, "The Network Is Restored");
  g_assert_cmpuint (n_restored, ==, 1);
  if (broken != NULL)
    assert_shows (screen.dialog, "The damaged file was moved to");
  assert_shows (screen.dialog, broken != NULL ? "It holds 240 neurons, 900 synapses now."
                                              : "It holds 50 neurons, 0 synapses now.");
  database = engram_database_open (screen.fixture->path, NULL, &error);
  g_assert_no_error (error);
  g_clear_object (&database);
  backups_screen_close (&screen);
}

static void
test_unreadable (gconstpointer name)
{
  g_autofree char *path = name != NULL ? test_shared_data (name) : NULL;

  if (name == NULL || path != NULL)
    restore_unreadable (path);
}

/* It can be opened, and then what is read of it is damaged: no safety backup can be made. */
static void
test_damaged_network (gconstpointer name)
{
  g_autofree char *broken = test_shared_data (name);
  BackupsScreen screen;
  g_autofree char *path = NULL, *before = NULL, *after = NULL;

  if (broken == NULL || !backups_screen_open_shared (&screen, "original/network.db"))
    return;
  path = backups_screen_make (&screen, "mine");
  backups_screen_break (&screen, broken);
  before = test_hash_file (screen.fixture->path);
  backups_screen_open_again (&screen);
  backups_screen_choose (&screen, "mine");
  backups_screen_go_on (&screen);
  backups_screen_await (&screen, "Damaged Network");
  assert_shows (screen.dialog, "The Network Itself Is Damaged");
  assert_shows (screen.dialog, screen.fixture->path);
  widget_test_assert_names (screen.dialog);
  after = test_hash_file (screen.fixture->path);
  g_assert_cmpstr (after, ==, before);
  backups_screen_close (&screen);
}

static void
test_unreadable_by_hand (void)
{
  BackupsScreen screen;
  g_autofree char *good = NULL;

  open_unreadable (&screen, NULL, &good);
  backups_screen_cancel (&screen);
  assert_shows (screen.dialog, "has been looked for to the end");
  backups_screen_click (&screen, "_Look Again");
  backups_screen_await_text (&screen, "The Newest Good Backup");
  backups_screen_click (&screen, "_Show All Backups");
  backups_screen_await (&screen, "Backups");
  backups_screen_choose (&screen, "good");
  backups_screen_go_on (&screen);
  backups_screen_await_text (&screen, "The Network Is Restored");
  g_assert_cmpuint (n_restored, ==, 1);
  backups_screen_close (&screen);
}

static void
test_unreadable_without (void)
{
  BackupsScreen screen;
  g_autofree char *good = NULL;

  open_unreadable (&screen, NULL, &good);
  backups_screen_await_text (&screen, "The Newest Good Backup");
  backups_screen_damage (good);
  gtk_window_destroy (GTK_WINDOW (screen.dialog));
  screen.dialog = engram_backups_dialog_present_unreadable (screen.parent, screen.fixture->path, note_restored);
  backups_screen_await_text (&screen, "No Good Backup Was Found");
  widget_test_assert_names (screen.dialog);
  g_assert_cmpuint (n_restored, ==, 0);
  backups_screen_close (&screen);
}

int
main (int    argc,
      char **argv)
{
  widget_test_init (&argc, &argv);
  g_test_add_func ("/backups-restore/restore-and-undo", test_restore_and_undo);
  g_test_add_func ("/backups-restore/safety-folder", test_safety_folder);
  g_test_add_func ("/backups-restore/cancel", test_cancel);
  g_test_add_func ("/backups-restore/closed-meanwhile", test_closed_meanwhile);
  g_test_add_func ("/backups-restore/damaged-backup", test_damaged_backup);
  g_test_add_func ("/backups-restore/other-network", test_other_network);
  g_test_add_func ("/backups-restore/locked", test_locked);
  g_test_add_data_func ("/backups-restore/unreadable/gone", NULL, test_unreadable);
  g_test_add_data_func ("/backups-restore/unreadable/truncated", "damaged/truncated.db", test_unreadable);
  g_test_add_data_func ("/backups-restore/unreadable/page-zeroed", "damaged/page-zeroed.db", test_unreadable);
  g_test_add_data_func ("/backups-restore/unreadable/bytes-flipped", "damaged/bytes-flipped.db", test_unreadable);
  g_test_add_data_func ("/backups-restore/unreadable/header-broken", "damaged/header-broken.db", test_unreadable);
  g_test_add_data_func ("/backups-restore/unreadable/empty", "damaged/empty-file.db", test_unreadable);
  g_test_add_data_func ("/backups-restore/damaged-network/page-zeroed", "damaged/page-zeroed.db", test_damaged_network);
  g_test_add_data_func ("/backups-restore/damaged-network/bytes-flipped", "damaged/bytes-flipped.db",
                        test_damaged_network);
  g_test_add_func ("/backups-restore/unreadable/by-hand", test_unreadable_by_hand);
  g_test_add_func ("/backups-restore/unreadable/without", test_unreadable_without);
  return g_test_run ();
}
