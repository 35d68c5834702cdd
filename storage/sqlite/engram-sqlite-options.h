/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "engram-declarations.h"

ENGRAM_BEGIN_DECLS

/**
 * engram_sqlite_check:
 * @error: return location, or %NULL
 *
 * Whether the SQLite that the program runs with has all that a network needs, which is less than most have: neither its
 * sessions nor its mathematical functions, say. engram_database_open() checks it too.
 *
 * Returns: %TRUE, or %FALSE with %ENGRAM_ERROR_FAILED, whose message names what is missing
 */
gboolean engram_sqlite_check      (GError **error);

/**
 * engram_sqlite_has_text_index:
 *
 * Whether the SQLite that the program runs with has FTS5. Without it searches find the same, without an index of words.
 *
 * Returns: whether it has
 */
gboolean engram_sqlite_has_text_index (void);

ENGRAM_END_DECLS
