/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#ifndef ENGRAM_STORAGE_COMPILATION
#error "Private to storage/"
#endif

#include <gio/gio.h>

G_BEGIN_DECLS

/* The folder of all text indexes: NAME.db for each network, and the file "locks".
 *
 * Whoever uses an index has a lock on it, in this program and others: several may look things up at a time, one alone
 * may build or remove. No connection to an index outlives the lock under which it was opened, so that a file can be
 * removed, and another be made in its place, without harm to anybody. */

typedef enum {
  ENGRAM_TEXT_INDEX_READ,  /* shared; not waited for */
  ENGRAM_TEXT_INDEX_WRITE, /* exclusive; look-ups of others, which take milliseconds, are waited for */
} EngramTextIndexUse;

/* @folder, absolute, or where indexes are kept unless told otherwise. */
char     *engram_text_index_folder_find      (const char          *folder);
/* Where the index of a network lies. */
char     *engram_text_index_folder_make_path (const char          *folder,
                                              const char          *network_path);
/* A descriptor that holds the lock on an index as long as it is open; or -1 with @error set, ENGRAM_ERROR_BUSY where
 * somebody else holds it. Makes the folder where it is not there. */
int       engram_text_index_folder_lock      (const char          *path,
                                              EngramTextIndexUse   use,
                                              GCancellable        *cancellable,
                                              GError             **error);
/* Notes that an index was used. */
void      engram_text_index_folder_touch     (const char          *path);
/* Bytes that an index takes, and all of them. */
guint64   engram_text_index_folder_get_size  (const char          *path);
guint64   engram_text_index_folder_get_total (const char          *folder);
/* Removes indexes that were not used longest, but neither @path nor one that is in use, until all take no more than
 * @limit; FALSE where they still do. */
gboolean  engram_text_index_folder_make_room (const char          *path,
                                              guint64              limit);
/* Take the lock, and an index, or all of them, from the disk. */
gboolean  engram_text_index_folder_remove    (const char          *path,
                                              GError             **error);
gboolean  engram_text_index_folder_clear     (const char          *folder,
                                              GError             **error);

G_END_DECLS
