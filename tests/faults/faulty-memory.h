/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Memory that runs out: stands between SQLite and malloc(), counts its allocations, and lets one fail. */

/* Before anything else is asked of SQLite. */
void  faulty_memory_install (void);

/* From now on counts SQLite's allocations, and lets the one of that number (from 1; 0 for none) fail, and where
 * @for_good all that follow. */
void  faulty_memory_arm     (guint     number,
                             gboolean  for_good);
/* All works again. Returns how many were counted; *has_failed (optional): whether one failed. */
guint faulty_memory_disarm  (gboolean *has_failed);

G_END_DECLS
