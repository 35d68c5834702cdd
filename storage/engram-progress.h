/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "engram-declarations.h"

ENGRAM_BEGIN_DECLS

/**
 * EngramProgressFunc:
 * @phase: what is being done, translated, as a person would say it ("Copying synapses")
 * @fraction: how much of the whole is done, 0 to 1, or negative where that cannot be known
 * @user_data: what the caller gave
 *
 * Called by long functions of libengram, in the thread that called them, some times a second at most and never
 * backwards. It must return soon and must not call the database that is being worked on.
 */
typedef void (*EngramProgressFunc) (const char *phase,
                                    double      fraction,
                                    gpointer    user_data);

ENGRAM_END_DECLS
