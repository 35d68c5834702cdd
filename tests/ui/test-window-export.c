/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "engram-window-private.h"
#include "test-support.h"
#include "window-support.h"

/* What a window's lists show, and what is selected in them, in files for other programs. */

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

static EngramRecordExport *
create_export (Fixture          *fixture,
               EngramRecordKind  kind)
{
  EngramNetworkPage *page = engram_window_get_page (fixture->window);
  EngramSelection *selection = engram_session_get_selection (get_session (fixture));

  return engram_record_export_new_rows (engram_network_page_get_database (page), kind,
                                        engram_selection_get (selection, kind));
}

static gboolean
has_ended (EngramJob *job)
{
  EngramJobState state = engram_job_get_state (job);

  return state != ENGRAM_JOB_WAITING && state != ENGRAM_JOB_RUNNING;
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

/* Exports and returns what is in the file. */
static char *
run (Fixture            *fixture,
     EngramRecordExport *records,
     const char         *name,
     const char         *told)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autoptr (EngramJob) job = NULL;
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_assert_nonnull (records);
  g_assert_true (g_file_set_contents (path, "what was there", -1, NULL));
  job = engram_window_export (fixture->window, records, path, ENGRAM_RECORD_JSON);
  wait_until (has_ended (job));
  g_assert_no_error (engram_job_get_error (job));
  wait_until (has_text (GTK_WIDGET (fixture->window), told));
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
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

static guint
count_lines (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\r\n", -1);

  return g_strv_length (lines) - 1;
}

static void
test_shown_neurons (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autofree char *document = NULL, *table = NULL;

  filter (fixture, "type:sensor", 4);
  g_assert_true (is_enabled (fixture, "export-shown"));
  document = run (fixture, engram_record_export_new_shown (get_model (fixture)), "a & b.json",
                  "Exported 4 neurons and 3 synapses to “a & b.json”");
  assert_counts (document, "4", "3");
  table = run (fixture, engram_record_export_new_shown (get_model (fixture)), "a.CSV",
               "Exported 4 neurons to “a.CSV”");
  g_assert_cmpuint (count_lines (table), ==, 1 + 4);
  g_assert_nonnull (strstr (table, "sensor"));
  g_assert_null (strstr (table, "knowledge"));
}

static void
test_shown_synapses (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autofree char *document = NULL, *table = NULL;

  show_kind (fixture, "synapses");
  document = run (fixture, engram_record_export_new_shown (get_model (fixture)), "a.json",
                  "Exported 8 neurons and 7 synapses to “a.json”");
  assert_counts (document, "8", "7");
  table = run (fixture, engram_record_export_new_shown (get_model (fixture)), "a.csv",
               "Exported 7 synapses to “a.csv”");
  g_assert_cmpuint (count_lines (table), ==, 1 + 7);
  g_assert_nonnull (strstr (table, "from-id,to-id\r\n"));
}

static void
test_selected_neurons (Fixture       *fixture,
                       gconstpointer  data)
{
  g_autofree char *document = NULL, *table = NULL;

  select_rows (fixture, ENGRAM_RECORD_NEURON, 2, 3);
  wait_until (is_enabled (fixture, "export-selected"));
  document = run (fixture, create_export (fixture, ENGRAM_RECORD_NEURON), "a.json",
                  "Exported 2 neurons and 1 synapse to “a.json”");
  assert_counts (document, "2", "1");
  table = run (fixture, create_export (fixture, ENGRAM_RECORD_NEURON), "a.csv", "Exported 2 neurons to “a.csv”");
  g_assert_cmpuint (count_lines (table), ==, 1 + 2);
}

static void
test_selected_synapses (Fixture       *fixture,
                        gconstpointer  data)
{
  g_autofree char *document = NULL, *table = NULL;

  show_kind (fixture, "synapses");
  select_rows (fixture, ENGRAM_RECORD_SYNAPSE, 1, 2);
  wait_until (is_enabled (fixture, "export-selected"));
  document = run (fixture, create_export (fixture, ENGRAM_RECORD_SYNAPSE), "a.json",
                  "Exported 3 neurons and 2 synapses to “a.json”");
  assert_counts (document, "3", "2");
  table = run (fixture, create_export (fixture, ENGRAM_RECORD_SYNAPSE), "a.csv", "Exported 2 synapses to “a.csv”");
  g_assert_cmpuint (count_lines (table), ==, 1 + 2);
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
  g_assert_null (engram_record_export_new_shown (get_model (fixture)));
}

/* The dialog is there; the person answers it as they please. */
static void
test_asked (Fixture       *fixture,
            gconstpointer  data)
{
  g_action_group_activate_action (G_ACTION_GROUP (fixture->window), "export-shown", NULL);
  g_assert_nonnull (fixture->window->export_dialog);
  g_signal_emit_by_name (fixture->window->export_dialog, "response", GTK_RESPONSE_CANCEL);
  g_assert_null (fixture->window->export_dialog);
  select_rows (fixture, ENGRAM_RECORD_NEURON, 1, 2);
  wait_until (is_enabled (fixture, "export-selected"));
  g_action_group_activate_action (G_ACTION_GROUP (fixture->window), "export-selected", NULL);
  wait_until (fixture->window->export_dialog != NULL);
  g_signal_emit_by_name (fixture->window->export_dialog, "response", GTK_RESPONSE_CANCEL);
  g_assert_null (fixture->window->export_dialog);
}

static void
cancel (const char *phase,
        double      fraction,
        gpointer    user_data)
{
  g_cancellable_cancel (user_data);
}

static void
test_cancel (Fixture       *fixture,
             gconstpointer  format)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "a", NULL);
  g_autoptr (EngramRecordExport) records = engram_record_export_new_shown (get_model (fixture));
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GDir) left = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (engram_record_export_write (records, GPOINTER_TO_INT (format), path, cancel, cancellable, cancellable,
                                              &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  left = g_dir_open (folder, 0, NULL);
  g_assert_null (g_dir_read_name (left));
}

/* The network that is open is never written over, and the person is told. */
static void
test_refused (Fixture       *fixture,
              gconstpointer  format)
{
  const char *path = engram_window_get_path (fixture->window);
  g_autofree char *before = test_hash_file (path);
  g_autofree char *after = NULL;
  guint n_toplevels = g_list_model_get_n_items (gtk_window_get_toplevels ());
  g_autoptr (EngramJob) job = NULL;

  job = engram_window_export (fixture->window, engram_record_export_new_shown (get_model (fixture)), path,
                              GPOINTER_TO_INT (format));
  wait_until (has_ended (job));
  g_assert_error (engram_job_get_error (job), ENGRAM_ERROR, ENGRAM_ERROR_EXISTS);
  g_assert_cmpuint (g_list_model_get_n_items (gtk_window_get_toplevels ()), ==, n_toplevels + 1);
  after = test_hash_file (path);
  g_assert_cmpstr (after, ==, before);
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

  ADD_TEST ("/window-export/shown-neurons", NULL, test_shown_neurons);
  ADD_TEST ("/window-export/shown-synapses", NULL, test_shown_synapses);
  ADD_TEST ("/window-export/selected-neurons", NULL, test_selected_neurons);
  ADD_TEST ("/window-export/selected-synapses", NULL, test_selected_synapses);
  ADD_TEST ("/window-export/nothing", NULL, test_nothing);
  ADD_TEST ("/window-export/asked", NULL, test_asked);
  ADD_TEST ("/window-export/save-elsewhere", NULL, test_save_elsewhere);
  ADD_TEST ("/window-export/cancel/document", GINT_TO_POINTER (ENGRAM_RECORD_JSON), test_cancel);
  ADD_TEST ("/window-export/cancel/table", GINT_TO_POINTER (ENGRAM_RECORD_CSV), test_cancel);
  ADD_TEST ("/window-export/refused/document", GINT_TO_POINTER (ENGRAM_RECORD_JSON), test_refused);
  ADD_TEST ("/window-export/refused/table", GINT_TO_POINTER (ENGRAM_RECORD_CSV), test_refused);
  return g_test_run ();
}
