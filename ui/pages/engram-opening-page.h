/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define ENGRAM_TYPE_OPENING_PAGE (engram_opening_page_get_type ())

/* What a window shows while a network is opened: nothing for a moment, then a spinner and a button to cancel.
 *
 * Signal "cancelled": the button was pressed. */
G_DECLARE_FINAL_TYPE (EngramOpeningPage, engram_opening_page, ENGRAM, OPENING_PAGE, AdwBin)

GtkWidget *engram_opening_page_new      (void);
void       engram_opening_page_set_text (EngramOpeningPage *self,
                                         const char        *text);

G_END_DECLS
