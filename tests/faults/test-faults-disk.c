/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <errno.h>
#include <gio/gio.h>

#include "fault-jobs.h"
#include "faulty-vfs.h"

/* All that SQLite asks of files, one kind of call after the other. */


#define ARM(call, CALL)                                            \
  static void                                                      \
  arm_##call (guint    number,                                     \
              int      system_error,                               \
              gboolean for_good)                                   \
  {                                                                \
    faulty_vfs_arm (FAULTY_##CALL, number, system_error, for_good); \
  }

ARM (write, WRITE)
ARM (sync, SYNC)
ARM (truncate, TRUNCATE)
ARM (delete, DELETE)
ARM (open, OPEN)
ARM (shm, SHM)
ARM (read, READ)
ARM (all, ALL)

#define POINTS 12

static const Fault faults[] = {
  { "write/no-space/once", ENOSPC, FALSE, FALSE, POINTS, arm_write, faulty_vfs_disarm },
  { "write/no-space/for-good", ENOSPC, TRUE, FALSE, POINTS, arm_write, faulty_vfs_disarm },
  { "write/broken/once", EIO, FALSE, FALSE, POINTS, arm_write, faulty_vfs_disarm },
  { "write/broken/for-good", EIO, TRUE, FALSE, POINTS, arm_write, faulty_vfs_disarm },
  { "sync/no-space/once", ENOSPC, FALSE, FALSE, POINTS, arm_sync, faulty_vfs_disarm },
  { "sync/broken/once", EIO, FALSE, FALSE, POINTS, arm_sync, faulty_vfs_disarm },
  { "sync/broken/for-good", EIO, TRUE, FALSE, POINTS, arm_sync, faulty_vfs_disarm },
  { "truncate/broken/once", EIO, FALSE, FALSE, POINTS, arm_truncate, faulty_vfs_disarm },
  { "truncate/broken/for-good", EIO, TRUE, FALSE, POINTS, arm_truncate, faulty_vfs_disarm },
  { "delete/broken/once", EIO, FALSE, FALSE, POINTS, arm_delete, faulty_vfs_disarm },
  { "delete/broken/for-good", EIO, TRUE, FALSE, POINTS, arm_delete, faulty_vfs_disarm },
  { "open/broken/once", EIO, FALSE, FALSE, POINTS, arm_open, faulty_vfs_disarm },
  { "open/broken/for-good", EIO, TRUE, FALSE, POINTS, arm_open, faulty_vfs_disarm },
  { "shm/no-space/once", ENOSPC, FALSE, FALSE, POINTS, arm_shm, faulty_vfs_disarm },
  { "shm/no-space/for-good", ENOSPC, TRUE, FALSE, POINTS, arm_shm, faulty_vfs_disarm },
  { "read/broken/once", EIO, FALSE, FALSE, POINTS, arm_read, faulty_vfs_disarm },
  { "read/broken/for-good", EIO, TRUE, FALSE, POINTS, arm_read, faulty_vfs_disarm },
  { "all/broken/for-good", EIO, TRUE, TRUE, POINTS, arm_all, faulty_vfs_disarm },
};

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  faulty_vfs_install ();
  for (gsize i = 0; i < n_fault_jobs; i++)
    for (gsize j = 0; j < G_N_ELEMENTS (faults); j++)
      fault_job_add_test (&fault_jobs[i], &faults[j]);
  return g_test_run ();
}
