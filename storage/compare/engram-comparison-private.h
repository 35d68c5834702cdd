/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "compare/engram-compare-scan-private.h"
#include "compare/engram-comparison.h"

G_BEGIN_DECLS

#define ENGRAM_COMPARISON_N_KINDS (ENGRAM_RECORD_SYNAPSE + 1)

/* What was found in one of the tables. */
typedef struct {
  EngramComparisonCounts  counts;
  EngramRowSet           *all;         /* rows of today */
  EngramRowSet           *added;
  EngramRowSet           *unclear;
  EngramRowSet           *removed;     /* rows of the other file */
  guint32                *removed_hashes; /* of their ids */
  EngramComparedRow      *changed;     /* by rowid */
  GStrv                   unshared[ENGRAM_COMPARE_N_SIDES];
  GStrv                   field_names;
  guint64                 field_counts[ENGRAM_COMPARE_MAX_FIELDS];
  guint                   n_fields;
} EngramComparisonTable;

struct _EngramComparison {
  gatomicrefcount        references;
  char                  *other_path;
  guint64                stamp;
  EngramComparisonTable  tables[ENGRAM_COMPARISON_N_KINDS];
};

/* The changed row at that rowid of today, or NULL. */
const EngramComparedRow *engram_comparison_find_changed (EngramComparison *self,
                                                         EngramRecordKind  kind,
                                                         gint64            rowid);

/* Whether that row of the other file was removed; @hash: of its id. */
gboolean                 engram_comparison_find_removed (EngramComparison *self,
                                                         EngramRecordKind  kind,
                                                         gint64            other_rowid,
                                                         guint32          *hash);
/* Whether the row of a select still has the id that had this hash. */
gboolean                 engram_comparison_has_hash     (sqlite3_stmt     *row,
                                                         guint32           hash);

/* Whether the row stands in that file; where it is the same in both, its place in the other one is not kept. */
gboolean engram_comparison_row_stands_in (const EngramComparisonRow *row,
                                       guint                  side);

G_END_DECLS
