/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "editing/engram-tag-list-private.h"

#include <string.h>

#include "json/engram-json-reader-private.h"

/* An item of a list: from a byte to before another, and the text that it stands for. */
typedef struct {
  gsize  start;
  gsize  end;
  char  *text; /* NULL where it is no text, or one that cannot be held */
} Item;

static void
item_clear (gpointer data)
{
  g_free (((Item *) data)->text);
}

static void
append_item (GArray                 *items,
             const EngramJsonReader *reader,
             gboolean                is_text)
{
  Item item = { .start = reader->token - reader->start };

  item.end = item.start + reader->token_length;
  if (is_text)
    {
      gboolean exact;
      g_autofree char *text = engram_json_unescape (reader->token, reader->token_length, &exact);

      if (exact)
        item.text = g_steal_pointer (&text);
    }
  g_array_append_val (items, item);
}

/* The list has been checked. */
static GArray *
read_items (const char *list)
{
  GArray *items = g_array_new (FALSE, FALSE, sizeof (Item));
  EngramJsonReader reader;
  EngramJsonToken token;

  g_array_set_clear_func (items, item_clear);
  engram_json_reader_init (&reader, list, strlen (list));
  engram_json_reader_next (&reader);
  while (engram_json_token_type (token = engram_json_reader_next (&reader)) != ENGRAM_JSON_INVALID &&
         engram_json_reader_skip (&reader, token) != ENGRAM_JSON_TOKEN_INVALID)
    append_item (items, &reader, token == ENGRAM_JSON_TOKEN_STRING);
  return items;
}

static gboolean
contains (const char * const *texts,
          const char         *text)
{
  return texts != NULL && text != NULL && g_strv_contains (texts, text);
}

/* What is to be added: what the list, without what goes, does not hold. */
static GPtrArray *
find_new (GArray             *items,
          const char * const *add,
          const char * const *remove)
{
  g_autoptr (GHashTable) held = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *new = g_ptr_array_new ();

  for (guint i = 0; i < items->len; i++)
    {
      char *text = g_array_index (items, Item, i).text;

      if (text != NULL && !contains (remove, text))
        g_hash_table_add (held, text);
    }
  for (gsize i = 0; add != NULL && add[i] != NULL; i++)
    if (g_hash_table_add (held, (gpointer) add[i]))
      g_ptr_array_add (new, (gpointer) add[i]);
  return new;
}

/* What stands before the first item has the bracket in it, what stands before the others a comma. */
static gboolean
append_kept (GString            *output,
             const char         *list,
             GArray             *items,
             const char * const *remove)
{
  gboolean is_first = TRUE;
  gsize gap = 0;

  for (guint i = 0; i < items->len; i++)
    {
      const Item *item = &g_array_index (items, Item, i);
      gboolean goes = contains (remove, item->text);

      if (i == 0 || (!is_first && !goes))
        g_string_append_len (output, list + gap, item->start - gap);
      if (!goes)
        {
          g_string_append_len (output, list + item->start, item->end - item->start);
          is_first = FALSE;
        }
      gap = item->end;
    }
  return !is_first;
}

/* What stands between the last two items, or what Python writes. */
static char *
find_separator (const char *list,
                GArray     *items)
{
  const Item *last;

  if (items->len < 2)
    return g_strdup (", ");
  last = &g_array_index (items, Item, items->len - 1);
  return g_strndup (list + (last - 1)->end, last->start - (last - 1)->end);
}

char *
engram_tag_list_change (const char         *list,
                        const char * const *add,
                        const char * const *remove)
{
  const char *old = list != NULL ? list : "[]";
  g_autoptr (GArray) items = read_items (old);
  g_autoptr (GPtrArray) new = find_new (items, add, remove);
  g_autofree char *separator = find_separator (old, items);
  g_autoptr (GString) output = NULL;
  gboolean has_items;
  gsize tail;

  if (list == NULL && new->len == 0)
    return NULL;
  output = g_string_new (NULL);
  has_items = append_kept (output, old, items, remove);
  tail = items->len > 0 ? g_array_index (items, Item, items->len - 1).end : (gsize) (strchr (old, '[') - old + 1);
  if (items->len == 0)
    g_string_append_len (output, old, tail);
  for (guint i = 0; i < new->len; i++)
    {
      g_autofree char *quoted = engram_json_quote (g_ptr_array_index (new, i));

      g_string_append (output, has_items ? separator : "");
      g_string_append (output, quoted);
      has_items = TRUE;
    }
  g_string_append (output, old + tail);
  return g_string_free (g_steal_pointer (&output), FALSE);
}
