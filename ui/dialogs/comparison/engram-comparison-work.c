/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dialogs/comparison/engram-comparison-work.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "common/engram-text-format.h"
#include "jobs/engram-job-amount.h"
#include "jobs/engram-job-part.h"

/* How much of the work is over when both files have been compared. */
#define COMPARED 0.9

/* Files */

EngramCompared *
engram_compared_ref (EngramCompared *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
close_file (GTask        *task,
            gpointer      source_object,
            gpointer      task_data,
            GCancellable *cancellable)
{
  g_object_unref (task_data);
  g_task_return_boolean (task, TRUE);
}

static void
compared_clear (gpointer data)
{
  EngramCompared *self = data;
  g_autoptr (GTask) task = NULL;

  g_clear_pointer (&self->differences, engram_differences_unref);
  g_clear_pointer (&self->comparison, engram_comparison_unref);
  g_clear_object (&self->database);
  if (self->other == NULL)
    return;
  task = g_task_new (NULL, NULL, NULL, NULL);
  g_task_set_source_tag (task, compared_clear);
  g_task_set_task_data (task, self->other, NULL);
  g_task_run_in_thread (task, close_file);
}

void
engram_compared_unref (EngramCompared *self)
{
  g_atomic_rc_box_release_full (self, compared_clear);
}

/* Comparing */

typedef struct {
  char           *path;
  EngramSearcher *searcher;
  EngramCompared *found;
} Comparing;

static void
comparing_free (gpointer data)
{
  Comparing *self = data;

  g_free (self->path);
  g_object_unref (self->searcher);
  g_clear_pointer (&self->found, engram_compared_unref);
  g_free (self);
}

/* By whatever name. */
static gboolean
is_same_file (const char *path,
              const char *other)
{
  GStatBuf status, other_status;

  return g_stat (path, &status) == 0 && g_stat (other, &other_status) == 0 && status.st_dev == other_status.st_dev
         && status.st_ino == other_status.st_ino;
}

static EngramDatabase *
open_other (const char      *path,
            EngramDatabase  *database,
            GCancellable    *cancellable,
            GError         **error)
{
  g_autofree char *name = NULL;
  EngramDatabase *other;

  if (!is_same_file (path, engram_database_get_path (database)))
    {
      other = engram_database_open (path, cancellable, error);
      if (other == NULL)
        engram_error_name_users (error, path);
      return other;
    }
  name = g_filename_display_basename (path);
  g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_INVALID,
               _("“%s” is the network that is open in this window: nothing can differ from it. Choose another file, a "
                 "backup of it for example."), name);
  return NULL;
}

static void
count_numbers (EngramCompared *self)
{
  engram_differences_count (self->differences, ENGRAM_ANALYSIS_WEIGHT_CHANGE, &self->weight_changes);
  engram_differences_count (self->differences, ENGRAM_ANALYSIS_DRIFT, &self->drifts);
  engram_differences_count (self->differences, ENGRAM_ANALYSIS_MOVED, &self->moves);
}

static gboolean
compare (EngramJob       *job,
         EngramDatabase  *database,
         EngramHistory   *history,
         gpointer         data,
         GCancellable    *cancellable,
         GError         **error)
{
  Comparing *self = data;
  EngramJobPart part = { job, 0, COMPARED, engram_measure_network (database) + engram_measure_file (self->path),
                         ENGRAM_JOB_UNIT_BYTES };
  g_autoptr (EngramCompared) found = g_atomic_rc_box_new0 (EngramCompared);

  found->database = g_object_ref (database);
  found->other = open_other (self->path, database, cancellable, error);
  if (found->other == NULL)
    return FALSE;
  found->comparison = engram_comparison_new (database, found->other, engram_job_part_progress, &part, cancellable,
                                             error);
  if (found->comparison == NULL)
    return FALSE;
  engram_job_progress (_("Looking at the ends of synapses"), COMPARED, job);
  found->differences = engram_differences_new (found->comparison, self->searcher, found->other, cancellable, error);
  if (found->differences == NULL)
    return FALSE;
  count_numbers (found);
  self->found = g_steal_pointer (&found);
  return TRUE;
}

EngramJob *
engram_comparison_work_compare (EngramSession *session,
                                const char    *path)
{
  Comparing *self = g_new0 (Comparing, 1);
  g_autofree char *name = g_filename_display_basename (path);
  /* Translators: the name of a file. */
  g_autofree char *title = g_strdup_printf (_("Comparing with “%s”"), name);

  self->path = g_strdup (path);
  self->searcher = g_object_ref (engram_session_get_searcher (session));
  return engram_session_read (session, title, compare, self, comparing_free);
}

EngramCompared *
engram_comparison_work_get_found (EngramJob *job)
{
  const Comparing *self = engram_session_job_get_data (job);

  return self->found;
}

/* Bringing back */

typedef struct {
  EngramCompared        *compared;
  EngramDifferenceOrder *order;
  GtkBitset             *places;
  gboolean               delete_added;
} Returning;

static void
returning_free (gpointer data)
{
  Returning *self = data;

  engram_compared_unref (self->compared);
  engram_difference_order_unref (self->order);
  gtk_bitset_unref (self->places);
  g_free (self);
}

/* The rows of today, or those of the other file that were removed. */
static EngramRowSet *
list_rows (const Returning *self,
           gboolean         removed)
{
  g_autoptr (GArray) rowids = g_array_new (FALSE, FALSE, sizeof (gint64));
  GtkBitsetIter iter;
  guint place;

  for (gboolean more = gtk_bitset_iter_init_first (&iter, self->places, &place); more;
       more = gtk_bitset_iter_next (&iter, &place))
    {
      EngramComparisonRow row;

      engram_difference_order_get_row (self->order, place, &row);
      if ((row.status == ENGRAM_COMPARISON_REMOVED) != removed)
        continue;
      g_array_append_val (rowids, *(removed ? &row.other_rowid : &row.rowid));
    }
  return engram_row_set_new ((const gint64 *) rowids->data, rowids->len);
}

static gboolean
bring_back (EngramJob       *job,
            EngramDatabase  *database,
            EngramHistory   *history,
            gpointer         data,
            GCancellable    *cancellable,
            GError         **error)
{
  const Returning *self = data;
  g_autoptr (EngramRowSet) rows = list_rows (self, FALSE), removed = list_rows (self, TRUE);
  gboolean is_neuron = self->order->kind == ENGRAM_RECORD_NEURON;
  EngramBringBack what = { .flags = ENGRAM_BRING_BACK_WITH_SYNAPSES };
  EngramEditResult result = { 0 };

  engram_job_set_amount (job, gtk_bitset_get_size (self->places),
                         is_neuron ? ENGRAM_JOB_UNIT_NEURONS : ENGRAM_JOB_UNIT_SYNAPSES);
  if (self->delete_added)
    what.flags |= ENGRAM_BRING_BACK_DELETE_ADDED;
  *(is_neuron ? &what.neurons : &what.synapses) = rows;
  *(is_neuron ? &what.removed_neurons : &what.removed_synapses) = removed;
  if (!engram_comparison_bring_back (self->compared->comparison, &what, database, history, self->compared->other,
                                     &result, engram_job_progress, job, cancellable, error))
    return FALSE;
  engram_job_set_outcome (job, result.label != NULL ? result.label : _("Nothing had to be brought back"),
                          result.label != NULL);
  engram_edit_result_clear (&result);
  return TRUE;
}

EngramJob *
engram_comparison_work_bring_back (EngramSession         *session,
                                   EngramCompared        *compared,
                                   EngramDifferenceOrder *order,
                                   const GtkBitset       *places,
                                   gboolean               delete_added)
{
  Returning *self = g_new0 (Returning, 1);
  guint64 n_rows = gtk_bitset_get_size (places);
  g_autofree char *count = engram_format_count (n_rows);
  g_autofree char *title = NULL;

  if (order->kind == ENGRAM_RECORD_NEURON)
    title = g_strdup_printf (ngettext ("Bringing back %s neuron", "Bringing back %s neurons", (gulong) n_rows), count);
  else
    title = g_strdup_printf (ngettext ("Bringing back %s synapse", "Bringing back %s synapses", (gulong) n_rows),
                             count);
  self->compared = engram_compared_ref (compared);
  self->order = engram_difference_order_ref (order);
  self->places = gtk_bitset_copy (places);
  self->delete_added = delete_added;
  return engram_session_write (session, title, bring_back, self, returning_free, ENGRAM_WRITE_NONE);
}
