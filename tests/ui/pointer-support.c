/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pointer-support.h"

#include <dlfcn.h>
#include <gdk/x11/gdkx.h>

typedef int (*MoveFunc) (Display       *display,
                         int            screen,
                         int            x,
                         int            y,
                         unsigned long  delay);
typedef int (*PressFunc) (Display       *display,
                          unsigned int   button,
                          int            pressed,
                          unsigned long  delay);

/* The library comes with at-spi2-core, its header with nothing that is needed otherwise. */
static void *
load_function (const char *name)
{
  static void *library;
  void *function;

  if (library == NULL)
    library = dlopen ("libXtst.so.6", RTLD_NOW);
  if (library == NULL)
    g_error ("Moving the pointer: %s", dlerror ());
  function = dlsym (library, name);
  g_assert_nonnull (function);
  return function;
}

/* Where a point of a widget is on the X server's screen, its window being above all others. */
static void
find_place (GtkWidget *widget,
            double     widget_x,
            double     widget_y,
            int       *x,
            int       *y)
{
  GtkNative *native = gtk_widget_get_native (widget);
  GdkSurface *surface = gtk_native_get_surface (native);
  Display *display = gdk_x11_display_get_xdisplay (gtk_widget_get_display (widget));
  double native_x, native_y, surface_x, surface_y;
  Window other;

  g_assert_true (gtk_widget_translate_coordinates (widget, GTK_WIDGET (native), widget_x, widget_y, &native_x,
                                                   &native_y));
  gtk_native_get_surface_transform (native, &surface_x, &surface_y);
  XRaiseWindow (display, gdk_x11_surface_get_xid (surface));
  XTranslateCoordinates (display, gdk_x11_surface_get_xid (surface), DefaultRootWindow (display),
                         (int) (native_x + surface_x), (int) (native_y + surface_y), x, y, &other);
}

void
pointer_click (GtkWidget *widget,
               double     x,
               guint      button)
{
  MoveFunc move = (MoveFunc) load_function ("XTestFakeMotionEvent");
  PressFunc press = (PressFunc) load_function ("XTestFakeButtonEvent");
  Display *display = gdk_x11_display_get_xdisplay (gtk_widget_get_display (widget));
  int screen_x, screen_y;

  find_place (widget, x < 0 ? gtk_widget_get_width (widget) / 2.0 : x, gtk_widget_get_height (widget) / 2.0, &screen_x,
              &screen_y);
  move (display, -1, screen_x, screen_y, 0);
  press (display, button, True, 0);
  press (display, button, False, 0);
  XSync (display, False);
}

typedef int (*KeyFunc) (Display       *display,
                        unsigned int   keycode,
                        int            pressed,
                        unsigned long  delay);

static void
hold_key (Display *display,
          guint    key,
          gboolean down)
{
  KeyFunc press = (KeyFunc) load_function ("XTestFakeKeyEvent");

  if (key != 0)
    press (display, XKeysymToKeycode (display, key), down, 0);
}

void
pointer_move (GtkWidget *widget,
              double     x,
              double     y)
{
  MoveFunc move = (MoveFunc) load_function ("XTestFakeMotionEvent");
  Display *display = gdk_x11_display_get_xdisplay (gtk_widget_get_display (widget));
  int screen_x, screen_y;

  find_place (widget, x, y, &screen_x, &screen_y);
  move (display, -1, screen_x, screen_y, 0);
  XSync (display, False);
}

void
pointer_press (GtkWidget *widget,
               guint      button,
               gboolean   down)
{
  PressFunc press = (PressFunc) load_function ("XTestFakeButtonEvent");
  Display *display = gdk_x11_display_get_xdisplay (gtk_widget_get_display (widget));

  press (display, button, down, 0);
  XSync (display, False);
}

void
pointer_type (GtkWidget *widget,
              guint      key)
{
  Display *display = gdk_x11_display_get_xdisplay (gtk_widget_get_display (widget));

  hold_key (display, key, TRUE);
  hold_key (display, key, FALSE);
  XSync (display, False);
}

void
pointer_drag (GtkWidget *widget,
              double     x,
              double     y,
              double     to_x,
              double     to_y,
              guint      button,
              guint      held_key)
{
  const int n_steps = 8;
  PressFunc press = (PressFunc) load_function ("XTestFakeButtonEvent");
  Display *display = gdk_x11_display_get_xdisplay (gtk_widget_get_display (widget));

  pointer_move (widget, x, y);
  hold_key (display, held_key, TRUE);
  press (display, button, True, 0);
  for (int i = 1; i <= n_steps; i++)
    pointer_move (widget, x + (to_x - x) * i / n_steps, y + (to_y - y) * i / n_steps);
  press (display, button, False, 0);
  hold_key (display, held_key, FALSE);
  XSync (display, False);
}

void
pointer_click_at (GtkWidget *widget,
                  double     x,
                  double     y,
                  guint      button,
                  guint      held_key)
{
  PressFunc press = (PressFunc) load_function ("XTestFakeButtonEvent");
  Display *display = gdk_x11_display_get_xdisplay (gtk_widget_get_display (widget));

  g_assert_true (gtk_widget_contains (widget, x, y));
  pointer_move (widget, x, y);
  hold_key (display, held_key, TRUE);
  press (display, button, True, 0);
  press (display, button, False, 0);
  hold_key (display, held_key, FALSE);
  XSync (display, False);
}
