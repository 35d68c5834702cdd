/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "safety/history/engram-history-private.h"
#include "safety/integrity/engram-integrity-preview.h"
#include "safety/integrity/engram-integrity-private.h"

G_BEGIN_DECLS

/* Repairing the rows of one network within a write transaction, or finding out in a snapshot what would be repaired. */
typedef struct {
  EngramConnection    *connection;
  EngramRecording     *recording; /* NULL in a preview */
  EngramRepairPreview *preview;   /* what is noted in place of writing; NULL in a repair */
  guint                max_changes;
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

/* Which repairs are meant: those of the kinds named, or all. */
gboolean engram_repair_read_kinds (const char *const   *names,
                                 EngramFindingKinds    *kinds,
                                 GError               **error);
/* All of it, but for beginning and ending the transaction. What is wrong is found anew. */
gboolean engram_repair_run      (EngramRepair  *self,
                                 GError       **error);
/* Finds the broken rows of both tables and mends them. */
gboolean engram_repair_neurons  (EngramRepair  *self,
                                 GError       **error);
gboolean engram_repair_synapses (EngramRepair  *self,
                                 GError       **error);

/* What was done about one kind, translated. */
char    *engram_repair_describe (EngramFindingKind  kind,
                                 guint64            count);

G_END_DECLS
