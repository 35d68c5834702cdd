/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engram-progress.h"
#include "sqlite/engram-database-private.h"

G_BEGIN_DECLS

/* Copies all pages that @reader, within a snapshot, sees into the empty file at @path: one file, without side files,
 * not yet synced. Page by page: also what no table can make sense of. */
gboolean engram_snapshot_copy  (EngramReader        *reader,
                                const char          *path,
                                EngramProgressFunc   progress,
                                gpointer             user_data,
                                GCancellable        *cancellable,
                                GError             **error);

/* Brings a database that nobody else knows to rollback mode: all of it is in its file then. */
gboolean engram_make_one_file  (EngramConnection    *connection,
                                GError             **error);

/* SQLite's backup from one connection to another, in steps. */
typedef struct {
  EngramConnection   *from;
  EngramConnection   *to;
  const char         *phase;
  EngramProgressFunc  progress;
  gpointer            user_data;
  GCancellable       *cancellable;
} EngramPageCopy;

/* Copies the rest of the pages, or gives up; the caller finishes @backup. */
gboolean engram_page_copy_run       (const EngramPageCopy  *self,
                                     sqlite3_backup        *backup,
                                     GError               **error);
/* Of SQLite's @result: names the file that it is about. */
void     engram_page_copy_set_error (const EngramPageCopy  *self,
                                     int                    result,
                                     GError               **error);

G_END_DECLS
