/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "stores/engram-neuron-store-private.h"

#include <glib/gi18n-lib.h>

#include "engram-error-private.h"

/**
 * EngramNeuronStore:
 *
 * The neurons of a network: one, many, lists, and by place in space. It is thin over an #EngramDatabase and
 * may be used from any thread, several at a time; its functions wait for the disk, so never call them in the
 * main loop.
 *
 * Records are handed in by the caller and stay the caller's. A write is one transaction: where a function
 * returns %FALSE, the file and the records are as they were.
 *
 * Every function that takes a cancellable fails with %G_IO_ERROR_CANCELLED once it is cancelled, and with the
 * codes of #EngramError where the file cannot be read or written.
 */
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
  g_clear_pointer (&self->order, engram_row_order_unref);
  g_mutex_clear (&self->lock);

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
  g_mutex_init (&self->lock);
}

/**
 * engram_neuron_store_new:
 * @database: an open network
 *
 * Returns: (transfer full): a store over @database, of which there may be several
 */
EngramNeuronStore *
engram_neuron_store_new (EngramDatabase *database)
{
  EngramNeuronStore *self;

  g_return_val_if_fail (ENGRAM_IS_DATABASE (database), NULL);

  self = g_object_new (ENGRAM_TYPE_NEURON_STORE, NULL);
  self->database = g_object_ref (database);
  return self;
}

/**
 * engram_neuron_store_get_database:
 * @self: a store
 *
 * Returns: (transfer none): the network whose neurons these are
 */
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
  gboolean has_fields = engram_connection_has_fields (connection);
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
compare_neuron (EngramConnection    *reader,
                gconstpointer        record,
                EngramStoreResult   *result,
                GError             **error)
{
  EngramNeuronColumns changes;

  return find_changes (reader, record, &changes, result, error);
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

/**
 * engram_neuron_store_create:
 * @self: a store
 * @neuron: the neuron to add
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Adds a neuron as the last row. Sets #EngramNeuron.rowid, and the times to now where they are %NULL.
 *
 * Fails with %ENGRAM_ERROR_INVALID where a value cannot be stored or the vector has not as many numbers as
 * those of the network, and with %ENGRAM_ERROR_EXISTS where there is a neuron of that id.
 *
 * Returns: whether it was added
 */
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

/**
 * engram_neuron_store_create_batch:
 * @self: a store
 * @neurons: (element-type EngramNeuron): the neurons to add
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Adds neurons as the last rows, in their order, all or none; for each what engram_neuron_store_create()
 * says. An id that stands twice is an error. Where the network has no vector yet, the first one says how long
 * all must be.
 *
 * Returns: whether they were added
 */
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

/**
 * engram_neuron_store_get:
 * @self: a store
 * @id: the id of a neuron
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Fails with %ENGRAM_ERROR_NOT_FOUND where there is none.
 *
 * Returns: (transfer full) (nullable): the neuron, with its vector, or %NULL with @error set
 */
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

/**
 * engram_neuron_store_update:
 * @self: a store
 * @neuron: the neuron as it is to be, found by its id
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Writes the columns that differ from what is stored, and no others: what the record cannot carry
 * (#EngramNeuron.odd), the vector of a record that came from a list without it, and columns that Engram does
 * not know stay as they are. Where anything differs and #EngramNeuron.modified_at does not (or is %NULL),
 * that becomes now, in the record too. Where nothing differs the file is not touched.
 *
 * Only what differs is checked: %ENGRAM_ERROR_INVALID where it cannot be stored, or where a changed vector
 * has not as many numbers as those of the network. %ENGRAM_ERROR_NOT_FOUND where there is no neuron of that
 * id; an id itself cannot be changed.
 *
 * Returns: whether the file holds @neuron now
 */
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

/**
 * engram_neuron_store_update_batch:
 * @self: a store
 * @neurons: (element-type EngramNeuron): the neurons as they are to be
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Updates neurons, all or none; for each what engram_neuron_store_update() says.
 *
 * Returns: whether the file holds all of @neurons now
 */
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
delete_neuron (EngramStoreWrite    *write,
               gconstpointer        record,
               EngramStoreResult   *result,
               GError             **error)
{
  const EngramNeuronDeletion *deletion = record;
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
  if (!engram_statement_run (synapses, error))
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
  .compare = find_deletion,
  .write = delete_neuron,
  .finish = finish_deletion,
};

/**
 * engram_neuron_store_delete:
 * @self: a store
 * @id: the id of a neuron
 * @n_synapses: (out) (optional): how many synapses went with it
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Deletes a neuron and the synapses that start from it or lead to it. Fails with %ENGRAM_ERROR_NOT_FOUND
 * where there is none.
 *
 * Returns: whether it was deleted
 */
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
