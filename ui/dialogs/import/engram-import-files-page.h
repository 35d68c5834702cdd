/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define ENGRAM_TYPE_IMPORT_FILES_PAGE (engram_import_files_page_get_type ())

/* Which documents are to be imported: chosen, dropped, taken out again. Signal "changed". Main thread only. */
G_DECLARE_FINAL_TYPE (EngramImportFilesPage, engram_import_files_page, ENGRAM, IMPORT_FILES_PAGE, AdwBin)

GtkWidget  *engram_import_files_page_new           (void);
/* Those that are in the list already are passed over. */
void        engram_import_files_page_add_path      (EngramImportFilesPage *self,
                                                    const char            *path);
/* (element-type GFile): one that is in no folder of this computer is named, and not added. */
void        engram_import_files_page_add_files     (EngramImportFilesPage *self,
                                                    GListModel            *files);
/* (transfer full), empty where there is none */
GStrv       engram_import_files_page_dup_paths     (EngramImportFilesPage *self);
guint       engram_import_files_page_get_n_paths   (EngramImportFilesPage *self);
/* Whether those are to get an id that have none. */
gboolean    engram_import_files_page_get_make_ids  (EngramImportFilesPage *self);
/* What the person answers to when asked for documents; shows the chooser of files. */
void        engram_import_files_page_choose        (EngramImportFilesPage *self);

G_END_DECLS
