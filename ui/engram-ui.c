/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "engram-ui.h"

#include <adwaita.h>

#include "common/engram-renderer.h"

#define RESOURCE_PATH "/io/github/engram/Engram/ui/"

static void
follow_darkness (AdwStyleManager *manager,
                 GParamSpec      *pspec,
                 gpointer         user_data)
{
  GdkDisplay *display = adw_style_manager_get_display (manager);
  GtkStyleProvider *dark_style = user_data;

  if (adw_style_manager_get_dark (manager))
    gtk_style_context_add_provider_for_display (display, dark_style, GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  else
    gtk_style_context_remove_provider_for_display (display, dark_style);
}

static void
add_style (GdkDisplay *display)
{
  AdwStyleManager *manager = adw_style_manager_get_for_display (display);
  g_autoptr (GtkCssProvider) style = gtk_css_provider_new ();
  g_autoptr (GtkCssProvider) dark_style = gtk_css_provider_new ();

  gtk_css_provider_load_from_resource (style, RESOURCE_PATH "engram-ui.css");
  gtk_css_provider_load_from_resource (dark_style, RESOURCE_PATH "engram-ui-dark.css");
  gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (style),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  g_signal_connect (manager, "notify::dark", G_CALLBACK (follow_darkness), dark_style);
  g_object_set_data_full (G_OBJECT (manager), "engram-dark-style", g_object_ref (dark_style), g_object_unref);
  follow_darkness (manager, NULL, dark_style);
}

/**
 * engram_ui_init:
 *
 * Makes the widgets of this library known to templates, and their style to the display. Once, after
 * gtk_init() or in the application's startup, before any of them is made.
 */
void
engram_ui_init (void)
{
  GdkDisplay *display = gdk_display_get_default ();

  adw_init ();
  g_type_ensure (ENGRAM_TYPE_DETAILS_PANE);
  g_type_ensure (ENGRAM_TYPE_RECORD_LIST);
  g_type_ensure (ENGRAM_TYPE_VECTOR_VIEW);
  if (display == NULL)
    return;
  engram_renderer_choose (display);
  add_style (display);
}
