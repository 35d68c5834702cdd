/* SPDX-License-Identifier: GPL-3.0-or-later */
/* engram-screenshots FOLDER: the pictures of README and of software catalogues, made by the program itself from the
 * sample network: FOLDER/neurons.png, graph.png, space.png, prune.png and check.png. Not installed. */
#include "config.h"

#include "engram-application.h"
#include "engram-locale.h"
#include "engram-screenshot.h"

/* Until everything has come to rest, also where OpenGL is software. */
#define SECONDS_TO_SETTLE 6

/* Shot:
 * @name: of the picture, without its ending
 * @action: of the window, that leads to what is shown
 * @target: of the action, or %NULL */
typedef struct {
  const char *name;
  const char *action;
  const char *target;
} Shot;

static const Shot shots[] = {
  { "neurons", "view", "neurons" },
  { "graph", "view", "graph" },
  { "space", "view", "space" },
  { "prune", "prune", NULL },
  { "check", "check", NULL },
};

typedef struct {
  GtkApplication *application;
  const char     *folder;
  gsize           next;
  gboolean        failed;
} Shooting;

/* A dialog over the window, or the window. */
static GtkWindow *
find_foremost (Shooting *self)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (gtk_window_get_transient_for (window) != NULL && gtk_widget_get_mapped (GTK_WIDGET (window)))
        return window;
    }
  return gtk_application_get_active_window (self->application);
}

static void
take (Shooting   *self,
      const char *name)
{
  g_autofree char *file = g_strconcat (name, ".png", NULL);
  g_autofree char *path = g_build_filename (self->folder, file, NULL);
  GtkWindow *window = find_foremost (self);
  g_autoptr (GError) error = NULL;

  if (!engram_screenshot_save (window, path, &error))
    {
      g_printerr ("engram-screenshots: %s\n", error->message);
      self->failed = TRUE;
    }
  if (gtk_window_get_transient_for (window) != NULL)
    gtk_window_close (window);
}

static gboolean
next_cb (gpointer user_data)
{
  Shooting *self = user_data;
  GtkWindow *window = gtk_application_get_active_window (self->application);
  const Shot *shot;

  if (self->next > 0)
    take (self, shots[self->next - 1].name);
  if (self->next == G_N_ELEMENTS (shots))
    {
      gtk_window_destroy (window);
      g_application_quit (G_APPLICATION (self->application));
      return G_SOURCE_REMOVE;
    }
  shot = &shots[self->next++];
  g_action_group_activate_action (G_ACTION_GROUP (window), shot->action,
                                  shot->target != NULL ? g_variant_new_string (shot->target) : NULL);
  return G_SOURCE_CONTINUE;
}

/* Whatever moves would be caught halfway. */
static void
window_added_cb (Shooting  *self,
                 GtkWindow *window)
{
  g_signal_handlers_disconnect_by_data (self->application, self);
  g_object_set (gtk_widget_get_settings (GTK_WIDGET (window)), "gtk-enable-animations", FALSE, NULL);
  g_timeout_add_seconds (SECONDS_TO_SETTLE, next_cb, self);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (EngramApplication) application = NULL;
  char *arguments[] = { argv[0], (char *) "--sample", NULL };
  Shooting self = { NULL };
  int status;

  if (argc != 2)
    {
      g_printerr ("engram-screenshots FOLDER\n");
      return 2;
    }
  engram_locale_set_up ();
  application = engram_application_new (G_APPLICATION_NON_UNIQUE);
  self.application = GTK_APPLICATION (application);
  self.folder = argv[1];
  g_signal_connect_swapped (application, "window-added", G_CALLBACK (window_added_cb), &self);
  status = g_application_run (G_APPLICATION (application), 2, arguments);
  return status != 0 ? status : self.failed;
}
