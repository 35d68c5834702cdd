/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <engram.h>

G_BEGIN_DECLS

/* EngramRecordItem: one record of a list, of either kind; both are empty where there is none. */
typedef struct {
  EngramNeuronListItem neuron;
  EngramSynapseListRow synapse;
} EngramRecordItem;

/* EngramRecordPage:
 * @n_items: how many rows
 * @items: (array length=n_items): the rows asked for, in that order
 * @stale: whether rows are gone since the order of rows was made
 * @error: (nullable): why rows could not be read, where some could not
 *
 * Some records that follow each other in an order of rows. Read only, atomically counted. */
typedef struct {
  gsize             n_items;
  EngramRecordItem *items;
  gboolean          stale;
  GError           *error;
} EngramRecordPage;

EngramRecordPage *engram_record_page_read    (EngramDatabase          *database,
                                              EngramRecordKind         kind,
                                              const gint64            *rowids,
                                              gsize                    n_rowids,
                                              GCancellable            *cancellable,
                                              GError                 **error);
EngramRecordPage *engram_record_page_ref     (EngramRecordPage        *self);
void              engram_record_page_unref   (EngramRecordPage        *self);

gboolean          engram_record_item_is_empty (const EngramRecordItem *self);
/* Whether a list shows the same of both. */
gboolean          engram_record_item_equal    (const EngramRecordItem *self,
                                               const EngramRecordItem *other);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramRecordPage, engram_record_page_unref)

G_END_DECLS
