/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include <engram.h>

G_BEGIN_DECLS

#define ENGRAM_TYPE_REPAIR_PREVIEW_VIEW (engram_repair_preview_view_get_type ())

/* What a repair would change: how much, and record by record. Main thread only. */
G_DECLARE_FINAL_TYPE (EngramRepairPreviewView, engram_repair_preview_view, ENGRAM, REPAIR_PREVIEW_VIEW, AdwBin)

GtkWidget *engram_repair_preview_view_new         (void);
/* @folder: (type filename): where the backup goes. Takes @preview */
void       engram_repair_preview_view_set_preview (EngramRepairPreviewView *self,
                                                   EngramRepairPreview     *preview,
                                                   const char              *folder);

G_END_DECLS
