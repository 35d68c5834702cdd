/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Everything that ui/ offers to the programs. */

#include "common/engram-type-style.h"
#include "details/engram-details-pane.h"
#include "details/engram-vector-view.h"
#include "lists/engram-record-list.h"

G_BEGIN_DECLS

/* Once, after gtk_init() or in the application's startup, before any widget of this library. */
void engram_ui_init (void);

G_END_DECLS
