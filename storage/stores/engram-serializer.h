/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/engram-change-tracker.h"
#include "model/engram-neuron.h"
#include "model/engram-synapse.h"
#include "sqlite/engram-database.h"

G_BEGIN_DECLS

#define ENGRAM_TYPE_CONTENTS (engram_contents_get_type ())

/**
 * EngramContents:
 * @neurons: (element-type EngramNeuron): in the order of rows
 * @synapses: (element-type EngramSynapse): in the order of rows
 *
 * A whole network in memory, text and vectors included.
 */
typedef struct {
  GPtrArray *neurons;
  GPtrArray *synapses;
} EngramContents;

/**
 * EngramTransfer:
 * @neurons_created: neurons written that were not in the file, or read from it
 * @neurons_modified: neurons that were written anew
 * @neurons_deleted: neurons that were deleted
 * @synapses_created: likewise
 * @synapses_modified: likewise
 * @synapses_deleted: likewise, those that went with their neuron included
 * @seconds: how long it took
 * @time: when it was done, as Python's isoformat() writes it
 *
 * What a load or a save did.
 */
typedef struct {
  guint64 neurons_created;
  guint64 neurons_modified;
  guint64 neurons_deleted;
  guint64 synapses_created;
  guint64 synapses_modified;
  guint64 synapses_deleted;
  double  seconds;
  char    time[32];
} EngramTransfer;

GType           engram_contents_get_type  (void) G_GNUC_CONST;
EngramContents *engram_contents_new       (void);
EngramContents *engram_contents_copy      (const EngramContents *self);
void            engram_contents_free      (EngramContents       *self);

EngramContents *engram_load_all           (EngramDatabase       *database,
                                           EngramTransfer       *transfer,
                                           EngramProgressFunc    progress,
                                           gpointer              user_data,
                                           GCancellable         *cancellable,
                                           GError              **error);
gboolean        engram_save_all           (EngramDatabase       *database,
                                           const EngramContents *contents,
                                           EngramTransfer       *transfer,
                                           EngramProgressFunc    progress,
                                           gpointer              user_data,
                                           GCancellable         *cancellable,
                                           GError              **error);
gboolean        engram_save_new           (const char           *path,
                                           const EngramContents *contents,
                                           EngramTransfer       *transfer,
                                           EngramProgressFunc    progress,
                                           gpointer              user_data,
                                           GCancellable         *cancellable,
                                           GError              **error);
gboolean        engram_save_changes       (EngramDatabase       *database,
                                           const EngramContents *contents,
                                           EngramChangeTracker  *tracker,
                                           EngramTransfer       *transfer,
                                           GCancellable         *cancellable,
                                           GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramContents, engram_contents_free)

G_END_DECLS
