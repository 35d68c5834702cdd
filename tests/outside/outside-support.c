/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "outside-support.h"

#include <string.h>

#define LOOK_INTERVAL_MS 50

/* More children than any list on screen has: rows beyond are not looked at. */
#define MAX_CHILDREN 60

static gboolean
wake_up (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/* Lets the bus do its work for a moment; a program that has ended has failed. */
static void
let_pass (Outside *self)
{
  guint source = g_timeout_add (LOOK_INTERVAL_MS, wake_up, NULL);

  g_main_context_iteration (NULL, TRUE);
  g_source_remove (source);
  g_assert_nonnull (g_subprocess_get_identifier (self->process));
  atspi_accessible_clear_cache (atspi_get_desktop (0));
}

static AtspiAccessible *
find_application (void)
{
  AtspiAccessible *desktop = atspi_get_desktop (0);
  int count = atspi_accessible_get_child_count (desktop, NULL);

  for (int i = 0; i < count; i++)
    {
      AtspiAccessible *child = atspi_accessible_get_child_at_index (desktop, i, NULL);
      g_autofree char *name = child != NULL ? atspi_accessible_get_name (child, NULL) : NULL;

      if (g_strcmp0 (name, "engram") == 0)
        return child;
      g_clear_object (&child);
    }
  return NULL;
}

void
outside_start (Outside    *self,
               const char *path)
{
  g_autoptr (GError) error = NULL;

  self->process = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, g_getenv ("ENGRAM_PROGRAM"), path, NULL);
  g_assert_no_error (error);
  while ((self->application = find_application ()) == NULL)
    let_pass (self);
}

static AtspiAccessible *
get_frame (Outside *self)
{
  AtspiAccessible *frame;

  while ((frame = atspi_accessible_get_child_at_index (self->application, 0, NULL)) == NULL)
    let_pass (self);
  return frame;
}

void
outside_close (Outside *self)
{
  g_autoptr (GObject) frame = G_OBJECT (get_frame (self));
  g_autoptr (GError) error = NULL;
  AtspiAccessible *window = ATSPI_ACCESSIBLE (frame);
  int count = atspi_action_get_n_actions (ATSPI_ACTION (window), NULL);

  for (int i = 0; i < count; i++)
    {
      g_autofree char *name = atspi_action_get_action_name (ATSPI_ACTION (window), i, NULL);

      if (g_strcmp0 (name, "window.close") == 0)
        atspi_action_do_action (ATSPI_ACTION (window), i, NULL);
    }
  g_subprocess_wait (self->process, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (self->process));
  g_clear_object (&self->application);
  g_clear_object (&self->process);
}

static AtspiAccessible *
find (AtspiAccessible *accessible,
      OutsideMatch     match,
      gconstpointer    data)
{
  g_autofree char *name = atspi_accessible_get_name (accessible, NULL);
  int count = MIN (atspi_accessible_get_child_count (accessible, NULL), MAX_CHILDREN);

  if (match (accessible, name != NULL ? name : "", data))
    return g_object_ref (accessible);
  for (int i = 0; i < count; i++)
    {
      AtspiAccessible *child = atspi_accessible_get_child_at_index (accessible, i, NULL);
      AtspiAccessible *found = child != NULL ? find (child, match, data) : NULL;

      g_clear_object (&child);
      if (found != NULL)
        return found;
    }
  return NULL;
}

AtspiAccessible *
outside_wait_for (Outside       *self,
                  OutsideMatch   match,
                  gconstpointer  data)
{
  AtspiAccessible *found = NULL;

  while (found == NULL)
    {
      AtspiAccessible *frame = get_frame (self);

      found = find (frame, match, data);
      g_object_unref (frame);
      if (found == NULL)
        let_pass (self);
    }
  return found;
}

typedef struct {
  AtspiRole   role;
  const char *part;
} Wanted;

static gboolean
match_wanted (AtspiAccessible *accessible,
              const char      *name,
              gconstpointer    data)
{
  const Wanted *wanted = data;

  return strstr (name, wanted->part) != NULL && atspi_accessible_get_role (accessible, NULL) == wanted->role;
}

AtspiAccessible *
outside_wait_name (Outside    *self,
                   AtspiRole   role,
                   const char *part)
{
  Wanted wanted = { role, part };

  return outside_wait_for (self, match_wanted, &wanted);
}

void
outside_visit (Outside       *self,
               OutsideMatch   visit,
               gconstpointer  data)
{
  AtspiAccessible *frame = get_frame (self);
  AtspiAccessible *found = find (frame, visit, data);

  g_clear_object (&found);
  g_object_unref (frame);
}

void
outside_select_neuron (Outside    *self,
                       const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  g_autoptr (GVariant) answer = NULL;
  GVariantBuilder parameters;

  g_assert_no_error (error);
  g_variant_builder_init (&parameters, G_VARIANT_TYPE ("av"));
  g_variant_builder_add (&parameters, "v", g_variant_new_string (id));
  answer = g_dbus_connection_call_sync (bus, "io.github.engram.Engram", "/io/github/engram/Engram/window/1",
                                        "org.gtk.Actions", "Activate",
                                        g_variant_new ("(sava{sv})", "select", &parameters, NULL), NULL,
                                        G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
}

void
outside_click (AtspiAccessible *accessible)
{
  g_assert_cmpint (atspi_action_get_n_actions (ATSPI_ACTION (accessible), NULL), >, 0);
  g_assert_true (atspi_action_do_action (ATSPI_ACTION (accessible), 0, NULL));
}
