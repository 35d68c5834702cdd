/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "details/engram-field-text.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <string.h>

/* JSON beyond this is edited as it stands. */
#define MAX_PRETTY 65536

/* From JSON */

static void
note_other_than_text (const char     *name,
                      const char     *value,
                      EngramJsonType  type,
                      gpointer        user_data)
{
  gboolean *all_text = user_data;

  if (type != ENGRAM_JSON_STRING)
    *all_text = FALSE;
}

static gboolean
is_text_list (const char *json)
{
  gboolean all_text = TRUE;

  return engram_json_foreach (json, note_other_than_text, &all_text) && all_text;
}

/**
 * engram_field_text_choose:
 * @kind: what a field is to hold
 * @json: what it holds
 *
 * Returns: how it is edited: as its kind asks for, or as JSON where it holds something else
 */
EngramControlKind
engram_field_text_choose (EngramFieldKind  kind,
                          const char      *json)
{
  EngramJsonType type = engram_json_check (json, -1, NULL, NULL);
  gboolean is_null = type == ENGRAM_JSON_NULL;

  switch (kind)
    {
    case ENGRAM_FIELD_TEXT:
      return is_null || type == ENGRAM_JSON_STRING ? ENGRAM_CONTROL_TEXT : ENGRAM_CONTROL_JSON;
    case ENGRAM_FIELD_CODE:
      return is_null || type == ENGRAM_JSON_STRING ? ENGRAM_CONTROL_CODE : ENGRAM_CONTROL_JSON;
    case ENGRAM_FIELD_REAL:
      return is_null || type == ENGRAM_JSON_NUMBER ? ENGRAM_CONTROL_NUMBER : ENGRAM_CONTROL_JSON;
    case ENGRAM_FIELD_INTEGER:
      return is_null || type == ENGRAM_JSON_NUMBER ? ENGRAM_CONTROL_INTEGER : ENGRAM_CONTROL_JSON;
    case ENGRAM_FIELD_BOOLEAN:
      return is_null || type == ENGRAM_JSON_BOOLEAN ? ENGRAM_CONTROL_BOOLEAN : ENGRAM_CONTROL_JSON;
    case ENGRAM_FIELD_TIME:
      return is_null || type == ENGRAM_JSON_STRING ? ENGRAM_CONTROL_TIME : ENGRAM_CONTROL_JSON;
    case ENGRAM_FIELD_TEXT_LIST:
      return is_null || (type == ENGRAM_JSON_LIST && is_text_list (json)) ? ENGRAM_CONTROL_TAGS : ENGRAM_CONTROL_LIST;
    case ENGRAM_FIELD_OBJECT:
      return ENGRAM_CONTROL_OBJECT;
    default:
      return ENGRAM_CONTROL_JSON;
    }
}

static char *
json_to_text (const char *json)
{
  char *pretty = strlen (json) <= MAX_PRETTY ? engram_json_pretty (json, 2) : NULL;

  return pretty != NULL ? pretty : g_strdup (json);
}

/* Where an object or a list is to stand, a JSON string is text that is damaged JSON. */
static char *
damaged_to_text (const char *json)
{
  char *damaged = engram_json_get_string (json);

  return damaged != NULL ? damaged : json_to_text (json);
}

/**
 * engram_field_text_from_json:
 * @kind: how a value is edited
 * @json: the value
 *
 * Returns: (transfer full): the text that the control shows, empty for `null`
 */
char *
engram_field_text_from_json (EngramControlKind  kind,
                             const char        *json)
{
  EngramJsonType type = engram_json_check (json, -1, NULL, NULL);

  if (type == ENGRAM_JSON_NULL && kind != ENGRAM_CONTROL_JSON && kind != ENGRAM_CONTROL_TAGS)
    return g_strdup ("");
  switch (kind)
    {
    case ENGRAM_CONTROL_JSON:
      return json_to_text (json);
    case ENGRAM_CONTROL_OBJECT:
    case ENGRAM_CONTROL_LIST:
      return damaged_to_text (json);
    case ENGRAM_CONTROL_TAGS:
      {
        g_auto (GStrv) tags = engram_field_text_to_tags (json);

        return engram_field_text_from_tags ((const char *const *) tags);
      }
    case ENGRAM_CONTROL_TEXT:
    case ENGRAM_CONTROL_CODE:
    case ENGRAM_CONTROL_TIME:
    case ENGRAM_CONTROL_CHOICE:
    case ENGRAM_CONTROL_TYPE:
      {
        char *text = engram_json_get_string (json);

        return text != NULL ? text : g_strdup (json);
      }
    case ENGRAM_CONTROL_NUMBER:
    case ENGRAM_CONTROL_LEVEL:
    case ENGRAM_CONTROL_WEIGHT:
    case ENGRAM_CONTROL_INTEGER:
    case ENGRAM_CONTROL_BOOLEAN:
    default:
      return g_strstrip (g_strdup (json));
    }
}

/* To JSON */

/* Where a comma is no decimal point in the person's language, three digits after it may be thousands: "1,234". */
static gboolean
may_be_thousands (const char *text)
{
  const char *comma = strchr (text, ',');

  return comma != NULL && strspn (comma + 1, "0123456789") == 3 && !g_str_equal (localeconv ()->decimal_point, ",");
}

/* What people type for a number, as JSON writes it: "+.5" and ",5" are 0.5. */
static char *
normalize_number (const char *text)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  const char *cursor = stripped;
  gboolean negative = FALSE;

  if (!may_be_thousands (stripped))
    g_strdelimit (stripped, ",", '.');
  if (g_str_has_prefix (cursor, "\342\210\222"))
    {
      negative = TRUE;
      cursor += strlen ("\342\210\222");
    }
  else if (*cursor == '-' || *cursor == '+')
    {
      negative = *cursor++ == '-';
    }
  return g_strconcat (negative ? "-" : "", *cursor == '.' ? "0" : "", cursor, NULL);
}

static char *
number_to_json (const char  *text,
                double       low,
                double       high,
                const char  *out_of_range,
                char       **problem)
{
  g_autofree char *json = normalize_number (text);
  double number;

  if (!engram_number_parse (json, strlen (json), &number))
    *problem = g_strdup (_("Type a number, such as 0.5."));
  else if (number < low || number > high)
    *problem = g_strdup (out_of_range);
  else
    return g_steal_pointer (&json);
  return NULL;
}

static char *
integer_to_json (const char  *text,
                 char       **problem)
{
  g_autofree char *json = normalize_number (text);

  if (engram_json_check (json, -1, NULL, NULL) == ENGRAM_JSON_NUMBER && strpbrk (json, ".eE") == NULL)
    return g_steal_pointer (&json);
  *problem = g_strdup (_("Type a whole number, such as 5."));
  return NULL;
}

static char *
describe_json_problem (const char *text,
                       gsize       offset,
                       const char *reason)
{
  guint line = 1;
  const char *start = text;

  for (const char *cursor = text; cursor < text + offset && *cursor != '\0'; cursor++)
    if (*cursor == '\n')
      {
        line++;
        start = cursor + 1;
      }
  /* Translators: a line and a column of a text, then what is wrong there, as a part of a sentence. */
  return g_strdup_printf (_("This is not valid JSON: in line %u at column %u, %s."), line,
                          (guint) g_utf8_strlen (start, text + offset - start) + 1, reason);
}

static char *
document_to_json (EngramControlKind   kind,
                  const char         *text,
                  char              **problem)
{
  const char *reason = NULL;
  gsize offset = 0;
  EngramJsonType type = engram_json_check (text, -1, &offset, &reason);

  if (type == ENGRAM_JSON_INVALID)
    *problem = describe_json_problem (text, offset, reason);
  else if (kind == ENGRAM_CONTROL_OBJECT && type != ENGRAM_JSON_OBJECT)
    *problem = g_strdup (_("Type a JSON object: names and values between braces."));
  else if (kind == ENGRAM_CONTROL_LIST && type != ENGRAM_JSON_LIST)
    *problem = g_strdup (_("Type a JSON list: values between brackets."));
  else
    return engram_json_compact (text);
  return NULL;
}

static char *
time_to_json (const char  *text,
              char       **problem)
{
  g_autofree char *time = g_strstrip (g_strdup (text));

  if (engram_time_is_valid (time))
    return engram_json_quote (time);
  *problem = g_strdup (_("Type a time, such as 2025-11-01T09:00:00."));
  return NULL;
}

static gboolean
is_blank (const char *text)
{
  return text[strspn (text, " \t\r\n")] == '\0';
}

/**
 * engram_field_text_to_json:
 * @kind: how a value is edited
 * @text: what the control holds
 * @problem: (out) (transfer full): a sentence that says what is wrong with it; set only where something is
 *
 * Returns: (transfer full) (nullable): the value, `null` where nothing stands in place of a number, a time, an object
 *   or a list, or %NULL with @problem set
 */
char *
engram_field_text_to_json (EngramControlKind   kind,
                           const char         *text,
                           char              **problem)
{
  gboolean is_text = kind == ENGRAM_CONTROL_TEXT || kind == ENGRAM_CONTROL_CODE || kind == ENGRAM_CONTROL_CHOICE ||
                     kind == ENGRAM_CONTROL_TYPE;

  if (!is_text && kind != ENGRAM_CONTROL_JSON && is_blank (text))
    return g_strdup ("null");
  switch (kind)
    {
    case ENGRAM_CONTROL_TEXT:
    case ENGRAM_CONTROL_CODE:
    case ENGRAM_CONTROL_CHOICE:
    case ENGRAM_CONTROL_TYPE:
      return engram_json_quote (text);
    case ENGRAM_CONTROL_NUMBER:
      return number_to_json (text, -G_MAXDOUBLE, G_MAXDOUBLE, NULL, problem);
    case ENGRAM_CONTROL_LEVEL:
      return number_to_json (text, 0, 1, _("Type a number from 0 to 1."), problem);
    case ENGRAM_CONTROL_WEIGHT:
      return number_to_json (text, -1, 1, _("Type a number from −1 to 1."), problem);
    case ENGRAM_CONTROL_INTEGER:
      return integer_to_json (text, problem);
    case ENGRAM_CONTROL_TIME:
      return time_to_json (text, problem);
    case ENGRAM_CONTROL_JSON:
    case ENGRAM_CONTROL_OBJECT:
    case ENGRAM_CONTROL_LIST:
      return document_to_json (kind, text, problem);
    case ENGRAM_CONTROL_BOOLEAN:
    case ENGRAM_CONTROL_TAGS:
    default:
      return g_strdup (text);
    }
}

/**
 * engram_field_text_is_long:
 * @kind: how a value is edited
 *
 * Returns: whether it may have many lines, and is saved by a button
 */
gboolean
engram_field_text_is_long (EngramControlKind kind)
{
  return kind <= ENGRAM_CONTROL_LIST;
}

/* Tags */

/**
 * engram_field_text_from_tags:
 * @tags: (array zero-terminated=1): words
 *
 * Returns: (transfer full): them as a JSON list, written as Python does
 */
char *
engram_field_text_from_tags (const char *const *tags)
{
  GString *json = g_string_new ("[");

  for (gsize i = 0; tags[i] != NULL; i++)
    {
      g_autofree char *quoted = engram_json_quote (tags[i]);

      g_string_append_printf (json, "%s%s", i > 0 ? ", " : "", quoted);
    }
  g_string_append_c (json, ']');
  return g_string_free (json, FALSE);
}

static void
collect_tag (const char     *name,
             const char     *value,
             EngramJsonType  type,
             gpointer        user_data)
{
  char *tag = engram_json_get_string (value);

  if (tag != NULL)
    g_ptr_array_add (user_data, tag);
}

/**
 * engram_field_text_to_tags:
 * @json: a JSON list of texts, or `null`
 *
 * Returns: (transfer full) (array zero-terminated=1): the words
 */
char **
engram_field_text_to_tags (const char *json)
{
  GPtrArray *tags = g_ptr_array_new ();

  engram_json_foreach (json, collect_tag, tags);
  g_ptr_array_add (tags, NULL);
  return (char **) g_ptr_array_free (tags, FALSE);
}
