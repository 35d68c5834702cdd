/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bench-measure.h"

#include "bench-measure-files.h"
#include "bench-measure-jobs.h"

#include <engram.h>
#include <sys/resource.h>
#include <unistd.h>

#define PAGE_ROWS 100
#define N_PAGES 300

static double
seconds_since (gint64 start)
{
  return (g_get_monotonic_time () - start) / (double) G_USEC_PER_SEC;
}

static gboolean
measure_save (const char  *path,
              const char  *new_path,
              double      *seconds,
              GError     **error)
{
  g_autoptr (EngramDatabase) database = engram_database_open (path, NULL, error);
  EngramContents *contents = NULL;
  gint64 start;
  gboolean saved;

  if (database != NULL)
    contents = engram_load_all (database, NULL, NULL, NULL, NULL, error);
  if (contents == NULL)
    return FALSE;
  sync ();
  start = g_get_monotonic_time ();
  saved = engram_save_new (new_path, contents, NULL, NULL, NULL, NULL, error);
  *seconds = seconds_since (start);
  /* The contents are left to the end of the process, as those of the plain program are. */
  return saved;
}

static gboolean
measure_load (const char  *path,
              double      *seconds,
              GError     **error)
{
  gint64 start = g_get_monotonic_time ();
  EngramDatabase *database = engram_database_open (path, NULL, error);
  EngramContents *contents = NULL;

  if (database != NULL)
    contents = engram_load_all (database, NULL, NULL, NULL, NULL, error);
  g_clear_object (&database);
  *seconds = seconds_since (start);
  return contents != NULL;
}

static gboolean
measure_columns (const char  *path,
                 double      *seconds,
                 GError     **error)
{
  gint64 start = g_get_monotonic_time ();
  EngramDatabase *database = engram_database_open (path, NULL, error);
  g_autoptr (EngramNetwork) network = NULL;

  if (database != NULL)
    network = engram_network_load (database, NULL, NULL, NULL, error);
  g_clear_object (&database);
  *seconds = seconds_since (start);
  if (network != NULL)
    g_print ("bytes %" G_GSIZE_FORMAT "\n", engram_network_get_size (network));
  return network != NULL;
}

typedef GPtrArray *(*ReadPage) (gpointer  store,
                                guint64   row,
                                GError  **error);

static GPtrArray *
read_neurons_after (gpointer   store,
                    guint64    row,
                    GError   **error)
{
  return engram_neuron_store_list_after (store, row, PAGE_ROWS, NULL, error);
}

static GPtrArray *
read_neurons_at (gpointer   store,
                 guint64    row,
                 GError   **error)
{
  return engram_neuron_store_list (store, row, PAGE_ROWS, NULL, error);
}

static GPtrArray *
read_synapses_after (gpointer   store,
                     guint64    row,
                     GError   **error)
{
  return engram_synapse_store_list_after (store, row, PAGE_ROWS, NULL, error);
}

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  const double *first = a;
  const double *second = b;

  return (*first > *second) - (*first < *second);
}

/* The median and the worst of many pages at places that are the same in each run. */
static gboolean
measure_pages (gpointer    store,
               ReadPage    read_page,
               guint64     n_rows,
               double     *seconds,
               GError    **error)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  double times[N_PAGES];

  for (guint i = 0; i < N_PAGES; i++)
    {
      guint64 row = g_rand_double_range (random, 0, n_rows > PAGE_ROWS ? n_rows - PAGE_ROWS : 1);
      gint64 start = g_get_monotonic_time ();
      g_autoptr (GPtrArray) page = read_page (store, row, error);

      times[i] = seconds_since (start);
      if (page == NULL)
        return FALSE;
    }
  qsort (times, N_PAGES, sizeof *times, compare_doubles);
  *seconds = times[N_PAGES / 2];
  g_print ("worst %.6f\n", times[N_PAGES - 1]);
  return TRUE;
}

static gboolean
measure_neuron_pages (const char  *path,
                      ReadPage     read_page,
                      double      *seconds,
                      GError     **error)
{
  g_autoptr (EngramDatabase) database = engram_database_open (path, NULL, error);
  g_autoptr (EngramNeuronStore) store = NULL;
  guint64 count;

  if (database == NULL)
    return FALSE;
  store = engram_neuron_store_new (database);
  return engram_neuron_store_count (store, &count, NULL, error)
         && measure_pages (store, read_page, count, seconds, error);
}

static gboolean
measure_synapse_pages (const char  *path,
                       double      *seconds,
                       GError     **error)
{
  g_autoptr (EngramDatabase) database = engram_database_open (path, NULL, error);
  g_autoptr (EngramSynapseStore) store = NULL;
  guint64 count;

  if (database == NULL)
    return FALSE;
  store = engram_synapse_store_new (database);
  return engram_synapse_store_count (store, &count, NULL, error)
         && measure_pages (store, read_synapses_after, count, seconds, error);
}

int
bench_measure (int    argc,
               char **argv)
{
  const char *what = argc > 2 ? argv[1] : "";
  g_autoptr (GError) error = NULL;
  struct rusage usage;
  double seconds = 0;
  gboolean done;

  if (argc == 4 && g_str_equal (what, "save"))
    done = measure_save (argv[2], argv[3], &seconds, &error);
  else if (g_str_equal (what, "load"))
    done = measure_load (argv[2], &seconds, &error);
  else if (g_str_equal (what, "columns"))
    done = measure_columns (argv[2], &seconds, &error);
  else if (g_str_equal (what, "neurons-after"))
    done = measure_neuron_pages (argv[2], read_neurons_after, &seconds, &error);
  else if (g_str_equal (what, "neurons-at"))
    done = measure_neuron_pages (argv[2], read_neurons_at, &seconds, &error);
  else if (g_str_equal (what, "synapses-after"))
    done = measure_synapse_pages (argv[2], &seconds, &error);
  else if (!bench_measure_files (argc, argv, &seconds, &done, &error) &&
           !bench_measure_jobs (argc, argv, &seconds, &done, &error))
    return 2;

  if (!done)
    {
      g_printerr ("engram-bench: %s\n", error->message);
      return 1;
    }
  getrusage (RUSAGE_SELF, &usage);
  g_print ("seconds %.6f\npeak %ld\n", seconds, usage.ru_maxrss * 1024);
  return 0;
}
