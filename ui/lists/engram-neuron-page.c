/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lists/engram-neuron-page.h"

static void
engram_neuron_page_clear (EngramNeuronPage *self)
{
  for (gsize i = 0; i < self->n_items; i++)
    engram_neuron_free (self->items[i].neuron);
  g_free (self->items);
  g_clear_error (&self->error);
}

EngramNeuronPage *
engram_neuron_page_ref (EngramNeuronPage *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
engram_neuron_page_unref (EngramNeuronPage *self)
{
  g_atomic_rc_box_release_full (self, (GDestroyNotify) engram_neuron_page_clear);
}

static void
take_items (EngramNeuronPage *self,
            gsize             first,
            GArray           *found)
{
  for (guint i = 0; i < found->len; i++)
    {
      EngramNeuronListItem *item = &g_array_index (found, EngramNeuronListItem, i);

      self->items[first + i] = *item;
      self->stale = self->stale || item->neuron == NULL;
      item->neuron = NULL;
    }
}

static gboolean
read_items (EngramNeuronPage  *self,
            EngramNeuronStore *store,
            const gint64      *rowids,
            gsize              first,
            gsize              n_rowids,
            GCancellable      *cancellable,
            GError           **error)
{
  g_autoptr (GArray) found = NULL;
  g_autoptr (GError) read_error = NULL;
  gsize half;

  if (n_rowids == 0)
    return TRUE;
  found = engram_neuron_store_list_items (store, rowids + first, n_rowids, cancellable, &read_error);
  if (found != NULL)
    {
      take_items (self, first, found);
      return TRUE;
    }
  /* One broken row must not hide its neighbours. */
  if (g_error_matches (read_error, ENGRAM_ERROR, ENGRAM_ERROR_DAMAGED))
    {
      if (self->error == NULL)
        self->error = g_error_copy (read_error);
      if (n_rowids == 1)
        return TRUE;
      half = n_rowids / 2;
      return read_items (self, store, rowids, first, half, cancellable, error) &&
             read_items (self, store, rowids, first + half, n_rowids - half, cancellable, error);
    }
  g_propagate_error (error, g_steal_pointer (&read_error));
  return FALSE;
}

/**
 * engram_neuron_page_read:
 * @store: where the neurons are
 * @rowids: (array length=n_rowids): which
 * @n_rowids: how many
 * @cancellable: (nullable): a #GCancellable
 * @error: return location, or %NULL
 *
 * Reads neurons for a list, those too that stand beside ones that cannot be read. For a worker's thread.
 *
 * Returns: (transfer full) (nullable): the page, or %NULL with the store's error
 */
EngramNeuronPage *
engram_neuron_page_read (EngramNeuronStore *store,
                         const gint64      *rowids,
                         gsize              n_rowids,
                         GCancellable      *cancellable,
                         GError           **error)
{
  g_autoptr (EngramNeuronPage) self = g_atomic_rc_box_new0 (EngramNeuronPage);

  self->n_items = n_rowids;
  self->items = g_new0 (EngramNeuronListItem, n_rowids);
  if (!read_items (self, store, rowids, 0, n_rowids, cancellable, error))
    return NULL;
  return g_steal_pointer (&self);
}
