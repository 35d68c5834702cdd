/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "details/engram-field-control.h"
#include "details/engram-field-editor.h"
#include "pointer-support.h"
#include "widget-support.h"

#define WHEEL_DOWN 5

/* The wheel over a slider scrolls what it stands in: who reads on changes nothing. */
static void
test_wheel (void)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *editor = engram_field_editor_new (ENGRAM_CONTROL_LEVEL, "Activation", NULL);
  GtkWidget *more = gtk_label_new ("More");
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
  GtkWindow *window;
  GtkRange *scale;

  engram_field_editor_set_stored (ENGRAM_FIELD_EDITOR (editor), "0.5");
  gtk_widget_set_size_request (more, -1, 2000);
  gtk_box_append (GTK_BOX (box), editor);
  gtk_box_append (GTK_BOX (box), more);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), box);
  window = widget_test_show (scroller, 360, 400);
  scale = widget_test_find (editor, GTK_TYPE_SCALE);
  pointer_click (GTK_WIDGET (scale), -1, WHEEL_DOWN);
  wait_until (gtk_adjustment_get_value (adjustment) > 0);
  g_assert_cmpfloat (gtk_range_get_value (scale), ==, 0.5);
  gtk_window_destroy (window);
}

int
main (int    argc,
      char **argv)
{
  widget_test_init (&argc, &argv);
  g_test_add_func ("/field-pointer/wheel", test_wheel);
  return g_test_run ();
}
