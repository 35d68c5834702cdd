/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>
#include <unistd.h>

#include "details/engram-details-pane.h"
#include "details/engram-field-control.h"
#include "details/engram-nearest-group.h"
#include "details/engram-record-editor.h"
#include "details/engram-synapse-adder.h"
#include "details/engram-synapse-browser.h"
#include "widget-support.h"

typedef struct {
  UiFixture *fixture;
  EngramSession *session;
  EngramDetailsPane *pane;
  GtkWindow *window;
  char *activated;    /* by the session */
  guint n_done;
} Screen;

static void
note_activate (Screen           *screen,
               EngramRecordKind  kind,
               const char       *id)
{
  g_free (screen->activated);
  screen->activated = g_strdup (id);
}

static void
note_done (Screen *screen)
{
  screen->n_done++;
}

static gboolean
is_busy (Screen *screen)
{
  gboolean busy;

  g_object_get (screen->session, "busy", &busy, NULL);
  return busy;
}

static void
screen_open (Screen    *screen,
             UiFixture *fixture)
{
  *screen = (Screen) { .fixture = fixture, .session = engram_session_new (fixture->database) };
  g_signal_connect_swapped (screen->session, "activate", G_CALLBACK (note_activate), screen);
  g_signal_connect_swapped (screen->session, "done", G_CALLBACK (note_done), screen);
  wait_until (!is_busy (screen));
  screen->pane = ENGRAM_DETAILS_PANE (engram_details_pane_new ());
  engram_details_pane_set_session (screen->pane, screen->session);
  screen->window = widget_test_show (GTK_WIDGET (screen->pane), 400, 900);
}

static void
screen_close (Screen *screen)
{
  engram_details_pane_set_session (screen->pane, NULL);
  gtk_window_destroy (screen->window);
  g_signal_handlers_disconnect_by_data (screen->session, screen);
  engram_session_close (screen->session);
  g_object_unref (screen->session);
  g_free (screen->activated);
  ui_fixture_free (screen->fixture);
}

static void
await (Screen *screen)
{
  wait_until (!engram_details_pane_get_loading (screen->pane));
  widget_test_draw (GTK_WIDGET (screen->pane));
}

static void
show (Screen     *screen,
      const char *id)
{
  engram_details_pane_show (screen->pane, ENGRAM_RECORD_NEURON, id);
  await (screen);
}

static void
edit (Screen     *screen,
      const char *id)
{
  engram_session_set_editing (screen->session, TRUE);
  show (screen, id);
}

static EngramFieldEditor *
get_editor (Screen     *screen,
            const char *name)
{
  EngramRecordEditor *editor = widget_test_find (screen->pane, ENGRAM_TYPE_RECORD_EDITOR);
  EngramFieldEditor *field;

  g_assert_nonnull (editor);
  field = engram_record_editor_find (editor, name);
  if (field == NULL)
    g_error ("There is no editor of “%s”", name);
  return field;
}

static GtkWidget *
get_input (Screen     *screen,
           const char *name)
{
  return engram_field_control_get_input (widget_test_find (get_editor (screen, name), ENGRAM_TYPE_FIELD_CONTROL));
}

static void
type (Screen     *screen,
      const char *name,
      const char *text)
{
  GtkWidget *input = get_input (screen, name);

  if (GTK_IS_TEXT_VIEW (input))
    gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (input)), text, -1);
  else
    gtk_editable_set_text (GTK_EDITABLE (input), text);
}

static EngramNeuron *
read_neuron (Screen     *screen,
             const char *id)
{
  g_autoptr (GError) error = NULL;
  EngramNeuron *neuron = engram_neuron_store_get (screen->fixture->neurons, id, NULL, &error);

  g_assert_no_error (error);
  return neuron;
}

/* Until the value is in the file and on screen. */
static void
save (Screen     *screen,
      const char *name)
{
  guint n_done = screen->n_done;

  engram_field_editor_commit (get_editor (screen, name));
  wait_until (screen->n_done > n_done && !engram_field_editor_is_dirty (get_editor (screen, name)));
  await (screen);
}

static void
type_and_save (Screen     *screen,
               const char *name,
               const char *text)
{
  type (screen, name, text);
  save (screen, name);
}

static char *
add_neuron (Screen     *screen,
            const char *type_name)
{
  static const float vector[] = { 0.5f, -0.25f, 0, 0.125f };
  g_autoptr (EngramNeuron) neuron = engram_neuron_new (type_name);
  g_autoptr (GError) error = NULL;

  engram_neuron_set_vector (neuron, vector, G_N_ELEMENTS (vector));
  engram_neuron_set_text (neuron, ENGRAM_NEURON_SOURCE_DATA, "A text");
  engram_neuron_set_text (neuron, ENGRAM_NEURON_FIELDS, "{\"habitat\": [\"pond\"]}");
  neuron->position[0] = 0.1;
  engram_neuron_store_create (screen->fixture->neurons, neuron, NULL, &error);
  g_assert_no_error (error);
  return g_strdup (neuron->id);
}

/* What another program does. */
static void
change_outside (Screen              *screen,
                const char          *id,
                EngramNeuronColumns  column,
                const char          *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramDatabase) other = engram_database_open (screen->fixture->path, NULL, &error);
  g_autoptr (EngramNeuronStore) store = engram_neuron_store_new (other);
  g_autoptr (EngramNeuron) neuron = engram_neuron_store_get (store, id, NULL, &error);

  g_assert_no_error (error);
  engram_neuron_set_text (neuron, column, text);
  engram_neuron_store_update (store, neuron, NULL, &error);
  g_assert_no_error (error);
}

static void
test_knowledge (void)
{
  Screen screen;
  g_autofree char *id = NULL;
  g_autofree char *importance = NULL;
  g_autofree char *habitat = NULL;
  g_autoptr (EngramNeuron) neuron = NULL;

  screen_open (&screen, ui_fixture_new (1));
  id = add_neuron (&screen, "knowledge");
  edit (&screen, id);
  widget_test_assert_names (screen.pane);
  type_and_save (&screen, "source_data", "Another text\nof two lines");
  type_and_save (&screen, "compression_ratio", "0.1");
  type_and_save (&screen, "importance", "0.875");
  type_and_save (&screen, "semantic_tags", "axon");
  type_and_save (&screen, "activation_level", "0.25");
  type_and_save (&screen, "position.y", "-2.5");
  type_and_save (&screen, "metadata", "{\"topic\": \"memory\"}");
  type_and_save (&screen, "fields.habitat", "[\"pond\", 1.50]");

  neuron = read_neuron (&screen, id);
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
  screen_close (&screen);
}

static void
test_tool (void)
{
  Screen screen;
  g_autofree char *id = NULL;
  g_autoptr (EngramNeuron) neuron = NULL;

  screen_open (&screen, ui_fixture_new (1));
  id = add_neuron (&screen, "tool");
  edit (&screen, id);
  type_and_save (&screen, "executable_code", "def f():\n    return 1\n");
  type_and_save (&screen, "input_schema", "{\"type\": \"object\"}");
  type_and_save (&screen, "execution_count", "9007199254740993");
  neuron = read_neuron (&screen, id);
  g_assert_cmpstr (neuron->executable_code, ==, "def f():\n    return 1\n");
  g_assert_cmpstr (neuron->input_schema, ==, "{\"type\":\"object\"}");
  g_assert_cmpint (neuron->execution_count, ==, G_GINT64_CONSTANT (9007199254740993));
  screen_close (&screen);
}

static void
test_memory (void)
{
  Screen screen;
  g_autofree char *id = NULL;
  g_autofree char *memory_type = NULL;
  g_autofree char *last_accessed = NULL;
  g_autoptr (EngramNeuron) neuron = NULL;

  screen_open (&screen, ui_fixture_new (1));
  id = add_neuron (&screen, "memory");
  edit (&screen, id);
  type_and_save (&screen, "last_accessed", "2025-11-01T09:00:00");
  gtk_drop_down_set_selected (GTK_DROP_DOWN (get_input (&screen, "memory_type")), 2);
  wait_until (screen.n_done == 2);
  neuron = read_neuron (&screen, id);
  last_accessed = engram_json_object_get (neuron->fields, "last_accessed");
  g_assert_cmpstr (last_accessed, ==, "\"2025-11-01T09:00:00\"");
  memory_type = engram_json_object_get (neuron->fields, "memory_type");
  g_assert_cmpstr (memory_type, ==, "\"episodic\"");
  screen_close (&screen);
}

/* Another type has other fields. */
static void
test_type (void)
{
  Screen screen;
  g_autofree char *id = NULL;
  EngramRecordEditor *editor;

  screen_open (&screen, ui_fixture_new (1));
  id = add_neuron (&screen, "quantum");
  edit (&screen, id);
  editor = widget_test_find (screen.pane, ENGRAM_TYPE_RECORD_EDITOR);
  g_assert_null (engram_record_editor_find (editor, "importance"));
  g_assert_nonnull (engram_record_editor_find (editor, "source_data"));
  type (&screen, "position.x", "7");
  gtk_drop_down_set_selected (GTK_DROP_DOWN (get_input (&screen, "type")), 0);
  wait_until (engram_record_editor_find (editor, "importance") != NULL);
  /* What was being typed elsewhere is still there. */
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (get_input (&screen, "position.x"))), ==, "7");
  save (&screen, "position.x");
  screen_close (&screen);
}

static void
test_invalid (void)
{
  Screen screen;
  g_autofree char *id = ui_fixture_dup_id (0);
  g_autoptr (EngramNeuron) neuron = NULL;

  screen_open (&screen, ui_fixture_new (1));
  edit (&screen, id);
  type (&screen, "activation_level", "2");
  assert_shows (screen.pane, "Type a number from 0 to 1.");
  type (&screen, "position.x", "");
  assert_shows (screen.pane, "This cannot be left empty.");
  type (&screen, "metadata", "[1]");
  assert_shows (screen.pane, "Type a JSON object: names and values between braces.");
  engram_field_editor_commit (get_editor (&screen, "activation_level"));
  engram_field_editor_commit (get_editor (&screen, "position.x"));
  engram_field_editor_commit (get_editor (&screen, "metadata"));
  await (&screen);
  neuron = read_neuron (&screen, id);
  g_assert_cmpfloat (neuron->activation_level, ==, 0);
  g_assert_cmpuint (screen.n_done, ==, 0);
  screen_close (&screen);
}

/* The file is not written by looking at it, nor by an edit that comes to nothing. */
static void
test_nothing_written (void)
{
  Screen screen;
  g_autofree char *id = ui_fixture_dup_id (0);
  g_autoptr (EngramNeuron) before = NULL;
  g_autoptr (EngramNeuron) after = NULL;

  screen_open (&screen, ui_fixture_new (1));
  before = read_neuron (&screen, id);
  edit (&screen, id);
  type (&screen, "activation_level", "0.00");
  engram_field_editor_commit (get_editor (&screen, "activation_level"));
  await (&screen);
  g_assert_false (engram_details_pane_has_unsaved (screen.pane));
  after = read_neuron (&screen, id);
  g_assert_cmpuint (engram_neuron_compare (before, after), ==, 0);
  g_assert_cmpuint (screen.n_done, ==, 0);
  screen_close (&screen);
}

static void
test_refresh (void)
{
  Screen screen;
  g_autofree char *id = ui_fixture_dup_id (0);
  g_autoptr (EngramNeuron) neuron = NULL;
  GtkWidget *input;

  screen_open (&screen, ui_fixture_new (1));
  edit (&screen, id);
  input = get_input (&screen, "source_data");
  gtk_widget_grab_focus (input);
  type (&screen, "source_data", "Mine");
  change_outside (&screen, id, ENGRAM_NEURON_SEMANTIC_TAGS, "[\"theirs\"]");
  engram_details_pane_refresh (screen.pane);
  await (&screen);
  /* The other field has followed; this one keeps what is typed, and the focus. */
  assert_shows (screen.pane, "theirs\n");
  assert_shows (screen.pane, "Mine\n");
  g_assert_true (gtk_window_get_focus (screen.window) == input);
  g_assert_false (engram_field_editor_has_conflict (get_editor (&screen, "source_data")));

  change_outside (&screen, id, ENGRAM_NEURON_SOURCE_DATA, "Theirs");
  engram_details_pane_refresh (screen.pane);
  await (&screen);
  assert_shows (screen.pane, "Mine\n");
  assert_shows (screen.pane, "Meanwhile another program has changed this to “Theirs”.");
  engram_field_editor_keep_mine (get_editor (&screen, "source_data"));
  wait_until (screen.n_done == 1);
  neuron = read_neuron (&screen, id);
  g_assert_cmpstr (neuron->source_data, ==, "Mine");
  screen_close (&screen);
}

/* The file was changed, and the pane has not seen it yet. */
static void
test_conflict (void)
{
  Screen screen;
  g_autofree char *id = ui_fixture_dup_id (0);
  g_autoptr (EngramNeuron) neuron = NULL;
  EngramFieldEditor *field;

  screen_open (&screen, ui_fixture_new (1));
  edit (&screen, id);
  field = get_editor (&screen, "source_data");
  change_outside (&screen, id, ENGRAM_NEURON_SOURCE_DATA, "Theirs");
  type (&screen, "source_data", "Mine");
  engram_field_editor_commit (field);
  wait_until (engram_field_editor_has_conflict (field));
  await (&screen);
  assert_shows (screen.pane, "Meanwhile another program has changed this to “Theirs”.");
  neuron = read_neuron (&screen, id);
  g_assert_cmpstr (neuron->source_data, ==, "Theirs");
  g_assert_cmpuint (screen.n_done, ==, 0);
  engram_field_editor_revert (field);
  assert_shows (screen.pane, "Theirs\n");
  g_assert_false (engram_details_pane_has_unsaved (screen.pane));
  screen_close (&screen);
}

/* Two values in one column: what others did to the one does not stand in the way of the other. */
static void
test_same_column (void)
{
  Screen screen;
  g_autofree char *id = NULL;
  g_autoptr (EngramNeuron) neuron = NULL;

  screen_open (&screen, ui_fixture_new (1));
  id = add_neuron (&screen, "knowledge");
  edit (&screen, id);
  change_outside (&screen, id, ENGRAM_NEURON_FIELDS, "{\"habitat\": \"lake\"}");
  type_and_save (&screen, "importance", "0.25");
  neuron = read_neuron (&screen, id);
  g_assert_cmpstr (neuron->fields, ==, "{\"habitat\": \"lake\", \"importance\": 0.25}");
  screen_close (&screen);
}

/* Going elsewhere */

static GtkWidget *
find_dialog (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *item = windows; item != NULL; item = item->next)
    if (ADW_IS_MESSAGE_DIALOG (item->data))
      return item->data;
  return NULL;
}

/* As a click on its button does. */
static void
answer (const char *response)
{
  GtkWidget *dialog = find_dialog ();

  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), response);
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static void
test_leave (void)
{
  Screen screen;
  g_autofree char *first = ui_fixture_dup_id (0);
  g_autofree char *second = ui_fixture_dup_id (1);
  g_autoptr (EngramNeuron) neuron = NULL;

  screen_open (&screen, ui_fixture_new (2));
  edit (&screen, first);
  type (&screen, "source_data", "Typed");
  type (&screen, "activation_level", "0.5");
  show (&screen, second);
  assert_shows (screen.pane, "Neuron 1");
  g_assert_null (find_dialog ());
  neuron = read_neuron (&screen, first);
  g_assert_cmpstr (neuron->source_data, ==, "Typed");
  g_assert_cmpfloat (neuron->activation_level, ==, 0.5);
  screen_close (&screen);
}

static void
test_leave_invalid (void)
{
  Screen screen;
  g_autofree char *first = ui_fixture_dup_id (0);
  g_autofree char *second = ui_fixture_dup_id (1);

  screen_open (&screen, ui_fixture_new (2));
  edit (&screen, first);
  type (&screen, "metadata", "{");
  engram_details_pane_show (screen.pane, ENGRAM_RECORD_NEURON, second);
  wait_until (find_dialog () != NULL);
  g_assert_nonnull (strstr (adw_message_dialog_get_body (ADW_MESSAGE_DIALOG (find_dialog ())), "“Metadata”"));
  answer ("keep");
  /* Who stays is brought back. */
  g_assert_cmpstr (screen.activated, ==, first);
  g_assert_cmpstr (engram_details_pane_get_neuron (screen.pane), ==, first);
  g_assert_true (engram_details_pane_has_unsaved (screen.pane));
  assert_shows (screen.pane, "{\n");

  engram_details_pane_show (screen.pane, ENGRAM_RECORD_NEURON, second);
  wait_until (find_dialog () != NULL);
  answer ("discard");
  await (&screen);
  assert_shows (screen.pane, "Neuron 1");
  screen_close (&screen);
}

static void
left_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  int *left = user_data;

  *left = engram_details_pane_leave_finish (ENGRAM_DETAILS_PANE (source), result);
}

/* Before the window closes. */
static void
test_leave_window (void)
{
  Screen screen;
  g_autofree char *id = ui_fixture_dup_id (0);
  g_autoptr (EngramNeuron) neuron = NULL;
  int left = -1;

  screen_open (&screen, ui_fixture_new (1));
  edit (&screen, id);
  type (&screen, "source_data", "Typed");
  type (&screen, "metadata", "{");
  g_assert_true (engram_details_pane_has_unsaved (screen.pane));
  engram_details_pane_leave_async (screen.pane, left_cb, &left);
  wait_until (find_dialog () != NULL);
  answer ("keep");
  wait_until (left == FALSE);
  neuron = read_neuron (&screen, id);
  g_assert_cmpstr (neuron->source_data, ==, "Typed");
  type (&screen, "metadata", "{}");
  left = -1;
  engram_details_pane_leave_async (screen.pane, left_cb, &left);
  wait_until (left == TRUE);
  g_assert_false (engram_details_pane_has_unsaved (screen.pane));
  screen_close (&screen);
}

/* Editing is switched off: what is typed is written first. */
static void
test_editing_off (void)
{
  Screen screen;
  g_autofree char *id = ui_fixture_dup_id (0);
  g_autoptr (EngramNeuron) neuron = NULL;

  screen_open (&screen, ui_fixture_new (1));
  edit (&screen, id);
  type (&screen, "source_data", "Typed");
  engram_session_set_editing (screen.session, FALSE);
  await (&screen);
  g_assert_null (widget_test_find (screen.pane, ENGRAM_TYPE_RECORD_EDITOR));
  neuron = read_neuron (&screen, id);
  g_assert_cmpstr (neuron->source_data, ==, "Typed");
  wait_until (!engram_details_pane_get_loading (screen.pane));
  assert_shows (screen.pane, "Typed\n");
  screen_close (&screen);
}

/* The neuron goes while somebody types. */
static void
test_gone (void)
{
  Screen screen;
  g_autofree char *id = ui_fixture_dup_id (0);
  g_autoptr (GError) error = NULL;

  screen_open (&screen, ui_fixture_new (1));
  edit (&screen, id);
  type (&screen, "source_data", "Typed");
  engram_neuron_store_delete (screen.fixture->neurons, id, NULL, NULL, &error);
  g_assert_no_error (error);
  engram_details_pane_refresh (screen.pane);
  await (&screen);
  assert_shows (screen.pane, "This has been deleted meanwhile.");
  assert_shows (screen.pane, "Typed\n");
  screen_close (&screen);
}

static void
test_read_only (void)
{
  Screen screen;
  UiFixture *fixture = ui_fixture_new (1);
  g_autofree char *id = ui_fixture_dup_id (0);
  g_autofree char *linked = g_strconcat (fixture->path, ".link", NULL);

  g_assert_cmpint (link (fixture->path, linked), ==, 0);
  g_clear_object (&fixture->neurons);
  g_clear_object (&fixture->synapses);
  g_object_unref (fixture->database);
  fixture->database = engram_database_open (fixture->path, NULL, NULL);
  screen_open (&screen, fixture);
  edit (&screen, id);
  assert_shows (screen.pane, "Neuron 0");
  g_assert_null (widget_test_find (screen.pane, ENGRAM_TYPE_RECORD_EDITOR));
  g_assert_null (widget_test_find (screen.pane, GTK_TYPE_ENTRY));
  screen_close (&screen);
}

/* Synapses */

static void
test_synapse (void)
{
  Screen screen;
  g_autofree char *source = ui_fixture_dup_id (0);
  g_autofree char *target = ui_fixture_dup_id (1);
  g_autoptr (EngramSynapse) synapse = engram_synapse_new (source, target, 0.1, "knowledge");
  g_autoptr (EngramSynapse) stored = NULL;
  g_autoptr (GError) error = NULL;

  screen_open (&screen, ui_fixture_new (2));
  engram_synapse_store_create (screen.fixture->synapses, synapse, NULL, &error);
  g_assert_no_error (error);
  engram_session_set_editing (screen.session, TRUE);
  engram_details_pane_show (screen.pane, ENGRAM_RECORD_SYNAPSE, synapse->id);
  await (&screen);
  widget_test_assert_names (screen.pane);
  type (&screen, "weight", "-1.5");
  assert_shows (screen.pane, "Type a number from −1 to 1.");
  type_and_save (&screen, "weight", "-0.3");
  type_and_save (&screen, "usage_count", "7");
  type_and_save (&screen, "last_traversed", "2025-11-01");
  type_and_save (&screen, "metadata", "{\"a\":1}");
  gtk_drop_down_set_selected (GTK_DROP_DOWN (get_input (&screen, "synapse_type")), 1);
  wait_until (screen.n_done == 5);
  stored = engram_synapse_store_get (screen.fixture->synapses, synapse->id, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (stored->weight, ==, -0.3);
  g_assert_cmpint (stored->usage_count, ==, 7);
  g_assert_cmpstr (stored->last_traversed, ==, "2025-11-01");
  g_assert_cmpstr (stored->type, ==, "tool_input");
  g_assert_cmpstr (stored->metadata, ==, "{\"a\":1}");
  screen_close (&screen);
}

static GtkWidget *
find_button (gpointer    widget,
             const char *name)
{
  if (GTK_IS_BUTTON (widget) && gtk_widget_get_mapped (widget) &&
      (g_strcmp0 (gtk_button_get_label (widget), name) == 0 ||
       g_strcmp0 (gtk_widget_get_tooltip_text (widget), name) == 0))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_button (child, name);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
click (Screen     *screen,
       const char *name)
{
  GtkWidget *button = find_button (screen->pane, name);

  g_assert_nonnull (button);
  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

static guint64
count_synapses (Screen *screen)
{
  g_autoptr (GError) error = NULL;
  guint64 count;

  g_assert_true (engram_synapse_store_count (screen->fixture->synapses, &count, NULL, &error));
  g_assert_no_error (error);
  return count;
}

static void
test_add_synapse (void)
{
  Screen screen;
  g_autofree char *id = ui_fixture_dup_id (0);
  g_autofree char *other = ui_fixture_dup_id (1);
  EngramSynapseAdder *adder;
  GtkEditable *entry;

  screen_open (&screen, ui_fixture_new (2));
  show (&screen, id);
  g_assert_null (find_button (screen.pane, "Add _Synapse…"));
  engram_session_set_editing (screen.session, TRUE);
  await (&screen);
  click (&screen, "Add _Synapse…");
  widget_test_draw (GTK_WIDGET (screen.pane));
  widget_test_assert_names (screen.pane);
  adder = widget_test_find (screen.pane, ENGRAM_TYPE_SYNAPSE_ADDER);
  entry = widget_test_find (adder, GTK_TYPE_ENTRY);
  g_assert_false (gtk_widget_is_sensitive (find_button (adder, "_Add")));
  gtk_editable_set_text (entry, "not an id");
  assert_shows (adder, "Type the id of a neuron");
  gtk_editable_set_text (entry, "ffffffff-0000-4000-8000-000000000000");
  wait_until (gtk_widget_has_css_class (GTK_WIDGET (entry), "error"));
  assert_shows (adder, "There is no neuron of that id.");
  gtk_editable_set_text (entry, other);
  wait_until (gtk_widget_is_sensitive (find_button (adder, "_Add")));
  assert_shows (adder, "Neuron 1");
  click (&screen, "_Add");
  wait_until (screen.n_done == 1);
  await (&screen);
  wait_until (widget_test_find (screen.pane, ENGRAM_TYPE_SYNAPSE_ADDER) == NULL);
  engram_details_pane_refresh (screen.pane);
  await (&screen);
  assert_shows (screen.pane, "Outgoing Synapses (1)\n+0.50\nNeuron 1\n");
  g_assert_cmpuint (count_synapses (&screen), ==, 1);

  click (&screen, "Delete This Synapse");
  wait_until (screen.n_done == 2);
  engram_details_pane_refresh (screen.pane);
  await (&screen);
  assert_shows (screen.pane, "Outgoing Synapses (0)\n");
  g_assert_cmpuint (count_synapses (&screen), ==, 0);
  screen_close (&screen);
}

static void
note_failed (GError       **failure,
             const char    *title,
             const GError  *error)
{
  g_assert_null (*failure);
  *failure = g_error_copy (error);
}

/* Where the field that it was typed in is gone when it is refused, the session says so. */
static void
test_refused_behind (void)
{
  Screen screen;
  g_autofree char *id = ui_fixture_dup_id (0);
  g_autoptr (GError) failure = NULL;

  screen_open (&screen, ui_fixture_new (1));
  g_signal_connect_swapped (screen.session, "failed", G_CALLBACK (note_failed), &failure);
  edit (&screen, id);
  change_outside (&screen, id, ENGRAM_NEURON_SOURCE_DATA, "Theirs");
  type (&screen, "source_data", "Mine");
  engram_field_editor_commit (get_editor (&screen, "source_data"));
  engram_details_pane_set_session (screen.pane, NULL);
  wait_until (failure != NULL);
  g_assert_error (failure, ENGRAM_ERROR, ENGRAM_ERROR_CHANGED);
  g_assert_cmpuint (screen.n_done, ==, 0);
  g_signal_handlers_disconnect_by_data (screen.session, &failure);
  screen_close (&screen);
}

static void
test_nearest (void)
{
  Screen screen;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  EngramNearestGroup *group;

  screen_open (&screen, ui_fixture_new (1));
  first = add_neuron (&screen, "knowledge");
  second = add_neuron (&screen, "tool");
  show (&screen, first);
  group = widget_test_find (screen.pane, ENGRAM_TYPE_NEAREST_GROUP);
  wait_until (!engram_nearest_group_get_loading (group));
  widget_test_draw (GTK_WIDGET (screen.pane));
  assert_shows (group, "Nearest by Vector\n1\nA text\nTool\n");
  widget_test_assert_names (screen.pane);
  screen_close (&screen);
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
  g_test_add_func ("/details-editing/tool", test_tool);
  g_test_add_func ("/details-editing/memory", test_memory);
  g_test_add_func ("/details-editing/type", test_type);
  g_test_add_func ("/details-editing/invalid", test_invalid);
  g_test_add_func ("/details-editing/nothing-written", test_nothing_written);
  g_test_add_func ("/details-editing/refresh", test_refresh);
  g_test_add_func ("/details-editing/conflict", test_conflict);
  g_test_add_func ("/details-editing/same-column", test_same_column);
  g_test_add_func ("/details-editing/leave", test_leave);
  g_test_add_func ("/details-editing/leave-invalid", test_leave_invalid);
  g_test_add_func ("/details-editing/leave-window", test_leave_window);
  g_test_add_func ("/details-editing/editing-off", test_editing_off);
  g_test_add_func ("/details-editing/gone", test_gone);
  g_test_add_func ("/details-editing/read-only", test_read_only);
  g_test_add_func ("/details-editing/synapse", test_synapse);
  g_test_add_func ("/details-editing/add-synapse", test_add_synapse);
  g_test_add_func ("/details-editing/refused-behind", test_refused_behind);
  g_test_add_func ("/details-editing/nearest", test_nearest);

  return g_test_run ();
}
