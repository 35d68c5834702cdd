/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sqlite/engram-connection-private.h"

G_BEGIN_DECLS

/* Within a write transaction that deletes or adds many rows of one table: gives SQLite more memory, and, where it is a
 * large part of the table, takes Engram's own indexes away and makes them anew at the end. */
typedef struct {
  EngramConnection *writer;
  GPtrArray        *indexes; /* the statements that make them */
} EngramBulkChange;

/* @n_rows: about how many rows are deleted, and how many added */
gboolean engram_bulk_change_begin (EngramBulkChange  *self,
                                   EngramConnection  *writer,
                                   const char        *table,
                                   guint64            n_rows,
                                   GError           **error);
/* Makes the indexes again, where the change @succeeded; else rolling back does. */
gboolean engram_bulk_change_end   (EngramBulkChange  *self,
                                   gboolean           succeeded,
                                   GError           **error);

/* After a statement that deletes or changes rows, @before being sqlite3_total_changes64() before it: whether it changed
 * nothing but them. Tables of other programs may hang on neurons and synapses (ON DELETE CASCADE, or SET NULL): what
 * goes there with one of these is noted nowhere, and would not come back with it. FALSE with @error set where that
 * would be. */
gboolean engram_bulk_change_check_others (EngramConnection  *writer,
                                          gint64             before,
                                          GError           **error);

G_END_DECLS
