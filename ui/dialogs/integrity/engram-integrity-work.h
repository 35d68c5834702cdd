/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backups/engram-backup-plan.h"
#include "session/engram-session.h"

G_BEGIN_DECLS

/* The jobs of the integrity dialog: each is started by its function, and what it has found or done is had from the job
 * once it is done. Main thread only. */

/* Looks for everything. (transfer full) */
EngramJob             *engram_integrity_work_check       (EngramSession       *session);
/* (transfer none) */
EngramIntegrityReport *engram_integrity_work_get_report  (EngramJob           *job);

/* Finds out what repairing these kinds would change. (transfer full) */
EngramJob             *engram_integrity_work_preview     (EngramSession       *session,
                                                          const char * const  *kinds);
/* (transfer full): can be had once */
EngramRepairPreview   *engram_integrity_work_steal_preview (EngramJob         *job);

/* Makes a backup, repairs, and thins out older backups. @plan: (transfer full). (transfer full) */
EngramJob             *engram_integrity_work_repair      (EngramSession       *session,
                                                          const char * const  *kinds,
                                                          EngramBackupPlan    *plan);
/* (transfer none) */
const EngramRepairReport *engram_integrity_work_get_repair (EngramJob         *job);

G_END_DECLS
