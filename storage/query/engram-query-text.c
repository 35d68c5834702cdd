/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "query/engram-query-private.h"

#include <math.h>
#include <string.h>

#include "json/engram-number.h"

/* Text with one of these is quoted also where it need not be: what may mean something is easier to read so. */
static gboolean
needs_quotes (const char *value)
{
  if (*value == '\0' || strpbrk (value, "\",:;|<>(){}[]'`") != NULL || *value == '-')
    return TRUE;
  return *engram_query_skip_solid (value) != '\0';
}

char *
engram_query_quote (const char *value)
{
  g_autoptr (GString) quoted = NULL;

  g_return_val_if_fail (value != NULL, NULL);

  if (!needs_quotes (value))
    return g_strdup (value);
  quoted = g_string_new ("\"");
  for (const char *cursor = value; *cursor != '\0'; cursor++)
    {
      if (*cursor == '"')
        g_string_append_c (quoted, '"');
      g_string_append_c (quoted, *cursor);
    }
  g_string_append_c (quoted, '"');
  return g_string_free (g_steal_pointer (&quoted), FALSE);
}

/* As a person writes it: 1 rather than 1.0. */
static void
append_number (GString *text,
               double   number)
{
  char digits[ENGRAM_NUMBER_LENGTH];
  gsize length = engram_number_format (number, digits);

  if (g_str_has_suffix (digits, ".0"))
    length -= strlen (".0");
  g_string_append_len (text, digits, length);
}

static void
append_bound (GString    *text,
              const char *sign,
              double      number)
{
  g_string_append (text, sign);
  append_number (text, number);
}

char *
engram_query_format_range (EngramQueryField   field,
                           const EngramRange *range)
{
  g_autoptr (GString) text = g_string_new (engram_query_field_get_name (field));

  g_string_append_c (text, ':');
  if (isinf (range->high))
    append_bound (text, range->low_excluded ? ">" : ">=", range->low);
  else if (isinf (range->low))
    append_bound (text, range->high_excluded ? "<" : "<=", range->high);
  else if (range->low == range->high)
    append_number (text, range->low);
  else
    {
      append_bound (text, range->low_excluded ? ">" : "", range->low);
      append_bound (text, range->high_excluded ? "..<" : "..", range->high);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
engram_query_format_values (EngramQueryField    field,
                            const char *const  *values)
{
  g_autoptr (GString) text = g_string_new (engram_query_field_get_name (field));

  for (guint i = 0; values[i] != NULL; i++)
    {
      g_autofree char *quoted = engram_query_quote (values[i]);

      g_string_append_c (text, i == 0 ? ':' : ',');
      g_string_append (text, quoted);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}
