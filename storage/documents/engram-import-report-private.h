/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#ifndef ENGRAM_STORAGE_COMPILATION
#error "Private to storage/"
#endif

#include "documents/engram-import.h"

G_BEGIN_DECLS

/* Of nothing done yet. */
EngramImportReport *engram_import_report_new (const char * const *files);

G_END_DECLS
