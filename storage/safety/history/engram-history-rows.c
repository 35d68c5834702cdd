/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "safety/history/engram-history-rows-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A value is a byte that says of which type it is, then: nothing; 8 bytes; or a length in 4 bytes and as many bytes as
 * it says. Numbers are little-endian. Text is as the file has it, which need not be valid in its encoding. */
enum {
  TAG_NULL,
  TAG_INTEGER,
  TAG_REAL,
  TAG_TEXT,
  TAG_TEXT_16_LE,
  TAG_TEXT_16_BE,
  TAG_BLOB,
};

static GStrv
read_columns (EngramConnection  *connection,
              const char        *table,
              GError           **error)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_autoptr (EngramStatement) statement = NULL;
  int status;

  /* What is computed cannot be written, and is the same again where the rest is. */
  statement = engram_connection_prepare (connection,
                                         "SELECT name FROM pragma_table_xinfo(?) WHERE hidden=0 ORDER BY cid", error);
  if (statement == NULL)
    return NULL;
  engram_statement_bind_text (statement, 1, table);
  while ((status = engram_statement_step (statement, error)) > 0)
    g_strv_builder_add (names, (const char *) sqlite3_column_text (engram_statement_get_handle (statement), 0));
  return status == 0 ? g_strv_builder_end (names) : NULL;
}

/* The names of columns come from the file: quoted, whatever they are, they are names and nothing else. */
static char *
list_columns (char **columns)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (gsize i = 0; columns[i] != NULL; i++)
    {
      g_autoptr (GString) name = g_string_new (columns[i]);

      g_string_replace (name, "\"", "\"\"", 0);
      g_string_append_printf (list, ",\"%s\"", name->str);
    }
  return g_string_free (g_steal_pointer (&list), FALSE);
}

static void
make_statements (EngramRowTable *self)
{
  g_autofree char *list = list_columns (self->columns);
  g_autoptr (GString) parameters = g_string_new ("?");
  const char *loose = g_str_equal (self->name, "synapses") ? ENGRAM_SYNAPSE_IS_LOOSE : "0";

  for (guint i = 0; i < self->n_columns; i++)
    g_string_append (parameters, ",?");
  self->select = g_strdup_printf ("SELECT rowid,%s%s FROM %s", loose, list, self->name);
  self->select_one = g_strconcat (self->select, " WHERE rowid=?", NULL);
  self->select_row = g_strdup_printf ("SELECT rowid,0%s FROM %s WHERE rowid=?", list, self->name);
  self->select_rows = g_strdup_printf ("SELECT rowid,0%s FROM %s WHERE rowid BETWEEN ? AND ? ORDER BY rowid", list,
                                       self->name);
  self->insert = g_strdup_printf ("INSERT OR IGNORE INTO %s (rowid%s) VALUES (%s)", self->name, list, parameters->str);
  self->remove = g_strdup_printf ("DELETE FROM %s WHERE rowid=?", self->name);
}

static gboolean
read_encoding (EngramRowTable    *self,
               EngramConnection  *connection,
               GError           **error)
{
  g_autofree char *encoding = engram_connection_get_text (connection, "PRAGMA encoding", error);

  if (encoding == NULL)
    return FALSE;
  self->text_tag = g_str_equal (encoding, "UTF-16le") ? TAG_TEXT_16_LE
                   : g_str_equal (encoding, "UTF-16be") ? TAG_TEXT_16_BE
                                                        : TAG_TEXT;
  return TRUE;
}

EngramRowTable *
engram_row_table_new (EngramConnection  *connection,
                      const char        *name,
                      GError           **error)
{
  g_autoptr (EngramRowTable) self = g_new0 (EngramRowTable, 1);

  self->name = g_strdup (name);
  self->columns = read_columns (connection, name, error);
  if (self->columns == NULL || !read_encoding (self, connection, error))
    return NULL;
  self->n_columns = g_strv_length (self->columns);
  self->id_column = -1;
  for (guint i = 0; i < self->n_columns; i++)
    if (g_ascii_strcasecmp (self->columns[i], "id") == 0)
      self->id_column = (int) i;
  make_statements (self);
  return g_steal_pointer (&self);
}

void
engram_row_table_free (EngramRowTable *self)
{
  if (self == NULL)
    return;

  g_free (self->name);
  g_strfreev (self->columns);
  g_free (self->select);
  g_free (self->select_one);
  g_free (self->select_row);
  g_free (self->select_rows);
  g_free (self->insert);
  g_free (self->remove);
  g_free (self);
}

GByteArray *
engram_row_table_pack_columns (const EngramRowTable *self)
{
  GByteArray *names = g_byte_array_new ();

  for (guint i = 0; i < self->n_columns; i++)
    g_byte_array_append (names, (const guint8 *) self->columns[i], strlen (self->columns[i]) + 1);
  return names;
}

static void
append_number (GByteArray *bytes,
               guint8      tag,
               guint64     number)
{
  guint8 value[1 + sizeof number] = { tag };

  number = GUINT64_TO_LE (number);
  memcpy (value + 1, &number, sizeof number);
  g_byte_array_append (bytes, value, sizeof value);
}

static void
append_bytes (GByteArray *bytes,
              guint8      tag,
              const void *data,
              guint32     length)
{
  guint8 head[1 + sizeof length] = { tag };
  guint32 stored = GUINT32_TO_LE (length);

  memcpy (head + 1, &stored, sizeof stored);
  g_byte_array_append (bytes, head, sizeof head);
  if (length > 0)
    g_byte_array_append (bytes, data, length);
}

static void
append_real (GByteArray *bytes,
             double      real)
{
  guint64 bits;

  memcpy (&bits, &real, sizeof bits);
  append_number (bytes, TAG_REAL, bits);
}

/* Text is taken as bytes: nothing is converted, and no memory is wanted that there might not be. */
static void
append_value (const EngramRowTable *self,
              GByteArray           *bytes,
              sqlite3_stmt         *row,
              int                   column)
{
  static const guint8 null = TAG_NULL;
  const void *data;

  switch (sqlite3_column_type (row, column))
    {
    case SQLITE_INTEGER:
      append_number (bytes, TAG_INTEGER, (guint64) sqlite3_column_int64 (row, column));
      break;
    case SQLITE_FLOAT:
      append_real (bytes, sqlite3_column_double (row, column));
      break;
    case SQLITE_TEXT:
      data = sqlite3_column_blob (row, column);
      append_bytes (bytes, self->text_tag, data, self->text_tag == TAG_TEXT ? sqlite3_column_bytes (row, column)
                                                                            : sqlite3_column_bytes16 (row, column));
      break;
    case SQLITE_BLOB:
      data = sqlite3_column_blob (row, column);
      append_bytes (bytes, TAG_BLOB, data, sqlite3_column_bytes (row, column));
      break;
    default:
      g_byte_array_append (bytes, &null, 1);
      break;
    }
}

void
engram_row_encode (const EngramRowTable *self,
                   sqlite3_stmt         *row,
                   GByteArray           *bytes)
{
  g_byte_array_set_size (bytes, 0);
  for (guint i = 0; i < self->n_columns; i++)
    append_value (self, bytes, row, ENGRAM_ROW_FIRST + (int) i);
}

/* One value of a row's bytes, which may come from a damaged file. */
typedef struct {
  guint8        tag;
  guint64       number;
  const guint8 *data;
  guint32       length;
} Value;

static gboolean
take_bytes (const guint8 **bytes,
            gsize         *length,
            void          *into,
            gsize          count)
{
  if (*length < count)
    return FALSE;
  memcpy (into, *bytes, count);
  *bytes += count;
  *length -= count;
  return TRUE;
}

static gboolean
take_value (const guint8 **bytes,
            gsize         *length,
            Value         *value)
{
  if (!take_bytes (bytes, length, &value->tag, 1) || value->tag > TAG_BLOB)
    return FALSE;
  if (value->tag == TAG_NULL)
    return TRUE;
  if (value->tag == TAG_INTEGER || value->tag == TAG_REAL)
    {
      if (!take_bytes (bytes, length, &value->number, sizeof value->number))
        return FALSE;
      value->number = GUINT64_FROM_LE (value->number);
      return TRUE;
    }
  if (!take_bytes (bytes, length, &value->length, sizeof value->length))
    return FALSE;
  value->length = GUINT32_FROM_LE (value->length);
  value->data = *bytes;
  if (value->length > *length)
    return FALSE;
  *bytes += value->length;
  *length -= value->length;
  return TRUE;
}

static gboolean
take_column (const guint8 *bytes,
             gsize         length,
             guint         column,
             Value        *value)
{
  for (guint i = 0; i < column; i++)
    if (!take_value (&bytes, &length, value))
      return FALSE;
  return take_value (&bytes, &length, value);
}

static unsigned char
get_encoding (guint8 tag)
{
  return tag == TAG_TEXT_16_LE ? SQLITE_UTF16LE : tag == TAG_TEXT_16_BE ? SQLITE_UTF16BE : SQLITE_UTF8;
}

static void
bind_value (EngramStatement *statement,
            int              parameter,
            const Value     *value)
{
  sqlite3_stmt *handle = engram_statement_get_handle (statement);
  double real;

  switch (value->tag)
    {
    case TAG_INTEGER:
      engram_statement_bind_int64 (statement, parameter, (gint64) value->number);
      break;
    case TAG_REAL:
      memcpy (&real, &value->number, sizeof real);
      engram_statement_bind_double (statement, parameter, real);
      break;
    case TAG_TEXT:
    case TAG_TEXT_16_LE:
    case TAG_TEXT_16_BE:
      engram_statement_note_bind (statement, sqlite3_bind_text64 (handle, parameter, (const char *) value->data,
                                                                  value->length, SQLITE_STATIC,
                                                                  get_encoding (value->tag)));
      break;
    case TAG_BLOB:
      engram_statement_note_bind (statement, sqlite3_bind_blob64 (handle, parameter, value->data, value->length,
                                                                  SQLITE_STATIC));
      break;
    default:
      engram_statement_note_bind (statement, sqlite3_bind_null (handle, parameter));
      break;
    }
}

gboolean
engram_row_bind (const EngramRowTable *self,
                 EngramStatement      *statement,
                 int                   parameter,
                 const guint8         *bytes,
                 gsize                 length)
{
  for (guint i = 0; i < self->n_columns; i++)
    {
      Value value;

      if (!take_value (&bytes, &length, &value))
        return FALSE;
      bind_value (statement, parameter + (int) i, &value);
    }
  return length == 0;
}

gboolean
engram_row_bind_column (const EngramRowTable *self,
                        EngramStatement      *statement,
                        int                   parameter,
                        const guint8         *bytes,
                        gsize                 length,
                        guint                 column)
{
  Value value;

  if (!take_column (bytes, length, column, &value))
    return FALSE;
  bind_value (statement, parameter, &value);
  return TRUE;
}

char *
engram_row_dup_id (const EngramRowTable *self,
                   gint64                rowid,
                   const guint8         *bytes,
                   gsize                 length)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, rowid);
  Value value;

  if (self->id_column >= 0 && take_column (bytes, length, self->id_column, &value) && value.tag == TAG_TEXT)
    return g_strndup ((const char *) value.data, value.length);
  /* Translators: a row of a table that has no id, by its number. */
  return g_strdup_printf (_("row %s"), number);
}

/* Nobody is to be kept from forging a row, so the quickest of GLib's checksums will do. */
GChecksum *
engram_row_digest_new (void)
{
  return g_checksum_new (G_CHECKSUM_MD5);
}

void
engram_row_digest (GChecksum    *checksum,
                   const guint8 *bytes,
                   gsize         length,
                   guint8        digest[ENGRAM_ROW_DIGEST_BYTES])
{
  gsize digest_length = ENGRAM_ROW_DIGEST_BYTES;

  g_checksum_reset (checksum);
  /* No row is longer than a value can be, which an int can say. */
  g_checksum_update (checksum, bytes, (gssize) length);
  g_checksum_get_digest (checksum, digest, &digest_length);
}
