/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/engram-exchange.h"

#include <glib/gi18n-lib.h>

#include "documents/engram-export-report-private.h"
#include "documents/engram-export-walk-private.h"
#include "documents/engram-output-file.h"
#include "exchange/engram-exchange-survey-private.h"
#include "exchange/engram-exchange-writer-private.h"
#include "model/engram-neuron-private.h"
#include "model/engram-synapse-private.h"

/* What is written at once. */
#define BLOCK_BYTES (512 * 1024)

/* How much of the work looking for attributes is, and how many synapses take as long as a neuron. */
#define SURVEY_SHARE 0.1
#define NEURON_WEIGHT 3

typedef struct {
  const EngramExchangeOptions *options;
  const EngramExchangeClass   *class;
  EngramExchangeWriter         writer;
  EngramExportWalk             walk;
  EngramOutputFile            *files[2]; /* the second where synapses have one of their own */
  guint                        n_files;
  EngramAttributes            *attributes[2]; /* by EngramRecordKind */
  EngramRecordCells           *cells[2];
  GHashTable                  *missing;  /* ids that synapses name and no neuron has; NULL where there are none */
  EngramExportReport          *report;
  gint64                       start;
} Exchange;

static void
exchange_clear (Exchange *self)
{
  for (guint i = 0; i < 2; i++)
    {
      g_clear_pointer (&self->files[i], engram_output_file_free);
      g_clear_pointer (&self->cells[i], engram_record_cells_free);
      g_clear_pointer (&self->attributes[i], engram_attributes_free);
    }
  g_clear_pointer (&self->missing, g_hash_table_unref);
  g_clear_pointer (&self->report, engram_export_report_free);
  if (self->writer.text != NULL)
    g_string_free (self->writer.text, TRUE);
  if (self->writer.scratch != NULL)
    g_string_free (self->writer.scratch, TRUE);
  engram_export_walk_clear (&self->walk);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Exchange, exchange_clear)

static const EngramExchangeClass *
get_class (EngramExchangeFormat format)
{
  switch (format)
    {
    case ENGRAM_EXCHANGE_GRAPHML:
      return &engram_graphml_class;
    case ENGRAM_EXCHANGE_GEXF:
      return &engram_gexf_class;
    case ENGRAM_EXCHANGE_CSV:
      return &engram_csv_class;
    case ENGRAM_EXCHANGE_JSON:
    case ENGRAM_N_EXCHANGE_FORMATS:
    default:
      g_assert_not_reached ();
    }
}

static gboolean
writes (const Exchange   *self,
        EngramRecordKind  kind)
{
  if (self->options->format != ENGRAM_EXCHANGE_CSV || self->options->tables == ENGRAM_EXCHANGE_BOTH_TABLES)
    return TRUE;
  return self->options->tables == (kind == ENGRAM_RECORD_NEURON ? ENGRAM_EXCHANGE_NEURON_TABLE
                                                                : ENGRAM_EXCHANGE_SYNAPSE_TABLE);
}

/* What can be known before */

/* A synapse without one of its ends is no edge. In a part, such are not among the rows. */
static gboolean
find_missing_ends (Exchange  *self,
                   GError   **error)
{
  g_autoptr (EngramStatement) statement = NULL;
  int step;

  if (self->walk.tables[ENGRAM_RECORD_SYNAPSE].rows != NULL)
    return TRUE;
  statement = engram_connection_prepare (self->walk.reader,
                                         "SELECT source_neuron_id FROM synapses EXCEPT SELECT id FROM neurons"
                                         " UNION SELECT * FROM (SELECT target_neuron_id FROM synapses"
                                         " EXCEPT SELECT id FROM neurons)", error);
  if (statement == NULL)
    return FALSE;
  while ((step = engram_statement_step (statement, error)) > 0)
    {
      const char *id = (const char *) sqlite3_column_text (engram_statement_get_handle (statement), 0);

      if (self->missing == NULL)
        self->missing = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      if (id != NULL)
        g_hash_table_add (self->missing, g_strdup (id));
    }
  return step == 0;
}

static void
add_analyses (Exchange         *self,
              EngramRecordKind  kind)
{
  for (guint i = 0; self->options->searcher != NULL && i < ENGRAM_N_ANALYSES; i++)
    {
      g_autoptr (EngramRecordNumbers) values = engram_searcher_get_analysis (self->options->searcher, i);

      if (values != NULL && engram_analysis_get_kind (i) == kind)
        engram_attributes_add_analysis (self->attributes[kind], i);
    }
}

static gboolean
survey (Exchange  *self,
        GError   **error)
{
  const EngramExportStep steps[] = {
    { _("Looking for attributes"), 0, SURVEY_SHARE / 2 },
    { _("Looking for attributes"), SURVEY_SHARE / 2, SURVEY_SHARE },
  };

  for (guint kind = 0; kind < 2; kind++)
    {
      self->attributes[kind] = engram_attributes_new (kind, self->options->vectors && kind == ENGRAM_RECORD_NEURON);
      add_analyses (self, kind);
    }
  if ((writes (self, ENGRAM_RECORD_NEURON) &&
       !engram_exchange_survey_neurons (&self->walk, &steps[0], self->attributes[ENGRAM_RECORD_NEURON], error)) ||
      (writes (self, ENGRAM_RECORD_SYNAPSE) &&
       !engram_exchange_survey_synapses (&self->walk, &steps[1], self->attributes[ENGRAM_RECORD_SYNAPSE], error)))
    return FALSE;
  for (guint kind = 0; kind < 2; kind++)
    self->cells[kind] = engram_record_cells_new (kind, self->attributes[kind], self->options->searcher,
                                                 engram_export_report_note, self->report);
  self->writer.nodes = self->attributes[ENGRAM_RECORD_NEURON];
  self->writer.edges = self->attributes[ENGRAM_RECORD_SYNAPSE];
  return !writes (self, ENGRAM_RECORD_SYNAPSE) || find_missing_ends (self, error);
}

/* Records */

static gboolean
flush (Exchange          *self,
       EngramOutputFile  *file,
       gsize              least,
       GError           **error)
{
  GString *text = self->writer.text;

  if (text->len < least)
    return TRUE;
  if (!engram_output_file_write (file, text->str, text->len, error))
    return FALSE;
  g_string_truncate (text, 0);
  return TRUE;
}

static gboolean
write_neuron (sqlite3_stmt  *row,
              gpointer       data,
              GError       **error)
{
  Exchange *self = data;
  EngramRecordCells *cells = self->cells[ENGRAM_RECORD_NEURON];

  engram_record_cells_take_neuron (cells, row, self->options->vectors);
  if (engram_record_cells_get_id (cells)->token == ENGRAM_JSON_TOKEN_NULL)
    {
      engram_record_cells_note (cells, NULL, _("the neuron has no id, and was left out"));
      return TRUE;
    }
  self->class->node (&self->writer, cells);
  self->report->neurons++;
  return flush (self, self->files[0], BLOCK_BYTES, error);
}

static gboolean
is_missing (Exchange         *self,
            const EngramCell *end)
{
  gboolean exact;
  gsize length;
  const char *id;

  if (end->token == ENGRAM_JSON_TOKEN_NULL || self->missing == NULL)
    return end->token == ENGRAM_JSON_TOKEN_NULL;
  id = engram_cell_get_text (end, self->writer.scratch, &length, &exact);
  if (id != self->writer.scratch->str)
    {
      g_string_truncate (self->writer.scratch, 0);
      g_string_append_len (self->writer.scratch, id, length);
    }
  return g_hash_table_contains (self->missing, self->writer.scratch->str);
}

static gboolean
write_synapse (sqlite3_stmt  *row,
               gpointer       data,
               GError       **error)
{
  Exchange *self = data;
  EngramRecordCells *cells = self->cells[ENGRAM_RECORD_SYNAPSE];

  engram_record_cells_take_synapse (cells, row, self->options->unsigned_weights);
  if (is_missing (self, engram_record_cells_get_source (cells)) ||
      is_missing (self, engram_record_cells_get_target (cells)))
    {
      engram_record_cells_note (cells, NULL, _("a neuron at one of its ends is missing, and the synapse was left out"));
      return TRUE;
    }
  self->class->edge (&self->writer, cells);
  self->report->synapses++;
  return flush (self, self->files[self->n_files - 1], BLOCK_BYTES, error);
}

static gboolean
write_nodes (Exchange                *self,
             const EngramExportStep  *step,
             GError                 **error)
{
  const char *columns = engram_neuron_select_columns (self->options->vectors,
                                                      engram_connection_neurons_have_fields (self->walk.reader));

  self->class->begin (&self->writer);
  return engram_export_walk_rows (&self->walk, ENGRAM_RECORD_NEURON, columns, step, write_neuron, self, error) &&
         flush (self, self->files[0], 0, error);
}

static gboolean
write_edges (Exchange                *self,
             const EngramExportStep  *step,
             GError                 **error)
{
  const char *columns = engram_synapse_select_columns (engram_connection_synapses_have_fields (self->walk.reader));

  self->class->end_nodes (&self->writer);
  if (!engram_export_walk_rows (&self->walk, ENGRAM_RECORD_SYNAPSE, columns, step, write_synapse, self, error))
    return FALSE;
  self->class->end (&self->writer);
  return flush (self, self->files[self->n_files - 1], 0, error);
}

static gboolean
write_records (Exchange  *self,
               GError   **error)
{
  double neurons = NEURON_WEIGHT * engram_export_walk_count (&self->walk, ENGRAM_RECORD_NEURON);
  double share = neurons / (neurons + engram_export_walk_count (&self->walk, ENGRAM_RECORD_SYNAPSE));
  double middle = SURVEY_SHARE + (1 - SURVEY_SHARE) * share;
  const EngramExportStep steps[] = {
    { _("Writing neurons"), SURVEY_SHARE, writes (self, ENGRAM_RECORD_SYNAPSE) ? middle : 1 },
    { _("Writing synapses"), writes (self, ENGRAM_RECORD_NEURON) ? middle : SURVEY_SHARE, 1 },
  };

  return (!writes (self, ENGRAM_RECORD_NEURON) || write_nodes (self, &steps[0], error)) &&
         (!writes (self, ENGRAM_RECORD_SYNAPSE) || write_edges (self, &steps[1], error));
}

/* Files */

static gboolean
open_files (Exchange        *self,
            EngramDatabase  *database,
            const char      *path,
            GError         **error)
{
  g_auto (GStrv) names = engram_exchange_list_files (path, self->options);

  for (; names[self->n_files] != NULL; self->n_files++)
    {
      self->files[self->n_files] = engram_output_file_new (names[self->n_files], engram_database_get_path (database),
                                                           error);
      if (self->files[self->n_files] == NULL)
        return FALSE;
    }
  return TRUE;
}

static gboolean
finish (Exchange  *self,
        GError   **error)
{
  EngramExportReport *report = self->report;

  engram_export_walk_end (&self->walk);
  if (self->walk.progress != NULL)
    self->walk.progress (ngettext ("Putting the file on disk", "Putting the files on disk", self->n_files), 1,
                         self->walk.user_data);
  if (g_cancellable_set_error_if_cancelled (self->walk.cancellable, error))
    return FALSE;
  if (self->n_files == 1 ? !engram_output_file_finish (self->files[0], error)
                         : !engram_output_file_finish_both (self->files[0], self->files[1], error))
    return FALSE;
  report->path = g_strdup (engram_output_file_get_path (self->files[0]));
  if (self->n_files > 1)
    report->second_path = g_strdup (engram_output_file_get_path (self->files[1]));
  for (guint i = 0; i < self->n_files; i++)
    report->size_bytes += engram_output_file_get_size (self->files[i]);
  report->seconds = (g_get_monotonic_time () - self->start) / (double) G_USEC_PER_SEC;
  return TRUE;
}

static EngramExportReport *
export_graph (EngramDatabase              *database,
              const char                  *path,
              const EngramExchangeOptions *options,
              EngramProgressFunc           progress,
              gpointer                     user_data,
              GCancellable                *cancellable,
              GError                     **error)
{
  const EngramExportPart all = { NULL };
  g_auto (Exchange) self = {
    .options = options,
    .class = get_class (options->format),
    .walk = { .progress = progress, .user_data = user_data, .cancellable = cancellable },
    .start = g_get_monotonic_time (),
  };

  if (!open_files (&self, database, path, error) ||
      !engram_export_walk_begin (&self.walk, database, options->part != NULL ? options->part : &all, error))
    return NULL;
  self.report = engram_export_report_new ();
  self.writer.text = g_string_sized_new (2 * BLOCK_BYTES);
  self.writer.scratch = g_string_new (NULL);
  if (!survey (&self, error) || !write_records (&self, error) || !finish (&self, error))
    return NULL;
  engram_export_report_log (self.report, engram_database_get_path (database));
  return g_steal_pointer (&self.report);
}

EngramExportReport *
engram_exchange_export (EngramDatabase              *database,
                        const char                  *path,
                        const EngramExchangeOptions *options,
                        EngramProgressFunc           progress,
                        gpointer                     user_data,
                        GCancellable                *cancellable,
                        GError                     **error)
{
  const EngramExportPart *part;

  g_return_val_if_fail (ENGRAM_IS_DATABASE (database), NULL);
  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (options != NULL && options->format < ENGRAM_N_EXCHANGE_FORMATS, NULL);

  part = options->part;
  g_return_val_if_fail (part == NULL || part->synapses != NULL || !part->only_ends, NULL);

  if (options->format != ENGRAM_EXCHANGE_JSON)
    return export_graph (database, path, options, progress, user_data, cancellable, error);
  if (part != NULL)
    return engram_export_part (database, path, part, options->compact, progress, user_data, cancellable, error);
  return engram_export (database, path, options->compact, progress, user_data, cancellable, error);
}
