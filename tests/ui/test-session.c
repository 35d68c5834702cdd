/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <unistd.h>

#include "session/engram-session.h"
#include "ui-fixture.h"

/* A session over a network of its own, and what it has told. */
typedef struct {
  UiFixture     *fixture;
  EngramSession *session;
  guint          n_changes;
  gboolean       was_foreign;  /* the last of them */
  GString       *done;         /* labels, one a line */
  guint          n_failed;
} Scene;

static void
changed_cb (Scene *scene)
{
  scene->n_changes++;
  scene->was_foreign = engram_session_is_foreign_change (scene->session);
}

static void
done_cb (Scene      *scene,
         const char *label,
         gboolean    undoable)
{
  g_string_append_printf (scene->done, "%s%s\n", label, undoable ? " *" : "");
}

static void
failed_cb (Scene        *scene,
           const char   *title,
           const GError *error)
{
  scene->n_failed++;
}

static void
open_session (Scene *scene)
{
  scene->session = engram_session_new (scene->fixture->database);
  g_signal_connect_swapped (scene->session, "changed", G_CALLBACK (changed_cb), scene);
  g_signal_connect_swapped (scene->session, "done", G_CALLBACK (done_cb), scene);
  g_signal_connect_swapped (scene->session, "failed", G_CALLBACK (failed_cb), scene);
}

static gboolean
get (Scene      *scene,
     const char *property)
{
  gboolean value;

  g_object_get (scene->session, property, &value, NULL);
  return value;
}

static void
set_up (Scene         *scene,
        gconstpointer  data)
{
  scene->fixture = ui_fixture_new (5);
  scene->done = g_string_new (NULL);
  open_session (scene);
  wait_until (scene->n_changes == 1 && !get (scene, "busy"));
}

static void
close_session (Scene *scene)
{
  g_signal_handlers_disconnect_by_data (scene->session, scene);
  engram_session_close (scene->session);
  g_clear_object (&scene->session);
}

static void
tear_down (Scene         *scene,
           gconstpointer  data)
{
  close_session (scene);
  ui_fixture_free (scene->fixture);
  g_string_free (scene->done, TRUE);
}

/* How applying an edit ended. */
typedef struct {
  gboolean  ended;
  GError   *error;
} Outcome;

static void
applied_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  Outcome *outcome = user_data;

  engram_session_apply_finish (ENGRAM_SESSION (source), result, &outcome->error);
  outcome->ended = TRUE;
}

static EngramNeuron *
read_neuron (Scene *scene,
             guint  number)
{
  g_autofree char *id = ui_fixture_dup_id (number);
  g_autoptr (GError) error = NULL;
  EngramNeuron *neuron = engram_neuron_store_get (scene->fixture->neurons, id, NULL, &error);

  g_assert_no_error (error);
  return neuron;
}

static void
begin_change_text (Scene              *scene,
                   const EngramNeuron *before,
                   const char         *text,
                   Outcome            *outcome)
{
  g_autoptr (EngramNeuron) after = engram_neuron_copy (before);
  EngramEdit *edit = engram_edit_new ();

  engram_neuron_set_text (after, ENGRAM_NEURON_SOURCE_DATA, text);
  engram_edit_change_neuron (edit, before, after);
  engram_session_apply_async (scene->session, edit, applied_cb, outcome);
}

static GError *
change_text (Scene              *scene,
             const EngramNeuron *before,
             const char         *text)
{
  Outcome outcome = { FALSE, NULL };

  begin_change_text (scene, before, text, &outcome);
  wait_until (outcome.ended);
  return outcome.error;
}

static void
assert_text (Scene      *scene,
             guint       number,
             const char *text)
{
  g_autoptr (EngramNeuron) neuron = read_neuron (scene, number);

  g_assert_cmpstr (neuron->source_data, ==, text);
}

/* What another program does. */
static void
change_from_outside (Scene      *scene,
                     guint       number,
                     const char *text)
{
  g_autoptr (EngramDatabase) other = engram_database_open (scene->fixture->path, NULL, NULL);
  g_autoptr (EngramNeuronStore) store = engram_neuron_store_new (other);
  g_autoptr (EngramNeuron) neuron = read_neuron (scene, number);

  engram_neuron_set_text (neuron, ENGRAM_NEURON_SOURCE_DATA, text);
  g_assert_true (engram_neuron_store_update (store, neuron, NULL, NULL));
}

static void
test_undo (Scene         *scene,
           gconstpointer  data)
{
  g_autoptr (EngramNeuron) before = read_neuron (scene, 2);
  g_autofree char *label = NULL;

  g_assert_false (get (scene, "can-undo"));
  engram_session_set_editing (scene->session, TRUE);
  g_assert_null (change_text (scene, before, "Changed"));
  assert_text (scene, 2, "Changed");
  g_assert_true (get (scene, "can-undo"));
  label = g_strdup (engram_session_get_undo_label (scene->session));
  g_assert_nonnull (label);
  wait_until (scene->n_changes == 2);
  g_assert_false (scene->was_foreign);

  engram_session_undo (scene->session);
  wait_until (get (scene, "can-redo"));
  assert_text (scene, 2, "Neuron 2");
  g_assert_false (get (scene, "can-undo"));
  g_assert_cmpstr (engram_session_get_redo_label (scene->session), ==, label);

  engram_session_redo (scene->session);
  wait_until (get (scene, "can-undo"));
  assert_text (scene, 2, "Changed");
  g_assert_cmpuint (scene->n_failed, ==, 0);
  /* The step itself can be undone from where it is told; undoing it is told without. */
  g_assert_true (g_str_has_prefix (scene->done->str, label));
  g_assert_nonnull (strstr (scene->done->str, " *\nUndone: "));
}

/* The history is there when the network is opened again. */
static void
test_undo_later (Scene         *scene,
                 gconstpointer  data)
{
  g_autoptr (EngramNeuron) before = read_neuron (scene, 2);

  g_assert_null (change_text (scene, before, "Changed"));
  close_session (scene);
  open_session (scene);
  wait_until (get (scene, "can-undo"));
  /* Looking at it is not editing it; undoing it is. */
  g_assert_false (engram_session_get_editing (scene->session));
  engram_session_undo (scene->session);
  wait_until (get (scene, "can-redo"));
  assert_text (scene, 2, "Neuron 2");
  g_assert_true (engram_session_get_editing (scene->session));
}

/* What the caller can deal with is not told to all. */
static void
test_conflict (Scene         *scene,
               gconstpointer  data)
{
  g_autoptr (EngramNeuron) before = read_neuron (scene, 2);
  g_autoptr (GError) error = NULL;

  change_from_outside (scene, 2, "Theirs");
  error = change_text (scene, before, "Mine");
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_CHANGED);
  assert_text (scene, 2, "Theirs");
  g_assert_cmpuint (scene->n_failed, ==, 0);
  /* Unless there is nobody to deal with it any more. */
  engram_session_pass_on (scene->session, error);
  g_assert_cmpuint (scene->n_failed, ==, 1);
}

/* What is told to all is not told twice. */
static void
test_record_gone (Scene         *scene,
                  gconstpointer  data)
{
  g_autoptr (EngramRowSet) rows = engram_row_set_new ((gint64[]) { 3 }, 1);
  g_autoptr (EngramNeuron) before = read_neuron (scene, 2);
  g_autoptr (GError) error = NULL;

  engram_session_delete (scene->session, rows, NULL);
  error = change_text (scene, before, "Mine");
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_NOT_FOUND);
  g_assert_cmpuint (scene->n_failed, ==, 1);
  engram_session_pass_on (scene->session, error);
  g_assert_cmpuint (scene->n_failed, ==, 1);
}

/* What was asked for is written, though the network was closed before its turn came; nobody hears of it. */
static void
test_close (Scene         *scene,
            gconstpointer  data)
{
  g_autoptr (EngramRowSet) rows = engram_row_set_new ((gint64[]) { 1 }, 1);
  g_autoptr (EngramNeuron) before = read_neuron (scene, 2);
  Outcome outcome = { FALSE, NULL };
  guint64 n_neurons;

  engram_session_delete (scene->session, rows, NULL);
  begin_change_text (scene, before, "Mine", &outcome);
  engram_session_close (scene->session);
  g_assert_false (get (scene, "busy"));
  wait_until (outcome.ended);
  g_assert_no_error (outcome.error);
  assert_text (scene, 2, "Mine");
  g_assert_true (engram_neuron_store_count (scene->fixture->neurons, &n_neurons, NULL, NULL));
  g_assert_cmpuint (n_neurons, ==, 4);
  g_assert_cmpuint (scene->n_changes, ==, 1);
  g_assert_cmpstr (scene->done->str, ==, "");
}

/* What fails after the network was closed is for the log. */
static void
test_close_and_fail (Scene         *scene,
                     gconstpointer  data)
{
  g_autoptr (EngramNeuron) before = read_neuron (scene, 2);
  Outcome outcome = { FALSE, NULL };

  change_from_outside (scene, 2, "Theirs");
  engram_session_undo (scene->session);
  begin_change_text (scene, before, "Mine", &outcome);
  engram_session_close (scene->session);
  g_test_expect_message ("engram", G_LOG_LEVEL_MESSAGE, "Undoing failed after the network was closed: *");
  wait_until (outcome.ended);
  g_test_assert_expected_messages ();
  g_assert_error (outcome.error, ENGRAM_ERROR, ENGRAM_ERROR_CHANGED);
  g_test_expect_message ("engram", G_LOG_LEVEL_MESSAGE, "Saving the change failed after *: *changed it meanwhile*");
  engram_session_pass_on (scene->session, outcome.error);
  g_test_assert_expected_messages ();
  g_assert_cmpuint (scene->n_failed, ==, 0);
  g_error_free (outcome.error);
}

static void
test_closed (Scene         *scene,
             gconstpointer  data)
{
  g_autoptr (EngramRowSet) rows = engram_row_set_new ((gint64[]) { 1 }, 1);
  g_autoptr (EngramNeuron) before = read_neuron (scene, 2);
  g_autoptr (GError) error = NULL;

  engram_session_close (scene->session);
  error = change_text (scene, before, "Mine");
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  engram_session_delete (scene->session, rows, NULL);
  engram_session_undo (scene->session);
  g_assert_false (get (scene, "busy"));
  g_assert_cmpuint (scene->n_failed, ==, 0);
}

static void
test_undo_refused (Scene         *scene,
                   gconstpointer  data)
{
  g_autoptr (EngramNeuron) before = read_neuron (scene, 2);

  g_assert_null (change_text (scene, before, "Mine"));
  change_from_outside (scene, 2, "Theirs");
  engram_session_undo (scene->session);
  wait_until (scene->n_failed == 1);
  assert_text (scene, 2, "Theirs");
  g_assert_true (get (scene, "can-undo"));
}

static void
test_delete (Scene         *scene,
             gconstpointer  data)
{
  g_autoptr (EngramRowSet) rows = engram_row_set_new ((gint64[]) { 1, 3 }, 2);
  guint64 n_neurons;

  engram_session_delete (scene->session, rows, NULL);
  wait_until (get (scene, "can-undo"));
  g_assert_true (engram_neuron_store_count (scene->fixture->neurons, &n_neurons, NULL, NULL));
  g_assert_cmpuint (n_neurons, ==, 3);
  engram_session_undo (scene->session);
  wait_until (get (scene, "can-redo"));
  g_assert_true (engram_neuron_store_count (scene->fixture->neurons, &n_neurons, NULL, NULL));
  g_assert_cmpuint (n_neurons, ==, 5);
}

/* What was deleted is selected no more, whatever a filter hides of it. */
static void
test_delete_selected (Scene         *scene,
                      gconstpointer  data)
{
  g_autoptr (EngramRowSet) selected = engram_row_set_new ((gint64[]) { 1, 2, 3 }, 3);
  g_autoptr (EngramRowSet) rows = engram_row_set_new ((gint64[]) { 1, 3 }, 2);
  EngramSelection *selection = engram_session_get_selection (scene->session);

  engram_selection_set (selection, ENGRAM_RECORD_NEURON, selected);
  engram_session_delete (scene->session, rows, NULL);
  wait_until (get (scene, "can-undo"));
  g_assert_cmpuint (engram_row_set_get_size (engram_selection_get (selection, ENGRAM_RECORD_NEURON)), ==, 1);
  g_assert_true (engram_row_set_contains (engram_selection_get (selection, ENGRAM_RECORD_NEURON), 2));
}

static gsize
count_selected (Scene *scene)
{
  return engram_row_set_get_size (engram_selection_get (engram_session_get_selection (scene->session),
                                                        ENGRAM_RECORD_NEURON));
}

/* What is gone is selected no more, by whichever step it went. */
static void
test_selected_and_redone (Scene         *scene,
                          gconstpointer  data)
{
  g_autoptr (EngramRowSet) rows = engram_row_set_new ((gint64[]) { 1, 3 }, 2);
  g_autoptr (EngramRowSet) selected = engram_row_set_new ((gint64[]) { 1, 2, 3 }, 3);
  EngramSelection *selection = engram_session_get_selection (scene->session);

  engram_session_delete (scene->session, rows, NULL);
  wait_until (get (scene, "can-undo"));
  engram_session_undo (scene->session);
  wait_until (get (scene, "can-redo"));
  engram_selection_set (selection, ENGRAM_RECORD_NEURON, selected);
  engram_session_redo (scene->session);
  wait_until (count_selected (scene) != 3);
  g_assert_cmpuint (count_selected (scene), ==, 1);
  g_assert_true (engram_row_set_contains (engram_selection_get (selection, ENGRAM_RECORD_NEURON), 2));
}

static void
test_batch_edit (Scene         *scene,
                 gconstpointer  data)
{
  g_autoptr (EngramRowSet) rows = engram_row_set_new ((gint64[]) { 1, 2, 3 }, 3);
  g_autoptr (EngramNeuron) neuron = NULL;
  /* Texts of the caller's, which are gone when the work begins. */
  char *tag = g_strdup ("seen");
  const char *tags[] = { tag, NULL };
  EngramBatchEdit edit = { .add_tags = tags };

  engram_session_batch_edit (scene->session, ENGRAM_RECORD_NEURON, rows, &edit);
  memset (tag, 'x', strlen (tag));
  g_free (tag);
  wait_until (get (scene, "can-undo"));
  neuron = read_neuron (scene, 0);
  g_assert_cmpstr (neuron->semantic_tags, ==, "[\"seen\"]");
}

/* What another program has moved meanwhile stays, and is told. */
static void
test_arrange (Scene         *scene,
              gconstpointer  data)
{
  g_autoptr (EngramNetwork) network = engram_network_load (scene->fixture->database, NULL, NULL, NULL, NULL);
  g_autofree float *places = g_new0 (float, 3 * network->n_neurons);
  g_autoptr (EngramArrangement) arrangement = NULL;
  g_autoptr (EngramNeuron) neuron = read_neuron (scene, 1);
  g_autoptr (EngramNeuron) moved = NULL;

  for (guint i = 0; i < network->n_neurons; i++)
    places[3 * i] = 40 + (float) i;
  arrangement = engram_arrangement_new_for_move (network, NULL, network->n_neurons, places);
  neuron->position[2] = -77;
  g_assert_true (engram_neuron_store_update (scene->fixture->neurons, neuron, NULL, NULL));

  engram_session_arrange (scene->session, arrangement, "Arrange in a row");
  wait_until (get (scene, "can-undo"));
  g_assert_cmpstr (engram_session_get_undo_label (scene->session), ==, "Arrange in a row");
  wait_until (scene->done->len > 0);
  g_assert_cmpstr (scene->done->str, ==,
                   "Arrange in a row; 1 neuron stays where another program has put it *\n");
  moved = read_neuron (scene, 0);
  g_assert_cmpfloat (moved->position[0], ==, 40);
  engram_session_undo (scene->session);
  wait_until (get (scene, "can-redo"));
  g_assert_cmpuint (scene->n_failed, ==, 0);
}

/* Several at once are written one after the other. */
static void
test_queue (Scene         *scene,
            gconstpointer  data)
{
  g_autoptr (EngramRowSet) first = engram_row_set_new ((gint64[]) { 1 }, 1);
  g_autoptr (EngramRowSet) second = engram_row_set_new ((gint64[]) { 2 }, 1);

  engram_session_delete (scene->session, first, NULL);
  engram_session_delete (scene->session, second, NULL);
  g_assert_true (get (scene, "busy"));
  engram_session_undo (scene->session);
  engram_session_undo (scene->session);
  wait_until (!get (scene, "busy"));
  g_assert_false (get (scene, "can-undo"));
  g_assert_true (get (scene, "can-redo"));
  g_assert_cmpuint (scene->n_failed, ==, 0);
}

static void
test_following (Scene         *scene,
                gconstpointer  data)
{
  g_autoptr (EngramNeuron) before = NULL;

  engram_session_set_active (scene->session, TRUE);
  change_from_outside (scene, 1, "Seen");
  wait_until (scene->n_changes == 2);
  g_assert_true (scene->was_foreign);

  engram_session_set_following (scene->session, FALSE);
  change_from_outside (scene, 1, "Not seen");
  wait_until (get (scene, "behind"));
  g_assert_cmpuint (scene->n_changes, ==, 2);

  engram_session_set_following (scene->session, TRUE);
  g_assert_cmpuint (scene->n_changes, ==, 3);
  g_assert_true (scene->was_foreign);
  g_assert_false (get (scene, "behind"));

  /* What the person does is seen at once, whether others are followed or not. */
  engram_session_set_following (scene->session, FALSE);
  before = read_neuron (scene, 3);
  g_assert_null (change_text (scene, before, "Own"));
  wait_until (scene->n_changes == 4);
  g_assert_false (scene->was_foreign);
}

/* A file that may not be written is not edited. */
static void
test_read_only (void)
{
  g_autoptr (UiFixture) fixture = ui_fixture_new (2);
  g_autofree char *linked = g_strconcat (fixture->path, ".link", NULL);
  g_autoptr (EngramDatabase) database = NULL;
  g_autoptr (EngramSession) session = NULL;

  g_assert_cmpint (link (fixture->path, linked), ==, 0);
  database = engram_database_open (fixture->path, NULL, NULL);
  session = engram_session_new (database);
  g_assert_false (engram_session_get_editable (session));
  engram_session_set_editing (session, TRUE);
  g_assert_false (engram_session_get_editing (session));
  engram_session_close (session);
}

static void
count_cb (guint *n)
{
  (*n)++;
}

static void
test_query (Scene         *scene,
            gconstpointer  data)
{
  g_autoptr (EngramQuery) query = engram_query_parse ("type:tool", NULL, NULL, NULL);
  g_autoptr (EngramQuery) same = engram_query_parse ("type:tool", NULL, NULL, NULL);
  guint n_notified = 0;

  g_signal_connect_swapped (scene->session, "notify::query", G_CALLBACK (count_cb), &n_notified);
  engram_session_set_query (scene->session, query);
  engram_session_set_query (scene->session, same);
  g_assert_cmpuint (n_notified, ==, 1);
  engram_session_set_query (scene->session, NULL);
  g_assert_null (engram_session_get_query (scene->session));
  g_assert_cmpuint (n_notified, ==, 2);
}

static void
test_selection (Scene         *scene,
                gconstpointer  data)
{
  EngramSelection *selection = engram_session_get_selection (scene->session);
  g_autoptr (EngramRowSet) rows = engram_row_set_new ((gint64[]) { 2, 7 }, 2);
  guint n_changed = 0;

  g_signal_connect_swapped (selection, "changed", G_CALLBACK (count_cb), &n_changed);
  engram_selection_set (selection, ENGRAM_RECORD_NEURON, rows);
  engram_selection_set (selection, ENGRAM_RECORD_NEURON, rows);
  engram_selection_set_one (selection, ENGRAM_RECORD_SYNAPSE, 4);
  g_assert_cmpuint (n_changed, ==, 2);
  g_assert_cmpuint (engram_row_set_get_size (engram_selection_get (selection, ENGRAM_RECORD_NEURON)), ==, 2);
  g_assert_true (engram_row_set_contains (engram_selection_get (selection, ENGRAM_RECORD_SYNAPSE), 4));
}

static void
await_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  EngramRowSet **rows = user_data;

  *rows = engram_selection_await_finish (ENGRAM_SELECTION (source), result, NULL);
}

/* Who is to change what is selected waits until that is made out. */
static void
test_pending_selection (Scene         *scene,
                        gconstpointer  data)
{
  EngramSelection *selection = engram_session_get_selection (scene->session);
  g_autoptr (EngramRowSet) chosen = engram_row_set_new ((gint64[]) { 2, 7 }, 2);
  g_autoptr (EngramRowSet) rows = NULL;
  g_autoptr (EngramRowSet) again = NULL;

  engram_selection_set_pending (selection, ENGRAM_RECORD_NEURON, TRUE);
  engram_selection_await (selection, ENGRAM_RECORD_NEURON, NULL, await_cb, &rows);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_null (rows);
  engram_selection_set (selection, ENGRAM_RECORD_NEURON, chosen);
  engram_selection_set_pending (selection, ENGRAM_RECORD_NEURON, FALSE);
  wait_until (rows != NULL);
  g_assert_true (engram_row_set_equal (rows, chosen));
  engram_selection_await (selection, ENGRAM_RECORD_NEURON, NULL, await_cb, &again);
  wait_until (again != NULL);
  g_assert_true (engram_row_set_equal (again, chosen));
}

#define ADD(name, function) g_test_add ("/session/" name, Scene, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  /* Before anything asks for it: the history's folder is the test's own. */
  g_autoptr (TestFolder) home = test_folder_new ();
  int status;

  g_setenv ("XDG_STATE_HOME", home, TRUE);
  g_setenv ("XDG_CACHE_HOME", home, TRUE);
  g_test_init (&argc, &argv, NULL);
  ADD ("undo", test_undo);
  ADD ("undo-later", test_undo_later);
  ADD ("conflict", test_conflict);
  ADD ("record-gone", test_record_gone);
  ADD ("close", test_close);
  ADD ("close-and-fail", test_close_and_fail);
  ADD ("closed", test_closed);
  ADD ("undo-refused", test_undo_refused);
  ADD ("delete", test_delete);
  ADD ("delete-selected", test_delete_selected);
  ADD ("selected-and-redone", test_selected_and_redone);
  ADD ("batch-edit", test_batch_edit);
  ADD ("arrange", test_arrange);
  ADD ("queue", test_queue);
  ADD ("following", test_following);
  ADD ("query", test_query);
  ADD ("selection", test_selection);
  ADD ("pending-selection", test_pending_selection);
  g_test_add_func ("/session/read-only", test_read_only);
  status = g_test_run ();
  return status;
}
