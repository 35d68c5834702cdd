/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lists/engram-record-row.h"

G_BEGIN_DECLS

/* The row of a list with the keyboard's place: held, so that it is read again with those on screen, and known by the id
 * of its record, since row ids may change. */

typedef struct _EngramRecordCurrent EngramRecordCurrent;

/* The record of the row turned out to be another one. */
typedef void (*EngramRecordReplacedFunc) (gpointer user_data);

EngramRecordCurrent *engram_record_current_new     (EngramRecordReplacedFunc  replaced,
                                                    gpointer                  user_data);
void                 engram_record_current_free    (EngramRecordCurrent      *self);
/* @row: (nullable): NULL for none */
void                 engram_record_current_set_row (EngramRecordCurrent      *self,
                                                    EngramRecordRow          *row);
/* (transfer none) (nullable) */
EngramRecordRow     *engram_record_current_get_row (EngramRecordCurrent      *self);
/* (transfer full) (nullable): the id of the record that it was chosen for, as far as that is known */
char                *engram_record_current_dup_id  (EngramRecordCurrent      *self);

G_END_DECLS
