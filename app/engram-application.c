/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "engram-application.h"

#include "engram-app-resources.h"
#include "engram-data-resources.h"
#include "engram-open-dialog.h"
#include "engram-preferences.h"
#include "engram-screenshot.h"
#include "engram-timing.h"
#include "engram-ui.h"
#include "engram-window.h"

#include <glib-unix.h>
#include <glib/gi18n.h>

#define SHORTCUTS_RESOURCE "/io/github/engram/Engram/app/shortcuts-window.ui"

struct _EngramApplication {
  AdwApplication        parent_instance;

  GtkFileChooserNative *dialog; /* while it is shown, or NULL */
  guint                 signal_sources[2];

  /* What the command line said */
  gboolean              wants_sample;
  char                 *screenshot; /* absolute path, or NULL */
  gboolean              launched;   /* it has been seen to: what comes from now on is asked later */
  int                   exit_status;
};

G_DEFINE_FINAL_TYPE (EngramApplication, engram_application, ADW_TYPE_APPLICATION)

/* On the clock of engram_timing_since_start(): 0 for what the command line asks. */
static double
get_time_of_asking (EngramApplication *self)
{
  return self->launched ? engram_timing_since_start () : 0.0;
}

/* Windows */

static EngramWindow *
find_window (EngramApplication *self,
             const char        *path)
{
  for (GList *item = gtk_application_get_windows (GTK_APPLICATION (self)); item != NULL; item = item->next)
    {
      if (ENGRAM_IS_WINDOW (item->data) && g_strcmp0 (engram_window_get_path (item->data), path) == 0)
        return item->data;
    }
  return NULL;
}

static gboolean
is_free (EngramWindow *window)
{
  EngramWindowState state = engram_window_get_state (window);

  return state == ENGRAM_WINDOW_WELCOME || state == ENGRAM_WINDOW_REFUSED;
}

/* A window without a network, the one in use first, or a new one. */
static EngramWindow *
get_free_window (EngramApplication *self)
{
  for (GList *item = gtk_application_get_windows (GTK_APPLICATION (self)); item != NULL; item = item->next)
    {
      if (ENGRAM_IS_WINDOW (item->data) && is_free (item->data))
        return item->data;
    }
  return engram_window_new (self);
}

static void
screenshot_taken_cb (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr (EngramApplication) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!engram_screenshot_finish (result, &error))
    {
      g_printerr ("engram: %s\n", error->message);
      self->exit_status = 1;
    }
  g_action_group_activate_action (G_ACTION_GROUP (self), "quit", NULL);
  g_application_release (G_APPLICATION (self));
}

static void
present (EngramApplication *self,
         EngramWindow      *window)
{
  gtk_window_present (GTK_WINDOW (window));
  if (self->screenshot == NULL)
    return;

  g_application_hold (G_APPLICATION (self));
  engram_screenshot_async (window, self->screenshot, screenshot_taken_cb, g_object_ref (self));
  g_clear_pointer (&self->screenshot, g_free);
}

static void
open_untitled (EngramApplication     *self,
               EngramUntitledContent  content)
{
  EngramWindow *window = get_free_window (self);

  engram_window_open_untitled (window, content, get_time_of_asking (self));
  present (self, window);
}

static void
open_path (EngramApplication *self,
           const char        *path,
           double             asked_at)
{
  EngramWindow *window = find_window (self, path);

  if (window == NULL)
    window = get_free_window (self);
  if (is_free (window) || engram_network_page_is_gone (engram_window_get_page (window)))
    engram_window_open (window, path, asked_at);
  present (self, window);
}

static void
refuse_file (EngramApplication *self,
             GFile             *file)
{
  EngramWindow *window = get_free_window (self);
  g_autofree char *name = g_file_get_parse_name (file);
  g_autoptr (GError) error = g_error_new_literal (ENGRAM_ERROR, ENGRAM_ERROR_READ_ONLY,
                                                  _("It does not lie in a folder of this computer."));

  engram_window_refuse (window, name, error);
  present (self, window);
}

/* Files that are to be opened */

typedef struct {
  GPtrArray *files;
  GPtrArray *paths; /* the real path of each, so that a file has one name only; NULL where it has none */
  double     asked_at;
} Request;

static void
request_free (Request *request)
{
  g_ptr_array_unref (request->files);
  g_ptr_array_unref (request->paths);
  g_free (request);
}

static void
find_real_paths (GTask        *task,
                 gpointer      source_object,
                 gpointer      task_data,
                 GCancellable *cancellable)
{
  Request *request = task_data;

  for (guint i = 0; i < request->files->len; i++)
    {
      g_autofree char *path = g_file_get_path (request->files->pdata[i]);
      char *real_path = path != NULL ? realpath (path, NULL) : NULL;

      if (real_path == NULL && path != NULL)
        real_path = g_canonicalize_filename (path, NULL);
      g_ptr_array_add (request->paths, real_path);
    }
  g_task_return_boolean (task, TRUE);
}

/* The window with a network that was used last, or one without. */
static void
import_documents (EngramApplication *self,
                  GPtrArray         *paths)
{
  GtkWindow *active = gtk_application_get_active_window (GTK_APPLICATION (self));
  EngramWindow *window = NULL;

  /* A dialog may be in front of it. */
  while (active != NULL && !ENGRAM_IS_WINDOW (active))
    active = gtk_window_get_transient_for (active);
  if (active != NULL && engram_window_get_state (ENGRAM_WINDOW (active)) == ENGRAM_WINDOW_NETWORK)
    window = ENGRAM_WINDOW (active);
  else
    window = get_free_window (self);
  g_ptr_array_add (paths, NULL);
  present (self, window);
  engram_window_import (window, (const char * const *) paths->pdata);
}

static gboolean
is_document (const char *path)
{
  g_autofree char *lower = g_ascii_strdown (path, -1);

  return g_str_has_suffix (lower, ".json");
}

static void
real_paths_found_cb (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  EngramApplication *self = ENGRAM_APPLICATION (source);
  Request *request = g_task_get_task_data (G_TASK (result));
  g_autoptr (GPtrArray) documents = g_ptr_array_new ();

  for (guint i = 0; i < request->files->len; i++)
    {
      char *path = request->paths->pdata[i];

      if (path == NULL)
        refuse_file (self, request->files->pdata[i]);
      else if (is_document (path))
        g_ptr_array_add (documents, path);
      else
        open_path (self, path, request->asked_at);
    }
  if (documents->len > 0)
    import_documents (self, documents);
  g_application_release (G_APPLICATION (self));
}

static void
engram_application_open (GApplication  *application,
                         GFile        **files,
                         int            n_files,
                         const char    *hint)
{
  EngramApplication *self = ENGRAM_APPLICATION (application);
  g_autoptr (GTask) task = g_task_new (self, NULL, real_paths_found_cb, NULL);
  Request *request = g_new0 (Request, 1);

  request->files = g_ptr_array_new_with_free_func (g_object_unref);
  request->paths = g_ptr_array_new_with_free_func (g_free);
  request->asked_at = get_time_of_asking (self);
  for (int i = 0; i < n_files; i++)
    g_ptr_array_add (request->files, g_object_ref (files[i]));
  self->launched = TRUE;

  g_application_hold (application);
  g_task_set_source_tag (task, engram_application_open);
  g_task_set_task_data (task, request, (GDestroyNotify) request_free);
  g_task_run_in_thread (task, find_real_paths);
}

static void
engram_application_activate (GApplication *application)
{
  EngramApplication *self = ENGRAM_APPLICATION (application);
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  if (self->wants_sample)
    open_untitled (self, ENGRAM_UNTITLED_SAMPLE);
  else if (window != NULL)
    gtk_window_present (window);
  else
    present (self, engram_window_new (self));
  self->wants_sample = FALSE;
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
  open_untitled (user_data, ENGRAM_UNTITLED_SAMPLE);
}

static void
new_cb (GSimpleAction *action,
        GVariant      *parameter,
        gpointer       user_data)
{
  open_untitled (user_data, ENGRAM_UNTITLED_EMPTY);
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
about_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  adw_show_about_window (gtk_application_get_active_window (user_data),
                         "application-name", _("Engram"),
                         "application-icon", ENGRAM_APPLICATION_ID_TEXT,
                         "version", ENGRAM_VERSION,
                         "developer-name", _("The Engram contributors"),
                         "comments", _("Opens networks of neurons and shows what is in them: knowledge, tools "
                                       "and memories, each with a vector and a place in space, joined by "
                                       "weighted synapses."),
                         "license-type", GTK_LICENSE_GPL_3_0,
                         /* Translators: the names of those who translated, each on a line of its own. */
                         "translator-credits", _("translator-credits"),
                         NULL);
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
  { "sample", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, NULL, N_("Open a copy of the sample network"), NULL },
  { "screenshot", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, NULL,
    N_("Write a picture of the window with the network (the sample where none is given) and quit"),
    N_("FILE.png") },
  { "version", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, NULL, N_("Print the version and quit"), NULL },
  { NULL }
};

/* Where the program runs already, the sample is opened there. Returns the exit status, or -1 to go on. */
static int
ask_for_sample (EngramApplication *self)
{
  g_autoptr (GError) error = NULL;

  if (!g_application_register (G_APPLICATION (self), NULL, &error))
    {
      g_printerr ("engram: %s\n", error->message);
      return 1;
    }
  if (g_application_get_is_remote (G_APPLICATION (self)))
    {
      g_action_group_activate_action (G_ACTION_GROUP (self), "sample", NULL);
      return 0;
    }
  self->wants_sample = TRUE;
  return -1;
}

static int
engram_application_handle_local_options (GApplication *application,
                                         GVariantDict *dictionary)
{
  EngramApplication *self = ENGRAM_APPLICATION (application);
  g_autofree char *screenshot = NULL;
  gboolean sample = FALSE;

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
      self->wants_sample = TRUE;
    }
  else if (g_variant_dict_lookup (dictionary, "sample", "b", &sample) && sample)
    {
      return ask_for_sample (self);
    }
  return -1;
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
  application_class->startup = engram_application_startup;
  application_class->activate = engram_application_activate;
  application_class->open = engram_application_open;
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
