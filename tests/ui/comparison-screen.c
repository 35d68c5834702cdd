/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "comparison-screen.h"

#include <string.h>

#include "dialogs/comparison/engram-comparison-dialog.h"

void
comparison_screen_open_fixture (DialogScreen *screen,
                                UiFixture    *fixture)
{
  *screen = (DialogScreen) { .fixture = fixture };
}

void
comparison_screen_open (DialogScreen *screen)
{
  g_autoptr (GError) error = NULL;

  comparison_screen_open_fixture (screen, ui_fixture_new (COMPARISON_N_NEURONS));
  for (guint i = 0; i + 1 < COMPARISON_N_NEURONS; i++)
    ui_fixture_join (screen->fixture, i, i + 1, 0.5);
  screen->other = g_build_filename (screen->fixture->folder, "before.db", NULL);
  engram_database_save_as (screen->fixture->database, screen->other, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

void
comparison_screen_change (DialogScreen *screen)
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

void
comparison_screen_present (DialogScreen *screen,
                           const char   *other)
{
  char *kept = screen->other;

  if (screen->session == NULL)
    {
      dialog_screen_begin (screen, screen->fixture);
      screen->other = kept;
    }
  engram_comparison_dialog_present (screen->parent, screen->session, other);
  dialog_screen_take (screen, ENGRAM_TYPE_COMPARISON_DIALOG);
}

/* The part of the result of that name. */
static void
show_part (DialogScreen *screen,
           const char   *name)
{
  GtkStackSwitcher *switcher;

  wait_until (g_str_equal (engram_dialog_get_page (screen->dialog), "result"));
  wait_until (widget_test_find (screen->dialog, GTK_TYPE_STACK_SWITCHER) != NULL);
  switcher = widget_test_find (screen->dialog, GTK_TYPE_STACK_SWITCHER);
  gtk_stack_set_visible_child_name (gtk_stack_switcher_get_stack (switcher), name);
}

EngramDifferenceBrowser *
comparison_screen_get_browser (DialogScreen *screen)
{
  show_part (screen, "differences");
  wait_until (widget_test_find (screen->dialog, ENGRAM_TYPE_DIFFERENCE_BROWSER) != NULL);
  return widget_test_find (screen->dialog, ENGRAM_TYPE_DIFFERENCE_BROWSER);
}

EngramDifferenceList *
comparison_screen_get_list (DialogScreen *screen)
{
  EngramDifferenceBrowser *browser = comparison_screen_get_browser (screen);

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

void
comparison_screen_choose (DialogScreen *screen,
                          guint         which,
                          guint         selected)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new ();

  find_drop_downs (comparison_screen_get_browser (screen), found);
  gtk_drop_down_set_selected (g_ptr_array_index (found, which), selected);
}

guint
comparison_screen_find_place (DialogScreen *screen,
                              const char   *name)
{
  GListModel *list = G_LIST_MODEL (comparison_screen_get_list (screen));

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (EngramDifferenceItem) item = g_list_model_get_item (list, i);

      wait_until (engram_difference_item_get (item) != NULL);
      if (strstr (engram_difference_item_get (item)->name, name) != NULL)
        return i;
    }
  g_error ("“%s” is not in the list", name);
}

void
comparison_screen_compare (DialogScreen *screen)
{
  comparison_screen_present (screen, screen->other);
  comparison_screen_get_list (screen);
}
