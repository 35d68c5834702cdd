/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Measures what is done with a network as a whole file: export and import, the integrity report, pruning's preview,
 * backup, verification and restore; adds rows to the table. */
void bench_files (const char *path,
                  const char *folder,
                  guint       n_rounds);

G_END_DECLS
