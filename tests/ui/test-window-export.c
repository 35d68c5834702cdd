/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "dialogs/export/engram-export-dialog.h"
#include "engram-window-private.h"
#include "test-support.h"
#include "window-support.h"

/* A window's network, what its lists show, and what is selected in them, in files for other programs. */

typedef struct {
  TestFolder   *folder;
  EngramWindow *window;
} Fixture;

/* A row of ten neurons, four of them sensors; the last two are joined by no synapse. */
static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autofree char *path = NULL;
  g_autofree char *real_folder = NULL;
  g_autoptr (EngramDatabase) database = NULL;
  g_autoptr (GPtrArray) neurons = g_ptr_array_new_with_free_func ((GDestroyNotify) engram_neuron_free);
  g_autoptr (EngramEdit) edit = engram_edit_new ();
  g_autoptr (GError) error = NULL;

  fixture->folder = test_folder_new ();
  real_folder = realpath (fixture->folder, NULL);
  path = g_build_filename (real_folder, "network.db", NULL);
  database = engram_database_create (path, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 10; i++)
    {
      EngramNeuron *neuron = engram_neuron_new (i < 4 ? "sensor" : "knowledge");

      g_ptr_array_add (neurons, neuron);
      engram_edit_create_neuron (edit, neuron);
    }
  for (guint i = 0; i < 7; i++)
    {
      EngramNeuron *source = g_ptr_array_index (neurons, i);
      EngramNeuron *target = g_ptr_array_index (neurons, i + 1);
      g_autoptr (EngramSynapse) synapse = engram_synapse_new (source->id, target->id, 0.5, "knowledge");

      engram_edit_create_synapse (edit, synapse);
    }
  engram_edit_apply (edit, database, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_clear_object (&database);
  fixture->window = test_open (path);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  test_close_windows ();
  test_folder_free (fixture->folder);
}

static EngramRecordModel *
get_model (Fixture *fixture)
{
  EngramNetworkPage *page = engram_window_get_page (fixture->window);

  return engram_record_list_get_model (engram_network_page_get_list (page, engram_network_page_get_kind (page)));
}

static EngramSession *
get_session (Fixture *fixture)
{
  return engram_network_page_get_session (engram_window_get_page (fixture->window));
}

static void
show_kind (Fixture    *fixture,
           const char *view)
{
  g_object_set (engram_window_get_page (fixture->window), "view", view, NULL);
  wait_until (engram_record_model_is_counted (get_model (fixture)));
}

static void
filter (Fixture    *fixture,
        const char *text,
        guint       n_rows)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramQuery) query = engram_query_parse (text, NULL, NULL, &error);

  g_assert_no_error (error);
  engram_session_set_query (get_session (fixture), query);
  wait_until (!engram_record_model_get_loading (get_model (fixture)) && test_count_rows (fixture->window) == n_rows);
}

static gboolean
is_enabled (Fixture    *fixture,
            const char *action)
{
  return g_action_group_get_action_enabled (G_ACTION_GROUP (fixture->window), action);
}

static void
select_rows (Fixture          *fixture,
             EngramRecordKind  kind,
             gint64            first,
             gint64            second)
{
  const gint64 rowids[] = { first, second };
  g_autoptr (EngramRowSet) rows = engram_row_set_new (rowids, G_N_ELEMENTS (rowids));

  engram_selection_set (engram_session_get_selection (get_session (fixture)), kind, rows);
}

/* A text somewhere below a widget. */
static gboolean
has_text (GtkWidget  *widget,
          const char *text)
{
  gboolean found = GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), text) != NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && !found;
       child = gtk_widget_get_next_sibling (child))
    found = has_text (child, text);
  return found;
}

static EngramExportDialog *
find_export (Fixture *fixture)
{
  return ENGRAM_EXPORT_DIALOG (engram_dialog_find (GTK_WINDOW (fixture->window), ENGRAM_TYPE_EXPORT_DIALOG));
}

/* Asks for the dialog, exports what it proposes, and returns what is in the file. */
static char *
run (Fixture    *fixture,
     const char *action,
     const char *told)
{
  g_autofree char *path = g_build_filename (fixture->folder, "a & b.json", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  EngramExportDialog *dialog;
  char *text = NULL;

  wait_until (is_enabled (fixture, action));
  g_action_group_activate_action (G_ACTION_GROUP (fixture->window), action, NULL);
  dialog = find_export (fixture);
  g_assert_nonnull (dialog);
  g_assert_true (g_file_set_contents (path, "what was there", -1, NULL));
  engram_export_dialog_export (dialog, file);
  wait_until (has_text (GTK_WIDGET (dialog), "SHA-256"));
  g_assert_true (has_text (GTK_WIDGET (dialog), told));
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  gtk_window_destroy (GTK_WINDOW (dialog));
  return text;
}

static void
assert_counts (const char *document,
               const char *neurons,
               const char *synapses)
{
  g_autofree char *stats = engram_json_object_get (document, "stats");
  g_autofree char *n_neurons = engram_json_object_get (stats, "neurons_loaded");
  g_autofree char *n_synapses = engram_json_object_get (stats, "synapses_loaded");

  g_assert_cmpstr (n_neurons, ==, neurons);
  g_assert_cmpstr (n_synapses, ==, synapses);
}

static void
test_all (Fixture       *fixture,
          gconstpointer  data)
{
  g_autofree char *document = NULL;

  filter (fixture, "type:sensor", 4);
  document = run (fixture, "export", "10 neurons and 7 synapses");
  assert_counts (document, "10", "7");
}

static void
test_shown_neurons (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autofree char *document = NULL;

  filter (fixture, "type:sensor", 4);
  document = run (fixture, "export-shown", "4 neurons and 3 synapses");
  assert_counts (document, "4", "3");
}

static void
test_shown_synapses (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autofree char *document = NULL;

  show_kind (fixture, "synapses");
  document = run (fixture, "export-shown", "8 neurons and 7 synapses");
  assert_counts (document, "8", "7");
}

static void
test_selected_neurons (Fixture       *fixture,
                       gconstpointer  data)
{
  g_autofree char *document = NULL;

  select_rows (fixture, ENGRAM_RECORD_NEURON, 2, 3);
  document = run (fixture, "export-selected", "2 neurons and 1 synapse");
  assert_counts (document, "2", "1");
}

static void
test_selected_synapses (Fixture       *fixture,
                        gconstpointer  data)
{
  g_autofree char *document = NULL;

  show_kind (fixture, "synapses");
  select_rows (fixture, ENGRAM_RECORD_SYNAPSE, 1, 2);
  document = run (fixture, "export-selected", "3 neurons and 2 synapses");
  assert_counts (document, "3", "2");
}

static void
test_nothing (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (EngramRowSet) nothing = engram_row_set_new_empty ();

  engram_selection_set (engram_session_get_selection (get_session (fixture)), ENGRAM_RECORD_NEURON, nothing);
  wait_until (!is_enabled (fixture, "export-selected"));
  filter (fixture, "type:visual", 0);
  wait_until (!is_enabled (fixture, "export-shown"));
  g_assert_true (is_enabled (fixture, "export"));
}

/* The window stays usable, and takes the dialog with it. */
static void
test_dialog (Fixture       *fixture,
             gconstpointer  data)
{
  EngramExportDialog *dialog;

  g_action_group_activate_action (G_ACTION_GROUP (fixture->window), "export", NULL);
  dialog = find_export (fixture);
  g_assert_nonnull (dialog);
  g_assert_false (gtk_window_get_modal (GTK_WINDOW (dialog)));
  g_object_add_weak_pointer (G_OBJECT (dialog), (gpointer *) &dialog);
  test_close_windows ();
  wait_until (dialog == NULL);
}

static GtkWidget *
find_dialog (void)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWidget) toplevel = g_list_model_get_item (toplevels, i);

      if (ADW_IS_MESSAGE_DIALOG (toplevel))
        return toplevel;
    }
  return NULL;
}

/* Where a network cannot be saved, another place is asked for. */
static void
test_save_elsewhere (Fixture       *fixture,
                     gconstpointer  data)
{
  engram_window_save_to (fixture->window, engram_window_get_path (fixture->window));
  wait_until (find_dialog () != NULL);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (find_dialog ()), "elsewhere");
  wait_until (fixture->window->save_dialog != NULL);
  gtk_native_dialog_hide (GTK_NATIVE_DIALOG (fixture->window->save_dialog));
}

#define ADD_TEST(path, data, function) g_test_add (path, Fixture, data, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_autoptr (TestFolder) home = test_create_home ();

  g_test_init (&argc, &argv, NULL);

  ADD_TEST ("/window-export/all", NULL, test_all);
  ADD_TEST ("/window-export/shown-neurons", NULL, test_shown_neurons);
  ADD_TEST ("/window-export/shown-synapses", NULL, test_shown_synapses);
  ADD_TEST ("/window-export/selected-neurons", NULL, test_selected_neurons);
  ADD_TEST ("/window-export/selected-synapses", NULL, test_selected_synapses);
  ADD_TEST ("/window-export/nothing", NULL, test_nothing);
  ADD_TEST ("/window-export/dialog", NULL, test_dialog);
  ADD_TEST ("/window-export/save-elsewhere", NULL, test_save_elsewhere);
  return g_test_run ();
}
