/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "engram-declarations.h"

ENGRAM_BEGIN_DECLS

/**
 * EngramOutputFile:
 *
 * A file on its way to disk: written beside the file that it replaces, which stays as it is until all of it is safe.
 * One thread at a time.
 */
typedef struct _EngramOutputFile EngramOutputFile;

/**
 * engram_output_file_new: (skip)
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

/**
 * engram_output_file_write:
 * @self: a file
 * @bytes: (array length=length) (element-type guint8): what comes next
 * @length: how many bytes
 * @error: return location, or %NULL
 *
 * Returns: %TRUE, or %FALSE with @error set; the file can then only be freed
 */
gboolean          engram_output_file_write    (EngramOutputFile  *self,
                                               const char        *bytes,
                                               gsize              length,
                                               GError           **error);

/**
 * engram_output_file_finish:
 * @self: a file
 * @error: return location, or %NULL
 *
 * Puts it safely on disk and gives it its name; it can then only be freed.
 *
 * Returns: %TRUE, or %FALSE with @error set and nothing replaced
 */
gboolean          engram_output_file_finish   (EngramOutputFile  *self,
                                               GError           **error);

/**
 * engram_output_file_finish_both:
 * @first: a file
 * @second: another one of the same folder
 * @error: return location, or %NULL
 *
 * As engram_output_file_finish(), for two files: where one fails, neither has changed.
 *
 * Returns: %TRUE, or %FALSE with @error set and nothing replaced
 */
gboolean          engram_output_file_finish_both (EngramOutputFile *first,
                                               EngramOutputFile  *second,
                                               GError           **error);

/**
 * engram_output_file_free:
 * @self: (transfer full) (nullable): a file
 *
 * Frees it; what was not finished is removed.
 */
void              engram_output_file_free     (EngramOutputFile  *self);

/**
 * engram_output_file_get_path:
 * @self: a file
 *
 * Returns: (transfer none) (type filename): its absolute path, a symbolic link resolved
 */
const char       *engram_output_file_get_path (EngramOutputFile  *self);

/**
 * engram_output_file_get_size:
 * @self: a file
 *
 * Returns: how many bytes were written
 */
guint64           engram_output_file_get_size (EngramOutputFile  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramOutputFile, engram_output_file_free)

ENGRAM_END_DECLS
