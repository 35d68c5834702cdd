/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engram-declarations.h"
#include "engram-progress.h"
#include "sqlite/engram-database.h"

ENGRAM_BEGIN_DECLS

/**
 * engram_database_save_as:
 * @database: a network
 * @path: (type filename): absolute path of a file that does not exist
 * @progress: (nullable) (scope call): told how far it is
 * @user_data: for @progress
 * @cancellable: (nullable): to give up; nothing is left then
 * @error: return location, or %NULL
 *
 * Writes one snapshot of a network, as it is now, into a new file: page by page, so that nothing is lost that Engram
 * does not know. What was written is read again and compared by its content hash before the file appears, whole or not
 * at all. A file that is there already is never written over. Its undo history stays with the old file.
 *
 * Waits for the disk; any thread.
 *
 * Returns: %TRUE, or %FALSE with %ENGRAM_ERROR_EXISTS, %ENGRAM_ERROR_NO_SPACE or another
 */
gboolean engram_database_save_as (EngramDatabase      *database,
                                  const char          *path,
                                  EngramProgressFunc   progress,
                                  gpointer             user_data,
                                  GCancellable        *cancellable,
                                  GError             **error);

ENGRAM_END_DECLS
