/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "model/engram-id-table-private.h"

#include <string.h>

/* Where bits 6 and 7 of this byte are both set, the 16 bytes are no UUID of RFC 4122 (section 4.1.1). */
#define VARIANT_BYTE 8
#define NO_UUID 0xff

struct _EngramIdTable {
  EngramUuid *uuids;
  guint32     size;
  guint32     capacity;
  guint32    *slots;     /* open addressing: place + 1, or 0 */
  guint32     slot_mask;
  GHashTable *texts;     /* ids that are no UUIDs -> place */
  GHashTable *places;    /* and back */
};

EngramIdTable *
engram_id_table_new (guint32 expected)
{
  EngramIdTable *self = g_new0 (EngramIdTable, 1);
  guint32 n_slots = 64;

  while (n_slots < expected + expected / 2)
    n_slots *= 2;
  self->slots = g_new0 (guint32, n_slots);
  self->slot_mask = n_slots - 1;
  self->capacity = MAX (expected, 16);
  self->uuids = g_new (EngramUuid, self->capacity);
  return self;
}

void
engram_id_table_free (EngramIdTable *self)
{
  if (self == NULL)
    return;

  g_free (self->uuids);
  g_free (self->slots);
  g_clear_pointer (&self->texts, g_hash_table_unref);
  g_clear_pointer (&self->places, g_hash_table_unref);
  g_free (self);
}

/* Most UUIDs are random, but those made from names or counters may agree in many bits. */
static guint32
hash_uuid (const EngramUuid *uuid)
{
  guint64 high, low;

  memcpy (&high, uuid->bytes, sizeof high);
  memcpy (&low, uuid->bytes + sizeof high, sizeof low);
  high = (high ^ (low * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15))) * G_GUINT64_CONSTANT (0xff51afd7ed558ccd);
  return (guint32) (high >> 32);
}

/* The slot of the UUID, or the free one where it belongs. */
static guint32
find_slot (const EngramIdTable *self,
           const EngramUuid    *uuid)
{
  guint32 slot = hash_uuid (uuid) & self->slot_mask;

  while (self->slots[slot] != 0 &&
         memcmp (self->uuids[self->slots[slot] - 1].bytes, uuid->bytes, sizeof uuid->bytes) != 0)
    slot = (slot + 1) & self->slot_mask;
  return slot;
}

static void
grow_slots (EngramIdTable *self)
{
  guint32 n_slots = (self->slot_mask + 1) * 2;

  g_free (self->slots);
  self->slots = g_new0 (guint32, n_slots);
  self->slot_mask = n_slots - 1;
  for (guint32 place = 0; place < self->size; place++)
    if (self->uuids[place].bytes[VARIANT_BYTE] != NO_UUID)
      self->slots[find_slot (self, &self->uuids[place])] = place + 1;
}

static gboolean
add_text (EngramIdTable *self,
          const char    *id,
          gsize          length)
{
  g_autofree char *text = g_strndup (id, length);
  EngramUuid *uuid = &self->uuids[self->size];

  if (self->texts == NULL)
    {
      self->texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      self->places = g_hash_table_new (NULL, NULL);
    }
  if (g_hash_table_contains (self->texts, text))
    return FALSE;

  memset (uuid->bytes, 0, sizeof uuid->bytes);
  memcpy (uuid->bytes, &self->size, sizeof self->size);
  uuid->bytes[VARIANT_BYTE] = NO_UUID;
  g_hash_table_insert (self->places, GUINT_TO_POINTER (self->size), text);
  g_hash_table_insert (self->texts, g_steal_pointer (&text), GUINT_TO_POINTER (self->size));
  self->size++;
  return TRUE;
}

gboolean
engram_id_table_add (EngramIdTable *self,
                     const char    *id,
                     gsize          length)
{
  EngramUuid uuid;
  guint32 slot;

  g_return_val_if_fail (self->size < ENGRAM_ID_TABLE_NONE - 1, FALSE);

  if (self->size == self->capacity)
    {
      self->capacity = (guint32) MIN ((guint64) self->capacity * 2, ENGRAM_ID_TABLE_NONE);
      self->uuids = g_renew (EngramUuid, self->uuids, self->capacity);
    }
  if (!engram_uuid_parse (id, length, &uuid))
    return add_text (self, id, length);

  if ((guint64) self->size * 3 >= (guint64) self->slot_mask * 2)
    grow_slots (self);
  slot = find_slot (self, &uuid);
  if (self->slots[slot] != 0)
    return FALSE;
  self->uuids[self->size] = uuid;
  self->slots[slot] = ++self->size;
  return TRUE;
}

guint32
engram_id_table_find (const EngramIdTable *self,
                      const char          *id,
                      gsize                length)
{
  EngramUuid uuid;
  gpointer place;

  if (engram_uuid_parse (id, length, &uuid))
    return self->slots[find_slot (self, &uuid)] - 1;
  if (self->texts != NULL)
    {
      g_autofree char *text = g_strndup (id, length);

      if (g_hash_table_lookup_extended (self->texts, text, NULL, &place))
        return GPOINTER_TO_UINT (place);
    }
  return ENGRAM_ID_TABLE_NONE;
}

guint32
engram_id_table_get_size (const EngramIdTable *self)
{
  return self->size;
}

const EngramUuid *
engram_id_table_get_uuids (const EngramIdTable *self)
{
  return self->uuids;
}

char *
engram_id_table_dup_id (const EngramIdTable *self,
                        guint32              place)
{
  char text[ENGRAM_UUID_TEXT_LENGTH + 1];

  if (self->uuids[place].bytes[VARIANT_BYTE] == NO_UUID)
    return g_strdup (g_hash_table_lookup (self->places, GUINT_TO_POINTER (place)));
  engram_uuid_format (&self->uuids[place], text);
  return g_strdup (text);
}

gsize
engram_id_table_get_bytes (const EngramIdTable *self)
{
  return sizeof *self + (gsize) self->capacity * sizeof (EngramUuid) +
         ((gsize) self->slot_mask + 1) * sizeof (guint32);
}
