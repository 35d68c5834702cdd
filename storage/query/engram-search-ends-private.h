/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "query/engram-search-rows-private.h"

G_BEGIN_DECLS

/* Of a neuron that nothing stands for. */
#define ENGRAM_SEARCH_NO_RANK G_MAXUINT32

/* (transfer full) (array): of each neuron in @network: the rank of its summary among those of all; equal ones have the
 * same. @search says for which snapshot. NULL with @error set where that failed. */
guint32 *engram_search_rank_neurons (const EngramSearch   *search,
                                     EngramNetwork        *network,
                                     GError              **error);

G_END_DECLS
