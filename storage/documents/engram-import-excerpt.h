/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "documents/engram-problem.h"
#include "engram-declarations.h"

ENGRAM_BEGIN_DECLS

#define ENGRAM_TYPE_IMPORT_EXCERPT (engram_import_excerpt_get_type ())

/**
 * EngramImportExcerpt:
 * @text: some lines of the document, UTF-8; bytes that are none stand as U+FFFD, NUL as U+2400
 * @first_line: the number of its first line in the document, counted from 1
 * @line: the line of the place within @text, counted from 0
 * @offset: the place within that line, in characters, counted from 0
 * @is_cut_before: the first line starts before @text does
 * @is_cut_after: the last line goes on behind @text
 * @is_start: nothing stands before @text
 * @is_end: nothing stands behind @text
 *
 * What stands around a place in a document of any length.
 */
typedef struct {
  char     *text;
  guint64   first_line;
  guint     line;
  guint     offset;
  gboolean  is_cut_before;
  gboolean  is_cut_after;
  gboolean  is_start;
  gboolean  is_end;
} EngramImportExcerpt;

GType                engram_import_excerpt_get_type (void) G_GNUC_CONST;

/**
 * engram_import_excerpt_copy:
 * @self: an excerpt
 *
 * Returns: (transfer full): a copy, with all that it holds
 */
EngramImportExcerpt *engram_import_excerpt_copy     (const EngramImportExcerpt  *self);

/**
 * engram_import_excerpt_free:
 * @self: (transfer full) (nullable): an excerpt
 *
 * Frees it and all that it holds.
 */
void                 engram_import_excerpt_free     (EngramImportExcerpt        *self);

/**
 * engram_import_excerpt_read:
 * @problem: something in a document, with a line
 * @n_bytes: how much to read before the place, and how much behind it
 * @error: return location, or %NULL
 *
 * Reads no more than that of the document, however long it is. Whole lines where they are short enough.
 *
 * Returns: (transfer full): what stands there, or %NULL with %ENGRAM_ERROR_NO_FILE: the document cannot be read, or is
 *   shorter than it was
 */
EngramImportExcerpt *engram_import_excerpt_read     (const EngramProblem        *problem,
                                                     gsize                       n_bytes,
                                                     GError                    **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramImportExcerpt, engram_import_excerpt_free)

ENGRAM_END_DECLS
