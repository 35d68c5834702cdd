/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define ENGRAM_TYPE_CHANGE_TRACKER (engram_change_tracker_get_type ())

G_DECLARE_FINAL_TYPE (EngramChangeTracker, engram_change_tracker, ENGRAM, CHANGE_TRACKER, GObject)

/**
 * EngramChange:
 * @ENGRAM_CHANGE_NONE: as it is in the file
 * @ENGRAM_CHANGE_CREATED: not in the file yet
 * @ENGRAM_CHANGE_MODIFIED: differs from the file
 * @ENGRAM_CHANGE_DELETED: still in the file
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
 */
typedef enum {
  ENGRAM_CHANGE_NEURON,
  ENGRAM_CHANGE_SYNAPSE,
} EngramChangeKind;

EngramChangeTracker *engram_change_tracker_new   (void);
void                 engram_change_tracker_mark  (EngramChangeTracker *self,
                                                  EngramChangeKind     kind,
                                                  const char          *id,
                                                  EngramChange         change);
EngramChange         engram_change_tracker_get   (EngramChangeTracker *self,
                                                  EngramChangeKind     kind,
                                                  const char          *id);
guint                engram_change_tracker_count (EngramChangeTracker *self,
                                                  EngramChangeKind     kind,
                                                  EngramChange         change);
GPtrArray           *engram_change_tracker_list  (EngramChangeTracker *self,
                                                  EngramChangeKind     kind,
                                                  EngramChange         change);
gboolean             engram_change_tracker_is_empty (EngramChangeTracker *self);
void                 engram_change_tracker_clear (EngramChangeTracker *self);

G_END_DECLS
