/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "compare/engram-compare-rows-private.h"
#include "engram-parts-private.h"

G_BEGIN_DECLS

/* Reading both files with several threads, each with a reader of either file; all readers of a file see one
 * snapshot. */

typedef struct {
  EngramReader       *readers[ENGRAM_COMPARE_N_SIDES][ENGRAM_PARTS_MAX_THREADS];
  guint               n_threads;
  GCancellable       *cancellable;
  EngramProgressFunc  progress;
  gpointer            user_data;
} EngramCompareScan;

gboolean engram_compare_scan_begin (EngramCompareScan  *self,
                                    EngramDatabase     *today,
                                    EngramDatabase     *other,
                                    GError            **error);
void     engram_compare_scan_end   (EngramCompareScan  *self);

/* Does the parts 0, 1, ... in the threads: @func works with the readers of its thread. Reports from fraction @from to
 * @to of the whole. */
gboolean engram_compare_scan_run   (EngramCompareScan   *self,
                                    guint                n_parts,
                                    EngramPartFunc       func,
                                    gpointer             data,
                                    const char          *phase,
                                    double               from,
                                    double               to,
                                    GError             **error);

/* What an id is matched by: the bytes of a UUID, or of the hash of another text, which never look like those. */
typedef struct {
  guint8 bytes[16];
} EngramCompareKey;

void     engram_compare_key_init   (EngramCompareKey       *self,
                                    const char             *id,
                                    gsize                   length);
/* FALSE where the row of a select has no text for an id. */
gboolean engram_compare_key_read   (EngramCompareKey       *self,
                                    sqlite3_stmt           *row);
/* What is kept of it, to know a record again. */
guint32  engram_compare_key_get_hash (const EngramCompareKey *self);

typedef struct {
  gint64           rowid;
  EngramCompareKey key;
} EngramCompareKeyedRow;

typedef struct {
  gint64  rowid;
  gint64  other_rowid;
  guint64 fields;
  double  change;
  float   moved;
  float   drift;
  float   drift_length;
  guint32 hash;         /* of the id */
} EngramComparedRow;

/* What became of the rows of one table, or of a part of it. */
typedef struct {
  guint64  same;
  guint64  touched;
  GArray  *changed;                         /* of EngramComparedRow, by rowid of today */
  GArray  *rows[ENGRAM_COMPARE_N_SIDES];    /* of gint64, ascending: all */
  GArray  *alone[ENGRAM_COMPARE_N_SIDES];   /* of EngramCompareKeyedRow, likewise: those that just this file has */
  GArray  *unclear[ENGRAM_COMPARE_N_SIDES]; /* of gint64, likewise */
} EngramCompareFound;

void     engram_compare_found_init  (EngramCompareFound     *self);
void     engram_compare_found_clear (EngramCompareFound     *self);
/* Appends what was found in a part, which has nothing then. */
void     engram_compare_found_take  (EngramCompareFound     *self,
                                     EngramCompareFound     *part);

/* Compares one table. */
gboolean engram_compare_scan_table (EngramCompareScan      *self,
                                    EngramCompareTable     *table,
                                    EngramCompareFound     *found,
                                    const char             *phase,
                                    double                  from,
                                    double                  to,
                                    GError                **error);

/* Of rows that do not stand in the same place in both files, finds out which belong together, by their ids, and
 * compares these. @loose: of EngramCompareKeyedRow; both are emptied. */
gboolean engram_compare_scan_loose (EngramCompareScan      *self,
                                    EngramCompareTable     *table,
                                    GArray                 *loose[ENGRAM_COMPARE_N_SIDES],
                                    EngramCompareFound     *found,
                                    const char             *phase,
                                    double                  from,
                                    double                  to,
                                    GError                **error);

/* Notes two rows that belong together; the other one only where they are the same, and FALSE where they are not. */
void     engram_compare_found_note (EngramCompareFound     *self,
                                    EngramCompareTable     *table,
                                    sqlite3_stmt           *today,
                                    sqlite3_stmt           *other);
gboolean engram_compare_found_note_same (EngramCompareFound *self,
                                    EngramCompareTable     *table,
                                    sqlite3_stmt           *today,
                                    sqlite3_stmt           *other);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EngramCompareScan, engram_compare_scan_end)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EngramCompareFound, engram_compare_found_clear)

G_END_DECLS
