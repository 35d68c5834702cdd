/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "query/engram-row-test-private.h"
#include "query/engram-searcher-private.h"

G_BEGIN_DECLS

/* Where a term is looked up. */
typedef struct {
  EngramSearcher *searcher;
  EngramScan     *scan;
  GCancellable   *cancellable;
} EngramFilterContext;

/* Fills in what @term needs beside the row: the rows of ids, the candidates of the text index, the place of `near`, the
 * length of the vector of `like`, the network's columns. */
gboolean engram_filter_look_up (const EngramFilterContext  *context,
                                EngramRecordKind            kind,
                                EngramRowTerm              *term,
                                GError                    **error);

G_END_DECLS
