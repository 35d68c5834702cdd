/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dialogs/import/engram-import-files-page.h"

#include <glib/gi18n.h>

#include "common/engram-control.h"
#include "common/engram-status-page.h"

#define TEMPLATE "/io/github/engram/Engram/ui/dialogs/import/engram-import-files-page.ui"

struct _EngramImportFilesPage {
  AdwBin                parent_instance;

  GtkStack             *stack;
  AdwStatusPage        *empty;
  GtkWidget            *choose_button;
  GtkWidget            *add_button;
  GtkListBox           *list;
  GtkSwitch            *make_ids;

  GPtrArray            *paths;
  GtkFileChooserNative *chooser; /* while it is shown, or NULL */
};

enum { CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EngramImportFilesPage, engram_import_files_page, ADW_TYPE_BIN)

/* The list */

static void
update (EngramImportFilesPage *self)
{
  gtk_stack_set_visible_child_name (self->stack, self->paths->len > 0 ? "list" : "empty");
  g_signal_emit (self, signals[CHANGED], 0);
}

/* The button has gone with its row: the focus goes to what stands in its place. */
static void
focus_row (EngramImportFilesPage *self,
           int                    index)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, MIN (index, (int) self->paths->len - 1));

  if (row != NULL)
    gtk_widget_child_focus (GTK_WIDGET (row), GTK_DIR_TAB_FORWARD);
  else
    gtk_widget_grab_focus (self->choose_button);
}

static void
remove_cb (GtkWidget             *button,
           EngramImportFilesPage *self)
{
  GtkListBoxRow *row = GTK_LIST_BOX_ROW (gtk_widget_get_ancestor (button, GTK_TYPE_LIST_BOX_ROW));
  int index = gtk_list_box_row_get_index (row);

  gtk_list_box_remove (self->list, GTK_WIDGET (row));
  g_ptr_array_remove_index (self->paths, index);
  update (self);
  focus_row (self, index);
}

static GtkWidget *
create_row (EngramImportFilesPage *self,
            const char            *path)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_from_icon_name ("list-remove-symbolic");
  g_autofree char *base = g_path_get_basename (path), *folder = g_path_get_dirname (path);
  g_autofree char *title = g_filename_display_name (base), *subtitle = g_filename_display_name (folder);
  /* Translators: the name of a document that is no longer to be imported. */
  g_autofree char *name = g_strdup_printf (_("Remove “%s”"), title);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 2);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 1);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _("Remove"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (button, "clicked", G_CALLBACK (remove_cb), self, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return row;
}

void
engram_import_files_page_add_path (EngramImportFilesPage *self,
                                   const char            *path)
{
  g_return_if_fail (ENGRAM_IS_IMPORT_FILES_PAGE (self));
  g_return_if_fail (path != NULL);

  if (g_ptr_array_find_with_equal_func (self->paths, path, g_str_equal, NULL))
    return;
  g_ptr_array_add (self->paths, g_strdup (path));
  gtk_list_box_append (self->list, create_row (self, path));
  update (self);
}

static void
refuse (EngramImportFilesPage *self,
        GFile                 *file)
{
  GtkWidget *root = GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self)));
  g_autofree char *name = g_file_get_parse_name (file);
  GtkWidget *message;

  message = adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, _("This Document Cannot Be Read"),
                                    NULL);
  adw_message_dialog_format_body (ADW_MESSAGE_DIALOG (message),
                                  _("“%s” does not lie in a folder of this computer. Copy it into one, then add it."),
                                  name);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (message), "close", _("_Close"));
  gtk_window_present (GTK_WINDOW (message));
}

void
engram_import_files_page_add_files (EngramImportFilesPage *self,
                                    GListModel            *files)
{
  g_return_if_fail (ENGRAM_IS_IMPORT_FILES_PAGE (self));
  g_return_if_fail (G_IS_LIST_MODEL (files));

  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (GFile) file = g_list_model_get_item (files, i);
      const char *path = g_file_peek_path (file);

      if (path != NULL)
        engram_import_files_page_add_path (self, path);
      else
        refuse (self, file);
    }
}

GStrv
engram_import_files_page_dup_paths (EngramImportFilesPage *self)
{
  GStrv paths;

  g_return_val_if_fail (ENGRAM_IS_IMPORT_FILES_PAGE (self), NULL);

  paths = g_new0 (char *, self->paths->len + 1);
  for (guint i = 0; i < self->paths->len; i++)
    paths[i] = g_strdup (g_ptr_array_index (self->paths, i));
  return paths;
}

guint
engram_import_files_page_get_n_paths (EngramImportFilesPage *self)
{
  g_return_val_if_fail (ENGRAM_IS_IMPORT_FILES_PAGE (self), 0);

  return self->paths->len;
}

gboolean
engram_import_files_page_get_make_ids (EngramImportFilesPage *self)
{
  g_return_val_if_fail (ENGRAM_IS_IMPORT_FILES_PAGE (self), FALSE);

  return gtk_switch_get_active (self->make_ids);
}

/* Choosing */

static void
response_cb (EngramImportFilesPage *self,
             int                    response,
             GtkNativeDialog       *chooser)
{
  g_autoptr (GListModel) files = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    files = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (chooser));
  if (files != NULL)
    engram_import_files_page_add_files (self, files);
  g_clear_object (&self->chooser);
}

static void
add_filters (GtkFileChooser *chooser)
{
  g_autoptr (GtkFileFilter) documents = gtk_file_filter_new (), all = gtk_file_filter_new ();

  gtk_file_filter_set_name (documents, _("JSON Documents"));
  gtk_file_filter_add_suffix (documents, "json");
  gtk_file_filter_add_mime_type (documents, "application/json");
  gtk_file_filter_set_name (all, _("All Files"));
  gtk_file_filter_add_pattern (all, "*");
  gtk_file_chooser_add_filter (chooser, documents);
  gtk_file_chooser_add_filter (chooser, all);
}

void
engram_import_files_page_choose (EngramImportFilesPage *self)
{
  GtkRoot *root;

  g_return_if_fail (ENGRAM_IS_IMPORT_FILES_PAGE (self));

  root = gtk_widget_get_root (GTK_WIDGET (self));
  if (self->chooser == NULL)
    {
      self->chooser = gtk_file_chooser_native_new (_("Add Documents"), GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                                   GTK_FILE_CHOOSER_ACTION_OPEN, _("_Add"), _("_Cancel"));
      gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
      gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (self->chooser), TRUE);
      add_filters (GTK_FILE_CHOOSER (self->chooser));
      g_signal_connect_object (self->chooser, "response", G_CALLBACK (response_cb), self, G_CONNECT_SWAPPED);
    }
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/* GObject */

static void
engram_import_files_page_dispose (GObject *object)
{
  EngramImportFilesPage *self = ENGRAM_IMPORT_FILES_PAGE (object);

  if (self->chooser != NULL)
    gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (self->chooser));
  g_clear_object (&self->chooser);

  G_OBJECT_CLASS (engram_import_files_page_parent_class)->dispose (object);
}

static void
engram_import_files_page_finalize (GObject *object)
{
  g_ptr_array_unref (ENGRAM_IMPORT_FILES_PAGE (object)->paths);

  G_OBJECT_CLASS (engram_import_files_page_parent_class)->finalize (object);
}

static void
engram_import_files_page_class_init (EngramImportFilesPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = engram_import_files_page_dispose;
  object_class->finalize = engram_import_files_page_finalize;

  signals[CHANGED] = g_signal_new ("changed", ENGRAM_TYPE_IMPORT_FILES_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, TEMPLATE);
  gtk_widget_class_bind_template_child (widget_class, EngramImportFilesPage, stack);
  gtk_widget_class_bind_template_child (widget_class, EngramImportFilesPage, empty);
  gtk_widget_class_bind_template_child (widget_class, EngramImportFilesPage, choose_button);
  gtk_widget_class_bind_template_child (widget_class, EngramImportFilesPage, add_button);
  gtk_widget_class_bind_template_child (widget_class, EngramImportFilesPage, list);
  gtk_widget_class_bind_template_child (widget_class, EngramImportFilesPage, make_ids);
  gtk_widget_class_bind_template_callback (widget_class, engram_import_files_page_choose);
}

static void
engram_import_files_page_init (EngramImportFilesPage *self)
{
  self->paths = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  engram_status_page_set_name (self->empty);
}

GtkWidget *
engram_import_files_page_new (void)
{
  return g_object_new (ENGRAM_TYPE_IMPORT_FILES_PAGE, NULL);
}
