/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lists/engram-neuron-row-private.h"
#include "lists/engram-row-changes.h"

G_BEGIN_DECLS

/* How many rows a list model has told of, and those of them that somebody holds, by their position (it holds
 * none itself). It tells of changes in the model's name. */

typedef struct _EngramLiveRows EngramLiveRows;

/* All rows have been told of. */
typedef void (*EngramGrownFunc) (gpointer user_data);

EngramLiveRows  *engram_live_rows_new        (GListModel      *model,
                                              EngramGrownFunc  grown,
                                              gpointer         user_data);
void             engram_live_rows_free       (EngramLiveRows  *self);
guint            engram_live_rows_get_size   (EngramLiveRows  *self);
gboolean         engram_live_rows_is_growing (EngramLiveRows  *self);
EngramNeuronRow *engram_live_rows_get        (EngramLiveRows  *self,
                                              guint            position);
void             engram_live_rows_add        (EngramLiveRows  *self,
                                              EngramNeuronRow *row);
void             engram_live_rows_remove     (EngramLiveRows  *self,
                                              EngramNeuronRow *row);
GArray          *engram_live_rows_list       (EngramLiveRows  *self);
void             engram_live_rows_change     (EngramLiveRows  *self,
                                              GArray          *changes);

G_END_DECLS
