/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <engram.h>
#include <sqlite3.h>
#include <stdlib.h>

#include "processor-time.h"

/* What compares all vectors and moves all neurons of a network, each beside the plain read of the vectors:
 *
 *   engram-bench-arrange FILE
 *
 * Nothing is written to the file. Seconds, and seconds of the processors. */

#define N_LANDMARKS 10000
#define N_LANDMARK_NEIGHBOURS 15
#define N_PAIRS 1000

typedef struct {
  gint64 time;
  double processor;
} Clock;

static Clock
start_clock (void)
{
  return (Clock) { g_get_monotonic_time (), processor_time_get () };
}

static void
print_clock (const Clock *clock,
             const char  *what)
{
  g_print ("%-44s %8.2f s %8.2f s\n", what, (double) (g_get_monotonic_time () - clock->time) * 1e-6,
           processor_time_get () - clock->processor);
}

static void
check (const GError *error)
{
  if (error == NULL)
    return;
  g_printerr ("%s\n", error->message);
  exit (1);
}

/* With bare SQLite, in one thread. */
static guint64
read_plainly (const char *path)
{
  Clock clock = start_clock ();
  sqlite3 *handle;
  sqlite3_stmt *statement;
  guint64 n_numbers = 0;

  if (sqlite3_open_v2 (path, &handle, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK ||
      sqlite3_prepare_v2 (handle, "SELECT vector FROM neurons", -1, &statement, NULL) != SQLITE_OK)
    {
      g_printerr ("%s\n", sqlite3_errmsg (handle));
      exit (1);
    }
  while (sqlite3_step (statement) == SQLITE_ROW)
    if (sqlite3_column_blob (statement, 0) != NULL)
      n_numbers += (guint64) sqlite3_column_bytes (statement, 0) / sizeof (float);
  sqlite3_finalize (statement);
  sqlite3_close (handle);
  print_clock (&clock, "plain read of the vectors");
  return n_numbers;
}

static void
arrange_by_components (EngramDatabase *database)
{
  g_autoptr (EngramArrangement) arrangement = NULL;
  g_autoptr (GError) error = NULL;
  EngramFaithfulness faithfulness;
  Clock clock = start_clock ();

  arrangement = engram_arrange_by_components (database, NULL, NULL, NULL, NULL, &error);
  check (error);
  print_clock (&clock, "principal components of all");
  engram_faithfulness_sample (database, arrangement, ENGRAM_FAITHFULNESS_SAMPLE, 1, &faithfulness, NULL, NULL, NULL,
                              &error);
  check (error);
  g_print ("  faithful to the vectors: %.4f, error %.4f\n", faithfulness.share, faithfulness.standard_error);
}

static void
judge_sample (EngramDatabase *database)
{
  g_autoptr (GError) error = NULL;
  EngramFaithfulness faithfulness;
  Clock clock = start_clock ();

  engram_faithfulness_sample (database, NULL, ENGRAM_FAITHFULNESS_SAMPLE, 1, &faithfulness, NULL, NULL, NULL, &error);
  check (error);
  print_clock (&clock, "faithfulness of the places, from a sample");
  g_print ("  %.4f, error %.4f\n", faithfulness.share, faithfulness.standard_error);
}

static void
use_landmarks (EngramDatabase *database)
{
  g_autoptr (EngramLandmarks) landmarks = NULL;
  g_autoptr (EngramArrangement) arrangement = NULL;
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  g_autoptr (GError) error = NULL;
  g_autofree float *places = NULL;
  Clock clock = start_clock ();

  landmarks = engram_landmarks_choose (database, N_LANDMARKS, N_LANDMARK_NEIGHBOURS, 1, NULL, NULL, NULL, &error);
  check (error);
  print_clock (&clock, "10,000 landmarks and their graph");
  places = g_new (float, 3 * (gsize) landmarks->n_landmarks);
  for (gsize i = 0; i < 3 * (gsize) landmarks->n_landmarks; i++)
    places[i] = (float) g_rand_double (random);
  clock = start_clock ();
  arrangement = engram_landmarks_place_all (landmarks, database, places, NULL, NULL, NULL, &error);
  check (error);
  print_clock (&clock, "all placed between the landmarks");
}

static void
judge_all (EngramNeighbours *neighbours,
           EngramNetwork    *network)
{
  g_autofree float *shares = NULL;
  g_autoptr (GError) error = NULL;
  EngramFaithfulness faithfulness;
  Clock clock = start_clock ();

  shares = engram_faithfulness_of_all (neighbours, network, &faithfulness, NULL, NULL, NULL, &error);
  check (error);
  print_clock (&clock, "faithfulness of each, with the neighbours");
  g_print ("  %.4f\n", faithfulness.share);
}

static void
find_pairs (EngramDatabase   *database,
            EngramNeighbours *neighbours,
            EngramNetwork    *network)
{
  g_autoptr (GArray) pairs = NULL;
  g_autoptr (GError) error = NULL;
  Clock clock = start_clock ();

  pairs = engram_pairs_find_linked_dissimilar (database, network, N_PAIRS, NULL, NULL, NULL, &error);
  check (error);
  print_clock (&clock, "joined but dissimilar");
  g_clear_pointer (&pairs, g_array_unref);
  clock = start_clock ();
  pairs = engram_pairs_find_similar_unlinked (neighbours, network, N_PAIRS, NULL, NULL, NULL, &error);
  check (error);
  print_clock (&clock, "similar but not joined, with the neighbours");
}

static void
compare_all (EngramDatabase *database,
             guint64         n_numbers)
{
  g_autoptr (EngramNetwork) network = engram_network_load (database, NULL, NULL, NULL, NULL);
  g_autoptr (EngramNeighbours) neighbours = NULL;
  g_autoptr (GError) error = NULL;
  Clock clock = start_clock ();
  double processor;

  neighbours = engram_neighbours_find (database, ENGRAM_FAITHFULNESS_NEAREST, NULL, NULL, NULL, &error);
  check (error);
  processor = processor_time_get () - clock.processor;
  print_clock (&clock, "ten nearest neighbours of all");
  g_print ("  %.0f thousand million operations a second of a processor\n",
           (double) neighbours->n_neurons * (double) n_numbers * 1e-9 / processor);
  judge_all (neighbours, network);
  find_pairs (database, neighbours, network);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (EngramDatabase) database = NULL;
  g_autoptr (GError) error = NULL;
  guint64 n_numbers;

  if (argc != 2)
    {
      g_printerr ("usage: engram-bench-arrange FILE\n");
      return 2;
    }
  n_numbers = read_plainly (argv[1]);
  database = engram_database_open (argv[1], NULL, &error);
  check (error);
  arrange_by_components (database);
  judge_sample (database);
  use_landmarks (database);
  compare_all (database, n_numbers);
  return 0;
}
