/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desktop-support.h"

#define NAME "org.freedesktop.Notifications"
#define PATH "/org/freedesktop/Notifications"

static const char interface_xml[] =
  "<node><interface name='org.freedesktop.Notifications'>"
  "<method name='Notify'><arg type='s' direction='in'/><arg type='u' direction='in'/><arg type='s' direction='in'/>"
  "<arg type='s' direction='in'/><arg type='s' direction='in'/><arg type='as' direction='in'/>"
  "<arg type='a{sv}' direction='in'/><arg type='i' direction='in'/><arg type='u' direction='out'/></method>"
  "<method name='CloseNotification'><arg type='u' direction='in'/></method>"
  "<method name='GetCapabilities'><arg type='as' direction='out'/></method>"
  "<signal name='ActionInvoked'><arg type='u'/><arg type='s'/></signal>"
  "<signal name='NotificationClosed'><arg type='u'/><arg type='u'/></signal>"
  "</interface></node>";

static TestDesktop desktop;

static void
called_cb (GDBusConnection       *connection,
           const char            *sender,
           const char            *path,
           const char            *interface,
           const char            *method,
           GVariant              *parameters,
           GDBusMethodInvocation *invocation,
           gpointer               user_data)
{
  if (g_str_equal (method, "Notify"))
    {
      g_free (desktop.title);
      g_free (desktop.body);
      g_variant_get_child (parameters, 3, "s", &desktop.title);
      g_variant_get_child (parameters, 4, "s", &desktop.body);
      g_dbus_method_invocation_return_value (invocation, g_variant_new ("(u)", ++desktop.n_shown));
    }
  else if (g_str_equal (method, "GetCapabilities"))
    g_dbus_method_invocation_return_value (invocation, g_variant_new ("(as)", NULL));
  else
    {
      desktop.n_closed++;
      g_dbus_method_invocation_return_value (invocation, NULL);
    }
}

static void
name_acquired_cb (GDBusConnection *connection,
                  const char      *name,
                  gpointer         user_data)
{
  desktop.is_there = TRUE;
}

static void
start (void)
{
  static const GDBusInterfaceVTable methods = { .method_call = called_cb };
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (interface_xml, &error);

  g_assert_no_error (error);
  g_dbus_connection_register_object (desktop.bus, PATH, node->interfaces[0], &methods, NULL, NULL, &error);
  g_assert_no_error (error);
  g_bus_own_name_on_connection (desktop.bus, NAME, G_BUS_NAME_OWNER_FLAGS_NONE, name_acquired_cb, NULL, NULL, NULL);
  while (!desktop.is_there)
    g_main_context_iteration (NULL, TRUE);
}

TestDesktop *
test_desktop (void)
{
  if (desktop.bus == NULL)
    {
      g_setenv ("GNOTIFICATION_BACKEND", "freedesktop", TRUE);
      desktop.bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
      if (desktop.bus == NULL)
        return NULL;
      start ();
    }
  return &desktop;
}

void
test_desktop_click (guint id)
{
  g_autoptr (GError) error = NULL;

  g_dbus_connection_emit_signal (desktop.bus, NULL, PATH, NAME, "ActionInvoked",
                                 g_variant_new ("(us)", id, "default"), &error);
  g_assert_no_error (error);
}
