/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dialogs/backups/engram-backups-dialog.h"
#include "dialogs/comparison/engram-comparison-dialog.h"
#include "dialogs/comparison/engram-difference-browser.h"
#include "dialogs/export/engram-export-dialog.h"
#include "dialogs/import/engram-import-dialog.h"
#include "dialogs/integrity/engram-finding-row.h"
#include "dialogs/integrity/engram-integrity-dialog.h"
#include "dialogs/prune/engram-prune-dialog.h"
#include "phase-support.h"

/* Every job of the dialogs, cancelled in each of its phases. */

/* With vectors, so many that reading all of it takes more than one step; and copying it. */
#define N_NEURONS 400
#define N_NEURONS_TO_COPY 1100

/* What a backup reports, also one before a change; the damaged network is too small to be read in steps. */
#define SMALL_BACKUP "Copying the network", "Reading the backup", "Waiting for SQLite’s checks"
#define BACKUP "Copying the network", "Reading the network", "Reading the backup", "Waiting for SQLite’s checks"

static void
open_network (DialogScreen *screen,
              guint         n_neurons)
{
  const EngramGeneratorOptions options = { .neurons = n_neurons, .synapses = 1600, .dimension = 1024, .seed = 1 };

  dialog_screen_begin (screen, ui_fixture_new_generated (&options));
}

static void
click_main_button (DialogScreen *screen)
{
  GtkWidget *button = gtk_window_get_default_widget (GTK_WINDOW (screen->dialog));

  wait_until (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

/* A dialog that has begun its job by itself. */
static void
cancel_at_once (DialogScreen *screen,
                GType         type)
{
  dialog_screen_take (screen, type);
  engram_job_cancel (engram_dialog_get_job (screen->dialog));
  dialog_screen_await_job (screen);
}

/* Importing */

static const char document[] =
  "{\"neurons\": [{\"id\": \"a0000001-0000-4000-8000-000000000000\", \"type\": \"knowledge\","
  " \"position\": {\"x\": 1.0, \"y\": 2.0, \"z\": 3.0}, \"source_data\": \"one\","
  " \"created_at\": \"2025-11-01T09:00:00\", \"modified_at\": \"2025-11-01T09:00:00\"}]}";

static void
test_import (void)
{
  static const char * const check_phases[] = { "Reading documents", NULL };
  static const char * const import_phases[] = { BACKUP, "Reading documents", "Making indexes", NULL };
  static const PhaseJob checking = { "Checking", "files", click_main_button, check_phases };
  static const PhaseJob importing = { "Importing", "check", click_main_button, import_phases };
  DialogScreen screen;
  g_autofree char *path = NULL;
  const char *paths[] = { NULL, NULL };

  open_network (&screen, N_NEURONS);
  path = g_build_filename (screen.fixture->folder, "one.json", NULL);
  g_assert_true (g_file_set_contents (path, document, -1, NULL));
  paths[0] = path;
  engram_import_dialog_present (screen.parent, screen.session, paths);
  dialog_screen_take (&screen, ENGRAM_TYPE_IMPORT_DIALOG);
  phase_test_cancel_each (&screen, &checking);
  gtk_switch_set_active (dialog_screen_find_switch (&screen, "Backup first"), TRUE);
  phase_test_cancel_each (&screen, &importing);
  assert_shows (screen.dialog, "1 neuron imported");
  dialog_screen_close (&screen);
}

/* Exporting */

static void
export (DialogScreen *screen,
        const char   *name)
{
  g_autofree char *path = g_build_filename (screen->fixture->folder, name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  engram_export_dialog_export (ENGRAM_EXPORT_DIALOG (screen->dialog), file);
}

static void
export_document (DialogScreen *screen)
{
  export (screen, "network.json");
}

static void
export_tables (DialogScreen *screen)
{
  export (screen, "network.csv");
}

static void
cancel_export (const char     *format,
               const PhaseJob *job)
{
  DialogScreen screen;
  EngramRecordModel *model;
  GtkWidget *page;

  open_network (&screen, N_NEURONS);
  model = engram_record_model_new (engram_session_get_searcher (screen.session), ENGRAM_RECORD_NEURON);
  engram_export_dialog_present (screen.parent, screen.session, model, ENGRAM_EXPORT_ALL);
  dialog_screen_take (&screen, ENGRAM_TYPE_EXPORT_DIALOG);
  widget_test_draw (GTK_WIDGET (screen.dialog));
  page = widget_test_find (screen.dialog, ENGRAM_TYPE_EXPORT_PAGE);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (gtk_widget_get_template_child (page, ENGRAM_TYPE_EXPORT_PAGE, format)),
                               TRUE);
  phase_test_cancel_each (&screen, job);
  assert_shows (screen.dialog, "network");
  g_object_unref (model);
  dialog_screen_close (&screen);
}

static void
test_export_document (void)
{
  static const char * const phases[] = { "Writing neurons", "Writing synapses", "Putting the document on disk", NULL };
  static const PhaseJob job = { "Exporting", "choice", export_document, phases };

  cancel_export ("json", &job);
}

static void
test_export_tables (void)
{
  static const char * const phases[] = { "Looking for attributes", "Writing neurons", "Writing synapses",
                                         "Putting the files on disk", NULL };
  static const PhaseJob job = { "Exporting", "choice", export_tables, phases };

  cancel_export ("csv", &job);
}

/* Pruning */

static void
test_prune (void)
{
  static const char * const phases[] = { BACKUP, "Looking for weak synapses", "Noting weak synapses",
                                         "Deleting weak synapses", "Finishing", NULL };
  static const PhaseJob job = { "Pruning", "rehearsal", click_main_button, phases };
  DialogScreen screen;

  open_network (&screen, N_NEURONS);
  engram_prune_dialog_present (screen.parent, screen.session);
  dialog_screen_take (&screen, ENGRAM_TYPE_PRUNE_DIALOG);
  wait_until (dialog_screen_can_click (&screen, "_Prune"));
  phase_test_cancel_each (&screen, &job);
  assert_shows (screen.dialog, "Synapses Pruned");
  dialog_screen_close (&screen);
}

/* Integrity */

static GtkWidget *
find_repair (gpointer widget)
{
  GtkWidget *found = NULL;

  if (ENGRAM_IS_FINDING_ROW (widget) &&
      g_str_equal (engram_finding_get_kind (engram_finding_row_get_finding (widget)), "weight-range"))
    return widget_test_find (widget, GTK_TYPE_CHECK_BUTTON);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_repair (child);
  return found;
}

static void
test_integrity (void)
{
  static const char * const check_phases[] = { "Checking neurons", "Checking synapses", "Checking the file’s pages",
                                               NULL };
  static const char * const preview_phases[] = { "Looking at synapses", NULL };
  static const char * const repair_phases[] = { "Checking neurons", "Checking synapses", SMALL_BACKUP,
                                                "Repairing synapses", NULL };
  static const PhaseJob checking = { "Checking", "start", click_main_button, check_phases };
  static const PhaseJob previewing = { "Looking", "report", click_main_button, preview_phases };
  static const PhaseJob repairing = { "Repairing", "preview", click_main_button, repair_phases };
  UiFixture *fixture = dialog_open_damaged ("weights-out-of-range.db");
  DialogScreen screen;

  if (fixture == NULL)
    return;
  dialog_screen_begin (&screen, fixture);
  engram_integrity_dialog_present (screen.parent, screen.session);
  cancel_at_once (&screen, ENGRAM_TYPE_INTEGRITY_DIALOG);
  phase_test_cancel_each (&screen, &checking);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (find_repair (screen.dialog)), TRUE);
  phase_test_cancel_each (&screen, &previewing);
  phase_test_cancel_each (&screen, &repairing);
  assert_shows (screen.dialog, "Repaired");
  dialog_screen_close (&screen);
}

/* Comparing */

static EngramDifferenceList *
find_differences (DialogScreen *screen)
{
  GtkStackSwitcher *switcher = widget_test_find (screen->dialog, GTK_TYPE_STACK_SWITCHER);

  gtk_stack_set_visible_child_name (gtk_stack_switcher_get_stack (switcher), "differences");
  widget_test_draw (GTK_WIDGET (screen->dialog));
  return engram_difference_browser_get_list (widget_test_find (screen->dialog, ENGRAM_TYPE_DIFFERENCE_BROWSER));
}

/* One neuron is gone since, with its synapses, and another one says something else. */
static void
change (DialogScreen *screen)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) neurons = engram_neuron_store_list (screen->fixture->neurons, 0, 2, NULL, &error);
  const EngramNeuron *gone = neurons->pdata[0], *kept = neurons->pdata[1];
  g_autoptr (EngramNeuron) changed = engram_neuron_store_get (screen->fixture->neurons, kept->id, NULL, NULL);

  engram_neuron_store_delete (screen->fixture->neurons, gone->id, NULL, NULL, &error);
  g_assert_no_error (error);
  engram_neuron_set_text (changed, ENGRAM_NEURON_SOURCE_DATA, "Something else");
  engram_neuron_store_update (screen->fixture->neurons, changed, NULL, &error);
  g_assert_no_error (error);
}

static void
bring_back (DialogScreen *screen)
{
  dialog_screen_click (screen, "_Bring Back 2");
}

static void
test_comparison (void)
{
  static const char * const compare_phases[] = { "Comparing neurons", "Comparing synapses",
                                                 "Looking at the ends of synapses", NULL };
  static const char * const bring_back_phases[] = { "Deleting what was added", "Bringing back neurons",
                                                    "Bringing back synapses", "Deleting what was added", "Finishing",
                                                    NULL };
  static const PhaseJob comparing = { "Comparing", "choose", click_main_button, compare_phases };
  static const PhaseJob bringing_back = { "Bringing", "result", bring_back, bring_back_phases };
  DialogScreen screen;
  g_autofree char *other = NULL;
  g_autoptr (GError) error = NULL;

  open_network (&screen, N_NEURONS);
  other = g_build_filename (screen.fixture->folder, "before.db", NULL);
  engram_database_save_as (screen.fixture->database, other, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  change (&screen);
  engram_comparison_dialog_present (screen.parent, screen.session, other);
  cancel_at_once (&screen, ENGRAM_TYPE_COMPARISON_DIALOG);
  phase_test_cancel_each (&screen, &comparing);
  wait_until (find_differences (&screen) != NULL);
  gtk_selection_model_select_all (GTK_SELECTION_MODEL (find_differences (&screen)));
  phase_test_cancel_each (&screen, &bringing_back);
  dialog_screen_close (&screen);
}

/* Backups */

static void
click_verify (DialogScreen *screen)
{
  dialog_screen_click (screen, "_Verify All");
}

static gboolean
is_reading (DialogScreen *screen)
{
  GtkSpinner *spinner = widget_test_find (screen->dialog, GTK_TYPE_SPINNER);

  return spinner != NULL && gtk_spinner_get_spinning (spinner);
}

static GtkWidget *
find_backup (gpointer widget)
{
  GtkWidget *found = NULL;

  if (gtk_widget_get_mapped (widget) && gtk_widget_has_css_class (widget, "engram-backup-row"))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_backup (child);
  return found;
}

/* From making one as far as putting it back. */
static void
test_backups (void)
{
  static const char * const create_phases[] = { BACKUP, NULL };
  static const char * const verify_phases[] = { "Reading the backup", "Reading the network",
                                                "Waiting for SQLite’s checks", NULL };
  static const char * const compare_phases[] = { "Comparing neurons", "Comparing synapses", NULL };
  static const char * const restore_phases[] = { "Reading the backup", "Reading the network", BACKUP,
                                                 "Replacing the network", "Reading the network", NULL };
  static const PhaseJob creating = { "Making", "create", click_main_button, create_phases };
  static const PhaseJob verifying = { "Verifying", "list", click_verify, verify_phases };
  static const PhaseJob comparing = { "Comparing", "backup", click_main_button, compare_phases };
  static const PhaseJob restoring = { "Restoring", "restore", click_main_button, restore_phases, 1 };
  DialogScreen screen;
  g_autofree char *added = NULL;

  open_network (&screen, N_NEURONS_TO_COPY);
  engram_backups_dialog_present_creating (screen.parent, screen.session);
  dialog_screen_take (&screen, ENGRAM_TYPE_BACKUPS_DIALOG);
  phase_test_cancel_each (&screen, &creating);
  wait_until (dialog_screen_is_at (&screen, "list") && !is_reading (&screen) && find_backup (screen.dialog) != NULL);
  phase_test_cancel_each (&screen, &verifying);

  added = ui_fixture_add (screen.fixture, "One more");
  wait_until (dialog_screen_is_at (&screen, "list") && !is_reading (&screen) && find_backup (screen.dialog) != NULL);
  adw_action_row_activate (ADW_ACTION_ROW (find_backup (screen.dialog)));
  widget_test_draw (GTK_WIDGET (screen.dialog));
  phase_test_cancel_each (&screen, &comparing);
  phase_test_cancel_each (&screen, &restoring);
  assert_shows (screen.dialog, "The Network Is Restored");
  g_assert_cmpuint (dialog_screen_count (&screen, ENGRAM_RECORD_NEURON), ==, N_NEURONS_TO_COPY);
  dialog_screen_close (&screen);
}

static void
click_look_again (DialogScreen *screen)
{
  dialog_screen_click (screen, "_Look Again");
}

static void
click_restore (DialogScreen *screen)
{
  dialog_screen_click (screen, "_Restore");
}

static void
note_restored (GtkWindow  *parent,
               const char *path)
{
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
}

/* The network is gone. */
static void
test_unreadable (void)
{
  static const char * const find_phases[] = { "Looking for a good backup", NULL };
  static const char * const restore_phases[] = { "Reading the backup", "Reading the network", NULL };
  static const PhaseJob finding = { "Looking", "found", click_look_again, find_phases };
  static const PhaseJob restoring = { "Restoring", "found", click_restore, restore_phases };
  const EngramBackupOptions options = { .note = "whole" };
  DialogScreen screen;
  g_autoptr (EngramBackup) backup = NULL;

  open_network (&screen, N_NEURONS);
  backup = engram_backup_create (screen.fixture->database, &options, NULL, NULL, NULL, NULL);
  g_assert_nonnull (backup);
  dialog_screen_lose_network (&screen);
  engram_backups_dialog_present_unreadable (screen.parent, screen.fixture->path, note_restored);
  cancel_at_once (&screen, ENGRAM_TYPE_BACKUPS_DIALOG);
  phase_test_cancel_each (&screen, &finding);
  phase_test_cancel_each (&screen, &restoring);
  assert_shows (screen.dialog, "The Network Is Restored");
  dialog_screen_close (&screen);
}

int
main (int    argc,
      char **argv)
{
  phase_test_begin ();
  widget_test_init (&argc, &argv);
  g_test_add_func ("/cancel-phases/import", test_import);
  g_test_add_func ("/cancel-phases/export-document", test_export_document);
  g_test_add_func ("/cancel-phases/export-tables", test_export_tables);
  g_test_add_func ("/cancel-phases/prune", test_prune);
  g_test_add_func ("/cancel-phases/integrity", test_integrity);
  g_test_add_func ("/cancel-phases/comparison", test_comparison);
  g_test_add_func ("/cancel-phases/backups", test_backups);
  g_test_add_func ("/cancel-phases/unreadable", test_unreadable);
  return phase_test_end (g_test_run ());
}
