/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "details/engram-synapse-items.h"

#include <string.h>

#include "common/engram-type-style.h"

/* How often the filter looks whether it is still wanted. */
#define ITEMS_A_LOOK 1024

typedef struct {
  char *id;
  GPtrArray *all[2];
  char *filter; /* folded, or empty */
  EngramSynapseSort sort;
} Request;

static void
request_free (gpointer data)
{
  Request *self = data;

  for (guint i = 0; i < G_N_ELEMENTS (self->all); i++)
    g_clear_pointer (&self->all[i], g_ptr_array_unref);
  g_free (self->id);
  g_free (self->filter);
  g_free (self);
}

/**
 * engram_synapse_items_free:
 * @self: (transfer full): items
 *
 * Frees them.
 */
void
engram_synapse_items_free (EngramSynapseItems *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->all); i++)
    {
      g_clear_pointer (&self->shown[i], g_ptr_array_unref);
      g_clear_pointer (&self->all[i], g_ptr_array_unref);
    }
  g_free (self);
}

static char *
fold (const char *text)
{
  g_autofree char *normal = g_utf8_normalize (text, -1, G_NORMALIZE_ALL_COMPOSE);

  return g_utf8_casefold (normal != NULL ? normal : text, -1);
}

static gboolean
contains (const char *text,
          const char *filter)
{
  g_autofree char *folded = NULL;

  if (text == NULL)
    return FALSE;
  folded = fold (text);
  return strstr (folded, filter) != NULL;
}

static gboolean
matches (const EngramSynapseListItem *item,
         const char                  *filter)
{
  g_autofree char *label = NULL;

  if (contains (item->other_summary, filter) || contains (item->other_id, filter) ||
      contains (item->synapse->type, filter))
    return TRUE;
  if (item->other_type == NULL)
    return FALSE;
  label = engram_type_style_dup_label (item->other_type);
  return contains (label, filter);
}

static gboolean
filter_items (const GPtrArray  *all,
              const char       *filter,
              GPtrArray        *shown,
              GCancellable     *cancellable,
              GError          **error)
{
  for (guint i = 0; i < all->len; i++)
    {
      if (i % ITEMS_A_LOOK == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (*filter == '\0' || matches (all->pdata[i], filter))
        g_ptr_array_add (shown, all->pdata[i]);
    }
  return TRUE;
}

typedef struct {
  char *key;
  guint index;
  gpointer item;
} Keyed;

static int
compare_keyed (gconstpointer one,
               gconstpointer other)
{
  const Keyed *first = one, *second = other;
  int order = strcmp (first->key, second->key);

  return order != 0 ? order : (first->index > second->index) - (first->index < second->index);
}

static void
clear_keyed (gpointer data)
{
  g_free (((Keyed *) data)->key);
}

static void
sort_by_text (GPtrArray *shown)
{
  g_autoptr (GArray) keyed = g_array_sized_new (FALSE, FALSE, sizeof (Keyed), shown->len);

  g_array_set_clear_func (keyed, clear_keyed);
  for (guint i = 0; i < shown->len; i++)
    {
      const EngramSynapseListItem *item = shown->pdata[i];
      const char *text = item->other_summary != NULL ? item->other_summary : item->other_id;
      Keyed entry = { g_utf8_collate_key (text, -1), i, shown->pdata[i] };

      g_array_append_val (keyed, entry);
    }
  g_array_sort (keyed, compare_keyed);
  for (guint i = 0; i < shown->len; i++)
    shown->pdata[i] = g_array_index (keyed, Keyed, i).item;
}

static gboolean
load_side (EngramSynapseItems      *self,
           EngramSynapseStore      *store,
           const Request           *request,
           EngramSynapseDirection   direction,
           GCancellable            *cancellable,
           GError                 **error)
{
  if (request->all[direction] != NULL)
    self->all[direction] = g_ptr_array_ref (request->all[direction]);
  else
    self->all[direction] =
      engram_synapse_store_list_items (store, request->id, direction, G_MAXUINT, NULL, cancellable, error);
  if (self->all[direction] == NULL)
    return FALSE;
  self->shown[direction] = g_ptr_array_new ();
  if (!filter_items (self->all[direction], request->filter, self->shown[direction], cancellable, error))
    return FALSE;
  if (request->sort == ENGRAM_SYNAPSES_BY_TEXT)
    sort_by_text (self->shown[direction]);
  return TRUE;
}

static void
load_in_thread (GTask        *task,
                gpointer      source,
                gpointer      task_data,
                GCancellable *cancellable)
{
  g_autoptr (EngramSynapseStore) store = engram_synapse_store_new (source);
  g_autoptr (EngramSynapseItems) self = g_new0 (EngramSynapseItems, 1);
  GError *error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (self->all); i++)
    if (!load_side (self, store, task_data, i, cancellable, &error))
      {
        g_task_return_error (task, error);
        return;
      }
  g_task_return_pointer (task, g_steal_pointer (&self), (GDestroyNotify) engram_synapse_items_free);
}

/**
 * engram_synapse_items_load_async:
 * @database: a network
 * @id: the id of a neuron
 * @known: (nullable): all synapses as they were read before, which are not read again then
 * @filter: what the text, the type or the id of the other end, or the synapse's type, has in it; empty for all
 * @sort: in which order
 * @cancellable: (nullable): a #GCancellable
 * @callback: called in the main loop
 * @user_data: for @callback
 *
 * Reads, filters and sorts all synapses of a neuron in a worker.
 */
void
engram_synapse_items_load_async (EngramDatabase            *database,
                                 const char                *id,
                                 const EngramSynapseItems  *known,
                                 const char                *filter,
                                 EngramSynapseSort          sort,
                                 GCancellable              *cancellable,
                                 GAsyncReadyCallback        callback,
                                 gpointer                   user_data)
{
  g_autoptr (GTask) task = g_task_new (database, cancellable, callback, user_data);
  Request *request = g_new0 (Request, 1);

  request->id = g_strdup (id);
  request->filter = fold (filter);
  request->sort = sort;
  for (guint i = 0; known != NULL && i < G_N_ELEMENTS (request->all); i++)
    request->all[i] = g_ptr_array_ref (known->all[i]);
  g_task_set_source_tag (task, engram_synapse_items_load_async);
  g_task_set_task_data (task, request, request_free);
  g_task_run_in_thread (task, load_in_thread);
}

/**
 * engram_synapse_items_load_finish:
 * @result: what the callback got
 * @error: return location, or %NULL
 *
 * Returns: (transfer full) (nullable): the synapses, or %NULL with the store's error
 */
EngramSynapseItems *
engram_synapse_items_load_finish (GAsyncResult  *result,
                                  GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, engram_synapse_items_load_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
