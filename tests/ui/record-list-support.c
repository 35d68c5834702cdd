/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "record-list-support.h"

#include "pointer-support.h"

static char *home;

static void
note_view_changed (EngramRecordList *list,
                   ListScreen       *screen)
{
  screen->n_view_changed++;
}

static void
note_first_rows (EngramRecordList *list,
                 ListScreen       *screen)
{
  screen->n_first_rows++;
}

static void
note_show_kind (EngramRecordList *list,
                guint             kind,
                ListScreen       *screen)
{
  screen->shown_kind = kind;
}

static void
note_activated (EngramSession *session,
                guint          kind,
                const char    *id,
                ListScreen    *screen)
{
  g_free (screen->activated);
  screen->activated = g_strdup_printf ("%u %s", kind, id);
}

EngramRecordModel *
list_model (ListScreen *screen)
{
  return engram_record_list_get_model (screen->list);
}

void
list_await (ListScreen *screen)
{
  wait_until (!engram_record_model_get_loading (list_model (screen)));
  widget_test_draw (GTK_WIDGET (screen->list));
}

void
list_new (ListScreen       *screen,
          EngramRecordKind  kind)
{
  screen->list = ENGRAM_RECORD_LIST (engram_record_list_new (kind));
  g_signal_connect (screen->list, "view-changed", G_CALLBACK (note_view_changed), screen);
  g_signal_connect (screen->list, "first-rows", G_CALLBACK (note_first_rows), screen);
  g_signal_connect (screen->list, "show-kind", G_CALLBACK (note_show_kind), screen);
}

void
list_show (ListScreen       *screen,
           UiFixture        *fixture,
           EngramRecordKind  kind)
{
  screen->fixture = fixture;
  screen->session = engram_session_new (fixture->database);
  g_signal_connect (screen->session, "activate", G_CALLBACK (note_activated), screen);
  list_new (screen, kind);
  engram_record_list_set_session (screen->list, screen->session);
  screen->window = widget_test_show (GTK_WIDGET (screen->list), 1100, 600);
  list_await (screen);
}

gboolean
list_menu_is_open (ListScreen *screen)
{
  return screen->list->menu != NULL && gtk_widget_get_mapped (screen->list->menu);
}

void
list_close_menu (ListScreen *screen)
{
  if (!list_menu_is_open (screen))
    return;
  gtk_popover_popdown (GTK_POPOVER (screen->list->menu));
  wait_until (!list_menu_is_open (screen));
  widget_test_draw (GTK_WIDGET (screen->list));
}

void
list_close (ListScreen *screen)
{
  /* The pointer would stay the menu's. */
  list_close_menu (screen);
  engram_record_list_set_session (screen->list, NULL);
  gtk_window_destroy (screen->window);
  engram_session_close (screen->session);
  g_clear_object (&screen->session);
  g_clear_pointer (&screen->activated, g_free);
  ui_fixture_free (screen->fixture);
}

/* A network to look at: neuron N has the activation N * 7 % 20 / 20, a vector, and a synapse to neuron N + 1. */

static EngramNeuron *
neuron_new (guint number)
{
  EngramNeuron *neuron = engram_neuron_new (number % 7 == 3 ? "tool" : "knowledge");
  g_autofree char *id = ui_fixture_dup_id (number);
  g_autofree char *text = g_strdup_printf ("Neuron %u", number);
  const float vector[] = { 1, number / 20.0f };

  engram_neuron_set_text (neuron, ENGRAM_NEURON_ID, id);
  engram_neuron_set_text (neuron, ENGRAM_NEURON_SOURCE_DATA, text);
  engram_neuron_set_text (neuron, ENGRAM_NEURON_SEMANTIC_TAGS, "[\"first tag\", \"second\"]");
  engram_neuron_set_vector (neuron, vector, G_N_ELEMENTS (vector));
  neuron->position[0] = -0.5 - number;
  neuron->activation_level = number * 7 % 20 / 20.0;
  return neuron;
}

static void
add_neurons (UiFixture *fixture,
             guint      n_neurons)
{
  g_autoptr (GPtrArray) neurons = g_ptr_array_new_with_free_func ((GDestroyNotify) engram_neuron_free);
  g_autoptr (GError) error = NULL;

  for (guint number = 0; number < n_neurons; number++)
    g_ptr_array_add (neurons, neuron_new (number));
  engram_neuron_store_create_batch (fixture->neurons, neurons, NULL, &error);
  g_assert_no_error (error);
}

static void
add_synapses (UiFixture *fixture,
              guint      n_synapses)
{
  g_autoptr (GPtrArray) synapses = g_ptr_array_new_with_free_func ((GDestroyNotify) engram_synapse_free);
  g_autoptr (GError) error = NULL;

  for (guint number = 0; number < n_synapses; number++)
    {
      g_autofree char *source = ui_fixture_dup_id (number);
      g_autofree char *target = ui_fixture_dup_id (number + 1);

      g_ptr_array_add (synapses, engram_synapse_new (source, target, (number % 2 == 0 ? 0.05 : -0.05) * number,
                                                     "knowledge"));
    }
  engram_synapse_store_create_batch (fixture->synapses, synapses, NULL, &error);
  g_assert_no_error (error);
}

void
list_open (ListScreen       *screen,
           EngramRecordKind  kind)
{
  UiFixture *fixture = ui_fixture_new (0);

  add_neurons (fixture, 20);
  add_synapses (fixture, 19);
  list_show (screen, fixture, kind);
}

void
list_set_query (ListScreen *screen,
                const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramQuery) query = engram_query_parse (text, NULL, NULL, &error);

  g_assert_no_error (error);
  engram_session_set_query (screen->session, query);
  list_await (screen);
}

static char *
dup_id (ListScreen *screen,
        guint       position)
{
  g_autoptr (EngramRecordRow) row = g_list_model_get_item (G_LIST_MODEL (list_model (screen)), position);

  wait_until (!engram_record_row_is_loading (row));
  return g_strdup (engram_record_row_get_neuron (row) != NULL ? engram_record_row_get_neuron (row)->id
                                                             : engram_record_row_get_synapse (row)->id);
}

void
list_assert_first (ListScreen *screen,
                   guint       number)
{
  g_autofree char *expected = ui_fixture_dup_id (number);
  g_autofree char *id = dup_id (screen, 0);

  g_assert_cmpstr (id, ==, expected);
}

void
list_select (ListScreen *screen,
             guint       position,
             gboolean    alone)
{
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (screen->list->selection), position, alone);
}

void
list_activate (ListScreen *screen,
               const char *action)
{
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;
  g_autoptr (GError) error = NULL;

  g_action_parse_detailed_name (action, &name, &target, &error);
  g_assert_no_error (error);
  g_assert_true (gtk_widget_activate_action_variant (GTK_WIDGET (screen->list), name, target));
}

/* Finding what a person would click */

GtkWidget *
list_find_label (GtkWidget  *widget,
                 const char *text)
{
  if (!gtk_widget_get_visible (widget))
    return NULL;
  if (GTK_IS_LABEL (widget) && g_str_equal (gtk_label_get_text (GTK_LABEL (widget)), text))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = list_find_label (child, text);

      if (found != NULL)
        return found;
    }
  return NULL;
}

GtkWidget *
list_header (ListScreen *screen)
{
  return gtk_widget_get_first_child (GTK_WIDGET (screen->list->view));
}

/* A column's title, which is a child of the header. */
static GtkWidget *
find_title (ListScreen *screen,
            const char *text)
{
  GtkWidget *title = list_find_label (list_header (screen), text);

  while (title != NULL && gtk_widget_get_parent (title) != list_header (screen))
    title = gtk_widget_get_parent (title);
  return title;
}

static void
note_sorter_changed (GtkSorter       *sorter,
                     GtkSorterChange  change,
                     gboolean        *changed)
{
  *changed = TRUE;
}

void
list_click_title (ListScreen *screen,
                  const char *text)
{
  GtkWidget *title = find_title (screen, text);
  GtkSorter *sorter = gtk_column_view_get_sorter (screen->list->view);
  gboolean changed = FALSE;
  gulong handler = g_signal_connect (sorter, "changed", G_CALLBACK (note_sorter_changed), &changed);

  g_assert_nonnull (title);
  /* Not at the same place twice: that would be a double click. */
  screen->n_clicks++;
  pointer_click (title, screen->n_clicks % 2 == 0 ? 10 : 25, GDK_BUTTON_PRIMARY);
  wait_until (changed);
  g_signal_handler_disconnect (sorter, handler);
  list_await (screen);
}

GtkWidget *
list_row_widget (ListScreen *screen,
                 guint       nth)
{
  GtkWidget *row = gtk_widget_get_first_child (engram_record_list_find_rows (screen->list));

  for (guint i = 0; i < nth; i++)
    row = gtk_widget_get_next_sibling (row);
  return row;
}

void
list_press_row (ListScreen *screen,
                guint       nth)
{
  pointer_click (list_row_widget (screen, nth), 60, GDK_BUTTON_SECONDARY);
  wait_until (list_menu_is_open (screen));
  widget_test_draw (GTK_WIDGET (screen->list));
}

/* Returns: whether the controller knows that key, which has been pressed then */
static gboolean
press_key_of (ListScreen      *screen,
              GListModel      *shortcuts,
              guint            key,
              GdkModifierType  modifiers)
{
  for (guint i = 0; i < g_list_model_get_n_items (shortcuts); i++)
    {
      g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (shortcuts, i);
      GtkShortcutTrigger *trigger = gtk_shortcut_get_trigger (shortcut);

      if (GTK_IS_KEYVAL_TRIGGER (trigger) && gtk_keyval_trigger_get_keyval (GTK_KEYVAL_TRIGGER (trigger)) == key &&
          gtk_keyval_trigger_get_modifiers (GTK_KEYVAL_TRIGGER (trigger)) == modifiers)
        {
          g_assert_true (gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0,
                                                       GTK_WIDGET (screen->list),
                                                       gtk_shortcut_get_arguments (shortcut)));
          return TRUE;
        }
    }
  return FALSE;
}

void
list_press_key (ListScreen      *screen,
                guint            key,
                GdkModifierType  modifiers)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (screen->list));

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_SHORTCUT_CONTROLLER (controller) && press_key_of (screen, G_LIST_MODEL (controller), key, modifiers))
        return;
    }
  g_error ("The list does not know that key");
}

void
list_test_init (int    *argc,
                char ***argv)
{
  home = test_folder_new ();
  g_setenv ("XDG_STATE_HOME", home, TRUE);
  g_setenv ("XDG_CACHE_HOME", home, TRUE);
  widget_test_init (argc, argv);
}

int
list_test_run (void)
{
  int status = g_test_run ();

  test_folder_free (g_steal_pointer (&home));
  return status;
}
