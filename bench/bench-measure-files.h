/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One of the measurements that bench_files() starts. FALSE where argv names none of them. */
gboolean bench_measure_files (int        argc,
                              char     **argv,
                              double    *seconds,
                              gboolean  *done,
                              GError   **error);

G_END_DECLS
