/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "documents/engram-record-parse-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "json/engram-json-canonical-private.h"
#include "json/engram-number.h"
#include "model/engram-time.h"

/* The bounds of a gint64 as doubles, the upper one excluded. */
#define INTEGER_MIN -9223372036854775808.0
#define INTEGER_END 9223372036854775808.0

/* Of a number that is too big, in a message. */
#define MAX_SHOWN_DIGITS 40

void
engram_record_parser_init (EngramRecordParser *self)
{
  *self = (EngramRecordParser) { NULL };
  self->registry = engram_type_registry_get_default ();
  self->fields = g_string_new (NULL);
  for (gsize i = 0; i < sizeof self->name_space.bytes; i++)
    self->name_space.bytes[i] = (guint8) g_random_int ();
}

void
engram_record_parser_clear (EngramRecordParser *self)
{
  g_string_free (g_steal_pointer (&self->fields), TRUE);
}

void
engram_record_parser_begin (EngramRecordParser *self,
                            EngramRecordScan   *scan,
                            EngramArena        *arena)
{
  self->arena = arena;
  self->scan = scan;
  self->id = NULL;
  self->has_problems = FALSE;
  g_string_truncate (self->fields, 0);
}

void
engram_record_parser_fail (EngramRecordParser       *self,
                           const EngramRecordMember *member,
                           const char               *field,
                           const char               *format,
                           ...)
{
  g_autofree char *message = NULL;
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  self->has_problems = TRUE;
  self->problem (member != NULL ? member->value : self->scan->start, self->id, field, message, self->user_data);
}

void
engram_record_parser_keep (EngramRecordParser       *self,
                           const EngramRecordMember *member)
{
  /* It may be no JSON; that was told. */
  if (member->bad_number != NULL)
    return;
  g_string_append (self->fields, self->fields->len == 0 ? "{" : ", ");
  g_string_append_len (self->fields, member->name, member->name_length);
  g_string_append_len (self->fields, ": ", 2);
  engram_json_append_value (self->fields, member->value, member->length, 0, 0);
}

const char *
engram_record_parser_take_fields (EngramRecordParser *self)
{
  if (self->fields->len == 0)
    return NULL;
  g_string_append_c (self->fields, '}');
  return engram_arena_take_text (self->arena, self->fields->str, self->fields->len);
}

/* Texts */

static const char *
read_text (EngramRecordParser       *self,
           const EngramRecordMember *member,
           gboolean                 *exact)
{
  g_autofree char *unescaped = NULL;

  *exact = TRUE;
  if (!member->escaped)
    return engram_arena_take_text (self->arena, member->value + 1, member->length - 2);
  unescaped = engram_json_unescape (member->value, member->length, exact);
  return engram_arena_take_text (self->arena, unescaped, strlen (unescaped));
}

const char *
engram_record_parser_text (EngramRecordParser       *self,
                           const EngramRecordMember *member)
{
  gboolean exact;
  const char *text = read_text (self, member, &exact);

  if (!exact)
    engram_record_parser_keep (self, member);
  return text;
}

const char *
engram_record_parser_required_text (EngramRecordParser       *self,
                                    const EngramRecordMember *member,
                                    const char               *field)
{
  if (member == NULL)
    engram_record_parser_fail (self, NULL, field, _("it is missing"));
  else if (member->token == ENGRAM_JSON_TOKEN_STRING)
    return engram_record_parser_text (self, member);
  else
    engram_record_parser_fail (self, member, field, _("it is not text"));
  return NULL;
}

gboolean
engram_record_parser_is_time (EngramRecordParser       *self,
                              const char               *time,
                              const EngramRecordMember *member,
                              const char               *field)
{
  if (engram_time_is_valid (time))
    return TRUE;
  engram_record_parser_fail (self, member, field, _("the time is not written like 2025-11-01T09:00:00"));
  return FALSE;
}

const char *
engram_record_parser_required_time (EngramRecordParser       *self,
                                    const EngramRecordMember *member,
                                    const char               *field)
{
  const char *time = engram_record_parser_required_text (self, member, field);

  return time != NULL && engram_record_parser_is_time (self, time, member, field) ? time : NULL;
}

/* Ids */

/* A UUID of version 5 (RFC 4122, section 4.3), so that all that was called the same is called the same again. */
const char *
engram_record_parser_make_id (EngramRecordParser *self,
                              EngramArena        *arena,
                              const char         *text,
                              gsize               length)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA1);
  char *id = engram_arena_take (arena, ENGRAM_UUID_TEXT_LENGTH + 1);
  guint8 digest[20];
  gsize digest_length = sizeof digest;
  EngramUuid uuid;

  g_checksum_update (checksum, self->name_space.bytes, sizeof self->name_space.bytes);
  g_checksum_update (checksum, (const guchar *) text, length);
  g_checksum_get_digest (checksum, digest, &digest_length);
  memcpy (uuid.bytes, digest, sizeof uuid.bytes);
  uuid.bytes[6] = (uuid.bytes[6] & 0x0f) | 0x50;
  uuid.bytes[8] = (uuid.bytes[8] & 0x3f) | 0x80;
  engram_uuid_format (&uuid, id);
  return id;
}

static const char *
make_id (EngramRecordParser       *self,
         const EngramRecordMember *member)
{
  g_autofree char *random = NULL;
  gboolean exact;
  const char *text;

  if (member == NULL || member->token == ENGRAM_JSON_TOKEN_NULL)
    {
      random = g_uuid_string_random ();
      return engram_arena_take_text (self->arena, random, strlen (random));
    }
  if (member->token == ENGRAM_JSON_TOKEN_NUMBER)
    return engram_record_parser_make_id (self, self->arena, member->value, member->length);
  if (member->token != ENGRAM_JSON_TOKEN_STRING)
    return NULL;
  text = read_text (self, member, &exact);
  return engram_record_parser_make_id (self, self->arena, text, strlen (text));
}

const char *
engram_record_parser_id (EngramRecordParser       *self,
                         const EngramRecordMember *member)
{
  const char *id = NULL;
  gboolean exact;

  if (member != NULL && member->token == ENGRAM_JSON_TOKEN_STRING)
    id = read_text (self, member, &exact);
  if (id == NULL || !engram_uuid_is_valid (id))
    {
      const char *made = self->make_ids ? make_id (self, member) : NULL;

      if (made == NULL && member == NULL)
        engram_record_parser_fail (self, NULL, "id", _("it is missing"));
      else if (made == NULL && id == NULL)
        engram_record_parser_fail (self, member, "id", _("it is not text"));
      else if (made == NULL)
        engram_record_parser_fail (self, member, "id", _("the id is not a UUID in lower case with hyphens"));
      id = made;
    }
  self->id = id;
  return id;
}

/* Numbers */

static gboolean
is_integer (const char *number,
            gsize       length)
{
  return memchr (number, '.', length) == NULL && memchr (number, 'e', length) == NULL &&
         memchr (number, 'E', length) == NULL;
}

/* SQLite knows no -0.0. */
gboolean
engram_record_must_keep_number (const char *text,
                                gsize       length,
                                double      number)
{
  return (number == 0 && signbit (number)) || is_integer (text, length);
}

/* A number that no double can be: one that Python writes and JSON does not know, or too big a one. */
static void
tell_bad_number (EngramRecordParser *self,
                 const char         *number,
                 gsize               length,
                 const char         *field)
{
  g_autofree char *text = g_strndup (number, MIN (length, MAX_SHOWN_DIGITS));
  g_autofree char *message = NULL;

  switch (number[*number == '-' ? 1 : 0])
    {
    case 'N':
      message = g_strdup (_("it is not a number (NaN)"));
      break;
    case 'I':
      message = g_strdup (_("the number is infinite"));
      break;
    default:
      message = g_strdup_printf (_("the number %s%s is too big"), text, length > MAX_SHOWN_DIGITS ? "…" : "");
      break;
    }
  self->has_problems = TRUE;
  self->problem (number, self->id, field, message, self->user_data);
}

static gsize
measure_number (const char *number,
                const char *end)
{
  const char *cursor = number;

  while (cursor < end && strchr (" \n\r\t,]}", *cursor) == NULL)
    cursor++;
  return cursor - number;
}

void
engram_record_parser_check_numbers (EngramRecordParser *self)
{
  for (guint i = 0; i < self->scan->members->len; i++)
    {
      const EngramRecordMember *member = &g_array_index (self->scan->members, EngramRecordMember, i);
      g_autofree char *name = NULL;
      gboolean exact;
      gsize length;

      if (member->bad_number == NULL)
        continue;
      name = engram_json_unescape (member->name, member->name_length, &exact);
      length = measure_number (member->bad_number, member->value + member->length);
      tell_bad_number (self, member->bad_number, length, name);
    }
}

/* FALSE where it is none. What no double can be has been told already. */
static gboolean
read_number (EngramRecordParser       *self,
             const EngramRecordMember *member,
             const char               *field,
             double                   *number)
{
  if (member->token != ENGRAM_JSON_TOKEN_NUMBER)
    engram_record_parser_fail (self, member, field, _("it is not a number"));
  else if (member->bad_number != NULL)
    return FALSE;
  else if (engram_number_parse (member->value, member->length, number))
    return TRUE;
  else
    tell_bad_number (self, member->value, member->length, field);
  return FALSE;
}

gboolean
engram_record_parser_real (EngramRecordParser       *self,
                           const EngramRecordMember *member,
                           const char               *field,
                           double                   *number)
{
  if (!read_number (self, member, field, number))
    return FALSE;
  if (engram_record_must_keep_number (member->value, member->length, *number))
    engram_record_parser_keep (self, member);
  return TRUE;
}

/* A whole number that is written as a real is one, and stays written so. */
gboolean
engram_record_parser_integer (EngramRecordParser       *self,
                              const EngramRecordMember *member,
                              const char               *field,
                              gint64                   *number)
{
  double real;

  if (!read_number (self, member, field, &real))
    return FALSE;
  if (real != floor (real))
    {
      engram_record_parser_fail (self, member, field, _("it is not a whole number"));
      return FALSE;
    }
  if (is_integer (member->value, member->length))
    {
      g_autofree char *digits = g_strndup (member->value, member->length);

      if (g_ascii_string_to_signed (digits, 10, G_MININT64, G_MAXINT64, number, NULL))
        return TRUE;
    }
  else if (real >= INTEGER_MIN && real < INTEGER_END)
    {
      *number = (gint64) real;
      engram_record_parser_keep (self, member);
      return TRUE;
    }
  tell_bad_number (self, member->value, member->length, field);
  return FALSE;
}

/* JSON */

const char *
engram_record_parser_json (EngramRecordParser       *self,
                           const EngramRecordMember *member)
{
  gsize start = self->fields->len;
  const char *json;

  if (member->bad_number != NULL)
    return NULL;
  engram_json_append_value (self->fields, member->value, member->length, 0, 0);
  json = engram_arena_take_text (self->arena, self->fields->str + start, self->fields->len - start);
  g_string_truncate (self->fields, start);
  return json;
}

/* The Python program takes none for an empty object. */
const char *
engram_record_parser_metadata (EngramRecordParser       *self,
                               const EngramRecordMember *member)
{
  if (member == NULL)
    return engram_arena_take_text (self->arena, "{}", 2);
  if (member->token == ENGRAM_JSON_TOKEN_BEGIN_OBJECT)
    return engram_record_parser_json (self, member);
  if (member->token == ENGRAM_JSON_TOKEN_NULL)
    engram_record_parser_keep (self, member);
  else
    engram_record_parser_fail (self, member, "metadata", _("it is not a JSON object"));
  return NULL;
}
