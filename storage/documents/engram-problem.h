/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "engram-declarations.h"

ENGRAM_BEGIN_DECLS

#define ENGRAM_TYPE_PROBLEM (engram_problem_get_type ())

/**
 * EngramProblem:
 * @file: (type filename) (nullable): the document it stands in
 * @line: counted from 1, or 0 where it has no place
 * @byte: from the start of the file, counted from 0; only where @line is not 0
 * @id: (nullable): of the neuron or synapse
 * @field: (nullable): by its name in the document
 * @message: translated, without any of the above
 *
 * Something that is wrong in a document, or that a document cannot hold.
 */
typedef struct {
  char    *file;
  guint64  line;
  guint64  byte;
  char    *id;
  char    *field;
  char    *message;
} EngramProblem;

GType          engram_problem_get_type (void) G_GNUC_CONST;

/**
 * engram_problem_copy:
 * @self: a problem
 *
 * Returns: (transfer full): a copy, with all that it holds
 */
EngramProblem *engram_problem_copy     (const EngramProblem *self);

/**
 * engram_problem_free:
 * @self: (transfer full) (nullable): a problem
 *
 * Frees it and all that it holds.
 */
void           engram_problem_free     (EngramProblem       *self);

/**
 * engram_problem_describe:
 * @self: a problem
 *
 * Returns: (transfer full): one line for people: file, line, id, field, what is wrong
 */
char          *engram_problem_describe (const EngramProblem *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramProblem, engram_problem_free)

ENGRAM_END_DECLS
