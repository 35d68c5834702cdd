/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "documents/engram-import-ids-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "model/engram-id-table-private.h"

/* Ends between two looks at the cancellable. */
#define ENDS_AT_ONCE 4096

struct _EngramImportIds {
  EngramIdTable *table;      /* those of the network, then those of the batch */
  guint32        n_network;
  GByteArray    *met;        /* a bit for each neuron of the network: it stands in the batch, too */
  FILE          *waiting;    /* of EngramImportEnd */
};

EngramImportIds *
engram_import_ids_new (void)
{
  EngramImportIds *self = g_new0 (EngramImportIds, 1);

  self->table = engram_id_table_new (0);
  self->met = g_byte_array_new ();
  return self;
}

void
engram_import_ids_free (EngramImportIds *self)
{
  if (self == NULL)
    return;

  engram_id_table_free (self->table);
  g_byte_array_unref (self->met);
  if (self->waiting != NULL)
    fclose (self->waiting);
  g_free (self);
}

/* A row whose id is no text is nobody's end. */
gboolean
engram_import_ids_load (EngramImportIds   *self,
                        EngramConnection  *connection,
                        GError           **error)
{
  g_autoptr (EngramStatement) statement = NULL;
  gint64 count;
  int status;

  if (!engram_connection_get_integer (connection, "SELECT count(*) FROM neurons", &count, error))
    return FALSE;
  if (count >= ENGRAM_ID_TABLE_NONE / 2)
    {
      g_set_error_literal (error, ENGRAM_ERROR, ENGRAM_ERROR_FAILED, _("The network has too many neurons."));
      return FALSE;
    }
  statement = engram_connection_prepare (connection, "SELECT id FROM neurons", error);
  if (statement == NULL)
    return FALSE;

  engram_id_table_free (self->table);
  self->table = engram_id_table_new ((guint32) count);
  while ((status = engram_statement_step (statement, error)) > 0)
    {
      sqlite3_stmt *row = engram_statement_get_handle (statement);

      if (sqlite3_column_type (row, 0) == SQLITE_TEXT)
        engram_id_table_add (self->table, (const char *) sqlite3_column_text (row, 0), sqlite3_column_bytes (row, 0));
    }
  self->n_network = engram_id_table_get_size (self->table);
  g_byte_array_set_size (self->met, self->n_network / 8 + 1);
  memset (self->met->data, 0, self->met->len);
  return status == 0;
}

EngramImportIdState
engram_import_ids_add (EngramImportIds *self,
                       const char      *id)
{
  gsize length = strlen (id);
  guint32 place = engram_id_table_find (self->table, id, length);
  guint8 bit;

  if (place == ENGRAM_ID_TABLE_NONE)
    {
      engram_id_table_add (self->table, id, length);
      return ENGRAM_IMPORT_ID_NEW;
    }
  if (place >= self->n_network)
    return ENGRAM_IMPORT_ID_IN_BATCH;
  bit = (guint8) (1 << place % 8);
  if ((self->met->data[place / 8] & bit) != 0)
    return ENGRAM_IMPORT_ID_IN_BATCH;
  self->met->data[place / 8] |= bit;
  return ENGRAM_IMPORT_ID_IN_NETWORK;
}

gboolean
engram_import_ids_contain (EngramImportIds *self,
                           const char      *id)
{
  return engram_id_table_find (self->table, id, strlen (id)) != ENGRAM_ID_TABLE_NONE;
}

/* Ends that wait */

static gboolean
fail_to_use_file (GError **error)
{
  g_autofree char *name = g_filename_display_name (g_get_tmp_dir ());

  if (errno == ENOSPC || errno == EDQUOT)
    g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_NO_SPACE,
                 _("There is no space left for temporary files in “%s”. Nothing was changed. Make space, then try "
                   "again."), name);
  else
    g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_FAILED, _("A temporary file in “%s” cannot be used: %s"), name,
                 g_strerror (errno));
  return FALSE;
}

/* A file without a name, which is gone when it is closed. */
static FILE *
open_file (GError **error)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "engram-import-XXXXXX", NULL);
  int fd = g_mkstemp (path);
  FILE *file = fd >= 0 ? fdopen (fd, "w+b") : NULL;

  if (file == NULL)
    fail_to_use_file (error);
  if (file == NULL && fd >= 0)
    close (fd);
  if (fd >= 0)
    g_unlink (path);
  return file;
}

gboolean
engram_import_ids_wait (EngramImportIds        *self,
                        const EngramImportEnd  *end,
                        GError                **error)
{
  if (self->waiting == NULL)
    {
      self->waiting = open_file (error);
      if (self->waiting == NULL)
        return FALSE;
    }
  return fwrite (end, sizeof *end, 1, self->waiting) == 1 || fail_to_use_file (error);
}

static void
tell (const EngramImportEnd *end,
      const char            *neuron,
      EngramImportProblems  *problems)
{
  char synapse[ENGRAM_UUID_TEXT_LENGTH + 1];
  g_autofree char *message = NULL;

  engram_uuid_format (&end->synapse, synapse);
  message = end->is_made ? g_strdup (_("there is no such neuron"))
                         : g_strdup_printf (_("there is no neuron %s"), neuron);
  engram_import_problems_add (problems, end->file, end->byte, end->has_synapse ? synapse : NULL,
                              end->is_target ? "target_neuron_id" : "source_neuron_id", message, FALSE);
}

gboolean
engram_import_ids_settle (EngramImportIds       *self,
                          EngramImportProblems  *problems,
                          GCancellable          *cancellable,
                          GError               **error)
{
  EngramImportEnd end;

  if (self->waiting == NULL)
    return TRUE;
  if (fflush (self->waiting) != 0 || fseek (self->waiting, 0, SEEK_SET) != 0)
    return fail_to_use_file (error);
  for (guint i = 0; fread (&end, sizeof end, 1, self->waiting) == 1; i++)
    {
      char neuron[ENGRAM_UUID_TEXT_LENGTH + 1];

      if (i % ENDS_AT_ONCE == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      engram_uuid_format (&end.neuron, neuron);
      if (!engram_import_ids_contain (self, neuron))
        tell (&end, neuron, problems);
    }
  return ferror (self->waiting) == 0 || fail_to_use_file (error);
}
