/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "engram-declarations.h"

ENGRAM_BEGIN_DECLS

/**
 * engram_sqlite_get_version:
 *
 * The SQLite that is in use, which may be newer than the one that was built with: "3.40.1". Any thread.
 *
 * Returns: (transfer none): its version
 */
const char *engram_sqlite_get_version         (void);

/**
 * engram_sqlite_has_wal_reset_fault:
 * @version: a version of SQLite: "3.40.1"
 *
 * Whether that SQLite may damage a network when two connections write to it, or tidy its journal, at the very same
 * moment. That was mended in 3.51.3, 3.50.7 and 3.44.6. Engram itself writes with one connection alone; other programs
 * may not. What is no version has the fault, since nobody knows. Any thread.
 *
 * Returns: whether it has
 */
gboolean    engram_sqlite_has_wal_reset_fault (const char *version);

ENGRAM_END_DECLS
