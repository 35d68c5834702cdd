/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sqlite/engram-connection-private.h"

G_BEGIN_DECLS

/* SQLite's own checks, of a file as a file: whether all of it can be read, and its tables and indexes say the same. Values
 * that break a table's rules (a weight beyond the CHECK, a NULL where there must be none) are a matter of the integrity
 * report, and no damage. */

/* The first damage that integrity_check finds, in SQLite's words, or NULL in @damage where there is none. FALSE where the
 * check could not be made. */
gboolean engram_sqlite_check_integrity    (EngramConnection  *connection,
                                           char             **damage,
                                           GError           **error);
/* How many rows foreign_key_check finds; -1 where foreign keys are declared so that SQLite cannot tell. */
gboolean engram_sqlite_count_foreign_keys (EngramConnection  *connection,
                                           gint64            *count,
                                           GError           **error);

G_END_DECLS
