/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sqlite/engram-connection-private.h"

G_BEGIN_DECLS

/* A text index on disk: an FTS5 table without contents that knows in which documents three letters stand side by side,
 * and which document is of which row of the network. FTS5 (before 3.43) takes nothing out of such a table, so a row
 * that has changed gets a new document, and the old one is of no row any more; when many are, the index is made anew.
 *
 * For whoever has the lock of engram_text_index_folder_lock(), one thread at a time. */
typedef struct _EngramTextIndexStore EngramTextIndexStore;

/* A row of the network as it was when it was indexed. */
typedef struct {
  gint64  row;
  gint64  document;
  guint64 hash;
} EngramTextIndexEntry;

/* To look things up; NULL without @error where there is none, or one that is not of this version. */
EngramTextIndexStore *engram_text_index_store_open_read  (const char            *path,
                                                          GCancellable          *cancellable,
                                                          GError               **error);
/* To write; made where there is none, and made anew where it is not of this version or holds mostly what is no more.
 * ENGRAM_ERROR_FAILED where SQLite has no FTS5, or that no trigrams. */
EngramTextIndexStore *engram_text_index_store_open_write (const char            *path,
                                                          GError               **error);
/* What was not committed is lost. */
void                  engram_text_index_store_close      (EngramTextIndexStore  *self);

/* A number that is another after each change. */
guint64               engram_text_index_store_get_token  (EngramTextIndexStore  *self);
/* (element-type EngramTextIndexEntry): in the order of rows */
GArray               *engram_text_index_store_list       (EngramTextIndexStore  *self,
                                                          GError               **error);
/* (element-type gint64): ascending rows whose documents match; NULL without @error where there are more than @limit. */
GArray               *engram_text_index_store_find       (EngramTextIndexStore  *self,
                                                          const char            *match,
                                                          gsize                  limit,
                                                          GError               **error);

gboolean              engram_text_index_store_add        (EngramTextIndexStore  *self,
                                                          gint64                 row,
                                                          guint64                hash,
                                                          const char            *text,
                                                          gsize                  length,
                                                          GError               **error);
gboolean              engram_text_index_store_remove     (EngramTextIndexStore  *self,
                                                          gint64                 document,
                                                          GError               **error);
/* Whether so much has been written since the last commit that another is due. */
gboolean              engram_text_index_store_is_full    (EngramTextIndexStore  *self);
gboolean              engram_text_index_store_commit     (EngramTextIndexStore  *self,
                                                          GError               **error);

/* For tests: how many documents make it full, and whether it takes FTS5 for missing. */
void                  engram_text_index_store_set_batch  (guint                  n_documents);
void                  engram_text_index_store_hide_fts5  (gboolean               hidden);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramTextIndexStore, engram_text_index_store_close)

G_END_DECLS
