/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>

#include "dialogs/backups/engram-backup-work.h"
#include "dialogs/comparison/engram-comparison-work.h"
#include "dialogs/export/engram-export-work.h"
#include "dialogs/import/engram-import-work.h"
#include "dialogs/integrity/engram-integrity-work.h"
#include "dialogs/prune/engram-prune-job.h"
#include "session/engram-session.h"
#include "ui-fixture.h"

/* Jobs know how much there is to do, so that their rate reads as neurons, synapses or bytes a second. */

#define N_NEURONS 20
#define N_SYNAPSES 19
#define N_WEAK 5

typedef struct {
  UiFixture     *fixture;
  EngramSession *session;
  EngramJob     *last;  /* that the session has told of, or NULL */
} Scene;

static void
job_added_cb (Scene     *scene,
              EngramJob *job)
{
  g_set_object (&scene->last, job);
}

/* A chain, some synapses of which are weak. */
static void
set_up (Scene         *scene,
        gconstpointer  data)
{
  scene->fixture = ui_fixture_new (N_NEURONS);
  for (guint i = 0; i < N_SYNAPSES; i++)
    ui_fixture_join (scene->fixture, i, i + 1, i < N_WEAK ? 0.001 : 0.5);
  scene->session = engram_session_new (scene->fixture->database);
  g_signal_connect_swapped (scene->session, "job-added", G_CALLBACK (job_added_cb), scene);
}

static gboolean
is_busy (Scene *scene)
{
  gboolean busy;

  g_object_get (scene->session, "busy", &busy, NULL);
  return busy;
}

static void
tear_down (Scene         *scene,
           gconstpointer  data)
{
  wait_until (!is_busy (scene));
  g_signal_handlers_disconnect_by_data (scene->session, scene);
  engram_session_close (scene->session);
  g_clear_object (&scene->session);
  g_clear_object (&scene->last);
  ui_fixture_free (scene->fixture);
}

static double
measure (const char *path)
{
  GStatBuf status;

  g_assert_cmpint (g_stat (path, &status), ==, 0);
  return status.st_size;
}

static void
await (EngramJob *job)
{
  wait_until (!engram_job_is_active (job));
  g_assert_no_error (engram_job_get_error (job));
}

/* As it was when it ended. */
static void
assert_amount (EngramJob     *job,
               double         expected,
               EngramJobUnit  expected_unit)
{
  EngramJobUnit unit;
  double amount;

  await (job);
  amount = engram_job_get_amount (job, &unit);
  g_assert_cmpint (unit, ==, expected_unit);
  g_assert_cmpfloat_with_epsilon (amount, expected, 1e-6 * expected);
}

/* What is done by the session itself, and by the job that it has told of last. */
static void
assert_last (Scene         *scene,
             double         expected,
             EngramJobUnit  expected_unit)
{
  g_autoptr (EngramJob) job = g_object_ref (scene->last);

  assert_amount (job, expected, expected_unit);
}

static void
export (Scene                *scene,
        EngramExchangeFormat  format,
        EngramRowSet         *synapses,
        const char           *name)
{
  EngramExchangeOptions options = { .format = format };
  g_autofree char *path = g_build_filename (scene->fixture->folder, name, NULL);
  g_autoptr (EngramExportWork) work = engram_export_work_new (path, &options);
  g_autoptr (EngramJob) job = NULL;

  if (synapses != NULL)
    engram_export_work_set_rows (work, ENGRAM_RECORD_SYNAPSE, synapses);
  job = engram_export_work_start (work, scene->session);
  if (synapses != NULL)
    assert_amount (job, engram_row_set_get_size (synapses), ENGRAM_JOB_UNIT_SYNAPSES);
  else
    assert_amount (job, N_NEURONS + N_SYNAPSES, ENGRAM_JOB_UNIT_RECORDS);
}

static void
test_export (Scene         *scene,
             gconstpointer  data)
{
  g_autoptr (EngramRowSet) rows = engram_row_set_new ((gint64[]) { 1, 2, 4 }, 3);

  export (scene, ENGRAM_EXCHANGE_JSON, NULL, "all.json");
  export (scene, ENGRAM_EXCHANGE_GRAPHML, NULL, "all.graphml");
  export (scene, ENGRAM_EXCHANGE_GEXF, NULL, "all.gexf");
  export (scene, ENGRAM_EXCHANGE_CSV, NULL, "all.csv");
  export (scene, ENGRAM_EXCHANGE_JSON, rows, "some.json");
}

/* The backup before, in bytes of the network, is another part of the work; at the end it is the document's. */
static void
test_import (Scene         *scene,
             gconstpointer  data)
{
  EngramImportOptions options = { .conflict = ENGRAM_IMPORT_CONFLICT_SKIP };
  g_autofree char *path = g_build_filename (scene->fixture->folder, "all.json", NULL);
  const char *paths[] = { path, NULL };
  g_autoptr (EngramJob) look = NULL;
  g_autoptr (EngramJob) job = NULL;

  export (scene, ENGRAM_EXCHANGE_JSON, NULL, "all.json");
  look = engram_import_check_start (scene->session, paths, FALSE);
  assert_amount (look, measure (path), ENGRAM_JOB_UNIT_BYTES);
  job = engram_import_work_start (scene->session, paths, &options, NULL);
  assert_amount (job, measure (path), ENGRAM_JOB_UNIT_BYTES);
}

static void
test_prune (Scene         *scene,
            gconstpointer  data)
{
  g_autoptr (EngramJob) job = engram_prune_job_start (scene->session, 0.01, N_WEAK, NULL);

  assert_amount (job, N_WEAK, ENGRAM_JOB_UNIT_SYNAPSES);
}

static void
test_check_and_repair (Scene         *scene,
                       gconstpointer  data)
{
  const char *kinds[] = { "weight-range", NULL };
  g_autoptr (EngramJob) check = engram_integrity_work_check (scene->session);
  g_autoptr (EngramJob) preview = NULL;
  g_autoptr (EngramJob) repair = NULL;

  assert_amount (check, measure (scene->fixture->path), ENGRAM_JOB_UNIT_BYTES);
  preview = engram_integrity_work_preview (scene->session, kinds);
  assert_amount (preview, measure (scene->fixture->path), ENGRAM_JOB_UNIT_BYTES);
  repair = engram_integrity_work_repair (scene->session, kinds, engram_backup_plan_new ());
  await (repair);
  assert_amount (repair, measure (scene->fixture->path), ENGRAM_JOB_UNIT_BYTES);
}

static void
work_unref (gpointer work)
{
  engram_backup_work_unref (work);
}

static void
do_backup_work (Scene             *scene,
                EngramBackupWork  *work,
                EngramSessionFunc  func,
                double             expected)
{
  g_autoptr (EngramJob) job = engram_session_read (scene->session, "Backups", func, engram_backup_work_ref (work),
                                                   work_unref);

  assert_amount (job, expected, ENGRAM_JOB_UNIT_BYTES);
}

static void
test_backups (Scene         *scene,
              gconstpointer  data)
{
  EngramBackupWork *create = engram_backup_work_new (scene->fixture->path, NULL);
  g_autoptr (EngramJob) restore = NULL;
  EngramBackupWork *work;
  double bytes;

  do_backup_work (scene, create, engram_backup_work_create, measure (scene->fixture->path));
  bytes = measure (create->backup->path);
  work = engram_backup_work_new (scene->fixture->path, create->backup->path);
  do_backup_work (scene, work, engram_backup_work_verify, bytes);
  g_assert_cmpuint (work->n_good, ==, 1);
  do_backup_work (scene, work, engram_backup_work_compare, bytes + measure (scene->fixture->path));
  restore = engram_session_write (scene->session, "Restoring", engram_backup_work_restore,
                                  engram_backup_work_ref (work), work_unref, ENGRAM_WRITE_REPLACES);
  assert_amount (restore, bytes, ENGRAM_JOB_UNIT_BYTES);
  engram_backup_work_unref (work);
  engram_backup_work_unref (create);
}

static void
test_compare_and_bring_back (Scene         *scene,
                             gconstpointer  data)
{
  g_autofree char *path = g_build_filename (scene->fixture->folder, "other.db", NULL);
  g_autoptr (EngramRowSet) rows = engram_row_set_new ((gint64[]) { 2, 3, 7 }, 3);
  g_autoptr (EngramDifferenceOrder) order = NULL;
  g_autoptr (GtkBitset) places = NULL;
  g_autoptr (EngramJob) compare = NULL;
  g_autoptr (EngramJob) bring_back = NULL;
  g_autoptr (EngramCompared) compared = NULL;

  g_assert_true (engram_database_save_as (scene->fixture->database, path, NULL, NULL, NULL, NULL));
  engram_session_delete (scene->session, NULL, rows);
  assert_last (scene, 3, ENGRAM_JOB_UNIT_SYNAPSES);
  compare = engram_comparison_work_compare (scene->session, path);
  await (compare);
  compared = engram_compared_ref (engram_comparison_work_get_found (compare));
  /* The files are nine tenths of the work. */
  assert_amount (compare, (measure (path) + measure (scene->fixture->path)) / 0.9, ENGRAM_JOB_UNIT_BYTES);

  order = engram_difference_order_new (compared->comparison, ENGRAM_RECORD_SYNAPSE,
                                       1 << ENGRAM_COMPARISON_REMOVED, ENGRAM_DIFFERENCES_BY_ROWS, NULL, NULL);
  g_assert_cmpuint (order->n_places, ==, 3);
  places = gtk_bitset_new_range (0, 2);
  bring_back = engram_comparison_work_bring_back (scene->session, compared, order, places, FALSE);
  assert_amount (bring_back, 2, ENGRAM_JOB_UNIT_SYNAPSES);
}

/* The session's own: a change of many, undone and redone. */
static void
test_batch (Scene         *scene,
            gconstpointer  data)
{
  g_autoptr (EngramRowSet) rows = engram_row_set_new ((gint64[]) { 1, 2, 3, 4 }, 4);
  const char *tags[] = { "seen", NULL };
  EngramBatchEdit edit = { .add_tags = tags };

  engram_session_batch_edit (scene->session, ENGRAM_RECORD_NEURON, rows, &edit);
  assert_last (scene, 4, ENGRAM_JOB_UNIT_NEURONS);
  engram_session_undo (scene->session);
  assert_last (scene, 4, ENGRAM_JOB_UNIT_RECORDS);
  engram_session_redo (scene->session);
  assert_last (scene, 4, ENGRAM_JOB_UNIT_RECORDS);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function) g_test_add ("/job-amounts/" name, Scene, NULL, set_up, function, tear_down)
  ADD ("export", test_export);
  ADD ("import", test_import);
  ADD ("prune", test_prune);
  ADD ("check-and-repair", test_check_and_repair);
  ADD ("backups", test_backups);
  ADD ("compare-and-bring-back", test_compare_and_bring_back);
  ADD ("batch", test_batch);
  return g_test_run ();
}
