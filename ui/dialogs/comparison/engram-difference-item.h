/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <engram.h>

G_BEGIN_DECLS

#define ENGRAM_TYPE_DIFFERENCE_ITEM (engram_difference_item_get_type ())

/* One difference in a list. Signal "loaded": it has been read. Main thread only. */
G_DECLARE_FINAL_TYPE (EngramDifferenceItem, engram_difference_item, ENGRAM, DIFFERENCE_ITEM, GObject)

EngramDifferenceItem       *engram_difference_item_new     (guint                       place,
                                                            const EngramComparisonRow  *row);
guint                       engram_difference_item_get_place (EngramDifferenceItem     *self);
const EngramComparisonRow  *engram_difference_item_get_row (EngramDifferenceItem       *self);
/* NULL before it has been read. */
const EngramComparisonItem *engram_difference_item_get     (EngramDifferenceItem       *self);
/* @item: (transfer full) */
void                        engram_difference_item_take    (EngramDifferenceItem       *self,
                                                            EngramComparisonItem       *item);
/* What became of it: "Added". (transfer none) */
const char                 *engram_difference_get_status_label (EngramComparisonStatus  status);
/* By how much it differs, for people: "Weight +0.200", empty where no number says so. */
char                       *engram_difference_format_amount (const EngramComparisonRow *row);

G_END_DECLS
