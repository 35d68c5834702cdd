/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include "prune-screen.h"

/* Pruning */

static void
await_end (PruneScreen *screen)
{
  wait_until (screen->job != NULL && !engram_job_is_active (screen->job));
}

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) files = g_dir_open (folder, 0, NULL);
  guint n_files = 0;

  while (files != NULL && g_dir_read_name (files) != NULL)
    n_files++;
  return n_files;
}

static void
test_prune_with_backup (void)
{
  PruneScreen screen;
  g_autofree char *folder = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GPtrArray) backups = NULL;
  g_autoptr (GError) error = NULL;
  EngramBackupStatus status;

  prune_screen_open (&screen);
  before = prune_screen_hash (&screen);
  g_assert_true (gtk_switch_get_active (prune_screen_find_switch (screen.dialog, "Backup first")));
  prune_screen_click (&screen, "_Prune");
  await_end (&screen);
  g_assert_cmpint (engram_job_get_state (screen.job), ==, ENGRAM_JOB_DONE);
  g_assert_cmpstr (engram_job_get_outcome (screen.job), ==, "Prune 4 synapses");
  g_assert_cmpstr (engram_session_get_undo_label (screen.session), ==, "Prune 4 synapses");
  g_assert_cmpuint (prune_screen_count_synapses (&screen), ==, G_N_ELEMENTS (weights) - 4);

  folder = prune_screen_get_backups (&screen);
  backups = engram_backup_list (folder, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (backups->len, ==, 1);
  path = g_strdup (((EngramBackup *) backups->pdata[0])->path);
  g_assert_cmpint (((EngramBackup *) backups->pdata[0])->reason, ==, ENGRAM_BACKUP_REASON_BEFORE_PRUNE);
  engram_backup_verify (path, &status, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, ENGRAM_BACKUP_GOOD);

  wait_until (prune_screen_shows (&screen, "4 Synapses Pruned"));
  assert_shows (screen.dialog, "6 synapses stay.");
  assert_shows (screen.dialog, path);

  /* One step brings all back; the figures are those of today again. */
  prune_screen_click (&screen, "_Undo");
  wait_until (prune_screen_count_synapses (&screen) == G_N_ELEMENTS (weights));
  after = prune_screen_hash (&screen);
  g_assert_cmpstr (after, ==, before);
  wait_until (prune_screen_shows (&screen, "of 10 synapses") && prune_screen_can_prune (&screen));
  prune_screen_assert_figures (&screen, 0.01);
  prune_screen_close (&screen);
}

static void
test_prune_without_backup (void)
{
  PruneScreen screen;
  g_autofree char *folder = NULL;

  prune_screen_open (&screen);
  gtk_switch_set_active (prune_screen_find_switch (screen.dialog, "Backup first"), FALSE);
  engram_threshold_view_set_threshold (screen.view, 0.3);
  prune_screen_click (&screen, "_Prune");
  await_end (&screen);
  wait_until (prune_screen_shows (&screen, "7 Synapses Pruned"));
  assert_shows (screen.dialog, "No backup was made.");
  g_assert_cmpuint (prune_screen_count_synapses (&screen), ==, 3);
  folder = prune_screen_get_backups (&screen);
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
  prune_screen_close (&screen);
}

/* The dialog is closed, and what was begun is done. */
static void
test_closed_meanwhile (void)
{
  PruneScreen screen;

  prune_screen_open (&screen);
  prune_screen_click (&screen, "_Prune");
  gtk_window_destroy (GTK_WINDOW (screen.dialog));
  await_end (&screen);
  g_assert_cmpint (engram_job_get_state (screen.job), ==, ENGRAM_JOB_DONE);
  g_assert_cmpuint (prune_screen_count_synapses (&screen), ==, G_N_ELEMENTS (weights) - 4);
  prune_screen_close (&screen);
}

/* Other programs */

static void
hold (PruneScreen *screen)
{
  g_autofree char *script = g_test_build_filename (G_TEST_DIST, "faults", "lock-holder.py", NULL);
  g_autoptr (GError) error = NULL;
  char ready[6];

  screen->holder = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                                     "python3", script, "immediate", screen->fixture->path, NULL);
  g_assert_no_error (error);
  g_input_stream_read_all (g_subprocess_get_stdout_pipe (screen->holder), ready, sizeof ready, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (ready, sizeof ready, "ready\n", 6);
}

static void
release (PruneScreen *screen)
{
  g_subprocess_force_exit (screen->holder);
  g_subprocess_wait (screen->holder, NULL, NULL);
  g_clear_object (&screen->holder);
}

/* Whether there is a backup that is complete. */
static gboolean
has_backup (const char *folder)
{
  g_autoptr (GDir) files = g_dir_open (folder, 0, NULL);
  const char *name;

  while (files != NULL && (name = g_dir_read_name (files)) != NULL)
    if (g_str_has_suffix (name, ".json") && name[0] != '.')
      return TRUE;
  return FALSE;
}

static gboolean
turn_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* Cancelled while it waits to prune, after the backup: that goes too, since nothing was pruned. */
static void
test_cancel_pruning (void)
{
  PruneScreen screen;
  g_autofree char *folder = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  guint turns;

  prune_screen_open (&screen);
  before = prune_screen_hash (&screen);
  folder = prune_screen_get_backups (&screen);
  gtk_switch_set_active (prune_screen_find_switch (screen.dialog, "Show in the views"), TRUE);
  wait_until (prune_screen_count_selected (&screen) == 4);
  hold (&screen);
  turns = g_timeout_add (10, turn_cb, NULL);
  prune_screen_click (&screen, "_Prune");
  wait_until (has_backup (folder));
  prune_screen_click (&screen, "_Cancel");
  await_end (&screen);
  g_source_remove (turns);
  release (&screen);
  g_assert_cmpint (engram_job_get_state (screen.job), ==, ENGRAM_JOB_CANCELLED);
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
  after = prune_screen_hash (&screen);
  g_assert_cmpstr (after, ==, before);
  g_assert_null (engram_session_get_undo_label (screen.session));
  /* The rehearsal is there again, as it was, and goes on. */
  wait_until (prune_screen_can_prune (&screen));
  prune_screen_assert_figures (&screen, 0.01);
  engram_threshold_view_set_threshold (screen.view, 0.3);
  wait_until (prune_screen_count_selected (&screen) == 7);
  prune_screen_close (&screen);
}

/* Cancelled while the backup is being made. */
static void
test_cancel_backup (void)
{
  const EngramGeneratorOptions options = { .neurons = 4000, .synapses = 20000, .dimension = 128, .seed = 1 };
  PruneScreen screen = { .fixture = ui_fixture_new (1) };
  g_autofree char *folder = NULL;
  g_autofree char *path = g_build_filename (screen.fixture->folder, "large.db", NULL);
  g_autoptr (GError) error = NULL;
  guint turns;

  g_clear_object (&screen.fixture->neurons);
  g_clear_object (&screen.fixture->synapses);
  g_clear_object (&screen.fixture->database);
  engram_generate (path, &options, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  screen.fixture->database = engram_database_open (path, NULL, &error);
  g_assert_no_error (error);
  screen.fixture->synapses = engram_synapse_store_new (screen.fixture->database);
  prune_screen_present (&screen);
  wait_until (prune_screen_can_prune (&screen));
  folder = prune_screen_get_backups (&screen);
  turns = g_timeout_add (1, turn_cb, NULL);
  prune_screen_click (&screen, "_Prune");
  wait_until (count_files (folder) > 0);
  g_assert_false (has_backup (folder));
  engram_job_cancel (screen.job);
  await_end (&screen);
  g_source_remove (turns);
  g_assert_cmpint (engram_job_get_state (screen.job), ==, ENGRAM_JOB_CANCELLED);
  g_assert_cmpuint (count_files (folder), ==, 0);
  g_assert_cmpuint (prune_screen_count_synapses (&screen), ==, 20000);
  wait_until (prune_screen_can_prune (&screen));
  prune_screen_close (&screen);
}

/* Which program holds the network is said; once it has let go, Try Again does what was asked for. */
static void
test_busy (void)
{
  PruneScreen screen;
  g_autofree char *folder = NULL;

  prune_screen_open (&screen);
  folder = prune_screen_get_backups (&screen);
  hold (&screen);
  prune_screen_click (&screen, "_Prune");
  await_end (&screen);
  g_assert_cmpint (engram_job_get_state (screen.job), ==, ENGRAM_JOB_FAILED);
  wait_until (prune_screen_shows (&screen, "Did Not Work"));
  assert_shows (screen.dialog, "network.db");
  assert_shows (screen.dialog, "python3");
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (prune_screen_count_synapses (&screen), ==, G_N_ELEMENTS (weights));
  release (&screen);
  prune_screen_click (&screen, "_Try Again");
  wait_until (prune_screen_shows (&screen, "4 Synapses Pruned"));
  g_assert_true (has_backup (folder));
  prune_screen_close (&screen);
}

/* No folder for the backup: nothing is pruned without it. */
static void
test_no_folder (void)
{
  PruneScreen screen;
  g_autofree char *folder = NULL;
  g_autoptr (GError) error = NULL;

  prune_screen_open (&screen);
  folder = prune_screen_get_backups (&screen);
  g_file_set_contents (folder, "", 0, &error);
  g_assert_no_error (error);
  prune_screen_click (&screen, "_Prune");
  await_end (&screen);
  g_assert_cmpint (engram_job_get_state (screen.job), ==, ENGRAM_JOB_FAILED);
  wait_until (prune_screen_shows (&screen, "Did Not Work"));
  assert_shows (screen.dialog, folder);
  g_assert_cmpuint (prune_screen_count_synapses (&screen), ==, G_N_ELEMENTS (weights));
  prune_screen_click (&screen, "_Back");
  wait_until (prune_screen_can_prune (&screen));
  prune_screen_close (&screen);
}

/* Networks of all kinds */

static void
test_hostile_trigger (void)
{
  PruneScreen screen = { .fixture = ui_fixture_new_shared ("damaged/hostile-trigger.db") };
  guint64 n_before;
  EngramPruneResult expected;

  if (screen.fixture == NULL)
    return;
  n_before = prune_screen_count_synapses (&screen);
  prune_screen_present (&screen);
  wait_until (widget_test_find (screen.dialog, ENGRAM_TYPE_THRESHOLD_VIEW) != NULL);
  screen.view = widget_test_find (screen.dialog, ENGRAM_TYPE_THRESHOLD_VIEW);
  assert_shows (screen.dialog, "“bite”");
  assert_shows (screen.dialog, "will not fire");
  engram_threshold_view_set_threshold (screen.view, 0.4);
  expected = prune_screen_rehearse (&screen, 0.4);
  g_assert_cmpuint (expected.pruned, >, 0);
  prune_screen_click (&screen, "_Prune");
  await_end (&screen);
  g_assert_cmpint (engram_job_get_state (screen.job), ==, ENGRAM_JOB_DONE);
  g_assert_cmpuint (prune_screen_count_synapses (&screen), ==, n_before - expected.pruned);
  prune_screen_close (&screen);
}

/* What may not be written can be rehearsed, and the dialog says why not more. */
static void
test_newer_schema (void)
{
  PruneScreen screen = { .fixture = ui_fixture_new_shared ("damaged/newer-schema.db") };

  if (screen.fixture == NULL)
    return;
  prune_screen_present (&screen);
  wait_until (widget_test_find (screen.dialog, ENGRAM_TYPE_THRESHOLD_VIEW) != NULL);
  screen.view = widget_test_find (screen.dialog, ENGRAM_TYPE_THRESHOLD_VIEW);
  engram_threshold_view_set_threshold (screen.view, 0.4);
  g_assert_cmpuint (prune_screen_rehearse (&screen, 0.4).pruned, >, 0);
  g_assert_false (prune_screen_can_prune (&screen));
  assert_shows (screen.dialog, "A newer program wrote this network");
  prune_screen_close (&screen);
}

static void
test_nothing (void)
{
  PruneScreen screen = { .fixture = ui_fixture_new (3) };

  prune_screen_present (&screen);
  wait_until (prune_screen_shows (&screen, "Nothing to Prune"));
  g_assert_false (prune_screen_can_prune (&screen));
  widget_test_assert_names (screen.dialog);
  prune_screen_close (&screen);
}

int
main (int    argc,
      char **argv)
{
  widget_test_init (&argc, &argv);

  g_test_add_func ("/prune-job/with-backup", test_prune_with_backup);
  g_test_add_func ("/prune-job/without-backup", test_prune_without_backup);
  g_test_add_func ("/prune-job/closed-meanwhile", test_closed_meanwhile);
  g_test_add_func ("/prune-job/cancel-pruning", test_cancel_pruning);
  g_test_add_func ("/prune-job/cancel-backup", test_cancel_backup);
  g_test_add_func ("/prune-job/busy", test_busy);
  g_test_add_func ("/prune-job/no-folder", test_no_folder);
  g_test_add_func ("/prune-job/hostile-trigger", test_hostile_trigger);
  g_test_add_func ("/prune-job/newer-schema", test_newer_schema);
  g_test_add_func ("/prune-job/nothing", test_nothing);
  return g_test_run ();
}
