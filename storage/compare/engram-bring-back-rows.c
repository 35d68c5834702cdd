/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "compare/engram-bring-back-private.h"

#include <glib/gi18n-lib.h>

#include "model/engram-neuron-private.h"
#include "model/engram-synapse-private.h"
#include "stores/engram-neuron-store-private.h"

static const EngramRecordClass *
get_class (EngramRecordKind kind)
{
  return kind == ENGRAM_RECORD_NEURON ? &engram_neuron_class : &engram_synapse_class;
}

/* Statements */

static char *
list_columns (const EngramCompareTable *table,
              const char               *suffix)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < table->columns->len; i++)
    {
      g_autoptr (GString) name = g_string_new (((EngramCompareColumn *) g_ptr_array_index (table->columns, i))->name);

      g_string_replace (name, "\"", "\"\"", 0);
      g_string_append_printf (list, "%s\"%s\"%s", i > 0 ? "," : "", name->str, suffix);
    }
  return g_string_free (g_steal_pointer (&list), FALSE);
}

static gboolean
table_begin (EngramBringingTable *self,
             EngramRecordKind     kind,
             EngramConnection    *writer,
             EngramReader        *other,
             GError             **error)
{
  g_autofree char *names = NULL;
  g_autofree char *settings = NULL;
  g_autoptr (GString) parameters = g_string_new ("?");

  self->table = engram_compare_table_new (get_class (kind), writer, other, error);
  if (self->table == NULL)
    return FALSE;
  names = list_columns (self->table, "");
  settings = list_columns (self->table, "=?");
  for (guint i = 0; i < self->table->columns->len; i++)
    g_string_append (parameters, ",?");
  self->find = g_strdup_printf ("SELECT rowid FROM %s WHERE id=?", self->table->name);
  self->replace = g_strdup_printf ("UPDATE %s SET %s WHERE rowid=?", self->table->name, settings);
  self->insert = g_strdup_printf ("INSERT INTO %s (rowid,%s) VALUES (%s)", self->table->name, names, parameters->str);
  self->look = g_strdup_printf ("SELECT 1 FROM %s WHERE rowid=?", self->table->name);
  return TRUE;
}

gboolean
engram_bringing_begin (EngramBringing         *self,
                       EngramEditTransaction  *transaction,
                       EngramReader           *other,
                       EngramEditSummary      *summary,
                       GError                **error)
{
  EngramConnection *writer = transaction->write.writer;

  *self = (EngramBringing) { .transaction = transaction, .other = other, .summary = summary };
  for (guint kind = 0; kind < ENGRAM_COMPARISON_N_KINDS; kind++)
    if (!table_begin (&self->tables[kind], kind, writer, other, error))
      return FALSE;
  return engram_database_get_dimension (transaction->write.database, writer, &self->dimension, error);
}

void
engram_bringing_end (EngramBringing *self)
{
  for (guint kind = 0; kind < ENGRAM_COMPARISON_N_KINDS; kind++)
    {
      EngramBringingTable *table = &self->tables[kind];

      g_clear_pointer (&table->table, engram_compare_table_free);
      g_clear_pointer (&table->find, g_free);
      g_clear_pointer (&table->replace, g_free);
      g_clear_pointer (&table->insert, g_free);
      g_clear_pointer (&table->look, g_free);
    }
}

/* Values are bound as SQLite has them, whatever they are: nothing is converted. */
static void
bind_value (EngramStatement *statement,
            int              parameter,
            sqlite3_stmt    *row,
            int              index)
{
  engram_statement_note_bind (statement, sqlite3_bind_value (engram_statement_get_handle (statement), parameter,
                                                             sqlite3_column_value (row, index)));
}

static void
bind_columns (EngramStatement          *statement,
              int                       parameter,
              const EngramCompareTable *table,
              sqlite3_stmt             *row)
{
  for (guint i = 0; i < table->columns->len; i++)
    bind_value (statement, parameter + (int) i, row, ENGRAM_COMPARE_FIRST + (int) i);
}

/* The row whose id is the value at @index of @row: 1 found, 0 absent, -1 @error is set. */
static int
find_by_id (EngramConnection  *connection,
            const char        *sql,
            sqlite3_stmt      *row,
            int                index,
            gint64            *rowid,
            GError           **error)
{
  g_autoptr (EngramStatement) statement = engram_connection_prepare (connection, sql, error);
  int status;

  if (statement == NULL)
    return -1;
  bind_value (statement, 1, row, index);
  status = engram_statement_step (statement, error);
  if (status > 0)
    *rowid = sqlite3_column_int64 (engram_statement_get_handle (statement), 0);
  return status;
}

static const char *
get_id (sqlite3_stmt *row)
{
  const char *id = (const char *) sqlite3_column_text (row, ENGRAM_COMPARE_ID);

  return id != NULL ? id : "";
}

/* What cannot be stored */

/* What SQLite says of a row that breaks the rules of the table is said of the record. */
static gboolean
run (EngramBringing    *self,
     EngramRecordKind   kind,
     EngramStatement   *statement,
     sqlite3_stmt      *row,
     GError           **error)
{
  sqlite3 *handle = engram_connection_get_handle (self->transaction->write.writer);
  g_autoptr (GError) failure = NULL;

  if (engram_statement_run (statement, &failure))
    return TRUE;
  if ((sqlite3_errcode (handle) & 0xff) == SQLITE_CONSTRAINT)
    engram_set_record_error (error, ENGRAM_ERROR_INVALID, kind, get_id (row), NULL,
                             _("as it stands in the other file it breaks the rules of this network (%s)"),
                             sqlite3_errmsg (handle));
  else
    g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gboolean
check_vector (EngramBringing  *self,
              sqlite3_stmt    *row,
              GError         **error)
{
  int index = self->tables[ENGRAM_RECORD_NEURON].table->vector;
  guint length = (guint) sqlite3_column_bytes (row, index) / sizeof (float);

  if (sqlite3_column_type (row, index) != SQLITE_BLOB || self->dimension == 0 || length == self->dimension)
    return TRUE;
  engram_set_record_error (error, ENGRAM_ERROR_INVALID, ENGRAM_RECORD_NEURON, get_id (row), "vector",
                           _("it has %u numbers in the other file, while vectors of this network have %u"), length,
                           self->dimension);
  return FALSE;
}

/* Rows */

/* (transfer full): the row of the other file, which is there; @hash: that of the id that it had, or NULL where it was
 * found just now. */
static EngramStatement *
read_row (EngramBringing    *self,
          EngramRecordKind   kind,
          gint64             rowid,
          const guint32     *hash,
          GError           **error)
{
  g_autoptr (EngramStatement) statement = NULL;
  int status;

  statement = engram_connection_prepare (self->other, self->tables[kind].table->selects[ENGRAM_COMPARE_OTHER], error);
  if (statement == NULL)
    return NULL;
  engram_statement_bind_int64 (statement, 1, rowid);
  engram_statement_bind_int64 (statement, 2, rowid);
  status = engram_statement_step (statement, error);
  if (status > 0 && (hash == NULL || engram_comparison_has_hash (engram_statement_get_handle (statement), *hash)))
    return g_steal_pointer (&statement);
  if (status >= 0)
    g_set_error_literal (error, ENGRAM_ERROR, ENGRAM_ERROR_CHANGED,
                         _("The other file has changed since the files were compared. Nothing was brought back. "
                           "Compare them again."));
  return NULL;
}

static gboolean
replace_row (EngramBringing    *self,
             EngramRecordKind   kind,
             gint64             rowid,
             sqlite3_stmt      *row,
             GError           **error)
{
  const EngramBringingTable *table = &self->tables[kind];
  EngramConnection *writer = self->transaction->write.writer;
  g_autoptr (EngramStatement) statement = NULL;

  if (!engram_history_note_row (self->transaction->recording, table->table->name, rowid, error))
    return FALSE;
  statement = engram_connection_prepare (writer, table->replace, error);
  if (statement == NULL)
    return FALSE;
  bind_columns (statement, 1, table->table, row);
  engram_statement_bind_int64 (statement, (int) table->table->columns->len + 1, rowid);
  return run (self, kind, statement, row, error);
}

static gboolean
is_taken (EngramBringing    *self,
          EngramRecordKind   kind,
          gint64             rowid,
          gboolean          *taken,
          GError           **error)
{
  g_autoptr (EngramStatement) statement = NULL;
  int status;

  statement = engram_connection_prepare (self->transaction->write.writer, self->tables[kind].look, error);
  if (statement == NULL)
    return FALSE;
  engram_statement_bind_int64 (statement, 1, rowid);
  status = engram_statement_step (statement, error);
  *taken = status > 0;
  return status >= 0;
}

/* Where it stood, where that is free, else at the end. */
static gboolean
insert_row (EngramBringing    *self,
            EngramRecordKind   kind,
            sqlite3_stmt      *row,
            GError           **error)
{
  const EngramBringingTable *table = &self->tables[kind];
  EngramConnection *writer = self->transaction->write.writer;
  gint64 rowid = sqlite3_column_int64 (row, ENGRAM_COMPARE_ROWID);
  g_autoptr (EngramStatement) statement = NULL;
  gboolean taken;

  if (!is_taken (self, kind, rowid, &taken, error))
    return FALSE;
  statement = engram_connection_prepare (writer, table->insert, error);
  if (statement == NULL)
    return FALSE;
  if (!taken)
    engram_statement_bind_int64 (statement, 1, rowid);
  bind_columns (statement, 2, table->table, row);
  if (!run (self, kind, statement, row, error))
    return FALSE;
  rowid = sqlite3_last_insert_rowid (engram_connection_get_handle (writer));
  return engram_history_note_inserted (self->transaction->recording, table->table->name, rowid, rowid, error);
}

/* What stands for a neuron that comes back alone. */
static gboolean
note_name (EngramBringing  *self,
           gint64           rowid,
           GError         **error)
{
  g_autoptr (EngramStatement) statement = NULL;
  g_autoptr (EngramNeuron) neuron = NULL;
  int status;

  if (self->summary->neuron_name != NULL)
    return TRUE;
  statement = engram_neuron_store_prepare (self->other, FALSE, "FROM neurons WHERE rowid=?", error);
  if (statement == NULL)
    return FALSE;
  engram_statement_bind_int64 (statement, 1, rowid);
  status = engram_statement_step (statement, error);
  if (status > 0)
    {
      neuron = engram_neuron_read (engram_statement_get_handle (statement));
      self->summary->neuron_name = engram_edit_shorten (engram_neuron_get_summary (neuron));
    }
  return status >= 0;
}

static void
count (EngramBringing   *self,
       EngramRecordKind  kind,
       gboolean          is_new)
{
  EngramEditResult *counts = &self->summary->counts;

  if (kind == ENGRAM_RECORD_NEURON)
    *(is_new ? &counts->neurons_created : &counts->neurons_changed) += 1;
  else
    *(is_new ? &counts->synapses_created : &counts->synapses_changed) += 1;
}

static gboolean
store_row (EngramBringing    *self,
           EngramRecordKind   kind,
           sqlite3_stmt      *row,
           GError           **error)
{
  gint64 rowid;
  int found = find_by_id (self->transaction->write.writer, self->tables[kind].find, row, ENGRAM_COMPARE_ID, &rowid,
                          error);

  if (found < 0 ||
      !(found > 0 ? replace_row (self, kind, rowid, row, error) : insert_row (self, kind, row, error)))
    return FALSE;
  count (self, kind, found == 0);
  return TRUE;
}

static gboolean
take_neuron (EngramBringing  *self,
             gint64           rowid,
             const guint32   *hash,
             GError         **error)
{
  g_autoptr (EngramStatement) statement = read_row (self, ENGRAM_RECORD_NEURON, rowid, hash, error);
  sqlite3_stmt *row;

  if (statement == NULL)
    return FALSE;
  row = engram_statement_get_handle (statement);
  return check_vector (self, row, error) && store_row (self, ENGRAM_RECORD_NEURON, row, error) &&
         note_name (self, rowid, error);
}

/* Synapses */

static const int ends[] = { ENGRAM_COMPARE_ID + 1, ENGRAM_COMPARE_ID + 2 };

/* A synapse brings the neuron at its end along, where today has it no longer. */
static gboolean
take_end (EngramBringing  *self,
          sqlite3_stmt    *row,
          int              end,
          GError         **error)
{
  const char *find = self->tables[ENGRAM_RECORD_NEURON].find;
  gint64 rowid;
  int found = find_by_id (self->transaction->write.writer, find, row, end, &rowid, error);

  if (found != 0)
    return found > 0;
  found = find_by_id (self->other, find, row, end, &rowid, error);
  if (found > 0)
    return take_neuron (self, rowid, NULL, error);
  if (found == 0)
    engram_set_record_error (error, ENGRAM_ERROR_INVALID, ENGRAM_RECORD_SYNAPSE, get_id (row),
                             end == ends[0] ? "source_neuron_id" : "target_neuron_id",
                             _("the neuron at this end is in neither file"));
  return FALSE;
}

static gboolean
take_synapse (EngramBringing  *self,
              gint64           rowid,
              const guint32   *hash,
              GError         **error)
{
  g_autoptr (EngramStatement) statement = read_row (self, ENGRAM_RECORD_SYNAPSE, rowid, hash, error);
  sqlite3_stmt *row;

  if (statement == NULL)
    return FALSE;
  row = engram_statement_get_handle (statement);
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    if (!take_end (self, row, ends[i], error))
      return FALSE;
  return store_row (self, ENGRAM_RECORD_SYNAPSE, row, error);
}

gboolean
engram_bringing_take_row (EngramBringing           *self,
                          EngramRecordKind          kind,
                          const EngramBringingRow  *row,
                          GError                  **error)
{
  return kind == ENGRAM_RECORD_NEURON ? take_neuron (self, row->rowid, &row->hash, error)
                                      : take_synapse (self, row->rowid, &row->hash, error);
}

/* Whether both ends are there, and the synapse is not. */
static gboolean
is_wanted (EngramBringing  *self,
           gint64           rowid,
           const guint32   *hash,
           gboolean        *wanted,
           GError         **error)
{
  EngramConnection *writer = self->transaction->write.writer;
  g_autoptr (EngramStatement) statement = read_row (self, ENGRAM_RECORD_SYNAPSE, rowid, hash, error);
  sqlite3_stmt *row;
  gint64 ignored;
  int found;

  if (statement == NULL)
    return FALSE;
  row = engram_statement_get_handle (statement);
  found = find_by_id (writer, self->tables[ENGRAM_RECORD_SYNAPSE].find, row, ENGRAM_COMPARE_ID, &ignored, error);
  *wanted = found == 0;
  for (guint i = 0; i < G_N_ELEMENTS (ends) && found >= 0 && *wanted; i++)
    {
      found = find_by_id (writer, self->tables[ENGRAM_RECORD_NEURON].find, row, ends[i], &ignored, error);
      *wanted = found > 0;
    }
  return found >= 0;
}

/* (transfer full) (element-type gint64): by rowid */
static GArray *
list_synapses (EngramConnection  *connection,
               gint64             neuron,
               GError           **error)
{
  g_autoptr (GArray) rowids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (EngramStatement) statement = NULL;
  int status;

  statement = engram_connection_prepare (connection,
    "SELECT s.rowid FROM neurons n CROSS JOIN synapses s ON s.source_neuron_id=n.id WHERE n.rowid=?1"
    " UNION"
    " SELECT s.rowid FROM neurons n CROSS JOIN synapses s ON s.target_neuron_id=n.id WHERE n.rowid=?1"
    " ORDER BY 1", error);
  if (statement == NULL)
    return NULL;
  engram_statement_bind_int64 (statement, 1, neuron);
  while ((status = engram_statement_step (statement, error)) > 0)
    {
      gint64 rowid = sqlite3_column_int64 (engram_statement_get_handle (statement), 0);

      g_array_append_val (rowids, rowid);
    }
  return status == 0 ? g_steal_pointer (&rowids) : NULL;
}

gboolean
engram_bringing_take_synapses (EngramBringing    *self,
                               EngramComparison  *comparison,
                               gint64             neuron,
                               GError           **error)
{
  g_autoptr (GArray) rowids = list_synapses (self->other, neuron, error);

  if (rowids == NULL)
    return FALSE;
  for (guint i = 0; i < rowids->len; i++)
    {
      gint64 rowid = g_array_index (rowids, gint64, i);
      gboolean wanted;
      guint32 hash;

      if (!engram_comparison_find_removed (comparison, ENGRAM_RECORD_SYNAPSE, rowid, &hash))
        continue;
      if (!is_wanted (self, rowid, &hash, &wanted, error) || (wanted && !take_synapse (self, rowid, &hash, error)))
        return FALSE;
    }
  return TRUE;
}

/* What was added */

static gboolean
is_added (EngramBringing    *self,
          EngramRecordKind   kind,
          gint64             rowid,
          gboolean          *added,
          GError           **error)
{
  const EngramBringingTable *table = &self->tables[kind];
  g_autoptr (EngramStatement) statement = NULL;
  gint64 ignored;
  int found;

  *added = FALSE;
  statement = engram_connection_prepare (self->transaction->write.writer, table->table->selects[ENGRAM_COMPARE_TODAY],
                                         error);
  if (statement == NULL)
    return FALSE;
  engram_statement_bind_int64 (statement, 1, rowid);
  engram_statement_bind_int64 (statement, 2, rowid);
  found = engram_statement_step (statement, error);
  if (found <= 0)
    return found == 0;
  found = find_by_id (self->other, table->find, engram_statement_get_handle (statement), ENGRAM_COMPARE_ID, &ignored,
                      error);
  *added = found == 0;
  return found >= 0;
}

EngramRowSet *
engram_bringing_find_added (EngramBringing    *self,
                            EngramRecordKind   kind,
                            EngramRowSet      *rows,
                            GError           **error)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (gint64));
  gsize n_rows = engram_row_set_get_size (rows);

  for (gsize i = 0; i < n_rows; i++)
    {
      gint64 rowid = engram_row_set_get (rows, i);
      gboolean added;

      if (!is_added (self, kind, rowid, &added, error))
        return NULL;
      if (added)
        g_array_append_val (found, rowid);
    }
  return engram_row_set_new ((const gint64 *) found->data, found->len);
}

static gboolean
is_joined (EngramBringing  *self,
           gint64           neuron,
           EngramRowSet    *synapses,
           gboolean        *joined,
           GError         **error)
{
  g_autoptr (GArray) rowids = list_synapses (self->transaction->write.writer, neuron, error);

  *joined = FALSE;
  if (rowids == NULL)
    return FALSE;
  for (guint i = 0; i < rowids->len && !*joined; i++)
    *joined = engram_row_set_contains (synapses, g_array_index (rowids, gint64, i));
  return TRUE;
}

EngramRowSet *
engram_bringing_find_joined (EngramBringing  *self,
                             EngramRowSet    *neurons,
                             EngramRowSet    *synapses,
                             GError         **error)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (gint64));
  gsize n_rows = engram_row_set_get_size (synapses) > 0 ? engram_row_set_get_size (neurons) : 0;

  for (gsize i = 0; i < n_rows; i++)
    {
      gint64 rowid = engram_row_set_get (neurons, i);
      gboolean joined;

      if (!is_joined (self, rowid, synapses, &joined, error))
        return NULL;
      if (joined)
        g_array_append_val (found, rowid);
    }
  return engram_row_set_new ((const gint64 *) found->data, found->len);
}
