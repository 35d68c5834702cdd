/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#ifndef ENGRAM_STORAGE_COMPILATION
#error "Private to storage/"
#endif

#include <glib.h>

G_BEGIN_DECLS

/* Logs what was done to a network, after it was done: @action is a fixed name ("neuron-create"), @id the one
 * record that it was done to, or NULL, and @count how many records. Level INFO of domain engram, so quiet
 * unless asked for. */
void engram_log_action (const char *action,
                        const char *id,
                        guint64     count);

G_END_DECLS
