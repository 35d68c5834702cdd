/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "comparison-support.h"

#include <sqlite3.h>
#include <string.h>

#define ADD(name, function) ADD_HISTORY_TEST ("/comparison-files/" name, function)

/* Enough rows for several threads, and for several parts of what has moved. */
#define N_NEURONS 5000
#define N_SYNAPSES 9000

/* The networks that the Python program wrote, and all of the damaged ones beside them. */

static void
check_comparison (EngramComparison *comparison)
{
  for (EngramRecordKind kind = ENGRAM_RECORD_NEURON; kind <= ENGRAM_RECORD_SYNAPSE; kind++)
    {
      const EngramComparisonCounts *counts = engram_comparison_get_counts (comparison, kind);

      g_assert_cmpuint (counts->today, ==, counts->same + counts->added + counts->changed + counts->unclear);
      g_assert_cmpuint (counts->other, ==, counts->same + counts->removed + counts->changed + counts->unclear_other);
    }
}

/* All that can be asked of a comparison, of all of its rows. */
static void
ask_all (EngramComparison *comparison,
         EngramDatabase   *today,
         EngramDatabase   *other)
{
  g_autofree char *summary = engram_comparison_dup_summary (comparison);

  g_assert_true (g_utf8_validate (summary, -1, NULL));
  for (EngramRecordKind kind = ENGRAM_RECORD_NEURON; kind <= ENGRAM_RECORD_SYNAPSE; kind++)
    for (EngramComparisonStatus status = ENGRAM_COMPARISON_ADDED; status <= ENGRAM_COMPARISON_UNCLEAR; status++)
      {
        guint64 n_rows = engram_comparison_get_n_rows (comparison, kind, status);
        g_autoptr (GPtrArray) items = NULL;

        items = engram_comparison_list_items (comparison, today, other, kind, status, 0, 20, NULL, NULL);
        for (guint i = 0; items != NULL && i < items->len; i++)
          {
            const EngramComparisonItem *item = g_ptr_array_index (items, i);
            g_autoptr (GPtrArray) values = engram_comparison_describe (comparison, &item->row, today, other, NULL,
                                                                       NULL);

            g_assert_true (g_utf8_validate (item->name, -1, NULL));
            for (guint j = 0; values != NULL && j < values->len; j++)
              {
                const EngramComparisonValue *value = g_ptr_array_index (values, j);

                g_assert_true (value->before == NULL || g_utf8_validate (value->before, -1, NULL));
                g_assert_true (value->after == NULL || g_utf8_validate (value->after, -1, NULL));
              }
          }
        g_assert_true (items == NULL || items->len == MIN (n_rows, 20));
      }
}

/* It is compared, or refused with a sentence; as the one and as the other file. */
static void
compare_damaged (EngramDatabase *good,
                 EngramDatabase *damaged)
{
  EngramDatabase *orders[2][2] = { { good, damaged }, { damaged, good } };

  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (EngramComparison) comparison = engram_comparison_new (orders[i][0], orders[i][1], NULL, NULL, NULL,
                                                                       &error);

      if (comparison != NULL)
        {
          g_assert_no_error (error);
          check_comparison (comparison);
          ask_all (comparison, orders[i][0], orders[i][1]);
          continue;
        }
      g_test_message ("%s", error->message);
      g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_DAMAGED);
      g_assert_nonnull (strstr (error->message, "“"));
    }
}

static void
test_damaged (HistoryFixture *fixture,
              gconstpointer   data)
{
  g_autofree char *folder = test_shared_data ("damaged");
  g_autoptr (GDir) files = NULL;
  g_autofree char *orphans = NULL;
  const char *name;
  guint n_compared = 0;

  if (folder == NULL)
    return;
  /* One of the damaged files stands for the good network: most of them were made of the same one. */
  orphans = g_build_filename (folder, "orphan-synapses.db", NULL);
  history_fixture_use (fixture, orphans);
  files = g_dir_open (folder, 0, NULL);
  while ((name = g_dir_read_name (files)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *copy = g_build_filename (fixture->folder, name, NULL);
      g_autoptr (EngramDatabase) other = NULL;
      g_autoptr (GError) error = NULL;

      if (!g_str_has_suffix (name, ".db"))
        continue;
      g_test_message ("%s", name);
      test_copy_file (path, copy);
      other = engram_database_open (copy, NULL, &error);
      if (other == NULL)
        continue;
      n_compared++;
      compare_damaged (fixture->database, other);
    }
  g_assert_cmpuint (n_compared, >, 10);
}

#define WAITING_CHANGE "PRAGMA journal_mode=WAL; UPDATE neurons SET activation_level=0.125 WHERE rowid=3"

/* What waits in the WAL of a program that has the other file open belongs to it; nothing is written there. */
static void
test_wal (HistoryFixture *fixture,
          gconstpointer   data)
{
  g_autofree char *path = comparison_copy (fixture, "other.db");
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  g_autofree char *hash = NULL;
  g_autofree char *hash_after = NULL;
  g_autoptr (EngramComparison) comparison = NULL;
  sqlite3 *handle;

  g_assert_cmpint (sqlite3_open_v2 (path, &handle, SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (handle, WAITING_CHANGE, NULL, NULL, NULL), ==, SQLITE_OK);
  hash = test_hash_file (wal);
  comparison = comparison_make (fixture, path);
  comparison_assert_fields (comparison, ENGRAM_RECORD_NEURON, "activation_level");
  hash_after = test_hash_file (wal);
  g_assert_cmpstr (hash, ==, hash_after);
  sqlite3_close (handle);
}

/* The WAL that a crash left, without the -shm that belongs to it. */
static void
test_left_wal (HistoryFixture *fixture,
               gconstpointer   data)
{
  g_autofree char *path = comparison_copy (fixture, "other.db");
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  g_autofree char *left = g_build_filename (fixture->folder, "left.db", NULL);
  g_autofree char *left_wal = g_strconcat (left, "-wal", NULL);
  g_autoptr (EngramComparison) comparison = NULL;
  sqlite3 *handle;

  g_assert_cmpint (sqlite3_open_v2 (path, &handle, SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (handle, WAITING_CHANGE, NULL, NULL, NULL), ==, SQLITE_OK);
  test_copy_file (path, left);
  test_copy_file (wal, left_wal);
  sqlite3_close (handle);
  comparison = comparison_make (fixture, left);
  comparison_assert_fields (comparison, ENGRAM_RECORD_NEURON, "activation_level");
}

/* Many rows */

static void
use_large_network (HistoryFixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->folder, "large.db", NULL);
  EngramGeneratorOptions options = { .neurons = N_NEURONS, .synapses = N_SYNAPSES, .dimension = 8, .seed = 5 };
  g_autoptr (GError) error = NULL;

  engram_generate (path, &options, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  history_fixture_use (fixture, path);
}

static void
test_many (HistoryFixture *fixture,
           gconstpointer   data)
{
  g_autofree char *path = NULL;
  g_autofree char *expected = NULL;
  g_autoptr (EngramComparison) comparison = NULL;

  use_large_network (fixture);
  path = comparison_copy (fixture, "other.db");
  comparison_run_sql (path, "PRAGMA foreign_keys=OFF; UPDATE synapses SET weight=weight * 0.5 WHERE rowid % 3 = 0;"
                            "DELETE FROM synapses WHERE rowid % 100 = 1; UPDATE neurons SET source_data='x'"
                            " WHERE rowid % 1000 = 0");
  comparison = comparison_make (fixture, path);
  expected = g_strdup_printf ("%d 0 0 %d 0 0 0 | %d 0 %d %d 0 0 0", N_NEURONS - N_NEURONS / 1000, N_NEURONS / 1000,
                              N_SYNAPSES - N_SYNAPSES / 3 - N_SYNAPSES / 100 + N_SYNAPSES / 300, N_SYNAPSES / 100,
                              N_SYNAPSES / 3 - N_SYNAPSES / 300);
  comparison_assert_counts (comparison, expected);
}

/* All rows are elsewhere: further on, in the opposite order, so far apart that few of them are in one range, and in no
 * order. */
static void
test_many_moved (HistoryFixture *fixture,
                 gconstpointer   data)
{
  static const char *const moves[] = { "rowid + 100000", "-rowid", "rowid * 300000000000000",
                                       "rowid * 7919 % 1000003 + 1000000" };
  g_autofree char *expected = g_strdup_printf ("%d 0 0 0 0 0 0 | %d 0 0 1 0 0 0", N_NEURONS, N_SYNAPSES - 1);

  use_large_network (fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (moves); i++)
    {
      g_autofree char *name = g_strdup_printf ("other %d.db", (int) i);
      g_autofree char *path = comparison_copy (fixture, name);
      g_autofree char *sql = g_strdup_printf ("PRAGMA foreign_keys=OFF; UPDATE neurons SET rowid=%s;"
                                              "UPDATE synapses SET usage_count=-77 WHERE rowid=4321;"
                                              "UPDATE synapses SET rowid=%s", moves[i], moves[i]);
      g_autoptr (EngramComparison) comparison = NULL;

      comparison_run_sql (path, sql);
      comparison = comparison_make (fixture, path);
      comparison_assert_counts (comparison, expected);
      g_assert_cmpint (engram_comparison_find (comparison, ENGRAM_RECORD_SYNAPSE, 4321, NULL), ==,
                       ENGRAM_COMPARISON_CHANGED);
      comparison_assert_fields (comparison, ENGRAM_RECORD_SYNAPSE, "usage_count");
    }
}

/* How far it is, and giving up */

typedef struct {
  double        last;
  guint         n_reports;
  guint         cancel_at;   /* the report that cancels, from 1; 0 for none */
  GCancellable *cancellable;
} Progress;

static void
note_progress (const char *phase,
               double      fraction,
               gpointer    user_data)
{
  Progress *self = user_data;

  g_assert_nonnull (phase);
  g_assert_cmpfloat (fraction, >=, self->last);
  g_assert_cmpfloat (fraction, <=, 1);
  self->last = fraction;
  if (++self->n_reports == self->cancel_at)
    g_cancellable_cancel (self->cancellable);
}

static void
test_progress_and_cancel (HistoryFixture *fixture,
                          gconstpointer   data)
{
  g_autofree char *path = NULL;
  g_autoptr (EngramDatabase) other = NULL;
  g_autoptr (EngramComparison) comparison = NULL;
  g_autoptr (GError) error = NULL;
  Progress progress = { 0 };
  guint n_reports;

  use_large_network (fixture);
  path = comparison_copy (fixture, "other.db");
  comparison_run_sql (path, "UPDATE neurons SET rowid=-rowid; UPDATE synapses SET rowid=-rowid");
  other = engram_database_open (path, NULL, &error);
  g_assert_no_error (error);
  comparison = engram_comparison_new (fixture->database, other, note_progress, &progress, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (progress.n_reports, >, 10);
  g_assert_cmpfloat (progress.last, >, 0.9);
  n_reports = progress.n_reports;
  for (guint at = 0; at <= n_reports / 2; at += MAX (n_reports / 8, 1))
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (EngramComparison) none = NULL;

      progress = (Progress) { .cancel_at = at, .cancellable = cancellable };
      if (at == 0)
        g_cancellable_cancel (cancellable);
      none = engram_comparison_new (fixture->database, other, note_progress, &progress, cancellable, &error);
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_null (none);
      g_clear_error (&error);
    }
}

/* Rows that are elsewhere since are not taken for others. */
static void
test_changed_since (HistoryFixture *fixture,
                    gconstpointer   data)
{
  g_autofree char *path = comparison_copy (fixture, "other.db");
  g_autoptr (EngramDatabase) other = NULL;
  g_autoptr (EngramComparison) comparison = NULL;
  g_autoptr (GPtrArray) values = NULL;
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GError) error = NULL;
  EngramComparisonRow row;
  guint64 stamp;

  comparison_run_sql (path, "UPDATE neurons SET activation_level=0.125 WHERE rowid=3");
  comparison = comparison_make (fixture, path);
  engram_database_get_change_stamp (fixture->database, &stamp, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (stamp, ==, engram_comparison_get_stamp (comparison));
  engram_comparison_get_row (comparison, ENGRAM_RECORD_NEURON, ENGRAM_COMPARISON_CHANGED, 0, &row);
  history_fixture_run_sql (fixture, "UPDATE neurons SET rowid=100 WHERE rowid=3; UPDATE neurons SET rowid=3"
                                    " WHERE rowid=6");
  engram_database_get_change_stamp (fixture->database, &stamp, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (stamp, !=, engram_comparison_get_stamp (comparison));
  other = engram_database_open (path, NULL, &error);
  values = engram_comparison_describe (comparison, &row, fixture->database, other, NULL, &error);
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_CHANGED);
  g_assert_null (values);
  g_clear_error (&error);

  history_fixture_run_sql (fixture, "DELETE FROM neurons");
  items = engram_comparison_list_items (comparison, fixture->database, other, ENGRAM_RECORD_NEURON,
                                        ENGRAM_COMPARISON_CHANGED, 0, 5, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (items->len, ==, 1);
  g_assert_null (((EngramComparisonItem *) g_ptr_array_index (items, 0))->id);
  g_assert_cmpstr (((EngramComparisonItem *) g_ptr_array_index (items, 0))->name, ==, "gone since");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("damaged", test_damaged);
  ADD ("wal", test_wal);
  ADD ("left-wal", test_left_wal);
  ADD ("many", test_many);
  ADD ("many-moved", test_many_moved);
  ADD ("progress-and-cancel", test_progress_and_cancel);
  ADD ("changed-since", test_changed_since);
  return g_test_run ();
}
