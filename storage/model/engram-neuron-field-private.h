/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#ifndef ENGRAM_STORAGE_COMPILATION
#error "Private to storage/"
#endif

#include "model/engram-type-registry.h"

G_BEGIN_DECLS

/* Whether a column belongs to types and can hold what a field of that kind holds. */
gboolean  engram_field_kind_fits_column (EngramFieldKind      kind,
                                         EngramNeuronColumns  column);

/* What keeps a JSON text from being the value of a field, translated, or NULL where it fits. Null fits
 * anywhere. */
char     *engram_field_kind_check       (EngramFieldKind      kind,
                                         const char          *json);

G_END_DECLS
