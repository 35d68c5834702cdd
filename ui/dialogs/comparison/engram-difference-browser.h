/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dialogs/comparison/engram-difference-list.h"

G_BEGIN_DECLS

#define ENGRAM_TYPE_DIFFERENCE_BROWSER (engram_difference_browser_get_type ())

/* The differences between two files, one by one: chosen by kind and by what became of them, sorted by how much, with
 * the values before and now of the one that is selected.
 *
 * Property "loading" (boolean, read only): the list is being made. Signals: "bring-back": the selected ones are to
 * become what they were. "show-record" (kind guint, id text): that record of today is to be shown. Main thread only. */
G_DECLARE_FINAL_TYPE (EngramDifferenceBrowser, engram_difference_browser, ENGRAM, DIFFERENCE_BROWSER, GtkWidget)

GtkWidget            *engram_difference_browser_new              (void);
/* @compared: (nullable). @editable: whether anything can be brought back */
void                  engram_difference_browser_set_compared     (EngramDifferenceBrowser *self,
                                                                  EngramCompared          *compared,
                                                                  gboolean                 editable);
/* (transfer none) (nullable): what is listed, and what of it is selected; NULL while it is being made */
EngramDifferenceList *engram_difference_browser_get_list         (EngramDifferenceBrowser *self);
/* Whether those that were added are to be deleted. */
gboolean              engram_difference_browser_get_delete_added (EngramDifferenceBrowser *self);

G_END_DECLS
