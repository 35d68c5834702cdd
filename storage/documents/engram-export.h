/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "documents/engram-problem.h"
#include "engram-declarations.h"
#include "engram-progress.h"
#include "sqlite/engram-database.h"
#include "stores/engram-row-set.h"

ENGRAM_BEGIN_DECLS

#define ENGRAM_TYPE_EXPORT_REPORT (engram_export_report_get_type ())

/**
 * EngramExportReport:
 * @path: (type filename): the file that was written, absolute; where it was a symbolic link, what that leads to
 * @second_path: (type filename) (nullable): the table of synapses, where they have a file of their own
 * @neurons: how many
 * @synapses: how many
 * @checksum: (nullable): SHA-256 of the canonical text, as it stands in the document; lower-case hex
 * @size_bytes: of the file, or of both
 * @seconds: how long it took
 * @problems: (element-type EngramProblem): values that could not be written as they are, up to 1,000 of them
 * @n_problems: how many there were
 *
 * What an export did.
 */
typedef struct {
  char      *path;
  char      *second_path;
  guint64    neurons;
  guint64    synapses;
  char      *checksum;
  guint64    size_bytes;
  double     seconds;
  GPtrArray *problems;
  guint64    n_problems;
} EngramExportReport;

GType               engram_export_report_get_type (void) G_GNUC_CONST;

/**
 * engram_export_report_copy:
 * @self: a report
 *
 * Returns: (transfer full): a copy, with all that it holds
 */
EngramExportReport *engram_export_report_copy     (const EngramExportReport *self);

/**
 * engram_export_report_free:
 * @self: (transfer full) (nullable): a report
 *
 * Frees it and all that it holds.
 */
void                engram_export_report_free     (EngramExportReport       *self);

/**
 * EngramExportPart:
 * @neurons: (nullable): only these, %NULL for all
 * @synapses: (nullable): only these, %NULL for all
 * @only_ends: of @neurons only those that a written synapse begins or ends at; needs @synapses
 *
 * What of a network goes into a document. A synapse without one of its ends could not be imported: those are left out.
 * Rows that are gone are passed over.
 */
typedef struct {
  EngramRowSet *neurons;
  EngramRowSet *synapses;
  gboolean      only_ends;
} EngramExportPart;

/**
 * engram_export:
 * @database: a network
 * @path: (type filename): the file to write; one that is there is replaced, unless it is or belongs to a database
 * @compact: one line instead of an indent of 2 like the Python program's
 * @progress: (nullable) (scope call): told how far it is
 * @user_data: for @progress
 * @cancellable: (nullable): to give up; nothing has changed then
 * @error: return location, or %NULL
 *
 * Writes a snapshot of the whole network as a JSON document, version 1, with its checksum. The memory it takes does not
 * grow with the network. The file is written beside @path, synced and renamed: at @path lies what was there before or
 * the whole new document, never half of it. Values that JSON cannot hold (a number that is not finite, a broken vector)
 * become null, JSON of a database that is broken stands as text in the metadata, under `engram_broken`; each is told in
 * the report. Runs on two threads: the caller's, and one that makes the checksum.
 *
 * Returns: (transfer full): what was done, or %NULL with %ENGRAM_ERROR_NO_SPACE, %ENGRAM_ERROR_EXISTS (there lies a
 *   database, or no regular file), %ENGRAM_ERROR_READ_ONLY (the file may not be written), %ENGRAM_ERROR_NO_FILE,
 *   %ENGRAM_ERROR_DAMAGED (the network cannot be read to its end) or another
 */
EngramExportReport *engram_export                 (EngramDatabase      *database,
                                                   const char          *path,
                                                   gboolean             compact,
                                                   EngramProgressFunc   progress,
                                                   gpointer             user_data,
                                                   GCancellable        *cancellable,
                                                   GError             **error);

/**
 * engram_export_part:
 * @database: a network
 * @path: (type filename): as for engram_export()
 * @part: what of the network is written
 * @compact: as for engram_export()
 * @progress: (nullable) (scope call): told how far it is
 * @user_data: for @progress
 * @cancellable: (nullable): to give up; nothing has changed then
 * @error: return location, or %NULL
 *
 * Writes some neurons and synapses of a snapshot as a document of their own, as engram_export() writes all of them: its
 * counts and its checksum are those of what is written. Takes some times 8 bytes for each row that is written, no
 * more.
 *
 * Returns: (transfer full): what was done, or %NULL with an error as of engram_export()
 */
EngramExportReport *engram_export_part            (EngramDatabase         *database,
                                                   const char             *path,
                                                   const EngramExportPart *part,
                                                   gboolean                compact,
                                                   EngramProgressFunc      progress,
                                                   gpointer                user_data,
                                                   GCancellable           *cancellable,
                                                   GError                **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramExportReport, engram_export_report_free)

ENGRAM_END_DECLS
