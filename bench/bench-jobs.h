/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Long jobs: each by its dialog, with the main loop watched, and by engram-cli, in turn, with the same files. Adds rows
 * to the table; needs a display. @only: (nullable): the one job that is measured */
void bench_jobs (const char *file,
                 const char *folder,
                 guint       n_rounds,
                 const char *only);

G_END_DECLS
