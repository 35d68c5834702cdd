/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "prune-screen.h"

#include <math.h>
#include <string.h>

static void
note_job (PruneScreen *screen,
          EngramJob   *job)
{
  if (g_str_has_prefix (engram_job_get_title (job), "Pruning"))
    g_set_object (&screen->job, job);
}

EngramDialog *
prune_screen_find_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GObject) window = g_list_model_get_item (windows, i);

      if (ENGRAM_IS_PRUNE_DIALOG (window))
        return ENGRAM_DIALOG (window);
    }
  return NULL;
}

void
prune_screen_present (PruneScreen *screen)
{
  screen->session = engram_session_new (screen->fixture->database);
  engram_session_set_active (screen->session, TRUE);
  g_signal_connect_swapped (screen->session, "job-added", G_CALLBACK (note_job), screen);
  screen->parent = widget_test_show (gtk_label_new ("Parent"), 300, 200);
  engram_prune_dialog_present (screen->parent, screen->session);
  screen->dialog = prune_screen_find_dialog ();
  widget_test_draw (GTK_WIDGET (screen->dialog));
}

void
prune_screen_open (PruneScreen *screen)
{
  *screen = (PruneScreen) { .fixture = ui_fixture_new (PRUNE_N_NEURONS) };
  for (guint i = 0; i < G_N_ELEMENTS (weights); i++)
    ui_fixture_join (screen->fixture, i, i + 1, weights[i]);
  prune_screen_present (screen);
  wait_until (widget_test_find (screen->dialog, ENGRAM_TYPE_THRESHOLD_VIEW) != NULL);
  screen->view = widget_test_find (screen->dialog, ENGRAM_TYPE_THRESHOLD_VIEW);
  widget_test_draw (GTK_WIDGET (screen->dialog));
}

void
prune_screen_close (PruneScreen *screen)
{
  if (prune_screen_find_dialog () != NULL)
    gtk_window_destroy (GTK_WINDOW (screen->dialog));
  gtk_window_destroy (screen->parent);
  engram_session_close (screen->session);
  g_object_unref (screen->session);
  g_clear_object (&screen->job);
  ui_fixture_free (screen->fixture);
}

char *
prune_screen_get_backups (PruneScreen *screen)
{
  return g_build_filename (screen->fixture->folder, "backups", NULL);
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

void
prune_screen_click (PruneScreen *screen,
                    const char  *label)
{
  wait_until (find_button (screen->dialog, label) != NULL);
  g_assert_true (gtk_widget_is_sensitive (find_button (screen->dialog, label)));
  g_signal_emit_by_name (find_button (screen->dialog, label), "clicked");
}

/* The switch of a row, by the row's title. */
GtkSwitch *
prune_screen_find_switch (gpointer    widget,
                          const char *title)
{
  GtkSwitch *found = NULL;

  if (ADW_IS_ACTION_ROW (widget) &&
      g_str_equal (adw_preferences_row_get_title (widget), title))
    return GTK_SWITCH (adw_action_row_get_activatable_widget (widget));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = prune_screen_find_switch (child, title);
  return found;
}

/* What the dialog shows, line by line; for what is waited for. */
gboolean
prune_screen_shows (PruneScreen *screen,
                    const char  *text)
{
  g_autofree char *shown = widget_test_dup_text (screen->dialog);

  return strstr (shown, text) != NULL;
}

gboolean
prune_screen_can_prune (PruneScreen *screen)
{
  GtkWidget *button = find_button (screen->dialog, "_Prune");

  return button != NULL && gtk_widget_is_sensitive (button);
}

EngramPruneResult
prune_screen_rehearse (PruneScreen *screen,
                       double       threshold)
{
  EngramPruneResult result;
  g_autoptr (GError) error = NULL;

  engram_prune (screen->fixture->database, threshold, TRUE, NULL, &result, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  return result;
}

char *
prune_screen_hash (PruneScreen *screen)
{
  g_autoptr (GError) error = NULL;
  char *text = engram_content_hash (screen->fixture->database, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return text;
}

guint64
prune_screen_count_synapses (PruneScreen *screen)
{
  guint64 count;
  g_autoptr (GError) error = NULL;

  engram_synapse_store_count (screen->fixture->synapses, &count, NULL, &error);
  g_assert_no_error (error);
  return count;
}

EngramRowSet *
prune_screen_get_selected (PruneScreen *screen)
{
  return engram_selection_get (engram_session_get_selection (screen->session), ENGRAM_RECORD_SYNAPSE);
}

gsize
prune_screen_count_selected (PruneScreen *screen)
{
  return engram_row_set_get_size (prune_screen_get_selected (screen));
}


/* The counts are those that pruning gives. */
void
prune_screen_assert_figures (PruneScreen *screen,
                             double       threshold)
{
  EngramPruneResult result = prune_screen_rehearse (screen, threshold);
  g_autofree char *goes = g_strdup_printf ("\n%" G_GUINT64_FORMAT "\n", result.pruned);
  g_autofree char *stays = g_strdup_printf ("\n%" G_GUINT64_FORMAT "\n", result.remaining);
  g_autofree char *alone = g_strdup_printf ("alone today: %" G_GUINT64_FORMAT " ", result.isolated);
  g_autofree char *text = NULL;

  g_assert_cmpfloat_with_epsilon (engram_threshold_view_get_threshold (screen->view), threshold, 1e-9);
  text = widget_test_dup_text (screen->dialog);
  g_assert_nonnull (strstr (strstr (text, "Synapses that go"), goes));
  g_assert_nonnull (strstr (strstr (text, "Synapses that stay"), stays));
  g_assert_nonnull (strstr (strstr (text, "Neurons left alone"), alone));
  g_assert_cmpint (prune_screen_can_prune (screen), ==, result.pruned > 0);
}
