/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "documents/engram-kept-members-private.h"

#include <math.h>
#include <string.h>

#include "json/engram-json-canonical-private.h"
#include "json/engram-json-reader-private.h"
#include "json/engram-number.h"

/* Surely within 64 bits. */
#define SAFE_INTEGER 1e18

void
engram_kept_members_init (EngramKeptMembers *self)
{
  self->members = g_array_new (FALSE, FALSE, sizeof (EngramKeptMember));
  self->names = g_string_new (NULL);
}

void
engram_kept_members_clear (EngramKeptMembers *self)
{
  g_clear_pointer (&self->members, g_array_unref);
  if (self->names != NULL)
    g_string_free (g_steal_pointer (&self->names), TRUE);
}

static gboolean
read_member (EngramKeptMembers *self,
             EngramJsonReader  *reader)
{
  EngramKeptMember member = { self->names->len, 0, reader->token, reader->token_length, NULL, 0, ENGRAM_JSON_INVALID };
  EngramJsonToken token;

  if (reader->token_escaped)
    engram_json_append_code_points (self->names, member.token, member.token_length);
  else
    g_string_append_len (self->names, member.token + 1, member.token_length - 2);
  member.name_length = self->names->len - member.name;

  token = engram_json_reader_next (reader);
  member.type = engram_json_token_type (token);
  if (engram_json_reader_skip (reader, token) == ENGRAM_JSON_TOKEN_INVALID)
    return FALSE;
  member.json = reader->token;
  member.length = reader->token_length;
  g_array_append_val (self->members, member);
  return TRUE;
}

void
engram_kept_members_forget (EngramKeptMembers *self)
{
  g_array_set_size (self->members, 0);
  g_string_truncate (self->names, 0);
}

gboolean
engram_kept_members_read (EngramKeptMembers *self,
                          const char        *json,
                          gsize              length)
{
  EngramJsonReader reader;

  engram_kept_members_forget (self);
  engram_json_reader_init (&reader, json, length);
  if (engram_json_reader_next (&reader) == ENGRAM_JSON_TOKEN_BEGIN_OBJECT)
    {
      while (engram_json_reader_next (&reader) == ENGRAM_JSON_TOKEN_NAME && read_member (self, &reader))
        continue;
      if (engram_json_reader_next (&reader) == ENGRAM_JSON_TOKEN_END)
        return TRUE;
    }
  engram_kept_members_forget (self);
  return FALSE;
}

const EngramKeptMember *
engram_kept_members_find (const EngramKeptMembers *self,
                          const char              *name)
{
  gsize length;

  if (self->members->len == 0)
    return NULL;

  length = strlen (name);
  for (guint i = self->members->len; i-- > 0;)
    {
      const EngramKeptMember *member = &g_array_index (self->members, EngramKeptMember, i);

      if (member->name_length == length && memcmp (self->names->str + member->name, name, length) == 0)
        return member;
    }
  return NULL;
}

/* What kept texts mean */

gboolean
engram_kept_member_is_null (const EngramKeptMember *self)
{
  return self->type == ENGRAM_JSON_NULL;
}

gboolean
engram_kept_member_is_number (const EngramKeptMember *self,
                              double                  number)
{
  double kept;

  return self->type == ENGRAM_JSON_NUMBER && engram_number_parse (self->json, self->length, &kept) && kept == number;
}

gboolean
engram_kept_member_is_integer (const EngramKeptMember *self)
{
  double kept;

  return self->type == ENGRAM_JSON_NUMBER && engram_number_parse (self->json, self->length, &kept) &&
         kept == floor (kept) && fabs (kept) < SAFE_INTEGER;
}

gboolean
engram_kept_member_is_text (const EngramKeptMember *self,
                            const char             *text)
{
  g_autofree char *kept = NULL;
  gboolean exact;

  if (self->type != ENGRAM_JSON_STRING)
    return FALSE;
  kept = engram_json_unescape (self->json, self->length, &exact);
  return strcmp (kept, text) == 0;
}

gboolean
engram_kept_member_is_position (const EngramKeptMember *self,
                                const double            position[3])
{
  static const char *const axes[3] = { "x", "y", "z" };
  g_auto (EngramKeptMembers) coordinates = { NULL, NULL };

  if (self->type != ENGRAM_JSON_OBJECT)
    return FALSE;
  engram_kept_members_init (&coordinates);
  engram_kept_members_read (&coordinates, self->json, self->length);
  for (gsize i = 0; i < G_N_ELEMENTS (axes); i++)
    {
      const EngramKeptMember *coordinate = engram_kept_members_find (&coordinates, axes[i]);

      if (coordinate == NULL || !engram_kept_member_is_number (coordinate, position[i]))
        return FALSE;
    }
  return TRUE;
}

/* A number of a vector is kept as the float32 that is nearest. */
gboolean
engram_kept_member_is_vector (const EngramKeptMember *self,
                              const float            *numbers,
                              gsize                   length)
{
  EngramJsonReader reader;
  gsize i = 0;

  if (self->type != ENGRAM_JSON_LIST)
    return FALSE;
  engram_json_reader_init (&reader, self->json, self->length);
  engram_json_reader_next (&reader);
  while (engram_json_reader_next (&reader) == ENGRAM_JSON_TOKEN_NUMBER)
    {
      double number;

      if (i == length || !engram_number_parse (reader.token, reader.token_length, &number) ||
          (float) number != numbers[i])
        return FALSE;
      i++;
    }
  return i == length && engram_json_reader_next (&reader) == ENGRAM_JSON_TOKEN_END;
}
