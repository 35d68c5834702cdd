/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "samples/engram-sample-text-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* Reads the text that a sample network is made from; data/sample-network.txt says at its head how it is
 * written. */

typedef struct {
  GPtrArray  *blocks;
  GHashTable *indices;
  char       *topic;

  /* What is being read: the block, and the line of it that may go on in the next ones. */
  EngramSampleBlock *block;
  gboolean           in_block;
  char              *key;
  GString           *value;
  guint              value_line;
  guint              line;
} Parser;

static const char * const link_names[] = { "excites", "inhibits", "reads", "yields" };

static void
clear_field (gpointer data)
{
  EngramSampleField *field = data;

  g_free (field->name);
  g_free (field->value);
}

static void
clear_link (gpointer data)
{
  EngramSampleLink *link = data;

  g_free (link->other);
}

static void
block_free (gpointer data)
{
  EngramSampleBlock *block = data;

  g_free (block->type);
  g_free (block->name);
  g_free (block->topic);
  g_free (block->text);
  g_strfreev (block->tags);
  g_array_unref (block->fields);
  g_array_unref (block->links);
  g_free (block);
}

static void
parser_clear (Parser *self)
{
  g_clear_pointer (&self->blocks, g_ptr_array_unref);
  g_clear_pointer (&self->indices, g_hash_table_unref);
  g_clear_pointer (&self->topic, g_free);
  g_clear_pointer (&self->key, g_free);
  if (self->value != NULL)
    g_string_free (self->value, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Parser, parser_clear)

/* Sets an error about a line, counted from 1. */
void
engram_sample_text_set_error (GError     **error,
                              guint        line,
                              const char  *format,
                              ...)
{
  g_autofree char *reason = NULL;
  va_list arguments;

  va_start (arguments, format);
  reason = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_INVALID,
               /* Translators: the number of a line of the text that the sample network is made from, then
                * what is wrong with it. */
               _("Sample network, line %u: %s"), line, reason);
}

/* "a, b c, d" as a list without spaces around its members. */
static char **
split_list (const char *value)
{
  char **members = g_strsplit (value, ",", -1);

  for (guint i = 0; members[i] != NULL; i++)
    g_strstrip (members[i]);
  return members;
}

static gboolean
parse_tags (Parser  *self,
            GError **error)
{
  self->block->tags = split_list (self->value->str);
  for (guint i = 0; self->block->tags[i] != NULL; i++)
    if (self->block->tags[i][0] == '\0')
      {
        engram_sample_text_set_error (error, self->value_line, _("a tag is empty"));
        return FALSE;
      }
  return TRUE;
}

/* "name 0.8": the strength is above 0 and at most 1. */
static gboolean
parse_link (Parser                *self,
            EngramSampleLinkKind   kind,
            const char            *member,
            GError               **error)
{
  g_auto (GStrv) words = g_strsplit (member, " ", -1);
  EngramSampleLink link = { .kind = kind, .line = self->value_line };
  char *end = NULL;

  if (g_strv_length (words) == 2)
    link.strength = g_ascii_strtod (words[1], &end);
  if (end == NULL || end == words[1] || *end != '\0' || !(link.strength > 0.0 && link.strength <= 1.0))
    {
      engram_sample_text_set_error (error, self->value_line,
                                    _("“%s” is not a name and a number above 0 and up to 1"), member);
      return FALSE;
    }
  link.other = g_strdup (words[0]);
  g_array_append_val (self->block->links, link);
  return TRUE;
}

static gboolean
parse_links (Parser                *self,
             EngramSampleLinkKind   kind,
             GError               **error)
{
  g_auto (GStrv) members = split_list (self->value->str);

  for (guint i = 0; members[i] != NULL; i++)
    if (!parse_link (self, kind, members[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
begin_block (Parser  *self,
             GError **error)
{
  EngramSampleBlock *block;

  if (self->topic == NULL)
    {
      engram_sample_text_set_error (error, self->value_line,
                                    _("a “topic” must come before the first neuron"));
      return FALSE;
    }
  if (g_hash_table_contains (self->indices, self->value->str))
    {
      engram_sample_text_set_error (error, self->value_line,
                                    _("the name “%s” is taken already"), self->value->str);
      return FALSE;
    }
  if (strpbrk (self->value->str, " \t,") != NULL)
    {
      engram_sample_text_set_error (error, self->value_line,
                                    _("the name “%s” has a space or a comma in it"), self->value->str);
      return FALSE;
    }

  block = g_new0 (EngramSampleBlock, 1);
  block->line = self->value_line;
  block->type = g_strdup (self->key);
  block->name = g_strdup (self->value->str);
  block->topic = g_strdup (self->topic);
  block->fields = g_array_new (FALSE, FALSE, sizeof (EngramSampleField));
  g_array_set_clear_func (block->fields, clear_field);
  block->links = g_array_new (FALSE, FALSE, sizeof (EngramSampleLink));
  g_array_set_clear_func (block->links, clear_link);
  g_hash_table_insert (self->indices, block->name, GUINT_TO_POINTER (self->blocks->len));
  g_ptr_array_add (self->blocks, block);
  self->block = block;
  return TRUE;
}

static gboolean
is_set_already (const EngramSampleBlock *block,
                const char              *key)
{
  if (g_str_equal (key, "text"))
    return block->text != NULL;
  if (g_str_equal (key, "tags"))
    return block->tags != NULL;
  for (guint i = 0; i < block->fields->len; i++)
    if (g_str_equal (g_array_index (block->fields, EngramSampleField, i).name, key))
      return TRUE;
  return FALSE;
}

static gboolean
take_value (Parser  *self,
            GError **error)
{
  EngramSampleField field;

  for (guint i = 0; i < G_N_ELEMENTS (link_names); i++)
    if (g_str_equal (self->key, link_names[i]))
      {
        g_strdelimit (self->value->str, "\n", ' ');
        return parse_links (self, i, error);
      }

  if (is_set_already (self->block, self->key))
    {
      engram_sample_text_set_error (error, self->value_line, _("“%s” is given twice"), self->key);
      return FALSE;
    }
  if (g_str_equal (self->key, "tags"))
    {
      g_strdelimit (self->value->str, "\n", ' ');
      return parse_tags (self, error);
    }
  if (g_str_equal (self->key, "text"))
    {
      g_strdelimit (self->value->str, "\n", ' ');
      self->block->text = g_strdup (self->value->str);
      return TRUE;
    }
  field = (EngramSampleField) { g_strdup (self->key), g_strdup (self->value->str), self->value_line };
  g_array_append_val (self->block->fields, field);
  return TRUE;
}

/* Takes in the line that has been read, now that the next one does not go on with it. */
static gboolean
end_value (Parser  *self,
           GError **error)
{
  gboolean taken = TRUE;

  if (self->key == NULL)
    return TRUE;

  if (self->value->len == 0)
    {
      engram_sample_text_set_error (error, self->value_line, _("“%s” has no value"), self->key);
      return FALSE;
    }
  if (self->in_block && self->block != NULL)
    {
      taken = take_value (self, error);
    }
  else if (self->in_block)
    {
      engram_sample_text_set_error (error, self->value_line,
                                    _("a “topic” stands alone: an empty line must follow it"));
      taken = FALSE;
    }
  else if (g_str_equal (self->key, "topic"))
    {
      g_free (self->topic);
      self->topic = g_strdup (self->value->str);
    }
  else
    {
      taken = begin_block (self, error);
    }
  self->in_block = TRUE;
  g_clear_pointer (&self->key, g_free);
  return taken;
}

static gboolean
end_block (Parser  *self,
           GError **error)
{
  if (!end_value (self, error))
    return FALSE;
  if (self->block != NULL && self->block->text == NULL)
    {
      engram_sample_text_set_error (error, self->block->line, _("“%s” has no text"), self->block->name);
      return FALSE;
    }
  if (self->block != NULL && self->block->tags == NULL)
    {
      engram_sample_text_set_error (error, self->block->line, _("“%s” has no tags"), self->block->name);
      return FALSE;
    }
  self->block = NULL;
  self->in_block = FALSE;
  return TRUE;
}

static gboolean
parse_line (Parser      *self,
            const char  *line,
            GError     **error)
{
  const char *colon = strchr (line, ':');

  if (line[0] == '#')
    return TRUE;
  if (line[0] == '\0')
    return end_block (self, error);
  if (line[0] == ' ')
    {
      if (self->key == NULL || line[1] != ' ')
        {
          engram_sample_text_set_error (error, self->line,
                                        _("two spaces go on with a value, and here is none"));
          return FALSE;
        }
      if (self->value->len > 0)
        g_string_append_c (self->value, '\n');
      g_string_append (self->value, line + 2);
      return TRUE;
    }

  if (!end_value (self, error))
    return FALSE;
  if (colon == NULL || colon == line)
    {
      engram_sample_text_set_error (error, self->line, _("a line must read “key: value”"));
      return FALSE;
    }
  self->key = g_strndup (line, colon - line);
  self->value_line = self->line;
  for (colon++; *colon == ' '; colon++)
    ;
  g_string_assign (self->value, colon);
  return TRUE;
}

static gboolean
parse_lines (Parser      *self,
             const char  *text,
             GError     **error)
{
  while (*text != '\0')
    {
      const char *end = strchrnul (text, '\n');
      g_autofree char *line = g_strchomp (g_strndup (text, end - text));

      self->line++;
      if (!parse_line (self, line, error))
        return FALSE;
      text = *end == '\0' ? end : end + 1;
    }
  return end_block (self, error);
}

static gboolean
resolve_link (Parser            *self,
              guint              index,
              EngramSampleLink  *link,
              GHashTable        *joined,
              GError           **error)
{
  gboolean is_incoming = link->kind == ENGRAM_SAMPLE_READS;
  gpointer other;
  guint64 pair;

  if (!g_hash_table_lookup_extended (self->indices, link->other, NULL, &other))
    {
      engram_sample_text_set_error (error, link->line, _("there is no neuron “%s”"), link->other);
      return FALSE;
    }
  link->other_index = GPOINTER_TO_UINT (other);
  if (link->other_index == index)
    {
      engram_sample_text_set_error (error, link->line, _("“%s” is joined to itself"), link->other);
      return FALSE;
    }
  pair = is_incoming ? (guint64) link->other_index << 32 | index : (guint64) index << 32 | link->other_index;
  if (!g_hash_table_add (joined, g_memdup2 (&pair, sizeof (pair))))
    {
      engram_sample_text_set_error (error, link->line, _("it is joined to “%s” already"), link->other);
      return FALSE;
    }
  return TRUE;
}

/* Names may be used before they are given: looked up when all are known. */
static gboolean
resolve_links (Parser  *self,
               GError **error)
{
  g_autoptr (GHashTable) joined = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (guint i = 0; i < self->blocks->len; i++)
    {
      EngramSampleBlock *block = g_ptr_array_index (self->blocks, i);

      for (guint j = 0; j < block->links->len; j++)
        if (!resolve_link (self, i, &g_array_index (block->links, EngramSampleLink, j), joined, error))
          return FALSE;
    }
  return TRUE;
}

/* Returns: (transfer full) (element-type EngramSampleBlock): the blocks, in order; or NULL, with an error
 * that names the line */
GPtrArray *
engram_sample_text_parse (const char  *text,
                          gssize       length,
                          GError     **error)
{
  g_auto (Parser) parser = { 0 };
  g_autofree char *copy = length < 0 ? g_strdup (text) : g_strndup (text, length);
  const char *invalid;

  if (!g_utf8_validate (copy, -1, &invalid))
    {
      guint line = 1;

      for (const char *position = copy; position < invalid; position++)
        line += *position == '\n';
      engram_sample_text_set_error (error, line, _("the text is not UTF-8"));
      return NULL;
    }

  parser.blocks = g_ptr_array_new_with_free_func (block_free);
  parser.indices = g_hash_table_new (g_str_hash, g_str_equal);
  parser.value = g_string_new (NULL);
  if (!parse_lines (&parser, copy, error) || !resolve_links (&parser, error))
    return NULL;
  return g_steal_pointer (&parser.blocks);
}
