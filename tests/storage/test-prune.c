/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "history-fixture.h"

#include <math.h>
#include <string.h>

#define ADD(name, function) ADD_HISTORY_TEST ("/prune/" name, function)

static EngramPruneResult
prune (HistoryFixture *fixture,
       double          threshold,
       gboolean        dry_run)
{
  g_autoptr (GError) error = NULL;
  EngramPruneResult result = { 0 };

  engram_prune (fixture->database, threshold, dry_run, fixture->history, &result, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  return result;
}

/* Synapses of the small network: rows 5, 10, ... 40 with weights 0.1, 0.2, ... 0.8, but for 7.5 in row 25; row 20 is
 * loose. */
static void
test_prune (HistoryFixture *fixture,
            gconstpointer   data)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GPtrArray) undo = NULL;
  EngramPruneResult result;

  history_fixture_run_sql (fixture, "UPDATE synapses SET weight=-weight WHERE rowid IN (10, 40)");
  before = history_fixture_dump (fixture);
  result = prune (fixture, 0.3, FALSE);
  g_assert_cmpuint (result.pruned, ==, 2);
  g_assert_cmpuint (result.remaining, ==, 6);
  g_assert_cmpuint (result.isolated, ==, 2);
  g_assert_cmpfloat (result.seconds, >=, 0);
  g_assert_cmpint (history_fixture_get_number (fixture, "SELECT min(rowid) FROM synapses"), ==, 15);

  g_assert_true (engram_history_get_steps (fixture->history, &undo, NULL, NULL));
  g_assert_cmpstr (((EngramHistoryStep *) g_ptr_array_index (undo, 0))->name, ==, "prune");
  g_assert_cmpstr (((EngramHistoryStep *) g_ptr_array_index (undo, 0))->label, ==, "Prune 2 synapses");
  history_fixture_undo (fixture);
  after = history_fixture_dump (fixture);
  assert_same_dump (before, after);
}

/* Strictly below, to the last bit, and whatever the sign. */
static void
test_strictly_below (HistoryFixture *fixture,
                     gconstpointer   data)
{
  double threshold = 0.3;

  history_fixture_run_sql (fixture, "UPDATE synapses SET weight=0.3 WHERE rowid IN (15, 30);"
                                    "UPDATE synapses SET weight=-0.3 WHERE rowid=20;"
                                    "UPDATE synapses SET weight=0.1 + 0.2 WHERE rowid=25;"
                                    "DELETE FROM synapses WHERE rowid>30 OR rowid<15");
  g_assert_cmpuint (prune (fixture, threshold, FALSE).pruned, ==, 0);
  g_assert_cmpuint (prune (fixture, nextafter (threshold, 1), TRUE).pruned, ==, 3);
  g_assert_cmpuint (prune (fixture, nextafter (threshold, 1), FALSE).pruned, ==, 3);
  g_assert_cmpint (history_fixture_get_number (fixture, "SELECT rowid FROM synapses"), ==, 25);
}

#define ODD_WEIGHTS                                                                                                \
  "UPDATE synapses SET weight='weak' WHERE rowid=5; UPDATE synapses SET weight=x'00' WHERE rowid=10;"              \
  "UPDATE synapses SET weight=9e999 WHERE rowid=15; UPDATE synapses SET weight=-9e999 WHERE rowid=20;"             \
  "UPDATE synapses SET weight=0 WHERE rowid=25; UPDATE synapses SET weight='' WHERE rowid=30"

static void
test_odd_weights (HistoryFixture *fixture,
                  gconstpointer   data)
{
  EngramPruneResult result;

  history_fixture_run_sql (fixture, ODD_WEIGHTS);
  result = prune (fixture, 0.75, TRUE);
  g_assert_cmpuint (result.pruned, ==, 2);
  result = prune (fixture, 0.75, FALSE);
  g_assert_cmpuint (result.pruned, ==, 2);
  g_assert_cmpuint (result.remaining, ==, 6);
  g_assert_cmpint (history_fixture_get_number (fixture, "SELECT count(*) FROM synapses WHERE rowid IN (25, 35)"), ==,
                   0);
  result = prune (fixture, INFINITY, FALSE);
  g_assert_cmpuint (result.pruned, ==, 1);
  g_assert_cmpuint (result.remaining, ==, 5);
}

static void
test_refused (HistoryFixture *fixture,
              gconstpointer   data)
{
  static const double thresholds[] = { -0.01, NAN, -INFINITY };

  for (gsize i = 0; i < G_N_ELEMENTS (thresholds); i++)
    for (int dry_run = 0; dry_run < 2; dry_run++)
      {
        g_autoptr (GError) error = NULL;

        g_assert_false (engram_prune (fixture->database, thresholds[i], dry_run, fixture->history, NULL, NULL, NULL,
                                      NULL, &error));
        g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_INVALID);
      }
}

/* A file from which nothing goes is not touched, nor is one of which it is only asked what would go. */
static void
test_not_touched (HistoryFixture *fixture,
                  gconstpointer   data)
{
  g_autofree char *path = test_version_1 (fixture->folder, "version 1.db");
  g_autofree char *hash = test_hash_file (path);
  g_autofree char *hash_after = NULL;
  EngramPruneResult result;

  history_fixture_use (fixture, path);
  result = prune (fixture, 0, FALSE);
  g_assert_cmpuint (result.pruned, ==, 0);
  g_assert_cmpuint (result.remaining, ==, 6);
  result = prune (fixture, 1e-300, FALSE);
  g_assert_cmpuint (result.pruned, ==, 0);
  result = prune (fixture, 10, TRUE);
  g_assert_cmpuint (result.pruned, ==, 6);
  g_assert_cmpuint (result.remaining, ==, 0);
  g_assert_cmpuint (result.isolated, ==, 5);
  history_fixture_assert_list (fixture, "|");
  history_fixture_close (fixture);
  hash_after = test_hash_file (fixture->path);
  g_assert_cmpstr (hash, ==, hash_after);
  g_assert_false (g_file_test (fixture->state, G_FILE_TEST_EXISTS));
}

static void
test_without_history (HistoryFixture *fixture,
                      gconstpointer   data)
{
  g_autoptr (GError) error = NULL;

  engram_prune (fixture->database, 0.25, FALSE, NULL, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (history_fixture_get_number (fixture, "SELECT count(*) FROM synapses"), ==, 6);
  history_fixture_assert_list (fixture, "|");
}

static void
check_report (const char *phase,
              double      fraction,
              gpointer    data)
{
  double *last = data;

  g_assert_cmpfloat (fraction, >=, *last);
  g_assert_cmpfloat (fraction, <=, 1);
  *last = fraction;
}

static void
cancel (const char *phase,
        double      fraction,
        gpointer    data)
{
  if (strstr (phase, "Deleting") != NULL && fraction > 0.5)
    g_cancellable_cancel (data);
}

static void
test_progress_and_cancel (HistoryFixture *fixture,
                          gconstpointer   data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *before = history_fixture_dump (fixture);
  g_autofree char *after = NULL;
  double last = -1;

  g_assert_false (engram_prune (fixture->database, 0.55, FALSE, fixture->history, NULL, cancel, cancellable,
                                cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  after = history_fixture_dump (fixture);
  assert_same_dump (before, after);
  history_fixture_assert_list (fixture, "|");

  engram_prune (fixture->database, 0.55, FALSE, fixture->history, NULL, check_report, &last, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (last, >, 0.9);
}

static void
test_busy (HistoryFixture *fixture,
           gconstpointer   data)
{
  g_autoptr (EngramDatabase) second = engram_database_open (fixture->path, NULL, NULL);
  g_autoptr (GError) error = NULL;
  EngramConnection *writer = engram_database_begin_write (second, NULL, &error);

  g_assert_no_error (error);
  g_assert_false (engram_prune (fixture->database, 1, FALSE, fixture->history, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_BUSY);
  g_clear_error (&error);
  engram_database_end_write (second, writer, FALSE, NULL);
  history_fixture_assert_list (fixture, "|");
  g_assert_cmpuint (prune (fixture, 1, FALSE).pruned, ==, 7);
}

/* What hangs on synapses in a table of another program cannot be brought back: it does not go. */
static void
test_table_of_others (HistoryFixture *fixture,
                      gconstpointer   data)
{
  static const char *const actions[] = { "CASCADE", "SET NULL" };

  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      g_autofree char *sql = g_strdup_printf (
        "DROP TABLE IF EXISTS notes;"
        "CREATE TABLE notes (synapse TEXT REFERENCES synapses (id) ON DELETE %s);"
        "INSERT INTO notes SELECT id FROM synapses WHERE rowid IN (10, 35)", actions[i]);
      g_autofree char *before = NULL;
      g_autofree char *after = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) undo = NULL;

      history_fixture_run_sql (fixture, sql);
      before = history_fixture_dump (fixture);
      g_assert_false (engram_prune (fixture->database, 0.3, FALSE, fixture->history, NULL, NULL, NULL, NULL, &error));
      g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_INVALID);
      after = history_fixture_dump (fixture);
      assert_same_dump (before, after);
      g_assert_cmpint (history_fixture_get_number (fixture, "SELECT count(synapse) FROM notes"), ==, 2);
      g_assert_true (engram_history_get_steps (fixture->history, &undo, NULL, NULL));
      g_assert_cmpuint (undo->len, ==, 0);
    }
  /* The row of which nothing hangs there can go. */
  g_assert_cmpuint (prune (fixture, 0.15, FALSE).pruned, ==, 1);
}

/* Triggers of others do not fire; what they have put into the file stays. */
static void
test_hostile_trigger (HistoryFixture *fixture,
                      gconstpointer   data)
{
  g_autofree char *shared = test_shared_data ("damaged/hostile-trigger.db");
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  EngramPruneResult result;
  gint64 weak, all;

  if (shared == NULL)
    return;
  history_fixture_use (fixture, shared);
  g_assert_nonnull (engram_database_get_foreign_triggers (fixture->database)[0]);
  weak = history_fixture_get_number (fixture, "SELECT count(*) FROM synapses WHERE abs(weight)<0.3");
  all = history_fixture_get_number (fixture, "SELECT count(*) FROM synapses");
  g_assert_cmpint (weak, >, 0);
  CHANGE (fixture, "upgrade", "row neurons 0");
  before = history_fixture_dump (fixture);
  result = prune (fixture, 0.3, FALSE);
  g_assert_cmpuint (result.pruned, ==, weak);
  g_assert_cmpint (history_fixture_get_number (fixture, "SELECT count(*) FROM synapses"), ==, all - weak);
  history_fixture_undo (fixture);
  after = history_fixture_dump (fixture);
  assert_same_dump (before, after);
}

/* How many parts the synapses in @kept make of the neurons: by visiting, again and again. */
static guint64
count_parts (const EngramNetwork *network,
             double               threshold)
{
  g_autofree guint32 *parts = g_new (guint32, network->n_neurons);
  gboolean changed = TRUE;
  guint64 count = 0;

  for (guint32 i = 0; i < network->n_neurons; i++)
    parts[i] = i;
  while (changed)
    {
      changed = FALSE;
      for (guint32 i = 0; i < network->n_synapses; i++)
        {
          guint32 *source = &parts[network->sources[i]], *target = &parts[network->targets[i]];

          if (fabs (network->weights[i]) < threshold || *source == *target)
            continue;
          *source = *target = MIN (*source, *target);
          changed = TRUE;
        }
    }
  for (guint32 i = 0; i < network->n_neurons; i++)
    count += parts[i] == i;
  return count;
}

static EngramNetwork *
load (HistoryFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  EngramNetwork *network = engram_network_load (fixture->database, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return network;
}

/* The preview, the dry run and what pruning then does are the same. */
static void
assert_preview (HistoryFixture           *fixture,
                const EngramPrunePreview *preview,
                guint64                   isolated_now,
                double                    threshold)
{
  EngramPruneResult dry, real;
  EngramPruneOutcome outcome;
  g_autoptr (EngramNetwork) pruned = NULL;

  engram_prune_preview_get_outcome (preview, threshold, &outcome);
  dry = prune (fixture, threshold, TRUE);
  real = prune (fixture, threshold, FALSE);
  g_assert_cmpfloat (outcome.threshold, ==, threshold);
  g_assert_cmpuint (outcome.pruned, ==, real.pruned);
  g_assert_cmpuint (outcome.remaining, ==, real.remaining);
  g_assert_cmpuint (outcome.isolated, ==, real.isolated);
  g_assert_cmpuint (outcome.newly_isolated, ==, real.isolated - isolated_now);
  g_assert_cmpuint (dry.pruned, ==, real.pruned);
  g_assert_cmpuint (dry.remaining, ==, real.remaining);
  g_assert_cmpuint (dry.isolated, ==, real.isolated);
  pruned = load (fixture);
  g_assert_cmpuint (outcome.parts, ==, count_parts (pruned, 0));
  if (real.pruned > 0)
    history_fixture_undo (fixture);
}

static void
assert_previews (HistoryFixture *fixture,
                 const double   *thresholds,
                 gsize           n_thresholds)
{
  g_autoptr (EngramNetwork) network = load (fixture);
  g_autoptr (EngramPrunePreview) preview = engram_prune_preview_new (network);
  guint64 isolated = prune (fixture, 0, FALSE).isolated;

  for (gsize i = 0; i < n_thresholds; i++)
    assert_preview (fixture, preview, isolated, thresholds[i]);
}

static void
test_preview (HistoryFixture *fixture,
              gconstpointer   data)
{
  const double thresholds[] = { 0, 5e-324, 0.05, 0.1, nextafter (0.1, 1), 0.25, 0.3, 0.4, nextafter (0.4, 1), 0.75, 1,
                                7.5, 8, 1e308, INFINITY };

  assert_previews (fixture, thresholds, G_N_ELEMENTS (thresholds));
  history_fixture_run_sql (fixture, "UPDATE synapses SET target_neuron_id=source_neuron_id WHERE rowid=5;"
                                    "UPDATE synapses SET source_neuron_id='nobody' WHERE rowid=10;"
                                    "UPDATE synapses SET target_neuron_id='nobody' WHERE rowid=35;"
                                    "UPDATE synapses SET source_neuron_id='nobody' WHERE rowid=35");
  assert_previews (fixture, thresholds, G_N_ELEMENTS (thresholds));
  history_fixture_run_sql (fixture, ODD_WEIGHTS);
  assert_previews (fixture, thresholds, G_N_ELEMENTS (thresholds));
  history_fixture_run_sql (fixture, "DELETE FROM synapses");
  assert_previews (fixture, thresholds, 3);
  history_fixture_run_sql (fixture, "DELETE FROM neurons");
  assert_previews (fixture, thresholds, 3);
}

/* Weights that differ less than single precision can say. */
static void
test_preview_is_exact (HistoryFixture *fixture,
                       gconstpointer   data)
{
  const double thresholds[] = { 0.3, nextafter (0.3, 0), nextafter (0.3, 1), 0.1 + 0.2, 0.3 + 1e-12, 0.3 + 3e-12 };

  history_fixture_run_sql (fixture, "UPDATE synapses SET weight=0.3 + rowid / 5 * 1e-12;"
                                    "UPDATE synapses SET weight=0.1 + 0.2 WHERE rowid=5;"
                                    "UPDATE synapses SET weight=-0.3 WHERE rowid=10");
  assert_previews (fixture, thresholds, G_N_ELEMENTS (thresholds));
}

/* A network of some size against the plain way of counting. */
static void
test_preview_of_many (HistoryFixture *fixture,
                      gconstpointer   data)
{
  EngramGeneratorOptions options = { 1500, 6000, 2, 3 };
  g_autofree char *path = g_build_filename (fixture->folder, "generated.db", NULL);
  g_autoptr (EngramNetwork) network = NULL;
  g_autoptr (EngramPrunePreview) preview = NULL;
  g_autoptr (GError) error = NULL;
  guint64 isolated;

  engram_generate (path, &options, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  history_fixture_use (fixture, path);
  network = load (fixture);
  preview = engram_prune_preview_new (network);
  isolated = prune (fixture, 0, FALSE).isolated;
  for (guint32 i = 0; i < network->n_synapses; i += 23)
    {
      double threshold = fabs (network->weights[i]);
      EngramPruneOutcome outcome;

      engram_prune_preview_get_outcome (preview, threshold, &outcome);
      g_assert_cmpuint (outcome.pruned + outcome.remaining, ==, 6000);
      g_assert_cmpuint (outcome.remaining, ==, engram_network_count_stronger (network, threshold));
      g_assert_cmpuint (outcome.parts, ==, count_parts (network, threshold));
    }
  assert_preview (fixture, preview, isolated, 0.2);
  assert_preview (fixture, preview, isolated, 0.6);
}

static void
test_histogram (HistoryFixture *fixture,
                gconstpointer   data)
{
  g_autoptr (EngramNetwork) network = NULL;
  g_autoptr (EngramPrunePreview) preview = NULL;
  guint64 counts[ENGRAM_PRUNE_BINS];

  /* Each bin's first weight, and the last one before the next; then what lies on the edges and beyond. */
  history_fixture_run_sql (fixture,
    "DELETE FROM synapses;"
    "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 199)"
    " INSERT INTO synapses (source_neuron_id, target_neuron_id, weight, synapse_type, created_at, modified_at)"
    " SELECT '00000001-0000-4000-8000-000000000000', '00000002-0000-4000-8000-000000000000', w, 'knowledge', 'a', 'b'"
    " FROM (SELECT (i - 100) / 100.0 AS w FROM n UNION ALL SELECT (i - 99) / 100.0 - 1e-15 FROM n"
    "  UNION ALL SELECT 1.0 UNION ALL SELECT 7 UNION ALL SELECT -9e999 UNION ALL SELECT 'none')");
  network = load (fixture);
  preview = engram_prune_preview_new (network);
  engram_prune_preview_get_histogram (preview, counts);
  for (int i = 0; i < ENGRAM_PRUNE_BINS; i++)
    g_assert_cmpuint (counts[i], ==, i == 0 ? 3 : i == ENGRAM_PRUNE_BINS - 1 ? 4 : 2);
}

/* Up to the weakest nothing goes; beyond it something does, whether that lacks an end or not. */
static void
test_weakest (HistoryFixture *fixture,
              gconstpointer   data)
{
  const char *const changes[] = {
    "UPDATE synapses SET weight=-0.25 WHERE rowid % 2; UPDATE synapses SET weight='none' WHERE NOT rowid % 2",
    "PRAGMA foreign_keys=OFF; UPDATE synapses SET weight=0.125, target_neuron_id='gone'"
    " WHERE rowid=(SELECT min(rowid) FROM synapses)",
    "UPDATE synapses SET weight='none'",
  };
  const double weakest[] = { 0.25, 0.125, NAN };

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autoptr (EngramNetwork) network = NULL;
      g_autoptr (EngramPrunePreview) preview = NULL;
      EngramPruneOutcome outcome;

      history_fixture_run_sql (fixture, changes[i]);
      network = load (fixture);
      preview = engram_prune_preview_new (network);
      if (isnan (weakest[i]))
        {
          g_assert_true (isnan (engram_prune_preview_get_weakest (preview)));
          continue;
        }
      g_assert_cmpfloat (engram_prune_preview_get_weakest (preview), ==, weakest[i]);
      engram_prune_preview_get_outcome (preview, weakest[i], &outcome);
      g_assert_cmpuint (outcome.pruned, ==, 0);
      engram_prune_preview_get_outcome (preview, nextafter (weakest[i], 1), &outcome);
      g_assert_cmpuint (outcome.pruned, >, 0);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("prune", test_prune);
  ADD ("strictly-below", test_strictly_below);
  ADD ("odd-weights", test_odd_weights);
  ADD ("refused", test_refused);
  ADD ("not-touched", test_not_touched);
  ADD ("without-history", test_without_history);
  ADD ("progress-and-cancel", test_progress_and_cancel);
  ADD ("busy", test_busy);
  ADD ("table-of-others", test_table_of_others);
  ADD ("hostile-trigger", test_hostile_trigger);
  ADD ("preview", test_preview);
  ADD ("preview-is-exact", test_preview_is_exact);
  ADD ("preview-of-many", test_preview_of_many);
  ADD ("histogram", test_histogram);
  ADD ("weakest", test_weakest);
  return g_test_run ();
}
