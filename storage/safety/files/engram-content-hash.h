/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engram-declarations.h"
#include "engram-progress.h"
#include "sqlite/engram-database.h"

ENGRAM_BEGIN_DECLS

/**
 * engram_content_hash:
 * @database: a network
 * @progress: (nullable) (scope call): told how far it is
 * @user_data: for @progress
 * @cancellable: (nullable): to give up
 * @error: return location, or %NULL
 *
 * SHA-256 over what one snapshot of a network holds: all rows of all tables in their order, tables that Engram does
 * not know included. Does not depend on pages, rowids (but for their order), indexes, journal mode or schema version:
 * a network has the same hash before and after an upgrade of its schema, a vacuum, a backup and a restore. Runs on all
 * cores.
 *
 * The form, version 1. Numbers are 8 bytes, the highest first; a *text* is its length as a number and its bytes in
 * UTF-8.
 *
 * - The hash is SHA-256 of `engram-content 1\n` and the digests (32 bytes each) of the tables, sorted by the bytes of
 *   their names. All tables count but virtual ones, SQLite's own (`sqlite_...`), `schema_version` and
 *   `engram_network`.
 * - The digest of a table is SHA-256 of its name (a text), how many columns it has (a number), their names (texts),
 *   how many rows it has (a number) and the digests of its runs. Columns are in the table's order, without computed
 *   ones and those named `engram_...`.
 * - Rows are in the order of their rowids, or of their primary key where the table has no rowids. A run is as many of
 *   them as it takes to reach 1,048,576 bytes; the last may be shorter. Its digest is SHA-256 of the bytes of its
 *   rows.
 * - A row is `r`, the values of the columns, and then, for each column named `engram_...` in which it is not NULL,
 *   `c`, the name (a text) and the value.
 * - A value is `n` for NULL; `i` and the integer as a number, in two's complement; `f` and the bits of the IEEE
 *   double as a number; `t` and a text; `b`, the length as a number, and the bytes of the blob.
 *
 * Returns: (transfer full): lower-case hex, or %NULL with %ENGRAM_ERROR_DAMAGED where the file cannot be read to its
 *   end, or another error
 */
char *engram_content_hash (EngramDatabase      *database,
                           EngramProgressFunc   progress,
                           gpointer             user_data,
                           GCancellable        *cancellable,
                           GError             **error);

ENGRAM_END_DECLS
