/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "main-loop-watch.h"
#include "page-bench.h"

#include <common/engram-settings.h>
#include <engram-timing.h>

/* engram-bench-search FILE: opens a file in the page that the program shows it in, sorts, filters and searches its
 * list of neurons as a person would, and prints for each how long it took until the first rows of what was asked for
 * were drawn ("seconds") and until all of it was there ("settled"), how long the main loop was held ("held") and kept
 * busy ("busy", in processor time), and how much memory there was at most. */

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
  PageBench         bench;
  EngramRecordList *list;
  char             *like_query; /* of the first neuron */
  guint             step;
  gboolean          opened;
  gboolean          running;    /* a step is under way */
  gboolean          shown;      /* its first rows are in the list */
  double            seconds;    /* until they were drawn, or 0 */
  gboolean          indexing;
  double            started;
} SearchBench;

static EngramSession *
get_session (SearchBench *self)
{
  return engram_network_page_get_session (self->bench.page);
}

static EngramRecordModel *
get_model (SearchBench *self)
{
  return engram_record_list_get_model (self->list);
}

static const char *
get_query (SearchBench *self,
           const Step  *step)
{
  g_autoptr (EngramRecordRow) row = NULL;

  if (step->query == NULL || !g_str_equal (step->query, "like"))
    return step->query;
  if (self->like_query == NULL)
    {
      row = g_list_model_get_item (G_LIST_MODEL (get_model (self)), 0);
      self->like_query = g_strconcat ("like:", engram_record_row_get_neuron (row)->id, NULL);
    }
  return self->like_query;
}

/* The list holds the rows that were asked for; the next frame shows them. */
static void
view_changed_cb (SearchBench *self)
{
  self->shown = self->running;
}

static void
after_paint_cb (SearchBench *self)
{
  if (self->running && self->shown && self->seconds == 0)
    self->seconds = engram_timing_since_start () - self->started;
}

static void
begin_step (SearchBench *self)
{
  const Step *step = &steps[self->step];
  const char *text = get_query (self, step);
  g_autoptr (EngramQuery) query = text != NULL ? engram_query_parse (text, NULL, NULL, NULL) : NULL;

  main_loop_watch_take ();
  self->started = engram_timing_since_start ();
  self->running = TRUE;
  self->shown = FALSE;
  self->seconds = 0;
  engram_session_set_query (get_session (self), query);
  gtk_widget_activate_action (GTK_WIDGET (self->list), "list.sort", "s", step->sort != NULL ? step->sort : "rows");
}

/* Nothing is asked between two steps, so that each begins with all rows. */
static void
end_step (SearchBench *self)
{
  const char *name = steps[self->step].name;
  MainLoopHolds holds = main_loop_watch_take ();

  page_bench_print (name, "seconds", self->seconds);
  page_bench_print (name, "settled", engram_timing_since_start () - self->started);
  page_bench_print (name, "held", holds.longest);
  page_bench_print (name, "busy", holds.busy);
  page_bench_print (name, "found", g_list_model_get_n_items (G_LIST_MODEL (get_model (self))));
  page_bench_print_memory (name, "resident", "VmHWM");
  self->running = FALSE;
  self->step++;
  self->bench.n_frames = 0;
  engram_session_set_query (get_session (self), NULL);
  gtk_widget_activate_action (GTK_WIDGET (self->list), "list.sort", "s", "rows");
}

static gboolean
is_settled (SearchBench *self)
{
  return self->bench.n_frames >= SETTLING_FRAMES && engram_record_model_is_counted (get_model (self)) &&
         !engram_record_model_get_loading (get_model (self));
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
index_built_cb (EngramJob   *job,
                SearchBench *self)
{
  if (engram_job_get_error (job) != NULL)
    page_bench_fail (&self->bench, engram_job_get_error (job));
  page_bench_print ("index", "seconds", engram_timing_since_start () - self->started);
  self->indexing = FALSE;
  self->bench.n_frames = 0;
  g_object_unref (job);
}

static EngramTextIndex *
get_index (SearchBench *self)
{
  return engram_searcher_get_text_index (engram_session_get_searcher (get_session (self)));
}

/* Whether the index is there, or not asked for; else it is being built. */
static gboolean
has_index (SearchBench *self)
{
  EngramJob *job;

  if (!steps[self->step].indexed || engram_text_index_is_current (get_index (self)))
    return TRUE;
  if (self->indexing)
    return FALSE;
  self->indexing = TRUE;
  self->started = engram_timing_since_start ();
  job = engram_job_new ("Index", build_index, g_object_ref (get_index (self)), g_object_unref);
  g_signal_connect (job, "ended", G_CALLBACK (index_built_cb), self);
  engram_job_start (job);
  return FALSE;
}

/* The index lies in the person's cache, where the network of a benchmark has no business. */
static void
finish (SearchBench *self)
{
  engram_text_index_clear (get_index (self), NULL);
  page_bench_finish (&self->bench);
}

static void
first_rows (PageBench *bench)
{
  SearchBench *self = (SearchBench *) bench;

  self->list = engram_network_page_get_list (bench->page, ENGRAM_RECORD_NEURON);
  g_signal_connect_swapped (get_model (self), "view-changed", G_CALLBACK (view_changed_cb), self);
}

static void
open_file (SearchBench *self)
{
  self->opened = TRUE;
  /* The index is built by ourselves, when it is its turn. */
  g_settings_set_boolean (engram_settings_get (), "text-index", FALSE);
  g_signal_connect_swapped (gtk_widget_get_frame_clock (self->bench.window), "after-paint",
                            G_CALLBACK (after_paint_cb), self);
  page_bench_open (&self->bench);
}

static void
frame (PageBench *bench)
{
  SearchBench *self = (SearchBench *) bench;

  if (!self->opened)
    open_file (self);
  else if (self->step == G_N_ELEMENTS (steps))
    finish (self);
  else if (self->running && self->seconds > 0 && !engram_record_model_get_loading (get_model (self)))
    end_step (self);
  else if (bench->has_rows && !self->running && is_settled (self) && has_index (self))
    begin_step (self);
}

int
main (int    argc,
      char **argv)
{
  SearchBench self = { .bench = { "engram-bench-search", frame, first_rows } };
  int result = page_bench_run (&self.bench, argc, argv);

  g_free (self.like_query);
  return result;
}
