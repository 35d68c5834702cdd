/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include <engram.h>

G_BEGIN_DECLS

/* The pieces that figures of many records are shown with, appended to @box. */

void engram_figures_add_network   (GtkBox                       *box,
                                   const EngramNetworkFigures   *figures);
void engram_figures_add_selection (GtkBox                       *box,
                                   const EngramSelectionFigures *figures,
                                   EngramRecordKind              kind);

G_END_DECLS
