/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "test-support.h"

#include <gio/gio.h>
#include <string.h>

static const struct {
  const char     *text;
  EngramJsonType  type;
} valid_texts[] = {
  { "null", ENGRAM_JSON_NULL },
  { "true", ENGRAM_JSON_BOOLEAN },
  { " false\n", ENGRAM_JSON_BOOLEAN },
  { "0", ENGRAM_JSON_NUMBER },
  { "-0.0e-7", ENGRAM_JSON_NUMBER },
  { "12345678901234567890123", ENGRAM_JSON_NUMBER },
  { "1e400", ENGRAM_JSON_NUMBER },
  { "\"\"", ENGRAM_JSON_STRING },
  { "\"\\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u00e9 \\uABCD\"", ENGRAM_JSON_STRING },
  { "\"\\u0000\"", ENGRAM_JSON_STRING },
  { "\"\\ud800\"", ENGRAM_JSON_STRING },
  { "\"\\udc00\\ud800\"", ENGRAM_JSON_STRING },
  { "\"\x7f é € 🧠 and more text than fits in one word\"", ENGRAM_JSON_STRING },
  { "[]", ENGRAM_JSON_LIST },
  { "[ ]", ENGRAM_JSON_LIST },
  { "[1, [2, {}], \"3\"]", ENGRAM_JSON_LIST },
  { "\t{\r\n} ", ENGRAM_JSON_OBJECT },
  { "{\"a\": 1, \"a\": {\"b\": [null]}}", ENGRAM_JSON_OBJECT },
  { "{\"\": \"\"}", ENGRAM_JSON_OBJECT },
};

static void
test_check (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (valid_texts); i++)
    {
      gsize offset = 777;
      const char *reason = "untouched";

      g_assert_cmpint (engram_json_check (valid_texts[i].text, -1, &offset, &reason), ==,
                       valid_texts[i].type);
      g_assert_cmpuint (offset, ==, 777);
      g_assert_cmpstr (reason, ==, "untouched");
    }
}

static const struct {
  const char *text;
  gsize       offset;
} invalid_texts[] = {
  { "", 0 },
  { "  ", 2 },
  { "nul", 0 },
  { "nulll", 4 },
  { "True", 0 },
  { "NaN", 0 },
  { "-Infinity", 1 },
  { "'a'", 0 },
  { "{'a': 1}", 1 },
  { "{a: 1}", 1 },
  { "// no\n1", 0 },
  { "[1, /* no */ 2]", 4 },
  { "1 2", 2 },
  { "{} {}", 3 },
  { "[1] x", 4 },
  { "\xef\xbb\xbf{}", 0 },
  { "01", 1 },
  { "-", 1 },
  { "1.", 2 },
  { "1.x", 2 },
  { "1e", 2 },
  { ".5", 0 },
  { "+1", 0 },
  { "[", 1 },
  { "[1", 2 },
  { "[1,", 3 },
  { "[1,]", 3 },
  { "[,1]", 1 },
  { "[1 2]", 3 },
  { "[1}", 2 },
  { "]", 0 },
  { "{", 1 },
  { "{\"a\"", 4 },
  { "{\"a\" 1}", 5 },
  { "{\"a\":}", 5 },
  { "{\"a\":1,}", 7 },
  { "{\"a\":1,,\"b\":2}", 7 },
  { "{\"a\":1 \"b\":2}", 7 },
  { "{\"a\":1]", 6 },
  { "{1: 2}", 1 },
  { "\"abc", 4 },
  { "\"a\tb\"", 2 },
  { "\"a\nb\"", 2 },
  { "\"abcdefghijk\x1f\"", 12 },
  { "\"\\x41\"", 1 },
  { "\"\\u12g4\"", 1 },
  { "\"\\u12", 1 },
  { "\"\\", 1 },
  { "\"\\\"", 3 },
  { "\"\xff\"", 1 },
  { "\"\xc3\"", 1 },
  { "\"\xc0\xaf\"", 1 },
  { "\"\xe0\x80\x80\"", 1 },
  { "\"\xed\xa0\x80\"", 1 },
  { "\"\xf4\x90\x80\x80\"", 1 },
  { "\"\xf0\x9f\xa7\"", 1 },
  { "\"a\x80\"", 2 },
  { "\"é\x80\"", 3 },
};

static void
test_check_refused (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (invalid_texts); i++)
    {
      gsize offset = 777;
      const char *reason = NULL;

      if (engram_json_check (invalid_texts[i].text, -1, &offset, &reason) != ENGRAM_JSON_INVALID)
        g_error ("“%s” was accepted", invalid_texts[i].text);
      if (offset != invalid_texts[i].offset)
        g_error ("“%s” was refused at byte %" G_GSIZE_FORMAT ": %s",
                 invalid_texts[i].text, offset, reason);
      g_assert_nonnull (reason);
      g_assert_cmpint (engram_json_check (invalid_texts[i].text, -1, NULL, NULL), ==, ENGRAM_JSON_INVALID);
    }
}

static void
test_check_length (void)
{
  gsize offset;

  g_assert_cmpint (engram_json_check ("12,", 2, NULL, NULL), ==, ENGRAM_JSON_NUMBER);
  g_assert_cmpint (engram_json_check ("\"abc\"", 4, &offset, NULL), ==, ENGRAM_JSON_INVALID);
  g_assert_cmpuint (offset, ==, 4);
  g_assert_cmpint (engram_json_check ("1\0", 2, &offset, NULL), ==, ENGRAM_JSON_INVALID);
  g_assert_cmpuint (offset, ==, 1);
  g_assert_cmpint (engram_json_check ("\"\0\"", 3, &offset, NULL), ==, ENGRAM_JSON_INVALID);
  g_assert_cmpuint (offset, ==, 1);
  g_assert_cmpint (engram_json_check ("\"\\\0\"", 4, &offset, NULL), ==, ENGRAM_JSON_INVALID);
  g_assert_cmpuint (offset, ==, 1);
}

/* Every byte at every place in a word is seen by the reader that takes eight at a time. */
static void
test_check_places (void)
{
  for (guint place = 1; place <= 20; place++)
    for (guint byte = 1; byte < 256; byte++)
      {
        char text[] = "\"abcdefghijklmnopqrstuvw\"";
        gboolean plain = byte >= 0x20 && byte < 0x80 && byte != '"';

        /* Whether a backslash passes depends on the letter after it. */
        if (byte == '\\')
          continue;
        text[place] = (char) byte;
        g_assert_cmpint (engram_json_check (text, -1, NULL, NULL) == ENGRAM_JSON_STRING, ==, plain);
      }
}

static char *
make_nested (guint levels)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < levels; i++)
    g_string_append (text, i % 2 == 0 ? "[" : "{\"a\":");
  g_string_append (text, "1");
  for (guint i = levels; i > 0; i--)
    g_string_append_c (text, (i - 1) % 2 == 0 ? ']' : '}');
  return g_string_free (text, FALSE);
}

static void
test_check_depth (void)
{
  g_autofree char *deepest = make_nested (ENGRAM_JSON_MAX_DEPTH);
  g_autofree char *deeper = make_nested (ENGRAM_JSON_MAX_DEPTH + 1);
  g_autofree char *endless = g_strnfill (1000000, '[');
  g_autofree char *shown = NULL;
  gsize offset;

  g_assert_cmpint (engram_json_check (deepest, -1, NULL, NULL), ==, ENGRAM_JSON_LIST);
  g_assert_cmpint (engram_json_check (deeper, -1, NULL, NULL), ==, ENGRAM_JSON_INVALID);
  g_assert_cmpint (engram_json_check (endless, -1, &offset, NULL), ==, ENGRAM_JSON_INVALID);
  g_assert_cmpuint (offset, ==, ENGRAM_JSON_MAX_DEPTH);

  shown = engram_json_pretty (deepest, 2);
  g_assert_cmpint (engram_json_check (shown, -1, NULL, NULL), ==, ENGRAM_JSON_LIST);
  g_assert_null (engram_json_compact (deeper));
}

#define assert_takes(call, expected) \
  G_STMT_START { \
    g_autofree char *result_ = (call); \
    g_assert_cmpstr (result_, ==, (expected)); \
  } G_STMT_END

static void
assert_longest (const char *before,
                gsize       longest,
                const char *after)
{
  g_autofree char *digits = g_strnfill (longest, '7');
  g_autofree char *good = g_strconcat (before, digits, after, NULL);
  g_autofree char *bad = g_strconcat (before, digits, "7", after, NULL);
  gsize offset = 777;

  g_assert_cmpint (engram_json_check (good, -1, NULL, NULL), ==, ENGRAM_JSON_LIST);
  g_assert_cmpint (engram_json_check (bad, -1, &offset, NULL), ==, ENGRAM_JSON_INVALID);
  g_assert_cmpuint (offset, ==, 1);
}

/* Numbers and texts have a greatest length; what is too long is named by where it starts. */
static void
test_check_longest (void)
{
  assert_longest ("[", ENGRAM_JSON_MAX_NUMBER_LENGTH, "]");
  assert_longest ("[-", ENGRAM_JSON_MAX_NUMBER_LENGTH, "]");
  assert_longest ("[0.", ENGRAM_JSON_MAX_NUMBER_LENGTH - 4, "e7]");
  assert_longest ("[\"", ENGRAM_JSON_MAX_STRING_LENGTH, "\"]");
}

static void
test_compact (void)
{
  assert_takes (engram_json_compact (" { \"a b\" : [ 1 , 2.50 , 1e-07 ] ,\n\"c\":{ } , \"d\": [\t] } "),
                "{\"a b\":[1,2.50,1e-07],\"c\":{},\"d\":[]}");
  assert_takes (engram_json_compact (" \" x \\u0041 é \" "), "\" x \\u0041 é \"");
  assert_takes (engram_json_compact ("12345678901234567890"), "12345678901234567890");
  assert_takes (engram_json_compact ("[1,]"), NULL);
  assert_takes (engram_json_compact (""), NULL);
}

static void
test_pretty (void)
{
  assert_takes (engram_json_pretty ("{\"a\":[1,{\"b\":null}],\"c\":{},\"d\":[ ],\"e\":\"x\\u00e9\"}", 2),
                "{\n"
                "  \"a\": [\n"
                "    1,\n"
                "    {\n"
                "      \"b\": null\n"
                "    }\n"
                "  ],\n"
                "  \"c\": {},\n"
                "  \"d\": [],\n"
                "  \"e\": \"x\\u00e9\"\n"
                "}");
  assert_takes (engram_json_pretty ("[true]", 0), "[\ntrue\n]");
  assert_takes (engram_json_pretty (" 1.0 ", 4), "1.0");
  assert_takes (engram_json_pretty ("{'a': 1}", 2), NULL);
}

static void
test_quote (void)
{
  assert_takes (engram_json_quote (""), "\"\"");
  assert_takes (engram_json_quote ("plain / text"), "\"plain / text\"");
  assert_takes (engram_json_quote ("\" \\ \n \r \t \b \f"), "\"\\\" \\\\ \\n \\r \\t \\b \\f\"");
  assert_takes (engram_json_quote ("\x01\x1f\x7f"), "\"\\u0001\\u001f\\u007f\"");
  assert_takes (engram_json_quote ("naïve € 🧠"), "\"na\\u00efve \\u20ac \\ud83e\\udde0\"");
  assert_takes (engram_json_quote ("\xef\xbf\xbf"), "\"\\uffff\"");
  assert_takes (engram_json_quote ("a\xff"), "\"a\\ufffd\"");
}

static void
test_get_string (void)
{
  assert_takes (engram_json_get_string ("\"\""), "");
  assert_takes (engram_json_get_string (" \"plain\" "), "plain");
  assert_takes (engram_json_get_string ("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\u00E9\""),
                "\"\\/\b\f\n\r\tAé");
  assert_takes (engram_json_get_string ("\"\\ud83e\\udde0 🧠\""), "🧠 🧠");
  assert_takes (engram_json_get_string ("\"a\\u0000b\""), "a\uFFFDb");
  assert_takes (engram_json_get_string ("\"\\ud83e\""), "\uFFFD");
  assert_takes (engram_json_get_string ("\"\\ud83ex\""), "\uFFFDx");
  assert_takes (engram_json_get_string ("\"\\ud83e\\u0041\""), "\uFFFDA");
  assert_takes (engram_json_get_string ("\"\\udde0\\ud83e\""), "\uFFFD\uFFFD");
  assert_takes (engram_json_get_string ("\"\\ud83e\\ud83e\\udde0\""), "\uFFFD🧠");
  assert_takes (engram_json_get_string ("1"), NULL);
  assert_takes (engram_json_get_string ("null"), NULL);
  assert_takes (engram_json_get_string ("[\"a\"]"), NULL);
  assert_takes (engram_json_get_string ("\"a\" \"b\""), NULL);
  assert_takes (engram_json_get_string ("\"a"), NULL);
}

static void
test_quote_and_back (void)
{
  GString *text = g_string_new (NULL);

  for (gunichar character = 1; character < 0x30000; character++)
    if (character < 0xd800 || character > 0xdfff)
      g_string_append_unichar (text, character);
  {
    g_autofree char *quoted = engram_json_quote (text->str);
    g_autofree char *back = engram_json_get_string (quoted);

    g_assert_true (g_str_is_ascii (quoted));
    g_assert_cmpint (engram_json_check (quoted, -1, NULL, NULL), ==, ENGRAM_JSON_STRING);
    g_assert_cmpstr (back, ==, text->str);
  }
  g_string_free (text, TRUE);
}

static void
test_object_get (void)
{
  static const char object[] =
    " { \"a\" : 1.50, \"b\":[ 1 , {\"c\":2}], \"caf\\u00e9\":\"x\", \"a\": {\"a\":3 } }";

  assert_takes (engram_json_object_get (object, "a"), "{\"a\":3 }");
  assert_takes (engram_json_object_get (object, "b"), "[ 1 , {\"c\":2}]");
  assert_takes (engram_json_object_get (object, "café"), "\"x\"");
  assert_takes (engram_json_object_get (object, "c"), NULL);
  assert_takes (engram_json_object_get (object, "caf"), NULL);
  assert_takes (engram_json_object_get (object, ""), NULL);
  assert_takes (engram_json_object_get ("{\"\":1}", ""), "1");
  assert_takes (engram_json_object_get ("{\"a\\u0000\":1}", "a\uFFFD"), NULL);
  assert_takes (engram_json_object_get ("{}", "a"), NULL);
  assert_takes (engram_json_object_get (NULL, "a"), NULL);
  assert_takes (engram_json_object_get ("[\"a\", 1]", "a"), NULL);
  assert_takes (engram_json_object_get ("{\"a\":1", "a"), NULL);
  assert_takes (engram_json_object_get ("{\"a\":1} x", "a"), NULL);
}

static void
test_object_set (void)
{
  static const char object[] = " { \"a\" : 1.50,\n \"big\":12345678901234567890 , \"n\\u0061me\":null } ";

  assert_takes (engram_json_object_set (object, "a", " [ 2 ] "),
                " { \"a\" : [ 2 ],\n \"big\":12345678901234567890 , \"n\\u0061me\":null } ");
  assert_takes (engram_json_object_set (object, "name", "\"é\""),
                " { \"a\" : 1.50,\n \"big\":12345678901234567890 , \"n\\u0061me\":\"é\" } ");
  assert_takes (engram_json_object_set (object, "né\"w", "{\"x\":1}"),
                " { \"a\" : 1.50,\n \"big\":12345678901234567890 , \"n\\u0061me\":null, "
                "\"n\\u00e9\\\"w\": {\"x\":1} } ");
  assert_takes (engram_json_object_set (NULL, "a", "1"), "{\"a\": 1}");
  assert_takes (engram_json_object_set ("{ }", "a", "1"), "{\"a\": 1 }");
  assert_takes (engram_json_object_set ("{\"a\":1,\"a\":2}", "a", "3"), "{\"a\":1,\"a\":3}");
  assert_takes (engram_json_object_set ("{\"a\\u0000\":1}", "a\uFFFD", "2"),
                "{\"a\\u0000\":1, \"a\\ufffd\": 2}");
}

static void
test_object_remove (void)
{
  static const char object[] = "{ \"a\": 1, \"b\": 2,  \"c\": 3 }";

  assert_takes (engram_json_object_set (object, "a", NULL), "{ \"b\": 2,  \"c\": 3 }");
  assert_takes (engram_json_object_set (object, "b", NULL), "{ \"a\": 1,  \"c\": 3 }");
  assert_takes (engram_json_object_set (object, "c", NULL), "{ \"a\": 1, \"b\": 2 }");
  assert_takes (engram_json_object_set (object, "d", NULL), object);
  assert_takes (engram_json_object_set ("{\"a\":1}", "a", NULL), "{}");
  assert_takes (engram_json_object_set ("{\"a\":1,\"b\":2,\"a\":3}", "a", NULL), "{\"b\":2}");
  assert_takes (engram_json_object_set ("{\"a\":1, \"a\":3}", "a", NULL), "{}");
  assert_takes (engram_json_object_set (NULL, "a", NULL), "{}");
  assert_takes (engram_json_object_set ("{}", "a", NULL), "{}");
}

static void
test_object_set_refused (void)
{
  g_autofree char *deepest = make_nested (ENGRAM_JSON_MAX_DEPTH);

  assert_takes (engram_json_object_set ("[]", "a", "1"), NULL);
  assert_takes (engram_json_object_set ("{\"a\":1", "a", "1"), NULL);
  assert_takes (engram_json_object_set ("{} 1", "a", NULL), NULL);
  assert_takes (engram_json_object_set ("{}", "a", "nan"), NULL);
  assert_takes (engram_json_object_set ("{}", "a", "1, \"b\": 2"), NULL);
  assert_takes (engram_json_object_set ("{}", "a", "1}"), NULL);
  assert_takes (engram_json_object_set ("{}", "a", ""), NULL);
  assert_takes (engram_json_object_set ("{}", "a", deepest), NULL);
}

static void
note_member (const char     *name,
             const char     *value,
             EngramJsonType  type,
             gpointer        user_data)
{
  g_string_append_printf (user_data, "%s=%s:%d;", name != NULL ? name : "-", value, type);
}

static void
test_foreach (void)
{
  g_autoptr (GString) seen = g_string_new (NULL);

  g_assert_true (engram_json_foreach ("{\"n\\u00e4\": [ 1, 2 ] , \"b\":{\"c\":\"}\"},\"b\":true}",
                                      note_member, seen));
  g_assert_cmpstr (seen->str, ==, "nä=[ 1, 2 ]:5;b={\"c\":\"}\"}:6;b=true:2;");

  g_string_truncate (seen, 0);
  g_assert_true (engram_json_foreach ("[\"a\", 1.0 ,null, []]", note_member, seen));
  g_assert_cmpstr (seen->str, ==, "-=\"a\":4;-=1.0:3;-=null:1;-=[]:5;");

  g_string_truncate (seen, 0);
  g_assert_true (engram_json_foreach ("{}", note_member, seen));
  g_assert_false (engram_json_foreach ("\"text\"", note_member, seen));
  g_assert_false (engram_json_foreach ("[1, 2", note_member, seen));
  g_assert_false (engram_json_foreach ("[1] 2", note_member, seen));
  g_assert_cmpstr (seen->str, ==, "");
}

/* Whatever a text is cut to or changed into, reading it ends, and within its bytes. */
static void
test_damage (void)
{
  static const char text[] =
    "{\"a\": [1.5e-7, \"\\ud83e\\udde0 é€🧠\", {\"b\": null}], \"c\": [true, false, -0]}";

  for (gsize length = 0; length < sizeof text - 1; length++)
    {
      g_autofree char *cut = g_malloc (MAX (length, 1));

      memcpy (cut, text, length);
      g_assert_cmpint (engram_json_check (cut, length, NULL, NULL), ==, ENGRAM_JSON_INVALID);
    }
  for (int i = 0; i < 20000; i++)
    {
      g_autofree char *damaged = g_strdup (text);
      g_autofree char *compact = NULL;
      g_autofree char *member = NULL;

      for (int change = 0; change < 3; change++)
        damaged[g_test_rand_int_range (0, sizeof text - 1)] = (char) g_test_rand_int_range (1, 256);
      compact = engram_json_compact (damaged);
      member = engram_json_object_get (damaged, "a");
      g_assert_cmpint (compact != NULL, ==,
                       engram_json_check (damaged, -1, NULL, NULL) != ENGRAM_JSON_INVALID);
      g_assert_true (compact == NULL || g_utf8_validate (compact, -1, NULL));
      g_assert_true (member == NULL || engram_json_check (member, -1, NULL, NULL) != ENGRAM_JSON_INVALID);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/json/check", test_check);
  g_test_add_func ("/json/check-refused", test_check_refused);
  g_test_add_func ("/json/check-length", test_check_length);
  g_test_add_func ("/json/check-places", test_check_places);
  g_test_add_func ("/json/check-depth", test_check_depth);
  g_test_add_func ("/json/check-longest", test_check_longest);
  g_test_add_func ("/json/compact", test_compact);
  g_test_add_func ("/json/pretty", test_pretty);
  g_test_add_func ("/json/quote", test_quote);
  g_test_add_func ("/json/get-string", test_get_string);
  g_test_add_func ("/json/quote-and-back", test_quote_and_back);
  g_test_add_func ("/json/object-get", test_object_get);
  g_test_add_func ("/json/object-set", test_object_set);
  g_test_add_func ("/json/object-remove", test_object_remove);
  g_test_add_func ("/json/object-set-refused", test_object_set_refused);
  g_test_add_func ("/json/foreach", test_foreach);
  g_test_add_func ("/json/damage", test_damage);

  return g_test_run ();
}
