/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "engram-frame.h"

typedef struct {
  GtkWidget       *widget;
  EngramFrameFunc  func;
  gpointer         user_data;
} Wait;

static void
wait_free (gpointer  data,
           GClosure *closure)
{
  g_free (data);
}

static void
after_paint_cb (GdkFrameClock *clock,
                Wait          *wait)
{
  Wait copy = *wait;

  g_signal_handlers_disconnect_by_data (clock, wait);
  copy.func (copy.widget, copy.user_data);
}

/**
 * engram_frame_await:
 * @widget: a widget of a window that is shown
 * @func: called once, unless @widget goes before
 * @user_data: for @func
 *
 * Calls @func when the next frame has been drawn: what @widget has been told to show until now can be seen
 * then.
 */
void
engram_frame_await (GtkWidget       *widget,
                    EngramFrameFunc  func,
                    gpointer         user_data)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (widget);
  Wait *wait;
  GClosure *closure;

  if (clock == NULL)
    return;

  wait = g_new0 (Wait, 1);
  wait->widget = widget;
  wait->func = func;
  wait->user_data = user_data;
  closure = g_cclosure_new (G_CALLBACK (after_paint_cb), wait, wait_free);
  g_object_watch_closure (G_OBJECT (widget), closure);
  g_signal_connect_closure (clock, "after-paint", closure, FALSE);
  gdk_frame_clock_request_phase (clock, GDK_FRAME_CLOCK_PHASE_PAINT);
}
