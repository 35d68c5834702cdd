/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "query/engram-record-numbers.h"

#include <math.h>
#include <string.h>

#include "query/engram-name-counts-private.h"
#include "query/engram-row-columns-private.h"
#include "sqlite/engram-scan-private.h"

/* Rows between two looks at the cancellable; SQLite has its own. */
#define ROWS_BETWEEN_LOOKS 256

typedef struct {
  EngramRecordNumbers public;
  gatomicrefcount     references;
} Values;

G_DEFINE_BOXED_TYPE (EngramRecordNumbers, engram_record_numbers, engram_record_numbers_ref, engram_record_numbers_unref)

EngramRecordNumbers *
engram_record_numbers_new_take (gint64 *rowids,
                                double *numbers,
                                gsize   n_records)
{
  Values *self = g_new0 (Values, 1);

  g_atomic_ref_count_init (&self->references);
  self->public = (EngramRecordNumbers) { n_records, rowids, numbers };
  return &self->public;
}

EngramRecordNumbers *
engram_record_numbers_new (EngramNetwork *network,
                           const double  *numbers)
{
  g_return_val_if_fail (network != NULL && numbers != NULL, NULL);

  return engram_record_numbers_new_take (g_memdup2 (network->neuron_rowids,
                                                    network->n_neurons * sizeof *network->neuron_rowids),
                                         g_memdup2 (numbers, network->n_neurons * sizeof *numbers),
                                         network->n_neurons);
}

EngramRecordNumbers *
engram_record_numbers_ref (EngramRecordNumbers *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&((Values *) self)->references);
  return self;
}

void
engram_record_numbers_unref (EngramRecordNumbers *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&((Values *) self)->references))
    return;
  g_free (self->rowids);
  g_free (self->numbers);
  g_free (self);
}

gsize
engram_record_numbers_find (EngramRecordNumbers *self,
                            gint64               rowid)
{
  gsize low = 0, high = self->n_records;

  while (low < high)
    {
      gsize middle = low + (high - low) / 2;

      if (self->rowids[middle] < rowid)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

double
engram_record_numbers_get (EngramRecordNumbers *self,
                           gint64               rowid)
{
  gsize place = engram_record_numbers_find (self, rowid);

  return place < self->n_records && self->rowids[place] == rowid ? self->numbers[place] : NAN;
}

/* Reading one column of the table */

typedef struct _Reading Reading;

typedef void (*ReadRowFunc) (Reading   *self,
                             EngramRow *row,
                             guint      chunk);

struct _Reading {
  EngramScan        scan;
  EngramRowLayout   layout;
  EngramRowColumn   column;
  ReadRowFunc       read_row;
  const char       *name;   /* of a member */
  GHashTable       *ranks;  /* of tags: place + 1 */
  GCancellable     *cancellable;
  GArray           *rowids[ENGRAM_SCAN_CHUNKS];
  GArray           *numbers[ENGRAM_SCAN_CHUNKS];
  EngramNameCounts *names[ENGRAM_SCAN_CHUNKS];
  guint64           n_rows[ENGRAM_SCAN_CHUNKS]; /* that have been begun */
};

static void
reading_clear (Reading *self)
{
  for (guint i = 0; i < ENGRAM_SCAN_CHUNKS; i++)
    {
      g_clear_pointer (&self->rowids[i], g_array_unref);
      g_clear_pointer (&self->numbers[i], g_array_unref);
      g_clear_pointer (&self->names[i], engram_name_counts_free);
    }
  engram_scan_end (&self->scan);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reading, reading_clear)

static gboolean
read_chunk (EngramReader  *reader,
            gint64         first,
            gint64         last,
            guint          chunk,
            gpointer       data,
            GError       **error)
{
  Reading *self = data;
  g_autofree char *columns = engram_row_layout_dup_columns (&self->layout, NULL);
  g_autoptr (EngramStatement) statement = engram_scan_prepare (reader, columns, "neurons", first, last, error);
  EngramRow row = { .layout = &self->layout };
  int status;

  if (statement == NULL)
    return FALSE;
  row.statement = engram_statement_get_handle (statement);
  self->rowids[chunk] = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->numbers[chunk] = g_array_new (FALSE, FALSE, sizeof (double));
  self->names[chunk] = engram_name_counts_new ();
  while ((status = engram_statement_step (statement, error)) > 0)
    {
      if (++self->n_rows[chunk] % ROWS_BETWEEN_LOOKS == 0 &&
          g_cancellable_set_error_if_cancelled (self->cancellable, error))
        return FALSE;
      row.rowid = sqlite3_column_int64 (row.statement, 0);
      self->read_row (self, &row, chunk);
    }
  return status == 0;
}

static gboolean
read_table (Reading          *self,
            EngramRowColumn   column,
            ReadRowFunc       read_row,
            GError          **error)
{
  self->column = column;
  self->read_row = read_row;
  engram_row_layout_init (&self->layout, ENGRAM_RECORD_NEURON,
                          engram_connection_neurons_have_fields (self->scan.readers[0]), ENGRAM_ROW_BIT (column));
  return engram_scan_table (&self->scan, "neurons", read_chunk, self, NULL, 0, 1, NULL, NULL, error);
}

static gboolean
begin (Reading         *self,
       EngramDatabase  *database,
       GCancellable    *cancellable,
       GError         **error)
{
  self->cancellable = cancellable;
  return engram_scan_begin (&self->scan, database, cancellable, error);
}

static void
append (Reading   *self,
        EngramRow *row,
        guint      chunk,
        double     number)
{
  g_array_append_val (self->rowids[chunk], row->rowid);
  g_array_append_val (self->numbers[chunk], number);
}

static EngramRecordNumbers *
join_chunks (Reading *self)
{
  gsize n_records = 0, offset = 0;
  gint64 *rowids;
  double *numbers;

  for (guint i = 0; i < ENGRAM_SCAN_CHUNKS; i++)
    n_records += self->rowids[i] != NULL ? self->rowids[i]->len : 0;
  rowids = g_new (gint64, n_records);
  numbers = g_new (double, n_records);
  for (guint i = 0; i < ENGRAM_SCAN_CHUNKS; i++)
    {
      gsize n_rows = self->rowids[i] != NULL ? self->rowids[i]->len : 0;

      if (n_rows == 0)
        continue;
      memcpy (rowids + offset, self->rowids[i]->data, n_rows * sizeof *rowids);
      memcpy (numbers + offset, self->numbers[i]->data, n_rows * sizeof *numbers);
      offset += n_rows;
    }
  return engram_record_numbers_new_take (rowids, numbers, n_records);
}

static GPtrArray *
join_names (Reading *self,
            guint    max)
{
  g_autoptr (EngramNameCounts) all = engram_name_counts_new ();

  for (guint i = 0; i < ENGRAM_SCAN_CHUNKS; i++)
    if (self->names[i] != NULL)
      engram_name_counts_merge (all, self->names[i]);
  return engram_name_counts_list (all, max, NULL);
}

/* Numbers */

static void
read_member (Reading   *self,
             EngramRow *row,
             guint      chunk)
{
  gsize length;
  const char *object = engram_row_get_text (row, self->column, &length);
  double number = object != NULL ? engram_row_parse_member (object, length, self->name) : NAN;

  append (self, row, chunk, isfinite (number) ? number : NAN);
}

static EngramRecordNumbers *
load_members (EngramDatabase   *database,
              EngramRowColumn   column,
              const char       *name,
              GCancellable     *cancellable,
              GError          **error)
{
  g_auto (Reading) reading = { .name = name };

  if (!begin (&reading, database, cancellable, error) || !read_table (&reading, column, read_member, error))
    return NULL;
  return join_chunks (&reading);
}

EngramRecordNumbers *
engram_record_numbers_load_metadata (EngramDatabase  *database,
                                     const char      *key,
                                     GCancellable    *cancellable,
                                     GError         **error)
{
  g_return_val_if_fail (ENGRAM_IS_DATABASE (database), NULL);
  g_return_val_if_fail (key != NULL, NULL);

  return load_members (database, ENGRAM_ROW_METADATA, key, cancellable, error);
}

EngramRecordNumbers *
engram_record_numbers_load_importance (EngramDatabase  *database,
                                       GCancellable    *cancellable,
                                       GError         **error)
{
  g_return_val_if_fail (ENGRAM_IS_DATABASE (database), NULL);

  return load_members (database, ENGRAM_ROW_FIELDS, "importance", cancellable, error);
}

/* Names */

/* The members of an object that are numbers; whether it is one is known only behind the last of them. */
static gboolean
read_number_names (EngramNameCounts *names, /* or NULL, just to see whether it is an object */
                   const char       *object,
                   gsize             length,
                   guint64           row)
{
  EngramJsonReader reader;
  EngramJsonToken token;

  engram_json_reader_init (&reader, object, length);
  if (engram_json_reader_next (&reader) != ENGRAM_JSON_TOKEN_BEGIN_OBJECT)
    return FALSE;
  while ((token = engram_json_reader_next (&reader)) == ENGRAM_JSON_TOKEN_NAME)
    {
      const char *name = reader.token;
      gsize name_length = reader.token_length;
      gboolean exact = TRUE;
      g_autofree char *unescaped = reader.token_escaped ? engram_json_unescape (name, name_length, &exact) : NULL;

      token = engram_json_reader_next (&reader);
      if (names != NULL && token == ENGRAM_JSON_TOKEN_NUMBER && exact)
        engram_name_counts_add_once (names, unescaped != NULL ? unescaped : name + 1,
                                     unescaped != NULL ? strlen (unescaped) : name_length - 2, row);
      engram_json_reader_skip (&reader, token);
    }
  return engram_json_reader_next (&reader) == ENGRAM_JSON_TOKEN_END;
}

static void
read_names (Reading   *self,
            EngramRow *row,
            guint      chunk)
{
  g_autofree char *made = NULL;
  gsize length;
  const char *object = engram_row_get_valid_text (row, self->column, &length, &made);

  if (object != NULL && read_number_names (NULL, object, length, 0))
    read_number_names (self->names[chunk], object, length, self->n_rows[chunk]);
}

GPtrArray *
engram_metadata_list_number_keys (EngramDatabase  *database,
                                  GCancellable    *cancellable,
                                  GError         **error)
{
  g_auto (Reading) reading = { .name = NULL };

  g_return_val_if_fail (ENGRAM_IS_DATABASE (database), NULL);

  if (!begin (&reading, database, cancellable, error) ||
      !read_table (&reading, ENGRAM_ROW_METADATA, read_names, error))
    return NULL;
  return join_names (&reading, ENGRAM_METADATA_MAX_KEYS);
}

/* Tags */

static void
count_tags (Reading   *self,
            EngramRow *row,
            guint      chunk)
{
  engram_name_counts_add_tags (self->names[chunk], row, self->n_rows[chunk]);
}

static void
read_tag (Reading   *self,
          EngramRow *row,
          guint      chunk)
{
  g_autofree char *made = NULL;
  gsize length, best = G_MAXSIZE;
  const char *json = engram_row_get_valid_text (row, self->column, &length, &made);
  EngramTagReader tags;

  if (json != NULL)
    {
      engram_tag_reader_init (&tags, json, length);
      while (engram_tag_reader_next (&tags))
        {
          g_autofree char *tag = engram_tag_reader_dup_tag (&tags);
          gsize rank = GPOINTER_TO_SIZE (g_hash_table_lookup (self->ranks, tag));

          best = rank > 0 ? MIN (best, rank - 1) : best;
        }
      if (!tags.is_valid)
        best = G_MAXSIZE;
    }
  append (self, row, chunk, best != G_MAXSIZE ? (double) best : NAN);
}

static GHashTable *
rank_names (GPtrArray *names)
{
  GHashTable *ranks = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < names->len; i++)
    g_hash_table_insert (ranks, ((EngramFacetValue *) names->pdata[i])->name, GSIZE_TO_POINTER (i + 1));
  return ranks;
}

EngramNeuronTags *
engram_neuron_tags_load (EngramDatabase  *database,
                         GCancellable    *cancellable,
                         GError         **error)
{
  g_auto (Reading) counting = { .name = NULL };
  g_auto (Reading) reading = { .name = NULL };
  g_autoptr (GPtrArray) names = NULL;
  g_autoptr (GHashTable) ranks = NULL;
  EngramNeuronTags *self;

  g_return_val_if_fail (ENGRAM_IS_DATABASE (database), NULL);

  if (!begin (&counting, database, cancellable, error) ||
      !read_table (&counting, ENGRAM_ROW_TAGS, count_tags, error))
    return NULL;
  names = join_names (&counting, G_MAXUINT);
  ranks = rank_names (names);
  /* The same snapshot. */
  reading.ranks = ranks;
  reading.cancellable = cancellable;
  reading.scan = counting.scan;
  counting.scan.n_readers = 0;
  if (!read_table (&reading, ENGRAM_ROW_TAGS, read_tag, error))
    return NULL;
  self = g_new (EngramNeuronTags, 1);
  *self = (EngramNeuronTags) { g_steal_pointer (&names), join_chunks (&reading) };
  return self;
}

void
engram_neuron_tags_free (EngramNeuronTags *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->names);
  engram_record_numbers_unref (self->values);
  g_free (self);
}
