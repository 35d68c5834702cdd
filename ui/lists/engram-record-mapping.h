/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lists/engram-record-choice.h"

G_BEGIN_DECLS

/* EngramRecordMapping:
 * @choice: what was chosen
 * @order: (nullable): where its positions are asked for; %NULL where they are not
 * @only_listed: whether rows that are not in @order are to be left out
 * @rows: once it has been made: the chosen rows
 * @positions: (nullable): once it has been made: where they stand in @order
 *
 * The way from what was chosen to row ids and positions. Of one thread at a time. */
typedef struct {
  EngramRecordChoice *choice;
  EngramRowOrder     *order;
  gboolean            only_listed;
  EngramRowSet       *rows;
  GtkBitset          *positions;
} EngramRecordMapping;

EngramRecordMapping *engram_record_mapping_new  (EngramRecordChoice  *choice,
                                                 EngramRowOrder      *order,
                                                 gboolean             only_listed);
void                 engram_record_mapping_free (EngramRecordMapping *self);
/* Any thread. Once it is cancelled, what it makes is incomplete. */
void                 engram_record_mapping_make (EngramRecordMapping *self,
                                                 GCancellable        *cancellable);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramRecordMapping, engram_record_mapping_free)

G_END_DECLS
