/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "documents/engram-export.h"
#include "sqlite/engram-database-private.h"

G_BEGIN_DECLS

/* The rows of a snapshot that an export of @part writes, NULL for all: of the synapses those with both ends among the
 * neurons. */
gboolean engram_export_find_rows (EngramReader            *reader,
                                  const EngramExportPart  *part,
                                  EngramRowSet           **neurons,
                                  EngramRowSet           **synapses,
                                  GCancellable            *cancellable,
                                  GError                 **error);

G_END_DECLS
