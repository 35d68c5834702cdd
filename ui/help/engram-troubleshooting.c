/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "help/engram-troubleshooting.h"

#include <adwaita.h>
#include <engram.h>
#include <epoxy/gl.h>
#include <glib/gstdio.h>
#include <gtksourceview/gtksource.h>
#include <locale.h>
#include <sys/utsname.h>

#include "graph/engram-graph-process.h"

/* So deep are folders looked through. */
#define MAX_DEPTH 4

/* What changes how the program is drawn or found. */
static const char * const variables[] = {
  "GDK_BACKEND", "GDK_DEBUG", "GDK_SCALE", "GSK_RENDERER", "GTK_A11Y", "GTK_THEME", "LIBGL_ALWAYS_SOFTWARE",
  "ENGRAM_GRAPH_PROGRAM",
};

static const char *
say (gboolean value)
{
  return value ? "yes" : "no";
}

G_GNUC_PRINTF (3, 4) static void
add (GString    *text,
     const char *name,
     const char *format,
     ...)
{
  va_list arguments;

  g_string_append_printf (text, "%s: ", name);
  va_start (arguments, format);
  g_string_append_vprintf (text, format, arguments);
  va_end (arguments);
  g_string_append_c (text, '\n');
}

/* Programs */

static void
add_versions (GString *text)
{
  const char *sqlite = engram_sqlite_get_version ();

  add (text, "Engram", "%s (%s)", ENGRAM_VERSION, ENGRAM_APPLICATION_ID_TEXT);
  add (text, "GTK", "%u.%u.%u", gtk_get_major_version (), gtk_get_minor_version (), gtk_get_micro_version ());
  add (text, "libadwaita", "%u.%u.%u", adw_get_major_version (), adw_get_minor_version (), adw_get_micro_version ());
  add (text, "GLib", "%u.%u.%u", glib_major_version, glib_minor_version, glib_micro_version);
  add (text, "GtkSourceView", "%u.%u.%u", gtk_source_get_major_version (), gtk_source_get_minor_version (),
       gtk_source_get_micro_version ());
  add (text, "SQLite", "%s", sqlite);
  add (text, "SQLite WAL-reset fault", "%s",
       engram_sqlite_has_wal_reset_fault (sqlite) ? "present (fixed in 3.51.3, 3.50.7, 3.44.6)" : "fixed");
}

/* The library is that of another program, which is asked. */
static void
add_igraph (GString *text)
{
  g_autofree char *program = engram_graph_process_find_program ();
  const char *arguments[] = { program, "--version", NULL };
  g_autofree char *output = NULL;
  g_autoptr (GError) error = NULL;

  if (g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &output, NULL, NULL,
                    &error) &&
      g_str_has_prefix (output, "igraph "))
    add (text, "igraph", "%s", g_strstrip (output + strlen ("igraph ")));
  else
    add (text, "igraph", "none (%s)", error != NULL ? error->message : "the helper program does not answer");
}

/* The computer */

static void
add_system (GString *text)
{
  g_autofree char *name = g_get_os_info (G_OS_INFO_KEY_PRETTY_NAME);
  struct utsname machine = { 0 };

  if (uname (&machine) < 0)
    add (text, "System", "%s", name != NULL ? name : "unknown");
  else
    add (text, "System", "%s, %s %s, %s", name != NULL ? name : "unknown", machine.sysname, machine.release,
         machine.machine);
}

static void
add_sandbox (GString *text)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *runtime = NULL;

  if (!g_key_file_load_from_file (file, "/.flatpak-info", G_KEY_FILE_NONE, NULL))
    {
      add (text, "Flatpak", "no");
      return;
    }
  runtime = g_key_file_get_string (file, "Application", "runtime", NULL);
  add (text, "Flatpak", "yes (%s)", runtime != NULL ? runtime : "unknown runtime");
}

static void
add_language (GString *text)
{
  const char *messages = setlocale (LC_MESSAGES, NULL);
  const char *numbers = setlocale (LC_NUMERIC, NULL);
  g_autofree char *languages = g_strjoinv (" ", (char **) g_get_language_names ());

  add (text, "Locale", "%s (numbers %s; languages %s)", messages != NULL ? messages : "unknown",
       numbers != NULL ? numbers : "unknown", languages);
}

static void
add_variables (GString *text)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (variables); i++)
    {
      const char *value = g_getenv (variables[i]);

      /* A path may say who it is. */
      if (value != NULL)
        g_string_append_printf (list, "%s%s=%s", list->len > 0 ? " " : "", variables[i],
                                strchr (value, '/') != NULL ? "…" : value);
    }
  add (text, "Environment", "%s", list->len > 0 ? list->str : "nothing special");
}

/* The display */

static void
add_gl_of (GString      *text,
           GdkGLContext *context)
{
  int major, minor;

  gdk_gl_context_make_current (context);
  gdk_gl_context_get_version (context, &major, &minor);
  add (text, "OpenGL", "%s%d.%d; vendor %s; renderer %s; version %s", gdk_gl_context_get_use_es (context) ? "ES " : "",
       major, minor, (const char *) glGetString (GL_VENDOR), (const char *) glGetString (GL_RENDERER),
       (const char *) glGetString (GL_VERSION));
  gdk_gl_context_clear_current ();
}

static void
add_gl (GString    *text,
        GdkDisplay *display)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkGLContext) context = gdk_display_create_gl_context (display, &error);

  if (context != NULL && gdk_gl_context_realize (context, &error))
    add_gl_of (text, context);
  else
    add (text, "OpenGL", "none (%s)", error->message);
}

static const char *
get_renderer (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);
      GskRenderer *renderer = gtk_widget_get_realized (window) ? gtk_native_get_renderer (GTK_NATIVE (window)) : NULL;

      if (renderer != NULL)
        return G_OBJECT_TYPE_NAME (renderer);
    }
  return "none yet";
}

static void
add_monitors (GString    *text,
              GdkDisplay *display)
{
  GListModel *monitors = gdk_display_get_monitors (display);

  for (guint i = 0; i < g_list_model_get_n_items (monitors); i++)
    {
      g_autoptr (GdkMonitor) monitor = g_list_model_get_item (monitors, i);
      GdkRectangle area;

      gdk_monitor_get_geometry (monitor, &area);
      add (text, "Monitor", "%d × %d, scale %d", area.width, area.height, gdk_monitor_get_scale_factor (monitor));
    }
}

static void
add_display (GString    *text,
             GdkDisplay *display)
{
  AdwStyleManager *style;

  if (display == NULL)
    {
      add (text, "Display", "none");
      return;
    }
  style = adw_style_manager_get_for_display (display);
  add (text, "Display", "%s, drawn by %s", G_OBJECT_TYPE_NAME (display), get_renderer ());
  add_monitors (text, display);
  add_gl (text, display);
  add (text, "Style", "dark %s, high contrast %s, right to left %s", say (adw_style_manager_get_dark (style)),
       say (adw_style_manager_get_high_contrast (style)),
       say (gtk_widget_get_default_direction () == GTK_TEXT_DIR_RTL));
}

/* Folders */

typedef struct {
  guint64 bytes;
  guint   files;
} Size;

static void
measure (const char   *path,
         guint         depth,
         Size         *size,
         GCancellable *cancellable)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && !g_cancellable_is_cancelled (cancellable) && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);
      GStatBuf status;

      if (g_lstat (child, &status) < 0)
        continue;
      if (S_ISDIR (status.st_mode) && depth < MAX_DEPTH)
        measure (child, depth + 1, size, cancellable);
      else if (S_ISREG (status.st_mode))
        {
          size->bytes += (guint64) status.st_blocks * 512;
          size->files++;
        }
    }
}

static void
add_folder (GString      *text,
            const char   *title,
            const char   *parent,
            const char   *name,
            GCancellable *cancellable)
{
  g_autofree char *path = g_build_filename (parent, "engram", name, NULL);
  Size size = { 0 };

  measure (path, 0, &size, cancellable);
  add (text, title, "%u files, %.1f MiB", size.files, (double) size.bytes / (1 << 20));
}

static void
add_folders (GString      *text,
             GCancellable *cancellable)
{
  add_folder (text, "Text indexes", g_get_user_cache_dir (), "text-index", cancellable);
  add_folder (text, "Cache", g_get_user_cache_dir (), NULL, cancellable);
  add_folder (text, "History", g_get_user_state_dir (), "history", cancellable);
  add_folder (text, "Networks without a name", g_get_user_state_dir (), "untitled", cancellable);
}

/* All of it */

static void
complete (GTask        *task,
          gpointer      source_object,
          gpointer      task_data,
          GCancellable *cancellable)
{
  GString *text = task_data;

  add_igraph (text);
  add_system (text);
  add_sandbox (text);
  add_folders (text, cancellable);
  g_task_return_pointer (task, g_strdup (text->str), g_free);
}

static void
free_text (gpointer data)
{
  g_string_free (data, TRUE);
}

void
engram_troubleshooting_describe_async (GdkDisplay          *display,
                                       GCancellable        *cancellable,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  GString *text = g_string_new (NULL);

  g_return_if_fail (display == NULL || GDK_IS_DISPLAY (display));

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, engram_troubleshooting_describe_async);
  add_versions (text);
  add_language (text);
  add_variables (text);
  add_display (text, display);
  g_task_set_task_data (task, text, free_text);
  g_task_run_in_thread (task, complete);
}

char *
engram_troubleshooting_describe_finish (GAsyncResult  *result,
                                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
