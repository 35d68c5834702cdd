/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "engram-screenshot.h"

#include "engram-frame.h"

#include <glib/gi18n.h>

/* The window with all that it shows, over its own background; NULL where it waits to be drawn anew. */
static GdkTexture *
draw (GtkWindow *window)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (GTK_WIDGET (window));
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  int width = gtk_widget_get_width (GTK_WIDGET (window));
  int height = gtk_widget_get_height (GTK_WIDGET (window));

  gdk_paintable_snapshot (paintable, GDK_SNAPSHOT (snapshot), width, height);
  node = gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
  if (node == NULL)
    return NULL;
  return gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node,
                                      &GRAPHENE_RECT_INIT (0, 0, width, height));
}

/* What the picture waits for: the rows, the details of the first of them, and a frame with both. */

static void
finish (GTask  *task,
        GError *error)
{
  g_signal_handlers_disconnect_by_data (g_task_get_source_object (task), task);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

static gboolean
save (GdkTexture  *texture,
      const char  *path,
      GError     **error)
{
  if (gdk_texture_save_to_png (texture, path))
    return TRUE;
  g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_FAILED, _("The picture “%s” could not be written."), path);
  return FALSE;
}

/**
 * engram_screenshot_save:
 * @window: one that has been drawn
 * @path: (type filename): where the picture goes
 * @error: return location, or %NULL
 *
 * Writes a picture of the window as it is now.
 *
 * Returns: whether it was written, or %FALSE with %ENGRAM_ERROR_FAILED
 */
gboolean
engram_screenshot_save (GtkWindow   *window,
                        const char  *path,
                        GError     **error)
{
  g_autoptr (GdkTexture) texture = draw (window);

  if (texture != NULL)
    return save (texture, path, error);
  g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_FAILED, _("The picture “%s” could not be written."), path);
  return FALSE;
}

static void
drawn_cb (GtkWidget *window,
          gpointer   user_data)
{
  GTask *task = user_data;
  const char *path = g_task_get_task_data (task);
  g_autoptr (GdkTexture) texture = draw (GTK_WINDOW (window));
  GError *error = NULL;

  if (texture == NULL)
    {
      engram_frame_await (window, drawn_cb, task);
      return;
    }
  save (texture, path, &error);
  finish (task, error);
}

static void
details_loading_cb (EngramDetailsPane *details,
                    GParamSpec        *pspec,
                    GTask             *task)
{
  if (engram_details_pane_get_neuron (details) == NULL || engram_details_pane_get_loading (details))
    return;

  g_signal_handlers_disconnect_by_data (details, task);
  engram_frame_await (g_task_get_source_object (task), drawn_cb, task);
}

static void
first_rows_cb (EngramWindow *window,
               GTask        *task)
{
  EngramNetworkPage *page = engram_window_get_page (window);
  EngramRecordModel *model = engram_record_list_get_model (engram_network_page_get_list (page, ENGRAM_RECORD_NEURON));
  g_autoptr (EngramRecordRow) row = g_list_model_get_item (G_LIST_MODEL (model), 0);

  if (row == NULL || engram_record_row_get_neuron (row) == NULL)
    {
      engram_frame_await (GTK_WIDGET (window), drawn_cb, task);
      return;
    }
  g_signal_connect_object (engram_network_page_get_details (page), "notify::loading",
                           G_CALLBACK (details_loading_cb), task, 0);
  engram_network_page_select (page, engram_record_row_get_neuron (row)->id);
}

static void
state_cb (EngramWindow *window,
          GParamSpec   *pspec,
          GTask        *task)
{
  const char *path = engram_window_get_path (window);
  g_autofree char *name = path != NULL ? g_filename_display_name (path) : g_strdup (_("Sample network"));

  if (engram_window_get_state (window) == ENGRAM_WINDOW_REFUSED)
    finish (task, g_error_new (ENGRAM_ERROR, ENGRAM_ERROR_FAILED,
                               "%s: %s", name, engram_window_get_problem (window)));
}

static void
closed_cb (EngramWindow *window,
           GTask        *task)
{
  finish (task, g_error_new_literal (ENGRAM_ERROR, ENGRAM_ERROR_FAILED,
                                     _("The window was closed before its picture was taken.")));
}

/**
 * engram_screenshot_async:
 * @window: a window that opens a network
 * @path: where the picture goes
 * @callback: called in the main thread
 * @user_data: for @callback
 *
 * Waits until the network is shown, chooses its first neuron, and writes a picture of the window when its
 * details are drawn.
 */
void
engram_screenshot_async (EngramWindow        *window,
                         const char          *path,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  GTask *task = g_task_new (window, NULL, callback, user_data);

  g_task_set_source_tag (task, engram_screenshot_async);
  g_task_set_task_data (task, g_strdup (path), g_free);
  /* Whatever moves would be caught halfway. */
  g_object_set (gtk_widget_get_settings (GTK_WIDGET (window)), "gtk-enable-animations", FALSE, NULL);
  g_signal_connect (window, "notify::state", G_CALLBACK (state_cb), task);
  g_signal_connect (window, "first-rows", G_CALLBACK (first_rows_cb), task);
  /* Not "destroy", which comes with the last reference, and the task holds one. */
  g_signal_connect (window, "unrealize", G_CALLBACK (closed_cb), task);
  if (engram_window_get_state (window) == ENGRAM_WINDOW_REFUSED)
    state_cb (window, NULL, task);
}

/**
 * engram_screenshot_finish:
 * @result: what the callback was given
 * @error: return location for an error of %ENGRAM_ERROR
 *
 * Returns: whether the picture was written
 */
gboolean
engram_screenshot_finish (GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, engram_screenshot_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
