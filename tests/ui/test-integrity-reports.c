/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "common/engram-settings.h"
#include "integrity-screen.h"

/* What the dialog says of networks, good and damaged; the report as a file and on paper; the check at opening. */

static void
test_clean (void)
{
  Screen screen;

  screen_open (&screen, ui_fixture_new (1));
  assert_shows (screen.dialog, "Nothing Was Found");
  assert_shows (screen.dialog, "The network is sound. Checked 1 neuron and 0 synapses in ");
  assert_shows (screen.dialog, "What Was Checked");
  assert_shows (screen.dialog, "SQLite’s own check of every page, row and index of the file");
  assert_shows (screen.dialog, "Weights are numbers from −1 to 1");
  g_assert_false (screen_can_click (&screen, "_Preview"));
  g_assert_true (screen_can_click (&screen, "Check _Again"));
  widget_test_assert_names (screen.dialog);
  g_assert_null (engram_session_get_findings (screen.session));
  screen_close (&screen);
}

/* What is said of each damaged file that opens, and whether something of it can be repaired. */
static const struct {
  const char *name;
  const char *texts[6];
  const char *repair; /* a kind that can be chosen, or NULL */
} damaged[] = {
  { "orphan-synapses.db", { "5 Errors", "3 synapses start", "2 synapses lead" }, "orphan-source" },
  { "weights-out-of-range.db", { "5 Errors", "4 synapses are below −1 or above 1 (infinite: 1)", "is not a number" },
    "weight-range" },
  { "bad-vectors.db", { "5 Errors and 1 Warning", "2 neurons cannot be read", "(NaN)", "zero throughout",
                        "text or a number in the place of its vector" }, "vector-length" },
  { "bad-json.db", { "5 Errors", "metadata of 4 neurons", "tags of 1 neuron" }, "tags-json" },
  { "bad-ids-and-dates.db", { "9 Errors and 3 Warnings", "not UUIDs", "before it was created", "2025-11-01T09:00:00" },
    "orphan-target" },
  { "bad-positions.db", { "2 Errors", "2 neurons are not three finite numbers", "at the place of another" }, NULL },
  { "duplicate-and-self-synapses.db", { "No Errors and No Warnings", "143 synapses", "1 synapse leads from a neuron" },
    NULL },
  { "unknown-type.db", { "No Errors and No Warnings", "“chronos” (5)", "“” (1)" }, NULL },
  { "extra-columns.db", { "No Errors and No Warnings" }, NULL },
  { "extra-tables.db", { "No Errors and No Warnings", "“experiments”" }, NULL },
  { "newer-schema.db", { "No Errors and No Warnings", "142 synapses" }, NULL },
  { "no-schema-version.db", { "No Errors and No Warnings" }, NULL },
  { "hostile-trigger.db", { "1 Warning", "“bite”" }, NULL },
  { "hostile-generated.db", { "No Errors and No Warnings", "view" }, NULL },
  { "bytes-flipped.db", { "Errors", "8 faults", "The file itself is damaged" }, NULL },
  { "page-zeroed.db", { "3 Errors", "3 faults" }, NULL },
};

static void
test_damaged (gconstpointer data)
{
  guint index = GPOINTER_TO_UINT (data);
  UiFixture *fixture = screen_open_damaged (damaged[index].name);
  Screen screen;

  if (fixture == NULL)
    return;
  screen_open (&screen, fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (damaged[index].texts) && damaged[index].texts[i] != NULL; i++)
    assert_shows (screen.dialog, damaged[index].texts[i]);
  if (damaged[index].repair != NULL)
    {
      g_assert_true (gtk_widget_is_sensitive (GTK_WIDGET (screen_find_choice (&screen, damaged[index].repair))));
      g_assert_false (screen_can_click (&screen, "_Preview"));
      gtk_check_button_set_active (screen_find_choice (&screen, damaged[index].repair), TRUE);
      g_assert_true (screen_can_click (&screen, "_Preview"));
    }
  widget_test_assert_names (screen.dialog);
  screen_close (&screen);
}

/* Each file of this kind is opened, or refused. */
static void
test_all_damaged (void)
{
  g_autofree char *folder = test_shared_data ("damaged");
  g_autoptr (GDir) dir = NULL;
  const char *name;

  if (folder == NULL)
    return;
  dir = g_dir_open (folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autoptr (EngramDatabase) database = NULL;
      gboolean is_told = FALSE;

      if (!g_str_has_suffix (name, ".db"))
        continue;
      for (gsize i = 0; i < G_N_ELEMENTS (damaged); i++)
        is_told = is_told || g_str_equal (damaged[i].name, name);
      database = engram_database_open (path, NULL, NULL);
      g_test_message ("%s", name);
      g_assert_cmpint (is_told, ==, database != NULL);
    }
}

static void
test_it_cannot_be_written (void)
{
  g_autofree char *source = test_shared_data ("damaged/weights-out-of-range.db");
  UiFixture *fixture;
  Screen screen;

  if (source == NULL)
    return;
  fixture = screen_open_damaged ("weights-out-of-range.db");
  g_clear_object (&fixture->neurons);
  g_clear_object (&fixture->synapses);
  g_clear_object (&fixture->database);
  screen_run_sql (fixture->path, "INSERT INTO schema_version (version, applied_at) VALUES (99, '2026-01-01T00:00:00')");
  fixture->database = engram_database_open (fixture->path, NULL, NULL);
  g_assert_nonnull (fixture->database);
  screen_open (&screen, fixture);
  assert_shows (screen.dialog, "A newer program wrote this network (schema version 99)");
  g_assert_false (gtk_widget_is_sensitive (GTK_WIDGET (screen_find_choice (&screen, "weight-range"))));
  g_assert_false (screen_can_click (&screen, "_Preview"));
  screen_close (&screen);
}

/* The report as a file */

static void
test_save (void)
{
  UiFixture *fixture = screen_open_damaged ("bad-json.db");
  g_autofree char *html_path = NULL, *json_path = NULL, *html = NULL, *json = NULL;
  Screen screen;

  if (fixture == NULL)
    return;
  screen_open (&screen, fixture);
  html_path = g_build_filename (fixture->folder, "report.html", NULL);
  json_path = g_build_filename (fixture->folder, "report.json", NULL);
  engram_integrity_dialog_save (ENGRAM_INTEGRITY_DIALOG (screen.dialog), ENGRAM_INTEGRITY_HTML, html_path);
  wait_until (screen_is_at (&screen, "report"));
  wait_until (screen_shows (&screen, "Saved “report.html”"));
  g_assert_true (g_file_get_contents (html_path, &html, NULL, NULL));
  g_assert_nonnull (strstr (html, "metadata-json"));
  g_assert_nonnull (strstr (html, "What was checked"));
  engram_integrity_dialog_save (ENGRAM_INTEGRITY_DIALOG (screen.dialog), ENGRAM_INTEGRITY_JSON, json_path);
  wait_until (screen_is_at (&screen, "report"));
  g_assert_true (g_file_get_contents (json_path, &json, NULL, NULL));
  g_assert_cmpint (engram_json_check (json, -1, NULL, NULL), ==, ENGRAM_JSON_OBJECT);

  /* The network itself is not written over. */
  engram_integrity_dialog_save (ENGRAM_INTEGRITY_DIALOG (screen.dialog), ENGRAM_INTEGRITY_JSON, fixture->path);
  wait_until (screen_shows (&screen, "Did Not Work"));
  g_assert_cmpint (screen_get_number (&screen, "SELECT count(*) FROM neurons"), >, 0);
  screen_click (&screen, "_Back");
  wait_until (screen_is_at (&screen, "report"));
  screen_close (&screen);
}

static void
test_print (void)
{
  UiFixture *fixture = screen_open_damaged ("bytes-flipped.db");
  g_autoptr (GtkPrintOperation) operation = NULL;
  g_autofree char *path = NULL, *pdf = NULL;
  g_autoptr (EngramIntegrityReport) report = NULL;
  GtkPrintOperationResult result;
  g_autoptr (GError) error = NULL;
  int n_pages;
  gsize length;

  if (fixture == NULL)
    return;
  path = g_build_filename (fixture->folder, "report.pdf", NULL);
  report = engram_integrity_check (fixture->database, ENGRAM_INTEGRITY_ALL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  operation = engram_integrity_make_print_operation (report);
  gtk_print_operation_set_export_filename (operation, path);
  result = gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_EXPORT, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (result, ==, GTK_PRINT_OPERATION_RESULT_APPLY);
  g_object_get (operation, "n-pages", &n_pages, NULL);
  g_assert_cmpint (n_pages, >=, 2);
  g_assert_true (g_file_get_contents (path, &pdf, &length, &error));
  g_assert_true (g_str_has_prefix (pdf, "%PDF-"));
  g_assert_cmpuint (length, >, 5000);
  ui_fixture_free (fixture);
}

/* One of a window; and what a session knows is shown without another check. */
static void
test_findings (void)
{
  UiFixture *fixture = screen_open_damaged ("hostile-trigger.db");
  g_autoptr (EngramIntegrityReport) report = NULL;
  GtkWidget *again;
  Screen screen;

  if (fixture == NULL)
    return;
  screen_begin (&screen, fixture);
  report = engram_integrity_check (fixture->database, ENGRAM_INTEGRITY_SKIP_SQLITE, NULL, NULL, NULL, NULL);
  engram_session_set_findings (screen.session, report);
  screen.dialog = ENGRAM_DIALOG (engram_integrity_dialog_present_findings (screen.parent, screen.session));
  g_assert_true (screen_is_at (&screen, "report"));
  widget_test_draw (GTK_WIDGET (screen.dialog));
  assert_shows (screen.dialog, "This was a quick look");
  again = engram_integrity_dialog_present (screen.parent, screen.session);
  g_assert_true (again == GTK_WIDGET (screen.dialog));
  screen_click (&screen, "Check _Everything");
  wait_until (screen_is_at (&screen, "report") && screen_shows (&screen, "SQLite’s own check of every page"));
  g_assert_nonnull (engram_session_get_findings (screen.session));
  screen_close (&screen);
}

/* Soon after the opening, and again where something was found. */
static void
test_check_at_opening (void)
{
  UiFixture *fixture = ui_fixture_new (2);
  Screen screen;

  screen_run_sql (fixture->path, "UPDATE neurons SET metadata='[' WHERE rowid=1");
  screen_begin (&screen, fixture);
  wait_until (engram_session_get_findings (screen.session) != NULL);
  g_assert_false (engram_integrity_report_get_with_sqlite (engram_session_get_findings (screen.session)));
  screen_run_sql (fixture->path, "UPDATE neurons SET metadata='{}' WHERE rowid=1");
  wait_until (engram_session_get_findings (screen.session) == NULL);
  screen_close (&screen);
}

/* Nobody has asked for it: a session that is to check, and begins later, is through when this one would be. */
static void
test_no_check_at_opening (void)
{
  UiFixture *fixture = ui_fixture_new (2);
  g_autoptr (EngramSession) checking = NULL;
  Screen screen;

  screen_run_sql (fixture->path, "UPDATE neurons SET metadata='[' WHERE rowid=1");
  g_settings_set_boolean (engram_settings_get (), "check-at-opening", FALSE);
  screen_begin (&screen, fixture);
  g_settings_reset (engram_settings_get (), "check-at-opening");
  checking = engram_session_new (fixture->database);
  wait_until (engram_session_get_findings (checking) != NULL);
  g_assert_null (engram_session_get_findings (screen.session));
  engram_session_close (checking);
  screen_close (&screen);
}

int
main (int   argc,
      char *argv[])
{
  widget_test_init (&argc, &argv);
  g_test_add_func ("/integrity-reports/clean", test_clean);
  for (guint i = 0; i < G_N_ELEMENTS (damaged); i++)
    {
      g_autofree char *path = g_strconcat ("/integrity-reports/damaged/", damaged[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_damaged);
    }
  g_test_add_func ("/integrity-reports/all-damaged", test_all_damaged);
  g_test_add_func ("/integrity-reports/it-cannot-be-written", test_it_cannot_be_written);
  g_test_add_func ("/integrity-reports/save", test_save);
  g_test_add_func ("/integrity-reports/print", test_print);
  g_test_add_func ("/integrity-reports/findings", test_findings);
  g_test_add_func ("/integrity-reports/check-at-opening", test_check_at_opening);
  g_test_add_func ("/integrity-reports/no-check-at-opening", test_no_check_at_opening);
  return g_test_run ();
}
