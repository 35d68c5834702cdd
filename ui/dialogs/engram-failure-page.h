/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "jobs/engram-job.h"

G_BEGIN_DECLS

#define ENGRAM_TYPE_FAILURE_PAGE (engram_failure_page_get_type ())

/* Why something failed: what, why, what to do, and all of it to be copied. Signal "try-again". Main thread only. */
G_DECLARE_FINAL_TYPE (EngramFailurePage, engram_failure_page, ENGRAM, FAILURE_PAGE, AdwBin)

GtkWidget *engram_failure_page_new       (void);
void       engram_failure_page_set_job   (EngramFailurePage *self,
                                          EngramJob         *job);
/* @title: what failed */
void       engram_failure_page_set_error (EngramFailurePage *self,
                                          const char        *title,
                                          const GError      *error);
void       engram_failure_page_set_can_try_again (EngramFailurePage *self,
                                          gboolean           can_try_again);

G_END_DECLS
