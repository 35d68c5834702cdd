/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "json/engram-json-reader-private.h"

#include <string.h>

/* A part of a text: from a byte to before another. */
typedef struct {
  gsize start;
  gsize end;
} Span;

/* A member of an object: from its name to the end of its value. */
typedef struct {
  Span           whole;
  Span           name;
  Span           value;
  gboolean       name_escaped;
  EngramJsonType type;
} Member;

static Span
get_token_span (const EngramJsonReader *reader)
{
  gsize start = reader->token - reader->start;

  return (Span) { start, start + reader->token_length };
}

/* Reads the next member of an object, or the next item of a list, which then has no name. FALSE at the end,
 * and where the text is invalid. */
static gboolean
read_member (EngramJsonReader *reader,
             Member           *member)
{
  EngramJsonToken token = engram_json_reader_next (reader);

  member->name = (Span) { 0, 0 };
  member->name_escaped = FALSE;
  if (token == ENGRAM_JSON_TOKEN_NAME)
    {
      member->name = get_token_span (reader);
      member->name_escaped = reader->token_escaped;
      token = engram_json_reader_next (reader);
    }
  member->type = engram_json_token_type (token);
  if (member->type == ENGRAM_JSON_INVALID
      || engram_json_reader_skip (reader, token) == ENGRAM_JSON_TOKEN_INVALID)
    return FALSE;

  member->value = get_token_span (reader);
  member->whole.start = member->name.end > 0 ? member->name.start : member->value.start;
  member->whole.end = member->value.end;
  return TRUE;
}

/* A name that has no text in C (it holds U+0000 or half a surrogate pair) is equal to none. */
static gboolean
has_name (const char   *text,
          const Member *member,
          const char   *name)
{
  const char *token = text + member->name.start;
  gsize length = member->name.end - member->name.start;

  if (member->name_escaped)
    {
      gboolean exact;
      g_autofree char *unescaped = engram_json_unescape (token, length, &exact);

      return exact && strcmp (unescaped, name) == 0;
    }
  return strlen (name) == length - 2 && memcmp (token + 1, name, length - 2) == 0;
}

/* The members of an object, or NULL where the text is none. */
static GArray *
read_members (const char *text)
{
  g_autoptr (GArray) members = NULL;
  EngramJsonReader reader;
  Member member;

  engram_json_reader_init (&reader, text, strlen (text));
  if (engram_json_reader_next (&reader) != ENGRAM_JSON_TOKEN_BEGIN_OBJECT)
    return NULL;

  members = g_array_new (FALSE, FALSE, sizeof (Member));
  while (read_member (&reader, &member))
    g_array_append_val (members, member);
  if (engram_json_reader_next (&reader) != ENGRAM_JSON_TOKEN_END)
    return NULL;
  return g_steal_pointer (&members);
}

char *
engram_json_object_get (const char *object,
                        const char *name)
{
  EngramJsonReader reader;
  Member member;
  Span found = { 0, 0 };

  g_return_val_if_fail (name != NULL, NULL);

  if (object == NULL)
    return NULL;
  engram_json_reader_init (&reader, object, strlen (object));
  if (engram_json_reader_next (&reader) != ENGRAM_JSON_TOKEN_BEGIN_OBJECT)
    return NULL;
  while (read_member (&reader, &member))
    if (has_name (object, &member, name))
      found = member.value;
  if (found.end == 0 || engram_json_reader_next (&reader) != ENGRAM_JSON_TOKEN_END)
    return NULL;
  return g_strndup (object + found.start, found.end - found.start);
}

/* Setting */

static void
append_member (GString    *output,
               const char *name,
               const char *value,
               gsize       value_length)
{
  g_autofree char *quoted = engram_json_quote (name);

  g_string_append (output, quoted);
  g_string_append (output, ": ");
  g_string_append_len (output, value, value_length);
}

static char *
remove_member (const char *object,
               GArray     *members,
               const char *name)
{
  GString *output = g_string_sized_new (strlen (object));
  gsize gap_start = 0;
  gboolean first = TRUE;

  for (guint i = 0; i < members->len; i++)
    {
      const Member *member = &g_array_index (members, Member, i);

      /* The gap before the first member has the bracket in it, those before the others a comma. */
      if (i == 0 || (!first && !has_name (object, member, name)))
        g_string_append_len (output, object + gap_start, member->whole.start - gap_start);
      if (!has_name (object, member, name))
        {
          g_string_append_len (output, object + member->whole.start, member->whole.end - member->whole.start);
          first = FALSE;
        }
      gap_start = member->whole.end;
    }
  g_string_append (output, object + gap_start);
  return g_string_free (output, FALSE);
}

static char *
replace_value (const char   *object,
               const Member *member,
               const char   *value,
               gsize         value_length)
{
  GString *output = g_string_sized_new (strlen (object) + value_length);

  g_string_append_len (output, object, member->value.start);
  g_string_append_len (output, value, value_length);
  g_string_append (output, object + member->value.end);
  return g_string_free (output, FALSE);
}

static char *
add_member (const char *object,
            GArray     *members,
            const char *name,
            const char *value,
            gsize       value_length)
{
  GString *output = g_string_sized_new (strlen (object) + strlen (name) + value_length + 8);
  gsize place;

  if (members->len > 0)
    place = g_array_index (members, Member, members->len - 1).whole.end;
  else
    place = strchr (object, '{') - object + 1;

  g_string_append_len (output, object, place);
  if (members->len > 0)
    g_string_append (output, ", ");
  append_member (output, name, value, value_length);
  g_string_append (output, object + place);
  return g_string_free (output, FALSE);
}

static gboolean
find_value (const char *text,
            Span       *span)
{
  EngramJsonReader reader;
  EngramJsonToken token;

  engram_json_reader_init (&reader, text, strlen (text));
  token = engram_json_reader_next (&reader);
  if (engram_json_reader_skip (&reader, token) == ENGRAM_JSON_TOKEN_INVALID)
    return FALSE;
  *span = get_token_span (&reader);
  return engram_json_reader_next (&reader) == ENGRAM_JSON_TOKEN_END;
}

char *
engram_json_object_set (const char *object,
                        const char *name,
                        const char *value)
{
  g_autoptr (GArray) members = NULL;
  g_autofree char *result = NULL;
  const Member *found = NULL;
  Span span;

  g_return_val_if_fail (name != NULL, NULL);

  if (object == NULL)
    object = "{}";
  members = read_members (object);
  if (members == NULL)
    return NULL;
  if (value == NULL)
    return remove_member (object, members, name);
  if (!find_value (value, &span))
    return NULL;

  for (guint i = 0; i < members->len; i++)
    if (has_name (object, &g_array_index (members, Member, i), name))
      found = &g_array_index (members, Member, i);
  if (found != NULL)
    result = replace_value (object, found, value + span.start, span.end - span.start);
  else
    result = add_member (object, members, name, value + span.start, span.end - span.start);

  if (engram_json_check (result, -1, NULL, NULL) == ENGRAM_JSON_INVALID)
    return NULL;
  return g_steal_pointer (&result);
}

gboolean
engram_json_foreach (const char           *text,
                     EngramJsonMemberFunc  func,
                     gpointer              user_data)
{
  g_autoptr (GString) value = NULL;
  EngramJsonReader reader;
  EngramJsonType type;
  Member member;

  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (func != NULL, FALSE);

  type = engram_json_check (text, -1, NULL, NULL);
  if (type != ENGRAM_JSON_OBJECT && type != ENGRAM_JSON_LIST)
    return FALSE;

  value = g_string_new (NULL);
  engram_json_reader_init (&reader, text, strlen (text));
  engram_json_reader_next (&reader);
  while (read_member (&reader, &member))
    {
      g_autofree char *name = NULL;
      gboolean exact;

      if (type == ENGRAM_JSON_OBJECT)
        name = engram_json_unescape (text + member.name.start, member.name.end - member.name.start, &exact);
      g_string_truncate (value, 0);
      g_string_append_len (value, text + member.value.start, member.value.end - member.value.start);
      func (name, value->str, member.type, user_data);
    }
  return TRUE;
}
