/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "documents/engram-export.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "documents/engram-checksum-thread-private.h"
#include "documents/engram-export-rows-private.h"
#include "documents/engram-output-file.h"
#include "documents/engram-record-json-private.h"
#include "json/engram-json-canonical-private.h"
#include "model/engram-neuron-private.h"
#include "model/engram-synapse-private.h"
#include "model/engram-time.h"
#include "sqlite/engram-scan-private.h"
#include "stores/engram-store-private.h"

#define INDENT 2
#define MAX_PROBLEMS 1000

/* What is written at once. */
#define DOCUMENT_BLOCK_BYTES (512 * 1024)

#define MICROSECONDS_BETWEEN_REPORTS 100000

/* How many synapses take as long as one neuron with its vector. */
#define NEURON_WEIGHT 20

G_DEFINE_BOXED_TYPE (EngramExportReport, engram_export_report, engram_export_report_copy, engram_export_report_free)

/* A table on its way into the document. */
typedef struct {
  const char   *name;     /* of the table, and of the member */
  const char   *phase;
  EngramRowSet *rows;     /* to be written, or NULL for all */
  gint64        first;    /* rowids */
  gint64        last;
  double        from;     /* of the whole work */
  double        to;
  guint64       n_rows;   /* so far */
} Table;

typedef struct {
  EngramReader           *reader;
  EngramOutputFile       *file;
  EngramChecksumThread   *checksum;
  EngramRecordJsonWriter  writer;
  GPtrArray              *problems;
  guint64                 n_problems;
  Table                   neurons;
  Table                   synapses;
  gint64                  start;
  gint64                  last_report;
  EngramProgressFunc      progress;
  gpointer                user_data;
  GCancellable           *cancellable;
} Export;

static void
export_clear (Export *self)
{
  g_clear_pointer (&self->checksum, engram_checksum_thread_free);
  g_clear_pointer (&self->file, engram_output_file_free);
  g_clear_pointer (&self->reader, engram_reader_release);
  g_clear_pointer (&self->problems, g_ptr_array_unref);
  g_clear_pointer (&self->neurons.rows, engram_row_set_unref);
  g_clear_pointer (&self->synapses.rows, engram_row_set_unref);
  if (self->writer.document != NULL)
    g_string_free (g_steal_pointer (&self->writer.document), TRUE);
  if (self->writer.canonical != NULL)
    g_string_free (g_steal_pointer (&self->writer.canonical), TRUE);
  engram_record_json_writer_clear (&self->writer);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Export, export_clear)

/* The report */

static gpointer
copy_problem (gconstpointer problem,
              gpointer      data)
{
  return engram_problem_copy (problem);
}

EngramExportReport *
engram_export_report_copy (const EngramExportReport *self)
{
  EngramExportReport *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->path = g_strdup (self->path);
  copy->checksum = g_strdup (self->checksum);
  copy->problems = g_ptr_array_copy (self->problems, copy_problem, NULL);
  return copy;
}

void
engram_export_report_free (EngramExportReport *self)
{
  if (self == NULL)
    return;

  g_free (self->path);
  g_free (self->checksum);
  g_ptr_array_unref (self->problems);
  g_free (self);
}

static void
note_problem (const char *id,
              const char *field,
              const char *message,
              gpointer    data)
{
  Export *self = data;
  EngramProblem *problem;

  if (self->n_problems++ >= MAX_PROBLEMS)
    return;
  problem = g_new0 (EngramProblem, 1);
  problem->id = g_strdup (id);
  problem->field = g_strdup (field);
  problem->message = g_strdup (message);
  g_ptr_array_add (self->problems, problem);
}

/* The two texts */

static gboolean
write_document (Export  *self,
                gsize    least,
                GError **error)
{
  GString *document = self->writer.document;

  if (document->len < least)
    return TRUE;
  if (!engram_output_file_write (self->file, document->str, document->len, error))
    return FALSE;
  g_string_truncate (document, 0);
  return TRUE;
}

static void
push_canonical (Export *self,
                gsize   least)
{
  if (self->writer.canonical->len < least)
    return;
  engram_checksum_thread_push (self->checksum, self->writer.canonical);
  self->writer.canonical = engram_checksum_thread_get_block (self->checksum);
}

/* A line break and its spaces (of two levels at most), or a space where all is on one line. */
static void
append_break (Export  *self,
              guint    level,
              gboolean is_separator)
{
  static const char line_break[] = "\n    ";

  if (self->writer.indent > 0)
    g_string_append_len (self->writer.document, line_break, 1 + INDENT * level);
  else if (is_separator)
    g_string_append_c (self->writer.document, ' ');
}

/* The comma before a member of the document, and its name. */
static void
append_name (Export     *self,
             const char *name,
             guint       level,
             gboolean    is_first)
{
  GString *document = self->writer.document;

  if (!is_first)
    g_string_append_c (document, ',');
  append_break (self, level, !is_first);
  g_string_append_printf (document, "\"%s\": ", name);
}

static void
append_text_member (Export     *self,
                    const char *name,
                    guint       level,
                    const char *text)
{
  append_name (self, name, level, FALSE);
  engram_json_append_quoted (self->writer.document, text, -1);
}

/* Rows */

static void
report_row (Export *self,
            Table  *table,
            gint64  rowid)
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
  self->progress (table->phase, table->from + (table->to - table->from) * done, self->user_data);
}

static void
write_neuron (Export       *self,
              sqlite3_stmt *row)
{
  g_autoptr (EngramNeuron) neuron = engram_neuron_read (row);

  engram_record_json_write_neuron (&self->writer, neuron);
}

static void
write_synapse (Export       *self,
               sqlite3_stmt *row)
{
  g_autoptr (EngramSynapse) synapse = engram_synapse_read (row);

  engram_record_json_write_synapse (&self->writer, synapse);
}

static gboolean
write_row (Export        *self,
           Table         *table,
           sqlite3_stmt  *row,
           GError       **error)
{
  GString *document = self->writer.document;
  gboolean is_first = table->n_rows == 0;

  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return FALSE;
  if (!is_first)
    {
      g_string_append_c (document, ',');
      g_string_append (self->writer.canonical, ", ");
    }
  append_break (self, 2, !is_first);
  if (table == &self->neurons)
    write_neuron (self, row);
  else
    write_synapse (self, row);
  table->n_rows++;
  report_row (self, table, sqlite3_column_int64 (row, 0));
  push_canonical (self, ENGRAM_CHECKSUM_BLOCK_BYTES);
  return write_document (self, DOCUMENT_BLOCK_BYTES, error);
}

/* The rows from one rowid to another. */
static gboolean
write_run (Export      *self,
           Table       *table,
           const char  *columns,
           gint64       first,
           gint64       last,
           GError     **error)
{
  g_autoptr (EngramStatement) statement = engram_scan_prepare (self->reader, columns, table->name, first, last, error);
  sqlite3_stmt *row;
  int step;

  if (statement == NULL)
    return FALSE;
  row = engram_statement_get_handle (statement);
  self->writer.row = row;
  while ((step = engram_statement_step (statement, error)) > 0)
    if (!write_row (self, table, row, error))
      return FALSE;
  self->writer.row = NULL;
  return step == 0;
}

/* Rowids mostly follow each other. */
static gboolean
write_set (Export      *self,
           Table       *table,
           const char  *columns,
           GError     **error)
{
  gsize size = engram_row_set_get_size (table->rows);
  gsize end;

  for (gsize i = 0; i < size; i = end)
    {
      gint64 first = engram_row_set_get (table->rows, i);

      for (end = i + 1; end < size && engram_row_set_get (table->rows, end) == first + (gint64) (end - i);)
        end++;
      if (!write_run (self, table, columns, first, engram_row_set_get (table->rows, end - 1), error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_table (Export      *self,
             Table       *table,
             const char  *columns,
             GError     **error)
{
  gboolean written;

  append_name (self, table->name, 1, FALSE);
  g_string_append_c (self->writer.document, '[');
  if (table->rows != NULL)
    written = write_set (self, table, columns, error);
  else
    written = write_run (self, table, columns, G_MININT64, G_MAXINT64, error);
  if (table->n_rows > 0)
    append_break (self, 1, FALSE);
  g_string_append_c (self->writer.document, ']');
  return written;
}

/* The document */

/* *@weight: about how many rows there are. */
static gboolean
measure_table (Export      *self,
               Table       *table,
               double      *weight,
               GError     **error)
{
  g_autofree char *first = g_strdup_printf ("SELECT min(rowid) FROM %s", table->name);
  g_autofree char *last = g_strdup_printf ("SELECT max(rowid) FROM %s", table->name);
  gsize size = table->rows != NULL ? engram_row_set_get_size (table->rows) : 0;

  if (table->rows != NULL)
    {
      table->first = size > 0 ? engram_row_set_get (table->rows, 0) : 0;
      table->last = size > 0 ? engram_row_set_get (table->rows, size - 1) : 0;
      *weight = size + 1;
      return TRUE;
    }
  if (!engram_connection_get_integer (self->reader, first, &table->first, error) ||
      !engram_connection_get_integer (self->reader, last, &table->last, error))
    return FALSE;
  *weight = (double) table->last - (double) table->first + 1;
  return TRUE;
}

/* Which rows are written, and where in the whole work the synapses begin. */
static gboolean
measure_work (Export                  *self,
              const EngramExportPart  *part,
              GError                 **error)
{
  double neurons, synapses;

  self->neurons = (Table) { "neurons", _("Writing neurons"), NULL, 0, 0, 0, 1, 0 };
  self->synapses = (Table) { "synapses", _("Writing synapses"), NULL, 0, 0, 1, 1, 0 };
  if (!engram_export_find_rows (self->reader, part, &self->neurons.rows, &self->synapses.rows, self->cancellable,
                                error) ||
      !measure_table (self, &self->neurons, &neurons, error) ||
      !measure_table (self, &self->synapses, &synapses, error))
    return FALSE;
  neurons *= NEURON_WEIGHT;
  self->neurons.to = self->synapses.from = neurons / (neurons + synapses);
  return TRUE;
}

static gboolean
write_tables (Export  *self,
              GError **error)
{
  GString *document = self->writer.document;
  g_autofree char *now = engram_time_now ();

  g_string_append_c (document, '{');
  append_name (self, "version", 1, TRUE);
  g_string_append_c (document, '1');
  append_text_member (self, "export_time", 1, now);

  g_string_append (self->writer.canonical, "{\"neurons\": [");
  if (!write_table (self, &self->neurons,
                    engram_neuron_select_columns (TRUE, engram_connection_neurons_have_fields (self->reader)), error))
    return FALSE;
  g_string_append (self->writer.canonical, "], \"synapses\": [");
  if (!write_table (self, &self->synapses,
                    engram_synapse_select_columns (engram_connection_synapses_have_fields (self->reader)), error))
    return FALSE;
  g_string_append (self->writer.canonical, "]}");
  push_canonical (self, 0);
  return TRUE;
}

static double
get_seconds (Export *self)
{
  return (g_get_monotonic_time () - self->start) / (double) G_USEC_PER_SEC;
}

/* What the Python program tells of itself, here too. */
static void
append_statistics (Export *self)
{
  GString *document = self->writer.document;
  g_autofree char *now = engram_time_now ();

  append_name (self, "stats", 1, FALSE);
  g_string_append_c (document, '{');
  append_name (self, "neurons_loaded", 2, TRUE);
  engram_json_append_integer (document, self->neurons.n_rows);
  append_name (self, "synapses_loaded", 2, FALSE);
  engram_json_append_integer (document, self->synapses.n_rows);
  append_name (self, "duration_seconds", 2, FALSE);
  engram_json_append_real (document, round (get_seconds (self) * 1e5) / 1e5);
  append_text_member (self, "timestamp", 2, now);
  append_break (self, 1, FALSE);
  g_string_append_c (document, '}');
}

static EngramExportReport *
make_report (Export *self,
             char   *checksum)
{
  EngramExportReport *report = g_new0 (EngramExportReport, 1);

  report->path = g_strdup (engram_output_file_get_path (self->file));
  report->neurons = self->neurons.n_rows;
  report->synapses = self->synapses.n_rows;
  report->checksum = checksum;
  report->size_bytes = engram_output_file_get_size (self->file);
  report->seconds = get_seconds (self);
  report->problems = g_steal_pointer (&self->problems);
  report->n_problems = self->n_problems;
  return report;
}

static EngramExportReport *
finish (Export  *self,
        GError **error)
{
  g_autofree char *checksum = engram_checksum_thread_finish (self->checksum);

  /* Whoever reads keeps the journal from being emptied. */
  g_clear_pointer (&self->reader, engram_reader_release);
  append_statistics (self);
  append_text_member (self, "checksum", 1, checksum);
  append_break (self, 0, FALSE);
  g_string_append_c (self->writer.document, '}');
  if (self->progress != NULL)
    self->progress (_("Putting the document on disk"), 1, self->user_data);
  if (!write_document (self, 0, error) || g_cancellable_set_error_if_cancelled (self->cancellable, error) ||
      !engram_output_file_finish (self->file, error))
    return NULL;
  return make_report (self, g_steal_pointer (&checksum));
}

static void
log_export (const char               *database,
            const EngramExportReport *report)
{
  g_log_structured (G_LOG_DOMAIN, G_LOG_LEVEL_INFO,
                    "ENGRAM_ACTION", "export",
                    "ENGRAM_PATH", database,
                    "MESSAGE", "Exported “%s” to “%s”: %" G_GUINT64_FORMAT " neurons, %" G_GUINT64_FORMAT
                    " synapses, %" G_GUINT64_FORMAT " problems; %.3f s",
                    database, report->path, report->neurons, report->synapses, report->n_problems, report->seconds);
}

EngramExportReport *
engram_export (EngramDatabase      *database,
               const char          *path,
               gboolean             compact,
               EngramProgressFunc   progress,
               gpointer             user_data,
               GCancellable        *cancellable,
               GError             **error)
{
  const EngramExportPart all = { NULL };

  return engram_export_part (database, path, &all, compact, progress, user_data, cancellable, error);
}

EngramExportReport *
engram_export_part (EngramDatabase          *database,
                    const char              *path,
                    const EngramExportPart  *part,
                    gboolean                 compact,
                    EngramProgressFunc       progress,
                    gpointer                 user_data,
                    GCancellable            *cancellable,
                    GError                 **error)
{
  g_auto (Export) self = { .progress = progress, .user_data = user_data, .cancellable = cancellable };
  EngramExportReport *report;

  g_return_val_if_fail (ENGRAM_IS_DATABASE (database), NULL);
  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (part != NULL && (part->synapses != NULL || !part->only_ends), NULL);

  self.start = g_get_monotonic_time ();
  self.file = engram_output_file_new (path, engram_database_get_path (database), error);
  if (self.file == NULL)
    return NULL;
  self.reader = engram_store_begin_read (database, cancellable, error);
  if (self.reader == NULL || !measure_work (&self, part, error))
    return NULL;
  self.checksum = engram_checksum_thread_new ();
  self.problems = g_ptr_array_new_with_free_func ((GDestroyNotify) engram_problem_free);
  self.writer = (EngramRecordJsonWriter) {
    .document = g_string_sized_new (2 * DOCUMENT_BLOCK_BYTES),
    .indent = compact ? 0 : INDENT,
    .level = 2,
    .canonical = engram_checksum_thread_get_block (self.checksum),
    .registry = engram_type_registry_get_default (),
    .problem = note_problem,
    .user_data = &self,
  };
  if (!write_tables (&self, error))
    return NULL;
  report = finish (&self, error);
  if (report != NULL)
    log_export (engram_database_get_path (database), report);
  return report;
}
