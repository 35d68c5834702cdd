/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "engram-declarations.h"

ENGRAM_BEGIN_DECLS

#define ENGRAM_TYPE_CHANGE_TRACKER (engram_change_tracker_get_type ())

/**
 * EngramChangeTracker:
 *
 * Knows which neurons and synapses were created, modified and deleted since they were last written, so that
 * an incremental save writes just those. Holds ids, no records.
 *
 * Not thread-safe: one thread at a time.
 */
G_DECLARE_FINAL_TYPE (EngramChangeTracker, engram_change_tracker, ENGRAM, CHANGE_TRACKER, GObject)

/**
 * EngramChange:
 * @ENGRAM_CHANGE_NONE: as it is in the file
 * @ENGRAM_CHANGE_CREATED: not in the file yet
 * @ENGRAM_CHANGE_MODIFIED: differs from the file
 * @ENGRAM_CHANGE_DELETED: still in the file
 *
 * What was done to a neuron or a synapse since it was last written.
 */
typedef enum {
  ENGRAM_CHANGE_NONE,
  ENGRAM_CHANGE_CREATED,
  ENGRAM_CHANGE_MODIFIED,
  ENGRAM_CHANGE_DELETED,
} EngramChange;

/**
 * EngramChangeKind:
 * @ENGRAM_CHANGE_NEURON: a neuron
 * @ENGRAM_CHANGE_SYNAPSE: a synapse
 *
 * What is tracked.
 */
typedef enum {
  ENGRAM_CHANGE_NEURON,
  ENGRAM_CHANGE_SYNAPSE,
} EngramChangeKind;

/**
 * engram_change_tracker_new:
 *
 * Returns: (transfer full): a tracker that knows of no change
 */
EngramChangeTracker *engram_change_tracker_new   (void);

/**
 * engram_change_tracker_mark:
 * @self: a tracker
 * @kind: neuron or synapse
 * @id: its id
 * @change: what was done to it, or %ENGRAM_CHANGE_NONE to forget it
 *
 * Notes a change. It is put together with an earlier one of the same id, to what has to be done to the file:
 *
 * | before   | then created | then modified | then deleted |
 * |----------|--------------|---------------|--------------|
 * | (none)   | created      | modified      | deleted      |
 * | created  | created      | created       | (none)       |
 * | modified | modified     | modified      | deleted      |
 * | deleted  | modified     | modified      | deleted      |
 */
void                 engram_change_tracker_mark  (EngramChangeTracker *self,
                                                  EngramChangeKind     kind,
                                                  const char          *id,
                                                  EngramChange         change);

/**
 * engram_change_tracker_get:
 * @self: a tracker
 * @kind: neuron or synapse
 * @id: its id
 *
 * Returns: what has to be done to the file for it, %ENGRAM_CHANGE_NONE where nothing has
 */
EngramChange         engram_change_tracker_get   (EngramChangeTracker *self,
                                                  EngramChangeKind     kind,
                                                  const char          *id);

/**
 * engram_change_tracker_count:
 * @self: a tracker
 * @kind: neurons or synapses
 * @change: which change
 *
 * Returns: how many are marked with that change, known without counting; 0 for %ENGRAM_CHANGE_NONE
 */
guint                engram_change_tracker_count (EngramChangeTracker *self,
                                                  EngramChangeKind     kind,
                                                  EngramChange         change);

/**
 * engram_change_tracker_list:
 * @self: a tracker
 * @kind: neurons or synapses
 * @change: which change
 *
 * Lists the ids that are marked with a change, in the order in which they were first marked.
 *
 * Returns: (transfer container) (element-type utf8): a copy of the ids; empty for %ENGRAM_CHANGE_NONE
 */
GPtrArray           *engram_change_tracker_list  (EngramChangeTracker *self,
                                                  EngramChangeKind     kind,
                                                  EngramChange         change);

/**
 * engram_change_tracker_is_empty:
 * @self: a tracker
 *
 * Returns: %TRUE where everything is as it is in the file
 */
gboolean             engram_change_tracker_is_empty (EngramChangeTracker *self);

/**
 * engram_change_tracker_clear:
 * @self: a tracker
 *
 * Forgets every change: all has been written.
 */
void                 engram_change_tracker_clear (EngramChangeTracker *self);

ENGRAM_END_DECLS
