/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A file system in memory that only a process of the test sees: a disk that can really be full, or really be
 * read-only. */

typedef void (*OwnDiskFunc) (const char *folder);

/* Runs the present test again in a process of its own, which calls @func on a folder where such a disk is mounted.
 * Skips the test where nothing can be mounted. @options are those of tmpfs. */
void own_disk_run            (OwnDiskFunc  func,
                              const char  *options);
/* Mounts one for this process, which has a single thread yet; FALSE where nothing can be mounted. */
gboolean own_disk_mount      (const char  *folder,
                              const char  *options);
/* In that process: nobody can write the disk from now on. */
void own_disk_make_read_only (const char  *folder);

G_END_DECLS
