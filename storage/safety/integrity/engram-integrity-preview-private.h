/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "safety/integrity/engram-integrity-mending-private.h"

G_BEGIN_DECLS

/* Noting in a preview what a repair would do. */

/* Whether what is done next is told one by one, not only counted. */
gboolean  engram_repair_is_told        (EngramRepair             *self);
/* What stands in a column, for people; NULL where that is nothing. */
char     *engram_repair_describe_value (sqlite3_stmt             *row,
                                        const char               *column,
                                        int                       index);
/* The id of a row as findings give it. */
char     *engram_repair_dup_row_id     (sqlite3_stmt             *row);

void      engram_repair_note_mending   (EngramRepair             *self,
                                        const EngramRepairTable  *table,
                                        gint64                    rowid,
                                        const EngramMending      *mending);
/* @row: of synapses */
void      engram_repair_note_deletion  (EngramRepair             *self,
                                        sqlite3_stmt             *row);
void      engram_repair_note_index     (EngramRepair             *self,
                                        const char               *name);

G_END_DECLS
