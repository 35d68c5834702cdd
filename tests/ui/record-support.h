/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lists/engram-record-model.h"
#include "ui-fixture.h"

G_BEGIN_DECLS

/* The model of all records of a network, once it is read. */
EngramRecordModel *record_open       (UiFixture         *fixture,
                                      EngramRecordKind   kind);
/* Lets the main loop run until the model is not loading. */
void               record_settle     (EngramRecordModel *model);
guint              record_count      (EngramRecordModel *model);
/* Sets a view of which @query (nullable) is the text, and waits for it. */
void               record_set_view   (EngramRecordModel *model,
                                      const char        *query,
                                      EngramSortKey      key,
                                      gboolean           descending);
void               record_refresh    (EngramRecordModel *model,
                                      gboolean           mark);
/* The row, once it is read. */
EngramRecordRow   *record_get_row    (EngramRecordModel *model,
                                      guint              position);
/* The text of a neuron, or what stands for both ends of a synapse: "Neuron 1 > Neuron 2". */
char              *record_dup_text   (EngramRecordModel *model,
                                      guint              position);
/* Adds @n_synapses synapses: the one of number N leads from neuron N to neuron N + 1, with a weight of N / 1000000, and
 * the id record_dup_synapse_id(). */
void               record_add_synapses   (UiFixture     *fixture,
                                          guint          n_synapses);
char              *record_dup_synapse_id (guint          number);

G_END_DECLS
