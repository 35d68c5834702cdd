/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A disk that fails: stands between SQLite and its files, counts what it does to them, and lets one call fail. */

typedef enum {
  FAULTY_WRITE    = 1 << 0,
  FAULTY_SYNC     = 1 << 1,
  FAULTY_TRUNCATE = 1 << 2,
  FAULTY_DELETE   = 1 << 3,
  FAULTY_OPEN     = 1 << 4,
  FAULTY_SHM      = 1 << 5, /* more memory shared with other programs */
  FAULTY_READ     = 1 << 6,
  FAULTY_ALL      = (1 << 7) - 1,
} FaultyCalls;

/* Before SQLite opens anything. */
void     faulty_vfs_install (void);

/* From now on counts calls of these kinds, and lets the one of that number (from 1; 0 for none) fail with
 * @system_error, ENOSPC or EIO, and where @for_good all that follow. A write that finds no space has written half. */
void     faulty_vfs_arm     (FaultyCalls  calls,
                             guint        number,
                             int          system_error,
                             gboolean     for_good);
/* All works again. Returns how many calls were counted; *has_failed (optional): whether one failed. */
guint    faulty_vfs_disarm  (gboolean    *has_failed);

G_END_DECLS
