/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "engram-declarations.h"

ENGRAM_BEGIN_DECLS

/**
 * engram_principal_components: (skip)
 * @vectors: (array): @n_vectors × @dimension numbers, row after row
 * @n_vectors: how many vectors
 * @dimension: how many numbers each has
 * @n_components: how many coordinates are wanted
 * @coordinates: (out caller-allocates) (array): room for @n_vectors × @n_components numbers, row after row
 *
 * Gives each vector its coordinates along the directions in which the vectors differ most (principal
 * component analysis), measured from their mean: the first coordinate has the greatest variance, the
 * coordinates do not correlate, and distances are never greater than between the vectors. Of each direction
 * the greatest number is positive. Where the vectors differ in fewer directions than wanted, the coordinates
 * over are 0. A number that is not finite counts as the mean of its column.
 *
 * The same vectors give the same coordinates. The covariance takes @dimension² × 8 bytes. Any thread; runs a
 * second thread of its own where there is much to do. 100,000 vectors of 384 numbers take about a second.
 */
void engram_principal_components (const float *vectors,
                                  gsize        n_vectors,
                                  guint        dimension,
                                  guint        n_components,
                                  float       *coordinates);

ENGRAM_END_DECLS
