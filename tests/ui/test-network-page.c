/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "filters/engram-filter-pane.h"
#include "graph/engram-graph-view.h"
#include "pages/engram-network-page.h"
#include "space/engram-space-view.h"
#include "widget-support.h"

typedef struct {
  UiFixture         *fixture;
  EngramNetworkPage *page;
  EngramSession     *session;
  GtkWindow         *window;
  char              *activated; /* by the session */
  GError            *error;     /* of what failed */
} Screen;

static void
activate_cb (Screen           *screen,
             EngramRecordKind  kind,
             const char       *id)
{
  g_free (screen->activated);
  screen->activated = g_strdup (id);
}

static void
failed_cb (Screen       *screen,
           const char   *title,
           const GError *error)
{
  g_assert_no_error (screen->error);
  screen->error = g_error_copy (error);
}

static void
set_up (Screen        *screen,
        gconstpointer  data)
{
  screen->fixture = ui_fixture_new (3);
  screen->page = ENGRAM_NETWORK_PAGE (engram_network_page_new ());
  screen->window = widget_test_show (GTK_WIDGET (screen->page), 900, 600);
  engram_network_page_set_database (screen->page, screen->fixture->database, NULL);
  wait_until (engram_network_page_get_session (screen->page) != NULL);
  screen->session = g_object_ref (engram_network_page_get_session (screen->page));
  g_signal_connect_swapped (screen->session, "activate", G_CALLBACK (activate_cb), screen);
  g_signal_connect_swapped (screen->session, "failed", G_CALLBACK (failed_cb), screen);
}

static void
tear_down (Screen        *screen,
           gconstpointer  data)
{
  g_signal_handlers_disconnect_by_data (screen->session, screen);
  g_object_unref (screen->session);
  engram_network_page_set_database (screen->page, NULL, NULL);
  gtk_window_destroy (screen->window);
  g_free (screen->activated);
  g_clear_error (&screen->error);
  ui_fixture_free (screen->fixture);
}

static void
assert_n_neurons (Screen  *screen,
                  guint64  expected)
{
  guint64 n_neurons;

  g_assert_true (engram_neuron_store_count (screen->fixture->neurons, &n_neurons, NULL, NULL));
  g_assert_cmpuint (n_neurons, ==, expected);
}

static void
test_create (Screen        *screen,
             gconstpointer  data)
{
  g_autoptr (EngramNeuron) neuron = NULL;
  g_autoptr (GError) error = NULL;

  engram_network_page_create_neuron (screen->page, "tool");
  wait_until (screen->activated != NULL);
  neuron = engram_neuron_store_get (screen->fixture->neurons, screen->activated, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (neuron->type, ==, "tool");
  assert_n_neurons (screen, 4);
  g_assert_no_error (screen->error);
}

/* There is no field yet beside which it could be said why. */
static void
test_create_refused (Screen        *screen,
                     gconstpointer  data)
{
  engram_network_page_create_neuron (screen->page, "\xff");
  wait_until (screen->error != NULL);
  g_assert_error (screen->error, ENGRAM_ERROR, ENGRAM_ERROR_INVALID);
  assert_n_neurons (screen, 3);
  g_assert_null (screen->activated);
}

static void
set_true (gboolean *value)
{
  *value = TRUE;
}

/* A toast goes with the step that it tells of: its Undo would take back another. */
static void
test_toasts (Screen        *screen,
             gconstpointer  data)
{
  g_autoptr (AdwToast) toast = NULL;
  GtkWidget *shown = NULL;
  gboolean dismissed = FALSE, undone = FALSE;

  engram_network_page_create_neuron (screen->page, "tool");
  wait_until ((shown = widget_test_find (screen->page, g_type_from_name ("AdwToastWidget"))) != NULL);
  g_object_get (shown, "toast", &toast, NULL);
  g_assert_cmpstr (adw_toast_get_button_label (toast), ==, "_Undo");
  wait_until (screen->activated != NULL);
  g_signal_connect_swapped (toast, "dismissed", G_CALLBACK (set_true), &dismissed);
  g_signal_connect_swapped (screen->session, "done", G_CALLBACK (set_true), &undone);
  engram_session_undo (screen->session);
  wait_until (undone);
  g_assert_true (dismissed);
  g_signal_handlers_disconnect_by_data (screen->session, &undone);
  g_signal_handlers_disconnect_by_data (toast, &dismissed);
}

/* Whatever the neuron is called that a step is about. */
static void
test_toast_of_any_text (Screen        *screen,
                        gconstpointer  data)
{
  GtkWidget *shown = NULL;

  g_signal_emit_by_name (screen->session, "done", "Change code of neuron “a < b & c”", FALSE);
  wait_until ((shown = widget_test_find (screen->page, g_type_from_name ("AdwToastWidget"))) != NULL);
  assert_shows (shown, "a < b & c");
}

static char *
get_view (Screen *screen)
{
  char *view;

  g_object_get (screen->page, "view", &view, NULL);
  return view;
}

/* What is selected is looked at in another view. */
static void
test_show_in_graph (Screen        *screen,
                    gconstpointer  data)
{
  g_autofree char *view = NULL;
  EngramGraphView *graph;

  engram_selection_set_one (engram_session_get_selection (screen->session), ENGRAM_RECORD_NEURON, 2);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (screen->page), "page.show-in-graph", NULL));
  view = get_view (screen);
  g_assert_cmpstr (view, ==, "graph");
  graph = ENGRAM_GRAPH_VIEW (adw_view_stack_get_visible_child (engram_network_page_get_views (screen->page)));
  g_assert_cmpint (engram_graph_view_get_options (graph)->scope, ==, ENGRAM_GRAPH_SCOPE_AROUND);
  g_assert_true (engram_row_set_contains (engram_graph_view_get_options (graph)->focus, 2));
}

static void
test_show_in_space (Screen        *screen,
                    gconstpointer  data)
{
  g_autofree char *id = ui_fixture_dup_id (1);
  g_autoptr (EngramNeuron) neuron = engram_neuron_store_get (screen->fixture->neurons, id, NULL, NULL);
  EngramSpaceView *space;
  EngramNetworkView *view;
  EngramCamera camera;

  neuron->position[0] = 10;
  g_assert_true (engram_neuron_store_update (screen->fixture->neurons, neuron, NULL, NULL));
  engram_selection_set_one (engram_session_get_selection (screen->session), ENGRAM_RECORD_NEURON, neuron->rowid);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  g_object_set (screen->page, "view", "space", NULL);
  space = ENGRAM_SPACE_VIEW (adw_view_stack_get_visible_child (engram_network_page_get_views (screen->page)));
  view = engram_space_view_get_network_view (space);
  /* Before there is a picture: it is flown to when that comes. The middle of all is at 5. */
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (screen->page), "page.show-in-space", NULL));
  wait_until (engram_network_view_get_scene (view) != NULL);
  engram_scene_view_get_camera (engram_network_view_get_scene_view (view), &camera);
  g_assert_cmpfloat_with_epsilon (camera.target.x, 10, 1e-4);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", TRUE, NULL);
}

static gpointer
find_by_tooltip (gpointer    widget,
                 const char *text)
{
  gpointer found = NULL;

  if (g_strcmp0 (gtk_widget_get_tooltip_text (widget), text) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_by_tooltip (child, text);
  return found;
}

static void
type_bookmark (GtkWidget  *popover,
               const char *name)
{
  GtkWidget *entry = widget_test_find (popover, GTK_TYPE_ENTRY);

  g_assert_true (gtk_widget_get_sensitive (entry));
  gtk_editable_set_text (GTK_EDITABLE (entry), name);
  g_signal_emit_by_name (entry, "activate");
}

/* A selection gets a name, another one, goes and comes back, and is gone to. */
static void
test_bookmarks (Screen        *screen,
                gconstpointer  data)
{
  EngramSelection *selection = engram_session_get_selection (screen->session);
  g_autoptr (EngramRowSet) rows = engram_row_set_new ((gint64[]) { 1, 3 }, 2);
  GtkMenuButton *button = find_by_tooltip (screen->page, "Bookmarks");
  GtkWidget *popover = GTK_WIDGET (gtk_menu_button_get_popover (button));
  g_autoptr (AdwToast) toast = NULL;
  GtkWidget *shown = NULL;

  engram_selection_set (selection, ENGRAM_RECORD_NEURON, rows);
  gtk_menu_button_popup (button);
  wait_until (gtk_widget_get_mapped (popover));
  /* One types at once. */
  wait_until (gtk_window_get_focus (screen->window) != NULL &&
              gtk_widget_get_ancestor (gtk_window_get_focus (screen->window), GTK_TYPE_ENTRY) != NULL);
  assert_shows (popover, "No bookmarks yet: select something, and give it a name");
  g_assert_false (gtk_widget_get_sensitive (widget_test_find (popover, GTK_TYPE_BUTTON)));
  type_bookmark (popover, "Ends & <more>");
  wait_until (find_by_tooltip (popover, "Rename the bookmark “Ends & <more>”") != NULL);
  widget_test_draw (popover);
  assert_shows (popover, "Ends & <more>\n2 neurons\n");
  widget_test_assert_names (popover);

  g_signal_emit_by_name (find_by_tooltip (popover, "Rename the bookmark “Ends & <more>”"), "clicked");
  type_bookmark (popover, "Both ends");
  g_assert_null (find_by_tooltip (popover, "Rename the bookmark “Ends & <more>”"));
  g_signal_emit_by_name (find_by_tooltip (popover, "Remove the bookmark “Both ends”"), "clicked");
  g_assert_null (find_by_tooltip (popover, "Remove the bookmark “Both ends”"));
  wait_until ((shown = widget_test_find (screen->page, g_type_from_name ("AdwToastWidget"))) != NULL);
  assert_shows (shown, "Removed the bookmark “Both ends”");
  g_object_get (shown, "toast", &toast, NULL);
  g_signal_emit_by_name (toast, "button-clicked");
  g_assert_nonnull (find_by_tooltip (popover, "Remove the bookmark “Both ends”"));

  engram_selection_set_one (selection, ENGRAM_RECORD_NEURON, 2);
  g_signal_emit_by_name (widget_test_find (popover, GTK_TYPE_LIST_BOX_ROW), "activate");
  wait_until (engram_row_set_get_size (engram_selection_get (selection, ENGRAM_RECORD_NEURON)) == 2);
  g_assert_true (engram_row_set_contains (engram_selection_get (selection, ENGRAM_RECORD_NEURON), 3));
}

static gboolean
is_focus_in (Screen *screen,
             GType   type)
{
  GtkWidget *focus = gtk_window_get_focus (screen->window);

  return focus != NULL && gtk_widget_get_ancestor (focus, type) != NULL;
}

static gboolean
is_narrow (Screen *screen)
{
  gboolean narrow;

  g_object_get (screen->page, "narrow", &narrow, NULL);
  return narrow;
}

static gboolean
focus_list (Screen *screen)
{
  gtk_widget_child_focus (GTK_WIDGET (engram_network_page_get_views (screen->page)), GTK_DIR_TAB_FORWARD);
  return is_focus_in (screen, ENGRAM_TYPE_RECORD_LIST);
}

static gboolean
is_focus_in_details (Screen *screen)
{
  AdwFlap *filters_flap = widget_test_find (screen->page, ADW_TYPE_FLAP);
  GtkWidget *details = adw_flap_get_flap (ADW_FLAP (adw_flap_get_content (filters_flap)));
  GtkWidget *focus = gtk_window_get_focus (screen->window);

  return focus != NULL && (focus == details || gtk_widget_is_ancestor (focus, details));
}

/* A pane that covers the list takes the focus when it comes, and gives it back when it goes. */
static void
test_folded_panes (Screen        *screen,
                   gconstpointer  data)
{
  gtk_window_set_default_size (screen->window, 360, 600);
  wait_until (is_narrow (screen));
  engram_selection_set_one (engram_session_get_selection (screen->session), ENGRAM_RECORD_NEURON, 2);
  wait_until (focus_list (screen));

  g_object_set (screen->page, "filters-visible", TRUE, NULL);
  wait_until (is_focus_in (screen, ENGRAM_TYPE_FILTER_PANE));
  g_object_set (screen->page, "filters-visible", FALSE, NULL);
  wait_until (is_focus_in (screen, ENGRAM_TYPE_RECORD_LIST));

  g_object_set (screen->page, "details-visible", TRUE, NULL);
  wait_until (is_focus_in_details (screen));
  g_object_set (screen->page, "details-visible", FALSE, NULL);
  wait_until (is_focus_in (screen, ENGRAM_TYPE_RECORD_LIST));
}

/* Beside the list it comes to be looked at. */
static void
test_unfolded_pane (Screen        *screen,
                    gconstpointer  data)
{
  wait_until (focus_list (screen));
  g_assert_false (is_narrow (screen));
  g_object_set (screen->page, "details-visible", FALSE, NULL);
  wait_until (widget_test_find (screen->page, g_type_from_name ("EngramFiguresPane")) == NULL);
  g_object_set (screen->page, "details-visible", TRUE, NULL);
  wait_until (widget_test_find (screen->page, g_type_from_name ("EngramFiguresPane")) != NULL);
  widget_test_draw (GTK_WIDGET (screen->page));
  g_assert_true (is_focus_in (screen, ENGRAM_TYPE_RECORD_LIST));
}

static gboolean
is_open (Screen     *screen,
         const char *property)
{
  gboolean open;

  g_object_get (screen->page, property, &open, NULL);
  return open;
}

static void
set_folded (Screen   *screen,
            gboolean  folded)
{
  AdwFlap *filters_flap = widget_test_find (screen->page, ADW_TYPE_FLAP);

  gtk_window_set_default_size (screen->window, folded ? 360 : 1270, 600);
  wait_until (adw_flap_get_folded (filters_flap) == folded && is_narrow (screen) == folded);
}

/* Room alone opens no pane: only what was open beside the list comes back to it. */
static void
test_room_returns (Screen        *screen,
                   gconstpointer  data)
{
  set_folded (screen, FALSE);
  g_object_set (screen->page, "details-visible", FALSE, NULL);
  set_folded (screen, TRUE);
  set_folded (screen, FALSE);
  g_assert_false (is_open (screen, "filters-visible"));
  g_assert_false (is_open (screen, "details-visible"));

  g_object_set (screen->page, "filters-visible", TRUE, "details-visible", TRUE, NULL);
  set_folded (screen, TRUE);
  g_assert_false (is_open (screen, "filters-visible"));
  g_assert_false (is_open (screen, "details-visible"));
  set_folded (screen, FALSE);
  g_assert_true (is_open (screen, "filters-visible"));
  g_assert_true (is_open (screen, "details-visible"));
}

/* One that covers the list and is closed there stays closed; one that is open stays open. */
static void
test_room_after_cover (Screen        *screen,
                       gconstpointer  data)
{
  set_folded (screen, FALSE);
  g_object_set (screen->page, "filters-visible", TRUE, NULL);
  set_folded (screen, TRUE);
  g_object_set (screen->page, "filters-visible", TRUE, NULL);
  g_object_set (screen->page, "filters-visible", FALSE, NULL);
  set_folded (screen, FALSE);
  g_assert_false (is_open (screen, "filters-visible"));

  set_folded (screen, TRUE);
  g_object_set (screen->page, "filters-visible", TRUE, NULL);
  set_folded (screen, FALSE);
  g_assert_true (is_open (screen, "filters-visible"));
  set_folded (screen, TRUE);
  set_folded (screen, FALSE);
  g_assert_true (is_open (screen, "filters-visible"));
}

/* A flap that moves before it has a size would give its pane none. */
static void
test_before_size (void)
{
  GtkWidget *page = engram_network_page_new ();
  GtkWidget *stack = gtk_stack_new ();
  GtkWindow *window;
  AdwFlap *flap;

  gtk_stack_add_child (GTK_STACK (stack), gtk_label_new ("Opening"));
  gtk_stack_add_child (GTK_STACK (stack), page);
  window = widget_test_show (stack, 900, 600);
  gtk_stack_set_visible_child (GTK_STACK (stack), page);
  flap = widget_test_find (page, ADW_TYPE_FLAP);
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (flap)), ==, 0);
  g_object_set (page, "filters-visible", TRUE, NULL);
  g_assert_cmpfloat (adw_flap_get_reveal_progress (flap), ==, 1);
  g_assert_true (gtk_widget_get_mapped (page));
  widget_test_draw (page);
  g_assert_true (gtk_widget_get_mapped (adw_flap_get_flap (flap)));
  gtk_window_destroy (window);
}

#define ADD(name, function) g_test_add ("/network-page/" name, Screen, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  /* Before anything asks for it: the history's folder is the test's own. */
  g_autoptr (TestFolder) home = test_folder_new ();

  g_setenv ("XDG_STATE_HOME", home, TRUE);
  g_setenv ("XDG_CACHE_HOME", home, TRUE);
  widget_test_init (&argc, &argv);

  ADD ("create", test_create);
  ADD ("create-refused", test_create_refused);
  ADD ("toasts", test_toasts);
  ADD ("toast-of-any-text", test_toast_of_any_text);
  ADD ("bookmarks", test_bookmarks);
  ADD ("folded-panes", test_folded_panes);
  ADD ("unfolded-pane", test_unfolded_pane);
  ADD ("room-returns", test_room_returns);
  ADD ("room-after-cover", test_room_after_cover);
  g_test_add_func ("/network-page/before-size", test_before_size);
  ADD ("show-in-graph", test_show_in_graph);
  ADD ("show-in-space", test_show_in_space);

  return g_test_run ();
}
