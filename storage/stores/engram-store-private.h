/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/engram-record-private.h"
#include "sqlite/engram-database-private.h"

G_BEGIN_DECLS

/* What the stores of neurons and of synapses share: lists of records, and writing many records in one
 * transaction. */

typedef gpointer (*EngramReadRowFunc) (sqlite3_stmt *row);

/* A reader of the pool within a snapshot, until it is released. */
EngramReader *engram_store_begin_read    (EngramDatabase            *database,
                                          GCancellable              *cancellable,
                                          GError                   **error);

/* Runs a statement to its end and appends a record for each row. */
gboolean      engram_store_collect       (EngramStatement           *statement,
                                          EngramReadRowFunc          read,
                                          GPtrArray                 *records,
                                          GError                   **error);

/* The one number that a statement gives. */
gboolean      engram_store_get_count     (EngramStatement           *statement,
                                          guint64                   *count,
                                          GError                   **error);

/* The rowid of the row whose column id is @id: 1 found, 0 absent, -1 @error is set. */
int           engram_store_find_rowid    (EngramConnection          *connection,
                                          const char                *sql,
                                          const char                *id,
                                          gint64                    *rowid,
                                          GError                   **error);

/* The part of an offset or a limit that SQLite can take. */
static inline gint64
engram_store_clamp (guint64 number)
{
  return (gint64) MIN (number, (guint64) G_MAXINT64);
}

/* @time as the times of a network are written, which compare as texts; NULL and ENGRAM_ERROR_INVALID where it
 * is none. */
char         *engram_store_read_since    (const char                *time,
                                          GError                   **error);

/* One write transaction. */
typedef struct {
  EngramDatabase   *database;
  EngramConnection *writer;
  const char       *now;
  char             *insert_sql;
  guint             dimension;
  gboolean          dimension_known;
} EngramStoreWrite;

/* What became of one record; the record learns of it only once the transaction is in the file. */
typedef struct {
  gint64   rowid;
  gboolean changed; /* counts as one of the operation's action in the log */
  gboolean created_now;
  gboolean modified_now;
  guint64  n_synapses_deleted; /* logged by themselves */
} EngramStoreResult;

/**
 * EngramStoreOperation:
 * @action: its name in the log
 * @get_id: the id of a record; not asked for where only synapses are deleted
 * @check: (nullable): what is wrong with the record by itself, before the file is touched
 * @compare: (nullable): says in advance whether it will change, or will be refused; a file in which nothing will
 *   change is not touched. What counts is what @write finds within the transaction
 * @write: writes it
 * @finish: (nullable): tells the record what became of it
 *
 * What is done to each of many records; a record is whatever the functions take it for.
 */
typedef struct {
  const char *action;
  const char *(*get_id) (gconstpointer record);
  gboolean    (*check)   (gconstpointer             record,
                          GError                  **error);
  gboolean    (*compare) (EngramDatabase           *database,
                          EngramConnection         *reader,
                          gconstpointer             record,
                          EngramStoreResult        *result,
                          GError                  **error);
  gboolean    (*write)   (EngramStoreWrite         *write,
                          gconstpointer             record,
                          EngramStoreResult        *result,
                          GError                  **error);
  void        (*finish)  (gpointer                  record,
                          const EngramStoreResult  *result,
                          const char               *now);
} EngramStoreOperation;

/* One kind of records within a transaction, and what became of each. */
typedef struct {
  const EngramStoreOperation *operation;
  gpointer                   *records;
  guint                       n_records;
  EngramStoreResult          *results;
} EngramStoreGroup;

/* Several kinds in one transaction: begin, apply to each group, end; then, where it went well, finish each group, which
 * tells its records and the log. Results of groups that were applied are freed by engram_store_group_clear(). */
gboolean      engram_store_begin_write   (EngramStoreWrite           *write,
                                          EngramDatabase             *database,
                                          const char                 *now,
                                          GCancellable               *cancellable,
                                          GError                    **error);
gboolean      engram_store_apply         (EngramStoreWrite           *write,
                                          EngramStoreGroup           *group,
                                          GCancellable               *cancellable,
                                          GError                    **error);
gboolean      engram_store_end_write     (EngramStoreWrite           *write,
                                          gboolean                    success,
                                          GError                    **error);
void          engram_store_finish_group  (const EngramStoreGroup     *group,
                                          const char                 *now);
void          engram_store_group_clear   (EngramStoreGroup           *group);

/* All records in one transaction, or none; on an error the records are as they were. Logged once done. */
gboolean      engram_store_write_records (EngramDatabase             *database,
                                          const EngramStoreOperation *operation,
                                          gpointer                   *records,
                                          guint                       n_records,
                                          GCancellable               *cancellable,
                                          GError                    **error);

/* One of the two tables. */
typedef struct {
  const char              *name;
  const EngramRecordClass *class;
  guint                    id;
  guint                    created_at;
  guint                    modified_at;
} EngramStoreTable;

/* The columns of a new record that are to be checked: all but the times that are left to the store. */
guint         engram_store_get_given     (const EngramStoreTable     *table,
                                          gconstpointer               record);
/* Adds a row, with the times that the record does not give set to now. */
gboolean      engram_store_insert        (EngramStoreWrite           *write,
                                          const EngramStoreTable     *table,
                                          gconstpointer               record,
                                          EngramStoreResult          *result,
                                          GError                    **error);
/* What writing @record over @stored means: the columns that differ, and in @result the row, whether there are
 * any, and whether the time of change is to be set too. */
guint         engram_store_compare       (const EngramStoreTable     *table,
                                          gconstpointer               record,
                                          gconstpointer               stored,
                                          EngramStoreResult          *result);
/* Writes these columns, which engram_store_compare() found. */
gboolean      engram_store_update        (EngramStoreWrite           *write,
                                          const EngramStoreTable     *table,
                                          gconstpointer               record,
                                          guint                       columns,
                                          const EngramStoreResult    *result,
                                          GError                    **error);
/* Deletes the row of @result, unless rows of other programs would go with it. */
gboolean      engram_store_delete        (EngramStoreWrite           *write,
                                          const EngramStoreTable     *table,
                                          const EngramStoreResult    *result,
                                          GError                    **error);
/* Tells a record of the table its row and its times. */
void          engram_store_finish        (const EngramStoreTable     *table,
                                          gpointer                    record,
                                          const EngramStoreResult    *result,
                                          const char                 *now);

G_END_DECLS
