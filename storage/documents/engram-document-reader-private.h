/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "documents/engram-import.h"
#include "documents/engram-record-scan-private.h"
#include "engram-error-private.h"

G_BEGIN_DECLS

/* Reads a document from its start to its end, as a stream: the grammar is checked everywhere, records are handed over
 * as they come, and the checksum is made in a thread of its own meanwhile. */

typedef struct {
  /* A record stands at @byte; what was scanned is valid during the call. FALSE with @error set ends the reading. */
  gboolean (*record)  (EngramRecordKind    kind,
                       EngramRecordScan   *scan,
                       guint64             byte,
                       gpointer            user_data,
                       GError            **error);
  /* Something is wrong with the document at @byte. @in_grammar: nothing of the file can be read any more. */
  void     (*problem) (guint64             byte,
                       const char         *field,
                       const char         *message,
                       gboolean            in_grammar,
                       gpointer            user_data);
} EngramDocumentHandler;

/* What was found; set as far as it was read. */
typedef struct {
  guint64              counts[2]; /* by EngramRecordKind */
  EngramImportChecksum checksum;
  gboolean             is_whole;      /* it was read to its end, and its checksum looked at */
  gboolean             lacks_neurons; /* some were not read, as something was wrong before or with their list */
} EngramDocumentSummary;

/* TRUE where it was read to the end, or until something wrong was told; FALSE with @error set where the file cannot be
 * read, or where the reading was given up. */
gboolean engram_document_read (const char                   *path,
                               gboolean                      ignore_checksum,
                               const EngramDocumentHandler  *handler,
                               gpointer                      user_data,
                               EngramDocumentSummary        *summary,
                               GCancellable                 *cancellable,
                               GError                      **error);

G_END_DECLS
