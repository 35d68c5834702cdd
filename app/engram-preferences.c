/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "engram-preferences.h"

#include "common/engram-settings.h"
#include "common/engram-text-format.h"
#include "help/engram-help-window.h"
#include "common/engram-toast.h"

#include <engram.h>
#include <glib/gi18n.h>

#define MIB (1024 * 1024)

struct _EngramPreferences {
  AdwPreferencesWindow  parent_instance;

  /* Template */
  AdwComboRow          *color_scheme;
  AdwComboRow          *row_height;
  GtkSpinButton        *decimals;
  GtkSwitch            *follow_changes;
  GtkSwitch            *check_at_opening;
  GtkSwitch            *text_index;
  GtkSpinButton        *text_index_limit;
  AdwActionRow         *text_index_row;
  GtkWidget            *clear_button;
  AdwActionRow         *backup_folder;
  GtkWidget            *usual_folder_button;
  AdwComboRow          *backup_automatic;
  GtkSwitch            *backup_before_bulk_changes;
  GtkSpinButton        *backup_keep;

  GtkFileChooserNative *folder_chooser; /* while it is shown, or NULL */
  GCancellable         *cancellable;
};

G_DEFINE_FINAL_TYPE (EngramPreferences, engram_preferences, ADW_TYPE_PREFERENCES_WINDOW)

/* The text index */

static void
read_size (GTask        *task,
           gpointer      source_object,
           gpointer      task_data,
           GCancellable *cancellable)
{
  g_task_return_int (task, (gssize) engram_text_index_get_disk_size (NULL));
}

static void
size_read_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  gssize size = g_task_propagate_int (G_TASK (result), &error);
  EngramPreferences *self;
  g_autofree char *text = NULL;
  g_autofree char *subtitle = NULL;

  if (error != NULL)
    return;
  self = ENGRAM_PREFERENCES (source);
  text = g_format_size ((guint64) size);
  /* Translators: a size, "12 MB". */
  subtitle = g_strdup_printf (_("The indexes of all networks take %s"), text);
  adw_action_row_set_subtitle (self->text_index_row, size > 0 ? subtitle : _("There is no index"));
  gtk_widget_set_sensitive (self->clear_button, size > 0);
}

static void
show_size (EngramPreferences *self)
{
  g_autoptr (GTask) task = g_task_new (self, self->cancellable, size_read_cb, NULL);

  g_task_set_source_tag (task, show_size);
  g_task_run_in_thread (task, read_size);
}

static void
clear_index (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;

  if (engram_text_index_clear_all (NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
index_cleared_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  EngramPreferences *self = ENGRAM_PREFERENCES (source);
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    adw_preferences_window_add_toast (ADW_PREFERENCES_WINDOW (self), engram_toast_new (error->message));
  if (!g_cancellable_is_cancelled (self->cancellable))
    show_size (self);
}

static void
clear_clicked_cb (EngramPreferences *self)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, index_cleared_cb, NULL);

  gtk_widget_set_sensitive (self->clear_button, FALSE);
  g_task_set_source_tag (task, clear_clicked_cb);
  g_task_run_in_thread (task, clear_index);
}

/* Choices are in the order of the rows that offer them. */

static const char * const color_schemes[] = { "system", "light", "dark", NULL };
static const char * const row_heights[] = { "comfortable", "compact", NULL };
static const char * const automatic_backups[] = { "never", "at-opening", "daily", NULL };

static gboolean
get_choice (GValue   *value,
            GVariant *variant,
            gpointer  user_data)
{
  const char * const *names = user_data;

  for (guint i = 0; names[i] != NULL; i++)
    if (g_str_equal (names[i], g_variant_get_string (variant, NULL)))
      g_value_set_uint (value, i);
  return TRUE;
}

static GVariant *
set_choice (const GValue       *value,
            const GVariantType *type,
            gpointer            user_data)
{
  const char * const *names = user_data;
  guint choice = g_value_get_uint (value);

  return choice < g_strv_length ((char **) names) ? g_variant_new_string (names[choice]) : NULL;
}

static void
bind_choice (AdwComboRow        *row,
             const char         *key,
             const char * const *names)
{
  g_settings_bind_with_mapping (engram_settings_get (), key, row, "selected", G_SETTINGS_BIND_DEFAULT,
                                get_choice, set_choice, (gpointer) names, NULL);
}

/* The folder of backups */

static void
show_folder (EngramPreferences *self)
{
  g_autofree char *folder = g_settings_get_string (engram_settings_get (), "backup-folder");
  gboolean is_chosen = *folder != '\0';

  adw_action_row_set_subtitle (self->backup_folder, is_chosen ? folder : _("“backups” beside each network"));
  gtk_widget_set_visible (self->usual_folder_button, is_chosen);
}

static void
usual_folder_clicked_cb (EngramPreferences *self)
{
  g_settings_set_string (engram_settings_get (), "backup-folder", "");
}

static void
folder_chosen_cb (EngramPreferences *self,
                  int                response)
{
  g_autoptr (GFile) folder = NULL;
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    folder = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->folder_chooser));
  g_clear_object (&self->folder_chooser);
  path = folder != NULL ? g_file_get_path (folder) : NULL;
  text = path != NULL ? g_filename_to_utf8 (path, -1, NULL, NULL, NULL) : NULL;
  if (text != NULL)
    g_settings_set_string (engram_settings_get (), "backup-folder", text);
  else if (folder != NULL)
    adw_preferences_window_add_toast (ADW_PREFERENCES_WINDOW (self),
                                      engram_toast_new (_("Backups cannot be kept in that folder: choose another")));
}

static void
choose_folder_clicked_cb (EngramPreferences *self)
{
  if (self->folder_chooser != NULL)
    return;
  self->folder_chooser = gtk_file_chooser_native_new (_("Choose a Folder for Backups"), GTK_WINDOW (self),
                                                      GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, _("_Choose"), NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->folder_chooser), TRUE);
  g_signal_connect_object (self->folder_chooser, "response", G_CALLBACK (folder_chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->folder_chooser));
}

static void
engram_preferences_dispose (GObject *object)
{
  EngramPreferences *self = ENGRAM_PREFERENCES (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->folder_chooser);

  G_OBJECT_CLASS (engram_preferences_parent_class)->dispose (object);
}

static void
engram_preferences_finalize (GObject *object)
{
  g_object_unref (ENGRAM_PREFERENCES (object)->cancellable);

  G_OBJECT_CLASS (engram_preferences_parent_class)->finalize (object);
}

static void
engram_preferences_class_init (EngramPreferencesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = engram_preferences_dispose;
  G_OBJECT_CLASS (klass)->finalize = engram_preferences_finalize;

  engram_help_add_key (widget_class);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/engram/Engram/app/engram-preferences.ui");
  gtk_widget_class_bind_template_child (widget_class, EngramPreferences, color_scheme);
  gtk_widget_class_bind_template_child (widget_class, EngramPreferences, row_height);
  gtk_widget_class_bind_template_child (widget_class, EngramPreferences, decimals);
  gtk_widget_class_bind_template_child (widget_class, EngramPreferences, follow_changes);
  gtk_widget_class_bind_template_child (widget_class, EngramPreferences, check_at_opening);
  gtk_widget_class_bind_template_child (widget_class, EngramPreferences, text_index);
  gtk_widget_class_bind_template_child (widget_class, EngramPreferences, text_index_limit);
  gtk_widget_class_bind_template_child (widget_class, EngramPreferences, text_index_row);
  gtk_widget_class_bind_template_child (widget_class, EngramPreferences, clear_button);
  gtk_widget_class_bind_template_child (widget_class, EngramPreferences, backup_folder);
  gtk_widget_class_bind_template_child (widget_class, EngramPreferences, usual_folder_button);
  gtk_widget_class_bind_template_child (widget_class, EngramPreferences, backup_automatic);
  gtk_widget_class_bind_template_child (widget_class, EngramPreferences, backup_before_bulk_changes);
  gtk_widget_class_bind_template_child (widget_class, EngramPreferences, backup_keep);
  gtk_widget_class_bind_template_callback (widget_class, clear_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, usual_folder_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_folder_clicked_cb);
}

static void
engram_preferences_init (EngramPreferences *self)
{
  GSettings *settings = engram_settings_get ();

  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  bind_choice (self->color_scheme, "color-scheme", color_schemes);
  bind_choice (self->row_height, "row-height", row_heights);
  g_settings_bind (settings, "decimals", self->decimals, "value", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "follow-changes", self->follow_changes, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "check-at-opening", self->check_at_opening, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "text-index", self->text_index, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "text-index-limit", self->text_index_limit, "value", G_SETTINGS_BIND_DEFAULT);
  bind_choice (self->backup_automatic, "backup-automatic", automatic_backups);
  g_settings_bind (settings, "backup-before-bulk-changes", self->backup_before_bulk_changes, "active",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "backup-keep", self->backup_keep, "value", G_SETTINGS_BIND_DEFAULT);
  g_signal_connect_object (settings, "changed::backup-folder", G_CALLBACK (show_folder), self, G_CONNECT_SWAPPED);
  show_folder (self);
  show_size (self);
}

GtkWidget *
engram_preferences_new (GtkWindow *parent)
{
  return g_object_new (ENGRAM_TYPE_PREFERENCES, "transient-for", parent, "modal", TRUE, NULL);
}

/* What the program makes of them */

static void
apply (GSettings *settings)
{
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      (AdwColorScheme) g_settings_get_enum (settings, "color-scheme"));
  engram_format_set_decimals (g_settings_get_uint (settings, "decimals"));
  engram_text_index_set_limit ((guint64) g_settings_get_uint (settings, "text-index-limit") * MIB);
}

void
engram_preferences_apply (void)
{
  GSettings *settings = engram_settings_get ();

  g_signal_connect (settings, "changed", G_CALLBACK (apply), NULL);
  apply (settings);
}
