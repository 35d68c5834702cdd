/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "export-screen.h"

#include <string.h>

void
export_screen_present (ExportScreen     *self,
                       EngramExportWhat  what)
{
  self->dialog = engram_export_dialog_present (self->parent, self->session, self->model, what);
  widget_test_draw (GTK_WIDGET (self->dialog));
}

void
export_screen_open (ExportScreen     *self,
                    guint             n_neurons,
                    EngramRecordKind  kind,
                    EngramExportWhat  what)
{
  *self = (ExportScreen) { .fixture = ui_fixture_new (n_neurons) };
  ui_fixture_join (self->fixture, 0, 1, 0.5);
  ui_fixture_join (self->fixture, 0, 1, -0.25);
  ui_fixture_join (self->fixture, 0, 0, 1);
  self->session = engram_session_new (self->fixture->database);
  self->model = engram_record_model_new (engram_session_get_searcher (self->session), kind);
  wait_until (engram_record_model_is_counted (self->model));
  self->parent = widget_test_show (gtk_label_new ("Network"), 800, 600);
  export_screen_present (self, what);
}

void
export_screen_close (ExportScreen *self)
{
  engram_session_close (self->session);
  gtk_window_destroy (self->parent);
  g_object_unref (self->model);
  g_object_unref (self->session);
  ui_fixture_free (self->fixture);
}

GtkWidget *
export_screen_find_button (GtkWidget  *widget,
                           const char *label)
{
  GtkWidget *found = NULL;

  if (!gtk_widget_get_mapped (widget))
    return NULL;
  if (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = export_screen_find_button (child, label);
  return found;
}

void
export_screen_click (gpointer    widget,
                     const char *label)
{
  GtkWidget *button = export_screen_find_button (widget, label);

  if (button == NULL)
    g_error ("There is no button “%s”", label);
  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

gpointer
export_screen_get_control (ExportScreen *self,
                           const char   *name)
{
  GtkWidget *page = widget_test_find (self->dialog, ENGRAM_TYPE_EXPORT_PAGE);

  return gtk_widget_get_template_child (page, ENGRAM_TYPE_EXPORT_PAGE, name);
}

void
export_screen_choose (ExportScreen *self,
                      const char   *name)
{
  GtkWidget *row = gtk_widget_get_ancestor (export_screen_get_control (self, name), GTK_TYPE_LIST_BOX_ROW);

  g_assert_true (gtk_widget_activate (row) ||
                 gtk_widget_activate (export_screen_get_control (self, name)));
}

void
export_screen_turn_on (ExportScreen *self,
                       const char   *name)
{
  export_screen_choose (self, name);
  wait_until (gtk_switch_get_active (export_screen_get_control (self, name)));
}

gboolean
export_screen_is_chosen (ExportScreen *self,
                         const char   *name)
{
  return gtk_check_button_get_active (export_screen_get_control (self, name));
}

gboolean
export_screen_can_export (ExportScreen *self)
{
  GtkWidget *button = export_screen_find_button (GTK_WIDGET (self->dialog), "_Export…");

  return button != NULL && gtk_widget_is_sensitive (button);
}

gboolean
export_screen_shows (ExportScreen *self,
                     const char   *part)
{
  g_autofree char *text = widget_test_dup_text (self->dialog);

  return strstr (text, part) != NULL;
}

void
export_screen_export (ExportScreen *self,
                      const char   *folder,
                      const char   *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  engram_export_dialog_export (self->dialog, file);
  /* Not twice. */
  g_assert_false (export_screen_can_export (self));
}

void
export_screen_await (ExportScreen *self,
                     const char   *part)
{
  wait_until (export_screen_shows (self, part));
  widget_test_draw (GTK_WIDGET (self->dialog));
}

char *
export_screen_read (const char *folder,
                    const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

guint
export_screen_count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n_files = 0;

  while (g_dir_read_name (dir) != NULL)
    n_files++;
  return n_files;
}
