/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "query/engram-degrees-private.h"

#include <string.h>

#include "model/engram-network-private.h"
#include "query/engram-search-radix-private.h"

/* Without an order asked for, SQLite gives the rows as the index has them, and sorts nothing. */
#define NEURONS_BY_ID "SELECT id, rowid FROM neurons INDEXED BY sqlite_autoindex_neurons_1"
#define SYNAPSES_BY_SOURCE "SELECT source_neuron_id FROM synapses INDEXED BY idx_synapses_source"
#define SYNAPSES_BY_TARGET "SELECT target_neuron_id FROM synapses INDEXED BY idx_synapses_target"

typedef struct {
  EngramDegrees   public;
  gatomicrefcount references;
} Degrees;

static Degrees *
degrees_new (guint32 n_neurons)
{
  Degrees *self = g_new0 (Degrees, 1);

  g_atomic_ref_count_init (&self->references);
  self->public.n_neurons = n_neurons;
  self->public.rowids = g_new (gint64, n_neurons);
  self->public.outgoing = g_new (guint32, n_neurons);
  self->public.incoming = g_new (guint32, n_neurons);
  return self;
}

EngramDegrees *
engram_degrees_new (EngramNetwork         *network,
                    const EngramRowCounts *counts)
{
  EngramDegrees *self = &degrees_new (network->n_neurons)->public;

  self->is_whole = network->n_neurons == counts->n_neurons;
  for (guint32 i = 0; i < network->n_neurons; i++)
    {
      self->rowids[i] = network->neuron_rowids[i];
      self->outgoing[i] = engram_network_count_outgoing (network, i);
      self->incoming[i] = engram_network_count_incoming (network, i);
    }
  return self;
}

EngramDegrees *
engram_degrees_ref (EngramDegrees *self)
{
  g_atomic_ref_count_inc (&((Degrees *) self)->references);
  return self;
}

void
engram_degrees_unref (EngramDegrees *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&((Degrees *) self)->references))
    return;

  g_free (self->rowids);
  g_free (self->outgoing);
  g_free (self->incoming);
  g_free (self);
}

guint32
engram_degrees_get (const EngramDegrees *self,
                    guint32              place,
                    EngramQueryField     field)
{
  guint32 degree = 0;

  if (field != ENGRAM_QUERY_IN)
    degree += self->outgoing[place];
  if (field != ENGRAM_QUERY_OUT)
    degree += self->incoming[place];
  return degree;
}

/* Counting */

typedef struct _Counting Counting;

/* The synapses by one of their ends, beside the neurons by their ids. */
typedef struct {
  Counting   *counting;
  const char *ends_sql;
  GArray     *rowids;  /* of the neurons, in the order of their ids */
  GArray     *counts;  /* of each */
  guint64     n_ends;
  GString    *last_id; /* of the neurons so far */
  gboolean    has_last_id;
  GError     *error;
} Side;

struct _Counting {
  EngramScan *scan;
  guint       n_workers;
  int         is_unfit; /* atomic: the indexes do not tell */
  Side        sides[2];
};

/* A text in an index: NULL after the last one. */
typedef struct {
  EngramStatement *statement;
  const char      *text;
  gsize            length;
} Cursor;

static int
compare (const char *text,
         gsize       length,
         const char *other,
         gsize       other_length)
{
  int order = memcmp (text, other, MIN (length, other_length));

  return order != 0 ? order : (length > other_length) - (length < other_length);
}

/* Ends that are NULL are passed over, as no neuron stands there. */
static gboolean
read_end (Side    *self,
          Cursor  *end,
          GError **error)
{
  sqlite3_stmt *row = engram_statement_get_handle (end->statement);
  int status;

  while ((status = engram_statement_step (end->statement, error)) > 0)
    {
      self->n_ends++;
      end->text = (const char *) sqlite3_column_text (row, 0);
      end->length = end->text != NULL ? (gsize) sqlite3_column_bytes (row, 0) : 0;
      if (end->text != NULL)
        return TRUE;
    }
  end->text = NULL;
  return status == 0;
}

/* Whether a text stands behind the neurons so far, as all must that come after them. */
static gboolean
is_behind (const Side *self,
           const char *text,
           gsize       length)
{
  return !self->has_last_id || compare (text, length, self->last_id->str, self->last_id->len) > 0;
}

/* Counts the ends that are a neuron's, and passes those over that are before it: there is no neuron at these, for they
 * stand between two ids that follow each other. */
static gboolean
count_ends (Side     *self,
            Cursor   *end,
            Cursor   *id,
            guint32  *count,
            GError  **error)
{
  int order;

  while (end->text != NULL && (order = compare (end->text, end->length, id->text, id->length)) <= 0)
    {
      if (order < 0 && !is_behind (self, end->text, end->length))
        {
          g_atomic_int_set (&self->counting->is_unfit, TRUE);
          return TRUE;
        }
      *count += order == 0;
      if (!read_end (self, end, error))
        return FALSE;
    }
  return TRUE;
}

/* A neuron without an id is at no end of anything. */
static gboolean
take_neuron (Side    *self,
             Cursor  *neuron,
             Cursor  *end,
             GError **error)
{
  sqlite3_stmt *row = engram_statement_get_handle (neuron->statement);
  gint64 rowid = sqlite3_column_int64 (row, 1);
  guint32 count = 0;

  neuron->text = (const char *) sqlite3_column_text (row, 0);
  neuron->length = neuron->text != NULL ? (gsize) sqlite3_column_bytes (row, 0) : 0;
  if (neuron->text != NULL)
    {
      /* Also where an id stands twice. */
      if (!is_behind (self, neuron->text, neuron->length))
        g_atomic_int_set (&self->counting->is_unfit, TRUE);
      if (!count_ends (self, end, neuron, &count, error))
        return FALSE;
      g_string_truncate (self->last_id, 0);
      g_string_append_len (self->last_id, neuron->text, neuron->length);
      self->has_last_id = TRUE;
    }
  g_array_append_val (self->rowids, rowid);
  g_array_append_val (self->counts, count);
  return TRUE;
}

static gboolean
is_unfit (const Side *self)
{
  return g_atomic_int_get (&self->counting->is_unfit);
}

static gboolean
read_side (Side          *self,
           EngramReader  *reader,
           GError       **error)
{
  g_autoptr (EngramStatement) neurons = engram_connection_prepare (reader, NEURONS_BY_ID, error);
  g_autoptr (EngramStatement) ends = NULL;
  Cursor neuron = { neurons, NULL, 0 };
  Cursor end;
  int status;

  if (neurons == NULL)
    return FALSE;
  ends = engram_connection_prepare (reader, self->ends_sql, error);
  if (ends == NULL)
    return FALSE;
  end = (Cursor) { ends, NULL, 0 };
  if (!read_end (self, &end, error))
    return FALSE;
  while ((status = engram_statement_step (neurons, error)) > 0 && !is_unfit (self))
    if (!take_neuron (self, &neuron, &end, error))
      return FALSE;
  while (status == 0 && end.text != NULL && !is_unfit (self))
    {
      if (!is_behind (self, end.text, end.length))
        g_atomic_int_set (&self->counting->is_unfit, TRUE);
      if (!read_end (self, &end, error))
        return FALSE;
    }
  return status >= 0;
}

static void
count_sides (guint    worker,
             gpointer data)
{
  Counting *counting = data;

  for (guint i = worker; i < G_N_ELEMENTS (counting->sides); i += counting->n_workers)
    if (!read_side (&counting->sides[i], counting->scan->readers[worker], &counting->sides[i].error))
      g_atomic_int_set (&counting->is_unfit, TRUE);
}

static void
counting_init (Counting   *self,
               EngramScan *scan)
{
  *self = (Counting) { scan, MIN (scan->n_readers, G_N_ELEMENTS (self->sides)), FALSE,
                       { { .ends_sql = SYNAPSES_BY_SOURCE }, { .ends_sql = SYNAPSES_BY_TARGET } } };
  for (guint i = 0; i < G_N_ELEMENTS (self->sides); i++)
    {
      Side *side = &self->sides[i];

      side->counting = self;
      side->rowids = g_array_new (FALSE, FALSE, sizeof (gint64));
      side->counts = g_array_new (FALSE, FALSE, sizeof (guint32));
      side->last_id = g_string_new (NULL);
    }
}

static void
counting_clear (Counting *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->sides); i++)
    {
      g_array_unref (self->sides[i].rowids);
      g_array_unref (self->sides[i].counts);
      g_string_free (self->sides[i].last_id, TRUE);
      g_clear_error (&self->sides[i].error);
    }
}

/* An index of another number of rows is damaged. */
static gboolean
are_whole (const Side            *sides,
           const EngramRowCounts *counts)
{
  return sides[0].n_ends == counts->n_synapses && sides[1].n_ends == counts->n_synapses &&
         sides[0].rowids->len == counts->n_neurons && sides[1].rowids->len == counts->n_neurons &&
         counts->n_neurons < ENGRAM_ID_TABLE_NONE - 1;
}

/* In the order of rows. */
static EngramDegrees *
take_sides (const Counting *self,
            GCancellable   *cancellable)
{
  const gint64 *rowids = (const gint64 *) self->sides[0].rowids->data;
  const guint32 *outgoing = (const guint32 *) self->sides[0].counts->data;
  const guint32 *incoming = (const guint32 *) self->sides[1].counts->data;
  guint32 n_neurons = self->sides[0].rowids->len;
  g_autofree guint32 *order = NULL;
  guint64 *keys = g_new (guint64, n_neurons);
  EngramDegrees *degrees;

  for (guint32 i = 0; i < n_neurons; i++)
    keys[i] = (guint64) rowids[i] ^ (G_GUINT64_CONSTANT (1) << 63);
  order = engram_search_radix_order (keys, n_neurons, cancellable);
  if (order == NULL)
    return NULL;
  degrees = &degrees_new (n_neurons)->public;
  degrees->is_whole = TRUE;
  for (guint32 i = 0; i < n_neurons; i++)
    {
      degrees->rowids[i] = rowids[order[i]];
      degrees->outgoing[i] = outgoing[order[i]];
      degrees->incoming[i] = incoming[order[i]];
    }
  return degrees;
}

EngramDegrees *
engram_degrees_count (EngramScan             *scan,
                      const EngramRowCounts  *counts,
                      GCancellable           *cancellable,
                      GError                **error)
{
  Counting counting;
  EngramDegrees *degrees = NULL;

  counting_init (&counting, scan);
  engram_search_work (counting.n_workers, count_sides, &counting);
  if (!g_atomic_int_get (&counting.is_unfit) && are_whole (counting.sides, counts))
    degrees = take_sides (&counting, cancellable);
  for (guint i = 0; i < G_N_ELEMENTS (counting.sides); i++)
    if (counting.sides[i].error != NULL && !g_cancellable_is_cancelled (cancellable))
      g_message ("The indexes do not tell how many synapses each neuron has: %s", counting.sides[i].error->message);
  counting_clear (&counting);
  if (degrees == NULL)
    g_cancellable_set_error_if_cancelled (cancellable, error);
  return degrees;
}
