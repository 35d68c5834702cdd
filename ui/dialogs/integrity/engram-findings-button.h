/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "session/engram-session.h"

G_BEGIN_DECLS

#define ENGRAM_TYPE_FINDINGS_BUTTON (engram_findings_button_get_type ())

/* Is seen where the last check of a session's network has found something wrong, and opens the report of it. Main thread
 * only. */
G_DECLARE_FINAL_TYPE (EngramFindingsButton, engram_findings_button, ENGRAM, FINDINGS_BUTTON, AdwBin)

/* @session: (nullable) */
void engram_findings_button_set_session (EngramFindingsButton *self,
                                         EngramSession        *session);

G_END_DECLS
