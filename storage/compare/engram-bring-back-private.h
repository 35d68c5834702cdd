/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "compare/engram-bring-back.h"
#include "compare/engram-comparison-private.h"
#include "editing/engram-edit-private.h"

G_BEGIN_DECLS

/* Bringing rows of another file into a network, within a transaction of that. */

typedef struct {
  EngramCompareTable *table;    /* as it stands in both */
  char               *find;     /* the rowid of an id */
  char               *replace;  /* all columns of a row, then its rowid */
  char               *insert;   /* a rowid or NULL, then all columns */
  char               *look;     /* whether a rowid is taken */
} EngramBringingTable;

typedef struct {
  EngramEditTransaction *transaction;
  EngramReader          *other;
  EngramEditSummary     *summary;     /* what was done */
  EngramBringingTable    tables[ENGRAM_COMPARISON_N_KINDS];
  guint                  dimension;   /* of the vectors of the network, 0 where it has none */
} EngramBringing;

gboolean      engram_bringing_begin         (EngramBringing         *self,
                                             EngramEditTransaction  *transaction,
                                             EngramReader           *other,
                                             EngramEditSummary      *summary,
                                             GError                **error);
void          engram_bringing_end           (EngramBringing         *self);

/* A row of the other file, and the hash of the id that it had. */
typedef struct {
  gint64  rowid;
  guint32 hash;
} EngramBringingRow;

/* One row of the other file: replaces the record of its id, or comes back. */
gboolean      engram_bringing_take_row      (EngramBringing         *self,
                                             EngramRecordKind        kind,
                                             const EngramBringingRow *row,
                                             GError                **error);
/* Those of the removed synapses that hang on a neuron of the other file, and whose both ends are there. */
gboolean      engram_bringing_take_synapses (EngramBringing         *self,
                                             EngramComparison       *comparison,
                                             gint64                  neuron,
                                             GError                **error);
/* (transfer full): those of the rows of today whose id the other file does not have; NULL with @error set */
EngramRowSet *engram_bringing_find_added    (EngramBringing         *self,
                                             EngramRecordKind        kind,
                                             EngramRowSet           *rows,
                                             GError                **error);
/* (transfer full): those of the neurons of today on which one of the synapses hangs; NULL with @error set */
EngramRowSet *engram_bringing_find_joined   (EngramBringing         *self,
                                             EngramRowSet           *neurons,
                                             EngramRowSet           *synapses,
                                             GError                **error);

G_END_DECLS
