/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "safety/integrity/engram-id-list-private.h"

#include <string.h>

#include "model/engram-uuid.h"

/* Where the first two bits of this byte are set, the 16 bytes are no UUID of RFC 4122 (section 4.1.1). */
#define VARIANT_BYTE 8
#define IS_ROW 0xfe  /* the first bytes are a rowid */
#define IS_TEXT 0xff /* the first bytes are a number of a text */

/* No id that is meant as one is longer. */
#define MAX_TEXT_BYTES 1000

struct _EngramIdList {
  GArray    *items; /* EngramUuid */
  GPtrArray *texts;
  GArray    *rowids; /* gint64: an item that is no row has none */
};

EngramIdList *
engram_id_list_new (void)
{
  EngramIdList *self = g_new0 (EngramIdList, 1);

  self->items = g_array_new (FALSE, FALSE, sizeof (EngramUuid));
  self->texts = g_ptr_array_new_with_free_func (g_free);
  self->rowids = g_array_new (FALSE, FALSE, sizeof (gint64));
  return self;
}

void
engram_id_list_free (EngramIdList *self)
{
  if (self == NULL)
    return;

  g_array_unref (self->items);
  g_ptr_array_unref (self->texts);
  g_array_unref (self->rowids);
  g_free (self);
}

static void
add_number (EngramIdList  *self,
            guint8         variant,
            gint64         number)
{
  EngramUuid item = { { 0 } };

  memcpy (item.bytes, &number, sizeof number);
  item.bytes[VARIANT_BYTE] = variant;
  g_array_append_val (self->items, item);
}

static gint64
get_number (const EngramUuid *item)
{
  gint64 number;

  memcpy (&number, item->bytes, sizeof number);
  return number;
}

/* Takes @text. */
static void
take_text (EngramIdList *self,
           char         *text)
{
  add_number (self, IS_TEXT, self->texts->len);
  g_ptr_array_add (self->texts, text);
}

void
engram_id_list_add_text (EngramIdList *self,
                         const char   *text,
                         gsize         length)
{
  g_autofree char *valid = g_utf8_make_valid (text, MIN (length, MAX_TEXT_BYTES));

  /* The cut may have gone through a character, which is U+FFFD then. */
  take_text (self, length > MAX_TEXT_BYTES ? g_strconcat (valid, "…", NULL) : g_steal_pointer (&valid));
}

void
engram_id_list_add_row (EngramIdList *self,
                        sqlite3_stmt *row)
{
  const char *id = (const char *) sqlite3_column_text (row, 1);
  gsize length = sqlite3_column_bytes (row, 1);
  gint64 rowid = sqlite3_column_int64 (row, 0);
  EngramUuid uuid;

  g_array_append_val (self->rowids, rowid);
  if (id == NULL || length == 0)
    add_number (self, IS_ROW, rowid);
  else if (engram_uuid_parse (id, length, &uuid))
    g_array_append_val (self->items, uuid);
  else
    engram_id_list_add_text (self, id, length);
}

void
engram_id_list_add_item (EngramIdList       *self,
                         const EngramIdList *other,
                         guint               index)
{
  const EngramUuid *item = &g_array_index (other->items, EngramUuid, index);

  if (item->bytes[VARIANT_BYTE] == IS_TEXT)
    take_text (self, g_strdup (g_ptr_array_index (other->texts, get_number (item))));
  else
    g_array_append_val (self->items, *item);
  /* Either all items of a list are rows, or none is. */
  if (index < other->rowids->len)
    g_array_append_val (self->rowids, g_array_index (other->rowids, gint64, index));
}

void
engram_id_list_extend (EngramIdList       *self,
                       const EngramIdList *other)
{
  for (guint i = 0; i < other->items->len; i++)
    engram_id_list_add_item (self, other, i);
}

EngramRowSet *
engram_id_list_dup_rows (const EngramIdList *self)
{
  return engram_row_set_new ((const gint64 *) self->rowids->data, self->rowids->len);
}

guint
engram_id_list_get_size (const EngramIdList *self)
{
  return self->items->len;
}

char *
engram_id_list_dup_id (const EngramIdList *self,
                       guint               index)
{
  const EngramUuid *item = &g_array_index (self->items, EngramUuid, index);
  char text[ENGRAM_UUID_TEXT_LENGTH + 1];

  switch (item->bytes[VARIANT_BYTE])
    {
    case IS_TEXT:
      return g_strdup (g_ptr_array_index (self->texts, get_number (item)));
    case IS_ROW:
      return g_strdup_printf ("row %" G_GINT64_FORMAT, get_number (item));
    default:
      engram_uuid_format (item, text);
      return g_strdup (text);
    }
}
