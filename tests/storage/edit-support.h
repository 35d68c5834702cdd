/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "history-fixture.h"

G_BEGIN_DECLS

/* What the tests of edits share: the small network of history-fixture.h. Its neurons 1 to 9 lie in rows 3 to 27, its
 * synapses 1 to 8 in rows 5 to 40. */

#define NEURON_1 "00000001-0000-4000-8000-000000000000"
#define NEURON_2 "00000002-0000-4000-8000-000000000000"
#define NEURON_3 "00000003-0000-4000-8000-000000000000"
#define NEURON_4 "00000004-0000-4000-8000-000000000000"
#define NEW_ID "0000000a-0000-4000-8000-000000000000"
#define OTHER_ID "0000000b-0000-4000-8000-000000000000"
#define SYNAPSE_1 "10000001-0000-4000-8000-000000000000"
#define SYNAPSE_2 "10000002-0000-4000-8000-000000000000"
#define SYNAPSE_6 "10000006-0000-4000-8000-000000000000"

EngramNeuron  *edit_get_neuron       (HistoryFixture *fixture,
                                      const char     *id);
EngramSynapse *edit_get_synapse      (HistoryFixture *fixture,
                                      const char     *id);

/* The newest step has that name and label; it is undone and redone twice, and each time all is as it was, to the rowid
 * and the bit: @before is the dump from before it. */
void           edit_go_back_and_forth (HistoryFixture *fixture,
                                      const char     *before,
                                      const char     *name,
                                      const char     *label);
/* Nothing has changed since the dump and the list were taken. */
void           edit_assert_untouched (HistoryFixture *fixture,
                                      const char     *dump,
                                      const char     *list);

/* (nullable): how the step is called */
char          *edit_apply             (HistoryFixture *fixture,
                                       EngramEdit     *edit);
void           edit_apply_and_go_back (HistoryFixture *fixture,
                                       EngramEdit     *edit,
                                       const char     *label);
/* It says so, with @id and @field (both nullable), and nothing has changed. */
void           edit_assert_refused    (HistoryFixture *fixture,
                                       EngramEdit     *edit,
                                       EngramError     code,
                                       const char     *id,
                                       const char     *field);
/* An edit that sets one text of neuron 2. */
EngramEdit    *edit_change_text       (HistoryFixture      *fixture,
                                       EngramNeuronColumns  column,
                                       const char          *text);
EngramEdit    *edit_change_weight     (HistoryFixture *fixture,
                                       const char     *id,
                                       double          weight);
EngramNeuron  *edit_make_neuron       (const char     *id);

/* A set of rows: EDIT_ROWS (3, 6) */
#define EDIT_ROWS(...) \
  engram_row_set_new ((const gint64[]) { __VA_ARGS__ }, G_N_ELEMENTS (((const gint64[]) { __VA_ARGS__ })))

G_END_DECLS
