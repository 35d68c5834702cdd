/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lists/engram-live-rows.h"

/* A list on screen makes widgets for some 200 rows, however many it shows. All at once they would hold the
 * main loop for a tenth of a second: so the first rows are told of in steps. */
#define GROWTH_STEP 32
#define GROWTH_END 256
#define GROWTH_MILLISECONDS 16

struct _EngramLiveRows
{
  GListModel *model;       /* borrowed: the owner */
  EngramGrownFunc grown;
  gpointer user_data;

  GHashTable *by_position;
  guint n_rows;
  guint n_hidden;          /* rows at the end that are known and not told of yet */
  guint growth;            /* source that tells of them, or 0 */
};

/* @grown is called when rows that could not be told of at once have been. */
EngramLiveRows *
engram_live_rows_new (GListModel      *model,
                      EngramGrownFunc  grown,
                      gpointer         user_data)
{
  EngramLiveRows *self = g_new0 (EngramLiveRows, 1);

  self->model = model;
  self->grown = grown;
  self->user_data = user_data;
  self->by_position = g_hash_table_new (NULL, NULL);
  return self;
}

/* The rows live on without a model. */
void
engram_live_rows_free (EngramLiveRows *self)
{
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, self->by_position);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    engram_neuron_row_detach (row);
  g_hash_table_unref (self->by_position);
  g_clear_handle_id (&self->growth, g_source_remove);
  g_free (self);
}

guint
engram_live_rows_get_size (EngramLiveRows *self)
{
  return self->n_rows;
}

gboolean
engram_live_rows_is_growing (EngramLiveRows *self)
{
  return self->growth != 0;
}

EngramNeuronRow *
engram_live_rows_get (EngramLiveRows *self,
                      guint           position)
{
  return g_hash_table_lookup (self->by_position, GUINT_TO_POINTER (position));
}

void
engram_live_rows_add (EngramLiveRows  *self,
                      EngramNeuronRow *row)
{
  g_hash_table_insert (self->by_position, GUINT_TO_POINTER (engram_neuron_row_get_position (row)), row);
}

void
engram_live_rows_remove (EngramLiveRows  *self,
                         EngramNeuronRow *row)
{
  g_hash_table_remove (self->by_position, GUINT_TO_POINTER (engram_neuron_row_get_position (row)));
}

static int
compare_positions (gconstpointer one,
                   gconstpointer other)
{
  guint a = *(const guint *) one, b = *(const guint *) other;

  return a < b ? -1 : a > b;
}

/* Returns: (transfer full) (element-type guint): the positions of all rows, ascending */
GArray *
engram_live_rows_list (EngramLiveRows *self)
{
  GArray *positions = g_array_sized_new (FALSE, FALSE, sizeof (guint), g_hash_table_size (self->by_position));
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->by_position);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      guint position = GPOINTER_TO_UINT (key);

      g_array_append_val (positions, position);
    }
  g_array_sort (positions, compare_positions);
  return positions;
}

/* Changes */

/* Rows that are removed are let go, those behind move. */
static void
move_rows (EngramLiveRows *self,
           guint           position,
           guint           removed,
           guint           added)
{
  g_autoptr (GHashTable) old_rows = g_steal_pointer (&self->by_position);
  GHashTableIter iter;
  gpointer row;

  self->by_position = g_hash_table_new (NULL, NULL);
  g_hash_table_iter_init (&iter, old_rows);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    {
      guint place = engram_neuron_row_get_position (row);

      if (place >= position && place - position < removed)
        {
          engram_neuron_row_detach (row);
          continue;
        }
      if (place >= position)
        engram_neuron_row_set_position (row, place - removed + added);
      engram_live_rows_add (self, row);
    }
}

static void
change_rows (EngramLiveRows *self,
             guint           position,
             guint           removed,
             guint           added)
{
  if (removed == 0 && added == 0)
    return;
  move_rows (self, position, removed, added);
  self->n_rows = self->n_rows - removed + added;
  g_list_model_items_changed (self->model, position, removed, added);
}

static void
show_hidden (EngramLiveRows *self,
             guint           n_rows)
{
  n_rows = MIN (n_rows, self->n_hidden);
  self->n_hidden -= n_rows;
  change_rows (self, self->n_rows, 0, n_rows);
}

static gboolean
grow_cb (gpointer user_data)
{
  EngramLiveRows *self = user_data;
  g_autoptr (GListModel) model = g_object_ref (self->model);

  show_hidden (self, self->n_rows < GROWTH_END ? GROWTH_STEP : G_MAXUINT);
  if (self->n_hidden > 0)
    return G_SOURCE_CONTINUE;
  self->growth = 0;
  self->grown (self->user_data);
  return G_SOURCE_REMOVE;
}

/* Rows behind all others may wait. */
static void
hide_rows (EngramLiveRows *self,
           guint           n_rows)
{
  self->n_hidden = n_rows;
  if (self->n_rows == 0)
    show_hidden (self, GROWTH_STEP);
  if (self->n_hidden > 0 && self->growth == 0)
    self->growth = g_timeout_add_full (G_PRIORITY_DEFAULT_IDLE, GROWTH_MILLISECONDS, grow_cb, self, NULL);
}

static void
make_change (EngramLiveRows        *self,
             const EngramRowChange *change)
{
  /* In two steps: GTK walks over all that comes if something that it held went with it. */
  change_rows (self, change->position, change->removed, 0);
  if (change->position == self->n_rows && self->n_rows < GROWTH_END)
    hide_rows (self, change->added);
  else
    change_rows (self, change->position, 0, change->added);
}

/* Goes from one order of rows to another, and tells only of what goes and what comes, so that the rows which
 * stay keep their place on screen. @changes (element-type EngramRowChange) are merged. */
void
engram_live_rows_change (EngramLiveRows *self,
                         GArray         *changes)
{
  g_autoptr (GArray) positions = NULL;

  show_hidden (self, G_MAXUINT);
  positions = engram_live_rows_list (self);
  engram_row_changes_merge (changes, (const guint *) positions->data, positions->len);
  for (guint i = 0; i < changes->len; i++)
    make_change (self, &g_array_index (changes, EngramRowChange, i));
}
