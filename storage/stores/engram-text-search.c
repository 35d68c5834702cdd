/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "stores/engram-text-search-private.h"

#include <string.h>

#define REPLACEMENT_CHARACTER 0xfffd

struct _EngramTextSearch {
  char     *folded;
  gsize     length;
  gboolean  is_ascii;
};

/* ASCII folds to ASCII, byte by byte, which is quicker. */
char *
engram_text_search_fold (const char *text)
{
  return g_str_is_ascii (text) ? g_ascii_strdown (text, -1) : g_utf8_casefold (text, -1);
}

EngramTextSearch *
engram_text_search_new (const char *part)
{
  EngramTextSearch *self = g_new0 (EngramTextSearch, 1);

  self->folded = engram_text_search_fold (part);
  self->length = strlen (self->folded);
  self->is_ascii = g_str_is_ascii (self->folded);
  return self;
}

void
engram_text_search_free (EngramTextSearch *self)
{
  g_free (self->folded);
  g_free (self);
}

/* ASCII folds to ASCII, byte by byte: no need to make a folded copy. */
static gboolean
matches_ascii (const EngramTextSearch *self,
               const char             *text)
{
  const char first[] = { self->folded[0], g_ascii_toupper (self->folded[0]), '\0' };

  if (!self->is_ascii)
    return FALSE;
  if (self->length == 0)
    return TRUE;

  for (text = strpbrk (text, first); text != NULL; text = strpbrk (text + 1, first))
    if (g_ascii_strncasecmp (text, self->folded, self->length) == 0)
      return TRUE;
  return FALSE;
}

gboolean
engram_text_search_matches (const EngramTextSearch *self,
                            const char             *text)
{
  g_autofree char *folded = NULL;

  if (text == NULL)
    return FALSE;
  if (g_str_is_ascii (text))
    return matches_ascii (self, text);

  folded = engram_text_search_fold (text);
  return strstr (folded, self->folded) != NULL;
}

/* The code unit that four hexadecimal digits give, or -1. */
static int
read_code_unit (const char *digits)
{
  int unit = 0;

  for (int i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value (digits[i]);

      if (digit < 0)
        return -1;
      unit = unit * 16 + digit;
    }
  return unit;
}

/* Reads the escape after a backslash; @cursor moves past it. */
static gunichar
read_escape (const char **cursor)
{
  static const char letters[] = "bfnrt";
  static const char controls[] = "\b\f\n\r\t";
  const char *letter;
  int unit, second;

  if (**cursor != 'u' || (unit = read_code_unit (*cursor + 1)) < 0)
    {
      gunichar character = g_utf8_get_char (*cursor);

      *cursor = g_utf8_next_char (*cursor);
      letter = character < 0x80 ? strchr (letters, (int) character) : NULL;
      return letter != NULL ? (gunichar) controls[letter - letters] : character;
    }

  *cursor += 5;
  if (unit < 0xd800 || unit > 0xdfff)
    return unit != 0 ? (gunichar) unit : REPLACEMENT_CHARACTER;
  if (unit <= 0xdbff && (*cursor)[0] == '\\' && (*cursor)[1] == 'u' &&
      (second = read_code_unit (*cursor + 2)) >= 0xdc00 && second <= 0xdfff)
    {
      *cursor += 6;
      return 0x10000 + ((gunichar) (unit - 0xd800) << 10) + (gunichar) (second - 0xdc00);
    }
  return REPLACEMENT_CHARACTER;
}

char *
engram_text_search_read_escapes (const char *json)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const char *backslash;

  while ((backslash = strchr (json, '\\')) != NULL && backslash[1] != '\0')
    {
      g_string_append_len (text, json, backslash - json);
      json = backslash + 1;
      g_string_append_unichar (text, read_escape (&json));
    }
  g_string_append (text, json);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

gboolean
engram_text_search_matches_json (const EngramTextSearch *self,
                                 const char             *json)
{
  g_autofree char *text = NULL;

  if (json == NULL)
    return FALSE;
  if (engram_text_search_matches (self, json))
    return TRUE;
  if (strchr (json, '\\') == NULL)
    return FALSE;

  text = engram_text_search_read_escapes (json);
  return engram_text_search_matches (self, text);
}
