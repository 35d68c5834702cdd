/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#ifndef ENGRAM_STORAGE_COMPILATION
#error "Private to storage/"
#endif

#include "sqlite/engram-sqlite-options.h"

G_BEGIN_DECLS

/* The same for a SQLite of that version with these options, as PRAGMA compile_options names them. */
gboolean engram_sqlite_check_options (int                  version,
                                      const char * const  *options,
                                      GError             **error);

G_END_DECLS
