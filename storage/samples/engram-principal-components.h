/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The first n_components coordinates of n_vectors vectors of the given dimension, row after row, along the
 * directions in which they differ most. Deterministic; the sign of each component is chosen so that its
 * largest loading is positive. coordinates: n_vectors x n_components, row after row. */
void engram_principal_components (const float *vectors,
                                  gsize        n_vectors,
                                  guint        dimension,
                                  guint        n_components,
                                  float       *coordinates);

G_END_DECLS
