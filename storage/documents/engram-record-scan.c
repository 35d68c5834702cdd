/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "documents/engram-record-scan-private.h"

#include <string.h>

#include "documents/engram-vector-parse-private.h"
#include "json/engram-json-canonical-private.h"
#include "json/engram-number.h"

/* Reals that are shorter than this and have no exponent are never beyond a double. */
#define SAFE_NUMBER_LENGTH 300

void
engram_record_scan_init (EngramRecordScan  *self,
                         const char *const *names,
                         const char        *list_name)
{
  *self = (EngramRecordScan) { .names = names, .list_name = list_name };
  self->members = g_array_new (FALSE, FALSE, sizeof (EngramRecordMember));
  self->vector = g_array_new (FALSE, FALSE, sizeof (float));
  self->vector_text = g_string_new (NULL);
  self->order = g_array_new (FALSE, FALSE, sizeof (guint));
  self->order_names = g_string_new (NULL);
  self->superseded = g_array_new (FALSE, FALSE, sizeof (guint8));
}

void
engram_record_scan_clear (EngramRecordScan *self)
{
  g_clear_pointer (&self->members, g_array_unref);
  g_clear_pointer (&self->vector, g_array_unref);
  g_clear_pointer (&self->order, g_array_unref);
  g_clear_pointer (&self->superseded, g_array_unref);
  g_string_free (g_steal_pointer (&self->vector_text), TRUE);
  g_string_free (g_steal_pointer (&self->order_names), TRUE);
}

static const EngramRecordMember *
get_member (const EngramRecordScan *self,
            guint                   place)
{
  return &g_array_index (self->members, EngramRecordMember, place);
}

const EngramRecordMember *
engram_record_scan_get (const EngramRecordScan *self,
                        guint                   name)
{
  return self->known[name] >= 0 ? get_member (self, self->known[name]) : NULL;
}

gboolean
engram_record_scan_is_superseded (const EngramRecordScan *self,
                                  guint                   place)
{
  return g_array_index (self->superseded, guint8, place) != 0;
}

/* Order of names */

static gboolean
is_in_order (EngramRecordScan *self)
{
  const char *names = self->order_names->str;
  const char *end = names + self->order_names->len;

  for (guint i = 0; i < self->members->len; i++)
    {
      const EngramRecordMember *member = get_member (self, i);

      if ((gsize) (end - names) < member->name_length || memcmp (names, member->name, member->name_length) != 0)
        return FALSE;
      names += member->name_length;
    }
  return names == end;
}

static int
compare_members (gconstpointer a,
                 gconstpointer b,
                 gpointer      data)
{
  const EngramRecordScan *self = data;
  guint first_place = *(const guint *) a;
  guint second_place = *(const guint *) b;
  const EngramRecordMember *first = get_member (self, first_place);
  const EngramRecordMember *second = get_member (self, second_place);
  /* The closing quote must not count: it is greater than a space. */
  gsize first_length = first->name_length - 1, second_length = second->name_length - 1;
  int order = memcmp (first->name, second->name, MIN (first_length, second_length));

  if (order != 0)
    return order;
  if (first_length != second_length)
    return first_length < second_length ? -1 : 1;
  return first_place < second_place ? -1 : 1;
}

static gboolean
have_same_name (const EngramRecordMember *member,
                const EngramRecordMember *other)
{
  return member->name_length == other->name_length && memcmp (member->name, other->name, member->name_length) == 0;
}

/* Records have the same members in the same order, one after the other: they are sorted once. */
static void
put_in_order (EngramRecordScan *self)
{
  if (is_in_order (self))
    return;

  g_string_truncate (self->order_names, 0);
  g_array_set_size (self->order, self->members->len);
  for (guint i = 0; i < self->members->len; i++)
    {
      const EngramRecordMember *member = get_member (self, i);

      g_array_index (self->order, guint, i) = i;
      g_string_append_len (self->order_names, member->name, member->name_length);
    }
  g_array_sort_with_data (self->order, compare_members, self);

  g_array_set_size (self->superseded, self->members->len);
  for (guint i = 0; i < self->order->len; i++)
    {
      guint place = g_array_index (self->order, guint, i);

      g_array_index (self->superseded, guint8, place) =
        i + 1 < self->order->len &&
        have_same_name (get_member (self, place), get_member (self, g_array_index (self->order, guint, i + 1)));
    }
}

/* Scanning */

static gboolean
starts_with (const char *cursor,
             const char *end,
             const char *word)
{
  gsize length = strlen (word);

  return (gsize) (end - cursor) >= length && memcmp (cursor, word, length) == 0;
}

/* Whether a value may start here: behind a colon, a comma or the bracket of a list. */
static gboolean
is_value_place (const EngramJsonReader *reader,
                const char             *cursor)
{
  while (cursor > reader->start && strchr (" \n\r\t", cursor[-1]) != NULL)
    cursor--;
  return cursor > reader->start && strchr (":,[", cursor[-1]) != NULL;
}

/* What Python writes for numbers that JSON does not know: it goes on behind them, as then all that is wrong is told.
 * */
static gboolean
pass_bad_number (EngramJsonReader *reader)
{
  const char *word = reader->cursor;
  const char *start = word > reader->start && word[-1] == '-' ? word - 1 : word;
  gsize length;

  if (starts_with (word, reader->end, "NaN"))
    length = strlen ("NaN");
  else if (starts_with (word, reader->end, "Infinity"))
    length = strlen ("Infinity");
  else
    return FALSE;
  if (!is_value_place (reader, start))
    return FALSE;

  reader->cursor = word + length;
  reader->token = start;
  reader->token_length = reader->cursor - start;
  reader->expectation = ENGRAM_JSON_EXPECT_SEPARATOR;
  reader->reason = NULL;
  return TRUE;
}

static gboolean
is_beyond_double (const char *token,
                  gsize       length)
{
  gboolean has_exponent = memchr (token, 'e', length) != NULL || memchr (token, 'E', length) != NULL;
  double number;

  /* Whole numbers may be of any size. */
  if (!has_exponent && (length < SAFE_NUMBER_LENGTH || memchr (token, '.', length) == NULL))
    return FALSE;
  return !engram_number_parse (token, length, &number);
}

static void
note_bad_number (EngramRecordMember *member,
                 const char         *token)
{
  if (member->bad_number == NULL)
    member->bad_number = token;
}

/* The next token of a value. */
static EngramJsonToken
next_token (EngramJsonReader   *reader,
            EngramRecordMember *member)
{
  EngramJsonToken token = engram_json_reader_next (reader);

  if (token == ENGRAM_JSON_TOKEN_INVALID && pass_bad_number (reader))
    {
      note_bad_number (member, reader->token);
      return ENGRAM_JSON_TOKEN_NUMBER;
    }
  if (token == ENGRAM_JSON_TOKEN_NUMBER && is_beyond_double (reader->token, reader->token_length))
    note_bad_number (member, reader->token);
  return token;
}

static gboolean
scan_value (EngramJsonReader   *reader,
            EngramRecordMember *member)
{
  EngramJsonToken token = next_token (reader, member);
  guint depth = reader->depth;

  member->token = token;
  member->value = reader->token;
  member->escaped = reader->token_escaped;
  if (token == ENGRAM_JSON_TOKEN_BEGIN_OBJECT || token == ENGRAM_JSON_TOKEN_BEGIN_LIST)
    while (token != ENGRAM_JSON_TOKEN_INVALID && reader->depth >= depth)
      token = next_token (reader, member);
  if (token == ENGRAM_JSON_TOKEN_INVALID)
    return FALSE;
  member->length = reader->cursor - member->value;
  return TRUE;
}

static const char *
skip_white_space (const char *cursor,
                  const char *end)
{
  while (cursor < end && (*cursor == ' ' || *cursor == '\n' || *cursor == '\r' || *cursor == '\t'))
    cursor++;
  return cursor;
}

/* FALSE where the value is no vector; the ordinary way is then to go. */
static gboolean
scan_vector (EngramRecordScan   *self,
             EngramJsonReader   *reader,
             EngramRecordMember *member)
{
  const char *start = skip_white_space (reader->cursor, reader->end);
  const char *after = NULL;

  g_array_set_size (self->vector, 0);
  g_string_truncate (self->vector_text, 0);
  if (start < reader->end && *start == '[')
    after = engram_vector_parse (start + 1, reader->end, self->vector, self->vector_text, &self->has_integers);
  if (after == NULL)
    return FALSE;

  member->token = ENGRAM_JSON_TOKEN_BEGIN_LIST;
  member->value = start;
  member->length = after - start;
  reader->cursor = after;
  reader->expectation = ENGRAM_JSON_EXPECT_SEPARATOR;
  return TRUE;
}

static gboolean
has_name (const EngramRecordMember *member,
          const char               *name)
{
  if (member->name_escaped)
    {
      gboolean exact;
      g_autofree char *unescaped = engram_json_unescape (member->name, member->name_length, &exact);

      return exact && strcmp (unescaped, name) == 0;
    }
  return strncmp (member->name + 1, name, member->name_length - 2) == 0 && name[member->name_length - 2] == '\0';
}

/* The place of a name in those that are known, or -1. Nearly always it is the one after the last one. */
static int
find_name (const EngramRecordScan   *self,
           const EngramRecordMember *member,
           int                       last)
{
  if (self->names[last + 1] != NULL && has_name (member, self->names[last + 1]))
    return last + 1;
  for (int i = 0; self->names[i] != NULL; i++)
    if (has_name (member, self->names[i]))
      return i;
  return -1;
}

static gboolean
scan_member (EngramRecordScan *self,
             EngramJsonReader *reader,
             int              *last)
{
  EngramRecordMember member = {
    .name = reader->token, .name_length = reader->token_length, .name_escaped = reader->token_escaped
  };
  int known = find_name (self, &member, *last);
  gboolean is_list = known >= 0 && self->names[known] == self->list_name;
  gboolean is_vector = is_list && scan_vector (self, reader, &member);

  if (!is_vector && !scan_value (reader, &member))
    return FALSE;
  if (is_list)
    self->vector_place = is_vector ? (int) self->members->len : -1;
  if (known >= 0)
    {
      self->known[known] = self->members->len;
      member.is_known = TRUE;
      *last = known;
    }
  g_array_append_val (self->members, member);
  return TRUE;
}

gboolean
engram_record_scan_object (EngramRecordScan *self,
                           const char       *text,
                           gsize             length)
{
  EngramJsonReader reader;
  EngramJsonToken token;
  int last = -1;

  g_array_set_size (self->members, 0);
  self->start = text;
  self->vector_place = -1;
  for (gsize i = 0; i < G_N_ELEMENTS (self->known); i++)
    self->known[i] = -1;

  engram_json_reader_init (&reader, text, length);
  engram_json_reader_next (&reader);
  token = engram_json_reader_next (&reader);
  while (token == ENGRAM_JSON_TOKEN_NAME && scan_member (self, &reader, &last))
    token = engram_json_reader_next (&reader);
  self->end = reader.cursor;
  self->reason = reader.reason;
  put_in_order (self);
  return token == ENGRAM_JSON_TOKEN_END_OBJECT;
}

/* Canonical text */

/* Whether the text of a token is its canonical text: plain ASCII without DEL, which is escaped. */
static gboolean
is_plain (const char *token,
          gsize       length)
{
  const guint64 ones = G_GUINT64_CONSTANT (0x0101010101010101);
  const guint64 tops = G_GUINT64_CONSTANT (0x8080808080808080);
  guint64 found = 0;
  gsize i = 0;

  for (; i + sizeof (guint64) <= length; i += sizeof (guint64))
    {
      guint64 word;

      memcpy (&word, token + i, sizeof word);
      found |= word | (word + ones);
    }
  for (; i < length; i++)
    found |= (guchar) token[i] | ((guchar) token[i] + 1u);
  return (found & tops) == 0;
}

static void
append_value (EngramRecordScan         *self,
              const EngramRecordMember *member,
              guint                     place,
              GString                  *canonical)
{
  if ((int) place == self->vector_place)
    g_string_append_len (canonical, self->vector_text->str, self->vector_text->len);
  else if (member->token == ENGRAM_JSON_TOKEN_STRING && !member->escaped && is_plain (member->value, member->length))
    g_string_append_len (canonical, member->value, member->length);
  else
    engram_json_append_canonical (canonical, member->value, member->length);
}

static void
append_name (const EngramRecordMember *member,
             GString                  *canonical)
{
  if (is_plain (member->name, member->name_length))
    g_string_append_len (canonical, member->name, member->name_length);
  else
    engram_json_append_canonical (canonical, member->name, member->name_length);
}

static gboolean
has_escaped_name (EngramRecordScan *self)
{
  for (guint i = 0; i < self->members->len; i++)
    if (get_member (self, i)->name_escaped)
      return TRUE;
  return FALSE;
}

void
engram_record_scan_append_canonical (EngramRecordScan *self,
                                     GString          *canonical)
{
  const guint *order;

  /* Names that are written in two ways have to be understood first. */
  if (has_escaped_name (self))
    {
      engram_json_append_canonical (canonical, self->start, self->end - self->start);
      return;
    }

  order = (const guint *) (gconstpointer) self->order->data;
  g_string_append_c (canonical, '{');
  for (guint i = 0; i < self->order->len; i++)
    {
      const EngramRecordMember *member = get_member (self, order[i]);

      if (engram_record_scan_is_superseded (self, order[i]))
        continue;
      append_name (member, canonical);
      g_string_append_len (canonical, ": ", 2);
      append_value (self, member, order[i], canonical);
      g_string_append_len (canonical, ", ", 2);
    }
  if (self->order->len > 0)
    g_string_truncate (canonical, canonical->len - 2);
  g_string_append_c (canonical, '}');
}
