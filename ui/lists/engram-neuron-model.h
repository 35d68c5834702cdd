/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "lists/engram-neuron-row.h"

G_BEGIN_DECLS

#define ENGRAM_TYPE_NEURON_MODEL (engram_neuron_model_get_type ())

/* The neurons of a database as a GListModel of EngramNeuronRow, in the order of rows, read by workers when
 * looked at.
 *
 * Properties: "loading" (boolean: how many there are is not known yet, or is being looked up anew), "error"
 * (GError or NULL). Signal "first-rows" (once): the first records can be shown, or there are none.
 * Main thread only. */
G_DECLARE_FINAL_TYPE (EngramNeuronModel, engram_neuron_model, ENGRAM, NEURON_MODEL, GObject)

EngramNeuronModel *engram_neuron_model_new          (EngramDatabase       *database);
EngramDatabase    *engram_neuron_model_get_database (EngramNeuronModel    *self);
gboolean           engram_neuron_model_get_loading  (EngramNeuronModel    *self);
gboolean           engram_neuron_model_is_counted   (EngramNeuronModel    *self);
const GError      *engram_neuron_model_get_error    (EngramNeuronModel    *self);
void               engram_neuron_model_refresh      (EngramNeuronModel    *self);
void               engram_neuron_model_find_async   (EngramNeuronModel    *self,
                                                     const char           *id,
                                                     GCancellable         *cancellable,
                                                     GAsyncReadyCallback   callback,
                                                     gpointer              user_data);
gboolean           engram_neuron_model_find_finish  (EngramNeuronModel    *self,
                                                     GAsyncResult         *result,
                                                     guint                *position,
                                                     GError              **error);

G_END_DECLS
