/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "safety/integrity/engram-integrity-mending-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "documents/engram-broken-json-private.h"
#include "engram-error-private.h"
#include "model/engram-time.h"
#include "safety/integrity/engram-integrity-preview-private.h"

#define KIND(name) ENGRAM_KIND_BIT (ENGRAM_KIND_##name)

#define BROKEN_VECTORS                                                                                 \
  (KIND (VECTOR_LENGTH) | KIND (VECTOR_DIMENSION) | KIND (VECTOR_NOT_FINITE) | KIND (VECTOR_NOT_BLOB))
#define BROKEN_JSON (KIND (METADATA_JSON) | KIND (TAGS_JSON) | KIND (SCHEMA_JSON))

/* Which of the columns that hold JSON the metadata are, in both tables. */
#define METADATA_JSON 0

const EngramRepairTable engram_repair_neuron_table = {
  "neurons", ENGRAM_RECORD_NEURON, engram_integrity_neuron_json, ENGRAM_N_NEURON_JSON, ENGRAM_NEURON_ROW_CREATED_AT,
  ENGRAM_NEURON_ROW_MODIFIED_AT,
};

const EngramRepairTable engram_repair_synapse_table = {
  "synapses", ENGRAM_RECORD_SYNAPSE, engram_integrity_synapse_json, ENGRAM_N_SYNAPSE_JSON,
  ENGRAM_SYNAPSE_ROW_CREATED_AT, ENGRAM_SYNAPSE_ROW_MODIFIED_AT,
};

void
engram_mending_clear (EngramMending *self)
{
  for (guint i = 0; i < self->n_changes; i++)
    {
      g_free (self->changes[i].before);
      g_free (self->changes[i].text);
    }
  g_free (self->id);
}

/* @index: the column's in @row */
static void
mend (EngramRepair  *self,
      EngramMending *mending,
      sqlite3_stmt  *row,
      const char    *column,
      int            index,
      char          *text,
      double         number)
{
  gboolean is_told = engram_repair_is_told (self);

  mending->changes[mending->n_changes].column = column;
  mending->changes[mending->n_changes].before = is_told ? engram_repair_describe_value (row, column, index) : NULL;
  mending->changes[mending->n_changes].text = text;
  mending->changes[mending->n_changes].number = number;
  mending->n_changes++;
  if (is_told && mending->id == NULL)
    mending->id = engram_repair_dup_row_id (row);
}

EngramStatement *
engram_repair_prepare_rows (EngramRepair             *self,
                            const EngramRepairTable  *table,
                            const char               *where,
                            GError                  **error)
{
  const char *columns = table == &engram_repair_neuron_table
    ? engram_integrity_get_neuron_columns (engram_connection_neurons_have_fields (self->connection))
    : engram_integrity_get_synapse_columns (engram_connection_synapses_have_fields (self->connection));
  g_autofree char *sql = g_strdup_printf ("SELECT %s FROM %s NOT INDEXED %s", columns, table->name, where);

  return engram_connection_prepare (self->connection, sql, error);
}

static gboolean
set_too_long (const EngramRepairTable  *table,
              sqlite3_stmt             *row,
              const char               *field,
              GError                  **error)
{
  const char *id = (const char *) sqlite3_column_text (row, 1);

  engram_set_record_error (error, ENGRAM_ERROR_INVALID, table->record, id, field,
                           _("This is not JSON, and too long, or nested too deeply, to be kept in the metadata. "
                             "Nothing was changed."));
  return FALSE;
}

/* What a column holds that is not NULL, as bytes. Nothing must be taken for empty for want of memory. */
static const char *
get_bytes (EngramRepair  *self,
           sqlite3_stmt  *row,
           int            index,
           GError       **error)
{
  gboolean is_blob = sqlite3_column_type (row, index) == SQLITE_BLOB;
  const char *bytes = is_blob ? sqlite3_column_blob (row, index) : (const char *) sqlite3_column_text (row, index);

  if (bytes == NULL && is_blob && sqlite3_column_bytes (row, index) == 0)
    return "";
  if (bytes == NULL)
    engram_connection_set_error (self->connection, SQLITE_NOMEM, error);
  return bytes;
}

/* Keeps what stands in a column in the metadata to be, which is replaced. */
static gboolean
keep_old (EngramRepair             *self,
          const EngramRepairTable  *table,
          sqlite3_stmt             *row,
          const EngramJsonColumn   *column,
          char                    **metadata,
          GError                  **error)
{
  const char *bytes = get_bytes (self, row, column->index, error);
  char *kept;

  if (bytes == NULL)
    return FALSE;
  kept = engram_broken_json_keep (*metadata, column->name, bytes, sqlite3_column_bytes (row, column->index));
  if (kept == NULL)
    return set_too_long (table, row, column->name, error);
  g_free (*metadata);
  *metadata = kept;
  return TRUE;
}

/* Whether a column is broken, said only of what could be read. */
static gboolean
look_at_json (EngramRepair            *self,
              sqlite3_stmt            *row,
              const EngramJsonColumn  *column,
              gboolean                *is_broken,
              GError                 **error)
{
  if (sqlite3_column_type (row, column->index) != SQLITE_NULL && get_bytes (self, row, column->index, error) == NULL)
    return FALSE;
  *is_broken = engram_integrity_is_json_broken (row, column);
  return TRUE;
}

/* The metadata to be, before anything else is kept in them; broken ones are kept themselves. */
static gboolean
begin_metadata (EngramRepair             *self,
                const EngramRepairTable  *table,
                sqlite3_stmt             *row,
                gboolean                 *is_broken,
                char                    **metadata,
                GError                  **error)
{
  const EngramJsonColumn *column = &table->json[METADATA_JSON];

  if (!look_at_json (self, row, column, is_broken, error))
    return FALSE;
  if (*is_broken)
    return keep_old (self, table, row, column, metadata, error);
  if (sqlite3_column_type (row, column->index) != SQLITE_NULL)
    *metadata = g_strdup (get_bytes (self, row, column->index, error));
  return TRUE;
}

/* Broken metadata cannot keep anything: where another column's text is to go there, they are repaired too. */
static gboolean
mend_json (EngramRepair             *self,
           const EngramRepairTable  *table,
           EngramBrokenRow          *broken,
           sqlite3_stmt             *row,
           EngramMending            *mending,
           GError                  **error)
{
  g_autofree char *metadata = NULL;
  gboolean metadata_are_broken, is_broken;
  guint n_before = mending->n_changes;

  if (!begin_metadata (self, table, row, &metadata_are_broken, &metadata, error))
    return FALSE;
  for (guint i = METADATA_JSON + 1; i < table->n_json; i++)
    {
      const EngramJsonColumn *column = &table->json[i];

      if ((broken->kinds & ENGRAM_KIND_BIT (column->kind)) == 0)
        continue;
      if (!look_at_json (self, row, column, &is_broken, error) ||
          (is_broken && !keep_old (self, table, row, column, &metadata, error)))
        return FALSE;
      if (is_broken)
        mend (self, mending, row, column->name, column->index,
              g_strdup (column->type == ENGRAM_JSON_LIST ? "[]" : "{}"), 0);
    }
  if (metadata_are_broken)
    broken->kinds |= KIND (METADATA_JSON);
  if (metadata_are_broken || mending->n_changes > n_before)
    mend (self, mending, row, table->json[METADATA_JSON].name, table->json[METADATA_JSON].index,
          g_steal_pointer (&metadata), 0);
  return TRUE;
}

/* A repair is a change; but no row must seem to have been changed before it was created. */
static char *
get_modified_at (EngramRepair            *self,
                 const EngramRepairTable *table,
                 sqlite3_stmt            *row)
{
  g_autofree char *created = engram_time_normalize ((const char *) sqlite3_column_text (row, table->created_index));

  if (created != NULL && strcmp (created, self->now) > 0)
    return g_steal_pointer (&created);
  return g_strdup (self->now);
}

gboolean
engram_repair_mend_row (EngramRepair             *self,
                        const EngramRepairTable  *table,
                        EngramBrokenRow          *broken,
                        EngramMending            *mending,
                        GError                  **error)
{
  g_autoptr (EngramStatement) statement = engram_repair_prepare_rows (self, table, "WHERE rowid=?", error);
  sqlite3_stmt *row;
  int status;

  if (statement == NULL)
    return FALSE;
  row = engram_statement_get_handle (statement);
  engram_statement_bind_int64 (statement, 1, broken->rowid);
  status = engram_statement_step (statement, error);
  if (status <= 0)
    return status == 0;
  if ((broken->kinds & BROKEN_JSON) != 0 && !mend_json (self, table, broken, row, mending, error))
    return FALSE;
  if ((broken->kinds & BROKEN_VECTORS) != 0)
    mend (self, mending, row, "vector", ENGRAM_NEURON_ROW_VECTOR, NULL, 0);
  if ((broken->kinds & KIND (WEIGHT_RANGE)) != 0)
    mend (self, mending, row, "weight", ENGRAM_SYNAPSE_ROW_WEIGHT, NULL,
          sqlite3_column_double (row, ENGRAM_SYNAPSE_ROW_WEIGHT) > 0 ? 1 : -1);
  if (mending->n_changes > 0)
    mend (self, mending, row, ENGRAM_REPAIR_TIME, table->modified_index, get_modified_at (self, table, row), 0);
  return TRUE;
}
