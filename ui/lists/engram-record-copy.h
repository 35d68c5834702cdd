/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lists/engram-record-model.h"
#include "lists/engram-record-text.h"

G_BEGIN_DECLS

/* More is for an export. */
#define ENGRAM_COPY_MAX_RECORDS 100000
#define ENGRAM_COPY_MAX_BYTES ((gsize) 64 * 1024 * 1024)

/* Records that a list shows, as text for the clipboard: read by a worker, page by page. */

/* @positions: which ones, in the order of the list; @columns: (nullable): as engram_record_text_new() takes them.
 * Fails with ENGRAM_ERROR_INVALID where there are too many. Records that are gone are passed over. */
void    engram_record_copy_async  (EngramRecordModel    *model,
                                   GtkBitset            *positions,
                                   EngramRecordFormat    format,
                                   GPtrArray            *columns,
                                   GCancellable         *cancellable,
                                   GAsyncReadyCallback   callback,
                                   gpointer              user_data);
GBytes *engram_record_copy_finish (EngramRecordModel    *model,
                                   GAsyncResult         *result,
                                   GError              **error);

G_END_DECLS
