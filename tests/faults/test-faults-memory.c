/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <errno.h>
#include <gio/gio.h>

#include "fault-jobs.h"
#include "faulty-memory.h"

static void
arm (guint    number,
     int      system_error,
     gboolean for_good)
{
  faulty_memory_arm (number, for_good);
}

#define POINTS 60

static const Fault faults[] = {
  { "memory/once", ENOMEM, FALSE, FALSE, POINTS, arm, faulty_memory_disarm },
  { "memory/for-good", ENOMEM, TRUE, FALSE, POINTS, arm, faulty_memory_disarm },
};

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  faulty_memory_install ();
  for (gsize i = 0; i < n_fault_jobs; i++)
    for (gsize j = 0; j < G_N_ELEMENTS (faults); j++)
      fault_job_add_test (&fault_jobs[i], &faults[j]);
  return g_test_run ();
}
