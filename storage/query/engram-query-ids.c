/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "query/engram-query-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "model/engram-uuid.h"

/* What may stand between pasted ids beside white space: lists of JSON and Python, tables, other programs' UUIDs. */
#define SEPARATORS ",;\"'`{}[]()|"
#define COMMAS ",;|"
#define OPENING "[{("
#define BRACKETS "}])"
#define QUOTES "\"'`"

/* An id at that place, in lower case; what follows must not belong to it. */
static gboolean
read_uuid (const char *cursor,
           char        id[ENGRAM_UUID_TEXT_LENGTH + 1])
{
  EngramUuid uuid;
  char after;

  if (strnlen (cursor, ENGRAM_UUID_TEXT_LENGTH) < ENGRAM_UUID_TEXT_LENGTH)
    return FALSE;
  for (guint i = 0; i < ENGRAM_UUID_TEXT_LENGTH; i++)
    id[i] = g_ascii_tolower (cursor[i]);
  id[ENGRAM_UUID_TEXT_LENGTH] = '\0';
  after = cursor[ENGRAM_UUID_TEXT_LENGTH];
  return engram_uuid_parse (id, ENGRAM_UUID_TEXT_LENGTH, &uuid)
         && (after == '\0' || g_ascii_isspace (after) || strchr (SEPARATORS, after) != NULL
             || g_unichar_isspace (g_utf8_get_char (cursor + ENGRAM_UUID_TEXT_LENGTH)));
}

static const char *
skip_any (const char *cursor,
          const char *characters)
{
  return cursor + strspn (cursor, characters);
}

static gboolean
holds_any (const char *start,
           const char *end,
           const char *characters)
{
  while (start < end && strchr (characters, *start) == NULL)
    start++;
  return start < end;
}

static const char *
skip_separators (const char *cursor)
{
  for (;;)
    {
      const char *after = engram_query_skip_space (skip_any (cursor, SEPARATORS));

      if (after == cursor)
        return cursor;
      cursor = after;
    }
}

/* What stands before the first id: brackets and quotation marks, and white space after an opening bracket. */
static const char *
skip_list_start (const char *cursor)
{
  const char *inner = engram_query_skip_space (skip_any (cursor, OPENING));

  return skip_any (inner, SEPARATORS);
}

/* To the next id. A list that white space does not part from what follows goes on after a comma only. */
static const char *
skip_between (const char *cursor,
              gboolean    over_space)
{
  const char *solid = skip_any (cursor, SEPARATORS);
  const char *next = skip_separators (cursor);

  return over_space || holds_any (cursor, solid, COMMAS) ? next : solid;
}

/* Brackets and commas that end a list belong to it, and a quotation mark where one was opened before the last id. */
static const char *
skip_list_end (const char *cursor,
               gboolean    quoted)
{
  const char *bracket;

  cursor = skip_any (cursor, quoted ? SEPARATORS : COMMAS BRACKETS);
  bracket = engram_query_skip_space (cursor);
  if (strspn (bracket, BRACKETS) > 0 && skip_any (bracket, BRACKETS) == engram_query_skip_solid (bracket))
    return skip_any (bracket, BRACKETS);
  return cursor;
}

/* Something other than an id in the middle of a list: what is typed there is not what is meant. */
static gboolean
check_list_end (EngramQueryReader *self,
                const char        *last)
{
  gboolean goes_on = holds_any (last, self->cursor, COMMAS);
  const char *next = goes_on ? engram_query_skip_space (self->cursor) : self->cursor;
  const char *end = engram_query_skip_solid (next);
  g_autofree char *word = g_strndup (next, end - next);

  if (end == next)
    return TRUE;
  return engram_query_fail (self, next, end,
                            /* Translators: what was typed. */
                            _("“%s” is no id, but stands in a list of ids. After the last id there must be a space."),
                            word);
}

gboolean
engram_query_read_ids (EngramQueryReader *self,
                       EngramQueryTerm   *term,
                       gboolean           over_space)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const char *cursor = self->cursor;
  const char *last = NULL;
  gboolean quoted = FALSE;

  for (;;)
    {
      const char *start = last == NULL ? skip_list_start (cursor) : skip_between (cursor, over_space);
      char id[ENGRAM_UUID_TEXT_LENGTH + 1];

      if (!read_uuid (start, id))
        break;
      quoted = holds_any (cursor, start, QUOTES);
      if (g_hash_table_add (seen, g_strdup (id)))
        g_strv_builder_add (ids, id);
      last = cursor = start + ENGRAM_UUID_TEXT_LENGTH;
    }
  if (last == NULL)
    return TRUE;

  term->values = g_strv_builder_end (ids);
  self->cursor = skip_list_end (last, quoted);
  return check_list_end (self, last);
}

char *
engram_query_normalize_id (const char *text)
{
  const char *start = skip_separators (text);
  char id[ENGRAM_UUID_TEXT_LENGTH + 1];

  if (read_uuid (start, id) && *skip_separators (start + ENGRAM_UUID_TEXT_LENGTH) == '\0')
    return g_strdup (id);
  return g_strdup (text);
}
