/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "session/engram-session.h"

G_BEGIN_DECLS

/* Makes the backup that the preferences want when a network is opened: at every opening, or once a day; only of what
 * can be written, and only where it has changed since its newest backup. It is a background job; why one could not be
 * made is told once for each network and reason while the program runs ("failed" of the session). Call it when the
 * network is shown. Main thread only. Returns: (transfer full) (nullable): the job, or NULL where none is wanted */
EngramJob *engram_automatic_backup_start (EngramSession *session);

G_END_DECLS
