/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sqlite/engram-statistics.h"

#include "sqlite/engram-database-private.h"
#include "sqlite/engram-file-private.h"
#include "sqlite/engram-schema-private.h"

G_DEFINE_BOXED_TYPE (EngramDatabaseStatistics, engram_database_statistics, engram_database_statistics_copy,
                     engram_database_statistics_free)

static void
clear_count (gpointer data)
{
  g_free (((EngramCount *) data)->name);
}

static EngramDatabaseStatistics *
statistics_new (void)
{
  EngramDatabaseStatistics *self = g_new0 (EngramDatabaseStatistics, 1);

  self->types = g_array_new (FALSE, FALSE, sizeof (EngramCount));
  g_array_set_clear_func (self->types, clear_count);
  self->dimensions = g_array_new (FALSE, FALSE, sizeof (EngramDimensionCount));
  return self;
}

EngramDatabaseStatistics *
engram_database_statistics_copy (const EngramDatabaseStatistics *self)
{
  EngramDatabaseStatistics *copy;
  GArray *types, *dimensions;

  g_return_val_if_fail (self != NULL, NULL);

  copy = statistics_new ();
  types = copy->types;
  dimensions = copy->dimensions;
  *copy = *self;
  copy->types = types;
  copy->dimensions = dimensions;
  copy->journal_mode = g_strdup (self->journal_mode);
  for (guint i = 0; i < self->types->len; i++)
    {
      EngramCount count = g_array_index (self->types, EngramCount, i);

      count.name = g_strdup (count.name);
      g_array_append_val (copy->types, count);
    }
  g_array_append_vals (copy->dimensions, self->dimensions->data, self->dimensions->len);
  return copy;
}

void
engram_database_statistics_free (EngramDatabaseStatistics *self)
{
  if (self == NULL)
    return;

  g_array_unref (self->types);
  g_array_unref (self->dimensions);
  g_free (self->journal_mode);
  g_free (self);
}

static gboolean
read_types (EngramConnection          *reader,
            EngramDatabaseStatistics  *self,
            GError                   **error)
{
  g_autoptr (EngramStatement) statement = NULL;
  int status;

  statement = engram_connection_prepare (reader,
                                         "SELECT neuron_type, count(*) FROM neurons GROUP BY 1"
                                         " ORDER BY 2 DESC, 1", error);
  if (statement == NULL)
    return FALSE;
  while ((status = engram_statement_step (statement, error)) > 0)
    {
      sqlite3_stmt *row = engram_statement_get_handle (statement);
      const char *name = (const char *) sqlite3_column_text (row, 0);
      EngramCount count = { g_utf8_make_valid (name != NULL ? name : "", -1), sqlite3_column_int64 (row, 1) };

      self->neurons += count.count;
      g_array_append_val (self->types, count);
    }
  return status == 0;
}

static gboolean
read_dimensions (EngramConnection          *reader,
                 EngramDatabaseStatistics  *self,
                 GError                   **error)
{
  g_autoptr (EngramStatement) statement = NULL;
  int status;

  statement = engram_connection_prepare (reader,
                                         "SELECT length(vector) / 4, count(*) FROM neurons"
                                         " WHERE typeof(vector)='blob' AND length(vector)>0 AND length(vector)%4=0"
                                         " GROUP BY 1 ORDER BY 2 DESC, 1", error);
  if (statement == NULL)
    return FALSE;
  while ((status = engram_statement_step (statement, error)) > 0)
    {
      sqlite3_stmt *row = engram_statement_get_handle (statement);
      EngramDimensionCount count = { sqlite3_column_int (row, 0), sqlite3_column_int64 (row, 1) };

      g_array_append_val (self->dimensions, count);
    }
  if (self->dimensions->len > 0)
    self->dimension = g_array_index (self->dimensions, EngramDimensionCount, 0).dimension;
  return status == 0;
}

static gboolean
read_figures (EngramConnection          *reader,
              EngramDatabaseStatistics  *self,
              GError                   **error)
{
  gint64 synapses, application_id, free_pages, page_size;

  if (!engram_connection_get_integer (reader, "SELECT count(*) FROM synapses", &synapses, error) ||
      !engram_connection_get_integer (reader, "PRAGMA application_id", &application_id, error) ||
      !engram_connection_get_integer (reader, "PRAGMA freelist_count", &free_pages, error) ||
      !engram_connection_get_integer (reader, "PRAGMA page_size", &page_size, error) ||
      !engram_schema_read_version (reader, &self->schema_version, error))
    return FALSE;
  self->synapses = synapses;
  self->application_id = (guint32) application_id;
  self->free_bytes = (guint64) free_pages * page_size;
  self->journal_mode = engram_connection_get_text (reader, "PRAGMA journal_mode", error);
  return self->journal_mode != NULL;
}

EngramDatabaseStatistics *
engram_database_get_statistics (EngramDatabase  *database,
                                GCancellable    *cancellable,
                                GError         **error)
{
  g_autoptr (EngramReader) reader = NULL;
  g_autoptr (EngramDatabaseStatistics) self = NULL;

  g_return_val_if_fail (ENGRAM_IS_DATABASE (database), NULL);

  reader = engram_database_acquire_reader (database, cancellable, error);
  if (reader == NULL || !engram_connection_begin_read (reader, error))
    return NULL;
  self = statistics_new ();
  if (!read_types (reader, self, error) || !read_dimensions (reader, self, error) ||
      !read_figures (reader, self, error))
    return NULL;
  self->size_bytes = engram_file_get_size (engram_database_get_path (database));
  return g_steal_pointer (&self);
}
