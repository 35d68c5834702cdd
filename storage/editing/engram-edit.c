/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "editing/engram-edit-private.h"

#include <glib/gi18n-lib.h>

#include "editing/engram-edit-merge-private.h"
#include "engram-error-private.h"
#include "engram-log-private.h"
#include "safety/engram-bulk-change-private.h"

struct _EngramEdit {
  EngramChangeTracker *tracker;
  GHashTable          *items[ENGRAM_EDIT_N_KINDS]; /* by the ids of their records */
  GError              *error;                      /* the first of what cannot be done, whatever is in the file */
};

static void
neuron_item_free (gpointer data)
{
  EngramEditItem *item = data;

  engram_neuron_free (item->before);
  engram_neuron_free (item->after);
  g_free (item);
}

static void
synapse_item_free (gpointer data)
{
  EngramEditItem *item = data;

  engram_synapse_free (item->before);
  engram_synapse_free (item->after);
  g_free (item);
}

EngramEdit *
engram_edit_new (void)
{
  EngramEdit *self = g_new0 (EngramEdit, 1);

  self->tracker = engram_change_tracker_new ();
  self->items[ENGRAM_CHANGE_NEURON] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, neuron_item_free);
  self->items[ENGRAM_CHANGE_SYNAPSE] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, synapse_item_free);
  return self;
}

void
engram_edit_free (EngramEdit *self)
{
  if (self == NULL)
    return;
  g_object_unref (self->tracker);
  for (int kind = 0; kind < ENGRAM_EDIT_N_KINDS; kind++)
    g_hash_table_unref (self->items[kind]);
  g_clear_error (&self->error);
  g_free (self);
}

/* What the person does */

/* Notes what is wrong, unless something was before. */
static void
refuse (EngramEdit       *self,
        EngramChangeKind  kind,
        EngramError       code,
        gconstpointer     record,
        const char       *reason)
{
  if (self->error == NULL)
    engram_set_record_error (&self->error, code, engram_edit_kinds[kind].record_kind, engram_edit_get_id (kind, record),
                             "id", "%s", reason);
}

static void
create (EngramEdit       *self,
        EngramChangeKind  kind,
        gconstpointer     record)
{
  const char *id = engram_edit_get_id (kind, record);
  EngramEditItem *item;

  if (id == NULL)
    {
      refuse (self, kind, ENGRAM_ERROR_INVALID, record, _("it is missing"));
      return;
    }
  if (g_hash_table_contains (self->items[kind], id))
    {
      refuse (self, kind, ENGRAM_ERROR_EXISTS, record, _("it stands twice in what is to be saved"));
      return;
    }
  item = g_new0 (EngramEditItem, 1);
  item->after = engram_record_copy (engram_edit_kinds[kind].class, record);
  g_hash_table_insert (self->items[kind], g_strdup (id), item);
  engram_change_tracker_mark (self->tracker, kind, id, ENGRAM_CHANGE_CREATED);
}

/* Nobody can speak of a row by an id that is NULL, or no text. */
static gboolean
check_ids (EngramEdit       *self,
           EngramChangeKind  kind,
           gconstpointer     before,
           gconstpointer     after)
{
  const char *id = engram_edit_get_id (kind, before);

  if (id == NULL || (((const EngramRecord *) before)->odd & engram_edit_kinds[kind].id) != 0)
    refuse (self, kind, ENGRAM_ERROR_INVALID, before,
            _("the row has none that can be read; check the network, which can mend it"));
  else if (g_strcmp0 (id, engram_edit_get_id (kind, after)) != 0)
    refuse (self, kind, ENGRAM_ERROR_INVALID, before, _("it cannot be changed"));
  else
    return TRUE;
  return FALSE;
}

static void
change (EngramEdit       *self,
        EngramChangeKind  kind,
        gconstpointer     before,
        gconstpointer     after)
{
  const EngramRecordClass *class = engram_edit_kinds[kind].class;
  const char *id = engram_edit_get_id (kind, before);
  EngramEditItem *item;

  if (!check_ids (self, kind, before, after))
    return;
  item = g_hash_table_lookup (self->items[kind], id);
  if (item == NULL)
    {
      item = g_new0 (EngramEditItem, 1);
      item->before = engram_record_copy (class, before);
      g_hash_table_insert (self->items[kind], g_strdup (id), item);
    }
  engram_record_free (class, item->after);
  item->after = engram_record_copy (class, after);
  engram_change_tracker_mark (self->tracker, kind, id, ENGRAM_CHANGE_MODIFIED);
}

void
engram_edit_create_neuron (EngramEdit         *self,
                           const EngramNeuron *neuron)
{
  g_return_if_fail (self != NULL && neuron != NULL);

  create (self, ENGRAM_CHANGE_NEURON, neuron);
}

void
engram_edit_create_synapse (EngramEdit          *self,
                            const EngramSynapse *synapse)
{
  g_return_if_fail (self != NULL && synapse != NULL);

  create (self, ENGRAM_CHANGE_SYNAPSE, synapse);
}

void
engram_edit_change_neuron (EngramEdit         *self,
                           const EngramNeuron *before,
                           const EngramNeuron *after)
{
  g_return_if_fail (self != NULL && before != NULL && after != NULL);

  change (self, ENGRAM_CHANGE_NEURON, before, after);
}

void
engram_edit_change_synapse (EngramEdit          *self,
                            const EngramSynapse *before,
                            const EngramSynapse *after)
{
  g_return_if_fail (self != NULL && before != NULL && after != NULL);

  change (self, ENGRAM_CHANGE_SYNAPSE, before, after);
}

/* What it comes to */

/* One edit on its way into a file. */
typedef struct {
  EngramEdit            *edit;
  EngramEditTransaction  transaction;
  EngramEditSummary      summary;
} Application;

/* Looking first: a file in which nothing will change, or for which it is refused, is not touched. */
static gboolean
look_at_changed (EngramEdit        *self,
                 EngramChangeKind   kind,
                 EngramConnection  *reader,
                 gboolean          *changes,
                 GError           **error)
{
  g_autoptr (GPtrArray) ids = engram_change_tracker_list (self->tracker, kind, ENGRAM_CHANGE_MODIFIED);

  for (guint i = 0; i < ids->len; i++)
    {
      const EngramEditItem *item = g_hash_table_lookup (self->items[kind], ids->pdata[i]);
      guint columns;
      gpointer merged = engram_edit_merge (kind, reader, item, &columns, error);

      if (merged == NULL)
        return FALSE;
      engram_record_free (engram_edit_kinds[kind].class, merged);
      *changes = *changes || columns != 0;
    }
  return TRUE;
}

static gboolean
look_at_created (EngramEdit        *self,
                 EngramChangeKind   kind,
                 gboolean          *changes,
                 GError           **error)
{
  g_autoptr (GPtrArray) ids = engram_change_tracker_list (self->tracker, kind, ENGRAM_CHANGE_CREATED);

  for (guint i = 0; i < ids->len; i++)
    {
      const EngramEditItem *item = g_hash_table_lookup (self->items[kind], ids->pdata[i]);

      if (!engram_edit_kinds[kind].create->check (item->after, error))
        return FALSE;
      *changes = TRUE;
    }
  return TRUE;
}

static gboolean
look (EngramEdit      *self,
      EngramDatabase  *database,
      gboolean        *changes,
      GCancellable    *cancellable,
      GError         **error)
{
  g_autoptr (EngramReader) reader = engram_store_begin_read (database, cancellable, error);

  *changes = FALSE;
  if (reader == NULL)
    return FALSE;
  for (EngramChangeKind kind = 0; kind < ENGRAM_EDIT_N_KINDS; kind++)
    if (!look_at_created (self, kind, changes, error) || !look_at_changed (self, kind, reader, changes, error))
      return FALSE;
  return TRUE;
}

static gboolean
write_created (Application       *self,
               EngramChangeKind   kind,
               GError           **error)
{
  g_autoptr (GPtrArray) ids = engram_change_tracker_list (self->edit->tracker, kind, ENGRAM_CHANGE_CREATED);
  EngramStoreWrite *write = &self->transaction.write;

  for (guint i = 0; i < ids->len; i++)
    {
      const EngramEditItem *item = g_hash_table_lookup (self->edit->items[kind], ids->pdata[i]);
      EngramStoreResult result = { 0 };

      if (!engram_edit_kinds[kind].create->write (write, item->after, &result, error) ||
          !engram_history_note_inserted (self->transaction.recording, engram_edit_kinds[kind].table, result.rowid,
                                         result.rowid, error))
        return FALSE;
    }
  g_clear_pointer (&write->insert_sql, g_free);
  if (kind == ENGRAM_CHANGE_NEURON)
    self->summary.counts.neurons_created = ids->len;
  else
    self->summary.counts.synapses_created = ids->len;
  return TRUE;
}

static void
count_changed (Application      *self,
               EngramChangeKind  kind,
               gconstpointer     record,
               guint             columns)
{
  if (kind == ENGRAM_CHANGE_SYNAPSE)
    {
      self->summary.counts.synapses_changed++;
      self->summary.synapse_columns |= columns;
      return;
    }
  self->summary.counts.neurons_changed++;
  self->summary.neuron_columns |= columns;
  g_free (self->summary.neuron_name);
  self->summary.neuron_name = engram_edit_shorten (engram_neuron_get_summary (record));
}

static gboolean
write_changed_one (Application       *self,
                   EngramChangeKind   kind,
                   const EngramEditItem        *item,
                   GError           **error)
{
  EngramStoreWrite *write = &self->transaction.write;
  gint64 before = sqlite3_total_changes64 (engram_connection_get_handle (write->writer));
  EngramStoreResult result = { 0 };
  guint columns;
  gpointer merged = engram_edit_merge (kind, write->writer, item, &columns, error);
  gboolean done = merged != NULL;

  if (done && columns != 0)
    {
      done = engram_history_note_row (self->transaction.recording, engram_edit_kinds[kind].table,
                                      ((const EngramRecord *) merged)->rowid, error) &&
             engram_edit_kinds[kind].update->write (write, merged, &result, error) &&
             engram_bulk_change_check_others (write->writer, before, error);
      if (done)
        count_changed (self, kind, merged, columns);
    }
  engram_record_free (engram_edit_kinds[kind].class, merged);
  return done;
}

static gboolean
write_changed (Application       *self,
               EngramChangeKind   kind,
               GError           **error)
{
  g_autoptr (GPtrArray) ids = engram_change_tracker_list (self->edit->tracker, kind, ENGRAM_CHANGE_MODIFIED);

  for (guint i = 0; i < ids->len; i++)
    if (!write_changed_one (self, kind, g_hash_table_lookup (self->edit->items[kind], ids->pdata[i]), error))
      return FALSE;
  return TRUE;
}

static gboolean
write_all (Application      *self,
           EngramDatabase   *database,
           EngramHistory    *history,
           char            **label,
           GCancellable     *cancellable,
           GError          **error)
{
  gboolean done = TRUE;

  if (!engram_edit_begin (&self->transaction, database, history, "edit", cancellable, error))
    return FALSE;
  for (EngramChangeKind kind = 0; done && kind < ENGRAM_EDIT_N_KINDS; kind++)
    done = write_created (self, kind, error) && write_changed (self, kind, error);
  *label = done ? engram_edit_make_label (&self->summary) : NULL;
  return engram_edit_end (&self->transaction, done, *label, error);
}

static void
log_edit (const EngramEditResult *counts)
{
  guint64 n_records = counts->neurons_created + counts->neurons_changed + counts->synapses_created +
                      counts->synapses_changed;

  if (n_records > 0)
    engram_log_action ("edit", NULL, n_records);
}

gboolean
engram_edit_apply (EngramEdit        *self,
                   EngramDatabase    *database,
                   EngramHistory     *history,
                   EngramEditResult  *result,
                   GCancellable      *cancellable,
                   GError           **error)
{
  Application application = { .edit = self };
  g_autofree char *label = NULL;
  gboolean changes, done;

  g_return_val_if_fail (self != NULL && ENGRAM_IS_DATABASE (database), FALSE);

  if (self->error != NULL)
    {
      g_propagate_error (error, g_error_copy (self->error));
      return FALSE;
    }
  done = look (self, database, &changes, cancellable, error) &&
         (!changes || write_all (&application, database, history, &label, cancellable, error));
  if (done)
    {
      log_edit (&application.summary.counts);
      engram_edit_give_result (&application.summary, g_steal_pointer (&label), result);
    }
  g_free (application.summary.neuron_name);
  return done;
}
