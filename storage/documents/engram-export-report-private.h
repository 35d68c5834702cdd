/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "documents/engram-export.h"

#ifndef ENGRAM_STORAGE_COMPILATION
#error "Private to storage/"
#endif

G_BEGIN_DECLS

/* An export that has done nothing yet. */
EngramExportReport *engram_export_report_new  (void);
/* An EngramRecordJsonProblemFunc; @report is an EngramExportReport. */
void                engram_export_report_note (const char               *id,
                                               const char               *field,
                                               const char               *message,
                                               gpointer                  report);
void                engram_export_report_log  (const EngramExportReport *self,
                                               const char               *database);

G_END_DECLS
