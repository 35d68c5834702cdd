/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sqlite/engram-connection-private.h"

G_BEGIN_DECLS

/* Whole rows of a network's tables as bytes, and back. A value keeps its type and its bytes, whatever the column was
 * declared as; columns that Engram does not know are like all others. */

/* One table of a network, as it is now. */
typedef struct {
  char       *name;
  GStrv       columns;     /* those that are stored, in the table's order */
  guint       n_columns;
  int         id_column;   /* which of them is "id", or -1 */
  guint8      text_tag;    /* how its text is encoded */
  char       *select;      /* rowid, whether the row is a loose synapse, all columns; a WHERE clause can follow */
  char       *select_one;  /* the same of one row, by rowid */
  char       *select_row;  /* likewise, without a look at the neurons: none is loose */
  char       *select_rows; /* likewise, of rowids from first to last, in their order */
  char       *insert;      /* rowid, all columns; passes over what does not fit into the table */
  char       *remove;      /* by rowid */
} EngramRowTable;

/* What a select of a table gives, columns of the table from ENGRAM_ROW_FIRST on. A synapse is loose where a neuron at
 * its ends is missing. */
enum {
  ENGRAM_ROW_ROWID,
  ENGRAM_ROW_LOOSE,
  ENGRAM_ROW_FIRST,
};

#define ENGRAM_SYNAPSE_IS_LOOSE                                                                                    \
  "(source_neuron_id IN (SELECT id FROM neurons) AND target_neuron_id IN (SELECT id FROM neurons)) IS NOT TRUE"

EngramRowTable *engram_row_table_new          (EngramConnection      *connection,
                                               const char            *name,
                                               GError               **error);
void            engram_row_table_free         (EngramRowTable        *self);
/* The names of the columns, each with its NUL. */
GByteArray     *engram_row_table_pack_columns (const EngramRowTable  *self);

/* Replaces what @bytes holds by the columns of @row. */
void            engram_row_encode             (const EngramRowTable  *self,
                                               sqlite3_stmt          *row,
                                               GByteArray            *bytes);
/* Binds the columns to the parameters from @parameter on; the bytes must live until it is run. FALSE where they are no
 * row of this table. */
gboolean        engram_row_bind               (const EngramRowTable  *self,
                                               EngramStatement       *statement,
                                               int                    parameter,
                                               const guint8          *bytes,
                                               gsize                  length);
/* Binds one column. */
gboolean        engram_row_bind_column        (const EngramRowTable  *self,
                                               EngramStatement       *statement,
                                               int                    parameter,
                                               const guint8          *bytes,
                                               gsize                  length,
                                               guint                  column);
/* (transfer full): the row's id as text, or "row N". */
char           *engram_row_dup_id             (const EngramRowTable  *self,
                                               gint64                 rowid,
                                               const guint8          *bytes,
                                               gsize                  length);

#define ENGRAM_ROW_DIGEST_BYTES 16

/* Tells whether a row has changed. @checksum is of engram_row_digest_new(), and can be used again and again. */
GChecksum      *engram_row_digest_new         (void);
void            engram_row_digest             (GChecksum             *checksum,
                                               const guint8          *bytes,
                                               gsize                  length,
                                               guint8                 digest[ENGRAM_ROW_DIGEST_BYTES]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramRowTable, engram_row_table_free)

G_END_DECLS
