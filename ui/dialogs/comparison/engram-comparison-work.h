/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dialogs/comparison/engram-difference-order.h"
#include "session/engram-session.h"

G_BEGIN_DECLS

/* EngramCompared:
 * @database: the network
 * @other: the other file
 * @comparison: what differs
 * @differences: the same for the views
 * @weight_changes: how the changes of weight are spread, those of no change left out
 * @drifts: likewise, of vectors
 * @moves: likewise, of places
 *
 * Two files that were compared. Read only, atomically counted; the files are closed where that may wait. */
typedef struct {
  EngramDatabase    *database;
  EngramDatabase    *other;
  EngramComparison  *comparison;
  EngramDifferences *differences;
  EngramHistogram    weight_changes;
  EngramHistogram    drifts;
  EngramHistogram    moves;
} EngramCompared;

EngramCompared *engram_compared_ref               (EngramCompared        *self);
void            engram_compared_unref             (EngramCompared        *self);

/* A job that compares the network of @session with the file at @path: (transfer full) */
EngramJob      *engram_comparison_work_compare    (EngramSession         *session,
                                                   const char            *path);
/* What it has found, once it is done. (transfer none) */
EngramCompared *engram_comparison_work_get_found  (EngramJob             *job);
/* A job that makes the rows at some places of a list what they are in the other file; those that were added are deleted
 * where @delete_added, and passed over where not. (transfer full) */
EngramJob      *engram_comparison_work_bring_back (EngramSession         *session,
                                                   EngramCompared        *compared,
                                                   EngramDifferenceOrder *order,
                                                   const GtkBitset       *places,
                                                   gboolean               delete_added);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramCompared, engram_compared_unref)

G_END_DECLS
