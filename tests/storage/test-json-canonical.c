/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "test-support.h"

#include <gio/gio.h>
#include <math.h>
#include <string.h>

#include "documents/engram-checksum-thread-private.h"
#include "json/engram-json-canonical-private.h"

#define N_DOCUMENTS "4000"

static char *
make_canonical (const char *json)
{
  GString *text = g_string_new ("before");

  g_assert_cmpint (engram_json_check (json, -1, NULL, NULL), !=, ENGRAM_JSON_INVALID);
  engram_json_append_canonical (text, json, strlen (json));
  g_assert_true (g_str_has_prefix (text->str, "before"));
  g_string_erase (text, 0, strlen ("before"));
  return g_string_free (text, FALSE);
}

static char *
make_value (const char *json,
            guint       indent,
            guint       level)
{
  GString *text = g_string_new (NULL);

  engram_json_append_value (text, json, strlen (json), indent, level);
  return g_string_free (text, FALSE);
}

static const struct {
  const char *json;
  const char *canonical;
} forms[] = {
  { " null ", "null" },
  { "{}", "{}" },
  { "[\n]", "[]" },
  { "{\"b\":1,\"a\":2}", "{\"a\": 2, \"b\": 1}" },
  { "{\"b\":1,\"a\":2,\"b\":3}", "{\"a\": 2, \"b\": 3}" },
  { "{\"a\":1,\"\\u0061\":2,\"a\":[3,{}]}", "{\"a\": [3, {}]}" },
  { "{\"ab\":1,\"a\":2,\"\":3}", "{\"\": 3, \"a\": 2, \"ab\": 1}" },
  { "{\"z\":{\"y\":[{\"b\":0,\"a\":[]}],\"x\":{}},\"a\":0}",
    "{\"a\": 0, \"z\": {\"x\": {}, \"y\": [{\"a\": [], \"b\": 0}]}}" },
  /* By code point: U+E000, U+FFFF, U+10000, and half a pair before all of them. */
  { "{\"𐀀\":1,\"\\uffff\":2,\"\\ue000\":3,\"\\ud800\":4,\"\\ud800\\udc01\":5}",
    "{\"\\ud800\": 4, \"\\ue000\": 3, \"\\uffff\": 2, \"\\ud800\\udc00\": 1, \"\\ud800\\udc01\": 5}" },
  { "{\"\\u0000\":1,\"\":2,\"\\u0001\":3}", "{\"\": 2, \"\\u0000\": 1, \"\\u0001\": 3}" },
  { "\"\\/ \\u0041\\u0022\\u005C\\u000A\\u007F \x7f é \\uABCD 😀\"",
    "\"/ A\\\"\\\\\\n\\u007f \\u007f \\u00e9 \\uabcd \\ud83d\\ude00\"" },
  { "[-0,-0.0,1E5,1e-7,1.0,1,12345678901234567890123,1e16,0.00001]",
    "[0, -0.0, 100000.0, 1e-07, 1.0, 1, 12345678901234567890123, 1e+16, 1e-05]" },
  { "[1e999,-1e999]", "[null, null]" },
  { "[true,false,null]", "[true, false, null]" },
};

static void
test_forms (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autofree char *canonical = make_canonical (forms[i].json);

      g_assert_cmpstr (canonical, ==, forms[i].canonical);
    }
}

/* What Python could not write is told. */
static void
test_not_finite (void)
{
  static const char beyond[] = "{\"a\": [1e309], \"b\": 0.5}";
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert_true (engram_json_append_canonical (text, "[1e308, 0]", 10));
  g_assert_false (engram_json_append_canonical (text, beyond, strlen (beyond)));
  g_assert_cmpstr (text->str, ==, "[1e+308, 0]{\"a\": [null], \"b\": 0.5}");
}

static void
test_deep (void)
{
  g_autoptr (GString) json = g_string_new (NULL);
  g_autofree char *canonical = NULL, *value = NULL;

  for (int i = 0; i < ENGRAM_JSON_MAX_DEPTH; i++)
    g_string_append (json, "{\"a\":");
  g_string_append (json, "1");
  for (int i = 0; i < ENGRAM_JSON_MAX_DEPTH; i++)
    g_string_append (json, "}");
  canonical = make_canonical (json->str);
  g_assert_cmpuint (strlen (canonical), ==, json->len + ENGRAM_JSON_MAX_DEPTH);
  /* Not a thousand spaces before each line. */
  value = make_value (json->str, 2, 0);
  g_assert_cmpuint (strlen (value), <, 2 * ENGRAM_JSON_MAX_DEPTH * 150);
}

static GBytes *
run_python (const char *first,
            ...)
{
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) python = NULL;
  GBytes *output = NULL;
  va_list rest;

  g_ptr_array_add (arguments, (gpointer) "python3");
  va_start (rest, first);
  for (const char *argument = first; argument != NULL; argument = va_arg (rest, const char *))
    g_ptr_array_add (arguments, (gpointer) argument);
  va_end (rest);
  g_ptr_array_add (arguments, NULL);
  python = g_subprocess_newv ((const char *const *) arguments->pdata, G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_assert_no_error (error);
  g_subprocess_communicate (python, NULL, NULL, &output, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (python));
  return output;
}

static gboolean
have_python (void)
{
  g_autofree char *path = g_find_program_in_path ("python3");

  if (path == NULL)
    g_test_skip ("python3 is not there to compare with");
  return path != NULL;
}

static void
test_python (void)
{
  g_autofree char *script = g_test_build_filename (G_TEST_DIST, "storage", "write-json-documents.py", NULL);
  g_autofree char *seed = g_strdup_printf ("%d", g_test_rand_int_range (0, G_MAXINT32));
  g_autoptr (GBytes) output = NULL;
  const char *cursor, *end;
  guint n_documents = 0;
  gsize size;

  if (!have_python ())
    return;
  output = run_python (script, seed, N_DOCUMENTS, NULL);
  cursor = g_bytes_get_data (output, &size);
  for (end = cursor + size; cursor < end; n_documents++)
    {
      const char *document = cursor;
      const char *expected = document + strlen (document) + 1;
      g_autofree char *canonical = make_canonical (document);

      if (strcmp (canonical, expected) != 0)
        g_error ("seed %s: “%s” became “%s” and not “%s”", seed, document, canonical, expected);
      cursor = expected + strlen (expected) + 1;
    }
  g_assert_cmpuint (n_documents, ==, strtoul (N_DOCUMENTS, NULL, 10) + 1);
}

/* The text is handed over in blocks that end anywhere. */
static char *
hash_in_blocks (const char *text,
                gsize       block_size)
{
  g_autoptr (EngramChecksumThread) thread = engram_checksum_thread_new ();
  gsize length = strlen (text);

  for (gsize i = 0; i < length; i += block_size)
    {
      GString *block = engram_checksum_thread_get_block (thread);

      g_assert_cmpuint (block->len, ==, 0);
      g_string_append_len (block, text + i, MIN (block_size, length - i));
      engram_checksum_thread_push (thread, block);
    }
  return engram_checksum_thread_finish (thread);
}

static void
check_document (const char *name)
{
  g_autofree char *path = test_shared_data (name);
  g_autofree char *document = NULL, *neurons = NULL, *synapses = NULL, *kept = NULL, *checksum = NULL;
  g_autofree char *expected = NULL, *value = NULL;
  g_autoptr (GString) text = g_string_new ("{\"neurons\": ");

  if (path == NULL)
    return;
  g_assert_true (g_file_get_contents (path, &document, NULL, NULL));
  neurons = engram_json_object_get (document, "neurons");
  synapses = engram_json_object_get (document, "synapses");
  kept = engram_json_object_get (document, "checksum");
  engram_json_append_canonical (text, neurons, strlen (neurons));
  g_string_append (text, ", \"synapses\": ");
  engram_json_append_canonical (text, synapses, strlen (synapses));
  g_string_append (text, "}");
  checksum = hash_in_blocks (text->str, 100003);
  expected = engram_json_get_string (kept);
  g_assert_cmpstr (checksum, ==, expected);

  /* Python wrote it with an indent of 2. */
  value = make_value (document, 2, 0);
  g_assert_cmpstr (value, ==, g_strchomp (document));
}

static void
test_original (void)
{
  check_document ("original/network.json");
}

static void
test_celegans (void)
{
  check_document ("celegans/celegans.json");
}

static void
test_value (void)
{
  static const char json[] = " {\"b\":[ ],\"a\" : [1,\"x\\/\\u00E9\",{ }],\"c\":{\"d\":1E5,\"d\":-0}}";
  g_autofree char *compact = make_value (json, 0, 5);
  g_autofree char *indented = make_value (json, 2, 1);
  g_autofree char *scalar = make_value (" 1.50 ", 2, 3);

  g_assert_cmpstr (compact, ==, "{\"b\": [], \"a\": [1, \"x\\/\\u00E9\", {}], \"c\": {\"d\": 1E5, \"d\": -0}}");
  g_assert_cmpstr (indented, ==,
                   "{\n    \"b\": [],\n    \"a\": [\n      1,\n      \"x\\/\\u00E9\",\n      {}\n    ],\n"
                   "    \"c\": {\n      \"d\": 1E5,\n      \"d\": -0\n    }\n  }");
  g_assert_cmpstr (scalar, ==, "1.50");
}

static void
assert_quoted (const char *utf8,
               gssize      length,
               const char *expected)
{
  g_autoptr (GString) text = g_string_new (NULL);

  engram_json_append_quoted (text, utf8, length);
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_quoted (void)
{
  assert_quoted ("", -1, "\"\"");
  assert_quoted ("plain text of more than eight bytes /", -1, "\"plain text of more than eight bytes /\"");
  assert_quoted ("a\"b\\c\b\f\n\r\t\x01\x1f\x7f", -1, "\"a\\\"b\\\\c\\b\\f\\n\\r\\t\\u0001\\u001f\\u007f\"");
  assert_quoted ("naïve 中 😀", -1, "\"na\\u00efve \\u4e2d \\ud83d\\ude00\"");
  assert_quoted ("0123456\x7f" "9012345é", -1, "\"0123456\\u007f9012345\\u00e9\"");
  assert_quoted ("a\0é\0", 5, "\"a\\u0000\\u00e9\\u0000\"");
  assert_quoted ("abc", 2, "\"ab\"");
  assert_quoted ("\xff" "a\xc3", -1, "\"\\ufffda\\ufffd\"");
}

/* Every byte at every place in a word is seen by the reader that takes eight at a time. */
static void
test_quoted_places (void)
{
  for (guint place = 0; place < 20; place++)
    for (guint byte = 1; byte < 0x80; byte++)
      {
        char text[] = "abcdefghijklmnopqrstuvw";
        g_autofree char *escaped = NULL, *expected = NULL;

        if (byte >= 0x20 && byte < 0x7f)
          escaped = g_strdup_printf (strchr ("\"\\", (int) byte) != NULL ? "\\%c" : "%c", byte);
        else if (strchr ("\b\f\n\r\t", (int) byte) != NULL)
          escaped = g_strdup_printf ("\\%c", "btn?fr"[byte - '\b']);
        else
          escaped = g_strdup_printf ("\\u%04x", byte);
        text[place] = (char) byte;
        expected = g_strdup_printf ("\"%.*s%s%s\"", (int) place, text, escaped, text + place + 1);
        assert_quoted (text, -1, expected);
      }
}

static void
test_numbers (void)
{
  static const gint64 integers[] = { 0, 1, -1, 10, -10, 1234567890, G_MAXINT64, G_MININT64 };
  static const double reals[] = { 0.0, -0.0, 1.0, 0.1f, 1e-7, 1e16, NAN, INFINITY, -INFINITY };
  g_autoptr (GString) text = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (integers); i++)
    {
      g_autofree char *expected = g_strdup_printf ("%" G_GINT64_FORMAT, integers[i]);

      g_string_truncate (text, 0);
      engram_json_append_integer (text, integers[i]);
      g_assert_cmpstr (text->str, ==, expected);
    }
  g_string_truncate (text, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (reals); i++)
    {
      engram_json_append_real (text, reals[i]);
      g_string_append_c (text, ' ');
    }
  g_assert_cmpstr (text->str, ==, "0.0 -0.0 1.0 0.10000000149011612 1e-07 1e+16 null null null ");
}

static void
test_checksum_thread (void)
{
  static const gsize sizes[] = { 1, 7, 64, 100000 };
  g_autofree char *text = g_strnfill (20000, 'x');
  g_autofree char *expected = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  g_autofree char *empty = hash_in_blocks ("", 1);

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree char *checksum = hash_in_blocks (text, sizes[i]);

      g_assert_cmpstr (checksum, ==, expected);
    }
  g_assert_cmpstr (empty, ==, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

/* Given up with blocks waiting; the sanitizer sees what is left behind. */
static void
test_checksum_abandoned (void)
{
  g_autoptr (EngramChecksumThread) thread = engram_checksum_thread_new ();
  g_autoptr (EngramChecksumThread) unused = engram_checksum_thread_new ();

  g_assert_nonnull (unused);
  for (int i = 0; i < 20; i++)
    {
      GString *block = engram_checksum_thread_get_block (thread);

      g_string_set_size (block, 1 << 20);
      memset (block->str, 'x', block->len);
      engram_checksum_thread_push (thread, block);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/json-canonical/forms", test_forms);
  g_test_add_func ("/json-canonical/not-finite", test_not_finite);
  g_test_add_func ("/json-canonical/deep", test_deep);
  g_test_add_func ("/json-canonical/python", test_python);
  g_test_add_func ("/json-canonical/original", test_original);
  g_test_add_func ("/json-canonical/celegans", test_celegans);
  g_test_add_func ("/json-canonical/value", test_value);
  g_test_add_func ("/json-canonical/quoted", test_quoted);
  g_test_add_func ("/json-canonical/quoted-places", test_quoted_places);
  g_test_add_func ("/json-canonical/numbers", test_numbers);
  g_test_add_func ("/json-canonical/checksum-thread", test_checksum_thread);
  g_test_add_func ("/json-canonical/checksum-abandoned", test_checksum_abandoned);

  return g_test_run ();
}
