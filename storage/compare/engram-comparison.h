/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engram-declarations.h"
#include "engram-progress.h"
#include "model/engram-neuron.h"
#include "model/engram-record-kind.h"
#include "model/engram-synapse.h"
#include "sqlite/engram-database.h"
#include "stores/engram-row-set.h"

ENGRAM_BEGIN_DECLS

#define ENGRAM_TYPE_COMPARISON (engram_comparison_get_type ())

/**
 * EngramComparison:
 *
 * What differs between a network as it is, "today", and another file: a backup of it, or any other network. Neurons and
 * synapses are matched by their ids, whatever their rows. Seen from today: a row that only today has was *added*, one
 * that only the other file has was *removed*, one that both have with other values was *changed*.
 *
 * Fields are compared as values: numbers as numbers, vectors bit by bit, JSON (metadata, tags, schemas, fields without
 * a column) by what it says, not by its spaces and the order of its members, other texts byte by byte. A file of an
 * older schema version is the same as its upgraded form. Columns of other programs count where both files have them.
 * `modified_at` alone is no change; it is counted apart. What else a file may hold, tables of other programs say, is
 * not compared.
 *
 * Immutable and atomically counted: any thread. It keeps rows, not records: 48 bytes for a changed neuron and synapse,
 * 8 for all others; values are read anew from both files where somebody looks at them.
 */
typedef struct _EngramComparison EngramComparison;

/**
 * EngramComparisonStatus:
 * @ENGRAM_COMPARISON_NONE: today had no such row when it was compared
 * @ENGRAM_COMPARISON_SAME: both have it, and nothing differs but perhaps `modified_at`
 * @ENGRAM_COMPARISON_ADDED: only today has it
 * @ENGRAM_COMPARISON_CHANGED: both have it, with other values
 * @ENGRAM_COMPARISON_REMOVED: only the other file has it
 * @ENGRAM_COMPARISON_UNCLEAR: a row of today that cannot be compared: its id is no text, or stands in one of the files
 *   more than once, and the other file has not just the same in the same row
 *
 * What became of a neuron or synapse.
 */
typedef enum {
  ENGRAM_COMPARISON_NONE,
  ENGRAM_COMPARISON_SAME,
  ENGRAM_COMPARISON_ADDED,
  ENGRAM_COMPARISON_CHANGED,
  ENGRAM_COMPARISON_REMOVED,
  ENGRAM_COMPARISON_UNCLEAR,
} EngramComparisonStatus;

/**
 * ENGRAM_COMPARISON_N_STATUSES:
 *
 * How many an #EngramComparisonStatus can be.
 */
#define ENGRAM_COMPARISON_N_STATUSES (ENGRAM_COMPARISON_UNCLEAR + 1)

/**
 * EngramComparisonCounts:
 * @today: rows of today; @same + @added + @changed + @unclear
 * @other: rows of the other file; @same + @removed + @changed + @unclear_other
 * @same: see #EngramComparisonStatus
 * @touched: of @same, those in which just `modified_at` differs
 * @added: see #EngramComparisonStatus
 * @changed: likewise
 * @removed: likewise
 * @unclear: likewise
 * @unclear_other: rows of the other file that cannot be compared, for the same reasons
 *
 * Of neurons, or of synapses.
 */
typedef struct {
  guint64 today;
  guint64 other;
  guint64 same;
  guint64 touched;
  guint64 added;
  guint64 changed;
  guint64 removed;
  guint64 unclear;
  guint64 unclear_other;
} EngramComparisonCounts;

/**
 * EngramComparisonRow:
 * @kind: neuron or synapse
 * @status: what became of it
 * @rowid: its row today; 0 where @status is NONE or REMOVED
 * @other_rowid: its row in the other file; 0 unless @status is CHANGED or REMOVED
 * @fields: which fields differ, a bit each: see engram_comparison_get_field_name(). The bits of #EngramNeuronColumns or
 *   #EngramSynapseColumns are among them, so %ENGRAM_NEURON_VECTOR, say, can be asked for. 0 unless @status is CHANGED
 * @moved: of a changed neuron: how far it is from where it stands in the other file; NaN where one of the places cannot
 *   be read
 * @drift: of a changed neuron: the cosine distance of its vectors, 0 to 2; 0 where they are the same, NaN where one is
 *   not there, is all zeros, or has another length
 * @drift_length: likewise, the Euclidean distance; NaN where one is not there or has another length
 * @activation_change: of a changed neuron: the activation level today minus that in the other file; NaN where one of
 *   them is not there
 * @weight_change: of a changed synapse: the weight today minus that in the other file; NaN where one of them cannot be
 *   read
 *
 * What is known of one row. Numbers that do not concern its kind and status are NaN.
 */
typedef struct {
  EngramRecordKind       kind;
  EngramComparisonStatus status;
  gint64                 rowid;
  gint64                 other_rowid;
  guint64                fields;
  double                 moved;
  double                 drift;
  double                 drift_length;
  double                 activation_change;
  double                 weight_change;
} EngramComparisonRow;

GType             engram_comparison_get_type        (void) G_GNUC_CONST;

/**
 * engram_comparison_new:
 * @database: the network as it is
 * @other: another file, opened by engram_database_open()
 * @progress: (nullable) (scope call): told how far it is
 * @user_data: for @progress
 * @cancellable: (nullable): to give up
 * @error: return location, or %NULL
 *
 * Reads one snapshot of each file, on all cores, and changes neither. Waits for the disk; any thread.
 *
 * Returns: (transfer full): what differs, or %NULL with %ENGRAM_ERROR_DAMAGED where one of the files cannot be read to
 *   its end (the message names it), %ENGRAM_ERROR_BUSY or another
 */
EngramComparison *engram_comparison_new             (EngramDatabase       *database,
                                                     EngramDatabase       *other,
                                                     EngramProgressFunc    progress,
                                                     gpointer              user_data,
                                                     GCancellable         *cancellable,
                                                     GError              **error);

/**
 * engram_comparison_ref:
 * @self: a comparison
 *
 * Returns: (transfer full): the same, held once more
 */
EngramComparison *engram_comparison_ref             (EngramComparison     *self);

/**
 * engram_comparison_unref:
 * @self: (transfer full): a comparison
 *
 * Lets go of it; the last one to do so frees it.
 */
void              engram_comparison_unref           (EngramComparison     *self);

/**
 * engram_comparison_get_other_path:
 * @self: a comparison
 *
 * Returns: (transfer none) (type filename): where the other file is, as engram_database_get_path() gives it
 */
const char       *engram_comparison_get_other_path  (EngramComparison     *self);

/**
 * engram_comparison_get_stamp:
 * @self: a comparison
 *
 * Returns: the change stamp of the snapshot of today that was compared (engram_database_get_change_stamp() gives
 *   another one where something was written since), or 0 where it is not known
 */
guint64           engram_comparison_get_stamp       (EngramComparison     *self);

/**
 * engram_comparison_is_same:
 * @self: a comparison
 *
 * Returns: whether nothing differs: nothing added, changed or removed, no row that could not be compared, and no column
 *   that just one of the files has
 */
gboolean          engram_comparison_is_same         (EngramComparison     *self);

/**
 * engram_comparison_get_counts:
 * @self: a comparison
 * @kind: neurons or synapses
 *
 * Returns: (transfer none): how many of them are the same, added and so on; it lives as long as @self
 */
const EngramComparisonCounts *
                  engram_comparison_get_counts      (EngramComparison     *self,
                                                     EngramRecordKind      kind);

/**
 * engram_comparison_get_n_rows:
 * @self: a comparison
 * @kind: neurons or synapses
 * @status: a status; NONE has none
 *
 * Returns: how many rows have it: of the other file where it is REMOVED, else of today
 */
guint64           engram_comparison_get_n_rows      (EngramComparison       *self,
                                                     EngramRecordKind        kind,
                                                     EngramComparisonStatus  status);

/**
 * engram_comparison_get_row:
 * @self: a comparison
 * @kind: neurons or synapses
 * @status: ADDED, CHANGED, REMOVED or UNCLEAR
 * @index: which one, in the order of rows; below engram_comparison_get_n_rows()
 * @row: (out caller-allocates): what is known of it
 *
 * In constant time: for lists.
 */
void              engram_comparison_get_row         (EngramComparison       *self,
                                                     EngramRecordKind        kind,
                                                     EngramComparisonStatus  status,
                                                     guint64                 index,
                                                     EngramComparisonRow    *row);

/**
 * engram_comparison_find:
 * @self: a comparison
 * @kind: neuron or synapse
 * @rowid: a row of today
 * @row: (out caller-allocates) (optional): what is known of it
 *
 * In logarithmic time.
 *
 * Returns: what became of it; NONE for a row that came later
 */
EngramComparisonStatus
                  engram_comparison_find            (EngramComparison       *self,
                                                     EngramRecordKind        kind,
                                                     gint64                  rowid,
                                                     EngramComparisonRow    *row);

/**
 * engram_comparison_list_rows:
 * @self: a comparison
 * @kind: neurons or synapses
 * @status: a status; NONE has none
 *
 * Returns: (transfer full): the rows that have it: of the other file where it is REMOVED, else of today
 */
EngramRowSet     *engram_comparison_list_rows       (EngramComparison       *self,
                                                     EngramRecordKind        kind,
                                                     EngramComparisonStatus  status);

/**
 * engram_comparison_get_n_fields:
 * @self: a comparison
 * @kind: neurons or synapses
 *
 * Returns: how many bits #EngramComparisonRow.fields has: the columns of Engram, then in alphabetical order the members
 *   of fields without a column and the columns of other programs in which something differs; 64 at most
 */
guint             engram_comparison_get_n_fields    (EngramComparison       *self,
                                                     EngramRecordKind        kind);

/**
 * engram_comparison_get_field_name:
 * @self: a comparison
 * @kind: neurons or synapses
 * @field: which bit, from 0 on
 * @n_rows: (out) (optional): in how many changed rows it differs
 *
 * Returns: (transfer none): its name in the JSON document, or that of the column of another program; "fields" stands
 *   for fields without a column that cannot be told apart (they are no JSON object, or there are too many names)
 */
const char       *engram_comparison_get_field_name  (EngramComparison       *self,
                                                     EngramRecordKind        kind,
                                                     guint                   field,
                                                     guint64                *n_rows);

/**
 * engram_comparison_dup_field_names:
 * @self: a comparison
 * @kind: neuron or synapse
 * @fields: as #EngramComparisonRow has them
 *
 * Returns: (transfer full) (array zero-terminated=1): their names in the order of bits; `modified_at` comes last
 */
char            **engram_comparison_dup_field_names (EngramComparison       *self,
                                                     EngramRecordKind        kind,
                                                     guint64                 fields);

/**
 * engram_comparison_get_unshared_columns:
 * @self: a comparison
 * @kind: neurons or synapses
 * @in_other: those of the other file, else those of today
 *
 * Returns: (transfer none) (array zero-terminated=1): columns of other programs that the one file has and the other has
 *   not: they are not compared, and not brought back
 */
const char * const *
                  engram_comparison_get_unshared_columns (EngramComparison  *self,
                                                     EngramRecordKind        kind,
                                                     gboolean                in_other);

/**
 * engram_comparison_dup_summary:
 * @self: a comparison
 *
 * Returns: (transfer full): what differs in a sentence or two, translated: "12 neurons were added, 40 neurons were
 *   changed and 100 synapses were added.", or "Nothing differs.". Rows that could not be compared, and columns that
 *   just one file has, are said too
 */
char             *engram_comparison_dup_summary     (EngramComparison       *self);

/**
 * engram_comparison_dup_restore_summary:
 * @self: a comparison with a backup
 *
 * Returns: (transfer full): what restoring the other file would do, in a sentence or two, translated: "Restoring would
 *   add 3 neurons, change 40 neurons and remove 100 synapses.", or "Restoring would change nothing: nothing differs."
 */
char             *engram_comparison_dup_restore_summary (EngramComparison   *self);

/* Looking at records */

/**
 * EngramComparisonItem:
 * @row: what is known of it
 * @id: (nullable): its id; %NULL where the row is gone since, or has none
 * @name: what stands for it in a list: of a neuron its text, of a synapse the texts of its ends with an arrow between;
 *   on one line, and not long
 * @fields: (array zero-terminated=1): names of the fields that differ
 *
 * A changed, added, removed or unclear record as it is listed.
 */
typedef struct {
  EngramComparisonRow  row;
  char                *id;
  char                *name;
  char               **fields;
} EngramComparisonItem;

/**
 * engram_comparison_item_free:
 * @self: (transfer full) (nullable): an item
 *
 * Frees it and all that it holds.
 */
void              engram_comparison_item_free       (EngramComparisonItem   *self);

/**
 * engram_comparison_list_items: (skip)
 * @self: a comparison
 * @database: the network
 * @other: the other file
 * @kind: neurons or synapses
 * @status: ADDED, CHANGED, REMOVED or UNCLEAR
 * @first: index of the first
 * @n_items: how many, fewer where there are no more
 * @cancellable: (nullable): to give up
 * @error: return location, or %NULL
 *
 * A page of a list. Waits for the disk; any thread.
 *
 * Returns: (transfer full) (element-type EngramComparisonItem): the items, or %NULL with @error set
 */
GPtrArray        *engram_comparison_list_items      (EngramComparison       *self,
                                                     EngramDatabase         *database,
                                                     EngramDatabase         *other,
                                                     EngramRecordKind        kind,
                                                     EngramComparisonStatus  status,
                                                     guint64                 first,
                                                     guint                   n_items,
                                                     GCancellable           *cancellable,
                                                     GError                **error);

/**
 * engram_comparison_read_items: (skip)
 * @self: a comparison
 * @database: the network
 * @other: the other file
 * @rows: (array length=n_rows): rows of it, of any status but NONE
 * @n_rows: how many
 * @cancellable: (nullable): to give up
 * @error: return location, or %NULL
 *
 * The same for rows that do not follow each other, of a list in another order say.
 *
 * Returns: (transfer full) (element-type EngramComparisonItem): the items in the order of @rows, or %NULL with @error
 *   set
 */
GPtrArray        *engram_comparison_read_items      (EngramComparison           *self,
                                                     EngramDatabase             *database,
                                                     EngramDatabase             *other,
                                                     const EngramComparisonRow  *rows,
                                                     gsize                       n_rows,
                                                     GCancellable               *cancellable,
                                                     GError                    **error);

/**
 * EngramComparisonValue:
 * @name: the field, by its name in the JSON document, or the column of another program
 * @before: (nullable): its value in the other file as text for people; %NULL where it is not there
 * @after: (nullable): the same of today
 * @differs: whether they differ
 *
 * One field of a record in both files. A vector is how many numbers it has, its length and its first numbers.
 */
typedef struct {
  char     *name;
  char     *before;
  char     *after;
  gboolean  differs;
} EngramComparisonValue;

/**
 * engram_comparison_value_free:
 * @self: (transfer full) (nullable): a value
 *
 * Frees it and all that it holds.
 */
void              engram_comparison_value_free      (EngramComparisonValue  *self);

/**
 * engram_comparison_describe: (skip)
 * @self: a comparison
 * @row: a row of it
 * @database: the network
 * @other: the other file
 * @cancellable: (nullable): to give up
 * @error: return location, or %NULL
 *
 * Reads both records as they are now. Fields that neither of them has are left out. Waits for the disk; any thread.
 *
 * Returns: (transfer full) (element-type EngramComparisonValue): the fields, those that differ first; or %NULL with
 *   @error set: %ENGRAM_ERROR_CHANGED where a row is gone, or is another record's, since they were compared
 */
GPtrArray        *engram_comparison_describe        (EngramComparison           *self,
                                                     const EngramComparisonRow  *row,
                                                     EngramDatabase             *database,
                                                     EngramDatabase             *other,
                                                     GCancellable               *cancellable,
                                                     GError                    **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramComparison, engram_comparison_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramComparisonItem, engram_comparison_item_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramComparisonValue, engram_comparison_value_free)

ENGRAM_END_DECLS
