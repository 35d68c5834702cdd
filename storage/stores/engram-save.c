/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "engram-error-private.h"
#include "model/engram-time.h"
#include "stores/engram-neuron-store-private.h"
#include "stores/engram-synapse-store-private.h"
#include "stores/engram-transfer-private.h"

/* What a save does, in the order in which it is done. A neuron goes with all synapses at its ends: so it goes only when
 * those that are to stay have been led elsewhere, and that may be to a neuron that has just come. Until then it has no
 * say in how long vectors must be: it gives up its own before others come. Those of neurons that stay do count, as they
 * are in the file: a save can replace neurons by ones with longer vectors, but not lengthen all vectors in place. */
typedef enum {
  DELETE_SYNAPSES,
  EMPTY_NEURONS, /* those of DELETE_NEURONS */
  CREATE_NEURONS,
  UPDATE_NEURONS,
  UPDATE_SYNAPSES,
  DELETE_NEURONS,
  CREATE_SYNAPSES,
  N_STEPS,
} Step;

static const EngramStoreOperation *const operations[N_STEPS] = {
  [DELETE_SYNAPSES] = &engram_synapse_delete_operation,
  [EMPTY_NEURONS] = &engram_neuron_empty_operation,
  [CREATE_NEURONS] = &engram_neuron_create_operation,
  [UPDATE_NEURONS] = &engram_neuron_update_operation,
  [UPDATE_SYNAPSES] = &engram_synapse_update_operation,
  [DELETE_NEURONS] = &engram_neuron_delete_operation,
  [CREATE_SYNAPSES] = &engram_synapse_create_operation,
};

/* How much of the work is over when each step begins. */
static const double fractions[N_STEPS + 1] = { 0.1, 0.15, 0.17, 0.35, 0.5, 0.7, 0.75, 1 };

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
      g_ptr_array_add (self->records[EMPTY_NEURONS], deletion);
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

/* A synapse that is to be there must not go with a neuron that is not. */
static gboolean
check_ends (Save       *self,
            GPtrArray  *synapses,
            GError    **error)
{
  g_autoptr (GHashTable) doomed = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < self->records[DELETE_NEURONS]->len; i++)
    g_hash_table_add (doomed, (gpointer) ((EngramNeuronDeletion *) self->records[DELETE_NEURONS]->pdata[i])->id);
  for (guint i = 0; i < synapses->len && g_hash_table_size (doomed) > 0; i++)
    {
      const EngramSynapse *synapse = synapses->pdata[i];
      gboolean is_source = synapse->source_id != NULL && g_hash_table_contains (doomed, synapse->source_id);

      if (is_source || (synapse->target_id != NULL && g_hash_table_contains (doomed, synapse->target_id)))
        {
          engram_set_record_error (error, ENGRAM_ERROR_NOT_FOUND, ENGRAM_RECORD_SYNAPSE, synapse->id,
                                   is_source ? "source_neuron_id" : "target_neuron_id", _("there is no neuron %s"),
                                   is_source ? synapse->source_id : synapse->target_id);
          return FALSE;
        }
    }
  return TRUE;
}

G_STATIC_ASSERT ((int) ENGRAM_NEURON_ID == (int) ENGRAM_SYNAPSE_ID);

/* Whether a record was read from a row whose id is NULL or no text. Nobody can speak of such a row by an id, so it
 * stays as it is. */
static gboolean
is_nameless (EngramChangeKind kind,
             gconstpointer    record)
{
  const EngramRecord *head = record;

  return head->rowid != 0 && (get_record_id (kind, record) == NULL || (head->odd & ENGRAM_NEURON_ID) != 0);
}

/* The id of a row, or NULL where the row is such a one: see engram_record_read(). */
static const char *
read_id (sqlite3_stmt *row)
{
  const char *id;

  if (sqlite3_column_type (row, 0) != SQLITE_TEXT)
    return NULL;
  id = (const char *) sqlite3_column_text (row, 0);
  return id != NULL && g_utf8_validate_len (id, sqlite3_column_bytes (row, 0), NULL) ? id : NULL;
}

/* (transfer full): the ids of the records, which own them, or NULL with @error set. */
static GHashTable *
collect_ids (EngramChangeKind   kind,
             GPtrArray         *records,
             GError           **error)
{
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < records->len; i++)
    {
      gpointer record = g_ptr_array_index (records, i);
      const char *id = get_record_id (kind, record);

      if (!is_nameless (kind, record) && (id == NULL || !g_hash_table_add (ids, (gpointer) id)))
        {
          engram_set_record_error (error, id == NULL ? ENGRAM_ERROR_INVALID : ENGRAM_ERROR_EXISTS,
                                   kind == ENGRAM_CHANGE_NEURON ? ENGRAM_RECORD_NEURON : ENGRAM_RECORD_SYNAPSE, id,
                                   "id", id == NULL ? _("it is missing") : _("it stands twice in what is to be saved"));
          return NULL;
        }
    }
  return g_steal_pointer (&ids);
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
  g_autoptr (GHashTable) left = collect_ids (kind, records, error);
  g_autoptr (EngramStatement) statement = NULL;
  int status;

  if (left == NULL)
    return FALSE;
  statement = engram_connection_prepare (self->write.writer, sql, error);
  if (statement == NULL)
    return FALSE;
  while ((status = engram_statement_step (statement, error)) > 0)
    {
      const char *id = read_id (engram_statement_get_handle (statement));

      if (id != NULL && !g_hash_table_remove (left, id))
        add_deletion (self, kind, g_strdup (id));
    }
  if (status < 0)
    return FALSE;

  for (guint i = 0; i < records->len; i++)
    {
      gpointer record = g_ptr_array_index (records, i);
      gboolean is_new;

      if (is_nameless (kind, record))
        continue;
      is_new = g_hash_table_contains (left, get_record_id (kind, record));
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
              check_ends (&save, contents->synapses, error) &&
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
      const char *id = get_record_id (kind, record);
      EngramChange change = id != NULL ? engram_change_tracker_get (tracker, kind, id) : ENGRAM_CHANGE_NONE;

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
          plan_changes (&save, ENGRAM_CHANGE_SYNAPSE, contents->synapses, tracker, error) &&
          check_ends (&save, save.records[UPDATE_SYNAPSES], error);
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
