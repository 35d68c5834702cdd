/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#ifndef ENGRAM_STORAGE_COMPILATION
#error "Private to storage/"
#endif

#include <gio/gio.h>

#include "engram-progress.h"

G_BEGIN_DECLS

/* Work that is cut into parts, which several threads take one after the other. */

#define ENGRAM_PARTS_MAX_THREADS 4

/* How many threads there is use for: one a core, ENGRAM_PARTS_MAX_THREADS at most. */
guint    engram_parts_count_threads (void);

/* One part, in thread number @thread: 0 is the one that called engram_parts_do(). */
typedef gboolean (*EngramPartFunc) (guint      thread,
                                    guint      part,
                                    gpointer   data,
                                    GError   **error);

typedef struct {
  const char         *name;        /* of the threads */
  guint               n_parts;
  guint               n_threads;   /* at most */
  EngramPartFunc      func;
  gpointer            data;
  GCancellable       *cancellable; /* or NULL */

  const char         *phase;
  double              from;        /* of the whole, when this begins */
  double              to;          /* and when it is over */
  EngramProgressFunc  progress;    /* or NULL */
  gpointer            user_data;
} EngramParts;

/* Does the parts 0, 1, ... in that order, several at a time. The calling thread works too, and is the one that reports:
 * at the beginning, and when it has done a part.
 * After the first error, or once cancelled, no further part is begun, and that error is given. */
gboolean engram_parts_do            (const EngramParts  *self,
                                     GError            **error);

G_END_DECLS
