/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "compare/engram-compare-scan-private.h"

#include <string.h>

#include "model/engram-uuid.h"

/* Readers */

gboolean
engram_compare_scan_begin (EngramCompareScan  *self,
                           EngramDatabase     *today,
                           EngramDatabase     *other,
                           GError            **error)
{
  EngramDatabase *databases[ENGRAM_COMPARE_N_SIDES] = { today, other };

  self->n_threads = engram_parts_count_threads ();
  for (guint side = 0; side < ENGRAM_COMPARE_N_SIDES; side++)
    if (!engram_database_acquire_snapshot (databases[side], self->readers[side], self->n_threads, self->cancellable,
                                           error))
      return FALSE;
  return TRUE;
}

void
engram_compare_scan_end (EngramCompareScan *self)
{
  for (guint side = 0; side < ENGRAM_COMPARE_N_SIDES; side++)
    for (guint i = 0; i < self->n_threads; i++)
      g_clear_pointer (&self->readers[side][i], engram_reader_release);
}

gboolean
engram_compare_scan_run (EngramCompareScan  *self,
                         guint               n_parts,
                         EngramPartFunc      func,
                         gpointer            data,
                         const char         *phase,
                         double              from,
                         double              to,
                         GError            **error)
{
  EngramParts parts = {
    .name = "engram-compare",
    .n_parts = n_parts,
    .n_threads = self->n_threads,
    .func = func,
    .data = data,
    .cancellable = self->cancellable,
    .phase = phase,
    .from = from,
    .to = to,
    .progress = self->progress,
    .user_data = self->user_data,
  };

  return engram_parts_do (&parts, error) && !g_cancellable_set_error_if_cancelled (self->cancellable, error);
}

/* Ids */

void
engram_compare_key_init (EngramCompareKey *self,
                         const char       *id,
                         gsize             length)
{
  g_autoptr (GChecksum) checksum = NULL;
  EngramUuid uuid;
  guint8 digest[32];
  gsize digest_length = sizeof digest;

  if (engram_uuid_parse (id, (gssize) length, &uuid))
    {
      memcpy (self->bytes, uuid.bytes, sizeof self->bytes);
      return;
    }
  checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_checksum_update (checksum, (const guchar *) id, (gssize) length);
  g_checksum_get_digest (checksum, digest, &digest_length);
  memcpy (self->bytes, digest, sizeof self->bytes);
  /* Bits that no UUID has there. */
  self->bytes[8] |= 0xc0;
}

gboolean
engram_compare_key_read (EngramCompareKey *self,
                         sqlite3_stmt     *row)
{
  const char *id = sqlite3_column_type (row, ENGRAM_COMPARE_ID) == SQLITE_TEXT
                     ? (const char *) sqlite3_column_text (row, ENGRAM_COMPARE_ID)
                     : NULL;

  if (id == NULL)
    return FALSE;
  engram_compare_key_init (self, id, (gsize) sqlite3_column_bytes (row, ENGRAM_COMPARE_ID));
  return TRUE;
}

guint32
engram_compare_key_get_hash (const EngramCompareKey *self)
{
  guint32 hash;

  memcpy (&hash, self->bytes, sizeof hash);
  return hash;
}

/* What was found */

void
engram_compare_found_init (EngramCompareFound *self)
{
  *self = (EngramCompareFound) { .changed = g_array_new (FALSE, FALSE, sizeof (EngramComparedRow)) };
  for (guint side = 0; side < ENGRAM_COMPARE_N_SIDES; side++)
    {
      self->rows[side] = g_array_new (FALSE, FALSE, sizeof (gint64));
      self->alone[side] = g_array_new (FALSE, FALSE, sizeof (EngramCompareKeyedRow));
      self->unclear[side] = g_array_new (FALSE, FALSE, sizeof (gint64));
    }
}

void
engram_compare_found_clear (EngramCompareFound *self)
{
  g_clear_pointer (&self->changed, g_array_unref);
  for (guint side = 0; side < ENGRAM_COMPARE_N_SIDES; side++)
    {
      g_clear_pointer (&self->rows[side], g_array_unref);
      g_clear_pointer (&self->alone[side], g_array_unref);
      g_clear_pointer (&self->unclear[side], g_array_unref);
    }
}

static void
take (GArray *array,
      GArray *more)
{
  g_array_append_vals (array, more->data, more->len);
  g_array_set_size (more, 0);
}

void
engram_compare_found_take (EngramCompareFound *self,
                           EngramCompareFound *part)
{
  self->same += part->same;
  self->touched += part->touched;
  take (self->changed, part->changed);
  for (guint side = 0; side < ENGRAM_COMPARE_N_SIDES; side++)
    {
      take (self->rows[side], part->rows[side]);
      take (self->alone[side], part->alone[side]);
      take (self->unclear[side], part->unclear[side]);
    }
}

static gboolean
note_if_same (EngramCompareFound     *self,
              EngramCompareTable     *table,
              sqlite3_stmt           *today,
              sqlite3_stmt           *other,
              EngramDifference       *difference)
{
  engram_compare_table_compare (table, today, other, difference);
  if ((difference->fields & ~table->touched) != 0)
    return FALSE;
  self->same++;
  self->touched += difference->fields != 0;
  return TRUE;
}

gboolean
engram_compare_found_note_same (EngramCompareFound *self,
                                EngramCompareTable *table,
                                sqlite3_stmt       *today,
                                sqlite3_stmt       *other)
{
  EngramDifference difference;

  return note_if_same (self, table, today, other, &difference);
}

void
engram_compare_found_note (EngramCompareFound *self,
                           EngramCompareTable *table,
                           sqlite3_stmt       *today,
                           sqlite3_stmt       *other)
{
  EngramDifference difference;
  EngramComparedRow row;
  EngramCompareKey key;

  if (note_if_same (self, table, today, other, &difference))
    return;
  row = (EngramComparedRow) {
    .rowid = sqlite3_column_int64 (today, ENGRAM_COMPARE_ROWID),
    .other_rowid = sqlite3_column_int64 (other, ENGRAM_COMPARE_ROWID),
    .fields = difference.fields,
    .change = difference.change,
    .moved = (float) difference.moved,
    .drift = (float) difference.drift,
    .drift_length = (float) difference.drift_length,
    .hash = engram_compare_key_read (&key, today) ? engram_compare_key_get_hash (&key) : 0,
  };
  g_array_append_val (self->changed, row);
}
