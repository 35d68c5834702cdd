/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "test-support.h"

G_BEGIN_DECLS

/* Exports where that must succeed. */
EngramExportReport *test_export         (EngramDatabase *database,
                                         const char     *path);

/* Has Python read a document: see check-document.py. Does nothing where there is no Python. */
void                test_check_document (const char     *path,
                                         const char     *option,
                                         const char     *original);

/* Runs SQL as another program would. */
void                test_execute        (const char     *path,
                                         const char     *sql);

/* The names in a folder, sorted, one a line. */
char               *test_list_folder    (const char     *folder);

/* The problems of a report, "FIELD of ID" each, one a line. */
char               *test_list_problems  (const EngramExportReport *report);

G_END_DECLS
