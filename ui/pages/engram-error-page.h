/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define ENGRAM_TYPE_ERROR_PAGE (engram_error_page_get_type ())

/* Why a file could not be opened, and what to do about it. One of its buttons activates `app.open`.
 *
 * Signals: "try-again": the same file should be opened again. "restore": a backup should be put in its place. */
G_DECLARE_FINAL_TYPE (EngramErrorPage, engram_error_page, ENGRAM, ERROR_PAGE, AdwBin)

GtkWidget  *engram_error_page_new         (void);
void        engram_error_page_set_error   (EngramErrorPage *self,
                                           const char      *name,
                                           gboolean         has_path,
                                           const GError    *error);
const char *engram_error_page_get_title   (EngramErrorPage *self);
const char *engram_error_page_get_details (EngramErrorPage *self);

G_END_DECLS
