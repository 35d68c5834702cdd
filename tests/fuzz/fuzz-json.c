/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz-support.h"

#include <math.h>
#include <string.h>

#include "json/engram-json-canonical-private.h"
#include "json/engram-json-reader-private.h"
#include "json/engram-number.h"
#include "reference-json.h"

/* More members than this are not looked at one by one, or long lists would take their square in time. */
#define MAX_MEMBERS 24

#define assert_same(a, b) g_assert_cmpstr ((a), ==, (b))

/* The reader goes on, stays within the text and comes to an end, which stays the end. */
static EngramJsonType
walk (const char *text,
      gsize       length)
{
  EngramJsonReader reader;
  EngramJsonType type = ENGRAM_JSON_INVALID;
  EngramJsonToken token;
  const char *before = text;

  engram_json_reader_init (&reader, text, length);
  for (guint i = 0; (token = engram_json_reader_next (&reader)) != ENGRAM_JSON_TOKEN_END; i++)
    {
      g_assert_true (reader.cursor >= before && reader.cursor <= text + length);
      if (token == ENGRAM_JSON_TOKEN_INVALID)
        {
          g_assert_nonnull (reader.reason);
          g_assert_cmpint (engram_json_reader_next (&reader), ==, ENGRAM_JSON_TOKEN_INVALID);
          return ENGRAM_JSON_INVALID;
        }
      if (i == 0)
        type = engram_json_token_type (token);
      g_assert_cmpuint (reader.token_length, >, 0);
      g_assert_true (reader.token >= before && reader.token + reader.token_length <= reader.cursor);
      g_assert_cmpuint (reader.depth, <=, ENGRAM_JSON_MAX_DEPTH);
      before = reader.cursor;
    }
  g_assert_cmpint (engram_json_reader_next (&reader), ==, ENGRAM_JSON_TOKEN_END);
  g_assert_cmpuint (reader.depth, ==, 0);
  return type;
}

static void
fail_member (const char     *name,
             const char     *value,
             EngramJsonType  type,
             gpointer        user_data)
{
  g_assert_not_reached ();
}

static void
check_refused (const char *text)
{
  g_assert_null (engram_json_compact (text));
  g_assert_null (engram_json_pretty (text, 2));
  g_assert_null (engram_json_get_string (text));
  g_assert_null (engram_json_object_get (text, "a"));
  g_assert_null (engram_json_object_set (text, "a", "1"));
  g_assert_null (engram_json_object_set (text, "a", NULL));
  g_assert_null (engram_json_object_set ("{}", "a", text));
  g_assert_false (engram_json_foreach (text, fail_member, NULL));
}

/* White space is all that the forms differ by. */
static void
check_forms (const char     *text,
             EngramJsonType  type)
{
  g_autofree char *compact = engram_json_compact (text);
  g_autofree char *pretty = engram_json_pretty (text, 2);
  g_autofree char *compact_again = engram_json_compact (compact);
  g_autofree char *compact_of_pretty = engram_json_compact (pretty);
  g_autofree char *pretty_of_compact = engram_json_pretty (compact, 2);

  g_assert_cmpint (engram_json_check (compact, -1, NULL, NULL), ==, type);
  g_assert_cmpint (engram_json_check (pretty, -1, NULL, NULL), ==, type);
  assert_same (compact_again, compact);
  assert_same (compact_of_pretty, compact);
  assert_same (pretty_of_compact, pretty);
}

/* Canonical text */

/* A name that has no text in C is read as one with U+FFFD, which is another one. */
static gboolean
is_exact (const char *name)
{
  return strstr (name, "\357\277\275") == NULL;
}

static char *
make_canonical (const char *text)
{
  GString *canonical = g_string_new (NULL);

  engram_json_append_canonical (canonical, text, strlen (text));
  return g_string_free (canonical, FALSE);
}

/* Names are sorted by code point, which is the order of their bytes in UTF-8, and each stands once. */
static void
check_order (const char     *name,
             const char     *value,
             EngramJsonType  type,
             gpointer        user_data)
{
  char **before = user_data;

  /* What has no text in C is read as another name than it has. */
  if (!is_exact (name))
    return;
  if (*before != NULL)
    g_assert_cmpint (strcmp (*before, name), <, 0);
  g_free (*before);
  *before = g_strdup (name);
}

static void
check_canonical (const char *text)
{
  g_autofree char *canonical = make_canonical (text);
  g_autofree char *again = make_canonical (canonical);
  g_autofree char *pretty = engram_json_pretty (text, 3);
  g_autofree char *of_pretty = make_canonical (pretty);
  g_autofree char *name = NULL;

  g_assert_true (g_str_is_ascii (canonical));
  g_assert_cmpint (engram_json_check (canonical, -1, NULL, NULL), !=, ENGRAM_JSON_INVALID);
  assert_same (again, canonical);
  assert_same (of_pretty, canonical);
  if (*canonical == '{')
    engram_json_foreach (canonical, check_order, &name);
}

/* The text of a file is the text that was there, but for white space. */
static void
check_value (const char *text,
             guint       indent,
             guint       level)
{
  g_autoptr (GString) value = g_string_new (NULL);
  g_autofree char *compact = engram_json_compact (text);
  g_autofree char *compact_of_value = NULL;

  engram_json_append_value (value, text, strlen (text), indent, level);
  compact_of_value = engram_json_compact (value->str);
  assert_same (compact_of_value, compact);
}

static void
check_string (const char *text)
{
  g_autofree char *string = engram_json_get_string (text);
  g_autofree char *quoted = NULL, *again = NULL;

  g_assert_nonnull (string);
  g_assert_true (g_utf8_validate (string, -1, NULL));
  quoted = engram_json_quote (string);
  again = engram_json_get_string (quoted);
  assert_same (again, string);
}

static void
check_number (const char *text)
{
  g_autofree char *number = g_strstrip (g_strdup (text));
  char formatted[ENGRAM_NUMBER_LENGTH];
  double value, again;

  g_assert_true (reference_json_is_number (number, strlen (number)));
  if (!engram_number_parse (number, strlen (number), &value))
    {
      g_assert_true (isinf (g_ascii_strtod (number, NULL)));
      return;
    }
  g_assert_true (value == g_ascii_strtod (number, NULL));
  g_assert_cmpuint (engram_number_format (value, formatted), ==, strlen (formatted));
  g_assert_true (reference_json_is_number (formatted, strlen (formatted)));
  g_assert_true (engram_number_parse (formatted, strlen (formatted), &again));
  g_assert_true (again == value && signbit (again) == signbit (value));
}

/* Members of objects */

typedef struct {
  const char *object;
  GHashTable *values; /* name -> the last value that stands there */
  guint       n_members;
} Members;

static void
note_member (const char     *name,
             const char     *value,
             EngramJsonType  type,
             gpointer        user_data)
{
  Members *self = user_data;

  g_assert_cmpint (engram_json_check (value, -1, NULL, NULL), ==, type);
  self->n_members++;
  if (name == NULL)
    return;
  g_assert_true (g_utf8_validate (name, -1, NULL));
  g_hash_table_replace (self->values, g_strdup (name), g_strdup (value));
}

static void
check_set (const char *object,
           const char *name,
           const char *expected)
{
  g_autofree char *set = engram_json_object_set (object, name, " [1.50, \"\\u0041\"]\n");
  g_autofree char *removed = engram_json_object_set (object, name, NULL);
  g_autofree char *removed_after = NULL, *read = NULL;

  g_assert_nonnull (removed);
  g_assert_cmpint (engram_json_check (removed, -1, NULL, NULL), ==, ENGRAM_JSON_OBJECT);
  g_assert_null (engram_json_object_get (removed, name));
  if (expected == NULL)
    assert_same (removed, object);
  /* Only depth can stand in the way. */
  if (set == NULL)
    return;
  read = engram_json_object_get (set, name);
  assert_same (read, "[1.50, \"\\u0041\"]");
  removed_after = engram_json_object_set (set, name, NULL);
  if (expected != NULL)
    {
      assert_same (removed_after, removed);
    }
  else
    {
      g_autofree char *compact = engram_json_compact (removed_after), *before = engram_json_compact (object);

      assert_same (compact, before);
    }
}

static void
check_members (const char     *text,
               EngramJsonType  type)
{
  g_autoptr (GHashTable) values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  Members members = { text, values, 0 };
  GHashTableIter iter;
  gpointer name, value;

  g_assert_true (engram_json_foreach (text, note_member, &members));
  if (type != ENGRAM_JSON_OBJECT)
    return;
  g_hash_table_iter_init (&iter, values);
  for (guint i = 0; i < MAX_MEMBERS && g_hash_table_iter_next (&iter, &name, &value); i++)
    {
      g_autofree char *read = NULL;

      if (!is_exact (name))
        continue;
      read = engram_json_object_get (text, name);
      assert_same (read, value);
      check_set (text, name, value);
    }
  if (!g_hash_table_contains (values, "new \"ü\"\n"))
    check_set (text, "new \"ü\"\n", NULL);
}

static void
check_accepted (const char     *text,
                EngramJsonType  type)
{
  g_autofree char *nested = engram_json_object_set ("{\"a\": 0}", "a", text);

  g_assert_true (nested != NULL || type == ENGRAM_JSON_LIST || type == ENGRAM_JSON_OBJECT);
  check_forms (text, type);
  check_canonical (text);
  check_value (text, 0, 0);
  check_value (text, 2, 3);
  if (type == ENGRAM_JSON_LIST || type == ENGRAM_JSON_OBJECT)
    check_members (text, type);
  else
    g_assert_false (engram_json_foreach (text, fail_member, NULL));
  if (type == ENGRAM_JSON_STRING)
    check_string (text);
  else
    g_assert_null (engram_json_get_string (text));
  if (type == ENGRAM_JSON_NUMBER)
    check_number (text);
}

/* Any bytes as text and back: what is UTF-8 comes back as it was. */
static void
check_quoting (const char *text)
{
  g_autofree char *quoted = engram_json_quote (text);
  g_autofree char *again = engram_json_get_string (quoted);
  g_autoptr (GString) appended = g_string_new (NULL);

  engram_json_append_quoted (appended, text, -1);
  assert_same (appended->str, quoted);
  g_assert_cmpint (engram_json_check (quoted, -1, NULL, NULL), ==, ENGRAM_JSON_STRING);
  g_assert_true (g_str_is_ascii (quoted));
  if (g_utf8_validate (text, -1, NULL))
    assert_same (again, text);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  /* Of just the size, so that a look beyond it is seen. */
  g_autofree char *bytes = g_memdup2 (data, size);
  g_autofree char *text = g_strndup ((const char *) data, size);
  const char *exact = bytes != NULL ? bytes : "";
  EngramJsonType type = walk (exact, size);
  gsize offset = 0;
  const char *reason = NULL;

  g_assert_cmpint (engram_json_check (exact, size, &offset, &reason), ==, type);
  g_assert_true ((type == ENGRAM_JSON_INVALID) == (reason != NULL) && offset <= size);
  g_assert_cmpint (reference_json_accepts (exact, size, ENGRAM_JSON_MAX_DEPTH), ==, type != ENGRAM_JSON_INVALID);

  check_quoting (text);
  /* A NUL is in no JSON; the others read up to the first one. */
  if (strlen (text) != size)
    g_assert_cmpint (type, ==, ENGRAM_JSON_INVALID);
  else if (type == ENGRAM_JSON_INVALID)
    check_refused (text);
  else
    check_accepted (text, type);
  return 0;
}
