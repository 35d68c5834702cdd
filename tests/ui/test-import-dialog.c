/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "dialogs/engram-job-page.h"
#include "import-screen.h"
#include "storage/own-disk.h"

/* Importing what was found. */

static char *
dup_text (DialogScreen *screen,
          guint         number)
{
  g_autofree char *id = g_strdup_printf ("a000000%u-0000-4000-8000-000000000000", number);
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramNeuron) neuron = engram_neuron_store_get (screen->fixture->neurons, id, NULL, &error);

  g_assert_no_error (error);
  return g_strdup (neuron->source_data);
}

static void
test_import_and_undo (void)
{
  DialogScreen screen;

  import_screen_open (&screen);
  g_assert_false (dialog_screen_can_click (&screen, "C_heck"));
  import_screen_add (&screen, "synapse.json", A_SYNAPSE);
  import_screen_add (&screen, "neurons.json", TWO_NEURONS);
  assert_shows (screen.dialog, "neurons.json");
  import_screen_check (&screen);

  import_screen_assert_page (&screen, "check");
  assert_shows (screen.dialog, "Ready to Import");
  assert_shows (screen.dialog, "2 neurons, 1 synapse");
  assert_shows (screen.dialog, "2 documents have no checksum");
  assert_shows (screen.dialog, "All documents");
  assert_shows (screen.dialog, "are free");
  g_assert_cmpuint (dialog_screen_count (&screen, ENGRAM_RECORD_NEURON), ==, 3);

  import_screen_import (&screen);
  import_screen_assert_page (&screen, "done");
  assert_shows (screen.dialog, "2 neurons imported");
  assert_shows (screen.dialog, "Synapses: 1 added, 0 replaced, 0 kept");
  g_assert_cmpuint (dialog_screen_count (&screen, ENGRAM_RECORD_NEURON), ==, 5);
  g_assert_cmpuint (screen.told->len, ==, 1);
  g_assert_cmpstr (screen.told->pdata[0], ==, "2 neurons imported");

  wait_until (dialog_screen_can_click (&screen, "_Undo"));
  dialog_screen_click (&screen, "_Undo");
  wait_until (screen.told->len == 2);
  g_assert_cmpuint (dialog_screen_count (&screen, ENGRAM_RECORD_NEURON), ==, 3);
  import_screen_assert_page (&screen, "files");
  dialog_screen_close (&screen);
}

static void
open_conflict (DialogScreen *screen)
{
  import_screen_open (screen);
  import_screen_add (screen, "neurons.json", TWO_NEURONS);
  import_screen_check (screen);
  import_screen_import (screen);
  gtk_window_destroy (GTK_WINDOW (screen->dialog));
  import_screen_present (screen);
  import_screen_add (screen, "other.json", OTHER_NEURON);
  import_screen_check (screen);
  assert_shows (screen->dialog, "Conflicts to Be Decided");
  assert_shows (screen->dialog, "the network has it with another content: source_data");
  g_assert_false (dialog_screen_can_click (screen, "_Import"));
}

static void
test_conflict_kept (void)
{
  g_autofree char *text = NULL;
  DialogScreen screen;

  open_conflict (&screen);
  import_screen_choose_policy (&screen, ENGRAM_IMPORT_CONFLICT_SKIP);
  import_screen_import (&screen);
  assert_shows (screen.dialog, "1 neuron imported");
  assert_shows (screen.dialog, "Neurons: 1 added, 0 replaced, 1 kept");
  text = dup_text (&screen, 2);
  g_assert_cmpstr (text, ==, "two");
  dialog_screen_close (&screen);
}

static void
test_conflict_replaced (void)
{
  g_autofree char *text = NULL;
  DialogScreen screen;

  open_conflict (&screen);
  import_screen_choose_policy (&screen, ENGRAM_IMPORT_CONFLICT_REPLACE);
  import_screen_import (&screen);
  assert_shows (screen.dialog, "2 neurons imported");
  text = dup_text (&screen, 2);
  g_assert_cmpstr (text, ==, "changed");
  dialog_screen_close (&screen);
}

/* Another program was quicker than the import: nothing is imported, and the documents can be checked again. */
static void
test_conflict_that_comes_meanwhile (void)
{
  DialogScreen screen;
  g_autoptr (EngramNeuron) neuron = engram_neuron_new ("knowledge");
  g_autoptr (GError) error = NULL;

  import_screen_open (&screen);
  import_screen_add (&screen, "neurons.json", TWO_NEURONS);
  import_screen_check (&screen);
  engram_neuron_set_text (neuron, ENGRAM_NEURON_ID, "a0000002-0000-4000-8000-000000000000");
  engram_neuron_store_create (screen.fixture->neurons, neuron, NULL, &error);
  g_assert_no_error (error);
  import_screen_import (&screen);
  import_screen_assert_failure (&screen, "other content");
  g_assert_cmpuint (dialog_screen_count (&screen, ENGRAM_RECORD_NEURON), ==, 4);
  g_assert_cmpuint (screen.n_failed, ==, 0);

  dialog_screen_click (&screen, "_Try Again");
  dialog_screen_await_job (&screen);
  assert_shows (screen.dialog, "Conflicts to Be Decided");
  dialog_screen_close (&screen);
}

static void
test_cancelled_import (void)
{
  DialogScreen screen;

  import_screen_open (&screen);
  import_screen_add_many (&screen);
  import_screen_check (&screen);
  dialog_screen_click (&screen, "_Import");
  engram_job_cancel (engram_dialog_get_job (screen.dialog));
  dialog_screen_await_job (&screen);
  import_screen_assert_page (&screen, "check");
  g_assert_cmpuint (dialog_screen_count (&screen, ENGRAM_RECORD_NEURON), ==, 3);
  g_assert_true (dialog_screen_can_click (&screen, "_Import"));
  dialog_screen_close (&screen);
}

/* A write that holds up all others. */
static GMutex gate;

static gboolean
wait_at_gate (EngramJob       *job,
              EngramDatabase  *database,
              EngramHistory   *history,
              gpointer         data,
              GCancellable    *cancellable,
              GError         **error)
{
  g_mutex_lock (&gate);
  g_mutex_unlock (&gate);
  return TRUE;
}

/* An import that waits for its turn says so, and is given up with the button. */
static void
test_cancelled_while_it_waits (void)
{
  DialogScreen screen;
  g_autoptr (EngramJob) other = NULL;
  GtkWidget *cancel;

  import_screen_open (&screen);
  import_screen_add (&screen, "neurons.json", TWO_NEURONS);
  import_screen_check (&screen);
  g_mutex_lock (&gate);
  other = engram_session_write (screen.session, "Something Else", wait_at_gate, NULL, NULL, ENGRAM_WRITE_NONE);
  dialog_screen_click (&screen, "_Import");
  wait_until (widget_test_find (screen.dialog, ENGRAM_TYPE_JOB_PAGE) != NULL);
  widget_test_draw (GTK_WIDGET (screen.dialog));
  assert_shows (screen.dialog, "Something Else");
  cancel = dialog_find_button (widget_test_find (screen.dialog, ENGRAM_TYPE_JOB_PAGE), "_Cancel");
  g_assert_nonnull (cancel);
  g_signal_emit_by_name (cancel, "clicked");
  dialog_screen_await_job (&screen);
  import_screen_assert_page (&screen, "check");
  g_mutex_unlock (&gate);
  wait_until (!engram_job_is_active (other));
  g_clear_object (&other);
  g_assert_cmpuint (dialog_screen_count (&screen, ENGRAM_RECORD_NEURON), ==, 3);
  dialog_screen_close (&screen);
}

/* Nobody wants to know any more what a check would find; an import goes on. */
static void
test_closed_meanwhile (void)
{
  DialogScreen screen;
  g_autoptr (EngramJob) checking = NULL, importing = NULL;

  import_screen_open (&screen);
  import_screen_add_many (&screen);
  dialog_screen_click (&screen, "C_heck");
  checking = g_object_ref (engram_dialog_get_job (screen.dialog));
  gtk_window_close (GTK_WINDOW (screen.dialog));
  wait_until (!engram_job_is_active (checking));
  g_assert_cmpint (engram_job_get_state (checking), ==, ENGRAM_JOB_CANCELLED);

  wait_until (screen.dialog == NULL);
  import_screen_present (&screen);
  import_screen_add (&screen, "neurons.json", TWO_NEURONS);
  import_screen_check (&screen);
  dialog_screen_click (&screen, "_Import");
  importing = g_object_ref (engram_dialog_get_job (screen.dialog));
  gtk_window_close (GTK_WINDOW (screen.dialog));
  wait_until (!engram_job_is_active (importing));
  g_assert_cmpint (engram_job_get_state (importing), ==, ENGRAM_JOB_DONE);
  g_clear_object (&checking);
  g_clear_object (&importing);
  g_assert_cmpuint (dialog_screen_count (&screen, ENGRAM_RECORD_NEURON), ==, 5);
  dialog_screen_close (&screen);
}

/* A network that cannot be written any more since the documents were checked. */
static void
test_unwritable_network (void)
{
  DialogScreen screen;
  g_autofree char *moved = NULL;

  import_screen_open (&screen);
  import_screen_add (&screen, "neurons.json", TWO_NEURONS);
  import_screen_check (&screen);
  moved = g_build_filename (screen.fixture->folder, "moved.db", NULL);
  g_assert_cmpint (g_rename (screen.fixture->path, moved), ==, 0);
  import_screen_import (&screen);
  import_screen_assert_failure (&screen, "network.db");
  g_assert_cmpint (g_rename (moved, screen.fixture->path), ==, 0);
  g_assert_cmpuint (dialog_screen_count (&screen, ENGRAM_RECORD_NEURON), ==, 3);
  dialog_screen_close (&screen);
}

static void
test_backup_first (void)
{
  DialogScreen screen;
  g_autofree char *folder = NULL;
  g_autoptr (GDir) backups = NULL;

  import_screen_open (&screen);
  folder = g_build_filename (screen.fixture->folder, "backups", NULL);
  import_screen_add (&screen, "neurons.json", TWO_NEURONS);
  import_screen_check (&screen);
  gtk_switch_set_active (import_screen_get_control (&screen, "backup"), TRUE);
  import_screen_import (&screen);
  assert_shows (screen.dialog, "The backup of before is “");
  backups = g_dir_open (folder, 0, NULL);
  g_assert_nonnull (backups);
  dialog_screen_close (&screen);

  /* A backup of nothing that was changed goes again. */
  import_screen_open (&screen);
  g_free (folder);
  folder = g_build_filename (screen.fixture->folder, "backups", NULL);
  import_screen_add (&screen, "neurons.json", TWO_NEURONS);
  import_screen_check (&screen);
  gtk_switch_set_active (import_screen_get_control (&screen, "backup"), TRUE);
  import_screen_add (&screen, "neurons.json", BAD_WEIGHT);
  engram_dialog_show_page (screen.dialog, "check");
  import_screen_import (&screen);
  import_screen_assert_failure (&screen, "1.5");
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (dialog_screen_count (&screen, ENGRAM_RECORD_NEURON), ==, 3);
  dialog_screen_close (&screen);
}

/* In a process that has such a disk. */
static void
try_full_disk (const char *disk)
{
  UiFixture *fixture = ui_fixture_new (3);
  g_autofree char *before = NULL, *after = NULL;
  DialogScreen screen;

  ui_fixture_move (fixture, disk, NULL);
  import_screen_open_fixture (&screen, fixture);
  before = dialog_screen_dup_hash (&screen);
  import_screen_add_many (&screen);
  import_screen_check (&screen);
  assert_shows (screen.dialog, "Make space first.");
  import_screen_import (&screen);
  import_screen_assert_failure (&screen, "Make space on the disk");
  after = dialog_screen_dup_hash (&screen);
  g_assert_cmpstr (after, ==, before);
  g_assert_null (engram_session_get_undo_label (screen.session));
  dialog_screen_click (&screen, "_Back");
  import_screen_assert_page (&screen, "check");
  dialog_screen_close (&screen);
}

static void
test_full_disk (void)
{
  own_disk_run (try_full_disk, "size=1m");
}

/* The documents can be looked at, and nothing more. */
static void
try_read_only_folder (const char *disk)
{
  UiFixture *fixture = ui_fixture_new (3);
  DialogScreen screen;

  ui_fixture_move (fixture, disk, own_disk_make_read_only);
  import_screen_open_fixture (&screen, fixture);
  import_screen_add (&screen, "neurons.json", TWO_NEURONS);
  import_screen_check (&screen);
  gtk_switch_set_active (import_screen_get_control (&screen, "backup"), TRUE);
  import_screen_import (&screen);
  import_screen_assert_failure (&screen, "backups”: Read-only file system");
  dialog_screen_click (&screen, "_Back");
  gtk_switch_set_active (import_screen_get_control (&screen, "backup"), FALSE);
  import_screen_import (&screen);
  import_screen_assert_failure (&screen, "network.db” or its folder cannot be written.");
  g_assert_cmpuint (dialog_screen_count (&screen, ENGRAM_RECORD_NEURON), ==, 3);
  dialog_screen_close (&screen);
}

static void
test_read_only_folder (void)
{
  own_disk_run (try_read_only_folder, "size=16m");
}

int
main (int    argc,
      char **argv)
{
  widget_test_init (&argc, &argv);
  g_test_add_func ("/import-dialog/import-and-undo", test_import_and_undo);
  g_test_add_func ("/import-dialog/conflict-kept", test_conflict_kept);
  g_test_add_func ("/import-dialog/conflict-replaced", test_conflict_replaced);
  g_test_add_func ("/import-dialog/conflict-that-comes-meanwhile", test_conflict_that_comes_meanwhile);
  g_test_add_func ("/import-dialog/cancelled-import", test_cancelled_import);
  g_test_add_func ("/import-dialog/cancelled-while-it-waits", test_cancelled_while_it_waits);
  g_test_add_func ("/import-dialog/closed-meanwhile", test_closed_meanwhile);
  g_test_add_func ("/import-dialog/unwritable-network", test_unwritable_network);
  g_test_add_func ("/import-dialog/backup-first", test_backup_first);
  g_test_add_func ("/import-dialog/full-disk", test_full_disk);
  g_test_add_func ("/import-dialog/read-only-folder", test_read_only_folder);
  return g_test_run ();
}
