/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "query/engram-name-counts-private.h"

#include <string.h>

#define FIRST_SLOTS 64

typedef struct {
  const char *name;
  gsize       length;
  guint64     hash;
  guint64     count;
  guint64     row; /* for which it was counted last */
} Name;

/* A tag of the row that is being read: only behind the last one it is known whether that is a list at all. */
typedef struct {
  const char *text;
  gsize       length;
  char       *unescaped; /* or NULL */
} RowTag;

struct _EngramNameCounts {
  GArray       *names; /* of Name */
  GArray       *tags;  /* of RowTag: room for those of one row */
  GStringChunk *texts;
  guint32      *slots; /* place in names + 1, or 0 */
  guint32       n_slots;
  guint64       seed;  /* so that nobody knows beforehand which names share a slot */
};

static void
clear_tag (gpointer data)
{
  g_free (((RowTag *) data)->unescaped);
}

EngramNameCounts *
engram_name_counts_new (void)
{
  EngramNameCounts *self = g_new0 (EngramNameCounts, 1);

  self->names = g_array_new (FALSE, FALSE, sizeof (Name));
  self->tags = g_array_new (FALSE, FALSE, sizeof (RowTag));
  g_array_set_clear_func (self->tags, clear_tag);
  self->texts = g_string_chunk_new (4096);
  self->n_slots = FIRST_SLOTS;
  self->slots = g_new0 (guint32, self->n_slots);
  self->seed = (guint64) g_random_int () << 32 | g_random_int ();
  return self;
}

void
engram_name_counts_free (EngramNameCounts *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->names);
  g_array_unref (self->tags);
  g_string_chunk_free (self->texts);
  g_free (self->slots);
  g_free (self);
}

static guint64
hash_name (guint64     seed,
           const char *name,
           gsize       length)
{
  guint64 hash = seed ^ length;

  for (gsize i = 0; i < length; i++)
    {
      hash = (hash ^ (guchar) name[i]) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
      hash ^= hash >> 32;
    }
  return hash;
}

/* The slot that holds a name, or the free one where it belongs. */
static guint32
find_slot (const EngramNameCounts *self,
           const char             *name,
           gsize                   length,
           guint64                 hash)
{
  guint32 slot = hash & (self->n_slots - 1);

  while (self->slots[slot] != 0)
    {
      const Name *found = &g_array_index (self->names, Name, self->slots[slot] - 1);

      if (found->hash == hash && found->length == length && memcmp (found->name, name, length) == 0)
        break;
      slot = (slot + 1) & (self->n_slots - 1);
    }
  return slot;
}

static void
grow (EngramNameCounts *self)
{
  g_free (self->slots);
  self->n_slots *= 2;
  self->slots = g_new0 (guint32, self->n_slots);
  for (guint i = 0; i < self->names->len; i++)
    {
      const Name *name = &g_array_index (self->names, Name, i);

      self->slots[find_slot (self, name->name, name->length, name->hash)] = i + 1;
    }
}

static Name *
find_name (EngramNameCounts *self,
           const char       *text,
           gsize             length)
{
  guint64 hash = hash_name (self->seed, text, length);
  guint32 slot = find_slot (self, text, length, hash);

  if (self->slots[slot] == 0)
    {
      Name name = { g_string_chunk_insert_len (self->texts, text, length), length, hash, 0, G_MAXUINT64 };

      g_array_append_val (self->names, name);
      self->slots[slot] = self->names->len;
      if (self->names->len > self->n_slots / 2)
        grow (self);
      return &g_array_index (self->names, Name, self->names->len - 1);
    }
  return &g_array_index (self->names, Name, self->slots[slot] - 1);
}

void
engram_name_counts_add (EngramNameCounts *self,
                        const char       *name,
                        gsize             length,
                        guint64           count)
{
  find_name (self, name, length)->count += count;
}

void
engram_name_counts_add_once (EngramNameCounts *self,
                             const char       *name,
                             gsize             length,
                             guint64           row)
{
  Name *found = find_name (self, name, length);

  found->count += found->row != row;
  found->row = row;
}

void
engram_name_counts_add_type (EngramNameCounts *self,
                             const EngramRow  *row,
                             guint64           count)
{
  g_autofree char *made = NULL;
  gsize length;
  const char *type = engram_row_get_type (row, &length, &made);

  if (type != NULL)
    engram_name_counts_add (self, type, length, count);
}

/* Whether it is a list; its tags point into it. */
static gboolean
read_tags (EngramNameCounts *self,
           const char       *json,
           gsize             length)
{
  EngramTagReader tags;

  engram_tag_reader_init (&tags, json, length);
  while (engram_tag_reader_next (&tags))
    {
      RowTag tag = { tags.tag, tags.tag_length, NULL };

      if (tags.tag_escaped)
        {
          tag.text = tag.unescaped = engram_tag_reader_dup_tag (&tags);
          tag.length = strlen (tag.text);
        }
      g_array_append_val (self->tags, tag);
    }
  return tags.is_valid;
}

void
engram_name_counts_add_tags (EngramNameCounts *self,
                             const EngramRow  *row,
                             guint64           number)
{
  g_autofree char *made = NULL;
  gsize length;
  const char *json = engram_row_get_valid_text (row, ENGRAM_ROW_TAGS, &length, &made);

  if (json != NULL && read_tags (self, json, length))
    for (guint i = 0; i < self->tags->len; i++)
      {
        const RowTag *tag = &g_array_index (self->tags, RowTag, i);

        engram_name_counts_add_once (self, tag->text, tag->length, number);
      }
  g_array_set_size (self->tags, 0);
}

void
engram_name_counts_merge (EngramNameCounts       *self,
                          const EngramNameCounts *other)
{
  for (guint i = 0; i < other->names->len; i++)
    {
      const Name *name = &g_array_index (other->names, Name, i);

      engram_name_counts_add (self, name->name, name->length, name->count);
    }
}

guint
engram_name_counts_get_used (const EngramNameCounts *self)
{
  guint used = 0;

  for (guint i = 0; i < self->names->len; i++)
    used += g_array_index (self->names, Name, i).count > 0;
  return used;
}

static void
free_value (gpointer data)
{
  EngramFacetValue *value = data;

  g_free (value->name);
  g_free (value);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  const Name *first = a;
  const Name *second = b;

  if (first->count != second->count)
    return first->count > second->count ? -1 : 1;
  return strcmp (first->name, second->name);
}

GPtrArray *
engram_name_counts_list (const EngramNameCounts *self,
                         guint                   max,
                         GHashTable             *keep)
{
  g_autoptr (GArray) sorted = g_array_copy (self->names);
  GPtrArray *values = g_ptr_array_new_with_free_func (free_value);

  g_array_sort (sorted, compare_names);
  for (guint i = 0; i < sorted->len; i++)
    {
      const Name *name = &g_array_index (sorted, Name, i);
      EngramFacetValue value = { NULL, name->count };

      if (i >= max && (keep == NULL || !g_hash_table_contains (keep, name->name)))
        continue;
      value.name = g_strndup (name->name, name->length);
      g_ptr_array_add (values, g_memdup2 (&value, sizeof value));
    }
  return values;
}
