/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#ifndef ENGRAM_STORAGE_COMPILATION
#error "Private to storage/"
#endif

#include <glib.h>

G_BEGIN_DECLS

void engram_covariance (const float *vectors,
                        gsize        n_vectors,
                        guint        dimension,
                        double      *means,
                        double      *covariance);

G_END_DECLS
