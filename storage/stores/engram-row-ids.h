/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engram-declarations.h"
#include "query/engram-sort.h"
#include "sqlite/engram-database.h"
#include "stores/engram-row-set.h"

ENGRAM_BEGIN_DECLS

/**
 * engram_row_ids_list:
 * @database: a network
 * @kind: neurons or synapses
 * @rows: some of their rows
 * @cancellable: (nullable): to give up
 * @error: return location, or %NULL
 *
 * Rows change with a vacuum, ids do not: this is how a selection is kept for longer. Rows that are gone, and those
 * whose id is no text, are passed over. Waits for the disk; any thread.
 *
 * Returns: (transfer full) (array zero-terminated=1) (nullable): the ids, in the order of rows, or %NULL with @error
 * set
 */
char         **engram_row_ids_list (EngramDatabase      *database,
                                    EngramRecordKind     kind,
                                    EngramRowSet        *rows,
                                    GCancellable        *cancellable,
                                    GError             **error);

/**
 * engram_row_ids_find:
 * @database: a network
 * @kind: neurons or synapses
 * @ids: (array zero-terminated=1): ids; those that do not exist are passed over
 * @cancellable: (nullable): to give up
 * @error: return location, or %NULL
 *
 * Waits for the disk; any thread.
 *
 * Returns: (transfer full) (nullable): their rows, or %NULL with @error set
 */
EngramRowSet  *engram_row_ids_find (EngramDatabase      *database,
                                    EngramRecordKind     kind,
                                    const char * const  *ids,
                                    GCancellable        *cancellable,
                                    GError             **error);

/**
 * engram_row_ids_list_gone:
 * @database: a network
 * @kind: neurons or synapses
 * @rows: some rows
 * @cancellable: (nullable): to give up
 * @error: return location, or %NULL
 *
 * Waits for the disk; any thread.
 *
 * Returns: (transfer full) (nullable): those of @rows that the network does not have, or %NULL with @error set
 */
EngramRowSet  *engram_row_ids_list_gone (EngramDatabase    *database,
                                         EngramRecordKind   kind,
                                         EngramRowSet      *rows,
                                         GCancellable      *cancellable,
                                         GError           **error);

ENGRAM_END_DECLS
