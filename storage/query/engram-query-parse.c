/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "query/engram-query-private.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "engram-error.h"

gboolean
engram_query_fail (EngramQueryReader *self,
                   const char        *start,
                   const char        *end,
                   const char        *format,
                   ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_clear_error (&self->error);
  self->error = g_error_new_valist (ENGRAM_ERROR, ENGRAM_ERROR_INVALID, format, arguments);
  va_end (arguments);
  self->wrong_start = start;
  self->wrong_end = end;
  return FALSE;
}

const char *
engram_query_skip_space (const char *cursor)
{
  while (*cursor != '\0' && g_unichar_isspace (g_utf8_get_char (cursor)))
    cursor = g_utf8_next_char (cursor);
  return cursor;
}

const char *
engram_query_skip_solid (const char *cursor)
{
  while (*cursor != '\0' && !g_unichar_isspace (g_utf8_get_char (cursor)))
    cursor = g_utf8_next_char (cursor);
  return cursor;
}

const char *
engram_query_find_colon (const char *cursor)
{
  const char *colon = cursor;

  if (!g_ascii_isalpha (*cursor))
    return NULL;
  while (g_ascii_isalnum (*colon) || *colon == '_' || *colon == '-')
    colon++;
  if (*colon != ':' || colon[1] == ':' || colon[1] == '\\' || g_str_has_prefix (colon, "://"))
    return NULL;
  return colon;
}

char *
engram_query_read_quoted (EngramQueryReader *self)
{
  g_autoptr (GString) value = g_string_new (NULL);
  const char *cursor = self->cursor + 1;

  for (; *cursor != '"' || cursor[1] == '"'; cursor++)
    {
      if (*cursor == '\0')
        {
          engram_query_fail (self, self->cursor, cursor, _("The quotation mark that ends this text is missing."));
          return NULL;
        }
      if (*cursor == '"')
        cursor++;
      g_string_append_c (value, *cursor);
    }
  self->cursor = cursor + 1;
  return g_string_free (g_steal_pointer (&value), FALSE);
}

static gboolean
is_end (const char *cursor)
{
  return *cursor == '\0' || g_unichar_isspace (g_utf8_get_char (cursor));
}

static gboolean
check_end (EngramQueryReader *self,
           const char        *start)
{
  if (is_end (self->cursor))
    return TRUE;
  return engram_query_fail (self, start, engram_query_skip_solid (self->cursor),
                            _("After a closing quotation mark there must be a space. A quotation mark within the text "
                              "is written twice, as in \"a \"\"word\"\" in quotes\"."));
}

static void
set_word (EngramQueryTerm *term,
          char            *word)
{
  term->field = ENGRAM_QUERY_WORD;
  term->values = g_new0 (char *, 2);
  term->values[0] = word;
}

static gboolean
read_quoted_word (EngramQueryReader *self,
                  EngramQueryTerm   *term)
{
  const char *start = self->cursor;
  char *word = engram_query_read_quoted (self);

  if (word == NULL)
    return FALSE;
  set_word (term, word);
  if (*word == '\0')
    return engram_query_fail (self, start, self->cursor, _("There is nothing between these quotation marks."));
  return check_end (self, start);
}

static void
read_word (EngramQueryReader *self,
           EngramQueryTerm   *term)
{
  const char *start = self->cursor;

  self->cursor = engram_query_skip_solid (start);
  set_word (term, g_strndup (start, self->cursor - start));
}

static gboolean
fail_unknown_field (EngramQueryReader *self,
                    const char        *colon)
{
  g_autofree char *name = g_strndup (self->cursor, colon - self->cursor);
  const char *end = engram_query_skip_solid (colon);
  g_autofree char *word = g_strndup (self->cursor, end - self->cursor);
  g_autofree char *quoted = engram_query_quote (word);
  EngramQueryField meant = engram_query_field_suggest (name);

  if (meant == ENGRAM_QUERY_WORD)
    return engram_query_fail (self, self->cursor, colon + 1,
                              /* Translators: a name, then text as it can be typed. */
                              _("There is no field “%s”. To look for these very characters, write them in quotation "
                                "marks: %s"), name, quoted);
  return engram_query_fail (self, self->cursor, colon + 1,
                            /* Translators: a name, the name of a field, then text as it can be typed. */
                            _("There is no field “%s”: did you mean “%s:”? To look for these very characters, write "
                              "them in quotation marks: %s"), name, engram_query_field_get_name (meant), quoted);
}

/* Ids as they were pasted, or any values: a network may have ids that are no UUIDs. */
static gboolean
read_id_list (EngramQueryReader *self,
              EngramQueryTerm   *term)
{
  const char *start = self->cursor;
  gboolean over_space = term->field == ENGRAM_QUERY_ID && !term->negated;

  if (engram_query_read_ids (self, term, over_space) && term->values != NULL)
    return TRUE;
  g_clear_error (&self->error);
  g_clear_pointer (&term->values, g_strfreev);
  self->cursor = start;
  return engram_query_read_names (self, term);
}

static gboolean
read_value (EngramQueryReader *self,
            EngramQueryTerm   *term)
{
  switch (engram_query_field_get_form (term->field))
    {
    case ENGRAM_QUERY_FORM_IDS:
      return read_id_list (self, term);
    case ENGRAM_QUERY_FORM_NAMES:
      return engram_query_read_names (self, term);
    case ENGRAM_QUERY_FORM_ID:
      return engram_query_read_id (self, term);
    case ENGRAM_QUERY_FORM_NUMBERS:
      return engram_query_read_numbers (self, term);
    case ENGRAM_QUERY_FORM_GROUPS:
      return engram_query_read_groups (self, term);
    case ENGRAM_QUERY_FORM_CHOICES:
      return engram_query_read_choices (self, term);
    case ENGRAM_QUERY_FORM_TIMES:
      return engram_query_read_times (self, term);
    case ENGRAM_QUERY_FORM_NEAR:
      return engram_query_read_near (self, term);
    case ENGRAM_QUERY_FORM_BOX:
      return engram_query_read_box (self, term);
    case ENGRAM_QUERY_FORM_WORD:
    default:
      g_return_val_if_reached (FALSE);
    }
}

static gboolean
read_field (EngramQueryReader *self,
            EngramQueryTerm   *term,
            const char        *colon)
{
  const char *start = self->cursor;

  if (!engram_query_field_from_name (start, colon - start, &term->field))
    return fail_unknown_field (self, colon);
  self->cursor = colon + 1;
  if (term->negated && term->field == ENGRAM_QUERY_LIKE)
    return engram_query_fail (self, start - 1, self->cursor,
                              _("like: has no opposite: it sorts by likeness, and leaves nothing out."));
  if (is_end (self->cursor))
    return engram_query_fail (self, start, self->cursor,
                              /* Translators: the name of a field, then an example of it. */
                              _("After %s: there must be a value, without a space between, as in %s"),
                              engram_query_field_get_name (term->field), engram_query_field_get_example (term->field));
  return read_value (self, term);
}

static gboolean
read_positive (EngramQueryReader *self,
               EngramQueryTerm   *term)
{
  const char *colon;

  term->field = ENGRAM_QUERY_ID;
  if (!engram_query_read_ids (self, term, !term->negated))
    return FALSE;
  if (term->values != NULL)
    return TRUE;
  if (*self->cursor == '"')
    return read_quoted_word (self, term);
  colon = engram_query_find_colon (self->cursor);
  if (colon != NULL)
    return read_field (self, term, colon);
  read_word (self, term);
  return TRUE;
}

static gboolean
read_term (EngramQueryReader *self,
           EngramQueryTerm   *term)
{
  term->range = (EngramRange) { .low = -INFINITY, .high = INFINITY };
  term->start = self->cursor - self->text;
  term->negated = *self->cursor == '-' && !is_end (self->cursor + 1);
  if (term->negated)
    self->cursor++;
  if (!read_positive (self, term))
    return FALSE;
  term->end = self->cursor - self->text;
  return TRUE;
}

static GArray *
read_terms (EngramQueryReader *self)
{
  g_autoptr (GArray) terms = g_array_new (FALSE, TRUE, sizeof (EngramQueryTerm));

  g_array_set_clear_func (terms, (GDestroyNotify) engram_query_term_clear);
  while (*self->cursor != '\0')
    {
      EngramQueryTerm *term;

      g_array_set_size (terms, terms->len + 1);
      term = &g_array_index (terms, EngramQueryTerm, terms->len - 1);
      if (!read_term (self, term))
        return NULL;
      self->cursor = engram_query_skip_space (self->cursor);
    }
  return g_steal_pointer (&terms);
}

static gboolean
check_encoding (EngramQueryReader *self)
{
  const char *end;

  if (g_utf8_validate (self->text, -1, &end))
    return TRUE;
  return engram_query_fail (self, end, end + 1, _("The text to look for is damaged: it is no UTF-8 from here on."));
}

/* The text without the white space around it. */
static char *
trim (const char *text,
      gsize      *n_cut)
{
  const char *start = engram_query_skip_space (text);
  const char *end = start + strlen (start);

  *n_cut = start - text;
  while (end > start)
    {
      const char *before = g_utf8_prev_char (end);

      if (!g_unichar_isspace (g_utf8_get_char (before)))
        break;
      end = before;
    }
  return g_strndup (start, end - start);
}

static EngramQuery *
parse_trimmed (EngramQueryReader *self)
{
  g_autofree char *trimmed = NULL;
  const char *text = self->text;
  GArray *terms;
  gsize n_cut;

  if (!check_encoding (self))
    return NULL;

  trimmed = trim (text, &n_cut);
  self->text = self->cursor = trimmed;
  terms = read_terms (self);
  self->text = text;
  if (terms != NULL)
    return engram_query_new (g_steal_pointer (&trimmed), terms);
  self->wrong_start = text + n_cut + (self->wrong_start - trimmed);
  self->wrong_end = text + n_cut + (self->wrong_end - trimmed);
  return NULL;
}

EngramQuery *
engram_query_parse_at (const char  *text,
                       GDateTime   *now,
                       gsize       *start,
                       gsize       *end,
                       GError     **error)
{
  EngramQueryReader reader = { .text = text, .cursor = text, .now = now };
  EngramQuery *query = parse_trimmed (&reader);

  if (start != NULL)
    *start = query != NULL ? 0 : reader.wrong_start - text;
  if (end != NULL)
    *end = query != NULL ? 0 : reader.wrong_end - text;
  if (query == NULL)
    g_propagate_error (error, reader.error);
  return query;
}

EngramQuery *
engram_query_parse (const char  *text,
                    gsize       *start,
                    gsize       *end,
                    GError     **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  return engram_query_parse_at (text, now, start, end, error);
}
