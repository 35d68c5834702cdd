/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "export-screen.h"

/* A network handed to other programs through the real dialog: what of it, and in which format. */

typedef struct {
  const char *control;
  const char *start; /* of the file */
} Format;

static const Format formats[] = {
  { "json", "{\n  \"version\": 1" },
  { "graphml", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml " },
  { "gexf", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gexf " },
};

static void
test_formats (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autoptr (TestFolder) folder = test_folder_new ();
      g_autofree char *name = g_strdup_printf ("a & b.%s", formats[i].control);
      g_autofree char *text = NULL;
      ExportScreen screen;

      export_screen_open (&screen, 10, ENGRAM_RECORD_NEURON, ENGRAM_EXPORT_ALL);
      export_screen_await (&screen, "10 neurons and 3 synapses");
      export_screen_choose (&screen, formats[i].control);
      g_assert_true (export_screen_is_chosen (&screen, formats[i].control));
      export_screen_export (&screen, folder, name);
      export_screen_await (&screen, "_Done" + 1);
      assert_shows (screen.dialog, "10 neurons and 3 synapses");
      assert_shows (screen.dialog, name);
      assert_shows (screen.dialog, folder);
      g_assert_cmpint (export_screen_shows (&screen, "SHA-256"), ==, i == 0);
      g_assert_false (export_screen_shows (&screen, "Problem"));
      widget_test_assert_names (screen.dialog);
      text = export_screen_read (folder, name);
      g_assert_true (g_str_has_prefix (text, formats[i].start));
      g_assert_cmpuint (export_screen_count_files (folder), ==, 1);
      export_screen_close (&screen);
    }
}

static void
test_tables (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *nodes = NULL, *edges = NULL, *alone = NULL;
  ExportScreen screen;

  export_screen_open (&screen, 10, ENGRAM_RECORD_NEURON, ENGRAM_EXPORT_ALL);
  export_screen_choose (&screen, "csv");
  export_screen_export (&screen, folder, "n.csv");
  export_screen_await (&screen, "n-nodes.csv");
  assert_shows (screen.dialog, "n-edges.csv");
  nodes = export_screen_read (folder, "n-nodes.csv");
  edges = export_screen_read (folder, "n-edges.csv");
  g_assert_true (g_str_has_prefix (nodes, "Id,Label,"));
  g_assert_nonnull (strstr (edges, ",-0.25,-1,"));
  g_assert_cmpuint (export_screen_count_files (folder), ==, 2);

  export_screen_present (&screen, ENGRAM_EXPORT_ALL);
  export_screen_choose (&screen, "csv");
  adw_combo_row_set_selected (export_screen_get_control (&screen, "tables_row"), ENGRAM_EXCHANGE_SYNAPSE_TABLE);
  export_screen_turn_on (&screen, "weights");
  export_screen_export (&screen, folder, "n");
  export_screen_await (&screen, "n.csv");
  assert_shows (screen.dialog, "0 neurons and 3 synapses");
  alone = export_screen_read (folder, "n.csv");
  g_assert_true (g_str_has_prefix (alone, "Source,Target,Type,Id,Weight,sign,"));
  g_assert_nonnull (strstr (alone, ",0.25,-1,"));
  export_screen_close (&screen);
}

/* Each format has the options that it knows, and Gephi's the weights that Gephi draws. */
static void
test_options (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *gexf = NULL, *json = NULL;
  ExportScreen screen;

  export_screen_open (&screen, 10, ENGRAM_RECORD_NEURON, ENGRAM_EXPORT_ALL);
  widget_test_assert_names (screen.dialog);
  g_assert_true (gtk_widget_get_visible (export_screen_get_control (&screen, "compact_row")));
  g_assert_false (gtk_widget_get_visible (export_screen_get_control (&screen, "vectors_row")));
  export_screen_choose (&screen, "graphml");
  g_assert_false (gtk_switch_get_active (export_screen_get_control (&screen, "weights")));
  export_screen_choose (&screen, "gexf");
  g_assert_false (gtk_widget_get_visible (export_screen_get_control (&screen, "compact_row")));
  g_assert_false (gtk_widget_get_visible (export_screen_get_control (&screen, "tables_row")));
  g_assert_true (gtk_widget_get_visible (export_screen_get_control (&screen, "vectors_row")));
  g_assert_true (gtk_switch_get_active (export_screen_get_control (&screen, "weights")));
  export_screen_turn_on (&screen, "vectors");
  export_screen_export (&screen, folder, "n.gexf");
  export_screen_await (&screen, "n.gexf");
  gexf = export_screen_read (folder, "n.gexf");
  g_assert_nonnull (strstr (gexf, "title=\"vector\""));
  g_assert_nonnull (strstr (gexf, " weight=\"0.25\""));

  export_screen_present (&screen, ENGRAM_EXPORT_ALL);
  export_screen_turn_on (&screen, "compact");
  export_screen_export (&screen, folder, "n.json");
  export_screen_await (&screen, "n.json");
  json = export_screen_read (folder, "n.json");
  g_assert_null (strchr (json, '\n'));
  export_screen_close (&screen);
}

static void
select_row (ExportScreen     *self,
            EngramRecordKind  kind,
            gint64            rowid)
{
  engram_selection_set_one (engram_session_get_selection (self->session), kind, rowid);
}

static void
test_shown (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (EngramQuery) query = engram_query_parse ("degree:>0", NULL, NULL, NULL);
  const EngramSort sort = { ENGRAM_SORT_ROWS };
  ExportScreen screen;

  export_screen_open (&screen, 10, ENGRAM_RECORD_NEURON, ENGRAM_EXPORT_SHOWN);
  g_assert_true (export_screen_is_chosen (&screen, "shown"));
  assert_shows (screen.dialog, "10 neurons, and the synapses among them");
  engram_record_model_set_view (screen.model, query, &sort);
  export_screen_await (&screen, "2 neurons, and the synapses among them");
  export_screen_export (&screen, folder, "n.json");
  export_screen_await (&screen, "2 neurons and 3 synapses");
  export_screen_close (&screen);
}

static void
test_shown_synapses (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  ExportScreen screen;

  export_screen_open (&screen, 10, ENGRAM_RECORD_SYNAPSE, ENGRAM_EXPORT_SHOWN);
  assert_shows (screen.dialog, "3 synapses, and the neurons at their ends");
  export_screen_choose (&screen, "graphml");
  export_screen_export (&screen, folder, "n.graphml");
  export_screen_await (&screen, "2 neurons and 3 synapses");
  export_screen_close (&screen);
}

static void
test_nothing_shown (void)
{
  g_autoptr (EngramQuery) query = engram_query_parse ("type:visual", NULL, NULL, NULL);
  const EngramSort sort = { ENGRAM_SORT_ROWS };
  ExportScreen screen;

  export_screen_open (&screen, 10, ENGRAM_RECORD_NEURON, ENGRAM_EXPORT_SHOWN);
  g_assert_true (export_screen_can_export (&screen));
  engram_record_model_set_view (screen.model, query, &sort);
  export_screen_await (&screen, "The list shows nothing.");
  g_assert_false (export_screen_can_export (&screen));
  export_screen_choose (&screen, "all");
  g_assert_true (export_screen_can_export (&screen));
  export_screen_close (&screen);
}

static void
test_selected (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (EngramRowSet) nothing = engram_row_set_new_empty ();
  ExportScreen screen;

  export_screen_open (&screen, 10, ENGRAM_RECORD_SYNAPSE, ENGRAM_EXPORT_SELECTED);
  /* There is nothing of it. */
  g_assert_true (export_screen_is_chosen (&screen, "all"));
  assert_shows (screen.dialog, "No neuron is selected.");
  select_row (&screen, ENGRAM_RECORD_NEURON, 1);
  select_row (&screen, ENGRAM_RECORD_SYNAPSE, 2);
  export_screen_present (&screen, ENGRAM_EXPORT_SELECTED);
  g_assert_true (export_screen_is_chosen (&screen, "synapses"));
  export_screen_export (&screen, folder, "s.json");
  export_screen_await (&screen, "2 neurons and 1 synapse");
  export_screen_present (&screen, ENGRAM_EXPORT_ALL);
  export_screen_choose (&screen, "neurons");
  export_screen_export (&screen, folder, "n.json");
  export_screen_await (&screen, "1 neuron and 1 synapse");

  export_screen_present (&screen, ENGRAM_EXPORT_ALL);
  export_screen_choose (&screen, "neurons");
  engram_selection_set (engram_session_get_selection (screen.session), ENGRAM_RECORD_NEURON, nothing);
  g_assert_false (export_screen_can_export (&screen));
  export_screen_close (&screen);
}

static void
test_problems (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *id = NULL;
  ExportScreen screen;

  export_screen_open (&screen, 10, ENGRAM_RECORD_NEURON, ENGRAM_EXPORT_ALL);
  id = ui_fixture_add (screen.fixture, "a\001b <b>");
  export_screen_choose (&screen, "graphml");
  export_screen_export (&screen, folder, "n.graphml");
  export_screen_await (&screen, "1 Problem");
  assert_shows (screen.dialog, id);
  assert_shows (screen.dialog, "U+FFFD");
  widget_test_assert_names (screen.dialog);
  export_screen_close (&screen);
}

int
main (int   argc,
      char *argv[])
{
  widget_test_init (&argc, &argv);

  g_test_add_func ("/export-dialog/formats", test_formats);
  g_test_add_func ("/export-dialog/tables", test_tables);
  g_test_add_func ("/export-dialog/options", test_options);
  g_test_add_func ("/export-dialog/shown", test_shown);
  g_test_add_func ("/export-dialog/shown-synapses", test_shown_synapses);
  g_test_add_func ("/export-dialog/nothing-shown", test_nothing_shown);
  g_test_add_func ("/export-dialog/selected", test_selected);
  g_test_add_func ("/export-dialog/problems", test_problems);
  return g_test_run ();
}
