/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "main-loop-watch.h"
#include "page-bench.h"

#include <engram-timing.h>
#include <space/engram-space-view.h>
#include <views/engram-scene-view-private.h>

/* engram-bench-space FILE: shows the space of a file in the page that the program shows it in, and prints how long it
 * took until the first frame and until the picture was whole, and frames a second, what is in each, and how long the
 * main loop is held while it is turned. */

#define ORBIT_FRAMES 120
#define ORBIT_STEP 6.0f

typedef struct {
  PageBench        bench;
  EngramSceneView *view;
  gboolean         opened;
  double           asked;        /* when the space was asked for */
  double           latest_frame;
  gboolean         whole;
  guint            n_orbited;
  double           orbit_started;
  guint64          n_points;     /* of all frames of the orbit */
  guint64          n_edges;
} SpaceBench;

static SpaceBench self;

static gboolean
whole_cb (gpointer user_data)
{
  MainLoopHolds holds = main_loop_watch_take ();

  page_bench_print ("space-whole", "seconds", self.latest_frame - self.asked);
  page_bench_print ("space-whole", "held", holds.longest);
  page_bench_print ("space-whole", "busy", holds.busy);
  self.orbit_started = engram_timing_since_start ();
  self.n_orbited = 1;
  engram_camera_orbit (&self.view->camera, ORBIT_STEP, 0, 1000, 700);
  engram_scene_view_camera_moved (self.view, TRUE);
  return G_SOURCE_REMOVE;
}

static void
finish_orbit (void)
{
  double seconds = engram_timing_since_start () - self.orbit_started;
  MainLoopHolds holds = main_loop_watch_take ();

  page_bench_print ("space-orbit", "frames-a-second", ORBIT_FRAMES / seconds);
  page_bench_print ("space-orbit", "points", (double) self.n_points / ORBIT_FRAMES);
  page_bench_print ("space-orbit", "edges", (double) self.n_edges / ORBIT_FRAMES);
  page_bench_print ("space-orbit", "held", holds.longest);
  page_bench_print ("space-orbit", "busy", holds.busy);
  page_bench_print_memory ("space", "resident", "VmHWM");
  page_bench_finish (&self.bench);
}

static void
orbit (const EngramSceneDrawn *drawn)
{
  self.n_points += drawn->n_points;
  self.n_edges += drawn->n_edges;
  if (self.n_orbited++ == ORBIT_FRAMES)
    {
      finish_orbit ();
      return;
    }
  engram_camera_orbit (&self.view->camera, ORBIT_STEP, 0, 1000, 700);
  engram_scene_view_camera_moved (self.view, TRUE);
}

static void
frame_cb (PageBench *bench)
{
  EngramSceneDrawn drawn;

  if (!self.opened)
    {
      self.opened = TRUE;
      page_bench_open (bench);
    }
  if (self.view == NULL || self.view->renderer == NULL || self.view->scene == NULL || self.n_orbited > ORBIT_FRAMES)
    return;
  engram_scene_renderer_get_drawn (self.view->renderer, &drawn);
  /* Before the scene is drawn it is nothing that is complete. */
  if (drawn.n_all_points == 0)
    return;
  if (self.latest_frame == 0 && drawn.n_points > 0)
    page_bench_print ("space-first-frame", "seconds", engram_timing_since_start () - self.asked);
  self.latest_frame = engram_timing_since_start ();
  if (self.n_orbited > 0)
    orbit (&drawn);
  else if (!self.whole && drawn.complete)
    {
      self.whole = TRUE;
      g_idle_add (whole_cb, NULL);
    }
}

static void
first_rows_cb (PageBench *bench)
{
  EngramSpaceView *space;

  self.asked = engram_timing_since_start ();
  main_loop_watch_take ();
  adw_view_stack_set_visible_child_name (engram_network_page_get_views (bench->page), "space");
  space = ENGRAM_SPACE_VIEW (adw_view_stack_get_visible_child (engram_network_page_get_views (bench->page)));
  self.view = engram_network_view_get_scene_view (engram_space_view_get_network_view (space));
}

int
main (int    argc,
      char **argv)
{
  self.bench.name = "engram-bench-space";
  self.bench.frame = frame_cb;
  self.bench.first_rows = first_rows_cb;
  return page_bench_run (&self.bench, argc, argv);
}
