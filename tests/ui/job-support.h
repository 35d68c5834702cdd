/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jobs/engram-job.h"
#include "session/engram-session.h"

G_BEGIN_DECLS

/* Work that lasts until the test lets it end, or it is cancelled. */
typedef struct JobGate JobGate;

/* A session's work, for engram_session_write() and engram_session_read(), with a gate as its data and job_gate_unref()
 * to free it. */
gboolean   job_gate_pass      (EngramJob      *job,
                               EngramDatabase *database,
                               EngramHistory  *history,
                               gpointer        gate,
                               GCancellable   *cancellable,
                               GError        **error);
JobGate   *job_gate_new       (void);
JobGate   *job_gate_ref       (JobGate        *self);
void       job_gate_unref     (gpointer        self);
/* A started job of no session, which the gate is for. */
EngramJob *job_gate_start_job (JobGate        *self,
                               const char     *title);
/* One that waits. */
EngramJob *job_gate_new_job   (JobGate        *self,
                               const char     *title);
/* What it reports. */
void       job_gate_report    (JobGate        *self,
                               const char     *phase,
                               double          fraction);
/* Lets it end with that outcome, or with none. */
void       job_gate_open      (JobGate        *self,
                               const char     *outcome);
/* Lets it fail. */
void       job_gate_fail      (JobGate        *self,
                               const char     *message);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JobGate, job_gate_unref)

G_END_DECLS
