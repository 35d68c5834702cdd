/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "dialogs/comparison/engram-comparison-dialog.h"
#include "dialogs/comparison/engram-difference-browser.h"
#include "dialogs/comparison/engram-difference-list.h"
#include "widget-support.h"

#define N_NEURONS 12

typedef struct {
  UiFixture     *fixture;
  EngramSession *session;
  GtkWindow     *parent;
  EngramDialog  *dialog;
  char          *other;   /* the file as it was */
  GPtrArray     *jobs;
} Screen;

/* The session has others of its own. */
static void
note_job (Screen    *screen,
          EngramJob *job)
{
  if (g_str_has_prefix (engram_job_get_title (job), "Comparing"))
    g_ptr_array_add (screen->jobs, g_object_ref (job));
}

static EngramDialog *
find_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GObject) window = g_list_model_get_item (windows, i);

      if (ENGRAM_IS_COMPARISON_DIALOG (window))
        return ENGRAM_DIALOG (window);
    }
  return NULL;
}

/* Twelve neurons in a row, and the file as it is now under another name. */
static void
screen_open (Screen *screen)
{
  g_autoptr (GError) error = NULL;

  *screen = (Screen) { .fixture = ui_fixture_new (N_NEURONS) };
  for (guint i = 0; i + 1 < N_NEURONS; i++)
    ui_fixture_join (screen->fixture, i, i + 1, 0.5);
  screen->other = g_build_filename (screen->fixture->folder, "before.db", NULL);
  engram_database_save_as (screen->fixture->database, screen->other, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

/* Neuron 2 says something else, neuron 5 is gone with its synapses, "Newcomer" has come, and the first synapse is
 * weaker. */
static void
change (Screen *screen)
{
  g_autofree char *changed = ui_fixture_dup_id (2), *gone = ui_fixture_dup_id (5), *source = ui_fixture_dup_id (0);
  g_autofree char *added = ui_fixture_add (screen->fixture, "Newcomer");
  g_autoptr (EngramNeuron) neuron = engram_neuron_store_get (screen->fixture->neurons, changed, NULL, NULL);
  g_autoptr (GPtrArray) synapses = engram_synapse_store_list_by_source (screen->fixture->synapses, source, NULL, NULL);
  EngramSynapse *synapse = g_ptr_array_index (synapses, 0);
  g_autoptr (GError) error = NULL;

  engram_neuron_set_text (neuron, ENGRAM_NEURON_SOURCE_DATA, "Neuron two");
  neuron->position[0] += 3;
  neuron->position[1] += 4;
  engram_neuron_store_update (screen->fixture->neurons, neuron, NULL, &error);
  g_assert_no_error (error);
  engram_neuron_store_delete (screen->fixture->neurons, gone, NULL, NULL, &error);
  g_assert_no_error (error);
  synapse->weight = 0.3;
  engram_synapse_store_update (screen->fixture->synapses, synapse, NULL, &error);
  g_assert_no_error (error);
}

static void
screen_begin (Screen *screen)
{
  screen->jobs = g_ptr_array_new_with_free_func (g_object_unref);
  screen->session = engram_session_new (screen->fixture->database);
  engram_session_set_active (screen->session, TRUE);
  g_signal_connect_swapped (screen->session, "job-added", G_CALLBACK (note_job), screen);
  screen->parent = widget_test_show (gtk_label_new ("Parent"), 300, 200);
}

static void
screen_present (Screen     *screen,
                const char *other)
{
  if (screen->session == NULL)
    screen_begin (screen);
  engram_comparison_dialog_present (screen->parent, screen->session, other);
  screen->dialog = find_dialog ();
}

static void
screen_close (Screen *screen)
{
  if (find_dialog () != NULL)
    gtk_window_destroy (GTK_WINDOW (screen->dialog));
  gtk_window_destroy (screen->parent);
  engram_session_close (screen->session);
  g_object_unref (screen->session);
  g_ptr_array_unref (screen->jobs);
  g_free (screen->other);
  ui_fixture_free (screen->fixture);
}

static gboolean
shows (Screen     *screen,
       const char *text)
{
  g_autofree char *shown = widget_test_dup_text (screen->dialog);

  return strstr (shown, text) != NULL;
}

static gpointer
find_button (gpointer    widget,
             const char *label)
{
  gpointer found = NULL;

  if (GTK_IS_BUTTON (widget) && gtk_widget_get_mapped (widget) &&
      g_strcmp0 (gtk_button_get_label (widget), label) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_button (child, label);
  return found;
}

static void
click (Screen     *screen,
       const char *label)
{
  wait_until (find_button (screen->dialog, label) != NULL);
  g_assert_true (gtk_widget_is_sensitive (find_button (screen->dialog, label)));
  g_signal_emit_by_name (find_button (screen->dialog, label), "clicked");
}

/* The part of the result of that name. */
static void
show_part (Screen     *screen,
           const char *name)
{
  GtkStackSwitcher *switcher;

  wait_until (g_str_equal (engram_dialog_get_page (screen->dialog), "result"));
  wait_until (widget_test_find (screen->dialog, GTK_TYPE_STACK_SWITCHER) != NULL);
  switcher = widget_test_find (screen->dialog, GTK_TYPE_STACK_SWITCHER);
  gtk_stack_set_visible_child_name (gtk_stack_switcher_get_stack (switcher), name);
}

static EngramDifferenceBrowser *
get_browser (Screen *screen)
{
  show_part (screen, "differences");
  wait_until (widget_test_find (screen->dialog, ENGRAM_TYPE_DIFFERENCE_BROWSER) != NULL);
  return widget_test_find (screen->dialog, ENGRAM_TYPE_DIFFERENCE_BROWSER);
}

static EngramDifferenceList *
get_list (Screen *screen)
{
  EngramDifferenceBrowser *browser = get_browser (screen);

  wait_until (engram_difference_browser_get_list (browser) != NULL);
  return engram_difference_browser_get_list (browser);
}

static void
find_drop_downs (gpointer   widget,
                 GPtrArray *found)
{
  if (GTK_IS_DROP_DOWN (widget))
    g_ptr_array_add (found, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    find_drop_downs (child, found);
}

/* @which: kind, status, sort */
static void
choose (Screen *screen,
        guint   which,
        guint   selected)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new ();

  find_drop_downs (get_browser (screen), found);
  gtk_drop_down_set_selected (g_ptr_array_index (found, which), selected);
}

/* The place of what is called so in the list, once it has been read. */
static guint
find_place (Screen     *screen,
            const char *name)
{
  GListModel *list = G_LIST_MODEL (get_list (screen));

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (EngramDifferenceItem) item = g_list_model_get_item (list, i);

      wait_until (engram_difference_item_get (item) != NULL);
      if (strstr (engram_difference_item_get (item)->name, name) != NULL)
        return i;
    }
  g_error ("“%s” is not in the list", name);
}

static void
compare (Screen *screen)
{
  screen_present (screen, screen->other);
  get_list (screen);
}

/* What differs */

static void
test_differences (void)
{
  Screen screen;
  GListModel *list;

  screen_open (&screen);
  change (&screen);
  compare (&screen);
  list = G_LIST_MODEL (get_list (&screen));
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 3);
  wait_until (shows (&screen, "Newcomer"));
  wait_until (shows (&screen, "Neuron two"));
  wait_until (shows (&screen, "Neuron 5"));
  assert_shows (screen.dialog, "Added");
  assert_shows (screen.dialog, "Removed");
  assert_shows (screen.dialog, "Moved 5");
  assert_shows (screen.dialog, "Select a difference");
  widget_test_assert_names (screen.dialog);

  choose (&screen, 0, 1);
  list = G_LIST_MODEL (get_list (&screen));
  /* One weaker, two gone with their neuron. */
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 3);
  wait_until (shows (&screen, "Weight"));
  choose (&screen, 1, 2);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (get_list (&screen))), ==, 2);
  choose (&screen, 1, 4);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (get_list (&screen))), ==, 0);
  wait_until (shows (&screen, "There are no differences of that kind."));
  screen_close (&screen);
}

static void
test_overview (void)
{
  Screen screen;

  screen_open (&screen);
  change (&screen);
  screen_present (&screen, screen.other);
  wait_until (shows (&screen, "Changed Fields of Neurons"));
  assert_shows (screen.dialog, "source_data (1)");
  assert_shows (screen.dialog, "weight (1)");
  assert_shows (screen.dialog, "Weight Changes");
  assert_shows (screen.dialog, "1, from −0.2 to −0.2, on average −0.2");
  widget_test_assert_names (screen.dialog);
  screen_close (&screen);
}

static void
test_values (void)
{
  Screen screen;
  GtkSelectionModel *list;

  screen_open (&screen);
  change (&screen);
  compare (&screen);
  list = GTK_SELECTION_MODEL (get_list (&screen));
  gtk_selection_model_select_item (list, find_place (&screen, "Neuron two"), TRUE);
  wait_until (shows (&screen, "Before"));
  assert_shows (screen.dialog, "Neuron 2");
  assert_shows (screen.dialog, "Neuron two");
  gtk_selection_model_select_all (list);
  wait_until (shows (&screen, "3 differences are selected."));
  g_assert_false (shows (&screen, "Before"));
  gtk_selection_model_unselect_range (list, 0, 2);
  g_assert_true (gtk_selection_model_is_selected (list, 2));
  g_assert_false (gtk_selection_model_is_selected (list, 0));
  screen_close (&screen);
}

static void
note_activated (GString    *log,
                guint       kind,
                const char *id)
{
  g_string_append_printf (log, "%u %s", kind, id);
}

/* What was removed is not there to be shown. */
static void
test_one_is_shown_in_the_window (void)
{
  Screen screen;
  g_autoptr (GString) log = g_string_new (NULL);
  g_autofree char *id = ui_fixture_dup_id (2), *expected = NULL;
  GtkSelectionModel *list;

  screen_open (&screen);
  change (&screen);
  compare (&screen);
  expected = g_strdup_printf ("%u %s", ENGRAM_RECORD_NEURON, id);
  g_signal_connect_swapped (screen.session, "activate", G_CALLBACK (note_activated), log);
  list = GTK_SELECTION_MODEL (get_list (&screen));
  gtk_selection_model_select_item (list, find_place (&screen, "Neuron 5"), TRUE);
  g_assert_false (gtk_widget_is_sensitive (find_button (screen.dialog, "S_how")));
  gtk_selection_model_select_item (list, find_place (&screen, "Neuron two"), TRUE);
  wait_until (shows (&screen, "Before"));
  click (&screen, "S_how");
  g_assert_cmpstr (log->str, ==, expected);
  screen_close (&screen);
}

static void
test_nothing_differs (void)
{
  Screen screen;

  screen_open (&screen);
  screen_present (&screen, screen.other);
  wait_until (shows (&screen, "Nothing Differs"));
  assert_shows (screen.dialog, "Neurons: 12, synapses: 11");
  widget_test_assert_names (screen.dialog);
  screen_close (&screen);
}

/* Views */

static double
get_change (Screen         *screen,
            EngramAnalysis  analysis,
            gint64          rowid)
{
  g_autoptr (EngramNeuronValues) values =
    engram_searcher_get_analysis (engram_session_get_searcher (screen->session), analysis);

  return values != NULL ? engram_neuron_values_get (values, rowid) : -1;
}

static void
test_views_show_the_differences (void)
{
  Screen screen;

  screen_open (&screen);
  change (&screen);
  compare (&screen);
  g_assert_false (engram_session_is_analysed (screen.session, ENGRAM_ANALYSIS_CHANGE));
  click (&screen, "_Show in Views");
  g_assert_cmpstr (engram_query_get_text (engram_session_get_query (screen.session)), ==,
                   "change:added,changed,rewired");
  g_assert_true (engram_session_is_analysed (screen.session, ENGRAM_ANALYSIS_CHANGE));
  g_assert_cmpfloat (get_change (&screen, ENGRAM_ANALYSIS_CHANGE, 3), ==, ENGRAM_DIFFERENCE_CHANGED);
  g_assert_cmpfloat (get_change (&screen, ENGRAM_ANALYSIS_MOVED, 3), ==, 5);
  /* Its neighbours lost a synapse, or have a weaker one. */
  g_assert_cmpfloat (get_change (&screen, ENGRAM_ANALYSIS_CHANGE, 1), ==, ENGRAM_DIFFERENCE_REWIRED);
  g_assert_cmpfloat (get_change (&screen, ENGRAM_ANALYSIS_CHANGE, 5), ==, ENGRAM_DIFFERENCE_REWIRED);
  g_assert_cmpfloat (get_change (&screen, ENGRAM_ANALYSIS_CHANGE, 10), ==, ENGRAM_DIFFERENCE_SAME);
  g_assert_cmpfloat (get_change (&screen, ENGRAM_ANALYSIS_SYNAPSE_CHANGE, 1), ==, ENGRAM_DIFFERENCE_CHANGED);
  g_assert_cmpfloat_with_epsilon (get_change (&screen, ENGRAM_ANALYSIS_WEIGHT_CHANGE, 1), -0.2, 1e-9);

  click (&screen, "_Hide in Views");
  g_assert_false (engram_session_is_analysed (screen.session, ENGRAM_ANALYSIS_CHANGE));
  g_assert_true (engram_query_is_empty (engram_session_get_query (screen.session)));
  screen_close (&screen);
}

/* As analyses do. */
static void
test_they_grow_old (void)
{
  Screen screen;
  g_autofree char *title = NULL, *id = NULL;

  screen_open (&screen);
  change (&screen);
  compare (&screen);
  click (&screen, "_Show in Views");
  g_assert_false (engram_session_is_analysis_stale (screen.session, ENGRAM_ANALYSIS_CHANGE));
  id = ui_fixture_add (screen.fixture, "Another");
  wait_until (engram_session_is_analysis_stale (screen.session, ENGRAM_ANALYSIS_CHANGE));
  title = engram_session_dup_analysis_title (screen.session, ENGRAM_ANALYSIS_CHANGE);
  g_assert_cmpstr (title, ==, "Changes (before the last change)");
  screen_close (&screen);
}

/* The list is that of before, and says so. */
static void
test_it_says_that_the_network_has_changed (void)
{
  Screen screen;
  g_autofree char *id = NULL;

  screen_open (&screen);
  change (&screen);
  compare (&screen);
  g_assert_false (shows (&screen, "has changed since"));
  id = ui_fixture_add (screen.fixture, "Another");
  wait_until (shows (&screen, "The network has changed since it was compared."));
  click (&screen, "Compare _Again");
  wait_until (engram_difference_browser_get_list (get_browser (&screen)) != NULL
              && g_list_model_get_n_items (G_LIST_MODEL (get_list (&screen))) == 4);
  g_assert_false (shows (&screen, "has changed since"));
  screen_close (&screen);
}

/* Bringing back */

static gboolean
has_neuron (Screen *screen,
            guint   number)
{
  g_autofree char *id = ui_fixture_dup_id (number);
  g_autoptr (EngramNeuron) neuron = engram_neuron_store_get (screen->fixture->neurons, id, NULL, NULL);

  return neuron != NULL;
}

static char *
dup_text (Screen *screen,
          guint   number)
{
  g_autofree char *id = ui_fixture_dup_id (number);
  g_autoptr (EngramNeuron) neuron = engram_neuron_store_get (screen->fixture->neurons, id, NULL, NULL);

  return g_strdup (neuron->source_data);
}

static void
test_rows_are_brought_back (void)
{
  Screen screen;
  GtkSelectionModel *list;
  g_autofree char *text = NULL, *undone = NULL;

  screen_open (&screen);
  change (&screen);
  compare (&screen);
  g_assert_false (gtk_widget_is_sensitive (find_button (screen.dialog, "_Bring Back")));
  list = GTK_SELECTION_MODEL (get_list (&screen));
  /* The one that came is passed over. */
  gtk_selection_model_select_all (list);
  click (&screen, "_Bring Back 2");
  wait_until (engram_session_get_undo_label (screen.session) != NULL);
  g_assert_true (has_neuron (&screen, 5));
  text = dup_text (&screen, 2);
  g_assert_cmpstr (text, ==, "Neuron 2");
  /* What is left. */
  wait_until (engram_difference_browser_get_list (get_browser (&screen)) != NULL
              && g_list_model_get_n_items (G_LIST_MODEL (get_list (&screen))) == 1);
  wait_until (shows (&screen, "Newcomer"));

  engram_session_undo (screen.session);
  wait_until (!has_neuron (&screen, 5));
  undone = dup_text (&screen, 2);
  g_assert_cmpstr (undone, ==, "Neuron two");
  screen_close (&screen);
}

static void
test_added_ones_are_deleted_where_asked (void)
{
  Screen screen;
  GtkCheckButton *delete_added;
  guint64 count;

  screen_open (&screen);
  change (&screen);
  compare (&screen);
  gtk_selection_model_select_all (GTK_SELECTION_MODEL (get_list (&screen)));
  delete_added = widget_test_find (get_browser (&screen), GTK_TYPE_CHECK_BUTTON);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (delete_added)));
  gtk_check_button_set_active (delete_added, TRUE);
  click (&screen, "_Bring Back 3");
  wait_until (engram_session_get_undo_label (screen.session) != NULL);
  g_assert_true (engram_neuron_store_count (screen.fixture->neurons, &count, NULL, NULL));
  g_assert_cmpuint (count, ==, N_NEURONS);
  screen_close (&screen);
}

/* Cancelling, failing */

static void
test_cancelled (void)
{
  Screen screen;

  screen_open (&screen);
  change (&screen);
  screen_present (&screen, screen.other);
  g_assert_cmpuint (screen.jobs->len, ==, 1);
  engram_job_cancel (g_ptr_array_index (screen.jobs, 0));
  wait_until (engram_dialog_get_job (screen.dialog) == NULL);
  g_assert_cmpstr (engram_dialog_get_page (screen.dialog), ==, "choose");
  /* And again. */
  click (&screen, "_Compare");
  get_list (&screen);
  g_assert_cmpstr (engram_dialog_get_page (screen.dialog), ==, "result");
  screen_close (&screen);
}

/* Nobody else wants to know. */
static void
test_closing_cancels (void)
{
  Screen screen;
  EngramJob *job;

  screen_open (&screen);
  change (&screen);
  screen_present (&screen, screen.other);
  job = g_ptr_array_index (screen.jobs, 0);
  gtk_window_destroy (GTK_WINDOW (screen.dialog));
  wait_until (!engram_job_is_active (job));
  g_assert_cmpint (engram_job_get_state (job), ==, ENGRAM_JOB_CANCELLED);
  screen_close (&screen);
}

static void
assert_fails (Screen     *screen,
              const char *path,
              const char *part)
{
  EngramJob *job;

  screen_present (screen, path);
  job = g_ptr_array_index (screen->jobs, screen->jobs->len - 1);
  wait_until (!engram_job_is_active (job));
  g_assert_cmpint (engram_job_get_state (job), ==, ENGRAM_JOB_FAILED);
  wait_until (shows (screen, part));
  widget_test_assert_names (screen->dialog);
}

static void
test_files_that_cannot_be_compared (void)
{
  Screen screen;
  g_autofree char *gone = NULL, *text = NULL;

  screen_open (&screen);
  gone = g_build_filename (screen.fixture->folder, "gone.db", NULL);
  text = g_build_filename (screen.fixture->folder, "text.db", NULL);
  g_assert_true (g_file_set_contents (text, "No network at all", -1, NULL));
  assert_fails (&screen, gone, "gone.db");
  assert_fails (&screen, text, "text.db");
  assert_fails (&screen, screen.fixture->path, "is the network that is open in this window");
  /* Another file after all. */
  screen_present (&screen, screen.other);
  wait_until (shows (&screen, "Nothing Differs"));
  screen_close (&screen);
}

/* Each gets a page: what differs, or why that cannot be said. */
static void
test_damaged_files (void)
{
  const char *shared = g_getenv ("ENGRAM_SHARED_DATA");
  g_autofree char *folder = shared != NULL ? g_build_filename (shared, "damaged", NULL) : NULL;
  g_autoptr (GDir) dir = folder != NULL ? g_dir_open (folder, 0, NULL) : NULL;
  const char *name;
  Screen screen;

  if (dir == NULL)
    {
      g_test_skip ("The shared data are not there");
      return;
    }
  screen_open (&screen);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      EngramJob *job;

      if (!g_str_has_suffix (name, ".db"))
        continue;
      g_test_message ("%s", name);
      screen_present (&screen, path);
      job = g_ptr_array_index (screen.jobs, screen.jobs->len - 1);
      wait_until (!engram_job_is_active (job));
      if (engram_job_get_state (job) == ENGRAM_JOB_FAILED)
        wait_until (shows (&screen, engram_job_get_error (job)->message));
      else
        wait_until (shows (&screen, "Overview") || shows (&screen, "Nothing Differs"));
    }
  screen_close (&screen);
}

int
main (int    argc,
      char **argv)
{
  widget_test_init (&argc, &argv);
  g_test_add_func ("/comparison-dialog/differences", test_differences);
  g_test_add_func ("/comparison-dialog/overview", test_overview);
  g_test_add_func ("/comparison-dialog/values", test_values);
  g_test_add_func ("/comparison-dialog/one-is-shown-in-the-window", test_one_is_shown_in_the_window);
  g_test_add_func ("/comparison-dialog/nothing-differs", test_nothing_differs);
  g_test_add_func ("/comparison-dialog/views-show-the-differences", test_views_show_the_differences);
  g_test_add_func ("/comparison-dialog/they-grow-old", test_they_grow_old);
  g_test_add_func ("/comparison-dialog/it-says-that-the-network-has-changed",
                   test_it_says_that_the_network_has_changed);
  g_test_add_func ("/comparison-dialog/rows-are-brought-back", test_rows_are_brought_back);
  g_test_add_func ("/comparison-dialog/added-ones-are-deleted-where-asked", test_added_ones_are_deleted_where_asked);
  g_test_add_func ("/comparison-dialog/cancelled", test_cancelled);
  g_test_add_func ("/comparison-dialog/closing-cancels", test_closing_cancels);
  g_test_add_func ("/comparison-dialog/files-that-cannot-be-compared", test_files_that_cannot_be_compared);
  g_test_add_func ("/comparison-dialog/damaged-files", test_damaged_files);
  return g_test_run ();
}
