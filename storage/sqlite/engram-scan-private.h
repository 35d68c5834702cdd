/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engram-parts-private.h"
#include "engram-progress.h"
#include "sqlite/engram-database-private.h"

G_BEGIN_DECLS

/* Reading a whole table with several threads, each with a reader of its own that sees the same snapshot. The table is
 * cut into ranges of rowids, which the threads take one after the other. */

#define ENGRAM_SCAN_CHUNKS 32

/* Readers for engram_scan_table(), one a thread; and how far it has come. */
typedef struct {
  EngramReader *readers[ENGRAM_PARTS_MAX_THREADS];
  guint         n_readers;
  guint         done;      /* atomic: the chunks that have been read, a bit each */
} EngramScan;

/* How many chunks have been read, counted up to the first one that has not: what they have given will not change. */
guint    engram_scan_count_done (EngramScan  *scan);

gboolean engram_scan_begin (EngramScan      *scan,
                            EngramDatabase  *database,
                            GCancellable    *cancellable,
                            GError         **error);
void     engram_scan_end   (EngramScan      *scan);

/* Reads the rows of a chunk, rowids first to last inclusive, in any of the threads. */
typedef gboolean (*EngramScanFunc) (EngramReader  *reader,
                                    gint64         first,
                                    gint64         last,
                                    guint          chunk,
                                    gpointer       data,
                                    GError       **error);

/* Calls @func once for each chunk 0 to ENGRAM_SCAN_CHUNKS - 1, the rowids of which ascend with their numbers. The
 * calling thread works too, and is the one that reports from fraction @from to @to of the whole. */
gboolean engram_scan_table (EngramScan         *scan,
                            const char         *table,
                            EngramScanFunc      func,
                            gpointer            data,
                            const char         *phase,
                            double              from,
                            double              to,
                            EngramProgressFunc  progress,
                            gpointer            user_data,
                            GError            **error);

/* A statement for the rows of a chunk: SELECT @columns FROM @table, in the order of rows. */
EngramStatement *engram_scan_prepare (EngramReader  *reader,
                                      const char    *columns,
                                      const char    *table,
                                      gint64         first,
                                      gint64         last,
                                      GError       **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EngramScan, engram_scan_end)

G_END_DECLS
