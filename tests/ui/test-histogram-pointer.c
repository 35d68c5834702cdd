/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "filters/engram-histogram-view.h"
#include "pointer-support.h"
#include "widget-support.h"

#define WIDTH 400
/* Each number from 0 to 9 is there once. */
#define N_COUNTS 10

typedef struct {
  GtkWidget *view;
  GtkWindow *window;
  double     low, high; /* of the range that was dragged last */
  gboolean   chosen;
} Screen;

static void
range_chosen_cb (Screen *screen,
                 double  low,
                 double  high)
{
  screen->low = low;
  screen->high = high;
  screen->chosen = TRUE;
}

static void
screen_open (Screen                *screen,
             const EngramHistogram *histogram)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  screen->view = engram_histogram_view_new ("Synapses");
  g_object_set (screen->view, "selectable", TRUE, NULL);
  engram_histogram_view_set_histogram (ENGRAM_HISTOGRAM_VIEW (screen->view), histogram, NULL);
  g_signal_connect_swapped (screen->view, "range-chosen", G_CALLBACK (range_chosen_cb), screen);
  gtk_box_append (GTK_BOX (box), screen->view);
  screen->window = widget_test_show (box, WIDTH, 100);
}

/* From the middle of one bar to that of another. */
static void
drag (Screen *screen,
      guint   n_bars,
      guint   from,
      guint   to)
{
  double width = (double) gtk_widget_get_width (screen->view) / n_bars;

  screen->chosen = FALSE;
  pointer_drag (screen->view, (from + 0.5) * width, 10, (to + 0.5) * width, 10, GDK_BUTTON_PRIMARY, 0);
  wait_until (screen->chosen);
}

/* Of whole numbers those are chosen whose bars were dragged over, and not the one that follows. */
static void
test_counts (void)
{
  EngramHistogram histogram = { .high = ENGRAM_HISTOGRAM_BINS, .whole = TRUE, .n_values = N_COUNTS, .maximum = N_COUNTS - 1 };
  Screen screen = { NULL };

  for (guint i = 0; i < N_COUNTS; i++)
    histogram.bins[i] = 1;
  screen_open (&screen, &histogram);
  drag (&screen, N_COUNTS, 2, 5);
  g_assert_cmpfloat (screen.low, ==, 2);
  g_assert_cmpfloat (screen.high, ==, 5);
  /* Open beyond the ends. */
  drag (&screen, N_COUNTS, N_COUNTS - 1, 4);
  g_assert_cmpfloat (screen.low, ==, 4);
  g_assert_cmpfloat (screen.high, ==, INFINITY);
  gtk_window_destroy (screen.window);
}

static void
test_numbers (void)
{
  EngramHistogram histogram = { .low = -1, .high = 1, .n_values = 1 };
  Screen screen = { NULL };

  histogram.bins[0] = 1;
  screen_open (&screen, &histogram);
  drag (&screen, ENGRAM_HISTOGRAM_BINS, 10, 29);
  g_assert_cmpfloat_with_epsilon (screen.low, -0.5, 1e-9);
  g_assert_cmpfloat_with_epsilon (screen.high, 0.5, 1e-9);
  gtk_window_destroy (screen.window);
}

/* Which of several histograms it is, is heard too. */
static void
test_name (void)
{
  GtkWidget *view = g_object_ref_sink (engram_histogram_view_new ("Weight"));

  gtk_test_accessible_assert_property (view, GTK_ACCESSIBLE_PROPERTY_LABEL, "Histogram: Weight");
  g_object_unref (view);
}

int
main (int    argc,
      char **argv)
{
  widget_test_init (&argc, &argv);
  g_test_add_func ("/histogram-pointer/counts", test_counts);
  g_test_add_func ("/histogram-pointer/numbers", test_numbers);
  g_test_add_func ("/histogram-pointer/name", test_name);
  return g_test_run ();
}
