/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <engram.h>
#include <string.h>

#include "search/engram-completion.h"

static EngramFacetValue types[] = { { "knowledge", 1200 }, { "tool", 30 }, { "memory", 2 } };
static EngramFacetValue tags[] = {
  { "cortex", 9 }, { "old brain", 8 }, { "\303\204hre", 7 }, { "a,b", 6 }, { "old", 5 },
};
static EngramFacetValue synapse_types[] = { { "tool_input", 4 }, { "tool_output", 3 } };

static void
add_values (GPtrArray              *array,
            const EngramFacetValue *values,
            gsize                   n_values)
{
  for (gsize i = 0; i < n_values; i++)
    g_ptr_array_add (array, (gpointer) &values[i]);
}

/* Completes the text before "|" and gives the results, as "typed: one, two". */
static char *
complete (const char *marked,
          gboolean    all)
{
  g_autoptr (GPtrArray) type_values = g_ptr_array_new ();
  g_autoptr (GPtrArray) tag_values = g_ptr_array_new ();
  g_autoptr (GPtrArray) synapse_values = g_ptr_array_new ();
  EngramFacets facets = { .types = type_values, .tags = tag_values, .synapse_types = synapse_values };
  const char *mark = strchr (marked, '|');
  g_autofree char *before = g_strndup (marked, mark - marked);
  g_autofree char *text = g_strconcat (before, mark + 1, NULL);
  g_autoptr (GString) result = g_string_new (NULL);
  g_autoptr (GPtrArray) suggestions = NULL;
  gsize start, end;

  add_values (type_values, types, G_N_ELEMENTS (types));
  add_values (tag_values, tags, G_N_ELEMENTS (tags));
  add_values (synapse_values, synapse_types, G_N_ELEMENTS (synapse_types));
  suggestions = engram_completion_find (text, mark - marked, all, &facets, &start, &end);
  g_assert_cmpuint (start, <=, end);
  g_assert_cmpuint (end, ==, mark - marked);
  g_string_append_len (result, text + start, end - start);
  for (guint i = 0; i < suggestions->len; i++)
    {
      const EngramSuggestion *suggestion = suggestions->pdata[i];

      g_string_append_printf (result, "%s%s", i == 0 ? ": " : ", ", suggestion->text);
      g_assert_cmpstr (suggestion->title, !=, "");
      g_assert_cmpstr (suggestion->detail, !=, "");
    }
  return g_string_free (g_steal_pointer (&result), FALSE);
}

static void
assert_completes (const char *marked,
                  const char *expected)
{
  g_autofree char *result = complete (marked, FALSE);

  g_assert_cmpstr (result, ==, expected);
}

static void
test_fields (void)
{
  g_autofree char *all = complete ("axon |", TRUE);

  assert_completes ("|", "");
  assert_completes ("axon |", "");
  g_assert_true (g_str_has_prefix (all, ": id:, type:, tag:, "));

  assert_completes ("ty|", "ty: type:");
  assert_completes ("axon -TY|", "TY: type:");
  assert_completes ("\"a b\" ac|", "ac: activation:");
  /* by its label too */
  assert_completes ("inh|", "inh");
  assert_completes ("sy|", "sy: degree:, in:, out:, synapse:");
  assert_completes ("axon|", "axon");
  /* not within a word, nor within quotation marks */
  assert_completes ("ty|pe", "");
  assert_completes ("\"ty|", "\"ty");
  assert_completes ("\"a ty|", "\"a ty");
}

static void
test_values (void)
{
  assert_completes ("type:|", ": knowledge, tool, memory");
  assert_completes ("axon type:T| x", "T: tool");
  assert_completes ("-Type:knowledge,|", ": tool, memory");
  assert_completes ("type:knowledge,memory,|", ": tool");
  assert_completes ("type:tool|", "tool");
  assert_completes ("tag:old|", "old: \"old brain\"");
  assert_completes ("tag:\"old b|", "\"old b: \"old brain\"");
  assert_completes ("tag:\"old brain\",\303\244|", "\303\244: \303\204hre");
  assert_completes ("tag:\"a,b\",|", ": cortex, \"old brain\", \303\204hre, old");
  assert_completes ("synapse:tool_|", "tool_: tool_input, tool_output");
  assert_completes ("typ:|", "");
  assert_completes ("http://x|", "//x");
  assert_completes ("activation:|", "");
}

static void
test_times (void)
{
  assert_completes ("modified:|", ": today, yesterday, 7d, 30d, 12h");
  assert_completes ("created:y|", "y: yesterday");
  assert_completes ("created:today|", "today");
}

/* Without a network's values there are none to suggest. */
static void
test_no_facets (void)
{
  gsize start, end;
  g_autoptr (GPtrArray) suggestions = engram_completion_find ("type:", strlen ("type:"), FALSE, NULL, &start, &end);

  g_assert_cmpuint (suggestions->len, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/completion/fields", test_fields);
  g_test_add_func ("/completion/values", test_values);
  g_test_add_func ("/completion/times", test_times);
  g_test_add_func ("/completion/no-facets", test_no_facets);

  return g_test_run ();
}
