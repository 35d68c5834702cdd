/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "backups-support.h"
#include "storage/own-disk.h"

/* Making, listing, verifying and deleting backups in their dialog. */

static void
test_it_is_made (void)
{
  BackupsScreen screen;
  g_autoptr (GPtrArray) backups = NULL;
  const EngramBackup *backup;

  backups_screen_open (&screen, 20, TRUE);
  /* Whoever types the note goes on by Enter. */
  g_assert_true (backups_screen_is_on (&screen, "Create a Backup"));
  backups_screen_type (&screen, "before the talk <1>");
  backups_screen_go_on (&screen);
  backups_screen_await (&screen, "Backups");
  assert_shows (screen.dialog, "was made and verified");
  assert_shows (screen.dialog, "before the talk <1>");
  assert_shows (screen.dialog, "By hand");
  assert_shows (screen.dialog, "20 neurons, 0 synapses");
  assert_shows (screen.dialog, "Verified just now");

  backups = backups_screen_list (&screen);
  g_assert_cmpuint (backups->len, ==, 1);
  backup = g_ptr_array_index (backups, 0);
  g_assert_cmpstr (backup->note, ==, "before the talk <1>");
  g_assert_cmpint (backup->reason, ==, ENGRAM_BACKUP_REASON_MANUAL);
  backups_screen_close (&screen);
}

static void
test_making_is_cancelled (void)
{
  BackupsScreen screen;
  g_autoptr (GPtrArray) backups = NULL;

  backups_screen_open (&screen, 20, TRUE);
  backups_screen_go_on (&screen);
  backups_screen_cancel (&screen);
  g_assert_true (backups_screen_is_on (&screen, "Create a Backup"));
  backups = backups_screen_list (&screen);
  g_assert_cmpuint (backups->len, ==, 0);
  backups_screen_close (&screen);
}

/* A folder that was chosen, and whose disk is not there. */
static void
test_folder_is_gone (void)
{
  BackupsScreen screen;
  g_autofree char *gone = NULL;

  backups_screen_open (&screen, 5, FALSE);
  gone = g_build_filename (screen.fixture->folder, "disk", "backups", NULL);
  g_settings_set_string (engram_settings_get (), "backup-folder", gone);
  backups_screen_reopen (&screen, FALSE);
  assert_shows (screen.dialog, "is gone");
  backups_screen_click (&screen, "_Create…");
  assert_shows (screen.dialog, gone);
  backups_screen_go_on (&screen);
  backups_screen_await_job (&screen);
  assert_shows (screen.dialog, "Making a Backup Did Not Work");
  assert_shows (screen.dialog, "Connect the disk");
  g_assert_false (g_file_test (gone, G_FILE_TEST_EXISTS));

  /* It is there again. */
  g_assert_cmpint (g_mkdir_with_parents (gone, 0755), ==, 0);
  backups_screen_click (&screen, "_Try Again");
  backups_screen_await (&screen, "Backups");
  assert_shows (screen.dialog, "was made and verified");
  backups_screen_close (&screen);
}

/* In a process that has such a disk. */
static void
try_full_disk (const char *disk)
{
  BackupsScreen screen;

  backups_screen_open (&screen, 5, FALSE);
  g_settings_set_string (engram_settings_get (), "backup-folder", disk);
  backups_screen_click (&screen, "_Create…");
  backups_screen_go_on (&screen);
  backups_screen_await_job (&screen);
  assert_shows (screen.dialog, "Making a Backup Did Not Work");
  assert_shows (screen.dialog, "Make space on the disk");
  backups_screen_close (&screen);
}

static void
test_full_disk (void)
{
  own_disk_run (try_full_disk, "size=32k");
}

static void
try_read_only_folder (const char *disk)
{
  BackupsScreen screen;

  own_disk_make_read_only (disk);
  backups_screen_open (&screen, 5, FALSE);
  g_settings_set_string (engram_settings_get (), "backup-folder", disk);
  backups_screen_click (&screen, "_Create…");
  backups_screen_go_on (&screen);
  backups_screen_await_job (&screen);
  assert_shows (screen.dialog, "No backup can be written to");
  backups_screen_close (&screen);
}

static void
test_read_only_folder (void)
{
  own_disk_run (try_read_only_folder, "size=16m");
}

static void
test_it_verifies (void)
{
  BackupsScreen screen;
  g_autofree char *first = NULL, *second = NULL;

  backups_screen_open (&screen, 50, FALSE);
  first = backups_screen_make (&screen, "first");
  second = backups_screen_make (&screen, "second");
  backups_screen_damage (first);
  backups_screen_reopen (&screen, FALSE);
  backups_screen_click (&screen, "_Verify All");
  backups_screen_await_text (&screen, "1 backup is good. 1 is damaged");
  assert_shows (screen.dialog, "Damaged: ");

  /* One alone. */
  backups_screen_choose (&screen, "second");
  g_assert_true (backups_screen_is_on (&screen, "Backup"));
  assert_shows (screen.dialog, "Verified just now");
  assert_shows (screen.dialog, second);
  backups_screen_activate_row (&screen, "Verify");
  backups_screen_await_text (&screen, "1 backup is good.");
  backups_screen_close (&screen);
}

static void
test_verifying_is_cancelled (void)
{
  BackupsScreen screen;
  g_autofree char *first = NULL;

  backups_screen_open (&screen, 50, FALSE);
  first = backups_screen_make (&screen, "first");
  backups_screen_reopen (&screen, FALSE);
  backups_screen_click (&screen, "_Verify All");
  backups_screen_cancel (&screen);
  g_assert_true (backups_screen_is_on (&screen, "Backups"));
  backups_screen_close (&screen);
}

static void
test_it_asks_before_deleting (void)
{
  BackupsScreen screen;
  g_autofree char *path = NULL;

  backups_screen_open (&screen, 5, FALSE);
  path = backups_screen_make (&screen, "only");
  backups_screen_reopen (&screen, FALSE);
  backups_screen_choose (&screen, "only");
  backups_screen_activate_row (&screen, "Delete…");
  backups_screen_answer (&screen, "cancel");
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  backups_screen_activate_row (&screen, "Delete…");
  backups_screen_answer (&screen, "delete");
  backups_screen_await (&screen, "Backups");
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  assert_shows (screen.dialog, "1 backup was deleted");
  backups_screen_await_text (&screen, "There is no backup of it in this folder. Create one, or choose another folder.");
  backups_screen_close (&screen);
}

/* What somebody else deletes meanwhile is said, and the list is as it is now. */
static void
test_it_vanishes (void)
{
  BackupsScreen screen;
  g_autofree char *path = NULL;

  backups_screen_open (&screen, 5, FALSE);
  path = backups_screen_make (&screen, "only");
  backups_screen_reopen (&screen, FALSE);
  g_assert_cmpint (g_unlink (path), ==, 0);
  backups_screen_choose (&screen, "only");
  backups_screen_activate_row (&screen, "Verify");
  backups_screen_await_text (&screen, "1 is damaged, incomplete or cannot be read.");
  backups_screen_await_text (&screen, "There is no backup of it in this folder. Create one, or choose another folder.");
  backups_screen_close (&screen);
}

static void
test_it_thins_out (void)
{
  BackupsScreen screen;
  g_autofree char *first = NULL, *second = NULL, *third = NULL;

  backups_screen_open (&screen, 5, FALSE);
  g_settings_set_uint (engram_settings_get (), "backup-keep", 1);
  first = backups_screen_make (&screen, NULL);
  second = backups_screen_make (&screen, "kept");
  third = backups_screen_make (&screen, NULL);
  backups_screen_reopen (&screen, FALSE);
  backups_screen_click (&screen, "_Thin Out…");
  backups_screen_await (&screen, "Thin Out");
  assert_shows (screen.dialog, "1 backup would be deleted for good");
  g_assert_true (g_file_test (first, G_FILE_TEST_EXISTS));
  backups_screen_go_on (&screen);
  backups_screen_await (&screen, "Backups");
  g_assert_false (g_file_test (first, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (second, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (third, G_FILE_TEST_EXISTS));

  backups_screen_click (&screen, "_Thin Out…");
  backups_screen_await_text (&screen, "There is nothing to thin out");
  backups_screen_close (&screen);
}

static void
test_others_are_marked (void)
{
  BackupsScreen screen;
  UiFixture *other = ui_fixture_new (3);
  g_autofree char *folder = NULL;
  EngramBackupOptions options = { .name = "of-other", .note = "the other one" };
  g_autoptr (EngramBackup) backup = NULL;
  g_autoptr (GError) error = NULL;

  backups_screen_open (&screen, 5, FALSE);
  folder = engram_backup_get_default_folder (screen.fixture->path);
  options.folder = folder;
  backup = engram_backup_create (other->database, &options, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  backups_screen_reopen (&screen, FALSE);
  assert_shows (screen.dialog, "Other Networks");
  assert_shows (screen.dialog, other->path);
  backups_screen_choose (&screen, "the other one");
  assert_shows (screen.dialog, "Another network: “");
  backups_screen_close (&screen);
  ui_fixture_free (other);
}

static void
test_controls_have_names (void)
{
  BackupsScreen screen;
  g_autofree char *path = NULL;

  backups_screen_open (&screen, 5, TRUE);
  widget_test_assert_names (screen.dialog);
  path = backups_screen_make (&screen, "one");
  backups_screen_reopen (&screen, FALSE);
  widget_test_assert_names (screen.dialog);
  backups_screen_choose (&screen, "one");
  widget_test_assert_names (screen.dialog);
  backups_screen_close (&screen);
}

/* Asked for again, it comes to the front. */
static void
test_there_is_one (void)
{
  BackupsScreen screen;

  backups_screen_open (&screen, 5, FALSE);
  g_assert_true (engram_backups_dialog_present (screen.parent, screen.session) == screen.dialog);
  backups_screen_close (&screen);
}

int
main (int    argc,
      char **argv)
{
  widget_test_init (&argc, &argv);
  g_test_add_func ("/backups-dialog/made", test_it_is_made);
  g_test_add_func ("/backups-dialog/making-cancelled", test_making_is_cancelled);
  g_test_add_func ("/backups-dialog/folder-gone", test_folder_is_gone);
  g_test_add_func ("/backups-dialog/full-disk", test_full_disk);
  g_test_add_func ("/backups-dialog/read-only-folder", test_read_only_folder);
  g_test_add_func ("/backups-dialog/verifies", test_it_verifies);
  g_test_add_func ("/backups-dialog/verifying-cancelled", test_verifying_is_cancelled);
  g_test_add_func ("/backups-dialog/deleting", test_it_asks_before_deleting);
  g_test_add_func ("/backups-dialog/vanishes", test_it_vanishes);
  g_test_add_func ("/backups-dialog/thins-out", test_it_thins_out);
  g_test_add_func ("/backups-dialog/others", test_others_are_marked);
  g_test_add_func ("/backups-dialog/names", test_controls_have_names);
  g_test_add_func ("/backups-dialog/one", test_there_is_one);
  return g_test_run ();
}
