/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#ifndef ENGRAM_STORAGE_COMPILATION
#error "Private to storage/"
#endif

#include <gio/gio.h>

G_BEGIN_DECLS

/* The directions of the greatest variances, of length 1, the greatest first; of each the greatest number is positive.
 * @tolerance: how much of the greatest variance may be left between an axis and its image; @cancellable: (nullable): to
 * give up, with axes that are none. @axes: room for @n_wanted × @dimension numbers; @variances: (optional): room for
 * @n_wanted. Returns how many there are: fewer where nothing differs in more directions. */
guint engram_principal_axes (const double *covariance,
                             guint         dimension,
                             guint         n_wanted,
                             double        tolerance,
                             GCancellable *cancellable,
                             double       *axes,
                             double       *variances);

G_END_DECLS
