/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "main-loop-watch.h"

#include <engram-timing.h>
#include <engram-ui.h>
#include <common/engram-settings.h>
#include <pages/engram-network-page.h>
#include <string.h>

/* engram-bench-search FILE: opens a file in the page that the program shows it in, sorts, filters and searches its
 * list of neurons as a person would, and prints for each how long it took until the first rows of what was asked for
 * were on screen ("seconds") and until all of it was there ("settled"), and how long the main loop was held. */

#define SETTLING_FRAMES 30

/* Step:
 * @name: of the figures
 * @query: what is asked for, or NULL
 * @sort: the key to sort by, or NULL for the order of rows
 * @indexed: whether the text index is there */
typedef struct {
  const char *name;
  const char *query;
  const char *sort;
  gboolean    indexed;
} Step;

static const Step steps[] = {
  { "sort-number", NULL, "activation", FALSE },
  { "sort-degree", NULL, "degree", FALSE },
  { "sort-text", NULL, "summary", FALSE },
  { "filter-field", "activation:>0.9", NULL, FALSE },
  { "filter-degree", "degree:>12", NULL, FALSE },
  { "filter-weight", "weight:>0.99", NULL, FALSE },
  { "words", "nociceptive", NULL, FALSE },
  { "like", "like", NULL, FALSE },
  { "words-indexed", "nociceptive", NULL, TRUE },
};

typedef struct {
  GMainLoop         *loop;
  const char        *path;
  GtkWidget         *window;
  EngramNetworkPage *page;
  EngramRecordList  *list;
  char              *like_query; /* of the first neuron */
  gboolean           has_rows;
  guint              n_frames;   /* since the last step was over */
  guint              step;
  gboolean           running;    /* a step is under way */
  gboolean           shown;      /* its first rows are in the list */
  double             seconds;    /* until they were on screen, or 0 */
  gboolean           indexing;
  double             started;
  gboolean           failed;
} Bench;

static void
print_number (const char *name,
              const char *figure,
              double      number)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_print ("%s-%s %s\n", name, figure, g_ascii_formatd (text, sizeof text, "%.4f", number));
}

static void
print_resident (const char *name)
{
  g_autofree char *text = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/status", &text, NULL, NULL))
    return;
  line = strstr (text, "VmRSS:");
  if (line != NULL)
    print_number (name, "resident", g_ascii_strtod (line + strlen ("VmRSS:"), NULL) * 1024);
}

static void view_changed_cb (Bench *bench);

static void
first_rows_cb (Bench *bench)
{
  g_signal_connect_swapped (engram_record_list_get_model (bench->list), "view-changed", G_CALLBACK (view_changed_cb),
                            bench);
  bench->has_rows = TRUE;
  bench->n_frames = 0;
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Bench *bench = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramDatabase) database = engram_database_open_finish (result, &error);

  if (database == NULL)
    {
      g_printerr ("engram-bench-search: %s\n", error->message);
      bench->failed = TRUE;
      g_main_loop_quit (bench->loop);
      return;
    }
  engram_network_page_set_database (bench->page, database, NULL);
}

static EngramRecordModel *
get_model (Bench *bench)
{
  return engram_record_list_get_model (bench->list);
}

static const char *
get_query (Bench      *bench,
           const Step *step)
{
  EngramRecordRow *row;

  if (step->query == NULL || !g_str_equal (step->query, "like"))
    return step->query;
  if (bench->like_query == NULL)
    {
      row = g_list_model_get_item (G_LIST_MODEL (get_model (bench)), 0);
      bench->like_query = g_strconcat ("like:", engram_record_row_get_neuron (row)->id, NULL);
      g_object_unref (row);
    }
  return bench->like_query;
}

/* The list holds the rows that were asked for; a frame later they are on screen. */
static void
view_changed_cb (Bench *bench)
{
  bench->shown = bench->running;
}

static void
begin_step (Bench *bench)
{
  const Step *step = &steps[bench->step];
  const char *text = get_query (bench, step);
  g_autoptr (EngramQuery) query = text != NULL ? engram_query_parse (text, NULL, NULL, NULL) : NULL;

  main_loop_watch_take ();
  bench->started = engram_timing_since_start ();
  bench->running = TRUE;
  bench->shown = FALSE;
  bench->seconds = 0;
  engram_session_set_query (engram_network_page_get_session (bench->page), query);
  gtk_widget_activate_action (GTK_WIDGET (bench->list), "list.sort", "s", step->sort != NULL ? step->sort : "rows");
}

/* Nothing is asked between two steps, so that each begins with all rows. */
static void
end_step (Bench *bench)
{
  const char *name = steps[bench->step].name;

  print_number (name, "seconds", bench->seconds);
  print_number (name, "settled", engram_timing_since_start () - bench->started);
  print_number (name, "held", main_loop_watch_take ().longest);
  print_number (name, "found", g_list_model_get_n_items (G_LIST_MODEL (get_model (bench))));
  print_resident (name);
  bench->running = FALSE;
  bench->step++;
  bench->n_frames = 0;
  engram_session_set_query (engram_network_page_get_session (bench->page), NULL);
  gtk_widget_activate_action (GTK_WIDGET (bench->list), "list.sort", "s", "rows");
}

static gboolean
is_settled (Bench *bench)
{
  return bench->has_rows && bench->n_frames >= SETTLING_FRAMES && engram_record_model_is_counted (get_model (bench)) &&
         !engram_record_model_get_loading (get_model (bench));
}

static gboolean
build_index (EngramJob     *job,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  return engram_text_index_update (data, NULL, NULL, cancellable, error);
}

static void
index_built_cb (EngramJob *job,
                Bench     *bench)
{
  if (engram_job_get_error (job) != NULL)
    {
      g_printerr ("engram-bench-search: %s\n", engram_job_get_error (job)->message);
      bench->failed = TRUE;
      g_main_loop_quit (bench->loop);
    }
  print_number ("index", "seconds", engram_timing_since_start () - bench->started);
  bench->indexing = FALSE;
  bench->n_frames = 0;
  g_object_unref (job);
}

/* Whether the index is there, or not asked for; else it is being built. */
static gboolean
has_index (Bench *bench)
{
  EngramSearcher *searcher = engram_session_get_searcher (engram_network_page_get_session (bench->page));
  EngramTextIndex *index = engram_searcher_get_text_index (searcher);
  EngramJob *job;

  if (!steps[bench->step].indexed || engram_text_index_is_current (index))
    return TRUE;
  if (bench->indexing)
    return FALSE;
  bench->indexing = TRUE;
  bench->started = engram_timing_since_start ();
  job = engram_job_new ("Index", build_index, g_object_ref (index), g_object_unref);
  g_signal_connect (job, "ended", G_CALLBACK (index_built_cb), bench);
  engram_job_start (job);
  return FALSE;
}

/* The index lies in the person's cache, where the network of a benchmark has no business. */
static void
finish (Bench *bench)
{
  EngramSearcher *searcher = engram_session_get_searcher (engram_network_page_get_session (bench->page));

  engram_text_index_clear (engram_searcher_get_text_index (searcher), NULL);
  g_main_loop_quit (bench->loop);
}

static gboolean
frame_cb (GtkWidget     *widget,
          GdkFrameClock *clock,
          gpointer       user_data)
{
  Bench *bench = user_data;

  bench->n_frames++;
  if (bench->step == G_N_ELEMENTS (steps))
    finish (bench);
  else if (!bench->has_rows)
    return G_SOURCE_CONTINUE;
  else if (bench->running && bench->shown && bench->seconds == 0)
    bench->seconds = engram_timing_since_start () - bench->started;
  else if (bench->running && bench->seconds > 0 && !engram_record_model_get_loading (get_model (bench)))
    end_step (bench);
  else if (!bench->running && is_settled (bench) && has_index (bench))
    begin_step (bench);
  return G_SOURCE_CONTINUE;
}

static gboolean
build_window_cb (gpointer user_data)
{
  Bench *bench = user_data;

  bench->window = adw_window_new ();
  bench->page = ENGRAM_NETWORK_PAGE (engram_network_page_new ());
  bench->list = engram_network_page_get_list (bench->page, ENGRAM_RECORD_NEURON);
  g_signal_connect_swapped (bench->page, "first-rows", G_CALLBACK (first_rows_cb), bench);
  adw_window_set_content (ADW_WINDOW (bench->window), GTK_WIDGET (bench->page));
  gtk_window_set_default_size (GTK_WINDOW (bench->window), 1200, 800);
  gtk_widget_add_tick_callback (bench->window, frame_cb, bench, NULL);
  gtk_window_present (GTK_WINDOW (bench->window));
  engram_database_open_async (bench->path, NULL, opened_cb, bench);
  return G_SOURCE_REMOVE;
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Bench bench = { .loop = loop };

  engram_timing_start ();
  if (argc != 2)
    return 2;
  bench.path = argv[1];
  adw_init ();
  engram_ui_init ();
  /* By ourselves, when it is its turn. */
  g_settings_set_boolean (engram_settings_get (), "text-index", FALSE);
  main_loop_watch_start ();
  g_idle_add (build_window_cb, &bench);
  g_main_loop_run (loop);
  g_free (bench.like_query);
  return bench.failed ? 1 : 0;
}
