/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#ifndef ENGRAM_STORAGE_COMPILATION
#error "Private to storage/"
#endif

#include <gio/gio.h>

G_BEGIN_DECLS

/* A document on its way to disk: written beside the file that it replaces, which stays as it is until all of it is
 * safe. */
typedef struct _EngramOutputFile EngramOutputFile;

/* What lies at @path (a symbolic link is followed) may be replaced if it is a regular file that may be written and no
 * database; @database is the network that is open, whose files may not be touched. */
EngramOutputFile *engram_output_file_new      (const char        *path,
                                               const char        *database,
                                               GError           **error);
gboolean          engram_output_file_write    (EngramOutputFile  *self,
                                               const char        *bytes,
                                               gsize              length,
                                               GError           **error);
/* Gives it its name; it can then only be freed. */
gboolean          engram_output_file_finish   (EngramOutputFile  *self,
                                               GError           **error);
/* Removes what was not finished. */
void              engram_output_file_free     (EngramOutputFile  *self);

/* Absolute, a symbolic link that it is resolved. */
const char       *engram_output_file_get_path (EngramOutputFile  *self);
guint64           engram_output_file_get_size (EngramOutputFile  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramOutputFile, engram_output_file_free)

G_END_DECLS
