/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "safety/integrity/engram-integrity-report-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "model/engram-time.h"

/* How much of the work is not SQLite's own check, which takes several times as long as all the rest. */
#define SHARE_BESIDE_SQLITE 0.3

/* How often a person hears that SQLite is still at work, and a look is taken at the cancellable. */
#define WAIT_MICROSECONDS (100 * 1000)

/* How long SQLite's own check is expected to take after the rest, in terms of what the rest took. */
#define EXPECTED_WAIT 6

/* One scan of a table, of which parts may be damaged. */
typedef struct {
  EngramScanFunc  func;
  gpointer        data;
  int             is_partial; /* atomic */
} ForgivingScan;

gboolean
engram_integrity_forgive_damage (GError **error)
{
  if (!g_error_matches (*error, ENGRAM_ERROR, ENGRAM_ERROR_DAMAGED) &&
      !g_error_matches (*error, ENGRAM_ERROR, ENGRAM_ERROR_NOT_A_NETWORK))
    return FALSE;
  g_clear_error (error);
  return TRUE;
}

void
engram_integrity_note_damage (EngramIntegrityRun *run,
                              const char         *message)
{
  engram_id_list_add_text (engram_finding_lists_get (&run->others, ENGRAM_KIND_SQLITE_CORRUPTION), message,
                           strlen (message));
}

static gboolean
scan_chunk (EngramReader  *reader,
            gint64         first,
            gint64         last,
            guint          chunk,
            gpointer       data,
            GError       **error)
{
  ForgivingScan *self = data;

  if (self->func (reader, first, last, chunk, self->data, error))
    return TRUE;
  if (!engram_integrity_forgive_damage (error))
    return FALSE;
  g_atomic_int_set (&self->is_partial, TRUE);
  return TRUE;
}

gboolean
engram_integrity_scan (EngramIntegrityRun  *run,
                       const char          *table,
                       EngramScanFunc       func,
                       gpointer             data,
                       const char          *phase,
                       double               from,
                       double               to,
                       gboolean            *is_partial,
                       GError             **error)
{
  ForgivingScan scan = { func, data, FALSE };
  gboolean done = engram_scan_table (&run->scan, table, scan_chunk, &scan, phase, from * run->share, to * run->share,
                                     run->progress, run->user_data, error);

  *is_partial = scan.is_partial;
  if (done)
    return !g_cancellable_set_error_if_cancelled (run->cancellable, error);
  *is_partial = TRUE;
  return engram_integrity_forgive_damage (error);
}

/* Readers of one snapshot: those of the scans, and one for SQLite's own check. */
static gboolean
acquire_readers (EngramIntegrityRun  *run,
                 EngramDatabase      *database,
                 EngramReader       **sqlite_reader,
                 GError             **error)
{
  EngramReader *readers[G_N_ELEMENTS (run->scan.readers) + 1];
  guint n_scanning = CLAMP (g_get_num_processors (), 1, G_N_ELEMENTS (run->scan.readers));

  if (!engram_database_acquire_snapshot (database, readers, n_scanning + (sqlite_reader != NULL ? 1 : 0),
                                         run->cancellable, error))
    return FALSE;
  memcpy (run->scan.readers, readers, n_scanning * sizeof *readers);
  run->scan.n_readers = n_scanning;
  if (sqlite_reader != NULL)
    *sqlite_reader = readers[n_scanning];
  return TRUE;
}

static gboolean
check_network (EngramIntegrityRun  *run,
               GError             **error)
{
  return engram_integrity_check_schema (run, error) && engram_integrity_check_neurons (run, error) &&
         engram_integrity_check_synapses (run, error);
}

/* SQLite does not say how far it is: what is shown comes ever slower to the end. */
static gboolean
wait_for_sqlite (EngramIntegrityRun  *run,
                 EngramPageCheck     *check,
                 double               seconds_before,
                 GError             **error)
{
  double expected = MAX (seconds_before * EXPECTED_WAIT, 0.1), waited = 0;

  while (!engram_page_check_wait (check, WAIT_MICROSECONDS))
    {
      if (g_cancellable_set_error_if_cancelled (run->cancellable, error))
        return FALSE;
      waited += WAIT_MICROSECONDS / (double) G_USEC_PER_SEC;
      if (run->progress != NULL)
        run->progress (_("Checking the file’s pages"), 1 - (1 - run->share) * exp (-waited / expected),
                       run->user_data);
    }
  return TRUE;
}

static gboolean
run_checks (EngramIntegrityRun  *run,
            EngramDatabase      *database,
            GError             **error)
{
  EngramReader *reader = NULL;
  EngramPageCheck *check = NULL;
  gint64 start = g_get_monotonic_time ();
  EngramIdList *faults = NULL;
  gboolean done;

  if (!acquire_readers (run, database, run->with_sqlite ? &reader : NULL, error))
    return FALSE;
  run->share = run->with_sqlite ? SHARE_BESIDE_SQLITE : 1;
  if (run->with_sqlite)
    check = engram_page_check_start (reader);
  done = check_network (run, error);
  engram_scan_end (&run->scan);
  if (!run->with_sqlite)
    return done;

  done = done && wait_for_sqlite (run, check, (g_get_monotonic_time () - start) / (double) G_USEC_PER_SEC, error);
  faults = engram_page_check_end (check, done ? error : NULL);
  if (done && faults != NULL && engram_id_list_get_size (faults) > 0)
    engram_id_list_extend (engram_finding_lists_get (&run->others, ENGRAM_KIND_SQLITE_CORRUPTION), faults);
  done = done && faults != NULL;
  engram_id_list_free (faults);
  return done;
}

static void
run_init (EngramIntegrityRun *run)
{
  g_mutex_init (&run->mutex);
  run->ids = engram_neuron_ids_new ();
  run->types = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

static void
run_clear (EngramIntegrityRun *run)
{
  engram_scan_end (&run->scan);
  engram_finding_lists_clear (&run->neurons);
  engram_finding_lists_clear (&run->synapses);
  engram_finding_lists_clear (&run->others);
  engram_neuron_ids_free (run->ids);
  g_hash_table_unref (run->types);
  g_mutex_clear (&run->mutex);
}

EngramIntegrityReport *
engram_integrity_check (EngramDatabase        *database,
                        EngramIntegrityFlags   flags,
                        EngramProgressFunc     progress,
                        gpointer               user_data,
                        GCancellable          *cancellable,
                        GError               **error)
{
  EngramIntegrityRun run = { .progress = progress, .user_data = user_data, .cancellable = cancellable };
  EngramIntegrityReport *report = NULL;
  g_autofree char *time = engram_time_now ();
  gint64 start = g_get_monotonic_time ();
  g_autoptr (GError) local_error = NULL;

  g_return_val_if_fail (ENGRAM_IS_DATABASE (database), NULL);

  run_init (&run);
  run.with_sqlite = (flags & ENGRAM_INTEGRITY_SKIP_SQLITE) == 0;
  if (run_checks (&run, database, &local_error))
    {
      report = engram_integrity_report_new (&run, engram_database_get_path (database), time,
                                            (g_get_monotonic_time () - start) / (double) G_USEC_PER_SEC);
      g_log_structured (G_LOG_DOMAIN, G_LOG_LEVEL_INFO,
                        "ENGRAM_ACTION", "check",
                        "ENGRAM_PATH", engram_database_get_path (database),
                        "MESSAGE", "Checked “%s”: %u kinds of findings; %.3f s", engram_database_get_path (database),
                        report->findings->len, report->seconds);
    }
  else
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
    }
  run_clear (&run);
  return report;
}
