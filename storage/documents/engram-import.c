/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "documents/engram-import-comparison-private.h"
#include "documents/engram-import-job-private.h"
#include "documents/engram-import-looking-private.h"
#include "model/engram-neuron-private.h"
#include "model/engram-synapse-private.h"
#include "safety/engram-bulk-change-private.h"
#include "safety/history/engram-history-private.h"
#include "sqlite/engram-file-private.h"
#include "stores/engram-store-private.h"

/* How much of the work is over when all rows are written, where indexes are made afterwards. */
#define ROWS_DONE 0.7

/* While rows are written: ids are random, so pages that stay in memory save much. */
#define CACHE_KIB 65536

/* Indexes are sorted in portions of this size, which should fit the processor's cache. */
#define SORT_KIB 2048

#define USUAL_CACHE_KIB 2000

/* Before the indexes of a table are taken away, so many rows of it were written, and half as many as it had. */
#define MIN_ROWS_FOR_BULK 5000

/* Nobody has so many rows; a number close to SQLite's last one is another program's. */
#define MAX_ROWID (G_MAXINT64 - G_MAXUINT32)

/* One of the two tables. */
typedef struct {
  const char              *name;
  const EngramRecordClass *class;
  guint                    all;
  guint                    id;
  const char              *find;
} Table;

static const Table tables[] = {
  [ENGRAM_RECORD_NEURON] = { "neurons", &engram_neuron_class, ENGRAM_NEURON_ALL, ENGRAM_NEURON_ID,
                             "SELECT rowid FROM neurons WHERE id = ?" },
  [ENGRAM_RECORD_SYNAPSE] = { "synapses", &engram_synapse_class, ENGRAM_SYNAPSE_ALL, ENGRAM_SYNAPSE_ID,
                              "SELECT rowid FROM synapses WHERE id = ?" },
};

typedef struct {
  EngramDatabase   *database;
  EngramConnection *connection;
  EngramRecording  *recording;
  gint64            last_rows[2]; /* the newest rowids before the import, by EngramRecordKind */
  EngramStatement  *find[2];
  EngramStatement  *insert[2];
  EngramStatement  *update[2];
  guint64           n_rows[2];    /* of the tables, before */
  guint64           n_written[2];
  EngramImportComparison *comparison; /* where contents are compared */
  EngramBulkChange  bulk[2];
  gboolean          is_bulk[2];
} Import;

static gboolean
set_cache (Import  *self,
           int      kib,
           GError **error)
{
  g_autofree char *sql = g_strdup_printf ("PRAGMA cache_size=-%d", kib);

  return engram_connection_execute (self->connection, sql, error);
}

/* Rows */

/* 1: found; 0: there is none; -1: @error is set. */
static int
find_row (Import            *self,
          EngramRecordKind   kind,
          const char        *id,
          gint64            *rowid,
          GError           **error)
{
  EngramStatement *statement = self->find[kind];
  int status;

  engram_statement_note_bind (statement, sqlite3_bind_text (engram_statement_get_handle (statement), 1, id, -1,
                                                            SQLITE_STATIC));
  status = engram_statement_step (statement, error);
  if (status > 0)
    *rowid = sqlite3_column_int64 (engram_statement_get_handle (statement), 0);
  sqlite3_reset (engram_statement_get_handle (statement));
  return status;
}

static gboolean
insert_row (Import                  *self,
            const EngramImportItem  *item,
            GError                 **error)
{
  int parameter = 1;

  engram_record_bind (tables[item->kind].class, self->insert[item->kind], item->record, tables[item->kind].all,
                      &parameter);
  return engram_statement_run (self->insert[item->kind], error);
}

static gboolean
update_row (Import                  *self,
            const EngramImportItem  *item,
            gint64                   rowid,
            GError                 **error)
{
  const Table *table = &tables[item->kind];
  EngramStatement *statement = self->update[item->kind];
  int parameter = 1;

  if (!engram_history_note_row (self->recording, table->name, rowid, error))
    return FALSE;
  engram_record_bind (table->class, statement, item->record, table->all & ~table->id, &parameter);
  engram_statement_bind_int64 (statement, parameter, rowid);
  return engram_statement_run (statement, error);
}

/* What the table does not take, for a reason that only a foreign table has, is a problem like others. */
static gboolean
settle (EngramImportJob         *job,
        const EngramImportItem  *item,
        gboolean                 written,
        GError                  *local_error,
        GError                 **error)
{
  if (written)
    return TRUE;
  if (!g_error_matches (local_error, ENGRAM_ERROR, ENGRAM_ERROR_INVALID))
    {
      g_propagate_error (error, local_error);
      return FALSE;
    }
  engram_import_job_tell (job, item, local_error->message);
  g_error_free (local_error);
  return TRUE;
}

/* Where many rows come to a table, its indexes are made anew at the end. How many will come cannot be known. */
static gboolean
note_written (Import            *self,
              EngramRecordKind   kind,
              GError           **error)
{
  self->n_written[kind]++;
  if (self->is_bulk[kind] || self->n_written[kind] <= MAX (MIN_ROWS_FOR_BULK, self->n_rows[kind] / 2))
    return TRUE;
  self->is_bulk[kind] = TRUE;
  return engram_bulk_change_begin (&self->bulk[kind], self->connection, tables[kind].name, self->n_written[kind],
                                   error) &&
         set_cache (self, CACHE_KIB, error);
}

/* @rowid: of the row to be replaced, where there is one */
static gboolean
write_row (Import                  *self,
           EngramImportJob         *job,
           const EngramImportItem  *item,
           gboolean                 exists,
           gint64                   rowid,
           GError                 **error)
{
  GError *local_error = NULL;
  gboolean written;

  if (exists)
    written = update_row (self, item, rowid, &local_error);
  else
    written = insert_row (self, item, &local_error);
  return settle (job, item, written, local_error, error) && note_written (self, item->kind, error);
}

/* What becomes of a record whose id the network has, where its content counts. */
static gboolean
take_compared (Import                  *self,
               EngramImportJob         *job,
               const EngramImportItem  *item,
               GError                 **error)
{
  EngramImportCounts *counts = item->kind == ENGRAM_RECORD_NEURON ? &job->report->neurons : &job->report->synapses;
  EngramImportRecordMatch match;

  if (!engram_import_comparison_match (self->comparison, item->kind, item->record, &match, error))
    return FALSE;
  if (match.state == ENGRAM_IMPORT_RECORD_SAME || job->options->conflict == ENGRAM_IMPORT_CONFLICT_SKIP)
    {
      counts->skipped++;
      return TRUE;
    }
  if (job->options->conflict == ENGRAM_IMPORT_CONFLICT_REPLACE)
    {
      counts->replaced++;
      return write_row (self, job, item, TRUE, match.rowid, error);
    }
  engram_import_job_tell (job, item, item->kind == ENGRAM_RECORD_NEURON
                                     ? _("there is a neuron with this id and other content already")
                                     : _("there is a synapse with this id and other content already"));
  return TRUE;
}

static gboolean
take_neuron (Import                  *self,
             EngramImportJob         *job,
             const EngramImportItem  *item,
             GError                 **error)
{
  gint64 rowid = 0;
  int found = 0;

  /* Nothing will come of it any more; synapses are written to see what else is wrong. */
  if (engram_import_job_has_problems (job))
    return TRUE;
  if (item->exists && self->comparison != NULL)
    return take_compared (self, job, item, error);
  if (item->exists)
    found = find_row (self, ENGRAM_RECORD_NEURON, ((const EngramNeuron *) item->record)->id, &rowid, error);
  return found >= 0 && write_row (self, job, item, found > 0, rowid, error);
}

/* A synapse whose id the network has; it is a problem where the batch has it twice. */
static gboolean
take_known_synapse (Import                  *self,
                    EngramImportJob         *job,
                    const EngramImportItem  *item,
                    gint64                   rowid,
                    GError                 **error)
{
  EngramImportCounts *counts = &job->report->synapses;
  gboolean is_first = rowid <= self->last_rows[ENGRAM_RECORD_SYNAPSE];

  if (is_first &&
      !engram_import_seen_add (job->seen, ((const EngramSynapse *) item->record)->id, &is_first, error))
    return FALSE;
  if (!is_first)
    {
      engram_import_job_tell_twice (job, item);
      return TRUE;
    }
  if (self->comparison != NULL)
    return engram_import_job_has_problems (job) || take_compared (self, job, item, error);
  switch (job->options->conflict)
    {
    case ENGRAM_IMPORT_CONFLICT_SKIP:
      counts->skipped++;
      return TRUE;
    case ENGRAM_IMPORT_CONFLICT_REPLACE:
      counts->replaced++;
      return engram_import_job_has_problems (job) ||
             write_row (self, job, item, TRUE, rowid, error);
    case ENGRAM_IMPORT_CONFLICT_FAIL:
    default:
      engram_import_job_tell (job, item, _("there is a synapse with this id already"));
      return TRUE;
    }
}

static gboolean
take_new_synapse (Import                  *self,
                  EngramImportJob         *job,
                  const EngramImportItem  *item,
                  GError                 **error)
{
  job->report->synapses.created++;
  return write_row (self, job, item, FALSE, 0, error);
}

static gboolean
take (EngramImportJob         *job,
      const EngramImportItem  *item,
      gpointer                 data,
      GError                 **error)
{
  Import *self = data;
  gint64 rowid = 0;
  int found;

  if (item->kind == ENGRAM_RECORD_NEURON)
    return take_neuron (self, job, item, error);
  found = find_row (self, ENGRAM_RECORD_SYNAPSE, ((const EngramSynapse *) item->record)->id, &rowid, error);
  if (found < 0)
    return FALSE;
  return found > 0 ? take_known_synapse (self, job, item, rowid, error) : take_new_synapse (self, job, item, error);
}

/* Before and after */

static EngramStatement *
prepare_insert (Import            *self,
                EngramRecordKind   kind,
                GError           **error)
{
  const Table *table = &tables[kind];
  g_autoptr (GString) sql = g_string_new (NULL);

  g_string_printf (sql, "INSERT INTO %s (", table->name);
  engram_record_append_columns (table->class, sql, table->all, "");
  g_string_append (sql, ") VALUES (?");
  for (guint i = engram_record_count_columns (table->class, table->all); i > 1; i--)
    g_string_append (sql, ",?");
  g_string_append_c (sql, ')');
  return engram_connection_prepare (self->connection, sql->str, error);
}

static EngramStatement *
prepare_update (Import            *self,
                EngramRecordKind   kind,
                GError           **error)
{
  const Table *table = &tables[kind];
  g_autoptr (GString) sql = g_string_new (NULL);

  g_string_printf (sql, "UPDATE %s SET ", table->name);
  engram_record_append_columns (table->class, sql, table->all & ~table->id, "=?");
  g_string_append (sql, " WHERE rowid=?");
  return engram_connection_prepare (self->connection, sql->str, error);
}

static gboolean
read_table (Import            *self,
            EngramRecordKind   kind,
            GError           **error)
{
  g_autofree char *last = g_strdup_printf ("SELECT max(rowid) FROM %s", tables[kind].name);
  g_autofree char *count = g_strdup_printf ("SELECT count(*) FROM %s", tables[kind].name);
  gint64 n_rows;

  if (!engram_connection_get_integer (self->connection, last, &self->last_rows[kind], error) ||
      !engram_connection_get_integer (self->connection, count, &n_rows, error))
    return FALSE;
  self->n_rows[kind] = n_rows;
  self->find[kind] = engram_connection_prepare (self->connection, tables[kind].find, error);
  return self->find[kind] != NULL;
}

/* What is known of the network before the first document is opened. */
static gboolean
look_at_network (Import           *self,
                 EngramImportJob  *job,
                 GError          **error)
{
  return read_table (self, ENGRAM_RECORD_NEURON, error) && read_table (self, ENGRAM_RECORD_SYNAPSE, error) &&
         engram_import_ids_load (job->ids, self->connection, error) &&
         engram_database_get_dimension (self->database, self->connection, &job->dimension, error);
}

static gboolean
begin (Import           *self,
       EngramImportJob  *job,
       GError          **error)
{
  if (!look_at_network (self, job, error))
    return FALSE;
  for (EngramRecordKind kind = ENGRAM_RECORD_NEURON; kind <= ENGRAM_RECORD_SYNAPSE; kind++)
    {
      if (self->last_rows[kind] > MAX_ROWID)
        {
          g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_FAILED,
                       /* Translators: the name of a table. */
                       _("The last row of the table “%s” has a number after which SQLite keeps no order. Save the "
                         "network under another name, then import into that."), tables[kind].name);
          return FALSE;
        }
      self->insert[kind] = prepare_insert (self, kind, error);
      if (self->insert[kind] == NULL)
        return FALSE;
      self->update[kind] = prepare_update (self, kind, error);
      if (self->update[kind] == NULL)
        return FALSE;
    }
  /* A synapse may come before its neurons; that they come is checked before the end. */
  return engram_connection_execute (self->connection, "PRAGMA defer_foreign_keys=ON", error) &&
         set_cache (self, CACHE_KIB, error);
}

static gboolean
make_indexes (Import           *self,
              EngramImportJob  *job,
              gboolean          done,
              GError          **error)
{
  if (done)
    {
      engram_import_job_report (job, _("Making indexes"), ROWS_DONE);
      done = set_cache (self, SORT_KIB, error);
    }
  for (EngramRecordKind kind = ENGRAM_RECORD_NEURON; kind <= ENGRAM_RECORD_SYNAPSE; kind++)
    if (self->is_bulk[kind])
      done = engram_bulk_change_end (&self->bulk[kind], done, done ? error : NULL);
  return done;
}

static gboolean
note_step (Import           *self,
           EngramImportJob  *job,
           GError          **error)
{
  const EngramImportCounts *of_neurons = &job->report->neurons;
  const EngramImportCounts *of_synapses = &job->report->synapses;
  g_autofree char *neurons = g_strdup_printf ("%'" G_GUINT64_FORMAT, of_neurons->created + of_neurons->replaced);
  g_autofree char *synapses = g_strdup_printf ("%'" G_GUINT64_FORMAT, of_synapses->created + of_synapses->replaced);
  /* Translators: how many neurons, and how many synapses; the name of what can be undone. */
  g_autofree char *label = g_strdup_printf (_("Import (neurons: %s, synapses: %s)"), neurons, synapses);

  for (EngramRecordKind kind = ENGRAM_RECORD_NEURON; kind <= ENGRAM_RECORD_SYNAPSE; kind++)
    if (!engram_history_note_inserted (self->recording, tables[kind].name, self->last_rows[kind] + 1, G_MAXINT64,
                                       error))
      return FALSE;
  return engram_history_prepare (self->recording, label, error);
}

static void
release_statements (Import *self)
{
  for (EngramRecordKind kind = ENGRAM_RECORD_NEURON; kind <= ENGRAM_RECORD_SYNAPSE; kind++)
    {
      g_clear_pointer (&self->find[kind], engram_statement_release);
      g_clear_pointer (&self->insert[kind], engram_statement_release);
      g_clear_pointer (&self->update[kind], engram_statement_release);
    }
  g_clear_pointer (&self->comparison, engram_import_comparison_free);
}

static void
log_import (EngramDatabase           *database,
            const EngramImportReport *report)
{
  g_log_structured (G_LOG_DOMAIN, G_LOG_LEVEL_INFO,
                    "ENGRAM_ACTION", "import",
                    "ENGRAM_PATH", engram_database_get_path (database),
                    "MESSAGE", "Imported into “%s”: %" G_GUINT64_FORMAT " neurons and %" G_GUINT64_FORMAT
                    " synapses created, %" G_GUINT64_FORMAT " and %" G_GUINT64_FORMAT " replaced",
                    engram_database_get_path (database), report->neurons.created, report->synapses.created,
                    report->neurons.replaced, report->synapses.replaced);
}

/* Within the transaction. */
static gboolean
write_rows (Import           *self,
            EngramImportJob  *job,
            GError          **error)
{
  gboolean done;

  self->recording = engram_history_begin (job->options->history, self->connection, "import", error);
  if (self->recording == NULL)
    return FALSE;
  if (job->options->compare)
    self->comparison = engram_import_comparison_new (self->connection, FALSE);
  done = begin (self, job, error) && engram_import_job_run (job, take, self, error);
  release_statements (self);
  return make_indexes (self, job, done, error) && note_step (self, job, error);
}

/* Whether something waits in the WAL that whoever only looked at the file left as it was. */
static gboolean
has_waiting_frames (Import *self)
{
  EngramFile file;
  gboolean has_frames;

  if (!engram_file_examine (engram_database_get_path (self->database), &file, NULL))
    return TRUE;
  has_frames = file.has_wal_frames;
  engram_file_clear (&file);
  return has_frames;
}

/* Gives back what the WAL has grown to, unless somebody is reading just now. */
static void
shrink_wal (EngramConnection *writer)
{
  engram_connection_set_cancellable (writer, NULL);
  engram_connection_set_patient (writer, FALSE);
  engram_connection_execute (writer, "PRAGMA wal_checkpoint(TRUNCATE)", NULL);
  engram_connection_set_patient (writer, TRUE);
}

/* After a failure nothing is left of it: all that is in the WAL is what was to be written. */
static void
take_back (Import *self)
{
  sqlite3_exec (engram_connection_get_handle (self->connection), "ROLLBACK", NULL, NULL, NULL);
  shrink_wal (self->connection);
  engram_connection_keep_wal (self->connection, FALSE);
}

static void
shrink_wal_after_success (Import *self)
{
  EngramConnection *writer;

  if (!self->is_bulk[ENGRAM_RECORD_NEURON] && !self->is_bulk[ENGRAM_RECORD_SYNAPSE])
    return;
  writer = engram_database_begin_exclusive (self->database, NULL, NULL);
  if (writer == NULL)
    return;
  shrink_wal (writer);
  engram_database_end_exclusive (self->database, writer);
}

static gboolean
import_rows (Import           *self,
             EngramImportJob  *job,
             GError          **error)
{
  gboolean had_frames = has_waiting_frames (self);
  gboolean done;

  self->connection = engram_database_begin_write (self->database, job->cancellable, error);
  if (self->connection == NULL)
    return FALSE;
  done = write_rows (self, job, error);
  set_cache (self, USUAL_CACHE_KIB, NULL);
  sqlite3_db_release_memory (engram_connection_get_handle (self->connection));
  if (!done && !had_frames)
    take_back (self);
  done = engram_database_end_write (self->database, self->connection, done, error);
  if (self->recording != NULL)
    engram_history_end (self->recording, done);
  if (done)
    shrink_wal_after_success (self);
  return done;
}

gboolean
engram_import (EngramDatabase             *database,
               const char * const         *files,
               const EngramImportOptions  *options,
               EngramImportReport        **report,
               EngramProgressFunc          progress,
               gpointer                    user_data,
               GCancellable               *cancellable,
               GError                    **error)
{
  Import import = { .database = database };
  EngramImportJob job;
  gboolean done;

  g_return_val_if_fail (ENGRAM_IS_DATABASE (database), FALSE);
  g_return_val_if_fail (files != NULL && files[0] != NULL, FALSE);
  g_return_val_if_fail (options != NULL, FALSE);

  done = engram_import_job_init (&job, files, options, progress, user_data, cancellable, error);
  if (done && options->dry_run)
    {
      done = engram_import_look (database, &job, error);
    }
  else if (done)
    {
      job.rows_done = ROWS_DONE;
      done = import_rows (&import, &job, error);
      if (done)
        log_import (database, job.report);
    }
  engram_import_job_finish (&job, done, report);
  return done;
}
