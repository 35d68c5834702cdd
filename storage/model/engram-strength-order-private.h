/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#ifndef ENGRAM_STORAGE_COMPILATION
#error "Private to storage/"
#endif

#include <gio/gio.h>

#include "model/engram-network.h"

G_BEGIN_DECLS

/* Putting the synapses of an EngramNetwork into the order of their strength. */

typedef struct {
  gint64  rowid;
  double  weight;
  guint32 source;
  guint32 target;
  guint32 id_hash;
} EngramStrengthRow;

guint32  engram_strength_hash_id    (const char     *id,
                                     gsize           length);
/* Fills all columns of the synapses, of which there are n_synapses in @chunks (each an array of EngramStrengthRow or
 * %NULL) in the order of rowids. The chunks are let go on the way. FALSE where that was cancelled. */
gboolean engram_strength_order_fill (EngramNetwork  *network,
                                     GArray        **chunks,
                                     guint           n_chunks,
                                     GCancellable   *cancellable,
                                     GError        **error);

G_END_DECLS
