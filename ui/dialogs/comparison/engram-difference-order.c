/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dialogs/comparison/engram-difference-order.h"

#include <math.h>
#include <stdlib.h>

/* A place holds the status above, and the index among those of that status below. */
#define STATUS_SHIFT 56
#define INDEX_MASK ((G_GUINT64_CONSTANT (1) << STATUS_SHIFT) - 1)

/* In the order in which those come that have no number, or have not changed by it. */
static const EngramComparisonStatus listed[] = {
  ENGRAM_COMPARISON_ADDED, ENGRAM_COMPARISON_REMOVED, ENGRAM_COMPARISON_CHANGED, ENGRAM_COMPARISON_UNCLEAR,
};

typedef struct {
  double  amount; /* -1 for none */
  guint64 number; /* in the order of rows */
  guint64 place;
} Sorted;

static double
get_amount (EngramComparison     *comparison,
            EngramRecordKind      kind,
            guint64               index,
            EngramDifferenceSort  sort)
{
  EngramComparisonRow row;
  double number;

  engram_comparison_get_row (comparison, kind, ENGRAM_COMPARISON_CHANGED, index, &row);
  switch (sort)
    {
    case ENGRAM_DIFFERENCES_BY_DRIFT:
      number = row.drift;
      break;
    case ENGRAM_DIFFERENCES_BY_MOVE:
      number = row.moved;
      break;
    case ENGRAM_DIFFERENCES_BY_WEIGHT:
      number = row.weight_change;
      break;
    case ENGRAM_DIFFERENCES_BY_ROWS:
    default:
      number = NAN;
    }
  return isnan (number) || number == 0 ? -1 : fabs (number);
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  const Sorted *first = a, *second = b;

  if (first->amount != second->amount)
    return first->amount < second->amount ? 1 : -1;
  return (first->number > second->number) - (first->number < second->number);
}

static Sorted *
list_places (EngramComparison      *comparison,
             EngramRecordKind       kind,
             guint                  statuses,
             EngramDifferenceSort   sort,
             gsize                 *n_places)
{
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (Sorted));

  for (guint i = 0; i < G_N_ELEMENTS (listed); i++)
    {
      guint64 n_rows = engram_comparison_get_n_rows (comparison, kind, listed[i]);

      for (guint64 index = 0; (statuses & (1u << listed[i])) != 0 && index < n_rows; index++)
        {
          Sorted place = { -1, places->len, (guint64) listed[i] << STATUS_SHIFT | index };

          if (listed[i] == ENGRAM_COMPARISON_CHANGED)
            place.amount = get_amount (comparison, kind, index, sort);
          g_array_append_val (places, place);
        }
    }
  *n_places = places->len;
  return places->len > 0 ? g_array_steal (places, NULL) : NULL;
}

EngramDifferenceOrder *
engram_difference_order_new (EngramComparison      *comparison,
                             EngramRecordKind       kind,
                             guint                  statuses,
                             EngramDifferenceSort   sort,
                             GCancellable          *cancellable,
                             GError               **error)
{
  gsize n_places;
  g_autofree Sorted *sorted = list_places (comparison, kind, statuses, sort, &n_places);
  EngramDifferenceOrder *self;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  if (n_places > 0 && sort != ENGRAM_DIFFERENCES_BY_ROWS)
    qsort (sorted, n_places, sizeof *sorted, compare);
  self = g_atomic_rc_box_new0 (EngramDifferenceOrder);
  self->comparison = engram_comparison_ref (comparison);
  self->kind = kind;
  self->n_places = (guint) n_places;
  self->places = g_new (guint64, n_places + 1);
  for (gsize i = 0; i < n_places; i++)
    {
      self->places[i] = sorted[i].place;
      self->counts[sorted[i].place >> STATUS_SHIFT]++;
    }
  return self;
}

EngramDifferenceOrder *
engram_difference_order_ref (EngramDifferenceOrder *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
order_clear (gpointer data)
{
  EngramDifferenceOrder *self = data;

  engram_comparison_unref (self->comparison);
  g_free (self->places);
}

void
engram_difference_order_unref (EngramDifferenceOrder *self)
{
  g_atomic_rc_box_release_full (self, order_clear);
}

EngramComparisonStatus
engram_difference_order_get_status (const EngramDifferenceOrder *self,
                                    guint                        place)
{
  g_return_val_if_fail (place < self->n_places, ENGRAM_COMPARISON_NONE);

  return (EngramComparisonStatus) (self->places[place] >> STATUS_SHIFT);
}

void
engram_difference_order_get_row (const EngramDifferenceOrder *self,
                                 guint                        place,
                                 EngramComparisonRow         *row)
{
  g_return_if_fail (place < self->n_places);

  engram_comparison_get_row (self->comparison, self->kind, engram_difference_order_get_status (self, place),
                             self->places[place] & INDEX_MASK, row);
}
