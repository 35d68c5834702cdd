/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lists/engram-record-copy.h"

#include <glib/gi18n.h>
#include <math.h>

#include "common/engram-text-format.h"
#include "lists/engram-record-columns-private.h"
#include "lists/engram-record-model-private.h"

/* Records that are read at once. */
#define PAGE_SIZE 500

/* What the worker has of its own. */
typedef struct {
  EngramDatabase *database;
  EngramRecordKind kind;
  EngramRecordFormat format;
  GPtrArray *columns;
  EngramSearcher *searcher; /* of analyses */
  gint64 *rowids;
  float *scores; /* of these, or NULL */
  gsize n_rowids;
} CopyJob;

static void
copy_job_free (CopyJob *job)
{
  g_object_unref (job->database);
  g_object_unref (job->searcher);
  g_clear_pointer (&job->columns, g_ptr_array_unref);
  g_free (job->rowids);
  g_free (job->scores);
  g_free (job);
}

/* A page of records; those that are gone are passed over. */
static gboolean
append_page (EngramRecordText  *text,
             const CopyJob     *job,
             gsize              first,
             GCancellable      *cancellable,
             GError           **error)
{
  g_autoptr (EngramRecordPage) page = NULL;

  page = engram_record_page_read (job->database, job->kind, job->rowids + first, MIN (PAGE_SIZE, job->n_rowids - first),
                                  cancellable, error);
  if (page == NULL)
    return FALSE;
  if (page->error != NULL)
    {
      g_propagate_error (error, g_error_copy (page->error));
      return FALSE;
    }
  for (gsize i = 0; i < page->n_items; i++)
    {
      EngramRecordValues values;

      engram_record_values_init (&values, &page->items[i], job->scores != NULL ? job->scores[first + i] : NAN);
      engram_record_values_look_up (&values, job->searcher);
      if (values.neuron != NULL || values.synapse != NULL)
        engram_record_text_append (text, &values);
    }
  return TRUE;
}

static gboolean
check_length (EngramRecordText  *text,
              GError           **error)
{
  if (engram_record_text_get_length (text) <= ENGRAM_COPY_MAX_BYTES)
    return TRUE;
  g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_INVALID,
               _("What is selected is more than %u MiB of text, too much for the clipboard. Select less of it, or "
                 "export it to a file."),
               (guint) (ENGRAM_COPY_MAX_BYTES >> 20));
  return FALSE;
}

static GBytes *
copy_records (const CopyJob  *job,
              GCancellable   *cancellable,
              GError        **error)
{
  g_autoptr (EngramRecordText) text = engram_record_text_new (job->format, job->kind, job->columns);

  for (gsize i = 0; i < job->n_rowids; i += PAGE_SIZE)
    if (!append_page (text, job, i, cancellable, error) || !check_length (text, error))
      return NULL;
  return engram_record_text_free_to_bytes (g_steal_pointer (&text));
}

static void
copy_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  GError *error = NULL;
  GBytes *bytes = copy_records (task_data, cancellable, &error);

  if (bytes != NULL)
    g_task_return_pointer (task, bytes, (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, error);
}

/* At most ENGRAM_COPY_MAX_RECORDS. */
static void
take_rows (CopyJob         *job,
           EngramFound     *found,
           GtkBitset       *positions)
{
  gsize n_rows = gtk_bitset_get_size (positions);
  GtkBitsetIter iter;
  guint position;
  gboolean valid = gtk_bitset_iter_init_first (&iter, positions, &position);

  job->rowids = g_new (gint64, n_rows);
  if (found->scores != NULL)
    job->scores = g_new (float, n_rows);
  for (; valid && position < engram_row_order_get_size (found->order); valid = gtk_bitset_iter_next (&iter, &position))
    {
      job->rowids[job->n_rowids] = engram_row_order_get (found->order, position);
      if (job->scores != NULL)
        job->scores[job->n_rowids] = found->scores[position];
      job->n_rowids++;
    }
}

static void
refuse_number (GTask   *task,
               guint64  n_records)
{
  g_autofree char *count = engram_format_count (n_records);
  g_autofree char *limit = engram_format_count (ENGRAM_COPY_MAX_RECORDS);

  /* Translators: both are numbers of rows in a list. */
  g_task_return_new_error (task, ENGRAM_ERROR, ENGRAM_ERROR_INVALID,
                           _("%s rows are selected, and at most %s can be copied. Select fewer of them, or export "
                             "them to a file."), count, limit);
}

/**
 * engram_record_copy_async:
 * @model: what a list shows
 * @positions: which of its rows, copied in their order
 * @format: as what
 * @columns: (nullable) (element-type EngramColumn): the columns of text and CSV; %NULL for all
 * @cancellable: (nullable): a #GCancellable
 * @callback: called in the main loop
 * @user_data: for @callback
 *
 * Reads records in a worker and makes them text. Records that are gone are passed over.
 */
void
engram_record_copy_async (EngramRecordModel   *model,
                          GtkBitset           *positions,
                          EngramRecordFormat   format,
                          GPtrArray           *columns,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  CopyJob *job;

  g_return_if_fail (ENGRAM_IS_RECORD_MODEL (model));
  g_return_if_fail (positions != NULL);

  task = g_task_new (model, cancellable, callback, user_data);
  g_task_set_source_tag (task, engram_record_copy_async);
  if (gtk_bitset_get_size (positions) > ENGRAM_COPY_MAX_RECORDS)
    {
      refuse_number (task, gtk_bitset_get_size (positions));
      return;
    }
  job = g_new0 (CopyJob, 1);
  job->searcher = g_object_ref (engram_record_model_get_searcher (model));
  job->database = g_object_ref (engram_searcher_get_database (job->searcher));
  job->kind = engram_record_model_get_kind (model);
  job->format = format;
  job->columns = columns != NULL ? g_ptr_array_ref (columns) : engram_columns_list_there (job->kind, job->searcher);
  if (model->found != NULL)
    take_rows (job, model->found, positions);
  g_task_set_task_data (task, job, (GDestroyNotify) copy_job_free);
  g_task_run_in_thread (task, copy_thread);
}

/**
 * engram_record_copy_finish:
 * @model: what a list shows
 * @result: what the callback got
 * @error: return location, or %NULL
 *
 * Returns: (transfer full) (nullable): text, or %NULL with %ENGRAM_ERROR_INVALID where it would be too much for the
 *   clipboard, or an error of the store
 */
GBytes *
engram_record_copy_finish (EngramRecordModel  *model,
                           GAsyncResult       *result,
                           GError            **error)
{
  g_return_val_if_fail (g_task_is_valid (result, model), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
