/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "query/engram-row-test-private.h"
#include "query/engram-searcher-private.h"

G_BEGIN_DECLS

/* A query made ready for one kind of records and one snapshot: what must be read of a row, and whether it passes. */
typedef struct _EngramFilter EngramFilter;

/* Looks up what the terms need: the places of `near`, the degrees, the columns of the network for what is asked of the
 * other end, the candidates of the text index. @scan is the snapshot. */
EngramFilter *engram_filter_new         (EngramSearcher     *searcher,
                                         EngramRecordKind    kind,
                                         EngramQuery        *query,
                                         EngramScan         *scan,
                                         GCancellable       *cancellable,
                                         GError            **error);
/* The same for who has found out already what is asked of the other end: takes @marks, a byte for each neuron of
 * @network (see engram_row_test_add_marks()). */
EngramFilter *engram_filter_new_marked  (EngramSearcher     *searcher,
                                         EngramRecordKind    kind,
                                         EngramQuery        *query,
                                         EngramScan         *scan,
                                         EngramNetwork      *network,
                                         guint8             *marks,
                                         GCancellable       *cancellable,
                                         GError            **error);
void          engram_filter_free        (EngramFilter       *self);

/* Whether every row passes. */
gboolean      engram_filter_passes_all  (const EngramFilter *self);

/* The terms, for who looks at rows himself; it may be given more columns to read with engram_row_test_finish(). */
EngramRowTest *engram_filter_get_test   (EngramFilter       *self);

/* A row that passed, in any of the scan's threads: @row's columns from @column on are those that were asked for; where
 * none were, @row may be NULL. Within a chunk rows come in the order of rowids, and all of a chunk have lower ones than
 * those of the next. FALSE with @error set stops all. */
typedef gboolean (*EngramFilterFunc)    (guint               chunk,
                                         gint64              rowid,
                                         sqlite3_stmt       *row,
                                         int                 column,
                                         gpointer            data,
                                         GError            **error);

/* Reads the table in chunks (see engram-scan-private.h) and calls @func for each row that passes. @columns are a
 * constant of the program ("activation_level, created_at"), or NULL for none: then nothing is read where an index or
 * the network's columns say it all. */
gboolean      engram_filter_scan        (EngramFilter       *self,
                                         const char         *columns,
                                         EngramFilterFunc    func,
                                         gpointer            data,
                                         GCancellable       *cancellable,
                                         GError            **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramFilter, engram_filter_free)

G_END_DECLS
