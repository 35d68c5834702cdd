/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "comparison-screen.h"

/* Bringing back, cancelling, and files that cannot be compared. */

/* Bringing back */

static gboolean
has_neuron (DialogScreen *screen,
            guint         number)
{
  g_autofree char *id = ui_fixture_dup_id (number);
  g_autoptr (EngramNeuron) neuron = engram_neuron_store_get (screen->fixture->neurons, id, NULL, NULL);

  return neuron != NULL;
}

static char *
dup_text (DialogScreen *screen,
          guint         number)
{
  g_autofree char *id = ui_fixture_dup_id (number);
  g_autoptr (EngramNeuron) neuron = engram_neuron_store_get (screen->fixture->neurons, id, NULL, NULL);

  return g_strdup (neuron->source_data);
}

static void
test_rows_are_brought_back (void)
{
  DialogScreen screen;
  GtkSelectionModel *list;
  g_autofree char *text = NULL, *undone = NULL;

  comparison_screen_open (&screen);
  comparison_screen_change (&screen);
  comparison_screen_compare (&screen);
  g_assert_false (gtk_widget_is_sensitive (dialog_find_button (screen.dialog, "_Bring Back")));
  list = GTK_SELECTION_MODEL (comparison_screen_get_list (&screen));
  /* The one that came is passed over. */
  gtk_selection_model_select_all (list);
  dialog_screen_click (&screen, "_Bring Back 2");
  wait_until (engram_session_get_undo_label (screen.session) != NULL);
  g_assert_true (has_neuron (&screen, 5));
  text = dup_text (&screen, 2);
  g_assert_cmpstr (text, ==, "Neuron 2");
  /* What is left. */
  wait_until (engram_difference_browser_get_list (comparison_screen_get_browser (&screen)) != NULL
              && g_list_model_get_n_items (G_LIST_MODEL (comparison_screen_get_list (&screen))) == 1);
  wait_until (dialog_screen_shows (&screen, "Newcomer"));

  engram_session_undo (screen.session);
  wait_until (!has_neuron (&screen, 5));
  undone = dup_text (&screen, 2);
  g_assert_cmpstr (undone, ==, "Neuron two");
  dialog_screen_close (&screen);
}

static void
test_added_ones_are_deleted_where_asked (void)
{
  DialogScreen screen;
  GtkCheckButton *delete_added;
  guint64 count;

  comparison_screen_open (&screen);
  comparison_screen_change (&screen);
  comparison_screen_compare (&screen);
  gtk_selection_model_select_all (GTK_SELECTION_MODEL (comparison_screen_get_list (&screen)));
  delete_added = widget_test_find (comparison_screen_get_browser (&screen), GTK_TYPE_CHECK_BUTTON);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (delete_added)));
  gtk_check_button_set_active (delete_added, TRUE);
  dialog_screen_click (&screen, "_Bring Back 3");
  wait_until (engram_session_get_undo_label (screen.session) != NULL);
  g_assert_true (engram_neuron_store_count (screen.fixture->neurons, &count, NULL, NULL));
  g_assert_cmpuint (count, ==, COMPARISON_N_NEURONS);
  dialog_screen_close (&screen);
}

/* Cancelling, failing */

static void
test_cancelled (void)
{
  DialogScreen screen;

  comparison_screen_open (&screen);
  comparison_screen_change (&screen);
  comparison_screen_present (&screen, screen.other);
  engram_job_cancel (dialog_screen_find_job (&screen, "Comparing"));
  wait_until (engram_dialog_get_job (screen.dialog) == NULL);
  g_assert_cmpstr (engram_dialog_get_page (screen.dialog), ==, "choose");
  /* And again. */
  dialog_screen_click (&screen, "_Compare");
  comparison_screen_get_list (&screen);
  g_assert_cmpstr (engram_dialog_get_page (screen.dialog), ==, "result");
  dialog_screen_close (&screen);
}

/* Nobody else wants to know. */
static void
test_closing_cancels (void)
{
  DialogScreen screen;
  EngramJob *job;

  comparison_screen_open (&screen);
  comparison_screen_change (&screen);
  comparison_screen_present (&screen, screen.other);
  job = dialog_screen_find_job (&screen, "Comparing");
  gtk_window_destroy (GTK_WINDOW (screen.dialog));
  wait_until (!engram_job_is_active (job));
  g_assert_cmpint (engram_job_get_state (job), ==, ENGRAM_JOB_CANCELLED);
  dialog_screen_close (&screen);
}

static void
assert_fails (DialogScreen *screen,
              const char   *path,
              const char   *part)
{
  EngramJob *job;

  comparison_screen_present (screen, path);
  job = dialog_screen_find_job (screen, "Comparing");
  wait_until (!engram_job_is_active (job));
  g_assert_cmpint (engram_job_get_state (job), ==, ENGRAM_JOB_FAILED);
  wait_until (dialog_screen_shows (screen, part));
  widget_test_assert_names (screen->dialog);
}

static void
test_files_that_cannot_be_compared (void)
{
  DialogScreen screen;
  g_autofree char *gone = NULL, *text = NULL;

  comparison_screen_open (&screen);
  gone = g_build_filename (screen.fixture->folder, "gone.db", NULL);
  text = g_build_filename (screen.fixture->folder, "text.db", NULL);
  g_assert_true (g_file_set_contents (text, "No network at all", -1, NULL));
  assert_fails (&screen, gone, "gone.db");
  assert_fails (&screen, text, "text.db");
  assert_fails (&screen, screen.fixture->path, "is the network that is open in this window");
  /* Another file after all. */
  comparison_screen_present (&screen, screen.other);
  wait_until (dialog_screen_shows (&screen, "Nothing Differs"));
  dialog_screen_close (&screen);
}

/* The damaged files of ../shared/data */

/* What is said of those that are refused. */
static const struct {
  const char *name;
  const char *why;
} refused[] = {
  { "missing-synapses-table.db", "it has no table “synapses”" },
  { "missing-column.db", "“vector”" },
  { "neurons-is-a-view.db", "view" },
  { "foreign-app.db", "is not a neuron network" },
  { "header-broken.db", "SQLite" },
  { "empty-file.db", "empty" },
  { "text.db", "SQLite" },
};

static const char *
get_reason (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    if (g_str_equal (refused[i].name, name))
      return refused[i].why;
  return NULL;
}

/* It gets a page: what differs, or why that cannot be said. */
static void
compare_with_damaged (DialogScreen *screen,
                      const char   *path,
                      const char   *name,
                      const char   *status)
{
  EngramJob *job;
  gboolean is_refused;

  g_test_message ("%s", name);
  comparison_screen_present (screen, path);
  job = dialog_screen_find_job (screen, "Comparing");
  wait_until (!engram_job_is_active (job));
  is_refused = engram_job_get_state (job) == ENGRAM_JOB_FAILED;
  /* "1", "0 or 3", "1 or 3": it may be refused, it must not, it must. */
  g_assert_true (strchr (status, '1') != NULL || !is_refused);
  g_assert_true (!g_str_equal (status, "1") || is_refused);
  if (is_refused)
    {
      wait_until (dialog_screen_shows (screen, engram_job_get_error (job)->message));
      assert_shows (screen->dialog, name);
      if (get_reason (name) != NULL)
        assert_shows (screen->dialog, get_reason (name));
    }
  else
    {
      wait_until (dialog_screen_is_at (screen, "result"));
      wait_until (dialog_screen_shows (screen, "Overview"));
    }
  g_assert_cmpint (get_reason (name) != NULL, ==, g_str_equal (status, "1"));
}

static void
test_damaged_files (void)
{
  g_autofree char *expected = test_shared_data ("damaged/EXPECTED.tsv");
  g_autofree char *folder = NULL, *text = NULL;
  g_auto (GStrv) lines = NULL;
  DialogScreen screen;
  guint n_tried = 0;

  if (expected == NULL)
    return;
  folder = g_path_get_dirname (expected);
  g_assert_true (g_file_get_contents (expected, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  comparison_screen_open (&screen);
  for (guint i = 1; lines[i] != NULL; i++)
    {
      g_auto (GStrv) fields = g_strsplit (lines[i], "\t", 3);
      g_autofree char *path = NULL;

      if (fields[0] == NULL || !g_str_has_suffix (fields[0], ".db"))
        continue;
      path = g_build_filename (folder, fields[0], NULL);
      compare_with_damaged (&screen, path, fields[0], fields[1]);
      n_tried++;
    }
  g_assert_cmpuint (n_tried, >=, 24);
  dialog_screen_close (&screen);
}

/* Another program keeps the other file to itself: it is named, and once it has let go, Try Again compares. */
static void
test_locked_file (void)
{
  g_autofree char *script = g_test_build_filename (G_TEST_DIST, "faults", "lock-holder.py", NULL);
  g_autoptr (GSubprocess) holder = NULL;
  g_autoptr (GError) error = NULL;
  DialogScreen screen;
  char ready[6];

  comparison_screen_open (&screen);
  holder = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, "python3", script,
                             "exclusive", screen.other, NULL);
  g_assert_no_error (error);
  g_input_stream_read_all (g_subprocess_get_stdout_pipe (holder), ready, sizeof ready, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (ready, sizeof ready, "ready\n", 6);
  assert_fails (&screen, screen.other, "before.db");
  assert_shows (screen.dialog, "python3");
  g_subprocess_force_exit (holder);
  g_subprocess_wait (holder, NULL, NULL);
  dialog_screen_click (&screen, "_Try Again");
  wait_until (dialog_screen_shows (&screen, "Nothing Differs"));
  dialog_screen_close (&screen);
}

/* A network of a newer program can be compared both ways, and nothing is brought back into it. */
static void
test_newer_schema (void)
{
  UiFixture *fixture = dialog_open_damaged ("newer-schema.db");
  g_autofree char *original = test_shared_data ("damaged/weights-out-of-range.db");
  DialogScreen screen;

  if (fixture == NULL || original == NULL)
    return;
  comparison_screen_open_fixture (&screen, fixture);
  comparison_screen_present (&screen, original);
  gtk_selection_model_select_all (GTK_SELECTION_MODEL (comparison_screen_get_list (&screen)));
  widget_test_draw (GTK_WIDGET (screen.dialog));
  assert_shows (screen.dialog, "5 differences are selected.");
  g_assert_false (dialog_screen_can_click (&screen, "_Bring Back 5"));
  dialog_screen_close (&screen);
}

int
main (int    argc,
      char **argv)
{
  widget_test_init (&argc, &argv);
  g_test_add_func ("/comparison-jobs/rows-are-brought-back", test_rows_are_brought_back);
  g_test_add_func ("/comparison-jobs/added-ones-are-deleted-where-asked", test_added_ones_are_deleted_where_asked);
  g_test_add_func ("/comparison-jobs/cancelled", test_cancelled);
  g_test_add_func ("/comparison-jobs/closing-cancels", test_closing_cancels);
  g_test_add_func ("/comparison-jobs/files-that-cannot-be-compared", test_files_that_cannot_be_compared);
  g_test_add_func ("/comparison-jobs/damaged-files", test_damaged_files);
  g_test_add_func ("/comparison-jobs/locked-file", test_locked_file);
  g_test_add_func ("/comparison-jobs/newer-schema", test_newer_schema);
  return g_test_run ();
}
