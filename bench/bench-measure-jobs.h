/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* engram-bench cli JOB FILE [OTHER]: what engram-bench-jobs does by a dialog, by engram-cli. FALSE where argv names
 * none of them. */
gboolean bench_measure_jobs (int        argc,
                             char     **argv,
                             double    *seconds,
                             gboolean  *done,
                             GError   **error);

G_END_DECLS
