/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "dialogs/engram-failure-page.h"
#include "dialogs/import/engram-import-files-page.h"
#include "import-screen.h"

/* What the documents are found to hold, before anything is imported. */

/* What is there with the same content is neither a conflict nor a change. */
static void
test_nothing_changes (void)
{
  DialogScreen screen;

  import_screen_open (&screen);
  import_screen_add (&screen, "neurons.json", TWO_NEURONS);
  import_screen_check (&screen);
  import_screen_import (&screen);
  engram_dialog_show_page (screen.dialog, "files");
  import_screen_check (&screen);
  assert_shows (screen.dialog, "Nothing Would Change");
  assert_shows (screen.dialog, "All of it is in the network already");
  g_assert_false (dialog_screen_can_click (&screen, "_Import"));
  g_assert_false (gtk_widget_get_visible (import_screen_get_control (&screen, "policy_row")));
  dialog_screen_close (&screen);
}

static void
test_wrong_checksum (void)
{
  g_autofree char *path = test_shared_data ("damaged/wrong-checksum.json");
  DialogScreen screen;

  if (path == NULL)
    return;
  import_screen_open (&screen);
  import_screen_add_path (&screen, path);
  import_screen_check (&screen);
  assert_shows (screen.dialog, "This Cannot Be Imported");
  g_assert_false (dialog_screen_can_click (&screen, "_Import"));

  /* Only where the person says so. */
  g_assert_true (gtk_widget_get_visible (import_screen_get_control (&screen, "ignore_row")));
  gtk_switch_set_active (import_screen_get_control (&screen, "ignore"), TRUE);
  assert_shows (screen.dialog, "Ready to Import");
  import_screen_import (&screen);
  import_screen_assert_page (&screen, "done");
  g_assert_cmpuint (dialog_screen_count (&screen, ENGRAM_RECORD_NEURON), >, 3);
  dialog_screen_close (&screen);
}

static void
test_place_of_a_problem (void)
{
  DialogScreen screen;
  GtkWidget *list;
  GtkTextView *view;
  GtkTextBuffer *buffer;
  GtkTextIter cursor;

  import_screen_open (&screen);
  import_screen_add (&screen, "bad.json", BAD_WEIGHT);
  import_screen_check (&screen);
  g_assert_false (gtk_widget_get_visible (import_screen_get_control (&screen, "ignore_row")));
  assert_shows (screen.dialog, "bad.json, line 5");
  widget_test_assert_names (screen.dialog);
  list = widget_test_find (import_screen_get_control (&screen, "problems_bin"), GTK_TYPE_LIST_VIEW);
  g_signal_emit_by_name (list, "activate", 0);
  import_screen_assert_page (&screen, "place");
  wait_until (widget_test_find (screen.dialog, GTK_TYPE_TEXT_VIEW) != NULL);
  widget_test_draw (GTK_WIDGET (screen.dialog));

  view = widget_test_find (screen.dialog, GTK_TYPE_TEXT_VIEW);
  g_assert_false (gtk_text_view_get_editable (view));
  buffer = gtk_text_view_get_buffer (view);
  gtk_text_buffer_get_iter_at_mark (buffer, &cursor, gtk_text_buffer_get_insert (buffer));
  g_assert_cmpint (gtk_text_iter_get_line (&cursor), ==, 4);
  assert_shows (screen.dialog, "\"weight\": 1.5");
  widget_test_assert_names (screen.dialog);

  dialog_screen_click (&screen, "_Back");
  import_screen_assert_page (&screen, "check");
  dialog_screen_close (&screen);
}

static void
test_files_are_removed (void)
{
  DialogScreen screen;
  GtkWidget *page, *row;
  GtkListBox *list;

  import_screen_open (&screen);
  import_screen_add (&screen, "a.json", TWO_NEURONS);
  import_screen_add (&screen, "b.json", A_SYNAPSE);
  import_screen_add (&screen, "b.json", A_SYNAPSE);
  page = widget_test_find (screen.dialog, ENGRAM_TYPE_IMPORT_FILES_PAGE);
  g_assert_cmpuint (engram_import_files_page_get_n_paths (ENGRAM_IMPORT_FILES_PAGE (page)), ==, 2);
  widget_test_assert_names (screen.dialog);

  list = GTK_LIST_BOX (gtk_widget_get_template_child (page, ENGRAM_TYPE_IMPORT_FILES_PAGE, "list"));
  for (guint left = 2; left > 0; left--)
    {
      row = GTK_WIDGET (gtk_list_box_get_row_at_index (list, 0));
      g_signal_emit_by_name (widget_test_find (row, GTK_TYPE_BUTTON), "clicked");
    }
  g_assert_cmpuint (engram_import_files_page_get_n_paths (ENGRAM_IMPORT_FILES_PAGE (page)), ==, 0);
  g_assert_false (dialog_screen_can_click (&screen, "C_heck"));
  widget_test_draw (GTK_WIDGET (screen.dialog));
  assert_shows (screen.dialog, "Choose Documents");
  dialog_screen_close (&screen);
}

static GtkDropTarget *
find_drop_target (GtkWidget *widget)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_DROP_TARGET (controller))
        return GTK_DROP_TARGET (controller);
    }
  return NULL;
}

static gboolean
drop (DialogScreen *screen,
      GSList       *files)
{
  g_auto (GValue) value = G_VALUE_INIT;
  gboolean is_taken = FALSE;

  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_set_boxed (&value, files);
  g_signal_emit_by_name (find_drop_target (GTK_WIDGET (screen->dialog)), "drop", &value, 0.0, 0.0, &is_taken);
  return is_taken;
}

static void
test_files_are_dropped (void)
{
  DialogScreen screen;
  g_autofree char *first = NULL, *second = NULL;
  g_autoptr (GFile) one = NULL, two = NULL;
  GSList last = { NULL, NULL }, files = { NULL, &last };

  import_screen_open (&screen);
  first = import_screen_write (&screen, "a.json", TWO_NEURONS);
  second = import_screen_write (&screen, "b.json", A_SYNAPSE);
  one = g_file_new_for_path (first);
  two = g_file_new_for_path (second);
  files.data = one;
  last.data = two;
  g_assert_true (drop (&screen, &files));
  widget_test_draw (GTK_WIDGET (screen.dialog));
  assert_shows (screen.dialog, "a.json");
  assert_shows (screen.dialog, "b.json");
  import_screen_check (&screen);
  assert_shows (screen.dialog, "2 neurons, 1 synapse");

  /* What was found is not of what is dropped now. */
  g_assert_true (drop (&screen, &files));
  import_screen_assert_page (&screen, "files");
  dialog_screen_close (&screen);
}

static void
test_cancelled_check (void)
{
  DialogScreen screen;

  import_screen_open (&screen);
  import_screen_add_many (&screen);
  dialog_screen_click (&screen, "C_heck");
  g_assert_false (dialog_screen_can_click (&screen, "C_heck"));
  engram_job_cancel (engram_dialog_get_job (screen.dialog));
  dialog_screen_await_job (&screen);
  import_screen_assert_page (&screen, "files");
  g_assert_true (dialog_screen_can_click (&screen, "C_heck"));
  dialog_screen_close (&screen);
}

/* What cannot be read at all: a page says which and why, and there is a way back. */
static void
test_unreadable_files (void)
{
  DialogScreen screen;
  g_autofree char *missing = NULL;

  import_screen_open (&screen);
  missing = g_build_filename (screen.fixture->folder, "missing.json", NULL);
  import_screen_add_path (&screen, missing);
  import_screen_check (&screen);
  import_screen_assert_failure (&screen, "missing.json");
  dialog_screen_click (&screen, "_Back");
  import_screen_assert_page (&screen, "files");
  dialog_screen_close (&screen);

  import_screen_open (&screen);
  import_screen_add_path (&screen, screen.fixture->path);
  import_screen_check (&screen);
  import_screen_assert_failure (&screen, "is a database, not a JSON document");
  dialog_screen_close (&screen);

  import_screen_open (&screen);
  import_screen_add_path (&screen, screen.fixture->folder);
  import_screen_check (&screen);
  import_screen_assert_failure (&screen, "is a folder");
  dialog_screen_close (&screen);
}

static void
test_new_ids (void)
{
  DialogScreen screen;
  GtkWidget *page;
  GtkSwitch *make_ids;

  import_screen_open (&screen);
  import_screen_add (&screen, "nameless.json", "{\"neurons\": [{\"type\": \"knowledge\","
                     " \"position\": {\"x\": 1, \"y\": 2, \"z\": 3}, "
                                 TIMES "}]}");
  import_screen_check (&screen);
  assert_shows (screen.dialog, "This Cannot Be Imported");
  dialog_screen_click (&screen, "_Back");
  widget_test_draw (GTK_WIDGET (screen.dialog));
  page = widget_test_find (screen.dialog, ENGRAM_TYPE_IMPORT_FILES_PAGE);
  make_ids = GTK_SWITCH (gtk_widget_get_template_child (page, ENGRAM_TYPE_IMPORT_FILES_PAGE, "make_ids"));
  gtk_switch_set_active (make_ids, TRUE);
  import_screen_check (&screen);
  import_screen_import (&screen);
  assert_shows (screen.dialog, "1 neuron imported");
  dialog_screen_close (&screen);
}

/* The damaged documents of ../shared/data */

static void
assert_problem_is_shown (DialogScreen *screen,
                         const char   *name)
{
  GtkWidget *list;

  if (widget_test_find (screen->dialog, ENGRAM_TYPE_FAILURE_PAGE) != NULL)
    {
      assert_shows (screen->dialog, name);
      return;
    }
  import_screen_assert_page (screen, "check");
  assert_shows (screen->dialog, "This Cannot Be Imported");
  assert_shows (screen->dialog, name);
  g_assert_false (dialog_screen_can_click (screen, "_Import"));

  /* It leads to its place. */
  list = widget_test_find (import_screen_get_control (screen, "problems_bin"), GTK_TYPE_LIST_VIEW);
  g_signal_emit_by_name (list, "activate", 0);
  import_screen_assert_page (screen, "place");
  wait_until (widget_test_find (screen->dialog, GTK_TYPE_TEXT_VIEW) != NULL);
}

static void
try_document (const char *path,
              const char *name,
              const char *status)
{
  DialogScreen screen;
  g_autofree char *before = NULL, *after = NULL;

  g_test_message ("%s", name);
  /* Without neurons whose ids the documents may have. */
  import_screen_open_over (&screen, 0);
  before = test_hash_file (screen.fixture->path);
  import_screen_add_path (&screen, path);
  import_screen_check (&screen);
  if (g_str_equal (status, "0"))
    {
      assert_shows (screen.dialog, "Ready to Import");
      import_screen_import (&screen);
      import_screen_assert_page (&screen, "done");
      assert_shows (screen.dialog, "imported");
    }
  else if (g_str_equal (status, "1"))
    {
      assert_problem_is_shown (&screen, name);
    }
  if (!g_str_equal (status, "0"))
    {
      after = test_hash_file (screen.fixture->path);
      g_assert_cmpstr (after, ==, before);
    }
  dialog_screen_close (&screen);
}

static void
test_damaged_documents (void)
{
  g_autofree char *expected = test_shared_data ("damaged/EXPECTED.tsv");
  g_autofree char *folder = NULL, *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GError) error = NULL;
  guint n_tried = 0;

  if (expected == NULL)
    return;
  folder = g_path_get_dirname (expected);
  g_file_get_contents (expected, &text, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 1; lines[i] != NULL; i++)
    {
      g_auto (GStrv) fields = g_strsplit (lines[i], "\t", 3);
      g_autofree char *path = NULL;

      if (fields[0] == NULL || !g_str_has_suffix (fields[0], ".json"))
        continue;
      path = g_build_filename (folder, fields[0], NULL);
      try_document (path, fields[0], fields[1]);
      n_tried++;
    }
  g_assert_cmpuint (n_tried, >=, 26);
}

int
main (int    argc,
      char **argv)
{
  widget_test_init (&argc, &argv);
  g_test_add_func ("/import-check/nothing-changes", test_nothing_changes);
  g_test_add_func ("/import-check/wrong-checksum", test_wrong_checksum);
  g_test_add_func ("/import-check/place-of-a-problem", test_place_of_a_problem);
  g_test_add_func ("/import-check/files-are-removed", test_files_are_removed);
  g_test_add_func ("/import-check/files-are-dropped", test_files_are_dropped);
  g_test_add_func ("/import-check/cancelled-check", test_cancelled_check);
  g_test_add_func ("/import-check/unreadable-files", test_unreadable_files);
  g_test_add_func ("/import-check/new-ids", test_new_ids);
  g_test_add_func ("/import-check/damaged-documents", test_damaged_documents);
  return g_test_run ();
}
