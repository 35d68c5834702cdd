/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include <engram.h>

G_BEGIN_DECLS

#define ENGRAM_TYPE_IMPORT_PROBLEM_LIST (engram_import_problem_list_get_type ())

/* Places in documents, and what is to be said of each. Signal "activated" (EngramProblem). Main thread only. */
G_DECLARE_FINAL_TYPE (EngramImportProblemList, engram_import_problem_list, ENGRAM, IMPORT_PROBLEM_LIST, AdwBin)

/* @name: what a screen reader says of it */
GtkWidget *engram_import_problem_list_new          (const char              *name);
/* @problems: (element-type EngramProblem); kept */
void       engram_import_problem_list_set_problems (EngramImportProblemList *self,
                                                    GPtrArray               *problems);

G_END_DECLS
