/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "query/engram-search-rows-private.h"

#include <math.h>
#include <string.h>

#include "model/engram-id-table-private.h"
#include "query/engram-row-test-private.h"
#include "query/engram-search-ends-private.h"
#include "query/engram-search-names-private.h"
#include "query/engram-search-radix-private.h"
#include "query/engram-search-text-private.h"

/* What a chunk of the table has given. */
typedef struct {
  GArray    *rowids;
  GArray    *keys;   /* of guint64, or of EngramTextStart */
  GArray    *scores;
  EngramRow  row;    /* for engram_row_find_degrees() */
} Chunk;

typedef struct {
  const EngramSearch    *search;
  const EngramSearchKey *key;
  EngramSimilarity       similarity;
  gboolean               has_scores;
  gboolean               has_keys;
  gboolean               tells_first;
  guint                  rows_per_chunk; /* about so many, or 0 */
  EngramDegrees         *degrees;
  EngramQueryField       degree;   /* which of them */
  EngramNetwork         *network;
  EngramRecordNumbers   *values;   /* of an analysis; NULL where it has not been made */
  guint32               *ranks;    /* of the summary of each neuron in the network */
  Chunk                  chunks[ENGRAM_SCAN_CHUNKS];
  EngramSearchNames      names[ENGRAM_SCAN_CHUNKS]; /* of each chunk: its keys are their numbers, until all are known */
} Collecting;

static gsize
get_key_size (const Collecting *self)
{
  return self->key->kind == ENGRAM_SEARCH_BY_TEXT ? sizeof (EngramTextStart) : sizeof (guint64);
}

/* The numbers that rows are sorted by: NaN where there is none. */

static double
get_degree (const Collecting *self,
            Chunk            *chunk,
            gint64            rowid)
{
  guint32 place;

  chunk->row.rowid = rowid;
  place = engram_row_find_degrees (&chunk->row, self->degrees);
  return place != ENGRAM_ID_TABLE_NONE ? engram_degrees_get (self->degrees, place, self->degree) : NAN;
}

static double
get_number_of_end (const Collecting *self,
                   sqlite3_stmt     *row,
                   int               column)
{
  const char *id = (const char *) sqlite3_column_text (row, column);
  guint32 neuron;

  if (id == NULL || !engram_network_find_neuron (self->network, id, &neuron) ||
      self->ranks[neuron] == ENGRAM_SEARCH_NO_RANK)
    return NAN;
  return self->ranks[neuron];
}

static void
append_start (const Collecting *self,
              Chunk            *chunk,
              sqlite3_stmt     *row,
              int               column)
{
  g_autofree char *made = NULL;
  const char *text = self->key->get_text (row, column, &made);
  EngramTextStart start = text != NULL ? engram_text_start_make (text) : ENGRAM_TEXT_START_MISSING;

  g_array_append_val (chunk->keys, start);
}

static void
append_name (Collecting   *self,
             guint         number,
             sqlite3_stmt *row,
             int           column)
{
  g_autofree char *made = NULL;
  const char *name = self->key->get_text (row, column, &made);
  guint64 key = name != NULL ? engram_search_names_add (&self->names[number], name) : ENGRAM_SEARCH_MISSING;

  g_array_append_val (self->chunks[number].keys, key);
}

static void
append_number (const Collecting *self,
               Chunk            *chunk,
               double            number,
               gboolean          descending)
{
  guint64 key = engram_search_make_key (number, descending);

  g_array_append_val (chunk->keys, key);
}

static void
append_key (Collecting   *self,
            guint         number,
            gint64        rowid,
            float         score,
            sqlite3_stmt *row,
            int           column)
{
  Chunk *chunk = &self->chunks[number];
  gboolean descending = self->search->sort.descending;

  switch (self->key->kind)
    {
    case ENGRAM_SEARCH_BY_NOTHING:
      break;
    case ENGRAM_SEARCH_BY_ROWS: /* the nearest first */
      append_number (self, chunk, (double) score, !descending);
      break;
    case ENGRAM_SEARCH_BY_SCORE:
      append_number (self, chunk, (double) score, descending);
      break;
    case ENGRAM_SEARCH_BY_NUMBER:
      append_number (self, chunk, self->key->read_number (row, column), descending);
      break;
    case ENGRAM_SEARCH_BY_DEGREE:
      append_number (self, chunk, get_degree (self, chunk, rowid), descending);
      break;
    case ENGRAM_SEARCH_BY_VALUE:
      append_number (self, chunk, engram_record_numbers_get (self->values, rowid), descending);
      break;
    case ENGRAM_SEARCH_BY_END:
      append_number (self, chunk, get_number_of_end (self, row, column), descending);
      break;
    case ENGRAM_SEARCH_BY_TEXT:
      append_start (self, chunk, row, column);
      break;
    case ENGRAM_SEARCH_BY_NAME:
      append_name (self, number, row, column);
      break;
    }
}

static void
prepare_chunk (const Collecting *self,
               Chunk            *chunk)
{
  if (chunk->rowids != NULL)
    return;
  chunk->rowids = g_array_sized_new (FALSE, FALSE, sizeof (gint64), self->rows_per_chunk);
  if (self->has_keys)
    chunk->keys = g_array_sized_new (FALSE, FALSE, get_key_size (self), self->rows_per_chunk);
  if (self->has_scores)
    chunk->scores = g_array_sized_new (FALSE, FALSE, sizeof (float), self->rows_per_chunk);
}

/* Called by who reads the first chunk that is not yet done: all rows before it are known. */
static void
tell_first (Collecting *self,
            guint       number)
{
  g_autoptr (GArray) rowids = g_array_sized_new (FALSE, FALSE, sizeof (gint64), ENGRAM_SEARCH_FIRST_ROWS);

  for (guint i = 0; i <= number && rowids->len < ENGRAM_SEARCH_FIRST_ROWS; i++)
    if (self->chunks[i].rowids != NULL)
      g_array_append_vals (rowids, self->chunks[i].rowids->data,
                           MIN (self->chunks[i].rowids->len, ENGRAM_SEARCH_FIRST_ROWS - rowids->len));
  if (rowids->len < ENGRAM_SEARCH_FIRST_ROWS)
    return;
  self->tells_first = FALSE;
  self->search->first ((const gint64 *) rowids->data, rowids->len, self->search->first_data);
}

static gboolean
collect (guint          number,
         gint64         rowid,
         sqlite3_stmt  *row,
         int            column,
         gpointer       data,
         GError       **error)
{
  Collecting *self = data;
  Chunk *chunk = &self->chunks[number];
  float score = NAN;

  if (self->has_scores)
    engram_similarity_score_row (&self->similarity, row, column++, &score);
  prepare_chunk (self, chunk);
  g_array_append_val (chunk->rowids, rowid);
  if (self->has_scores)
    g_array_append_val (chunk->scores, score);
  if (self->has_keys)
    append_key (self, number, rowid, score, row, column);
  else if (engram_scan_count_done (self->search->scan) == number && self->tells_first)
    tell_first (self, number);
  return TRUE;
}

/* Getting ready */

static gboolean
prepare_scores (Collecting  *self,
                GError     **error)
{
  const EngramQueryTerm *term = self->search->kind == ENGRAM_RECORD_NEURON
                                ? engram_query_find_term (self->search->query, ENGRAM_QUERY_LIKE) : NULL;

  self->has_scores = term != NULL;
  return term == NULL ||
         engram_similarity_init (&self->similarity, self->search->scan->readers[0], term->values[0], error);
}

static gboolean
prepare_degrees (Collecting  *self,
                 GError     **error)
{
  const EngramSearch *search = self->search;

  self->degree = search->sort.key == ENGRAM_SORT_IN ? ENGRAM_QUERY_IN
                 : search->sort.key == ENGRAM_SORT_OUT ? ENGRAM_QUERY_OUT : ENGRAM_QUERY_DEGREE;
  self->degrees = engram_searcher_get_degrees_for (search->searcher, search->scan, search->cancellable, error);
  return self->degrees != NULL;
}

static gboolean
prepare_ranks (Collecting  *self,
               GError     **error)
{
  const EngramSearch *search = self->search;

  self->network = engram_searcher_get_network_for (search->searcher, search->scan->readers[0], search->cancellable,
                                                   error);
  if (self->network == NULL)
    return FALSE;
  self->ranks = engram_search_rank_neurons (search, self->network, error);
  return self->ranks != NULL;
}

static gboolean
prepare_numbers (Collecting  *self,
                 GError     **error)
{
  switch (self->key->kind)
    {
    case ENGRAM_SEARCH_BY_DEGREE:
      return prepare_degrees (self, error);
    case ENGRAM_SEARCH_BY_END:
      return prepare_ranks (self, error);
    default:
      return TRUE;
    }
}

/* Where the analysis has not been made, rows are sorted by nothing. */
static void
prepare_values (Collecting *self)
{
  EngramAnalysis analysis;

  if (engram_analysis_from_sort_key (self->search->sort.key, self->search->kind, &analysis))
    self->values = engram_searcher_get_analysis (self->search->searcher, analysis);
}

gboolean
engram_search_is_backwards (const EngramSearch *search)
{
  return search->sort.key == ENGRAM_SORT_ROWS && search->sort.descending;
}

static gboolean
prepare (Collecting  *self,
         GError     **error)
{
  const EngramSearch *search = self->search;
  gboolean has_fields = engram_connection_neurons_have_fields (search->scan->readers[0]);

  self->key = engram_search_key_get (search->sort.key, search->kind, has_fields);
  prepare_values (self);
  if (!prepare_scores (self, error) || !prepare_numbers (self, error))
    return FALSE;
  if (self->key->kind == ENGRAM_SEARCH_BY_ROWS || self->key->kind == ENGRAM_SEARCH_BY_SCORE)
    self->has_keys = self->has_scores;
  else if (self->key->kind == ENGRAM_SEARCH_BY_VALUE)
    self->has_keys = self->values != NULL;
  else
    self->has_keys = self->key->kind != ENGRAM_SEARCH_BY_NOTHING;
  self->tells_first = search->first != NULL && !self->has_keys && !self->has_scores &&
                      !engram_search_is_backwards (search);
  return TRUE;
}

static char *
dup_columns (const Collecting *self)
{
  const char *columns = self->key->columns;

  if (!self->has_scores)
    return g_strdup (columns);
  return columns != NULL ? g_strconcat ("vector, ", columns, NULL) : g_strdup ("vector");
}

/* Putting the chunks together */

static gsize
count_rows (const Collecting *self)
{
  gsize n_rows = 0;

  for (guint i = 0; i < ENGRAM_SCAN_CHUNKS; i++)
    n_rows += self->chunks[i].rowids != NULL ? self->chunks[i].rowids->len : 0;
  return n_rows;
}

static void
move (GArray   **array,
      gpointer   to,
      gsize      size,
      gsize      offset)
{
  memcpy ((char *) to + offset * size, (*array)->data, (*array)->len * size);
  g_clear_pointer (array, g_array_unref);
}

static void
join_chunks (Collecting       *self,
             EngramSearchRows *rows,
             gpointer          keys)
{
  gsize offset = 0;

  for (guint i = 0; i < ENGRAM_SCAN_CHUNKS; i++)
    {
      Chunk *chunk = &self->chunks[i];
      gsize n_rows = chunk->rowids != NULL ? chunk->rowids->len : 0;

      if (n_rows == 0)
        continue;
      move (&chunk->rowids, rows->rowids, sizeof (gint64), offset);
      if (self->has_keys)
        move (&chunk->keys, keys, get_key_size (self), offset);
      if (self->has_scores)
        move (&chunk->scores, rows->scores, sizeof (float), offset);
      offset += n_rows;
    }
}

/* The numbers of names become keys as numbers are, by their rank. */
static void
rank_names (Collecting *self)
{
  guint32 *ranks[ENGRAM_SCAN_CHUNKS];

  engram_search_names_rank (self->names, ENGRAM_SCAN_CHUNKS, ranks);
  for (guint i = 0; i < ENGRAM_SCAN_CHUNKS; i++)
    {
      GArray *keys = self->chunks[i].keys;

      for (guint k = 0; keys != NULL && k < keys->len; k++)
        {
          guint64 *key = &g_array_index (keys, guint64, k);
          double rank = *key != ENGRAM_SEARCH_MISSING ? ranks[i][*key] : NAN;

          *key = engram_search_make_key (rank, self->search->sort.descending);
        }
      g_free (ranks[i]);
    }
}

/* The ranks of the texts become keys as numbers are. */
static gboolean
rank_texts (Collecting        *self,
            EngramSearchRows  *rows,
            EngramTextStart   *starts,
            GError           **error)
{
  const EngramSearch *search = self->search;

  if (!engram_search_rank_texts (self->key, engram_row_get_table (search->kind), search->scan, rows->rowids, starts,
                                 rows->n_rows, search->cancellable, error))
    return FALSE;
  rows->keys = g_new (guint64, rows->n_rows);
  for (gsize i = 0; i < rows->n_rows; i++)
    {
      double rank = starts[i].high != ENGRAM_SEARCH_MISSING ? (double) starts[i].high : NAN;

      rows->keys[i] = engram_search_make_key (rank, search->sort.descending);
    }
  return TRUE;
}

static gboolean
take_rows (Collecting        *self,
           EngramSearchRows  *rows,
           GError           **error)
{
  gpointer keys = NULL;
  gboolean done = TRUE;

  rows->n_rows = count_rows (self);
  if (rows->n_rows == 0)
    return TRUE;
  if (self->key->kind == ENGRAM_SEARCH_BY_NAME)
    rank_names (self);
  rows->rowids = g_new (gint64, rows->n_rows);
  if (self->has_keys)
    keys = g_malloc_n (rows->n_rows, get_key_size (self));
  if (self->has_scores)
    rows->scores = g_new (float, rows->n_rows);
  join_chunks (self, rows, keys);
  if (self->key->kind != ENGRAM_SEARCH_BY_TEXT)
    {
      rows->keys = keys;
      return TRUE;
    }
  done = rank_texts (self, rows, keys, error);
  g_free (keys);
  return done;
}

/* All neurons by their degrees, for which no table is read. */
static void
take_degrees (Collecting       *self,
              EngramSearchRows *rows)
{
  const EngramDegrees *degrees = self->degrees;

  rows->n_rows = degrees->n_neurons;
  rows->rowids = g_memdup2 (degrees->rowids, rows->n_rows * sizeof *rows->rowids);
  rows->keys = g_new (guint64, rows->n_rows);
  for (guint32 i = 0; i < degrees->n_neurons; i++)
    rows->keys[i] = engram_search_make_key (engram_degrees_get (degrees, i, self->degree),
                                            self->search->sort.descending);
}

static gboolean
find_rows (Collecting        *self,
           EngramSearchRows  *rows,
           GError           **error)
{
  const EngramSearch *search = self->search;
  g_autoptr (EngramFilter) filter = NULL;
  g_autofree char *columns = NULL;

  filter = engram_filter_new (search->searcher, search->kind, search->query, search->scan, search->cancellable, error);
  if (filter == NULL || !prepare (self, error))
    return FALSE;
  if (engram_filter_passes_all (filter))
    {
      if (self->degrees != NULL && self->degrees->is_whole)
        {
          take_degrees (self, rows);
          return TRUE;
        }
      self->rows_per_chunk = search->n_all / ENGRAM_SCAN_CHUNKS + 1;
    }
  columns = dup_columns (self);
  return engram_filter_scan (filter, columns, collect, self, search->cancellable, error) &&
         take_rows (self, rows, error);
}

static void
collecting_clear (Collecting *self)
{
  for (guint i = 0; i < ENGRAM_SCAN_CHUNKS; i++)
    {
      g_clear_pointer (&self->chunks[i].rowids, g_array_unref);
      g_clear_pointer (&self->chunks[i].keys, g_array_unref);
      g_clear_pointer (&self->chunks[i].scores, g_array_unref);
      engram_search_names_clear (&self->names[i]);
    }
  engram_similarity_clear (&self->similarity);
  g_clear_pointer (&self->degrees, engram_degrees_unref);
  g_clear_pointer (&self->network, engram_network_unref);
  g_clear_pointer (&self->values, engram_record_numbers_unref);
  g_clear_pointer (&self->ranks, g_free);
}

gboolean
engram_search_rows_find (EngramSearchRows    *self,
                         const EngramSearch  *search,
                         GError             **error)
{
  Collecting collecting = { .search = search };
  gboolean done;

  *self = (EngramSearchRows) { 0, NULL, NULL, NULL };
  done = find_rows (&collecting, self, error);
  collecting_clear (&collecting);
  if (!done)
    engram_search_rows_clear (self);
  return done;
}

void
engram_search_rows_clear (EngramSearchRows *self)
{
  g_clear_pointer (&self->rowids, g_free);
  g_clear_pointer (&self->keys, g_free);
  g_clear_pointer (&self->scores, g_free);
  self->n_rows = 0;
}
