/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "dialogs/import/engram-import-work.h"

G_BEGIN_DECLS

#define ENGRAM_TYPE_IMPORT_CHECK_PAGE (engram_import_check_page_get_type ())

/* What the checking of documents found, and what the person decides: conflicts, wrong checksums, the backup.
 *
 * Property "can-import" (boolean). Signal "problem-activated" (EngramProblem): its place is to be shown. Main thread
 * only. */
G_DECLARE_FINAL_TYPE (EngramImportCheckPage, engram_import_check_page, ENGRAM, IMPORT_CHECK_PAGE, AdwBin)

GtkWidget        *engram_import_check_page_new           (void);
void              engram_import_check_page_set_check     (EngramImportCheckPage   *self,
                                                          const EngramImportCheck *check);
gboolean          engram_import_check_page_get_can_import (EngramImportCheckPage  *self);
/* How the documents are to be imported. */
void              engram_import_check_page_get_options   (EngramImportCheckPage   *self,
                                                          EngramImportOptions     *options);
/* NULL where no backup is wanted. (transfer full) */
EngramBackupPlan *engram_import_check_page_dup_plan      (EngramImportCheckPage   *self);

G_END_DECLS
