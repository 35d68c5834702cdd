/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>

#include "engram-window-private.h"
#include "test-support.h"
#include "window-support.h"

/* A file that the document portal handed over is looked at, and copied to be changed. */

static char *home;
static char *documents;

/* Where the portal shows files. */
static char *
hand_over (void)
{
  g_autofree char *folder = g_build_filename (g_get_user_runtime_dir (), "doc", "6a8f1c2d", NULL);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  return test_version_1 (folder, "Größe.db");
}

static EngramSession *
get_session (EngramWindow *window)
{
  return engram_network_page_get_session (engram_window_get_page (window));
}

static GtkWidget *
find_copy_button (GtkWidget *widget)
{
  GtkWidget *found = NULL;

  if (GTK_IS_BUTTON (widget) &&
      g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)), "win.copy-and-edit") == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_copy_button (child);
  return found;
}

static EngramWindow *
open_handed_over (const char *path)
{
  EngramWindow *window = test_open (path);

  wait_until (get_session (window) != NULL);
  g_assert_false (engram_session_get_editable (get_session (window)));
  return window;
}

/* Presses the button and waits for what it leads to. */
static void
copy_and_edit (EngramWindow *window,
               const char   *copy)
{
  GtkWidget *button = find_copy_button (GTK_WIDGET (window));

  g_assert_nonnull (button);
  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
  wait_until (g_strcmp0 (engram_window_get_path (window), copy) == 0 && get_session (window) != NULL);
  wait_until (engram_session_get_editing (get_session (window)));
}

static void
test_copy (void)
{
  g_autofree char *path = hand_over ();
  g_autofree char *before = test_hash_file (path);
  g_autofree char *copy = g_build_filename (documents, "Engram", "Größe.db", NULL);
  g_autofree char *after = NULL;
  EngramWindow *window = open_handed_over (path);

  copy_and_edit (window, copy);
  g_assert_null (find_copy_button (GTK_WIDGET (window)));
  g_assert_true (engram_session_get_editable (get_session (window)));
  test_close_windows ();
  after = test_hash_file (path);
  g_assert_cmpstr (after, ==, before);
}

/* What lies there already stays. */
static void
test_taken (void)
{
  g_autofree char *path = hand_over ();
  g_autofree char *taken = g_build_filename (documents, "Engram", "Größe.db", NULL);
  g_autofree char *copy = g_build_filename (documents, "Engram", "Größe (2).db", NULL);
  g_autofree char *content = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (taken, "mine", -1, &error));
  copy_and_edit (open_handed_over (path), copy);
  g_assert_true (g_file_get_contents (taken, &content, NULL, &error));
  g_assert_cmpstr (content, ==, "mine");
  test_close_windows ();
}

static gboolean
has_dialog (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *item = windows; item != NULL; item = item->next)
    if (ADW_IS_MESSAGE_DIALOG (item->data))
      {
        adw_message_dialog_response (item->data, "close");
        gtk_window_destroy (item->data);
        return TRUE;
      }
  return FALSE;
}

/* Where no folder can be made, the network stays as it was, and the person hears of it. */
static void
test_no_folder (void)
{
  g_autofree char *path = hand_over ();
  g_autofree char *folder = g_build_filename (documents, "Engram", NULL);
  g_autofree char *aside = g_build_filename (documents, "elsewhere", NULL);
  EngramWindow *window = open_handed_over (path);

  g_assert_cmpint (g_rename (folder, aside), ==, 0);
  g_assert_true (g_file_set_contents (folder, "a file", -1, NULL));
  g_signal_emit_by_name (find_copy_button (GTK_WIDGET (window)), "clicked");
  wait_until (has_dialog ());
  g_assert_cmpstr (engram_window_get_path (window), ==, path);
  test_close_windows ();
}

/* The person's folder of documents, as the desktop tells programs of it. */
static void
set_documents (void)
{
  g_autofree char *config = g_build_filename (home, "user-dirs.dirs", NULL);

  documents = g_build_filename (home, "Dokumente", NULL);
  g_assert_cmpint (g_mkdir (documents, 0700), ==, 0);
  g_assert_true (g_file_set_contents (config, "XDG_DOCUMENTS_DIR=\"$HOME/Dokumente\"\n", -1, NULL));
}

int
main (int    argc,
      char **argv)
{
  int status;

  home = test_create_home ();
  g_setenv ("XDG_RUNTIME_DIR", home, TRUE);
  set_documents ();
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/window/portal/copy", test_copy);
  g_test_add_func ("/window/portal/taken", test_taken);
  g_test_add_func ("/window/portal/no-folder", test_no_folder);
  status = g_test_run ();
  test_folder_free (home);
  g_free (documents);
  return status;
}
