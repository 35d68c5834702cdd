/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dialogs/export/engram-export-work.h"

#include <glib/gi18n.h>

#include "common/engram-text-format.h"
#include "jobs/engram-job-amount.h"

struct _EngramExportWork {
  gatomicrefcount        count;
  char                  *path;
  EngramExchangeOptions  options;
  gboolean               is_part;
  EngramRecordKind       kind;    /* of what was chosen, where it is a part */
  EngramRowSet          *rows;    /* this, */
  EngramRowOrder        *order;   /* or this */
  EngramExportReport    *report;
};

EngramExportWork *
engram_export_work_new (const char                  *path,
                        const EngramExchangeOptions *options)
{
  EngramExportWork *self = g_new0 (EngramExportWork, 1);

  g_atomic_ref_count_init (&self->count);
  self->path = g_strdup (path);
  self->options = *options;
  self->options.part = NULL;
  self->options.searcher = NULL;
  return self;
}

EngramExportWork *
engram_export_work_ref (EngramExportWork *self)
{
  g_atomic_ref_count_inc (&self->count);
  return self;
}

void
engram_export_work_unref (EngramExportWork *self)
{
  if (!g_atomic_ref_count_dec (&self->count))
    return;
  g_free (self->path);
  g_clear_pointer (&self->rows, engram_row_set_unref);
  g_clear_pointer (&self->order, engram_row_order_unref);
  g_clear_pointer (&self->report, engram_export_report_free);
  g_clear_object (&self->options.searcher);
  g_free (self);
}

void
engram_export_work_set_rows (EngramExportWork *self,
                             EngramRecordKind  kind,
                             EngramRowSet     *rows)
{
  self->is_part = TRUE;
  self->kind = kind;
  self->rows = engram_row_set_ref (rows);
}

void
engram_export_work_set_order (EngramExportWork *self,
                              EngramRecordKind  kind,
                              EngramRowOrder   *order)
{
  self->is_part = TRUE;
  self->kind = kind;
  self->order = engram_row_order_ref (order);
}

const char *
engram_export_work_get_path (EngramExportWork *self)
{
  return self->path;
}

const EngramExchangeOptions *
engram_export_work_get_options (EngramExportWork *self)
{
  return &self->options;
}

const EngramExportReport *
engram_export_work_get_report (EngramExportWork *self)
{
  return self->report;
}

/* In the worker */

static EngramRowSet *
dup_rows (EngramExportWork *self)
{
  gsize n_rows = self->order != NULL ? engram_row_order_get_size (self->order) : 0;
  g_autofree gint64 *rowids = NULL;

  if (self->rows != NULL)
    return engram_row_set_ref (self->rows);
  rowids = g_new (gint64, n_rows);
  for (gsize i = 0; i < n_rows; i++)
    rowids[i] = engram_row_order_get (self->order, i);
  return engram_row_set_new (rowids, n_rows);
}

/* Of a part, what was chosen: what comes along with it is not known before. */
static void
tell_amount (EngramExportWork *self,
             EngramJob        *job,
             EngramDatabase   *database,
             EngramRowSet     *rows,
             GCancellable     *cancellable)
{
  if (rows == NULL)
    engram_job_set_amount (job, engram_measure_records (database, cancellable), ENGRAM_JOB_UNIT_RECORDS);
  else
    engram_job_set_amount (job, engram_row_set_get_size (rows), self->kind == ENGRAM_RECORD_NEURON
                                                                   ? ENGRAM_JOB_UNIT_NEURONS
                                                                   : ENGRAM_JOB_UNIT_SYNAPSES);
}

static char *
describe (const EngramExportReport *report)
{
  g_autofree char *neuron_count = engram_format_count (report->neurons);
  g_autofree char *synapse_count = engram_format_count (report->synapses);
  g_autofree char *neurons = g_strdup_printf (ngettext ("%s neuron", "%s neurons", (gulong) report->neurons),
                                              neuron_count);
  g_autofree char *synapses = g_strdup_printf (ngettext ("%s synapse", "%s synapses", (gulong) report->synapses),
                                               synapse_count);
  g_autofree char *name = g_filename_display_basename (report->path);

  /* Translators: "12 neurons", "3 synapses", and the name of a file. */
  return g_strdup_printf (_("Exported %s and %s to “%s”"), neurons, synapses, name);
}

static gboolean
export (EngramJob       *job,
        EngramDatabase  *database,
        EngramHistory   *history,
        gpointer         data,
        GCancellable    *cancellable,
        GError         **error)
{
  EngramExportWork *self = data;
  EngramExchangeOptions options = self->options;
  g_autoptr (EngramRowSet) rows = self->is_part ? dup_rows (self) : NULL;
  EngramExportPart part = { .neurons = rows };
  g_autofree char *outcome = NULL;

  if (self->kind == ENGRAM_RECORD_SYNAPSE)
    part = (EngramExportPart) { .synapses = rows, .only_ends = TRUE };
  if (rows != NULL)
    options.part = &part;
  tell_amount (self, job, database, rows, cancellable);
  self->report = engram_exchange_export (database, self->path, &options, engram_job_progress, job, cancellable, error);
  /* Lists of jobs keep the job, and this would keep the network open. */
  g_clear_object (&self->options.searcher);
  if (self->report == NULL)
    return FALSE;
  outcome = describe (self->report);
  engram_job_set_outcome (job, outcome, FALSE);
  return TRUE;
}

EngramJob *
engram_export_work_start (EngramExportWork *self,
                          EngramSession    *session)
{
  g_autofree char *name = g_filename_display_basename (self->path);
  /* Translators: the name of a file. */
  g_autofree char *title = g_strdup_printf (_("Exporting “%s”"), name);

  g_set_object (&self->options.searcher, engram_session_get_searcher (session));
  return engram_session_read (session, title, export, engram_export_work_ref (self),
                              (GDestroyNotify) engram_export_work_unref);
}

char **
engram_export_work_list_replaced (EngramExportWork *self)
{
  g_auto (GStrv) files = engram_exchange_list_files (self->path, &self->options);
  g_autoptr (GStrvBuilder) replaced = g_strv_builder_new ();

  for (gsize i = 0; files[i] != NULL; i++)
    if (g_file_test (files[i], G_FILE_TEST_EXISTS))
      g_strv_builder_add (replaced, files[i]);
  return g_strv_builder_end (replaced);
}
