/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A small job of the library, to be done while something fails. */
typedef struct {
  const char  *name;
  /* Makes the files that the job begins with, in a folder that is empty. */
  void       (*prepare) (const char  *folder);
  /* Does it: all is closed when it returns. Whether it was done. */
  gboolean   (*run)     (const char  *folder,
                         GError     **error);
  /* It is noted in the network's history. */
  gboolean     can_be_undone;
} FaultJob;

extern const FaultJob fault_jobs[];
extern const gsize    n_fault_jobs;

/* Undoes what was done last to the network in a folder. FALSE where there is nothing to undo. */
gboolean fault_job_undo (const char *folder);

/* What makes something fail at the call of that number (from 1; 0 for none), and what ends it: how many calls there
 * were, and whether one failed. */
typedef struct {
  const char  *name;
  int          system_error;
  gboolean     for_good;
  /* Where the disk takes nothing any more, a commit of which only the sync failed can come back as a whole: nothing
   * could be written that takes it back. */
  gboolean     is_the_end;
  guint        quick_points; /* calls that fail in the quick form of a test */
  void       (*arm)    (guint         number,
                        int           system_error,
                        gboolean      for_good);
  guint      (*disarm) (gboolean     *has_failed);
} Fault;

/* A test for the job under the fault: does it once for each call (or, where ENGRAM_TORTURE is not set, for some of
 * them) that could fail. Each time it is done, and says so, or nothing has changed, and it says plainly why. */
void fault_job_add_test (const FaultJob *job,
                         const Fault    *fault);

G_END_DECLS
