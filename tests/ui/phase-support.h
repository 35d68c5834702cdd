/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dialog-screen.h"

G_BEGIN_DECLS

/* Jobs that are cancelled in each of their phases, by the button of their dialog.
 *
 * A worker that says that it has come to a phase is held there until the job has been cancelled: no phase is too short
 * to be met. For that the program is linked so that engram_job_progress() is called by way of this one. */

/* PhaseJob:
 * @title: how the title of the job begins
 * @page: the page of the dialog from which it is started, and which is there again when it has been cancelled
 * @start: begins it, as a person does
 * @phases: all of its phases, in order; one may come more than once. NULL at the end
 * @n_too_late: in so many of the last of them all has been done already, and stays done */
typedef struct {
  const char         *title;
  const char         *page;
  void              (*start) (DialogScreen *screen);
  const char * const *phases;
  guint               n_too_late;
} PhaseJob;

/* Before widget_test_init(): all temporary files of the program and of its libraries lie in a folder of its own, which
 * phase_test_end() removes. */
void phase_test_begin       (void);
int  phase_test_end         (int             status);

/* Starts the job and cancels it, once in each phase. Each time the network, its files, its history and the dialog are
 * as they were before. Then lets it do its work, which must not have a phase that is not among those of the table. */
void phase_test_cancel_each (DialogScreen   *screen,
                             const PhaseJob *job);

G_END_DECLS
