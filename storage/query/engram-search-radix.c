/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "query/engram-search-radix-private.h"

#include <math.h>
#include <string.h>

#define DIGIT_BITS 8
#define N_DIGITS (64 / DIGIT_BITS)
#define N_BUCKETS (1 << DIGIT_BITS)

/* Below this many rows a second thread costs more than it saves. */
#define MIN_ROWS_FOR_THREADS 50000

/* A key in two halves, so that no space is lost to alignment. */
typedef struct {
  guint32 low;
  guint32 high;
  guint32 row;
} Entry;

typedef struct {
  Entry        *entries;
  Entry        *spare;
  gsize         n_rows;
  guint         n_parts; /* 1 or 2 */
  GCancellable *cancellable;
} Sorting;

typedef struct {
  EngramSearchWork func;
  gpointer         data;
  guint            worker;
} Work;

static gpointer
do_work (gpointer data)
{
  Work *work = data;

  work->func (work->worker, work->data);
  return NULL;
}

void
engram_search_work (guint             n_workers,
                    EngramSearchWork  func,
                    gpointer          data)
{
  g_autofree Work *works = g_new (Work, n_workers);
  g_autofree GThread **threads = g_new0 (GThread *, n_workers);

  for (guint i = 1; i < n_workers; i++)
    {
      works[i] = (Work) { func, data, i };
      threads[i] = g_thread_new ("engram-search", do_work, &works[i]);
    }
  func (0, data);
  for (guint i = 1; i < n_workers; i++)
    g_thread_join (threads[i]);
}

guint64
engram_search_make_key (double   number,
                        gboolean descending)
{
  guint64 bits;

  if (isnan (number))
    return ENGRAM_SEARCH_MISSING;
  if (number == 0)
    number = 0; /* -0 too */
  memcpy (&bits, &number, sizeof bits);
  bits = bits >> 63 != 0 ? ~bits : bits | G_GUINT64_CONSTANT (1) << 63;
  return descending ? ~bits : bits;
}

/* From where on the rows of each bucket go; FALSE where all are in one. */
static gboolean
make_offsets (const gsize *counts,
              gsize        n_rows,
              gsize       *offsets)
{
  gsize offset = 0;

  for (guint bucket = 0; bucket < N_BUCKETS; bucket++)
    {
      if (counts[bucket] == n_rows)
        return FALSE;
      offsets[bucket] = offset;
      offset += counts[bucket];
    }
  return TRUE;
}

static guint
get_digit (const Entry *entry,
           guint        digit)
{
  guint32 half = digit < N_DIGITS / 2 ? entry->low : entry->high;

  return half >> digit % (N_DIGITS / 2) * DIGIT_BITS & (N_BUCKETS - 1);
}

/* The least digit first; what has been sorted lies in @entries at the end. */
static void
sort_part (Entry        *entries,
           Entry        *spare,
           gsize         n_rows,
           GCancellable *cancellable)
{
  g_autofree gsize *counts = g_new0 (gsize, N_DIGITS * N_BUCKETS);
  Entry *from = entries, *to = spare;

  for (gsize i = 0; i < n_rows; i++)
    for (guint digit = 0; digit < N_DIGITS; digit++)
      counts[digit * N_BUCKETS + get_digit (&entries[i], digit)]++;

  for (guint digit = 0; digit < N_DIGITS && !g_cancellable_is_cancelled (cancellable); digit++)
    {
      gsize offsets[N_BUCKETS];
      Entry *swap;

      if (!make_offsets (&counts[digit * N_BUCKETS], n_rows, offsets))
        continue;
      for (gsize i = 0; i < n_rows; i++)
        to[offsets[get_digit (&from[i], digit)]++] = from[i];
      swap = from;
      from = to;
      to = swap;
    }
  if (from != entries)
    memcpy (entries, from, n_rows * sizeof *entries);
}

static void
sort_one_part (guint    worker,
               gpointer data)
{
  Sorting *self = data;
  gsize half = self->n_rows / 2;
  gsize first = worker == 0 ? 0 : half;
  gsize n_rows = self->n_parts == 1 ? self->n_rows : worker == 0 ? half : self->n_rows - half;

  sort_part (self->entries + first, self->spare + first, n_rows, self->cancellable);
}

static gboolean
is_less (const Entry *a,
         const Entry *b)
{
  return a->high != b->high ? a->high < b->high : a->low < b->low;
}

/* The rows of both parts in order; of equal ones, those of the first part first. */
static void
merge_parts (const Sorting *self,
             guint32       *order)
{
  const Entry *left = self->entries, *left_end = left + (self->n_parts == 2 ? self->n_rows / 2 : self->n_rows);
  const Entry *right = left_end, *right_end = self->entries + self->n_rows;

  while (left < left_end && right < right_end)
    *order++ = is_less (right, left) ? right++->row : left++->row;
  while (left < left_end)
    *order++ = left++->row;
  while (right < right_end)
    *order++ = right++->row;
}

static Entry
make_entry (guint64 key,
            guint32 row)
{
  return (Entry) { (guint32) key, (guint32) (key >> 32), row };
}

static gboolean
sort_entries (Entry        *entries,
              guint32      *order,
              gsize         n_rows,
              GCancellable *cancellable)
{
  g_autofree Entry *spare = g_new (Entry, n_rows);
  Sorting sorting = { entries, spare, n_rows, 1, cancellable };

  if (n_rows >= MIN_ROWS_FOR_THREADS && g_get_num_processors () > 1)
    sorting.n_parts = 2;
  engram_search_work (sorting.n_parts, sort_one_part, &sorting);
  if (g_cancellable_is_cancelled (cancellable))
    return FALSE;
  merge_parts (&sorting, order);
  return TRUE;
}

gboolean
engram_search_radix_sort (const guint64 *keys,
                          guint32       *order,
                          gsize          n_rows,
                          GCancellable  *cancellable)
{
  g_autofree Entry *entries = g_new (Entry, n_rows);

  for (gsize i = 0; i < n_rows; i++)
    entries[i] = make_entry (keys[order[i]], order[i]);
  return sort_entries (entries, order, n_rows, cancellable);
}

guint32 *
engram_search_radix_order (guint64      *keys,
                           gsize         n_rows,
                           GCancellable *cancellable)
{
  g_autofree Entry *entries = g_new (Entry, n_rows);
  g_autofree guint32 *order = NULL;

  for (gsize i = 0; i < n_rows; i++)
    entries[i] = make_entry (keys[i], (guint32) i);
  g_free (keys);
  order = g_new (guint32, n_rows + 1);
  return sort_entries (entries, order, n_rows, cancellable) ? g_steal_pointer (&order) : NULL;
}
