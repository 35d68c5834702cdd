/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lists/engram-record-model.h"
#include "lists/engram-record-text.h"

G_BEGIN_DECLS

/* Records on their way to a file: those that a list showed, or that were selected, when it was made. It keeps the
 * network open. Made in the main thread, written by a worker. */
typedef struct _EngramRecordExport EngramRecordExport;

/* EngramRecordExportResult:
 * @n_neurons: how many were written
 * @n_synapses: how many were written
 * @n_problems: how many values could not be written as they are
 * @problem: (nullable): the first of these */
typedef struct {
  guint64  n_neurons;
  guint64  n_synapses;
  guint64  n_problems;
  char    *problem;
} EngramRecordExportResult;

/* What the model shows; NULL while it does not know all of its rows, and where there are none. */
EngramRecordExport *engram_record_export_new_shown (EngramRecordModel   *model);
EngramRecordExport *engram_record_export_new_rows  (EngramDatabase      *database,
                                                    EngramRecordKind     kind,
                                                    EngramRowSet        *rows);
void                engram_record_export_free      (EngramRecordExport  *self);
EngramRecordKind    engram_record_export_get_kind  (EngramRecordExport  *self);
EngramDatabase     *engram_record_export_get_database (EngramRecordExport *self);

/* @format: ENGRAM_RECORD_CSV: a table of the records, in their order, read page by page: other programs may write in
 * between. ENGRAM_RECORD_JSON: a document, in the order of rows: neurons and the synapses among them, or synapses and
 * the neurons at their ends. A file that is there is replaced, whole or not at all; errors as of engram_export(). */
gboolean            engram_record_export_write     (EngramRecordExport  *self,
                                                    EngramRecordFormat   format,
                                                    const char          *path,
                                                    EngramProgressFunc   progress,
                                                    gpointer             user_data,
                                                    GCancellable        *cancellable,
                                                    GError             **error);
/* What was written; valid as long as the export. */
const EngramRecordExportResult *engram_record_export_get_result (EngramRecordExport *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramRecordExport, engram_record_export_free)

G_END_DECLS
