/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "documents/engram-export-report-private.h"

#define MAX_PROBLEMS 1000

G_DEFINE_BOXED_TYPE (EngramExportReport, engram_export_report, engram_export_report_copy, engram_export_report_free)

EngramExportReport *
engram_export_report_new (void)
{
  EngramExportReport *self = g_new0 (EngramExportReport, 1);

  self->problems = g_ptr_array_new_with_free_func ((GDestroyNotify) engram_problem_free);
  return self;
}

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
  copy->second_path = g_strdup (self->second_path);
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
  g_free (self->second_path);
  g_free (self->checksum);
  g_ptr_array_unref (self->problems);
  g_free (self);
}

void
engram_export_report_note (const char *id,
                           const char *field,
                           const char *message,
                           gpointer    report)
{
  EngramExportReport *self = report;
  EngramProblem *problem;

  if (self->n_problems++ >= MAX_PROBLEMS)
    return;
  problem = g_new0 (EngramProblem, 1);
  problem->id = g_strdup (id);
  problem->field = g_strdup (field);
  problem->message = g_strdup (message);
  g_ptr_array_add (self->problems, problem);
}

void
engram_export_report_log (const EngramExportReport *self,
                          const char               *database)
{
  g_log_structured (G_LOG_DOMAIN, G_LOG_LEVEL_INFO,
                    "ENGRAM_ACTION", "export",
                    "ENGRAM_PATH", database,
                    "MESSAGE", "Exported “%s” to “%s”: %" G_GUINT64_FORMAT " neurons, %" G_GUINT64_FORMAT
                    " synapses, %" G_GUINT64_FORMAT " problems; %.3f s",
                    database, self->path, self->neurons, self->synapses, self->n_problems, self->seconds);
}
