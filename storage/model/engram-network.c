/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "model/engram-network-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "model/engram-id-table-private.h"
#include "model/engram-strength-order-private.h"

#define MAX_TYPES G_MAXUINT16

/* How much of the work reading the neurons is; ordering comes last. */
#define NEURONS_DONE 0.35
#define SYNAPSES_DONE 0.9

#define ROWS_AT_ONCE 64

typedef struct {
  EngramNetwork   public;
  EngramIdTable  *ids;
  GArray         *dangling; /* of EngramDanglingSynapse */
  guint32        *n_dangling_out; /* of each neuron; NULL where nothing dangles */
  guint32        *n_dangling_in;
  gatomicrefcount references;
} Network;

typedef struct {
  gint64  rowid;
  float   position[3];
  float   activation;
  guint16 type; /* place in the chunk's names */
} NeuronRow;

/* Stands for the length of an id that is NULL. */
#define NO_ID G_MAXUINT32

/* Ids lie one after the other, as text, in the order of rows: most have the length of a UUID. */
typedef struct {
  GArray    *rows;
  GString   *ids;
  GArray    *id_lengths;
  GPtrArray *type_names;
} NeuronChunk;

typedef struct {
  GArray *rows;     /* EngramStrengthRow */
  GArray *dangling; /* EngramDanglingSynapse */
} SynapseChunk;

typedef struct {
  Network      *network;
  NeuronChunk   neurons[ENGRAM_SCAN_CHUNKS];
  SynapseChunk  synapses[ENGRAM_SCAN_CHUNKS];
} Loader;

G_DEFINE_BOXED_TYPE (EngramNetwork, engram_network, engram_network_ref, engram_network_unref)

static void
loader_clear (Loader *self)
{
  for (guint i = 0; i < ENGRAM_SCAN_CHUNKS; i++)
    {
      g_clear_pointer (&self->neurons[i].rows, g_array_unref);
      g_clear_pointer (&self->neurons[i].id_lengths, g_array_unref);
      g_clear_pointer (&self->neurons[i].type_names, g_ptr_array_unref);
      if (self->neurons[i].ids != NULL)
        g_string_free (g_steal_pointer (&self->neurons[i].ids), TRUE);
      g_clear_pointer (&self->synapses[i].rows, g_array_unref);
      g_clear_pointer (&self->synapses[i].dangling, g_array_unref);
    }
}

static double
read_number (sqlite3_stmt *row,
             int           column)
{
  int type = sqlite3_column_type (row, column);

  return type == SQLITE_FLOAT || type == SQLITE_INTEGER ? sqlite3_column_double (row, column) : NAN;
}

static gboolean
find_type (NeuronChunk   *chunk,
           const char    *name,
           guint16       *type,
           GError       **error)
{
  for (guint i = 0; i < chunk->type_names->len; i++)
    if (g_str_equal (g_ptr_array_index (chunk->type_names, i), name))
      {
        *type = i;
        return TRUE;
      }
  if (chunk->type_names->len == MAX_TYPES)
    {
      g_set_error_literal (error, ENGRAM_ERROR, ENGRAM_ERROR_DAMAGED,
                           _("The network has more types of neurons than can be told apart."));
      return FALSE;
    }
  *type = chunk->type_names->len;
  g_ptr_array_add (chunk->type_names, g_strdup (name));
  return TRUE;
}

static gboolean
read_neurons (EngramReader  *reader,
              gint64         first,
              gint64         last,
              guint          number,
              gpointer       data,
              GError       **error)
{
  NeuronChunk *chunk = &((Loader *) data)->neurons[number];
  g_autoptr (EngramStatement) statement = NULL;
  int status;

  statement = engram_scan_prepare (reader, "rowid, id, position_x, position_y, position_z, neuron_type, activation_level",
                                   "neurons", first, last, error);
  if (statement == NULL)
    return FALSE;
  chunk->rows = g_array_new (FALSE, FALSE, sizeof (NeuronRow));
  chunk->ids = g_string_new (NULL);
  chunk->id_lengths = g_array_new (FALSE, FALSE, sizeof (guint32));
  chunk->type_names = g_ptr_array_new_with_free_func (g_free);

  while ((status = engram_statement_step (statement, error)) > 0)
    {
      sqlite3_stmt *row = engram_statement_get_handle (statement);
      const char *id = (const char *) sqlite3_column_text (row, 1);
      guint32 id_length = id != NULL ? (guint32) sqlite3_column_bytes (row, 1) : NO_ID;
      const char *type = (const char *) sqlite3_column_text (row, 5);
      NeuronRow neuron = { .rowid = sqlite3_column_int64 (row, 0) };

      for (int axis = 0; axis < 3; axis++)
        neuron.position[axis] = (float) read_number (row, 2 + axis);
      neuron.activation = sqlite3_column_type (row, 6) == SQLITE_NULL ? 0 : (float) read_number (row, 6);
      if (!find_type (chunk, type != NULL ? type : "", &neuron.type, error))
        return FALSE;
      g_array_append_val (chunk->rows, neuron);
      g_array_append_val (chunk->id_lengths, id_length);
      if (id != NULL)
        g_string_append_len (chunk->ids, id, id_length);
    }
  return status == 0;
}

/* A network's type names are those of its chunks, in the order in which they first come. */
static gboolean
merge_types (EngramNetwork      *network,
             GPtrArray          *names,
             const NeuronChunk  *chunk,
             guint16            *places,
             GError            **error)
{
  NeuronChunk merged = { .type_names = names };

  for (guint i = 0; i < chunk->type_names->len; i++)
    if (!find_type (&merged, g_ptr_array_index (chunk->type_names, i), &places[i], error))
      return FALSE;
  return TRUE;
}

static void
append_neuron (EngramNetwork   *network,
               const NeuronRow *row,
               guint16          type)
{
  network->neuron_rowids[network->n_neurons] = row->rowid;
  memcpy (&network->positions[3 * (gsize) network->n_neurons], row->position, sizeof row->position);
  network->activations[network->n_neurons] = row->activation;
  network->types[network->n_neurons] = type;
  network->n_neurons++;
}

/* Rows without an id are neurons each by itself, as they are to SQLite. */
static gboolean
take_id (EngramIdTable  *ids,
         const char    **id,
         guint32         length)
{
  gboolean is_new;

  if (length == NO_ID)
    {
      engram_id_table_add_nameless (ids);
      return TRUE;
    }
  is_new = engram_id_table_add (ids, *id, length);
  *id += length;
  return is_new;
}

static gboolean
take_neuron_chunk (Network            *self,
                   const NeuronChunk  *chunk,
                   GPtrArray          *names,
                   GError            **error)
{
  EngramNetwork *network = &self->public;
  g_autofree guint16 *places = g_new (guint16, chunk->type_names->len + 1);
  const char *id = chunk->ids->str;

  if (!merge_types (network, names, chunk, places, error))
    return FALSE;
  for (guint i = 0; i < chunk->rows->len; i++)
    {
      const NeuronRow *row = &g_array_index (chunk->rows, NeuronRow, i);

      /* Only a damaged index lets an id stand twice: the first one counts. */
      if (take_id (self->ids, &id, g_array_index (chunk->id_lengths, guint32, i)))
        append_neuron (network, row, places[row->type]);
    }
  return TRUE;
}

static gboolean
take_neurons (Loader        *loader,
              GCancellable  *cancellable,
              GError       **error)
{
  Network *self = loader->network;
  EngramNetwork *network = &self->public;
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  guint64 count = 0;

  for (guint i = 0; i < ENGRAM_SCAN_CHUNKS; i++)
    count += loader->neurons[i].rows != NULL ? loader->neurons[i].rows->len : 0;
  if (count >= ENGRAM_ID_TABLE_NONE - 1)
    {
      g_set_error_literal (error, ENGRAM_ERROR, ENGRAM_ERROR_FAILED, _("The network is too large to be shown."));
      return FALSE;
    }

  self->ids = engram_id_table_new ((guint32) count);
  network->neuron_rowids = g_new (gint64, count);
  network->positions = g_new (float, 3 * count);
  network->activations = g_new (float, count);
  network->types = g_new (guint16, count);
  for (guint i = 0; i < ENGRAM_SCAN_CHUNKS; i++)
    if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
        (loader->neurons[i].rows != NULL && !take_neuron_chunk (self, &loader->neurons[i], names, error)))
      return FALSE;

  network->neuron_ids = (EngramUuid *) engram_id_table_get_uuids (self->ids);
  network->n_types = names->len;
  g_ptr_array_add (names, NULL);
  network->type_names = (char **) g_ptr_array_steal (names, NULL);
  return TRUE;
}

/* Synapses the ends of which are looked up together. */
typedef struct {
  guint             n_rows;
  EngramStrengthRow rows[ROWS_AT_ONCE];
  guint             n_ends;
  EngramUuid        ends[2 * ROWS_AT_ONCE];
  guint32          *places[2 * ROWS_AT_ONCE]; /* where to write the place of each */
} SynapseBatch;

/* An end that is no UUID is looked up at once. */
static void
add_end (SynapseBatch        *self,
         const EngramIdTable *ids,
         sqlite3_stmt        *row,
         int                  column,
         guint32             *place)
{
  const char *id = (const char *) sqlite3_column_text (row, column);
  gssize length = id != NULL ? sqlite3_column_bytes (row, column) : 0;

  if (id != NULL && engram_uuid_parse (id, length, &self->ends[self->n_ends]))
    self->places[self->n_ends++] = place;
  else
    *place = id != NULL ? engram_id_table_find (ids, id, length) : ENGRAM_ID_TABLE_NONE;
}

static void
take_batch (SynapseBatch        *self,
            const EngramIdTable *ids,
            SynapseChunk        *chunk)
{
  guint32 places[2 * ROWS_AT_ONCE];

  engram_id_table_find_uuids (ids, self->ends, self->n_ends, places);
  for (guint i = 0; i < self->n_ends; i++)
    *self->places[i] = places[i];
  for (guint i = 0; i < self->n_rows; i++)
    {
      const EngramStrengthRow *synapse = &self->rows[i];
      EngramDanglingSynapse dangling = { synapse->weight, synapse->source, synapse->target };

      if (synapse->source == ENGRAM_ID_TABLE_NONE || synapse->target == ENGRAM_ID_TABLE_NONE)
        g_array_append_val (chunk->dangling, dangling);
      else
        g_array_append_vals (chunk->rows, synapse, 1);
    }
  self->n_rows = 0;
  self->n_ends = 0;
}

static void
add_synapse (SynapseBatch        *self,
             const EngramIdTable *ids,
             sqlite3_stmt        *row)
{
  const char *id = (const char *) sqlite3_column_text (row, 1);
  EngramStrengthRow *synapse = &self->rows[self->n_rows++];

  synapse->rowid = sqlite3_column_int64 (row, 0);
  synapse->id_hash = engram_strength_hash_id (id != NULL ? id : "", sqlite3_column_bytes (row, 1));
  add_end (self, ids, row, 2, &synapse->source);
  add_end (self, ids, row, 3, &synapse->target);
  synapse->weight = read_number (row, 4);
}

static gboolean
read_synapses (EngramReader  *reader,
               gint64         first,
               gint64         last,
               guint          number,
               gpointer       data,
               GError       **error)
{
  Loader *loader = data;
  const EngramIdTable *ids = loader->network->ids;
  SynapseChunk *chunk = &loader->synapses[number];
  SynapseBatch batch = { .n_rows = 0, .n_ends = 0 };
  g_autoptr (EngramStatement) statement = NULL;
  int status;

  statement = engram_scan_prepare (reader, "rowid, id, source_neuron_id, target_neuron_id, weight", "synapses", first,
                                   last, error);
  if (statement == NULL)
    return FALSE;
  chunk->rows = g_array_new (FALSE, FALSE, sizeof (EngramStrengthRow));
  chunk->dangling = g_array_new (FALSE, FALSE, sizeof (EngramDanglingSynapse));

  while ((status = engram_statement_step (statement, error)) > 0)
    {
      add_synapse (&batch, ids, engram_statement_get_handle (statement));
      if (batch.n_rows == ROWS_AT_ONCE)
        take_batch (&batch, ids, chunk);
    }
  take_batch (&batch, ids, chunk);
  return status == 0;
}

static void
count_dangling (Network *self)
{
  gsize n_neurons = self->public.n_neurons;

  if (self->dangling->len == 0)
    return;
  self->n_dangling_out = g_new0 (guint32, n_neurons);
  self->n_dangling_in = g_new0 (guint32, n_neurons);
  for (guint i = 0; i < self->dangling->len; i++)
    {
      const EngramDanglingSynapse *synapse = &g_array_index (self->dangling, EngramDanglingSynapse, i);

      if (synapse->source != ENGRAM_ID_TABLE_NONE)
        self->n_dangling_out[synapse->source]++;
      if (synapse->target != ENGRAM_ID_TABLE_NONE)
        self->n_dangling_in[synapse->target]++;
    }
}

static gboolean
take_synapses (Loader        *loader,
               GCancellable  *cancellable,
               GError       **error)
{
  EngramNetwork *network = &loader->network->public;
  GArray *dangling = g_array_new (FALSE, FALSE, sizeof (EngramDanglingSynapse));
  GArray *chunks[ENGRAM_SCAN_CHUNKS] = { NULL };
  guint64 count = 0;

  loader->network->dangling = dangling;
  for (guint i = 0; i < ENGRAM_SCAN_CHUNKS; i++)
    if (loader->synapses[i].rows != NULL)
      {
        count += loader->synapses[i].rows->len;
        g_array_append_vals (dangling, loader->synapses[i].dangling->data, loader->synapses[i].dangling->len);
      }
  network->n_dangling = dangling->len;
  count_dangling (loader->network);
  if (count >= G_MAXUINT32)
    {
      g_set_error_literal (error, ENGRAM_ERROR, ENGRAM_ERROR_FAILED, _("The network is too large to be shown."));
      return FALSE;
    }

  network->n_synapses = count;
  for (guint i = 0; i < ENGRAM_SCAN_CHUNKS; i++)
    chunks[i] = g_steal_pointer (&loader->synapses[i].rows);
  return engram_strength_order_fill (network, chunks, ENGRAM_SCAN_CHUNKS, cancellable, error);
}

static gboolean
load (Loader              *loader,
      EngramScan          *scan,
      EngramProgressFunc   progress,
      gpointer             user_data,
      GCancellable        *cancellable,
      GError             **error)
{
  return engram_scan_table (scan, "neurons", read_neurons, loader, _("Reading neurons"), 0, NEURONS_DONE, progress,
                            user_data, error) &&
         take_neurons (loader, cancellable, error) &&
         engram_scan_table (scan, "synapses", read_synapses, loader, _("Reading synapses"), NEURONS_DONE,
                            SYNAPSES_DONE, progress, user_data, error) &&
         take_synapses (loader, cancellable, error);
}

EngramNetwork *
engram_network_load_snapshot (EngramScan          *scan,
                              EngramProgressFunc   progress,
                              gpointer             user_data,
                              GCancellable        *cancellable,
                              GError             **error)
{
  g_autoptr (EngramNetwork) network = NULL;
  Loader loader = { NULL };
  gboolean loaded;

  loader.network = g_new0 (Network, 1);
  g_atomic_ref_count_init (&loader.network->references);
  network = &loader.network->public;
  loaded = load (&loader, scan, progress, user_data, cancellable, error);
  loader_clear (&loader);
  return loaded ? g_steal_pointer (&network) : NULL;
}

EngramNetwork *
engram_network_load (EngramDatabase      *database,
                     EngramProgressFunc   progress,
                     gpointer             user_data,
                     GCancellable        *cancellable,
                     GError             **error)
{
  g_auto (EngramScan) scan = { { NULL }, 0 };

  g_return_val_if_fail (ENGRAM_IS_DATABASE (database), NULL);

  return engram_scan_begin (&scan, database, cancellable, error)
         ? engram_network_load_snapshot (&scan, progress, user_data, cancellable, error) : NULL;
}

EngramNetwork *
engram_network_ref (EngramNetwork *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&((Network *) self)->references);
  return self;
}

void
engram_network_unref (EngramNetwork *self)
{
  Network *network = (Network *) self;

  if (self == NULL || !g_atomic_ref_count_dec (&network->references))
    return;

  engram_id_table_free (network->ids);
  g_clear_pointer (&network->dangling, g_array_unref);
  g_free (network->n_dangling_out);
  g_free (network->n_dangling_in);
  g_free (self->neuron_rowids);
  g_free (self->positions);
  g_free (self->activations);
  g_free (self->types);
  g_strfreev (self->type_names);
  g_free (self->synapse_rowids);
  g_free (self->sources);
  g_free (self->targets);
  g_free (self->weights);
  g_free (self->out_offsets);
  g_free (self->out_synapses);
  g_free (self->in_offsets);
  g_free (self->in_synapses);
  g_free (network);
}

char *
engram_network_dup_neuron_id (EngramNetwork *self,
                              guint32        neuron)
{
  g_return_val_if_fail (self != NULL && neuron < self->n_neurons, NULL);

  return engram_id_table_dup_id (((Network *) self)->ids, neuron);
}

gboolean
engram_network_find_neuron (EngramNetwork *self,
                            const char    *id,
                            guint32       *neuron)
{
  g_return_val_if_fail (self != NULL && id != NULL && neuron != NULL, FALSE);

  *neuron = engram_id_table_find (((Network *) self)->ids, id, strlen (id));
  return *neuron != ENGRAM_ID_TABLE_NONE;
}

const EngramDanglingSynapse *
engram_network_get_dangling (EngramNetwork *self)
{
  return (const EngramDanglingSynapse *) ((Network *) self)->dangling->data;
}

guint32
engram_network_count_outgoing (const EngramNetwork *self,
                               guint32              neuron)
{
  const guint32 *n_dangling = ((const Network *) self)->n_dangling_out;

  return self->out_offsets[neuron + 1] - self->out_offsets[neuron] + (n_dangling != NULL ? n_dangling[neuron] : 0);
}

guint32
engram_network_count_incoming (const EngramNetwork *self,
                               guint32              neuron)
{
  const guint32 *n_dangling = ((const Network *) self)->n_dangling_in;

  return self->in_offsets[neuron + 1] - self->in_offsets[neuron] + (n_dangling != NULL ? n_dangling[neuron] : 0);
}

gsize
engram_network_get_size (EngramNetwork *self)
{
  gsize per_neuron = sizeof (gint64) + 4 * sizeof (float) + sizeof (guint16) + 2 * sizeof (guint32);
  gsize per_synapse = sizeof (gint64) + 4 * sizeof (guint32) + sizeof (double);

  g_return_val_if_fail (self != NULL, 0);

  if (self->n_dangling > 0)
    per_neuron += 2 * sizeof (guint32);
  return sizeof (Network) + engram_id_table_get_bytes (((Network *) self)->ids) + self->n_neurons * per_neuron +
         self->n_synapses * per_synapse + self->n_dangling * sizeof (EngramDanglingSynapse);
}

guint32
engram_network_count_stronger (EngramNetwork *self,
                               double         threshold)
{
  guint32 low = 0, high;

  g_return_val_if_fail (self != NULL, 0);

  high = self->n_synapses;
  while (low < high)
    {
      guint32 middle = low + (high - low) / 2;

      /* What is no number lies last and is not stronger than anything. */
      if (fabs (self->weights[middle]) >= threshold)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}
