/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "json/engram-json-canonical-private.h"

#include <stdlib.h>
#include <string.h>

#include "json/engram-json-reader-private.h"
#include "json/engram-number.h"

/* Text nested deeper is indented no further, or a list of brackets would grow a thousandfold. */
#define INDENTED_DEPTH_MAX 64

#define NOT_FINITE "null"

/* Texts */

/* What Python writes as it is: ASCII, but controls, DEL, quotes and backslashes. */
static inline gboolean
is_plain (guchar byte)
{
  return byte >= 0x20 && byte < 0x7f && byte != '"' && byte != '\\';
}

/* Goes past plain bytes, eight at a time; a word that holds anything else is left to the loop by bytes. */
static inline const char *
skip_plain (const char *cursor,
            const char *end)
{
  const guint64 ones = G_GUINT64_CONSTANT (0x0101010101010101);
  const guint64 tops = G_GUINT64_CONSTANT (0x8080808080808080);

  while (end - cursor >= 8)
    {
      guint64 word, quotes, backslashes;

      memcpy (&word, cursor, sizeof word);
      quotes = word ^ (ones * '"');
      backslashes = word ^ (ones * '\\');
      if (((word - ones * 0x20) | (word + ones) | (quotes - ones) | (backslashes - ones) | word) & tops)
        break;
      cursor += 8;
    }
  while (cursor < end && is_plain ((guchar) *cursor))
    cursor++;
  return cursor;
}

static void
append_unit (GString *text,
             guint    unit)
{
  static const char digits[] = "0123456789abcdef";
  const char escape[] = {
    '\\', 'u', digits[unit >> 12 & 15], digits[unit >> 8 & 15], digits[unit >> 4 & 15], digits[unit & 15]
  };

  engram_json_append_bytes (text, escape, sizeof escape);
}

static void
append_short_escape (GString *text,
                     char     letter)
{
  g_string_append_c (text, '\\');
  g_string_append_c (text, letter);
}

/* A character, or half a surrogate pair, as Python writes it. */
static void
append_character (GString  *text,
                  gunichar  character)
{
  switch (character)
    {
    case '"':
    case '\\':
      append_short_escape (text, (char) character);
      return;
    case '\b':
      append_short_escape (text, 'b');
      return;
    case '\f':
      append_short_escape (text, 'f');
      return;
    case '\n':
      append_short_escape (text, 'n');
      return;
    case '\r':
      append_short_escape (text, 'r');
      return;
    case '\t':
      append_short_escape (text, 't');
      return;
    default:
      break;
    }
  if (character >= 0x10000)
    {
      append_unit (text, 0xd800 + ((character - 0x10000) >> 10));
      append_unit (text, 0xdc00 + ((character - 0x10000) & 0x3ff));
    }
  else if (character < 0x80 && is_plain ((guchar) character))
    {
      g_string_append_c (text, (char) character);
    }
  else
    {
      append_unit (text, character);
    }
}

/* A string token, quotes included. */
static void
append_string (GString    *text,
               const char *token,
               gsize       length)
{
  const char *cursor = token + 1;
  const char *end = token + length - 1;

  g_string_append_c (text, '"');
  while (cursor < end)
    {
      const char *after = skip_plain (cursor, end);

      engram_json_append_bytes (text, cursor, after - cursor);
      cursor = after;
      if (cursor < end)
        append_character (text, engram_json_read_character (&cursor, end));
    }
  g_string_append_c (text, '"');
}

static void
append_quoted_valid (GString    *text,
                     const char *cursor,
                     const char *end)
{
  g_string_append_c (text, '"');
  while (cursor < end)
    {
      const char *after = skip_plain (cursor, end);

      engram_json_append_bytes (text, cursor, after - cursor);
      cursor = after;
      if (cursor == end)
        break;
      append_character (text, g_utf8_get_char (cursor));
      cursor = g_utf8_next_char (cursor);
    }
  g_string_append_c (text, '"');
}

/* GLib takes NUL for what is not UTF-8. */
gboolean
engram_json_is_utf8 (const char *bytes,
                     gsize       length)
{
  const char *end = bytes + length;

  while (!g_utf8_validate_len (bytes, end - bytes, &bytes))
    {
      if (*bytes != '\0')
        return FALSE;
      bytes++;
    }
  return TRUE;
}

void
engram_json_append_quoted (GString    *text,
                           const char *utf8,
                           gssize      length)
{
  g_autofree char *valid = NULL;
  gsize size = length < 0 ? strlen (utf8) : (gsize) length;

  if (skip_plain (utf8, utf8 + size) < utf8 + size && !engram_json_is_utf8 (utf8, size))
    {
      valid = g_utf8_make_valid (utf8, size);
      utf8 = valid;
      size = strlen (valid);
    }
  append_quoted_valid (text, utf8, utf8 + size);
}

/* Numbers */

void
engram_json_append_real (GString *text,
                         double   number)
{
  char digits[ENGRAM_NUMBER_LENGTH];
  gsize length = engram_number_format (number, digits);

  if (length > 0)
    engram_json_append_bytes (text, digits, length);
  else
    g_string_append (text, NOT_FINITE);
}

void
engram_json_append_integer (GString *text,
                            gint64   number)
{
  char digits[24];
  char *end = digits + sizeof digits;
  char *cursor = end;
  guint64 magnitude = number < 0 ? 0 - (guint64) number : (guint64) number;

  do
    {
      *--cursor = (char) ('0' + magnitude % 10);
      magnitude /= 10;
    }
  while (magnitude > 0);
  if (number < 0)
    *--cursor = '-';
  engram_json_append_bytes (text, cursor, end - cursor);
}

static gboolean
is_integer (const char *token,
            gsize       length)
{
  for (gsize i = 0; i < length; i++)
    if (token[i] == '.' || token[i] == 'e' || token[i] == 'E')
      return FALSE;
  return TRUE;
}

/* FALSE where it became null. */
static gboolean
append_number (GString    *text,
               const char *token,
               gsize       length)
{
  double number;

  if (is_integer (token, length))
    {
      /* The whole numbers of Python know no -0. */
      if (length == 2 && memcmp (token, "-0", 2) == 0)
        g_string_append_c (text, '0');
      else
        engram_json_append_bytes (text, token, length);
      return TRUE;
    }
  if (engram_number_parse (token, length, &number))
    {
      engram_json_append_real (text, number);
      return TRUE;
    }
  g_string_append (text, NOT_FINITE);
  return FALSE;
}

/* Objects */

/* A member of an object that is open. */
typedef struct {
  const char *name;   /* as engram_json_append_code_points() has it */
  gsize       length;
  gsize       start;  /* in the text, from the name's quote on; it ends before the next one's separator */
} Member;

typedef struct {
  GString          *text;
  EngramJsonReader  reader;
  GArray           *members;      /* of Member: those of all objects that are open, the innermost object's last */
  GStringChunk     *names;        /* those that do not stand in the JSON as they are; NULL where there are none */
  GString          *scratch;
  gboolean          is_finite;    /* no number has become null */
  guint             first_member[ENGRAM_JSON_MAX_DEPTH]; /* by depth */
  gsize             start[ENGRAM_JSON_MAX_DEPTH];        /* where the text of the object's members starts */
} Writer;

void
engram_json_append_code_points (GString    *name,
                                const char *token,
                                gsize       length)
{
  const char *cursor = token + 1;
  const char *end = token + length - 1;

  while (cursor < end)
    {
      char bytes[6];
      int n_bytes = g_unichar_to_utf8 (engram_json_read_character (&cursor, end), bytes);

      engram_json_append_bytes (name, bytes, n_bytes);
    }
}

static void
read_name (Writer     *self,
           Member     *member,
           const char *token,
           gsize       length)
{
  g_string_truncate (self->scratch, 0);
  engram_json_append_code_points (self->scratch, token, length);
  if (self->names == NULL)
    self->names = g_string_chunk_new (1024);
  member->name = g_string_chunk_insert_len (self->names, self->scratch->str, self->scratch->len);
  member->length = self->scratch->len;
}

static void
add_member (Writer *self)
{
  const char *token = self->reader.token;
  gsize length = self->reader.token_length;
  Member member = { token + 1, length - 2, self->text->len };

  if (self->reader.token_escaped)
    read_name (self, &member, token, length);
  g_array_append_val (self->members, member);
  append_string (self->text, token, length);
  engram_json_append_bytes (self->text, ": ", 2);
}

static int
compare_names (const Member *a,
               const Member *b)
{
  return engram_json_compare_names (a->name, a->length, b->name, b->length);
}

/* Of equal names, the one that came first stands first. */
static int
compare_members (gconstpointer a,
                 gconstpointer b)
{
  const Member *first = a;
  const Member *second = b;
  int order = compare_names (first, second);

  if (order != 0)
    return order;
  return first->start < second->start ? -1 : 1;
}

/* A member's text within that of all members of its object. */
typedef struct {
  Member member;
  gsize  end;
} PlacedMember;

static void
append_sorted (Writer             *self,
               const PlacedMember *members,
               guint               n_members,
               gsize               start)
{
  const char *separator = "";

  g_string_truncate (self->scratch, 0);
  engram_json_append_bytes (self->scratch, self->text->str + start, self->text->len - start);
  g_string_truncate (self->text, start);
  for (guint i = 0; i < n_members; i++)
    {
      const PlacedMember *placed = &members[i];

      /* Of a name that stands twice, the last counts. */
      if (i + 1 < n_members && compare_names (&placed->member, &members[i + 1].member) == 0)
        continue;
      g_string_append (self->text, separator);
      engram_json_append_bytes (self->text, self->scratch->str + placed->member.start - start,
                           placed->end - placed->member.start);
      separator = ", ";
    }
}

static void
sort_members (Writer       *self,
              const Member *members,
              guint         n_members,
              gsize         start)
{
  g_autofree PlacedMember *placed = g_new (PlacedMember, n_members);

  for (guint i = 0; i < n_members; i++)
    {
      placed[i].member = members[i];
      placed[i].end = i + 1 < n_members ? members[i + 1].start - strlen (", ") : self->text->len;
    }
  qsort (placed, n_members, sizeof *placed, compare_members);
  append_sorted (self, placed, n_members, start);
}

/* Most objects are sorted already, or have but one member: their text is right as it came. */
static void
end_object (Writer *self)
{
  guint depth = self->reader.depth;
  guint first = self->first_member[depth];
  guint n_members = self->members->len - first;
  const Member *members = (const Member *) (gpointer) self->members->data + first;

  for (guint i = 1; i < n_members; i++)
    if (compare_names (&members[i - 1], &members[i]) >= 0)
      {
        sort_members (self, members, n_members, self->start[depth]);
        break;
      }
  g_array_set_size (self->members, first);
  g_string_append_c (self->text, '}');
}

static void
begin_object (Writer *self)
{
  guint depth = self->reader.depth - 1;

  g_string_append_c (self->text, '{');
  self->first_member[depth] = self->members->len;
  self->start[depth] = self->text->len;
}

/* Documents */

static gboolean
is_start (EngramJsonToken token)
{
  return token == ENGRAM_JSON_TOKEN_BEGIN_OBJECT || token == ENGRAM_JSON_TOKEN_BEGIN_LIST;
}

static gboolean
is_finish (EngramJsonToken token)
{
  return token == ENGRAM_JSON_TOKEN_END_OBJECT || token == ENGRAM_JSON_TOKEN_END_LIST;
}

static gboolean
is_last (EngramJsonToken token)
{
  return token == ENGRAM_JSON_TOKEN_INVALID || token == ENGRAM_JSON_TOKEN_END;
}

/* Whether a comma stands between two tokens. */
static gboolean
is_separated (EngramJsonToken previous,
              EngramJsonToken token)
{
  return previous != ENGRAM_JSON_TOKEN_INVALID && previous != ENGRAM_JSON_TOKEN_NAME && !is_start (previous) &&
         !is_finish (token);
}

static void
write_token (Writer          *self,
             EngramJsonToken  token)
{
  const EngramJsonReader *reader = &self->reader;

  switch (token)
    {
    case ENGRAM_JSON_TOKEN_BEGIN_OBJECT:
      begin_object (self);
      break;
    case ENGRAM_JSON_TOKEN_END_OBJECT:
      end_object (self);
      break;
    case ENGRAM_JSON_TOKEN_NAME:
      add_member (self);
      break;
    case ENGRAM_JSON_TOKEN_STRING:
      append_string (self->text, reader->token, reader->token_length);
      break;
    case ENGRAM_JSON_TOKEN_NUMBER:
      if (!append_number (self->text, reader->token, reader->token_length))
        self->is_finite = FALSE;
      break;
    case ENGRAM_JSON_TOKEN_BEGIN_LIST:
    case ENGRAM_JSON_TOKEN_END_LIST:
    case ENGRAM_JSON_TOKEN_TRUE:
    case ENGRAM_JSON_TOKEN_FALSE:
    case ENGRAM_JSON_TOKEN_NULL:
      engram_json_append_bytes (self->text, reader->token, reader->token_length);
      break;
    case ENGRAM_JSON_TOKEN_INVALID:
    case ENGRAM_JSON_TOKEN_END:
    default:
      g_assert_not_reached ();
    }
}

gboolean
engram_json_append_canonical (GString    *text,
                              const char *json,
                              gsize       length)
{
  g_autoptr (GArray) members = g_array_sized_new (FALSE, FALSE, sizeof (Member), 16);
  g_autoptr (GString) scratch = g_string_new (NULL);
  EngramJsonToken previous = ENGRAM_JSON_TOKEN_INVALID;
  EngramJsonToken token;
  Writer writer;

  writer.text = text;
  writer.members = members;
  writer.scratch = scratch;
  writer.names = NULL;
  writer.is_finite = TRUE;
  engram_json_reader_init (&writer.reader, json, length);
  while (!is_last (token = engram_json_reader_next (&writer.reader)))
    {
      if (is_separated (previous, token))
        engram_json_append_bytes (text, ", ", 2);
      write_token (&writer, token);
      previous = token;
    }
  g_warn_if_fail (token == ENGRAM_JSON_TOKEN_END);
  g_clear_pointer (&writer.names, g_string_chunk_free);
  return writer.is_finite;
}

static void
append_line_break (GString *text,
                   guint    spaces)
{
  gsize before = text->len;

  g_string_set_size (text, before + 1 + spaces);
  text->str[before] = '\n';
  memset (text->str + before + 1, ' ', spaces);
}

/* What stands between two tokens; @depth is that of the line which the second one would start. */
static void
append_separator (GString         *text,
                  EngramJsonToken  previous,
                  EngramJsonToken  token,
                  guint            indent,
                  guint            depth)
{
  gboolean separated = is_separated (previous, token);

  if (previous == ENGRAM_JSON_TOKEN_NAME)
    engram_json_append_bytes (text, ": ", 2);
  else if (separated)
    g_string_append (text, indent > 0 ? "," : ", ");
  if (indent > 0 && (separated || (is_start (previous) != is_finish (token))))
    append_line_break (text, indent * depth);
}

void
engram_json_append_value (GString    *text,
                          const char *json,
                          gsize       length,
                          guint       indent,
                          guint       level)
{
  EngramJsonToken previous = ENGRAM_JSON_TOKEN_INVALID;
  EngramJsonToken token;
  EngramJsonReader reader;

  engram_json_reader_init (&reader, json, length);
  while (!is_last (token = engram_json_reader_next (&reader)))
    {
      guint depth = is_start (token) ? reader.depth - 1 : reader.depth;

      append_separator (text, previous, token, indent, level + MIN (depth, INDENTED_DEPTH_MAX));
      engram_json_append_bytes (text, reader.token, reader.token_length);
      previous = token;
    }
  g_warn_if_fail (token == ENGRAM_JSON_TOKEN_END);
}
