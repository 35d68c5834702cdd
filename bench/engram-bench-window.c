/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "main-loop-watch.h"
#include "page-bench.h"

#include <engram-timing.h>

/* engram-bench-window FILE: opens a file in the page that the program shows it in, scrolls its list, and
 * prints how long the main loop was held meanwhile. It first draws the empty window, so that what GTK does
 * once (styles, fonts, the renderer) is told apart from what the file costs. */

#define SETTLING_FRAMES 90
#define FRAMES_A_WAY 240
#define PIXELS_A_FRAME 60

typedef enum {
  PHASE_EMPTY,
  PHASE_OPENING,
  PHASE_SCROLLING,
  PHASE_JUMPING,
} Phase;

typedef struct {
  PageBench      bench;
  GtkAdjustment *adjustment;
  Phase          phase;
} WindowBench;

/* The vertical adjustment of the column view. */
static GtkAdjustment *
find_adjustment (GtkWidget *widget)
{
  GtkAdjustment *found = NULL;

  if (GTK_IS_COLUMN_VIEW (widget))
    return gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (widget));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_adjustment (child);
  return found;
}

static void
first_rows (PageBench *bench)
{
  page_bench_print ("seconds", NULL, engram_timing_since_start ());
}

static void
begin_phase (WindowBench *self,
             Phase        phase)
{
  self->phase = phase;
  self->bench.n_frames = 0;
}

static void
begin_opening (WindowBench *self)
{
  GskRenderer *renderer = gtk_native_get_renderer (GTK_NATIVE (self->bench.window));

  g_print ("renderer %s\n", G_OBJECT_TYPE_NAME (renderer));
  page_bench_print ("held-empty", NULL, main_loop_watch_take ().longest);
  begin_phase (self, PHASE_OPENING);
  page_bench_open (&self->bench);
}

static void
begin_scrolling (WindowBench *self)
{
  MainLoopHolds holds = main_loop_watch_take ();

  page_bench_print ("held-opening", NULL, holds.longest);
  page_bench_print ("busy-opening", NULL, holds.busy);
  self->adjustment = find_adjustment (GTK_WIDGET (self->bench.page));
  begin_phase (self, PHASE_SCROLLING);
}

static void
finish (WindowBench *self)
{
  MainLoopHolds holds = main_loop_watch_take ();

  page_bench_print ("held-scrolling", NULL, holds.longest);
  page_bench_print ("held-scrolling-99", NULL, holds.most);
  page_bench_print ("busy-scrolling", NULL, holds.busy);
  page_bench_print_memory ("resident", NULL, "VmRSS");
  page_bench_finish (&self->bench);
}

/* Down by a steady motion, then to places all over the list as a dragged scroll bar goes. */
static void
scroll (WindowBench *self)
{
  guint n_frames = self->bench.n_frames;
  double value = gtk_adjustment_get_value (self->adjustment);
  double range = gtk_adjustment_get_upper (self->adjustment) - gtk_adjustment_get_page_size (self->adjustment);

  if (self->phase == PHASE_SCROLLING)
    value += PIXELS_A_FRAME;
  else
    value = range * ((n_frames * 37) % FRAMES_A_WAY) / FRAMES_A_WAY;
  gtk_adjustment_set_value (self->adjustment, value);

  if (n_frames < FRAMES_A_WAY)
    return;
  if (self->phase == PHASE_JUMPING)
    finish (self);
  else
    begin_phase (self, PHASE_JUMPING);
}

static void
frame (PageBench *bench)
{
  WindowBench *self = (WindowBench *) bench;

  if (self->phase == PHASE_EMPTY && bench->n_frames >= SETTLING_FRAMES)
    begin_opening (self);
  else if (self->phase == PHASE_OPENING && bench->has_rows && bench->n_frames >= SETTLING_FRAMES)
    begin_scrolling (self);
  else if (self->phase == PHASE_SCROLLING || self->phase == PHASE_JUMPING)
    scroll (self);
}

int
main (int    argc,
      char **argv)
{
  WindowBench self = { .bench = { "engram-bench-window", frame, first_rows } };

  return page_bench_run (&self.bench, argc, argv);
}
