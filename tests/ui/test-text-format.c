/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include "common/engram-text-format.h"

static void
assert_rounded (double      number,
                const char *expected)
{
  g_autofree char *text = engram_format_rounded (number);

  g_assert_cmpstr (text, ==, expected);
}

/* To three figures; powers of ten only where zeros would be counted. */
static void
test_rounded (void)
{
  assert_rounded (0, "0");
  assert_rounded (0.12345, "0.123");
  assert_rounded (0.000123, "0.000123");
  assert_rounded (1e-5, "1e-05");
  assert_rounded (999.4, "999");
  assert_rounded (999.6, "1000");
  assert_rounded (-1234, "−1230");
  assert_rounded (16789, "16800");
  assert_rounded (99970, "100000");
  assert_rounded (123456, "123000");
  assert_rounded (1234567, "1.23e+06");
  assert_rounded (INFINITY, "∞");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text-format/rounded", test_rounded);
  return g_test_run ();
}
