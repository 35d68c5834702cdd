/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "session/engram-session.h"

G_BEGIN_DECLS

/* EngramSessionCheck: a quick look for what is wrong in the network of a session, soon after it was opened, behind all
 * that a person waits for, if the person wants that; and again where something was found and the network has changed
 * since. What it finds goes to engram_session_set_findings(). Main thread only. */
typedef struct _EngramSessionCheck EngramSessionCheck;

/* @session: it must live longer. */
EngramSessionCheck *engram_session_check_new     (EngramSession      *session);
/* Cancels what runs. */
void                engram_session_check_free    (EngramSessionCheck *self);
/* The network was opened, or has changed. */
void                engram_session_check_refresh (EngramSessionCheck *self);

G_END_DECLS
