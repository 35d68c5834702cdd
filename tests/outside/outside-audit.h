/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "outside-support.h"

G_BEGIN_DECLS

/* Every control of a program has a name that says what it is for; what GTK 4.8 calls after its type has none. */

/* The controls without a name, of all windows, a line each; empty where all have one. */
char *outside_dup_nameless    (Outside    *program);
/* Fails where there are any. @state: what is on screen */
void  outside_audit           (Outside    *program,
                               const char *state);
/* The same while something is waited for, which may not be found because it has no name. What comes and goes has one
 * once it is all there. */
void  outside_audit_meanwhile (Outside    *program);

G_END_DECLS
