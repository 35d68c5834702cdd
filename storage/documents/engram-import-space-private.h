/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "documents/engram-import.h"
#include "model/engram-record-private.h"

G_BEGIN_DECLS

/* What records will take in a network's file, beside it, and in its undo history, summed up as they come. By
 * EngramRecordKind. */
typedef struct {
  guint   page_size;
  guint64 n_rows[2];      /* that the network has */
  guint64 n_added[2];
  guint64 n_replaced;
  guint64 pages;          /* of the tables */
  guint   page_used[2];   /* of each table's last one */
  guint64 index_bytes[2];
  guint64 replaced_bytes;
} EngramImportSizes;

void engram_import_sizes_init    (EngramImportSizes        *self,
                                  guint                     page_size);
void engram_import_sizes_add     (EngramImportSizes        *self,
                                  EngramRecordKind          kind,
                                  gconstpointer             record);
/* One that may take the place of a row. */
void engram_import_sizes_replace (EngramImportSizes        *self,
                                  EngramRecordKind          kind,
                                  gconstpointer             record);
/* @path: of the network, or of what will be one */
void engram_import_sizes_finish  (const EngramImportSizes  *self,
                                  const char               *path,
                                  EngramImportSpace        *space);

G_END_DECLS
