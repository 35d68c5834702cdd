/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "details/engram-nearest-group.h"
#include "details-support.h"

static void
test_knowledge (void)
{
  DetailsScreen screen;
  g_autofree char *id = NULL;
  g_autofree char *importance = NULL;
  g_autofree char *habitat = NULL;
  g_autoptr (EngramNeuron) neuron = NULL;

  details_open (&screen, ui_fixture_new (1));
  id = details_add_neuron (&screen, "knowledge");
  details_edit (&screen, id);
  widget_test_assert_names (screen.pane);
  details_type_and_save (&screen, "source_data", "Another text\nof two lines");
  details_type_and_save (&screen, "compression_ratio", "0.1");
  details_type_and_save (&screen, "importance", "0.875");
  details_type_and_save (&screen, "semantic_tags", "axon");
  details_type_and_save (&screen, "activation_level", "0.25");
  details_type_and_save (&screen, "position.y", "-2.5");
  details_type_and_save (&screen, "metadata", "{\"topic\": \"memory\"}");
  details_type_and_save (&screen, "fields.habitat", "[\"pond\", 1.50]");

  neuron = details_read_neuron (&screen, id);
  g_assert_cmpstr (neuron->source_data, ==, "Another text\nof two lines");
  g_assert_cmpfloat (neuron->compression_ratio, ==, 0.1);
  importance = engram_json_object_get (neuron->fields, "importance");
  g_assert_cmpstr (importance, ==, "0.875");
  habitat = engram_json_object_get (neuron->fields, "habitat");
  g_assert_cmpstr (habitat, ==, "[\"pond\",1.50]");
  g_assert_cmpstr (neuron->semantic_tags, ==, "[\"axon\"]");
  g_assert_cmpfloat (neuron->activation_level, ==, 0.25);
  g_assert_cmpfloat (neuron->position[0], ==, 0.1);
  g_assert_cmpfloat (neuron->position[1], ==, -2.5);
  g_assert_cmpstr (neuron->metadata, ==, "{\"topic\":\"memory\"}");
  g_assert_cmpuint (neuron->vector_length, ==, 4);
  g_assert_cmpuint (screen.n_done, ==, 8);
  /* The heading follows. */
  assert_shows (screen.pane, "Knowledge\nAnother text\nof two lines\n");
  details_close (&screen);
}

/* Goes on from the editor that has the focus, to where none has it. Returns: how many editors it came by */
static guint
count_editors (DetailsScreen *screen)
{
  EngramFieldEditor *editor = engram_field_editor_find (gtk_window_get_focus (screen->window));
  guint n_editors = 0;

  while (editor != NULL)
    {
      EngramFieldEditor *next;

      gtk_widget_child_focus (GTK_WIDGET (screen->window), GTK_DIR_TAB_FORWARD);
      next = engram_field_editor_find (gtk_window_get_focus (screen->window));
      n_editors += next != editor;
      editor = next;
    }
  return n_editors;
}

/* The keyboard goes from control to control, and not to the rows around them. */
static void
test_stops (void)
{
  DetailsScreen screen;
  g_autofree char *id = NULL;

  details_open (&screen, ui_fixture_new (1));
  id = details_add_neuron (&screen, "knowledge");
  details_edit (&screen, id);
  gtk_widget_grab_focus (details_get_input (&screen, "source_data"));
  g_assert_cmpuint (count_editors (&screen), >=, 8);
  details_close (&screen);
}

static void
test_tool (void)
{
  DetailsScreen screen;
  g_autofree char *id = NULL;
  g_autoptr (EngramNeuron) neuron = NULL;

  details_open (&screen, ui_fixture_new (1));
  id = details_add_neuron (&screen, "tool");
  details_edit (&screen, id);
  details_type_and_save (&screen, "executable_code", "def f():\n    return 1\n");
  details_type_and_save (&screen, "input_schema", "{\"type\": \"object\"}");
  details_type_and_save (&screen, "execution_count", "9007199254740993");
  neuron = details_read_neuron (&screen, id);
  g_assert_cmpstr (neuron->executable_code, ==, "def f():\n    return 1\n");
  g_assert_cmpstr (neuron->input_schema, ==, "{\"type\":\"object\"}");
  g_assert_cmpint (neuron->execution_count, ==, G_GINT64_CONSTANT (9007199254740993));
  details_close (&screen);
}

static void
test_memory (void)
{
  DetailsScreen screen;
  g_autofree char *id = NULL;
  g_autofree char *memory_type = NULL;
  g_autofree char *last_accessed = NULL;
  g_autoptr (EngramNeuron) neuron = NULL;

  details_open (&screen, ui_fixture_new (1));
  id = details_add_neuron (&screen, "memory");
  details_edit (&screen, id);
  details_type_and_save (&screen, "last_accessed", "2025-11-01T09:00:00");
  gtk_drop_down_set_selected (GTK_DROP_DOWN (details_get_input (&screen, "memory_type")), 2);
  wait_until (screen.n_done == 2);
  neuron = details_read_neuron (&screen, id);
  last_accessed = engram_json_object_get (neuron->fields, "last_accessed");
  g_assert_cmpstr (last_accessed, ==, "\"2025-11-01T09:00:00\"");
  memory_type = engram_json_object_get (neuron->fields, "memory_type");
  g_assert_cmpstr (memory_type, ==, "\"episodic\"");
  details_close (&screen);
}

/* Another type has other fields. */
static void
test_type (void)
{
  DetailsScreen screen;
  g_autofree char *id = NULL;
  EngramRecordEditor *editor;

  details_open (&screen, ui_fixture_new (1));
  id = details_add_neuron (&screen, "quantum");
  details_edit (&screen, id);
  editor = widget_test_find (screen.pane, ENGRAM_TYPE_RECORD_EDITOR);
  g_assert_null (engram_record_editor_find (editor, "importance"));
  g_assert_nonnull (engram_record_editor_find (editor, "source_data"));
  details_type (&screen, "position.x", "7");
  assert_shows (details_get_input (&screen, "type"), "quantum\n");
  gtk_drop_down_set_selected (GTK_DROP_DOWN (details_get_input (&screen, "type")), 0);
  wait_until (engram_record_editor_find (editor, "importance") != NULL);
  /* Types have names for people, as in the list. */
  assert_shows (details_get_input (&screen, "type"), "Knowledge\n");
  /* What was being typed elsewhere is still there. */
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (details_get_input (&screen, "position.x"))), ==, "7");
  details_save (&screen, "position.x");
  details_close (&screen);
}

static void
test_invalid (void)
{
  DetailsScreen screen;
  g_autofree char *id = ui_fixture_dup_id (0);
  g_autoptr (EngramNeuron) neuron = NULL;

  details_open (&screen, ui_fixture_new (1));
  details_edit (&screen, id);
  details_type (&screen, "activation_level", "2");
  assert_shows (screen.pane, "Type a number from 0 to 1.");
  details_type (&screen, "position.x", "");
  assert_shows (screen.pane, "This cannot be left empty.");
  details_type (&screen, "metadata", "[1]");
  assert_shows (screen.pane, "Type a JSON object: names and values between braces.");
  engram_field_editor_commit (details_get_editor (&screen, "activation_level"));
  engram_field_editor_commit (details_get_editor (&screen, "position.x"));
  engram_field_editor_commit (details_get_editor (&screen, "metadata"));
  details_await (&screen);
  neuron = details_read_neuron (&screen, id);
  g_assert_cmpfloat (neuron->activation_level, ==, 0);
  g_assert_cmpuint (screen.n_done, ==, 0);
  details_close (&screen);
}

/* The file is not written by looking at it, nor by an edit that comes to nothing. */
static void
test_nothing_written (void)
{
  DetailsScreen screen;
  g_autofree char *id = ui_fixture_dup_id (0);
  g_autoptr (EngramNeuron) before = NULL;
  g_autoptr (EngramNeuron) after = NULL;

  details_open (&screen, ui_fixture_new (1));
  before = details_read_neuron (&screen, id);
  details_edit (&screen, id);
  details_type (&screen, "activation_level", "0.00");
  engram_field_editor_commit (details_get_editor (&screen, "activation_level"));
  details_await (&screen);
  g_assert_false (engram_details_pane_has_unsaved (screen.pane));
  after = details_read_neuron (&screen, id);
  g_assert_cmpuint (engram_neuron_compare (before, after), ==, 0);
  g_assert_cmpuint (screen.n_done, ==, 0);
  details_close (&screen);
}

static void
test_refresh (void)
{
  DetailsScreen screen;
  g_autofree char *id = ui_fixture_dup_id (0);
  g_autoptr (EngramNeuron) neuron = NULL;
  GtkWidget *input;

  details_open (&screen, ui_fixture_new (1));
  details_edit (&screen, id);
  input = details_get_input (&screen, "source_data");
  gtk_widget_grab_focus (input);
  details_type (&screen, "source_data", "Mine");
  details_change_outside (&screen, id, ENGRAM_NEURON_SEMANTIC_TAGS, "[\"theirs\"]");
  engram_details_pane_refresh (screen.pane);
  details_await (&screen);
  /* The other field has followed; this one keeps what is typed, and the focus. */
  assert_shows (screen.pane, "theirs\n");
  assert_shows (screen.pane, "Mine\n");
  g_assert_true (gtk_window_get_focus (screen.window) == input);
  g_assert_false (engram_field_editor_has_conflict (details_get_editor (&screen, "source_data")));

  details_change_outside (&screen, id, ENGRAM_NEURON_SOURCE_DATA, "Theirs");
  engram_details_pane_refresh (screen.pane);
  details_await (&screen);
  assert_shows (screen.pane, "Mine\n");
  assert_shows (screen.pane, "Meanwhile another program has changed this to “Theirs”.");
  engram_field_editor_keep_mine (details_get_editor (&screen, "source_data"));
  wait_until (screen.n_done == 1);
  neuron = details_read_neuron (&screen, id);
  g_assert_cmpstr (neuron->source_data, ==, "Mine");
  details_close (&screen);
}

/* The file was changed, and the pane has not seen it yet. */
static void
test_conflict (void)
{
  DetailsScreen screen;
  g_autofree char *id = ui_fixture_dup_id (0);
  g_autoptr (EngramNeuron) neuron = NULL;
  EngramFieldEditor *field;

  details_open (&screen, ui_fixture_new (1));
  details_edit (&screen, id);
  field = details_get_editor (&screen, "source_data");
  details_change_outside (&screen, id, ENGRAM_NEURON_SOURCE_DATA, "Theirs");
  details_type (&screen, "source_data", "Mine");
  engram_field_editor_commit (field);
  wait_until (engram_field_editor_has_conflict (field));
  details_await (&screen);
  assert_shows (screen.pane, "Meanwhile another program has changed this to “Theirs”.");
  neuron = details_read_neuron (&screen, id);
  g_assert_cmpstr (neuron->source_data, ==, "Theirs");
  g_assert_cmpuint (screen.n_done, ==, 0);
  engram_field_editor_revert (field);
  assert_shows (screen.pane, "Theirs\n");
  g_assert_false (engram_details_pane_has_unsaved (screen.pane));
  details_close (&screen);
}

/* Two values in one column: what others did to the one does not stand in the way of the other. */
static void
test_same_column (void)
{
  DetailsScreen screen;
  g_autofree char *id = NULL;
  g_autoptr (EngramNeuron) neuron = NULL;

  details_open (&screen, ui_fixture_new (1));
  id = details_add_neuron (&screen, "knowledge");
  details_edit (&screen, id);
  details_change_outside (&screen, id, ENGRAM_NEURON_FIELDS, "{\"habitat\": \"lake\"}");
  details_type_and_save (&screen, "importance", "0.25");
  neuron = details_read_neuron (&screen, id);
  g_assert_cmpstr (neuron->fields, ==, "{\"habitat\": \"lake\", \"importance\": 0.25}");
  details_close (&screen);
}

/* The neuron goes while somebody types. */
static void
test_gone (void)
{
  DetailsScreen screen;
  g_autofree char *id = ui_fixture_dup_id (0);
  g_autoptr (GError) error = NULL;

  details_open (&screen, ui_fixture_new (1));
  details_edit (&screen, id);
  details_type (&screen, "source_data", "Typed");
  engram_neuron_store_delete (screen.fixture->neurons, id, NULL, NULL, &error);
  g_assert_no_error (error);
  engram_details_pane_refresh (screen.pane);
  details_await (&screen);
  assert_shows (screen.pane, "This has been deleted meanwhile.");
  assert_shows (screen.pane, "Typed\n");
  details_close (&screen);
}

static void
test_read_only (void)
{
  DetailsScreen screen;
  UiFixture *fixture = ui_fixture_new (1);
  g_autofree char *id = ui_fixture_dup_id (0);
  g_autofree char *linked = g_strconcat (fixture->path, ".link", NULL);

  g_assert_cmpint (link (fixture->path, linked), ==, 0);
  g_clear_object (&fixture->neurons);
  g_clear_object (&fixture->synapses);
  g_object_unref (fixture->database);
  fixture->database = engram_database_open (fixture->path, NULL, NULL);
  details_open (&screen, fixture);
  details_edit (&screen, id);
  assert_shows (screen.pane, "Neuron 0");
  g_assert_null (widget_test_find (screen.pane, ENGRAM_TYPE_RECORD_EDITOR));
  g_assert_null (widget_test_find (screen.pane, GTK_TYPE_ENTRY));
  details_close (&screen);
}

static void
test_nearest (void)
{
  DetailsScreen screen;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  EngramNearestGroup *group;

  details_open (&screen, ui_fixture_new (1));
  first = details_add_neuron (&screen, "knowledge");
  second = details_add_neuron (&screen, "tool");
  details_show (&screen, first);
  group = widget_test_find (screen.pane, ENGRAM_TYPE_NEAREST_GROUP);
  wait_until (!engram_nearest_group_get_loading (group));
  widget_test_draw (GTK_WIDGET (screen.pane));
  assert_shows (group, "Nearest by Vector\n1\nA text\nTool\n");
  widget_test_assert_names (screen.pane);
  details_close (&screen);
}

int
main (int    argc,
      char **argv)
{
  /* Before anything asks for it: the history's folder is the test's own. */
  g_autoptr (TestFolder) home = test_folder_new ();

  g_setenv ("XDG_STATE_HOME", home, TRUE);
  g_setenv ("XDG_CACHE_HOME", home, TRUE);
  widget_test_init (&argc, &argv);

  g_test_add_func ("/details-editing/knowledge", test_knowledge);
  g_test_add_func ("/details-editing/stops", test_stops);
  g_test_add_func ("/details-editing/tool", test_tool);
  g_test_add_func ("/details-editing/memory", test_memory);
  g_test_add_func ("/details-editing/type", test_type);
  g_test_add_func ("/details-editing/invalid", test_invalid);
  g_test_add_func ("/details-editing/nothing-written", test_nothing_written);
  g_test_add_func ("/details-editing/refresh", test_refresh);
  g_test_add_func ("/details-editing/conflict", test_conflict);
  g_test_add_func ("/details-editing/same-column", test_same_column);
  g_test_add_func ("/details-editing/gone", test_gone);
  g_test_add_func ("/details-editing/read-only", test_read_only);
  g_test_add_func ("/details-editing/nearest", test_nearest);

  return g_test_run ();
}
