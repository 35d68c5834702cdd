/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#ifndef ENGRAM_STORAGE_COMPILATION
#error "Private to storage/"
#endif

#include <gio/gio.h>

#include "sqlite/engram-connection-private.h"

G_BEGIN_DECLS

/* What a database file and its surroundings are like, found without changing anything and without taking a lock. */
typedef struct {
  char     *path;          /* absolute, links resolved */
  gboolean  is_wal;        /* its header says so */
  gboolean  has_wal_frames; /* something waits in a -wal beside it */
  gint64    wal_time;      /* when that was last written, in microseconds, or 0 */
  gboolean  has_shm;       /* a -shm lies beside it: some program has, or had, it open */
  gboolean  is_writable;   /* the file and its folder can be written */
  gboolean  is_on_read_only_medium; /* nobody can write it */
  gboolean  is_from_portal; /* see engram_portal_has_file() */
  guint     n_links;
  guint64   device;        /* with the inode: which file it is, whatever its name */
  guint64   inode;
} EngramFile;

gboolean engram_file_examine  (const char   *path,
                               EngramFile   *file,
                               GError      **error);
void     engram_file_clear    (EngramFile   *file);
/* Whether a file that can be read is a SQLite database by its first bytes. Safe for one that is open in this
 * process. */
gboolean engram_file_is_database (const char *path);
/* Whether @path is still the name of that file: it was not moved, deleted or replaced. */
gboolean engram_file_is_same  (const char        *path,
                               guint64            device,
                               guint64            inode);
/* Whether the header says WAL now, by the descriptor of an open connection. */
gboolean engram_file_header_is_wal (EngramConnection *connection);
gint64   engram_file_get_wal_time (const char  *path);
/* Bytes of the file and of what waits in its WAL. */
guint64  engram_file_get_size (const char   *path);

/* Sets @error from errno, with the file's name: ENGRAM_ERROR_NO_SPACE where the disk is full, and so on. */
void     engram_file_set_error     (GError      **error,
                                    int           number,
                                    const char   *path);

/* Making a file whole or not at all: a temporary name beside @path, and giving it @path's name once its content is
 * safe on disk. Never over a file that is there, and never beside a journal of another file of that name, which SQLite
 * would take for the new one's. */
gboolean engram_file_check_free    (const char   *path,
                                    GError      **error);
char    *engram_file_new_temporary (const char   *path,
                                    const char   *purpose,
                                    GError      **error);
gboolean engram_file_publish       (const char   *temporary,
                                    const char   *path,
                                    GError      **error);
/* The same for a file that may be there already, which is then replaced, whole; for documents, never for a database.
 * Where it fails, what was there is there still, and @temporary is left to the caller. */
gboolean engram_file_replace       (const char   *temporary,
                                    const char   *path,
                                    GError      **error);
/* Removes a temporary database, side files included. */
void     engram_file_remove        (const char   *temporary);

G_END_DECLS
