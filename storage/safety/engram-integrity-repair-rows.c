/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "safety/engram-integrity-repair-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "documents/engram-broken-json-private.h"
#include "engram-error-private.h"
#include "model/engram-time.h"
#include "safety/engram-bulk-change-private.h"
#include "safety/engram-history-rows-private.h"

#define KIND(name) ENGRAM_KIND_BIT (ENGRAM_KIND_##name)

#define ORPHANS (KIND (ORPHAN_SOURCE) | KIND (ORPHAN_TARGET))
#define BROKEN_VECTORS                                                                                 \
  (KIND (VECTOR_LENGTH) | KIND (VECTOR_DIMENSION) | KIND (VECTOR_NOT_FINITE) | KIND (VECTOR_NOT_BLOB))
#define BROKEN_JSON (KIND (METADATA_JSON) | KIND (TAGS_JSON) | KIND (SCHEMA_JSON))

/* Which of the columns that hold JSON the metadata are, in both tables. */
#define METADATA_JSON 0

/* Rows between two looks at the cancellable and two reports. */
#define ROWS_PER_LOOK 256

/* The greatest number of columns that are set in one row: all that hold JSON, the vector or the weight, the time. */
#define MAX_CHANGES (ENGRAM_N_NEURON_JSON + 2)

/* A row of a table in which something is to be repaired. */
typedef struct {
  gint64             rowid;
  EngramFindingKinds kinds;
} BrokenRow;

/* What differs between the two tables. */
typedef struct {
  const char             *name;
  EngramRecordKind        record;
  const EngramJsonColumn *json;
  guint                   n_json;
  int                     created_index;
} Table;

static const Table neurons = {
  "neurons", ENGRAM_RECORD_NEURON, engram_integrity_neuron_json, ENGRAM_N_NEURON_JSON, ENGRAM_NEURON_ROW_CREATED_AT,
};

static const Table synapses = {
  "synapses", ENGRAM_RECORD_SYNAPSE, engram_integrity_synapse_json, ENGRAM_N_SYNAPSE_JSON,
  ENGRAM_SYNAPSE_ROW_CREATED_AT,
};

/* What a row's columns become. */
typedef struct {
  struct {
    const char *column;
    char       *text;   /* NULL for @number or, where that is 0, for NULL */
    double      number;
  } changes[MAX_CHANGES];
  guint n_changes;
} Mending;

static void
mending_clear (Mending *self)
{
  for (guint i = 0; i < self->n_changes; i++)
    g_free (self->changes[i].text);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Mending, mending_clear)

static void
mend (Mending    *self,
      const char *column,
      char       *text,
      double      number)
{
  self->changes[self->n_changes].column = column;
  self->changes[self->n_changes].text = text;
  self->changes[self->n_changes].number = number;
  self->n_changes++;
}

static EngramStatement *
prepare_rows (EngramRepair  *self,
              const Table   *table,
              const char    *where,
              GError       **error)
{
  const char *columns = table == &neurons
    ? engram_integrity_get_neuron_columns (engram_connection_neurons_have_fields (self->writer))
    : engram_integrity_get_synapse_columns (engram_connection_synapses_have_fields (self->writer));
  g_autofree char *sql = g_strdup_printf ("SELECT %s FROM %s NOT INDEXED %s", columns, table->name, where);

  return engram_connection_prepare (self->writer, sql, error);
}

static EngramFindingKinds
judge (EngramRepair *self,
       const Table  *table,
       sqlite3_stmt *row)
{
  return self->kinds & (table == &neurons ? engram_integrity_judge_neuron (row, self->dimension)
                                          : engram_integrity_judge_synapse (row, self->ids));
}

/* (element-type BrokenRow): the rows, in their order, with what is to be repaired in each. */
static GArray *
find_broken (EngramRepair  *self,
             const Table   *table,
             GError       **error)
{
  g_autoptr (GArray) broken = g_array_new (FALSE, FALSE, sizeof (BrokenRow));
  g_autoptr (EngramStatement) statement = prepare_rows (self, table, "ORDER BY rowid", error);
  int status;

  if (statement == NULL)
    return NULL;
  while ((status = engram_statement_step (statement, error)) > 0)
    {
      sqlite3_stmt *row = engram_statement_get_handle (statement);
      BrokenRow found = { sqlite3_column_int64 (row, 0), judge (self, table, row) };

      if (found.kinds != 0)
        g_array_append_val (broken, found);
    }
  return status == 0 ? g_steal_pointer (&broken) : NULL;
}

static gboolean
set_too_long (const Table   *table,
              sqlite3_stmt  *row,
              const char    *field,
              GError       **error)
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
    engram_connection_set_error (self->writer, SQLITE_NOMEM, error);
  return bytes;
}

/* Keeps what stands in a column in the metadata to be, which is replaced. */
static gboolean
keep_old (EngramRepair            *self,
          const Table             *table,
          sqlite3_stmt            *row,
          const EngramJsonColumn  *column,
          char                   **metadata,
          GError                 **error)
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
begin_metadata (EngramRepair   *self,
                const Table    *table,
                sqlite3_stmt   *row,
                gboolean       *is_broken,
                char          **metadata,
                GError        **error)
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
mend_json (EngramRepair  *self,
           const Table   *table,
           BrokenRow     *broken,
           sqlite3_stmt  *row,
           Mending       *mending,
           GError       **error)
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
        mend (mending, column->name, g_strdup (column->type == ENGRAM_JSON_LIST ? "[]" : "{}"), 0);
    }
  if (metadata_are_broken)
    broken->kinds |= KIND (METADATA_JSON);
  if (metadata_are_broken || mending->n_changes > n_before)
    mend (mending, table->json[METADATA_JSON].name, g_steal_pointer (&metadata), 0);
  return TRUE;
}

/* A repair is a change; but no row must seem to have been changed before it was created. */
static char *
get_modified_at (EngramRepair *self,
                 const Table  *table,
                 sqlite3_stmt *row)
{
  g_autofree char *created = engram_time_normalize ((const char *) sqlite3_column_text (row, table->created_index));

  if (created != NULL && strcmp (created, self->now) > 0)
    return g_steal_pointer (&created);
  return g_strdup (self->now);
}

static gboolean
write_row (EngramRepair   *self,
           const Table    *table,
           gint64          rowid,
           const Mending  *mending,
           GError        **error)
{
  g_autoptr (GString) sql = g_string_new (NULL);
  g_autoptr (EngramStatement) statement = NULL;
  int parameter = 1;

  g_string_printf (sql, "UPDATE %s SET ", table->name);
  for (guint i = 0; i < mending->n_changes; i++)
    g_string_append_printf (sql, "%s%s=?", i > 0 ? "," : "", mending->changes[i].column);
  g_string_append (sql, " WHERE rowid=?");
  statement = engram_connection_prepare (self->writer, sql->str, error);
  if (statement == NULL)
    return FALSE;
  for (guint i = 0; i < mending->n_changes; i++, parameter++)
    if (mending->changes[i].text != NULL)
      engram_statement_bind_text (statement, parameter, mending->changes[i].text);
    else if (mending->changes[i].number != 0)
      engram_statement_bind_double (statement, parameter, mending->changes[i].number);
  engram_statement_bind_int64 (statement, parameter, rowid);
  return engram_statement_run (statement, error);
}

static void
count (EngramRepair       *self,
       EngramFindingKinds  kinds)
{
  for (guint i = 0; i < ENGRAM_N_KINDS; i++)
    if ((kinds & ENGRAM_KIND_BIT (i)) != 0)
      self->counts[i]++;
}

/* SQLite has the last word on whether it is an orphan. */
static gboolean
delete_orphan (EngramRepair  *self,
               BrokenRow     *broken,
               GError       **error)
{
  sqlite3 *handle = engram_connection_get_handle (self->writer);
  gint64 before = sqlite3_total_changes64 (handle);
  g_autoptr (EngramStatement) statement = NULL;

  statement = engram_connection_prepare (self->writer,
                                         "DELETE FROM synapses WHERE rowid=? AND " ENGRAM_SYNAPSE_IS_LOOSE, error);
  if (statement == NULL)
    return FALSE;
  engram_statement_bind_int64 (statement, 1, broken->rowid);
  if (!engram_statement_run (statement, error) || !engram_bulk_change_check_others (self->writer, before, error))
    return FALSE;
  if (sqlite3_changes (handle) == 0)
    return TRUE;
  self->synapses_deleted++;
  /* Nothing else is to be repaired in a synapse that goes. */
  count (self, broken->kinds & ORPHANS);
  return TRUE;
}

/* What becomes of a row that stays. */
static gboolean
mend_row (EngramRepair  *self,
          const Table   *table,
          BrokenRow     *broken,
          Mending       *mending,
          GError       **error)
{
  g_autoptr (EngramStatement) statement = prepare_rows (self, table, "WHERE rowid=?", error);
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
    mend (mending, "vector", NULL, 0);
  if ((broken->kinds & KIND (WEIGHT_RANGE)) != 0)
    mend (mending, "weight", NULL, sqlite3_column_double (row, ENGRAM_SYNAPSE_ROW_WEIGHT) > 0 ? 1 : -1);
  if (mending->n_changes > 0)
    mend (mending, "modified_at", get_modified_at (self, table, row), 0);
  return TRUE;
}

static gboolean
repair_row (EngramRepair  *self,
            const Table   *table,
            BrokenRow     *broken,
            GError       **error)
{
  g_auto (Mending) mending = { { { NULL } }, 0 };

  if (!engram_history_note_row (self->recording, table->name, broken->rowid, error))
    return FALSE;
  if ((broken->kinds & ORPHANS) != 0)
    return delete_orphan (self, broken, error);
  if (!mend_row (self, table, broken, &mending, error))
    return FALSE;
  if (mending.n_changes == 0)
    return TRUE;
  if (!write_row (self, table, broken->rowid, &mending, error))
    return FALSE;
  if (table == &neurons)
    self->neurons_changed++;
  else
    self->synapses_changed++;
  count (self, broken->kinds);
  return TRUE;
}

static gboolean
repair_table (EngramRepair  *self,
              const Table   *table,
              const char    *phase,
              double         from,
              double         to,
              GError       **error)
{
  g_autoptr (GArray) broken = NULL;

  if (self->progress != NULL)
    self->progress (phase, from, self->user_data);
  broken = find_broken (self, table, error);
  if (broken == NULL)
    return FALSE;
  for (guint i = 0; i < broken->len; i++)
    {
      if (i % ROWS_PER_LOOK == 0)
        {
          if (g_cancellable_set_error_if_cancelled (engram_connection_get_cancellable (self->writer), error))
            return FALSE;
          if (self->progress != NULL)
            self->progress (phase, from + (to - from) * i / broken->len, self->user_data);
        }
      if (!repair_row (self, table, &g_array_index (broken, BrokenRow, i), error))
        return FALSE;
    }
  return TRUE;
}

gboolean
engram_repair_neurons (EngramRepair  *self,
                       GError       **error)
{
  return repair_table (self, &neurons, _("Repairing neurons"), 0, 0.5, error);
}

gboolean
engram_repair_synapses (EngramRepair  *self,
                        GError       **error)
{
  return repair_table (self, &synapses, _("Repairing synapses"), 0.5, 1, error);
}
