/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "engram-about.h"
#include "help/engram-help-picture.h"
#include "help/engram-help-topic.h"
#include "help/engram-help-window.h"
#include "test-support.h"
#include "window-support.h"

#include <engram.h>
#include <string.h>

/* The guide says what is true, and help is about what is seen. */

#define SHORTCUTS_RESOURCE "/io/github/engram/Engram/app/shortcuts-window.ui"

static GPtrArray *
load_topics (void)
{
  GPtrArray *topics = g_ptr_array_new_with_free_func (g_object_unref);
  const char * const *names = engram_help_topic_get_names ();

  for (guint i = 0; names[i] != NULL; i++)
    g_ptr_array_add (topics, engram_help_topic_load (names[i]));
  g_assert_cmpuint (topics->len, >=, 10);
  return topics;
}

/* What stands between two marks in all labels of the guide, as it is shown. (element-type utf8) */
static GPtrArray *
list_marked (const char *pattern)
{
  g_autoptr (GPtrArray) topics = load_topics ();
  g_autoptr (GRegex) regex = g_regex_new (pattern, 0, 0, NULL);
  GPtrArray *found = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < topics->len; i++)
    {
      g_autoptr (GPtrArray) labels = engram_help_topic_list_labels (g_ptr_array_index (topics, i));

      for (guint k = 0; k < labels->len; k++)
        {
          g_autoptr (GMatchInfo) match = NULL;

          g_regex_match (regex, gtk_label_get_label (g_ptr_array_index (labels, k)), 0, &match);
          for (; g_match_info_matches (match); g_match_info_next (match, NULL))
            {
              g_autofree char *markup = g_match_info_fetch (match, 1);
              char *text = NULL;

              g_assert_true (pango_parse_markup (markup, -1, 0, NULL, &text, NULL, NULL));
              g_ptr_array_add (found, text);
            }
        }
    }
  return found;
}

static void
check_picture (GtkWidget *widget,
               guint     *n_pictures)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      g_autofree char *text = NULL;
      g_autoptr (GError) error = NULL;

      if (!ENGRAM_IS_HELP_PICTURE (child))
        continue;
      engram_help_picture_check (ENGRAM_HELP_PICTURE (child), &error);
      g_assert_no_error (error);
      g_object_get (child, "alternative-text", &text, NULL);
      g_assert_cmpstr (text, !=, NULL);
      g_assert_cmpuint (strlen (text), >, 10);
      (*n_pictures)++;
    }
}

static void
test_pages (void)
{
  g_autoptr (GPtrArray) topics = load_topics ();

  for (guint i = 0; i < topics->len; i++)
    {
      EngramHelpTopic *topic = g_ptr_array_index (topics, i);
      g_autoptr (GPtrArray) labels = engram_help_topic_list_labels (topic);
      guint n_pictures = 0;

      g_assert_cmpstr (gtk_widget_get_name (GTK_WIDGET (topic)), ==, engram_help_topic_get_names ()[i]);
      g_assert_cmpstr (engram_help_topic_get_title (topic), !=, NULL);
      g_assert_cmpuint (labels->len, >, 5);
      /* Markup that is wrong shows nothing. */
      for (guint k = 0; k < labels->len; k++)
        g_assert_cmpstr (gtk_label_get_text (g_ptr_array_index (labels, k)), !=, "");
      check_picture (GTK_WIDGET (topic), &n_pictures);
      g_assert_cmpuint (n_pictures, ==, 1);
    }
}

static void
test_links (void)
{
  g_autoptr (GPtrArray) links = list_marked ("href=\"([^\"]*)\"");

  for (guint i = 0; i < links->len; i++)
    {
      const char *link = g_ptr_array_index (links, i);

      g_assert_true (g_str_has_prefix (link, "help:"));
      g_assert_true (g_strv_contains (engram_help_topic_get_names (), link + strlen ("help:")));
    }
  g_assert_cmpuint (links->len, >, 5);
}

/* Adds all that a source file lets people read, and more. */
static void
add_texts (GHashTable *texts,
           const char *path)
{
  g_autoptr (GRegex) regex = g_regex_new ("\"((?:[^\"\\\\\n]|\\\\.)*)\"|>([^<>\n]+)<", 0, 0, NULL);
  g_autoptr (GRegex) key = g_regex_new (" \\([^)]*\\)$", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *content = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &content, NULL, &error);
  g_assert_no_error (error);
  g_regex_match (regex, content, 0, &match);
  for (; g_match_info_matches (match); g_match_info_next (match, NULL))
    {
      g_autofree char *quoted = g_match_info_fetch (match, 1);
      g_autofree char *between = g_match_info_fetch (match, 2);
      g_autoptr (GString) text = g_string_new (*quoted != '\0' ? quoted : between);
      g_autofree char *plain = NULL;

      g_string_replace (text, "_", "", 0);
      plain = g_regex_replace_literal (key, text->str, -1, 0, "", 0, NULL);
      g_hash_table_add (texts, g_strdup (text->str));
      g_hash_table_add (texts, g_steal_pointer (&plain));
    }
}

static GHashTable *
collect_texts (void)
{
  GHashTable *texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *list = g_test_build_filename (G_TEST_DIST, "..", "po", "POTFILES", NULL);
  g_autofree char *content = NULL;
  g_auto (GStrv) names = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (list, &content, NULL, &error);
  g_assert_no_error (error);
  names = g_strsplit (content, "\n", -1);
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", names[i], NULL);

      if ((g_str_has_prefix (names[i], "ui/") || g_str_has_prefix (names[i], "app/")) &&
          !g_str_has_prefix (names[i], "ui/help/"))
        add_texts (texts, path);
    }
  return texts;
}

/* What the guide sets in bold is called so in the program. */
static void
test_names (void)
{
  g_autoptr (GHashTable) texts = collect_texts ();
  g_autoptr (GPtrArray) names = list_marked ("<b>(.*?)</b>");

  for (guint i = 0; i < names->len; i++)
    if (!g_hash_table_contains (texts, g_ptr_array_index (names, i)))
      g_error ("The guide names “%s”, which is nowhere in the program", (char *) g_ptr_array_index (names, i));
  g_assert_cmpuint (names->len, >, 40);
}

/* Keys */

static int
compare_parts (const void *a,
               const void *b)
{
  return g_strcmp0 (*(const char * const *) a, *(const char * const *) b);
}

/* "Ctrl+Shift+E" and "Shift+Ctrl+E" are the same. */
static char *
dup_key (const char *label)
{
  g_auto (GStrv) parts = g_strsplit (label, "+", -1);

  qsort (parts, g_strv_length (parts), sizeof (char *), compare_parts);
  return g_strjoinv ("+", parts);
}

static char *
dup_key_of_accelerator (const char *accelerator)
{
  guint key;
  GdkModifierType modifiers;
  g_autofree char *label = NULL;

  if (!gtk_accelerator_parse (accelerator, &key, &modifiers))
    g_error ("%s is no key", accelerator);
  label = gtk_accelerator_get_label (key, modifiers);
  return dup_key (label);
}

/* The keys in the window of shortcuts. */
static GHashTable *
collect_keys (void)
{
  GHashTable *all = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource (SHORTCUTS_RESOURCE);
  g_autoptr (GSList) objects = gtk_builder_get_objects (builder);

  for (GSList *item = objects; item != NULL; item = item->next)
    {
      g_autofree char *accelerators = NULL;
      g_auto (GStrv) keys = NULL;

      if (!GTK_IS_SHORTCUTS_SHORTCUT (item->data))
        continue;
      g_object_get (item->data, "accelerator", &accelerators, NULL);
      keys = g_strsplit (accelerators, " ", -1);
      for (guint i = 0; keys[i] != NULL; i++)
        g_hash_table_add (all, dup_key_of_accelerator (keys[i]));
    }
  gtk_window_destroy (GTK_WINDOW (gtk_builder_get_object (builder, "shortcuts_window")));
  return all;
}

static gboolean
is_key (const char *text)
{
  return g_regex_match_simple ("^((Ctrl|Shift|Alt)(\\+|$))*([A-Z]|F[0-9]+|[0-9]|Home|Left|Enter|)$", text, 0, 0);
}

/* What the guide sets as if it were typed is a key that the window of shortcuts has too, or can be searched for. */
static void
test_typed (void)
{
  g_autoptr (GHashTable) keys = NULL;
  g_autoptr (GPtrArray) typed = list_marked ("<tt>(.*?)</tt>");
  guint n_keys = 0;

  test_application ();
  keys = collect_keys ();
  g_hash_table_add (keys, g_strdup ("Shift"));
  g_hash_table_add (keys, dup_key ("Ctrl+Shift"));
  g_hash_table_add (keys, dup_key ("Ctrl+Enter"));
  for (guint i = 0; i < typed->len; i++)
    {
      const char *text = g_ptr_array_index (typed, i);
      g_autofree char *key = dup_key (text);
      g_autoptr (EngramQuery) query = NULL;
      g_autoptr (GError) error = NULL;

      if (is_key (text))
        {
          if (!g_hash_table_contains (keys, key))
            g_error ("The guide names the key %s, which the window of shortcuts has not", text);
          n_keys++;
          continue;
        }
      query = engram_query_parse (text, NULL, NULL, &error);
      g_assert_no_error (error);
      g_assert_nonnull (query);
    }
  g_assert_cmpuint (n_keys, >, 15);
  g_assert_cmpuint (typed->len - n_keys, >, 5);
}

static void
test_accelerators (void)
{
  GtkApplication *application = GTK_APPLICATION (test_application ());
  g_autoptr (GHashTable) keys = collect_keys ();
  g_auto (GStrv) actions = gtk_application_list_action_descriptions (application);

  g_assert_cmpuint (g_strv_length (actions), >, 20);
  for (guint i = 0; actions[i] != NULL; i++)
    {
      g_auto (GStrv) accelerators = gtk_application_get_accels_for_action (application, actions[i]);

      for (guint k = 0; accelerators[k] != NULL; k++)
        {
          g_autofree char *key = dup_key_of_accelerator (accelerators[k]);

          if (!g_hash_table_contains (keys, key))
            g_error ("%s is done by %s, which the window of shortcuts has not", actions[i], key);
        }
    }
}

/* The window */

static EngramHelpWindow *
find_help (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (ENGRAM_IS_HELP_WINDOW (window))
        return ENGRAM_HELP_WINDOW (window);
    }
  return NULL;
}

static guint
count_found (EngramHelpWindow *window,
             const char       *words)
{
  GtkListBox *list = test_find_widget (window, GTK_TYPE_LIST_BOX);
  guint n_rows = 0;

  gtk_editable_set_text (test_find_widget (window, GTK_TYPE_SEARCH_ENTRY), words);
  g_signal_emit_by_name (test_find_widget (window, GTK_TYPE_SEARCH_ENTRY), "search-changed");
  while (gtk_list_box_get_row_at_index (list, (int) n_rows) != NULL)
    n_rows++;
  return n_rows;
}

static void
test_search (void)
{
  EngramHelpWindow *window = engram_help_window_present (NULL);
  guint n_topics = g_strv_length ((char **) engram_help_topic_get_names ());

  g_assert_cmpuint (count_found (window, ""), ==, n_topics);
  g_assert_cmpuint (count_found (window, "GEPHI spread"), ==, 1);
  g_signal_emit_by_name (test_find_widget (window, GTK_TYPE_SEARCH_ENTRY), "activate");
  g_assert_cmpstr (engram_help_window_get_topic (window), ==, "export");
  g_assert_cmpuint (count_found (window, "verified"), >, 1);
  g_assert_cmpuint (count_found (window, "xyzzy"), ==, 0);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* By links and back. */
static void
test_way_back (void)
{
  EngramHelpWindow *window = engram_help_window_present (NULL);

  g_assert_cmpstr (engram_help_window_get_topic (window), ==, "start");
  g_signal_emit_by_name (test_find_widget (window, ENGRAM_TYPE_HELP_TOPIC), "link", "import");
  g_assert_cmpstr (engram_help_window_get_topic (window), ==, "import");
  gtk_widget_activate_action (GTK_WIDGET (window), "help.back", NULL);
  g_assert_cmpstr (engram_help_window_get_topic (window), ==, "start");
  gtk_widget_activate_action (GTK_WIDGET (window), "help.back", NULL);
  g_assert_cmpstr (engram_help_window_get_topic (window), ==, "start");
  gtk_window_destroy (GTK_WINDOW (window));
}

static GtkWindow *
find_dialog (EngramWindow *window)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) other = g_list_model_get_item (windows, i);

      if (gtk_window_get_transient_for (other) == GTK_WINDOW (window) && !ENGRAM_IS_HELP_WINDOW (other))
        return other;
    }
  return NULL;
}

/* What F1 does in a dialog, which the keys of the application do not reach. */
static void
press_help (GtkWidget *dialog)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (dialog);
  g_autoptr (GtkShortcutTrigger) key = gtk_keyval_trigger_new (GDK_KEY_F1, 0);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GListModel) shortcuts = g_list_model_get_item (controllers, i);

      for (guint k = 0; GTK_IS_SHORTCUT_CONTROLLER (shortcuts) && k < g_list_model_get_n_items (shortcuts); k++)
        {
          g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (shortcuts, k);

          if (gtk_shortcut_trigger_equal (gtk_shortcut_get_trigger (shortcut), key))
            {
              g_assert_true (gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0, dialog,
                                                           gtk_shortcut_get_arguments (shortcut)));
              return;
            }
        }
    }
  g_error ("F1 does nothing in %s", G_OBJECT_TYPE_NAME (dialog));
}

static void
check_dialog (EngramWindow *window,
              const char   *action,
              const char   *topic)
{
  GtkWindow *dialog;

  g_action_group_activate_action (G_ACTION_GROUP (window), action, NULL);
  wait_until ((dialog = find_dialog (window)) != NULL && gtk_widget_get_mapped (GTK_WIDGET (dialog)));
  g_assert_cmpstr (engram_help_find_topic (dialog), ==, topic);
  press_help (GTK_WIDGET (dialog));
  g_assert_cmpstr (engram_help_window_get_topic (find_help ()), ==, topic);
  gtk_window_destroy (dialog);
}

static void
check_view (EngramWindow *window,
            const char   *view,
            const char   *topic)
{
  g_action_group_activate_action (G_ACTION_GROUP (window), "view", g_variant_new_string (view));
  wait_until (g_str_equal (engram_help_find_topic (GTK_WINDOW (window)), topic));
}

static void
test_context (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_create_network (folder, "network.db", 5);
  g_auto (GStrv) actions = NULL;
  EngramWindow *window;

  g_application_activate (G_APPLICATION (test_application ()));
  g_assert_cmpstr (engram_help_find_topic (GTK_WINDOW (test_get_window ())), ==, "start");
  window = test_open (path);
  check_view (window, "graph", "graph");
  check_view (window, "space", "space");
  check_view (window, "synapses", "find");
  check_dialog (window, "import", "import");
  check_dialog (window, "export", "export");
  check_dialog (window, "prune", "prune");
  check_dialog (window, "check", "check");
  check_dialog (window, "backup", "backups");
  check_dialog (window, "restore", "backups");
  check_dialog (window, "compare", "compare");
  check_dialog (window, "pairs", "analyses");

  actions = gtk_application_get_actions_for_accel (GTK_APPLICATION (test_application ()), "F1");
  g_assert_cmpstr (actions[0], ==, "app.help");
  check_view (window, "space", "space");
  g_action_group_activate_action (G_ACTION_GROUP (test_application ()), "help", NULL);
  g_assert_cmpstr (engram_help_window_get_topic (find_help ()), ==, "space");
  g_assert_true (gtk_window_get_transient_for (GTK_WINDOW (find_help ())) == GTK_WINDOW (window));
  test_close_windows ();
  g_assert_null (find_help ());
}

/* About */

static void
test_troubleshooting (void)
{
  static const char * const lines[] = {
    "Engram", "GTK", "libadwaita", "GLib", "GtkSourceView", "SQLite", "SQLite WAL-reset fault", "igraph", "System",
    "Flatpak", "Locale", "Environment", "Display", "OpenGL", "Style", "Text indexes", "Cache", "History",
    "Networks without a name",
  };
  AdwAboutWindow *window;
  g_autofree char *text = NULL;

  test_application ();
  window = ADW_ABOUT_WINDOW (engram_about_present (NULL));
  wait_until (*adw_about_window_get_debug_info (window) != '\0');
  text = g_strconcat ("\n", adw_about_window_get_debug_info (window), NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autofree char *line = g_strdup_printf ("\n%s: ", lines[i]);

      if (strstr (text, line) == NULL)
        g_error ("“%s” is not in:%s", lines[i], text);
    }
  g_assert_nonnull (strstr (text, "\nEngram: " ENGRAM_VERSION));
  g_test_message ("%s", text);
  /* It names nobody. */
  g_assert_null (strstr (text, g_get_home_dir ()));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_sqlite_fault (void)
{
  g_assert_true (engram_sqlite_has_wal_reset_fault ("3.40.1"));
  g_assert_true (engram_sqlite_has_wal_reset_fault ("3.44.5"));
  g_assert_false (engram_sqlite_has_wal_reset_fault ("3.44.6"));
  g_assert_true (engram_sqlite_has_wal_reset_fault ("3.45.0"));
  g_assert_true (engram_sqlite_has_wal_reset_fault ("3.50.6"));
  g_assert_false (engram_sqlite_has_wal_reset_fault ("3.50.7"));
  g_assert_true (engram_sqlite_has_wal_reset_fault ("3.51.2"));
  g_assert_false (engram_sqlite_has_wal_reset_fault ("3.51.3"));
  g_assert_false (engram_sqlite_has_wal_reset_fault ("3.52.0"));
  g_assert_false (engram_sqlite_has_wal_reset_fault ("4.0.0"));
  g_assert_true (engram_sqlite_has_wal_reset_fault ("unknown"));
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (TestFolder) home = test_create_home ();

  gtk_test_init (&argc, &argv, NULL);
  test_application ();
  g_test_add_func ("/help/pages", test_pages);
  g_test_add_func ("/help/links", test_links);
  g_test_add_func ("/help/names", test_names);
  g_test_add_func ("/help/typed", test_typed);
  g_test_add_func ("/help/accelerators", test_accelerators);
  g_test_add_func ("/help/search", test_search);
  g_test_add_func ("/help/way-back", test_way_back);
  g_test_add_func ("/help/context", test_context);
  g_test_add_func ("/help/troubleshooting", test_troubleshooting);
  g_test_add_func ("/help/sqlite-fault", test_sqlite_fault);
  return g_test_run ();
}
