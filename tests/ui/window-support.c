/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "window-support.h"

#include "desktop-support.h"
#include "test-support.h"

char *
test_create_network (const char *folder,
                     const char *name,
                     guint       n_neurons)
{
  g_autofree char *real_folder = realpath (folder, NULL);
  char *path = g_build_filename (real_folder, name, NULL);
  EngramGeneratorOptions options = { .neurons = n_neurons, .synapses = n_neurons > 1 ? n_neurons : 0, .dimension = 8, .seed = 1 };
  g_autoptr (GError) error = NULL;

  engram_generate (path, &options, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  return path;
}

EngramApplication *
test_application (void)
{
  static EngramApplication *application;
  g_autoptr (GError) error = NULL;

  if (application == NULL)
    {
      test_desktop ();
      application = engram_application_new (G_APPLICATION_NON_UNIQUE);
      g_application_register (G_APPLICATION (application), NULL, &error);
      g_assert_no_error (error);
    }
  return application;
}

guint
test_count_windows (void)
{
  return g_list_length (gtk_application_get_windows (GTK_APPLICATION (test_application ())));
}

EngramWindow *
test_get_window (void)
{
  return ENGRAM_WINDOW (gtk_application_get_windows (GTK_APPLICATION (test_application ()))->data);
}

static EngramWindow *
find_window (const char *path)
{
  for (GList *item = gtk_application_get_windows (GTK_APPLICATION (test_application ()));
       item != NULL; item = item->next)
    {
      if (g_strcmp0 (engram_window_get_path (item->data), path) == 0
          && engram_window_get_state (item->data) != ENGRAM_WINDOW_OPENING)
        return item->data;
    }
  return NULL;
}

static EngramRecordModel *
get_model (EngramWindow *window)
{
  EngramNetworkPage *page = engram_window_get_page (window);

  return engram_record_list_get_model (engram_network_page_get_list (page, engram_network_page_get_kind (page)));
}

static void
await_rows (EngramWindow *window)
{
  wait_until (get_model (window) != NULL && engram_record_model_is_counted (get_model (window)));
}

EngramWindow *
test_await_window (const char *path)
{
  EngramWindow *window;

  wait_until (find_window (path) != NULL);
  window = find_window (path);
  if (engram_window_get_state (window) == ENGRAM_WINDOW_NETWORK)
    await_rows (window);
  return window;
}

EngramWindow *
test_open (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);

  g_assert_null (find_window (path));
  g_application_open (G_APPLICATION (test_application ()), &file, 1, "");
  return test_await_window (path);
}

/* A database's last user may be a worker, and it is closed within its finalize: what is kept with the object is freed
 * after that, its weak pointers are cleared before. */
static void
database_closed (gpointer n_open)
{
  g_atomic_int_dec_and_test ((int *) n_open);
  g_main_context_wakeup (NULL);
}

void
test_close_windows (void)
{
  GtkApplication *application = GTK_APPLICATION (test_application ());
  int n_open = 0;

  for (GList *item = gtk_application_get_windows (application); item != NULL; item = item->next)
    {
      EngramDatabase *database = engram_network_page_get_database (engram_window_get_page (item->data));

      if (database == NULL)
        continue;
      g_atomic_int_inc (&n_open);
      g_object_set_data_full (G_OBJECT (database), "test-closed", &n_open, database_closed);
    }

  g_action_group_activate_action (G_ACTION_GROUP (application), "quit", NULL);
  g_assert_cmpuint (test_count_windows (), ==, 0);
  wait_until (g_atomic_int_get (&n_open) == 0);
}

gpointer
test_find_widget (gpointer widget,
                  GType    type)
{
  gpointer found = NULL;

  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL && found == NULL; child = gtk_widget_get_next_sibling (child))
    found = test_find_widget (child, type);
  return found;
}

void
test_await_details (EngramWindow *window,
                    const char   *id)
{
  EngramNetworkPage *page = engram_window_get_page (window);
  EngramDetailsPane *details = engram_network_page_get_details (page);

  wait_until (g_strcmp0 (engram_details_pane_get_neuron (details), id) == 0
              && !engram_details_pane_get_loading (details));
}

guint
test_count_rows (EngramWindow *window)
{
  return g_list_model_get_n_items (G_LIST_MODEL (get_model (window)));
}

char *
test_dup_row_id (EngramWindow *window,
                 guint         position)
{
  g_autoptr (EngramRecordRow) row = g_list_model_get_item (G_LIST_MODEL (get_model (window)), position);

  g_assert_nonnull (row);
  wait_until (!engram_record_row_is_loading (row));
  return g_strdup (engram_record_row_get_neuron (row)->id);
}
