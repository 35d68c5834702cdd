/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#ifndef ENGRAM_STORAGE_COMPILATION
#error "Private to storage/"
#endif

#include <glib.h>

G_BEGIN_DECLS

/* Who has a file open, as far as this process may see: "python3 (process 123), sqlite3 (process 456)"; NULL where
 * nobody is seen. The file itself is not opened. */
char *engram_file_find_users (const char *path,
                              gboolean    with_self);
/* Sets ENGRAM_ERROR_BUSY with the names of those who have the file open. */
void  engram_file_set_in_use (GError    **error,
                              const char *path,
                              const char *users);

G_END_DECLS
