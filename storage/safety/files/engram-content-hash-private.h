/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engram-progress.h"
#include "safety/files/engram-content-hash.h"
#include "safety/files/engram-work-file-private.h"
#include "sqlite/engram-database-private.h"

G_BEGIN_DECLS

/* What a network holds: the content hash, and the counts that fall off on the way. */
typedef struct {
  char    *hash;
  guint64  neurons;
  guint64  synapses;
} EngramContent;

/* Reads all that @connection sees, which should be within a snapshot; @n_beside other threads are at work meanwhile. */
gboolean engram_content_read   (EngramConnection     *connection,
                                EngramContent        *content,
                                guint                 n_beside,
                                EngramProgressFunc    progress,
                                gpointer              user_data,
                                GError              **error);
gboolean engram_content_equal  (const EngramContent  *content,
                                const EngramContent  *other);
void     engram_content_clear  (EngramContent        *content);

/* SHA-256 of the bytes of a file, whatever it holds, and a copy of them. The file is read through SQLite, so it may be
 * open as a database in this process. */
char    *engram_file_hash      (const char           *path,
                                guint64              *size,
                                EngramProgressFunc    progress,
                                gpointer              user_data,
                                GCancellable         *cancellable,
                                GError              **error);
gboolean engram_file_copy      (const char           *path,
                                EngramWorkFile       *copy,
                                EngramProgressFunc    progress,
                                gpointer              user_data,
                                GCancellable         *cancellable,
                                GError              **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EngramContent, engram_content_clear)

G_END_DECLS
