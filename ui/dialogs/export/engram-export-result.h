/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include <engram.h>

G_BEGIN_DECLS

#define ENGRAM_TYPE_EXPORT_RESULT (engram_export_result_get_type ())

/* What an export did: counts, files, size, checksum, time, and what could not be written as it is; its folder can be
 * opened. Main thread only. */
G_DECLARE_FINAL_TYPE (EngramExportResult, engram_export_result, ENGRAM, EXPORT_RESULT, AdwBin)

GtkWidget *engram_export_result_new (void);
void       engram_export_result_set (EngramExportResult       *self,
                                     const EngramExportReport *report);

G_END_DECLS
