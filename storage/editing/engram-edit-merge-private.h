/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/engram-change-tracker.h"
#include "stores/engram-store-private.h"

G_BEGIN_DECLS

/* A neuron or a synapse: as it was, where it was there, and as it shall be. */
typedef struct {
  gpointer before;
  gpointer after;
} EngramEditItem;

/* The one kind and the other. */
typedef struct {
  EngramRecordKind            record_kind;
  const char                 *table;
  const EngramRecordClass    *class;
  guint                       id;
  guint                       modified_at;
  const EngramStoreOperation *create;
  const EngramStoreOperation *update;
} EngramEditKind;

#define ENGRAM_EDIT_N_KINDS (ENGRAM_CHANGE_SYNAPSE + 1)

extern const EngramEditKind engram_edit_kinds[ENGRAM_EDIT_N_KINDS];

const char *engram_edit_get_id (EngramChangeKind       kind,
                                gconstpointer          record);

/* (transfer full): the record as it shall be, with what another program has changed elsewhere in it; @columns: those in
 * which it differs from what is in the file. NULL with @error set where it is gone, where another program has changed
 * the same, or where the result cannot be stored. */
gpointer    engram_edit_merge  (EngramChangeKind       kind,
                                EngramConnection      *connection,
                                const EngramEditItem  *item,
                                guint                 *columns,
                                GError               **error);

G_END_DECLS
