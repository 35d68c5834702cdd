/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "engram-declarations.h"
#include "engram-error.h"
#include "engram-progress.h"

ENGRAM_BEGIN_DECLS

/**
 * ENGRAM_SCHEMA_VERSION:
 *
 * The newest schema of a network file, which is written. Older ones are read as they are.
 */
#define ENGRAM_SCHEMA_VERSION 3

/**
 * ENGRAM_APPLICATION_ID:
 *
 * SQLite's application id in the files that Engram makes.
 */
#define ENGRAM_APPLICATION_ID 0x456E6772

#define ENGRAM_TYPE_DATABASE (engram_database_get_type ())

/**
 * EngramDatabase:
 *
 * A neuron network in one SQLite file.
 *
 * A file is opened to be looked at: not a byte of it changes, and no side file is left that was not there, until
 * something is first written to it; then its journal mode becomes WAL and its schema the newest. One connection
 * writes, a pool of connections reads.
 *
 * All functions may be called in any thread, but only the cheap ones (get_path, get_access, get_schema_version,
 * get_foreign_triggers) in one that must not wait. Dropping the last reference closes the file.
 */
G_DECLARE_FINAL_TYPE (EngramDatabase, engram_database, ENGRAM, DATABASE, GObject)

/**
 * EngramDatabaseAccess:
 * @ENGRAM_DATABASE_ACCESS_WRITE: it can be written
 * @ENGRAM_DATABASE_ACCESS_NEWER: a newer program wrote it
 * @ENGRAM_DATABASE_ACCESS_READ_ONLY: the file or its folder may not be written, or lies on a read-only medium
 * @ENGRAM_DATABASE_ACCESS_SNAPSHOT: what is seen is a private copy of the file as it was when it was opened
 * @ENGRAM_DATABASE_ACCESS_LINKED: the file has several names (hard links), and SQLite's side files follow only one
 * @ENGRAM_DATABASE_ACCESS_PORTAL: what is seen is a private copy of a file that the document portal handed over (see
 *   engram_portal_has_file()), as it was when it was opened, and stays so
 *
 * What may be done with an open network.
 */
typedef enum {
  ENGRAM_DATABASE_ACCESS_WRITE,
  ENGRAM_DATABASE_ACCESS_NEWER,
  ENGRAM_DATABASE_ACCESS_READ_ONLY,
  ENGRAM_DATABASE_ACCESS_SNAPSHOT,
  ENGRAM_DATABASE_ACCESS_LINKED,
  ENGRAM_DATABASE_ACCESS_PORTAL,
} EngramDatabaseAccess;

/**
 * engram_database_create:
 * @path: (type filename): a file that does not exist
 * @cancellable: (nullable): to give up
 * @error: return location, or %NULL
 *
 * Makes a new, empty network and opens it. The file appears whole or not at all.
 *
 * Returns: (transfer full): the network, or %NULL with %ENGRAM_ERROR_EXISTS, %ENGRAM_ERROR_NO_SPACE or another
 */
EngramDatabase       *engram_database_create                  (const char      *path,
                                                               GCancellable    *cancellable,
                                                               GError         **error);

/**
 * engram_database_open:
 * @path: (type filename): an existing file
 * @cancellable: (nullable): to give up
 * @error: return location, or %NULL
 *
 * Opens a network to be looked at and, where engram_database_get_access() says so, to be written. Opening changes
 * nothing: see the class.
 *
 * Returns: (transfer full): the network, or %NULL with %ENGRAM_ERROR_NO_FILE, %ENGRAM_ERROR_NOT_A_NETWORK,
 *   %ENGRAM_ERROR_BUSY, %ENGRAM_ERROR_DAMAGED or another
 */
EngramDatabase       *engram_database_open                    (const char      *path,
                                                               GCancellable    *cancellable,
                                                               GError         **error);

/**
 * engram_database_open_async:
 * @path: (type filename): an existing file
 * @cancellable: (nullable): to give up
 * @callback: called in the thread's default main context
 * @user_data: for @callback
 *
 * Does what engram_database_open() does, in a worker thread. Where it is cancelled when the network is open already,
 * the network is returned all the same: the caller drops it where it may wait.
 */
void                  engram_database_open_async              (const char      *path,
                                                               GCancellable    *cancellable,
                                                               GAsyncReadyCallback callback,
                                                               gpointer         user_data);

/**
 * engram_database_open_finish:
 * @result: what the callback was given
 * @error: return location, or %NULL
 *
 * Returns: (transfer full): the network, or %NULL as engram_database_open()
 */
EngramDatabase       *engram_database_open_finish             (GAsyncResult    *result,
                                                               GError         **error);

/**
 * engram_database_get_path:
 * @self: a network
 *
 * Returns: (type filename) (transfer none): the file's absolute path, links resolved
 */
const char           *engram_database_get_path                (EngramDatabase  *self);

/**
 * engram_database_get_access:
 * @self: a network
 *
 * Returns: what may be done with it
 */
EngramDatabaseAccess  engram_database_get_access              (EngramDatabase  *self);

/**
 * engram_database_get_schema_version:
 * @self: a network
 *
 * Returns: the version of its schema, as last seen
 */
int                   engram_database_get_schema_version      (EngramDatabase  *self);

/**
 * engram_database_get_foreign_triggers:
 * @self: a network
 *
 * Returns: (transfer none) (array zero-terminated=1): names of the triggers that the file had when it was opened.
 *   Engram makes none, and lets none fire.
 */
const char * const   *engram_database_get_foreign_triggers    (EngramDatabase  *self);

/**
 * engram_database_get_change_stamp:
 * @self: a network
 * @stamp: (out): a number that differs from an earlier one where anything was committed since, by this program or
 *   another
 * @cancellable: (nullable): to give up
 * @error: return location, or %NULL
 *
 * Cheap, but it takes a lock on the file for a moment.
 *
 * Returns: %TRUE, or %FALSE with @error set
 */
gboolean              engram_database_get_change_stamp        (EngramDatabase  *self,
                                                               guint64         *stamp,
                                                               GCancellable    *cancellable,
                                                               GError         **error);

/**
 * engram_database_vacuum:
 * @self: a network
 * @progress: (nullable) (scope call): told how far it is
 * @user_data: for @progress
 * @cancellable: (nullable): to give up; nothing has changed then
 * @error: return location, or %NULL
 *
 * Gives unused space in the file back: a compact copy is made beside the file, then its pages replace those of the
 * file in one transaction. Needs up to twice the space of the network while it runs. Rows keep their rowids. Another
 * program can read meanwhile, and write until the pages are replaced; where it does, the work is begun anew.
 *
 * Returns: %TRUE, or %FALSE with %ENGRAM_ERROR_BUSY, %ENGRAM_ERROR_NO_SPACE, %ENGRAM_ERROR_READ_ONLY or another
 */
gboolean              engram_database_vacuum                  (EngramDatabase  *self,
                                                               EngramProgressFunc progress,
                                                               gpointer         user_data,
                                                               GCancellable    *cancellable,
                                                               GError         **error);

ENGRAM_END_DECLS
