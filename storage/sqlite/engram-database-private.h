/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#ifndef ENGRAM_STORAGE_COMPILATION
#error "Private to storage/"
#endif

#include "sqlite/engram-connection-private.h"
#include "sqlite/engram-database.h"

G_BEGIN_DECLS

/* A connection of the pool that reads, until it is released. Any number at a time. */
typedef EngramConnection EngramReader;

EngramReader     *engram_database_acquire_reader (EngramDatabase    *self,
                                                  GCancellable      *cancellable,
                                                  GError           **error);
void              engram_reader_release          (EngramReader      *reader);

/* n_readers readers that all see the same snapshot, until each is released. engram_connection_get_stamp() tells its
 * change stamp. */
gboolean          engram_database_acquire_snapshot (EngramDatabase  *self,
                                                  EngramReader     **readers,
                                                  guint              n_readers,
                                                  GCancellable      *cancellable,
                                                  GError           **error);

/* The one connection that writes, in a transaction (BEGIN IMMEDIATE), with the file brought to WAL and the newest
 * schema by the first write. NULL with @error set where that cannot be had; else engram_database_end_write() must
 * follow in the same thread: it commits where @success, and rolls back everything where not (keeping the @error that
 * the caller has set). */
EngramConnection *engram_database_begin_write    (EngramDatabase    *self,
                                                  GCancellable      *cancellable,
                                                  GError           **error);
gboolean          engram_database_end_write      (EngramDatabase    *self,
                                                  EngramConnection  *writer,
                                                  gboolean           success,
                                                  GError           **error);

/* The same connection, brought up to date, outside of a transaction, for work that SQLite does in transactions of its
 * own. */
EngramConnection *engram_database_begin_exclusive (EngramDatabase   *self,
                                                  GCancellable      *cancellable,
                                                  GError           **error);
void              engram_database_end_exclusive  (EngramDatabase    *self,
                                                  EngramConnection  *writer);

/* After a transaction of SQLite's own that failed with @result, outside of any: what it has left in the WAL may be
 * whole, where only its sync failed, and whoever opens the file next would take it for committed. Another commit, which
 * changes nothing and waits for no sync, is written over it. Where the disk takes no writes any more either, nothing
 * helps. */
void              engram_database_bury_failed_commit (EngramConnection *writer,
                                                  int                result);

/* How many numbers a vector must have, or 0 where the network has none yet. What counts is what a write transaction
 * sees; a reader's answer may be out of date. */
gboolean          engram_database_get_dimension  (EngramDatabase    *self,
                                                  EngramConnection  *writer,
                                                  guint             *dimension,
                                                  GError           **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramReader, engram_reader_release)

G_END_DECLS
