/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lists/engram-record-export.h"

#include <glib/gi18n.h>
#include <math.h>

#include "lists/engram-record-columns-private.h"
#include "lists/engram-record-model-private.h"

/* Records that are read at once. */
#define PAGE_SIZE 500

struct _EngramRecordExport {
  EngramDatabase           *database;
  EngramSearcher           *searcher; /* of analyses, or NULL */
  EngramRecordKind          kind;
  EngramFound              *found; /* what is exported: this, */
  EngramRowSet             *rows;  /* or this */
  EngramRecordExportResult  result;
};

EngramRecordExport *
engram_record_export_new_shown (EngramRecordModel *model)
{
  EngramRecordExport *self;

  g_return_val_if_fail (ENGRAM_IS_RECORD_MODEL (model), NULL);

  if (!engram_record_model_is_counted (model) || engram_row_order_get_size (model->found->order) == 0)
    return NULL;
  self = g_new0 (EngramRecordExport, 1);
  self->database = g_object_ref (engram_searcher_get_database (model->searcher));
  self->searcher = g_object_ref (model->searcher);
  self->kind = engram_record_model_get_kind (model);
  self->found = engram_found_ref (model->found);
  return self;
}

EngramRecordExport *
engram_record_export_new_rows (EngramDatabase   *database,
                               EngramRecordKind  kind,
                               EngramRowSet     *rows)
{
  EngramRecordExport *self;

  g_return_val_if_fail (ENGRAM_IS_DATABASE (database), NULL);
  g_return_val_if_fail (rows != NULL, NULL);

  self = g_new0 (EngramRecordExport, 1);
  self->database = g_object_ref (database);
  self->kind = kind;
  self->rows = engram_row_set_ref (rows);
  return self;
}

void
engram_record_export_free (EngramRecordExport *self)
{
  g_object_unref (self->database);
  g_clear_object (&self->searcher);
  g_clear_pointer (&self->found, engram_found_unref);
  g_clear_pointer (&self->rows, engram_row_set_unref);
  g_free (self->result.problem);
  g_free (self);
}

EngramRecordKind
engram_record_export_get_kind (EngramRecordExport *self)
{
  return self->kind;
}

EngramDatabase *
engram_record_export_get_database (EngramRecordExport *self)
{
  return self->database;
}

const EngramRecordExportResult *
engram_record_export_get_result (EngramRecordExport *self)
{
  return &self->result;
}

/* Rows */

static gsize
get_n_rows (EngramRecordExport *self)
{
  return self->found != NULL ? engram_row_order_get_size (self->found->order) : engram_row_set_get_size (self->rows);
}

static void
list_rowids (EngramRecordExport *self,
             gsize               first,
             gsize               n_rowids,
             gint64             *rowids)
{
  for (gsize i = 0; i < n_rowids; i++)
    rowids[i] = self->found != NULL ? engram_row_order_get (self->found->order, first + i)
                                    : engram_row_set_get (self->rows, first + i);
}

static EngramRowSet *
create_set (EngramRecordExport *self)
{
  gsize n_rowids = get_n_rows (self);
  g_autofree gint64 *rowids = NULL;

  if (self->rows != NULL)
    return engram_row_set_ref (self->rows);
  rowids = g_new (gint64, n_rowids);
  list_rowids (self, 0, n_rowids, rowids);
  return engram_row_set_new (rowids, n_rowids);
}

/* A table */

static float
get_score (EngramRecordExport *self,
           gsize               position)
{
  return self->found != NULL && self->found->scores != NULL ? self->found->scores[position] : NAN;
}

/* Records that are gone are passed over. */
static guint64
append_items (EngramRecordExport *self,
              EngramRecordText   *text,
              EngramRecordPage   *page,
              gsize               first)
{
  guint64 n_appended = 0;

  for (gsize i = 0; i < page->n_items; i++)
    {
      EngramRecordValues values;

      if (engram_record_item_is_empty (&page->items[i]))
        continue;
      engram_record_values_init (&values, &page->items[i], get_score (self, first + i));
      if (self->searcher != NULL)
        engram_record_values_look_up (&values, self->searcher);
      engram_record_text_append (text, &values);
      n_appended++;
    }
  return n_appended;
}

static gboolean
append_page (EngramRecordExport  *self,
             EngramRecordText    *text,
             gsize                first,
             GCancellable        *cancellable,
             GError             **error)
{
  gint64 rowids[PAGE_SIZE];
  gsize n_rowids = MIN (PAGE_SIZE, get_n_rows (self) - first);
  g_autoptr (EngramRecordPage) page = NULL;
  guint64 n_appended;

  list_rowids (self, first, n_rowids, rowids);
  page = engram_record_page_read (self->database, self->kind, rowids, n_rowids, cancellable, error);
  if (page == NULL)
    return FALSE;
  if (page->error != NULL)
    {
      g_propagate_error (error, g_error_copy (page->error));
      return FALSE;
    }
  n_appended = append_items (self, text, page, first);
  if (self->kind == ENGRAM_RECORD_NEURON)
    self->result.n_neurons += n_appended;
  else
    self->result.n_synapses += n_appended;
  return TRUE;
}

static gboolean
write_text (EngramRecordText  *text,
            EngramOutputFile  *file,
            GError           **error)
{
  g_autoptr (GBytes) bytes = engram_record_text_take (text);
  gsize length;
  const char *start = g_bytes_get_data (bytes, &length);

  return engram_output_file_write (file, start, length, error);
}

static gboolean
write_table (EngramRecordExport  *self,
             const char          *path,
             EngramProgressFunc   progress,
             gpointer             user_data,
             GCancellable        *cancellable,
             GError             **error)
{
  g_autoptr (GPtrArray) columns = engram_columns_list_there (self->kind, self->searcher);
  g_autoptr (EngramRecordText) text = engram_record_text_new (ENGRAM_RECORD_CSV, self->kind, columns);
  g_autoptr (EngramOutputFile) file = NULL;
  const char *phase = self->kind == ENGRAM_RECORD_NEURON ? _("Writing neurons") : _("Writing synapses");
  gsize n_rows = get_n_rows (self);

  file = engram_output_file_new (path, engram_database_get_path (self->database), error);
  if (file == NULL)
    return FALSE;
  for (gsize i = 0; i < n_rows; i += PAGE_SIZE)
    {
      if (progress != NULL)
        progress (phase, i / (double) n_rows, user_data);
      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !append_page (self, text, i, cancellable, error) || !write_text (text, file, error))
        return FALSE;
    }
  return write_text (text, file, error) && !g_cancellable_set_error_if_cancelled (cancellable, error) &&
         engram_output_file_finish (file, error);
}

/* A document */

static gboolean
write_document (EngramRecordExport  *self,
                const char          *path,
                EngramProgressFunc   progress,
                gpointer             user_data,
                GCancellable        *cancellable,
                GError             **error)
{
  g_autoptr (EngramRowSet) rows = create_set (self);
  g_autoptr (EngramExportReport) report = NULL;
  EngramExportPart part = { NULL };

  if (self->kind == ENGRAM_RECORD_NEURON)
    part.neurons = rows;
  else
    part = (EngramExportPart) { .synapses = rows, .only_ends = TRUE };
  report = engram_export_part (self->database, path, &part, FALSE, progress, user_data, cancellable, error);
  if (report == NULL)
    return FALSE;
  self->result.n_neurons = report->neurons;
  self->result.n_synapses = report->synapses;
  self->result.n_problems = report->n_problems;
  if (report->problems->len > 0)
    self->result.problem = engram_problem_describe (g_ptr_array_index (report->problems, 0));
  return TRUE;
}

gboolean
engram_record_export_write (EngramRecordExport  *self,
                            EngramRecordFormat   format,
                            const char          *path,
                            EngramProgressFunc   progress,
                            gpointer             user_data,
                            GCancellable        *cancellable,
                            GError             **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (format == ENGRAM_RECORD_CSV || format == ENGRAM_RECORD_JSON, FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  if (format == ENGRAM_RECORD_CSV)
    return write_table (self, path, progress, user_data, cancellable, error);
  return write_document (self, path, progress, user_data, cancellable, error);
}
