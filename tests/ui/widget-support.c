/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "widget-support.h"

#include "engram-ui.h"

#define N_FRAMES 4

void
widget_test_init (int    *argc,
                  char ***argv)
{
  gtk_test_init (argc, argv, NULL);
  engram_ui_init ();
}

GtkWindow *
widget_test_show (GtkWidget *widget,
                  int        width,
                  int        height)
{
  GtkWindow *window = GTK_WINDOW (gtk_window_new ());

  gtk_window_set_default_size (window, width, height);
  gtk_window_set_child (window, widget);
  gtk_window_present (window);
  widget_test_draw (widget);
  return window;
}

static gboolean
count_frame (GtkWidget     *widget,
             GdkFrameClock *clock,
             gpointer       user_data)
{
  guint *n_frames = user_data;

  return --*n_frames > 0 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

void
widget_test_draw (GtkWidget *widget)
{
  guint n_frames = N_FRAMES;

  gtk_widget_add_tick_callback (widget, count_frame, &n_frames, NULL);
  wait_until (n_frames == 0);
}

gpointer
widget_test_find (gpointer widget,
                  GType    type)
{
  if (!gtk_widget_get_child_visible (widget) || !gtk_widget_get_visible (widget))
    return NULL;
  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      gpointer found = widget_test_find (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
collect_buffer (GtkTextBuffer *buffer,
                GString       *text)
{
  g_autofree char *shown = NULL;

  g_object_get (buffer, "text", &shown, NULL);
  g_string_append_printf (text, "%s\n", shown);
}

static void
collect_text (GtkWidget *widget,
              GString   *text)
{
  if (!gtk_widget_get_mapped (widget))
    return;
  if (GTK_IS_LABEL (widget))
    g_string_append_printf (text, "%s\n", gtk_label_get_text (GTK_LABEL (widget)));
  else if (GTK_IS_INSCRIPTION (widget) && gtk_inscription_get_text (GTK_INSCRIPTION (widget)) != NULL)
    g_string_append_printf (text, "%s\n", gtk_inscription_get_text (GTK_INSCRIPTION (widget)));
  else if (GTK_IS_TEXT_VIEW (widget))
    collect_buffer (gtk_text_view_get_buffer (GTK_TEXT_VIEW (widget)), text);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect_text (child, text);
}

char *
widget_test_dup_text (gpointer widget)
{
  GString *text = g_string_new (NULL);

  collect_text (widget, text);
  return g_string_free (text, FALSE);
}

static gboolean
has_name (GtkWidget *widget)
{
  return gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL) ||
         gtk_test_accessible_has_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
}

void
widget_test_assert_names (gpointer widget)
{
  if (!gtk_widget_get_mapped (widget) || !gtk_widget_get_can_focus (widget))
    return;
  if (gtk_widget_get_focusable (widget) && !has_name (widget))
    g_error ("A %s can have the focus and has no name", G_OBJECT_TYPE_NAME (widget));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    widget_test_assert_names (child);
}
