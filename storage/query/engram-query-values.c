/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "query/engram-query-private.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "json/engram-number.h"

#define BOX_NUMBERS 6

/* Where a value without quotation marks ends: at white space or one of @stops. */
static const char *
find_value_end (const char *cursor,
                const char *stops)
{
  while (*cursor != '\0' && strchr (stops, *cursor) == NULL && !g_unichar_isspace (g_utf8_get_char (cursor)))
    cursor = g_utf8_next_char (cursor);
  return cursor;
}

/* What is wrong is the sign that the value should follow. */
static gboolean
fail_missing (EngramQueryReader *self,
              EngramQueryField   field)
{
  const char *sign = g_utf8_prev_char (self->cursor);

  while (g_unichar_isspace (g_utf8_get_char (sign)))
    sign = g_utf8_prev_char (sign);
  return engram_query_fail (self, sign, g_utf8_next_char (sign),
                            /* Translators: an example of a field. */
                            _("A value is missing here; it is written as in %s"),
                            engram_query_field_get_example (field));
}

/* "tag:cortex, type:tool" is a comma too much rather than a tag with a colon. */
static gboolean
is_next_term (const char *cursor)
{
  const char *colon = engram_query_find_colon (cursor);
  EngramQueryField field;

  return colon != NULL && engram_query_field_from_name (cursor, colon - cursor, &field);
}

static char *
read_plain (EngramQueryReader *self,
            EngramQueryField   field,
            const char        *stops)
{
  const char *start = self->cursor;
  const char *end = find_value_end (start, stops);

  if (end == start || is_next_term (start))
    {
      fail_missing (self, field);
      return NULL;
    }
  self->cursor = end;
  return g_strndup (start, end - start);
}

static gboolean
is_id_form (EngramQueryForm form)
{
  return form == ENGRAM_QUERY_FORM_IDS || form == ENGRAM_QUERY_FORM_ID || form == ENGRAM_QUERY_FORM_NEAR;
}

/* One value, in quotation marks or not; it must end at white space or at one of @stops. */
static char *
read_one (EngramQueryReader *self,
          EngramQueryField   field,
          const char        *stops)
{
  const char *start = self->cursor;
  gboolean quoted = *start == '"';
  g_autofree char *value = quoted ? engram_query_read_quoted (self) : read_plain (self, field, stops);

  if (value == NULL)
    return NULL;
  if (quoted && find_value_end (self->cursor, stops) != self->cursor)
    {
      engram_query_fail (self, start, engram_query_skip_solid (self->cursor),
                         _("After a closing quotation mark there must be a comma or a space. A quotation mark within "
                           "the text is written twice: \"\""));
      return NULL;
    }
  if (is_id_form (engram_query_field_get_form (field)))
    return engram_query_normalize_id (value);
  return g_steal_pointer (&value);
}

gboolean
engram_query_read_names (EngramQueryReader *self,
                         EngramQueryTerm   *term)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  for (;;)
    {
      g_autofree char *name = read_one (self, term->field, ",");

      if (name == NULL)
        return FALSE;
      g_strv_builder_add (names, name);
      if (*self->cursor != ',')
        break;
      self->cursor = engram_query_skip_space (self->cursor + 1);
    }
  term->values = g_strv_builder_end (names);
  return TRUE;
}

/* The text up to the next white space must have been read. */
static gboolean
check_rest (EngramQueryReader *self,
            EngramQueryField   field)
{
  const char *end = engram_query_skip_solid (self->cursor);

  if (end == self->cursor)
    return TRUE;
  return engram_query_fail (self, self->cursor, end,
                            /* Translators: the name of a field, then an example of it. */
                            _("This is too much: %s: is written as in %s"), engram_query_field_get_name (field),
                            engram_query_field_get_example (field));
}

gboolean
engram_query_read_id (EngramQueryReader *self,
                      EngramQueryTerm   *term)
{
  g_autofree char *id = read_one (self, term->field, ",");

  if (id == NULL)
    return FALSE;
  term->values = g_new0 (char *, 2);
  term->values[0] = g_steal_pointer (&id);
  return check_rest (self, term->field);
}

/* A number as JSON has it, or with nothing before its point. */
static gboolean
read_number (const char *text,
             gsize       length,
             double     *number)
{
  g_autofree char *whole = NULL;

  if (length > 0 && *text == '.')
    whole = g_strdup_printf ("0%.*s", (int) length, text);
  else if (length > 1 && *text == '-' && text[1] == '.')
    whole = g_strdup_printf ("-0%.*s", (int) length - 1, text + 1);
  else
    return engram_number_parse (text, length, number);
  return engram_number_parse (whole, strlen (whole), number);
}

static gboolean
fail_number (EngramQueryReader *self,
             EngramQueryField   field,
             const char        *start,
             const char        *text)
{
  return engram_query_fail (self, start, self->cursor,
                            /* Translators: what was typed, then an example of a field. */
                            _("“%s” is no number. A number is written with a point, as in %s"), text,
                            engram_query_field_get_example (field));
}

static gboolean
read_bound (EngramQueryReader *self,
            EngramQueryField   field,
            const char        *start,
            const char        *text,
            double            *number)
{
  return text == NULL || read_number (text, strlen (text), number) || fail_number (self, field, start, text);
}

static gboolean
is_empty_range (const EngramRange *range)
{
  return range->low > range->high || (range->low == range->high && (range->low_excluded || range->high_excluded));
}

gboolean
engram_query_read_numbers (EngramQueryReader *self,
                           EngramQueryTerm   *term)
{
  g_auto (EngramQueryBounds) bounds = { 0 };
  const char *start = self->cursor;

  if (!engram_query_read_bounds (self, term, &bounds))
    return FALSE;
  if (!read_bound (self, term->field, start, bounds.low, &term->range.low)
      || !read_bound (self, term->field, start, bounds.high, &term->range.high))
    return FALSE;
  term->range.low_excluded = bounds.low_excluded;
  term->range.high_excluded = bounds.high_excluded;
  if (is_empty_range (&term->range))
    return engram_query_fail (self, start, self->cursor,
                              _("No number is in this range: the lower bound comes first, as in 0.2..0.4"));
  return TRUE;
}

/* A digit first and no "..": groups that are named, each of which is written as the lists have it. */
static gboolean
are_groups_named (const char *cursor)
{
  g_autofree char *text = g_strndup (cursor, engram_query_skip_solid (cursor) - cursor);

  return g_ascii_isdigit (*text) && strstr (text, "..") == NULL;
}

static gboolean
normalize_group (EngramQueryReader  *self,
                 EngramQueryField    field,
                 const char         *start,
                 char              **group)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  double number;

  if (!read_number (*group, strlen (*group), &number))
    return fail_number (self, field, start, *group);
  g_free (*group);
  *group = g_strdup (g_ascii_dtostr (text, sizeof text, number));
  return TRUE;
}

gboolean
engram_query_read_groups (EngramQueryReader *self,
                          EngramQueryTerm   *term)
{
  const char *start = self->cursor;

  if (!are_groups_named (start))
    return engram_query_read_numbers (self, term);
  if (!engram_query_read_names (self, term))
    return FALSE;
  for (char **group = term->values; *group != NULL; group++)
    if (!normalize_group (self, term->field, start, group))
      return FALSE;
  return TRUE;
}

/* Written as the choices are; FALSE where it is none of them. */
static gboolean
normalize_choice (EngramQueryReader  *self,
                  EngramQueryField    field,
                  const char         *start,
                  char              **value)
{
  const char *const *choices = engram_query_field_get_choices (field);
  g_autofree char *all = g_strjoinv (", ", (char **) choices);

  for (guint i = 0; choices[i] != NULL; i++)
    if (g_ascii_strcasecmp (choices[i], *value) == 0)
      {
        g_free (*value);
        *value = g_strdup (choices[i]);
        return TRUE;
      }
  return engram_query_fail (self, start, self->cursor,
                            /* Translators: the name of a field, what was typed, and the values that there are. */
                            _("%s: cannot be “%s”; it can be one of these: %s"), engram_query_field_get_name (field),
                            *value, all);
}

gboolean
engram_query_read_choices (EngramQueryReader *self,
                           EngramQueryTerm   *term)
{
  const char *start = self->cursor;

  if (!engram_query_read_names (self, term))
    return FALSE;
  for (char **value = term->values; *value != NULL; value++)
    if (!normalize_choice (self, term->field, start, value))
      return FALSE;
  return TRUE;
}

/* Three numbers before the distance, which no id can be without quotation marks. */
static gboolean
read_place (EngramQueryReader *self,
            EngramQueryTerm   *term)
{
  const char *cursor = self->cursor;

  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *number = NULL;
      const char *start;

      if (i > 0 && *cursor != ',')
        return FALSE;
      start = i > 0 ? engram_query_skip_space (cursor + 1) : cursor;
      cursor = find_value_end (start, ",<");
      number = g_strndup (start, cursor - start);
      if (!read_number (number, strlen (number), &term->box[0][i]))
        return FALSE;
      term->box[1][i] = term->box[0][i];
    }
  if (*cursor != '<')
    return FALSE;
  self->cursor = cursor;
  return TRUE;
}

static gboolean
read_middle (EngramQueryReader *self,
             EngramQueryTerm   *term)
{
  g_autofree char *id = NULL;

  if (read_place (self, term))
    return TRUE;
  id = read_one (self, term->field, "<");
  if (id == NULL)
    return FALSE;
  term->values = g_new0 (char *, 2);
  term->values[0] = g_steal_pointer (&id);
  return TRUE;
}

gboolean
engram_query_read_near (EngramQueryReader *self,
                        EngramQueryTerm   *term)
{
  const char *start = self->cursor;
  g_autofree char *distance = NULL;

  if (!read_middle (self, term))
    return FALSE;
  if (*self->cursor != '<')
    return engram_query_fail (self, start, self->cursor,
                              /* Translators: an example of a field. */
                              _("How far away is missing here; it is written as in %s"),
                              engram_query_field_get_example (term->field));
  self->cursor += self->cursor[1] == '=' ? 2 : 1;
  start = self->cursor;
  self->cursor = engram_query_skip_solid (start);
  distance = g_strndup (start, self->cursor - start);
  if (*distance == '\0')
    return fail_missing (self, term->field);
  if (!read_number (distance, strlen (distance), &term->range.high))
    return fail_number (self, term->field, start, distance);
  if (term->range.high < 0)
    return engram_query_fail (self, start, self->cursor, _("A distance cannot be negative."));
  return TRUE;
}

/* One of the numbers of a box, and the comma before it. */
static gboolean
read_coordinate (EngramQueryReader *self,
                 EngramQueryField   field,
                 guint              place,
                 double            *number)
{
  g_autofree char *text = NULL;
  const char *start;

  if (place > 0)
    {
      if (*self->cursor != ',')
        return engram_query_fail (self, self->cursor - 1, self->cursor,
                                  /* Translators: an example of a field. */
                                  _("A box has six numbers, x, y and z of two corners, as in %s"),
                                  engram_query_field_get_example (field));
      self->cursor = engram_query_skip_space (self->cursor + 1);
    }
  start = self->cursor;
  self->cursor = find_value_end (start, ",");
  if (self->cursor == start)
    return fail_missing (self, field);
  text = g_strndup (start, self->cursor - start);
  return read_number (text, strlen (text), number) || fail_number (self, field, start, text);
}

gboolean
engram_query_read_box (EngramQueryReader *self,
                       EngramQueryTerm   *term)
{
  double numbers[BOX_NUMBERS];

  for (guint i = 0; i < BOX_NUMBERS; i++)
    if (!read_coordinate (self, term->field, i, &numbers[i]))
      return FALSE;
  for (guint i = 0; i < 3; i++)
    {
      term->box[0][i] = MIN (numbers[i], numbers[i + 3]);
      term->box[1][i] = MAX (numbers[i], numbers[i + 3]);
    }
  return check_rest (self, term->field);
}
