/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "stores/engram-network-writer-private.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "model/engram-neuron-private.h"
#include "model/engram-synapse-private.h"
#include "sqlite/engram-file-private.h"
#include "sqlite/engram-schema-private.h"
#include "stores/engram-network-check-private.h"

/* Ids are random, so their index is filled in no order at all: its pages should stay in memory. */
#define CACHE_KIB 65536

/* Indexes are sorted in portions of this size, which should fit the processor's cache: measured, it halves the time. */
#define SORT_KIB 2048

struct _EngramNetworkWriter {
  char             *path;
  char             *temporary;
  GCancellable     *cancellable;
  EngramConnection *connection;
  EngramStatement  *insert_neuron;
  EngramStatement  *insert_synapse;
  EngramNetworkCheck *check;
  guint64           n_neurons;
};

static gboolean
begin (EngramNetworkWriter  *self,
       GError              **error)
{
  /* Nobody else knows the file, and what is not finished is thrown away: its journal need not be on disk (SQLite's
   * defensive mode wants one), and it is synced once, at the end. Foreign keys are the business of the check, which
   * needs no query for each synapse. */
  g_autofree char *pragmas = g_strdup_printf ("PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=MEMORY;"
                                              "PRAGMA synchronous=OFF; PRAGMA foreign_keys=OFF;"
                                              "PRAGMA cell_size_check=OFF; PRAGMA cache_size=-%d; PRAGMA threads=2;"
                                              "BEGIN", CACHE_KIB);

  return engram_connection_execute (self->connection, pragmas, error) &&
         engram_schema_create_tables (self->connection, error);
}

static EngramStatement *
prepare_insert (EngramNetworkWriter  *self,
                const char           *table,
                GString              *columns,
                guint                 n_columns,
                GError              **error)
{
  g_autoptr (GString) sql = g_string_new (NULL);

  g_string_printf (sql, "INSERT INTO %s (%s) VALUES (?", table, columns->str);
  for (guint i = 1; i < n_columns; i++)
    g_string_append (sql, ",?");
  g_string_append_c (sql, ')');
  return engram_connection_prepare (self->connection, sql->str, error);
}

static gboolean
prepare (EngramNetworkWriter  *self,
         GError              **error)
{
  g_autoptr (GString) neuron = g_string_new (NULL);
  g_autoptr (GString) synapse = g_string_new (NULL);

  engram_neuron_append_columns (neuron, ENGRAM_NEURON_ALL, "");
  engram_synapse_append_columns (synapse, ENGRAM_SYNAPSE_ALL, "");
  self->insert_neuron = prepare_insert (self, "neurons", neuron,
                                        engram_record_count_columns (&engram_neuron_class, ENGRAM_NEURON_ALL), error);
  if (self->insert_neuron == NULL)
    return FALSE;
  self->insert_synapse = prepare_insert (self, "synapses", synapse,
                                         engram_record_count_columns (&engram_synapse_class, ENGRAM_SYNAPSE_ALL),
                                         error);
  return self->insert_synapse != NULL;
}

EngramNetworkWriter *
engram_network_writer_new (const char    *path,
                           GCancellable  *cancellable,
                           GError       **error)
{
  g_autoptr (EngramNetworkWriter) self = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  if (!engram_file_check_free (path, error))
    return NULL;

  self = g_new0 (EngramNetworkWriter, 1);
  self->path = g_canonicalize_filename (path, NULL);
  g_set_object (&self->cancellable, cancellable);
  self->check = engram_network_check_new ();
  self->temporary = engram_file_new_temporary (self->path, "partial", error);
  if (self->temporary == NULL)
    return NULL;
  self->connection = engram_connection_open (self->temporary, ENGRAM_CONNECTION_CREATE | ENGRAM_CONNECTION_WRITE,
                                             cancellable, error);
  if (self->connection == NULL || !begin (self, error) || !prepare (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

gboolean
engram_network_writer_append_neuron (EngramNetworkWriter  *self,
                                     const EngramNeuron   *neuron,
                                     GError              **error)
{
  int parameter = 1;

  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return FALSE;
  engram_neuron_bind (self->insert_neuron, neuron, ENGRAM_NEURON_ALL, &parameter);
  if (!engram_statement_run (self->insert_neuron, error))
    return FALSE;
  self->n_neurons++;
  return TRUE;
}

gboolean
engram_network_writer_append_synapse (EngramNetworkWriter  *self,
                                      const EngramSynapse  *synapse,
                                      GError              **error)
{
  sqlite3 *handle = engram_connection_get_handle (self->connection);
  g_autoptr (GError) local_error = NULL;
  int parameter = 1;

  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return FALSE;
  engram_synapse_bind (self->insert_synapse, synapse, ENGRAM_SYNAPSE_ALL, &parameter);
  if (engram_statement_run (self->insert_synapse, &local_error))
    return TRUE;
  if (sqlite3_extended_errcode (handle) == SQLITE_CONSTRAINT_PRIMARYKEY)
    engram_set_record_error (error, ENGRAM_ERROR_EXISTS, ENGRAM_RECORD_SYNAPSE, synapse->id, "id",
                             _("there are two synapses of this id"));
  else
    g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

gboolean
engram_network_writer_add_neuron (EngramNetworkWriter  *self,
                                  const EngramNeuron   *neuron,
                                  GError              **error)
{
  g_return_val_if_fail (self != NULL && neuron != NULL, FALSE);

  return engram_network_check_neuron (self->check, neuron, error) &&
         engram_network_writer_append_neuron (self, neuron, error);
}

gboolean
engram_network_writer_add_synapse (EngramNetworkWriter  *self,
                                   const EngramSynapse  *synapse,
                                   GError              **error)
{
  g_return_val_if_fail (self != NULL && synapse != NULL, FALSE);

  return engram_network_check_synapse (self->check, synapse, error) &&
         engram_network_writer_append_synapse (self, synapse, error);
}

gboolean
engram_network_writer_finish (EngramNetworkWriter  *self,
                              EngramProgressFunc    progress,
                              gpointer              user_data,
                              GError              **error)
{
  g_autofree char *shrink_cache = g_strdup_printf ("PRAGMA cache_size=-%d", SORT_KIB);
  const char *index;
  guint n_indexes = 0;

  g_clear_pointer (&self->insert_neuron, engram_statement_release);
  g_clear_pointer (&self->insert_synapse, engram_statement_release);
  if (!engram_connection_execute (self->connection, shrink_cache, error))
    return FALSE;

  while (engram_schema_get_index (n_indexes) != NULL)
    n_indexes++;
  for (guint i = 0; (index = engram_schema_get_index (i)) != NULL; i++)
    {
      if (progress != NULL)
        progress (_("Making indexes"), (double) i / (n_indexes + 1), user_data);
      if (!engram_connection_execute (self->connection, index, error))
        return FALSE;
    }
  if (progress != NULL)
    progress (_("Writing to disk"), (double) n_indexes / (n_indexes + 1), user_data);
  if (g_cancellable_set_error_if_cancelled (self->cancellable, error) ||
      !engram_connection_execute (self->connection, "COMMIT; PRAGMA journal_mode=WAL", error))
    return FALSE;
  g_clear_pointer (&self->connection, engram_connection_close);
  if (!engram_file_publish (self->temporary, self->path, error))
    return FALSE;
  g_clear_pointer (&self->temporary, g_free);
  g_log_structured (G_LOG_DOMAIN, G_LOG_LEVEL_INFO,
                    "ENGRAM_ACTION", "write-network",
                    "ENGRAM_PATH", self->path,
                    "MESSAGE", "Wrote the new network “%s”, %" G_GUINT64_FORMAT " neurons", self->path,
                    self->n_neurons);
  return TRUE;
}

void
engram_network_writer_free (EngramNetworkWriter *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->insert_neuron, engram_statement_release);
  g_clear_pointer (&self->insert_synapse, engram_statement_release);
  g_clear_pointer (&self->connection, engram_connection_close);
  if (self->temporary != NULL)
    engram_file_remove (self->temporary);
  g_clear_pointer (&self->check, engram_network_check_free);
  g_clear_object (&self->cancellable);
  g_free (self->temporary);
  g_free (self->path);
  g_free (self);
}
