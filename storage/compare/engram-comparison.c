/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "compare/engram-comparison-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "model/engram-neuron-private.h"
#include "model/engram-synapse-private.h"

/* A neuron with its vector takes about as long as so many synapses. */
#define SYNAPSES_PER_NEURON 5.0

G_DEFINE_BOXED_TYPE (EngramComparison, engram_comparison, engram_comparison_ref, engram_comparison_unref)

/* Making */

/* (transfer full) @hashes: of their ids, where that is wanted */
static EngramRowSet *
take_keyed_rows (GArray   *keyed,
                 guint32 **hashes)
{
  gint64 *rows = g_new (gint64, MAX (keyed->len, 1));

  if (hashes != NULL)
    *hashes = g_new (guint32, MAX (keyed->len, 1));
  for (guint i = 0; i < keyed->len; i++)
    {
      const EngramCompareKeyedRow *row = &g_array_index (keyed, EngramCompareKeyedRow, i);

      rows[i] = row->rowid;
      if (hashes != NULL)
        (*hashes)[i] = engram_compare_key_get_hash (&row->key);
    }
  return engram_row_set_new_take (rows, keyed->len);
}

/* (transfer full): the array's rowids, which it has no longer. */
static EngramRowSet *
take_rows (GArray *rowids)
{
  gsize n_rows;
  gint64 *rows = g_array_steal (rowids, &n_rows);

  return engram_row_set_new_take (rows, n_rows);
}

static int
compare_names (gconstpointer a,
               gconstpointer b,
               gpointer      data)
{
  const GPtrArray *names = data;

  return strcmp (g_ptr_array_index (names, *(const guint *) a), g_ptr_array_index (names, *(const guint *) b));
}

/* Names got their bits in the order in which threads came upon them: now in the order of the alphabet. @places: the new
 * bit of each. */
static GStrv
sort_fields (const EngramCompareFields *fields,
             guint                      places[ENGRAM_COMPARE_MAX_FIELDS])
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  guint order[ENGRAM_COMPARE_MAX_FIELDS];

  for (guint i = 0; i < fields->names->len; i++)
    order[i] = i;
  g_qsort_with_data (order + fields->n_fixed, (gint) (fields->names->len - fields->n_fixed), sizeof *order,
                     compare_names, fields->names);
  for (guint i = 0; i < fields->names->len; i++)
    {
      places[order[i]] = i;
      g_strv_builder_add (names, g_ptr_array_index (fields->names, order[i]));
    }
  return g_strv_builder_end (names);
}

/* The bits of a row in their new places; each is counted. */
static guint64
place_fields (EngramComparisonTable *self,
              guint64                fields,
              const guint           *places)
{
  guint64 placed = 0;

  for (; fields != 0; fields &= fields - 1)
    {
      guint place = places[__builtin_ctzll (fields)];

      placed |= G_GUINT64_CONSTANT (1) << place;
      self->field_counts[place]++;
    }
  return placed;
}

static void
take_fields (EngramComparisonTable     *self,
             const EngramCompareFields *fields)
{
  guint places[ENGRAM_COMPARE_MAX_FIELDS];

  self->field_names = sort_fields (fields, places);
  self->n_fields = fields->names->len;
  for (guint64 i = 0; i < self->counts.changed; i++)
    self->changed[i].fields = place_fields (self, self->changed[i].fields, places);
}

static void
take_found (EngramComparisonTable *self,
            EngramCompareTable    *table,
            EngramCompareFound    *found)
{
  gsize n_changed;

  self->counts = (EngramComparisonCounts) {
    .today = found->rows[ENGRAM_COMPARE_TODAY]->len,
    .other = found->rows[ENGRAM_COMPARE_OTHER]->len,
    .same = found->same,
    .touched = found->touched,
    .added = found->alone[ENGRAM_COMPARE_TODAY]->len,
    .changed = found->changed->len,
    .removed = found->alone[ENGRAM_COMPARE_OTHER]->len,
    .unclear = found->unclear[ENGRAM_COMPARE_TODAY]->len,
    .unclear_other = found->unclear[ENGRAM_COMPARE_OTHER]->len,
  };
  self->all = take_rows (found->rows[ENGRAM_COMPARE_TODAY]);
  self->added = take_keyed_rows (found->alone[ENGRAM_COMPARE_TODAY], NULL);
  self->unclear = take_rows (found->unclear[ENGRAM_COMPARE_TODAY]);
  self->removed = take_keyed_rows (found->alone[ENGRAM_COMPARE_OTHER], &self->removed_hashes);
  self->changed = g_array_steal (found->changed, &n_changed);
  for (guint side = 0; side < ENGRAM_COMPARE_N_SIDES; side++)
    self->unshared[side] = g_steal_pointer (&table->unshared[side]);
  take_fields (self, &table->fields);
}

static gboolean
compare_table (EngramComparison   *self,
               EngramCompareScan  *scan,
               EngramRecordKind    kind,
               double              from,
               double              to,
               GError            **error)
{
  const EngramRecordClass *class = kind == ENGRAM_RECORD_NEURON ? &engram_neuron_class : &engram_synapse_class;
  const char *phase = kind == ENGRAM_RECORD_NEURON ? _("Comparing neurons") : _("Comparing synapses");
  g_autoptr (EngramCompareTable) table = NULL;
  g_auto (EngramCompareFound) found = { 0 };

  table = engram_compare_table_new (class, scan->readers[ENGRAM_COMPARE_TODAY][0],
                                    scan->readers[ENGRAM_COMPARE_OTHER][0], error);
  if (table == NULL)
    return FALSE;
  engram_compare_found_init (&found);
  if (!engram_compare_scan_table (scan, table, &found, phase, from, to, error))
    return FALSE;
  take_found (&self->tables[kind], table, &found);
  return TRUE;
}

/* The number of the last row says about how many there are, without counting. */
static gboolean
estimate_neurons_part (EngramCompareScan  *scan,
                       double             *part,
                       GError            **error)
{
  gint64 neurons, synapses;

  if (!engram_connection_get_integer (scan->readers[ENGRAM_COMPARE_TODAY][0], "SELECT max(rowid) FROM neurons",
                                      &neurons, error) ||
      !engram_connection_get_integer (scan->readers[ENGRAM_COMPARE_TODAY][0], "SELECT max(rowid) FROM synapses",
                                      &synapses, error))
    return FALSE;
  *part = MAX (neurons, 1) * SYNAPSES_PER_NEURON;
  *part /= *part + MAX (synapses, 1);
  return TRUE;
}

static gboolean
compare (EngramComparison   *self,
         EngramCompareScan  *scan,
         GError            **error)
{
  double middle;

  if (!estimate_neurons_part (scan, &middle, error) ||
      !compare_table (self, scan, ENGRAM_RECORD_NEURON, 0, middle, error) ||
      !compare_table (self, scan, ENGRAM_RECORD_SYNAPSE, middle, 1, error))
    return FALSE;
  self->stamp = engram_connection_get_stamp (scan->readers[ENGRAM_COMPARE_TODAY][0]);
  return TRUE;
}

EngramComparison *
engram_comparison_new (EngramDatabase      *database,
                       EngramDatabase      *other,
                       EngramProgressFunc   progress,
                       gpointer             user_data,
                       GCancellable        *cancellable,
                       GError             **error)
{
  g_autoptr (EngramComparison) self = NULL;
  g_auto (EngramCompareScan) scan = { .cancellable = cancellable, .progress = progress, .user_data = user_data };

  g_return_val_if_fail (ENGRAM_IS_DATABASE (database), NULL);
  g_return_val_if_fail (ENGRAM_IS_DATABASE (other), NULL);

  self = g_new0 (EngramComparison, 1);
  g_atomic_ref_count_init (&self->references);
  self->other_path = g_strdup (engram_database_get_path (other));
  if (!engram_compare_scan_begin (&scan, database, other, error) || !compare (self, &scan, error))
    return NULL;
  return g_steal_pointer (&self);
}

EngramComparison *
engram_comparison_ref (EngramComparison *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
engram_comparison_unref (EngramComparison *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->references))
    return;
  for (guint kind = 0; kind < ENGRAM_COMPARISON_N_KINDS; kind++)
    {
      EngramComparisonTable *table = &self->tables[kind];

      g_clear_pointer (&table->all, engram_row_set_unref);
      g_clear_pointer (&table->added, engram_row_set_unref);
      g_clear_pointer (&table->unclear, engram_row_set_unref);
      g_clear_pointer (&table->removed, engram_row_set_unref);
      g_free (table->removed_hashes);
      g_free (table->changed);
      for (guint side = 0; side < ENGRAM_COMPARE_N_SIDES; side++)
        g_strfreev (table->unshared[side]);
      g_strfreev (table->field_names);
    }
  g_free (self->other_path);
  g_free (self);
}

/* Asking */

const char *
engram_comparison_get_other_path (EngramComparison *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->other_path;
}

guint64
engram_comparison_get_stamp (EngramComparison *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->stamp;
}

static gboolean
is_same_table (const EngramComparisonTable *self)
{
  return self->counts.added == 0 && self->counts.changed == 0 && self->counts.removed == 0 &&
         self->counts.unclear == 0 && self->counts.unclear_other == 0 &&
         self->unshared[ENGRAM_COMPARE_TODAY][0] == NULL && self->unshared[ENGRAM_COMPARE_OTHER][0] == NULL;
}

gboolean
engram_comparison_is_same (EngramComparison *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return is_same_table (&self->tables[ENGRAM_RECORD_NEURON]) && is_same_table (&self->tables[ENGRAM_RECORD_SYNAPSE]);
}

const EngramComparisonCounts *
engram_comparison_get_counts (EngramComparison *self,
                              EngramRecordKind  kind)
{
  g_return_val_if_fail (self != NULL, NULL);

  return &self->tables[kind].counts;
}

guint64
engram_comparison_get_n_rows (EngramComparison       *self,
                              EngramRecordKind        kind,
                              EngramComparisonStatus  status)
{
  const EngramComparisonCounts *counts;

  g_return_val_if_fail (self != NULL, 0);

  counts = &self->tables[kind].counts;
  switch (status)
    {
    case ENGRAM_COMPARISON_SAME:
      return counts->same;
    case ENGRAM_COMPARISON_ADDED:
      return counts->added;
    case ENGRAM_COMPARISON_CHANGED:
      return counts->changed;
    case ENGRAM_COMPARISON_REMOVED:
      return counts->removed;
    case ENGRAM_COMPARISON_UNCLEAR:
      return counts->unclear;
    case ENGRAM_COMPARISON_NONE:
    default:
      return 0;
    }
}

static void
fill_plain (EngramComparisonRow    *row,
            EngramRecordKind        kind,
            EngramComparisonStatus  status,
            gint64                  rowid,
            gint64                  other_rowid)
{
  *row = (EngramComparisonRow) { kind, status, rowid, other_rowid, 0, NAN, NAN, NAN, NAN, NAN };
}

static void
fill_changed (EngramComparisonRow     *row,
              EngramRecordKind         kind,
              const EngramComparedRow *changed)
{
  fill_plain (row, kind, ENGRAM_COMPARISON_CHANGED, changed->rowid, changed->other_rowid);
  row->fields = changed->fields;
  row->moved = changed->moved;
  row->drift = changed->drift;
  row->drift_length = changed->drift_length;
  if (kind == ENGRAM_RECORD_NEURON)
    row->activation_change = changed->change;
  else
    row->weight_change = changed->change;
}

void
engram_comparison_get_row (EngramComparison       *self,
                           EngramRecordKind        kind,
                           EngramComparisonStatus  status,
                           guint64                 index,
                           EngramComparisonRow    *row)
{
  const EngramComparisonTable *table;

  g_return_if_fail (self != NULL && row != NULL);
  g_return_if_fail (status >= ENGRAM_COMPARISON_ADDED && status <= ENGRAM_COMPARISON_UNCLEAR);
  g_return_if_fail (index < engram_comparison_get_n_rows (self, kind, status));

  table = &self->tables[kind];
  if (status == ENGRAM_COMPARISON_CHANGED)
    fill_changed (row, kind, &table->changed[index]);
  else if (status == ENGRAM_COMPARISON_REMOVED)
    fill_plain (row, kind, status, 0, engram_row_set_get (table->removed, index));
  else
    fill_plain (row, kind, status,
                engram_row_set_get (status == ENGRAM_COMPARISON_ADDED ? table->added : table->unclear, index), 0);
}

static int
compare_rowids (const void *a,
                const void *b)
{
  gint64 rowid = *(const gint64 *) a, other = ((const EngramComparedRow *) b)->rowid;

  return (rowid > other) - (rowid < other);
}

const EngramComparedRow *
engram_comparison_find_changed (EngramComparison *self,
                                EngramRecordKind  kind,
                                gint64            rowid)
{
  const EngramComparisonTable *table = &self->tables[kind];

  return table->counts.changed > 0
           ? bsearch (&rowid, table->changed, table->counts.changed, sizeof *table->changed, compare_rowids)
           : NULL;
}

gboolean
engram_comparison_find_removed (EngramComparison *self,
                                EngramRecordKind  kind,
                                gint64            other_rowid,
                                guint32          *hash)
{
  const EngramComparisonTable *table = &self->tables[kind];
  gsize low = 0, high = engram_row_set_get_size (table->removed);

  while (low < high)
    {
      gsize middle = low + (high - low) / 2;

      if (engram_row_set_get (table->removed, middle) < other_rowid)
        low = middle + 1;
      else
        high = middle;
    }
  if (low == engram_row_set_get_size (table->removed) || engram_row_set_get (table->removed, low) != other_rowid)
    return FALSE;
  *hash = table->removed_hashes[low];
  return TRUE;
}

gboolean
engram_comparison_has_hash (sqlite3_stmt *row,
                            guint32       hash)
{
  EngramCompareKey key;

  return engram_compare_key_read (&key, row) && engram_compare_key_get_hash (&key) == hash;
}

EngramComparisonStatus
engram_comparison_find (EngramComparison    *self,
                        EngramRecordKind     kind,
                        gint64               rowid,
                        EngramComparisonRow *row)
{
  const EngramComparisonTable *table;
  const EngramComparedRow *changed;
  EngramComparisonRow found;

  g_return_val_if_fail (self != NULL, ENGRAM_COMPARISON_NONE);

  table = &self->tables[kind];
  changed = engram_comparison_find_changed (self, kind, rowid);
  if (changed != NULL)
    fill_changed (&found, kind, changed);
  else if (engram_row_set_contains (table->added, rowid))
    fill_plain (&found, kind, ENGRAM_COMPARISON_ADDED, rowid, 0);
  else if (engram_row_set_contains (table->unclear, rowid))
    fill_plain (&found, kind, ENGRAM_COMPARISON_UNCLEAR, rowid, 0);
  else if (engram_row_set_contains (table->all, rowid))
    fill_plain (&found, kind, ENGRAM_COMPARISON_SAME, rowid, 0);
  else
    fill_plain (&found, kind, ENGRAM_COMPARISON_NONE, 0, 0);
  if (row != NULL)
    *row = found;
  return found.status;
}

static EngramRowSet *
list_changed (const EngramComparisonTable *self)
{
  gint64 *rowids = g_new (gint64, MAX (self->counts.changed, 1));

  for (guint64 i = 0; i < self->counts.changed; i++)
    rowids[i] = self->changed[i].rowid;
  return engram_row_set_new_take (rowids, self->counts.changed);
}

static EngramRowSet *
list_same (const EngramComparisonTable *self)
{
  g_autoptr (EngramRowSet) changed = list_changed (self);
  g_autoptr (EngramRowSet) without_changed = engram_row_set_subtract (self->all, changed);
  g_autoptr (EngramRowSet) without_added = engram_row_set_subtract (without_changed, self->added);

  return engram_row_set_subtract (without_added, self->unclear);
}

EngramRowSet *
engram_comparison_list_rows (EngramComparison       *self,
                             EngramRecordKind        kind,
                             EngramComparisonStatus  status)
{
  const EngramComparisonTable *table;

  g_return_val_if_fail (self != NULL, NULL);

  table = &self->tables[kind];
  switch (status)
    {
    case ENGRAM_COMPARISON_SAME:
      return list_same (table);
    case ENGRAM_COMPARISON_ADDED:
      return engram_row_set_ref (table->added);
    case ENGRAM_COMPARISON_CHANGED:
      return list_changed (table);
    case ENGRAM_COMPARISON_REMOVED:
      return engram_row_set_ref (table->removed);
    case ENGRAM_COMPARISON_UNCLEAR:
      return engram_row_set_ref (table->unclear);
    case ENGRAM_COMPARISON_NONE:
    default:
      return engram_row_set_new_empty ();
    }
}

/* Fields */

guint
engram_comparison_get_n_fields (EngramComparison *self,
                                EngramRecordKind  kind)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->tables[kind].n_fields;
}

const char *
engram_comparison_get_field_name (EngramComparison *self,
                                  EngramRecordKind  kind,
                                  guint             field,
                                  guint64          *n_rows)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (field < self->tables[kind].n_fields, NULL);

  if (n_rows != NULL)
    *n_rows = self->tables[kind].field_counts[field];
  return self->tables[kind].field_names[field];
}

char **
engram_comparison_dup_field_names (EngramComparison *self,
                                   EngramRecordKind  kind,
                                   guint64           fields)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  guint64 touched = kind == ENGRAM_RECORD_NEURON ? (guint64) ENGRAM_NEURON_MODIFIED_AT : ENGRAM_SYNAPSE_MODIFIED_AT;
  const EngramComparisonTable *table;

  g_return_val_if_fail (self != NULL, NULL);

  table = &self->tables[kind];
  for (guint i = 0; i < table->n_fields; i++)
    if ((fields & ~touched & G_GUINT64_CONSTANT (1) << i) != 0)
      g_strv_builder_add (names, table->field_names[i]);
  if ((fields & touched) != 0)
    g_strv_builder_add (names, "modified_at");
  return g_strv_builder_end (names);
}

const char * const *
engram_comparison_get_unshared_columns (EngramComparison *self,
                                        EngramRecordKind  kind,
                                        gboolean          in_other)
{
  g_return_val_if_fail (self != NULL, NULL);

  return (const char * const *) self->tables[kind].unshared[in_other ? ENGRAM_COMPARE_OTHER : ENGRAM_COMPARE_TODAY];
}
