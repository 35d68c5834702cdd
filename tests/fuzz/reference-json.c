/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "reference-json.h"

#include <string.h>

typedef struct {
  const char *cursor;
  const char *end;
  guint       depth; /* that may still be opened */
} Text;

static gboolean read_value (Text *text);

static gboolean
take (Text *text,
      char  character)
{
  if (text->cursor == text->end || *text->cursor != character)
    return FALSE;
  text->cursor++;
  return TRUE;
}

static void
pass_white_space (Text *text)
{
  while (take (text, ' ') || take (text, '\t') || take (text, '\n') || take (text, '\r'))
    ;
}

static gboolean
take_word (Text       *text,
           const char *word)
{
  gsize length = strlen (word);

  if ((gsize) (text->end - text->cursor) < length || strncmp (text->cursor, word, length) != 0)
    return FALSE;
  text->cursor += length;
  return TRUE;
}

static gboolean
take_digits (Text *text)
{
  const char *start = text->cursor;

  while (text->cursor < text->end && g_ascii_isdigit (*text->cursor))
    text->cursor++;
  return text->cursor > start;
}

static gboolean
read_number (Text *text)
{
  take (text, '-');
  if (!take (text, '0') && !take_digits (text))
    return FALSE;
  if (take (text, '.') && !take_digits (text))
    return FALSE;
  if (take (text, 'e') || take (text, 'E'))
    {
      if (!take (text, '+'))
        take (text, '-');
      return take_digits (text);
    }
  return TRUE;
}

static gboolean
read_escape (Text *text)
{
  for (const char *escape = "\"\\/bfnrt"; *escape != '\0'; escape++)
    if (take (text, *escape))
      return TRUE;
  if (!take (text, 'u'))
    return FALSE;
  for (int i = 0; i < 4; i++, text->cursor++)
    if (text->cursor == text->end || !g_ascii_isxdigit (*text->cursor))
      return FALSE;
  return TRUE;
}

static gboolean
read_string (Text *text)
{
  const char *start = text->cursor;

  if (!take (text, '"'))
    return FALSE;
  while (!take (text, '"'))
    {
      if (text->cursor == text->end || (guchar) *text->cursor < 0x20)
        return FALSE;
      if (!take (text, '\\'))
        text->cursor++;
      else if (!read_escape (text))
        return FALSE;
    }
  return g_utf8_validate_len (start, text->cursor - start, NULL);
}

static gboolean
read_items (Text     *text,
            gboolean  object,
            char      end)
{
  pass_white_space (text);
  if (take (text, end))
    return TRUE;
  do
    {
      pass_white_space (text);
      if (object && !read_string (text))
        return FALSE;
      pass_white_space (text);
      if (object && !take (text, ':'))
        return FALSE;
      pass_white_space (text);
      if (!read_value (text))
        return FALSE;
      pass_white_space (text);
    }
  while (take (text, ','));
  return take (text, end);
}

static gboolean
read_container (Text     *text,
                gboolean  object)
{
  gboolean good;

  if (text->depth == 0)
    return FALSE;
  text->depth--;
  good = read_items (text, object, object ? '}' : ']');
  text->depth++;
  return good;
}

static gboolean
read_value (Text *text)
{
  if (text->cursor == text->end)
    return FALSE;
  if (take (text, '{'))
    return read_container (text, TRUE);
  if (take (text, '['))
    return read_container (text, FALSE);
  if (*text->cursor == '"')
    return read_string (text);
  return take_word (text, "true") || take_word (text, "false") || take_word (text, "null") || read_number (text);
}

gboolean
reference_json_accepts (const char *text,
                        gsize       length,
                        guint       max_depth)
{
  Text whole = { text, text + length, max_depth };

  pass_white_space (&whole);
  if (!read_value (&whole))
    return FALSE;
  pass_white_space (&whole);
  return whole.cursor == whole.end;
}

gboolean
reference_json_is_number (const char *text,
                          gsize       length)
{
  Text whole = { text, text + length, 0 };

  return read_number (&whole) && whole.cursor == whole.end;
}
