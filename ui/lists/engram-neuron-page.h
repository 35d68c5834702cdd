/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <engram.h>

G_BEGIN_DECLS

/* EngramNeuronPage:
 * @n_items: how many rows
 * @items: (array length=n_items): the rows asked for, in that order; @neuron is %NULL where there is none
 * @stale: whether rows are gone since the order of rows was read
 * @error: (nullable): why rows could not be read, where some could not
 *
 * Some neurons that follow each other in an order of rows. Read only, atomically counted. */
typedef struct {
  gsize                 n_items;
  EngramNeuronListItem *items;
  gboolean              stale;
  GError               *error;
} EngramNeuronPage;

EngramNeuronPage *engram_neuron_page_read  (EngramNeuronStore *store,
                                            const gint64      *rowids,
                                            gsize              n_rowids,
                                            GCancellable      *cancellable,
                                            GError           **error);
EngramNeuronPage *engram_neuron_page_ref   (EngramNeuronPage  *self);
void              engram_neuron_page_unref (EngramNeuronPage  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramNeuronPage, engram_neuron_page_unref)

G_END_DECLS
