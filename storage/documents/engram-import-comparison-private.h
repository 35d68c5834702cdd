/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/engram-record-private.h"
#include "model/engram-type-registry.h"

G_BEGIN_DECLS

/* Records of documents beside the rows of a network that have their ids. One thread at a time. */
typedef struct _EngramImportComparison EngramImportComparison;

typedef enum {
  ENGRAM_IMPORT_RECORD_NEW,
  ENGRAM_IMPORT_RECORD_SAME,       /* exported, the row would be what the document says */
  ENGRAM_IMPORT_RECORD_DIFFERENT,
} EngramImportRecordState;

typedef struct {
  EngramImportRecordState state;
  gint64                  rowid;   /* unless it is new */
  guint                   columns; /* in which they differ; some of them may be but other text of the same meaning */
} EngramImportRecordMatch;

/* @is_walking: nothing is written meanwhile, so that rows which the documents have in the network's order, as they
 * mostly do, are read on instead of looked up one by one. */
EngramImportComparison *engram_import_comparison_new     (EngramConnection         *connection,
                                                          gboolean                  is_walking);
/* Before the end of the transaction. */
void                    engram_import_comparison_free    (EngramImportComparison   *self);
gboolean                engram_import_comparison_match   (EngramImportComparison   *self,
                                                          EngramRecordKind          kind,
                                                          gconstpointer             record,
                                                          EngramImportRecordMatch  *match,
                                                          GError                  **error);
/* In what they differ, for people. (transfer full) */
char                   *engram_import_comparison_describe (EngramRecordKind         kind,
                                                          guint                     columns);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramImportComparison, engram_import_comparison_free)

G_END_DECLS
