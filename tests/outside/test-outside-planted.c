/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "outside-audit.h"
#include "test-support.h"

/* Controls without a name are found out: proven on a window that has them. */

/* So many are shown by nameless-controls.c. */
#define N_PLANTED 10

static void
test_planted (void)
{
  g_autoptr (TestFolder) home = test_folder_new ();
  g_autofree char *nameless = NULL;
  g_auto (GStrv) lines = NULL;
  Outside program;

  outside_start_program (&program, g_getenv ("ENGRAM_NAMELESS_CONTROLS"), home, NULL);
  outside_wait_for (&program, ATSPI_ROLE_ENTRY, "Named");
  nameless = outside_dup_nameless (&program);
  lines = g_strsplit (nameless, "\n", -1);
  /* The last one is empty. */
  g_assert_cmpuint (g_strv_length (lines), >, N_PLANTED);
  g_assert_null (strstr (nameless, "“Named”"));
  outside_close (&program);
}

int
main (int   argc,
      char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);
  outside_init ();
  g_test_add_func ("/outside-planted/planted", test_planted);
  result = g_test_run ();
  atspi_exit ();
  return result;
}
