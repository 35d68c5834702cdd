/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "dialogs/import/engram-import-check-page.h"
#include "dialogs/import/engram-import-dialog.h"
#include "dialogs/import/engram-import-files-page.h"
#include "dialogs/import/engram-import-place-page.h"
#include "dialogs/import/engram-import-problem-list.h"
#include "dialogs/engram-failure-page.h"
#include "dialogs/engram-job-page.h"
#include "widget-support.h"

#define TIMES "\"created_at\": \"2025-11-01T09:00:00\", \"modified_at\": \"2025-11-01T09:00:00\""
#define NEURON(n, text) \
  "{\"id\": \"a000000" #n "-0000-4000-8000-000000000000\", \"type\": \"knowledge\", \"position\": {\"x\": 1.0, \"y\": 2.0," \
  " \"z\": 3.0}, \"source_data\": \"" text "\", " TIMES "}"
#define SYNAPSE(n, weight) \
  "{\"id\": \"b000000" #n "-0000-4000-8000-000000000000\", \"source_neuron_id\": \"a0000001-0000-4000-8000-000000000000\"," \
  " \"target_neuron_id\": \"a0000002-0000-4000-8000-000000000000\", \"weight\": " weight ", \"synapse_type\": \"knowledge\"," \
  " " TIMES "}"

#define TWO_NEURONS "{\"neurons\": [" NEURON (1, "one") ", " NEURON (2, "two") "]}"
#define A_SYNAPSE "{\"synapses\": [" SYNAPSE (1, "0.5") "]}"
#define OTHER_NEURON "{\"neurons\": [" NEURON (2, "changed") ", " NEURON (3, "three") "]}"
#define BAD_WEIGHT "{\n\"neurons\": [" NEURON (1, "one") ",\n" NEURON (2, "two") "],\n\"synapses\": [\n" SYNAPSE (1, "1.5") "]}"

/* So many neurons that reading them takes longer than cancelling. */
#define MANY 20000

typedef struct {
  UiFixture          *fixture;
  EngramSession      *session;
  EngramImportDialog *dialog; /* or NULL once it is closed */
  GPtrArray          *told;   /* of what the session said was done */
  guint               n_failed;
} Screen;

static void
done_cb (EngramSession *session,
         const char    *label,
         gboolean       undoable,
         Screen        *screen)
{
  g_ptr_array_add (screen->told, g_strdup (label));
}

static void
failed_cb (EngramSession *session,
           const char    *title,
           const GError  *error,
           Screen        *screen)
{
  screen->n_failed++;
}

static EngramImportDialog *
find_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (ENGRAM_IS_IMPORT_DIALOG (window))
        return ENGRAM_IMPORT_DIALOG (window);
    }
  return NULL;
}

static void
screen_present (Screen             *screen,
                const char * const *paths)
{
  engram_import_dialog_present (NULL, screen->session, paths);
  screen->dialog = find_dialog ();
  g_object_add_weak_pointer (G_OBJECT (screen->dialog), (gpointer *) &screen->dialog);
  widget_test_draw (GTK_WIDGET (screen->dialog));
}

static void
screen_open_over (Screen *screen,
                  guint   n_neurons)
{
  *screen = (Screen) { .fixture = ui_fixture_new (n_neurons), .told = g_ptr_array_new_with_free_func (g_free) };
  screen->session = engram_session_new (screen->fixture->database);
  g_signal_connect (screen->session, "done", G_CALLBACK (done_cb), screen);
  g_signal_connect (screen->session, "failed", G_CALLBACK (failed_cb), screen);
  screen_present (screen, NULL);
}

static void
screen_open (Screen *screen)
{
  screen_open_over (screen, 3);
}

static void
screen_close (Screen *screen)
{
  if (screen->dialog != NULL)
    gtk_window_destroy (GTK_WINDOW (screen->dialog));
  engram_session_close (screen->session);
  g_object_unref (screen->session);
  g_ptr_array_unref (screen->told);
  ui_fixture_free (screen->fixture);
}

/* What a person does */

static char *
write_document (Screen     *screen,
                const char *name,
                const char *text)
{
  char *path = g_build_filename (screen->fixture->folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  return path;
}

static void
add_path (Screen     *screen,
          const char *path)
{
  const char *paths[] = { path, NULL };

  engram_import_dialog_present (NULL, screen->session, paths);
  widget_test_draw (GTK_WIDGET (screen->dialog));
}

static void
add (Screen     *screen,
     const char *name,
     const char *text)
{
  g_autofree char *path = write_document (screen, name, text);

  add_path (screen, path);
}

static GtkWidget *
find_button (gpointer    widget,
             const char *label)
{
  if (!gtk_widget_get_visible (widget))
    return NULL;
  if (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (widget), label) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_button (child, label);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static GtkWidget *
get_button (Screen     *screen,
            const char *label)
{
  GtkWidget *button = find_button (screen->dialog, label);

  if (button == NULL)
    g_error ("There is no button “%s”", label);
  return button;
}

static void
press (Screen     *screen,
       const char *label)
{
  GtkWidget *button = get_button (screen, label);

  g_assert_true (gtk_widget_get_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

static void
await_job (Screen *screen)
{
  wait_until (engram_dialog_get_job (ENGRAM_DIALOG (screen->dialog)) == NULL);
  widget_test_draw (GTK_WIDGET (screen->dialog));
}

static void
check (Screen *screen)
{
  press (screen, "C_heck");
  await_job (screen);
}

static void
import (Screen *screen)
{
  press (screen, "_Import");
  await_job (screen);
}

/* A control of the page with the findings, by its name in the template. */
static gpointer
get_control (Screen     *screen,
             const char *name)
{
  GtkWidget *page = widget_test_find (screen->dialog, ENGRAM_TYPE_IMPORT_CHECK_PAGE);
  GObject *control = gtk_widget_get_template_child (page, ENGRAM_TYPE_IMPORT_CHECK_PAGE, name);

  g_assert_nonnull (control);
  return control;
}

static void
choose_policy (Screen               *screen,
               EngramImportConflict  conflict)
{
  AdwComboRow *row = get_control (screen, "policy_row");

  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (row)));
  adw_combo_row_set_selected (row, conflict);
}

static void
assert_page (Screen     *screen,
             const char *name)
{
  g_assert_cmpstr (engram_dialog_get_page (ENGRAM_DIALOG (screen->dialog)), ==, name);
}

static void
assert_failure (Screen     *screen,
                const char *text)
{
  g_assert_nonnull (widget_test_find (screen->dialog, ENGRAM_TYPE_FAILURE_PAGE));
  assert_shows (screen->dialog, text);
}

static guint64
count_neurons (Screen *screen)
{
  g_autoptr (GError) error = NULL;
  guint64 count;

  engram_neuron_store_count (screen->fixture->neurons, &count, NULL, &error);
  g_assert_no_error (error);
  return count;
}

static char *
dup_text (Screen *screen,
          guint   number)
{
  g_autofree char *id = g_strdup_printf ("a000000%u-0000-4000-8000-000000000000", number);
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramNeuron) neuron = engram_neuron_store_get (screen->fixture->neurons, id, NULL, &error);

  g_assert_no_error (error);
  return g_strdup (neuron->source_data);
}

/* Tests */

static void
test_import_and_undo (void)
{
  Screen screen;

  screen_open (&screen);
  g_assert_false (gtk_widget_get_sensitive (get_button (&screen, "C_heck")));
  add (&screen, "synapse.json", A_SYNAPSE);
  add (&screen, "neurons.json", TWO_NEURONS);
  assert_shows (screen.dialog, "neurons.json");
  check (&screen);

  assert_page (&screen, "check");
  assert_shows (screen.dialog, "Ready to Import");
  assert_shows (screen.dialog, "2 neurons, 1 synapse");
  assert_shows (screen.dialog, "2 documents have no checksum");
  assert_shows (screen.dialog, "All documents");
  assert_shows (screen.dialog, "are free");
  g_assert_cmpuint (count_neurons (&screen), ==, 3);

  import (&screen);
  assert_page (&screen, "done");
  assert_shows (screen.dialog, "2 neurons imported");
  assert_shows (screen.dialog, "Synapses: 1 added, 0 replaced, 0 kept");
  g_assert_cmpuint (count_neurons (&screen), ==, 5);
  g_assert_cmpuint (screen.told->len, ==, 1);
  g_assert_cmpstr (screen.told->pdata[0], ==, "2 neurons imported");

  wait_until (gtk_widget_get_sensitive (get_button (&screen, "_Undo")));
  press (&screen, "_Undo");
  wait_until (screen.told->len == 2);
  g_assert_cmpuint (count_neurons (&screen), ==, 3);
  assert_page (&screen, "files");
  screen_close (&screen);
}

/* What is there with the same content is neither a conflict nor a change. */
static void
test_nothing_changes (void)
{
  Screen screen;

  screen_open (&screen);
  add (&screen, "neurons.json", TWO_NEURONS);
  check (&screen);
  import (&screen);
  engram_dialog_show_page (ENGRAM_DIALOG (screen.dialog), "files");
  check (&screen);
  assert_shows (screen.dialog, "Nothing Would Change");
  assert_shows (screen.dialog, "All of it is in the network already");
  g_assert_false (gtk_widget_get_sensitive (get_button (&screen, "_Import")));
  g_assert_false (gtk_widget_get_visible (get_control (&screen, "policy_row")));
  screen_close (&screen);
}

static void
open_conflict (Screen *screen)
{
  screen_open (screen);
  add (screen, "neurons.json", TWO_NEURONS);
  check (screen);
  import (screen);
  gtk_window_destroy (GTK_WINDOW (screen->dialog));
  screen_present (screen, NULL);
  add (screen, "other.json", OTHER_NEURON);
  check (screen);
  assert_shows (screen->dialog, "Conflicts to Be Decided");
  assert_shows (screen->dialog, "the network has it with another content: source_data");
  g_assert_false (gtk_widget_get_sensitive (get_button (screen, "_Import")));
}

static void
test_conflict_kept (void)
{
  g_autofree char *text = NULL;
  Screen screen;

  open_conflict (&screen);
  choose_policy (&screen, ENGRAM_IMPORT_CONFLICT_SKIP);
  import (&screen);
  assert_shows (screen.dialog, "1 neuron imported");
  assert_shows (screen.dialog, "Neurons: 1 added, 0 replaced, 1 kept");
  text = dup_text (&screen, 2);
  g_assert_cmpstr (text, ==, "two");
  screen_close (&screen);
}

static void
test_conflict_replaced (void)
{
  g_autofree char *text = NULL;
  Screen screen;

  open_conflict (&screen);
  choose_policy (&screen, ENGRAM_IMPORT_CONFLICT_REPLACE);
  import (&screen);
  assert_shows (screen.dialog, "2 neurons imported");
  text = dup_text (&screen, 2);
  g_assert_cmpstr (text, ==, "changed");
  screen_close (&screen);
}

/* Another program was quicker than the import: nothing is imported, and the documents can be checked again. */
static void
test_conflict_that_comes_meanwhile (void)
{
  Screen screen;
  g_autoptr (EngramNeuron) neuron = engram_neuron_new ("knowledge");
  g_autoptr (GError) error = NULL;

  screen_open (&screen);
  add (&screen, "neurons.json", TWO_NEURONS);
  check (&screen);
  engram_neuron_set_text (neuron, ENGRAM_NEURON_ID, "a0000002-0000-4000-8000-000000000000");
  engram_neuron_store_create (screen.fixture->neurons, neuron, NULL, &error);
  g_assert_no_error (error);
  import (&screen);
  assert_failure (&screen, "other content");
  g_assert_cmpuint (count_neurons (&screen), ==, 4);
  g_assert_cmpuint (screen.n_failed, ==, 0);

  press (&screen, "_Try Again");
  await_job (&screen);
  assert_shows (screen.dialog, "Conflicts to Be Decided");
  screen_close (&screen);
}

static void
test_wrong_checksum (void)
{
  g_autofree char *path = test_shared_data ("damaged/wrong-checksum.json");
  Screen screen;

  if (path == NULL)
    return;
  screen_open (&screen);
  add_path (&screen, path);
  check (&screen);
  assert_shows (screen.dialog, "This Cannot Be Imported");
  g_assert_false (gtk_widget_get_sensitive (get_button (&screen, "_Import")));

  /* Only where the person says so. */
  g_assert_true (gtk_widget_get_visible (get_control (&screen, "ignore_row")));
  gtk_switch_set_active (get_control (&screen, "ignore"), TRUE);
  assert_shows (screen.dialog, "Ready to Import");
  import (&screen);
  assert_page (&screen, "done");
  g_assert_cmpuint (count_neurons (&screen), >, 3);
  screen_close (&screen);
}

static void
test_place_of_a_problem (void)
{
  Screen screen;
  GtkWidget *list;
  GtkTextView *view;
  GtkTextBuffer *buffer;
  GtkTextIter cursor;

  screen_open (&screen);
  add (&screen, "bad.json", BAD_WEIGHT);
  check (&screen);
  g_assert_false (gtk_widget_get_visible (get_control (&screen, "ignore_row")));
  assert_shows (screen.dialog, "bad.json, line 5");
  widget_test_assert_names (screen.dialog);
  list = widget_test_find (get_control (&screen, "problems_bin"), GTK_TYPE_LIST_VIEW);
  g_signal_emit_by_name (list, "activate", 0);
  assert_page (&screen, "place");
  wait_until (widget_test_find (screen.dialog, GTK_TYPE_TEXT_VIEW) != NULL);
  widget_test_draw (GTK_WIDGET (screen.dialog));

  view = widget_test_find (screen.dialog, GTK_TYPE_TEXT_VIEW);
  g_assert_false (gtk_text_view_get_editable (view));
  buffer = gtk_text_view_get_buffer (view);
  gtk_text_buffer_get_iter_at_mark (buffer, &cursor, gtk_text_buffer_get_insert (buffer));
  g_assert_cmpint (gtk_text_iter_get_line (&cursor), ==, 4);
  assert_shows (screen.dialog, "\"weight\": 1.5");
  widget_test_assert_names (screen.dialog);

  press (&screen, "_Back");
  assert_page (&screen, "check");
  screen_close (&screen);
}

static void
test_files_are_removed (void)
{
  Screen screen;
  GtkWidget *page, *row;
  GtkListBox *list;

  screen_open (&screen);
  add (&screen, "a.json", TWO_NEURONS);
  add (&screen, "b.json", A_SYNAPSE);
  add (&screen, "b.json", A_SYNAPSE);
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
  g_assert_false (gtk_widget_get_sensitive (get_button (&screen, "C_heck")));
  widget_test_draw (GTK_WIDGET (screen.dialog));
  assert_shows (screen.dialog, "Choose Documents");
  screen_close (&screen);
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
drop (Screen *screen,
      GSList *files)
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
  Screen screen;
  g_autofree char *first = NULL, *second = NULL;
  g_autoptr (GFile) one = NULL, two = NULL;
  GSList last = { NULL, NULL }, files = { NULL, &last };

  screen_open (&screen);
  first = write_document (&screen, "a.json", TWO_NEURONS);
  second = write_document (&screen, "b.json", A_SYNAPSE);
  one = g_file_new_for_path (first);
  two = g_file_new_for_path (second);
  files.data = one;
  last.data = two;
  g_assert_true (drop (&screen, &files));
  widget_test_draw (GTK_WIDGET (screen.dialog));
  assert_shows (screen.dialog, "a.json");
  assert_shows (screen.dialog, "b.json");
  check (&screen);
  assert_shows (screen.dialog, "2 neurons, 1 synapse");

  /* What was found is not of what is dropped now. */
  g_assert_true (drop (&screen, &files));
  assert_page (&screen, "files");
  screen_close (&screen);
}

static void
add_many (Screen *screen)
{
  g_autoptr (GString) text = g_string_new ("{\"neurons\": [");

  for (guint i = 0; i < MANY; i++)
    g_string_append_printf (text, "%s{\"id\": \"c%07x-0000-4000-8000-000000000000\", \"type\": \"knowledge\", \"position\":"
                            " {\"x\": 1.0, \"y\": 2.0, \"z\": 3.0}, " TIMES "}", i > 0 ? ", " : "", i);
  g_string_append (text, "]}");
  add (screen, "many.json", text->str);
}

static void
test_cancelled_check (void)
{
  Screen screen;

  screen_open (&screen);
  add_many (&screen);
  press (&screen, "C_heck");
  g_assert_false (gtk_widget_get_sensitive (get_button (&screen, "C_heck")));
  engram_job_cancel (engram_dialog_get_job (ENGRAM_DIALOG (screen.dialog)));
  await_job (&screen);
  assert_page (&screen, "files");
  g_assert_true (gtk_widget_get_sensitive (get_button (&screen, "C_heck")));
  screen_close (&screen);
}

static void
test_cancelled_import (void)
{
  Screen screen;

  screen_open (&screen);
  add_many (&screen);
  check (&screen);
  press (&screen, "_Import");
  engram_job_cancel (engram_dialog_get_job (ENGRAM_DIALOG (screen.dialog)));
  await_job (&screen);
  assert_page (&screen, "check");
  g_assert_cmpuint (count_neurons (&screen), ==, 3);
  g_assert_true (gtk_widget_get_sensitive (get_button (&screen, "_Import")));
  screen_close (&screen);
}

/* A write that holds up all others. */
static GMutex gate;

static gboolean
wait_at_gate (EngramJob      *job,
              EngramDatabase *database,
              EngramHistory  *history,
              gpointer        data,
              GCancellable   *cancellable,
              GError        **error)
{
  g_mutex_lock (&gate);
  g_mutex_unlock (&gate);
  return TRUE;
}

/* An import that waits for its turn says so, and is given up with the button. */
static void
test_cancelled_while_it_waits (void)
{
  Screen screen;
  g_autoptr (EngramJob) other = NULL;
  GtkWidget *cancel;

  screen_open (&screen);
  add (&screen, "neurons.json", TWO_NEURONS);
  check (&screen);
  g_mutex_lock (&gate);
  other = engram_session_write (screen.session, "Something Else", wait_at_gate, NULL, NULL, ENGRAM_WRITE_NONE);
  press (&screen, "_Import");
  wait_until (widget_test_find (screen.dialog, ENGRAM_TYPE_JOB_PAGE) != NULL);
  widget_test_draw (GTK_WIDGET (screen.dialog));
  assert_shows (screen.dialog, "Something Else");
  cancel = find_button (widget_test_find (screen.dialog, ENGRAM_TYPE_JOB_PAGE), "_Cancel");
  g_assert_nonnull (cancel);
  g_signal_emit_by_name (cancel, "clicked");
  await_job (&screen);
  assert_page (&screen, "check");
  g_mutex_unlock (&gate);
  wait_until (!engram_job_is_active (other));
  g_clear_object (&other);
  g_assert_cmpuint (count_neurons (&screen), ==, 3);
  screen_close (&screen);
}

/* Nobody wants to know any more what a check would find; an import goes on. */
static void
test_closed_meanwhile (void)
{
  Screen screen;
  g_autoptr (EngramJob) checking = NULL, importing = NULL;

  screen_open (&screen);
  add_many (&screen);
  press (&screen, "C_heck");
  checking = g_object_ref (engram_dialog_get_job (ENGRAM_DIALOG (screen.dialog)));
  gtk_window_close (GTK_WINDOW (screen.dialog));
  wait_until (!engram_job_is_active (checking));
  g_assert_cmpint (engram_job_get_state (checking), ==, ENGRAM_JOB_CANCELLED);

  wait_until (screen.dialog == NULL);
  screen_present (&screen, NULL);
  add (&screen, "neurons.json", TWO_NEURONS);
  check (&screen);
  press (&screen, "_Import");
  importing = g_object_ref (engram_dialog_get_job (ENGRAM_DIALOG (screen.dialog)));
  gtk_window_close (GTK_WINDOW (screen.dialog));
  wait_until (!engram_job_is_active (importing));
  g_assert_cmpint (engram_job_get_state (importing), ==, ENGRAM_JOB_DONE);
  g_clear_object (&checking);
  g_clear_object (&importing);
  g_assert_cmpuint (count_neurons (&screen), ==, 5);
  screen_close (&screen);
}

/* What cannot be read at all: a page says which and why, and there is a way back. */
static void
test_unreadable_files (void)
{
  Screen screen;
  g_autofree char *missing = NULL;

  screen_open (&screen);
  missing = g_build_filename (screen.fixture->folder, "missing.json", NULL);
  add_path (&screen, missing);
  check (&screen);
  assert_failure (&screen, "missing.json");
  press (&screen, "_Back");
  assert_page (&screen, "files");
  screen_close (&screen);

  screen_open (&screen);
  add_path (&screen, screen.fixture->path);
  check (&screen);
  assert_failure (&screen, "is a database, not a JSON document");
  screen_close (&screen);

  screen_open (&screen);
  add_path (&screen, screen.fixture->folder);
  check (&screen);
  assert_failure (&screen, "is a folder");
  screen_close (&screen);
}

/* A network that cannot be written any more since the documents were checked. */
static void
test_unwritable_network (void)
{
  Screen screen;
  g_autofree char *moved = NULL;

  screen_open (&screen);
  add (&screen, "neurons.json", TWO_NEURONS);
  check (&screen);
  moved = g_build_filename (screen.fixture->folder, "moved.db", NULL);
  g_assert_cmpint (g_rename (screen.fixture->path, moved), ==, 0);
  import (&screen);
  assert_failure (&screen, "network.db");
  g_assert_cmpint (g_rename (moved, screen.fixture->path), ==, 0);
  g_assert_cmpuint (count_neurons (&screen), ==, 3);
  screen_close (&screen);
}

static void
test_backup_first (void)
{
  Screen screen;
  g_autofree char *folder = NULL;
  g_autoptr (GDir) backups = NULL;

  screen_open (&screen);
  folder = g_build_filename (screen.fixture->folder, "backups", NULL);
  add (&screen, "neurons.json", TWO_NEURONS);
  check (&screen);
  gtk_switch_set_active (get_control (&screen, "backup"), TRUE);
  import (&screen);
  assert_shows (screen.dialog, "The backup of before is “");
  backups = g_dir_open (folder, 0, NULL);
  g_assert_nonnull (backups);
  screen_close (&screen);

  /* A backup of nothing that was changed goes again. */
  screen_open (&screen);
  g_free (folder);
  folder = g_build_filename (screen.fixture->folder, "backups", NULL);
  add (&screen, "neurons.json", TWO_NEURONS);
  check (&screen);
  gtk_switch_set_active (get_control (&screen, "backup"), TRUE);
  add (&screen, "neurons.json", BAD_WEIGHT);
  engram_dialog_show_page (ENGRAM_DIALOG (screen.dialog), "check");
  import (&screen);
  assert_failure (&screen, "1.5");
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (count_neurons (&screen), ==, 3);
  screen_close (&screen);
}

static void
test_new_ids (void)
{
  Screen screen;
  GtkWidget *page;

  screen_open (&screen);
  add (&screen, "nameless.json", "{\"neurons\": [{\"type\": \"knowledge\", \"position\": {\"x\": 1, \"y\": 2, \"z\": 3}, "
                                 TIMES "}]}");
  check (&screen);
  assert_shows (screen.dialog, "This Cannot Be Imported");
  press (&screen, "_Back");
  widget_test_draw (GTK_WIDGET (screen.dialog));
  page = widget_test_find (screen.dialog, ENGRAM_TYPE_IMPORT_FILES_PAGE);
  gtk_switch_set_active (GTK_SWITCH (gtk_widget_get_template_child (page, ENGRAM_TYPE_IMPORT_FILES_PAGE, "make_ids")), TRUE);
  check (&screen);
  import (&screen);
  assert_shows (screen.dialog, "1 neuron imported");
  screen_close (&screen);
}

/* The damaged documents of ../shared/data */

static void
assert_problem_is_shown (Screen     *screen,
                         const char *name)
{
  GtkWidget *list;

  if (widget_test_find (screen->dialog, ENGRAM_TYPE_FAILURE_PAGE) != NULL)
    {
      assert_shows (screen->dialog, name);
      return;
    }
  assert_page (screen, "check");
  assert_shows (screen->dialog, "This Cannot Be Imported");
  assert_shows (screen->dialog, name);
  g_assert_false (gtk_widget_get_sensitive (get_button (screen, "_Import")));

  /* It leads to its place. */
  list = widget_test_find (get_control (screen, "problems_bin"), GTK_TYPE_LIST_VIEW);
  g_signal_emit_by_name (list, "activate", 0);
  assert_page (screen, "place");
  wait_until (widget_test_find (screen->dialog, GTK_TYPE_TEXT_VIEW) != NULL);
}

static void
try_document (const char *path,
              const char *name,
              const char *status)
{
  Screen screen;
  g_autofree char *before = NULL, *after = NULL;

  g_test_message ("%s", name);
  /* Without neurons whose ids the documents may have. */
  screen_open_over (&screen, 0);
  before = test_hash_file (screen.fixture->path);
  add_path (&screen, path);
  check (&screen);
  if (g_str_equal (status, "0"))
    {
      assert_shows (screen.dialog, "Ready to Import");
      import (&screen);
      assert_page (&screen, "done");
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
  screen_close (&screen);
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
  g_test_add_func ("/import-dialog/import-and-undo", test_import_and_undo);
  g_test_add_func ("/import-dialog/nothing-changes", test_nothing_changes);
  g_test_add_func ("/import-dialog/conflict-kept", test_conflict_kept);
  g_test_add_func ("/import-dialog/conflict-replaced", test_conflict_replaced);
  g_test_add_func ("/import-dialog/conflict-that-comes-meanwhile", test_conflict_that_comes_meanwhile);
  g_test_add_func ("/import-dialog/wrong-checksum", test_wrong_checksum);
  g_test_add_func ("/import-dialog/place-of-a-problem", test_place_of_a_problem);
  g_test_add_func ("/import-dialog/files-are-removed", test_files_are_removed);
  g_test_add_func ("/import-dialog/files-are-dropped", test_files_are_dropped);
  g_test_add_func ("/import-dialog/cancelled-check", test_cancelled_check);
  g_test_add_func ("/import-dialog/cancelled-import", test_cancelled_import);
  g_test_add_func ("/import-dialog/cancelled-while-it-waits", test_cancelled_while_it_waits);
  g_test_add_func ("/import-dialog/closed-meanwhile", test_closed_meanwhile);
  g_test_add_func ("/import-dialog/unreadable-files", test_unreadable_files);
  g_test_add_func ("/import-dialog/unwritable-network", test_unwritable_network);
  g_test_add_func ("/import-dialog/backup-first", test_backup_first);
  g_test_add_func ("/import-dialog/new-ids", test_new_ids);
  g_test_add_func ("/import-dialog/damaged-documents", test_damaged_documents);
  return g_test_run ();
}
