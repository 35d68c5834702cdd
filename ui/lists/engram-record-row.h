/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <engram.h>

G_BEGIN_DECLS

#define ENGRAM_TYPE_RECORD_ROW (engram_record_row_get_type ())

/* EngramRowMark: what another program did to a row a few seconds ago. */
typedef enum {
  ENGRAM_ROW_UNCHANGED,
  ENGRAM_ROW_NEW,
  ENGRAM_ROW_CHANGED,
} EngramRowMark;

/* A row of an EngramRecordModel that somebody looks at: the same object for the same record as long as somebody
 * holds it, wherever it moves. Its signal "changed" tells that what the getters give has changed, its position
 * aside. What they give is valid until the main loop runs again. Main thread only. */
G_DECLARE_FINAL_TYPE (EngramRecordRow, engram_record_row, ENGRAM, RECORD_ROW, GObject)

/* Whether its record has not been read yet. */
gboolean             engram_record_row_is_loading (EngramRecordRow *self);
gint64               engram_record_row_get_rowid  (EngramRecordRow *self);
/* Its place in the list, from 0; the last one where it is in the list no more. */
guint                engram_record_row_get_position (EngramRecordRow *self);
/* Whether it is in the list still. */
gboolean             engram_record_row_is_listed   (EngramRecordRow *self);
/* Without its vector. NULL while it is loading, where it cannot be read, and where the model is of the other kind. */
const EngramNeuron  *engram_record_row_get_neuron  (EngramRecordRow *self);
const EngramSynapse *engram_record_row_get_synapse (EngramRecordRow *self);
/* Of a neuron: synapses that start from it, and lead to it. */
guint                engram_record_row_get_outgoing (EngramRecordRow *self);
guint                engram_record_row_get_incoming (EngramRecordRow *self);
/* Of a synapse: what stands for the neurons at its ends, and their types; NULL where a neuron is missing. */
const char          *engram_record_row_get_source_summary (EngramRecordRow *self);
const char          *engram_record_row_get_source_type    (EngramRecordRow *self);
const char          *engram_record_row_get_target_summary (EngramRecordRow *self);
const char          *engram_record_row_get_target_type    (EngramRecordRow *self);
/* The cosine, where the query has `like`; NaN where not. */
float                engram_record_row_get_score   (EngramRecordRow *self);
/* What an analysis has given the neuron; NaN where nothing. */
double               engram_record_row_get_analysis (EngramRecordRow *self,
                                                     EngramAnalysis   analysis);
EngramRowMark        engram_record_row_get_mark    (EngramRecordRow *self);

G_END_DECLS
