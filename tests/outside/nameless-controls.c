/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gtk/gtk.h>

/* A window whose controls have no name, and one that has: what an audit is to find. */

static void
add (GtkBox     *box,
     GtkWidget  *control,
     const char *name)
{
  if (name != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (control), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_box_append (box, control);
}

static void
activate_cb (GtkApplication *application,
             gpointer        user_data)
{
  GtkWidget *window = gtk_application_window_new (application);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  add (GTK_BOX (box), gtk_entry_new (), NULL);
  add (GTK_BOX (box), gtk_image_new_from_icon_name ("edit-find-symbolic"), NULL);
  add (GTK_BOX (box), gtk_switch_new (), NULL);
  add (GTK_BOX (box), gtk_button_new_from_icon_name ("edit-find-symbolic"), NULL);
  add (GTK_BOX (box), gtk_scale_new_with_range (GTK_ORIENTATION_HORIZONTAL, 0, 1, 0.1), NULL);
  add (GTK_BOX (box), gtk_spin_button_new_with_range (0, 1, 0.1), NULL);
  add (GTK_BOX (box), gtk_check_button_new (), NULL);
  add (GTK_BOX (box), gtk_text_view_new (), NULL);
  add (GTK_BOX (box), gtk_list_box_new (), NULL);
  add (GTK_BOX (box), gtk_progress_bar_new (), NULL);
  add (GTK_BOX (box), gtk_search_entry_new (), "Named");
  gtk_window_set_child (GTK_WINDOW (window), box);
  gtk_window_set_title (GTK_WINDOW (window), "Nameless");
  gtk_window_present (GTK_WINDOW (window));
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GtkApplication) application = NULL;

  /* What the tests look for on the bus. */
  g_set_prgname ("engram");
  application = gtk_application_new (NULL, G_APPLICATION_NON_UNIQUE);
  g_signal_connect (application, "activate", G_CALLBACK (activate_cb), NULL);
  return g_application_run (G_APPLICATION (application), argc, argv);
}
