/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "compare/engram-compare-rows-private.h"

#include <math.h>
#include <string.h>

#include "model/engram-neuron-private.h"
#include "model/engram-synapse-private.h"

static const char *const json_columns[] = {
  "metadata", "semantic_tags", "input_schema", "output_schema", NULL
};

static const char *const axes[3] = { "_x", "_y", "_z" };

/* Names of fields */

static void
fields_init (EngramCompareFields     *self,
             const EngramRecordClass *class)
{
  g_mutex_init (&self->mutex);
  self->names = g_ptr_array_new_with_free_func (g_free);
  self->bits = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < class->n_columns; i++)
    {
      /* The bits of a class are 1, 2, 4 and so on, in the order of its columns. */
      g_assert (class->columns[i].bit == 1u << i);
      g_ptr_array_add (self->names, g_strdup (class->columns[i].field));
      if (g_str_equal (class->columns[i].name, "engram_fields"))
        self->overflow = class->columns[i].bit;
    }
  self->n_fixed = self->names->len;
}

static void
fields_clear (EngramCompareFields *self)
{
  g_mutex_clear (&self->mutex);
  g_hash_table_unref (self->bits);
  g_ptr_array_unref (self->names);
}

guint64
engram_compare_fields_get_bit (EngramCompareFields *self,
                               const char          *name)
{
  guint64 bit = self->overflow;
  gpointer number;

  g_mutex_lock (&self->mutex);
  if (g_hash_table_lookup_extended (self->bits, name, NULL, &number))
    {
      bit = G_GUINT64_CONSTANT (1) << GPOINTER_TO_UINT (number);
    }
  else if (self->names->len < ENGRAM_COMPARE_MAX_FIELDS)
    {
      char *copy = g_strdup (name);

      bit = G_GUINT64_CONSTANT (1) << self->names->len;
      g_hash_table_insert (self->bits, copy, GUINT_TO_POINTER (self->names->len));
      g_ptr_array_add (self->names, copy);
    }
  g_mutex_unlock (&self->mutex);
  return bit;
}

/* Tables */

static void
column_free (gpointer data)
{
  EngramCompareColumn *self = data;

  g_free (self->name);
  g_free (self);
}

/* (transfer full): the columns that are stored; what is computed is the same where the rest is. */
static GStrv
read_columns (EngramConnection  *connection,
              const char        *table,
              GError           **error)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_autoptr (EngramStatement) statement = NULL;
  int status;

  statement = engram_connection_prepare (connection,
                                         "SELECT name FROM pragma_table_xinfo(?) WHERE hidden=0 ORDER BY cid", error);
  if (statement == NULL)
    return NULL;
  engram_statement_bind_text (statement, 1, table);
  while ((status = engram_statement_step (statement, error)) > 0)
    {
      const char *name = (const char *) sqlite3_column_text (engram_statement_get_handle (statement), 0);

      if (name == NULL)
        {
          engram_connection_set_error (connection, SQLITE_NOMEM, error);
          return NULL;
        }
      g_strv_builder_add (names, name);
    }
  return status == 0 ? g_strv_builder_end (names) : NULL;
}

/* SQLite takes names as the same whatever the case of their ASCII letters. */
static gboolean
has_column (char       **columns,
            const char  *name)
{
  for (gsize i = 0; columns[i] != NULL; i++)
    if (g_ascii_strcasecmp (columns[i], name) == 0)
      return TRUE;
  return FALSE;
}

static void
add_column (EngramCompareTable *self,
            char               *name,
            EngramCompareHow    how,
            guint64             bit)
{
  EngramCompareColumn *column = g_new (EngramCompareColumn, 1);

  *column = (EngramCompareColumn) { name, how, bit };
  g_ptr_array_add (self->columns, column);
}

static void
add_own_columns (EngramCompareTable *self)
{
  for (guint i = 0; i < self->class->n_columns; i++)
    {
      const EngramColumn *column = &self->class->columns[i];
      EngramCompareHow how = column->bit == self->fields.overflow ? ENGRAM_COMPARE_MEMBERS
                             : g_strv_contains (json_columns, column->name) ? ENGRAM_COMPARE_JSON
                                                                            : ENGRAM_COMPARE_VALUE;

      if (column->kind == ENGRAM_COLUMN_POSITION)
        for (guint axis = 0; axis < G_N_ELEMENTS (axes); axis++)
          add_column (self, g_strconcat (column->name, axes[axis], NULL), how, column->bit);
      else
        add_column (self, g_strdup (column->name), how, column->bit);
    }
}

static int
find_index (const EngramCompareTable *self,
            const char               *name)
{
  for (guint i = 0; i < self->columns->len; i++)
    if (g_str_equal (((EngramCompareColumn *) g_ptr_array_index (self->columns, i))->name, name))
      return ENGRAM_COMPARE_FIRST + (int) i;
  g_assert_not_reached ();
}

static void
find_measured (EngramCompareTable *self)
{
  if (self->class->kind == ENGRAM_RECORD_SYNAPSE)
    {
      self->touched = ENGRAM_SYNAPSE_MODIFIED_AT;
      self->change = find_index (self, "weight");
      return;
    }
  self->touched = ENGRAM_NEURON_MODIFIED_AT;
  self->change = find_index (self, "activation_level");
  self->position = find_index (self, "position_x");
  self->vector = find_index (self, "vector");
}

static gboolean
is_own_column (const EngramCompareTable *self,
               guint                     n_own,
               const char               *name)
{
  for (guint i = 0; i < n_own; i++)
    if (g_ascii_strcasecmp (((EngramCompareColumn *) g_ptr_array_index (self->columns, i))->name, name) == 0)
      return TRUE;
  return FALSE;
}

/* Columns of other programs: those that both files have are compared. */
static void
add_foreign_columns (EngramCompareTable *self,
                     GStrv               columns[ENGRAM_COMPARE_N_SIDES])
{
  guint n_own = self->columns->len;

  for (guint side = 0; side < ENGRAM_COMPARE_N_SIDES; side++)
    {
      g_autoptr (GStrvBuilder) unshared = g_strv_builder_new ();

      for (gsize i = 0; columns[side][i] != NULL; i++)
        {
          const char *name = columns[side][i];

          if (is_own_column (self, n_own, name))
            continue;
          if (!has_column (columns[ENGRAM_COMPARE_OTHER - side], name))
            g_strv_builder_add (unshared, name);
          else if (side == ENGRAM_COMPARE_TODAY)
            add_column (self, g_strdup (name), ENGRAM_COMPARE_VALUE, 0);
        }
      self->unshared[side] = g_strv_builder_end (unshared);
    }
}

/* Names of columns come from the files: quoted, whatever they are, they are names and nothing else. */
static void
append_quoted (GString    *sql,
               const char *name)
{
  g_autoptr (GString) quoted = g_string_new (name);

  g_string_replace (quoted, "\"", "\"\"", 0);
  g_string_append_printf (sql, ",\"%s\"", quoted->str);
}

static char *
make_select (const EngramCompareTable *self,
             char                    **columns)
{
  g_autoptr (GString) sql = g_string_new ("SELECT rowid");

  for (guint i = 0; i < self->columns->len; i++)
    {
      const EngramCompareColumn *column = g_ptr_array_index (self->columns, i);

      if (has_column (columns, column->name))
        append_quoted (sql, column->name);
      else
        g_string_append (sql, ",NULL");
    }
  g_string_append_printf (sql, " FROM %s WHERE rowid BETWEEN ? AND ? ORDER BY rowid", self->name);
  return g_string_free (g_steal_pointer (&sql), FALSE);
}

EngramCompareTable *
engram_compare_table_new (const EngramRecordClass  *class,
                          EngramConnection         *today,
                          EngramConnection         *other,
                          GError                  **error)
{
  g_autoptr (EngramCompareTable) self = g_new0 (EngramCompareTable, 1);
  const char *name = class->kind == ENGRAM_RECORD_NEURON ? "neurons" : "synapses";
  g_auto (GStrv) columns = read_columns (today, name, error);
  g_auto (GStrv) other_columns = columns != NULL ? read_columns (other, name, error) : NULL;
  GStrv both[ENGRAM_COMPARE_N_SIDES] = { columns, other_columns };

  self->class = class;
  self->name = name;
  self->columns = g_ptr_array_new_with_free_func (column_free);
  fields_init (&self->fields, class);
  if (other_columns == NULL)
    return NULL;
  add_own_columns (self);
  find_measured (self);
  add_foreign_columns (self, both);
  for (guint side = 0; side < ENGRAM_COMPARE_N_SIDES; side++)
    self->selects[side] = make_select (self, both[side]);
  return g_steal_pointer (&self);
}

void
engram_compare_table_free (EngramCompareTable *self)
{
  if (self == NULL)
    return;

  for (guint side = 0; side < ENGRAM_COMPARE_N_SIDES; side++)
    {
      g_free (self->selects[side]);
      g_strfreev (self->unshared[side]);
    }
  g_ptr_array_unref (self->columns);
  fields_clear (&self->fields);
  g_free (self);
}

/* Values */

static gboolean
is_same_bytes (sqlite3_stmt *today,
               sqlite3_stmt *other,
               int           index)
{
  const void *bytes = sqlite3_column_blob (today, index);
  const void *other_bytes = sqlite3_column_blob (other, index);
  int length = sqlite3_column_bytes (today, index);

  return length == sqlite3_column_bytes (other, index) && (length == 0 || memcmp (bytes, other_bytes, length) == 0);
}

/* As UTF-8, whatever the files keep. */
static gboolean
is_same_text (sqlite3_stmt *today,
              sqlite3_stmt *other,
              int           index)
{
  const unsigned char *text = sqlite3_column_text (today, index);
  const unsigned char *other_text = sqlite3_column_text (other, index);
  int length = sqlite3_column_bytes (today, index);

  return length == sqlite3_column_bytes (other, index) && text != NULL && other_text != NULL &&
         memcmp (text, other_text, length) == 0;
}

static gboolean
is_number (int type)
{
  return type == SQLITE_INTEGER || type == SQLITE_FLOAT;
}

/* A whole number in the one file and a real in the other: equal where the real is just that number. */
static gboolean
is_same_number (sqlite3_stmt *today,
                sqlite3_stmt *other,
                int           index)
{
  double number = sqlite3_column_double (today, index), other_number = sqlite3_column_double (other, index);

  return number == other_number && sqlite3_column_int64 (today, index) == sqlite3_column_int64 (other, index);
}

gboolean
engram_compare_is_same_value (sqlite3_stmt *today,
                              sqlite3_stmt *other,
                              int           index)
{
  int type = sqlite3_column_type (today, index), other_type = sqlite3_column_type (other, index);

  if (type != other_type)
    return is_number (type) && is_number (other_type) && is_same_number (today, other, index);
  switch (type)
    {
    case SQLITE_INTEGER:
      return sqlite3_column_int64 (today, index) == sqlite3_column_int64 (other, index);
    case SQLITE_FLOAT:
      return sqlite3_column_double (today, index) == sqlite3_column_double (other, index);
    case SQLITE_TEXT:
      return is_same_text (today, other, index);
    case SQLITE_BLOB:
      return is_same_bytes (today, other, index);
    default:
      return TRUE;
    }
}

/* NULL where the value is no text. */
static const char *
get_text (sqlite3_stmt *row,
          int           index,
          gsize        *length)
{
  const char *text = sqlite3_column_type (row, index) == SQLITE_TEXT ? (const char *) sqlite3_column_text (row, index)
                                                                     : NULL;

  *length = text != NULL ? (gsize) sqlite3_column_bytes (row, index) : 0;
  return text;
}

static gboolean
is_same_json (sqlite3_stmt *today,
              sqlite3_stmt *other,
              int           index)
{
  gsize length, other_length;
  const char *text = get_text (today, index, &length);
  const char *other_text = get_text (other, index, &other_length);

  return text != NULL && other_text != NULL && engram_compare_json_is_same (text, length, other_text, other_length);
}

gboolean
engram_compare_column_differs (const EngramCompareColumn *self,
                               sqlite3_stmt              *today,
                               sqlite3_stmt              *other,
                               int                        index)
{
  if (engram_compare_is_same_value (today, other, index))
    return FALSE;
  return self->how != ENGRAM_COMPARE_JSON || !is_same_json (today, other, index);
}

static gboolean
is_null_or_text (sqlite3_stmt *row,
                 int           index)
{
  int type = sqlite3_column_type (row, index);

  return type == SQLITE_NULL || type == SQLITE_TEXT;
}

static guint64
compare_members (EngramCompareTable *self,
                 sqlite3_stmt       *today,
                 sqlite3_stmt       *other,
                 int                 index)
{
  gsize length, other_length;
  const char *text = get_text (today, index, &length);
  const char *other_text = get_text (other, index, &other_length);

  if (!is_null_or_text (today, index) || !is_null_or_text (other, index))
    return self->fields.overflow;
  return engram_compare_members (self, text, length, other_text, other_length);
}

/* Numbers */

static double
get_number (sqlite3_stmt *row,
            int           index)
{
  return is_number (sqlite3_column_type (row, index)) ? sqlite3_column_double (row, index) : NAN;
}

static double
measure_move (const EngramCompareTable *self,
              sqlite3_stmt             *today,
              sqlite3_stmt             *other)
{
  double sum = 0;
  int x = self->position;

  for (int axis = 0; axis < 3; axis++)
    {
      double change = get_number (today, x + axis) - get_number (other, x + axis);

      sum += change * change;
    }
  return sqrt (sum);
}

/* A vector of the file is little-endian and need not be aligned. */
static float
get_float (const guint8 *bytes,
           gsize         i)
{
  guint32 word;
  float number;

  memcpy (&word, bytes + i * sizeof word, sizeof word);
  word = GUINT32_FROM_LE (word);
  memcpy (&number, &word, sizeof number);
  return number;
}

static void
measure_vectors (const guint8     *vector,
                 const guint8     *other,
                 gsize             n,
                 EngramDifference *difference)
{
  double dot = 0, square = 0, other_square = 0, apart = 0;
  double cosine;

  for (gsize i = 0; i < n; i++)
    {
      double a = get_float (vector, i), b = get_float (other, i);

      dot += a * b;
      square += a * a;
      other_square += b * b;
      apart += (a - b) * (a - b);
    }
  difference->drift_length = isfinite (apart) ? sqrt (apart) : NAN;
  if (!(square > 0 && other_square > 0 && isfinite (square) && isfinite (other_square)))
    return;
  /* The product of two squares can be beyond the range of a double; that of two lengths cannot. */
  cosine = dot / (sqrt (square) * sqrt (other_square));
  difference->drift = 1 - CLAMP (cosine, -1, 1);
}

static void
measure_drift (const EngramCompareTable *self,
               sqlite3_stmt             *today,
               sqlite3_stmt             *other,
               EngramDifference         *difference)
{
  const guint8 *vector, *other_vector;
  int index = self->vector, length;

  if (sqlite3_column_type (today, index) != SQLITE_BLOB || sqlite3_column_type (other, index) != SQLITE_BLOB)
    return;
  vector = sqlite3_column_blob (today, index);
  other_vector = sqlite3_column_blob (other, index);
  length = sqlite3_column_bytes (today, index);
  if (vector == NULL || other_vector == NULL || length == 0 || length % sizeof (float) != 0 ||
      length != sqlite3_column_bytes (other, index))
    return;
  if (memcmp (vector, other_vector, length) == 0)
    difference->drift = difference->drift_length = 0;
  else
    measure_vectors (vector, other_vector, length / sizeof (float), difference);
}

/* Only where something differs: most rows do not. */
static void
measure (const EngramCompareTable *self,
         sqlite3_stmt             *today,
         sqlite3_stmt             *other,
         EngramDifference         *difference)
{
  difference->change = get_number (today, self->change) - get_number (other, self->change);
  if (self->class->kind == ENGRAM_RECORD_SYNAPSE)
    return;
  difference->moved = measure_move (self, today, other);
  measure_drift (self, today, other, difference);
}

void
engram_compare_table_compare (EngramCompareTable *self,
                              sqlite3_stmt       *today,
                              sqlite3_stmt       *other,
                              EngramDifference   *difference)
{
  *difference = (EngramDifference) { 0, NAN, NAN, NAN, NAN };
  for (guint i = 0; i < self->columns->len; i++)
    {
      const EngramCompareColumn *column = g_ptr_array_index (self->columns, i);
      int index = ENGRAM_COMPARE_FIRST + (int) i;

      if (!engram_compare_column_differs (column, today, other, index))
        continue;
      if (column->how == ENGRAM_COMPARE_MEMBERS)
        difference->fields |= compare_members (self, today, other, index);
      else
        difference->fields |= column->bit != 0 ? column->bit
                                               : engram_compare_fields_get_bit (&self->fields, column->name);
    }
  if (difference->fields != 0)
    measure (self, today, other, difference);
}

gboolean
engram_compare_check_memory (EngramConnection  *connection,
                             GError           **error)
{
  if (sqlite3_errcode (engram_connection_get_handle (connection)) != SQLITE_NOMEM)
    return TRUE;
  engram_connection_set_error (connection, SQLITE_NOMEM, error);
  return FALSE;
}
