/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "common/engram-settings.h"
#include "integrity-screen.h"

/* What is done about findings: shown, repaired, undone, given up. */

/* So many synapses are repaired while somebody looks on. */
#define MANY "50000"

static char *
get_backups (Screen *screen)
{
  return g_build_filename (screen->fixture->folder, "backups", NULL);
}

/* A network with synapses that all weigh too much, and vectors, so that a backup takes its time. */
static UiFixture *
make_heavy (void)
{
  UiFixture *fixture = ui_fixture_new (1000);

  ui_fixture_join (fixture, 0, 1, 0.5);
  screen_run_sql (fixture->path,
           "UPDATE neurons SET vector=zeroblob(16384), position_x=rowid;"
           "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " MANY ")"
           " INSERT INTO synapses (id, source_neuron_id, target_neuron_id, weight, synapse_type, metadata, created_at,"
           "  modified_at)"
           " SELECT printf('%08d-0000-4000-9000-000000000000', i), source_neuron_id, target_neuron_id, 1.5,"
           "  synapse_type, metadata, created_at, modified_at FROM n JOIN synapses WHERE synapses.rowid=1");
  return fixture;
}

/* The rows of a finding */

static void
test_show (void)
{
  UiFixture *fixture = screen_open_damaged ("weights-out-of-range.db");
  EngramSelection *selection;
  EngramRowSet *rows;
  EngramFindingRow *row;
  Screen screen;

  if (fixture == NULL)
    return;
  screen_open (&screen, fixture);
  selection = engram_session_get_selection (screen.session);
  row = screen_find_row (screen.dialog, "weight-range");
  rows = engram_finding_get_rows (engram_finding_row_get_finding (row), ENGRAM_RECORD_SYNAPSE);
  g_signal_emit_by_name (screen_find_button (row, "_Show"), "clicked");
  g_assert_cmpint (screen.shown_kind, ==, ENGRAM_RECORD_SYNAPSE);
  g_assert_true (engram_row_set_equal (engram_selection_get (selection, ENGRAM_RECORD_SYNAPSE), rows));
  g_assert_cmpuint (engram_row_set_get_size (engram_selection_get (selection, ENGRAM_RECORD_NEURON)), ==, 0);
  g_assert_true (g_str_has_prefix (engram_query_get_text (engram_session_get_query (screen.session)), "id:"));

  /* Many are selected among all others, and nothing hides them. */
  row = screen_find_row (screen.dialog, "synapse-repeated");
  g_signal_emit_by_name (screen_find_button (row, "_Show"), "clicked");
  g_assert_cmpuint (engram_row_set_get_size (engram_selection_get (selection, ENGRAM_RECORD_SYNAPSE)), ==, 142);
  g_assert_null (engram_session_get_query (screen.session));

  g_signal_emit_by_name (screen_find_button (row, "_Copy Ids"), "clicked");
  g_assert_nonnull (screen_find_button (row, "Copied"));
  screen_close (&screen);
}

/* Repairs */

static void
preview (Screen     *screen,
         const char *kind)
{
  gtk_check_button_set_active (screen_find_choice (screen, kind), TRUE);
  screen_click (screen, "_Preview");
  wait_until (screen_is_at (screen, "preview"));
  widget_test_draw (GTK_WIDGET (screen->dialog));
}

#define COUNT_HEAVY "SELECT count(*) FROM synapses WHERE typeof(weight)<>'text' AND abs(weight)>1"

static void
test_repair_and_undo (void)
{
  UiFixture *fixture = screen_open_damaged ("weights-out-of-range.db");
  g_autofree char *backups = NULL;
  Screen screen;

  if (fixture == NULL)
    return;
  screen_open (&screen, fixture);
  backups = get_backups (&screen);
  /* The report is the first page, and there is a way back to it, but none to anything before it. */
  g_assert_null (screen_find_button (screen.dialog, "_Back"));
  preview (&screen, "weight-range");
  g_assert_nonnull (screen_find_button (screen.dialog, "_Back"));
  assert_shows (screen.dialog, "4 synapses are changed.");
  assert_shows (screen.dialog, backups);
  assert_shows (screen.dialog, "weight: ∞ → 1");
  widget_test_assert_names (screen.dialog);
  g_assert_cmpint (screen_get_number (&screen, COUNT_HEAVY), ==, 4);
  g_assert_false (g_file_test (backups, G_FILE_TEST_EXISTS));

  screen_click (&screen, "_Repair");
  wait_until (screen_is_at (&screen, "result"));
  widget_test_draw (GTK_WIDGET (screen.dialog));
  assert_shows (screen.dialog, "Repaired");
  assert_shows (screen.dialog, "Set 4 weights that were below −1 or above 1 to −1 or 1.");
  assert_shows (screen.dialog, backups);
  widget_test_assert_names (screen.dialog);
  g_assert_true (g_file_test (backups, G_FILE_TEST_EXISTS));
  g_assert_cmpint (screen_get_number (&screen, COUNT_HEAVY), ==, 0);

  screen_click (&screen, "_Undo");
  wait_until (screen_shows (&screen, "The repair was undone"));
  g_assert_cmpint (screen_get_number (&screen, COUNT_HEAVY), ==, 4);
  g_assert_false (screen_can_click (&screen, "_Undo"));

  /* It is found again; and the report from before is out of date until then. */
  screen_click (&screen, "Check _Again");
  wait_until (screen_is_at (&screen, "report"));
  assert_shows (screen.dialog, "4 synapses are below −1 or above 1");
  screen_close (&screen);
}

/* Undo would take back what came after. */
static void
test_undo_is_for_the_newest_step (void)
{
  UiFixture *fixture = screen_open_damaged ("bad-json.db");
  g_autoptr (EngramRowSet) rows = NULL;
  const gint64 first = 1;
  Screen screen;

  if (fixture == NULL)
    return;
  screen_open (&screen, fixture);
  preview (&screen, "tags-json");
  assert_shows (screen.dialog, "→ []");
  screen_click (&screen, "_Repair");
  wait_until (screen_is_at (&screen, "result"));
  g_assert_true (screen_can_click (&screen, "_Undo"));
  rows = engram_row_set_new (&first, 1);
  engram_session_delete (screen.session, rows, NULL);
  wait_until (!screen_can_click (&screen, "_Undo"));
  screen_close (&screen);
}

static void
test_it_says_that_the_network_has_changed (void)
{
  Screen screen;
  g_autofree char *id = NULL;

  screen_open (&screen, ui_fixture_new (3));
  g_assert_false (screen_shows (&screen, "The network has changed since"));
  id = ui_fixture_add (screen.fixture, "another");
  wait_until (screen_shows (&screen, "The network has changed since"));
  screen_click (&screen, "Check _Again");
  wait_until (screen_is_at (&screen, "report") && screen_shows (&screen, "Checked 4 neurons"));
  g_assert_false (screen_shows (&screen, "The network has changed since"));
  screen_close (&screen);
}

/* Giving up */

/* Leads back to the page on which a check can be begun. */
static void
cancel_check (Screen *screen)
{
  screen->dialog = ENGRAM_DIALOG (engram_integrity_dialog_present (screen->parent, screen->session));
  engram_job_cancel (engram_dialog_get_job (screen->dialog));
  wait_until (engram_dialog_get_job (screen->dialog) == NULL);
  g_assert_cmpstr (engram_dialog_get_page (screen->dialog), ==, "start");
  widget_test_assert_names (screen->dialog);
  screen_click (screen, "_Check");
  wait_until (screen_is_at (screen, "report"));
}

static gboolean
has_phase (EngramJob  *job,
           const char *phase)
{
  return job == NULL ||
         (engram_job_get_phase (job) != NULL && g_str_has_prefix (engram_job_get_phase (job), phase));
}

/* While a phase is shown that begins with @phase. */
static void
cancel_repair (Screen     *screen,
               const char *phase)
{
  g_autofree char *backups = get_backups (screen);
  EngramJob *job;

  screen_click (screen, "_Repair");
  job = engram_dialog_get_job (screen->dialog);
  g_assert_nonnull (job);
  wait_until (!engram_job_is_active (job) || has_phase (job, phase));
  g_assert_true (engram_job_is_active (job));
  engram_job_cancel (job);
  wait_until (screen_is_at (screen, "preview"));
  g_assert_cmpint (screen_get_number (screen, COUNT_HEAVY), ==, atoi (MANY));
  g_assert_false (g_file_test (backups, G_FILE_TEST_EXISTS));
  g_assert_null (engram_session_get_undo_label (screen->session));
}

static void
test_cancel (void)
{
  Screen screen;

  screen_begin (&screen, make_heavy ());
  cancel_check (&screen);
  preview (&screen, "weight-range");
  assert_shows (screen.dialog, "The first 1000 of " MANY " changes");
  /* In the backup, which comes first, and in the repair. */
  cancel_repair (&screen, "");
  cancel_repair (&screen, "Repairing");
  screen_click (&screen, "_Repair");
  wait_until (screen_is_at (&screen, "result"));
  g_assert_cmpint (screen_get_number (&screen, COUNT_HEAVY), ==, 0);
  screen_close (&screen);
}

static void
test_backup_folder_is_gone (void)
{
  UiFixture *fixture = screen_open_damaged ("weights-out-of-range.db");
  Screen screen;

  if (fixture == NULL)
    return;
  screen_open (&screen, fixture);
  preview (&screen, "weight-range");
  g_settings_set_string (engram_settings_get (), "backup-folder", "/nonexistent/backups");
  screen_click (&screen, "_Repair");
  wait_until (screen_shows (&screen, "Did Not Work"));
  g_assert_true (screen_shows (&screen, "/nonexistent/backups"));
  g_assert_cmpint (screen_get_number (&screen, COUNT_HEAVY), ==, 4);

  g_settings_reset (engram_settings_get (), "backup-folder");
  screen_click (&screen, "_Try Again");
  wait_until (screen_is_at (&screen, "result"));
  g_assert_cmpint (screen_get_number (&screen, COUNT_HEAVY), ==, 0);
  screen_close (&screen);
}

int
main (int   argc,
      char *argv[])
{
  widget_test_init (&argc, &argv);
  g_test_add_func ("/integrity-dialog/show", test_show);
  g_test_add_func ("/integrity-dialog/repair-and-undo", test_repair_and_undo);
  g_test_add_func ("/integrity-dialog/undo-is-for-the-newest-step", test_undo_is_for_the_newest_step);
  g_test_add_func ("/integrity-dialog/it-says-that-the-network-has-changed",
                   test_it_says_that_the_network_has_changed);
  g_test_add_func ("/integrity-dialog/cancel", test_cancel);
  g_test_add_func ("/integrity-dialog/backup-folder-is-gone", test_backup_folder_is_gone);
  return g_test_run ();
}
