/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "stores/engram-network-writer.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "model/engram-id-table-private.h"
#include "model/engram-neuron-private.h"
#include "model/engram-synapse-private.h"
#include "sqlite/engram-file-private.h"
#include "sqlite/engram-schema-private.h"

/* Ids are random, so their index is filled in no order at all: its pages should stay in memory. */
#define CACHE_KIB 98304

struct _EngramNetworkWriter {
  char             *path;
  char             *temporary;
  GCancellable     *cancellable;
  EngramConnection *connection;
  EngramStatement  *insert_neuron;
  EngramStatement  *insert_synapse;
  EngramIdTable    *ids;
  guint             dimension;
};

static gboolean
begin (EngramNetworkWriter  *self,
       GError              **error)
{
  /* Nobody else knows the file, and what is not finished is thrown away: it needs no journal, and is synced once, at
   * the end. That both ends of a synapse exist is checked here, without a query for each. */
  g_autofree char *pragmas = g_strdup_printf ("PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=OFF;"
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

  if (g_file_test (path, G_FILE_TEST_EXISTS) || g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    {
      g_autofree char *name = g_filename_display_name (path);

      g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_EXISTS, _("“%s” exists already. Choose another name."), name);
      return NULL;
    }

  self = g_new0 (EngramNetworkWriter, 1);
  self->path = g_canonicalize_filename (path, NULL);
  g_set_object (&self->cancellable, cancellable);
  self->ids = engram_id_table_new (0);
  self->temporary = engram_file_new_temporary (self->path, "partial", error);
  if (self->temporary == NULL)
    return NULL;
  self->connection = engram_connection_open (self->temporary, ENGRAM_CONNECTION_CREATE | ENGRAM_CONNECTION_WRITE,
                                             cancellable, error);
  if (self->connection == NULL || !begin (self, error) || !prepare (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

static gboolean
check_dimension (EngramNetworkWriter  *self,
                 const EngramNeuron   *neuron,
                 GError              **error)
{
  if (neuron->vector_length == 0 || neuron->vector_length == self->dimension)
    return TRUE;
  if (self->dimension == 0)
    {
      self->dimension = neuron->vector_length;
      return TRUE;
    }
  engram_set_record_error (error, ENGRAM_ERROR_INVALID, ENGRAM_RECORD_NEURON, neuron->id, "vector",
                           _("it has %u numbers, those of the network have %u"), neuron->vector_length,
                           self->dimension);
  return FALSE;
}

gboolean
engram_network_writer_add_neuron (EngramNetworkWriter  *self,
                                  const EngramNeuron   *neuron,
                                  GError              **error)
{
  int parameter = 1;

  if (g_cancellable_set_error_if_cancelled (self->cancellable, error) ||
      !engram_neuron_validate (neuron, ENGRAM_NEURON_ALL, error) || !check_dimension (self, neuron, error))
    return FALSE;
  if (!engram_id_table_add (self->ids, neuron->id, strlen (neuron->id)))
    {
      engram_set_record_error (error, ENGRAM_ERROR_EXISTS, ENGRAM_RECORD_NEURON, neuron->id, "id",
                               _("there are two neurons of this id"));
      return FALSE;
    }
  engram_neuron_bind (self->insert_neuron, neuron, ENGRAM_NEURON_ALL, &parameter);
  return engram_statement_run (self->insert_neuron, error);
}

static gboolean
check_end (EngramNetworkWriter  *self,
           const EngramSynapse  *synapse,
           const char           *field,
           const char           *neuron_id,
           GError              **error)
{
  if (engram_id_table_find (self->ids, neuron_id, strlen (neuron_id)) != ENGRAM_ID_TABLE_NONE)
    return TRUE;
  engram_set_record_error (error, ENGRAM_ERROR_NOT_FOUND, ENGRAM_RECORD_SYNAPSE, synapse->id, field,
                           _("there is no neuron %s"), neuron_id);
  return FALSE;
}

gboolean
engram_network_writer_add_synapse (EngramNetworkWriter  *self,
                                   const EngramSynapse  *synapse,
                                   GError              **error)
{
  sqlite3 *handle = engram_connection_get_handle (self->connection);
  int parameter = 1;

  if (g_cancellable_set_error_if_cancelled (self->cancellable, error) ||
      !engram_synapse_validate (synapse, ENGRAM_SYNAPSE_ALL, error) ||
      !check_end (self, synapse, "source_neuron_id", synapse->source_id, error) ||
      !check_end (self, synapse, "target_neuron_id", synapse->target_id, error))
    return FALSE;
  engram_synapse_bind (self->insert_synapse, synapse, ENGRAM_SYNAPSE_ALL, &parameter);
  if (engram_statement_run (self->insert_synapse, error))
    return TRUE;
  if (sqlite3_extended_errcode (handle) == SQLITE_CONSTRAINT_PRIMARYKEY)
    {
      g_clear_error (error);
      engram_set_record_error (error, ENGRAM_ERROR_EXISTS, ENGRAM_RECORD_SYNAPSE, synapse->id, "id",
                               _("there are two synapses of this id"));
    }
  return FALSE;
}

gboolean
engram_network_writer_finish (EngramNetworkWriter  *self,
                              EngramProgressFunc    progress,
                              gpointer              user_data,
                              GError              **error)
{
  const char *index;
  guint n_indexes = 0;

  g_clear_pointer (&self->insert_neuron, engram_statement_release);
  g_clear_pointer (&self->insert_synapse, engram_statement_release);

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
                    "MESSAGE", "Wrote the new network “%s”, %u neurons", self->path,
                    engram_id_table_get_size (self->ids));
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
    g_unlink (self->temporary);
  g_clear_pointer (&self->ids, engram_id_table_free);
  g_clear_object (&self->cancellable);
  g_free (self->temporary);
  g_free (self->path);
  g_free (self);
}
