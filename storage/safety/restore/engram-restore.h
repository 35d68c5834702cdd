/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engram-declarations.h"
#include "engram-progress.h"
#include "safety/backups/engram-backup.h"
#include "safety/history/engram-history.h"

ENGRAM_BEGIN_DECLS

#define ENGRAM_TYPE_RESTORE_REPORT (engram_restore_report_get_type ())

/**
 * EngramRestoreReport:
 * @path: (type filename): the network
 * @from: (type filename): the backup
 * @safety_backup: (type filename) (nullable): the backup that was made of the network before; for a network that could
 *   not be read, where its file was moved to
 * @neurons: how many there are now
 * @synapses: how many there are now
 * @seconds: how long it took
 * @is_other_network: what was restored is another network than the one that was there; where both are known
 * @is_unchecked: it was cancelled while the network was read once more afterwards: all of it was restored, from a
 *   backup that had been checked
 *
 * What a restore did.
 */
typedef struct {
  char     *path;
  char     *from;
  char     *safety_backup;
  guint64   neurons;
  guint64   synapses;
  double    seconds;
  gboolean  is_other_network;
  gboolean  is_unchecked;
} EngramRestoreReport;

GType                engram_restore_report_get_type (void) G_GNUC_CONST;

/**
 * engram_restore_report_copy:
 * @self: a report
 *
 * Returns: (transfer full): a copy, with all that it holds
 */
EngramRestoreReport *engram_restore_report_copy     (const EngramRestoreReport *self);

/**
 * engram_restore_report_free:
 * @self: (transfer full) (nullable): a report
 *
 * Frees it and all that it holds.
 */
void                 engram_restore_report_free     (EngramRestoreReport       *self);

/**
 * engram_restore:
 * @database: the network, open
 * @backup: (type filename): a backup's database file: Engram's, the Python program's, or any network
 * @folder: (nullable) (type filename): where the safety backup goes, a folder that is there; %NULL for `backups` beside
 *   the network
 * @history: (nullable): the network's history, which ends with this
 * @progress: (nullable) (scope call): told how far it is
 * @user_data: for @progress
 * @cancellable: (nullable): to give up; nothing has changed then, unless the backup was in place already and was only
 *   being checked there: see @is_unchecked of the report
 * @error: return location, or %NULL
 *
 * Makes the network what the backup holds, in one transaction, after a safety backup. The backup is verified and
 * staged first, and brought to the newest schema there; it is not changed itself. What another program writes meanwhile
 * is in the safety backup too, or nothing is restored.
 *
 * A backup of another network is restored as well: engram_backup_matches() tells before, @is_other_network of the
 * report afterwards. The network then has the id of that one.
 *
 * Returns: (transfer full): what was done, or %NULL with %ENGRAM_ERROR_DAMAGED (the backup is: the message names the
 *   newest one that verifies, see engram_restore_find_good(); or the network is, so that no safety backup of it can be
 *   made: close it, and use engram_restore_unreadable()), %ENGRAM_ERROR_NEWER (the backup's schema is),
 *   %ENGRAM_ERROR_BUSY, %ENGRAM_ERROR_NO_SPACE or another
 */
EngramRestoreReport *engram_restore                 (EngramDatabase      *database,
                                                     const char          *backup,
                                                     const char          *folder,
                                                     EngramHistory       *history,
                                                     EngramProgressFunc   progress,
                                                     gpointer             user_data,
                                                     GCancellable        *cancellable,
                                                     GError             **error);

/**
 * engram_restore_unreadable:
 * @path: (type filename): where the network lies, or lay: a file that cannot be opened as a network, or none at all
 * @backup: (type filename): see engram_restore()
 * @progress: (nullable) (scope call): told how far it is
 * @user_data: for @progress
 * @cancellable: (nullable): to give up; nothing has changed then
 * @error: return location, or %NULL
 *
 * For a file that engram_database_open() refuses as damaged, or that engram_restore() cannot back up, and that nobody
 * has open: moves it aside with its side files as one set (`NAME.damaged-DATE_TIME`), and puts the checked copy in
 * its place.
 *
 * Returns: (transfer full): what was done, or %NULL as engram_restore(); with %ENGRAM_ERROR_BUSY where a program is
 *   seen that has the file open
 */
EngramRestoreReport *engram_restore_unreadable      (const char          *path,
                                                     const char          *backup,
                                                     EngramProgressFunc   progress,
                                                     gpointer             user_data,
                                                     GCancellable        *cancellable,
                                                     GError             **error);

/**
 * engram_restore_find_good:
 * @path: (type filename): a network, readable or not
 * @folder: (nullable) (type filename): where backups are; %NULL for `backups` beside it
 * @except: (nullable) (type filename): one that is not wanted
 * @progress: (nullable) (scope call): told how far it is
 * @user_data: for @progress
 * @cancellable: (nullable): to give up
 * @error: return location, or %NULL
 *
 * Looks for the newest backup of the network (of its id, or of its path where it cannot be read) that verifies. One
 * without a hash (the Python program's) comes after all that have one, and only where it holds as many rows as its
 * manifest says.
 *
 * Returns: (transfer full) (nullable): the backup, or %NULL: with @error set where looking failed or was cancelled,
 *   without where there is none
 */
EngramBackup        *engram_restore_find_good       (const char          *path,
                                                     const char          *folder,
                                                     const char          *except,
                                                     EngramProgressFunc   progress,
                                                     gpointer             user_data,
                                                     GCancellable        *cancellable,
                                                     GError             **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramRestoreReport, engram_restore_report_free)

ENGRAM_END_DECLS
