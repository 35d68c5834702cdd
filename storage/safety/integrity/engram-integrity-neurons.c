/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "safety/integrity/engram-integrity-check-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "model/engram-type-registry.h"
#include "safety/integrity/engram-equal-rows-private.h"

/* How much of the work reading the neurons is. */
#define NEURONS_DONE 0.3

/* What has to be compared with other neurons. */
typedef struct {
  gint64  rowid;
  double  place[3];      /* the first is NaN where it is not to be compared */
  guint64 vector_hash;   /* 0 where it is not to be compared */
  guint   vector_length; /* 0 where there is none */
} Neuron;

typedef struct {
  GArray             *neurons; /* Neuron */
  EngramIdList       *ids;     /* theirs */
  EngramFindingLists  findings;
} Chunk;

typedef struct {
  EngramIntegrityRun *run;
  EngramTypeRegistry *registry;
  guint64             seed;
  Chunk               chunks[ENGRAM_SCAN_CHUNKS];
  GArray             *neurons; /* of all chunks */
  EngramIdList       *ids;
  GBytes             *vector;  /* the last that others were compared with */
  guint               vector_index;
} NeuronCheck;

static gboolean
is_registered (NeuronCheck  *self,
               sqlite3_stmt *row)
{
  const char *type = (const char *) sqlite3_column_text (row, ENGRAM_NEURON_ROW_TYPE);

  return type != NULL && engram_type_registry_lookup (self->registry, type) != NULL &&
         strlen (type) == (gsize) sqlite3_column_bytes (row, ENGRAM_NEURON_ROW_TYPE);
}

static void
note_type (NeuronCheck  *self,
           sqlite3_stmt *row)
{
  GHashTable *types = self->run->types;
  const char *type = (const char *) sqlite3_column_text (row, ENGRAM_NEURON_ROW_TYPE);
  guint64 *count;

  g_mutex_lock (&self->run->mutex);
  count = g_hash_table_lookup (types, type != NULL ? type : "");
  if (count == NULL && g_hash_table_size (types) < ENGRAM_MAX_STRANGE_TYPES)
    {
      count = g_new0 (guint64, 1);
      g_hash_table_insert (types, g_strdup (type != NULL ? type : ""), count);
    }
  if (count != NULL)
    (*count)++;
  g_mutex_unlock (&self->run->mutex);
}

static void
check_row (NeuronCheck  *self,
           Chunk        *chunk,
           sqlite3_stmt *row)
{
  EngramVectorTraits vector;
  EngramFindingKinds kinds = engram_integrity_judge_neuron_but_vector (row) |
                             engram_integrity_judge_vector (row, self->seed, &vector);
  Neuron neuron = { sqlite3_column_int64 (row, ENGRAM_NEURON_ROW_ROWID), { NAN }, vector.hash, vector.length };

  /* Before anybody asks for the id as a text, which makes SQLite turn what is a blob into one. */
  g_mutex_lock (&self->run->mutex);
  engram_neuron_ids_add (self->run->ids, row, ENGRAM_NEURON_ROW_ID);
  g_mutex_unlock (&self->run->mutex);

  if (!is_registered (self, row))
    {
      kinds |= ENGRAM_KIND_BIT (ENGRAM_KIND_TYPE_UNREGISTERED);
      note_type (self, row);
    }
  if ((kinds & ENGRAM_KIND_BIT (ENGRAM_KIND_POSITION_NOT_FINITE)) == 0)
    for (int axis = 0; axis < 3; axis++)
      neuron.place[axis] = sqlite3_column_double (row, ENGRAM_NEURON_ROW_X + axis);
  g_array_append_val (chunk->neurons, neuron);
  engram_id_list_add_row (chunk->ids, row);
  engram_finding_lists_add_row (&chunk->findings, kinds, row);
}

static gboolean
check_chunk (EngramReader  *reader,
             gint64         first,
             gint64         last,
             guint          number,
             gpointer       data,
             GError       **error)
{
  NeuronCheck *self = data;
  Chunk *chunk = &self->chunks[number];
  gboolean has_fields = engram_connection_neurons_have_fields (reader);
  g_autoptr (EngramStatement) statement = NULL;
  int status;

  chunk->neurons = g_array_new (FALSE, FALSE, sizeof (Neuron));
  chunk->ids = engram_id_list_new ();
  statement = engram_scan_prepare (reader, engram_integrity_get_neuron_columns (has_fields), "neurons", first, last,
                                   error);
  if (statement == NULL)
    return FALSE;
  while ((status = engram_statement_step (statement, error)) > 0)
    check_row (self, chunk, engram_statement_get_handle (statement));
  return status == 0;
}

static void
join_chunks (NeuronCheck *self)
{
  self->neurons = g_array_new (FALSE, FALSE, sizeof (Neuron));
  self->ids = engram_id_list_new ();
  for (guint i = 0; i < ENGRAM_SCAN_CHUNKS; i++)
    {
      Chunk *chunk = &self->chunks[i];

      if (chunk->neurons == NULL)
        continue;
      g_array_append_vals (self->neurons, chunk->neurons->data, chunk->neurons->len);
      engram_id_list_extend (self->ids, chunk->ids);
      engram_finding_lists_take (&self->run->neurons, &chunk->findings);
      g_clear_pointer (&chunk->neurons, g_array_unref);
      g_clear_pointer (&chunk->ids, engram_id_list_free);
    }
  self->run->n_neurons = self->neurons->len;
}

static const Neuron *
get_neuron (NeuronCheck *self,
            guint        index)
{
  return &g_array_index (self->neurons, Neuron, index);
}

/* The most frequent length of vectors; of several, the smallest. */
static guint
find_dimension (NeuronCheck *self)
{
  g_autoptr (GHashTable) counts = g_hash_table_new (NULL, NULL);
  GHashTableIter iter;
  gpointer key, value;
  guint dimension = 0, most = 0;

  for (guint i = 0; i < self->neurons->len; i++)
    {
      gpointer length = GUINT_TO_POINTER (get_neuron (self, i)->vector_length);
      guint count = GPOINTER_TO_UINT (g_hash_table_lookup (counts, length));

      if (length != NULL)
        g_hash_table_insert (counts, length, GUINT_TO_POINTER (count + 1));
    }
  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      guint length = GPOINTER_TO_UINT (key), count = GPOINTER_TO_UINT (value);

      if (count > most || (count == most && length < dimension))
        {
          dimension = length;
          most = count;
        }
    }
  return dimension;
}

static void
check_dimensions (NeuronCheck *self)
{
  EngramIntegrityRun *run = self->run;

  run->dimension = find_dimension (self);
  for (guint i = 0; i < self->neurons->len; i++)
    {
      guint length = get_neuron (self, i)->vector_length;

      if (length != 0 && length != run->dimension)
        engram_id_list_add_item (engram_finding_lists_get (&run->neurons, ENGRAM_KIND_VECTOR_DIMENSION), self->ids, i);
    }
}

static guint64
hash_place (guint    index,
            gpointer data)
{
  NeuronCheck *self = data;
  const Neuron *neuron = get_neuron (self, index);
  guint64 hash = self->seed;

  if (isnan (neuron->place[0]))
    return 0;
  for (int axis = 0; axis < 3; axis++)
    {
      /* -0 is the place that 0 is. */
      double number = neuron->place[axis] + 0.0;
      guint64 bits;

      memcpy (&bits, &number, sizeof bits);
      hash = engram_equal_rows_mix (hash ^ bits);
    }
  return hash | 1;
}

static gboolean
is_same_place (guint      first,
               guint      second,
               gpointer   data,
               gboolean  *is_equal,
               GError   **error)
{
  const double *place = get_neuron (data, first)->place;
  const double *other = get_neuron (data, second)->place;

  *is_equal = place[0] == other[0] && place[1] == other[1] && place[2] == other[2];
  return TRUE;
}

static guint64
hash_vector (guint    index,
             gpointer data)
{
  return get_neuron (data, index)->vector_hash;
}

static GBytes *
read_vector (NeuronCheck  *self,
             guint         index,
             GError      **error)
{
  g_autoptr (EngramStatement) statement = NULL;
  sqlite3_stmt *row;

  statement = engram_connection_prepare (self->run->scan.readers[0], "SELECT vector FROM neurons WHERE rowid=?",
                                         error);
  if (statement == NULL)
    return NULL;
  engram_statement_bind_int64 (statement, 1, get_neuron (self, index)->rowid);
  if (engram_statement_step (statement, error) < 0)
    return NULL;
  row = engram_statement_get_handle (statement);
  return g_bytes_new (sqlite3_column_blob (row, 0), sqlite3_column_bytes (row, 0));
}

/* Hashes may meet by chance. */
static gboolean
is_same_vector (guint      first,
                guint      second,
                gpointer   data,
                gboolean  *is_equal,
                GError   **error)
{
  NeuronCheck *self = data;
  g_autoptr (GBytes) other = read_vector (self, second, error);

  if (other == NULL)
    return FALSE;
  if (self->vector == NULL || self->vector_index != first)
    {
      g_clear_pointer (&self->vector, g_bytes_unref);
      self->vector_index = first;
      self->vector = read_vector (self, first, error);
    }
  if (self->vector == NULL)
    return FALSE;
  *is_equal = g_bytes_equal (self->vector, other);
  return !g_cancellable_set_error_if_cancelled (self->run->cancellable, error);
}

static gboolean
check_equal (NeuronCheck          *self,
             EngramFindingKind     kind,
             EngramRowHashFunc     hash,
             EngramRowsEqualFunc   equal,
             GError              **error)
{
  g_autofree guint8 *marks = engram_equal_rows_find (self->neurons->len, hash, equal, self, error);

  if (marks == NULL)
    return engram_integrity_forgive_damage (error);
  for (guint i = 0; i < self->neurons->len; i++)
    if (marks[i])
      engram_id_list_add_item (engram_finding_lists_get (&self->run->neurons, kind), self->ids, i);
  return TRUE;
}

static void
neuron_check_clear (NeuronCheck *self)
{
  for (guint i = 0; i < ENGRAM_SCAN_CHUNKS; i++)
    {
      g_clear_pointer (&self->chunks[i].neurons, g_array_unref);
      g_clear_pointer (&self->chunks[i].ids, engram_id_list_free);
      engram_finding_lists_clear (&self->chunks[i].findings);
    }
  g_clear_pointer (&self->neurons, g_array_unref);
  g_clear_pointer (&self->ids, engram_id_list_free);
  g_clear_pointer (&self->vector, g_bytes_unref);
}

gboolean
engram_integrity_check_neurons (EngramIntegrityRun  *run,
                                GError             **error)
{
  NeuronCheck self = { .run = run, .registry = engram_type_registry_get_default () };
  gboolean done;

  self.seed = (guint64) g_random_int () << 32 | g_random_int ();
  done = engram_integrity_scan (run, "neurons", check_chunk, &self, _("Checking neurons"), 0, NEURONS_DONE,
                                &run->is_partial, error);
  if (done)
    {
      join_chunks (&self);
      check_dimensions (&self);
      done = check_equal (&self, ENGRAM_KIND_SAME_PLACE, hash_place, is_same_place, error) &&
             check_equal (&self, ENGRAM_KIND_SAME_VECTOR, hash_vector, is_same_vector, error);
    }
  if (done && run->is_partial)
    engram_integrity_note_damage (run, _("The table “neurons” cannot be read to its end, so synapses without neurons "
                                         "were not looked for."));
  neuron_check_clear (&self);
  return done;
}
