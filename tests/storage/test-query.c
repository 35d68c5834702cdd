/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "query-support.h"

#include <string.h>

#include "query/engram-query-private.h"

#define A QUERY_ID_A
#define B QUERY_ID_B
#define C QUERY_ID_C

/* 3 March 2026, 14:30. */
static EngramQuery *
parse_then (const char  *text,
            gsize       *start,
            gsize       *end,
            GError     **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_local (2026, 3, 3, 14, 30, 0);

  return engram_query_parse_at (text, now, start, end, error);
}

static void
assert_terms (const char *text,
              const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramQuery) query = parse_then (text, NULL, NULL, &error);
  g_autofree char *terms = NULL;

  if (query == NULL)
    g_error ("%s: %s", text, error->message);
  terms = query_test_describe (query);
  if (!g_str_equal (terms, expected))
    g_error ("%s: %s rather than %s", text, terms, expected);
}

typedef struct {
  const char *text;
  const char *terms;
} Reading;

static const Reading readings[] = {
  /* words */
  { "", "" },
  { " \t\n ", "" },
  { "axon", "word <axon>" },
  { "axon  Spike", "word <axon>; word <Spike>" },
  { "\"action potential\"", "word <action potential>" },
  { "axon \"a b\" c", "word <axon>; word <a b>; word <c>" },
  { "\"say \"\"hello\"\"\"", "word <say \"hello\">" },
  { "\"\"\"\"", "word <\">" },
  { "5\" disk\"s", "word <5\">; word <disk\"s>" },
  { "-axon", "-word <axon>" },
  { "-\"a b\"", "-word <a b>" },
  { "- -", "word <->; word <->" },
  { "--x", "-word <-x>" },
  { "\"-x\"", "word <-x>" },
  { "\302\240axon\342\200\203spike\302\240", "word <axon>; word <spike>" },
  { "\303\204HRE \346\227\245\346\234\254", "word <\303\204HRE>; word <\346\227\245\346\234\254>" },
  { "f(x,y)", "word <f(x,y)>" },
  /* a colon that makes no field */
  { "http://x.org/a:b", "word <http://x.org/a:b>" },
  { "std::string", "word <std::string>" },
  { "9:30", "word <9:30>" },
  { "C:\\x", "word <C:\\x>" },
  { ":x", "word <:x>" },
  { "\"typ:tool\"", "word <typ:tool>" },
  { "\"type:tool\"", "word <type:tool>" },
  /* lists of names */
  { "type:tool", "type <tool>" },
  { "type:tool,memory", "type <tool> <memory>" },
  { "type:tool, memory axon", "type <tool> <memory>; word <axon>" },
  { "Type:Tool", "type <Tool>" },
  { "-type:tool", "-type <tool>" },
  { "tag:cortex,\"old brain\"", "tag <cortex> <old brain>" },
  { "tag:\"a,b\",\"c\"\"d\",\"\"", "tag <a,b> <c\"d> <>" },
  { "tag:a:b,http://x", "tag <a:b> <http://x>" },
  { "synapse:tool_input,tool_output", "synapse <tool_input> <tool_output>" },
  /* numbers */
  { "activation:>0.5", "activation (0.5 inf]" },
  { "activation:>=0.5", "activation [0.5 inf]" },
  { "activation:<.5", "activation [-inf 0.5)" },
  { "activation:<=1e-3", "activation [-inf 0.001]" },
  { "activation:0.5", "activation [0.5 0.5]" },
  { "activation:=0.5", "activation [0.5 0.5]" },
  { "importance:0.2..0.4", "importance [0.2 0.4]" },
  { "importance:0.2..", "importance [0.2 inf]" },
  { "importance:..0.4", "importance [-inf 0.4]" },
  { "importance:.2...4", "importance [0.2 0.4]" },
  { "importance:>0.2..<0.4", "importance (0.2 0.4)" },
  { "importance:>=0.2..<=0.4", "importance [0.2 0.4]" },
  { "weight:-0.1..0.1", "weight [-0.1 0.1]" },
  { "weight:-.5..-.1", "weight [-0.5 -0.1]" },
  { "-weight:>0", "-weight (0 inf]" },
  { "executions:>=10 degree:>20 in:0 out:1..3 usage:>3",
    "executions [10 inf]; degree (20 inf]; in [0 0]; out [1 3]; usage (3 inf]" },
  /* groups */
  { "community:1", "community <1>" },
  { "change:added", "change <added>" },
  { "-CHANGE:Added, SAME axon", "-change <added> <same>; word <axon>" },
  { "moved:>5", "moved (5 inf]" },
  { "drift:0.1..0.2 weight-change:<-0.1", "drift [0.1 0.2]; weight-change [-inf -0.1)" },
  { "community:3, 1.0,1e1 axon", "community <3> <1> <10>; word <axon>" },
  { "component:>=3", "component [3 inf]" },
  { "component:2..4", "component [2 4]" },
  { "-community:=2", "-community [2 2]" },
  /* times */
  { "created:2025", "created since 2025-01-01T00:00:00 until 2026-01-01T00:00:00" },
  { "created:2024-02", "created since 2024-02-01T00:00:00 until 2024-03-01T00:00:00" },
  { "created:2025-12-31", "created since 2025-12-31T00:00:00 until 2026-01-01T00:00:00" },
  { "created:2025-11-01T23", "created since 2025-11-01T23:00:00 until 2025-11-02T00:00:00" },
  { "created:2025-11-01T09:30", "created since 2025-11-01T09:30:00 until 2025-11-01T09:31:00" },
  { "created:2025-11-01T09:30:59", "created since 2025-11-01T09:30:59 until 2025-11-01T09:31:00" },
  { "created:2025-11-01T09:30:00.5", "created since 2025-11-01T09:30:00.500000 until 2025-11-01T09:30:00.500001" },
  { "created:2025-11-01T09:30:59.999999", "created since 2025-11-01T09:30:59.999999 until 2025-11-01T09:31:00" },
  { "created:2025-11-01T09:30:00Z", "created since 2025-11-01T09:30:00 until 2025-11-01T09:30:01" },
  { "created:<2025-11", "created until 2025-11-01T00:00:00" },
  { "created:<=2025-11", "created until 2025-12-01T00:00:00" },
  { "created:>2025-11", "created since 2025-12-01T00:00:00" },
  { "created:>=2025-11", "created since 2025-11-01T00:00:00" },
  { "modified:>2025-11-01T09:30", "modified since 2025-11-01T09:31:00" },
  { "modified:2025-11-01..2025-11-08", "modified since 2025-11-01T00:00:00 until 2025-11-09T00:00:00" },
  { "modified:2025-11-01..<2025-11-08", "modified since 2025-11-01T00:00:00 until 2025-11-08T00:00:00" },
  { "modified:..2025", "modified until 2026-01-01T00:00:00" },
  { "modified:<=9999", "modified" },
  { "modified:today", "modified since 2026-03-03T00:00:00 until 2026-03-04T00:00:00" },
  { "modified:Yesterday", "modified since 2026-03-02T00:00:00 until 2026-03-03T00:00:00" },
  { "modified:yesterday..today", "modified since 2026-03-02T00:00:00 until 2026-03-04T00:00:00" },
  { "modified:7d", "modified since 2026-02-24T14:30:00" },
  { "modified:>7d", "modified since 2026-02-24T14:30:00" },
  { "modified:<1w", "modified until 2026-02-24T14:30:00" },
  { "modified:2d..12h", "modified since 2026-03-01T14:30:00 until 2026-03-03T02:30:00" },
  { "modified:30min", "modified since 2026-03-03T14:00:00" },
  { "-modified:today", "-modified since 2026-03-03T00:00:00 until 2026-03-04T00:00:00" },
  /* space */
  { "near:" A "<30", "near <" A "> [-inf 30]" },
  { "near:\"" A "\"<=1.5", "near <" A "> [-inf 1.5]" },
  { "near:n1<0", "near <n1> [-inf 0]" },
  { "near:1,-2.5,3e1<4", "near [-inf 4] 1 -2.5 30 1 -2.5 30" },
  { "near:1, 2, 3<=4 axon", "near [-inf 4] 1 2 3 1 2 3; word <axon>" },
  { "near:\"1,2,3\"<4", "near <1,2,3> [-inf 4]" },
  { "near:1,2<30", "near <1,2> [-inf 30]" },
  { "box:1,2,3,4,5,6", "box 1 2 3 4 5 6" },
  { "box:4,-2,3.5, 1,2,-3", "box 1 -2 -3 4 2 3.5" },
  { "like:" A, "like <" A ">" },
  { "like:7B0C1F4E-2F3A-4C5D-8E9F-0A1B2C3D4E5F", "like <" A ">" },
  /* ids */
  { A, "id <" A ">" },
  { A " " B, "id <" A "> <" B ">" },
  { A "," B ", " C ";" A, "id <" A "> <" B "> <" C ">" },
  { "\n" A "\r\n" B "\n\n", "id <" A "> <" B ">" },
  { "\"" A "\", \"" B "\"", "id <" A "> <" B ">" },
  { "['" A "', '" B "']", "id <" A "> <" B ">" },
  { "[\n  \"" A "\",\n  \"" B "\"\n]\n", "id <" A "> <" B ">" },
  { "{7B0C1F4E-2F3A-4C5D-8E9F-0A1B2C3D4E5F} | " B, "id <" A "> <" B ">" },
  { A ",", "id <" A ">" },
  { A " axon " B, "id <" A ">; word <axon>; id <" B ">" },
  { "axon " A " " B " type:tool", "word <axon>; id <" A "> <" B ">; type <tool>" },
  { A " \"old brain\"", "id <" A ">; word <old brain>" },
  { "-" A " " B, "-id <" A ">; id <" B ">" },
  { "-" A ", " B, "-id <" A "> <" B ">" },
  { "id:" A, "id <" A ">" },
  { "id:" A "," B, "id <" A "> <" B ">" },
  { "id:" A " " B, "id <" A "> <" B ">" },
  { "id:n1,n2", "id <n1> <n2>" },
  { "id:" A ",n1", "id <" A "> <n1>" },
  { "id:\"n 1\"", "id <n 1>" },
  { "from:" A " to:" B "," C, "from <" A ">; to <" B "> <" C ">" },
  { "from:" A " " B, "from <" A ">; id <" B ">" },
  { "from:n1 -to:{" B "}", "from <n1>; -to <" B ">" },
  /* parts of ids are words */
  { "7b0c1f4e", "word <7b0c1f4e>" },
  { A "x", "word <" A "x>" },
};

static void
test_readings (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (readings); i++)
    assert_terms (readings[i].text, readings[i].terms);
}

/* What is wrong, which part of the text that is, and a part of the message. */

typedef struct {
  const char *text;
  const char *wrong;
  const char *message;
} Refusal;

static const Refusal refusals[] = {
  { "axon \"old brain", "\"old brain", "quotation mark" },
  { "\"", "\"", "quotation mark" },
  { "x \"\"", "\"\"", "nothing between" },
  { "\"a\"b c", "\"a\"b", "written twice" },
  { "tag:\"a\"b", "\"a\"b", "written twice" },
  { "typ:tool", "typ:", "did you mean “type:”?" },
  { "x tpye:tool y", "tpye:", "did you mean “type:”?" },
  { "act:>0.5", "act:", "did you mean “activation:”?" },
  { "tags:cortex", "tags:", "did you mean “tag:”?" },
  { "-neuron_type:tool", "neuron_type:", "did you mean “type:”?" },
  { "target:x", "target:", "did you mean “to:”?" },
  { "wieght:>0", "wieght:", "did you mean “weight:”?" },
  { "typ:tool", "typ:", "in quotation marks: \"typ:tool\"" },
  { "mailto:a", "mailto:", "no field “mailto”. To look" },
  { "x:", "x:", "no field “x”" },
  { "averyveryverylongname:x", "averyveryverylongname:", "no field" },
  { "a type:", "type:", "type:tool,memory" },
  { "type: tool", "type:", "without a space" },
  { "tag:a,", ",", "missing" },
  { "tag:a,,b", ",", "missing" },
  { "tag:a, type:tool", ",", "missing" },
  { "activation:>", ">", "missing" },
  { "activation:..", "..", "missing" },
  { "activation:>..1", ">..1", "missing" },
  { "activation:high", "high", "“high” is no number" },
  { "activation:0,5", "0,5", "with a point" },
  { "activation:nan", "nan", "no number" },
  { "activation:>inf", ">inf", "no number" },
  { "activation:0x10", "0x10", "no number" },
  { "activation:1e999", "1e999", "no number" },
  { "activation:0.4..0.2", "0.4..0.2", "lower bound comes first" },
  { "activation:>1..<1", ">1..<1", "lower bound comes first" },
  { "change:new", "new", "can be one of these: added, changed, rewired, same" },
  { "change:added,>1", "added,>1", "cannot be “>1”" },
  { "weight_change:>1", "weight_change:", "did you mean “weight-change:”" },
  { "community:none", "none", "“none” is no number" },
  { "community:1,two", "1,two", "“two” is no number" },
  { "community:1,", ",", "missing" },
  { "created:soon", "soon", "“soon” is no time" },
  { "created:2025-13", "2025-13", "no time" },
  { "created:2025-02-30", "2025-02-30", "no time" },
  { "created:0000", "0000", "no time" },
  { "created:99", "99", "no time" },
  { "created:7y", "7y", "no time" },
  { "created:d", "d", "no time" },
  { "created:99999999999999999999d", "99999999999999999999d", "no time" },
  { "created:>9999", ">9999", "later" },
  { "created:2025-11..2025-10", "2025-11..2025-10", "earlier one comes first" },
  { "near:" A, A, "How far" },
  { "near:" A "<", "<", "missing" },
  { "near:" A "<far", "far", "no number" },
  { "near:" A "<-1", "-1", "negative" },
  { "near:<30", ":", "missing" },
  { "near:1,2,3<", "<", "missing" },
  { "near:1,2,3<-1", "-1", "negative" },
  { "box:1,2,3", "3", "six numbers" },
  { "box:1,2,3,4,5,x", "x", "no number" },
  { "box:1,2,3,4,5,", ",", "missing" },
  { "box:1,2,3,4,5,6,7", ",7", "too much" },
  { "-like:" A, "-like:", "no opposite" },
  { "like:" A "," B, "," B, "too much" },
  { A ",axon," B, "axon," B, "is no id" },
  { A ", axon", "axon", "is no id" },
  { "axon\xff", "\xff", "UTF-8" },
};

static void
test_refusals (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *spaced = g_strdup_printf (" \t%s ", refusals[i].text);
      g_autofree char *wrong = NULL;
      gsize start, end;

      if (parse_then (spaced, &start, &end, &error) != NULL)
        g_error ("%s: read", refusals[i].text);
      g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_INVALID);
      if (strstr (error->message, refusals[i].message) == NULL)
        g_error ("%s: %s", refusals[i].text, error->message);
      g_assert_cmpuint (start, <=, end);
      g_assert_cmpuint (end, <=, strlen (spaced));
      wrong = g_strndup (spaced + start, end - start);
      g_assert_cmpstr (wrong, ==, refusals[i].wrong);
    }
}

/* Each field's own example is right, but for the id that stands in it. */
static void
test_examples (void)
{
  for (guint field = 0; field < ENGRAM_QUERY_N_FIELDS; field++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (EngramQuery) query = engram_query_parse (engram_query_field_get_example (field), NULL, NULL, &error);

      g_assert_no_error (error);
      g_assert_nonnull (engram_query_find_term (query, field));
      g_assert_cmpstr (engram_query_field_get_label (field), !=, "");
    }
}

/* A query as an object */

static void
test_object (void)
{
  g_autoptr (EngramQuery) query = query_test_parse ("  axon  type:tool -type:memory id:" A " ");
  g_autoptr (EngramQuery) same = query_test_parse ("axon  type:tool -type:memory id:" A);
  g_autoptr (EngramQuery) other = query_test_parse ("axon");
  g_autoptr (EngramQuery) empty = query_test_parse (" ");
  const EngramQueryTerm *terms;
  gsize n_terms;

  g_assert_cmpstr (engram_query_get_text (query), ==, "axon  type:tool -type:memory id:" A);
  terms = engram_query_get_terms (query, &n_terms);
  g_assert_cmpuint (n_terms, ==, 4);
  g_assert_cmpuint (terms[1].start, ==, 6);
  g_assert_cmpuint (terms[1].end, ==, 15);
  g_assert_cmpuint (terms[2].start, ==, 16);
  g_assert_cmpuint (terms[2].end, ==, 28);
  g_assert_true (engram_query_find_term (query, ENGRAM_QUERY_TYPE) == &terms[1]);
  g_assert_null (engram_query_find_term (query, ENGRAM_QUERY_TAG));
  g_assert_null (engram_query_find_term (NULL, ENGRAM_QUERY_TAG));

  g_assert_true (engram_query_equal (query, same));
  g_assert_false (engram_query_equal (query, other));
  g_assert_false (engram_query_equal (query, NULL));
  g_assert_true (engram_query_equal (empty, NULL));
  g_assert_true (engram_query_is_empty (empty));
  g_assert_true (engram_query_is_empty (NULL));
  g_assert_false (engram_query_is_empty (other));
}

/* "today" is another query tomorrow. */
static void
test_equal_times (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_local (2026, 3, 3, 14, 30, 0);
  g_autoptr (GDateTime) later = g_date_time_new_local (2026, 3, 3, 23, 59, 0);
  g_autoptr (GDateTime) tomorrow = g_date_time_new_local (2026, 3, 4, 0, 1, 0);
  g_autoptr (EngramQuery) one = engram_query_parse_at ("modified:today", now, NULL, NULL, NULL);
  g_autoptr (EngramQuery) same = engram_query_parse_at ("modified:today", later, NULL, NULL, NULL);
  g_autoptr (EngramQuery) other = engram_query_parse_at ("modified:today", tomorrow, NULL, NULL, NULL);

  g_assert_true (engram_query_equal (one, same));
  g_assert_false (engram_query_equal (one, other));
}

/* What is so long ago moves on by whole minutes, so that a query does not differ from itself at once. */
static void
test_equal_moments (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_local (2026, 3, 3, 14, 30, 1.25);
  g_autoptr (GDateTime) soon = g_date_time_new_local (2026, 3, 3, 14, 30, 59);
  g_autoptr (GDateTime) later = g_date_time_new_local (2026, 3, 3, 14, 31, 0);
  g_autoptr (EngramQuery) one = engram_query_parse_at ("modified:7d", now, NULL, NULL, NULL);
  g_autoptr (EngramQuery) same = engram_query_parse_at ("modified:7d", soon, NULL, NULL, NULL);
  g_autoptr (EngramQuery) other = engram_query_parse_at ("modified:7d", later, NULL, NULL, NULL);

  g_assert_true (engram_query_equal (one, same));
  g_assert_false (engram_query_equal (one, other));
  g_assert_cmpstr (engram_query_find_term (one, ENGRAM_QUERY_MODIFIED)->since, ==, "2026-02-24T14:30:00");
}

/* 50,000 pasted ids are read in one go. */
static void
test_many_ids (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (EngramQuery) query = NULL;
  const EngramQueryTerm *term;

  for (guint i = 0; i < 50000; i++)
    g_string_append_printf (text, "%08x-1234-4234-9234-123456789abc\n", i);
  query = query_test_parse (text->str);
  term = engram_query_find_term (query, ENGRAM_QUERY_ID);
  g_assert_cmpuint (g_strv_length (term->values), ==, 50000);
}

/* Whatever is typed: no crash, terms that lie in the text one after the other, or an error that lies in it. */

static const char *const scraps[] = {
  " ", "\"", ":", ",", "-", "<", ">", "=", "..", ".", "\n", "{", "]", "'", "id", "type", "tag", "near", "box", "like",
  "created", "weight", "from", "2025-11", "7d", "1", "0.5", "e", "today", "x", "\303\244", "\342\200\203",
  "\360\237\247\240", A, "7B0C1F4E-2F3A-4C5D-8E9F-0A1B2C3D4E5F", "\xff", "\xc3", "T09:30",
};

static void
check_places (EngramQuery *query)
{
  gsize n_terms;
  const EngramQueryTerm *terms = engram_query_get_terms (query, &n_terms);
  gsize place = 0;

  for (gsize i = 0; i < n_terms; i++)
    {
      g_assert_cmpuint (terms[i].start, >=, place);
      g_assert_cmpuint (terms[i].end, >, terms[i].start);
      place = terms[i].end;
    }
  g_assert_cmpuint (place, <=, strlen (engram_query_get_text (query)));
}

static void
test_random_texts (void)
{
  for (guint i = 0; i < 100000; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (EngramQuery) query = NULL;
      g_autoptr (GError) error = NULL;
      guint n_scraps = g_test_rand_int_range (0, 12);
      gsize start, end;

      for (guint j = 0; j < n_scraps; j++)
        g_string_append (text, scraps[g_test_rand_int_range (0, G_N_ELEMENTS (scraps))]);
      query = engram_query_parse (text->str, &start, &end, &error);
      if (query != NULL)
        {
          check_places (query);
          continue;
        }
      g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_INVALID);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      if (start >= end || end > text->len)
        g_error ("“%s”: %zu to %zu: %s", text->str, start, end, error->message);
    }
}

/* Text that is quoted is a word again, but for ids, which are ids in whatever marks. */
static void
test_quote (void)
{
  for (guint i = 0; i < 20000; i++)
    {
      g_autoptr (GString) word = g_string_new (NULL);
      guint n_scraps = g_test_rand_int_range (1, 6);
      g_autoptr (EngramQuery) query = NULL;
      g_autofree char *quoted = NULL;
      const EngramQueryTerm *term;

      for (guint j = 0; j < n_scraps; j++)
        g_string_append (word, scraps[g_test_rand_int_range (0, G_N_ELEMENTS (scraps))]);
      if (!g_utf8_validate (word->str, -1, NULL) || strlen (word->str) >= ENGRAM_UUID_TEXT_LENGTH)
        continue;
      quoted = engram_query_quote (word->str);
      query = query_test_parse (quoted);
      term = engram_query_find_term (query, ENGRAM_QUERY_WORD);
      g_assert_cmpstr (term->values[0], ==, word->str);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/query/readings", test_readings);
  g_test_add_func ("/query/refusals", test_refusals);
  g_test_add_func ("/query/examples", test_examples);
  g_test_add_func ("/query/object", test_object);
  g_test_add_func ("/query/equal-times", test_equal_times);
  g_test_add_func ("/query/equal-moments", test_equal_moments);
  g_test_add_func ("/query/many-ids", test_many_ids);
  g_test_add_func ("/query/random-texts", test_random_texts);
  g_test_add_func ("/query/quote", test_quote);

  return g_test_run ();
}
