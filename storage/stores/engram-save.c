/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "engram-error-private.h"
#include "model/engram-time.h"
#include "stores/engram-neuron-store-private.h"
#include "stores/engram-synapse-store-private.h"
#include "stores/engram-transfer-private.h"

/* What a save does, in the order in which it is done: what goes makes room for what comes, and neurons are there before
 * the synapses that join them. */
typedef enum {
  DELETE_SYNAPSES,
  DELETE_NEURONS,
  CREATE_NEURONS,
  UPDATE_NEURONS,
  CREATE_SYNAPSES,
  UPDATE_SYNAPSES,
  N_STEPS,
} Step;

static const EngramStoreOperation *const operations[N_STEPS] = {
  [DELETE_SYNAPSES] = &engram_synapse_delete_operation,
  [DELETE_NEURONS] = &engram_neuron_delete_operation,
  [CREATE_NEURONS] = &engram_neuron_create_operation,
  [UPDATE_NEURONS] = &engram_neuron_update_operation,
  [CREATE_SYNAPSES] = &engram_synapse_create_operation,
  [UPDATE_SYNAPSES] = &engram_synapse_update_operation,
};

static const double fractions[N_STEPS + 1] = { 0.1, 0.15, 0.2, 0.35, 0.5, 0.75, 1 };

typedef struct {
  EngramStoreWrite      write;
  GPtrArray            *records[N_STEPS];
  EngramStoreGroup      groups[N_STEPS];
  GPtrArray            *owned; /* ids that lie in no record */
} Save;

static void
save_init (Save *self)
{
  *self = (Save) { 0 };
  for (int step = 0; step < N_STEPS; step++)
    self->records[step] = g_ptr_array_new ();
  g_ptr_array_set_free_func (self->records[DELETE_NEURONS], g_free);
  self->owned = g_ptr_array_new_with_free_func (g_free);
}

static void
save_clear (Save *self)
{
  for (int step = 0; step < N_STEPS; step++)
    {
      engram_store_group_clear (&self->groups[step]);
      g_ptr_array_unref (self->records[step]);
    }
  g_ptr_array_unref (self->owned);
}

/* Takes the id. */
static void
add_deletion (Save             *self,
              EngramChangeKind  kind,
              char             *id)
{
  g_ptr_array_add (self->owned, id);
  if (kind == ENGRAM_CHANGE_SYNAPSE)
    {
      g_ptr_array_add (self->records[DELETE_SYNAPSES], id);
    }
  else
    {
      EngramNeuronDeletion *deletion = g_new0 (EngramNeuronDeletion, 1);

      deletion->id = id;
      g_ptr_array_add (self->records[DELETE_NEURONS], deletion);
    }
}

static const char *
get_record_id (EngramChangeKind kind,
               gconstpointer    record)
{
  return kind == ENGRAM_CHANGE_NEURON ? ((const EngramNeuron *) record)->id : ((const EngramSynapse *) record)->id;
}

static Step
get_create_step (EngramChangeKind kind)
{
  return kind == ENGRAM_CHANGE_NEURON ? CREATE_NEURONS : CREATE_SYNAPSES;
}

static Step
get_update_step (EngramChangeKind kind)
{
  return kind == ENGRAM_CHANGE_NEURON ? UPDATE_NEURONS : UPDATE_SYNAPSES;
}

static gboolean
apply (Save                *self,
       EngramProgressFunc   progress,
       gpointer             user_data,
       GCancellable        *cancellable,
       GError             **error)
{
  for (int step = 0; step < N_STEPS; step++)
    {
      GPtrArray *records = self->records[step];

      if (progress != NULL)
        progress (_("Saving changes"), fractions[step], user_data);
      self->groups[step] = (EngramStoreGroup) { operations[step], records->pdata, records->len, NULL };
      if (!engram_store_apply (&self->write, &self->groups[step], cancellable, error))
        return FALSE;
    }
  if (progress != NULL)
    progress (_("Saving changes"), fractions[N_STEPS], user_data);
  return TRUE;
}

static guint64
count_changed (const EngramStoreGroup *group)
{
  guint64 count = 0;

  for (guint i = 0; i < group->n_records; i++)
    count += group->results[i].changed;
  return count;
}

static void
finish (Save            *self,
        const char      *action,
        EngramDatabase  *database,
        gint64           start,
        EngramTransfer  *transfer)
{
  EngramTransfer done = {
    .neurons_created = self->groups[CREATE_NEURONS].n_records,
    .neurons_modified = count_changed (&self->groups[UPDATE_NEURONS]),
    .neurons_deleted = self->groups[DELETE_NEURONS].n_records,
    .synapses_created = self->groups[CREATE_SYNAPSES].n_records,
    .synapses_modified = count_changed (&self->groups[UPDATE_SYNAPSES]),
    .synapses_deleted = self->groups[DELETE_SYNAPSES].n_records,
  };

  for (int step = 0; step < N_STEPS; step++)
    engram_store_finish_group (&self->groups[step], self->write.now);
  for (guint i = 0; i < self->groups[DELETE_NEURONS].n_records; i++)
    done.synapses_deleted += self->groups[DELETE_NEURONS].results[i].n_synapses_deleted;
  engram_transfer_finish (&done, action, engram_database_get_path (database), start, transfer);
}

/* Sorts the records of one table into those that the table has and those that it lacks, and finds the rows that none
 * of them stands for. */
static gboolean
plan_table (Save              *self,
            EngramChangeKind   kind,
            const char        *sql,
            GPtrArray         *records,
            GError           **error)
{
  g_autoptr (GHashTable) left = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (EngramStatement) statement = engram_connection_prepare (self->write.writer, sql, error);
  int status;

  if (statement == NULL)
    return FALSE;
  for (guint i = 0; i < records->len; i++)
    {
      gpointer record = g_ptr_array_index (records, i);
      const char *id = get_record_id (kind, record);

      if (id == NULL || !g_hash_table_add (left, (gpointer) id))
        {
          engram_set_record_error (error, id == NULL ? ENGRAM_ERROR_INVALID : ENGRAM_ERROR_EXISTS,
                                   kind == ENGRAM_CHANGE_NEURON ? ENGRAM_RECORD_NEURON : ENGRAM_RECORD_SYNAPSE, id,
                                   "id", id == NULL ? _("it is missing") : _("it stands twice in what is to be saved"));
          return FALSE;
        }
    }

  while ((status = engram_statement_step (statement, error)) > 0)
    {
      const char *id = (const char *) sqlite3_column_text (engram_statement_get_handle (statement), 0);

      /* A row without an id is not one that any record could stand for: it stays. */
      if (id != NULL && !g_hash_table_remove (left, id))
        add_deletion (self, kind, g_strdup (id));
    }
  if (status < 0)
    return FALSE;

  for (guint i = 0; i < records->len; i++)
    {
      gpointer record = g_ptr_array_index (records, i);
      gboolean is_new = g_hash_table_contains (left, get_record_id (kind, record));

      g_ptr_array_add (self->records[is_new ? get_create_step (kind) : get_update_step (kind)], record);
    }
  return TRUE;
}

gboolean
engram_save_all (EngramDatabase        *database,
                 const EngramContents  *contents,
                 EngramTransfer        *transfer,
                 EngramProgressFunc     progress,
                 gpointer               user_data,
                 GCancellable          *cancellable,
                 GError               **error)
{
  g_autofree char *now = engram_time_now ();
  gint64 start = g_get_monotonic_time ();
  gboolean saved;
  Save save;

  g_return_val_if_fail (ENGRAM_IS_DATABASE (database), FALSE);
  g_return_val_if_fail (contents != NULL, FALSE);

  save_init (&save);
  saved = engram_store_begin_write (&save.write, database, now, cancellable, error);
  if (saved)
    {
      saved = plan_table (&save, ENGRAM_CHANGE_NEURON, "SELECT id FROM neurons", contents->neurons, error) &&
              plan_table (&save, ENGRAM_CHANGE_SYNAPSE, "SELECT id FROM synapses", contents->synapses, error) &&
              apply (&save, progress, user_data, cancellable, error);
      saved = engram_store_end_write (&save.write, saved, error);
    }
  if (saved)
    finish (&save, "save-all", database, start, transfer);
  save_clear (&save);
  return saved;
}

/* Takes those records that are marked, in the order of rows, and the ids of those that are to go. */
static gboolean
plan_changes (Save                 *self,
              EngramChangeKind      kind,
              GPtrArray            *records,
              EngramChangeTracker  *tracker,
              GError              **error)
{
  g_autoptr (GPtrArray) deleted = engram_change_tracker_list (tracker, kind, ENGRAM_CHANGE_DELETED);
  guint n_created = engram_change_tracker_count (tracker, kind, ENGRAM_CHANGE_CREATED);
  guint n_modified = engram_change_tracker_count (tracker, kind, ENGRAM_CHANGE_MODIFIED);
  GPtrArray *to_create = self->records[get_create_step (kind)];
  GPtrArray *to_update = self->records[get_update_step (kind)];

  for (guint i = 0; i < records->len && (to_create->len < n_created || to_update->len < n_modified); i++)
    {
      gpointer record = g_ptr_array_index (records, i);
      EngramChange change = engram_change_tracker_get (tracker, kind, get_record_id (kind, record));

      if (change == ENGRAM_CHANGE_CREATED)
        g_ptr_array_add (to_create, record);
      else if (change == ENGRAM_CHANGE_MODIFIED)
        g_ptr_array_add (to_update, record);
    }
  for (guint i = 0; i < deleted->len; i++)
    add_deletion (self, kind, g_strdup (g_ptr_array_index (deleted, i)));
  if (to_create->len == n_created && to_update->len == n_modified)
    return TRUE;

  g_set_error_literal (error, ENGRAM_ERROR, ENGRAM_ERROR_NOT_FOUND,
                       _("Something is marked as changed that is not among what is to be saved."));
  return FALSE;
}

gboolean
engram_save_changes (EngramDatabase        *database,
                     const EngramContents  *contents,
                     EngramChangeTracker   *tracker,
                     EngramTransfer        *transfer,
                     GCancellable          *cancellable,
                     GError               **error)
{
  g_autofree char *now = engram_time_now ();
  gint64 start = g_get_monotonic_time ();
  gboolean saved;
  Save save;

  g_return_val_if_fail (ENGRAM_IS_DATABASE (database), FALSE);
  g_return_val_if_fail (contents != NULL, FALSE);
  g_return_val_if_fail (ENGRAM_IS_CHANGE_TRACKER (tracker), FALSE);

  save_init (&save);
  saved = plan_changes (&save, ENGRAM_CHANGE_NEURON, contents->neurons, tracker, error) &&
          plan_changes (&save, ENGRAM_CHANGE_SYNAPSE, contents->synapses, tracker, error);
  if (saved && !engram_change_tracker_is_empty (tracker))
    {
      saved = engram_store_begin_write (&save.write, database, now, cancellable, error);
      if (saved)
        {
          saved = apply (&save, NULL, NULL, cancellable, error);
          saved = engram_store_end_write (&save.write, saved, error);
        }
    }
  if (saved)
    {
      finish (&save, "save-changes", database, start, transfer);
      engram_change_tracker_clear (tracker);
    }
  save_clear (&save);
  return saved;
}
