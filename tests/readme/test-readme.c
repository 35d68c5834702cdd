/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "test-support.h"

static char *
run_example (const char *path,
             int        *status)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) example = NULL;
  g_autofree char *output = NULL;

  example = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE, &error,
                              g_getenv ("ENGRAM_README_EXAMPLE"), path, NULL);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (example, NULL, NULL, &output, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (example));
  *status = g_subprocess_get_exit_status (example);
  return g_steal_pointer (&output);
}

static void
test_example (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "example.db", NULL);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  int status;

  first = run_example (path, &status);
  g_assert_cmpint (status, ==, 0);
  g_assert_true (g_str_has_suffix (first, "\nAn axon carries spikes away from the cell body.\n"));

  second = run_example (path, &status);
  g_assert_cmpint (status, ==, 1);
  g_assert_nonnull (strstr (second, "exists already"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/readme/example", test_example);
  return g_test_run ();
}
