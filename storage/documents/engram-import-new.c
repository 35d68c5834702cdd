/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "documents/engram-import-job-private.h"
#include "documents/engram-import-looking-private.h"
#include "stores/engram-network-writer-private.h"

/* How much of the work is over when all rows are written. */
#define ROWS_DONE 0.7

/* That a synapse's id stands twice is left to the table. */
static gboolean
take_synapse (EngramImportJob         *job,
              const EngramImportItem  *item,
              EngramNetworkWriter     *writer,
              GError                 **error)
{
  g_autoptr (GError) local_error = NULL;

  if (engram_network_writer_append_synapse (writer, item->record, &local_error))
    {
      job->report->synapses.created++;
      return TRUE;
    }
  if (g_error_matches (local_error, ENGRAM_ERROR, ENGRAM_ERROR_EXISTS))
    {
      engram_import_job_tell_twice (job, item);
      return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
take (EngramImportJob         *job,
      const EngramImportItem  *item,
      gpointer                 data,
      GError                 **error)
{
  EngramNetworkWriter *writer = data;

  if (item->kind == ENGRAM_RECORD_SYNAPSE)
    return take_synapse (job, item, writer, error);
  /* Nothing will come of the file any more; its synapses are written to see what else is wrong. */
  return engram_import_job_has_problems (job) || engram_network_writer_append_neuron (writer, item->record, error);
}

/* What the writer reports of its end is the last part of the whole. */
static void
report_end (const char *phase,
            double      fraction,
            gpointer    data)
{
  engram_import_job_report (data, phase, ROWS_DONE + (1 - ROWS_DONE) * fraction);
}

static gboolean
write_network (EngramImportJob  *job,
               const char       *path,
               GError          **error)
{
  g_autoptr (EngramNetworkWriter) writer = engram_network_writer_new (path, job->cancellable, error);

  return writer != NULL && engram_import_job_run (job, take, writer, error) &&
         engram_network_writer_finish (writer, report_end, job, error);
}

gboolean
engram_import_new (const char                 *path,
                   const char * const         *files,
                   const EngramImportOptions  *options,
                   EngramImportReport        **report,
                   EngramProgressFunc          progress,
                   gpointer                    user_data,
                   GCancellable               *cancellable,
                   GError                    **error)
{
  EngramImportJob job;
  gboolean done;

  g_return_val_if_fail (path != NULL, FALSE);
  g_return_val_if_fail (files != NULL && files[0] != NULL, FALSE);
  g_return_val_if_fail (options != NULL, FALSE);

  done = engram_import_job_init (&job, files, options, progress, user_data, cancellable, error);
  if (done && options->dry_run)
    {
      done = engram_import_look_new (path, &job, error);
    }
  else if (done)
    {
      job.rows_done = ROWS_DONE;
      done = write_network (&job, path, error);
    }
  engram_import_job_finish (&job, done, report);
  return done;
}
