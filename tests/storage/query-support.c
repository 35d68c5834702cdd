/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "query-support.h"

#include <math.h>

static void
append_range (GString           *text,
              const EngramRange *range)
{
  if (isinf (range->low) && isinf (range->high))
    return;
  g_string_append_printf (text, " %c%g %g%c", range->low_excluded ? '(' : '[', range->low, range->high,
                          range->high_excluded ? ')' : ']');
}

void
query_test_append_term (GString               *text,
                        const EngramQueryTerm *term)
{
  const char *name = engram_query_field_get_name (term->field);

  g_string_append_printf (text, "%s%s", term->negated ? "-" : "", name != NULL ? name : "word");
  for (guint i = 0; term->values != NULL && term->values[i] != NULL; i++)
    g_string_append_printf (text, " <%s>", term->values[i]);
  append_range (text, &term->range);
  if (term->since != NULL)
    g_string_append_printf (text, " since %s", term->since);
  if (term->until != NULL)
    g_string_append_printf (text, " until %s", term->until);
  if (term->field == ENGRAM_QUERY_BOX || (term->field == ENGRAM_QUERY_NEAR && term->values == NULL))
    for (guint i = 0; i < 6; i++)
      g_string_append_printf (text, " %g", term->box[i / 3][i % 3]);
}

char *
query_test_describe (EngramQuery *query)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gsize n_terms;
  const EngramQueryTerm *terms = engram_query_get_terms (query, &n_terms);

  for (gsize i = 0; i < n_terms; i++)
    {
      if (i > 0)
        g_string_append (text, "; ");
      query_test_append_term (text, &terms[i]);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

EngramQuery *
query_test_parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  EngramQuery *query = engram_query_parse (text, NULL, NULL, &error);

  g_assert_no_error (error);
  return query;
}
