/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lists/engram-record-rows.h"

G_BEGIN_DECLS

/* Which rows of a model are marked as new or changed, for a few seconds. */

typedef struct _EngramRecordMarks EngramRecordMarks;

/* @rows: must outlive the marks */
EngramRecordMarks *engram_record_marks_new          (EngramRecordRows  *rows);
void               engram_record_marks_free         (EngramRecordMarks *self);
void               engram_record_marks_set_duration (EngramRecordMarks *self,
                                                     guint              milliseconds);
/* From now on rows that differ from what they showed are marked, and those that are not in @known as new. NULL: none
 * are; marks that are there last on. */
void               engram_record_marks_start        (EngramRecordMarks *self,
                                                     EngramRowOrder    *known);
gboolean           engram_record_marks_is_marking   (EngramRecordMarks *self);
/* Until when a row is marked that is found changed now, 0 where it is not to be marked. */
gint64             engram_record_marks_get_end      (EngramRecordMarks *self);
/* A row object has been made. */
void               engram_record_marks_check_new    (EngramRecordMarks *self,
                                                     EngramRecordRow   *row);

G_END_DECLS
