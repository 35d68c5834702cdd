/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "documents/engram-import-job-private.h"
#include "sqlite/engram-database.h"

G_BEGIN_DECLS

/* The dry run: what would become of documents. Nothing is written. */
gboolean engram_import_look     (EngramDatabase   *database,
                                 EngramImportJob  *job,
                                 GError          **error);
/* The same for a network that does not exist yet, and would be @path. */
gboolean engram_import_look_new (const char       *path,
                                 EngramImportJob  *job,
                                 GError          **error);

G_END_DECLS
