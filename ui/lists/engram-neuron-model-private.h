/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lists/engram-neuron-model.h"

G_BEGIN_DECLS

void               engram_neuron_model_forget_row    (EngramNeuronModel *self,
                                                      EngramNeuronRow   *row);
EngramNeuronStore *engram_neuron_model_get_store     (EngramNeuronModel *self);
void               engram_neuron_model_take_search   (EngramNeuronModel *self,
                                                      GTask             *task,
                                                      gint64             rowid);
/* How many rows were ever made, for tests that nothing walks over all of them. */
guint              engram_neuron_model_get_rows_made (EngramNeuronModel *self);

void               engram_neuron_search_finish       (GTask             *task,
                                                      EngramRowOrder    *order,
                                                      const GError      *error);

G_END_DECLS
