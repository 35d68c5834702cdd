/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "test-support.h"

#include <float.h>
#include <gio/gio.h>
#include <math.h>
#include <string.h>

#define N_RANDOM_DOUBLES 200000
#define N_PLAIN_DOUBLES 50000 /* of ordinary size */
#define N_RANDOM_FLOATS 50000 /* of either kind */

static const struct {
  double      number;
  const char *text;
} forms[] = {
  { 0.0, "0.0" },
  { -0.0, "-0.0" },
  { 1.0, "1.0" },
  { -1.0, "-1.0" },
  { 0.1, "0.1" },
  { 0.1f, "0.10000000149011612" },
  { 0.5, "0.5" },
  { 100.0, "100.0" },
  { 123456.789, "123456.789" },
  { 0.001, "0.001" },
  { 0.0001, "0.0001" },
  { 0.00012345, "0.00012345" },
  { 0.00001, "1e-05" },
  { 0.0000123, "1.23e-05" },
  { 1e-7, "1e-07" },
  { 1e-10, "1e-10" },
  { 1e15, "1000000000000000.0" },
  { 1234567890123456.0, "1234567890123456.0" },
  { 123456789012345.6, "123456789012345.6" },
  { 9999999999999998.0, "9999999999999998.0" },
  { 1e16, "1e+16" },
  { 12345678901234567890.0, "1.2345678901234567e+19" },
  { 9007199254740993.0, "9007199254740992.0" },
  { 1e22, "1e+22" },
  { 1e23, "1e+23" },
  { 1e100, "1e+100" },
  { -1.5e-300, "-1.5e-300" },
  { DBL_MAX, "1.7976931348623157e+308" },
  { DBL_MIN, "2.2250738585072014e-308" },
  { 5e-324, "5e-324" },
  { 2.0 / 3.0, "0.6666666666666666" },
  { 0.1 + 0.2, "0.30000000000000004" },
};

static void
test_format (void)
{
  char text[ENGRAM_NUMBER_LENGTH];

  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_assert_cmpuint (engram_number_format (forms[i].number, text), ==, strlen (forms[i].text));
      g_assert_cmpstr (text, ==, forms[i].text);
    }
}

static void
test_format_not_finite (void)
{
  char text[ENGRAM_NUMBER_LENGTH] = "before";

  g_assert_cmpuint (engram_number_format (NAN, text), ==, 0);
  g_assert_cmpstr (text, ==, "");
  g_assert_cmpuint (engram_number_format (INFINITY, text), ==, 0);
  g_assert_cmpuint (engram_number_format (-INFINITY, text), ==, 0);
}

static gboolean
same_bits (double first,
           double second)
{
  return memcmp (&first, &second, sizeof first) == 0;
}

static void
assert_parses (const char *text,
               double      expected)
{
  double number = 42;

  g_assert_true (engram_number_parse (text, strlen (text), &number));
  g_assert_true (same_bits (number, expected));
}

static void
test_parse (void)
{
  g_autofree char *long_number = g_strnfill (2000, '7');
  g_autofree char *long_fraction = g_strconcat ("0.", long_number, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    assert_parses (forms[i].text, forms[i].number);
  assert_parses ("0", 0.0);
  assert_parses ("-0", -0.0);
  assert_parses ("1", 1.0);
  assert_parses ("1E5", 1e5);
  assert_parses ("1e+5", 1e5);
  assert_parses ("1.50e-0003", 0.0015);
  assert_parses ("12345678901234567890", 12345678901234567890.0);
  assert_parses ("9007199254740993", 9007199254740992.0);
  assert_parses ("2.4703282292062327208e-324", 0.0);
  assert_parses ("2.4703282292062327209e-324", 5e-324);
  assert_parses ("1e-400", 0.0);
  assert_parses ("-1e-400", -0.0);
  assert_parses ("0e999999999999999999999", 0.0);
  assert_parses ("1e-999999999999999999999", 0.0);
  assert_parses ("1.7976931348623158e308", DBL_MAX);
  assert_parses (long_fraction, 7.0 / 9.0);
}

static void
test_parse_bytes_only (void)
{
  double number;

  g_assert_true (engram_number_parse ("12345", 2, &number));
  g_assert_cmpfloat (number, ==, 12);
  g_assert_true (engram_number_parse ("1.5,", 3, &number));
  g_assert_cmpfloat (number, ==, 1.5);
  g_assert_false (engram_number_parse ("1.5,", 4, &number));
  g_assert_false (engram_number_parse ("1\0", 2, &number));
}

static void
test_parse_refused (void)
{
  static const char *const refused[] = {
    "", "-", "+1", "01", "00", "-01", ".5", "5.", "-.5", "1.e5", "1e", "1e+", "1e-", "e5", "1..2", "1,5",
    "0x10", "1f", " 1", "1 ", "1 2", "--1", "nan", "NaN", "inf", "Infinity", "-Infinity", "1_000", "1e5.0",
    "1e400", "-1e400", "1.7976931348623159e308", "1e999999999999999999999", "\xd9\xa1",
  };
  double number;

  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    if (engram_number_parse (refused[i], strlen (refused[i]), &number))
      g_error ("“%s” was read as %g", refused[i], number);
}

/* Beside Python */

static void
add_neighbours (GArray *numbers,
                double  number)
{
  const double around[] = { nextafter (number, -INFINITY), number, nextafter (number, INFINITY), -number };

  g_array_append_vals (numbers, around, G_N_ELEMENTS (around));
}

static GArray *
collect_numbers (void)
{
  GArray *numbers = g_array_new (FALSE, FALSE, sizeof (double));

  for (int exponent = -1074; exponent <= 1023; exponent++)
    add_neighbours (numbers, ldexp (1.0, exponent));
  for (int exponent = -323; exponent <= 308; exponent++)
    add_neighbours (numbers, pow (10.0, exponent));
  /* Where the form of writing changes */
  for (int exponent = 1; exponent <= 17; exponent++)
    for (int digit = 1; digit <= 9; digit++)
      {
        add_neighbours (numbers, digit * pow (10.0, exponent));
        add_neighbours (numbers, digit / pow (10.0, exponent));
      }
  for (int i = 0; i < N_RANDOM_DOUBLES; i++)
    {
      guint64 bits = (guint64) (guint32) g_test_rand_int () << 32 | (guint32) g_test_rand_int ();
      double number;

      memcpy (&number, &bits, sizeof number);
      g_array_append_val (numbers, number);
    }
  for (int i = 0; i < N_PLAIN_DOUBLES; i++)
    {
      double number = ldexp (g_test_rand_double_range (-2.0, 2.0), g_test_rand_int_range (-20, 60));

      g_array_append_val (numbers, number);
    }
  for (int i = 0; i < N_RANDOM_FLOATS; i++)
    {
      guint32 bits = (guint32) g_test_rand_int ();
      double number = (float) g_test_rand_double_range (-1.0, 1.0);
      float any;

      g_array_append_val (numbers, number);
      memcpy (&any, &bits, sizeof any);
      number = any;
      g_array_append_val (numbers, number);
    }
  return numbers;
}

static char *
format_with_python (GArray *numbers)
{
  static const char program[] =
    "import struct, sys\n"
    "data = sys.stdin.buffer.read()\n"
    "print('\\n'.join(repr(n) for (n,) in struct.iter_unpack('@d', data)))\n";
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) python = NULL;
  g_autoptr (GBytes) input = NULL;
  g_autoptr (GBytes) output = NULL;

  python = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                             "python3", "-c", program, NULL);
  g_assert_no_error (error);
  input = g_bytes_new_static (numbers->data, numbers->len * sizeof (double));
  g_subprocess_communicate (python, input, NULL, &output, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (python));
  return g_strndup (g_bytes_get_data (output, NULL), g_bytes_get_size (output));
}

static void
test_python (void)
{
  g_autofree char *path = g_find_program_in_path ("python3");
  g_autoptr (GArray) numbers = NULL;
  g_autofree char *output = NULL;
  const char *line;

  if (path == NULL)
    {
      g_test_skip ("python3 is not there to compare with");
      return;
    }

  numbers = collect_numbers ();
  output = format_with_python (numbers);
  line = output;
  for (guint i = 0; i < numbers->len; i++)
    {
      double number = g_array_index (numbers, double, i);
      char *end = strchr (line, '\n');
      const char *expected = line;
      char text[ENGRAM_NUMBER_LENGTH];

      g_assert_nonnull (end);
      *end = '\0';
      line = end + 1;
      if (engram_number_format (number, text) == 0)
        {
          g_assert_false (isfinite (number));
          continue;
        }
      g_assert_cmpstr (text, ==, expected);
      assert_parses (text, number);
    }
  g_assert_cmpstr (line, ==, "");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/number/format", test_format);
  g_test_add_func ("/number/format-not-finite", test_format_not_finite);
  g_test_add_func ("/number/parse", test_parse);
  g_test_add_func ("/number/parse-bytes-only", test_parse_bytes_only);
  g_test_add_func ("/number/parse-refused", test_parse_refused);
  g_test_add_func ("/number/python", test_python);

  return g_test_run ();
}
