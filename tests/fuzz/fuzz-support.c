/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz-support.h"

#include <glib.h>

/* A warning of GLib is a finding: somebody called a function as it must not be called. */
int
LLVMFuzzerInitialize (int    *argc,
                      char ***argv)
{
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);
  return 0;
}
