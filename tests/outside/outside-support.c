/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "outside-support.h"

#include <signal.h>
#include <string.h>
#include <sys/prctl.h>

#define LOOK_INTERVAL_MS 50
#define ANSWER_MS 1000

/* More children than any list on screen has: rows beyond are not looked at. */
#define MAX_CHILDREN 60

static const char * const folders[] = { "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME" };

static const AtspiRole button_roles[] = { ATSPI_ROLE_PUSH_BUTTON, ATSPI_ROLE_TOGGLE_BUTTON };
static const AtspiRole field_roles[] = { ATSPI_ROLE_ENTRY, ATSPI_ROLE_TEXT };

/* The program */

void
outside_init (void)
{
  /* The bus library warns of what GTK 4.8 has no answer to. */
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL);
  atspi_init ();
  /* What goes while it is asked never answers; the bus library waits 15 seconds for a program that has just started. */
  atspi_set_timeout (ANSWER_MS, ANSWER_MS);
}

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

/* A test that has failed leaves no program behind: it would keep the test's output open, which is waited for. */
static void
end_with_test (gpointer data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
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
               const char *home,
               const char *path)
{
  outside_start_program (self, g_getenv ("ENGRAM_PROGRAM"), home, path);
}

void
outside_start_program (Outside    *self,
                       const char *program,
                       const char *home,
                       const char *path)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *folder = g_build_filename (home, folders[i], NULL);

      g_subprocess_launcher_setenv (launcher, folders[i], folder, TRUE);
    }
  self->while_waiting = NULL;
  g_subprocess_launcher_set_child_setup (launcher, end_with_test, NULL, NULL);
  self->process = g_subprocess_launcher_spawn (launcher, &error, program, path, NULL);
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

static void
do_action (AtspiAccessible *accessible,
           const char      *wanted)
{
  int count = atspi_action_get_n_actions (ATSPI_ACTION (accessible), NULL);

  for (int i = 0; i < count; i++)
    {
      g_autofree char *name = atspi_action_get_action_name (ATSPI_ACTION (accessible), i, NULL);

      /* Its answer may come too late for the bus. Whoever asks waits for what the action does. */
      if (g_strcmp0 (name, wanted) == 0)
        {
          atspi_action_do_action (ATSPI_ACTION (accessible), i, NULL);
          return;
        }
    }
  g_error ("There is no action %s", wanted);
}

void
outside_close (Outside *self)
{
  AtspiAccessible *frame = get_frame (self);
  g_autoptr (GError) error = NULL;

  do_action (frame, "window.close");
  g_object_unref (frame);
  g_subprocess_wait (self->process, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (self->process));
  g_clear_object (&self->application);
  g_clear_object (&self->process);
}

/* Finding */

static AtspiAccessible *
find (AtspiAccessible *accessible,
      OutsideMatch     match,
      gconstpointer    data)
{
  int count;

  if (match (accessible, data))
    return g_object_ref (accessible);
  count = MIN (atspi_accessible_get_child_count (accessible, NULL), MAX_CHILDREN);
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
outside_find (Outside       *self,
              OutsideMatch   match,
              gconstpointer  data)
{
  AtspiAccessible *found;

  while ((found = find (self->application, match, data)) == NULL)
    {
      if (self->while_waiting != NULL)
        self->while_waiting (self);
      let_pass (self);
    }
  return found;
}

void
outside_visit (Outside       *self,
               OutsideMatch   visit,
               gconstpointer  data)
{
  AtspiAccessible *found;

  atspi_accessible_clear_cache (atspi_get_desktop (0));
  found = find (self->application, visit, data);
  g_clear_object (&found);
}

typedef struct {
  const AtspiRole *roles;
  gsize            n_roles;
  const char      *words;
  const char      *text;   /* what it holds, or NULL for anything */
  gboolean         usable; /* whether it must be there to be used */
  gboolean         acts;   /* whether it must do something by itself: a menu button leaves that to the one within it */
  const char      *within; /* the name of one of those around it, or NULL for anywhere */
} Wanted;

/* Whole words: GTK 4.8 puts a mnemonic before the name, and the buttons tell more than what they are called. */
static gboolean
holds_words (const char *name,
             const char *words)
{
  gsize length = strlen (words);

  for (const char *place = strstr (name, words); place != NULL; place = strstr (place + 1, words))
    if ((place == name || !g_ascii_isalnum (place[-1])) && !g_ascii_isalnum (place[length]))
      return TRUE;
  return FALSE;
}

static gboolean
has_role (AtspiAccessible *accessible,
          const Wanted    *wanted)
{
  AtspiRole role = atspi_accessible_get_role (accessible, NULL);

  for (gsize i = 0; i < wanted->n_roles; i++)
    if (role == wanted->roles[i])
      return TRUE;
  return FALSE;
}

static gboolean
holds_text (AtspiAccessible *accessible,
            const char      *text)
{
  int length = atspi_text_get_character_count (ATSPI_TEXT (accessible), NULL);
  g_autofree char *held = atspi_text_get_text (ATSPI_TEXT (accessible), 0, length, NULL);

  return g_strcmp0 (held, text) == 0;
}

static gboolean
is_usable (AtspiAccessible *accessible)
{
  g_autoptr (GObject) states = G_OBJECT (atspi_accessible_get_state_set (accessible));

  return atspi_state_set_contains (ATSPI_STATE_SET (states), ATSPI_STATE_SENSITIVE);
}

static gboolean
is_within (AtspiAccessible *accessible,
           const char      *name)
{
  g_autoptr (GObject) around = G_OBJECT (atspi_accessible_get_parent (accessible, NULL));
  g_autofree char *its_name = around != NULL ? atspi_accessible_get_name (ATSPI_ACCESSIBLE (around), NULL) : NULL;

  return around != NULL && (g_strcmp0 (its_name, name) == 0 || is_within (ATSPI_ACCESSIBLE (around), name));
}

static gboolean
match_wanted (AtspiAccessible *accessible,
              gconstpointer    data)
{
  const Wanted *wanted = data;
  g_autofree char *name = has_role (accessible, wanted) ? atspi_accessible_get_name (accessible, NULL) : NULL;

  return name != NULL && holds_words (name, wanted->words) && (!wanted->usable || is_usable (accessible)) &&
         (!wanted->acts || atspi_action_get_n_actions (ATSPI_ACTION (accessible), NULL) > 0) &&
         (wanted->text == NULL || holds_text (accessible, wanted->text)) &&
         (wanted->within == NULL || is_within (accessible, wanted->within));
}

static AtspiAccessible *
find_field (Outside    *self,
            const char *name,
            const char *text)
{
  Wanted wanted = { field_roles, G_N_ELEMENTS (field_roles), name, text, TRUE };

  return outside_find (self, match_wanted, &wanted);
}

void
outside_wait_for (Outside    *self,
                  AtspiRole   role,
                  const char *words)
{
  Wanted wanted = { &role, 1, words };
  g_autoptr (GObject) found = G_OBJECT (outside_find (self, match_wanted, &wanted));

  g_assert_nonnull (found);
}

void
outside_wait_for_text (Outside    *self,
                       const char *name,
                       const char *text)
{
  g_autoptr (GObject) field = G_OBJECT (find_field (self, name, text));

  g_assert_nonnull (field);
}

static gboolean
is_window (AtspiAccessible *accessible,
           gconstpointer    name)
{
  AtspiRole role = atspi_accessible_get_role (accessible, NULL);
  g_autofree char *its_name = atspi_accessible_get_name (accessible, NULL);

  return (role == ATSPI_ROLE_FRAME || role == ATSPI_ROLE_DIALOG) && g_strcmp0 (its_name, name) == 0;
}

void
outside_close_window (Outside    *self,
                      const char *name)
{
  AtspiAccessible *window = outside_find (self, is_window, name);

  do_action (window, "window.close");
  while (window != NULL)
    {
      g_object_unref (window);
      let_pass (self);
      window = find (self->application, is_window, name);
    }
}

/* Using */

static void
click (Outside      *self,
       const Wanted *wanted)
{
  g_autoptr (GObject) found = G_OBJECT (outside_find (self, match_wanted, wanted));
  AtspiAction *action = ATSPI_ACTION (found);

  g_assert_cmpint (atspi_action_get_n_actions (action, NULL), >, 0);
  g_assert_true (atspi_action_do_action (action, 0, NULL));
}

void
outside_click (Outside    *self,
               const char *words)
{
  Wanted wanted = { button_roles, G_N_ELEMENTS (button_roles), words, NULL, TRUE, TRUE };

  click (self, &wanted);
}

void
outside_click_within (Outside    *self,
                      const char *within,
                      const char *words)
{
  Wanted wanted = { button_roles, G_N_ELEMENTS (button_roles), words, NULL, TRUE, TRUE, within };

  click (self, &wanted);
}

void
outside_turn_to (Outside    *self,
                 const char *page)
{
  AtspiRole role = ATSPI_ROLE_PAGE_TAB;
  Wanted wanted = { &role, 1, page };

  click (self, &wanted);
}

void
outside_type (Outside    *self,
              const char *field,
              const char *text)
{
  g_autoptr (GObject) found = G_OBJECT (find_field (self, field, NULL));

  g_assert_true (atspi_editable_text_set_text_contents (ATSPI_EDITABLE_TEXT (found), text, NULL));
}

void
outside_open_menu (Outside *self,
                   int      x,
                   int      y)
{
  g_autoptr (GError) error = NULL;

  atspi_generate_mouse_event (x, y, "b3c", &error);
  g_assert_no_error (error);
}

void
outside_choose_row (Outside    *self,
                    const char *list,
                    int         position)
{
  AtspiRole role = ATSPI_ROLE_LIST;
  Wanted wanted = { &role, 1, list };
  g_autoptr (GObject) found = G_OBJECT (outside_find (self, match_wanted, &wanted));

  g_assert_true (atspi_selection_select_child (ATSPI_SELECTION (found), position, NULL));
}

void
outside_activate (Outside    *self,
                  const char *action,
                  const char *parameter)
{
  gboolean of_window = g_str_has_prefix (action, "win.");
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  g_autoptr (GVariant) answer = NULL;
  GVariantBuilder parameters;

  g_assert_no_error (error);
  g_variant_builder_init (&parameters, G_VARIANT_TYPE ("av"));
  if (parameter != NULL)
    g_variant_builder_add (&parameters, "v", g_variant_new_string (parameter));
  answer = g_dbus_connection_call_sync (bus, "io.github.engram.Engram",
                                        of_window ? "/io/github/engram/Engram/window/1" : "/io/github/engram/Engram",
                                        "org.gtk.Actions", "Activate",
                                        g_variant_new ("(sava{sv})", action + strlen ("app."), &parameters, NULL), NULL,
                                        G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
}

void
outside_open (Outside    *self,
              const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  g_autoptr (GVariant) answer = NULL;
  g_autofree char *address = g_filename_to_uri (path, NULL, NULL);
  const char *addresses[] = { address, NULL };

  g_assert_no_error (error);
  answer = g_dbus_connection_call_sync (bus, "io.github.engram.Engram", "/io/github/engram/Engram",
                                        "org.freedesktop.Application", "Open",
                                        g_variant_new ("(^asa{sv})", addresses, NULL), NULL, G_DBUS_CALL_FLAGS_NONE,
                                        -1, NULL, &error);
  g_assert_no_error (error);
}
