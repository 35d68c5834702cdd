/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "arrange/engram-units-private.h"
#include "arrange/engram-vector-rows-private.h"

G_BEGIN_DECLS

/* Places all neurons of @rows, whose readers read the vectors twice, along the three principal components of the
 * vectors, at the scale of these. Finds out which vectors can be used: the others get NaN. ENGRAM_ERROR_INVALID where
 * no two neurons have vectors. @places: room for x, y, z of each; @explained: the part of the variance that the three
 * have; @report tells this part of the work. */
gboolean engram_component_places (EngramVectorRows         *rows,
                                  float                    *places,
                                  double                   *explained,
                                  const EngramUnitsReport  *report,
                                  GCancellable             *cancellable,
                                  GError                  **error);

G_END_DECLS
