/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "documents/engram-import-job-private.h"

#include <glib/gi18n-lib.h>

#include "documents/engram-import-report-private.h"
#include "documents/engram-import-reading-private.h"

#define MAX_PROBLEMS 1000

#define REPORT_INTERVAL_US (100 * 1000)

enum { OF_READER, OF_TAKER, OF_ENDS };

gboolean
engram_import_job_init (EngramImportJob            *self,
                        const char * const         *files,
                        const EngramImportOptions  *options,
                        EngramProgressFunc          progress,
                        gpointer                    user_data,
                        GCancellable               *cancellable,
                        GError                    **error)
{
  guint limit = options->max_problems > 0 ? options->max_problems : MAX_PROBLEMS;

  *self = (EngramImportJob) {
    .files = files, .options = options, .progress = progress, .user_data = user_data, .rows_done = 1,
    .cancellable = cancellable, .start = g_get_monotonic_time ()
  };
  self->ids = engram_import_ids_new ();
  self->seen = engram_import_seen_new (cancellable);
  self->queue = engram_import_queue_new ();
  self->report = engram_import_report_new (files);
  self->report->dry_run = options->dry_run;
  self->n_files = self->report->files->len;
  for (gsize i = 0; i < G_N_ELEMENTS (self->problems); i++)
    engram_import_problems_init (&self->problems[i], limit);
  engram_import_problems_init (&self->conflicts, limit);

  self->sizes = g_new0 (guint64, self->n_files);
  /* What cannot be read at all is said before anything is done. */
  for (guint i = 0; i < self->n_files; i++)
    {
      EngramDocumentWindow window;

      if (!engram_document_window_open (&window, files[i], error))
        return FALSE;
      self->sizes[i] = window.size;
      ((EngramImportFile *) g_ptr_array_index (self->report->files, i))->size = window.size;
      self->bytes_total += window.size;
      engram_document_window_close (&window);
    }
  return TRUE;
}

/* Problems */

static const char *
get_id (const EngramImportItem *item)
{
  return item->kind == ENGRAM_RECORD_NEURON ? ((const EngramNeuron *) item->record)->id
                                            : ((const EngramSynapse *) item->record)->id;
}

void
engram_import_job_tell (EngramImportJob        *self,
                        const EngramImportItem *item,
                        const char             *message)
{
  engram_import_problems_add (&self->problems[OF_TAKER], item->file, item->id_byte, get_id (item), "id", message,
                              FALSE);
  g_atomic_int_set (&self->has_problems, TRUE);
}

void
engram_import_job_note_conflict (EngramImportJob        *self,
                                 const EngramImportItem *item,
                                 const char             *message)
{
  engram_import_problems_add (&self->conflicts, item->file, item->id_byte, get_id (item), NULL, message, FALSE);
}

EngramImportFile *
engram_import_job_get_file (EngramImportJob        *self,
                            const EngramImportItem *item)
{
  return g_ptr_array_index (self->report->files, item->file);
}

void
engram_import_job_tell_twice (EngramImportJob        *self,
                              const EngramImportItem *item)
{
  engram_import_job_tell (self, item, _("this id stands twice in what is to be imported"));
}

gboolean
engram_import_job_has_problems (EngramImportJob *self)
{
  return g_atomic_int_get (&self->has_problems);
}

static void
count_problems (EngramImportJob            *self,
                const EngramImportProblems *problems)
{
  self->report->n_problems += problems->count;
  for (guint i = 0; i < problems->by_file->len; i++)
    {
      EngramImportFile *file = g_ptr_array_index (self->report->files, i);

      file->n_problems += g_array_index (problems->by_file, guint64, i);
    }
}

static void
gather_problems (EngramImportJob *self)
{
  EngramImportReport *report = self->report;

  for (gsize i = 0; i < G_N_ELEMENTS (self->problems); i++)
    count_problems (self, &self->problems[i]);
  if (report->n_problems > 0)
    {
      g_ptr_array_unref (report->problems);
      report->problems = engram_import_problems_merge (self->problems, G_N_ELEMENTS (self->problems), self->files);
    }
  if (self->conflicts.count > 0)
    {
      g_ptr_array_unref (report->conflicts);
      report->conflicts = engram_import_problems_merge (&self->conflicts, 1, self->files);
    }
}

static void
set_problem_error (const EngramImportReport  *report,
                   GError                   **error)
{
  g_autofree char *first = engram_problem_describe (g_ptr_array_index (report->problems, 0));
  g_autofree char *more = g_strdup_printf ("%" G_GUINT64_FORMAT, report->n_problems - 1);

  if (report->n_problems == 1)
    g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_INVALID, _("Nothing was imported. %s"), first);
  else
    g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_INVALID,
                 /* Translators: what is wrong first, then how much else is. */
                 ngettext ("Nothing was imported. %s (and %s problem more)",
                           "Nothing was imported. %s (and %s problems more)", report->n_problems - 1), first, more);
}

/* Taking */

void
engram_import_job_report (EngramImportJob *self,
                          const char      *phase,
                          double           fraction)
{
  gint64 now = g_get_monotonic_time ();

  if (self->progress == NULL)
    return;
  if (g_strcmp0 (phase, self->last_phase) == 0 && now - self->last_report < REPORT_INTERVAL_US)
    return;
  self->last_phase = phase;
  self->last_report = now;
  self->progress (phase, fraction, self->user_data);
}

static gboolean
take_batch (EngramImportJob          *self,
            const EngramImportBatch  *batch,
            EngramImportTakeFunc      take,
            gpointer                  data,
            GError                  **error)
{
  for (guint i = 0; i < batch->items->len; i++)
    if (!take (self, &g_array_index (batch->items, EngramImportItem, i), data, error))
      return FALSE;
  engram_import_job_report (self, _("Reading documents"),
                            self->rows_done * batch->bytes_read / MAX (self->bytes_total, 1));
  return !g_cancellable_set_error_if_cancelled (self->cancellable, error);
}

static gboolean
take_all (EngramImportJob       *self,
          EngramImportTakeFunc   take,
          gpointer               data,
          GError               **error)
{
  EngramImportBatch *batch;
  gboolean taken = TRUE;

  while (taken && (batch = engram_import_queue_pop (self->queue)) != NULL)
    {
      taken = take_batch (self, batch, take, data, error);
      engram_import_queue_give_back (self->queue, batch);
    }
  if (!taken)
    engram_import_queue_stop (self->queue);
  return taken;
}

gboolean
engram_import_job_run (EngramImportJob       *self,
                       EngramImportTakeFunc   take,
                       gpointer               data,
                       GError               **error)
{
  EngramImportReading reading = { self, &self->problems[OF_READER] };
  GThread *thread = g_thread_new ("engram-import", engram_import_reading_run, &reading);
  gboolean taken = take_all (self, take, data, error);

  g_thread_join (thread);
  if (taken && reading.error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&reading.error));
      taken = FALSE;
    }
  g_clear_error (&reading.error);
  /* Where neurons could not be read, synapses that miss them say nothing new. */
  if (taken && !reading.lacks_neurons)
    taken = engram_import_ids_settle (self->ids, &self->problems[OF_ENDS], self->cancellable, error);

  gather_problems (self);
  if (!taken)
    return FALSE;
  if (self->report->n_problems == 0 || self->options->dry_run)
    return TRUE;
  set_problem_error (self->report, error);
  return FALSE;
}

void
engram_import_job_finish (EngramImportJob     *self,
                          gboolean             done,
                          EngramImportReport **report)
{
  if (!done)
    {
      self->report->neurons = (EngramImportCounts) { 0, 0, 0 };
      self->report->synapses = (EngramImportCounts) { 0, 0, 0 };
    }
  self->report->seconds = (g_get_monotonic_time () - self->start) / (double) G_USEC_PER_SEC;
  if (report != NULL)
    *report = g_steal_pointer (&self->report);
  g_clear_pointer (&self->report, engram_import_report_free);
  g_clear_pointer (&self->sizes, g_free);
  g_clear_pointer (&self->queue, engram_import_queue_free);
  g_clear_pointer (&self->ids, engram_import_ids_free);
  g_clear_pointer (&self->seen, engram_import_seen_free);
  for (gsize i = 0; i < G_N_ELEMENTS (self->problems); i++)
    engram_import_problems_clear (&self->problems[i]);
  engram_import_problems_clear (&self->conflicts);
}
