/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lists/engram-record-selection.h"

G_BEGIN_DECLS

/**
 * EngramRecordSlot:
 *
 * A place in a list on screen. When all rows are others the place stays, with another row in it: so the widgets of a
 * #GtkColumnView, which GTK 4.8 destroys and makes anew for other objects, stay too.
 */
#define ENGRAM_TYPE_RECORD_SLOT (engram_record_slot_get_type ())

G_DECLARE_FINAL_TYPE (EngramRecordSlot, engram_record_slot, ENGRAM, RECORD_SLOT, GObject)

EngramRecordRow *engram_record_slot_get_row (EngramRecordSlot *self);

/**
 * EngramRecordSlots:
 *
 * The rows of an #EngramRecordSelection as #EngramRecordSlot, with its selection.
 */
#define ENGRAM_TYPE_RECORD_SLOTS (engram_record_slots_get_type ())

G_DECLARE_FINAL_TYPE (EngramRecordSlots, engram_record_slots, ENGRAM, RECORD_SLOTS, GObject)

EngramRecordSlots *engram_record_slots_new    (EngramRecordSelection *selection);
void               engram_record_slots_settle (EngramRecordSlots     *self);

G_END_DECLS
