/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "safety/restore/engram-restore-staging-private.h"
#include "safety/restore/engram-restore.h"

G_BEGIN_DECLS

EngramRestoreReport *engram_restore_report_new     (const char           *path,
                                                    const EngramStaging  *staging);
/* Makes the staging copy; where the backup is damaged, the error names the newest one that is not. */
gboolean             engram_restore_stage          (EngramStaging        *staging,
                                                    const char           *backup,
                                                    const char           *network,
                                                    EngramProgressFunc    progress,
                                                    gpointer              user_data,
                                                    GCancellable         *cancellable,
                                                    GError              **error);

G_END_DECLS
