/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jobs/engram-job.h"

G_BEGIN_DECLS

/* What is said of a job, the same wherever it is shown. (transfer full) */

/* How fast it is and how long it will take: "48 MB/s, about 2 minutes left"; NULL where neither is known. */
char       *engram_job_dup_pace    (EngramJob    *self);
/* A few words on where it stands: its phase, "Cancelling…", its outcome, why it failed. */
char       *engram_job_dup_status  (EngramJob    *self);
/* A duration: "3 seconds", "2 minutes", "1 hour 5 minutes" */
char       *engram_job_dup_duration (double       seconds);
/* All that somebody who is to help must know of a failure: what was done, why it failed, when, with which versions. */
char       *engram_job_dup_details (EngramJob    *self);
/* What a person can do about an error: a sentence, translated. (transfer none) */
const char *engram_error_get_advice (const GError *error);

G_END_DECLS
