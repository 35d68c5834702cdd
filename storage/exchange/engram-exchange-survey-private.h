/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "documents/engram-export-walk-private.h"
#include "exchange/engram-attributes-private.h"

G_BEGIN_DECLS

/* Looks through the rows of an export for what attributes they have beyond the fixed ones: the fields of their types,
 * and members that nobody knows. */
gboolean engram_exchange_survey_neurons  (EngramExportWalk        *walk,
                                          const EngramExportStep  *step,
                                          EngramAttributes        *attributes,
                                          GError                 **error);
gboolean engram_exchange_survey_synapses (EngramExportWalk        *walk,
                                          const EngramExportStep  *step,
                                          EngramAttributes        *attributes,
                                          GError                 **error);

G_END_DECLS
