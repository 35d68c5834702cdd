/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "query/engram-query-private.h"

#include <math.h>
#include <string.h>

#include "model/engram-time.h"

/* What is to become of each term of a query. */
typedef struct {
  EngramQuery *query; /* borrowed */
  char       **texts; /* of each term: what it becomes, "" to take it away, NULL where it stays */
  gsize        n_terms;
  char        *added; /* what comes at the end, or NULL */
} Change;

static Change
change_begin (EngramQuery *query)
{
  Change self = { .query = query };

  if (query != NULL)
    engram_query_get_terms (query, &self.n_terms);
  self.texts = g_new0 (char *, self.n_terms + 1);
  return self;
}

static void
change_clear (Change *self)
{
  for (gsize i = 0; i < self->n_terms; i++)
    g_free (self->texts[i]);
  g_free (self->texts);
  g_free (self->added);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Change, change_clear)

static const EngramQueryTerm *
change_get_term (Change *self,
                 gsize   place)
{
  gsize n_terms;

  return &engram_query_get_terms (self->query, &n_terms)[place];
}

/* Ids that were pasted without a name would become one list with those before them. */
static gboolean
would_join (const char            *text,
            const EngramQueryTerm *before,
            const EngramQueryTerm *term)
{
  return before != NULL && before->field == ENGRAM_QUERY_ID && !before->negated
         && term->field == ENGRAM_QUERY_ID && !term->negated
         && g_ascii_strncasecmp (text + term->start, "id:", strlen ("id:")) != 0;
}

/* What stays keeps its bytes. With a term goes the white space after it. */
static char *
change_make_text (Change *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const char *before = self->query != NULL ? engram_query_get_text (self->query) : "";
  const EngramQueryTerm *last = NULL;
  gboolean gone = FALSE;
  gsize place = 0;

  for (gsize i = 0; i < self->n_terms; i++)
    {
      const EngramQueryTerm *term = change_get_term (self, i);
      gboolean parted = !gone;

      if (parted)
        g_string_append_len (text, before + place, term->start - place);
      place = term->end;
      gone = self->texts[i] != NULL && *self->texts[i] == '\0';
      if (gone)
        continue;
      if (self->texts[i] != NULL)
        g_string_append (text, self->texts[i]);
      else
        {
          if (!parted && would_join (before, last, term))
            g_string_append (text, "id:");
          g_string_append_len (text, before + term->start, term->end - term->start);
        }
      last = term;
    }
  if (self->added != NULL)
    g_string_append_printf (text, "%s%s", text->len > 0 && !gone ? " " : "", self->added);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static EngramQuery *
change_end (Change *self)
{
  g_autofree char *text = change_make_text (self);

  return engram_query_parse (text, NULL, NULL, NULL);
}

/* Puts a text in place of the first term of a field, and takes the others away. */
static void
change_set (Change           *self,
            EngramQueryField  field,
            gboolean          negated_too,
            const char       *text)
{
  const char *next = text != NULL ? text : "";

  for (gsize i = 0; i < self->n_terms; i++)
    {
      const EngramQueryTerm *term = change_get_term (self, i);

      if (term->field != field || (term->negated && !negated_too))
        continue;
      self->texts[i] = g_strdup (next);
      next = "";
    }
  if (*next != '\0')
    self->added = g_strdup (next);
}

EngramQuery *
engram_query_with_range (EngramQuery       *self,
                         EngramQueryField   field,
                         const EngramRange *range)
{
  g_auto (Change) change = change_begin (self);
  g_autofree char *text = NULL;

  g_return_val_if_fail (engram_query_field_get_form (field) == ENGRAM_QUERY_FORM_NUMBERS, NULL);
  g_return_val_if_fail (range != NULL && range->low <= range->high, NULL);

  if (isfinite (range->low) || isfinite (range->high))
    text = engram_query_format_range (field, range);
  change_set (&change, field, FALSE, text);
  return change_end (&change);
}

/* Groups may be given as a range, which has no values. */
static gboolean
holds_value (const EngramQueryTerm *term,
             const char            *value)
{
  return term->values != NULL && g_strv_contains ((const char *const *) term->values, value);
}

/* The values with one more or one less; "" where none is left. */
static char *
change_values (const EngramQueryTerm *term,
               const char            *value,
               gboolean               present)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) values = NULL;

  for (guint i = 0; term->values != NULL && term->values[i] != NULL; i++)
    if (!g_str_equal (term->values[i], value))
      g_strv_builder_add (builder, term->values[i]);
  if (present)
    g_strv_builder_add (builder, value);
  values = g_strv_builder_end (builder);
  return values[0] != NULL ? engram_query_format_values (term->field, (const char *const *) values) : g_strdup ("");
}

static void
add_value (Change           *change,
           EngramQueryField  field,
           const char       *value)
{
  const char *const values[] = { value, NULL };

  for (gsize i = 0; i < change->n_terms; i++)
    {
      const EngramQueryTerm *term = change_get_term (change, i);

      if (term->field != field || term->negated)
        continue;
      if (!holds_value (term, value))
        change->texts[i] = change_values (term, value, TRUE);
      return;
    }
  change->added = engram_query_format_values (field, values);
}

static void
remove_value (Change           *change,
              EngramQueryField  field,
              const char       *value)
{
  for (gsize i = 0; i < change->n_terms; i++)
    {
      const EngramQueryTerm *term = change_get_term (change, i);

      if (term->field == field && !term->negated && holds_value (term, value))
        change->texts[i] = change_values (term, value, FALSE);
    }
}

EngramQuery *
engram_query_with_value (EngramQuery      *self,
                         EngramQueryField  field,
                         const char       *value,
                         gboolean          present)
{
  g_auto (Change) change = change_begin (self);

  g_return_val_if_fail (engram_query_field_get_form (field) == ENGRAM_QUERY_FORM_NAMES
                        || engram_query_field_get_form (field) == ENGRAM_QUERY_FORM_GROUPS
                        || engram_query_field_get_form (field) == ENGRAM_QUERY_FORM_CHOICES
                        || engram_query_field_get_form (field) == ENGRAM_QUERY_FORM_IDS, NULL);
  g_return_val_if_fail (value != NULL && g_utf8_validate (value, -1, NULL), NULL);

  if (present)
    add_value (&change, field, value);
  else
    remove_value (&change, field, value);
  return change_end (&change);
}

EngramQuery *
engram_query_with_times (EngramQuery      *self,
                         EngramQueryField  field,
                         const char       *since,
                         const char       *until)
{
  g_auto (Change) change = change_begin (self);
  g_autofree char *from = engram_time_normalize (since);
  g_autofree char *to = engram_time_normalize (until);
  g_autofree char *text = NULL;

  g_return_val_if_fail (engram_query_field_get_form (field) == ENGRAM_QUERY_FORM_TIMES, NULL);
  g_return_val_if_fail ((since == NULL || from != NULL) && (until == NULL || to != NULL), NULL);
  g_return_val_if_fail (from == NULL || to == NULL || strcmp (from, to) < 0, NULL);

  if (from != NULL || to != NULL)
    text = engram_query_format_times (field, from, to);
  change_set (&change, field, FALSE, text);
  return change_end (&change);
}

/* Whether a text is one term of that field. */
static gboolean
is_term_of (const char       *text,
            EngramQueryField  field)
{
  g_autoptr (EngramQuery) query = engram_query_parse (text, NULL, NULL, NULL);
  const EngramQueryTerm *terms;
  gsize n_terms;

  if (query == NULL)
    return FALSE;
  terms = engram_query_get_terms (query, &n_terms);
  return n_terms == 1 && terms[0].field == field;
}

EngramQuery *
engram_query_with_term (EngramQuery      *self,
                        EngramQueryField  field,
                        const char       *term)
{
  g_auto (Change) change = change_begin (self);

  g_return_val_if_fail (field < ENGRAM_QUERY_N_FIELDS, NULL);
  g_return_val_if_fail (term == NULL || is_term_of (term, field), NULL);

  change_set (&change, field, TRUE, term);
  return change_end (&change);
}
