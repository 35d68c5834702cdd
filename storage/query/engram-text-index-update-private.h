/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "query/engram-text-index-store-private.h"
#include "sqlite/engram-scan-private.h"

G_BEGIN_DECLS

/* Brings an index up to date with a snapshot, in one pass over the neurons, for whoever has the lock to write it. What
 * was done until it failed is kept. ENGRAM_ERROR_NO_SPACE where it would take more than @limit on disk, other indexes
 * gone; @is_broken says whether it is the index that cannot be used as it is. */
gboolean engram_text_index_store_update (EngramTextIndexStore  *store,
                                         const char            *path,
                                         guint64                limit,
                                         EngramScan            *scan,
                                         EngramProgressFunc     progress,
                                         gpointer               user_data,
                                         GCancellable          *cancellable,
                                         gboolean              *is_broken,
                                         GError               **error);
/* FALSE, with the error that says that @bytes are not enough. */
gboolean engram_text_index_set_too_large (guint64              bytes,
                                         GError             **error);

G_END_DECLS
