/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#ifndef ENGRAM_STORAGE_COMPILATION
#error "Private to storage/"
#endif

#include <gio/gio.h>

#include "engram-error.h"

G_BEGIN_DECLS

/* Ids of synapses of the batch that no table of the network tells apart: any number of them, in a temporary database
 * of which but a part is in memory. */
typedef struct _EngramImportSeen EngramImportSeen;

EngramImportSeen *engram_import_seen_new  (GCancellable      *cancellable);
void              engram_import_seen_free (EngramImportSeen  *self);
/* *is_new: it was not added before. */
gboolean          engram_import_seen_add  (EngramImportSeen  *self,
                                           const char        *id,
                                           gboolean          *is_new,
                                           GError           **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramImportSeen, engram_import_seen_free)

G_END_DECLS
