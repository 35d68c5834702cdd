/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "documents/engram-problem.h"
#include "engram-declarations.h"
#include "engram-progress.h"
#include "safety/history/engram-history.h"
#include "sqlite/engram-database.h"

ENGRAM_BEGIN_DECLS

/**
 * EngramImportConflict:
 * @ENGRAM_IMPORT_CONFLICT_FAIL: it is a problem
 * @ENGRAM_IMPORT_CONFLICT_SKIP: what is there stays as it is
 * @ENGRAM_IMPORT_CONFLICT_REPLACE: what is there becomes what the document says, in its old place in the order of rows
 *
 * What becomes of a neuron or synapse whose id is in the network already. An id that stands twice within the batch is a
 * problem under each of them.
 */
typedef enum {
  ENGRAM_IMPORT_CONFLICT_FAIL,
  ENGRAM_IMPORT_CONFLICT_SKIP,
  ENGRAM_IMPORT_CONFLICT_REPLACE,
} EngramImportConflict;

/**
 * EngramImportChecksum:
 * @ENGRAM_IMPORT_CHECKSUM_OK: it is that of the content
 * @ENGRAM_IMPORT_CHECKSUM_ABSENT: the document has none
 * @ENGRAM_IMPORT_CHECKSUM_IGNORED: it was not to be looked at
 * @ENGRAM_IMPORT_CHECKSUM_WRONG: it is another's than that of the content
 *
 * What came of a document's checksum.
 */
typedef enum {
  ENGRAM_IMPORT_CHECKSUM_OK,
  ENGRAM_IMPORT_CHECKSUM_ABSENT,
  ENGRAM_IMPORT_CHECKSUM_IGNORED,
  ENGRAM_IMPORT_CHECKSUM_WRONG,
} EngramImportChecksum;

/**
 * EngramImportOptions:
 * @conflict: what becomes of ids that are there already
 * @dry_run: only to see what would happen: nothing is written
 * @ignore_checksum: import also what fails its checksum
 * @make_ids: neurons and synapses without an id, or with one that is no UUID, get a new one (ends of synapses follow)
 *   instead of being problems
 * @compare: tell what is there with the same content from what is there with another. The same content is no conflict
 *   then: it stays under each policy, and counts as skipped. With dry_run, what differs is listed in the report's
 *   conflicts under each policy and is none of its problems. For a network that exists
 * @max_problems: how many problems are described; beyond, they are counted. 0: 1,000
 * @history: (nullable): where the import is noted, to be undone; for a network that exists
 *
 * How to import.
 */
typedef struct {
  EngramImportConflict  conflict;
  gboolean              dry_run;
  gboolean              ignore_checksum;
  gboolean              make_ids;
  gboolean              compare;
  guint                 max_problems;
  EngramHistory        *history;
} EngramImportOptions;

/**
 * EngramImportMatch:
 * @added: that the network does not have
 * @same: that it has with the same content: exported, they would be what the document says
 * @different: that it has with other content
 *
 * What documents hold, beside what the network has; only what nothing is wrong with, and only where
 * #EngramImportOptions.compare was asked for.
 */
typedef struct {
  guint64 added;
  guint64 same;
  guint64 different;
} EngramImportMatch;

/**
 * EngramImportFile:
 * @path: (type filename): the document, as it was given
 * @size: how many bytes it has
 * @neurons: how many it holds
 * @synapses: how many it holds
 * @checksum: what came of its checksum
 * @is_whole: it was read to its end, so that @checksum says what is so; where not, a problem says why
 * @neuron_match: its neurons beside those of the network
 * @synapse_match: its synapses beside those of the network
 * @n_problems: how many of the problems stand in it
 *
 * One document of the batch.
 */
typedef struct {
  char                 *path;
  guint64               size;
  guint64               neurons;
  guint64               synapses;
  EngramImportChecksum  checksum;
  gboolean              is_whole;
  EngramImportMatch     neuron_match;
  EngramImportMatch     synapse_match;
  guint64               n_problems;
} EngramImportFile;

/**
 * EngramImportSpace:
 * @growth: how many bytes the network's file becomes longer, at most about
 * @journal: how many more bytes beside it are used until the import is over
 * @history: how many bytes the step takes in the undo history, which lies in a folder of its own
 * @available: how many bytes are free where the network lies; %G_MAXUINT64 where the system does not tell
 *
 * What an import takes on the disk, estimated from what the documents hold. All but @available counts what is new and
 * what would be replaced.
 */
typedef struct {
  guint64 growth;
  guint64 journal;
  guint64 history;
  guint64 available;
} EngramImportSpace;

/**
 * EngramImportCounts:
 * @created: that were not there
 * @replaced: that were there, and became what the document says
 * @skipped: that were there, and stayed
 *
 * What became of neurons, or of synapses, in an import.
 */
typedef struct {
  guint64 created;
  guint64 replaced;
  guint64 skipped;
} EngramImportCounts;

#define ENGRAM_TYPE_IMPORT_REPORT (engram_import_report_get_type ())

/**
 * EngramImportReport:
 * @files: (element-type EngramImportFile): the documents, in the order in which they were given
 * @neurons: what became of the neurons, or would; nothing where the import failed
 * @synapses: what became of the synapses, or would; nothing where the import failed
 * @problems: (element-type EngramProblem): in the order of files and lines
 * @n_problems: how many there were
 * @conflicts: (element-type EngramProblem): what the network has with other content, and in what it differs; only of a
 *   dry run that compares, and no more than problems are described. How many there are, the files' matches say
 * @space: what is needed on the disk; only of a dry run
 * @seconds: how long it took
 * @dry_run: nothing was written
 *
 * What an import did, or why it did nothing.
 */
typedef struct {
  GPtrArray          *files;
  EngramImportCounts  neurons;
  EngramImportCounts  synapses;
  GPtrArray          *problems;
  guint64             n_problems;
  GPtrArray          *conflicts;
  EngramImportSpace   space;
  double              seconds;
  gboolean            dry_run;
} EngramImportReport;

GType               engram_import_report_get_type (void) G_GNUC_CONST;

/**
 * engram_import_report_copy:
 * @self: a report
 *
 * Returns: (transfer full): a copy, with all that it holds
 */
EngramImportReport *engram_import_report_copy     (const EngramImportReport *self);

/**
 * engram_import_report_free:
 * @self: (transfer full) (nullable): a report
 *
 * Frees it and all that it holds.
 */
void                engram_import_report_free     (EngramImportReport       *self);

/**
 * engram_import_report_sum:
 * @self: a report
 * @sum: (out caller-allocates): all files as if they were one, without a path or a checksum
 *
 * Adds up the documents of a report.
 */
void                engram_import_report_sum      (const EngramImportReport *self,
                                                   EngramImportFile         *sum);

/**
 * engram_import:
 * @database: a network
 * @files: (array zero-terminated=1) (element-type filename): JSON documents, version 1
 * @options: how
 * @report: (out) (transfer full) (optional) (nullable): what was done, would be done, or stood in the way; set also
 *   where %FALSE is returned, as far as it was known
 * @progress: (nullable) (scope call): told how far it is
 * @user_data: for @progress
 * @cancellable: (nullable): to give up; nothing has changed then
 * @error: return location, or %NULL
 *
 * Takes the neurons and synapses of documents into a network, all of them in one transaction, or none. Documents are
 * read as streams, in one pass (a second one, for the checksum alone, where the synapses stand before the neurons); a
 * synapse may join neurons of any document of the batch and of the network. With a problem in any document nothing is
 * written, unless the problem is one that @options allow. A dangling synapse is not told where neurons of the batch
 * could not be read: that is its cause. Memory: 256 MB at most, beyond 40 bytes for each neuron and a few copies of the
 * longest record, which may have 128 MiB.
 *
 * Returns: %TRUE where all was done, or, with dry_run, looked at (problems are then in the report alone); else %FALSE
 *   with %ENGRAM_ERROR_INVALID (problems: its message is the first one and how many more), %ENGRAM_ERROR_NO_FILE,
 *   %ENGRAM_ERROR_NO_SPACE, %ENGRAM_ERROR_BUSY or another
 */
gboolean            engram_import                 (EngramDatabase             *database,
                                                   const char * const         *files,
                                                   const EngramImportOptions  *options,
                                                   EngramImportReport        **report,
                                                   EngramProgressFunc          progress,
                                                   gpointer                    user_data,
                                                   GCancellable               *cancellable,
                                                   GError                    **error);

/**
 * engram_import_new:
 * @path: (type filename): a file that does not exist
 * @files: see engram_import()
 * @options: how; its history is not used
 * @report: see engram_import()
 * @progress: (nullable) (scope call): told how far it is
 * @user_data: for @progress
 * @cancellable: (nullable): to give up; there is no file then
 * @error: return location, or %NULL
 *
 * Makes a new network of documents, at the speed of the disk. The file appears whole or not at all.
 *
 * Returns: as engram_import(), and %FALSE with %ENGRAM_ERROR_EXISTS where the file exists
 */
gboolean            engram_import_new             (const char                 *path,
                                                   const char * const         *files,
                                                   const EngramImportOptions  *options,
                                                   EngramImportReport        **report,
                                                   EngramProgressFunc          progress,
                                                   gpointer                    user_data,
                                                   GCancellable               *cancellable,
                                                   GError                    **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramImportReport, engram_import_report_free)

ENGRAM_END_DECLS
