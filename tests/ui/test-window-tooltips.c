/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "help/engram-help-window.h"
#include "test-support.h"
#include "window-support.h"

/* Who points at a button that shows a symbol alone is told what it does. */

static GtkWindow *
find_dialog (EngramWindow *window)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) other = g_list_model_get_item (windows, i);

      if (gtk_window_get_transient_for (other) == GTK_WINDOW (window))
        return other;
    }
  return NULL;
}

/* What GTK and libadwaita make, and name, by themselves. */
static gboolean
is_of_gtk (GtkWidget *widget)
{
  static const char * const types[] = {
    "GtkWindowControls", "GtkSpinButton", "AdwComboRow", "GtkPopoverMenu", "GtkPopoverMenuBar", "AdwTabBar",
    "GtkInfoBar",
    "GtkShortcutsWindow", "AdwViewSwitcher", "AdwToastWidget", "GtkColumnView", "AdwPreferencesWindow",
  };

  for (; widget != NULL; widget = gtk_widget_get_parent (widget))
    if (g_strv_contains (types, G_OBJECT_TYPE_NAME (widget)))
      return TRUE;
  return FALSE;
}

static gboolean
has_text (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    return *gtk_label_get_text (GTK_LABEL (widget)) != '\0';
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (has_text (child))
      return TRUE;
  return FALSE;
}

static gboolean
has_tooltip (GtkWidget *widget)
{
  GtkWidget *parent = gtk_widget_get_parent (widget);

  if (gtk_widget_get_tooltip_text (widget) != NULL)
    return TRUE;
  /* The arrow of a row, which says itself where it leads. */
  if (!gtk_widget_get_focusable (widget) && gtk_widget_get_ancestor (widget, GTK_TYPE_LIST_BOX_ROW) != NULL)
    return TRUE;
  /* A menu button and a split button say it for the button in them. */
  return parent != NULL && (GTK_IS_MENU_BUTTON (parent) || ADW_IS_SPLIT_BUTTON (parent)) &&
         gtk_widget_get_tooltip_text (parent) != NULL;
}

static char *
dup_place (GtkWidget *widget)
{
  GString *place = g_string_new (NULL);

  for (widget = gtk_widget_get_parent (widget); widget != NULL; widget = gtk_widget_get_parent (widget))
    g_string_append_printf (place, "%s ", G_OBJECT_TYPE_NAME (widget));
  return g_string_free (place, FALSE);
}

static void
check_tooltips (GtkWidget *widget,
                guint     *n_checked)
{
  /* What is hidden may have nothing to say yet; pages that are not in front are not hidden. */
  if (!gtk_widget_get_visible (widget))
    return;
  if (GTK_IS_BUTTON (widget) && !is_of_gtk (widget) && !GTK_IS_LINK_BUTTON (widget) && !has_text (widget))
    {
      if (!has_tooltip (widget))
        {
          g_autofree char *place = dup_place (widget);

          g_error ("A button with the icon %s has no tooltip in %s", gtk_button_get_icon_name (GTK_BUTTON (widget)),
                   place);
        }
      (*n_checked)++;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    check_tooltips (child, n_checked);
}

static void
test_tooltips (void)
{
  static const char * const dialogs[] = {
    "import", "export", "prune", "check", "backup", "restore", "compare", "pairs",
  };
  static const char * const views[] = { "synapses", "graph", "space" };
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_create_network (folder, "network.db", 5);
  EngramWindow *window = test_open (path);
  guint n_checked = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (views); i++)
    {
      g_action_group_activate_action (G_ACTION_GROUP (window), "view", g_variant_new_string (views[i]));
      check_tooltips (GTK_WIDGET (window), &n_checked);
    }
  g_assert_cmpuint (n_checked, >, 30);
  for (gsize i = 0; i < G_N_ELEMENTS (dialogs); i++)
    {
      GtkWindow *dialog;

      g_action_group_activate_action (G_ACTION_GROUP (window), dialogs[i], NULL);
      wait_until ((dialog = find_dialog (window)) != NULL && gtk_widget_get_mapped (GTK_WIDGET (dialog)));
      check_tooltips (GTK_WIDGET (dialog), &n_checked);
      gtk_window_destroy (dialog);
    }
  check_tooltips (GTK_WIDGET (engram_help_window_present (GTK_WINDOW (window))), &n_checked);
  test_close_windows ();
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (TestFolder) home = test_create_home ();

  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tooltips/buttons", test_tooltips);
  return g_test_run ();
}
