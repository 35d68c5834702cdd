/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lists/engram-record-columns.h"

G_BEGIN_DECLS

/* The place of the row that a widget of a list stands in, from 0; FALSE where it stands in none. */
gboolean engram_record_cells_find_position (GtkWidget *widget,
                                            guint     *position);

G_END_DECLS
