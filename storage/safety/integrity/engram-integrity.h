/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engram-declarations.h"
#include "engram-progress.h"
#include "model/engram-record-kind.h"
#include "safety/history/engram-history.h"
#include "sqlite/engram-database.h"
#include "stores/engram-row-set.h"

ENGRAM_BEGIN_DECLS

/**
 * EngramSeverity:
 * @ENGRAM_SEVERITY_NOTE: good to know; nothing is wrong
 * @ENGRAM_SEVERITY_WARNING: unusual; some program will stumble over it
 * @ENGRAM_SEVERITY_ERROR: wrong: what is stored cannot be what was meant
 *
 * How bad a finding is.
 */
typedef enum {
  ENGRAM_SEVERITY_NOTE,
  ENGRAM_SEVERITY_WARNING,
  ENGRAM_SEVERITY_ERROR,
} EngramSeverity;

/**
 * engram_severity_to_string:
 * @severity: a severity
 *
 * Returns: (transfer none): its fixed name, for programs: "note", "warning" or "error"
 */
const char     *engram_severity_to_string   (EngramSeverity       severity);

/**
 * EngramFinding:
 *
 * One thing that was found in a network: of one kind, at any number of places. Immutable, part of its report.
 */
typedef struct _EngramFinding EngramFinding;

/**
 * engram_finding_get_kind:
 * @self: a finding
 *
 * Returns: (transfer none): its fixed name, for programs: "orphan-source", "weight-range", ... (README lists them)
 */
const char     *engram_finding_get_kind     (const EngramFinding *self);

/**
 * engram_finding_get_severity:
 * @self: a finding
 *
 * Returns: how bad it is
 */
EngramSeverity  engram_finding_get_severity (const EngramFinding *self);

/**
 * engram_finding_get_count:
 * @self: a finding
 *
 * Returns: how many neurons, synapses or other things it is about
 */
guint64         engram_finding_get_count    (const EngramFinding *self);

/**
 * engram_finding_get_message:
 * @self: a finding
 *
 * Returns: (transfer none): a sentence that a person understands, translated, with the count in it
 */
const char     *engram_finding_get_message  (const EngramFinding *self);

/**
 * engram_finding_get_repair:
 * @self: a finding
 *
 * Returns: (transfer none) (nullable): what engram_integrity_repair() does about it, translated ("Delete these
 *   synapses"), or %NULL where there is nothing that could be done without a person's judgement
 */
const char     *engram_finding_get_repair   (const EngramFinding *self);

/**
 * engram_finding_get_ids:
 * @self: a finding
 * @offset: how many to pass over
 * @limit: how many at most
 *
 * The ids of the neurons or synapses it is about, neurons first, in the order of rows; for things of the schema, their
 * names; for `sqlite-corruption`, what SQLite says of each fault. A row without an id, or with an empty one, is "row
 * N". All are valid UTF-8, cut where they are longer than 1,000 bytes, but what a stranger wrote: not to be sent to a
 * terminal as they are. All @count of them can be had, page by page.
 *
 * Returns: (transfer full) (array zero-terminated=1): ids
 */
char          **engram_finding_get_ids      (const EngramFinding *self,
                                             guint64              offset,
                                             guint64              limit);

/**
 * engram_finding_get_rows:
 * @self: a finding
 * @kind: neurons or synapses
 *
 * The rows it is about, as they were when it was found, so that they can be selected: also those without an id.
 *
 * Returns: (transfer none): rows of neurons or of synapses, none where it is about other things
 */
EngramRowSet   *engram_finding_get_rows     (const EngramFinding *self,
                                             EngramRecordKind     kind);

#define ENGRAM_TYPE_INTEGRITY_REPORT (engram_integrity_report_get_type ())

/**
 * EngramIntegrityReport:
 *
 * What was found in a network by engram_integrity_check(). Immutable, atomically counted; any thread.
 */
typedef struct _EngramIntegrityReport EngramIntegrityReport;

GType                  engram_integrity_report_get_type     (void) G_GNUC_CONST;

/**
 * engram_integrity_report_ref:
 * @self: a report
 *
 * Returns: (transfer full): the same, held once more
 */
EngramIntegrityReport *engram_integrity_report_ref          (EngramIntegrityReport  *self);

/**
 * engram_integrity_report_unref:
 * @self: (transfer full): a report
 *
 * Lets go of it; the last one to do so frees it.
 */
void                   engram_integrity_report_unref        (EngramIntegrityReport  *self);

/**
 * engram_integrity_report_get_neurons:
 * @self: a report
 *
 * Returns: how many neurons the network had
 */
guint64                engram_integrity_report_get_neurons  (EngramIntegrityReport  *self);

/**
 * engram_integrity_report_get_synapses:
 * @self: a report
 *
 * Returns: how many synapses the network had
 */
guint64                engram_integrity_report_get_synapses (EngramIntegrityReport  *self);

/**
 * engram_integrity_report_get_seconds:
 * @self: a report
 *
 * Returns: how long the check took
 */
double                 engram_integrity_report_get_seconds  (EngramIntegrityReport  *self);

/**
 * engram_integrity_report_get_with_sqlite:
 * @self: a report
 *
 * Returns: whether SQLite's own checks were made too; %FALSE after a quick look
 */
gboolean               engram_integrity_report_get_with_sqlite (EngramIntegrityReport *self);

/**
 * engram_integrity_report_list_checks:
 * @self: a report
 *
 * Returns: (transfer full) (array zero-terminated=1): what was looked for, in translated sentences
 */
char                 **engram_integrity_report_list_checks  (EngramIntegrityReport  *self);

/**
 * engram_integrity_report_get_path:
 * @self: a report
 *
 * Returns: (transfer none) (type filename): the network's
 */
const char            *engram_integrity_report_get_path     (EngramIntegrityReport  *self);

/**
 * engram_integrity_report_get_time:
 * @self: a report
 *
 * Returns: (transfer none): when it was made, as Python's isoformat() writes it
 */
const char            *engram_integrity_report_get_time     (EngramIntegrityReport  *self);

/**
 * engram_integrity_report_get_findings:
 * @self: a report
 *
 * Returns: (transfer none) (element-type EngramFinding): worst first, then in a fixed order of kinds; at most one of
 *   a kind
 */
GPtrArray             *engram_integrity_report_get_findings (EngramIntegrityReport  *self);

/**
 * engram_integrity_report_get_worst:
 * @self: a report
 * @severity: (out) (optional): the worst
 *
 * Returns: %FALSE where nothing was found at all
 */
gboolean               engram_integrity_report_get_worst    (EngramIntegrityReport  *self,
                                                             EngramSeverity         *severity);

/**
 * engram_integrity_report_to_json:
 * @self: a report
 *
 * Returns: (transfer full): the report as a JSON object, with every id
 */
char                  *engram_integrity_report_to_json      (EngramIntegrityReport  *self);

/**
 * engram_integrity_report_to_html:
 * @self: a report
 *
 * Returns: (transfer full): the report as one HTML page that needs nothing else, light and dark, fit to be printed; of
 *   each finding the first 1,000 ids
 */
char                  *engram_integrity_report_to_html      (EngramIntegrityReport  *self);

/**
 * EngramIntegrityFlags:
 * @ENGRAM_INTEGRITY_ALL: everything
 * @ENGRAM_INTEGRITY_SKIP_SQLITE: without SQLite's own checks, which read every page: for a quick look
 *
 * What engram_integrity_check() leaves out.
 */
typedef enum {
  ENGRAM_INTEGRITY_ALL         = 0,
  ENGRAM_INTEGRITY_SKIP_SQLITE = 1 << 0,
} EngramIntegrityFlags;

/**
 * engram_integrity_check:
 * @database: a network
 * @flags: what to leave out
 * @progress: (nullable) (scope call): told how far it is
 * @user_data: for @progress
 * @cancellable: (nullable): to give up
 * @error: return location, or %NULL
 *
 * Looks for everything that can be wrong in a network, on all cores, in one snapshot. Changes nothing, and says the
 * same of a file that may not be written. A file so damaged that a table cannot be read to its end gives a report with
 * `sqlite-corruption`, not an error.
 *
 * Returns: (transfer full): the report, or %NULL with @error set
 */
EngramIntegrityReport *engram_integrity_check               (EngramDatabase         *database,
                                                             EngramIntegrityFlags    flags,
                                                             EngramProgressFunc      progress,
                                                             gpointer                user_data,
                                                             GCancellable           *cancellable,
                                                             GError                **error);

#define ENGRAM_TYPE_REPAIR_REPORT (engram_repair_report_get_type ())

/**
 * EngramRepairReport:
 * @backup: (type filename) (nullable): the verified backup that was made before; %NULL where nothing was repaired
 * @kinds: (element-type utf8): kinds of findings that were repaired
 * @changes: (element-type utf8): what was changed, a translated sentence for each of @kinds
 * @neurons_changed: rows
 * @synapses_changed: rows
 * @synapses_deleted: rows
 * @indexes_made: how many
 * @seconds: how long it took, the backup included
 *
 * What engram_integrity_repair() did.
 */
typedef struct {
  char      *backup;
  GPtrArray *kinds;
  GPtrArray *changes;
  guint64    neurons_changed;
  guint64    synapses_changed;
  guint64    synapses_deleted;
  guint64    indexes_made;
  double     seconds;
} EngramRepairReport;

GType               engram_repair_report_get_type (void) G_GNUC_CONST;

/**
 * engram_repair_report_copy:
 * @self: a report
 *
 * Returns: (transfer full): a copy, with all that it holds
 */
EngramRepairReport *engram_repair_report_copy     (const EngramRepairReport *self);

/**
 * engram_repair_report_free:
 * @self: (transfer full) (nullable): a report
 *
 * Frees it and all that it holds.
 */
void                engram_repair_report_free     (EngramRepairReport       *self);

/**
 * engram_integrity_repair:
 * @database: a network
 * @kinds: (array zero-terminated=1) (nullable): kinds of findings to repair, or %NULL for all that have a repair
 * @backup_folder: (nullable) (type filename): where the backup goes; %NULL for `backups` beside the network
 * @history: (nullable): where the repair is noted, to be undone
 * @progress: (nullable) (scope call): told how far it is
 * @user_data: for @progress
 * @cancellable: (nullable): to give up; nothing has changed then
 * @error: return location, or %NULL
 *
 * Makes a verified backup, then repairs in one transaction, all or nothing. What is wrong is found anew within the
 * transaction. Orphaned synapses are deleted; weights beyond [-1, 1] become -1 or 1; a vector that is broken becomes
 * NULL; JSON that is broken becomes {} or [], with the old text in the metadata under `engram_broken` (an object: field
 * -> text, or base64 of what is not UTF-8 as {"base64": ...}); a missing index is made. A row that is changed so gets a
 * new modified_at. Broken metadata are also repaired where the old text of another field is to go there.
 *
 * Where nothing is to be repaired, no backup is made, the file is not touched, and the report is empty. Where the
 * repair is refused or cancelled, the backup goes again. Undoing it brings all rows back as they were; indexes stay.
 *
 * Returns: (transfer full): what was changed, or %NULL with %ENGRAM_ERROR_INVALID (@kinds names one without a repair),
 *   %ENGRAM_ERROR_DAMAGED (no backup can be verified), %ENGRAM_ERROR_BUSY, %ENGRAM_ERROR_READ_ONLY or another
 */
EngramRepairReport *engram_integrity_repair       (EngramDatabase      *database,
                                                   const char * const  *kinds,
                                                   const char          *backup_folder,
                                                   EngramHistory       *history,
                                                   EngramProgressFunc   progress,
                                                   gpointer             user_data,
                                                   GCancellable        *cancellable,
                                                   GError             **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramIntegrityReport, engram_integrity_report_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramRepairReport, engram_repair_report_free)

ENGRAM_END_DECLS
