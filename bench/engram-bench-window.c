/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "main-loop-watch.h"

#include <engram-timing.h>
#include <engram-ui.h>
#include <pages/engram-network-page.h>
#include <stdio.h>
#include <string.h>

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
  GMainLoop         *loop;
  const char        *path;
  GtkWidget         *window;
  EngramNetworkPage *page;
  GtkAdjustment     *adjustment;
  Phase              phase;
  gboolean           has_rows;
  guint              n_frames; /* of this phase */
  gboolean           failed;
} Bench;

static void
print_number (const char *name,
              double      number)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_print ("%s %s\n", name, g_ascii_formatd (text, sizeof text, "%.3f", number));
}

static void
print_resident (void)
{
  g_autofree char *text = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/status", &text, NULL, NULL))
    return;
  line = strstr (text, "VmRSS:");
  if (line != NULL)
    print_number ("resident", g_ascii_strtod (line + strlen ("VmRSS:"), NULL) * 1024);
}

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
first_rows_cb (Bench *bench)
{
  print_number ("seconds", engram_timing_since_start ());
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
      g_printerr ("engram-bench-window: %s\n", error->message);
      bench->failed = TRUE;
      g_main_loop_quit (bench->loop);
      return;
    }
  engram_network_page_set_database (bench->page, database, NULL);
}

static void
begin_opening (Bench *bench)
{
  GskRenderer *renderer = gtk_native_get_renderer (GTK_NATIVE (bench->window));

  g_print ("renderer %s\n", G_OBJECT_TYPE_NAME (renderer));
  print_number ("held-empty", main_loop_watch_take ().longest);
  bench->phase = PHASE_OPENING;
  bench->n_frames = 0;
  engram_database_open_async (bench->path, NULL, opened_cb, bench);
}

static void
begin_scrolling (Bench *bench)
{
  MainLoopHolds holds = main_loop_watch_take ();

  print_number ("held-opening", holds.longest);
  print_number ("busy-opening", holds.busy);
  bench->adjustment = find_adjustment (GTK_WIDGET (bench->page));
  bench->phase = PHASE_SCROLLING;
  bench->n_frames = 0;
}

static void
finish (Bench *bench)
{
  MainLoopHolds holds = main_loop_watch_take ();

  print_number ("held-scrolling", holds.longest);
  print_number ("held-scrolling-99", holds.most);
  print_number ("busy-scrolling", holds.busy);
  print_resident ();
  g_main_loop_quit (bench->loop);
}

/* Down by a steady motion, then to places all over the list as a dragged scroll bar goes. */
static void
scroll (Bench *bench)
{
  double value = gtk_adjustment_get_value (bench->adjustment);
  double range = gtk_adjustment_get_upper (bench->adjustment)
                 - gtk_adjustment_get_page_size (bench->adjustment);

  if (bench->phase == PHASE_SCROLLING)
    value += PIXELS_A_FRAME;
  else
    value = range * ((bench->n_frames * 37) % FRAMES_A_WAY) / FRAMES_A_WAY;
  gtk_adjustment_set_value (bench->adjustment, value);

  if (bench->n_frames < FRAMES_A_WAY)
    return;
  if (bench->phase == PHASE_JUMPING)
    {
      finish (bench);
      return;
    }
  bench->phase = PHASE_JUMPING;
  bench->n_frames = 0;
}

static gboolean
frame_cb (GtkWidget     *widget,
          GdkFrameClock *clock,
          gpointer       user_data)
{
  Bench *bench = user_data;

  bench->n_frames++;
  if (bench->phase == PHASE_EMPTY && bench->n_frames >= SETTLING_FRAMES)
    begin_opening (bench);
  else if (bench->phase == PHASE_OPENING && bench->has_rows && bench->n_frames >= SETTLING_FRAMES)
    begin_scrolling (bench);
  else if (bench->phase == PHASE_SCROLLING || bench->phase == PHASE_JUMPING)
    scroll (bench);
  return G_SOURCE_CONTINUE;
}

static gboolean
build_window_cb (gpointer user_data)
{
  Bench *bench = user_data;

  bench->window = adw_window_new ();
  bench->page = ENGRAM_NETWORK_PAGE (engram_network_page_new ());
  g_signal_connect_swapped (bench->page, "first-rows", G_CALLBACK (first_rows_cb), bench);
  adw_window_set_content (ADW_WINDOW (bench->window), GTK_WIDGET (bench->page));
  gtk_window_set_default_size (GTK_WINDOW (bench->window), 1200, 800);
  gtk_widget_add_tick_callback (bench->window, frame_cb, bench, NULL);
  gtk_window_present (GTK_WINDOW (bench->window));
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
  main_loop_watch_start ();
  g_idle_add (build_window_cb, &bench);
  g_main_loop_run (loop);
  return bench.failed ? 1 : 0;
}
