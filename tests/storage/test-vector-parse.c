/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "documents/engram-vector-parse-private.h"
#include "json/engram-json-canonical-private.h"
#include "json/engram-number.h"
#include "test-support.h"

#define N_RANDOM 100000

typedef struct {
  GArray   *numbers;
  GString  *canonical;
  gboolean  has_integers;
  gssize    length; /* of what was read, or -1 */
} Vector;

static Vector *
parse (const char *list,
       gsize       length)
{
  Vector *vector = g_new0 (Vector, 1);
  const char *end;

  vector->numbers = g_array_new (FALSE, FALSE, sizeof (float));
  vector->canonical = g_string_new ("before ");
  g_assert_cmpint (*list, ==, '[');
  end = engram_vector_parse (list + 1, list + length, vector->numbers, vector->canonical, &vector->has_integers);
  vector->length = end != NULL ? end - list : -1;
  return vector;
}

static void
vector_free (Vector *vector)
{
  g_array_unref (vector->numbers);
  g_string_free (vector->canonical, TRUE);
  g_free (vector);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Vector, vector_free)

/* One number, with and without room behind it, against the number reader and the canonical writer. */
static void
check_number (const char *text)
{
  g_autofree char *tight = g_strdup_printf ("[%s]", text);
  g_autofree char *wide = g_strdup_printf ("[%s]%60s", text, "");
  const char *const lists[] = { tight, wide };
  g_autoptr (GString) expected = g_string_new ("before ");
  double number;

  g_assert_true (engram_number_parse (text, strlen (text), &number));
  engram_json_append_canonical (expected, tight, strlen (tight));
  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_autoptr (Vector) vector = parse (lists[i], strlen (lists[i]));
      float value;

      if (!isfinite ((float) number))
        {
          g_assert_cmpint (vector->length, ==, -1);
          continue;
        }
      g_assert_cmpint (vector->length, ==, strlen (tight));
      g_assert_cmpuint (vector->numbers->len, ==, 1);
      value = g_array_index (vector->numbers, float, 0);
      g_assert_true (value == (float) number && !signbit (value) == !signbit (number));
      g_assert_cmpstr (vector->canonical->str, ==, expected->str);
      g_assert_cmpint (vector->has_integers, ==, strpbrk (text, ".eE") == NULL);
    }
}

static const char *const odd_numbers[] = {
  "0", "-0", "1", "-12", "16777217", "123456789012345678901234567890", "0.0", "-0.0", "0.10", "1.0", "1.50", "10.0",
  "0.0001", "0.00010", "0.00009999", "0.000099", "1e5", "1E-5", "1.5e+3", "-1.25e-07", "0.1000000000000000055511151231257827",
  "1234567.8901234567", "12345678.123456789", "123456789.123456789", "9007199254740993.0", "9007199254740992.5",
  "4503599627370497.5", "4503599627370496.5", "0.3", "0.30000000000000004", "0.299999999999999989", "5e-324", "1e-400",
  "2.2250738585072014e-308", "3.4028234663852886e+38", "3.4028236e38", "1e39", "-1e308", "0.00000000000000000000001",
  "1.00000000000000000000000000001", "99999999999999990.0", "0.99999999999999999", "0.9999999999999999", "9.999999999999998",
  "0.12345678", "0.1234567812345678", "0.123456781234567", "0.12345678123456781", "0.123456781234567812", "8.5", "17179869184.25",
};

static void
test_odd_numbers (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (odd_numbers); i++)
    check_number (odd_numbers[i]);
}

/* Powers of two and their neighbours, where the double that is nearest is told by little. */
static void
test_edges (void)
{
  for (int exponent = -20; exponent < 56; exponent++)
    for (int step = -2; step <= 2; step++)
      {
        double number = ldexp (1, exponent);
        char text[ENGRAM_NUMBER_LENGTH];

        for (int i = 0; i < abs (step); i++)
          number = nextafter (number, step < 0 ? 0 : INFINITY);
        engram_number_format (number, text);
        check_number (text);
        for (int digits = 14; digits < 20; digits++)
          {
            g_autofree char *printed = g_strdup_printf ("%.*g", digits, number);

            check_number (printed);
          }
      }
}

static void
check_random_number (GRand *random,
                     guint  kind)
{
  guint64 bits = (guint64) g_rand_int (random) << 32 | g_rand_int (random);
  double number = g_rand_double_range (random, -1, 1) * pow (10, g_rand_int_range (random, -5, 9));
  char text[128];
  guint32 word = (guint32) bits;
  float value;

  switch (kind)
    {
    case 0: /* any float32, as Python writes it */
      memcpy (&value, &word, sizeof value);
      if (!isfinite (value))
        return;
      engram_number_format (value, text);
      break;
    case 1:
      engram_number_format ((float) number, text);
      break;
    case 2: /* any double */
      engram_number_format (number, text);
      break;
    case 3: /* digits too many, or too few */
      g_snprintf (text, sizeof text, "%.*g", (int) (bits % 8) + 12, number);
      break;
    case 4: /* whatever stands between two doubles */
      g_snprintf (text, sizeof text, "%.*Lg", (int) (bits % 4) + 16, ((long double) number + nextafter (number, 9)) / 2);
      break;
    case 5: /* one digit is another */
      engram_number_format ((float) number, text);
      if (strchr (text, 'e') == NULL)
        text[strlen (text) - 1] = (char) ('0' + bits % 10);
      break;
    default: /* just digits */
      g_snprintf (text, sizeof text, "%d.%0*" G_GUINT64_FORMAT, (int) (bits % 30), (int) (bits / 30 % 22) + 1,
                  bits >> g_rand_int_range (random, 0, 60));
      break;
    }
  check_number (text);
}

static void
test_random_numbers (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (g_test_rand_int ());

  for (guint i = 0; i < N_RANDOM; i++)
    check_random_number (random, i % 7);
}

static void
test_lists (void)
{
  static const struct {
    const char *list;
    const char *canonical;
    guint       length;
  } lists[] = {
    { "[]", "[]", 0 },
    { "[ \t\r\n ]", "[]", 0 },
    { "[1.5,-2.5]", "[1.5, -2.5]", 2 },
    { "[\n        1.5,\n        -2.5,\n        3.0\n      ]", "[1.5, -2.5, 3.0]", 3 },
    { "[ 1.5 , 2 ,3e0 ]", "[1.5, 2, 3.0]", 3 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_autofree char *text = g_strconcat (lists[i].list, ", \"next\": 1", NULL);
      g_autofree char *expected = g_strconcat ("before ", lists[i].canonical, NULL);
      g_autoptr (Vector) vector = parse (text, strlen (text));

      g_assert_cmpint (vector->length, ==, strlen (lists[i].list));
      g_assert_cmpuint (vector->numbers->len, ==, lists[i].length);
      g_assert_cmpstr (vector->canonical->str, ==, expected);
    }
}

/* A long one, and each of its beginnings, which is no list. */
static void
test_cut_short (void)
{
  g_autoptr (GString) list = g_string_new ("[");
  g_autoptr (Vector) whole = NULL;

  for (guint i = 0; i < 300; i++)
    g_string_append_printf (list, "%s%.17g", i > 0 ? ", " : "", (float) i / 7);
  g_string_append_c (list, ']');
  whole = parse (list->str, list->len);
  g_assert_cmpint (whole->length, ==, list->len);
  g_assert_cmpuint (whole->numbers->len, ==, 300);
  for (gsize length = 1; length < list->len; length++)
    {
      /* Memory of its own, so that reading beyond is seen. */
      g_autofree char *copy = g_memdup2 (list->str, length);
      g_autoptr (Vector) vector = parse (copy, length);

      g_assert_cmpint (vector->length, ==, -1);
    }
}

static void
test_refusals (void)
{
  static const char *const lists[] = {
    "[1.5,]", "[,1.5]", "[1.5 2.5]", "[1.5,,2.5]", "[01.5]", "[.5]", "[5.]", "[-]", "[+1.5]", "[1.5e]", "[1e+]", "[0x1p3]",
    "[NaN]", "[Infinity]", "[-Infinity]", "[null]", "[\"1.5\"]", "[[1.5]]", "[1.5}", "[1.5", "[1.5.5]", "[1-5]", "[1_5]",
    "[1.5\v]", "[1.5/**/]", "[1e39]", "[-1e999]",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_autofree char *text = g_strdup_printf ("%s%50s", lists[i], "");
      g_autoptr (Vector) vector = parse (text, strlen (text));

      g_assert_cmpint (vector->length, ==, -1);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/vector-parse/odd-numbers", test_odd_numbers);
  g_test_add_func ("/vector-parse/edges", test_edges);
  g_test_add_func ("/vector-parse/random-numbers", test_random_numbers);
  g_test_add_func ("/vector-parse/lists", test_lists);
  g_test_add_func ("/vector-parse/cut-short", test_cut_short);
  g_test_add_func ("/vector-parse/refusals", test_refusals);
  return g_test_run ();
}
