/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dialogs/integrity/engram-findings-button.h"
#include "dialogs/integrity/engram-integrity-dialog.h"
#include "test-support.h"
#include "window-support.h"

/* The mark in the header where a quick check at opening has found something, and what it leads to. */

static char *home;

static EngramDialog *
find_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GObject) window = g_list_model_get_item (windows, i);

      if (ENGRAM_IS_INTEGRITY_DIALOG (window))
        return ENGRAM_DIALOG (window);
    }
  return NULL;
}

/* A copy of a file that opens, in a window; NULL where there is none. */
static EngramWindow *
open_shared (const char *name)
{
  g_autofree char *shared = test_shared_data (name);
  g_autofree char *base = g_path_get_basename (name);
  g_autofree char *path = g_build_filename (home, base, NULL);

  if (shared == NULL)
    return NULL;
  test_copy_file (shared, path);
  return test_open (path);
}

static void
test_badge (void)
{
  EngramWindow *window = open_shared ("damaged/hostile-trigger.db");
  EngramNetworkPage *page;
  g_autoptr (EngramRowSet) rows = NULL;
  const gint64 row = 1;
  GtkWidget *button;

  if (window == NULL)
    return;
  button = test_find_widget (window, ENGRAM_TYPE_FINDINGS_BUTTON);
  page = engram_window_get_page (window);
  wait_until (gtk_widget_get_visible (button));
  g_assert_cmpstr (gtk_widget_get_tooltip_text (adw_bin_get_child (ADW_BIN (button))), ==, "1 problem found");
  g_assert_null (find_dialog ());
  g_signal_emit_by_name (adw_bin_get_child (ADW_BIN (button)), "clicked");
  wait_until (find_dialog () != NULL);
  g_assert_cmpstr (engram_dialog_get_page (find_dialog ()), ==, "report");
  g_assert_null (engram_dialog_get_job (find_dialog ()));

  /* What is selected from there is shown in its list. */
  rows = engram_row_set_new (&row, 1);
  g_assert_cmpint (engram_network_page_get_kind (page), ==, ENGRAM_RECORD_NEURON);
  engram_session_show (engram_network_page_get_session (page), NULL, rows);
  g_assert_cmpint (engram_network_page_get_kind (page), ==, ENGRAM_RECORD_SYNAPSE);
  test_close_windows ();
  wait_until (find_dialog () == NULL);
}

static void
test_action (void)
{
  EngramWindow *window = open_shared ("original/network.db");
  GtkWidget *button;

  if (window == NULL)
    return;
  button = test_find_widget (window, ENGRAM_TYPE_FINDINGS_BUTTON);
  g_action_group_activate_action (G_ACTION_GROUP (window), "check", NULL);
  wait_until (find_dialog () != NULL && engram_dialog_get_job (find_dialog ()) == NULL);
  g_assert_cmpstr (engram_dialog_get_page (find_dialog ()), ==, "report");
  /* Notes are nothing to be warned of. */
  g_assert_false (gtk_widget_get_visible (button));
  test_close_windows ();
}

/* What does not open leads to a page that says why; there is nothing to check. */
static void
test_refused (void)
{
  static const char *const names[] = { "empty-file.db", "foreign-app.db", "header-broken.db",
                                       "missing-column.db", "missing-synapses-table.db", "neurons-is-a-view.db",
                                       "text.db", "truncated.db" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *name = g_build_filename ("damaged", names[i], NULL);
      EngramWindow *window = open_shared (name);

      if (window == NULL)
        return;
      g_test_message ("%s", names[i]);
      g_assert_cmpint (engram_window_get_state (window), ==, ENGRAM_WINDOW_REFUSED);
      g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (window), "check"));
      test_close_windows ();
    }
}

int
main (int   argc,
      char *argv[])
{
  int status;

  home = test_create_home ();
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/window-integrity/badge", test_badge);
  g_test_add_func ("/window-integrity/action", test_action);
  g_test_add_func ("/window-integrity/refused", test_refused);
  status = g_test_run ();
  test_folder_free (home);
  return status;
}
