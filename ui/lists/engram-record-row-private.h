/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lists/engram-record-page.h"
#include "lists/engram-record-row.h"
#include "lists/engram-record-rows.h"

G_BEGIN_DECLS

/* A row is one of an EngramRecordRows, which holds it weakly and tells it where it is; it tells them when it goes. */

EngramRecordRow *engram_record_row_new          (EngramRecordRows *rows,
                                                 guint             position,
                                                 gint64            rowid);
void             engram_record_row_set_position (EngramRecordRow  *self,
                                                 guint             position);
/* They have gone, or the row has gone from them: it keeps what it showed. */
void             engram_record_row_detach       (EngramRecordRow  *self);
/* @marked_until: on the clock of g_get_monotonic_time(): marks the row until then if it showed something else before;
 * 0 for no mark */
void             engram_record_row_set_record   (EngramRecordRow  *self,
                                                 EngramRecordPage *page,
                                                 guint             index,
                                                 gint64            marked_until);
/* What has been read before stays. */
void             engram_record_row_set_failed   (EngramRecordRow  *self);
void             engram_record_row_set_score    (EngramRecordRow  *self,
                                                 float             score);
/* @numbers: of each analysis */
void             engram_record_row_set_analyses (EngramRecordRow *self,
                                                 const double     *numbers);
void             engram_record_row_mark_new     (EngramRecordRow  *self,
                                                 gint64            marked_until);
/* Takes away a mark that has lasted until @now. Returns when the one that is left ends, or 0. */
gint64           engram_record_row_end_mark     (EngramRecordRow  *self,
                                                 gint64            now);

/* Another number after each change, for whoever shows one row in several places. */
guint            engram_record_row_get_version  (EngramRecordRow  *self);

G_END_DECLS
