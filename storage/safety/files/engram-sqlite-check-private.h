/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sqlite/engram-connection-private.h"

G_BEGIN_DECLS

/* SQLite's own checks, of a file as a file: whether all of it can be read, and its tables and indexes say the same.
 * Values that break a table's rules (a weight beyond the CHECK, a NULL where there must be none) are a matter of the
 * integrity report, and no damage. */

typedef struct {
  EngramConnection *connection; /* borrowed */
  char             *damage;     /* the first that was found, in SQLite's words, or NULL */
} EngramSqliteCheck;

/* Runs integrity_check; an EngramSideWorkFunc whose data is an EngramSqliteCheck. FALSE where that could not be done.
 *  */
gboolean engram_sqlite_check_run          (gpointer           data,
                                           GError           **error);
void     engram_sqlite_check_clear        (EngramSqliteCheck *self);

/* How many rows foreign_key_check finds; -1 where foreign keys are declared so that SQLite cannot tell. */
gboolean engram_sqlite_count_foreign_keys (EngramConnection  *connection,
                                           gint64            *count,
                                           GError           **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EngramSqliteCheck, engram_sqlite_check_clear)

G_END_DECLS
