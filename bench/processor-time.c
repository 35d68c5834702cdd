/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "processor-time.h"

#include <sys/resource.h>

static double
get_seconds (int who)
{
  struct rusage usage;

  getrusage (who, &usage);
  return (double) (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
         (double) (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1e-6;
}

double
processor_time_get (void)
{
  return get_seconds (RUSAGE_SELF);
}

double
processor_time_get_children (void)
{
  return get_seconds (RUSAGE_CHILDREN);
}
