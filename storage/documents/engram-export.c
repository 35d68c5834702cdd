/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "documents/engram-export.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "documents/engram-checksum-thread-private.h"
#include "documents/engram-export-report-private.h"
#include "documents/engram-export-walk-private.h"
#include "documents/engram-output-file.h"
#include "documents/engram-record-json-private.h"
#include "json/engram-json-canonical-private.h"
#include "model/engram-neuron-private.h"
#include "model/engram-synapse-private.h"
#include "model/engram-time.h"

#define INDENT 2

/* What is written at once. */
#define DOCUMENT_BLOCK_BYTES (512 * 1024)

/* How many synapses take as long as one neuron with its vector. */
#define NEURON_WEIGHT 20

typedef struct {
  EngramExportWalk        walk;
  EngramOutputFile       *file;
  EngramChecksumThread   *checksum;
  EngramRecordJsonWriter  writer;
  EngramExportReport     *report;
  gint64                  start;
} Export;

static void
export_clear (Export *self)
{
  g_clear_pointer (&self->checksum, engram_checksum_thread_free);
  g_clear_pointer (&self->file, engram_output_file_free);
  g_clear_pointer (&self->report, engram_export_report_free);
  engram_export_walk_clear (&self->walk);
  if (self->writer.document != NULL)
    g_string_free (g_steal_pointer (&self->writer.document), TRUE);
  if (self->writer.canonical != NULL)
    g_string_free (g_steal_pointer (&self->writer.canonical), TRUE);
  engram_record_json_writer_clear (&self->writer);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Export, export_clear)

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

/* What stands between a row and the one before. */
static void
begin_row (Export       *self,
           sqlite3_stmt *row,
           gboolean      is_first)
{
  if (!is_first)
    {
      g_string_append_c (self->writer.document, ',');
      g_string_append (self->writer.canonical, ", ");
    }
  append_break (self, 2, !is_first);
  self->writer.row = row;
}

static gboolean
end_row (Export  *self,
         GError **error)
{
  self->writer.row = NULL;
  push_canonical (self, ENGRAM_CHECKSUM_BLOCK_BYTES);
  return write_document (self, DOCUMENT_BLOCK_BYTES, error);
}

static gboolean
write_neuron (sqlite3_stmt  *row,
              gpointer       data,
              GError       **error)
{
  Export *self = data;
  g_autoptr (EngramNeuron) neuron = engram_neuron_read (row);

  begin_row (self, row, self->report->neurons++ == 0);
  engram_record_json_write_neuron (&self->writer, neuron);
  return end_row (self, error);
}

static gboolean
write_synapse (sqlite3_stmt  *row,
               gpointer       data,
               GError       **error)
{
  Export *self = data;
  g_autoptr (EngramSynapse) synapse = engram_synapse_read (row);

  begin_row (self, row, self->report->synapses++ == 0);
  engram_record_json_write_synapse (&self->writer, synapse);
  return end_row (self, error);
}

static void
begin_list (Export     *self,
            const char *name)
{
  append_name (self, name, 1, FALSE);
  g_string_append_c (self->writer.document, '[');
}

static void
end_list (Export  *self,
          guint64  n_rows)
{
  if (n_rows > 0)
    append_break (self, 1, FALSE);
  g_string_append_c (self->writer.document, ']');
}

/* The document */

static gboolean
write_tables (Export  *self,
              GError **error)
{
  EngramReader *reader = self->walk.reader;
  double neurons = NEURON_WEIGHT * engram_export_walk_count (&self->walk, ENGRAM_RECORD_NEURON);
  double share = neurons / (neurons + engram_export_walk_count (&self->walk, ENGRAM_RECORD_SYNAPSE));
  const EngramExportStep steps[] = { { _("Writing neurons"), 0, share }, { _("Writing synapses"), share, 1 } };

  g_string_append (self->writer.canonical, "{\"neurons\": [");
  begin_list (self, "neurons");
  if (!engram_export_walk_rows (&self->walk, ENGRAM_RECORD_NEURON,
                                engram_neuron_select_columns (TRUE, engram_connection_neurons_have_fields (reader)),
                                &steps[0], write_neuron, self, error))
    return FALSE;
  end_list (self, self->report->neurons);
  g_string_append (self->writer.canonical, "], \"synapses\": [");
  begin_list (self, "synapses");
  if (!engram_export_walk_rows (&self->walk, ENGRAM_RECORD_SYNAPSE,
                                engram_synapse_select_columns (engram_connection_synapses_have_fields (reader)),
                                &steps[1], write_synapse, self, error))
    return FALSE;
  end_list (self, self->report->synapses);
  g_string_append (self->writer.canonical, "]}");
  push_canonical (self, 0);
  return TRUE;
}

static void
begin_document (Export *self)
{
  g_autofree char *now = engram_time_now ();

  g_string_append_c (self->writer.document, '{');
  append_name (self, "version", 1, TRUE);
  g_string_append_c (self->writer.document, '1');
  append_text_member (self, "export_time", 1, now);
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
  engram_json_append_integer (document, self->report->neurons);
  append_name (self, "synapses_loaded", 2, FALSE);
  engram_json_append_integer (document, self->report->synapses);
  append_name (self, "duration_seconds", 2, FALSE);
  engram_json_append_real (document, round (get_seconds (self) * 1e5) / 1e5);
  append_text_member (self, "timestamp", 2, now);
  append_break (self, 1, FALSE);
  g_string_append_c (document, '}');
}

static gboolean
finish (Export  *self,
        GError **error)
{
  EngramExportReport *report = self->report;

  report->checksum = engram_checksum_thread_finish (self->checksum);
  engram_export_walk_end (&self->walk);
  append_statistics (self);
  append_text_member (self, "checksum", 1, report->checksum);
  append_break (self, 0, FALSE);
  g_string_append_c (self->writer.document, '}');
  if (self->walk.progress != NULL)
    self->walk.progress (_("Putting the document on disk"), 1, self->walk.user_data);
  if (!write_document (self, 0, error) || g_cancellable_set_error_if_cancelled (self->walk.cancellable, error) ||
      !engram_output_file_finish (self->file, error))
    return FALSE;
  report->path = g_strdup (engram_output_file_get_path (self->file));
  report->size_bytes = engram_output_file_get_size (self->file);
  report->seconds = get_seconds (self);
  return TRUE;
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
  g_auto (Export) self = { .walk = { .progress = progress, .user_data = user_data, .cancellable = cancellable } };

  g_return_val_if_fail (ENGRAM_IS_DATABASE (database), NULL);
  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (part != NULL && (part->synapses != NULL || !part->only_ends), NULL);

  self.start = g_get_monotonic_time ();
  self.file = engram_output_file_new (path, engram_database_get_path (database), error);
  if (self.file == NULL || !engram_export_walk_begin (&self.walk, database, part, error))
    return NULL;
  self.checksum = engram_checksum_thread_new ();
  self.report = engram_export_report_new ();
  self.writer = (EngramRecordJsonWriter) {
    .document = g_string_sized_new (2 * DOCUMENT_BLOCK_BYTES),
    .indent = compact ? 0 : INDENT,
    .level = 2,
    .canonical = engram_checksum_thread_get_block (self.checksum),
    .registry = engram_type_registry_get_default (),
    .problem = engram_export_report_note,
    .user_data = self.report,
  };
  begin_document (&self);
  if (!write_tables (&self, error) || !finish (&self, error))
    return NULL;
  engram_export_report_log (self.report, engram_database_get_path (database));
  return g_steal_pointer (&self.report);
}
