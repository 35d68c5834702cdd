/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engram-declarations.h"
#include "engram-progress.h"
#include "model/engram-record-kind.h"
#include "sqlite/engram-database.h"

ENGRAM_BEGIN_DECLS

/**
 * EngramRepairAction:
 * @ENGRAM_REPAIR_SET_FIELD: a field of a neuron or a synapse gets another value
 * @ENGRAM_REPAIR_DELETE_SYNAPSE: a synapse goes
 * @ENGRAM_REPAIR_MAKE_INDEX: an index is made
 *
 * What a repair does to a row or an index.
 */
typedef enum {
  ENGRAM_REPAIR_SET_FIELD,
  ENGRAM_REPAIR_DELETE_SYNAPSE,
  ENGRAM_REPAIR_MAKE_INDEX,
} EngramRepairAction;

/**
 * EngramRepairChange:
 * @action: what is done
 * @kind: the record; of no meaning for an index
 * @rowid: its row; 0 for an index
 * @id: its id, or "row N" where it has none; the name of an index. What a stranger wrote, as
 *   engram_finding_get_ids() gives it
 * @field: (nullable): the column that changes; %NULL where that is none
 * @before: (nullable): what it holds, for people: "1.5", "100 numbers", a text, cut where it is very long; of a
 *   synapse that goes, what it joins; %NULL for an index
 * @after: (nullable): what it will hold, likewise; %NULL where it will hold nothing
 *
 * One thing that a repair changes.
 */
typedef struct {
  EngramRepairAction  action;
  EngramRecordKind    kind;
  gint64              rowid;
  char               *id;
  char               *field;
  char               *before;
  char               *after;
} EngramRepairChange;

/**
 * engram_repair_change_format:
 * @self: a change
 *
 * Returns: (transfer full): what changes, in a few translated words, without the id: "weight: 1.5 → 1"
 */
char                *engram_repair_change_format        (const EngramRepairChange   *self);

#define ENGRAM_TYPE_REPAIR_PREVIEW (engram_repair_preview_get_type ())

/**
 * EngramRepairPreview:
 * @kinds: (element-type utf8): kinds of findings that would be repaired, in the order of
 *   engram_integrity_report_get_findings(). One more than was asked for where metadata that are broken themselves are
 *   to keep the old text of another field.
 * @counts: (element-type guint64): for each of @kinds, of how many rows or indexes
 * @changes: (element-type EngramRepairChange): the first of them: neurons, synapses, indexes, each in the order of
 *   rows
 * @n_changes: of how many
 * @neurons_changed: rows, each of which also gets a new time of its last change
 * @synapses_changed: likewise
 * @synapses_deleted: rows
 * @indexes_made: how many
 *
 * What engram_integrity_repair() would do.
 */
typedef struct {
  GPtrArray *kinds;
  GArray    *counts;
  GPtrArray *changes;
  guint64    n_changes;
  guint64    neurons_changed;
  guint64    synapses_changed;
  guint64    synapses_deleted;
  guint64    indexes_made;
} EngramRepairPreview;

GType                engram_repair_preview_get_type     (void) G_GNUC_CONST;

/**
 * engram_repair_preview_copy:
 * @self: a preview
 *
 * Returns: (transfer full): a copy, with all that it holds
 */
EngramRepairPreview *engram_repair_preview_copy         (const EngramRepairPreview  *self);

/**
 * engram_repair_preview_free:
 * @self: (transfer full) (nullable): a preview
 *
 * Frees it and all that it holds.
 */
void                 engram_repair_preview_free         (EngramRepairPreview        *self);

/**
 * engram_integrity_preview_repair:
 * @database: a network
 * @kinds: (array zero-terminated=1) (nullable): as engram_integrity_repair() takes them
 * @max_changes: so many changes are told one by one
 * @progress: (nullable) (scope call): told how far it is
 * @user_data: for @progress
 * @cancellable: (nullable): to give up
 * @error: return location, or %NULL
 *
 * Finds out what engram_integrity_repair() would change in the network as it is now, by the same steps. Writes nothing,
 * also where the file cannot be written.
 *
 * Returns: (transfer full): what would be changed, or %NULL with %ENGRAM_ERROR_INVALID (@kinds names one without a
 *   repair, or something cannot be kept), %ENGRAM_ERROR_DAMAGED (a table cannot be read to its end) or another
 */
EngramRepairPreview *engram_integrity_preview_repair    (EngramDatabase             *database,
                                                         const char * const         *kinds,
                                                         guint                       max_changes,
                                                         EngramProgressFunc          progress,
                                                         gpointer                    user_data,
                                                         GCancellable               *cancellable,
                                                         GError                    **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramRepairPreview, engram_repair_preview_free)

ENGRAM_END_DECLS
