/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#ifndef ENGRAM_STORAGE_COMPILATION
#error "Private to storage/"
#endif

#include <glib.h>

G_BEGIN_DECLS

/* The covariance of vectors that come a block at a time. What is added is measured from @origin, which is best near to
 * their mean: the rest of it is taken off at the end. The last bit depends on the order of the vectors, not on how they
 * are cut into blocks of a multiple of 128. */
typedef struct _EngramCovariance EngramCovariance;

EngramCovariance *engram_covariance_new    (guint             dimension,
                                            const double     *origin);
void              engram_covariance_free   (EngramCovariance *self);
/* A number that is not finite counts as that of the origin. Runs a second thread where there is much to do. */
void              engram_covariance_add    (EngramCovariance *self,
                                            const float      *vectors,
                                            gsize             n_vectors);
/* The mean, and the covariance (divided by n): dimension x dimension numbers. There was at least one vector. */
void              engram_covariance_finish (EngramCovariance *self,
                                            double           *means,
                                            double           *covariance);

/* The mean of the columns; what is not finite does not count. */
void              engram_covariance_get_means (const float   *vectors,
                                            gsize             n_vectors,
                                            guint             dimension,
                                            double           *means);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramCovariance, engram_covariance_free)

G_END_DECLS
