/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "common/engram-relative-time.h"
#include "details/engram-field-text.h"
#include "test-support.h"

/* What a control shows of a value, and what it makes of that again. */
static const struct {
  EngramControlKind kind;
  const char *json;
  const char *text;
  const char *back;
} values[] = {
  { ENGRAM_CONTROL_TEXT, "\"one\\ntwo\"", "one\ntwo", "\"one\\ntwo\"" },
  { ENGRAM_CONTROL_CODE, "\"return \\\"x\\\"\"", "return \"x\"", "\"return \\\"x\\\"\"" },
  { ENGRAM_CONTROL_CHOICE, "\"episodic\"", "episodic", "\"episodic\"" },
  /* Every figure. */
  { ENGRAM_CONTROL_NUMBER, "0.10000000000000001", "0.10000000000000001", "0.10000000000000001" },
  { ENGRAM_CONTROL_NUMBER, "1e-07", "1e-07", "1e-07" },
  { ENGRAM_CONTROL_INTEGER, "12345678901234567890", "12345678901234567890", "12345678901234567890" },
  { ENGRAM_CONTROL_LEVEL, "0.75", "0.75", "0.75" },
  { ENGRAM_CONTROL_WEIGHT, "-1.0", "-1.0", "-1.0" },
  { ENGRAM_CONTROL_BOOLEAN, "true", "true", "true" },
  { ENGRAM_CONTROL_TIME, "\"2025-11-01T09:00:00\"", "2025-11-01T09:00:00", "\"2025-11-01T09:00:00\"" },
  { ENGRAM_CONTROL_TAGS, "[\"a\",\"b c\"]", "[\"a\", \"b c\"]", "[\"a\", \"b c\"]" },
  { ENGRAM_CONTROL_OBJECT, "{\"a\":[1]}", "{\n  \"a\": [\n    1\n  ]\n}", "{\"a\":[1]}" },
  { ENGRAM_CONTROL_LIST, "[1.50]", "[\n  1.50\n]", "[1.50]" },
  { ENGRAM_CONTROL_JSON, "\"high\"", "\"high\"", "\"high\"" },
  { ENGRAM_CONTROL_JSON, "null", "null", "null" },
  /* Nothing. */
  { ENGRAM_CONTROL_NUMBER, "null", "", "null" },
  { ENGRAM_CONTROL_TIME, "null", "", "null" },
  { ENGRAM_CONTROL_OBJECT, "null", "", "null" },
  { ENGRAM_CONTROL_TAGS, "null", "[]", "[]" },
  { ENGRAM_CONTROL_TEXT, "null", "", "\"\"" },
};

static void
test_values (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autofree char *text = engram_field_text_from_json (values[i].kind, values[i].json);
      g_autofree char *problem = NULL;
      g_autofree char *back = NULL;

      g_assert_cmpstr (text, ==, values[i].text);
      back = engram_field_text_to_json (values[i].kind, text, &problem);
      g_assert_cmpstr (problem, ==, NULL);
      g_assert_cmpstr (back, ==, values[i].back);
    }
}

/* What people type. */
static const struct {
  EngramControlKind kind;
  const char *text;
  const char *json; /* NULL where it is wrong */
} typed[] = {
  { ENGRAM_CONTROL_NUMBER, " +.5 ", "0.5" },
  { ENGRAM_CONTROL_NUMBER, "\342\210\2222", "-2" },
  { ENGRAM_CONTROL_NUMBER, "two", NULL },
  { ENGRAM_CONTROL_NUMBER, "12,5", "12.5" },
  { ENGRAM_CONTROL_NUMBER, "\342\210\222,5", "-0.5" },
  { ENGRAM_CONTROL_NUMBER, "1,234", NULL },
  { ENGRAM_CONTROL_NUMBER, "1,234,567", NULL },
  { ENGRAM_CONTROL_NUMBER, "1,234.5", NULL },
  { ENGRAM_CONTROL_NUMBER, "1e999", NULL },
  { ENGRAM_CONTROL_NUMBER, "NaN", NULL },
  { ENGRAM_CONTROL_NUMBER, "-", NULL },
  { ENGRAM_CONTROL_INTEGER, "7", "7" },
  { ENGRAM_CONTROL_INTEGER, "7.5", NULL },
  { ENGRAM_CONTROL_INTEGER, "7,5", NULL },
  { ENGRAM_CONTROL_LEVEL, "0,75", "0.75" },
  { ENGRAM_CONTROL_LEVEL, "1", "1" },
  { ENGRAM_CONTROL_LEVEL, "1.01", NULL },
  { ENGRAM_CONTROL_LEVEL, "-0.1", NULL },
  { ENGRAM_CONTROL_WEIGHT, "-0.1", "-0.1" },
  { ENGRAM_CONTROL_WEIGHT, "-1.5", NULL },
  { ENGRAM_CONTROL_TIME, " 2025-11-01 ", "\"2025-11-01\"" },
  { ENGRAM_CONTROL_TIME, "yesterday", NULL },
  { ENGRAM_CONTROL_TIME, "2025-02-30", NULL },
  { ENGRAM_CONTROL_OBJECT, "{ \"a\" : 1.50 }", "{\"a\":1.50}" },
  { ENGRAM_CONTROL_OBJECT, "[1]", NULL },
  { ENGRAM_CONTROL_OBJECT, "{\"a\": }", NULL },
  { ENGRAM_CONTROL_LIST, "{}", NULL },
  { ENGRAM_CONTROL_JSON, "", NULL },
  { ENGRAM_CONTROL_JSON, "[true]", "[true]" },
};

static void
test_typed (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      g_autofree char *problem = NULL;
      g_autofree char *json = engram_field_text_to_json (typed[i].kind, typed[i].text, &problem);

      g_assert_cmpstr (json, ==, typed[i].json);
      g_assert_true ((problem != NULL) == (json == NULL));
    }
}

static void
test_json_place (void)
{
  g_autofree char *problem = NULL;
  g_autofree char *json = engram_field_text_to_json (ENGRAM_CONTROL_OBJECT, "{\n  \"\303\244\": x\n}", &problem);

  g_assert_null (json);
  g_assert_nonnull (strstr (problem, "in line 2 at column 8, "));
}

/* The right control for what is there, whatever the field is said to hold. */
static const struct {
  EngramFieldKind field;
  const char *json;
  EngramControlKind control;
} chosen[] = {
  { ENGRAM_FIELD_TEXT, "\"a\"", ENGRAM_CONTROL_TEXT },
  { ENGRAM_FIELD_TEXT, "null", ENGRAM_CONTROL_TEXT },
  { ENGRAM_FIELD_TEXT, "5", ENGRAM_CONTROL_JSON },
  { ENGRAM_FIELD_CODE, "\"a\"", ENGRAM_CONTROL_CODE },
  { ENGRAM_FIELD_REAL, "0.5", ENGRAM_CONTROL_NUMBER },
  { ENGRAM_FIELD_REAL, "\"high\"", ENGRAM_CONTROL_JSON },
  { ENGRAM_FIELD_INTEGER, "5", ENGRAM_CONTROL_INTEGER },
  { ENGRAM_FIELD_BOOLEAN, "false", ENGRAM_CONTROL_BOOLEAN },
  { ENGRAM_FIELD_BOOLEAN, "0", ENGRAM_CONTROL_JSON },
  { ENGRAM_FIELD_TIME, "null", ENGRAM_CONTROL_TIME },
  { ENGRAM_FIELD_TEXT_LIST, "[\"a\"]", ENGRAM_CONTROL_TAGS },
  { ENGRAM_FIELD_TEXT_LIST, "[1]", ENGRAM_CONTROL_LIST },
  { ENGRAM_FIELD_TEXT_LIST, "\"[broken\"", ENGRAM_CONTROL_LIST },
  { ENGRAM_FIELD_OBJECT, "{}", ENGRAM_CONTROL_OBJECT },
};

static void
test_choose (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (chosen); i++)
    g_assert_cmpint (engram_field_text_choose (chosen[i].field, chosen[i].json), ==, chosen[i].control);
}

/* A text that is damaged JSON is shown as it is, to be mended. */
static void
test_damaged (void)
{
  g_autofree char *text = engram_field_text_from_json (ENGRAM_CONTROL_OBJECT, "\"{\\\"a\\\": }\"");

  g_assert_cmpstr (text, ==, "{\"a\": }");
}

/* Times */

static const struct {
  const char *time;
  const char *words;
} times[] = {
  { "2025-11-20T09:15:00", "today at 09:15" },
  { "2025-11-19T23:59:59", "yesterday at 23:59" },
  { "2025-11-18T12:00:00", "2 days ago" },
  { "2025-11-07T12:00:00", "13 days ago" },
  { "2025-11-06T12:00:00", "2 weeks ago" },
  { "2025-10-30T12:00:00", "3 weeks ago" },
  { "2025-08-01T12:00:00", "3 months ago" },
  { "2023-11-01T12:00:00", "2 years ago" },
  /* What lies ahead, or is none. */
  { "2025-11-20T18:00:00", "Thursday, 20 November 2025, 18:00" },
  { "2026-01-01", "Thursday, 1 January 2026, 00:00" },
  { "soon", "soon" },
};

static void
test_relative_time (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_local (2025, 11, 20, 12, 30, 0);

  for (gsize i = 0; i < G_N_ELEMENTS (times); i++)
    {
      g_autofree char *words = engram_relative_time_format (times[i].time, now);

      g_assert_cmpstr (words, ==, times[i].words);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/field-text/values", test_values);
  g_test_add_func ("/field-text/typed", test_typed);
  g_test_add_func ("/field-text/json-place", test_json_place);
  g_test_add_func ("/field-text/choose", test_choose);
  g_test_add_func ("/field-text/damaged", test_damaged);
  g_test_add_func ("/field-text/relative-time", test_relative_time);

  return g_test_run ();
}
