/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "arrange/engram-tiles-private.h"
#include "arrange/engram-vector-rows-private.h"

G_BEGIN_DECLS

/* The vectors of some neurons in memory, made of length 1, as panels of columns. */
typedef struct {
  float   *panels;
  guint32  n;
  guint32 *neurons; /* (array length=n): whose they are, ascending */
} EngramVectorPanels;

/* Reads the vectors of all neurons of @rows that are usable; those that turn out to have no direction are not usable
 * any more. @max_bytes: what they may take. */
gboolean engram_vector_panels_read  (EngramVectorPanels  *self,
                                     EngramVectorRows    *rows,
                                     guint64              max_bytes,
                                     const char          *phase,
                                     double               from,
                                     double               to,
                                     EngramProgressFunc   progress,
                                     gpointer             user_data,
                                     GError             **error);
void     engram_vector_panels_clear (EngramVectorPanels  *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EngramVectorPanels, engram_vector_panels_clear)

G_END_DECLS
