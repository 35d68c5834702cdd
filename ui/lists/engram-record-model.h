/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "lists/engram-record-row.h"

G_BEGIN_DECLS

#define ENGRAM_TYPE_RECORD_MODEL (engram_record_model_get_type ())

/* The neurons or the synapses of a network that a query leaves, in some order, as a GListModel of EngramRecordRow.
 * The order of row ids is made by a worker, for one snapshot; records are read by workers when they are looked at.
 * The model itself keeps 8 bytes a row and some pages. From one order to another it tells only of what goes and what
 * comes between the rows that somebody holds, and as many of these as can be keep their place.
 *
 * Properties: "loading" (boolean: another order is being made), "error" (GError or NULL). Signals: "first-rows"
 * (once: the first records can be shown, or there are none); "view-changed": the rows are those of the view last set
 * (or their first ones), after a change of query or sort (not after a refresh); "order-changed": all has been told
 * of going to another order, engram_record_model_get_order(). Main thread only. */
G_DECLARE_FINAL_TYPE (EngramRecordModel, engram_record_model, ENGRAM, RECORD_MODEL, GObject)

/* Starts reading at once, all in the order of rows. */
EngramRecordModel *engram_record_model_new          (EngramSearcher       *searcher,
                                                     EngramRecordKind      kind);
EngramSearcher    *engram_record_model_get_searcher (EngramRecordModel    *self);
EngramRecordKind   engram_record_model_get_kind     (EngramRecordModel    *self);
/* Another query (NULL for all) or another order. What was being made before is cancelled; the old rows stay until
 * the new ones are known. */
void               engram_record_model_set_view     (EngramRecordModel    *self,
                                                     EngramQuery          *query,
                                                     const EngramSort     *sort);
EngramQuery       *engram_record_model_get_query    (EngramRecordModel    *self);
EngramSort         engram_record_model_get_sort     (EngramRecordModel    *self);
/* Looks for what has changed in the file: rows that are gone go, rows that came come, those that moved move, all others
 * stay where they are, and what is looked at is read anew. @mark: whether new and changed rows are marked for a few
 * seconds. */
void               engram_record_model_refresh      (EngramRecordModel    *self,
                                                     gboolean              mark);
gboolean           engram_record_model_get_loading  (EngramRecordModel    *self);
/* Whether the whole order is known; until then the model may hold the first rows only. */
gboolean           engram_record_model_is_counted   (EngramRecordModel    *self);
/* How many there are without the query. */
guint64            engram_record_model_get_n_all    (EngramRecordModel    *self);
const GError      *engram_record_model_get_error    (EngramRecordModel    *self);
/* The rowid of the row at a position, without making an object for it. */
gint64             engram_record_model_get_rowid    (EngramRecordModel    *self,
                                                     guint                 position);
/* The order that the rows have now (perhaps of the first rows only); NULL until it is known. */
EngramRowOrder    *engram_record_model_get_order    (EngramRecordModel    *self);
/* Looks up where a record stands, once that is known; ENGRAM_ERROR_NOT_FOUND where it does not exist, or the query does
 * not leave it (the message says which). */
void               engram_record_model_find_async   (EngramRecordModel    *self,
                                                     const char           *id,
                                                     GCancellable         *cancellable,
                                                     GAsyncReadyCallback   callback,
                                                     gpointer              user_data);
gboolean           engram_record_model_find_finish  (EngramRecordModel    *self,
                                                     GAsyncResult         *result,
                                                     guint                *position,
                                                     GError              **error);

G_END_DECLS
