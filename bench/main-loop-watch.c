/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "main-loop-watch.h"

#include <stdlib.h>
#include <time.h>

typedef struct {
  double time;
  double busy;
} Moment;

static GArray *holds; /* of double */
static double longest_busy;
static Moment woken;

static double
read_clock (clockid_t clock)
{
  struct timespec time;

  clock_gettime (clock, &time);
  return time.tv_sec * 1e3 + time.tv_nsec / 1e6;
}

static Moment
read_moment (void)
{
  return (Moment) { read_clock (CLOCK_MONOTONIC), read_clock (CLOCK_THREAD_CPUTIME_ID) };
}

static int
watched_poll (GPollFD *descriptors,
              guint    n_descriptors,
              int      timeout)
{
  Moment now = read_moment ();
  double hold = now.time - woken.time;
  int result;

  g_array_append_val (holds, hold);
  longest_busy = MAX (longest_busy, now.busy - woken.busy);
  result = g_poll (descriptors, n_descriptors, timeout);
  woken = read_moment ();
  return result;
}

void
main_loop_watch_start (void)
{
  holds = g_array_new (FALSE, FALSE, sizeof (double));
  woken = read_moment ();
  g_main_context_set_poll_func (NULL, watched_poll);
}

static int
compare_doubles (const void *a,
                 const void *b)
{
  const double *first = a;
  const double *second = b;

  return (*first > *second) - (*first < *second);
}

/* What runs at the moment of the call counts to what follows. */
MainLoopHolds
main_loop_watch_take (void)
{
  MainLoopHolds taken = { 0, 0, longest_busy };

  if (holds->len > 0)
    {
      double *sorted = (double *) (gpointer) holds->data;

      qsort (sorted, holds->len, sizeof *sorted, compare_doubles);
      taken.longest = sorted[holds->len - 1];
      taken.most = sorted[(gsize) (0.99 * (holds->len - 1))];
    }
  g_array_set_size (holds, 0);
  longest_busy = 0;
  return taken;
}
