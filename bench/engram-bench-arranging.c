/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "processor-time.h"
#include "space/engram-arranging.h"

/* What it takes to find new places for all neurons of a network, as the window does it, from the file to the places, the
 * helper program included:
 *
 *   engram-bench-arranging FILE
 *
 * Nothing is written to the file. Seconds, and seconds of the processors. */

static double
get_all_processor_time (void)
{
  return processor_time_get () + processor_time_get_children ();
}

static gboolean
measure (EngramDatabase   *database,
         EngramArranging   how,
         GError          **error)
{
  gint64 start = g_get_monotonic_time ();
  double processor = get_all_processor_time ();
  g_autoptr (EngramSearcher) searcher = engram_searcher_new (database);
  EngramArrangingFacts facts;
  g_autoptr (EngramArrangement) arrangement = engram_arranging_run (how, searcher, database, &facts, NULL, NULL, NULL,
                                                                    error);

  if (arrangement == NULL)
    return FALSE;
  g_print ("%-24s %8.2f s %8.2f s of the processors\n", engram_arranging_get_label (how),
           (double) (g_get_monotonic_time () - start) * 1e-6, get_all_processor_time () - processor);
  return TRUE;
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramDatabase) database = NULL;
  gboolean measured = TRUE;

  if (argc != 2)
    {
      g_printerr ("Usage: %s FILE\n", argv[0]);
      return 2;
    }
  database = engram_database_open (argv[1], NULL, &error);
  for (EngramArranging how = 0; database != NULL && measured && how < ENGRAM_ARRANGING_N; how++)
    measured = measure (database, how, &error);
  if (error != NULL)
    g_printerr ("%s\n", error->message);
  return error == NULL ? 0 : 1;
}
