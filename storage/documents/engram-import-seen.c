/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "documents/engram-import-seen-private.h"

#include "model/engram-uuid.h"
#include "sqlite/engram-connection-private.h"
#include "sqlite/engram-file-private.h"

#define CACHE_KIB 16384

struct _EngramImportSeen {
  GCancellable     *cancellable;
  EngramConnection *connection; /* once there is something to be kept */
  EngramStatement  *insert;
};

EngramImportSeen *
engram_import_seen_new (GCancellable *cancellable)
{
  EngramImportSeen *self = g_new0 (EngramImportSeen, 1);

  g_set_object (&self->cancellable, cancellable);
  return self;
}

void
engram_import_seen_free (EngramImportSeen *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->insert, engram_statement_release);
  g_clear_pointer (&self->connection, engram_connection_close);
  g_clear_object (&self->cancellable);
  g_free (self);
}

static gboolean
create (EngramImportSeen  *self,
        const char        *path,
        GError           **error)
{
  g_autofree char *sql = g_strdup_printf ("PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=MEMORY;"
                                          "PRAGMA synchronous=OFF; PRAGMA cache_size=-%d; BEGIN;"
                                          "CREATE TABLE seen (id BLOB PRIMARY KEY) WITHOUT ROWID", CACHE_KIB);

  self->connection = engram_connection_open (path, ENGRAM_CONNECTION_CREATE | ENGRAM_CONNECTION_WRITE,
                                             self->cancellable, error);
  if (self->connection == NULL || !engram_connection_execute (self->connection, sql, error))
    return FALSE;
  self->insert = engram_connection_prepare (self->connection, "INSERT OR IGNORE INTO seen (id) VALUES (?)", error);
  return self->insert != NULL;
}

/* The file loses its name at once, so that nothing is left of it, however this ends. */
static gboolean
open_database (EngramImportSeen  *self,
               GError           **error)
{
  g_autofree char *beside = g_build_filename (g_get_tmp_dir (), "engram-import", NULL);
  g_autofree char *absolute = g_canonicalize_filename (beside, NULL);
  g_autofree char *path = engram_file_new_temporary (absolute, "seen", error);
  gboolean done;

  if (path == NULL)
    return FALSE;
  done = create (self, path, error);
  engram_file_remove (path);
  return done;
}

gboolean
engram_import_seen_add (EngramImportSeen  *self,
                        const char        *id,
                        gboolean          *is_new,
                        GError           **error)
{
  EngramUuid uuid;

  g_return_val_if_fail (engram_uuid_parse (id, -1, &uuid), FALSE);

  if (self->connection == NULL && !open_database (self, error))
    return FALSE;
  engram_statement_note_bind (self->insert,
                              sqlite3_bind_blob (engram_statement_get_handle (self->insert), 1, uuid.bytes,
                                                 sizeof uuid.bytes, SQLITE_STATIC));
  if (!engram_statement_run (self->insert, error))
    return FALSE;
  *is_new = sqlite3_changes (engram_connection_get_handle (self->connection)) > 0;
  return TRUE;
}
