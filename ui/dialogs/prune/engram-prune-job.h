/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backups/engram-backup-plan.h"
#include "session/engram-session.h"

G_BEGIN_DECLS

/* EngramPruneDone: what a job of pruning has done.
 * @threshold: synapses with |weight| < it went
 * @expected: how many the person was told would go
 * @backup: (nullable) (type filename): the backup that was made before
 * @result: how many went, as others have left the network meanwhile */
typedef struct {
  double             threshold;
  guint64            expected;
  const char        *backup;
  EngramPruneResult  result;
} EngramPruneDone;

/* Makes a backup, and then prunes, as one job that writes to the network and one step of its history. Where pruning is
 * cancelled or fails, the backup that was made for it goes again, and none that is older went.
 * @plan: (nullable) (transfer full): where the backup is made; NULL for none. Returns: (transfer full) */
EngramJob             *engram_prune_job_start    (EngramSession    *session,
                                                  double            threshold,
                                                  guint64           expected,
                                                  EngramBackupPlan *plan);
/* Of one that is done. (transfer none) */
const EngramPruneDone *engram_prune_job_get_done (EngramJob        *job);

G_END_DECLS
