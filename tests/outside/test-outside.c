/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "outside-support.h"
#include "test-support.h"

#define NEURON_1 "00000001-0000-4000-8000-000000000000"
#define NEURON_2 "00000002-0000-4000-8000-000000000000"

static void
wait_for_synapse (Outside    *program,
                  const char *name)
{
  AtspiAccessible *row = outside_wait_name (program, ATSPI_ROLE_LIST_ITEM, name);

  g_object_unref (row);
}

static void
wait_for_row (Outside    *program,
              const char *name)
{
  AtspiAccessible *row = outside_wait_name (program, ATSPI_ROLE_TABLE_ROW, name);

  g_object_unref (row);
}

/* Opens a network, reads its list and a neuron, follows a synapse, comes back and closes, as one who sees nothing
 * would. */
static void
test_walk (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_version_1 (folder, "ein Netz.db");
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  AtspiAccessible *back;
  Outside program;

  before = test_hash_file (path);
  outside_start (&program, path);
  wait_for_row (&program, "The axon carries the spike");
  wait_for_row (&program, "rate(n: int)");

  outside_select_neuron (&program, NEURON_1);
  wait_for_synapse (&program, "To Glia are not neurons");
  outside_select_neuron (&program, NEURON_2);
  wait_for_synapse (&program, "From The axon carries");
  back = outside_wait_name (&program, ATSPI_ROLE_PUSH_BUTTON, "Back");
  outside_click (back);
  wait_for_synapse (&program, "To Glia are not neurons");

  g_object_unref (back);
  outside_close (&program);
  after = test_hash_file (path);
  g_assert_cmpstr (after, ==, before);
}

static gboolean
note_nameless (AtspiAccessible *accessible,
               const char      *name,
               gconstpointer    data)
{
  GString *nameless = (GString *) data;

  switch (atspi_accessible_get_role (accessible, NULL))
    {
    case ATSPI_ROLE_PUSH_BUTTON:
    case ATSPI_ROLE_TOGGLE_BUTTON:
    case ATSPI_ROLE_CHECK_BOX:
    case ATSPI_ROLE_ENTRY:
    case ATSPI_ROLE_TEXT:
    case ATSPI_ROLE_COMBO_BOX:
    case ATSPI_ROLE_SPIN_BUTTON:
    case ATSPI_ROLE_LIST:
    case ATSPI_ROLE_IMAGE:
      break;
    default:
      return FALSE;
    }
  /* GTK 4.8 names what has no name after its type. */
  if (*name == '\0' || g_str_has_prefix (name, "Gtk") || g_str_has_prefix (name, "Adw") ||
      g_str_has_prefix (name, "Engram"))
    {
      g_autofree char *role = atspi_accessible_get_role_name (accessible, NULL);

      g_string_append_printf (nameless, "%s “%s”\n", role, name);
    }
  return FALSE;
}

static void
test_names (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_version_1 (folder, "a.db");
  g_autoptr (GString) nameless = g_string_new (NULL);
  Outside program;

  outside_start (&program, path);
  wait_for_row (&program, "The axon carries the spike");
  outside_select_neuron (&program, NEURON_1);
  wait_for_synapse (&program, "To Glia are not neurons");
  outside_visit (&program, note_nameless, nameless);
  g_assert_cmpstr (nameless->str, ==, "");
  outside_close (&program);
}

int
main (int    argc,
      char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  /* The bus library warns of what GTK 4.8 has no answer to. */
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL);
  atspi_init ();
  g_test_add_func ("/outside/walk", test_walk);
  g_test_add_func ("/outside/names", test_names);
  result = g_test_run ();
  atspi_exit ();
  return result;
}
