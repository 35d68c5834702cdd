/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz-support.h"

#include <engram.h>
#include <glib/gstdio.h>
#include <unistd.h>

/* The input is a document. Whatever it is, it is imported as a whole or not at all, and what was imported can be
 * exported and imported again. */

static char *
make_path (const char *name)
{
  return g_strdup_printf ("%s/%s-%d", g_get_tmp_dir (), name, (int) getpid ());
}

static void
check_error (const GError *error)
{
  g_assert_nonnull (error);
  g_assert_true (error->domain == ENGRAM_ERROR);
  g_assert_cmpstr (error->message, !=, "");
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
}

static void
check_problems (const EngramImportReport *report)
{
  g_assert_cmpuint (report->problems->len, <=, MIN (report->n_problems, 1000));
  for (guint i = 0; i < report->problems->len; i++)
    {
      const EngramProblem *problem = g_ptr_array_index (report->problems, i);

      g_assert_cmpstr (problem->message, !=, "");
      g_assert_true (g_utf8_validate (problem->message, -1, NULL));
      g_assert_true (problem->id == NULL || g_utf8_validate (problem->id, -1, NULL));
      g_assert_true (problem->field == NULL || g_utf8_validate (problem->field, -1, NULL));
    }
}

/* Whether it was imported into a new network at @path, or, in a dry run, could be. */
static gboolean
import (const char                 *path,
        const char                 *document,
        const EngramImportOptions  *options,
        EngramImportCounts         *counts)
{
  const char *const files[] = { document, NULL };
  g_autoptr (EngramImportReport) report = NULL;
  g_autoptr (GError) error = NULL;
  gboolean done = engram_import_new (path, files, options, &report, NULL, NULL, NULL, &error);

  if (!done)
    check_error (error);
  if (report != NULL)
    check_problems (report);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS) == (done && !options->dry_run));
  if (!done || report->n_problems > 0)
    return FALSE;
  counts[0] = report->neurons;
  counts[1] = report->synapses;
  return TRUE;
}

static void
assert_same_counts (const EngramImportCounts *a,
                    const EngramImportCounts *b)
{
  for (guint i = 0; i < 2; i++)
    {
      g_assert_cmpuint (a[i].created, ==, b[i].created);
      g_assert_cmpuint (a[i].replaced, ==, 0);
      g_assert_cmpuint (a[i].skipped, ==, b[i].skipped);
    }
}

/* Exports the network, imports that and exports again: the two documents have one content. */
static void
check_round_trip (const char               *path,
                  const EngramImportCounts *counts)
{
  g_autofree char *document = make_path ("exported.json"), *again_path = make_path ("again.db");
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramDatabase) database = engram_database_open (path, NULL, &error), again = NULL;
  g_autoptr (EngramExportReport) report = NULL, report_again = NULL;
  EngramImportOptions options = { .conflict = ENGRAM_IMPORT_CONFLICT_FAIL };
  EngramImportCounts counts_again[2];

  g_assert_no_error (error);
  report = engram_export (database, document, counts[0].created % 2, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report->n_problems, ==, 0);
  g_assert_true (import (again_path, document, &options, counts_again));
  assert_same_counts (counts_again, counts);
  again = engram_database_open (again_path, NULL, &error);
  g_assert_no_error (error);
  report_again = engram_export (again, document, FALSE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (report_again->checksum, ==, report->checksum);
  g_clear_object (&again);
  g_clear_object (&database);
  g_remove (again_path);
  g_remove (document);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autofree char *document = make_path ("document.json"), *path = make_path ("imported.db");
  EngramImportOptions options = { .dry_run = TRUE, .ignore_checksum = size % 2, .make_ids = size % 4 >= 2 };
  EngramImportCounts dry[2], counts[2];
  g_autoptr (GError) error = NULL;
  gboolean could_be, was;

  g_file_set_contents_full (document, (const char *) data, size, G_FILE_SET_CONTENTS_NONE, 0600, &error);
  g_assert_no_error (error);
  could_be = import (path, document, &options, dry);
  options.dry_run = FALSE;
  was = import (path, document, &options, counts);
  g_assert_true (was == could_be);
  if (was)
    {
      assert_same_counts (counts, dry);
      check_round_trip (path, counts);
    }
  g_remove (path);
  g_remove (document);
  return 0;
}
