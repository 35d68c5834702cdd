/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "lists/engram-record-copy.h"
#include "record-list-support.h"

/* Copying */

typedef struct {
  GString *text;
  gboolean done;
} Reading;

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Reading *reading = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);

  g_assert_no_error (error);
  g_string_append_len (reading->text, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  reading->done = g_bytes_get_size (bytes) == 0;
  if (!reading->done)
    g_input_stream_read_bytes_async (G_INPUT_STREAM (source), 65536, G_PRIORITY_DEFAULT, NULL, read_cb, reading);
}

static void
stream_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) stream = gdk_clipboard_read_finish (GDK_CLIPBOARD (source), result, NULL, &error);

  g_assert_no_error (error);
  g_input_stream_read_bytes_async (stream, 65536, G_PRIORITY_DEFAULT, NULL, read_cb, user_data);
}

/* Waits for a copy, and returns what another program would get of it. */
static char *
paste (ListScreen *screen,
       const char *mime_type)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (screen->list));
  const char *const types[] = { mime_type, NULL };
  Reading reading = { g_string_new (NULL), FALSE };

  wait_until (screen->list->copying == NULL);
  gdk_clipboard_read_async (clipboard, (const char **) types, G_PRIORITY_DEFAULT, NULL, stream_cb, &reading);
  wait_until (reading.done);
  return g_string_free (reading.text, FALSE);
}

static guint
count_lines (const char *text)
{
  guint n_lines = 0;

  for (const char *cursor = text; *cursor != '\0'; cursor++)
    n_lines += *cursor == '\n';
  return n_lines;
}

static void
test_copy_text (void)
{
  ListScreen screen = { NULL };
  g_autofree char *text = NULL;

  list_open (&screen, ENGRAM_RECORD_NEURON);
  engram_record_list_set_layout (screen.list, "x text -type -tags -y -z -activation -synapses -modified sort=-x");
  list_await (&screen);
  list_select (&screen, 1, TRUE);
  list_select (&screen, 3, FALSE);
  list_press_key (&screen, GDK_KEY_c, GDK_CONTROL_MASK);
  text = paste (&screen, "text/plain;charset=utf-8");
  g_assert_cmpstr (text, ==, "X\tText\n-1.5\tNeuron 1\n-3.5\tNeuron 3\n");
  list_close (&screen);
}

static void
test_copy_formats (void)
{
  ListScreen screen = { NULL };
  g_autofree char *csv = NULL;
  g_autofree char *json = NULL;
  g_autofree char *ids = NULL;
  g_autofree char *plain = NULL;

  list_open (&screen, ENGRAM_RECORD_NEURON);
  list_activate (&screen, "list.select-all");
  list_activate (&screen, "list.copy::csv");
  csv = paste (&screen, "text/csv");
  g_assert_true (g_str_has_prefix (csv, "type,text,score,"));
  g_assert_cmpuint (count_lines (csv), ==, 21);
  g_assert_nonnull (strstr (csv, "\r\ntool,Neuron 3,,\"first tag, second\",-3.5,"));
  plain = paste (&screen, "text/plain;charset=utf-8");
  g_assert_cmpstr (plain, ==, csv);

  list_activate (&screen, "list.copy::json");
  json = paste (&screen, "application/json");
  g_assert_cmpint (engram_json_check (json, -1, NULL, NULL), ==, ENGRAM_JSON_LIST);
  g_assert_nonnull (strstr (json, "\"Neuron 19\""));

  list_activate (&screen, "list.copy-ids");
  ids = paste (&screen, "text/plain;charset=utf-8");
  g_assert_cmpuint (count_lines (ids), ==, 20);
  g_assert_true (g_str_has_prefix (ids, "00000000-0000-4000-8000-000000000000\n"));
  list_close (&screen);
}

static void
test_copy_score (void)
{
  ListScreen screen = { NULL };
  g_autofree char *id = ui_fixture_dup_id (0);
  g_autofree char *query = g_strconcat ("like:", id, NULL);
  g_autofree char *text = NULL;

  list_open (&screen, ENGRAM_RECORD_NEURON);
  engram_record_list_set_layout (screen.list, "text score -type -tags -x -y -z -activation -synapses -modified");
  list_set_query (&screen, query);
  list_select (&screen, 0, TRUE);
  list_activate (&screen, "list.copy::text");
  text = paste (&screen, "text/plain;charset=utf-8");
  g_assert_cmpstr (text, ==, "Text\tScore\nNeuron 0\t1.0\n");
  list_close (&screen);
}

static void
refused_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  gboolean *refused = user_data;
  g_autoptr (GError) error = NULL;

  g_assert_null (engram_record_copy_finish (ENGRAM_RECORD_MODEL (source), result, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "100001 "));
  *refused = TRUE;
}

static void
test_copy_too_many (void)
{
  ListScreen screen = { NULL };
  g_autoptr (GtkBitset) positions = gtk_bitset_new_range (0, ENGRAM_COPY_MAX_RECORDS + 1);
  gboolean refused = FALSE;

  list_open (&screen, ENGRAM_RECORD_NEURON);
  engram_record_copy_async (list_model (&screen), positions, ENGRAM_RECORD_TEXT, NULL, NULL, refused_cb, &refused);
  wait_until (refused);
  list_close (&screen);
}

/* Texts that are too much together, though few: the list says so, and the clipboard stays as it was. */
static void
test_copy_too_long (void)
{
  ListScreen screen = { NULL };
  g_autofree char *text = g_strnfill (ENGRAM_COPY_MAX_BYTES / 8, 'x');
  g_autofree char *id = NULL;
  g_autofree char *left = NULL;

  list_open (&screen, ENGRAM_RECORD_NEURON);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (screen.list)), "before");
  for (guint i = 0; i < 9; i++)
    {
      g_free (id);
      id = ui_fixture_add (screen.fixture, text);
    }
  engram_record_model_refresh (list_model (&screen), FALSE);
  list_await (&screen);
  list_activate (&screen, "list.select-all");
  list_activate (&screen, "list.copy::json");
  wait_until (gtk_info_bar_get_revealed (screen.list->message_bar));
  widget_test_draw (GTK_WIDGET (screen.list));
  assert_shows (screen.list->message_bar, "64 MiB");
  left = paste (&screen, "text/plain;charset=utf-8");
  g_assert_cmpstr (left, ==, "before");

  /* It can be put away. */
  gtk_widget_activate (screen.list->close_button);
  wait_until (!gtk_info_bar_get_revealed (screen.list->message_bar));
  list_close (&screen);
}

/* The context menu */

static void
test_menu_by_pointer (void)
{
  ListScreen screen = { NULL };

  list_open (&screen, ENGRAM_RECORD_NEURON);
  list_select (&screen, 8, TRUE);
  list_press_row (&screen, 2);
  g_assert_true (list_menu_is_open (&screen));
  list_assert_status (&screen, "Neuron 3 of 20");
  assert_shows (screen.list->menu, "Show Synapses");
  assert_shows (screen.list->menu, "Copy");
  g_assert_null (list_find_label (screen.list->menu, "Delete"));
  widget_test_assert_names (screen.list->menu);

  /* A row that is selected leaves the others selected. */
  list_close_menu (&screen);
  list_select (&screen, 5, FALSE);
  list_press_row (&screen, 2);
  list_assert_status (&screen, "2 of 20 neurons selected");

  list_activate (&screen, "list.find-similar");
  list_await (&screen);
  g_assert_cmpstr (engram_query_get_text (engram_session_get_query (screen.session)), ==,
                   "like:00000000-0000-4000-8000-000000000002");
  list_assert_first (&screen, 2);
  list_close (&screen);
}

static void
test_menu_editing (void)
{
  ListScreen screen = { NULL };

  list_open (&screen, ENGRAM_RECORD_NEURON);
  engram_session_set_editing (screen.session, TRUE);
  list_press_row (&screen, 0);
  g_assert_nonnull (list_find_label (screen.list->menu, "Delete"));
  list_activate (&screen, "list.near");
  list_await (&screen);
  g_assert_cmpstr (engram_query_get_text (engram_session_get_query (screen.session)), ==,
                   "near:00000000-0000-4000-8000-000000000000<10");
  list_assert_status (&screen, "Neuron 1 of 11");
  list_close (&screen);
}

static void
test_menu_show_synapses (void)
{
  ListScreen screen = { NULL };

  list_open (&screen, ENGRAM_RECORD_NEURON);
  list_press_row (&screen, 4);
  list_activate (&screen, "list.show-synapses");
  g_assert_cmpuint (screen.shown_kind, ==, ENGRAM_RECORD_SYNAPSE);
  g_assert_cmpstr (engram_query_get_text (engram_session_get_query (screen.session)), ==,
                   "id:00000000-0000-4000-8000-000000000004");
  list_close (&screen);
}

static void
test_menu_by_keyboard (void)
{
  ListScreen screen = { NULL };

  list_open (&screen, ENGRAM_RECORD_SYNAPSE);
  list_select (&screen, 3, TRUE);
  list_press_key (&screen, GDK_KEY_F10, GDK_SHIFT_MASK);
  widget_test_draw (GTK_WIDGET (screen.list));
  g_assert_true (list_menu_is_open (&screen));
  assert_shows (screen.list->menu, "Go to Source");
  list_activate (&screen, "list.go-to-source");
  g_assert_cmpstr (screen.activated, ==, "0 00000000-0000-4000-8000-000000000003");
  list_activate (&screen, "list.go-to-target");
  g_assert_cmpstr (screen.activated, ==, "0 00000000-0000-4000-8000-000000000004");
  list_close_menu (&screen);
  list_press_key (&screen, GDK_KEY_Menu, 0);
  widget_test_draw (GTK_WIDGET (screen.list));
  g_assert_true (list_menu_is_open (&screen));
  list_close (&screen);
}

static void
test_activate (void)
{
  ListScreen screen = { NULL };
  GtkWidget *row;

  list_open (&screen, ENGRAM_RECORD_NEURON);
  row = gtk_widget_get_next_sibling (gtk_widget_get_first_child (engram_record_list_find_rows (screen.list)));
  gtk_widget_grab_focus (row);
  /* As Enter does. */
  gtk_widget_activate (row);
  g_assert_cmpstr (screen.activated, ==, "0 00000000-0000-4000-8000-000000000001");
  list_close (&screen);
}

int
main (int    argc,
      char **argv)
{
  list_test_init (&argc, &argv);

  g_test_add_func ("/record-list-actions/copy-text", test_copy_text);
  g_test_add_func ("/record-list-actions/copy-formats", test_copy_formats);
  g_test_add_func ("/record-list-actions/copy-score", test_copy_score);
  g_test_add_func ("/record-list-actions/copy-too-many", test_copy_too_many);
  g_test_add_func ("/record-list-actions/copy-too-long", test_copy_too_long);
  g_test_add_func ("/record-list-actions/menu-by-pointer", test_menu_by_pointer);
  g_test_add_func ("/record-list-actions/menu-editing", test_menu_editing);
  g_test_add_func ("/record-list-actions/menu-show-synapses", test_menu_show_synapses);
  g_test_add_func ("/record-list-actions/menu-by-keyboard", test_menu_by_keyboard);
  g_test_add_func ("/record-list-actions/activate", test_activate);

  return list_test_run ();
}
