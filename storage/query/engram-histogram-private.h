/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "query/engram-facets.h"

G_BEGIN_DECLS

/* Filling a histogram number by number; each thread has one of its own, and they are merged at the end. Mean and
 * deviation by Welford's method, merged by Chan's (T. F. Chan, G. H. Golub, R. J. LeVeque, 1979). What is not finite is
 * missing. */
void engram_histogram_begin (EngramHistogram       *self,
                             double                 low,
                             double                 high);
/* For whole numbers from 0 to nobody knows where: see engram_histogram_reach(). */
void engram_histogram_begin_counts (EngramHistogram *self);
void engram_histogram_add   (EngramHistogram       *self,
                             double                 number);
/* Of one begun for counts: doubles the upper bound until @number lies below it. */
void engram_histogram_reach (EngramHistogram       *self,
                             double                 number);
/* Both must have the same bounds. */
void engram_histogram_merge (EngramHistogram       *self,
                             const EngramHistogram *other);
/* For those that engram_histogram_reach() has widened: gives both the wider bounds first. */
void engram_histogram_merge_reached (EngramHistogram *self,
                                     EngramHistogram *other);

G_END_DECLS
