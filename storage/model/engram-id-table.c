/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "model/engram-id-table-private.h"

#include <string.h>

/* Where bits 6 and 7 of this byte are both set, the 16 bytes are no UUID of RFC 4122 (section 4.1.1). */
#define VARIANT_BYTE 8
#define NO_UUID 0xff

/* More than a processor can wait for at once do not help. */
#define UUIDS_AT_ONCE 32

struct _EngramIdTable {
  EngramUuid *uuids;
  guint32     size;
  guint32     capacity;
  guint32    *slots;     /* open addressing: place + 1, or 0 */
  guint32     slot_mask;
  guint64     seed;      /* nobody can make ids that meet in one slot */
  GPtrArray  *texts;     /* GBytes: ids that are no UUIDs, in the order of their places; NULL for no id */
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
  self->seed = (guint64) g_random_int () << 32 | g_random_int ();
  self->capacity = MAX (expected, 16);
  self->uuids = g_new (EngramUuid, self->capacity);
  self->texts = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  return self;
}

void
engram_id_table_free (EngramIdTable *self)
{
  if (self == NULL)
    return;

  g_free (self->uuids);
  g_free (self->slots);
  g_ptr_array_unref (self->texts);
  g_free (self);
}

/* The finalizer of MurmurHash3: every bit of the result depends on every bit of @bits. Austin Appleby, public domain,
 * https://github.com/aappleby/smhasher/blob/master/src/MurmurHash3.cpp (fmix64). */
static inline guint64
mix (guint64 bits)
{
  bits = (bits ^ (bits >> 33)) * G_GUINT64_CONSTANT (0xff51afd7ed558ccd);
  bits = (bits ^ (bits >> 33)) * G_GUINT64_CONSTANT (0xc4ceb9fe1a85ec53);
  return bits ^ (bits >> 33);
}

static inline guint32
hash_bytes (const EngramIdTable *self,
            gconstpointer        bytes,
            gsize                length)
{
  guint64 hash = self->seed ^ length;
  guint64 word;

  for (gsize i = 0; i + sizeof word <= length; i += sizeof word)
    {
      memcpy (&word, (const char *) bytes + i, sizeof word);
      hash = mix (hash ^ word);
    }
  if (length % sizeof word != 0)
    {
      word = 0;
      memcpy (&word, (const char *) bytes + length - length % sizeof word, length % sizeof word);
      hash = mix (hash ^ word);
    }
  return (guint32) (hash >> 32);
}

static gboolean
is_text (const EngramUuid *uuid)
{
  return uuid->bytes[VARIANT_BYTE] == NO_UUID;
}

static GBytes *
get_text (const EngramIdTable *self,
          const EngramUuid    *uuid)
{
  guint32 number;

  memcpy (&number, uuid->bytes, sizeof number);
  return g_ptr_array_index (self->texts, number);
}

/* Where to begin to look for a UUID. */
static inline guint32
get_first_slot (const EngramIdTable *self,
                const EngramUuid    *uuid)
{
  return hash_bytes (self, uuid->bytes, sizeof uuid->bytes) & self->slot_mask;
}

/* The slot of the UUID, or the free one where it belongs. */
static inline guint32
find_slot_from (const EngramIdTable *self,
                const EngramUuid    *uuid,
                guint32              slot)
{
  while (self->slots[slot] != 0 &&
         memcmp (self->uuids[self->slots[slot] - 1].bytes, uuid->bytes, sizeof uuid->bytes) != 0)
    slot = (slot + 1) & self->slot_mask;
  return slot;
}

static guint32
find_slot (const EngramIdTable *self,
           const EngramUuid    *uuid)
{
  return find_slot_from (self, uuid, get_first_slot (self, uuid));
}

static gboolean
holds_text (const EngramIdTable *self,
            guint32              place,
            const char          *text,
            gsize                length)
{
  const EngramUuid *uuid = &self->uuids[place];
  gconstpointer bytes;
  gsize size;

  if (!is_text (uuid))
    return FALSE;
  bytes = g_bytes_get_data (get_text (self, uuid), &size);
  return size == length && (size == 0 || memcmp (bytes, text, size) == 0);
}

/* The same for an id that is no UUID. */
static guint32
find_text_slot (const EngramIdTable *self,
                const char          *text,
                gsize                length)
{
  guint32 slot = hash_bytes (self, text, length) & self->slot_mask;

  while (self->slots[slot] != 0 && !holds_text (self, self->slots[slot] - 1, text, length))
    slot = (slot + 1) & self->slot_mask;
  return slot;
}

static guint32
find_slot_of_place (const EngramIdTable *self,
                    guint32              place)
{
  const EngramUuid *uuid = &self->uuids[place];
  gconstpointer text;
  gsize length;

  if (!is_text (uuid))
    return find_slot (self, uuid);
  text = g_bytes_get_data (get_text (self, uuid), &length);
  return find_text_slot (self, text, length);
}

static gboolean
is_nameless (const EngramIdTable *self,
             guint32              place)
{
  return is_text (&self->uuids[place]) && get_text (self, &self->uuids[place]) == NULL;
}

static void
grow_slots (EngramIdTable *self)
{
  guint32 n_slots = (self->slot_mask + 1) * 2;

  g_free (self->slots);
  self->slots = g_new0 (guint32, n_slots);
  self->slot_mask = n_slots - 1;
  for (guint32 place = 0; place < self->size; place++)
    if (!is_nameless (self, place))
      self->slots[find_slot_of_place (self, place)] = place + 1;
}

/* Makes room for one more id. */
static void
grow (EngramIdTable *self)
{
  if (self->size == self->capacity)
    {
      self->capacity = (guint32) MIN ((guint64) self->capacity * 2, ENGRAM_ID_TABLE_NONE);
      self->uuids = g_renew (EngramUuid, self->uuids, self->capacity);
    }
  if ((guint64) self->size * 3 >= (guint64) self->slot_mask * 2)
    grow_slots (self);
}

/* Takes the next place for an id that is no UUID. */
static void
append_text (EngramIdTable *self,
             GBytes        *text)
{
  EngramUuid *uuid = &self->uuids[self->size++];
  guint32 number = self->texts->len;

  memset (uuid->bytes, 0, sizeof uuid->bytes);
  memcpy (uuid->bytes, &number, sizeof number);
  uuid->bytes[VARIANT_BYTE] = NO_UUID;
  g_ptr_array_add (self->texts, text);
}

gboolean
engram_id_table_add (EngramIdTable *self,
                     const char    *id,
                     gsize          length)
{
  EngramUuid uuid;
  gboolean is_uuid = engram_uuid_parse (id, length, &uuid);
  guint32 slot;

  g_return_val_if_fail (self->size < ENGRAM_ID_TABLE_NONE - 1, FALSE);

  grow (self);
  slot = is_uuid ? find_slot (self, &uuid) : find_text_slot (self, id, length);
  if (self->slots[slot] != 0)
    return FALSE;
  if (is_uuid)
    self->uuids[self->size++] = uuid;
  else
    append_text (self, g_bytes_new (id, length));
  self->slots[slot] = self->size;
  return TRUE;
}

void
engram_id_table_add_nameless (EngramIdTable *self)
{
  g_return_if_fail (self->size < ENGRAM_ID_TABLE_NONE - 1);

  grow (self);
  append_text (self, NULL);
}

guint32
engram_id_table_find (const EngramIdTable *self,
                      const char          *id,
                      gsize                length)
{
  EngramUuid uuid;

  if (engram_uuid_parse (id, length, &uuid))
    return self->slots[find_slot (self, &uuid)] - 1;
  if (self->texts->len > 0)
    return self->slots[find_text_slot (self, id, length)] - 1;
  return ENGRAM_ID_TABLE_NONE;
}

/* Most slots lie in no cache, and neither do the UUIDs that they tell of: the processor is told early of both. */
static void
find_some_uuids (const EngramIdTable *self,
                 const EngramUuid    *uuids,
                 guint                n_uuids,
                 guint32             *places)
{
  guint32 slots[UUIDS_AT_ONCE];

  for (guint i = 0; i < n_uuids; i++)
    {
      slots[i] = get_first_slot (self, &uuids[i]);
      __builtin_prefetch (&self->slots[slots[i]]);
    }
  for (guint i = 0; i < n_uuids; i++)
    if (self->slots[slots[i]] != 0)
      __builtin_prefetch (&self->uuids[self->slots[slots[i]] - 1]);
  for (guint i = 0; i < n_uuids; i++)
    places[i] = self->slots[find_slot_from (self, &uuids[i], slots[i])] - 1;
}

void
engram_id_table_find_uuids (const EngramIdTable *self,
                            const EngramUuid    *uuids,
                            guint                n_uuids,
                            guint32             *places)
{
  for (guint i = 0; i < n_uuids; i += UUIDS_AT_ONCE)
    find_some_uuids (self, uuids + i, MIN (n_uuids - i, UUIDS_AT_ONCE), places + i);
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

  if (is_text (&self->uuids[place]))
    {
      GBytes *id = get_text (self, &self->uuids[place]);
      gsize length = id != NULL ? g_bytes_get_size (id) : 0;

      return length > 0 ? g_strndup (g_bytes_get_data (id, NULL), length) : g_strdup ("");
    }
  engram_uuid_format (&self->uuids[place], text);
  return g_strdup (text);
}

gsize
engram_id_table_get_bytes (const EngramIdTable *self)
{
  return sizeof *self + (gsize) self->capacity * sizeof (EngramUuid) +
         ((gsize) self->slot_mask + 1) * sizeof (guint32);
}
