/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#ifndef ENGRAM_STORAGE_COMPILATION
#error "Private to storage/"
#endif

#include <gio/gio.h>

G_BEGIN_DECLS

/* A copy of a database file with its journal, in a folder of its own in the user's cache, for looking at a file that
 * cannot be looked at where it is without changing something. Atomically counted; removed with the last reference; what
 * a crash left behind is removed by the next one. */
typedef struct _EngramPrivateCopy EngramPrivateCopy;

EngramPrivateCopy *engram_private_copy_new      (const char         *path,
                                                 GCancellable       *cancellable,
                                                 GError            **error);
EngramPrivateCopy *engram_private_copy_ref      (EngramPrivateCopy  *self);
void               engram_private_copy_unref    (EngramPrivateCopy  *self);
const char        *engram_private_copy_get_path (EngramPrivateCopy  *self);
/* Whether the file, or its journal, has changed since it was copied. */
gboolean           engram_private_copy_is_outdated (EngramPrivateCopy *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramPrivateCopy, engram_private_copy_unref)

G_END_DECLS
