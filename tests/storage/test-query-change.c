/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "query-support.h"

#include <math.h>
#include <string.h>

#define A QUERY_ID_A
#define B QUERY_ID_B
#define C QUERY_ID_C

static void
assert_text (EngramQuery *query, /* (transfer full) */
             const char  *text)
{
  g_assert_nonnull (query);
  g_assert_cmpstr (engram_query_get_text (query), ==, text);
  engram_query_unref (query);
}

static void
test_with_range (void)
{
  g_autoptr (EngramQuery) query = query_test_parse ("axon\t activation:>0.5   type:\"tool\" -activation:1 "
                                                    "activation:<0.9");
  const EngramRange all = { .low = -INFINITY, .high = INFINITY };
  const EngramRange some = { .low = 0.25, .high = 1 };
  const EngramRange more = { .low = 3, .high = INFINITY, .low_excluded = TRUE };
  const EngramRange less = { .low = -INFINITY, .high = 1e-7 };
  const EngramRange open = { .low = -1, .high = 1, .low_excluded = TRUE, .high_excluded = TRUE };
  const EngramRange one = { .low = 2, .high = 2 };

  assert_text (engram_query_with_range (query, ENGRAM_QUERY_ACTIVATION, &some),
               "axon\t activation:0.25..1   type:\"tool\" -activation:1");
  assert_text (engram_query_with_range (query, ENGRAM_QUERY_ACTIVATION, &all),
               "axon\t type:\"tool\" -activation:1");
  assert_text (engram_query_with_range (query, ENGRAM_QUERY_DEGREE, &all), engram_query_get_text (query));
  assert_text (engram_query_with_range (NULL, ENGRAM_QUERY_DEGREE, &more), "degree:>3");
  assert_text (engram_query_with_range (NULL, ENGRAM_QUERY_WEIGHT, &less), "weight:<=1e-07");
  assert_text (engram_query_with_range (NULL, ENGRAM_QUERY_WEIGHT, &open), "weight:>-1..<1");
  assert_text (engram_query_with_range (NULL, ENGRAM_QUERY_IN, &one), "in:2");
  assert_text (engram_query_with_range (NULL, ENGRAM_QUERY_IN, &all), "");
}

static void
test_with_value (void)
{
  g_autoptr (EngramQuery) query = query_test_parse ("a  type:tool,\"memory\"  -type:x type:memory b");
  g_autoptr (EngramQuery) word = query_test_parse ("b");

  assert_text (engram_query_with_value (query, ENGRAM_QUERY_TYPE, "tool", TRUE), engram_query_get_text (query));
  assert_text (engram_query_with_value (query, ENGRAM_QUERY_TYPE, "new one", TRUE),
               "a  type:tool,memory,\"new one\"  -type:x type:memory b");
  assert_text (engram_query_with_value (query, ENGRAM_QUERY_TYPE, "memory", FALSE), "a  type:tool  -type:x b");
  assert_text (engram_query_with_value (query, ENGRAM_QUERY_TYPE, "x", FALSE), engram_query_get_text (query));
  assert_text (engram_query_with_value (word, ENGRAM_QUERY_TAG, "say \"hi\", x", TRUE),
               "b tag:\"say \"\"hi\"\", x\"");
  assert_text (engram_query_with_value (NULL, ENGRAM_QUERY_TAG, "", TRUE), "tag:\"\"");
}

/* Groups that are chosen one by one take the place of a range of them. */
static void
test_with_group (void)
{
  g_autoptr (EngramQuery) some = query_test_parse ("a community:3, 1.0 b");
  g_autoptr (EngramQuery) range = query_test_parse ("a community:>=3 b");

  assert_text (engram_query_with_value (some, ENGRAM_QUERY_COMMUNITY, "1", TRUE), "a community:3, 1.0 b");
  assert_text (engram_query_with_value (some, ENGRAM_QUERY_COMMUNITY, "12", TRUE), "a community:3,1,12 b");
  assert_text (engram_query_with_value (some, ENGRAM_QUERY_COMMUNITY, "3", FALSE), "a community:1 b");
  assert_text (engram_query_with_value (range, ENGRAM_QUERY_COMMUNITY, "2", TRUE), "a community:2 b");
  assert_text (engram_query_with_value (range, ENGRAM_QUERY_COMMUNITY, "3", FALSE), "a community:>=3 b");
  assert_text (engram_query_with_value (NULL, ENGRAM_QUERY_COMPONENT, "2", TRUE), "component:2");
}

static void
test_with_times (void)
{
  g_autoptr (EngramQuery) query = query_test_parse ("a created:>2025 b");

  assert_text (engram_query_with_times (query, ENGRAM_QUERY_CREATED, "2025-11-01T00:00:00", "2025-11-02T00:00:00"),
               "a created:2025-11-01 b");
  assert_text (engram_query_with_times (query, ENGRAM_QUERY_CREATED, "2025-11-01", "2025-11-09"),
               "a created:2025-11-01..2025-11-08 b");
  assert_text (engram_query_with_times (query, ENGRAM_QUERY_CREATED, "2025-11-01T09:30:00", "2025-11-02T00:00:00"),
               "a created:2025-11-01T09:30:00..<2025-11-02 b");
  assert_text (engram_query_with_times (query, ENGRAM_QUERY_CREATED, NULL, "2025-11-02T00:00:00.000001"),
               "a created:<2025-11-02T00:00:00.000001 b");
  assert_text (engram_query_with_times (query, ENGRAM_QUERY_MODIFIED, "2025-11-02T00:00:00", NULL),
               "a created:>2025 b modified:>=2025-11-02");
  assert_text (engram_query_with_times (query, ENGRAM_QUERY_CREATED, NULL, NULL), "a b");
}

static void
test_with_term (void)
{
  g_autoptr (EngramQuery) query = query_test_parse ("a near:" A "<3  -near:" B "<1\nc");
  g_autoptr (EngramQuery) lists = query_test_parse ("id:" A " axon " B);
  g_autoptr (EngramQuery) changed = NULL;
  g_autofree char *terms = NULL;

  assert_text (engram_query_with_term (query, ENGRAM_QUERY_NEAR, "near:" B "<30"), "a near:" B "<30  c");
  assert_text (engram_query_with_term (query, ENGRAM_QUERY_NEAR, NULL), "a c");
  assert_text (engram_query_with_term (query, ENGRAM_QUERY_WORD, "\"x y\""),
               "\"x y\" near:" A "<3  -near:" B "<1");
  assert_text (engram_query_with_term (query, ENGRAM_QUERY_LIKE, "like:" A),
               "a near:" A "<3  -near:" B "<1\nc like:" A);
  assert_text (engram_query_with_term (NULL, ENGRAM_QUERY_ID, A "\n" B), A "\n" B);

  /* Taken away what parts two lists of ids, they stay two. */
  changed = engram_query_with_term (lists, ENGRAM_QUERY_WORD, NULL);
  terms = query_test_describe (changed);
  g_assert_cmpstr (terms, ==, "id <" A ">; id <" B ">");
}

/* Random changes of random queries: the term asked for is there, the other terms are what they were. */

static const char *const pieces[] = {
  "axon", "\"old brain\"", "-x", "type:tool,memory", "tag:\"a,b\"", "-tag:c", "activation:>0.5", "weight:-0.1..0.1",
  "degree:>20", "created:2025-11", "modified:>=2025-11-01", "near:" A "<30", "box:1,2,3,4,5,6", "like:" A,
  "id:" A "," B, B, "\"" C "\"", "-" A, "from:" A, "to:n1", "http://x", "id:n1,n2", "synapse:x",
};

static const char *const odd_values[] = {
  "tool", "", " ", "a b", "a,b", "\"", "\"\"", "-x", "type:tool", "x:y", "a\nb", A, "\303\244", "<", ",", "{}",
  "'q'", "..",
};

static EngramQuery *
make_random_query (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint n_pieces = g_test_rand_int_range (0, 6);

  for (guint i = 0; i < n_pieces; i++)
    g_string_append_printf (text, "%s%s", pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))],
                            g_test_rand_bit () ? " " : " \n ");
  return query_test_parse (text->str);
}

/* All terms but those of a field that are not negated, or not even these. */
static char *
describe_others (EngramQuery      *query,
                 EngramQueryField  field,
                 gboolean          negated_too)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gsize n_terms;
  const EngramQueryTerm *terms = engram_query_get_terms (query, &n_terms);

  for (gsize i = 0; i < n_terms; i++)
    if (terms[i].field != field || (terms[i].negated && !negated_too))
      {
        query_test_append_term (text, &terms[i]);
        g_string_append (text, "; ");
      }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
assert_others_stay (EngramQuery      *before,
                    EngramQuery      *after,
                    EngramQueryField  field,
                    gboolean          negated_too)
{
  g_autofree char *others_before = describe_others (before, field, negated_too);
  g_autofree char *others_after = describe_others (after, field, negated_too);

  g_assert_cmpstr (others_before, ==, others_after);
}

static double
make_random_number (void)
{
  return g_test_rand_bit () ? g_test_rand_int_range (-5, 5) : g_test_rand_double_range (-1e-3, 1e9);
}

static void
change_random_range (EngramQuery *query)
{
  static const EngramQueryField fields[] = { ENGRAM_QUERY_ACTIVATION, ENGRAM_QUERY_WEIGHT, ENGRAM_QUERY_DEGREE };
  EngramQueryField field = fields[g_test_rand_int_range (0, G_N_ELEMENTS (fields))];
  double one = make_random_number ();
  double other = make_random_number ();
  EngramRange range = { .low = MIN (one, other), .high = MAX (one, other) };
  g_autoptr (EngramQuery) changed = NULL;
  const EngramQueryTerm *term;

  if (range.low != range.high)
    {
      range.low_excluded = g_test_rand_bit ();
      range.high_excluded = g_test_rand_bit ();
    }
  if (g_test_rand_bit ())
    range = (EngramRange) { .low = range.low, .high = INFINITY, .low_excluded = g_test_rand_bit () };

  changed = engram_query_with_range (query, field, &range);
  term = engram_query_find_term (changed, field);
  g_assert_true (term->range.low == range.low && term->range.high == range.high);
  g_assert_cmpint (term->range.low_excluded, ==, range.low_excluded);
  g_assert_cmpint (term->range.high_excluded, ==, range.high_excluded);
  assert_others_stay (query, changed, field, FALSE);
}

static void
change_random_value (EngramQuery *query)
{
  static const EngramQueryField fields[] = { ENGRAM_QUERY_TYPE, ENGRAM_QUERY_TAG, ENGRAM_QUERY_SYNAPSE };
  EngramQueryField field = fields[g_test_rand_int_range (0, G_N_ELEMENTS (fields))];
  const char *value = odd_values[g_test_rand_int_range (0, G_N_ELEMENTS (odd_values))];
  g_autoptr (EngramQuery) with = engram_query_with_value (query, field, value, TRUE);
  g_autoptr (EngramQuery) without = engram_query_with_value (with, field, value, FALSE);
  const EngramQueryTerm *term = engram_query_find_term (with, field);

  g_assert_true (g_strv_contains ((const char *const *) term->values, value));
  assert_others_stay (query, with, field, FALSE);
  term = engram_query_find_term (without, field);
  g_assert_true (term == NULL || !g_strv_contains ((const char *const *) term->values, value));
  assert_others_stay (query, without, field, FALSE);
}

static void
change_random_times (EngramQuery *query)
{
  g_autoptr (GDateTime) start = g_date_time_new_local (2025, g_test_rand_int_range (1, 13), 1, 0, 0, 0);
  g_autoptr (GDateTime) first = g_date_time_add (start, g_test_rand_bit () ? 0 : g_test_rand_int_range (0, G_MAXINT));
  GTimeSpan span = g_test_rand_bit () ? G_TIME_SPAN_DAY : g_test_rand_int_range (1, G_MAXINT);
  g_autoptr (GDateTime) second = g_date_time_add (first, span);
  g_autofree char *since = g_test_rand_bit () ? engram_time_format (first) : NULL;
  g_autofree char *until = since == NULL || g_test_rand_bit () ? engram_time_format (second) : NULL;
  g_autoptr (EngramQuery) changed = engram_query_with_times (query, ENGRAM_QUERY_CREATED, since, until);
  const EngramQueryTerm *term = engram_query_find_term (changed, ENGRAM_QUERY_CREATED);

  g_assert_cmpstr (term->since, ==, since);
  g_assert_cmpstr (term->until, ==, until);
  assert_others_stay (query, changed, ENGRAM_QUERY_CREATED, FALSE);
}

static void
change_random_term (EngramQuery *query)
{
  const char *text = pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))];
  g_autoptr (EngramQuery) piece = query_test_parse (text);
  gsize n_terms;
  const EngramQueryTerm *asked = engram_query_get_terms (piece, &n_terms);
  g_autoptr (EngramQuery) changed = engram_query_with_term (query, asked->field, text);
  g_autoptr (EngramQuery) without = engram_query_with_term (changed, asked->field, NULL);
  g_autofree char *terms = query_test_describe (changed);
  g_autofree char *term = query_test_describe (piece);

  if (strstr (terms, term) == NULL)
    g_error ("%s with %s is %s", engram_query_get_text (query), text, terms);
  assert_others_stay (query, changed, asked->field, TRUE);
  assert_others_stay (query, without, asked->field, TRUE);
}

static void
test_random_changes (void)
{
  for (guint i = 0; i < 3000; i++)
    {
      g_autoptr (EngramQuery) query = make_random_query ();

      change_random_range (query);
      change_random_value (query);
      change_random_times (query);
      change_random_term (query);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/query-change/with-range", test_with_range);
  g_test_add_func ("/query-change/with-value", test_with_value);
  g_test_add_func ("/query-change/with-group", test_with_group);
  g_test_add_func ("/query-change/with-times", test_with_times);
  g_test_add_func ("/query-change/with-term", test_with_term);
  g_test_add_func ("/query-change/random-changes", test_random_changes);

  return g_test_run ();
}
