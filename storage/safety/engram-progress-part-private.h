/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#ifndef ENGRAM_STORAGE_COMPILATION
#error "Private to storage/"
#endif

#include "engram-progress.h"

G_BEGIN_DECLS

/* A part of a longer piece of work: what it reports of itself, from 0 to 1, becomes @from to @to of the whole.
 * Reports that come too thick are passed over, but for the first of each phase. */
typedef struct {
  EngramProgressFunc  progress;
  gpointer            user_data;
  double              from;
  double              to;
  gint64              last;   /* when */
  const char         *phase;  /* the last one */
  double              done;   /* what was reported: it never becomes less */
} EngramProgressPart;

/* An EngramProgressFunc whose user data is an EngramProgressPart. */
void engram_progress_part_report (const char *phase,
                                  double      fraction,
                                  gpointer    part);

G_END_DECLS
