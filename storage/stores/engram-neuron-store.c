/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "stores/engram-neuron-store-private.h"

#include <glib/gi18n-lib.h>

#include "engram-error-private.h"
#include "safety/engram-bulk-change-private.h"

G_DEFINE_FINAL_TYPE (EngramNeuronStore, engram_neuron_store, G_TYPE_OBJECT)

static const EngramStoreTable table = {
  .name = "neurons",
  .class = &engram_neuron_class,
  .id = ENGRAM_NEURON_ID,
  .created_at = ENGRAM_NEURON_CREATED_AT,
  .modified_at = ENGRAM_NEURON_MODIFIED_AT,
};

static void
engram_neuron_store_finalize (GObject *object)
{
  EngramNeuronStore *self = ENGRAM_NEURON_STORE (object);

  g_clear_object (&self->database);
  engram_kept_order_clear (&self->order);

  G_OBJECT_CLASS (engram_neuron_store_parent_class)->finalize (object);
}

static void
engram_neuron_store_class_init (EngramNeuronStoreClass *class)
{
  G_OBJECT_CLASS (class)->finalize = engram_neuron_store_finalize;
}

static void
engram_neuron_store_init (EngramNeuronStore *self)
{
  engram_kept_order_init (&self->order, "neurons");
}

EngramNeuronStore *
engram_neuron_store_new (EngramDatabase *database)
{
  EngramNeuronStore *self;

  g_return_val_if_fail (ENGRAM_IS_DATABASE (database), NULL);

  self = g_object_new (ENGRAM_TYPE_NEURON_STORE, NULL);
  self->database = g_object_ref (database);
  return self;
}

EngramDatabase *
engram_neuron_store_get_database (EngramNeuronStore *self)
{
  g_return_val_if_fail (ENGRAM_IS_NEURON_STORE (self), NULL);

  return self->database;
}

EngramStatement *
engram_neuron_store_prepare (EngramConnection  *connection,
                             gboolean           with_vector,
                             const char        *rest,
                             GError           **error)
{
  gboolean has_fields = engram_connection_neurons_have_fields (connection);
  g_autofree char *sql = g_strconcat ("SELECT ", engram_neuron_select_columns (with_vector, has_fields), " ",
                                      rest, NULL);

  return engram_connection_prepare (connection, sql, error);
}

static gboolean
set_not_found (const char  *id,
               GError     **error)
{
  engram_set_record_error (error, ENGRAM_ERROR_NOT_FOUND, ENGRAM_RECORD_NEURON, id, NULL,
                           _("there is no such neuron in this network"));
  return FALSE;
}

/* 1: found; 0: there is none; -1: @error is set. */
static int
find_rowid (EngramConnection  *connection,
            const char        *id,
            gint64            *rowid,
            GError           **error)
{
  return engram_store_find_rowid (connection, "SELECT rowid FROM neurons WHERE id = ?", id, rowid, error);
}

/* The neuron of an id, or NULL with @error set. */
static EngramNeuron *
find_neuron (EngramConnection  *connection,
             const char        *id,
             GError           **error)
{
  g_autoptr (EngramStatement) statement =
    engram_neuron_store_prepare (connection, TRUE, "FROM neurons WHERE id = ?", error);
  int step;

  if (statement == NULL)
    return NULL;

  engram_statement_bind_text (statement, 1, id);
  step = engram_statement_step (statement, error);
  if (step == 0)
    set_not_found (id, error);
  return step > 0 ? engram_neuron_read (engram_statement_get_handle (statement)) : NULL;
}

/* Whether a vector of @length numbers may be stored; the first vector of a network sets its dimension. */
static gboolean
check_dimension (EngramStoreWrite    *write,
                 const EngramNeuron  *neuron,
                 GError             **error)
{
  if (neuron->vector == NULL)
    return TRUE;

  if (!write->dimension_known &&
      !engram_database_get_dimension (write->database, write->writer, &write->dimension, error))
    return FALSE;
  write->dimension_known = TRUE;

  if (write->dimension == 0)
    write->dimension = neuron->vector_length;
  if (write->dimension == neuron->vector_length)
    return TRUE;

  engram_set_record_error (error, ENGRAM_ERROR_INVALID, ENGRAM_RECORD_NEURON, neuron->id, "vector",
                           /* Translators: how many numbers a vector has, and how many it must have. */
                           _("it has %u numbers, but the vectors of this network have %u"),
                           neuron->vector_length, write->dimension);
  return FALSE;
}

static const char *
get_id (gconstpointer record)
{
  return ((const EngramNeuron *) record)->id;
}

static gboolean
check_new (gconstpointer   record,
           GError        **error)
{
  return engram_neuron_validate (record, engram_store_get_given (&table, record), error);
}

static gboolean
check_absent (EngramConnection    *writer,
              const EngramNeuron  *neuron,
              GError             **error)
{
  gint64 rowid;
  int found = find_rowid (writer, neuron->id, &rowid, error);

  if (found > 0)
    engram_set_record_error (error, ENGRAM_ERROR_EXISTS, ENGRAM_RECORD_NEURON, neuron->id, "id",
                             _("there is a neuron with this id already"));
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
  EngramStoreWrite look = { .database = database, .writer = reader };

  result->changed = TRUE;
  return check_absent (reader, record, error) && check_dimension (&look, record, error);
}

static gboolean
insert_neuron (EngramStoreWrite    *write,
               gconstpointer        record,
               EngramStoreResult   *result,
               GError             **error)
{
  return check_absent (write->writer, record, error) &&
         check_dimension (write, record, error) &&
         engram_store_insert (write, &table, record, result, error);
}

/* What an update would write for @neuron. */
static gboolean
find_changes (EngramConnection     *connection,
              const EngramNeuron   *neuron,
              EngramNeuronColumns  *changes,
              EngramStoreResult    *result,
              GError              **error)
{
  g_autoptr (EngramNeuron) stored = NULL;

  *changes = 0;
  if (neuron->id == NULL)
    return engram_neuron_validate (neuron, ENGRAM_NEURON_ID, error);

  stored = find_neuron (connection, neuron->id, error);
  if (stored == NULL)
    return FALSE;

  *changes = engram_store_compare (&table, neuron, stored, result);
  return engram_neuron_validate (neuron, *changes, error);
}

static gboolean
compare_neuron (EngramDatabase      *database,
                EngramConnection    *reader,
                gconstpointer        record,
                EngramStoreResult   *result,
                GError             **error)
{
  EngramStoreWrite look = { .database = database, .writer = reader };
  EngramNeuronColumns changes;

  return find_changes (reader, record, &changes, result, error) &&
         ((changes & ENGRAM_NEURON_VECTOR) == 0 || check_dimension (&look, record, error));
}

static gboolean
update_neuron (EngramStoreWrite    *write,
               gconstpointer        record,
               EngramStoreResult   *result,
               GError             **error)
{
  EngramNeuronColumns changes;

  if (!find_changes (write->writer, record, &changes, result, error))
    return FALSE;
  if (!result->changed)
    return TRUE;
  return ((changes & ENGRAM_NEURON_VECTOR) == 0 || check_dimension (write, record, error)) &&
         engram_store_update (write, &table, record, changes, result, error);
}

static void
finish_neuron (gpointer                  record,
               const EngramStoreResult  *result,
               const char               *now)
{
  engram_store_finish (&table, record, result, now);
}

const EngramStoreOperation engram_neuron_create_operation = {
  .action = "neuron-create",
  .get_id = get_id,
  .check = check_new,
  .compare = compare_new,
  .write = insert_neuron,
  .finish = finish_neuron,
};

const EngramStoreOperation engram_neuron_update_operation = {
  .action = "neuron-update",
  .get_id = get_id,
  .compare = compare_neuron,
  .write = update_neuron,
  .finish = finish_neuron,
};

gboolean
engram_neuron_store_create (EngramNeuronStore  *self,
                            EngramNeuron       *neuron,
                            GCancellable       *cancellable,
                            GError            **error)
{
  gpointer records[] = { neuron };

  g_return_val_if_fail (ENGRAM_IS_NEURON_STORE (self), FALSE);
  g_return_val_if_fail (neuron != NULL, FALSE);

  return engram_store_write_records (self->database, &engram_neuron_create_operation, records, 1, cancellable, error);
}

gboolean
engram_neuron_store_create_batch (EngramNeuronStore  *self,
                                  GPtrArray          *neurons,
                                  GCancellable       *cancellable,
                                  GError            **error)
{
  g_return_val_if_fail (ENGRAM_IS_NEURON_STORE (self), FALSE);
  g_return_val_if_fail (neurons != NULL, FALSE);

  return engram_store_write_records (self->database, &engram_neuron_create_operation, neurons->pdata, neurons->len,
                                     cancellable, error);
}

EngramNeuron *
engram_neuron_store_get (EngramNeuronStore  *self,
                         const char         *id,
                         GCancellable       *cancellable,
                         GError            **error)
{
  g_autoptr (EngramReader) reader = NULL;

  g_return_val_if_fail (ENGRAM_IS_NEURON_STORE (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  reader = engram_database_acquire_reader (self->database, cancellable, error);
  return reader != NULL ? find_neuron (reader, id, error) : NULL;
}

gboolean
engram_neuron_store_update (EngramNeuronStore  *self,
                            EngramNeuron       *neuron,
                            GCancellable       *cancellable,
                            GError            **error)
{
  gpointer records[] = { neuron };

  g_return_val_if_fail (ENGRAM_IS_NEURON_STORE (self), FALSE);
  g_return_val_if_fail (neuron != NULL, FALSE);

  return engram_store_write_records (self->database, &engram_neuron_update_operation, records, 1, cancellable, error);
}

gboolean
engram_neuron_store_update_batch (EngramNeuronStore  *self,
                                  GPtrArray          *neurons,
                                  GCancellable       *cancellable,
                                  GError            **error)
{
  g_return_val_if_fail (ENGRAM_IS_NEURON_STORE (self), FALSE);
  g_return_val_if_fail (neurons != NULL, FALSE);

  return engram_store_write_records (self->database, &engram_neuron_update_operation, neurons->pdata, neurons->len,
                                     cancellable, error);
}

static const char *
get_deletion_id (gconstpointer record)
{
  return ((const EngramNeuronDeletion *) record)->id;
}

static gboolean
find_deletion (EngramConnection    *connection,
               gconstpointer        record,
               EngramStoreResult   *result,
               GError             **error)
{
  const EngramNeuronDeletion *deletion = record;
  int found = find_rowid (connection, deletion->id, &result->rowid, error);

  result->changed = found > 0;
  if (found == 0)
    set_not_found (deletion->id, error);
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
delete_neuron (EngramStoreWrite    *write,
               gconstpointer        record,
               EngramStoreResult   *result,
               GError             **error)
{
  const EngramNeuronDeletion *deletion = record;
  gint64 before = sqlite3_total_changes64 (engram_connection_get_handle (write->writer));
  g_autoptr (EngramStatement) synapses = NULL;

  if (!find_deletion (write->writer, deletion, result, error))
    return FALSE;

  /* By name, though a foreign key would do it: they must go where a foreign file's tables lack the cascade
   * too, and SQLite does not count what a cascade deletes. */
  synapses = engram_connection_prepare (write->writer, "DELETE FROM synapses WHERE source_neuron_id = ?1"
                                                       " OR target_neuron_id = ?1", error);
  if (synapses == NULL)
    return FALSE;
  engram_statement_bind_text (synapses, 1, deletion->id);
  if (!engram_statement_run (synapses, error) || !engram_bulk_change_check_others (write->writer, before, error))
    return FALSE;

  result->n_synapses_deleted = sqlite3_changes64 (engram_connection_get_handle (write->writer));
  return engram_store_delete (write, &table, result, error);
}

static void
finish_deletion (gpointer                  record,
                 const EngramStoreResult  *result,
                 const char               *now)
{
  EngramNeuronDeletion *deletion = record;

  deletion->n_synapses = result->n_synapses_deleted;
}

const EngramStoreOperation engram_neuron_delete_operation = {
  .action = "neuron-delete",
  .get_id = get_deletion_id,
  .compare = compare_deletion,
  .write = delete_neuron,
  .finish = finish_deletion,
};

/* An empty vector is none, also to tables in which it may not be NULL. */
static gboolean
empty_neuron (EngramStoreWrite    *write,
              gconstpointer        record,
              EngramStoreResult   *result,
              GError             **error)
{
  g_autoptr (EngramStatement) statement =
    engram_connection_prepare (write->writer, "UPDATE neurons SET vector = x'' WHERE rowid = ?", error);

  if (statement == NULL || !find_deletion (write->writer, record, result, error))
    return FALSE;
  engram_statement_bind_int64 (statement, 1, result->rowid);
  result->changed = FALSE;
  return engram_statement_run (statement, error);
}

const EngramStoreOperation engram_neuron_empty_operation = {
  .action = "neuron-empty",
  .get_id = get_deletion_id,
  .write = empty_neuron,
};

gboolean
engram_neuron_store_delete (EngramNeuronStore  *self,
                            const char         *id,
                            guint              *n_synapses,
                            GCancellable       *cancellable,
                            GError            **error)
{
  EngramNeuronDeletion deletion = { id, 0 };
  gpointer records[] = { &deletion };

  g_return_val_if_fail (ENGRAM_IS_NEURON_STORE (self), FALSE);
  g_return_val_if_fail (id != NULL, FALSE);

  if (!engram_store_write_records (self->database, &engram_neuron_delete_operation, records, 1, cancellable, error))
    return FALSE;

  if (n_synapses != NULL)
    *n_synapses = deletion.n_synapses;
  return TRUE;
}
