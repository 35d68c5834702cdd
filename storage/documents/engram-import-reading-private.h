/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "documents/engram-document-reader-private.h"
#include "documents/engram-document-window-private.h"
#include "documents/engram-import-job-private.h"
#include "documents/engram-record-parse-private.h"

G_BEGIN_DECLS

/* The thread that reads the documents: it checks the records and hands over those that are to be written. */
typedef struct {
  EngramImportJob      *job;
  EngramImportProblems *problems;
  GError               *error;      /* when it has ended */
  gboolean              lacks_neurons; /* then, too: see EngramDocumentSummary */

  /*< private >*/
  EngramRecordParser    parser;
  EngramImportBatch    *batch;
  guint                 file;       /* which one is being read */
  guint64               file_start; /* the bytes of those before it */
  const char           *text;       /* of the record that is being read, */
  guint64               byte;       /* and where it starts */
} EngramImportReading;

/* A GThreadFunc. */
gpointer engram_import_reading_run (gpointer reading);

G_END_DECLS
