/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "outside-audit.h"

#define LOOKS_BETWEEN_CHECKS 5

/* Whether one of those around it is of that role and, unless @name is NULL, has that name. */
static gboolean
is_within (AtspiAccessible *accessible,
           AtspiRole        role,
           const char      *name)
{
  AtspiAccessible *around = atspi_accessible_get_parent (accessible, NULL);
  gboolean found = FALSE;

  while (around != NULL && !found)
    {
      AtspiAccessible *next = atspi_accessible_get_parent (around, NULL);
      g_autofree char *its_name = atspi_accessible_get_name (around, NULL);

      found = atspi_accessible_get_role (around, NULL) == role && (name == NULL || g_strcmp0 (its_name, name) == 0);
      g_object_unref (around);
      around = next;
    }
  g_clear_object (&around);
  return found;
}

static gboolean
is_type (const char *name)
{
  return name == NULL || *name == '\0' || g_str_has_prefix (name, "Gtk") || g_str_has_prefix (name, "Adw") ||
         g_str_has_prefix (name, "Engram");
}

/* What a button or a row shows is said by its name. */
static gboolean
is_in_named_control (AtspiAccessible *accessible)
{
  g_autoptr (GObject) around = G_OBJECT (atspi_accessible_get_parent (accessible, NULL));
  AtspiRole role = around != NULL ? atspi_accessible_get_role (ATSPI_ACCESSIBLE (around), NULL) : ATSPI_ROLE_INVALID;
  g_autofree char *name = around != NULL ? atspi_accessible_get_name (ATSPI_ACCESSIBLE (around), NULL) : NULL;

  return (role == ATSPI_ROLE_PUSH_BUTTON || role == ATSPI_ROLE_TOGGLE_BUTTON || role == ATSPI_ROLE_LIST_ITEM) &&
         !is_type (name);
}

/* The pictures beside a text that says the same: of a tab, and of a field or a control that they stand in; and what a
 * row to choose in shows of what is chosen. */
static gboolean
is_decoration (AtspiAccessible *accessible)
{
  AtspiRole role = atspi_accessible_get_role (accessible, NULL);

  if (role == ATSPI_ROLE_IMAGE &&
      (is_within (accessible, ATSPI_ROLE_PAGE_TAB, NULL) || is_within (accessible, ATSPI_ROLE_ENTRY, NULL) ||
       is_within (accessible, ATSPI_ROLE_TEXT, NULL) || is_in_named_control (accessible)))
    return TRUE;
  return (role == ATSPI_ROLE_IMAGE || role == ATSPI_ROLE_LIST || role == ATSPI_ROLE_LIST_ITEM) &&
         is_within (accessible, ATSPI_ROLE_COMBO_BOX, NULL);
}

/* libadwaita has a search and a choice of pages in each window of preferences, which are hidden where there is one
 * page, and GTK 4.8 does not tell that they are. */
static gboolean
is_hidden (AtspiAccessible *accessible,
           const char      *name)
{
  return is_within (accessible, ATSPI_ROLE_FRAME, "Preferences") &&
         (g_strcmp0 (name, "GtkLabel") == 0 || g_strcmp0 (name, "GtkSearchEntry") == 0 ||
          g_strcmp0 (name, "GtkListBox") == 0);
}

/* Where to look for it: those around it that have a name. */
static void
append_place (GString         *nameless,
              AtspiAccessible *accessible)
{
  g_autoptr (GObject) around = G_OBJECT (atspi_accessible_get_parent (accessible, NULL));
  g_autofree char *name = around != NULL ? atspi_accessible_get_name (ATSPI_ACCESSIBLE (around), NULL) : NULL;

  if (around == NULL)
    return;
  if (name != NULL && *name != '\0')
    g_string_append_printf (nameless, " in “%s”", name);
  append_place (nameless, ATSPI_ACCESSIBLE (around));
}

static gboolean
note_nameless (AtspiAccessible *accessible,
               gconstpointer    data)
{
  GString *nameless = (GString *) data;
  g_autofree char *name = atspi_accessible_get_name (accessible, NULL);

  switch (atspi_accessible_get_role (accessible, NULL))
    {
    case ATSPI_ROLE_PUSH_BUTTON:
    case ATSPI_ROLE_PUSH_BUTTON_MENU:
    case ATSPI_ROLE_MENU_ITEM:
    case ATSPI_ROLE_CHECK_MENU_ITEM:
    case ATSPI_ROLE_RADIO_MENU_ITEM:
    case ATSPI_ROLE_LINK:
    case ATSPI_ROLE_PASSWORD_TEXT:
    case ATSPI_ROLE_TABLE:
    case ATSPI_ROLE_TREE:
    case ATSPI_ROLE_LEVEL_BAR:
    case ATSPI_ROLE_TOGGLE_BUTTON:
    case ATSPI_ROLE_CHECK_BOX:
    case ATSPI_ROLE_RADIO_BUTTON:
    case ATSPI_ROLE_ENTRY:
    case ATSPI_ROLE_TEXT:
    case ATSPI_ROLE_COMBO_BOX:
    case ATSPI_ROLE_SPIN_BUTTON:
    case ATSPI_ROLE_SLIDER:
    case ATSPI_ROLE_PAGE_TAB:
    case ATSPI_ROLE_PROGRESS_BAR:
    case ATSPI_ROLE_LIST:
    case ATSPI_ROLE_LIST_ITEM:
    case ATSPI_ROLE_TABLE_ROW:
    case ATSPI_ROLE_IMAGE:
      break;
    default:
      return FALSE;
    }
  /* GTK 4.8 names what has no name after its type. */
  if (is_type (name))
    {
      g_autofree char *role = atspi_accessible_get_role_name (accessible, NULL);

      if (is_decoration (accessible) || is_hidden (accessible, name))
        return FALSE;
      g_string_append_printf (nameless, "%s “%s”", role, name);
      append_place (nameless, accessible);
      g_string_append_c (nameless, '\n');
    }
  return FALSE;
}

char *
outside_dup_nameless (Outside *program)
{
  GString *nameless = g_string_new (NULL);

  outside_visit (program, note_nameless, nameless);
  return g_string_free (nameless, FALSE);
}

void
outside_audit (Outside    *program,
               const char *state)
{
  g_autofree char *nameless = outside_dup_nameless (program);

  if (*nameless != '\0')
    g_error ("Without a name, %s:\n%s", state, nameless);
}

void
outside_audit_meanwhile (Outside *program)
{
  static guint n_looks;
  g_autofree char *before = NULL;
  g_autofree char *now = NULL;

  if (++n_looks % LOOKS_BETWEEN_CHECKS != 0)
    return;
  before = outside_dup_nameless (program);
  now = outside_dup_nameless (program);
  if (*now != '\0' && g_str_equal (before, now))
    g_error ("Without a name, while something is waited for:\n%s", now);
}
