/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lists/engram-record-model-private.h"

#include <glib/gi18n.h>

/* Where a record stands in its model: first its rowid, looked up in a worker, then the place of that in the order of
 * rows. */

typedef struct {
  EngramRecordKind kind;
  char *id;
} Lookup;

static void
lookup_free (Lookup *self)
{
  g_free (self->id);
  g_free (self);
}

static gboolean
get_neuron_rowid (EngramDatabase  *database,
                  const char      *id,
                  gint64          *rowid,
                  GCancellable    *cancellable,
                  GError         **error)
{
  g_autoptr (EngramNeuronStore) store = engram_neuron_store_new (database);
  g_autoptr (EngramNeuron) neuron = engram_neuron_store_get (store, id, cancellable, error);

  if (neuron != NULL)
    *rowid = neuron->rowid;
  return neuron != NULL;
}

static gboolean
get_synapse_rowid (EngramDatabase  *database,
                   const char      *id,
                   gint64          *rowid,
                   GCancellable    *cancellable,
                   GError         **error)
{
  g_autoptr (EngramSynapseStore) store = engram_synapse_store_new (database);
  g_autoptr (EngramSynapse) synapse = engram_synapse_store_get (store, id, cancellable, error);

  if (synapse != NULL)
    *rowid = synapse->rowid;
  return synapse != NULL;
}

static void
find_rowid (GTask        *task,
            gpointer      source,
            gpointer      task_data,
            GCancellable *cancellable)
{
  const Lookup *lookup = task_data;
  GError *error = NULL;
  gint64 rowid;
  gboolean found = lookup->kind == ENGRAM_RECORD_NEURON
                   ? get_neuron_rowid (source, lookup->id, &rowid, cancellable, &error)
                   : get_synapse_rowid (source, lookup->id, &rowid, cancellable, &error);

  if (found)
    g_task_return_pointer (task, g_memdup2 (&rowid, sizeof rowid), g_free);
  else
    g_task_return_error (task, error);
}

static void
rowid_found (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  EngramRecordModel *self = g_task_get_source_object (task);
  GError *error = NULL;
  gint64 *rowid = g_task_propagate_pointer (G_TASK (result), &error);

  if (rowid == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_task_set_task_data (task, rowid, g_free);
  engram_record_model_take_search (self, g_steal_pointer (&task), *rowid);
}

static const char *
describe_absence (EngramRecordModel *self)
{
  gboolean filtered = !engram_query_is_empty (engram_record_model_get_query (self));

  if (engram_record_model_get_kind (self) == ENGRAM_RECORD_NEURON)
    return filtered ? _("The neuron is there, but the filter hides it.") : _("The neuron is not in this list.");
  return filtered ? _("The synapse is there, but the filter hides it.") : _("The synapse is not in this list.");
}

/* Ends a search whose rowid is known. */
void
engram_record_search_finish (GTask          *task,
                             EngramRowOrder *order,
                             const GError   *error)
{
  const gint64 *rowid = g_task_get_task_data (task);

  if (error != NULL)
    g_task_return_error (task, g_error_copy (error));
  else if (order != NULL && engram_row_order_find (order, *rowid, NULL))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_new_error (task, ENGRAM_ERROR, ENGRAM_ERROR_NOT_FOUND, "%s",
                             describe_absence (g_task_get_source_object (task)));
}

void
engram_record_model_find_async (EngramRecordModel   *self,
                                const char          *id,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GTask) search = NULL;
  Lookup *lookup;

  g_return_if_fail (ENGRAM_IS_RECORD_MODEL (self));
  g_return_if_fail (id != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, engram_record_model_find_async);
  search = g_task_new (engram_record_model_get_database (self), cancellable, rowid_found, g_steal_pointer (&task));
  g_task_set_source_tag (search, engram_record_model_find_async);
  lookup = g_new (Lookup, 1);
  lookup->kind = engram_record_model_get_kind (self);
  lookup->id = g_strdup (id);
  g_task_set_task_data (search, lookup, (GDestroyNotify) lookup_free);
  g_task_run_in_thread (search, find_rowid);
}

gboolean
engram_record_model_find_finish (EngramRecordModel  *self,
                                 GAsyncResult       *result,
                                 guint              *position,
                                 GError            **error)
{
  EngramRowOrder *order;
  const gint64 *rowid;
  gsize found;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  /* Where it is now: there may have been another order since. */
  order = engram_record_model_get_order (self);
  rowid = g_task_get_task_data (G_TASK (result));
  if (!engram_row_order_find (order, *rowid, &found))
    {
      g_set_error_literal (error, ENGRAM_ERROR, ENGRAM_ERROR_NOT_FOUND, describe_absence (self));
      return FALSE;
    }
  *position = found;
  return TRUE;
}
