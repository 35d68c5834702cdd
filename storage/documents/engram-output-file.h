/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * EngramOutputFile:
 *
 * A file on its way to disk: written beside the file that it replaces, which stays as it is until all of it is safe.
 * One thread at a time.
 */
typedef struct _EngramOutputFile EngramOutputFile;

/**
 * engram_output_file_new:
 * @path: (type filename): the file; a symbolic link is followed
 * @database: (type filename): the network that is open, whose files may not be touched
 * @error: return location, or %NULL
 *
 * What lies at @path may be replaced if it is a regular file that may be written and no database.
 *
 * Returns: (transfer full): an empty file, or %NULL with an error as of engram_export()
 */
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
/* The same for two files of one folder: where one fails, neither has changed. */
gboolean          engram_output_file_finish_both (EngramOutputFile *first,
                                               EngramOutputFile  *second,
                                               GError           **error);
/* Removes what was not finished. */
void              engram_output_file_free     (EngramOutputFile  *self);

/* Absolute, a symbolic link that it is resolved. */
const char       *engram_output_file_get_path (EngramOutputFile  *self);
guint64           engram_output_file_get_size (EngramOutputFile  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramOutputFile, engram_output_file_free)

G_END_DECLS
