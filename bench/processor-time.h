/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Seconds of the processors, of all threads, that this process has used; and those that it has started, once they have
 * ended. */
double processor_time_get          (void);
double processor_time_get_children (void);

G_END_DECLS
