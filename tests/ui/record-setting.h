/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "record-support.h"

G_BEGIN_DECLS

/* A network of that many neurons, and as many synapses, one less, in a chain; and all of one kind in a model. */
typedef struct {
  UiFixture         *fixture;
  EngramRecordKind   kind;
  EngramRecordModel *model;
} RecordSetting;

/* @data: the kind, as record_add_both() gives it to a test; @n_records: of that kind. */
RecordSetting record_set_up       (gconstpointer        data,
                                   guint                n_records);
void          record_tear_down    (RecordSetting       *self);

/* What record_dup_text() gives for the record of that number, and its id. */
char         *record_dup_expected (const RecordSetting *self,
                                   guint                number);
char         *record_dup_id       (const RecordSetting *self,
                                   guint                number);
void          record_assert       (const RecordSetting *self,
                                   guint                position,
                                   guint                number);

void          record_delete       (const RecordSetting *self,
                                   guint                number);
/* Adds a record behind all others. Returns: (transfer full): its id */
char         *record_add          (const RecordSetting *self);
/* Another weight for a synapse, or activation level for a neuron; and the key for sorting by that. */
void          record_change       (const RecordSetting *self,
                                   guint                number,
                                   double               value);
EngramSortKey record_get_key      (const RecordSetting *self);

/* For "items-changed": notes what a model told, one after the other: "POSITION-REMOVED+ADDED " each. */
void          record_note_change  (GListModel          *model,
                                   guint                position,
                                   guint                removed,
                                   guint                added,
                                   GString             *changes);

/* Adds a test for neurons, and for synapses. */
void          record_add_both     (const char          *name,
                                   GTestDataFunc        function);

G_END_DECLS
