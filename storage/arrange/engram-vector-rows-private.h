/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sqlite/engram-scan-private.h"

G_BEGIN_DECLS

/* All neurons of one snapshot with what stands beside their vectors, and the readers of that snapshot for whoever then
 * reads the vectors themselves, once or several times. 21 bytes a neuron. */
typedef struct {
  EngramScan  scan;
  guint       dimension; /* of the network's vectors; 0 where there are none */
  guint32     n_neurons;
  guint32     n_usable;
  gint64     *rowids;    /* ascending */
  float      *places;    /* x, y, z; NaN where the table holds no number */
  guint8     *usable;    /* whether there is a vector of the dimension; whoever reads it finds out what it is worth */
} EngramVectorRows;

gboolean engram_vector_rows_begin (EngramVectorRows    *self,
                                   EngramDatabase      *database,
                                   const char          *phase,
                                   double               to,
                                   EngramProgressFunc   progress,
                                   gpointer             user_data,
                                   GCancellable        *cancellable,
                                   GError             **error);
/* Gives the readers back, and keeps the rest. */
void     engram_vector_rows_end_reading (EngramVectorRows *self);
void     engram_vector_rows_clear (EngramVectorRows    *self);

/* The first neuron whose row is not below @rowid. */
guint32  engram_vector_rows_find  (const EngramVectorRows *self,
                                   gint64                  rowid);

/* The numbers of a column that is a vector of @dimension, little-endian as the file has them; FALSE where it is none,
 * or holds what is not finite. */
gboolean engram_vector_read       (sqlite3_stmt        *row,
                                   int                  column,
                                   guint                dimension,
                                   float               *numbers);
/* Makes its length 1; FALSE where it has none: all zeros. */
gboolean engram_vector_normalise  (float               *numbers,
                                   guint                dimension);

/* The vector of one neuron, made of length 1: 1 read, 0 it has no direction, -1 @error is set. */
int      engram_vector_rows_read_one (const EngramVectorRows  *self,
                                      guint32                  neuron,
                                      float                   *vector,
                                      GError                 **error);

/* Two neurons with vectors at least, or ENGRAM_ERROR_INVALID. */
gboolean engram_vector_rows_check (const EngramVectorRows  *self,
                                   GError                 **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EngramVectorRows, engram_vector_rows_clear)

G_END_DECLS
