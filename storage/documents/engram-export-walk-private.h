/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "documents/engram-export.h"
#include "model/engram-record-kind.h"
#include "sqlite/engram-database-private.h"

G_BEGIN_DECLS

/* The rows that an export writes, of one snapshot, in their order, each read once. */

/* What is being done with a table, and which share of the whole work that is. */
typedef struct {
  const char *phase;
  double      from;
  double      to;
} EngramExportStep;

typedef struct {
  EngramRowSet *rows;   /* NULL for all */
  gint64        first;  /* rowids */
  gint64        last;
} EngramExportTable;

typedef struct {
  EngramReader       *reader;
  EngramExportTable   tables[2]; /* by EngramRecordKind */
  EngramExportStep    step;
  gint64              last_report;
  EngramProgressFunc  progress;
  gpointer            user_data;
  GCancellable       *cancellable;
} EngramExportWalk;

/* A row; its first column is the rowid. */
typedef gboolean (*EngramExportRowFunc) (sqlite3_stmt  *row,
                                         gpointer       data,
                                         GError       **error);

/* Begins the snapshot and finds the rows of a part; progress, user_data and cancellable are set before. */
gboolean engram_export_walk_begin      (EngramExportWalk        *self,
                                        EngramDatabase          *database,
                                        const EngramExportPart  *part,
                                        GError                 **error);
/* About how many rows of a table there are, 1 at least. */
double   engram_export_walk_count      (EngramExportWalk        *self,
                                        EngramRecordKind         kind);
/* Calls a function with each row of a table, until one fails or the work is cancelled. */
gboolean engram_export_walk_rows       (EngramExportWalk        *self,
                                        EngramRecordKind         kind,
                                        const char              *columns,
                                        const EngramExportStep  *step,
                                        EngramExportRowFunc      func,
                                        gpointer                 data,
                                        GError                 **error);
/* Ends the snapshot: whoever reads keeps the journal from being emptied. */
void     engram_export_walk_end        (EngramExportWalk        *self);
void     engram_export_walk_clear      (EngramExportWalk        *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EngramExportWalk, engram_export_walk_clear)

G_END_DECLS
