/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ENGRAM_TYPE_JOB_RING (engram_job_ring_get_type ())

/* How far something is, as a ring of the size of an icon. Says nothing to screen readers: what it is in has a name.
 * Main thread only. */
G_DECLARE_FINAL_TYPE (EngramJobRing, engram_job_ring, ENGRAM, JOB_RING, GtkWidget)

GtkWidget *engram_job_ring_new          (void);
/* @fraction: 0 to 1; negative where it is not known, which a quarter of a ring stands for */
void       engram_job_ring_set_fraction (EngramJobRing *self,
                                         double         fraction);

G_END_DECLS
