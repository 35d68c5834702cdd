/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "arrange/engram-vector-rows-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

typedef struct {
  gint64 rowid;
  float  place[3];
  guint  is_usable;
} Row;

typedef struct {
  guint   dimension;
  GArray *chunks[ENGRAM_SCAN_CHUNKS]; /* of Row */
} Reading;

/* SQLite answers these two of a vector without reading it. */
#define COLUMNS "rowid, position_x, position_y, position_z, typeof(vector), length(vector)"

/* The exponent of a number in single precision that is infinite, or none. */
#define NOT_FINITE 0x7f800000u

static float
read_number (sqlite3_stmt *row,
             int           column)
{
  int type = sqlite3_column_type (row, column);

  return type == SQLITE_FLOAT || type == SQLITE_INTEGER ? (float) sqlite3_column_double (row, column) : NAN;
}

static gboolean
read_chunk (EngramReader  *reader,
            gint64         first,
            gint64         last,
            guint          number,
            gpointer       data,
            GError       **error)
{
  Reading *reading = data;
  gint64 length = (gint64) reading->dimension * (gint64) sizeof (float);
  g_autoptr (EngramStatement) statement = engram_scan_prepare (reader, COLUMNS, "neurons", first, last, error);
  int status;

  if (statement == NULL)
    return FALSE;
  reading->chunks[number] = g_array_new (FALSE, FALSE, sizeof (Row));
  while ((status = engram_statement_step (statement, error)) > 0)
    {
      sqlite3_stmt *stmt = engram_statement_get_handle (statement);
      Row row = { .rowid = sqlite3_column_int64 (stmt, 0) };

      for (int axis = 0; axis < 3; axis++)
        row.place[axis] = read_number (stmt, 1 + axis);
      row.is_usable = length > 0 && g_strcmp0 ((const char *) sqlite3_column_text (stmt, 4), "blob") == 0 &&
                      sqlite3_column_int64 (stmt, 5) == length;
      g_array_append_val (reading->chunks[number], row);
    }
  return status == 0;
}

static void
take_chunk (EngramVectorRows *self,
            const GArray     *chunk)
{
  for (guint i = 0; i < chunk->len; i++)
    {
      const Row *row = &g_array_index (chunk, Row, i);

      self->rowids[self->n_neurons] = row->rowid;
      memcpy (self->places + 3 * (gsize) self->n_neurons, row->place, sizeof row->place);
      self->usable[self->n_neurons] = row->is_usable;
      self->n_usable += row->is_usable;
      self->n_neurons++;
    }
}

static gboolean
take_chunks (EngramVectorRows *self,
             const Reading    *reading,
             GError          **error)
{
  guint64 n_rows = 0;

  for (guint i = 0; i < ENGRAM_SCAN_CHUNKS; i++)
    n_rows += reading->chunks[i] != NULL ? reading->chunks[i]->len : 0;
  if (n_rows >= G_MAXUINT32)
    {
      g_set_error_literal (error, ENGRAM_ERROR, ENGRAM_ERROR_FAILED,
                           _("The network has too many neurons to be arranged or compared."));
      return FALSE;
    }
  self->rowids = g_new (gint64, n_rows);
  self->places = g_new (float, 3 * n_rows);
  self->usable = g_new (guint8, n_rows);
  for (guint i = 0; i < ENGRAM_SCAN_CHUNKS; i++)
    if (reading->chunks[i] != NULL)
      take_chunk (self, reading->chunks[i]);
  return TRUE;
}

gboolean
engram_vector_rows_begin (EngramVectorRows    *self,
                          EngramDatabase      *database,
                          const char          *phase,
                          double               to,
                          EngramProgressFunc   progress,
                          gpointer             user_data,
                          GCancellable        *cancellable,
                          GError             **error)
{
  Reading reading = { 0 };
  gboolean done;

  *self = (EngramVectorRows) { { { NULL }, 0 } };
  if (!engram_scan_begin (&self->scan, database, cancellable, error) ||
      !engram_database_get_dimension (database, self->scan.readers[0], &reading.dimension, error))
    return FALSE;
  self->dimension = reading.dimension;
  done = engram_scan_table (&self->scan, "neurons", read_chunk, &reading, phase, 0, to, progress, user_data, error) &&
         take_chunks (self, &reading, error);
  for (guint i = 0; i < ENGRAM_SCAN_CHUNKS; i++)
    g_clear_pointer (&reading.chunks[i], g_array_unref);
  return done;
}

void
engram_vector_rows_end_reading (EngramVectorRows *self)
{
  engram_scan_end (&self->scan);
}

void
engram_vector_rows_clear (EngramVectorRows *self)
{
  engram_scan_end (&self->scan);
  g_clear_pointer (&self->rowids, g_free);
  g_clear_pointer (&self->places, g_free);
  g_clear_pointer (&self->usable, g_free);
}

guint32
engram_vector_rows_find (const EngramVectorRows *self,
                         gint64                  rowid)
{
  guint32 low = 0, high = self->n_neurons;

  while (low < high)
    {
      guint32 middle = low + (high - low) / 2;

      if (self->rowids[middle] < rowid)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

gboolean
engram_vector_rows_check (const EngramVectorRows  *self,
                          GError                 **error)
{
  if (self->n_usable >= 2)
    return TRUE;
  g_set_error_literal (error, ENGRAM_ERROR, ENGRAM_ERROR_INVALID,
                       _("The network has no two neurons with vectors, so there is nothing to compare."));
  return FALSE;
}

gboolean
engram_vector_read (sqlite3_stmt *row,
                    int           column,
                    guint         dimension,
                    float        *numbers)
{
  gsize size = dimension * sizeof (float);
  gboolean is_odd = FALSE;
  gconstpointer blob;

  if (sqlite3_column_type (row, column) != SQLITE_BLOB)
    return FALSE;
  blob = sqlite3_column_blob (row, column);
  if (blob == NULL || (gsize) sqlite3_column_bytes (row, column) != size)
    return FALSE;
  for (guint i = 0; i < dimension; i++)
    {
      guint32 word;

      memcpy (&word, (const char *) blob + i * sizeof word, sizeof word);
      word = GUINT32_FROM_LE (word);
      is_odd |= (word & NOT_FINITE) == NOT_FINITE;
      memcpy (numbers + i, &word, sizeof word);
    }
  return !is_odd;
}

gboolean
engram_vector_normalise (float *numbers,
                         guint  dimension)
{
  double squares = 0;

  for (guint i = 0; i < dimension; i++)
    squares += (double) numbers[i] * (double) numbers[i];
  if (squares <= 0)
    return FALSE;
  squares = 1 / sqrt (squares);
  for (guint i = 0; i < dimension; i++)
    numbers[i] = (float) (numbers[i] * squares);
  return TRUE;
}

int
engram_vector_rows_read_one (const EngramVectorRows  *self,
                             guint32                  neuron,
                             float                   *vector,
                             GError                 **error)
{
  g_autoptr (EngramStatement) statement = engram_connection_prepare (self->scan.readers[0],
                                                                     "SELECT vector FROM neurons WHERE rowid=?", error);
  int status;

  if (statement == NULL)
    return -1;
  engram_statement_bind_int64 (statement, 1, self->rowids[neuron]);
  status = engram_statement_step (statement, error);
  if (status <= 0)
    return status;
  return engram_vector_read (engram_statement_get_handle (statement), 0, self->dimension, vector) &&
         engram_vector_normalise (vector, self->dimension);
}
