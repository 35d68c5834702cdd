/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lists/engram-row-changes.h"

/* How many rows are compared between two looks at the cancellable. */
#define STRIDE 65536

static void
add_change (GArray *changes,
            guint   position,
            guint   removed,
            guint   added)
{
  EngramRowChange *last = changes->len > 0 ? (EngramRowChange *) changes->data + changes->len - 1 : NULL;

  if (removed == 0 && added == 0)
    return;
  if (last != NULL && last->position + last->added == position)
    {
      last->removed += removed;
      last->added += added;
      return;
    }
  g_array_append_vals (changes, &(EngramRowChange) { position, removed, added }, 1);
}

/**
 * engram_row_changes_find:
 * @before: (nullable): an order of rows by ascending rowid; %NULL for none
 * @after: another, by ascending rowid too
 * @cancellable: (nullable): a #GCancellable; once it is cancelled, the result is incomplete
 *
 * What must go and what must come so that @before becomes @after. Any thread.
 *
 * Returns: (transfer full) (element-type EngramRowChange): the changes, by ascending position, as few as
 *   there can be
 */
GArray *
engram_row_changes_find (EngramRowOrder *before,
                         EngramRowOrder *after,
                         GCancellable   *cancellable)
{
  GArray *changes = g_array_new (FALSE, FALSE, sizeof (EngramRowChange));
  gsize n_before = before != NULL ? engram_row_order_get_size (before) : 0;
  gsize n_after = engram_row_order_get_size (after);
  gsize i = 0, j = 0;

  while (i < n_before && j < n_after)
    {
      gint64 old_row = engram_row_order_get (before, i);
      gint64 new_row = engram_row_order_get (after, j);

      if (old_row < new_row)
        {
          add_change (changes, j, 1, 0);
          i++;
        }
      else if (old_row > new_row)
        {
          add_change (changes, j, 0, 1);
          j++;
        }
      else
        {
          i++;
          j++;
        }
      if ((i + j) % STRIDE == 0 && g_cancellable_is_cancelled (cancellable))
        return changes;
    }
  add_change (changes, j, n_before - i, n_after - j);
  return changes;
}

/**
 * engram_row_changes_merge:
 * @changes: (element-type EngramRowChange): what engram_row_changes_find() gave
 * @watched: (array length=n_watched): ascending positions before the changes
 * @n_watched: how many
 *
 * Makes one change of neighbours with no watched row between them: nobody can tell a row that stays there
 * from one that goes and comes back. At most @n_watched + 1 changes are left, however many there were.
 */
void
engram_row_changes_merge (GArray      *changes,
                          const guint *watched,
                          gsize        n_watched)
{
  gint64 shift = 0; /* from a position before all changes to the same row's after those done so far */
  gsize next = 0;
  guint n_merged = 0;

  for (guint i = 0; i < changes->len; i++)
    {
      EngramRowChange change = g_array_index (changes, EngramRowChange, i);
      EngramRowChange *last = n_merged > 0 ? &g_array_index (changes, EngramRowChange, n_merged - 1) : NULL;
      gsize seen = next;

      /* Rows that stay and are watched, between the last change and this one. */
      while (next < n_watched && watched[next] + shift < change.position)
        next++;
      if (last != NULL && seen == next)
        {
          guint kept = change.position - (last->position + last->added);

          last->removed += kept + change.removed;
          last->added += kept + change.added;
        }
      else
        {
          g_array_index (changes, EngramRowChange, n_merged) = change;
          n_merged++;
        }
      /* A watched row that goes lies between no two changes. */
      while (next < n_watched && watched[next] + shift < (gint64) change.position + change.removed)
        next++;
      shift += (gint64) change.added - change.removed;
    }
  g_array_set_size (changes, n_merged);
}
