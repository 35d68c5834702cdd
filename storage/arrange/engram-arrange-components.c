/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "arrange/engram-arrange-components.h"

#include <glib/gi18n-lib.h>

#include "arrange/engram-arrangement-private.h"
#include "arrange/engram-component-places-private.h"

/* How much of the work is over when the rows are known. */
#define ROWS_KNOWN 0.05

EngramArrangement *
engram_arrange_by_components (EngramDatabase      *database,
                              double              *explained,
                              EngramProgressFunc   progress,
                              gpointer             user_data,
                              GCancellable        *cancellable,
                              GError             **error)
{
  g_auto (EngramVectorRows) rows = { { { NULL }, 0 } };
  g_autoptr (EngramArrangement) arrangement = NULL;
  EngramUnitsReport report = { NULL, ROWS_KNOWN, 1, progress, user_data };
  double part;

  g_return_val_if_fail (ENGRAM_IS_DATABASE (database), NULL);

  if (!engram_vector_rows_begin (&rows, database, _("Looking for vectors"), ROWS_KNOWN, progress, user_data,
                                 cancellable, error))
    return NULL;
  arrangement = engram_arrangement_new_for_rows (&rows);
  if (!engram_component_places (&rows, arrangement->positions, &part, &report, cancellable, error))
    return NULL;
  engram_arrangement_finish (arrangement, TRUE);
  if (explained != NULL)
    *explained = part;
  return g_steal_pointer (&arrangement);
}
