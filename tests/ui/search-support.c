/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "search-support.h"

#include <string.h>

static void
note_query (SearchScreen *screen)
{
  screen->n_queries++;
}

static void
note_stop (SearchScreen *screen)
{
  screen->n_stops++;
}

void
search_open (SearchScreen *screen,
             int           width)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  screen->fixture = ui_fixture_new (20);
  screen->session = engram_session_new (screen->fixture->database);
  screen->bar = ENGRAM_SEARCH_BAR (engram_search_bar_new ());
  engram_search_bar_set_session (screen->bar, screen->session);
  g_signal_connect_swapped (screen->session, "notify::query", G_CALLBACK (note_query), screen);
  g_signal_connect_swapped (screen->bar, "stop", G_CALLBACK (note_stop), screen);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (screen->bar));
  screen->window = widget_test_show (box, width, 640);
  screen->entry = widget_test_find (screen->bar, GTK_TYPE_SEARCH_ENTRY);
  engram_search_bar_focus (screen->bar);
}

void
search_close (SearchScreen *screen)
{
  gtk_window_destroy (screen->window);
  engram_session_close (screen->session);
  g_clear_object (&screen->session);
  ui_fixture_free (screen->fixture);
}

void
search_type_text (SearchScreen *screen,
                  const char   *text)
{
  int position = gtk_editable_get_position (GTK_EDITABLE (screen->entry));

  gtk_editable_insert_text (GTK_EDITABLE (screen->entry), text, -1, &position);
  gtk_editable_set_position (GTK_EDITABLE (screen->entry), position);
}

void
search_type_over (SearchScreen *screen,
                  const char   *text)
{
  int end = 0;

  gtk_editable_insert_text (GTK_EDITABLE (screen->entry), text, -1, &end);
  gtk_editable_delete_text (GTK_EDITABLE (screen->entry), end, -1);
}

void
search_press (SearchScreen *screen,
              guint         key)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (screen->entry);
  gboolean taken = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers) && !taken; i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller)
          && gtk_event_controller_get_propagation_phase (controller) == GTK_PHASE_CAPTURE)
        g_signal_emit_by_name (controller, "key-pressed", key, 0, 0, &taken);
    }
  if (!taken && key == GDK_KEY_Return)
    g_signal_emit_by_name (screen->entry, "activate");
  if (!taken && key == GDK_KEY_Escape)
    g_signal_emit_by_name (screen->entry, "stop-search");
}

const char *
search_get_query_text (SearchScreen *screen)
{
  EngramQuery *query = engram_session_get_query (screen->session);

  return query != NULL ? engram_query_get_text (query) : NULL;
}

const char *
search_get_text (SearchScreen *screen)
{
  return gtk_editable_get_text (GTK_EDITABLE (screen->entry));
}

gboolean
search_is_entry_focused (SearchScreen *screen)
{
  GtkWidget *focus = gtk_window_get_focus (screen->window);

  return focus != NULL && gtk_widget_is_ancestor (focus, screen->entry);
}

GtkWidget *
search_find_button (gpointer    widget,
                    const char *label)
{
  if (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (widget), label) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = search_find_button (child, label);

      if (found != NULL)
        return found;
    }
  return NULL;
}

gboolean
search_is_shown (gpointer    widget,
                 const char *part)
{
  g_autofree char *text = widget_test_dup_text (widget);

  return strstr (text, part) != NULL;
}

int
search_test_run (int           *argc,
                 char        ***argv,
                 void         (*add_tests) (void))
{
  g_autoptr (TestFolder) folder = test_folder_new ();

  g_setenv ("XDG_CONFIG_HOME", folder, TRUE);
  widget_test_init (argc, argv);
  add_tests ();
  return g_test_run ();
}
