/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "details/engram-details.h"
#include "details/engram-record-editor.h"

G_BEGIN_DECLS

#define ENGRAM_TYPE_RECORD_VIEW (engram_record_view_get_type ())

/* All about one neuron or one synapse, to be read, or to be edited. Its parts are made one after the other.
 *
 * Signals: "neuron-activated" (id text); "outdated": what it shows is to be read again; "filled": all
 * parts are there. */
G_DECLARE_FINAL_TYPE (EngramRecordView, engram_record_view, ENGRAM, RECORD_VIEW, GtkWidget)

/* @details: (transfer full) */
GtkWidget           *engram_record_view_new         (EngramSession       *session,
                                                     EngramDetails       *details,
                                                     gboolean             editing);
const EngramDetails *engram_record_view_get_details (EngramRecordView    *self);
gboolean             engram_record_view_get_filled  (EngramRecordView    *self);
/* The same record as it is now; what has not changed stays. @details: (transfer full) */
void                 engram_record_view_update      (EngramRecordView    *self,
                                                     EngramDetails       *details);
void                 engram_record_view_set_editing (EngramRecordView    *self,
                                                     gboolean             editing);
/* (nullable): NULL where it is read only, or not filled yet */
EngramRecordEditor  *engram_record_view_get_editor  (EngramRecordView    *self);
/* (nullable): the form of a new synapse in which something is typed that was not added */
GtkWidget           *engram_record_view_get_typed_synapse (EngramRecordView *self);
void                 engram_record_view_discard_synapse   (EngramRecordView *self);
/* Says that the record is not in the file any more. */
void                 engram_record_view_say_gone    (EngramRecordView    *self);

G_END_DECLS
