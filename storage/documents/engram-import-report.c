/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "documents/engram-import-report-private.h"

G_DEFINE_BOXED_TYPE (EngramImportReport, engram_import_report, engram_import_report_copy, engram_import_report_free)

static void
file_free (gpointer data)
{
  EngramImportFile *file = data;

  g_free (file->path);
  g_free (file);
}

static gpointer
copy_file (gconstpointer source,
           gpointer      user_data)
{
  EngramImportFile *copy = g_memdup2 (source, sizeof *copy);

  copy->path = g_strdup (copy->path);
  return copy;
}

static gpointer
copy_problem (gconstpointer source,
              gpointer      user_data)
{
  return engram_problem_copy (source);
}

static GPtrArray *
copy_problems (GPtrArray *problems)
{
  GPtrArray *copy = g_ptr_array_copy (problems, copy_problem, NULL);

  g_ptr_array_set_free_func (copy, (GDestroyNotify) engram_problem_free);
  return copy;
}

EngramImportReport *
engram_import_report_new (const char * const *files)
{
  EngramImportReport *self = g_new0 (EngramImportReport, 1);

  self->files = g_ptr_array_new_with_free_func (file_free);
  self->problems = g_ptr_array_new_with_free_func ((GDestroyNotify) engram_problem_free);
  self->conflicts = g_ptr_array_new_with_free_func ((GDestroyNotify) engram_problem_free);
  self->space.available = G_MAXUINT64;
  for (guint i = 0; files[i] != NULL; i++)
    {
      EngramImportFile *file = g_new0 (EngramImportFile, 1);

      file->path = g_strdup (files[i]);
      file->checksum = ENGRAM_IMPORT_CHECKSUM_ABSENT;
      g_ptr_array_add (self->files, file);
    }
  return self;
}

EngramImportReport *
engram_import_report_copy (const EngramImportReport *self)
{
  EngramImportReport *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->files = g_ptr_array_copy (self->files, copy_file, NULL);
  g_ptr_array_set_free_func (copy->files, file_free);
  copy->problems = copy_problems (self->problems);
  copy->conflicts = copy_problems (self->conflicts);
  return copy;
}

void
engram_import_report_free (EngramImportReport *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->files);
  g_ptr_array_unref (self->problems);
  g_ptr_array_unref (self->conflicts);
  g_free (self);
}

static void
add_match (EngramImportMatch       *sum,
           const EngramImportMatch *match)
{
  sum->added += match->added;
  sum->same += match->same;
  sum->different += match->different;
}

void
engram_import_report_sum (const EngramImportReport *self,
                          EngramImportFile         *sum)
{
  g_return_if_fail (self != NULL && sum != NULL);

  *sum = (EngramImportFile) { .is_whole = TRUE };
  for (guint i = 0; i < self->files->len; i++)
    {
      const EngramImportFile *file = g_ptr_array_index (self->files, i);

      sum->size += file->size;
      sum->neurons += file->neurons;
      sum->synapses += file->synapses;
      sum->is_whole = sum->is_whole && file->is_whole;
      sum->n_problems += file->n_problems;
      add_match (&sum->neuron_match, &file->neuron_match);
      add_match (&sum->synapse_match, &file->synapse_match);
    }
}
