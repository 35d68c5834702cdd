/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dialogs/comparison/engram-comparison-work.h"
#include "dialogs/comparison/engram-difference-item.h"

G_BEGIN_DECLS

#define ENGRAM_TYPE_DIFFERENCE_LIST (engram_difference_list_get_type ())

/* The differences between two files as a GListModel of EngramDifferenceItem, however many there are: they are read page
 * by page when somebody looks at them. It is a GtkSelectionModel too, so that all of them are chosen at once. Signal
 * "failed" (error GError): a page could not be read. Main thread only. */
G_DECLARE_FINAL_TYPE (EngramDifferenceList, engram_difference_list, ENGRAM, DIFFERENCE_LIST, GObject)

EngramDifferenceList  *engram_difference_list_new          (EngramCompared        *compared,
                                                            EngramDifferenceOrder *order);
EngramDifferenceOrder *engram_difference_list_get_order    (EngramDifferenceList  *self);
/* (transfer none): the places that are chosen */
const GtkBitset       *engram_difference_list_get_selected (EngramDifferenceList  *self);

G_END_DECLS
