/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#ifndef ENGRAM_STORAGE_COMPILATION
#error "Private to storage/"
#endif

#include <gio/gio.h>

G_BEGIN_DECLS

/* Two pieces of work side by side, one of them in the calling thread. Where one fails the other is stopped:
 *
 *   engram_side_work_init (&side, cancellable);
 *   ... get connections and the like with side.stop as their cancellable ...
 *   engram_side_work_start (&side, func, data);
 *   done = own_work (&own_error);
 *   done = engram_side_work_finish (&side, done, own_error, error);
 *   engram_side_work_clear (&side);      // also by itself, where nothing was started
 */
typedef gboolean (*EngramSideWorkFunc) (gpointer   data,
                                        GError   **error);

typedef struct {
  GCancellable       *stop;        /* follows the user's */
  GCancellable       *cancellable; /* the user's, or NULL */
  gulong              handler;
  EngramSideWorkFunc  func;
  gpointer            data;
  GThread            *thread;
  GError             *error;
} EngramSideWork;

void     engram_side_work_init   (EngramSideWork      *self,
                                  GCancellable        *cancellable);
void     engram_side_work_start  (EngramSideWork      *self,
                                  EngramSideWorkFunc   func,
                                  gpointer             data);
/* Waits for the other thread. @own_error, which is taken, tells why the calling thread's work is not @own_done. */
gboolean engram_side_work_finish (EngramSideWork      *self,
                                  gboolean             own_done,
                                  GError              *own_error,
                                  GError             **error);
void     engram_side_work_clear  (EngramSideWork      *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EngramSideWork, engram_side_work_clear)

G_END_DECLS
