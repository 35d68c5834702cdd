/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#ifndef ENGRAM_STORAGE_COMPILATION
#error "Private to storage/"
#endif

#include "safety/backups/engram-backup.h"

G_BEGIN_DECLS

/* The JSON beside a backup: FORMAT "engram-backup", a superset of what the Python program writes. */

/* (transfer full): NAME.json for NAME.db; NULL for a file of another name, which has no manifest. */
char     *engram_manifest_get_path (const char           *database_path);
/* The text of a manifest of a complete backup. */
char     *engram_manifest_write    (const EngramBackup   *backup);
/* Fills what the manifest at @path says into @backup, and says in @size how long the file must be (0: it does not
 * say). FALSE, and nothing filled in, where there is none that can be read; @reason then says why, as a sentence. */
gboolean  engram_manifest_read     (const char           *path,
                                    EngramBackup         *backup,
                                    guint64              *size,
                                    char                **reason);

G_END_DECLS
