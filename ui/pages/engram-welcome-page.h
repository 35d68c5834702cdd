/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define ENGRAM_TYPE_WELCOME_PAGE (engram_welcome_page_get_type ())

/* What a window shows before it has a network. Its buttons activate `app.open` and `app.sample`.
 *
 * Signal "file-activated" (path): a recent file was chosen. */
G_DECLARE_FINAL_TYPE (EngramWelcomePage, engram_welcome_page, ENGRAM, WELCOME_PAGE, AdwBin)

GtkWidget *engram_welcome_page_new (void);

G_END_DECLS
