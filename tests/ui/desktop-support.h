/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A desktop of the test's own session bus, as far as it shows notifications. Without one GLib would warn. */
typedef struct {
  GDBusConnection *bus;
  gboolean         is_there;
  guint            n_shown;
  guint            n_closed;
  char            *title; /* of the latest one */
  char            *body;
} TestDesktop;

/* Started at first use, before the application sends anything; NULL where there is no session bus. */
TestDesktop *test_desktop       (void);
/* As somebody who clicks on a notification; the first one is 1. */
void         test_desktop_click (guint id);

G_END_DECLS
