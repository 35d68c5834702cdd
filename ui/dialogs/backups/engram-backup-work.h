/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <compare/engram-comparison.h>

#include "backups/engram-backup-plan.h"
#include "dialogs/backups/engram-backup-item.h"
#include "session/engram-session.h"

G_BEGIN_DECLS

/* EngramBackupWork: what a job about backups is to do, and what came of it: the first is set before the job starts, the
 * second may be read when it has ended. Counted atomically: the job has a reference of its own. */
typedef struct {
  EngramBackupPlan    *plan;
  char                *path;       /* of the network */
  char                *note;       /* or NULL */
  GPtrArray           *backups;    /* of paths: which are to be verified, compared, restored or deleted */

  /* What came of it */
  EngramBackup        *backup;     /* that was made, or NULL */
  EngramBackupItem    *found;      /* the newest good one, or NULL */
  guint                n_good;     /* that were verified; or deleted */
  guint                n_unknown;
  guint                n_bad;
  EngramComparison    *comparison; /* or NULL, and then: */
  char                *problem;    /* why it cannot be said what differs, or what stands in the way of a restore */
  gboolean             is_other;   /* the backup is of another network */
  gboolean             is_damaged; /* the network itself is: only set aside can it be restored */
  EngramRestoreReport *report;     /* or NULL */
} EngramBackupWork;

/* Main thread only: it asks for the preferences. @backup: (nullable): path of one */
EngramBackupWork *engram_backup_work_new     (const char       *path,
                                              const char       *backup);
EngramBackupWork *engram_backup_work_ref     (EngramBackupWork *self);
void              engram_backup_work_unref   (EngramBackupWork *self);

/* EngramSessionFuncs whose data is an EngramBackupWork. Those marked so need no database. */
gboolean          engram_backup_work_create  (EngramJob        *job,
                                              EngramDatabase   *database,
                                              EngramHistory    *history,
                                              gpointer          work,
                                              GCancellable     *cancellable,
                                              GError          **error);
/* Needs none. One that cannot be looked at counts as bad. */
gboolean          engram_backup_work_verify  (EngramJob        *job,
                                              EngramDatabase   *database,
                                              EngramHistory    *history,
                                              gpointer          work,
                                              GCancellable     *cancellable,
                                              GError          **error);
/* Needs none. */
gboolean          engram_backup_work_delete  (EngramJob        *job,
                                              EngramDatabase   *database,
                                              EngramHistory    *history,
                                              gpointer          work,
                                              GCancellable     *cancellable,
                                              GError          **error);
/* The network with a backup. Where the network is damaged, it is done all the same, with a problem. */
gboolean          engram_backup_work_compare (EngramJob        *job,
                                              EngramDatabase   *database,
                                              EngramHistory    *history,
                                              gpointer          work,
                                              GCancellable     *cancellable,
                                              GError          **error);
/* Writes. Where the network is damaged, so that no safety backup can be made, it is done with a problem, and nothing is
 * restored. */
gboolean          engram_backup_work_restore (EngramJob        *job,
                                              EngramDatabase   *database,
                                              EngramHistory    *history,
                                              gpointer          work,
                                              GCancellable     *cancellable,
                                              GError          **error);
/* Needs none. Finds the newest good backup of a network that cannot be opened. */
gboolean          engram_backup_work_find    (EngramJob        *job,
                                              EngramDatabase   *database,
                                              EngramHistory    *history,
                                              gpointer          work,
                                              GCancellable     *cancellable,
                                              GError          **error);
/* Needs none. Puts a backup in the place of a network that cannot be opened. */
gboolean          engram_backup_work_restore_unreadable (EngramJob     *job,
                                              EngramDatabase   *database,
                                              EngramHistory    *history,
                                              gpointer          work,
                                              GCancellable     *cancellable,
                                              GError          **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramBackupWork, engram_backup_work_unref)

G_END_DECLS
