/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#ifndef ENGRAM_STORAGE_COMPILATION
#error "Private to storage/"
#endif

#include <gio/gio.h>

#include "engram-progress.h"

G_BEGIN_DECLS

/* Work in units that threads, one a core, take one after the other: a thread's units ascend. */

#define ENGRAM_UNITS_MAX_THREADS 16

/* How far a whole piece of work is, of which this is a part. */
typedef struct {
  const char         *phase;
  double              from;
  double              to;
  EngramProgressFunc  progress; /* (nullable) */
  gpointer            user_data;
} EngramUnitsReport;

typedef void (*EngramUnitFunc) (guint64  unit,
                                guint    thread,
                                gpointer data);

/* How many threads will work: their numbers are below. */
guint    engram_units_count_threads (guint64                  n_units);
/* Calls @func for units 0 to @n_units - 1. The calling thread works too, is number 0, and is the one that reports.
 * FALSE where it was cancelled, which is looked at before each unit. */
gboolean engram_units_run           (guint64                  n_units,
                                     EngramUnitFunc           func,
                                     gpointer                 data,
                                     const EngramUnitsReport *report,
                                     GCancellable            *cancellable,
                                     GError                 **error);

G_END_DECLS
