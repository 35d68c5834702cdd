/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "engram-application-private.h"

#include "engram-about.h"
#include "engram-app-resources.h"
#include "engram-data-resources.h"
#include "engram-open-dialog.h"
#include "engram-preferences.h"
#include "engram-ui.h"
#include "engram-window.h"
#include "help/engram-help-window.h"

#include <glib-unix.h>
#include <glib/gi18n.h>

#define SHORTCUTS_RESOURCE "/io/github/engram/Engram/app/shortcuts-window.ui"

G_DEFINE_FINAL_TYPE (EngramApplication, engram_application, ADW_TYPE_APPLICATION)

/* Starting */

static void
engram_application_activate (GApplication *application)
{
  EngramApplication *self = ENGRAM_APPLICATION (application);
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  if (self->wanted != NULL)
    g_action_group_activate_action (G_ACTION_GROUP (self), self->wanted, NULL);
  else if (window != NULL)
    gtk_window_present (window);
  else
    engram_application_present (self, engram_window_new (self));
  self->wanted = NULL;
  self->launched = TRUE;
}

/* Actions */

static void
dialog_response_cb (GtkNativeDialog   *dialog,
                    int                response,
                    EngramApplication *self)
{
  g_autoptr (GListModel) files = NULL;
  g_autoptr (GPtrArray) chosen = g_ptr_array_new_with_free_func (g_object_unref);

  if (response == GTK_RESPONSE_ACCEPT)
    files = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (dialog));
  for (guint i = 0; files != NULL && i < g_list_model_get_n_items (files); i++)
    g_ptr_array_add (chosen, g_list_model_get_item (files, i));
  g_clear_object (&self->dialog);

  if (chosen->len > 0)
    g_application_open (G_APPLICATION (self), (GFile **) chosen->pdata, chosen->len, "");
}

static void
open_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  EngramApplication *self = user_data;

  if (self->dialog == NULL)
    {
      self->dialog = engram_open_dialog_new (gtk_application_get_active_window (GTK_APPLICATION (self)));
      g_signal_connect (self->dialog, "response", G_CALLBACK (dialog_response_cb), self);
    }
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->dialog));
}

static void
sample_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  engram_application_open_untitled (user_data, ENGRAM_UNTITLED_SAMPLE);
}

static void
new_cb (GSimpleAction *action,
        GVariant      *parameter,
        gpointer       user_data)
{
  engram_application_open_untitled (user_data, ENGRAM_UNTITLED_EMPTY);
}

static void
preferences_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  gtk_window_present (GTK_WINDOW (engram_preferences_new (gtk_application_get_active_window (user_data))));
}

static void
shortcuts_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  GtkWindow *parent = gtk_application_get_active_window (user_data);
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource (SHORTCUTS_RESOURCE);
  GtkWindow *window = GTK_WINDOW (gtk_builder_get_object (builder, "shortcuts_window"));

  gtk_window_set_transient_for (window, parent);
  gtk_window_present (window);
}

static void
help_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  engram_help_window_present (gtk_application_get_active_window (user_data));
}

static void
about_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  engram_about_present (gtk_application_get_active_window (user_data));
}

/* The application ends by itself when the last window is closed and what they had open is closed too. */
static void
quit_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  g_autoptr (GList) windows = g_list_copy (gtk_application_get_windows (user_data));

  for (GList *item = windows; item != NULL; item = item->next)
    gtk_window_close (item->data);
}

/* From a notification: of a window that is still there, or of none. */
static void
show_window_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  GtkWindow *window = gtk_application_get_window_by_id (user_data, g_variant_get_uint32 (parameter));

  if (window != NULL)
    gtk_window_present (window);
  else
    g_application_activate (user_data);
}

static const GActionEntry actions[] = {
  { "new", new_cb },
  { "open", open_cb },
  { "sample", sample_cb },
  { "preferences", preferences_cb },
  { "shortcuts", shortcuts_cb },
  { "help", help_cb },
  { "about", about_cb },
  { "quit", quit_cb },
  { "show-window", show_window_cb, "u" },
};

static const struct {
  const char *action;
  const char *keys[3];
} accelerators[] = {
  { "app.new", { "<Control>n" } },
  { "app.open", { "<Control>o" } },
  { "app.preferences", { "<Control>comma" } },
  { "app.shortcuts", { "<Control>question" } },
  { "app.help", { "F1" } },
  { "app.quit", { "<Control>q" } },
  { "win.back", { "<Alt>Left" } },
  { "win.next-part", { "F6" } },
  { "win.previous-part", { "<Shift>F6" } },
  { "win.details", { "F9" } },
  { "win.filters", { "<Shift>F9" } },
  { "win.search", { "<Control>f" } },
  { "win.edit", { "<Control>e" } },
  { "win.undo-by-key", { "<Control>z" } },
  { "win.redo-by-key", { "<Control><Shift>z", "<Control>y" } },
  { "win.select-previous", { "<Control><Alt>z" } },
  { "win.backup", { "<Control>b" } },
  { "win.restore", { "<Control><Shift>b" } },
  { "win.compare", { "<Control>d" } },
  { "win.prune", { "<Control><Shift>p" } },
  { "win.check", { "<Control>k" } },
  { "win.import", { "<Control>i" } },
  { "win.jobs", { "<Control>j" } },
  { "win.export", { "<Control><Shift>e" } },
  { "win.save-as", { "<Control><Shift>s", "<Control>s" } },
  { "win.view::neurons", { "<Alt>1" } },
  { "win.view::synapses", { "<Alt>2" } },
  { "win.view::graph", { "<Alt>3" } },
  { "win.view::space", { "<Alt>4" } },
  { "win.copy-picture", { "<Control><Shift>c" } },
  { "win.print-picture", { "<Control>p" } },
  { "window.close", { "<Control>w" } },
};

/* Nobody may be there to be asked: work in networks without a name is kept, and among the recent files; jobs are
 * cancelled, which leaves nothing half done. */
static gboolean
signal_cb (gpointer user_data)
{
  g_autoptr (GList) windows = g_list_copy (gtk_application_get_windows (user_data));

  for (GList *item = windows; item != NULL; item = item->next)
    {
      if (ENGRAM_IS_WINDOW (item->data))
        engram_window_cancel_jobs (item->data);
      gtk_window_destroy (item->data);
    }
  return G_SOURCE_CONTINUE;
}

/* The types that the user has described, before a window shows neurons of them. */
static void
load_types (void)
{
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "engram", "types", NULL);
  g_autoptr (GPtrArray) problems = NULL;

  engram_type_registry_load_folder (engram_type_registry_get_default (), folder, &problems);
  for (guint i = 0; i < problems->len; i++)
    g_message ("%s", (const char *) g_ptr_array_index (problems, i));
}

static void
engram_application_startup (GApplication *application)
{
  EngramApplication *self = ENGRAM_APPLICATION (application);

  G_APPLICATION_CLASS (engram_application_parent_class)->startup (application);

  engram_ui_init ();
  load_types ();
  gtk_window_set_default_icon_name (ENGRAM_APPLICATION_ID_TEXT);
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  for (gsize i = 0; i < G_N_ELEMENTS (accelerators); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self), accelerators[i].action, accelerators[i].keys);
  engram_preferences_apply ();
  /* An orderly end, so that no private copy is left behind. */
  self->signal_sources[0] = g_unix_signal_add (SIGINT, signal_cb, self);
  self->signal_sources[1] = g_unix_signal_add (SIGTERM, signal_cb, self);
}

/* Command line */

static const GOptionEntry options[] = {
  { "new", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, NULL, N_("Make an empty network and open it"), NULL },
  { "sample", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, NULL, N_("Open a copy of the sample network"), NULL },
  { "screenshot", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, NULL,
    N_("Write a picture of the window with the network (the sample where none is given) and quit"),
    N_("FILE.png") },
  { "version", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, NULL, N_("Print the version and quit"), NULL },
  { NULL }
};

/* Where the program runs already, that is done there. Returns the exit status, or -1 to go on. */
static int
ask_for (EngramApplication *self,
         const char        *action)
{
  g_autoptr (GError) error = NULL;

  if (!g_application_register (G_APPLICATION (self), NULL, &error))
    {
      g_printerr ("engram: %s\n", error->message);
      return 1;
    }
  if (g_application_get_is_remote (G_APPLICATION (self)))
    {
      g_action_group_activate_action (G_ACTION_GROUP (self), action, NULL);
      return 0;
    }
  self->wanted = action;
  return -1;
}

static int
engram_application_handle_local_options (GApplication *application,
                                         GVariantDict *dictionary)
{
  EngramApplication *self = ENGRAM_APPLICATION (application);
  g_autofree char *screenshot = NULL;

  if (g_variant_dict_contains (dictionary, "version"))
    {
      g_print ("engram %s\n", ENGRAM_VERSION);
      return 0;
    }

  if (g_variant_dict_lookup (dictionary, "screenshot", "^ay", &screenshot))
    {
      /* A window of its own, whatever else is open. */
      g_application_set_flags (application, g_application_get_flags (application) | G_APPLICATION_NON_UNIQUE);
      self->screenshot = g_canonicalize_filename (screenshot, NULL);
      self->wanted = "sample";
      return -1;
    }
  if (g_variant_dict_contains (dictionary, "sample"))
    return ask_for (self, "sample");
  if (g_variant_dict_contains (dictionary, "new"))
    return ask_for (self, "new");
  return -1;
}

static void
engram_application_window_added (GtkApplication *application,
                                 GtkWindow      *window)
{
  GTK_APPLICATION_CLASS (engram_application_parent_class)->window_added (application, window);

  /* Stripes, so that nobody takes one for the other. */
  if (ENGRAM_IS_DEVELOPMENT)
    gtk_widget_add_css_class (GTK_WIDGET (window), "devel");
}

static void
engram_application_finalize (GObject *object)
{
  EngramApplication *self = ENGRAM_APPLICATION (object);

  for (guint i = 0; i < G_N_ELEMENTS (self->signal_sources); i++)
    g_clear_handle_id (&self->signal_sources[i], g_source_remove);
  g_clear_object (&self->dialog);
  g_free (self->screenshot);

  G_OBJECT_CLASS (engram_application_parent_class)->finalize (object);
}

static void
engram_application_class_init (EngramApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = engram_application_finalize;
  GTK_APPLICATION_CLASS (klass)->window_added = engram_application_window_added;
  application_class->startup = engram_application_startup;
  application_class->activate = engram_application_activate;
  application_class->open = engram_application_open_files;
  application_class->handle_local_options = engram_application_handle_local_options;

  /* By hand, for the linker drops the constructors of a static library; and before the startup of
   * GtkApplication, which looks for the icons and the style among them. */
  engram_app_register_resource ();
  engram_data_register_resource ();
}

static void
engram_application_init (EngramApplication *self)
{
  g_application_add_main_option_entries (G_APPLICATION (self), options);
  g_application_set_option_context_parameter_string (G_APPLICATION (self), _("[FILE…]"));
  g_application_set_option_context_summary (G_APPLICATION (self), _("Inspect 3D synaptic neuron networks."));
}

/**
 * engram_application_new:
 * @flags: flags besides those that the program needs
 *
 * Returns: (transfer full): the application
 */
EngramApplication *
engram_application_new (GApplicationFlags flags)
{
  return g_object_new (ENGRAM_TYPE_APPLICATION,
                       "application-id", ENGRAM_APPLICATION_ID_TEXT,
                       /* Icons and style are the same, whatever the id is. */
                       "resource-base-path", "/io/github/engram/Engram",
                       "flags", flags | G_APPLICATION_HANDLES_OPEN,
                       NULL);
}

/**
 * engram_application_get_exit_status:
 * @self: the application
 *
 * Returns: what main() should return where g_application_run() gave 0: 1 where a picture was asked for and
 *   could not be made
 */
int
engram_application_get_exit_status (EngramApplication *self)
{
  g_return_val_if_fail (ENGRAM_IS_APPLICATION (self), 1);

  return self->exit_status;
}
