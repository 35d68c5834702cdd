/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "stores/engram-synapse-store-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "engram-error-private.h"
#include "safety/engram-bulk-change-private.h"

G_DEFINE_FINAL_TYPE (EngramSynapseStore, engram_synapse_store, G_TYPE_OBJECT)

static const EngramStoreTable table = {
  .name = "synapses",
  .class = &engram_synapse_class,
  .id = ENGRAM_SYNAPSE_ID,
  .created_at = ENGRAM_SYNAPSE_CREATED_AT,
  .modified_at = ENGRAM_SYNAPSE_MODIFIED_AT,
};

static void
engram_synapse_store_finalize (GObject *object)
{
  EngramSynapseStore *self = ENGRAM_SYNAPSE_STORE (object);

  g_clear_object (&self->database);

  G_OBJECT_CLASS (engram_synapse_store_parent_class)->finalize (object);
}

static void
engram_synapse_store_class_init (EngramSynapseStoreClass *class)
{
  G_OBJECT_CLASS (class)->finalize = engram_synapse_store_finalize;
}

static void
engram_synapse_store_init (EngramSynapseStore *self)
{
}

EngramSynapseStore *
engram_synapse_store_new (EngramDatabase *database)
{
  EngramSynapseStore *self;

  g_return_val_if_fail (ENGRAM_IS_DATABASE (database), NULL);

  self = g_object_new (ENGRAM_TYPE_SYNAPSE_STORE, NULL);
  self->database = g_object_ref (database);
  return self;
}

EngramDatabase *
engram_synapse_store_get_database (EngramSynapseStore *self)
{
  g_return_val_if_fail (ENGRAM_IS_SYNAPSE_STORE (self), NULL);

  return self->database;
}

EngramStatement *
engram_synapse_store_prepare (EngramConnection  *connection,
                              const char        *rest,
                              GError           **error)
{
  gboolean has_fields = engram_connection_synapses_have_fields (connection);
  g_autofree char *sql = g_strconcat ("SELECT ", engram_synapse_select_columns (has_fields), " ", rest, NULL);

  return engram_connection_prepare (connection, sql, error);
}

static gboolean
set_not_found (const char  *id,
               GError     **error)
{
  engram_set_record_error (error, ENGRAM_ERROR_NOT_FOUND, ENGRAM_RECORD_SYNAPSE, id, NULL,
                           _("there is no such synapse in this network"));
  return FALSE;
}

/* 1: found; 0: there is none; -1: @error is set. */
static int
find_rowid (EngramConnection  *connection,
            const char        *id,
            gint64            *rowid,
            GError           **error)
{
  return engram_store_find_rowid (connection, "SELECT rowid FROM synapses WHERE id = ?", id, rowid, error);
}

/* The synapse of an id, or NULL with @error set. */
static EngramSynapse *
find_synapse (EngramConnection  *connection,
              const char        *id,
              GError           **error)
{
  g_autoptr (EngramStatement) statement =
    engram_synapse_store_prepare (connection, "FROM synapses WHERE id = ?", error);
  int step;

  if (statement == NULL)
    return NULL;

  engram_statement_bind_text (statement, 1, id);
  step = engram_statement_step (statement, error);
  if (step == 0)
    set_not_found (id, error);
  return step > 0 ? engram_synapse_read (engram_statement_get_handle (statement)) : NULL;
}

/* Whether there is a neuron at an end of a synapse. An error is about the neuron, its field the end. */
static gboolean
check_end (EngramConnection      *connection,
           const EngramSynapse   *synapse,
           EngramSynapseColumns   end,
           GError               **error)
{
  gboolean is_source = end == ENGRAM_SYNAPSE_SOURCE;
  const char *neuron_id = is_source ? synapse->source_id : synapse->target_id;
  gint64 rowid;
  int found = engram_store_find_rowid (connection, "SELECT rowid FROM neurons WHERE id = ?", neuron_id,
                                       &rowid, error);

  if (found != 0)
    return found > 0;

  engram_set_record_error (error, ENGRAM_ERROR_NOT_FOUND, ENGRAM_RECORD_NEURON, neuron_id,
                           is_source ? "source_neuron_id" : "target_neuron_id",
                           /* Translators: %s is the id of a synapse. */
                           is_source ? _("there is no such neuron for synapse %s to start from")
                           /* Translators: %s is the id of a synapse. */
                                     : _("there is no such neuron for synapse %s to lead to"),
                           synapse->id);
  return FALSE;
}

static gboolean
check_ends (EngramConnection      *connection,
            const EngramSynapse   *synapse,
            EngramSynapseColumns   columns,
            GError               **error)
{
  return ((columns & ENGRAM_SYNAPSE_SOURCE) == 0 ||
          check_end (connection, synapse, ENGRAM_SYNAPSE_SOURCE, error)) &&
         ((columns & ENGRAM_SYNAPSE_TARGET) == 0 ||
          check_end (connection, synapse, ENGRAM_SYNAPSE_TARGET, error));
}

static const char *
get_id (gconstpointer record)
{
  return ((const EngramSynapse *) record)->id;
}

static gboolean
check_new (gconstpointer   record,
           GError        **error)
{
  return engram_synapse_validate (record, engram_store_get_given (&table, record), error);
}

static gboolean
check_absent (EngramConnection     *writer,
              const EngramSynapse  *synapse,
              GError              **error)
{
  gint64 rowid;
  int found = find_rowid (writer, synapse->id, &rowid, error);

  if (found > 0)
    engram_set_record_error (error, ENGRAM_ERROR_EXISTS, ENGRAM_RECORD_SYNAPSE, synapse->id, "id",
                             _("there is a synapse with this id already"));
  return found == 0;
}

/* A create that will be refused is refused by a reader: it does not touch the file. */
static gboolean
compare_new (EngramDatabase      *database,
             EngramConnection    *reader,
             gconstpointer        record,
             EngramStoreResult   *result,
             GError             **error)
{
  result->changed = TRUE;
  return check_absent (reader, record, error) && check_ends (reader, record, ENGRAM_SYNAPSE_ALL, error);
}

static gboolean
insert_synapse (EngramStoreWrite    *write,
                gconstpointer        record,
                EngramStoreResult   *result,
                GError             **error)
{
  return check_absent (write->writer, record, error) &&
         check_ends (write->writer, record, ENGRAM_SYNAPSE_ALL, error) &&
         engram_store_insert (write, &table, record, result, error);
}

/* What an update would write for @synapse. */
static gboolean
find_changes (EngramConnection      *connection,
              const EngramSynapse   *synapse,
              EngramSynapseColumns  *changes,
              EngramStoreResult     *result,
              GError               **error)
{
  g_autoptr (EngramSynapse) stored = NULL;

  *changes = 0;
  if (synapse->id == NULL)
    return engram_synapse_validate (synapse, ENGRAM_SYNAPSE_ID, error);

  stored = find_synapse (connection, synapse->id, error);
  if (stored == NULL)
    return FALSE;

  *changes = engram_store_compare (&table, synapse, stored, result);
  return engram_synapse_validate (synapse, *changes, error) &&
         check_ends (connection, synapse, *changes, error);
}

static gboolean
compare_synapse (EngramDatabase      *database,
                 EngramConnection    *reader,
                 gconstpointer        record,
                 EngramStoreResult   *result,
                 GError             **error)
{
  EngramSynapseColumns changes;

  return find_changes (reader, record, &changes, result, error);
}

static gboolean
update_synapse (EngramStoreWrite    *write,
                gconstpointer        record,
                EngramStoreResult   *result,
                GError             **error)
{
  EngramSynapseColumns changes;

  if (!find_changes (write->writer, record, &changes, result, error))
    return FALSE;
  return !result->changed || engram_store_update (write, &table, record, changes, result, error);
}

static void
finish_synapse (gpointer                  record,
                const EngramStoreResult  *result,
                const char               *now)
{
  engram_store_finish (&table, record, result, now);
}

const EngramStoreOperation engram_synapse_create_operation = {
  .action = "synapse-create",
  .get_id = get_id,
  .check = check_new,
  .compare = compare_new,
  .write = insert_synapse,
  .finish = finish_synapse,
};

const EngramStoreOperation engram_synapse_update_operation = {
  .action = "synapse-update",
  .get_id = get_id,
  .compare = compare_synapse,
  .write = update_synapse,
  .finish = finish_synapse,
};

gboolean
engram_synapse_store_create (EngramSynapseStore  *self,
                             EngramSynapse       *synapse,
                             GCancellable        *cancellable,
                             GError             **error)
{
  gpointer records[] = { synapse };

  g_return_val_if_fail (ENGRAM_IS_SYNAPSE_STORE (self), FALSE);
  g_return_val_if_fail (synapse != NULL, FALSE);

  return engram_store_write_records (self->database, &engram_synapse_create_operation, records, 1, cancellable, error);
}

gboolean
engram_synapse_store_create_batch (EngramSynapseStore  *self,
                                   GPtrArray           *synapses,
                                   GCancellable        *cancellable,
                                   GError             **error)
{
  g_return_val_if_fail (ENGRAM_IS_SYNAPSE_STORE (self), FALSE);
  g_return_val_if_fail (synapses != NULL, FALSE);

  return engram_store_write_records (self->database, &engram_synapse_create_operation, synapses->pdata, synapses->len,
                                     cancellable, error);
}

EngramSynapse *
engram_synapse_store_get (EngramSynapseStore  *self,
                          const char          *id,
                          GCancellable        *cancellable,
                          GError             **error)
{
  g_autoptr (EngramReader) reader = NULL;

  g_return_val_if_fail (ENGRAM_IS_SYNAPSE_STORE (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  reader = engram_database_acquire_reader (self->database, cancellable, error);
  return reader != NULL ? find_synapse (reader, id, error) : NULL;
}

gboolean
engram_synapse_store_update (EngramSynapseStore  *self,
                             EngramSynapse       *synapse,
                             GCancellable        *cancellable,
                             GError             **error)
{
  gpointer records[] = { synapse };

  g_return_val_if_fail (ENGRAM_IS_SYNAPSE_STORE (self), FALSE);
  g_return_val_if_fail (synapse != NULL, FALSE);

  return engram_store_write_records (self->database, &engram_synapse_update_operation, records, 1, cancellable, error);
}

gboolean
engram_synapse_store_update_batch (EngramSynapseStore  *self,
                                   GPtrArray           *synapses,
                                   GCancellable        *cancellable,
                                   GError             **error)
{
  g_return_val_if_fail (ENGRAM_IS_SYNAPSE_STORE (self), FALSE);
  g_return_val_if_fail (synapses != NULL, FALSE);

  return engram_store_write_records (self->database, &engram_synapse_update_operation, synapses->pdata, synapses->len,
                                     cancellable, error);
}

static const char *
get_deletion_id (gconstpointer record)
{
  return record;
}

static gboolean
find_deletion (EngramConnection    *connection,
               gconstpointer        record,
               EngramStoreResult   *result,
               GError             **error)
{
  int found = find_rowid (connection, record, &result->rowid, error);

  result->changed = found > 0;
  if (found == 0)
    set_not_found (record, error);
  return found > 0;
}

static gboolean
compare_deletion (EngramDatabase      *database,
                  EngramConnection    *reader,
                  gconstpointer        record,
                  EngramStoreResult   *result,
                  GError             **error)
{
  return find_deletion (reader, record, result, error);
}

static gboolean
delete_synapse (EngramStoreWrite    *write,
                gconstpointer        record,
                EngramStoreResult   *result,
                GError             **error)
{
  return find_deletion (write->writer, record, result, error) &&
         engram_store_delete (write, &table, result, error);
}

const EngramStoreOperation engram_synapse_delete_operation = {
  .action = "synapse-delete",
  .get_id = get_deletion_id,
  .compare = compare_deletion,
  .write = delete_synapse,
};

gboolean
engram_synapse_store_delete (EngramSynapseStore  *self,
                             const char          *id,
                             GCancellable        *cancellable,
                             GError             **error)
{
  gpointer records[] = { (gpointer) id };

  g_return_val_if_fail (ENGRAM_IS_SYNAPSE_STORE (self), FALSE);
  g_return_val_if_fail (id != NULL, FALSE);

  return engram_store_write_records (self->database, &engram_synapse_delete_operation, records, 1, cancellable, error);
}

/* The synapses that are to be deleted because they are weak, and how many there were. */
typedef struct {
  double  threshold;
  guint64 n_deleted;
} Pruning;

#define IS_WEAKER "weight > -?1 AND weight < ?1"

/* Runs one of the statements of a pruning; text is no weight, and greater than any number in SQLite. */
static EngramStatement *
prepare_pruning (EngramConnection  *connection,
                 const char        *sql,
                 const Pruning     *pruning,
                 GError           **error)
{
  EngramStatement *statement = engram_connection_prepare (connection, sql, error);

  if (statement != NULL)
    engram_statement_bind_double (statement, 1, pruning->threshold);
  return statement;
}

static gboolean
find_weaker (EngramDatabase      *database,
             EngramConnection    *reader,
             gconstpointer        record,
             EngramStoreResult   *result,
             GError             **error)
{
  g_autoptr (EngramStatement) statement =
    prepare_pruning (reader, "SELECT 1 FROM synapses WHERE " IS_WEAKER " LIMIT 1", record, error);
  int step;

  if (statement == NULL)
    return FALSE;

  step = engram_statement_step (statement, error);
  result->changed = step > 0;
  return step >= 0;
}

static gboolean
delete_weaker (EngramStoreWrite    *write,
               gconstpointer        record,
               EngramStoreResult   *result,
               GError             **error)
{
  g_autoptr (EngramStatement) statement =
    prepare_pruning (write->writer, "DELETE FROM synapses WHERE " IS_WEAKER, record, error);
  gint64 before = sqlite3_total_changes64 (engram_connection_get_handle (write->writer));

  if (statement == NULL || !engram_statement_run (statement, error) ||
      !engram_bulk_change_check_others (write->writer, before, error))
    return FALSE;

  result->n_synapses_deleted = sqlite3_changes64 (engram_connection_get_handle (write->writer));
  return TRUE;
}

static void
finish_pruning (gpointer                  record,
                const EngramStoreResult  *result,
                const char               *now)
{
  Pruning *pruning = record;

  pruning->n_deleted = result->n_synapses_deleted;
}

static const EngramStoreOperation prune_operation = {
  .action = "synapse-delete",
  .compare = find_weaker,
  .write = delete_weaker,
  .finish = finish_pruning,
};

gboolean
engram_synapse_store_delete_weaker (EngramSynapseStore  *self,
                                    double               threshold,
                                    guint64             *n_deleted,
                                    GCancellable        *cancellable,
                                    GError             **error)
{
  Pruning pruning = { threshold, 0 };
  gpointer records[] = { &pruning };

  g_return_val_if_fail (ENGRAM_IS_SYNAPSE_STORE (self), FALSE);

  if (!isfinite (threshold) || threshold < 0)
    {
      engram_set_record_error (error, ENGRAM_ERROR_INVALID, ENGRAM_RECORD_SYNAPSE, NULL, "weight",
                               _("the threshold must be a number that is 0 or more"));
      return FALSE;
    }
  if (!engram_store_write_records (self->database, &prune_operation, records, 1, cancellable, error))
    return FALSE;

  if (n_deleted != NULL)
    *n_deleted = pruning.n_deleted;
  return TRUE;
}
