/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "documents/engram-import-looking-private.h"

#include <glib/gi18n-lib.h>

#include "documents/engram-import-comparison-private.h"
#include "documents/engram-import-space-private.h"
#include "model/engram-synapse.h"
#include "sqlite/engram-file-private.h"
#include "stores/engram-store-private.h"

#define NEW_PAGE_SIZE 4096

typedef struct {
  EngramImportComparison *comparison; /* NULL where there is no network yet */
  EngramImportSizes       sizes;
} Look;

static EngramImportCounts *
get_counts (EngramImportJob        *job,
            const EngramImportItem *item)
{
  return item->kind == ENGRAM_RECORD_NEURON ? &job->report->neurons : &job->report->synapses;
}

static EngramImportMatch *
get_match (EngramImportJob        *job,
           const EngramImportItem *item)
{
  EngramImportFile *file = engram_import_job_get_file (job, item);

  return item->kind == ENGRAM_RECORD_NEURON ? &file->neuron_match : &file->synapse_match;
}

/* What the policy makes of a record that the network has, or has with other content where that was asked. */
static void
settle_conflict (Look                   *self,
                 EngramImportJob        *job,
                 const EngramImportItem *item)
{
  EngramImportCounts *counts = get_counts (job, item);

  engram_import_sizes_replace (&self->sizes, item->kind, item->record);
  if (job->options->conflict == ENGRAM_IMPORT_CONFLICT_SKIP)
    counts->skipped++;
  else if (job->options->conflict == ENGRAM_IMPORT_CONFLICT_REPLACE)
    counts->replaced++;
  else if (!job->options->compare)
    engram_import_job_tell (job, item, _("there is a synapse with this id already"));
}

static void
note_conflict (EngramImportJob               *job,
               const EngramImportItem        *item,
               const EngramImportRecordMatch *match)
{
  g_autofree char *message = engram_import_comparison_describe (item->kind, match->columns);

  engram_import_job_note_conflict (job, item, message);
}

static void
settle (Look                          *self,
        EngramImportJob               *job,
        const EngramImportItem        *item,
        const EngramImportRecordMatch *match)
{
  gboolean compares = job->options->compare;
  EngramImportMatch *counts = get_match (job, item);

  switch (match->state)
    {
    case ENGRAM_IMPORT_RECORD_NEW:
      counts->added++;
      engram_import_sizes_add (&self->sizes, item->kind, item->record);
      break;
    case ENGRAM_IMPORT_RECORD_SAME:
      counts->same++;
      if (compares)
        get_counts (job, item)->skipped++;
      else
        settle_conflict (self, job, item);
      break;
    case ENGRAM_IMPORT_RECORD_DIFFERENT:
    default:
      counts->different++;
      if (compares)
        note_conflict (job, item, match);
      settle_conflict (self, job, item);
    }
}

static gboolean
look_at_neuron (Look                    *self,
                EngramImportJob         *job,
                const EngramImportItem  *item,
                GError                 **error)
{
  EngramImportRecordMatch match = { ENGRAM_IMPORT_RECORD_NEW, 0, 0 };

  /* The reader has counted it, and told where it may not be. */
  if (item->exists && !job->options->compare)
    {
      engram_import_sizes_replace (&self->sizes, item->kind, item->record);
      return TRUE;
    }
  if (item->exists &&
      !engram_import_comparison_match (self->comparison, item->kind, item->record, &match, error))
    return FALSE;
  settle (self, job, item, &match);
  return TRUE;
}

static gboolean
look_at_synapse (Look                    *self,
                 EngramImportJob         *job,
                 const EngramImportItem  *item,
                 GError                 **error)
{
  EngramImportRecordMatch match = { ENGRAM_IMPORT_RECORD_NEW, 0, 0 };
  gboolean is_first;

  if (!engram_import_seen_add (job->seen, ((const EngramSynapse *) item->record)->id, &is_first, error))
    return FALSE;
  if (!is_first)
    {
      engram_import_job_tell_twice (job, item);
      return TRUE;
    }
  if (self->comparison != NULL &&
      !engram_import_comparison_match (self->comparison, item->kind, item->record, &match, error))
    return FALSE;
  if (match.state == ENGRAM_IMPORT_RECORD_NEW)
    job->report->synapses.created++;
  settle (self, job, item, &match);
  return TRUE;
}

static gboolean
look_at (EngramImportJob         *job,
         const EngramImportItem  *item,
         gpointer                 data,
         GError                 **error)
{
  return item->kind == ENGRAM_RECORD_NEURON ? look_at_neuron (data, job, item, error)
                                            : look_at_synapse (data, job, item, error);
}

/* What is known of the network before the first document is opened. */
static gboolean
look_at_network (Look              *self,
                 EngramDatabase    *database,
                 EngramConnection  *connection,
                 EngramImportJob   *job,
                 GError           **error)
{
  gint64 page_size, n_neurons, n_synapses;

  if (!engram_connection_get_integer (connection, "PRAGMA page_size", &page_size, error) ||
      !engram_connection_get_integer (connection, "SELECT count(*) FROM neurons", &n_neurons, error) ||
      !engram_connection_get_integer (connection, "SELECT count(*) FROM synapses", &n_synapses, error))
    return FALSE;
  engram_import_sizes_init (&self->sizes, (guint) page_size);
  self->sizes.n_rows[ENGRAM_RECORD_NEURON] = n_neurons;
  self->sizes.n_rows[ENGRAM_RECORD_SYNAPSE] = n_synapses;
  return engram_import_ids_load (job->ids, connection, error) &&
         engram_database_get_dimension (database, connection, &job->dimension, error);
}

gboolean
engram_import_look (EngramDatabase   *database,
                    EngramImportJob  *job,
                    GError          **error)
{
  g_autoptr (EngramReader) reader = engram_store_begin_read (database, job->cancellable, error);
  Look look = { NULL };
  gboolean done;

  if (reader == NULL || !look_at_network (&look, database, reader, job, error))
    return FALSE;
  look.comparison = engram_import_comparison_new (reader, TRUE);
  done = engram_import_job_run (job, look_at, &look, error);
  engram_import_comparison_free (look.comparison);
  engram_import_sizes_finish (&look.sizes, engram_database_get_path (database), &job->report->space);
  return done;
}

gboolean
engram_import_look_new (const char       *path,
                        EngramImportJob  *job,
                        GError          **error)
{
  Look look = { NULL };

  engram_import_sizes_init (&look.sizes, NEW_PAGE_SIZE);
  if (!engram_file_check_free (path, error) || !engram_import_job_run (job, look_at, &look, error))
    return FALSE;
  engram_import_sizes_finish (&look.sizes, path, &job->report->space);
  return TRUE;
}
