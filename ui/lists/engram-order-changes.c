/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lists/engram-order-changes.h"

/* How many rows are compared between two looks at the cancellable. */
#define STRIDE 65536
/* How many rows the main loop compares at each end of a change, to make it smaller; more are not worth the time. */
#define MAX_COMPARED 65536

static gsize
count_same (EngramRowOrder *before,
            EngramRowOrder *after,
            gboolean        from_end,
            gsize           limit,
            GCancellable   *cancellable)
{
  gsize n_before = engram_row_order_get_size (before);
  gsize n_after = engram_row_order_get_size (after);

  for (gsize i = 0; i < limit; i++)
    {
      gint64 old_row = engram_row_order_get (before, from_end ? n_before - 1 - i : i);
      gint64 new_row = engram_row_order_get (after, from_end ? n_after - 1 - i : i);

      if (old_row != new_row)
        return i;
      if (i % STRIDE == 0 && g_cancellable_is_cancelled (cancellable))
        return 0;
    }
  return limit;
}

void
engram_order_compare (EngramRowOrder *before,
                      EngramRowOrder *after,
                      gsize          *same_start,
                      gsize          *same_end,
                      GCancellable   *cancellable)
{
  gsize limit = MIN (engram_row_order_get_size (before), engram_row_order_get_size (after));

  if (before == after)
    *same_start = limit;
  else
    *same_start = count_same (before, after, FALSE, limit, cancellable);
  *same_end = count_same (before, after, TRUE, limit - *same_start, cancellable);
}

/* The first of the runs' ends that is not below @to. */
static guint
find_run (GArray *places,
          GArray *ends,
          guint   to)
{
  guint low = 0, high = ends->len;

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (g_array_index (places, EngramPlace, g_array_index (ends, guint, middle)).to < to)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

guint
engram_places_keep_longest (GArray *places)
{
  /* Of the rising runs of each length so far: the last place of the one that ends lowest. */
  g_autoptr (GArray) ends = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autofree guint *previous = g_new (guint, places->len);
  guint last;

  for (guint i = 0; i < places->len; i++)
    {
      EngramPlace *place = &g_array_index (places, EngramPlace, i);
      guint run;

      place->stays = FALSE;
      if (place->to == G_MAXUINT)
        continue;
      run = find_run (places, ends, place->to);
      previous[i] = run > 0 ? g_array_index (ends, guint, run - 1) : G_MAXUINT;
      if (run == ends->len)
        g_array_append_val (ends, i);
      else
        g_array_index (ends, guint, run) = i;
    }
  last = ends->len > 0 ? g_array_index (ends, guint, ends->len - 1) : G_MAXUINT;
  for (guint i = last; i != G_MAXUINT; i = previous[i])
    g_array_index (places, EngramPlace, i).stays = TRUE;
  return ends->len;
}

/* A stretch of rows that is replaced by another: positions in the one order and in the other. */
typedef struct {
  guint from, from_end;
  guint to, to_end;
} Stretch;

static gboolean
is_empty (const Stretch *stretch)
{
  return stretch->from == stretch->from_end || stretch->to == stretch->to_end;
}

static guint
get_shorter (const Stretch *stretch)
{
  return MIN (stretch->from_end - stretch->from, stretch->to_end - stretch->to);
}

static void
trim_start (const EngramOrderPair *pair,
            Stretch               *stretch)
{
  guint n_same = 0;

  if (stretch->from == stretch->to && stretch->from < pair->same_start)
    {
      n_same = MIN (get_shorter (stretch), pair->same_start - stretch->from);
      stretch->from += n_same;
      stretch->to += n_same;
    }
  for (guint i = 0; i < MAX_COMPARED && !is_empty (stretch); i++)
    {
      if (engram_row_order_get (pair->before, stretch->from) != engram_row_order_get (pair->after, stretch->to))
        return;
      stretch->from++;
      stretch->to++;
    }
}

static void
trim_end (const EngramOrderPair *pair,
          Stretch               *stretch)
{
  gsize behind = engram_row_order_get_size (pair->before) - stretch->from_end;

  if (behind == engram_row_order_get_size (pair->after) - stretch->to_end && behind < pair->same_end)
    {
      guint n_same = MIN (get_shorter (stretch), pair->same_end - behind);

      stretch->from_end -= n_same;
      stretch->to_end -= n_same;
    }
  for (guint i = 0; i < MAX_COMPARED && !is_empty (stretch); i++)
    {
      if (engram_row_order_get (pair->before, stretch->from_end - 1) !=
          engram_row_order_get (pair->after, stretch->to_end - 1))
        return;
      stretch->from_end--;
      stretch->to_end--;
    }
}

static void
add_change (GArray                *changes,
            const EngramOrderPair *pair,
            Stretch                stretch)
{
  EngramRowChange change;

  if (!is_empty (&stretch))
    trim_start (pair, &stretch);
  if (!is_empty (&stretch))
    trim_end (pair, &stretch);
  change.position = stretch.to;
  change.removed = stretch.from_end - stretch.from;
  change.added = stretch.to_end - stretch.to;
  if (change.removed > 0 || change.added > 0)
    g_array_append_val (changes, change);
}

GArray *
engram_order_find_changes (const EngramOrderPair *pair,
                           GArray                *places)
{
  GArray *changes = g_array_new (FALSE, FALSE, sizeof (EngramRowChange));
  Stretch stretch = { 0 };

  for (guint i = 0; i < places->len; i++)
    {
      const EngramPlace *place = &g_array_index (places, EngramPlace, i);

      if (!place->stays)
        continue;
      stretch.from_end = place->from;
      stretch.to_end = place->to;
      add_change (changes, pair, stretch);
      stretch.from = place->from + 1;
      stretch.to = place->to + 1;
    }
  stretch.from_end = pair->before != NULL ? engram_row_order_get_size (pair->before) : 0;
  stretch.to_end = engram_row_order_get_size (pair->after);
  add_change (changes, pair, stretch);
  return changes;
}
