/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "query/engram-figures.h"

#include <math.h>

#include "model/engram-network-private.h"
#include "query/engram-histogram-private.h"
#include "query/engram-name-counts-private.h"
#include "query/engram-row-test-private.h"
#include "query/engram-searcher-private.h"

#define MAX_TAGS 50

#define BIT(column) ENGRAM_ROW_BIT (ENGRAM_ROW_##column)
#define NEURON_COLUMNS (BIT (TYPE) | BIT (TAGS) | BIT (ACTIVATION) | BIT (FIELDS) | BIT (X) | BIT (Y) | BIT (Z) | \
                        BIT (VECTOR_BYTES))
#define SYNAPSE_COLUMNS (BIT (TYPE) | BIT (WEIGHT) | BIT (USAGE))

/* How many rows lie between two looks at the cancellable. */
#define ROWS_BETWEEN_LOOKS 256

/* What was counted in a chunk of rows: one each, so that sums do not depend on which thread was quicker. */
typedef struct {
  EngramSelectionFigures  figures;
  EngramNameCounts       *types;
  EngramNameCounts       *tags;
  double                  position_sum[3];
  guint64                 n_placed;
} Chunk;

typedef struct {
  EngramScan       scan;
  EngramNetwork   *network;
  EngramDegrees   *degrees;
  guint8          *marks;  /* of each neuron in @network: whether it is selected */
  EngramRowSet    *rows;   /* what is selected of the table that is read */
  EngramRowLayout  layout;
  void           (*count_row) (gpointer, Chunk *, EngramRow *);
  GCancellable    *cancellable;
  Chunk            chunks[ENGRAM_SCAN_CHUNKS];
} Count;

static void
begin_histograms (EngramSelectionFigures *figures)
{
  engram_histogram_begin (&figures->activation, 0, 1);
  engram_histogram_begin (&figures->importance, 0, 1);
  engram_histogram_begin_counts (&figures->degree);
  engram_histogram_begin (&figures->weight, -1, 1);
  engram_histogram_begin_counts (&figures->usage);
  for (int axis = 0; axis < 3; axis++)
    figures->position_low[axis] = figures->position_high[axis] = figures->position_mean[axis] = NAN;
}

static void
chunk_begin (Chunk *self)
{
  self->types = engram_name_counts_new ();
  self->tags = engram_name_counts_new ();
  begin_histograms (&self->figures);
}

static void
chunk_clear (Chunk *self)
{
  g_clear_pointer (&self->types, engram_name_counts_free);
  g_clear_pointer (&self->tags, engram_name_counts_free);
}

static void
count_clear (Count *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->chunks); i++)
    chunk_clear (&self->chunks[i]);
  g_clear_pointer (&self->network, engram_network_unref);
  g_clear_pointer (&self->degrees, engram_degrees_unref);
  g_clear_pointer (&self->marks, g_free);
  engram_scan_end (&self->scan);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Count, count_clear)

/* Rows */

/* A neuron lies somewhere where all three numbers say so. fmin() and fmax() pass over what is NaN. */
static void
count_position (Chunk           *self,
                const EngramRow *row)
{
  EngramSelectionFigures *figures = &self->figures;
  double place[3];

  for (int axis = 0; axis < 3; axis++)
    place[axis] = engram_row_get_number (row, ENGRAM_ROW_X + axis);
  if (!isfinite (place[0]) || !isfinite (place[1]) || !isfinite (place[2]))
    return;
  for (int axis = 0; axis < 3; axis++)
    {
      figures->position_low[axis] = fmin (figures->position_low[axis], place[axis]);
      figures->position_high[axis] = fmax (figures->position_high[axis], place[axis]);
      self->position_sum[axis] += place[axis];
    }
  self->n_placed++;
}

static void
count_neuron (gpointer   data,
              Chunk     *self,
              EngramRow *row)
{
  Count *count = data;
  EngramSelectionFigures *figures = &self->figures;
  guint32 neuron = engram_row_find_neuron (row, count->network);
  guint32 degree = engram_row_get_degree (row, count->degrees, ENGRAM_QUERY_DEGREE);
  gsize length;
  const char *fields = engram_row_get_text (row, ENGRAM_ROW_FIELDS, &length);

  if (neuron != ENGRAM_ID_TABLE_NONE)
    count->marks[neuron] = TRUE;
  engram_name_counts_add_type (self->types, row, 1);
  engram_name_counts_add_tags (self->tags, row, figures->n_neurons);
  count_position (self, row);
  engram_histogram_add (&figures->activation, engram_row_get_number (row, ENGRAM_ROW_ACTIVATION));
  engram_histogram_add (&figures->importance,
                        fields != NULL ? engram_row_parse_member (fields, length, "importance") : NAN);
  engram_histogram_reach (&figures->degree, degree);
  engram_histogram_add (&figures->degree, degree);
  figures->n_without_vector += !(engram_row_get_number (row, ENGRAM_ROW_VECTOR_BYTES) > 0);
  figures->n_neurons++;
}

static void
count_synapse (gpointer   data,
               Chunk     *self,
               EngramRow *row)
{
  EngramSelectionFigures *figures = &self->figures;
  double weight = engram_row_get_number (row, ENGRAM_ROW_WEIGHT);
  double usage = engram_row_get_number (row, ENGRAM_ROW_USAGE);

  engram_name_counts_add_type (self->types, row, 1);
  engram_histogram_add (&figures->weight, weight);
  figures->weight_sum += isfinite (weight) ? weight : 0;
  engram_histogram_reach (&figures->usage, usage);
  engram_histogram_add (&figures->usage, usage);
  figures->n_synapses++;
}

/* Where the first selected row stands that is not below @rowid. */
static gsize
find_place (EngramRowSet *rows,
            gint64        rowid)
{
  gsize low = 0;
  gsize high = engram_row_set_get_size (rows);

  while (low < high)
    {
      gsize middle = low + (high - low) / 2;

      if (engram_row_set_get (rows, middle) < rowid)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* The last of the rowids from the one at *@place on that follow each other without a gap, up to @last; @place moves
 * behind it. */
static gint64
find_run (EngramRowSet *rows,
          gsize        *place,
          gint64        last)
{
  gint64 end = engram_row_set_get (rows, (*place)++);

  while (end < last && *place < engram_row_set_get_size (rows) && engram_row_set_get (rows, *place) == end + 1)
    {
      (*place)++;
      end++;
    }
  return end;
}

static gboolean
count_run (Count            *count,
           Chunk            *chunk,
           EngramStatement  *statement,
           EngramRow        *row,
           GError          **error)
{
  guint n_rows = 0;
  int status;

  while ((status = engram_statement_step (statement, error)) > 0)
    {
      if (++n_rows % ROWS_BETWEEN_LOOKS == 0 && g_cancellable_set_error_if_cancelled (count->cancellable, error))
        return FALSE;
      row->rowid = sqlite3_column_int64 (row->statement, 0);
      count->count_row (count, chunk, row);
    }
  sqlite3_reset (row->statement);
  return status == 0;
}

static gboolean
count_chunk (EngramReader  *reader,
             gint64         first,
             gint64         last,
             guint          number,
             gpointer       data,
             GError       **error)
{
  Count *count = data;
  g_autofree char *columns = engram_row_layout_dup_columns (&count->layout, NULL);
  g_autoptr (EngramStatement) statement = NULL;
  EngramRow row = { .layout = &count->layout };
  gsize size = engram_row_set_get_size (count->rows);
  gsize place = find_place (count->rows, first);

  statement = engram_scan_prepare (reader, columns, engram_row_get_table (count->layout.kind), first, last, error);
  if (statement == NULL)
    return FALSE;
  row.statement = engram_statement_get_handle (statement);
  for (guint64 n_runs = 1; place < size && engram_row_set_get (count->rows, place) <= last; n_runs++)
    {
      gint64 start = engram_row_set_get (count->rows, place);

      if (n_runs % ROWS_BETWEEN_LOOKS == 0 && g_cancellable_set_error_if_cancelled (count->cancellable, error))
        return FALSE;
      engram_statement_bind_int64 (statement, 1, start);
      engram_statement_bind_int64 (statement, 2, find_run (count->rows, &place, last));
      if (!count_run (count, &count->chunks[number], statement, &row, error))
        return FALSE;
    }
  return TRUE;
}

/* Putting together what the chunks have */

static void
merge_positions (EngramSelectionFigures *self,
                 Chunk                  *sum,
                 const Chunk            *chunk)
{
  for (int axis = 0; axis < 3; axis++)
    {
      self->position_low[axis] = fmin (self->position_low[axis], chunk->figures.position_low[axis]);
      self->position_high[axis] = fmax (self->position_high[axis], chunk->figures.position_high[axis]);
      if (chunk != sum)
        sum->position_sum[axis] += chunk->position_sum[axis];
    }
  if (chunk != sum)
    sum->n_placed += chunk->n_placed;
}

static void
merge_chunk (EngramSelectionFigures *self,
             Chunk                  *sum,
             Chunk                  *chunk)
{
  self->n_neurons += chunk->figures.n_neurons;
  self->n_without_vector += chunk->figures.n_without_vector;
  self->n_synapses += chunk->figures.n_synapses;
  self->weight_sum += chunk->figures.weight_sum;
  engram_histogram_merge (&self->activation, &chunk->figures.activation);
  engram_histogram_merge (&self->importance, &chunk->figures.importance);
  engram_histogram_merge (&self->weight, &chunk->figures.weight);
  engram_histogram_merge_reached (&self->degree, &chunk->figures.degree);
  engram_histogram_merge_reached (&self->usage, &chunk->figures.usage);
  merge_positions (self, sum, chunk);
  if (chunk == sum)
    return;
  engram_name_counts_merge (sum->types, chunk->types);
  engram_name_counts_merge (sum->tags, chunk->tags);
}

/* Reads the selected rows of one table, and gives what was counted. */
static gboolean
count_table (Count                   *count,
             EngramRecordKind         kind,
             EngramRowSet            *rows,
             EngramSelectionFigures  *self,
             Chunk                  **sum,
             GError                 **error)
{
  gboolean has_fields = engram_connection_neurons_have_fields (count->scan.readers[0]);

  for (guint i = 0; i < G_N_ELEMENTS (count->chunks); i++)
    {
      chunk_clear (&count->chunks[i]);
      count->chunks[i] = (Chunk) { .types = NULL };
      chunk_begin (&count->chunks[i]);
    }
  count->rows = rows;
  count->count_row = kind == ENGRAM_RECORD_NEURON ? count_neuron : count_synapse;
  engram_row_layout_init (&count->layout, kind, has_fields,
                          kind == ENGRAM_RECORD_NEURON ? NEURON_COLUMNS : SYNAPSE_COLUMNS);
  if (engram_row_set_get_size (rows) > 0 &&
      !engram_scan_table (&count->scan, engram_row_get_table (kind), count_chunk, count, NULL, 0, 1, NULL, NULL, error))
    return FALSE;
  *sum = &count->chunks[0];
  for (guint i = 0; i < G_N_ELEMENTS (count->chunks); i++)
    merge_chunk (self, *sum, &count->chunks[i]);
  return TRUE;
}

static gboolean
count_neurons (Count                   *count,
               EngramRowSet            *rows,
               EngramSelectionFigures  *self,
               GError                 **error)
{
  Chunk *sum;

  if (!count_table (count, ENGRAM_RECORD_NEURON, rows, self, &sum, error))
    return FALSE;
  self->types = engram_name_counts_list (sum->types, G_MAXUINT, NULL);
  self->tags = engram_name_counts_list (sum->tags, MAX_TAGS, NULL);
  for (int axis = 0; axis < 3 && sum->n_placed > 0; axis++)
    self->position_mean[axis] = sum->position_sum[axis] / sum->n_placed;
  return TRUE;
}

static gboolean
count_synapses (Count                   *count,
                EngramRowSet            *rows,
                EngramSelectionFigures  *self,
                GError                 **error)
{
  Chunk *sum;

  if (!count_table (count, ENGRAM_RECORD_SYNAPSE, rows, self, &sum, error))
    return FALSE;
  self->synapse_types = engram_name_counts_list (sum->types, G_MAXUINT, NULL);
  return TRUE;
}

/* Synapses between neurons that were marked, and from or to one of them. */
static void
count_ends (const Count            *count,
            guint32                 neuron,
            EngramSelectionFigures *self)
{
  const EngramNetwork *network = count->network;

  for (guint32 i = network->out_offsets[neuron]; i < network->out_offsets[neuron + 1]; i++)
    {
      gboolean is_inner = count->marks[network->targets[network->out_synapses[i]]];

      self->n_inner += is_inner;
      self->n_outer += !is_inner;
    }
  for (guint32 i = network->in_offsets[neuron]; i < network->in_offsets[neuron + 1]; i++)
    self->n_outer += !count->marks[network->sources[network->in_synapses[i]]];
}

static gboolean
count_all_ends (const Count             *count,
                EngramSelectionFigures  *self,
                GError                 **error)
{
  for (guint32 i = 0; i < count->network->n_neurons; i++)
    {
      if (i % ROWS_BETWEEN_LOOKS == 0 && g_cancellable_set_error_if_cancelled (count->cancellable, error))
        return FALSE;
      if (count->marks[i])
        count_ends (count, i, self);
    }
  return TRUE;
}

EngramSelectionFigures *
engram_selection_figures_compute (EngramSearcher  *searcher,
                                  EngramRowSet    *neurons,
                                  EngramRowSet    *synapses,
                                  GCancellable    *cancellable,
                                  GError         **error)
{
  g_autoptr (EngramSelectionFigures) self = g_new0 (EngramSelectionFigures, 1);
  g_auto (Count) count = { { { NULL }, 0 } };

  g_return_val_if_fail (ENGRAM_IS_SEARCHER (searcher), NULL);
  g_return_val_if_fail (neurons != NULL && synapses != NULL, NULL);

  begin_histograms (self);
  count.cancellable = cancellable;
  if (!engram_scan_begin (&count.scan, engram_searcher_get_database (searcher), cancellable, error))
    return NULL;
  count.network = engram_searcher_get_network_for (searcher, count.scan.readers[0], cancellable, error);
  if (count.network == NULL)
    return NULL;
  count.degrees = engram_searcher_get_degrees_for (searcher, &count.scan, cancellable, error);
  if (count.degrees == NULL)
    return NULL;
  count.marks = g_new0 (guint8, count.network->n_neurons);
  if (!count_neurons (&count, neurons, self, error) || !count_synapses (&count, synapses, self, error) ||
      !count_all_ends (&count, self, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
engram_selection_figures_free (EngramSelectionFigures *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->types, g_ptr_array_unref);
  g_clear_pointer (&self->tags, g_ptr_array_unref);
  g_clear_pointer (&self->synapse_types, g_ptr_array_unref);
  g_free (self);
}
