/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "engram-about.h"

#include <engram.h>
#include <glib/gi18n.h>

#include "help/engram-troubleshooting.h"

#define SQLITE_LICENSE "<a href=\"https://www.sqlite.org/copyright.html\">sqlite.org</a>"

/* Takes the version. */
static void
add_library (AdwAboutWindow *window,
             const char     *name,
             char           *version,
             const char     *copyright,
             GtkLicense      license)
{
  g_autofree char *owned = version;
  g_autofree char *title = g_strjoin (" ", name, version, NULL);

  adw_about_window_add_legal_section (window, title, copyright, license,
                                      license == GTK_LICENSE_CUSTOM ? SQLITE_LICENSE : NULL);
}

static char *
dup_version (guint major,
             guint minor,
             guint micro)
{
  return g_strdup_printf ("%u.%u.%u", major, minor, micro);
}

/* With the versions that are in use, where the libraries tell them. */
static void
add_libraries (AdwAboutWindow *window)
{
  add_library (window, "SQLite", g_strdup (engram_sqlite_get_version ()), NULL, GTK_LICENSE_CUSTOM);
  add_library (window, "GLib", dup_version (glib_major_version, glib_minor_version, glib_micro_version),
               "© 1995–2025 The GLib contributors", GTK_LICENSE_LGPL_2_1);
  add_library (window, "JSON-GLib", NULL, "© 2007–2025 Emmanuele Bassi and others", GTK_LICENSE_LGPL_2_1);
  add_library (window, "GTK",
               dup_version (gtk_get_major_version (), gtk_get_minor_version (), gtk_get_micro_version ()),
               "© 1997–2025 The GTK team", GTK_LICENSE_LGPL_2_1);
  add_library (window, "libadwaita",
               dup_version (adw_get_major_version (), adw_get_minor_version (), adw_get_micro_version ()),
               "© 2017–2025 Purism SPC and others", GTK_LICENSE_LGPL_2_1);
  add_library (window, "GtkSourceView", NULL, "© 1998–2025 The GtkSourceView contributors", GTK_LICENSE_LGPL_2_1);
  add_library (window, "libepoxy", NULL, "© 2013–2014 Intel Corporation and others", GTK_LICENSE_MIT_X11);
  add_library (window, "igraph", NULL, "© 2003–2025 The igraph development team", GTK_LICENSE_GPL_2_0);
}

static void
described_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autofree char *text = engram_troubleshooting_describe_finish (result, NULL);

  /* Cancelled only where the window is gone. */
  if (text != NULL)
    adw_about_window_set_debug_info (user_data, text);
}

static void
describe (AdwAboutWindow *window)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  g_signal_connect_object (window, "destroy", G_CALLBACK (g_cancellable_cancel), cancellable, G_CONNECT_SWAPPED);
  adw_about_window_set_debug_info_filename (window, "engram-troubleshooting.txt");
  engram_troubleshooting_describe_async (gtk_widget_get_display (GTK_WIDGET (window)), cancellable, described_cb,
                                         window);
}

GtkWindow *
engram_about_present (GtkWindow *parent)
{
  AdwAboutWindow *window = ADW_ABOUT_WINDOW (adw_about_window_new ());

  g_return_val_if_fail (parent == NULL || GTK_IS_WINDOW (parent), NULL);

  g_object_set (window,
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
  add_libraries (window);
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_present (GTK_WINDOW (window));
  describe (window);
  return GTK_WINDOW (window);
}
