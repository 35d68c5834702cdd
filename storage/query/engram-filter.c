/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "query/engram-filter-private.h"

#include "model/engram-id-table-private.h"
#include "model/engram-network-private.h"
#include "query/engram-filter-terms-private.h"

/* Rows between two looks at the cancellable; SQLite has its own while it looks for the next row. What is in memory goes
 * quicker. */
#define ROWS_BETWEEN_LOOKS 256
#define ENTRIES_BETWEEN_LOOKS (64 * 1024)

/* Where at least one row in so many is a candidate, reading all of them in a row is quicker than each by itself. */
#define DENSE 4

struct _EngramFilter {
  EngramScan    *scan;
  EngramRowTest  test;
  EngramRowSet  *candidates; /* borrowed from a term: no other row passes; NULL for all rows */
};

void
engram_filter_free (EngramFilter *self)
{
  if (self == NULL)
    return;
  engram_row_test_clear (&self->test);
  g_free (self);
}

gboolean
engram_filter_passes_all (const EngramFilter *self)
{
  return self->test.terms->len == 0;
}

EngramRowTest *
engram_filter_get_test (EngramFilter *self)
{
  return &self->test;
}

/* Making */

/* The rows of the term that leaves the fewest. */
static EngramRowSet *
choose_candidates (GArray *terms)
{
  EngramRowSet *least = NULL;

  for (guint i = 0; i < terms->len; i++)
    {
      const EngramRowTerm *term = &g_array_index (terms, EngramRowTerm, i);

      if (term->rows != NULL && !term->negated &&
          (least == NULL || engram_row_set_get_size (term->rows) < engram_row_set_get_size (least)))
        least = term->rows;
    }
  return least;
}

static void
finish_filter (EngramFilter *self)
{
  engram_row_test_finish (&self->test, 0);
  self->candidates = choose_candidates (self->test.terms);
}

static gboolean
has_foreign_terms (EngramQuery      *query,
                   EngramRecordKind  kind)
{
  gsize n_terms = 0;
  const EngramQueryTerm *terms = query != NULL ? engram_query_get_terms (query, &n_terms) : NULL;

  for (gsize i = 0; i < n_terms; i++)
    if (!engram_row_field_is_own (terms[i].field, kind))
      return TRUE;
  return FALSE;
}

/* A filter of the terms that look at records of @kind themselves; with @at_other_end, just of those that look at no
 * other kind. */
static EngramFilter *
make_filter (const EngramFilterContext  *context,
             EngramRecordKind            kind,
             EngramQuery                *query,
             gboolean                    at_other_end,
             GError                    **error)
{
  EngramRecordKind other = kind == ENGRAM_RECORD_NEURON ? ENGRAM_RECORD_SYNAPSE : ENGRAM_RECORD_NEURON;
  g_autoptr (EngramFilter) self = g_new0 (EngramFilter, 1);
  gsize n_terms = 0;
  const EngramQueryTerm *terms = query != NULL ? engram_query_get_terms (query, &n_terms) : NULL;

  self->scan = context->scan;
  engram_row_test_init (&self->test, kind, engram_connection_neurons_have_fields (context->scan->readers[0]), query);
  for (gsize i = 0; i < n_terms; i++)
    if (engram_row_field_is_own (terms[i].field, kind) &&
        !(at_other_end && engram_row_field_is_own (terms[i].field, other)) &&
        !engram_filter_look_up (context, kind, engram_row_test_add (&self->test, &terms[i]), error))
      return NULL;
  finish_filter (self);
  return g_steal_pointer (&self);
}

/* What is asked of the other end */

typedef struct {
  EngramNetwork *network;
  guint8        *marks;
  EngramRow      rows[ENGRAM_SCAN_CHUNKS];
} Marking;

/* Several threads may mark the same neuron. */
static void
mark (Marking *marking,
      guint32  neuron)
{
  __atomic_store_n (&marking->marks[neuron], 1, __ATOMIC_RELAXED);
}

static gboolean
mark_neuron (guint          chunk,
             gint64         rowid,
             sqlite3_stmt  *row,
             int            column,
             gpointer       data,
             GError       **error)
{
  Marking *marking = data;
  guint32 neuron;

  marking->rows[chunk].rowid = rowid;
  neuron = engram_row_find_neuron (&marking->rows[chunk], marking->network);
  if (neuron != ENGRAM_ID_TABLE_NONE)
    mark (marking, neuron);
  return TRUE;
}

static gboolean
mark_ends (guint          chunk,
           gint64         rowid,
           sqlite3_stmt  *row,
           int            column,
           gpointer       data,
           GError       **error)
{
  Marking *marking = data;

  for (int end = 0; end < 2; end++)
    {
      const char *id = (const char *) sqlite3_column_text (row, column + end);
      guint32 neuron;

      if (id != NULL && engram_network_find_neuron (marking->network, id, &neuron))
        mark (marking, neuron);
    }
  return TRUE;
}

static gboolean
weight_passes (const EngramRowTest *test,
               double               weight)
{
  for (guint i = 0; i < test->terms->len; i++)
    {
      const EngramRowTerm *term = &g_array_index (test->terms, EngramRowTerm, i);

      if (engram_range_contains (&term->term->range, weight) == term->negated)
        return FALSE;
    }
  return TRUE;
}

static gboolean
looks_at_weights_only (const EngramRowTest *test)
{
  for (guint i = 0; i < test->terms->len; i++)
    if (g_array_index (test->terms, EngramRowTerm, i).field != ENGRAM_QUERY_WEIGHT)
      return FALSE;
  return TRUE;
}

static gboolean
is_cancelled_at (GCancellable  *cancellable,
                 guint64        entry,
                 GError       **error)
{
  return entry % ENTRIES_BETWEEN_LOOKS == 0 && g_cancellable_set_error_if_cancelled (cancellable, error);
}

/* The columns of the network hold all weights. */
static gboolean
mark_by_weights (const EngramRowTest  *test,
                 Marking              *marking,
                 GCancellable         *cancellable,
                 GError              **error)
{
  const EngramNetwork *network = marking->network;
  const EngramDanglingSynapse *dangling = engram_network_get_dangling (marking->network);

  for (guint32 i = 0; i < network->n_synapses; i++)
    {
      if (is_cancelled_at (cancellable, i, error))
        return FALSE;
      if (weight_passes (test, network->weights[i]))
        marking->marks[network->sources[i]] = marking->marks[network->targets[i]] = 1;
    }
  for (guint64 i = 0; i < network->n_dangling; i++)
    {
      if (is_cancelled_at (cancellable, i, error))
        return FALSE;
      if (!weight_passes (test, dangling[i].weight))
        continue;
      if (dangling[i].source != ENGRAM_ID_TABLE_NONE)
        marking->marks[dangling[i].source] = 1;
      if (dangling[i].target != ENGRAM_ID_TABLE_NONE)
        marking->marks[dangling[i].target] = 1;
    }
  return TRUE;
}

static gboolean
set_bit (guint          chunk,
         gint64         rowid,
         sqlite3_stmt  *row,
         int            column,
         gpointer       data,
         GError       **error)
{
  engram_row_bits_set (data, rowid);
  return TRUE;
}

/* The columns of the network know the ends of all synapses that have both, which saves looking ids up. */
static gboolean
mark_ends_of_rows (EngramFilter   *synapses,
                   EngramRowBits  *bits,
                   Marking        *marking,
                   GCancellable   *cancellable,
                   GError        **error)
{
  const EngramNetwork *network = marking->network;

  if (!engram_filter_scan (synapses, NULL, set_bit, bits, cancellable, error))
    return FALSE;
  for (guint32 i = 0; i < network->n_synapses; i++)
    {
      if (is_cancelled_at (cancellable, i, error))
        return FALSE;
      if (engram_row_bits_contains (bits, network->synapse_rowids[i]))
        marking->marks[network->sources[i]] = marking->marks[network->targets[i]] = 1;
    }
  return TRUE;
}

/* A bit for each synapse; NULL where the columns of the network do not hold all of them. */
static EngramRowBits *
make_bits (const EngramNetwork *network)
{
  return network->n_dangling == 0 ? engram_row_bits_new (network->synapse_rowids, network->n_synapses) : NULL;
}

static gboolean
mark_other_ends (EngramFilter  *others,
                 Marking       *marking,
                 GCancellable  *cancellable,
                 GError       **error)
{
  g_autoptr (EngramRowBits) bits = NULL;

  if (others->test.layout.kind == ENGRAM_RECORD_NEURON)
    return engram_filter_scan (others, NULL, mark_neuron, marking, cancellable, error);
  if (looks_at_weights_only (&others->test))
    return mark_by_weights (&others->test, marking, cancellable, error);
  bits = others->candidates == NULL ? make_bits (marking->network) : NULL;
  if (bits != NULL)
    return mark_ends_of_rows (others, bits, marking, cancellable, error);
  return engram_filter_scan (others, "source_neuron_id, target_neuron_id", mark_ends, marking, cancellable, error);
}

/* The synapses that have a marked neuron at one of their ends. */
static gboolean
fill_bits (EngramRowBits  *bits,
           const Marking  *marking,
           GCancellable   *cancellable,
           GError        **error)
{
  const EngramNetwork *network = marking->network;

  for (guint32 i = 0; i < network->n_synapses; i++)
    {
      if (is_cancelled_at (cancellable, i, error))
        return FALSE;
      if (marking->marks[network->sources[i]] || marking->marks[network->targets[i]])
        engram_row_bits_set (bits, network->synapse_rowids[i]);
    }
  return TRUE;
}

/* Takes the marks of @marking. */
static gboolean
take_marks (EngramFilter  *self,
            Marking       *marking,
            GCancellable  *cancellable,
            GError       **error)
{
  g_autofree guint8 *marks = marking->marks;
  g_autoptr (EngramRowBits) bits = NULL;

  if (self->test.layout.kind == ENGRAM_RECORD_SYNAPSE)
    bits = make_bits (marking->network);
  if (bits == NULL)
    engram_row_test_add_marks (&self->test, marking->network, g_steal_pointer (&marks));
  else if (fill_bits (bits, marking, cancellable, error))
    engram_row_test_add_bits (&self->test, g_steal_pointer (&bits));
  else
    return FALSE;
  finish_filter (self);
  return TRUE;
}

static gboolean
add_other_ends (const EngramFilterContext  *context,
                EngramFilter               *self,
                EngramQuery                *query,
                GError                    **error)
{
  EngramRecordKind kind = self->test.layout.kind;
  EngramRecordKind other = kind == ENGRAM_RECORD_NEURON ? ENGRAM_RECORD_SYNAPSE : ENGRAM_RECORD_NEURON;
  g_autoptr (EngramFilter) others = make_filter (context, other, query, TRUE, error);
  g_autoptr (EngramNetwork) network = NULL;
  Marking marking = { NULL };

  if (others == NULL)
    return FALSE;
  network = engram_searcher_get_network_for (context->searcher, context->scan->readers[0], context->cancellable, error);
  if (network == NULL)
    return FALSE;
  marking.network = network;
  marking.marks = g_new0 (guint8, (gsize) network->n_neurons + 1);
  if (mark_other_ends (others, &marking, context->cancellable, error))
    return take_marks (self, &marking, context->cancellable, error);
  g_free (marking.marks);
  return FALSE;
}

EngramFilter *
engram_filter_new (EngramSearcher    *searcher,
                   EngramRecordKind   kind,
                   EngramQuery       *query,
                   EngramScan        *scan,
                   GCancellable      *cancellable,
                   GError           **error)
{
  EngramFilterContext context = { searcher, scan, cancellable };
  g_autoptr (EngramFilter) self = make_filter (&context, kind, query, FALSE, error);

  if (self == NULL || (has_foreign_terms (query, kind) && !add_other_ends (&context, self, query, error)))
    return NULL;
  return g_steal_pointer (&self);
}

EngramFilter *
engram_filter_new_marked (EngramSearcher    *searcher,
                          EngramRecordKind   kind,
                          EngramQuery       *query,
                          EngramScan        *scan,
                          EngramNetwork     *network,
                          guint8            *marks,
                          GCancellable      *cancellable,
                          GError           **error)
{
  EngramFilterContext context = { searcher, scan, cancellable };
  g_autofree guint8 *taken = marks;
  g_autoptr (EngramFilter) self = make_filter (&context, kind, query, FALSE, error);
  Marking marking = { network };

  if (self == NULL)
    return NULL;
  if (!has_foreign_terms (query, kind))
    return g_steal_pointer (&self);
  marking.marks = g_steal_pointer (&taken);
  return take_marks (self, &marking, cancellable, error) ? g_steal_pointer (&self) : NULL;
}

/* Scanning */

typedef struct {
  EngramFilter     *self;
  const char       *columns; /* of the layout, and those that were asked for */
  EngramFilterFunc  func;
  gpointer          data;
  GCancellable     *cancellable;
} Scan;

/* Where a chunk is: its row, and how many have been looked at. */
typedef struct {
  EngramRow row;
  guint     chunk;
  guint64   n_rows;
} Place;

static gboolean
look_at_row (const Scan  *scan,
             Place       *place,
             GError     **error)
{
  const EngramRowTest *test = &scan->self->test;

  if (++place->n_rows % ROWS_BETWEEN_LOOKS == 0 && g_cancellable_set_error_if_cancelled (scan->cancellable, error))
    return FALSE;
  return !engram_row_test_passes (test, &place->row) ||
         scan->func (place->chunk, place->row.rowid, place->row.statement, test->layout.n_columns, scan->data, error);
}

static gboolean
scan_rows (const Scan    *scan,
           EngramReader  *reader,
           gint64         first,
           gint64         last,
           Place         *place,
           GError       **error)
{
  const char *table = engram_row_get_table (scan->self->test.layout.kind);
  g_autoptr (EngramStatement) statement = engram_scan_prepare (reader, scan->columns, table, first, last, error);
  int status;

  if (statement == NULL)
    return FALSE;
  place->row.statement = engram_statement_get_handle (statement);
  while ((status = engram_statement_step (statement, error)) > 0)
    {
      place->row.rowid = sqlite3_column_int64 (place->row.statement, 0);
      if (!look_at_row (scan, place, error))
        return FALSE;
    }
  return status == 0;
}

/* The first of the candidates that is not below @rowid. */
static gsize
find_candidate (const EngramRowSet *candidates,
                gint64              rowid)
{
  gsize low = 0, high = engram_row_set_get_size (candidates);

  while (low < high)
    {
      gsize middle = low + (high - low) / 2;

      if (engram_row_set_get (candidates, middle) < rowid)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* Reads the rows of candidates from one place in their set to before another, each by itself. */
static gboolean
read_candidates (const Scan    *scan,
                 EngramReader  *reader,
                 gsize          from,
                 gsize          to,
                 Place         *place,
                 GError       **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT %s FROM %s WHERE rowid = ?", scan->columns,
                                          engram_row_get_table (scan->self->test.layout.kind));
  g_autoptr (EngramStatement) statement = engram_connection_prepare (reader, sql, error);

  if (statement == NULL)
    return FALSE;
  place->row.statement = engram_statement_get_handle (statement);
  for (gsize i = from; i < to; i++)
    {
      int status;

      place->row.rowid = engram_row_set_get (scan->self->candidates, i);
      engram_statement_bind_int64 (statement, 1, place->row.rowid);
      status = engram_statement_step (statement, error);
      if (status < 0 || (status > 0 && !look_at_row (scan, place, error)))
        return FALSE;
      sqlite3_reset (place->row.statement);
    }
  return TRUE;
}

static gboolean
scan_chunk (EngramReader  *reader,
            gint64         first,
            gint64         last,
            guint          chunk,
            gpointer       data,
            GError       **error)
{
  const Scan *scan = data;
  const EngramRowSet *candidates = scan->self->candidates;
  Place place = { { .layout = &scan->self->test.layout }, chunk, 0 };
  gsize from, to;

  if (candidates == NULL)
    return scan_rows (scan, reader, first, last, &place, error);

  from = find_candidate (candidates, first);
  to = last == G_MAXINT64 ? engram_row_set_get_size (candidates) : find_candidate (candidates, last + 1);
  if (from == to)
    return TRUE;
  if (((guint64) last - (guint64) first) / DENSE < to - from)
    return scan_rows (scan, reader, first, last, &place, error);
  return read_candidates (scan, reader, from, to, &place, error);
}

/* Nothing needs to be read where the candidates are rows of the table and the terms look at no column. */
static gboolean
pass_candidates (const Scan  *scan,
                 GError     **error)
{
  Place place = { { .layout = &scan->self->test.layout }, 0, 0 };

  for (gsize i = 0; i < engram_row_set_get_size (scan->self->candidates); i++)
    {
      place.row.rowid = engram_row_set_get (scan->self->candidates, i);
      if (!look_at_row (scan, &place, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
engram_filter_scan (EngramFilter      *self,
                    const char        *columns,
                    EngramFilterFunc   func,
                    gpointer           data,
                    GCancellable      *cancellable,
                    GError           **error)
{
  g_autofree char *all_columns = engram_row_layout_dup_columns (&self->test.layout, columns);
  Scan scan = { self, all_columns, func, data, cancellable };

  if (self->candidates != NULL && columns == NULL && self->test.layout.mask == 0)
    return pass_candidates (&scan, error);
  return engram_scan_table (self->scan, engram_row_get_table (self->test.layout.kind), scan_chunk, &scan, NULL, 0, 1,
                            NULL, NULL, error);
}
