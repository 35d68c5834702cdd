/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What needs a display: the program itself until its first rows, its memory, and how long its main loop is
 * held. */

/* Replaces this process, once, by itself in a session of its own. */
void bench_window_restart (char       **argv);
/* The programs leave no traces in the user's folders, but in this one. */
void bench_window_isolate (const char  *folder);
/* Prints rows of the table. */
void bench_window         (const char  *file,
                           const char  *folder,
                           guint        n_rounds);

G_END_DECLS
