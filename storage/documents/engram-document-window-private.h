/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#ifndef ENGRAM_STORAGE_COMPILATION
#error "Private to storage/"
#endif

#include "engram-error.h"

G_BEGIN_DECLS

/* The part of a document that is in memory: it slides over the file, and grows only where one record is longer. */
typedef struct {
  char    *path;
  int      fd;
  char    *text;
  gsize    length;   /* of what is there */
  gsize    capacity;
  guint64  offset;   /* of its first byte in the file */
  guint64  size;     /* of the file, as it was when it was opened */
  guint64  device;
  guint64  inode;
  gboolean at_end;   /* nothing more follows in the file */
} EngramDocumentWindow;

/* The longest part that can be looked at as one. */
#define ENGRAM_DOCUMENT_MAX_PART (128 * 1024 * 1024)

/* Opens a regular file that is not a database. Nothing is read yet. */
gboolean engram_document_window_open   (EngramDocumentWindow  *self,
                                        const char            *path,
                                        GError               **error);
void     engram_document_window_close  (EngramDocumentWindow  *self);
/* Drops the first @used bytes and reads more behind the rest, which must be shorter than ENGRAM_DOCUMENT_MAX_PART.
 * Where nothing has come, the file is @at_end. */
gboolean engram_document_window_slide  (EngramDocumentWindow  *self,
                                        gsize                  used,
                                        GError               **error);
/* Goes to another place, where nothing is read yet. */
void     engram_document_window_seek   (EngramDocumentWindow  *self,
                                        guint64                offset);

G_END_DECLS
