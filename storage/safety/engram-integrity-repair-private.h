/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "safety/engram-history-private.h"
#include "safety/engram-integrity-private.h"

G_BEGIN_DECLS

/* Repairing the rows of one network within a write transaction. */
typedef struct {
  EngramConnection    *writer;
  EngramRecording     *recording;
  EngramFindingKinds   kinds;     /* what is to be repaired */
  EngramNeuronIds     *ids;
  guint                dimension; /* of vectors */
  const char          *now;

  guint64              counts[ENGRAM_N_KINDS]; /* what was repaired: rows, or indexes */
  guint64              neurons_changed;
  guint64              synapses_changed;
  guint64              synapses_deleted;
  guint64              indexes_made;

  EngramProgressFunc   progress;
  gpointer             user_data;
} EngramRepair;

/* Finds the broken rows of both tables and mends them. */
gboolean engram_repair_neurons  (EngramRepair  *self,
                                 GError       **error);
gboolean engram_repair_synapses (EngramRepair  *self,
                                 GError       **error);

/* What was done about one kind, translated. */
char    *engram_repair_describe (EngramFindingKind  kind,
                                 guint64            count);

G_END_DECLS
