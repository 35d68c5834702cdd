/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "json/engram-json-reader-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static EngramJsonToken
fail (EngramJsonReader *self,
      const char       *reason)
{
  self->reason = reason;
  return ENGRAM_JSON_TOKEN_INVALID;
}

static EngramJsonToken
fail_at (EngramJsonReader *self,
         const char       *place,
         const char       *reason)
{
  self->cursor = place;
  return fail (self, reason);
}

static EngramJsonToken
fail_at_end (EngramJsonReader *self)
{
  return fail_at (self, self->end, N_("the text ends too early"));
}

static inline void
skip_white_space (EngramJsonReader *self)
{
  const char *cursor = self->cursor;

  while (cursor < self->end && (*cursor == ' ' || *cursor == '\n' || *cursor == '\r' || *cursor == '\t'))
    cursor++;
  self->cursor = cursor;
}

static inline gboolean
in_object (EngramJsonReader *self)
{
  guint level = self->depth - 1;

  return (self->objects[level / 8] >> (level % 8)) & 1;
}

static inline EngramJsonToken
finish_token (EngramJsonReader *self,
              EngramJsonToken   token,
              const char       *end)
{
  self->token = self->cursor;
  self->token_length = end - self->cursor;
  self->cursor = end;
  self->expectation = ENGRAM_JSON_EXPECT_SEPARATOR;
  return token;
}

static EngramJsonToken
open_container (EngramJsonReader *self,
                gboolean          object)
{
  guint level = self->depth;

  if (level == ENGRAM_JSON_MAX_DEPTH)
    return fail (self, N_("lists and objects are nested too deeply"));

  if (object)
    self->objects[level / 8] |= 1 << (level % 8);
  else
    self->objects[level / 8] &= ~(1 << (level % 8));
  self->depth++;
  finish_token (self, ENGRAM_JSON_TOKEN_INVALID, self->cursor + 1);
  self->expectation = object ? ENGRAM_JSON_EXPECT_FIRST_NAME : ENGRAM_JSON_EXPECT_FIRST_ITEM;
  return object ? ENGRAM_JSON_TOKEN_BEGIN_OBJECT : ENGRAM_JSON_TOKEN_BEGIN_LIST;
}

static EngramJsonToken
close_container (EngramJsonReader *self)
{
  EngramJsonToken token = in_object (self) ? ENGRAM_JSON_TOKEN_END_OBJECT : ENGRAM_JSON_TOKEN_END_LIST;

  self->depth--;
  return finish_token (self, token, self->cursor + 1);
}

/* Text */

/* The length of the character of more than one byte that starts here, or 0 where it is not UTF-8. */
static gsize
measure_character (const guchar *cursor,
                   const guchar *end)
{
  gsize room = end - cursor;
  guchar low = 0x80, high = 0xbf;
  gsize length;

  if (*cursor >= 0xc2 && *cursor <= 0xdf)
    length = 2;
  else if (*cursor >= 0xe0 && *cursor <= 0xef)
    length = 3;
  else if (*cursor >= 0xf0 && *cursor <= 0xf4)
    length = 4;
  else
    return 0;
  if (room < length)
    return 0;

  /* Neither forms longer than need be, nor surrogates, nor anything beyond U+10FFFF */
  if (*cursor == 0xe0)
    low = 0xa0;
  else if (*cursor == 0xed)
    high = 0x9f;
  else if (*cursor == 0xf0)
    low = 0x90;
  else if (*cursor == 0xf4)
    high = 0x8f;
  if (cursor[1] < low || cursor[1] > high)
    return 0;
  for (gsize i = 2; i < length; i++)
    if ((cursor[i] & 0xc0) != 0x80)
      return 0;
  return length;
}

/* Goes past the bytes that need no thought: ASCII but controls, quotes and backslashes. Eight at a time; a
 * word that holds anything else is left to the loop by bytes. */
static inline const guchar *
skip_plain (const guchar *cursor,
            const guchar *end)
{
  const guint64 ones = G_GUINT64_CONSTANT (0x0101010101010101);
  const guint64 tops = G_GUINT64_CONSTANT (0x8080808080808080);

  while (end - cursor >= 8)
    {
      guint64 word, quotes, backslashes;

      memcpy (&word, cursor, sizeof word);
      quotes = word ^ (ones * '"');
      backslashes = word ^ (ones * '\\');
      if (((word - ones * 0x20) | (quotes - ones) | (backslashes - ones) | word) & tops)
        break;
      cursor += 8;
    }
  while (cursor < end && *cursor >= 0x20 && *cursor < 0x80 && *cursor != '"' && *cursor != '\\')
    cursor++;
  return cursor;
}

/* The length of the escape that starts here, or 0 where it is none. */
static gsize
measure_escape (const guchar *cursor,
                const guchar *end)
{
  if (end - cursor < 2)
    return 0;
  if (strchr ("\"\\/bfnrt", cursor[1]) != NULL && cursor[1] != '\0')
    return 2;
  if (cursor[1] != 'u' || end - cursor < 6)
    return 0;
  for (gsize i = 2; i < 6; i++)
    if (!g_ascii_isxdigit (cursor[i]))
      return 0;
  return 6;
}

static EngramJsonToken
read_string (EngramJsonReader *self,
             EngramJsonToken   token)
{
  const guchar *end = (const guchar *) self->end;
  const guchar *cursor = (const guchar *) self->cursor + 1;

  self->token_escaped = FALSE;
  for (;;)
    {
      gsize length;

      cursor = skip_plain (cursor, end);
      if (cursor == end)
        return fail_at_end (self);
      if (*cursor == '"' && (const char *) cursor - self->cursor > 1 + (gssize) ENGRAM_JSON_MAX_STRING_LENGTH)
        return fail (self, N_("a text is too long"));
      if (*cursor == '"')
        return finish_token (self, token, (const char *) cursor + 1);
      if (*cursor == '\\')
        {
          self->token_escaped = TRUE;
          length = measure_escape (cursor, end);
          if (length == 0)
            return fail_at (self, (const char *) cursor, N_("a backslash starts no escape that JSON knows"));
        }
      else if (*cursor < 0x20)
        return fail_at (self, (const char *) cursor, N_("a control character in a text is not escaped"));
      else
        {
          length = measure_character (cursor, end);
          if (length == 0)
            return fail_at (self, (const char *) cursor, N_("a text is not UTF-8"));
        }
      cursor += length;
    }
}

/* Numbers and words */

static inline const char *
skip_digits (const char *cursor,
             const char *end)
{
  while (cursor < end && *cursor >= '0' && *cursor <= '9')
    cursor++;
  return cursor;
}

/* Goes past at least one digit, or returns NULL with the error set. */
static inline const char *
read_digits (EngramJsonReader *self,
             const char       *cursor)
{
  const char *after = skip_digits (cursor, self->end);

  if (after > cursor)
    return after;
  if (cursor == self->end)
    fail_at_end (self);
  else
    fail_at (self, cursor, N_("a digit is missing in a number"));
  return NULL;
}

static EngramJsonToken
read_number (EngramJsonReader *self)
{
  const char *start = *self->cursor == '-' ? self->cursor + 1 : self->cursor;
  const char *cursor = read_digits (self, start);

  if (cursor == NULL)
    return ENGRAM_JSON_TOKEN_INVALID;
  if (*start == '0' && cursor > start + 1)
    return fail_at (self, start + 1, N_("a number starts with a zero too many"));
  if (cursor < self->end && *cursor == '.')
    {
      cursor = read_digits (self, cursor + 1);
      if (cursor == NULL)
        return ENGRAM_JSON_TOKEN_INVALID;
    }
  if (cursor < self->end && (*cursor == 'e' || *cursor == 'E'))
    {
      cursor++;
      if (cursor < self->end && (*cursor == '+' || *cursor == '-'))
        cursor++;
      cursor = read_digits (self, cursor);
      if (cursor == NULL)
        return ENGRAM_JSON_TOKEN_INVALID;
    }
  if (cursor - start > ENGRAM_JSON_MAX_NUMBER_LENGTH)
    return fail (self, N_("a number is too long"));
  return finish_token (self, ENGRAM_JSON_TOKEN_NUMBER, cursor);
}

static EngramJsonToken
read_word (EngramJsonReader *self,
           const char       *word,
           EngramJsonToken   token)
{
  gsize length = strlen (word);

  if ((gsize) (self->end - self->cursor) < length || memcmp (self->cursor, word, length) != 0)
    return fail (self, N_("a value is neither text, number, list, object, true, false nor null"));
  return finish_token (self, token, self->cursor + length);
}

static EngramJsonToken
read_value (EngramJsonReader *self)
{
  if (self->cursor == self->end)
    return fail_at_end (self);

  switch (*self->cursor)
    {
    case '"':
      return read_string (self, ENGRAM_JSON_TOKEN_STRING);
    case '{':
      return open_container (self, TRUE);
    case '[':
      return open_container (self, FALSE);
    case 't':
      return read_word (self, "true", ENGRAM_JSON_TOKEN_TRUE);
    case 'f':
      return read_word (self, "false", ENGRAM_JSON_TOKEN_FALSE);
    case 'n':
      return read_word (self, "null", ENGRAM_JSON_TOKEN_NULL);
    case ',':
    case ':':
    case ']':
    case '}':
      return fail (self, N_("a value is missing"));
    case '-':
    case '0' ... '9':
      return read_number (self);
    default:
      return fail (self, N_("a value is neither text, number, list, object, true, false nor null"));
    }
}

static EngramJsonToken
read_name (EngramJsonReader *self)
{
  EngramJsonToken token;
  const char *name;
  gsize length;

  if (self->cursor == self->end)
    return fail_at_end (self);
  if (*self->cursor != '"')
    return fail (self, N_("the name of a member is missing"));

  token = read_string (self, ENGRAM_JSON_TOKEN_NAME);
  if (token == ENGRAM_JSON_TOKEN_INVALID)
    return token;
  name = self->token;
  length = self->token_length;

  skip_white_space (self);
  if (self->cursor == self->end)
    return fail_at_end (self);
  if (*self->cursor != ':')
    return fail (self, N_("a colon is missing after the name of a member"));
  self->cursor++;
  self->token = name;
  self->token_length = length;
  self->expectation = ENGRAM_JSON_EXPECT_VALUE;
  return token;
}

static EngramJsonToken
read_separator (EngramJsonReader *self)
{
  gboolean object;

  if (self->depth == 0)
    {
      if (self->cursor < self->end)
        return fail (self, N_("there is more after the value"));
      return ENGRAM_JSON_TOKEN_END;
    }
  if (self->cursor == self->end)
    return fail_at_end (self);

  object = in_object (self);
  if (*self->cursor == (object ? '}' : ']'))
    return close_container (self);
  if (*self->cursor != ',')
    return fail (self, N_("a comma or the closing bracket is missing"));
  self->cursor++;
  skip_white_space (self);
  return object ? read_name (self) : read_value (self);
}

/* Starts reading a text, which must stay as it is as long as the reader is used. */
void
engram_json_reader_init (EngramJsonReader *self,
                         const char       *text,
                         gsize             length)
{
  self->token = text;
  self->token_length = 0;
  self->token_escaped = FALSE;
  self->depth = 0;
  self->reason = NULL;
  self->start = text;
  self->cursor = text;
  self->end = text + length;
  self->expectation = ENGRAM_JSON_EXPECT_VALUE;
}

/* The next token. Commas and colons are checked and passed over. After ENGRAM_JSON_TOKEN_INVALID or
 * ENGRAM_JSON_TOKEN_END, the same again. */
EngramJsonToken
engram_json_reader_next (EngramJsonReader *self)
{
  if (self->reason != NULL)
    return ENGRAM_JSON_TOKEN_INVALID;

  skip_white_space (self);
  switch (self->expectation)
    {
    case ENGRAM_JSON_EXPECT_FIRST_ITEM:
      if (self->cursor < self->end && *self->cursor == ']')
        return close_container (self);
      return read_value (self);
    case ENGRAM_JSON_EXPECT_FIRST_NAME:
      if (self->cursor < self->end && *self->cursor == '}')
        return close_container (self);
      return read_name (self);
    case ENGRAM_JSON_EXPECT_SEPARATOR:
      return read_separator (self);
    case ENGRAM_JSON_EXPECT_VALUE:
    default:
      return read_value (self);
    }
}

/* Reads to the end of the value that the given token, the latest one, starts. Returns its last token, which
 * is the same one unless a list or object was open; then `token` and `token_length` span the whole value. */
EngramJsonToken
engram_json_reader_skip (EngramJsonReader *self,
                         EngramJsonToken   token)
{
  const char *start = self->token;
  guint depth = self->depth;

  if (token != ENGRAM_JSON_TOKEN_BEGIN_OBJECT && token != ENGRAM_JSON_TOKEN_BEGIN_LIST)
    return token;

  while (self->depth >= depth)
    {
      token = engram_json_reader_next (self);
      if (token == ENGRAM_JSON_TOKEN_INVALID)
        return token;
    }
  self->token = start;
  self->token_length = self->cursor - start;
  return token;
}

/* The type of the value that a token starts. */
EngramJsonType
engram_json_token_type (EngramJsonToken token)
{
  switch (token)
    {
    case ENGRAM_JSON_TOKEN_BEGIN_OBJECT:
      return ENGRAM_JSON_OBJECT;
    case ENGRAM_JSON_TOKEN_BEGIN_LIST:
      return ENGRAM_JSON_LIST;
    case ENGRAM_JSON_TOKEN_STRING:
      return ENGRAM_JSON_STRING;
    case ENGRAM_JSON_TOKEN_NUMBER:
      return ENGRAM_JSON_NUMBER;
    case ENGRAM_JSON_TOKEN_TRUE:
    case ENGRAM_JSON_TOKEN_FALSE:
      return ENGRAM_JSON_BOOLEAN;
    case ENGRAM_JSON_TOKEN_NULL:
      return ENGRAM_JSON_NULL;
    case ENGRAM_JSON_TOKEN_INVALID:
    case ENGRAM_JSON_TOKEN_END:
    case ENGRAM_JSON_TOKEN_END_OBJECT:
    case ENGRAM_JSON_TOKEN_END_LIST:
    case ENGRAM_JSON_TOKEN_NAME:
    default:
      return ENGRAM_JSON_INVALID;
    }
}

/* Unescaping */

static guint
read_hex (const char *digits)
{
  guint value = 0;

  for (gsize i = 0; i < 4; i++)
    value = value << 4 | g_ascii_xdigit_value (digits[i]);
  return value;
}

/* The character of a \uXXXX escape, or of two that make a pair. */
static gunichar
read_unicode_escape (const char **cursor,
                     const char  *end)
{
  guint unit = read_hex (*cursor + 2);
  guint second = 0;

  *cursor += 6;
  if (unit >= 0xd800 && unit < 0xdc00 && end - *cursor >= 6 && (*cursor)[0] == '\\' && (*cursor)[1] == 'u')
    second = read_hex (*cursor + 2);
  if (second < 0xdc00 || second >= 0xe000)
    return unit;
  *cursor += 6;
  return 0x10000 + ((unit - 0xd800) << 10) + (second - 0xdc00);
}

static gunichar
read_short_escape (char letter)
{
  switch (letter)
    {
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    default:
      return letter;
    }
}

/* The character that starts at *cursor within a string token that ends (without its quote) at @end; moves past it.
 * What stands there as half a surrogate pair is returned as it is. */
gunichar
engram_json_read_character (const char **cursor,
                            const char  *end)
{
  const char *start = *cursor;

  if (*start != '\\')
    {
      *cursor = g_utf8_next_char (start);
      return g_utf8_get_char (start);
    }
  if (start[1] == 'u')
    return read_unicode_escape (cursor, end);
  *cursor += 2;
  return read_short_escape (start[1]);
}

char *
engram_json_unescape (const char *token,
                      gsize       length,
                      gboolean   *exact)
{
  const char *cursor = token + 1;
  const char *end = token + length - 1;
  GString *text = g_string_sized_new (length);

  *exact = TRUE;
  while (cursor < end)
    {
      const char *backslash = memchr (cursor, '\\', end - cursor);
      gunichar character;

      g_string_append_len (text, cursor, (backslash != NULL ? backslash : end) - cursor);
      if (backslash == NULL)
        break;
      cursor = backslash;
      character = engram_json_read_character (&cursor, end);
      if (character == 0 || (character >= 0xd800 && character < 0xe000))
        {
          *exact = FALSE;
          character = 0xfffd;
        }
      g_string_append_unichar (text, character);
    }
  return g_string_free (text, FALSE);
}
