/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "arrange/engram-arrangement.h"
#include "arrange/engram-vector-rows-private.h"

G_BEGIN_DECLS

/* An arrangement of all neurons of @rows, of which the rowids and the places are taken; the new places are left to be
 * filled in: NaN for who keeps his. */
EngramArrangement *engram_arrangement_new_for_rows (EngramVectorRows  *rows);

/* Once the new places are filled in: puts those that are not finite back to where they were, and counts them; moves and
 * scales the others (where @fits) so that they have the centre and the spread that they had. */
void               engram_arrangement_finish       (EngramArrangement *self,
                                                    gboolean           fits);

G_END_DECLS
