/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "details/engram-record-view.h"

G_BEGIN_DECLS

/* The way out of a record that is edited: what is typed is written; where that is not possible, the person is asked
 * whether it may be lost. */
typedef struct _EngramLeaving EngramLeaving;

/* @left: FALSE where the person keeps editing */
typedef void (*EngramLeavingFunc) (gboolean left,
                                   gpointer user_data);

/* @view: of a record that is edited */
EngramLeaving *engram_leaving_new   (EngramRecordView  *view,
                                     EngramLeavingFunc  func,
                                     gpointer           user_data);
/* Calls the function once, perhaps before this returns; it may free this. */
void           engram_leaving_start (EngramLeaving     *self);
/* Before the end: gives up leaving, and the function is not called. */
void           engram_leaving_free  (EngramLeaving     *self);

G_END_DECLS
