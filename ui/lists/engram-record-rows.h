/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "lists/engram-record-row.h"

G_BEGIN_DECLS

/* The rows that a list model has told of, in some order, and the objects of those that somebody holds (it holds none
 * itself). It goes from one order to another, and tells of changes in the model's name. */

typedef struct _EngramRecordRows EngramRecordRows;

/* All rows have been told of. */
typedef void (*EngramRowsGrownFunc) (gpointer user_data);

/* @grown: called when rows that could not be told of at once have been */
EngramRecordRows *engram_record_rows_new        (GListModel          *model,
                                                 EngramRowsGrownFunc  grown,
                                                 gpointer             user_data);
/* The row objects live on without it. */
void              engram_record_rows_free       (EngramRecordRows    *self);
guint             engram_record_rows_get_size   (EngramRecordRows    *self);
gboolean          engram_record_rows_is_growing (EngramRecordRows    *self);
/* The rowid at a position; while it tells of changes, that of what stands there just then. */
gint64            engram_record_rows_get_rowid  (EngramRecordRows    *self,
                                                 guint                position);
/* Whether what stands at a position is that of the last order: always, but for while it tells of changes. */
gboolean          engram_record_rows_is_final   (EngramRecordRows    *self,
                                                 guint                position);
/* (transfer none) (nullable): the object for a position, if somebody holds it */
EngramRecordRow  *engram_record_rows_lookup     (EngramRecordRows    *self,
                                                 guint                position);
/* (transfer full): the object for a position, made (and @made set) where nobody holds it */
EngramRecordRow  *engram_record_rows_get        (EngramRecordRows    *self,
                                                 guint                position,
                                                 gboolean            *made);
/* (transfer full) (element-type EngramRecordRow): the objects that somebody holds, by their positions */
GPtrArray        *engram_record_rows_list       (EngramRecordRows    *self);
void              engram_record_rows_forget     (EngramRecordRows    *self,
                                                 EngramRecordRow     *row);
/* Goes to another order. Objects stay those of their records; those that keep their order among each other, as many as
 * can be, keep their place on screen too, and only what lies between them is told of, each as one removal and one
 * addition: GTK would walk over all that comes if something that it holds went in the same breath.
 *
 * @same_start, @same_end: how many rows the orders are known to begin and to end with alike
 * @anew: all may be replaced where few rows keep their order */
void              engram_record_rows_set_order  (EngramRecordRows    *self,
                                                 EngramRowOrder      *order,
                                                 gsize                same_start,
                                                 gsize                same_end,
                                                 gboolean             anew);

G_END_DECLS
