/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "search/engram-completion.h"

#include <string.h>

#include <glib/gi18n.h>

#include "common/engram-text-format.h"

/* As many as a person looks through before typing on. */
#define MAX_SUGGESTIONS 30

void
engram_suggestion_free (EngramSuggestion *self)
{
  g_free (self->text);
  g_free (self->title);
  g_free (self->detail);
  g_free (self);
}

/* Takes @text and @detail. */
static void
add (GPtrArray  *suggestions,
     char       *text,
     const char *title,
     char       *detail)
{
  EngramSuggestion *suggestion = g_new0 (EngramSuggestion, 1);

  suggestion->text = text;
  suggestion->title = g_strdup (title);
  suggestion->detail = detail;
  g_ptr_array_add (suggestions, suggestion);
}

/* Where the term that the cursor is in starts: after the last white space outside of quotation marks. */
static const char *
find_term (const char *text,
           const char *cursor)
{
  const char *start = text;
  gboolean quoted = FALSE;

  for (const char *at = text; at < cursor; at = g_utf8_next_char (at))
    if (*at == '"')
      quoted = !quoted;
    else if (!quoted && g_unichar_isspace (g_utf8_get_char (at)))
      start = g_utf8_next_char (at);
  return start;
}

/* Of a list of values, that which the cursor is in. */
static const char *
find_value (const char *list,
            const char *cursor)
{
  const char *start = list;
  gboolean quoted = FALSE;

  for (const char *at = list; at < cursor; at++)
    if (*at == '"')
      quoted = !quoted;
    else if (!quoted && *at == ',')
      start = at + 1;
  return start;
}

static gboolean
starts_with (const char *text,
             const char *folded_start)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);

  return g_str_has_prefix (folded, folded_start);
}

static void
add_fields (GPtrArray  *suggestions,
            const char *typed)
{
  g_autofree char *folded = g_utf8_casefold (typed, -1);

  for (guint field = 0; field < ENGRAM_QUERY_N_FIELDS; field++)
    {
      const char *name = engram_query_field_get_name (field);
      const char *label = engram_query_field_get_label (field);

      if (name != NULL && (starts_with (name, folded) || starts_with (label, folded)))
        add (suggestions, g_strconcat (name, ":", NULL), engram_query_field_get_example (field), g_strdup (label));
    }
}

/* What was typed of a value, without its quotation marks. */
static char *
dup_plain (const char *start,
           const char *end)
{
  g_autoptr (GString) plain = g_string_new (NULL);

  for (const char *at = *start == '"' ? start + 1 : start; at < end; at++)
    if (*start != '"' || *at != '"')
      g_string_append_c (plain, *at);
  return g_string_free (g_steal_pointer (&plain), FALSE);
}

static GPtrArray *
get_values (EngramFacets     *facets,
            EngramQueryField  field)
{
  if (facets == NULL)
    return NULL;
  switch ((int) field)
    {
    case ENGRAM_QUERY_TYPE:
      return facets->types;
    case ENGRAM_QUERY_TAG:
      return facets->tags;
    case ENGRAM_QUERY_SYNAPSE:
      return facets->synapse_types;
    case ENGRAM_QUERY_CHANGE:
      return facets->changes;
    default:
      return NULL;
    }
}

/* Whether a value stands in a list of them already. */
static gboolean
is_listed (const char *list,
           const char *end,
           const char *quoted)
{
  const char *comma;

  for (const char *start = list; start < end; start = comma + 1)
    {
      comma = start;
      for (gboolean inside = FALSE; comma < end && (inside || *comma != ','); comma++)
        if (*comma == '"')
          inside = !inside;
      if (comma < end && strlen (quoted) == (gsize) (comma - start) && strncmp (start, quoted, comma - start) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
add_values (GPtrArray        *suggestions,
            EngramQueryField  field,
            EngramFacets     *facets,
            const char       *list,
            const char       *start,
            const char       *cursor)
{
  GPtrArray *values = get_values (facets, field);
  g_autofree char *typed = g_strndup (start, cursor - start);
  g_autofree char *plain = dup_plain (start, cursor);
  g_autofree char *folded = g_utf8_casefold (plain, -1);

  for (guint i = 0; values != NULL && i < values->len && suggestions->len < MAX_SUGGESTIONS; i++)
    {
      const EngramFacetValue *value = values->pdata[i];
      g_autofree char *quoted = engram_query_quote (value->name);

      if (starts_with (value->name, folded) && !g_str_equal (quoted, typed) && !is_listed (list, start, quoted))
        add (suggestions, g_steal_pointer (&quoted), value->name, engram_format_count (value->count));
    }
}

static void
add_times (GPtrArray  *suggestions,
           const char *typed)
{
  const struct {
    const char *text;
    const char *detail;
  } times[] = {
    { "today", _("Since midnight") },
    { "yesterday", _("The day before today") },
    { "7d", _("The last seven days") },
    { "30d", _("The last thirty days") },
    { "12h", _("The last twelve hours") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    if (g_str_has_prefix (times[i].text, typed) && !g_str_equal (times[i].text, typed))
      add (suggestions, g_strdup (times[i].text), times[i].text, g_strdup (times[i].detail));
}

static gboolean
find_field (const char       *start,
            const char       *colon,
            EngramQueryField *field)
{
  for (guint i = 0; i < ENGRAM_QUERY_N_FIELDS; i++)
    {
      const char *name = engram_query_field_get_name (i);

      if (name != NULL && strlen (name) == (gsize) (colon - start)
          && g_ascii_strncasecmp (name, start, colon - start) == 0)
        {
          *field = i;
          return TRUE;
        }
    }
  return FALSE;
}

/* In "field:value", with the cursor in the value. */
static const char *
complete_value (GPtrArray    *suggestions,
                EngramFacets *facets,
                const char   *term,
                const char   *colon,
                const char   *cursor)
{
  const char *list = colon + 1;
  const char *start = find_value (list, cursor);
  g_autofree char *typed = g_strndup (start, cursor - start);
  EngramQueryField field;

  if (!find_field (term, colon, &field))
    return start;
  if (field == ENGRAM_QUERY_CREATED || field == ENGRAM_QUERY_MODIFIED)
    add_times (suggestions, typed);
  else
    add_values (suggestions, field, facets, list, start, cursor);
  return start;
}

GPtrArray *
engram_completion_find (const char   *text,
                        gsize         cursor,
                        gboolean      all,
                        EngramFacets *facets,
                        gsize        *start,
                        gsize        *end)
{
  GPtrArray *suggestions = g_ptr_array_new_with_free_func ((GDestroyNotify) engram_suggestion_free);
  const char *here = text + cursor;
  const char *term = find_term (text, here);
  const char *colon;
  g_autofree char *typed = NULL;

  /* Within a word, what follows would be torn off. */
  *start = *end = cursor;
  if (*here != '\0' && !g_unichar_isspace (g_utf8_get_char (here)))
    return suggestions;

  if (*term == '-' && term < here)
    term++;
  colon = memchr (term, ':', here - term);
  if (colon != NULL)
    {
      *start = complete_value (suggestions, facets, term, colon, here) - text;
      return suggestions;
    }
  typed = g_strndup (term, here - term);
  if (all || *typed != '\0')
    add_fields (suggestions, typed);
  *start = term - text;
  return suggestions;
}

static GPtrArray *
get_facet_values (EngramFacets     *facets,
                  EngramQueryField  field)
{
  switch (field)
    {
    case ENGRAM_QUERY_TYPE:
      return facets->types;
    case ENGRAM_QUERY_TAG:
      return facets->tags;
    case ENGRAM_QUERY_SYNAPSE:
      return facets->synapse_types;
    default:
      return NULL;
    }
}

gboolean
engram_completion_is_partial (EngramQuery  *query,
                              EngramFacets *facets)
{
  gsize n_terms;
  const EngramQueryTerm *terms = engram_query_get_terms (query, &n_terms);
  const EngramQueryTerm *last = n_terms > 0 ? &terms[n_terms - 1] : NULL;
  GPtrArray *values = last != NULL && facets != NULL ? get_facet_values (facets, last->field) : NULL;
  const char *typed = values != NULL ? last->values[g_strv_length (last->values) - 1] : NULL;
  gboolean is_beginning = FALSE;

  for (guint i = 0; values != NULL && i < values->len; i++)
    {
      const EngramFacetValue *value = g_ptr_array_index (values, i);

      if (value->count > 0 && g_str_equal (value->name, typed))
        return FALSE;
      is_beginning = is_beginning || (g_str_has_prefix (value->name, typed) && !g_str_equal (value->name, typed));
    }
  return is_beginning;
}
