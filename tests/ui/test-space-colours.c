/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lists/engram-record-list-private.h"
#include "space-support.h"

static gboolean
shows (gpointer    widget,
       const char *text)
{
  g_autofree char *shown = widget_test_dup_text (widget);

  return strstr (shown, text) != NULL;
}

static void
change_neuron (SpaceScreen *screen,
               guint        number,
               const char  *metadata,
               const char  *tags,
               const char  *fields)
{
  g_autofree char *id = ui_fixture_dup_id (number);
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramNeuron) neuron = engram_neuron_store_get (screen->fixture->neurons, id, NULL, &error);

  g_assert_no_error (error);
  engram_neuron_set_text (neuron, ENGRAM_NEURON_METADATA, metadata);
  engram_neuron_set_text (neuron, ENGRAM_NEURON_SEMANTIC_TAGS, tags);
  engram_neuron_set_text (neuron, ENGRAM_NEURON_FIELDS, fields);
  engram_neuron_store_update (screen->fixture->neurons, neuron, NULL, &error);
  g_assert_no_error (error);
}

/* Choosing what is not known yet finds it out, and its legend comes when it is. */
static void
test_community (SpaceScreen   *screen,
                gconstpointer  data)
{
  engram_network_view_set_colours (screen->view, ENGRAM_COLOUR_BY_COMPONENT, ENGRAM_SIZE_BY_PAGE_RANK);
  g_assert_true (engram_session_is_analysing (screen->session, ENGRAM_ANALYSIS_COMPONENT));
  g_assert_true (engram_session_is_analysing (screen->session, ENGRAM_ANALYSIS_PAGE_RANK));
  assert_shows (screen->space, "Not known yet");
  wait_until (shows (screen->space, "Component 1 (3)"));
  assert_shows (screen->space, "Component 2 (1)");
  assert_shows (screen->space, "2 components");
  wait_until (engram_session_is_analysed (screen->session, ENGRAM_ANALYSIS_PAGE_RANK));
  assert_shows (screen->space, "Size: PageRank");
}

/* By the most frequent number at first, and by another when it is chosen; a change of the file is followed. */
static void
test_metadata (SpaceScreen   *screen,
               gconstpointer  data)
{
  change_neuron (screen, 0, "{\"depth\": 5, \"size\": 1}", "[]", NULL);
  change_neuron (screen, 1, "{\"depth\": 7}", "[]", NULL);
  engram_network_view_set_colours (screen->view, ENGRAM_COLOUR_BY_METADATA, ENGRAM_SIZE_BY_NOTHING);
  wait_until (shows (screen->space, "depth\n"));
  assert_shows (screen->space, "5\n");
  assert_shows (screen->space, "7\n");
  assert_shows (screen->space, "None (2)");
  engram_network_view_set_colour_key (screen->view, "size");
  wait_until (shows (screen->space, "size\n") && shows (screen->space, "None (3)"));

  change_neuron (screen, 2, "{\"size\": 3}", "[]", NULL);
  engram_session_set_active (screen->session, TRUE);
  wait_until (shows (screen->space, "None (2)"));
}

static void
test_no_metadata (SpaceScreen   *screen,
                  gconstpointer  data)
{
  engram_network_view_set_colours (screen->view, ENGRAM_COLOUR_BY_METADATA, ENGRAM_SIZE_BY_NOTHING);
  wait_until (shows (screen->space, "No neuron has a number in its metadata"));
}

static void
test_tags_and_importance (SpaceScreen   *screen,
                          gconstpointer  data)
{
  change_neuron (screen, 0, "{}", "[\"rare\", \"common\"]", "{\"importance\": 0.25}");
  change_neuron (screen, 1, "{}", "[\"common\"]", "{\"importance\": 0.75}");
  engram_network_view_set_colours (screen->view, ENGRAM_COLOUR_BY_TAG, ENGRAM_SIZE_BY_IMPORTANCE);
  wait_until (shows (screen->space, "common (2)"));
  assert_shows (screen->space, "None (2)");
  assert_shows (screen->space, "Size: Importance");
  engram_network_view_set_colours (screen->view, ENGRAM_COLOUR_BY_IMPORTANCE, ENGRAM_SIZE_BY_NOTHING);
  wait_until (shows (screen->space, "0.75\n"));
  assert_shows (screen->space, "0.25\n");
}

static void
count_cb (guint *count)
{
  (*count)++;
}

static EngramDifferences *
compare (SpaceScreen *screen,
         const char  *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramDatabase) other = engram_database_open (path, NULL, &error);
  g_autoptr (EngramComparison) comparison = NULL;
  EngramDifferences *differences;

  g_assert_no_error (error);
  comparison = engram_comparison_new (screen->fixture->database, other, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  differences = engram_differences_new (comparison, engram_session_get_searcher (screen->session), other, NULL,
                                        &error);
  g_assert_no_error (error);
  return differences;
}

/* They become the colours, and the synapses are drawn over all others; taken away, the colours are those of types. */
static void
test_differences (SpaceScreen   *screen,
                  gconstpointer  data)
{
  g_autofree char *before = g_build_filename (screen->fixture->folder, "before.db", NULL);
  g_autofree char *id = ui_fixture_dup_id (1);
  g_autoptr (GPtrArray) synapses = engram_synapse_store_list_by_source (screen->fixture->synapses, id, NULL, NULL);
  EngramSynapse *synapse = g_ptr_array_index (synapses, 0);
  g_autoptr (EngramDifferences) differences = NULL;
  g_autofree char *appearance = NULL;

  g_assert_true (engram_database_save_as (screen->fixture->database, before, NULL, NULL, NULL, NULL));
  change_neuron (screen, 0, "{\"depth\": 5}", "[]", NULL);
  synapse->weight = 0.75;
  g_assert_true (engram_synapse_store_update (screen->fixture->synapses, synapse, NULL, NULL));
  engram_network_view_set_colours (screen->view, ENGRAM_COLOUR_BY_CHANGE, ENGRAM_SIZE_BY_NOTHING);
  assert_shows (screen->space, "No other file has been compared yet");
  differences = compare (screen, before);
  engram_session_set_differences (screen->session, differences);
  wait_until (shows (screen->space, "Changed (1)"));
  assert_shows (screen->space, "Other Synapses (2)");
  assert_shows (screen->space, "The Same (1)");
  assert_shows (screen->space, "1 neuron was changed");
  g_assert_cmpuint (engram_network_view_get_scene (screen->view)->scene->n_marked_edges, ==, 1);

  engram_session_set_differences (screen->session, NULL);
  appearance = engram_network_view_dup_appearance (screen->view);
  g_assert_true (g_str_has_prefix (appearance, "type nothing"));
  g_assert_cmpuint (engram_network_view_get_scene (screen->view)->scene->n_marked_edges, ==, 0);
}

/* As a file keeps it. */
static void
test_appearance (SpaceScreen   *screen,
                 gconstpointer  data)
{
  guint n_changes = 0;
  g_autofree char *first = engram_network_view_dup_appearance (screen->view), *second = NULL, *third = NULL;

  g_signal_connect_swapped (screen->view, "appearance-changed", G_CALLBACK (count_cb), &n_changes);
  g_assert_cmpstr (first, ==, "type degree ");
  engram_network_view_set_appearance (screen->view, "metadata importance size in mm");
  second = engram_network_view_dup_appearance (screen->view);
  g_assert_cmpstr (second, ==, "metadata importance size in mm");
  g_assert_cmpuint (n_changes, >, 0);
  engram_network_view_set_appearance (screen->view, "nonsense activation");
  third = engram_network_view_dup_appearance (screen->view);
  g_assert_cmpstr (third, ==, "metadata activation size in mm");
  engram_network_view_set_appearance (screen->view, "");
}

/* The menu starts analyses, and says which results are of before the last change. */
static void
test_menu (SpaceScreen   *screen,
           gconstpointer  data)
{
  gtk_widget_activate_action (GTK_WIDGET (screen->view), "picture.analyse", "s", "component");
  g_assert_true (engram_session_is_analysing (screen->session, ENGRAM_ANALYSIS_COMPONENT));
  wait_until (engram_session_is_analysed (screen->session, ENGRAM_ANALYSIS_COMPONENT));
}

/* A column of the list comes with the result, and rows can be found and sorted by it. */
static void
test_list (SpaceScreen   *screen,
           gconstpointer  data)
{
  EngramRecordList *list = ENGRAM_RECORD_LIST (engram_record_list_new (ENGRAM_RECORD_NEURON));
  g_autoptr (EngramQuery) query = engram_query_parse ("component:2", NULL, NULL, NULL);
  GtkColumnViewColumn *column;
  GtkWindow *window;

  engram_record_list_set_session (list, screen->session);
  window = widget_test_show (GTK_WIDGET (list), 1000, 400);
  column = engram_record_layout_find (list->view, engram_columns_find (ENGRAM_RECORD_NEURON, "component"), NULL);
  wait_until (shows (list, "Neuron 3"));
  g_assert_false (gtk_column_view_column_get_visible (column));

  engram_session_set_query (screen->session, query);
  wait_until (shows (list, "Components"));
  engram_session_analyse (screen->session, ENGRAM_ANALYSIS_COMPONENT);
  wait_until (g_list_model_get_n_items (G_LIST_MODEL (list->model)) == 1 && shows (list, "2\n"));
  g_assert_true (gtk_column_view_column_get_visible (column));

  engram_session_set_query (screen->session, NULL);
  engram_record_list_set_sort (list, (EngramSort) { ENGRAM_SORT_COMPONENT, TRUE });
  wait_until (g_list_model_get_n_items (G_LIST_MODEL (list->model)) == 4
              && engram_record_model_get_rowid (list->model, 0) == 4);
  gtk_window_destroy (window);
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *program = NULL;

  widget_test_init (&argc, &argv);
  program = g_test_build_filename (G_TEST_BUILT, "..", "app", "graph", "engram-graph", NULL);
  g_setenv ("ENGRAM_GRAPH_PROGRAM", program, TRUE);
#define add(PATH, FUNC) g_test_add (PATH, SpaceScreen, NULL, space_set_up, FUNC, space_tear_down)
  add ("/space/colours/analysis", test_community);
  add ("/space/colours/metadata", test_metadata);
  add ("/space/colours/no-metadata", test_no_metadata);
  add ("/space/colours/tags-and-importance", test_tags_and_importance);
  add ("/space/colours/differences", test_differences);
  add ("/space/colours/appearance", test_appearance);
  add ("/space/colours/menu", test_menu);
  add ("/space/colours/list", test_list);
#undef add
  return g_test_run ();
}
