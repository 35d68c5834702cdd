/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lists/engram-record-rows.h"

#include "lists/engram-order-changes.h"
#include "lists/engram-record-row-private.h"

/* A list on screen makes widgets for some 200 rows, however many it shows. All at once they would hold the
 * main loop for a tenth of a second: so the first rows are told of in steps. */
#define GROWTH_STEP 32
/* When all rows are others, so many are told of at once: more than a window shows. As many as there were, too: their
 * widgets stay (see EngramRecordSlots), which saves making them. */
#define FIRST_STEP 48
#define GROWTH_END 256
#define GROWTH_MILLISECONDS 16

struct _EngramRecordRows
{
  GListModel *model;         /* borrowed: the owner */
  EngramRowsGrownFunc grown;
  gpointer user_data;

  EngramRowOrder *order;     /* NULL until there is one */
  GHashTable *by_position;   /* EngramRecordRow, not owned */
  guint n_rows;
  guint n_hidden;            /* rows at the end that are known and not told of yet */
  guint growth;              /* source that tells of them, or 0 */

  /* While it goes from one order to another */
  EngramRowOrder *old_order; /* of what stands from the boundary on; NULL otherwise */
  guint boundary;
  gint64 shift;              /* from an old position to where the row stands just then */
  GHashTable *moved;         /* final position -> owned EngramRecordRow that is on its way there */
};

EngramRecordRows *
engram_record_rows_new (GListModel          *model,
                        EngramRowsGrownFunc  grown,
                        gpointer             user_data)
{
  EngramRecordRows *self = g_new0 (EngramRecordRows, 1);

  self->model = model;
  self->grown = grown;
  self->user_data = user_data;
  self->by_position = g_hash_table_new (NULL, NULL);
  self->moved = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
  return self;
}

void
engram_record_rows_free (EngramRecordRows *self)
{
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, self->by_position);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    engram_record_row_detach (row);
  g_hash_table_unref (self->by_position);
  g_hash_table_unref (self->moved);
  g_clear_pointer (&self->order, engram_row_order_unref);
  g_clear_handle_id (&self->growth, g_source_remove);
  g_free (self);
}

guint
engram_record_rows_get_size (EngramRecordRows *self)
{
  return self->n_rows;
}

gboolean
engram_record_rows_is_growing (EngramRecordRows *self)
{
  return self->growth != 0;
}

gboolean
engram_record_rows_is_final (EngramRecordRows *self,
                             guint             position)
{
  return self->old_order == NULL || position < self->boundary;
}

gint64
engram_record_rows_get_rowid (EngramRecordRows *self,
                              guint             position)
{
  if (engram_record_rows_is_final (self, position))
    return engram_row_order_get (self->order, position);
  return engram_row_order_get (self->old_order, position - self->shift);
}

/* Objects */

EngramRecordRow *
engram_record_rows_lookup (EngramRecordRows *self,
                           guint             position)
{
  return g_hash_table_lookup (self->by_position, GUINT_TO_POINTER (position));
}

static void
place_row (EngramRecordRows *self,
           EngramRecordRow  *row,
           guint             position)
{
  engram_record_row_set_position (row, position);
  g_hash_table_insert (self->by_position, GUINT_TO_POINTER (position), row);
}

/* The object that is on its way to a position which holds already. */
static EngramRecordRow *
take_moved (EngramRecordRows *self,
            guint             position)
{
  gpointer row;

  if (!engram_record_rows_is_final (self, position) ||
      !g_hash_table_steal_extended (self->moved, GUINT_TO_POINTER (position), NULL, &row))
    return NULL;
  place_row (self, row, position);
  return row;
}

EngramRecordRow *
engram_record_rows_get (EngramRecordRows *self,
                        guint             position,
                        gboolean         *made)
{
  EngramRecordRow *row = engram_record_rows_lookup (self, position);

  *made = FALSE;
  if (row != NULL)
    return g_object_ref (row);
  row = take_moved (self, position);
  if (row != NULL)
    return row;

  *made = TRUE;
  row = engram_record_row_new (self, position, engram_record_rows_get_rowid (self, position));
  place_row (self, row, position);
  return row;
}

void
engram_record_rows_forget (EngramRecordRows *self,
                           EngramRecordRow  *row)
{
  gpointer key = GUINT_TO_POINTER (engram_record_row_get_position (row));

  if (g_hash_table_lookup (self->by_position, key) == row)
    g_hash_table_remove (self->by_position, key);
}

static int
compare_positions (gconstpointer one,
                   gconstpointer other)
{
  guint a = engram_record_row_get_position (*(EngramRecordRow **) one);
  guint b = engram_record_row_get_position (*(EngramRecordRow **) other);

  return a < b ? -1 : a > b;
}

GPtrArray *
engram_record_rows_list (EngramRecordRows *self)
{
  GPtrArray *rows = g_ptr_array_new_full (g_hash_table_size (self->by_position), g_object_unref);
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, self->by_position);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    g_ptr_array_add (rows, g_object_ref (row));
  g_ptr_array_sort (rows, compare_positions);
  return rows;
}

/* Telling of changes */

/* Rows that are removed are let go, those behind move. */
static void
move_rows (EngramRecordRows *self,
           guint             position,
           guint             removed,
           guint             added)
{
  g_autoptr (GHashTable) old_rows = g_steal_pointer (&self->by_position);
  GHashTableIter iter;
  gpointer row;

  self->by_position = g_hash_table_new (NULL, NULL);
  g_hash_table_iter_init (&iter, old_rows);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    {
      guint place = engram_record_row_get_position (row);

      if (place >= position && place - position < removed)
        engram_record_row_detach (row);
      else
        place_row (self, row, place >= position ? place - removed + added : place);
    }
}

static void
change_rows (EngramRecordRows *self,
             guint             position,
             guint             removed,
             guint             added)
{
  if (removed == 0 && added == 0)
    return;
  move_rows (self, position, removed, added);
  self->boundary = position + added;
  self->shift += (gint64) added - removed;
  self->n_rows = self->n_rows - removed + added;
  g_list_model_items_changed (self->model, position, removed, added);
}

static void
show_hidden (EngramRecordRows *self,
             guint             n_rows)
{
  n_rows = MIN (n_rows, self->n_hidden);
  self->n_hidden -= n_rows;
  self->n_rows += n_rows;
  if (n_rows > 0)
    g_list_model_items_changed (self->model, self->n_rows - n_rows, 0, n_rows);
}

static gboolean
grow_cb (gpointer user_data)
{
  EngramRecordRows *self = user_data;
  g_autoptr (GListModel) model = g_object_ref (self->model);

  show_hidden (self, self->n_rows < GROWTH_END ? GROWTH_STEP : G_MAXUINT);
  if (self->n_hidden > 0)
    return G_SOURCE_CONTINUE;
  self->growth = 0;
  self->grown (self->user_data);
  return G_SOURCE_REMOVE;
}

static gboolean
start_growth_cb (gpointer user_data)
{
  EngramRecordRows *self = user_data;

  if (grow_cb (self) == G_SOURCE_CONTINUE)
    self->growth = g_timeout_add_full (G_PRIORITY_DEFAULT_IDLE, GROWTH_MILLISECONDS, grow_cb, self, NULL);
  return G_SOURCE_REMOVE;
}

/* Rows behind all others may wait; the first ones too where @removed rows have just gone, which took its time: not
 * until the next frame, but until the main loop has had a turn. */
static void
hide_rows (EngramRecordRows *self,
           guint             n_rows,
           guint             removed)
{
  self->n_hidden = n_rows;
  self->boundary = G_MAXUINT;
  if (self->n_rows == 0 && removed == 0)
    show_hidden (self, GROWTH_STEP);
  if (self->n_hidden > 0 && self->n_rows == 0)
    self->growth = g_idle_add_full (G_PRIORITY_DEFAULT, start_growth_cb, self, NULL);
  else if (self->n_hidden > 0)
    self->growth = g_timeout_add_full (G_PRIORITY_DEFAULT_IDLE, GROWTH_MILLISECONDS, grow_cb, self, NULL);
}

static void
make_change (EngramRecordRows      *self,
             const EngramRowChange *change)
{
  guint kept = change->removed < GROWTH_END ? MAX (FIRST_STEP, change->removed) : G_MAXUINT;
  guint first = MIN (change->added, kept);

  if (change->position == 0 && change->removed == self->n_rows && change->removed > 0 && first > 0)
    {
      change_rows (self, 0, change->removed, first);
      if (change->added > first)
        hide_rows (self, change->added - first, 0);
      return;
    }
  change_rows (self, change->position, change->removed, 0);
  if (change->position == self->n_rows && self->n_rows < GROWTH_END)
    hide_rows (self, change->added, change->removed);
  else
    change_rows (self, change->position, 0, change->added);
}

/* From one order to another */

static GArray *
find_places (GPtrArray      *rows,
             EngramRowOrder *order)
{
  GArray *places = g_array_sized_new (FALSE, FALSE, sizeof (EngramPlace), rows->len);

  for (guint i = 0; i < rows->len; i++)
    {
      EngramRecordRow *row = g_ptr_array_index (rows, i);
      EngramPlace place = { engram_record_row_get_position (row), G_MAXUINT, FALSE };
      gsize position;

      if (engram_row_order_find (order, engram_record_row_get_rowid (row), &position))
        place.to = position;
      g_array_append_val (places, place);
    }
  return places;
}

/* Rows that do not stay are taken out of the old order, so that their objects are there for the new one. */
static void
take_out (EngramRecordRows *self,
          GPtrArray        *rows,
          GArray           *places)
{
  for (guint i = 0; i < rows->len; i++)
    {
      const EngramPlace *place = &g_array_index (places, EngramPlace, i);

      if (place->stays || place->to == G_MAXUINT)
        continue;
      g_hash_table_remove (self->by_position, GUINT_TO_POINTER (place->from));
      g_hash_table_insert (self->moved, GUINT_TO_POINTER (place->to),
                           g_object_ref (g_ptr_array_index (rows, i)));
    }
}

/* Those that nobody asked for on the way are held by somebody all the same. */
static void
put_back (EngramRecordRows *self)
{
  GHashTableIter iter;
  gpointer key, row;

  g_hash_table_iter_init (&iter, self->moved);
  while (g_hash_table_iter_next (&iter, &key, &row))
    place_row (self, row, GPOINTER_TO_UINT (key));
  g_hash_table_remove_all (self->moved);
}

static GArray *
replace_all (EngramRecordRows *self,
             EngramRowOrder   *order,
             GArray           *places)
{
  GArray *changes = g_array_new (FALSE, FALSE, sizeof (EngramRowChange));
  EngramRowChange change = { 0, self->n_rows, engram_row_order_get_size (order) };

  for (guint i = 0; i < places->len; i++)
    g_array_index (places, EngramPlace, i).stays = FALSE;
  g_array_append_val (changes, change);
  return changes;
}

void
engram_record_rows_set_order (EngramRecordRows *self,
                              EngramRowOrder   *order,
                              gsize             same_start,
                              gsize             same_end,
                              gboolean          anew)
{
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GArray) places = NULL;
  g_autoptr (GArray) changes = NULL;
  guint n_stay;

  g_clear_handle_id (&self->growth, g_source_remove);
  show_hidden (self, G_MAXUINT);
  rows = engram_record_rows_list (self);
  places = find_places (rows, order);
  n_stay = engram_places_keep_longest (places);
  /* Another view begins at its start: rows that happen to stay are not worth a change each for the gaps between
   * them. */
  if (anew && (n_stay < places->len || engram_row_order_get_size (order) != self->n_rows))
    changes = replace_all (self, order, places);
  else
    changes = engram_order_find_changes (&(EngramOrderPair) { self->order, order, same_start, same_end }, places);

  self->old_order = self->order;
  self->order = engram_row_order_ref (order);
  self->boundary = 0;
  self->shift = 0;
  take_out (self, rows, places);
  g_clear_pointer (&rows, g_ptr_array_unref);

  for (guint i = 0; i < changes->len; i++)
    make_change (self, &g_array_index (changes, EngramRowChange, i));
  put_back (self);
  g_clear_pointer (&self->old_order, engram_row_order_unref);
}
