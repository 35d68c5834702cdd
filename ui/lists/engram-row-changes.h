/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <engram.h>

G_BEGIN_DECLS

/* EngramRowChange:
 * @position: where, once the changes before this one have been made
 * @removed: how many rows go there
 * @added: how many rows come there
 *
 * One step from one order of rows to another, as g_list_model_items_changed() takes it. */
typedef struct {
  guint position;
  guint removed;
  guint added;
} EngramRowChange;

GArray *engram_row_changes_find  (EngramRowOrder *before,
                                  EngramRowOrder *after,
                                  GCancellable   *cancellable);
void    engram_row_changes_merge (GArray         *changes,
                                  const guint    *watched,
                                  gsize           n_watched);

G_END_DECLS
