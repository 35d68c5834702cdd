/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engram-declarations.h"
#include "engram-progress.h"
#include "sqlite/engram-database.h"

ENGRAM_BEGIN_DECLS

/**
 * EngramBackupReason:
 *
 * Why a backup was made; in the manifest as `manual`, `before-import`, `before-prune`, `before-repair`,
 * `before-restore`, `automatic`. A backup of the Python program has no reason: %ENGRAM_BACKUP_REASON_UNKNOWN.
 */
typedef enum {
  ENGRAM_BACKUP_REASON_UNKNOWN,
  ENGRAM_BACKUP_REASON_MANUAL,
  ENGRAM_BACKUP_REASON_BEFORE_IMPORT,
  ENGRAM_BACKUP_REASON_BEFORE_PRUNE,
  ENGRAM_BACKUP_REASON_BEFORE_REPAIR,
  ENGRAM_BACKUP_REASON_BEFORE_RESTORE,
  ENGRAM_BACKUP_REASON_AUTOMATIC,
} EngramBackupReason;

/**
 * engram_backup_reason_to_string:
 * @reason: a reason
 *
 * Returns: (transfer none) (nullable): its name in the manifest, for programs
 */
const char         *engram_backup_reason_to_string   (EngramBackupReason  reason);

#define ENGRAM_TYPE_BACKUP (engram_backup_get_type ())

/**
 * EngramBackup:
 * @path: (type filename): the database file, absolute
 * @name: its name without folder and `.db`
 * @time: when it was made, as Python's isoformat() writes it; of one without a manifest, when the file was written
 * @size_bytes: of the file
 * @neurons: how many; -1 where that is not known
 * @synapses: how many; -1 where that is not known
 * @sha256: (nullable): of the file, as the manifest says
 * @content: (nullable): the content hash, as the manifest says
 * @schema_version: or 0 where that is not known
 * @network: (nullable): which network it is of
 * @original: (nullable) (type filename): the path of the network it was made of
 * @note: (nullable): what a person wrote to it
 * @made_by: (nullable): program and version
 * @reason: why it was made
 * @complete: there is a manifest, and it can be read
 *
 * A backup as its manifest describes it; nothing of it is verified. Plain memory.
 */
typedef struct {
  char               *path;
  char               *name;
  char               *time;
  guint64             size_bytes;
  gint64              neurons;
  gint64              synapses;
  char               *sha256;
  char               *content;
  int                 schema_version;
  char               *network;
  char               *original;
  char               *note;
  char               *made_by;
  EngramBackupReason  reason;
  gboolean            complete;
} EngramBackup;

GType               engram_backup_get_type           (void) G_GNUC_CONST;

/**
 * engram_backup_copy:
 * @self: a backup
 *
 * Returns: (transfer full): a copy, with all that it holds
 */
EngramBackup       *engram_backup_copy               (const EngramBackup  *self);

/**
 * engram_backup_free:
 * @self: (transfer full) (nullable): a backup
 *
 * Frees it and all that it holds.
 */
void                engram_backup_free               (EngramBackup        *self);

/**
 * engram_backup_get_default_folder:
 * @path: (type filename): a network
 *
 * Returns: (transfer full) (type filename): `backups` beside it, or `engram/backups` in the user's data folder where
 *   nothing can be put beside it, see engram_portal_has_file()
 */
char               *engram_backup_get_default_folder (const char          *path);

/**
 * engram_backup_check_folder:
 * @folder: (type filename): a folder that a person chose for backups
 * @error: return location, or %NULL
 *
 * Whether the folder is there: one that is gone lies on a disk that is not plugged in, say, and must neither be made
 * anew nor be taken for an empty one.
 *
 * Returns: %TRUE, or %FALSE with %ENGRAM_ERROR_NO_FILE
 */
gboolean            engram_backup_check_folder       (const char          *folder,
                                                      GError             **error);

/**
 * EngramBackupOptions:
 * @folder: (nullable) (type filename): where to; %NULL for `backups` beside the network. Made where it is not there
 * @name: (nullable): without `.db`; %NULL for the network's name with date and time
 * @note: (nullable): a person's words, at most 64 KiB
 * @reason: why
 * @folder_must_exist: @folder is not made, but engram_backup_check_folder() asked
 *
 * How a backup is made.
 */
typedef struct {
  const char         *folder;
  const char         *name;
  const char         *note;
  EngramBackupReason  reason;
  gboolean            folder_must_exist;
} EngramBackupOptions;

/**
 * engram_backup_create:
 * @database: a network
 * @options: how
 * @progress: (nullable) (scope call): told how far it is
 * @user_data: for @progress
 * @cancellable: (nullable): to give up; nothing is left then
 * @error: return location, or %NULL
 *
 * Makes a backup of one snapshot of the network, whoever writes meanwhile, and verifies it before it gets its name:
 * SQLite's checks, counts and the content hash against the snapshot. Then the manifest. See README for the order.
 *
 * Returns: (transfer full): the backup, or %NULL with %ENGRAM_ERROR_NO_SPACE, %ENGRAM_ERROR_EXISTS,
 *   %ENGRAM_ERROR_DAMAGED (the network is: no backup can be verified), %ENGRAM_ERROR_NO_FILE or
 *   %ENGRAM_ERROR_READ_ONLY (the folder: choose another), %ENGRAM_ERROR_BUSY or another
 */
EngramBackup       *engram_backup_create             (EngramDatabase             *database,
                                                      const EngramBackupOptions  *options,
                                                      EngramProgressFunc          progress,
                                                      gpointer                    user_data,
                                                      GCancellable               *cancellable,
                                                      GError                    **error);

/**
 * engram_backup_list:
 * @folder: (type filename): where backups are
 * @cancellable: (nullable): to give up
 * @error: return location, or %NULL
 *
 * Finds Engram's backups and those of the Python program, whatever networks they are of. Files that are no backups,
 * and what an interrupted backup left, are passed over. A folder that is not there has none.
 *
 * Returns: (transfer container) (element-type EngramBackup): newest first, or %NULL with @error set
 */
GPtrArray          *engram_backup_list               (const char          *folder,
                                                      GCancellable        *cancellable,
                                                      GError             **error);

/**
 * engram_backup_read:
 * @path: (type filename): a backup's database file or its manifest
 * @error: return location, or %NULL
 *
 * Returns: (transfer full): the backup as its manifest describes it, or %NULL with %ENGRAM_ERROR_NO_FILE where there
 *   is no such file
 */
EngramBackup       *engram_backup_read               (const char          *path,
                                                      GError             **error);

/**
 * engram_backup_matches:
 * @self: a backup
 * @database: a network
 * @matches: (out): whether it is a backup of that network: of its id, also where it was made before the network got
 *   one; a backup of the Python program, which notes no id, is of the network whose path it notes
 * @cancellable: (nullable): to give up
 * @error: return location, or %NULL
 *
 * Returns: %TRUE, or %FALSE with @error set
 */
gboolean            engram_backup_matches            (const EngramBackup  *self,
                                                      EngramDatabase      *database,
                                                      gboolean            *matches,
                                                      GCancellable        *cancellable,
                                                      GError             **error);

/**
 * engram_backup_is_made_of:
 * @self: a backup
 * @path: (type filename): where a network lies, or lay
 *
 * For a network that cannot be read: whether the backup notes that it was made of a file at that path. Of a relative
 * path only the name says something.
 *
 * Returns: whether it does
 */
gboolean            engram_backup_is_made_of         (const EngramBackup  *self,
                                                      const char          *path);

/**
 * EngramBackupStatus:
 * @ENGRAM_BACKUP_GOOD: it is, bit by bit, what was backed up
 * @ENGRAM_BACKUP_DAMAGED: it is not
 * @ENGRAM_BACKUP_INCOMPLETE: it has no manifest
 * @ENGRAM_BACKUP_UNKNOWN: it has no hash (the Python program's); SQLite finds nothing wrong in it
 *
 * What came of verifying a backup.
 */
typedef enum {
  ENGRAM_BACKUP_GOOD,
  ENGRAM_BACKUP_DAMAGED,
  ENGRAM_BACKUP_INCOMPLETE,
  ENGRAM_BACKUP_UNKNOWN,
} EngramBackupStatus;

/**
 * engram_backup_verify:
 * @path: (type filename): a backup's database file or its manifest
 * @status: (out): what it is
 * @message: (out) (transfer full) (optional): what was found, a translated sentence
 * @progress: (nullable) (scope call): told how far it is
 * @user_data: for @progress
 * @cancellable: (nullable): to give up
 * @error: return location, or %NULL
 *
 * Reads all of a backup: its size and SHA-256, SQLite's checks, counts and content hash, against the manifest. Changes
 * nothing.
 *
 * Returns: %TRUE where @status could be found out, else %FALSE with %ENGRAM_ERROR_NO_FILE or another
 */
gboolean            engram_backup_verify             (const char           *path,
                                                      EngramBackupStatus   *status,
                                                      char                **message,
                                                      EngramProgressFunc    progress,
                                                      gpointer              user_data,
                                                      GCancellable         *cancellable,
                                                      GError              **error);

/**
 * engram_backup_get_verification:
 * @self: a backup
 * @status: (out): what it was found to be
 * @message: (out) (transfer full) (optional): what was found, a translated sentence
 * @time: (out): when, as g_get_real_time()
 *
 * What engram_backup_create() or engram_backup_verify() found in this process about the file that lies there now: one
 * that was written to since (by its size and time) has to be verified anew. Looks at the file's entry in its folder.
 *
 * Returns: whether anything is known
 */
gboolean            engram_backup_get_verification   (const EngramBackup   *self,
                                                      EngramBackupStatus   *status,
                                                      char                **message,
                                                      gint64               *time);

/**
 * engram_backup_is_current:
 * @folder: (type filename): where backups are
 * @database: a network
 * @current: (out): whether the newest complete backup of it there holds what it holds
 * @progress: (nullable) (scope call): told how far it is
 * @user_data: for @progress
 * @cancellable: (nullable): to give up
 * @error: return location, or %NULL
 *
 * Goes by the times of the files where these leave no doubt, else by the content hash. Backups of the Python program,
 * which have none, are not asked.
 *
 * Returns: %TRUE, or %FALSE with @error set
 */
gboolean            engram_backup_is_current         (const char           *folder,
                                                      EngramDatabase       *database,
                                                      gboolean             *current,
                                                      EngramProgressFunc    progress,
                                                      gpointer              user_data,
                                                      GCancellable         *cancellable,
                                                      GError              **error);

/**
 * engram_backup_delete:
 * @path: (type filename): a backup's database file
 * @error: return location, or %NULL
 *
 * Deletes a backup and its manifest, the manifest last.
 *
 * Returns: %TRUE, or %FALSE with @error set
 */
gboolean            engram_backup_delete             (const char          *path,
                                                      GError             **error);

/**
 * engram_backup_plan_retention:
 * @folder: (type filename): where backups are
 * @database: the network whose backups are to be thinned out
 * @keep: how many of the newest are kept, at least 1
 * @cancellable: (nullable): to give up
 * @error: return location, or %NULL
 *
 * What engram_backup_apply_retention() would delete. Changes nothing.
 *
 * Returns: (transfer container) (element-type EngramBackup): newest first, or %NULL with @error set
 */
GPtrArray          *engram_backup_plan_retention     (const char          *folder,
                                                      EngramDatabase      *database,
                                                      guint                keep,
                                                      GCancellable        *cancellable,
                                                      GError             **error);

/**
 * engram_backup_apply_retention:
 * @folder: (type filename): where backups are
 * @database: the network whose backups are to be thinned out
 * @keep: how many of the newest are kept, at least 1
 * @deleted: (out) (transfer container) (element-type filename) (optional): paths of those that are gone
 * @cancellable: (nullable): to give up
 * @error: return location, or %NULL
 *
 * Keeps the newest @keep complete backups of this network and the newest of each calendar month; deletes the others.
 * Neither counts nor touches backups of other networks, of the Python program, incomplete ones, ones with a note, and
 * ones that somebody has written to.
 *
 * Returns: %TRUE, or %FALSE with @error set
 */
gboolean            engram_backup_apply_retention    (const char          *folder,
                                                      EngramDatabase      *database,
                                                      guint                keep,
                                                      GPtrArray          **deleted,
                                                      GCancellable        *cancellable,
                                                      GError             **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramBackup, engram_backup_free)

ENGRAM_END_DECLS
