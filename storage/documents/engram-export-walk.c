/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "documents/engram-export-walk-private.h"

#include "documents/engram-export-rows-private.h"
#include "sqlite/engram-scan-private.h"
#include "stores/engram-store-private.h"

#define MICROSECONDS_BETWEEN_REPORTS 100000

static const char *const names[] = { "neurons", "synapses" };

static gboolean
measure_table (EngramExportWalk  *self,
               EngramRecordKind   kind,
               GError           **error)
{
  EngramExportTable *table = &self->tables[kind];
  g_autofree char *first = g_strdup_printf ("SELECT min(rowid) FROM %s", names[kind]);
  g_autofree char *last = g_strdup_printf ("SELECT max(rowid) FROM %s", names[kind]);
  gsize size = table->rows != NULL ? engram_row_set_get_size (table->rows) : 0;

  if (table->rows == NULL)
    return engram_connection_get_integer (self->reader, first, &table->first, error) &&
           engram_connection_get_integer (self->reader, last, &table->last, error);
  table->first = size > 0 ? engram_row_set_get (table->rows, 0) : 0;
  table->last = size > 0 ? engram_row_set_get (table->rows, size - 1) : 0;
  return TRUE;
}

gboolean
engram_export_walk_begin (EngramExportWalk        *self,
                          EngramDatabase          *database,
                          const EngramExportPart  *part,
                          GError                 **error)
{
  self->reader = engram_store_begin_read (database, self->cancellable, error);
  return self->reader != NULL &&
         engram_export_find_rows (self->reader, part, &self->tables[ENGRAM_RECORD_NEURON].rows,
                                  &self->tables[ENGRAM_RECORD_SYNAPSE].rows, self->cancellable, error) &&
         measure_table (self, ENGRAM_RECORD_NEURON, error) && measure_table (self, ENGRAM_RECORD_SYNAPSE, error);
}

double
engram_export_walk_count (EngramExportWalk *self,
                          EngramRecordKind  kind)
{
  const EngramExportTable *table = &self->tables[kind];

  if (table->rows != NULL)
    return engram_row_set_get_size (table->rows) + 1.0;
  return (double) table->last - (double) table->first + 1;
}

static void
report_row (EngramExportWalk        *self,
            const EngramExportTable *table,
            gint64                   rowid)
{
  gint64 now;
  double done;

  if (self->progress == NULL)
    return;
  now = g_get_monotonic_time ();
  if (now - self->last_report < MICROSECONDS_BETWEEN_REPORTS)
    return;
  self->last_report = now;
  done = ((double) rowid - (double) table->first) / ((double) table->last - (double) table->first + 1);
  self->progress (self->step.phase, self->step.from + (self->step.to - self->step.from) * done, self->user_data);
}

/* The rows from one rowid to another. */
static gboolean
walk_run (EngramExportWalk     *self,
          EngramRecordKind      kind,
          const char           *columns,
          gint64                first,
          gint64                last,
          EngramExportRowFunc   func,
          gpointer              data,
          GError              **error)
{
  g_autoptr (EngramStatement) statement = engram_scan_prepare (self->reader, columns, names[kind], first, last, error);
  sqlite3_stmt *row;
  int step;

  if (statement == NULL)
    return FALSE;
  row = engram_statement_get_handle (statement);
  while ((step = engram_statement_step (statement, error)) > 0)
    {
      if (g_cancellable_set_error_if_cancelled (self->cancellable, error) || !func (row, data, error))
        return FALSE;
      report_row (self, &self->tables[kind], sqlite3_column_int64 (row, 0));
    }
  return step == 0;
}

gboolean
engram_export_walk_rows (EngramExportWalk        *self,
                         EngramRecordKind         kind,
                         const char              *columns,
                         const EngramExportStep  *step,
                         EngramExportRowFunc      func,
                         gpointer                 data,
                         GError                 **error)
{
  EngramRowSet *rows = self->tables[kind].rows;
  gsize size = rows != NULL ? engram_row_set_get_size (rows) : 0;
  gsize end;

  self->step = *step;
  /* Each phase is told of, however short it is. */
  self->last_report = 0;
  if (rows == NULL)
    return walk_run (self, kind, columns, G_MININT64, G_MAXINT64, func, data, error);
  /* Rowids mostly follow each other. */
  for (gsize i = 0; i < size; i = end)
    {
      gint64 first = engram_row_set_get (rows, i);

      for (end = i + 1; end < size && engram_row_set_get (rows, end) == first + (gint64) (end - i);)
        end++;
      if (!walk_run (self, kind, columns, first, engram_row_set_get (rows, end - 1), func, data, error))
        return FALSE;
    }
  return TRUE;
}

void
engram_export_walk_end (EngramExportWalk *self)
{
  g_clear_pointer (&self->reader, engram_reader_release);
}

void
engram_export_walk_clear (EngramExportWalk *self)
{
  engram_export_walk_end (self);
  for (gsize i = 0; i < G_N_ELEMENTS (self->tables); i++)
    g_clear_pointer (&self->tables[i].rows, engram_row_set_unref);
}
