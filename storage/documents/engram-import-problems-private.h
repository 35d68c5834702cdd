/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#ifndef ENGRAM_STORAGE_COMPILATION
#error "Private to storage/"
#endif

#include "documents/engram-problem.h"

G_BEGIN_DECLS

/* What is wrong with the documents of a batch, as one thread finds it: in the order of files and bytes. The first
 * ones are kept, all are counted. */
typedef struct {
  GArray  *first; /* of EngramImportProblem */
  GArray  *by_file; /* of guint64: how many */
  guint    limit;
  guint64  count;
} EngramImportProblems;

typedef struct {
  guint          file;  /* its place in the batch */
  guint64        byte;
  gboolean       in_grammar;
  EngramProblem *problem;
} EngramImportProblem;

void       engram_import_problems_init  (EngramImportProblems       *self,
                                         guint                       limit);
void       engram_import_problems_clear (EngramImportProblems       *self);
void       engram_import_problems_add   (EngramImportProblems       *self,
                                         guint                       file,
                                         guint64                     byte,
                                         const char                 *id,
                                         const char                 *field,
                                         const char                 *message,
                                         gboolean                    in_grammar);
/* The first ones of all lists (transfer full, of EngramProblem), with their lines, which are looked for only now. The
 * lists are then empty. */
GPtrArray *engram_import_problems_merge (EngramImportProblems       *lists,
                                         guint                       n_lists,
                                         const char * const         *files);

G_END_DECLS
