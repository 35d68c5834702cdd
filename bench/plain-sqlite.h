/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sqlite3.h>
#include <stddef.h>

/* Shared by the parts of the plain program. */

void          plain_check    (sqlite3      *database,
                              int           result);
sqlite3      *plain_open     (const char   *path,
                              int           flags);
void          plain_execute  (sqlite3      *database,
                              const char   *sql);
sqlite3_stmt *plain_prepare  (sqlite3      *database,
                              const char   *sql);
void         *plain_allocate (size_t        size);
/* An array that has room for one item more than count. */
void         *plain_grow     (void         *array,
                              size_t        count,
                              size_t        item_size);
