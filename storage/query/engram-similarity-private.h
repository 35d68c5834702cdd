/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sqlite/engram-database-private.h"

G_BEGIN_DECLS

/* A vector that others are compared with, by the cosine of the angle between them. Reading is safe in any thread. */
typedef struct {
  float  *numbers;
  guint   length;
  double  norm;
} EngramSimilarity;

/* The vector of the neuron @id. FALSE with ENGRAM_ERROR_NOT_FOUND where there is no such neuron, and with
 * ENGRAM_ERROR_INVALID where it has no vector, or one that has no direction: not finite, or all zeros. */
gboolean engram_similarity_init      (EngramSimilarity        *self,
                                      EngramReader            *reader,
                                      const char              *id,
                                      GError                 **error);
void     engram_similarity_clear     (EngramSimilarity        *self);

/* The cosine with a vector as a row has it, at whatever address; FALSE, and @score left as it is, where it is none of
 * the same length, or has no direction. */
gboolean engram_similarity_score     (const EngramSimilarity  *self,
                                      gconstpointer            blob,
                                      gsize                    size,
                                      float                   *score);
/* The same, of a column; what is no blob has no score. */
gboolean engram_similarity_score_row (const EngramSimilarity  *self,
                                      sqlite3_stmt            *row,
                                      int                      column,
                                      float                   *score);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EngramSimilarity, engram_similarity_clear)

G_END_DECLS
