/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lists/engram-neuron-model-private.h"

#include <glib/gi18n.h>

/* Where a neuron stands in its model: first its rowid, looked up in a worker, then the place of that in the
 * order of rows. */

static void
find_rowid (GTask        *task,
            gpointer      source,
            gpointer      task_data,
            GCancellable *cancellable)
{
  g_autoptr (EngramNeuron) neuron = NULL;
  GError *error = NULL;

  neuron = engram_neuron_store_get (source, task_data, cancellable, &error);
  if (neuron != NULL)
    g_task_return_pointer (task, g_memdup2 (&neuron->rowid, sizeof neuron->rowid), g_free);
  else
    g_task_return_error (task, error);
}

static void
rowid_found (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  EngramNeuronModel *self = g_task_get_source_object (task);
  GError *error = NULL;
  gint64 *rowid = g_task_propagate_pointer (G_TASK (result), &error);

  if (rowid == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_task_set_task_data (task, rowid, g_free);
  engram_neuron_model_take_search (self, g_steal_pointer (&task), *rowid);
}

/* Ends a search whose rowid is known. */
void
engram_neuron_search_finish (GTask          *task,
                             EngramRowOrder *order,
                             const GError   *error)
{
  const gint64 *rowid = g_task_get_task_data (task);
  gsize position;

  if (error != NULL)
    g_task_return_error (task, g_error_copy (error));
  else if (order != NULL && engram_row_order_find (order, *rowid, &position))
    g_task_return_pointer (task, g_memdup2 (&position, sizeof position), g_free);
  else
    g_task_return_new_error (task, ENGRAM_ERROR, ENGRAM_ERROR_NOT_FOUND, "%s",
                             _("The neuron is not in this list."));
}

/**
 * engram_neuron_model_find_async:
 * @self: a model
 * @id: the id of a neuron
 * @cancellable: (nullable): a #GCancellable
 * @callback: called in the main loop
 * @user_data: for @callback
 *
 * Looks up where a neuron stands, once that is known.
 */
void
engram_neuron_model_find_async (EngramNeuronModel   *self,
                                const char          *id,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GTask) lookup = NULL;

  g_return_if_fail (ENGRAM_IS_NEURON_MODEL (self));
  g_return_if_fail (id != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, engram_neuron_model_find_async);
  lookup = g_task_new (engram_neuron_model_get_store (self), cancellable, rowid_found,
                       g_steal_pointer (&task));
  g_task_set_source_tag (lookup, engram_neuron_model_find_async);
  g_task_set_task_data (lookup, g_strdup (id), g_free);
  g_task_run_in_thread (lookup, find_rowid);
}

/**
 * engram_neuron_model_find_finish:
 * @self: a model
 * @result: what the callback got
 * @position: (out): where the neuron stands now
 * @error: return location, or %NULL
 *
 * Returns: %TRUE, or %FALSE with %ENGRAM_ERROR_NOT_FOUND or another error of the store
 */
gboolean
engram_neuron_model_find_finish (EngramNeuronModel  *self,
                                 GAsyncResult       *result,
                                 guint              *position,
                                 GError            **error)
{
  g_autofree gsize *found = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  found = g_task_propagate_pointer (G_TASK (result), error);
  if (found == NULL)
    return FALSE;
  *position = (guint) *found;
  return TRUE;
}
