/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "safety/integrity/engram-integrity-preview-private.h"

#include <glib/gi18n-lib.h>

#include "safety/engram-bulk-change-private.h"
#include "safety/history/engram-history-rows-private.h"

#define KIND(name) ENGRAM_KIND_BIT (ENGRAM_KIND_##name)

#define ORPHANS (KIND (ORPHAN_SOURCE) | KIND (ORPHAN_TARGET))
#define BROKEN_VECTORS                                                                                 \
  (KIND (VECTOR_LENGTH) | KIND (VECTOR_DIMENSION) | KIND (VECTOR_NOT_FINITE) | KIND (VECTOR_NOT_BLOB))
#define BROKEN_JSON (KIND (METADATA_JSON) | KIND (TAGS_JSON) | KIND (SCHEMA_JSON))

/* Rows between two looks at the cancellable and two reports. */
#define ROWS_PER_LOOK 256

/* How much of the work on a table is over when it is known what to repair. */
#define FOUND 0.5

static EngramFindingKinds
judge (EngramRepair            *self,
       const EngramRepairTable *table,
       sqlite3_stmt            *row)
{
  if (table == &engram_repair_neuron_table)
    return self->kinds & engram_integrity_judge_neuron (row, self->dimension);
  return self->kinds & engram_integrity_judge_synapse (row, self->ids);
}

static void
report (EngramRepair *self,
        const char   *phase,
        double        fraction)
{
  if (self->progress != NULL)
    self->progress (phase, fraction, self->user_data);
}

/* (element-type EngramBrokenRow): the rows, in their order, with what is to be repaired in each. */
static GArray *
find_broken (EngramRepair             *self,
             const EngramRepairTable  *table,
             const char               *phase,
             double                    from,
             double                    to,
             GError                  **error)
{
  g_autoptr (GArray) broken = g_array_new (FALSE, FALSE, sizeof (EngramBrokenRow));
  g_autofree char *last_sql = g_strdup_printf ("SELECT max(rowid) FROM %s", table->name);
  g_autoptr (EngramStatement) statement = NULL;
  gint64 last;
  int status;

  if (!engram_connection_get_integer (self->connection, last_sql, &last, error))
    return NULL;
  statement = engram_repair_prepare_rows (self, table, "ORDER BY rowid", error);
  if (statement == NULL)
    return NULL;
  for (guint i = 0; (status = engram_statement_step (statement, error)) > 0; i++)
    {
      sqlite3_stmt *row = engram_statement_get_handle (statement);
      EngramBrokenRow found = { sqlite3_column_int64 (row, 0), judge (self, table, row) };

      if (found.kinds != 0)
        g_array_append_val (broken, found);
      if (i % ROWS_PER_LOOK == 0 && last > 0)
        report (self, phase, from + (to - from) * CLAMP (found.rowid / (double) last, 0, 1));
    }
  return status == 0 ? g_steal_pointer (&broken) : NULL;
}

static gboolean
write_row (EngramRepair             *self,
           const EngramRepairTable  *table,
           gint64                    rowid,
           const EngramMending      *mending,
           GError                  **error)
{
  g_autoptr (GString) sql = g_string_new (NULL);
  g_autoptr (EngramStatement) statement = NULL;
  int parameter = 1;

  g_string_printf (sql, "UPDATE %s SET ", table->name);
  for (guint i = 0; i < mending->n_changes; i++)
    g_string_append_printf (sql, "%s%s=?", i > 0 ? "," : "", mending->changes[i].column);
  g_string_append (sql, " WHERE rowid=?");
  statement = engram_connection_prepare (self->connection, sql->str, error);
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

static gboolean
delete_row (EngramRepair  *self,
            gint64         rowid,
            gboolean      *is_gone,
            GError       **error)
{
  sqlite3 *handle = engram_connection_get_handle (self->connection);
  gint64 before = sqlite3_total_changes64 (handle);
  g_autoptr (EngramStatement) statement = NULL;

  statement = engram_connection_prepare (self->connection,
                                         "DELETE FROM synapses WHERE rowid=? AND " ENGRAM_SYNAPSE_IS_LOOSE, error);
  if (statement == NULL)
    return FALSE;
  engram_statement_bind_int64 (statement, 1, rowid);
  if (!engram_statement_run (statement, error) || !engram_bulk_change_check_others (self->connection, before, error))
    return FALSE;
  *is_gone = sqlite3_changes (handle) > 0;
  return TRUE;
}

static gboolean
note_deletion (EngramRepair  *self,
               gint64         rowid,
               gboolean      *is_gone,
               GError       **error)
{
  g_autoptr (EngramStatement) statement = engram_repair_prepare_rows (self, &engram_repair_synapse_table,
                                                                      "WHERE rowid=? AND " ENGRAM_SYNAPSE_IS_LOOSE,
                                                                      error);
  int status;

  if (statement == NULL)
    return FALSE;
  engram_statement_bind_int64 (statement, 1, rowid);
  status = engram_statement_step (statement, error);
  *is_gone = status > 0;
  if (*is_gone)
    engram_repair_note_deletion (self, engram_statement_get_handle (statement));
  return status >= 0;
}

/* SQLite has the last word on whether it is an orphan. */
static gboolean
delete_orphan (EngramRepair     *self,
               EngramBrokenRow  *broken,
               GError          **error)
{
  gboolean is_gone;

  if (!(self->preview != NULL ? note_deletion : delete_row) (self, broken->rowid, &is_gone, error))
    return FALSE;
  if (!is_gone)
    return TRUE;
  self->synapses_deleted++;
  /* Nothing else is to be repaired in a synapse that goes. */
  count (self, broken->kinds & ORPHANS);
  return TRUE;
}

static gboolean
change_row (EngramRepair             *self,
            const EngramRepairTable  *table,
            gint64                    rowid,
            const EngramMending      *mending,
            GError                  **error)
{
  if (self->preview == NULL)
    return write_row (self, table, rowid, mending, error);
  engram_repair_note_mending (self, table, rowid, mending);
  return TRUE;
}

static gboolean
repair_row (EngramRepair             *self,
            const EngramRepairTable  *table,
            EngramBrokenRow          *broken,
            GError                  **error)
{
  g_auto (EngramMending) mending = { { { NULL } }, 0, NULL };

  if (self->preview == NULL && !engram_history_note_row (self->recording, table->name, broken->rowid, error))
    return FALSE;
  if ((broken->kinds & ORPHANS) != 0)
    return delete_orphan (self, broken, error);
  if (!engram_repair_mend_row (self, table, broken, &mending, error))
    return FALSE;
  if (mending.n_changes == 0)
    return TRUE;
  if (!change_row (self, table, broken->rowid, &mending, error))
    return FALSE;
  if (table == &engram_repair_neuron_table)
    self->neurons_changed++;
  else
    self->synapses_changed++;
  count (self, broken->kinds);
  return TRUE;
}

static gboolean
repair_table (EngramRepair             *self,
              const EngramRepairTable  *table,
              const char               *phase,
              double                    from,
              double                    to,
              GError                  **error)
{
  double found = from + (to - from) * FOUND;
  g_autoptr (GArray) broken = NULL;

  report (self, phase, from);
  broken = find_broken (self, table, phase, from, found, error);
  if (broken == NULL)
    return FALSE;
  for (guint i = 0; i < broken->len; i++)
    {
      if (i % ROWS_PER_LOOK == 0)
        {
          if (g_cancellable_set_error_if_cancelled (engram_connection_get_cancellable (self->connection), error))
            return FALSE;
          report (self, phase, found + (to - found) * i / broken->len);
        }
      if (!repair_row (self, table, &g_array_index (broken, EngramBrokenRow, i), error))
        return FALSE;
    }
  return TRUE;
}

/* Reading a table of which nothing is to be repaired would take as long as any. */
gboolean
engram_repair_neurons (EngramRepair  *self,
                       GError       **error)
{
  const char *phase = self->preview != NULL ? _("Looking at neurons") : _("Repairing neurons");

  return (self->kinds & (BROKEN_VECTORS | BROKEN_JSON)) == 0 ||
         repair_table (self, &engram_repair_neuron_table, phase, 0, 0.5, error);
}

gboolean
engram_repair_synapses (EngramRepair  *self,
                        GError       **error)
{
  const char *phase = self->preview != NULL ? _("Looking at synapses") : _("Repairing synapses");

  return (self->kinds & (ORPHANS | KIND (WEIGHT_RANGE) | BROKEN_JSON)) == 0 ||
         repair_table (self, &engram_repair_synapse_table, phase, 0.5, 1, error);
}
